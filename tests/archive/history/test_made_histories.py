"""Made histories: what a page said at each look, and which of it is told as the publisher's doing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import pytest

from archive.core.model import Contact, Extraction, Removed
from archive.history.events import REDIRECTED, History, Observation, Outcome, Place, TextMarks
from archive.history.replay import replay
from archive.history.soft404 import text_mark, title_mark
from archive.text.lines import line_mark, marks_of
from archive.text.linked_lines import parted
from tests.support.archiving import later, story

URL = "https://press.valdora.example/news/1"
FIRST, SECOND, THIRD = story(1).split("\n\n")
TEXT = story(1)
FILE, OTHER = "https://press.valdora.example/f/map.pdf", "https://press.valdora.example/f/fares.pdf"
TICKET = "https://tarn.example/in?ticket="
NOTE = "The ferry sails again on Friday, the harbour office said in the evening."


def _page(text: str = TEXT, title: str = "The path is open", **fields: Any) -> Extraction:
    return Extraction(URL, title, text, **fields)


def _swap(old: str, new: str) -> tuple[Extraction, Extraction]:
    """Two readings, of which the second says `new` where the first says `old`."""
    return _page(f"{TEXT}\n\n{old}"), _page(f"{TEXT}\n\n{new}")


def _head(old: str, new: str) -> tuple[Extraction, Extraction]:
    return _page(f"{old}\n\n{TEXT}".strip()), _page(f"{new}\n\n{TEXT}".strip())


def _titles(old: str, new: str) -> tuple[Extraction, Extraction]:
    return _page(title=old), _page(title=new)


def _fields(name: str, old: Any, new: Any) -> tuple[Extraction, Extraction]:
    return _page(**{name: old}), _page(**{name: new})


def _lines(extraction: Extraction) -> list[str]:
    below = (parted(line)[0] for line in extraction.links)
    around = (
        *(one.text for one in extraction.removed),
        *extraction.about,
        extraction.subtitle,
        extraction.image_caption,
    )
    return [*extraction.text.split("\n\n"), *around, *below]


def _looks(readings: Sequence[Extraction], hours: float = 30) -> list[Observation]:
    """Each reading at two looks, half an hour apart; what the text and its fields say is all that the page has."""
    found = []
    for number, extraction in enumerate(readings):
        for again in (0, 0.5):
            at = number * hours + again
            page = marks_of(_lines(extraction))
            found.append(Observation(later(hours=at).isoformat(), int(at * 10), "read", "", extraction, page=page))
    return found


def _told(history: History) -> list[str]:
    return [event.kind for event in history.events]


EDITS = {
    "a sentence": (_swap(NOTE, NOTE.replace("Friday", "Sunday")), "name"),
    "a point": (_swap("It costs $1.5 million.", "It costs $15 million."), "number"),
    "a sign": (_swap("It was -4 degrees at noon.", "It was 4 degrees at noon."), "number"),
    "a currency": (_swap("A ticket costs $40.", "A ticket costs €40."), "number"),
    "a percent sign": (_swap("Fares rose by 9%.", "Fares rose by 9."), "number"),
    "a comparison": (_swap("Boats of <5 metres enter.", "Boats of >5 metres enter."), "number"),
    "a fraction": (_swap("In 3/4 of all cases.", "In 34 of all cases."), "number"),
    "a point in a headline": (_titles("A pier of $1.5 million", "A pier of $15 million"), "number"),
    "a percent sign in a headline": (_titles("Fares up 9%", "Fares up 9"), "number"),
    "a word in a headline": (_titles("The path is open", "The path is shut"), "headline"),
    "a paragraph that comes": ((_page(), _page(f"{TEXT}\n\n{NOTE}")), "paragraph"),
    "a paragraph that goes": ((_page(f"{TEXT}\n\n{NOTE}"), _page()), "paragraph"),
    "paragraphs in another order": ((_page(), _page("\n\n".join((SECOND, FIRST, THIRD)))), "paragraph"),
    "a sentence with views": (_swap("The film had 24 views at sea.", "The film had 61 views at sea."), "number"),
    "a sentence with a time ago": (_swap("The pier fell 3 days ago.", "The pier fell 5 days ago."), "number"),
    "a date in the text": (_swap("The pier opens on 3 May 2026.", "The pier opens on 5 May 2026."), "number"),
    "a date in a schedule": (_swap("Opening: 3 May 2026", "Opening: 5 May 2026"), "number"),
    "a row of figures": (_swap("Tonnes: 120", "Tonnes: 210"), "number"),
    "a toll": (_swap("Injured: 14", "Injured: 19"), "number"),
    "one rate in a sentence": (_swap("It stood at EUR 1.17 then.", "It stood at EUR 1.71 then."), "number"),
    "a contact": (
        _fields("contacts", (Contact("Ilva", email="renn@v.example"),), (Contact("Ada", email="quill@v.example"),)),
        "contacts",
    ),
    "a telephone number": (
        _fields("contacts", (Contact("Ilva", phone="+1 20 55"),), (Contact("Ilva", phone="+1 20 56"),)),
        "contacts",
    ),
    "a photo credit": (_fields("photo_credits", ("Photo: Ada Quill",), ("Photo: Ilva Renn",)), "credit"),
    "an embargo": (_fields("embargo_until", "2026-03-03T09:00", "2026-03-04T09:00"), "embargo"),
    "an about paragraph": (_fields("about", ("Valdora is a port.",), ("Valdora is a city.",)), "about"),
    "a dateline": (_fields("dateline", "VALDORA, March 2", "TARN, March 2"), "dateline"),
    "a link below the text": (_fields("links", (f"Figures 2025 | {FILE}",), (f"Figures 2026 | {FILE}",)), "links"),
    "a link that goes": (_fields("links", (f"Map | {FILE}", f"Fares | {OTHER}"), (f"Map | {FILE}",)), "links"),
    "a link that leads to another file": (_fields("links", (f"Map | {FILE}",), (f"Map | {OTHER}",)), "links"),
    "an author who is another": (_fields("authors", ("Ada Quill",), ("Ilva Renn",)), "authors"),
    "one author of two": (_fields("authors", ("Ada Quill", "Ilva Renn"), ("Ilva Renn",)), "authors"),
    "a byline that goes": (_fields("authors", ("Ada Quill",), ()), "authors"),
    "a line below the title": (_fields("subtitle", "No delay is expected", "A delay is expected"), "subtitle"),
    "a line below the title that goes": (_fields("subtitle", "No delay is expected", ""), "subtitle"),
    "a line below the picture": (_fields("image_caption", "Ilva Renn, Bo Wren", "Ilva Renn"), "caption"),
    "a paragraph that comes folded": (
        (_page(), _page(f"{TEXT}\n\nBackground\n\n{NOTE}", folds=(line_mark("Background"),))),
        "paragraph",
    ),
    "a label of what unfolds": (
        (
            _page(f"{TEXT}\n\nFares from 4 crowns", folds=(line_mark("Fares from 4 crowns"),)),
            _page(f"{TEXT}\n\nFares from 6 crowns", folds=(line_mark("Fares from 6 crowns"),)),
        ),
        "number",
    ),
    "a quotation": (_swap("“We will come,” she said.", "“We will not come,” she said."), "quotation"),
}  # fmt: skip

NO_EDITS = {
    "quotation marks": _swap("“It’s here,” she said.", '"It\'s here", she said.'),
    "dashes": _swap("The pier – long shut – opened.", "The pier — long shut — opened."),
    "blanks in a figure": _swap("It cost 10 000 crowns.", "It cost 10\u00a0000 crowns."),
    "a grouping comma": _swap("It cost 10,000 crowns.", "It cost 10 000 crowns."),
    "a minus sign": _swap("It was -4 degrees.", "It was −4 degrees."),
    "a vulgar fraction": _swap("In 3/4 of the cases.", "In ¾ of the cases."),
    "a soft hyphen": _swap("The harbour office", "The har\u00adbour office"),
    "a blank before a percent sign": _swap("Fares rose by 9%.", "Fares rose by 9 %."),
    "a counter of views": _swap("Views: 1,024", "Views: 1,061"),
    "a counter in Russian": _swap("Просмотров: 1024", "Просмотров: 1061"),
    "a counter in German": _swap("1.024 Aufrufe", "1.061 Aufrufe"),
    "a label of an advertisement that comes": (_page(), _page(f"{FIRST}\n\nAdvertisement\n\n{SECOND}\n\n{THIRD}")),
    "a label of an advertisement that goes": (_page(f"{FIRST}\n\n– Anzeige –\n\n{SECOND}\n\n{THIRD}"), _page()),
    "shares and comments": _swap("12 shares 3 comments", "15 shares 4 comments"),
    "time to read": _swap("4 min read", "5 min read"),
    "a time ago": _head("Posted 1 hour ago", "Posted 3 days ago"),
    "a time ago in German": _head("vor 3 Stunden", "vor 2 Tagen"),
    "a time ago in French": _head("il y a 3 heures", "il y a 2 jours"),
    "a time ago in Russian": _head("3 часа назад", "2 дня назад"),
    "an update stamp": _head("Last updated: 3 March 2026, 14:05", "Last updated: 4 March 2026, 09:10"),
    "a stamp that comes": _head("", "Published on 2 March 2026 by the Valdora Harbour Communications"),
    "a date that goes": _head("2026-03-02", ""),
    "a date that comes": _head("", "2 March 2026"),
    "a clock and the weather": _head("Thursday, 26 March 2026, 14:05 | 7 °C", "Friday, 27 March 2026, 09:10 | -3 °C"),
    "exchange rates": _head("USD 1.08 EUR 1.17", "USD 1.09 EUR 1.16"),
    "a file in another folder": _fields("links", (f"Map | {FILE}",), (f"Map | {FILE.replace('/f/', '/media/')}?v=2",)),
    "a link that is laid out anew": _fields("links", (f"Read more: Map (PDF) | {FILE}",), (f"Map (PDF) | {FILE}",)),
    "a link with another ticket": _fields("links", (f"Register | {TICKET}4",), (f"Register | {TICKET}5",)),
    "links in another order": _fields(
        "links", (f"Map | {FILE}", f"Fares | {OTHER}"), (f"Fares | {OTHER}", f"Map | {FILE}")
    ),
    "contacts in another order": _fields(
        "contacts", (Contact("Ada"), Contact("Ilva")), (Contact("Ilva"), Contact("Ada"))
    ),
    "a telephone number written otherwise": _fields(
        "contacts", (Contact("Ada", "", "+1 (20) 55"),), (Contact("Ada", "", "+1 20-55"),)
    ),
    "authors in another order": _fields("authors", ("Ada Quill", "Ilva Renn"), ("ILVA RENN", "Ada Quill")),
    "a line below the title with other dashes": _fields("subtitle", "Pier 7 – open again", "Pier 7 - open again"),
    "a picture that comes": _fields("image_caption", "", "Bo Wren at the pier"),
    "another picture": _fields("image_caption", "Bo Wren at the pier", "A ferry in the ice"),
    "a line below the picture with other dashes": _fields("image_caption", "Pier 7 – open", "Pier 7 - open"),
    "a counter below the title": _fields("subtitle", "1,024 views", "1,061 views"),
    "an office beside an author": _fields("authors", ("Ada Quill",), ("Ada Quill", "Press Office")),
    "a contact that is only read": _fields("contacts", (), (Contact("Ada"),)),
    "a text that is folded": (
        _page(),
        _page(f"{FIRST}\n\nRead on\n\n{SECOND}\n\n{THIRD}", folds=(line_mark("Read on"),)),
    ),
    "a modified date": _fields("modified_at", "2026-03-02", "2026-03-03"),
}


@pytest.mark.parametrize("name", EDITS)
def test_an_edit_is_told_with_its_kind(name: str) -> None:
    readings, kind = EDITS[name]
    for pair in (readings, readings[::-1]):
        history = replay(_looks(pair))
        assert _told(history) == ["new", "edited"]
        assert kind in history.revisions[1].change.kinds
        assert history.state is not None
        assert history.state.extraction.text == pair[1].text


@pytest.mark.parametrize("name", NO_EDITS)
def test_what_is_no_edit_is_not_told(name: str) -> None:
    pair = NO_EDITS[name]
    assert _told(replay(_looks(pair))) == ["new"]
    assert _told(replay(_looks([*pair, *pair[::-1]]))) == ["new"]


@pytest.mark.parametrize("line", ["Views: {}", "Posted {} hours ago", "USD 1.0{} EUR 1.1{}"])
def test_an_edit_beside_a_counter_is_told_without_it(line: str) -> None:
    counted = [line.format(number, number) for number in (3, 5)]
    readings = (_page(f"{TEXT}\n\n{counted[0]}"), _page(f"{TEXT}\n\n{NOTE}\n\n{counted[1]}"))
    history = replay(_looks(readings))
    assert _told(history) == ["new", "edited"]
    assert history.revisions[1].change.kinds == ("paragraph",)
    assert history.revisions[1].text == f"{TEXT}\n\n{counted[0]}\n\n{NOTE}"


def test_a_field_counts_only_where_the_page_shows_that_it_went() -> None:
    line = Removed(3, "Photo: Ada Quill", "credit")
    there = _page(photo_credits=("Ada Quill",), removed=(line,))
    assert _told(replay(_looks((there, _page())))) == ["new", "edited"]
    still = [replace(one, page=marks_of([*TEXT.split("\n\n"), line.text])) for one in _looks((there, _page()))]
    history = replay(still)
    assert _told(history) == ["new"]
    assert history.state is not None
    assert history.state.extraction.photo_credits == ("Ada Quill",)


def test_a_heading_that_stands_twice_may_change_its_place() -> None:
    heading = "What the path costs the district"
    above, amid = (_page("\n\n".join(lines)) for lines in ((heading, FIRST, SECOND), (FIRST, heading, SECOND)))
    twice = marks_of([heading, FIRST, heading, SECOND])
    assert _told(replay([replace(look, page=twice) for look in _looks((above, amid))])) == ["new"]
    assert _told(replay(_looks((above, amid)))) == ["new", "edited"]


def test_a_paragraph_that_only_another_box_still_holds_was_removed() -> None:
    whole, less = _page(f"{TEXT}\n\n{NOTE}"), _page()
    looks = _looks((whole, less))
    boxed = [replace(look, page=marks_of([*_lines(look.extraction or whole), NOTE])) for look in looks]
    assert _told(replay(boxed)) == ["new", "edited"]


@dataclass(frozen=True)
class _Look:
    hours: float
    seen: Outcome
    text: str = TEXT
    detail: str = ""
    title: str = "The path is open"
    away: bool = False
    truncated: bool = False


def _replay(*looks: _Look) -> History:
    found = []
    for look in looks:
        at = later(hours=look.hours).isoformat()
        read = _page(look.text, look.title) if look.seen in ("read", "moved") else None
        place = Place(7, "https://press.valdora.example/other") if look.seen in ("moved", "elsewhere") else None
        titled = title_mark(look.title) if look.seen == "moved" else None
        said = TextMarks(text_mark(look.text), titled) if place else None
        found.append(
            Observation(
                at, int(look.hours * 100), look.seen, look.detail or look.seen, read, place, said,
                truncated=look.truncated, away=look.away,
            )
        )  # fmt: skip
    return replay(found)


BULLETIN = "Water stood at 4.2 metres on 3 May 2026, with 17 boats, 240 passengers and 12 tonnes of fish in port."
OTHER_BULLETIN = "Water stood at 3.9 metres on 9 May 2026, with 21 boats, 310 passengers and 18 tonnes of fish in port."
SHORTER = TEXT.replace("in week 3 of next year", "in spring")
AWAY = f"{REDIRECTED}https://archive.other.example/news/1"
HERE = f"{REDIRECTED}https://press.valdora.example/2026/1"

HISTORIES: dict[str, tuple[tuple[_Look, ...], list[str]]] = {
    "moved": ((_Look(0, "read"), _Look(30, "moved")), ["new", "moved"]),
    "moved with a small edit": ((_Look(0, "read"), _Look(30, "moved", SHORTER)), ["new", "edited", "moved"]),
    "moved with another headline": (
        (_Look(0, "read"), _Look(30, "moved", title="The path is open at last")),
        ["new", "edited", "moved"],
    ),
    "moved with both": (
        (_Look(0, "read"), _Look(30, "moved", SHORTER, title="A path for all")),
        ["new", "edited", "moved"],
    ),
    "another article there": (
        (_Look(0, "read"), *(_Look(hours, "moved", story(2), title="Quay Nine") for hours in (30, 31, 60))),
        ["new", "missing", "gone"],
    ),
    "led to a page of maintenance for an hour": (
        (_Look(0, "read"), _Look(30, "moved", story(2), title="We are back soon"), _Look(31, "read")),
        ["new", "missing", "returned"],
    ),
    "another bulletin at the address": (
        (
            _Look(0, "read", BULLETIN, title="Port bulletin"),
            *(_Look(hours, "moved", OTHER_BULLETIN, title="Port bulletin") for hours in (30, 60)),
        ),
        ["new", "missing", "gone"],
    ),
    "the same bulletin elsewhere": (
        (_Look(0, "read", BULLETIN), _Look(30, "elsewhere", BULLETIN), _Look(31, "gone")),
        ["new", "moved"],
    ),
    "taken down, and another bulletin elsewhere": (
        (_Look(0, "read", BULLETIN), _Look(30, "elsewhere", OTHER_BULLETIN), _Look(31, "gone"), _Look(60, "gone")),
        ["new", "missing", "gone"],
    ),
    "a duplicate that always stood beside it": (
        (_Look(0, "read"), _Look(1, "elsewhere"), _Look(20, "read"), _Look(30, "gone"), _Look(60, "gone")),
        ["new", "missing", "gone"],
    ),
    "a duplicate that appeared since": (
        (_Look(0, "read"), _Look(25, "elsewhere"), _Look(30, "gone")),
        ["new", "moved"],
    ),
    "one beside it, and one that appeared since": (
        (_Look(0, "read"), _Look(1, "elsewhere"), _Look(20, "read"), _Look(25, "elsewhere"), _Look(30, "gone")),
        ["new", "moved"],
    ),
    "led to another site": (
        (_Look(0, "read"), *(_Look(hours, "gone", detail=AWAY, away=True) for hours in (30, 31, 60))),
        ["new", "moved"],
    ),
    "led to another site for an hour": (
        (_Look(0, "read"), _Look(30, "gone", detail=AWAY, away=True), _Look(31, "read")),
        ["new"],
    ),
    "led elsewhere, then found there": (
        (_Look(0, "read"), _Look(30, "gone", detail=HERE), _Look(30.1, "elsewhere")),
        ["new", "moved"],
    ),
    "led elsewhere, where nothing is": (
        (_Look(0, "read"), *(_Look(hours, "gone", detail=HERE) for hours in (30, 31, 60))),
        ["new", "gone"],
    ),
    "led elsewhere, then missing": (
        (_Look(0, "read"), _Look(30, "gone", detail=HERE), _Look(31, "gone"), _Look(32, "gone")),
        ["new", "missing"],
    ),
    "missing for hours": ((_Look(0, "read"), _Look(30, "gone"), _Look(33, "read")), ["new", "missing", "returned"]),
    "cut within a sentence": (
        (_Look(0, "read"), *(_Look(hours, "read", TEXT[:-40]) for hours in (30, 31)), _Look(32, "read")),
        ["new", "trouble"],
    ),
    "cut after a paragraph, and known to be": (
        (_Look(0, "read"), *(_Look(hours, "read", f"{FIRST}\n\n{SECOND}", truncated=True) for hours in (30, 31))),
        ["new"],
    ),
    "a paragraph removed": (
        (_Look(0, "read"), *(_Look(hours, "read", f"{FIRST}\n\n{SECOND}") for hours in (30, 31))),
        ["new", "edited"],
    ),
    "cut off where nothing else changed": ((_Look(0, "read"), _Look(30, "read", truncated=True)), ["new"]),
    "A, B, A and then B for sixty days": (
        (
            *(_Look(24 * day, "read") for day in (0, 1)),
            *(_Look(24 * day, "read", SHORTER) for day in (2, 3)),
            _Look(24 * 4, "read"),
            *(_Look(24 * day, "read", SHORTER) for day in range(5, 65, 5)),
        ),
        ["new", "edited", "alternates"],
    ),
    "A and B in turn for sixty days": (
        tuple(_Look(24 * day, "read", TEXT if day % 2 else SHORTER) for day in range(60)),
        ["new", "alternates"],
    ),
    "A and B in turn, then B for sixty days": (
        (
            *(_Look(day, "read", SHORTER if day % 2 else TEXT) for day in range(8)),
            *(_Look(24 * day, "read", SHORTER) for day in range(1, 60, 5)),
        ),
        ["new", "alternates", "edited"],
    ),
    "a page that grows at every look": (
        tuple(_Look(n, "read", "\n\n".join([*(f"At {k} it left." for k in range(n)), TEXT])) for n in range(7)),
        ["new", *["edited"] * 5],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", HISTORIES)
def test_a_made_history(name: str) -> None:
    looks, told = HISTORIES[name]
    history = _replay(*looks)
    assert _told(history) == told
    assert history.state is not None
    if "moved" in told:
        assert history.state.status == "moved"


def test_a_page_that_settles_shows_what_it_shows() -> None:
    looks, _ = HISTORIES["A and B in turn, then B for sixty days"]
    state = _replay(*looks).state
    assert state is not None
    assert (state.extraction.text, state.turns) == (SHORTER, 0)


def test_a_move_with_an_edit_keeps_both() -> None:
    looks, _ = HISTORIES["moved with both"]
    history = _replay(*looks)
    assert history.state is not None
    assert (history.state.moved_to, history.state.extraction.title) == (7, "A path for all")
    assert history.revisions[1].change.severity == "headline"
    assert history.state.extraction.url == URL


@pytest.mark.parametrize(
    ("modified", "silent"), [("2026-03-02", False), ("2026-02-27", True), ("2026-03-02T09:00:00+00:00", True)]
)
def test_two_edits_on_the_day_that_the_page_names_are_not_silent(modified: str, silent: bool) -> None:
    readings = [_page(f"{TEXT}{more}", modified_at=modified) for more in ("", " Rain came.", " Snow came.")]
    history = replay(_looks(readings, hours=2))
    assert [revision.change.silent for revision in history.revisions[1:]] == [silent, silent]


def test_at_least_so_many_kinds_of_histories_are_held() -> None:
    assert len(EDITS) + len(NO_EDITS) + len(HISTORIES) >= 75


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("contacts", [(Contact(name),) for name in ("Ada Quill", "Ilva Renn", "Oto Wren", "Nell Fairby")]),
        ("links", [(f"Map {n} | {FILE}",) for n in range(4)]),
    ],
)
def test_a_field_that_changes_again_and_again_is_edited_each_time(name: str, values: Sequence[Any]) -> None:
    history = replay(_looks([_page(**{name: value}) for value in values]))
    assert _told(history) == ["new", "edited", "edited", "edited"]
    assert not any("before" in event.detail for event in history.events)


def test_contacts_outside_of_the_text_count_where_their_lines_left_the_page() -> None:
    lines = "Ada Quill, tel. 555 0104"
    there = _page(contacts=(Contact("Ada Quill", phone="555 0104"),), reached=marks_of([lines]))
    shown, bare = marks_of([*TEXT.split("\n\n"), lines]), marks_of(TEXT.split("\n\n"))
    for readings, pages, told in (
        ((there, _page()), (shown, bare), ["new", "edited"]),
        ((_page(), there), (bare, shown), ["new", "edited"]),
        ((there, _page()), (shown, shown), ["new"]),
        ((_page(), there), (shown, shown), ["new"]),
        ((there, _page(), there, _page()), (shown, shown, shown, bare), ["new", "edited"]),
    ):
        looks = _looks(readings)
        assert _told(replay([replace(one, page=pages[n // 2]) for n, one in enumerate(looks)])) == told
