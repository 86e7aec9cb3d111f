"""What a source's pages share is learned whatever their order; what is said on them stays."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.boilerplate.sample import Sample, sample
from archive.boilerplate.sample_set import TemplatePage
from archive.boilerplate.template import Template, TemplateBuilder, changed, learn
from archive.page.blocks import blocks
from archive.page.html import parse
from archive.text.fingerprint import fingerprint, normalise
from tests.examples import examples
from tests.support.pages import page, paragraphs, release

START = datetime(2026, 1, 1, tzinfo=UTC)
NOTICE = "The Elsinore Gazette is printed on paper from the island mill."
MOTTO = "The meeting was held in Elsinore."


def sampled(url: str, inner: str, article: bool = True) -> Sample:
    found = blocks(parse(page(inner, f"Page {url}").encode()))
    return sample(url, found, [fingerprint(block.text) for block in found], article)


def kept(memory: TemplateBuilder) -> list[bytes]:
    return [page.to_bytes() for page in memory.pages()]


def learned(samples: list[Sample], start: datetime = START) -> TemplateBuilder:
    memory = TemplateBuilder()
    for number, one in enumerate(samples):
        memory = learn(memory, one, start + timedelta(days=number))
    return memory


def numbered(count: int, extra: str = NOTICE) -> list[Sample]:
    return [sampled(f"gazette.example/{i}", paragraphs([*release(i)[1], extra])) for i in range(count)]


def test_the_notice_under_every_article_is_learned_and_explained() -> None:
    memory = learned(numbered(6))
    template = memory.template()
    assert template.verdict(fingerprint(NOTICE)) == "repeated"
    assert not any(template.verdict(fingerprint(line)) for line in release(3)[1])
    known = {item.text: item for item in memory.known()}
    assert known[NOTICE].documents == 6
    assert known[NOTICE].first_seen == START
    assert known[NOTICE].last_seen == START + timedelta(days=5)


def test_a_place_that_holds_no_text_is_part_of_the_template_and_of_what_differs() -> None:
    judged = [
        replace(one, likely=(95, 95, 95, 5 if at else 60)[-len(one.places) :]) for at, one in enumerate(numbered(4))
    ]
    judged = [
        replace(one, places=(*one.places[:-1], 7), likely=(*(95,) * (len(one.places) - 1), one.likely[-1]))
        for one in judged
    ]
    template = learned(judged).template()
    assert template.places == {7}
    assert Template.from_bytes(template.to_bytes()) == template
    assert changed(Template(), template) - changed(Template(), replace(template, places=frozenset())) == {7}


def test_one_page_teaches_nothing_however_often_it_is_looked_at() -> None:
    memory = learned([numbered(1)[0]] * 20)
    assert memory.template() == Template(pages=1)


def test_one_article_under_two_addresses_teaches_nothing() -> None:
    first = sampled("gazette.example/a", paragraphs(release(1)[1]))
    second = sampled("gazette.example/print/a", paragraphs(release(1)[1]))
    assert not any(learned([first, second]).template().verdict(fingerprint(line)) for line in release(1)[1])


@examples(30)
@given(st.integers(2, 8), st.integers(0, 6), st.integers(0, 3))
def test_one_article_at_a_few_addresses_of_a_small_source_stays(copies: int, others: int, labels: int) -> None:
    """Whatever else there is, and with small labels that differ, its passages are no boilerplate; the notice is."""
    article = [*release(100)[1], NOTICE]
    twins = [
        sampled(
            f"gazette.example/copy/{i}", paragraphs([*article, *([f"Section {'ABC'[i % labels]}"] if labels else [])])
        )
        for i in range(copies)
    ]
    template = learned([*twins, *numbered(others)]).template()
    assert not any(template.verdict(fingerprint(line)) for line in release(100)[1])
    assert (template.verdict(fingerprint(NOTICE)) == "repeated") == (others + 1 >= 3)


def test_many_pages_that_show_nothing_of_their_own_are_learned_from() -> None:
    shell = [
        sampled(f"gazette.example/{i}", paragraphs([NOTICE, "The pages of this paper open in your program."]))
        for i in range(12)
    ]
    assert learned(shell).template().verdict(fingerprint(NOTICE)) == "repeated"


def test_listings_teach_nothing() -> None:
    listing = [sampled(f"gazette.example/list/{i}", paragraphs(release(1)[1]), article=False) for i in range(5)]
    assert learned(listing).template() == Template()


def test_a_sentence_said_anew_on_every_page_stays() -> None:
    samples = []
    for i in range(12):
        lines = list(release(i)[1])
        lines.insert(1 + i % 2, MOTTO)
        samples.append(sampled(f"gazette.example/{i}", paragraphs([*lines, NOTICE])))
    template = learned(samples).template()
    assert template.verdict(fingerprint(MOTTO)) == ""
    assert template.verdict(fingerprint(NOTICE)) == "repeated"


@pytest.mark.parametrize(("line", "repeated"), [(2, True), (0, True), (-1, True), (None, False)])
def test_prose_that_is_put_into_the_text_of_every_page_is_repeated(line: int | None, repeated: bool) -> None:
    """At one line of each; what stands here and there, or amid the text of half of the pages, is said anew."""
    call = "Every Friday the Gazette writes on ships and weather, and nine thousand readers have its letter at nine."
    samples, some = [], []
    for i in range(12):
        lines = list(release(i)[1])
        at = i % len(lines) if line is None else line
        within = [*lines[:at], call, *lines[at:]] if at >= 0 else [*lines, call]
        samples.append(sampled(f"gazette.example/{i}", paragraphs(within)))
        some.append(samples[-1] if i % 2 else numbered(i + 1, extra="")[i])
    assert (learned(samples).template().verdict(fingerprint(call)) == "repeated") == repeated
    if line == 2:
        assert learned(some).template().verdict(fingerprint(call)) == ""


def test_a_line_of_a_schedule_stays() -> None:
    samples = [
        sampled(f"gazette.example/{i}", paragraphs([release(i)[1][0], "Where: Council Chamber", *release(i)[1][1:]]))
        for i in range(12)
    ]
    assert learned(samples).template().verdict(fingerprint("Where: Council Chamber")) == ""


def test_numbers_dates_and_networks_do_not_make_a_passage_new() -> None:
    assert fingerprint("Updated: 3 March 2026, 10:15") == fingerprint("Updated: 17 May 2025, 08:40")
    assert fingerprint("Follow us on Facebook and Twitter") == fingerprint("Follow us on Telegram and TikTok")
    assert fingerprint("3 March 2026") == 0
    assert normalise("Опубликовано 3 марта 2026") == normalise("Опубликовано 12 мая 2025")
    assert fingerprint("The council met") != fingerprint("The council voted")


def test_a_redesign_is_learned_without_forgetting() -> None:
    new = "Read the Gazette on the new pages that our readers asked for."
    memory = learned(numbered(20))
    redesigned = [sampled(f"gazette.example/{i}", paragraphs([*release(i)[1], new])) for i in range(20, 24)]
    for i, one in enumerate(redesigned):
        memory = learn(memory, one, START + timedelta(days=400 + i))
    template = memory.template()
    assert template.verdict(fingerprint(NOTICE)) == "repeated"
    assert template.verdict(fingerprint(new)) == "repeated"


MANY = numbered(26)


@examples(30)
@given(st.permutations(range(26)))
def test_the_order_of_arrival_does_not_matter(order: list[int]) -> None:
    memory = TemplateBuilder()
    for i in order:
        memory = learn(memory, MANY[i], START + timedelta(days=i))
    straight = learned(MANY)
    assert memory.template() == straight.template()
    assert memory.known() == straight.known()
    assert kept(memory) == kept(straight)


@examples(15)
@given(st.permutations(range(400)))
def test_nor_does_it_once_pages_are_forgotten(order: list[int]) -> None:
    samples = [Sample(7919 * i * (-1) ** i, True, (i, 99), (1, 1), (9, 9), (0, 0), ("a", "b")) for i in range(400)]
    straight, shuffled = TemplateBuilder(), TemplateBuilder()
    for i, j in zip(range(400), order, strict=True):
        straight = learn(straight, samples[i], START + timedelta(hours=i))
        shuffled = learn(shuffled, samples[j], START + timedelta(hours=j))
    assert kept(shuffled) == kept(straight)


def test_the_memory_is_bounded() -> None:
    memory = TemplateBuilder()
    for i in range(150):
        rows = range(i * 1000, i * 1000 + 450)
        texts = [f"{fingerprint(str(row)):x} passage that no other page has {row}" for row in rows]
        markup = f"<html><body>{''.join(f'<p class=c{row}>{text}</p>' for row, text in zip(rows, texts, strict=True))}"
        found = blocks(parse(markup.encode()))
        memory = learn(memory, sample(str(i), found, [fingerprint(b.text) for b in found], True), START)
    assert sum(map(len, kept(memory))) < 1_000_000


def test_a_memory_can_be_kept() -> None:
    memory = learned(numbered(7))
    restored = TemplateBuilder(map(TemplatePage.from_bytes, kept(memory)))
    assert restored.known() == memory.known()
    assert restored.template() == memory.template()


def test_what_changed_between_two_templates_is_what_has_another_verdict() -> None:
    templates = [learned(numbered(count)).template() for count in (1, 3)]
    for old, new in pairwise(templates):
        assert fingerprint(NOTICE) in changed(old, new)
        assert changed(new, new.decided(keep=[fingerprint(NOTICE)])) == {fingerprint(NOTICE)}
        assert changed(new, new.decided(remove=[fingerprint(NOTICE)])) == {fingerprint(NOTICE)}
        assert changed(new, new) == frozenset()


CORRECTION = "The office corrects: the works cost two million crowns more than it had said, and end a year later."


def _again(number: int, extra: str) -> Sample:
    """A page that has the notice, and something above it."""
    return sampled(f"gazette.example/{number}", paragraphs([*release(number)[1], *([extra] if extra else []), NOTICE]))


def _repeats(looks: list[tuple[int, str]]) -> bool:
    """Whether a sentence that was added counts as boilerplate after these looks at pages."""
    template = learned([_again(number, extra) for number, extra in looks]).template()
    assert template.verdict(fingerprint(NOTICE)) == "repeated"
    return template.verdict(fingerprint(CORRECTION)) == "repeated"


FIRST = [(number, "") for number in range(12)]


def test_a_sentence_that_is_added_to_a_few_releases_is_no_boilerplate() -> None:
    added = [(number, CORRECTION) for number in range(4)]
    assert not _repeats([*FIRST, *added])
    assert not _repeats([*FIRST, *added, *[(number, "") for number in range(4, 12)]])
    assert not _repeats([*FIRST, *added, *added, *[(number, "") for number in range(12, 15)]])


def test_a_sentence_that_comes_to_most_pages_is_boilerplate() -> None:
    assert _repeats([*FIRST, *[(number, CORRECTION) for number in range(8)]])


def test_a_sentence_that_new_pages_have_from_the_start_is_boilerplate() -> None:
    came = [(number, CORRECTION) for number in range(4)]
    assert _repeats([*FIRST, *came, *[(number, CORRECTION) for number in range(12, 15)]])
    assert _repeats([(number, CORRECTION) for number in range(3)] + FIRST[3:])


def test_what_a_site_no_longer_repeats_was_boilerplate_all_the_same() -> None:
    came = [(number, CORRECTION) for number in range(12)]
    assert _repeats([*FIRST, *came, *[(number, "") for number in range(9)]])
