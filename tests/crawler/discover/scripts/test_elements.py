"""Items that custom elements state as attributes, shown as links with their days."""

from __future__ import annotations

from crawler.discover.further.answers import read_further
from crawler.discover.scripts.elements import with_elements_shown

URL = "https://lake.example.org/news"


def element(number: int, inner: str = "") -> str:
    return (
        f'<press-row :open="false" row-title="The lamps of &quot;Orlin&quot; burn, part {number}" '
        f'row-url="/news/lamps-{number}" date-ap="March {number}, 2026" publish-date="2026-03-0{number}T00:00:00">'
        f"{inner}</press-row>"
    )


def test_custom_elements_that_state_an_address_and_a_title_are_the_items_of_a_list() -> None:
    page = f"<body><h1>News</h1><div>{''.join(map(element, (4, 3, 2, 1)))}</div></body>"
    found = read_further(page.encode(), URL)
    assert [link.url.rpartition("/")[2] for link in found.links] == [f"lamps-{n}" for n in (4, 3, 2, 1)]
    assert found.links[0].title == 'The lamps of "Orlin" burn, part 4'
    assert [link.published[:10] for link in found.links] == [f"2026-03-0{n}" for n in (4, 3, 2, 1)]


def test_elements_that_hold_their_link_and_other_elements_stay_as_they_are() -> None:
    linked = "".join(element(n, f'<a href="/news/lamps-{n}">Lamps</a>') for n in (4, 3, 2, 1))
    other = "<my-icon name='arrow-right' size='20' url='/sprite.svg'></my-icon>" * 5
    two = element(1) + element(2)
    for markup in (linked, other, two, "<p>a - b</p>", "<x-y " + "a='" * 9_000):
        assert with_elements_shown(markup.encode()) == markup.encode()


def test_bytes_that_are_no_utf_8_stay() -> None:
    page = "".join(map(element, (4, 3, 2, 1))).encode() + "<p>Čaj</p>".encode("iso-8859-2")
    assert with_elements_shown(page).endswith("<p>Čaj</p>".encode("iso-8859-2"))
