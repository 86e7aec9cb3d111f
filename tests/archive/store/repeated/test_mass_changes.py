"""What most pages of a source change at one time is the source's, in whatever language; an edit among it stays one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from archive.core.model import Capture, Policy
from archive.ingest.rebuild import rebuild
from tests.support.archiving import AtOnce, Newsroom, ingesting, later, page, rows, story, tables

PAGES = range(1, 9)
LOOKS = (0, 24, 25, 48, 49, 72, 73)
Text = Callable[[int, int], str]
"""What the page of a number says on a day."""

WEATHER = ("sleet over the quays", "bright spells", "a gale from the west", "drizzle")


def _counter(number: int, day: int) -> str:
    return f"{story(number)}\n\nLemmet sitten {number * 100 + day * 17} kertaa"


def _teasers(number: int, day: int) -> str:
    names = ("Anchors and chains on show", "The tide table is out", "Pilots wanted for spring", "New lamps on the mole")
    return f"{story(number)}\n\n{names[(number + day) % 4]}\n\n{names[(number + day + 1) % 4]}"


def _teasers_amid(number: int, day: int) -> str:
    things = ("Anchors", "Pilots", "Lamps", "Ferries", "Ropes", "Cranes", "Divers", "Barges")
    places = ("for the mole", "wanted in spring", "on show again", "counted by the office", "of a hundred years")
    titles = [f"{thing} {place}" for thing in things for place in places]
    first, *more = story(number).split("\n\n")
    return "\n\n".join((first, *(titles[(number * 7 + day * 5 + n) % len(titles)] for n in range(3)), *more))


def _weather(number: int, day: int) -> str:
    return f"Valdora today: {WEATHER[day]} and {number + day * 3} knots\n\n{story(number)}"


def _byline(number: int, day: int) -> str:
    name = ("Ilva Renn", "Ada Quill", "Tomas Pell", "Marit Osk", "Nell Fairby", "Hugo Larch", "Lena Dorn", "Oto Wren")
    return story(number) if day < 2 else f"{name[number - 1]} of the press office writes\n\n{story(number)}"


def _enter(directory: Path, texts: Text, numbers: range = PAGES) -> None:
    room = Newsroom(directory)
    for hours in LOOKS:
        _enter_once(directory, room, texts, numbers, hours)


def _enter_once(directory: Path, room: Newsroom, texts: Text, numbers: range, hours: int) -> None:
    with ingesting(directory) as ingest:
        ingest.add([_look(room, texts, number, hours) for number in numbers])


def _look(room: Newsroom, texts: Text, number: int, hours: int) -> Capture:
    at = later(hours=hours, minutes=number)
    return room.answer(f"/news/{number}", page(number, texts(number, hours // 24)), at=at)


def _events(directory: Path, kind: str) -> list[str]:
    found = rows(directory / "archive.db", "select detail from events where kind = ? order by at", kind)
    return [row["detail"] for row in found]


def _same_when_rebuilt(directory: Path) -> None:
    before = tables(directory / "archive.db")
    (directory / "archive.db").unlink()
    rebuild(directory, AtOnce())
    assert tables(directory / "archive.db") == before


def _related(number: int, day: int, *, summary: bool = False) -> str:
    """Links to other releases within the text, more of them each day."""
    first, *more = page(number).split("</p>")
    more_of_it = "<time>2 March 2026</time><p>The office says what it did, and what it will do next.</p>" * summary
    items = "".join(
        f'<li><a href="/news/{90 + n}">{_TITLES[(number + n) % 4]}</a>{more_of_it}</li>' for n in range(2 + day)
    )
    return "</p>".join((first, f"<h3>From this office</h3><ul>{items}</ul>{more[0]}", *more[1:]))


_TITLES = ("Anchors and chains on show", "The tide table is out", "Pilots wanted for spring", "New lamps on the mole")


SOME = [
    _counter,
    _teasers_amid,
    *(pytest.param(texts, marks=pytest.mark.soak) for texts in (_teasers, _weather, _byline)),
]
"""What changes among the text, and at its edges; more of the latter among the slow checks."""


@pytest.mark.parametrize("texts", SOME)
def test_what_most_pages_change_is_no_edit_of_any(tmp_path: Path, texts: Text) -> None:
    _enter(tmp_path, texts)
    assert _events(tmp_path, "edited") == []
    assert _events(tmp_path, "alternates") == []
    _same_when_rebuilt(tmp_path)


@pytest.mark.parametrize("texts", SOME)
def test_an_edit_of_one_page_among_it_is_an_edit(tmp_path: Path, texts: Text) -> None:
    def edited(number: int, day: int) -> str:
        text = texts(number, day)
        return text.replace("39 volunteers", "4 helpers") if day > 1 else text

    _enter(tmp_path, edited)
    (event,) = rows(tmp_path / "archive.db", "select url, detail from events where kind = 'edited'")
    assert event["url"].endswith("/news/4")
    assert "numbers changed: 39 → 4" in event["detail"]
    _same_when_rebuilt(tmp_path)


def test_the_source_has_one_event_for_a_redesign(tmp_path: Path) -> None:
    _enter(tmp_path, _byline)
    (detail,) = _events(tmp_path, "redesigned")
    assert "8 of them: lines above the text came" in detail


def test_a_counter_is_no_event_of_the_source(tmp_path: Path) -> None:
    _enter(tmp_path, lambda number, day: f"{story(number)}\n\nIn 2026 {number + day} boats came.\n\nThe end.")
    assert _events(tmp_path, "edited") == []
    assert _events(tmp_path, "redesigned") == []


def test_what_a_few_pages_change_are_edits(tmp_path: Path) -> None:
    _enter(tmp_path, lambda number, day: _byline(number, day if number < 4 else 0))
    assert len(_events(tmp_path, "edited")) == 3
    _same_when_rebuilt(tmp_path)


def test_what_the_rest_of_the_pages_do_not_show_stays_an_edit_though_they_are_looked_at_later(tmp_path: Path) -> None:
    room = Newsroom(tmp_path)
    _enter_once(tmp_path, room, _byline, PAGES, 0)
    for hours in (48, 49):
        for numbers in (range(1, 5), range(5, 9)):  # each half in a crawl of its own
            _enter_once(tmp_path, room, lambda number, day: _byline(number, day if number < 5 else 0), numbers, hours)
    assert len(_events(tmp_path, "edited")) == 4
    assert _events(tmp_path, "redesigned") == []
    _same_when_rebuilt(tmp_path)


@pytest.mark.parametrize("summary", [False, True])
def test_links_to_other_releases_that_grow_within_the_text_of_few_pages_are_no_edit(
    tmp_path: Path, summary: bool
) -> None:
    room, captures = Newsroom(tmp_path), []
    for hours in LOOKS:
        for number in (1, 2):
            shown = _related(number, hours // 24, summary=summary)
            if number == 2 and hours >= 48:
                shown = shown.replace("25 volunteers", "4 helpers")
            captures.append(room.answer(f"/news/{number}", shown, at=later(hours=hours, minutes=number)))
    for capture in captures:
        with ingesting(tmp_path) as ingest:
            ingest.add([capture])
    assert "wanted for spring" in rows(tmp_path / "archive.db", "select text from articles")[0]["text"]
    (event,) = rows(tmp_path / "archive.db", "select url, detail from events where kind = 'edited'")
    assert event["url"].endswith("/news/2")
    assert "numbers changed: 25 → 4" in event["detail"]
    assert "paragraph" not in event["detail"].replace("1 paragraph changed", "")
    _same_when_rebuilt(tmp_path)
    with ingesting(tmp_path, "backwards.db") as ingest:
        ingest.add(reversed(captures))
    assert tables(tmp_path / "backwards.db") == tables(tmp_path / "archive.db")


def test_a_source_of_three_pages_teaches_nothing(tmp_path: Path) -> None:
    _enter(tmp_path, _byline, range(1, 4))
    assert len(_events(tmp_path, "edited")) == 3


def test_edits_of_different_kinds_on_one_day_stay_edits(tmp_path: Path) -> None:
    def each_its_own(number: int, day: int) -> str:
        first, second, third = story(number).split("\n\n")
        word = ("sold", "lent", "burned", "mended", "moved", "lit", "raised", "drained")[number % 8]
        return "\n\n".join((first, second.replace("lent", word), third)) if day > 1 else story(number)

    _enter(tmp_path, each_its_own)
    assert len(_events(tmp_path, "edited")) == 7


@pytest.mark.parametrize(("confirm", "kinds"), [(1, ["new", "edited", "edited"]), (2, ["new"])])
def test_a_headline_that_is_withdrawn_in_a_redesign_of_all_titles(
    tmp_path: Path, confirm: int, kinds: list[str]
) -> None:
    room, early = Newsroom(tmp_path), "Section {} of the coastal path opened at last"
    titles = [early, early, "Valdora Harbour: " + early, "Valdora Harbour: " + early]
    with ingesting(tmp_path, policies={"valdora": Policy(gone_after=timedelta(), confirm=confirm)}) as ingest:
        for day, title in enumerate(titles):
            served = {n: title.format(n) for n in PAGES} | ({2: "Section 2 is closed for good"} if day == 1 else {})
            ingest.add(
                room.answer(f"/news/{n}-path", page(n, title=named), at=later(days=day, minutes=n))
                for n, named in served.items()
            )
            ingest.flush()
    found = rows(tmp_path / "archive.db", "select url, kind, detail from events where article_id is not null")
    assert [one["kind"] for one in found if one["url"].endswith("/2-path")] == kinds
    assert {one["kind"] for one in found if not one["url"].endswith("/2-path")} == {"new"}
