"""OPML as feed readers write it."""

from __future__ import annotations

import pytest

from crawler.discover.opml import outlines

OPML = """<?xml version="1.0"?><opml version="1.0"><head><title>Mine</title></head><body>
<outline text="Ports"><outline text="Quill" type="rss" xmlUrl="https://quill.example/feed" htmlUrl="https://quill.example/"/>
<outline title="Port of Ister" text="x" xmlURL="https://ister.example/rss?a=1&amp;b=2"/></outline>
<outline text="A link" url="https://other.example/"/></body></opml>"""


def test_outlines_with_feeds_in_folders_and_out() -> None:
    read = outlines(OPML.encode())
    assert [(each.title, each.feed, each.page, each.line) for each in read.found] == [
        ("Quill", "https://quill.example/feed", "https://quill.example/", 2),
        ("Port of Ister", "https://ister.example/rss?a=1&b=2", "", 3),
        ("A link", "", "https://other.example/", 4),
    ]
    assert (read.root, read.broken_at) == ("opml", 0)


def test_a_bare_ampersand_stays_in_its_address() -> None:
    read = outlines(b"<opml><outline xmlUrl='https://ister.example/rss?a=1&b=2&amp;c=3'/></opml>")
    assert (read.found[0].feed, read.broken_at) == ("https://ister.example/rss?a=1&b=2&c=3", 0)


def test_a_file_that_breaks_off_says_on_which_line() -> None:
    read = outlines(OPML.encode()[: OPML.index("Port of Ister")])
    assert (len(read.found), read.broken_at) == (1, 3)
    assert outlines(b"\n\n" + OPML.encode().replace(b"</body>", b"</boy>")).broken_at == 6


@pytest.mark.parametrize(
    "body", [b"", b"no xml", b"<opml><body><outline xmlUrl='a'", b'<!DOCTYPE x [<!ENTITY a "b">]><x/>']
)
def test_what_cannot_be_read_gives_what_was_read(body: bytes) -> None:
    assert len(outlines(body).found) <= 1
