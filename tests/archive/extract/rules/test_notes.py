"""Notes that a text leads to go with it."""

from __future__ import annotations

import lxml.html
import pytest

from archive.extract.rules.notes import notes_of_text
from archive.page.blocks import blocks

NOTED = "The ferry office counts its passengers by hand,{mark} as it has done since the first boat sailed to the isles."


def noted(body: str, mark: str) -> list[str]:
    """The notes of a text whose paragraph is likely, of a page of which all else is in doubt."""
    text = f"<p>{NOTED.format(mark=mark)}</p>"
    found = blocks(lxml.html.document_fromstring(f"<html><body><main>{text}</main>{body}</body></html>"))
    likely = [0.9 if block.text.startswith("The ferry office") else 0.1 for block in found]
    return [found[at].text for at in sorted(notes_of_text(found, likely))]


@pytest.mark.parametrize(
    "note",
    [
        "<ol><li id='fn1'>Ferry Act, section 3.</li></ol>",
        "<ol><li id='fn1'><p>Ferry Act, section 3.</p></li></ol>",
        "<p><a name='fn1'></a>Ferry Act, section 3.</p>",
        "<div id='fn1'><p>Ferry Act, section 3.</p></div>",
        "<div><a id='fn1'></a><div><p>Ferry Act, section 3.</p></div></div>",
    ],
)
def test_a_note_is_found_by_the_name_of_its_place(note: str) -> None:
    assert noted(note, "<a href='#fn1'><sup>1</sup></a>") == ["Ferry Act, section 3."]
    assert noted(note, "<sup>1</sup>") == []


def test_what_a_text_leads_to_by_words_or_as_comments_is_no_note() -> None:
    part = "<ol><li id='fn1'>Ferry Act, section 3.</li></ol>"
    assert noted(part, "<a href='#fn1'>the table below</a>") == []
    assert noted(part, "<a href='#fn1'>here</a>") == []
    assert [noted(part, f"<a href='#fn1'>{mark}</a>") != [] for mark in ("[12]", "*", "b)", "iv")] == [True] * 4
    assert noted(part, "<a href='/law#fn1'>1</a>") == []
    assert noted(part, "<a href='#fn1' role='doc-noteref'>[footnote 1]</a>") != []
    assert noted(part, "<a href='#fn1' role='button'>[footnote 1]</a>") == []
    comments = "<div id='comments' class='comments'><p>It never came.</p><p>Mine did.</p></div>"
    assert noted(comments, "<a href='#comments'>2</a>") == []
    assert noted(f"<footer>{part}</footer>", "<a href='#fn1'>1</a>") == []


def test_a_page_of_many_links_and_places_is_read_in_linear_time() -> None:
    marks = "".join(f"<a href='#fn{at}'>{at}</a>" for at in range(2_000))
    notes = "".join(f"<li id='fn{at}'>Ferry Act, section {at}.</li>" for at in range(2_000))
    assert len(noted(f"<ol>{notes}</ol>", marks)) == 2_000
