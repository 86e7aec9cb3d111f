"""JSON-LD as publishers write it."""

import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.page import jsonld

ARTICLE = '{"@type": "NewsArticle", "headline": "Pier opens"}'


@pytest.mark.parametrize(
    "source",
    [
        ARTICLE,
        f"[{ARTICLE}]",
        f'{{"@context": "https://schema.org", "@graph": [{{"@type": "WebPage"}}, {ARTICLE}]}}',
        f"//<![CDATA[\n{ARTICLE}\n//]]>",
        f"<!-- {ARTICLE} -->",
        f"/* made by a plugin */ {ARTICLE};",
        '{"@type": "NewsArticle", "headline": "Pier opens",}',
        '{"@type": "http://schema.org/NewsArticle", "headline": "Pier\n opens"}',
        '{"@type": ["Thing", "NewsArticle"], "headline": "Pier opens", "text": "a \\d b"}',
        f"{ARTICLE}\n{ARTICLE}",
        '{"@type": "NewsArticle", /* of the pier */ "headline": "Pier opens", // "headline": "Pier"\n"url": "https://pier.example/*"}',
        f"{ARTICLE} trailing words",
    ],
)
def test_an_article_is_found_in_whatever_it_is_wrapped(source: str) -> None:
    article = next(node for node in jsonld.nodes([source]) if "newsarticle" in jsonld.types(node))
    assert jsonld.words(article["headline"]) == "Pier opens"


@pytest.mark.parametrize("source", ["", "not json", "{", "[" * 5_000, '{"a": ' * 5_000, "null", "12"])
def test_what_is_not_json_adds_nothing(source: str) -> None:
    assert jsonld.nodes([source]) == ()


def test_comments_within_strings_are_words_and_many_unended_ones_cost_no_time() -> None:
    (node,) = jsonld.nodes(
        ['{"url": "https://pier.example/a//b", "text": "from /* to */ \\" //", /* but not */ "x": 1,}']
    )
    assert node == {"url": "https://pier.example/a//b", "text": 'from /* to */ " //', "x": 1}
    start = time.process_time()
    for source in ('{"a" /*' + "/* " * 90_000, '{"a" ' + '\\"' * 90_000, '{"a" ' + "//" * 90_000, '"' * 90_001 + "/"):
        assert jsonld.nodes([source]) == ()
    assert time.process_time() - start < 5


def test_references_are_followed() -> None:
    person = '{"@id": "#ada", "@type": "Person", "name": "Ada Marsh"}'
    source = f'{{"@graph": [{{"@type": "Article", "author": {{"@id": "#ada"}}}}, {person}]}}'
    article = next(node for node in jsonld.nodes([source]) if "article" in jsonld.types(node))
    assert jsonld.words(article["author"]) == "Ada Marsh"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("Pier &amp; ferry", "Pier & ferry"),
        (["", "Pier"], "Pier"),
        ({"@value": "Pier"}, "Pier"),
        ({"name": ["Pier"]}, "Pier"),
        (None, ""),
        ({}, ""),
        (12, "12"),
    ],
)
def test_words_are_taken_from_any_shape(value: object, expected: str) -> None:
    assert jsonld.words(value) == expected


@given(
    st.recursive(
        st.none() | st.booleans() | st.text(max_size=5),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(max_size=5), inner),
    )
)
def test_any_json_is_walked(value: object) -> None:
    for node in jsonld.nodes([json.dumps(value)]):
        jsonld.words(node)
        jsonld.types(node)
