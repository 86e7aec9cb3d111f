"""A capture read back and extracted: which are read at all, and why the others are not."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from archive.boilerplate.template import Template
from archive.core.model import Capture, Extraction, Rejection, Unread
from archive.extract.extract import Derived
from archive.ingest.task import extract_capture, readable, reason_unread
from tests.support.archiving import Newsroom, page, story

PLAIN = Template().to_bytes()


@pytest.fixture
def capture(tmp_path: Path) -> Capture:
    return Newsroom(tmp_path).answer("/news/1-path", page(1))


def test_a_page_with_a_body_is_read(capture: Capture) -> None:
    assert readable(capture)
    assert readable(replace(capture, kind="probe", status=203))
    for status in (202, 206):
        assert readable(replace(capture, status=status))
    for other in ({"kind": "feed"}, {"status": 404}, {"status": 204}, {"revisit": True}):
        assert not readable(replace(capture, **other))


def test_a_page_becomes_a_reading(capture: Capture, tmp_path: Path) -> None:
    derived = extract_capture(str(tmp_path), capture, PLAIN)
    assert isinstance(derived, Derived)
    assert isinstance(derived.result, Extraction)
    assert derived.result.text == story(1)


@pytest.mark.parametrize(
    ("status", "stated", "is_read"),
    [
        (202, "", True),
        (206, "", True),
        (206, "bytes 0-999/1000", True),
        (206, "bytes 0-999/5000", False),
        (206, "bytes 100-999/1000", False),
        (206, "bytes 0-999/*", False),
    ],
)
def test_an_odd_status_over_a_whole_page_is_no_reason_not_to_read_it(
    tmp_path: Path, status: int, stated: str, is_read: bool
) -> None:
    headers = [("Content-Range", stated)] if stated else []
    answer = Newsroom(tmp_path).answer("/news/1-path", page(1), status=status, headers=headers)
    derived = extract_capture(str(tmp_path), answer, PLAIN)
    assert isinstance(derived, Derived)
    assert isinstance(derived.result, Extraction) == is_read


def test_a_page_that_is_answered_with_206_and_no_end_is_a_part(tmp_path: Path) -> None:
    part = Newsroom(tmp_path).answer("/news/1-path", page(1).split("</body>")[0], status=206)
    derived = extract_capture(str(tmp_path), part, PLAIN)
    assert isinstance(derived, Derived)
    assert derived.result == Rejection("error", "206: the server sent only a part of the page")


def test_a_record_that_is_not_there_is_our_failure_and_not_the_pages(capture: Capture, tmp_path: Path) -> None:
    for lost in (replace(capture, warc_offset=capture.warc_offset + 1), replace(capture, url="https://other.example/")):
        unread = extract_capture(str(tmp_path), lost, PLAIN)
        assert isinstance(unread, Unread)
        assert unread.kind == "record"
    (tmp_path / capture.warc_file).unlink()
    assert isinstance(extract_capture(str(tmp_path), capture, PLAIN), Unread)


@pytest.mark.parametrize(("cut", "is_read"), [("</html>", True), ("</p>", False)])
def test_an_answer_that_broke_off_is_read_if_its_main_part_came(tmp_path: Path, cut: str, is_read: bool) -> None:
    whole = page(1)
    broken = Newsroom(tmp_path).answer("/news/1-path", whole[: whole.index(cut) + len(cut)], truncated="disconnect")
    derived = extract_capture(str(tmp_path), broken, PLAIN)
    assert isinstance(derived, Derived)
    assert isinstance(derived.result, Extraction) == is_read
    if not is_read:
        assert derived.result == Rejection("error", "the answer broke off before the end of the page")


@pytest.mark.parametrize(
    ("changes", "kind", "reason"),
    [
        ({"kind": "feed"}, "other", "feed"),
        ({"kind": "redirect", "location": "https://t.example/"}, "other", "redirect to https://t.example/"),
        ({"status": 304}, "other", "not modified"),
        ({"revisit": True}, "other", "same payload as before"),
        ({"status": 302}, "other", "redirect without a target"),
        ({"status": 301, "location": "https://t.example/"}, "other", "redirect to https://t.example/"),
        ({"status": 404}, "error", "404 not found"),
        ({"status": 599}, "error", "599"),
    ],
)
def test_why_a_capture_is_not_looked_into(capture: Capture, changes: dict[str, object], kind: str, reason: str) -> None:
    assert reason_unread(replace(capture, **changes)) == Rejection(kind, reason)  # type: ignore[arg-type]
