"""What `make quality` counts, counted right: the checks would see what they are there to see."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from archive.core.model import Capture, Response
from tests.bench.measures import contacts_beside, has_found, wrongly_removed
from tests.bench.processor_time import PAGES, Times, line, sampled
from tests.bench.seed import MARKUPS, trials
from tests.support.pages import CREDIT, FOOTER, HEADLINE, LINES, PARAGRAPHS

TEXT = "\n\n".join(PARAGRAPHS)
PAGE = [
    HEADLINE,
    "Media Contact: Ada Marsh, (215) 555-6210",
    *PARAGRAPHS,
    "Contact:",
    "Rob Hill",
    "Rob.Hill@board.example.",
]


def test_contacts_are_looked_for_beside_the_text() -> None:
    assert contacts_beside(PAGE, TEXT) == {"2155556210", "rob.hill@board.example"}
    assert contacts_beside(PAGE, "Another text.") == frozenset()
    assert contacts_beside([*PAGE[2:9], *["A line of a menu"] * 12, *PAGE[-3:]], TEXT) == frozenset()
    assert contacts_beside([*PARAGRAPHS, "Contact the harbour master at 215-555-6210."], TEXT) == frozenset()


def test_a_contact_is_found_by_its_number_or_its_address() -> None:
    beside = frozenset({"2155556210", "rob.hill@board.example"})
    assert has_found([{"phone": "215-555-6210", "email": ""}], beside)
    assert has_found([{"phone": "", "email": "ROB.HILL@board.example"}], beside)
    assert not has_found([{"name": "Rob Hill", "phone": "", "email": "rob@board.example"}], beside)
    assert not has_found([], beside)


def test_removed_lines_of_the_text_are_counted() -> None:
    gold = [{"url": "u", "text": "One line.\n\nAnother line!\nA third."}]
    assert wrongly_removed(gold, {"u": ["another LINE", "Subscribe"], "v": ["A third."]}) == (1, 3)


def _seed(folder: Path, **changed: object) -> Path:
    right = {
        "title": HEADLINE,
        "text": TEXT,
        "dateline": "PORT ELSINORE",
        "attribution": "Harbour Authority press service",
        "photo_credits": ["Harbour Authority"],
        "removed": [CREDIT, CREDIT, FOOTER],
    }
    (folder / "ferry.txt").write_text("\n\n".join((HEADLINE, *LINES)), "utf-8")
    (folder / "ferry.clean.json").write_text(json.dumps({**right, **changed}), "utf-8")
    return folder


def test_every_kind_of_markup_is_tried(tmp_path: Path) -> None:
    tried = list(trials(_seed(tmp_path)))
    assert [trial.markup for trial in tried] == list(MARKUPS)
    assert not [trial for trial in tried if trial.wrong]


def test_what_is_wrong_is_named(tmp_path: Path) -> None:
    seed = _seed(tmp_path, text=PARAGRAPHS[0], dateline="", attribution="", photo_credits=[])
    assert next(trials(seed)).wrong == ("text", "dateline", "attribution", "photo_credits")
    assert next(trials(_seed(tmp_path, removed=[CREDIT, FOOTER, "More"]))).wrong[-1] == "removed"


def test_pages_to_time_are_spread_over_a_corpus_and_their_share_is_that_of_the_sum_and_of_the_middle() -> None:
    page = Response(
        Capture("example.org", "", "", "page", datetime(2026, 3, 1, tzinfo=UTC), 200, "", "", 0, 0), (), b""
    )
    few, many = ([replace(page, body=str(n).encode()) for n in range(size)] for size in (3, 2 * PAGES + 1))
    assert (list(sampled(few)), sampled([])) == (few, [])
    assert (len(sampled(many)), sampled(many)[0], sampled(many)[-1]) == (PAGES, many[0], many[-3])
    times = [Times(0.010, 0.010), Times(0.020, 0.040), Times(0.030, 0.250)]
    assert "dateline 20.0 ms, trafilatura 100.0 ms, ratio 0.20 in total, 0.50 in the middle" in line("all", times)
