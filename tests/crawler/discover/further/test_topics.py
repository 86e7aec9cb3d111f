"""The topics of a newsroom that has a list for each, and none of all its releases."""

from __future__ import annotations

import pytest

from crawler.discover.discover import read_home

URL = "https://www.dalvoort.example/pers/"


def _topics(*addresses: str, url: str = URL) -> list[str]:
    links = "".join(f"<a href='{address}'>Haven {n}</a>" for n, address in enumerate(addresses))
    return [document.url for document in read_home(f"<body>{links}</body>".encode(), url).topics]


@pytest.mark.parametrize(
    ("first", "second"),
    [("topics/quays/index.html", "topics/locks/index.html"), ("thema/kades.html", "thema/sluizen.html")],
)
def test_pages_in_one_folder_of_topics_below_the_newsroom_are_its_topics(first: str, second: str) -> None:
    assert _topics(first, second, first) == [URL + first, URL + second]
    assert _topics(first, second, url=f"{URL}index.html") == [URL + first, URL + second]


@pytest.mark.parametrize(
    "addresses",
    [
        ("topics/quays/",),
        ("topics/quays/", "/shop/topics/locks/"),
        ("quays/", "locks/"),
        ("topics/quays/2025.html", "topics/quays/2024.html"),
        ("https://elsewhere.example/pers/topics/quays/", "https://elsewhere.example/pers/topics/locks/"),
        ("topics/?id=1", "topics/?id=2"),
    ],
)
def test_other_pages_are_no_topics(addresses: tuple[str, ...]) -> None:
    assert _topics(*addresses) == []


@pytest.mark.parametrize(
    ("url", "addresses", "below"),
    [
        (URL, ("producten/", "kades/", "sluizen/", "kades/"), ["kades", "sluizen", "producten"]),
        (f"{URL}index.html", ("kades.html", "sluizen.html"), ["kades.html", "sluizen.html"]),
        (URL, ("kades/",), []),
        (URL, ("kades/", "/sluizen/", "bruggen/oud/", "?kind=sluizen", "login/", "2026/"), []),
        (URL, ("de-kade-gaat-weer-open/", "de-sluis-gaat-weer-dicht/"), []),
        ("https://www.dalvoort.example/", ("kades/", "sluizen/"), []),
    ],
)
def test_pages_right_below_the_newsroom_may_be_its_parts(
    url: str, addresses: tuple[str, ...], below: list[str]
) -> None:
    links = "".join(f"<a href='{address}'>Haven {n}</a>" for n, address in enumerate(addresses))
    found = read_home(f"<body>{links}</body>".encode(), url).below
    assert [document.url.removeprefix(URL).rstrip("/") for document in found] == below
