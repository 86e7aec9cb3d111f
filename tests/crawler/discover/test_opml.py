"""OPML as feed readers write it."""

from __future__ import annotations

import pytest

from crawler.discover.opml import outlines

OPML = """<?xml version="1.0"?><opml version="1.0"><head><title>Mine</title></head><body>
<outline text="Ports"><outline text="Quill" type="rss" xmlUrl="https://quill.example/feed" htmlUrl="https://quill.example/"/>
<outline title="Port of Ister" text="x" xmlURL="https://ister.example/rss?a=1&amp;b=2"/></outline>
<outline text="A link" url="https://other.example/"/></body></opml>"""


def test_outlines_with_feeds_in_folders_and_out() -> None:
    found = outlines(OPML.encode())
    assert [(each["title"], each["xmlurl"]) for each in found] == [
        ("Quill", "https://quill.example/feed"),
        ("Port of Ister", "https://ister.example/rss?a=1&b=2"),
    ]
    assert found[0]["htmlurl"] == "https://quill.example/"


@pytest.mark.parametrize(
    "body", [b"", b"no xml", b"<opml><body><outline xmlUrl='a'", b'<!DOCTYPE x [<!ENTITY a "b">]><x/>']
)
def test_what_cannot_be_read_gives_what_was_read(body: bytes) -> None:
    assert len(outlines(body)) <= 1
