"""The page of an evidence pack: it shows what hostile pages say, and neither runs nor asks for anything."""

from __future__ import annotations

from typing import Any

from lxml import html

from archive.export.evidence_page import Case, page, readme


def test_the_page_asks_for_nothing_and_runs_nothing() -> None:
    evil = '</style><script src="https://evil.example/x.js"></script><img src=x onerror=alert(1)>"\'{0}'
    row: dict[str, Any] = dict.fromkeys(
        ("status", "published_at", "modified_at", "first_seen", "last_seen", "last_checked", "revisions", "id"), evil
    )
    article = row | {"title": evil, "text": evil, "url": f"javascript:{evil}"}
    revisions = [
        {"n": n, "title": f"{evil} {n}", "text": f"{evil} {n}", "severity": evil, "silent": 1, "summary": evil}
        | {"fetched_at": evil}
        for n in (1, 2)
    ]
    events = [{"at": evil, "kind": evil, "detail": evil}]
    capture = dict.fromkeys(
        ("fetched_at", "url", "status", "revisit", "digest", "note", "page_kind", "warc_file", "warc_offset"), evil
    )
    captures = [{"id": 1, "final_url": f"https://ok.example/{evil}"} | capture]
    text = page(Case(article, evil, revisions, events, captures, {}), evil, {evil: evil}, evil)
    tree = html.fromstring(text)
    assert {each.tag for each in tree.iter() if isinstance(each.tag, str)} <= {
        "html", "head", "meta", "title", "style", "body", "main", "p", "h1", "h2", "h3", "dl", "dt", "dd", "ol", "li",
        "span", "strong", "ins", "del", "div", "code", "pre", "a", "footer",
    }  # fmt: skip
    assert not [name for each in tree.iter() for name in each.attrib if str(name).startswith("on") or name == "src"]
    assert all(str(each.get("href")).startswith("https://ok.example/") for each in tree.iter("a"))
    assert "url(" not in text
    policy = next(each for each in tree.iter("meta") if each.get("http-equiv"))
    assert str(policy.get("content")).startswith("default-src 'none'")


def test_an_article_without_events_and_title_has_a_page() -> None:
    article = dict.fromkeys(("url", "status", "published_at", "modified_at", "first_seen", "last_seen"), "")
    article |= {"title": "", "text": "", "last_checked": "", "revisions": "1", "id": "7"}
    text = page(Case(article, "Valdora", [], [], [], {}), "2026-03-02", {"dateline": "9"}, "x")
    assert html.fromstring(text).findtext(".//h1") == "Untitled"
    assert "Nothing but its publication." in text


def test_the_readme_names_the_files_without_escaping() -> None:
    words = readme(None, "a&b.warc.gz", "c.wacz")
    assert "warcio check -v a&b.warc.gz" in words
    assert "tail -c +1 a&b.warc.gz | head -c 0" in words


def test_who_signed_each_revision_is_shown_where_it_changed() -> None:
    article: dict[str, Any] = dict.fromkeys(("url", "status", "published_at", "modified_at", "first_seen"), "")
    article |= {"title": "", "text": "", "last_seen": "", "last_checked": "", "revisions": "4", "id": "7"}
    facts = {"title": "Pier", "text": "It opens.", "severity": "minor", "silent": 0, "summary": "", "fetched_at": ""}
    signed = (None, '["Ada Quill", "Bo Wren"]', '["Bo Wren"]', '["Bo Wren"]')
    revisions = [{"n": n, "authors": authors, **facts} for n, authors in enumerate(signed, 1)]
    tree = html.fromstring(page(Case(article, "Valdora", revisions, [], [], {}), "2026-03-02", {"dateline": "9"}, "x"))
    lines = [html.tostring(each, encoding="unicode") for each in tree.iter("p")]
    lines = [line for line in lines if "Authors" in line]
    assert len(lines) == 1
    assert "Authors: <del>Ada Quill</del>, Bo Wren" in lines[0]
    first = page(Case(article, "Valdora", revisions[1:2], [], [], {}), "2026-03-02", {"dateline": "9"}, "x")
    assert "Authors: Ada Quill, Bo Wren" in first
