"""The data classes of an article's history: what was observed, its state, and the events. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from archive.core.model import Extraction
from archive.history.change import Change
from archive.history.mass_changes import SeenChange

REDIRECTED = "redirect to "
"""How the note of a redirect begins, before the address it names."""

Outcome = Literal["read", "unchanged", "gone", "blocked", "trouble", "unclear", "moved", "elsewhere", "hop"]
"""What one look at an article's address gave.
read: its text. unchanged: the text of before, by the server's word or an equal payload. gone: 404 or 410, a page that
says so with another status, a redirect to the home page or a list, or one that nobody followed. blocked: 401, 403, 429,
451, a challenge or consent page. trouble: 5xx and other refusals. unclear: 200, but not an article. moved: its address
leads to another article. elsewhere: no look at its address, but its text read at another one. hop: a redirect on the
way to it.
"""

Shows = Literal["", "instead", "everywhere", "either"]
"""What a page shows as a page of its site: what it shows in place of missing pages, at all of its addresses, or nobody
knows which of both."""

INSTEAD = "shows the home page or a list of its site in place of the page (soft 404)"
EVERYWHERE = "shows what all of its site shows now"
"""What is said of a page that does."""

Status = Literal["live", "gone", "moved", "blocked"]

EventKind = Literal["new", "edited", "alternates", "missing", "gone", "returned", "moved", "blocked", "trouble"]
"""What may happen to an article, as docs/changes.md documents it."""


@dataclass(frozen=True)
class Place:
    """Another article with the same text, or to which an address leads: its number and address."""

    article: int
    url: str


@dataclass(frozen=True)
class TextMarks:
    """What a page says, as marks (`archive.history.soft404`) that are equal where two pages say the same."""

    text: int | None
    title: int | None


@dataclass(frozen=True)
class Observation:
    """One capture as evidence about one article. `at` is a stored moment (ISO 8601, UTC).

    `extraction` is what was read; for moved, what the other address says, where that is known.
    `place`: for moved and elsewhere, the other address; `marks`: those of what it says, by which it is compared.
    `common`: two other addresses of the source, or more, say the same.
    `shows`: what page of its site it seems to be.
    `truncated`: the answer broke off, so that what is missing in it was not taken out by anybody.
    `away`: its address leads to another site, which is not looked at.
    `soft`: another page of its site is in its place; no 404 or 410 says that it is gone.
    `page`: the marks (`archive.text.lines`) of all that was on the page.
    """

    at: str
    capture_id: int
    seen: Outcome
    detail: str = ""
    extraction: Extraction | None = None
    place: Place | None = None
    marks: TextMarks | None = None
    common: bool = False
    shows: Shows = ""
    truncated: bool = False
    away: bool = False
    soft: bool = False
    page: tuple[int, ...] = ()


@dataclass(frozen=True)
class Pending:
    """A changed text that waits to be seen again. `capture_id` is the first that had it, `newest_id` the last.

    `tries` counts the texts before it that were given up for it without having been seen again. `since` is the last
    look before `at`.
    """

    extraction: Extraction
    at: str
    capture_id: int
    newest_id: int
    looks: int = 1
    tries: int = 0
    page: tuple[int, ...] = ()
    since: str = ""


@dataclass(frozen=True)
class MissingSince:
    """An address that lacks its article: since when, seen at how many looks.

    `told` is False where it only led elsewhere so far: the next look may show that the article moved there. `soft`: the
    first look found another page in its place. `doubted`: most articles of the source are so (`MassAbsence`).
    """

    since: str
    looks: int = 1
    told: bool = True
    soft: bool = False
    doubted: bool = False


@dataclass(frozen=True)
class Instead:
    """What the page that was read last counts as, because it did not show the article: a notice, a preview, a part."""

    seen: Outcome
    detail: str


@dataclass(frozen=True)
class DuplicateAt:
    """The first reading of an article's text at another address; its `title` and `text` there where they differ."""

    place: Place
    at: str
    capture_id: int
    title: str = ""
    text: str = ""


@dataclass(frozen=True)
class ArticleState:
    """What is known of an article after its newest sighting. `capture_id` is the newest capture of the text it has.

    `shown` are marks of texts it had or showed before, newest last; `turns` counts returns to one of them. `heard` is
    when one of its texts was last seen to be elsewhere too. `page` is that of the text's newest reading, known only
    while a history is reported as a whole. `partial`: its text was only seen in an answer that broke off. `instead`:
    the page that was read last did not show it, so the same page again does not either.
    """

    extraction: Extraction
    capture_id: int
    first_seen: str
    last_seen: str
    last_checked: str
    changed_at: str
    status: Status = "live"
    revisions: int = 1
    answer: Outcome = "read"
    moved_to: int | None = None
    pending: Pending | None = None
    missing: MissingSince | None = None
    duplicate: DuplicateAt | None = None
    shown: tuple[int, ...] = ()
    turns: int = 0
    heard: str = ""
    page: tuple[int, ...] = ()
    partial: bool = False
    instead: Instead | None = None


@dataclass(frozen=True)
class Revision:
    """A text, with its authors, that a publisher gave an article; `at` and `capture_id` are of the first capture that
    had it.
    """

    n: int
    at: str
    capture_id: int
    title: str
    text: str
    authors: tuple[str, ...]
    change: Change
    first: bool = False


@dataclass(frozen=True)
class Event:
    """Something that happened to an article; `url` is the address it had then.

    `at` is when it was certain. `capture_id` is the capture that shows it, `confirmed_by` the one that made it certain.
    """

    at: str
    url: str
    kind: EventKind
    detail: str
    capture_id: int
    confirmed_by: int | None = None


@dataclass(frozen=True)
class History:
    """An article's standing (None before its first reading) and what led there.

    `changes` are those that may turn out to be the source's (`archive.history.mass_changes`).
    """

    state: ArticleState | None
    revisions: tuple[Revision, ...] = ()
    events: tuple[Event, ...] = ()
    changes: tuple[SeenChange, ...] = ()


def event(state: ArticleState, observation: Observation, kind: EventKind, detail: str) -> Event:
    """An event that one sighting is all the proof of."""
    return Event(observation.at, state.extraction.url, kind, detail, observation.capture_id)
