"""Ids of feeds are tag: URIs that a move of host and port does not change (RFC 4151)."""

from __future__ import annotations

import asyncio
import re
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

from archive.web.feeds.atom import atom
from archive.web.feeds.entries import Entry, Feed
from archive.web.server import build
from archive.web.settings import SiteOptions
from tests.support.sample import build_sample

ATOM = "{http://www.w3.org/2005/Atom}"
TAG = re.compile(r"tag:[a-z0-9.-]+,\d{4}(-\d\d(-\d\d)?)?:[A-Za-z0-9._~!$&'()*+,;=:@/?%-]+")


def test_ids_stay_when_the_site_moves(tmp_path: Path) -> None:
    site = build(build_sample(tmp_path / "archive"), SiteOptions(host_names=("news.example",)))
    for path, count in (("/feed.xml", 18), ("/changes.xml", 4)):
        ids, links = [], []
        for host in ("localhost:8001", "127.0.0.1:9", "news.example"):
            answer = asyncio.run(site.client.get(path, headers={"host": host}))
            feed = ElementTree.fromstring(answer.text)
            ids.append([element.text or "" for element in feed.iter(f"{ATOM}id")])
            links.append([element.attrib["href"] for element in feed.iter(f"{ATOM}link")])
            assert all(link.startswith(f"http://{host}/") for link in links[-1])
        assert ids[0] == ids[1] == ids[2]
        assert len(set(ids[0])) == len(ids[0]) >= count
        assert all(TAG.fullmatch(each) for each in ids[0]), ids[0]


def test_words_of_an_entry_bear_their_language() -> None:
    """RFC 4287, section 2."""
    entry = Entry(
        "tag:1", "https://a.example/1", "鐘", "Port", "2026-03-11T00:00:00Z", "2026-03-12T00:00:00Z", "鐘が", "鐘が"
    )
    spoken = Feed("tag:x", "t", "a", "b", "c", (replace(entry, language="ja"), entry))
    for element, language in zip(ElementTree.fromstring(atom(spoken)).iter(f"{ATOM}entry"), ("ja", None), strict=True):
        for name in ("title", "summary", "content"):
            (found,) = element.findall(f"{ATOM}{name}")
            assert found.get("{http://www.w3.org/XML/1998/namespace}lang") == language
