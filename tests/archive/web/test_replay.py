"""A captured page is hostile: whatever encoding or size it claims, it is shown in bounded work, or not at all."""

from __future__ import annotations

import asyncio
import re
import sqlite3
import time
from pathlib import Path

import pytest

from archive.core.model import Exchange
from archive.warc import WarcWriter
from archive.web import replay, security
from archive.web.server import build
from tests.archive.web.test_site import capture_of
from tests.support.sample import START, build_sample


@pytest.mark.parametrize(
    "charset",
    ["punycode", "idna", "unicode_escape", "raw_unicode_escape", "utf-7", "base64", "rot13", "zlib", "hex", "uu"],
)
@pytest.mark.parametrize("place", ["header", "meta"])
def test_only_encodings_of_the_web_are_decoded(charset: str, place: str) -> None:
    body = f"<meta charset={charset}><p>caf\u00e9 ".encode() + b"a-b0c" * 200_000
    declared = f"text/html; charset={charset}" if place == "header" else "text/html"
    began = time.process_time()
    shown = replay.shown(1, (("Content-Type", declared),), body)
    assert "café" in shown.body.decode()
    assert time.process_time() - began < 5


def archived(archive: Path, body: bytes, content_type: str) -> int:
    """A capture of the sample whose record holds this body."""
    writer = WarcWriter(archive, "Dateline sample")
    writer.write(
        Exchange(
            source="port-of-ister", url="https://port.ister.example/x", kind="page", fetched_at=START, status=200,
            reason="OK", request_headers=(), response_headers=(("Content-Type", content_type),), body=body,
        )
    )  # fmt: skip
    (capture,) = writer.sync()
    writer.close()
    number = capture_of(archive, "budget")
    with sqlite3.connect(archive / "archive.db") as db:
        place = [capture.warc_file, capture.warc_offset, capture.warc_length, number]
        db.execute("update captures set warc_file = ?, warc_offset = ?, warc_length = ? where id = ?", place)
    return number


@pytest.mark.parametrize(
    ("content_type", "unit"),
    [
        ("text/html; charset=punycode", b"a-b0c"),
        ("text/html; charset=idna", b"xn--a."),
        ("text/html", b"<use <link <iframe "),
        ("text/html", b"\xff\xfe<\x00"),
        ("text/html", b"<svg><use href=#a " + b" " * 50),
        ("text/plain", b"\x80\x81\xfe"),
    ],
)
def test_a_hostile_capture_holds_no_other_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content_type: str, unit: bytes
) -> None:
    monkeypatch.setattr(security, "ANSWER_WITHIN", 600)
    archive = build_sample(tmp_path / "archive")
    number = archived(archive, unit * (8_000_000 // len(unit)), content_type)
    site = build(archive)

    async def both() -> tuple[list[int], int]:
        await site.client.get("/events")
        paths = [f"/capture/{number}", f"/capture/{number}/raw", f"/capture/{number}/raw?download=1"]
        slow = [asyncio.ensure_future(site.client.get(path, timeout=600)) for path in paths]
        read = 0
        while not all(each.done() for each in slow):
            assert (await site.client.get("/events")).status_code == 200
            read += 1
        return [(await each).status_code for each in slow], read

    answers, read = asyncio.run(both())
    assert answers[0] == 200
    assert answers[1] in (200, 404)
    assert answers[2] == 200
    assert read >= 2


@pytest.mark.parametrize(
    ("anchor", "leads"),
    [
        ('<a href="/n?a=1&amp;b=2#top">', '<a href="/near?url=https%3A%2F%2Fa.example%2Fn%3Fa%3D1%26b%3D2#top">'),
        ("<A class=x HREF='other.html'>", '<A class=x HREF="/near?url=https%3A%2F%2Fa.example%2Fdir%2Fother.html">'),
        ("<area href=//b.example/c>", '<area href="/near?url=https%3A%2F%2Fb.example%2Fc">'),
        ('<a target="_blank" href="x">', '<a target="_self" href="/near?url=https%3A%2F%2Fa.example%2Fdir%2Fx">'),
        ('<a href="#part">', '<a href="#part">'),
        ('<a href="mailto:x@y.example">', '<a href="mailto:x@y.example">'),
        ('<a href="javascript:1">', '<a href="javascript:1">'),
        ('<a href="http://[">', '<a href="http://[">'),
        ('<abbr href="/x">', '<abbr href="/x">'),
        ("<a name=x>", "<a name=x>"),
    ],
)  # fmt: skip
def test_links_lead_to_captures(anchor: str, leads: str) -> None:
    links = replay.Links("https://a.example/dir/page", "/near?url=")
    shown = replay.shown(1, (("Content-Type", "text/html"),), anchor.encode(), links)
    assert shown.body.decode() == leads


def test_links_are_relative_to_the_pages_own_base() -> None:
    links = replay.Links("https://a.example/dir/page", "/near?url=")
    page = b'<base href="https://c.example/d/"><a href="e">'
    shown = replay.shown(1, (("Content-Type", "text/html"),), page, links)
    assert b"/near?url=https%3A%2F%2Fc.example%2Fd%2Fe" in shown.body


def test_the_frame_of_a_capture_has_its_links_rewritten(tmp_path: Path) -> None:
    archive = build_sample(tmp_path / "archive")
    capture = archived(archive, b'<p><a href="cranes">Cranes</a>', "text/html")
    raw = asyncio.run(build(archive).client.get(f"/capture/{capture}/raw")).text
    target = "https%3A%2F%2Fcouncil.valdora.example%2Fcranes"
    assert re.search(rf'<a href="/capture/near\?at=2026-03-10T06%3A00%3A00%2B00%3A00&amp;url={target}"', raw), raw
