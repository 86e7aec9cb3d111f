"""When a page's word about its own address is believed."""

from __future__ import annotations

import pytest

from archive.history.identity import article_key

SITE = "https://press.valdora.example"


@pytest.mark.parametrize(
    ("url", "claimed", "title"),
    [
        ("/news/1001-old-name", "/news/1001-new-name", ""),
        ("/?p=4711", "/archive/4711", ""),
        ("/?p=471", "/archive/471", ""),
        ("/?p=17", "/2026/03/coastal-path-opened", "Coastal path opened at last"),
        ("/?p=17", "/2026/03/harbour-reopens", "Harbour reopens"),
        ("/news/coastal-path-opened?page=2", "/news/coastal-path-opened", "Coastal path opened"),
        ("/news/4711?from=list", "/news/4711", ""),
        ("/news/4711-pfad?highlight=karn&from=list", "/news/4711-pfad", ""),
        ("/press/coastal-path-opened-today", "/news/coastal-path-opened", ""),
        ("/print/news/coastal-path-opened", "/news/coastal-path-opened", ""),
    ],
)
def test_believed(url: str, claimed: str, title: str) -> None:
    assert article_key(SITE + url, SITE + claimed, title) == article_key(SITE + claimed, "", "")


@pytest.mark.parametrize(
    ("edition", "page"),
    [
        (f"{SITE}/news/p7/amp", f"{SITE}/news/p7"),
        (f"{SITE}/news/p7?print=1", f"{SITE}/news/p7"),
        (f"{SITE}/news/p7/print/", f"{SITE}/news/p7"),
        (f"{SITE}/m/news/p7", f"{SITE}/news/p7"),
        (f"{SITE}/show?id=7&view=mobile", f"{SITE}/show?id=7"),
        ("https://m.valdora.example/news/p7", "https://valdora.example/news/p7"),
        ("https://mobile.valdora.example/news/p7?lite=", "https://www.valdora.example/news/p7"),
    ],
)
def test_an_edition_for_print_or_phones_is_its_page(edition: str, page: str) -> None:
    assert article_key(edition, page, "") == article_key(page, "", "")
    assert article_key(page, edition, "") == article_key(page, "", "")


@pytest.mark.parametrize(
    ("url", "claimed", "title"),
    [
        ("/news/p7/amp", SITE + "/news/p8", ""),
        ("/m", SITE + "/", ""),
        ("/show?id=7&print=8", SITE + "/show?id=7", ""),
        ("/news/p7?page=print", SITE + "/news/p7", ""),
        ("/news/1001-path", SITE + "/", "Path"),
        ("/news/1001-path", SITE + "/news", "News of the path"),
        ("/news/1001-path", SITE + "/news/2002-path", "Path"),
        ("/news/press-release-12", SITE + "/news/press-release-13", ""),
        ("/news?id=1001", SITE + "/news", "The news today"),
        ("/news/4711?lang=de", SITE + "/news/4711", ""),
        ("/news/2026?item=4711", SITE + "/news/2026", ""),
        ("/news/p7?item=4711", SITE + "/news/p7", ""),
        ("/news.php?id=1001", SITE + "/news.php?id=1002", ""),
        ("/kk/news/1001-path", SITE + "/ru/news/1001-path", ""),
        ("/news/2026/path", SITE + "/archive/2026/harbour", ""),
        ("/news/1001-path", "https://other.example/news/1001-path", "Path"),
        ("/news/1001-path", "javascript:void(0)", "Path"),
        ("/news/1001-path", "", "Path"),
        ("/news/1001-path", SITE + "/index.html", "Path"),
        ("/?p=47", SITE + "/archive/47", ""),
        ("/?p=17", SITE + "/2026/03/harbour", "Harbour reopens"),
    ],
)
def test_not_believed(url: str, claimed: str, title: str) -> None:
    assert article_key(SITE + url, claimed, title) == article_key(SITE + url, "", "")
