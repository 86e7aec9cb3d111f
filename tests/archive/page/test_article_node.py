"""Which JSON-LD node is the page's own article."""

from __future__ import annotations

import json
from typing import Any

from archive.page import jsonld
from archive.page.article_node import article_node

HERE = "https://portvale.example/news/pier"


def found(*nodes: dict[str, Any], title: str = "The old pier of Portvale opens") -> str:
    known = [(node, jsonld.types(node)) for node in jsonld.nodes([json.dumps(node) for node in nodes])]
    return jsonld.words(article_node(known, (HERE,), (title,)).get("headline"))


def article(headline: str, url: str = "", **more: Any) -> dict[str, Any]:
    return {"@type": "NewsArticle", "headline": headline, **({"url": url} if url else {}), **more}


def test_the_node_with_the_pages_address_is_its_own() -> None:
    other = article("Gulls are back", "https://portvale.example/news/gulls")
    assert found(other, article("A pier, at last", HERE + "/?from=feed")) == "A pier, at last"
    by_page = article("A pier, at last", mainEntityOfPage={"@type": "WebPage", "@id": HERE})
    assert found(other, by_page) == "A pier, at last"


def test_the_node_with_the_pages_title_is_its_own() -> None:
    assert found(article("Gulls are back"), article("The old pier of Portvale opens")).startswith("The old pier")


def test_an_article_that_a_list_holds_is_another() -> None:
    listed = {"@type": "ItemList", "itemListElement": [{"@type": "ListItem", "item": article("Gulls are back")}]}
    assert found(listed) == ""
    assert found(listed, article("A pier, at last")) == "A pier, at last"


def test_the_only_article_counts_whatever_it_is_called() -> None:
    assert found(article("A pier, at last", "https://cdn.example/x")) == "A pier, at last"
    assert found({"@type": "Event", "name": "The old pier of Portvale opens"}) == ""


def test_the_only_article_with_the_address_and_title_of_another_page_of_the_site_is_another() -> None:
    gulls = "https://portvale.example/news/gulls"
    assert found(article("Gulls are back again", gulls)) == ""
    assert found(article("Gulls are back again", HERE)) == "Gulls are back again"
    assert found(article("Gulls are back again", "https://portvale.example/")) == "Gulls are back again"
    assert found(article("Gulls are back again", "https://cdn.example/gulls")) == "Gulls are back again"
    assert found(article("Gulls", gulls)) == "Gulls"
    assert found(article("The old pier of Portvale opens", gulls)) == "The old pier of Portvale opens"
    assert found(article("Gulls are back again", gulls), title="Pier") == "Gulls are back again"
