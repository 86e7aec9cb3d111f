"""Rows of records beside a text: comments and other articles, each with its day and whose it is; teasers."""

from __future__ import annotations

import lxml.html
import pytest

from archive.page.blocks import blocks
from archive.page.clutter import dialogs, hidden_lines, records, sign_ups, teasers

SAID = "What the readers of this page have to say of it takes a line or two, and then a few words more."
STORY = "<div>" + f"<p>The mill on the river was opened again by its owner. {SAID} {SAID}</p>" * 3 + "</div>"
NAMES = ("Orla", "Benno", "Ilka", "Tomke", "Wim")


def found_in(body: str) -> list[str]:
    """The texts of the records, where passages that end as sentences and bold lines are likely."""
    found = blocks(lxml.html.document_fromstring(f"<html><body>{body}</body></html>"))
    likely = [0.9 if block.text.endswith(".") or block.bold else 0.1 for block in found]
    places = records(found, [float(len(block.text)) for block in found], likely, 0.45)
    return [found[at].text for at in places]


def rows(head: str, passage: str = f"<p>{SAID}</p>", names: tuple[str, ...] = NAMES) -> str:
    made = (head.format(name=name, at=at) + passage for at, name in enumerate(names))
    return f"<section>{''.join(f'<article>{one}</article>' for one in made)}</section>"


@pytest.mark.parametrize(
    "head",
    [
        "<i>{name} [2031-04-0{at} 22:1{at}]</i>",
        "<b></b><i>{name} wrote on 0{at}.04.31</i>",
        "<strong>{name} (guest), 0{at}.04.31, 21:4{at}:02</strong>",
        "<strong>{name} | 21:4{at} | 4/{at}/2031</strong>",
        "<h6>0{at}.04.2031 (10:2{at})</h6><i>{name}</i>",
        "<h6>{name}</h6><div class=on>1{at}:20</div><div>Reply</div>",
    ],
    ids=[
        "a name and a time",
        "a name and a day",
        "a day and a time",
        "a time and a day",
        "the name below",
        "the name above",
    ],
)
def test_comments_below_a_text_are_records_from_the_first_ones_head_on(head: str) -> None:
    told = found_in(STORY + rows(head) + "<footer>About us</footer>")
    assert NAMES[0] in told[0] + told[1]
    assert told[-1] == SAID
    assert told.count(SAID) == len(NAMES)


def test_records_of_several_paragraphs_and_such_above_a_text_are_found_too() -> None:
    told = found_in(rows("<h6>{name}, 12:0{at}</h6>", f"<p>{SAID}</p>" * 2) + STORY)
    assert told.count(SAID) == 2 * len(NAMES)


@pytest.mark.parametrize(
    "body",
    [
        STORY + rows("<i>1{at}:20 Orla</i>"),
        STORY + rows("<i>1{at}:20 {name}</i>", names=("Orla", "Wim") * 3),
        STORY + rows(f"<figcaption>{{name}} at the mill, {SAID[:-1]}</figcaption><i>1{{at}}:20 Orla</i>"),
        STORY + rows("<i>{name}</i>"),
        STORY + rows("<i>{name} 2031, from 4{at}.99</i>"),
        STORY + rows("<strong>{name}, 1{at}:20</strong>"),
        STORY + rows("<i>{name}, 1{at}:20</i>", names=NAMES[:2]),
        STORY + rows("<i>{name}, 1{at}:20 " + SAID[:-1] + "</i>"),
        rows("<i>{name}, 1{at}:20</i>"),
        f"<p>{SAID}</p>" + rows("<i>{name}, 1{at}:20</i>"),
        STORY + rows("<i>{name}, 1{at}:20</i>", f"<p>{SAID * 20}</p>"),
        STORY + rows("<i>{name}, 1{at}:20</i>") + STORY,
        STORY,
        "",
    ],
    ids=[
        "a live blog of one writer",
        "of two writers",
        "its pictures",
        "names without days",
        "goods with their years and prices",
        "heads that are text",
        "two of them",
        "passages with a time",
        "nothing beside them",
        "next to nothing beside them",
        "much less beside them",
        "amid a text",
        "none",
        "an empty page",
    ],
)
def test_what_may_be_a_text_is_no_row_of_records(body: str) -> None:
    assert found_in(body) == []


TEASER = "<li><a href='/{at}'>{name} opens the mill again</a> {said}</li>"
CUT = "Three years after the flood the wheel turns, and those who want to see it may..."


def teasers_in(body: str) -> list[str]:
    """The texts of the teasers, where all passages are taken for the text."""
    found = blocks(lxml.html.document_fromstring(f"<html><body>{body}</body></html>"))
    apart = teasers(found, [float(len(block.text)) for block in found], range(len(found)))
    return [found[at].text for at in sorted(apart)]


def test_passages_that_follow_links_and_break_off_are_teasers() -> None:
    led = "".join(TEASER.format(at=at, name=name, said=f"<span>{CUT}</span>") for at, name in enumerate(NAMES))
    assert len(teasers_in(f"<ul>{led}</ul>{STORY}")) == len(NAMES)
    below = "".join(f"<h4><a href='/{name}'>{name} opens the mill</a></h4><p>{CUT} [\u2026]</p>" for name in NAMES[:2])
    whole = f"<h4><a href='/all'>All of it</a></h4><p>{SAID}</p>"
    assert teasers_in(f"{STORY}<aside>{below}{whole}</aside>")[:2] == ["Orla opens the mill", f"{CUT} [\u2026]"]


@pytest.mark.parametrize(
    "body",
    [
        STORY + f"<p>{CUT}</p>" * 4,
        STORY + f"<p><a href='/mill'>The mill</a> is open. {CUT}</p>",
        "".join(TEASER.format(at=at, name=name, said=CUT) for at, name in enumerate(NAMES)),
        STORY + "".join(f"<dt><a href='/{at}'>{name}</a></dt><dd>{SAID}</dd>" for at, name in enumerate(NAMES)),
        STORY.replace("<p>The", "<p><a href='/m'>The</a>") + f"<p>{CUT}</p><p>{CUT}</p>",
    ],
    ids=["no links", "one of many", "nothing else", "whole passages", "a text that breaks off"],
)
def test_what_may_be_a_text_is_no_teaser(body: str) -> None:
    assert teasers_in(body) == []


def hidden_in(body: str) -> list[str]:
    found = blocks(lxml.html.document_fromstring(f"<html><body><main>{body}</main></body></html>"))
    return [
        found[at].text for at in sorted(hidden_lines(found, [float(len(one.text)) for one in found], range(len(found))))
    ]


@pytest.mark.parametrize("how", ["hidden", "style='display: none'", "style='DISPLAY:NONE !important'"])
def test_a_line_that_is_hidden_by_itself_is_no_text(how: str) -> None:
    assert hidden_in(f"{STORY}<p {how}>Printed from this page.</p>") == ["Printed from this page."]


def test_what_unfolds_and_a_text_that_is_hidden_as_a_whole_are_text() -> None:
    assert hidden_in(f"{STORY}<div hidden><p>{SAID}</p></div>") == []
    assert hidden_in(f"{STORY}<h3>Who pays?</h3><div hidden>The county.</div>") == []
    assert hidden_in(f"{STORY}<h3><button>Who pays?</button></h3><div hidden>The county.</div>") == []
    assert hidden_in(f"{STORY}<div aria-controls='a'>Who pays?</div><div id='a' hidden>The county.</div>") == []
    assert hidden_in(f"<p hidden>{SAID}</p><p hidden>{SAID} It is so.</p><p>Short.</p>") == []


ISLES = ("Lunde", "Karn", "Elsinore", "Marsh", "Holm", "Skerry")
FIELD = "<form><input type='{}'><button>Send</button></form>"


def left_out(body: str, likely: float) -> list[str]:
    """The lines of boxes with a field, where all lines are taken for the text, those of the story surely."""
    found = blocks(lxml.html.document_fromstring(f"<html><body>{body}</body></html>"))
    weights = [float(len(block.text)) for block in found]
    scores = [0.95 if block.text.startswith("The mill") else likely for block in found]
    return [found[at].text for at in sorted(sign_ups(found, weights, scores, range(len(found))))]


def test_what_a_box_with_a_field_for_an_address_offers_is_apart() -> None:
    box = f"<div><h2>The mill's letter</h2><p>Flour news, each Friday.</p>{FIELD}</div>"
    assert left_out(STORY + box.format("email"), 0.6) == ["Flour news, each Friday.", "Send"]
    assert left_out(STORY + box.format("text"), 0.6) == []
    assert left_out(STORY + box.format("radio"), 0.6) == ["Flour news, each Friday.", "Send"]
    tabs = box.replace("<form>", "").replace("</form>", "").format("radio")
    assert left_out(STORY + tabs, 0.6) == []
    assert left_out(STORY + box.format("email"), 0.9) == []


def test_what_says_more_than_a_box_stays_beside_a_field() -> None:
    story = STORY.replace("The mill", "A mill")
    assert left_out(f"<form>{story}{FIELD.format('email')}</form>", 0.6) == ["Send"]
    short = f"<div><p>{SAID}</p>{FIELD.format('email')}</div>"
    assert left_out(short, 0.6) == []


def test_the_last_lines_of_a_short_text_stay_where_a_field_stands_in_its_own_place() -> None:
    told = "".join(f"<p>The mill grinds the flour of {isle}, and has done so since the storm.</p>" for isle in ISLES)
    own = f"<div>{told}<p>Doors open at ten.</p>{FIELD.format('email')}</div>"
    assert left_out(own, 0.6) == ["Send"]
    assert left_out(own.replace("<form>", "<div><p>Flour news, each Friday.</p><form>") + "</div>", 0.6) == [
        "Flour news, each Friday.",
        "Send",
    ]


def test_a_page_of_fields_in_empty_places_is_read_in_passing() -> None:
    body = STORY + "<div>" + " <i></i> " * 200_000 + FIELD.format("email") * 30 + f"</div><p>{SAID}</p>"
    assert set(left_out(body, 0.6)) == {"Send"}


def in_dialogs(body: str, likely: float = 0.9) -> list[str]:
    found = blocks(lxml.html.document_fromstring(f"<html><body>{body}</body></html>"))
    weights = [float(len(one.text)) for one in found]
    scores = [0.95 if one.text.startswith("The mill") else likely for one in found]
    return [found[at].text for at in sorted(dialogs(found, weights, scores, range(len(found))))]


def test_a_dialog_that_is_closed_is_no_part_of_a_text() -> None:
    call = "Whoever has worked on the water for ten years may tell of it here once a month."
    offer = f"<h4>Write for us</h4><div><p>{call}</p></div>"
    for how in ("role=dialog aria-hidden=true", "role=alertdialog hidden", "role=dialog style='display:none'"):
        assert in_dialogs(f"{STORY}<div {how}><div>{offer}</div></div>") == ["Write for us", call]
    for how in ("role=dialog", "aria-hidden=true", "hidden", "role=dialog aria-hidden=false"):
        assert in_dialogs(f"{STORY}<div {how}><div>{offer}</div></div>") == []
    assert in_dialogs(f"{STORY}<div role=dialog><div>{offer}</div></div>", likely=0.5) == ["Write for us", call]
    assert in_dialogs(f"{STORY}<div><div>{offer}</div></div>", likely=0.5) == []
    assert in_dialogs(f"<p>The mill.</p><div role=dialog hidden><div>{offer}</div></div>") == []


def test_many_dialogs_in_one_another_are_read_in_their_time() -> None:
    lines = "".join(f"<p>Boat {at}</p>" for at in range(15_000))
    deep = "<div role=dialog hidden>" * 200 + lines + "</div>" * 200
    assert len(in_dialogs(STORY + deep)) == 15_000
