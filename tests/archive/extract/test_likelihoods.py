"""How the forests and another reader of a page are weighed against each other."""

from __future__ import annotations

import time

import pytest

from archive.core.model import Extraction
from archive.extract import likelihoods as likelihood_rules
from archive.extract.clean import KEPT
from archive.extract.extract import derive
from archive.extract.features import PageFeatures
from archive.extract.likelihoods import likelihoods
from archive.page.blocks import blocks
from archive.page.html import parse
from archive.page.markup import read_markup
from tests.support.pages import HEADLINE, LINES, PARAGRAPHS, page, paragraphs, response


@pytest.mark.parametrize(
    ("doubted", "taken"),
    [
        ((2, 3), (0, 1, 2, 3, 4, 5)),  # a third of what the other reader takes is missing amid the text
        ((2,), (0, 1, 3, 4, 5)),  # one paragraph of six is a matter of opinion
        ((4, 5), (0, 1, 2, 3)),  # what stands below the text may be another one
    ],
)
def test_much_that_another_reader_finds_amid_the_text_is_text(
    monkeypatch: pytest.MonkeyPatch, doubted: tuple[int, ...], taken: tuple[int, ...]
) -> None:
    lines = [f"{number} {PARAGRAPHS[0]}" for number in range(6)]
    tree = parse(page(paragraphs(lines)).encode(), "")
    found = [block for block in blocks(tree) if block.text in lines]
    mine = [0.2 if at in doubted else 0.9 for at in range(6)]
    monkeypatch.setattr(likelihood_rules, "first_scores", lambda rows: [0.5] * len(rows))
    monkeypatch.setattr(likelihood_rules, "scores", lambda *described: mine)
    monkeypatch.setattr(likelihood_rules, "opinion", lambda *page: "\n".join(lines))
    features = PageFeatures(found)
    likely = likelihoods(read_markup(tree), "https://marn.example/n/1", HEADLINE, features)
    assert tuple(at for at, score in enumerate(likely) if score >= 0.5) == taken
    unlikely = [0.05 if score < 0.5 else score for score in mine]
    monkeypatch.setattr(likelihood_rules, "scores", lambda *described: unlikely)
    assert likelihoods(read_markup(tree), "https://marn.example/n/1", HEADLINE, features) == unlikely


@pytest.mark.parametrize(
    ("text", "taken"),
    [
        ((0.9, 0.6, 0.6, 0.35), (0, 1, 2, 3)),  # neither reader is sure: what is likelier than the other's text is text
        ((0.9, 0.9, 0.9, 0.01), (0, 1, 2)),  # what is unlikely is none
        ((0.9, 0.01, 0.01, 0.01), (0, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13)),  # next to nothing is left: the other's text
    ],
)
def test_a_text_that_is_doubted_does_not_give_way_to_comments_that_another_reader_takes(
    monkeypatch: pytest.MonkeyPatch, text: tuple[float, ...], taken: tuple[int, ...]
) -> None:
    lines = [f"{letter} {PARAGRAPHS[0]}" for letter in "abcdefghijklmn"]
    tree = parse(page(paragraphs(lines)).encode(), "")
    found = [block for block in blocks(tree) if block.text in lines]
    monkeypatch.setattr(likelihood_rules, "first_scores", lambda rows: [0.5] * len(rows))
    monkeypatch.setattr(likelihood_rules, "scores", lambda *described: [*text, *[0.1] * 10])
    monkeypatch.setattr(likelihood_rules, "opinion", lambda *page: "\n".join(lines[4:]))
    likely = likelihoods(read_markup(tree), "https://marn.example/n/1", HEADLINE, PageFeatures(found))
    assert tuple(at for at, score in enumerate(likely) if score >= KEPT) == taken


@pytest.mark.parametrize("doubt", [0.0, 1.0], ids=["one reader", "two readers"])
def test_comments_with_names_and_days_are_no_text_even_where_they_outweigh_it_for_both_readers(
    monkeypatch: pytest.MonkeyPatch, doubt: float
) -> None:
    said = [f"{letter} {PARAGRAPHS[0]}" for letter in "abcdefghij"]
    comments = "".join(f"<li><i>Reader {line[0] * 3} at 10:2{at}</i><p>{line}</p></li>" for at, line in enumerate(said))
    tree = parse(page(paragraphs(LINES) + f"<ul>{comments}</ul>").encode(), "")
    found = [block for block in blocks(tree) if block.text in (*LINES, *said) or block.text.startswith("Reader")]
    mine = [0.0 if block.text.startswith("Reader") else 0.8 for block in found]
    monkeypatch.setattr(likelihood_rules, "doubt", lambda *judged: doubt)
    monkeypatch.setattr(likelihood_rules, "scores", lambda *described: mine)
    monkeypatch.setattr(likelihood_rules, "opinion", lambda *page: "\n".join(said))
    judged = likelihoods(read_markup(tree), "https://marn.example/n/1", HEADLINE, PageFeatures(found))
    assert {block.text for block, score in zip(found, judged, strict=True) if score >= KEPT} == set(LINES)


@pytest.mark.parametrize(
    ("article", "around", "markup", "likely", "taken"),
    [
        (6, 3, "<div class=said><p>{}</p></div>", 0.9, 6),  # what readers say of it, built like no part of the text
        (6, 3, "<p>{}</p>", 0.9, 9),  # built like the text
        (6, 3, "<div class=said><p>{}</p></div>", 0.97, 9),  # sure
        (20, 3, "<div class=said><p>{}</p></div>", 0.9, 23),  # too little to matter
        (3, 13, "<div class=said><p>{}</p></div>", 0.9, 16),  # the other reader takes only a small part
    ],
)
def test_much_around_a_text_that_both_readers_take_is_none_of_it(
    monkeypatch: pytest.MonkeyPatch, article: int, around: int, markup: str, likely: float, taken: int
) -> None:
    lines = [f"{number} {PARAGRAPHS[0]}" for number in range(article + around)]
    tree = parse(page(paragraphs(lines[:article]) + "".join(map(markup.format, lines[article:]))).encode(), "")
    found = [block for block in blocks(tree) if block.text in lines]
    mine = [0.9] * article + [likely] * around
    monkeypatch.setattr(likelihood_rules, "first_scores", lambda rows: [0.5] * len(rows))
    monkeypatch.setattr(likelihood_rules, "scores", lambda *described: mine)
    monkeypatch.setattr(likelihood_rules, "opinion", lambda *page: "\n".join(lines[:article]))
    judged = likelihoods(read_markup(tree), "https://marn.example/n/1", HEADLINE, PageFeatures(found))
    assert [score >= 0.5 for score in judged] == [at < taken for at in range(article + around)]


def test_lists_within_lists_a_thousand_times_leave_a_page_its_text() -> None:
    deep = "<ul><li>quay" * 1000 + "</li></ul>" * 1000
    result = derive(response(page(paragraphs(PARAGRAPHS) + deep))).result
    assert isinstance(result, Extraction)
    assert set(PARAGRAPHS[:4]) <= set(result.text.split("\n\n"))


@pytest.mark.parametrize(
    "rows",
    [
        "<tr><td colspan=999999999 rowspan=99999999>quay</td></tr>" * 400,
        "<tr>" + "<td>quay</td>" * 15_000 + "</tr>",
        "<td>quay</td>" * 15_000,
        ("<tr>" + "<td colspan=1000>quay</td>" * 500 + "</tr>") * 30,
        "<tr>" + "<td colspan=90>quay</td>" * 300 + "</tr>" + "<tr><td>quay</td></tr>" * 3_000,
        "<tr>" + "<td colspan=90>quay</td>" * 300 + "</tr>" + "<tr></tr>" * 3_000,
    ],
)
def test_a_table_without_bounds_leaves_a_page_its_text(rows: str) -> None:
    start = time.process_time()
    result = derive(response(page(paragraphs(PARAGRAPHS) + f"<table>{rows}</table>"))).result
    assert time.process_time() - start < 5
    assert isinstance(result, Extraction)
    assert set(PARAGRAPHS[:4]) <= set(result.text.split("\n\n"))
