"""What a list is called, and what its items say they are."""

from __future__ import annotations

from archive.core.urls import key
from crawler.discover.items.kinds import page_name
from crawler.discover.listings import read_listing

URL = "https://heron.example.org/desk?part=4"
TITLES = ("Ferry pier rebuilt in oak", "Lamp oil prices are published", "Orchard walls are repaired", "New tide tables")


def listing(row: str, above: str = "<h1>Harbour desk</h1><h2>Press Notices</h2>") -> bytes:
    kinds = ("Press Notices", "Road Works", "Press Notices", "Road Works")
    rows = (
        row.format(n=n + 1, title=title, kind=kind) for n, (title, kind) in enumerate(zip(TITLES, kinds, strict=True))
    )
    return (
        f"<html><head><title>Harbour desk | Heron</title></head><body>{above}<table>{''.join(rows)}</table>"
        "<h2>Elsewhere</h2></body></html>"
    ).encode()


def test_a_column_beside_the_titles_says_the_kinds() -> None:
    found = read_listing(
        listing("<tr><td><a href='/n/{n}0'>{title}</a></td><td>{kind}</td><td>2026-05-0{n}</td></tr>"), URL
    )
    assert len(found.links) == len(TITLES)
    assert [set(found.said[key(link.url)]) for link in found.links] == [
        {"press-notices"},
        {"road-works"},
        {"press-notices"},
        {"road-works"},
    ]
    assert found.names == {"harbour-desk", "press-notices"}


def test_a_linked_label_says_it_too_but_no_title_no_day_and_no_long_text() -> None:
    row = (
        "<tr><td><h3><a href='/n/{n}0'>{title}</a></h3><span class='kind'><a href='/k/{kind}'>{kind}</a></span>"
        "<i>{n} May 2026</i><p>The town says at some length what everybody has seen for weeks.</p></td></tr>"
    )
    found = read_listing(listing(row), URL)
    assert {word for said in found.said.values() for word in said} == {"press-notices", "road-works"}
    assert len({place for said in found.said.values() for place in said.values()}) == 1


def test_the_title_of_a_page_names_it_without_the_site() -> None:
    titles = ("Press notices | Heron", "Notices｜Heron", "通知_苍鹭", "通知-苍鹭", "Re-opened: the pier")
    assert [page_name(title) for title in titles] == ["Press notices", "Notices", "通知", "通知", "Re-opened: the pier"]
