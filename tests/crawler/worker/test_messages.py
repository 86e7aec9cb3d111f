"""What crosses the pipe between the crawler process and its owner: every message arrives as it was sent."""

from __future__ import annotations

import pickle
from dataclasses import FrozenInstanceError, fields, is_dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, get_args

import pytest

from archive.core.backfill import WalkPage
from archive.core.model import Capture, HostRest, KnownDocument, Link, Recheck, Validators
from archive.core.robots import RobotsCopy
from crawler.sources.sources import Source
from crawler.worker import messages
from crawler.worker.messages import Archived, Batch, Finished, Fresh, FromWorker, Job, LinksFound, Outcome, ToWorker

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)
URL = "https://orlin.example/news/lamps/"
LINK = Link(URL, "Lamps", "2026-05-04", via="https://orlin.example/feed/")
KNOWN = Validators('"a"', "", "sha1:x", NOON, URL)
JOB = Job(
    Source("orlin", "https://orlin.example/", include=("news",), recheck=(timedelta(hours=1),)),
    (KnownDocument("https://orlin.example/feed/", "feed", KNOWN),),
    (LINK,),
    (Recheck(URL, KNOWN),),
    3,
    date(2026, 5, 1),
    "https://orlin.example/none",
    (HostRest("orlin.example", NOON, "429"),),
)
SENT: dict[type[Any], Any] = {
    messages.Batch: Batch((JOB,)),
    messages.Fresh: Fresh(4, frozenset({URL}), {URL: KNOWN}),
    messages.Stop: messages.Stop(5.0),
    messages.Ready: messages.Ready(),
    messages.LinksFound: LinksFound(4, "orlin", (LINK,)),
    Archived: Archived(()),
    messages.Dropped: messages.Dropped("orlin", URL, "the server answered 500", True),
    messages.DocumentRead: messages.DocumentRead("orlin", URL, "listing", KNOWN, True, 3, "note"),
    messages.RobotsRead: messages.RobotsRead("orlin", RobotsCopy(f"{URL}robots.txt", NOON, NOON, 200, b"Disallow:")),
    messages.BackfillProgress: messages.BackfillProgress(
        "orlin", (WalkPage(URL, "listing", "year", "year /{year}"),), 3, 9, "2026-03-01", True
    ),
    messages.HostRefused: messages.HostRefused("orlin", "orlin.example", "429", 60.0),
    messages.Finished: Finished("orlin", Outcome(3, 2, 1, 0.5, "words", "limit", ("p",), ("orlin.example",))),
}


def test_every_kind_of_message_is_tried_here() -> None:
    assert {*get_args(ToWorker), *get_args(FromWorker)} == set(SENT)


@pytest.mark.parametrize("message", SENT.values(), ids=lambda message: type(message).__name__)
def test_a_message_arrives_as_it_was_sent_and_cannot_be_changed(message: Any) -> None:
    assert pickle.loads(pickle.dumps(message)) == message
    assert is_dataclass(message)
    for field in fields(message):
        with pytest.raises(FrozenInstanceError):
            setattr(message, field.name, None)


def test_no_message_holds_the_body_of_a_page() -> None:
    assert not [one.name for kind in (*SENT, Capture, Link) for one in fields(kind) if "bytes" in str(one.type).split()]


@pytest.mark.parametrize("full", [True, False])
def test_a_document_that_was_read_is_known_with_all_that_was_said_of_it(full: bool) -> None:
    read = messages.DocumentRead(
        "orlin", URL, "listing", KNOWN, True, 3, "note", full, "problem", root=True, watched=False
    )
    known = read.known(NOON)
    assert known.full_at == (NOON if full else None)
    shared = {field.name for field in fields(read)} & {field.name for field in fields(known)}
    assert {name: getattr(known, name) for name in shared} == {name: getattr(read, name) for name in shared}
