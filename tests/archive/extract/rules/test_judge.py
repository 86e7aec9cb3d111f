"""What the rules take together, one after the other."""

from __future__ import annotations

from tests.support.extract.judged import PROSE, kept


def test_what_a_page_builder_unfolds_is_kept_with_its_heading_and_its_questions() -> None:
    far = "<div><div><div><div><div>{}</div></div></div></div></div>"
    asked = '<div role="button" aria-controls="a{0}"><a>{0}?</a></div><div id="a{0}"><p>{1}</p></div>'
    body = far.format(f"<p>{PROSE}</p>") + far.format("<h2>Asked often</h2>")
    body += far.format(asked.format("Who", "Anybody.") + asked.format("When", "At noon."))
    scores = {"Asked": 0.2, "Who": 0.1, "Anybody": 0.2, "When": 0.1, "At noon": 0.2}
    assert kept(body + f"<p>{PROSE}</p>", scores) == [
        PROSE,
        "Asked often",
        "Who?",
        "Anybody.",
        "When?",
        "At noon.",
        PROSE,
    ]


def test_a_line_of_code_between_paragraphs_is_kept() -> None:
    code = "<div><pre>tide --today</pre></div>"
    assert kept(f"<p>{PROSE}</p>{code}<p>{PROSE}</p>", {"tide": 0.2}) == [PROSE, "tide --today", PROSE]
    assert kept(f"<p>{PROSE}</p>{code}", {"tide": 0.2}) == [PROSE]
    apart = f"<div><div><div><div><p>{PROSE}</p></div></div></div></div>"
    assert "tide --today" not in kept(f"{apart}{code}<p>{PROSE}</p>", {"tide": 0.1})


def test_key_figures_between_paragraphs_are_kept() -> None:
    facts = "".join(f"<div class='fact'><div>{one}</div><div>boats</div></div>" for one in ("41", "52", "9"))
    assert len(kept(f"<p>{PROSE}</p><div>{facts}</div><p>{PROSE}</p>", {})) == 8


def test_a_quote_in_doubt_amid_the_text_is_kept() -> None:
    quote = '<div class="{}"><div>The harbour will outlive all of us</div></div>'
    scores = {"The harbour will": 0.3}
    assert kept(f"<p>{PROSE}</p>" + quote.format("cmp-quote") + f"<p>{PROSE}</p>", scores)[1] == (
        "The harbour will outlive all of us"
    )
    assert kept(f"<p>{PROSE}</p>" + quote.format("card") + f"<p>{PROSE}</p>", {}) == [PROSE, PROSE]
    assert kept(f"<p>{PROSE}</p>" + quote.format("cmp-quote"), scores) == [PROSE]


def test_the_name_below_a_quote_is_kept_with_it() -> None:
    said, owner = "The harbour will outlive us.", "Ingrid Solvang, harbour master"
    scores = {"The harbour will": 0.6, "Ingrid Solvang": 0.3}
    text = f"<p>{PROSE}</p>{{}}<p>{PROSE}</p>"
    quote = f"<blockquote><p>{said}</p><cite>{owner}</cite></blockquote>"
    figure = f"<figure><blockquote>{said}</blockquote><figcaption>{owner}</figcaption></figure>"
    named = f"<div class=zitat><div class=quote>{said}</div><div>{owner}</div></div>"
    for one in (quote, figure, named):
        assert kept(text.format(one), scores) == [PROSE, said, owner, PROSE]
    beside = f"<blockquote><p>{said}</p></blockquote><p>{owner}</p>"
    linked = quote.replace(owner, f"<a href=/x>{owner}</a>")
    for one in (beside, linked):
        assert owner not in kept(text.format(one), {**scores, "Ingrid Solvang": 0.1})


def test_notes_that_the_text_leads_to_are_kept() -> None:
    noted = PROSE.replace("board", "board<a href='#n1'>[1]</a>")
    note = "<ol><li id='n1'>Minutes of the board, leaf 4.</li></ol><p id='top'>Nine shops to visit.</p>"
    found = kept(f"<p>{noted}</p><section>{note}</section>", {"The harbour board[1]": 0.9})
    assert found[1:] == ["Minutes of the board, leaf 4."]


def test_a_step_sees_as_text_what_the_steps_before_it_took() -> None:
    """The list below the text, what a click unfolds below the list, and the question below that."""
    more = PROSE.replace("Monday", "Friday")
    listed, unfolded = "<dl><dt>Cars</dt><dd>40</dd></dl>", f"<p hidden>{more}</p>"
    page = f"<p>{PROSE}</p>{listed}{unfolded}<h3>Who may land?</h3><p>Anybody.</p>"
    scores = {more: 0.2, "Who": 0.2, "Anybody": 0.4}
    assert kept(page, scores) == [PROSE, "Cars", "40", more, "Who may land?", "Anybody."]
    assert kept(page.replace(listed, "<div>Menu</div>"), scores) == [PROSE]
    assert kept(page.replace(unfolded, f"<div>{more}</div>"), scores) == [PROSE, "Cars", "40"]
