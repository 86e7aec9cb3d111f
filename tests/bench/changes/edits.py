"""What a publisher does to a text: each changes what the release says."""

from __future__ import annotations

import re
from itertools import pairwise
from random import Random

from lxml import html

from tests.bench.changes.ground import (
    Ground,
    Mutation,
    body_of,
    element_of,
    keep_tail,
    put_first,
    put_last,
    replace_in,
)

_WORD = re.compile(r"(?<![\w&])[^\W\d_]{5,}(?!\w)")
_FIGURE = re.compile(r"(?<![\w.,/:-])\d{1,3}(?![\w/:-]|[.,]\d)")
_TITLED = ('//meta[@property="og:title" or @name="twitter:title" or @name="title"]', "//title")


def _word(page: Ground, random: Random) -> bool:
    paragraphs = page.paragraphs()
    return bool(paragraphs) and replace_in(random.choice(paragraphs), _WORD, lambda word: word[::-1].lower(), random)


def _figure(page: Ground, random: Random) -> bool:
    fit = [one for one in page.paragraphs() if _FIGURE.search(one.text_content())]
    return bool(fit) and replace_in(random.choice(fit), _FIGURE, lambda old: str(int(old) + 7), random)


def _sentence(page: Ground, random: Random) -> bool:
    paragraphs = page.paragraphs()
    if not paragraphs:
        return False
    chosen = random.choice(paragraphs)
    sentence = " " + page.strange.split(". ")[0].strip(". ") + "."
    if len(chosen):
        chosen[-1].tail = (chosen[-1].tail or "") + sentence
    else:
        chosen.text = (chosen.text or "") + sentence
    return True


def _paragraph_comes(page: Ground, random: Random) -> bool:
    paragraphs = [one for one in page.paragraphs() if one.tag == "p"]
    if len(paragraphs) < 2:
        return False
    added = html.Element("p")
    added.text = page.strange
    random.choice(paragraphs).addnext(added)
    keep_tail(added)
    return True


def _paragraph_comes_last(page: Ground, random: Random) -> bool:
    paragraphs = [one for one in page.paragraphs() if one.tag == "p"]
    if len(paragraphs) < 2:
        return False
    added = html.Element("p")
    added.text = page.strange
    paragraphs[-1].addnext(added)
    keep_tail(added)
    return True


def _paragraph_goes(page: Ground, random: Random) -> bool:
    paragraphs = [one for one in page.paragraphs() if one.tag == "p"]
    if len(paragraphs) < 4:
        return False
    random.choice(paragraphs).drop_tree()
    return True


def _paragraphs_change_places(page: Ground, random: Random) -> bool:
    paragraphs = [one for one in page.paragraphs() if one.tag == "p"]
    pairs = [(one, other) for one, other in pairwise(paragraphs) if one.getparent() is other.getparent()]
    if not pairs:
        return False
    one, other = random.choice(pairs)
    (one.text, other.text), first, second = (other.text, one.text), list(one), list(other)
    for child in first:
        other.append(child)
    for child in second:
        one.append(child)
    return True


def _headline(page: Ground, random: Random) -> bool:
    if not page.title or not _WORD.search(page.title):
        return False
    old = random.choice(_WORD.findall(page.title))
    new = old[::-1].capitalize()
    places = [one for one in page.tree.iter("h1", "h2", "title") if page.title in " ".join(one.text_content().split())]
    if not any(one.tag != "title" for one in places):
        return False
    for one in places:
        for node in one.iter():
            node.text = node.text and node.text.replace(old, new)
            if node is not one:
                node.tail = node.tail and node.tail.replace(old, new)
    for meta in page.tree.xpath(_TITLED[0]):
        meta.set("content", (meta.get("content") or "").replace(old, new))
    for script in page.tree.xpath('//script[@type="application/ld+json"]'):
        script.text = script.text and script.text.replace(page.title, page.title.replace(old, new))
    return True


def _sentence_goes(page: Ground, random: Random) -> bool:
    fit = [one for one in page.paragraphs() if not len(one) and (one.text or "").count(". ") >= 2]
    if not fit:
        return False
    chosen = random.choice(fit)
    sentences = (chosen.text or "").split(". ")
    sentences.pop(random.randrange(len(sentences) - 1))
    chosen.text = ". ".join(sentences)
    return True


def _struck_out(page: Ground, random: Random) -> bool:
    fit = [one for one in page.paragraphs() if not len(one) and (one.text or "").count(". ") >= 2]
    if not fit:
        return False
    chosen = random.choice(fit)
    first, _, rest = (chosen.text or "").partition(". ")
    struck = html.Element(random.choice(("del", "s", "strike")))
    struck.text, struck.tail, chosen.text = first + ".", " " + rest, ""
    chosen.insert(0, struck)
    return True


EDITS: dict[str, Mutation] = {
    "a word": _word,
    "a figure": _figure,
    "a sentence comes": _sentence,
    "a sentence goes": _sentence_goes,
    "a paragraph comes": _paragraph_comes,
    "a paragraph comes last": _paragraph_comes_last,
    "a paragraph goes": _paragraph_goes,
    "paragraphs change places": _paragraphs_change_places,
    "a headline": _headline,
    "struck out": _struck_out,
}


_PEOPLE = ("Ilva Renn", "Ada Quill", "Tomas Pell", "Marit Osk", "Nell Fairby")


def _contact(page: Ground, random: Random) -> bool:
    name = _PEOPLE[page.number]
    first = name.split()[0].lower()
    return put_last(page, f"<p>Media contact: {name}, 215-555-01{page.number}4, {first}@harbour.example</p>")


def _telephone(page: Ground, random: Random) -> bool:
    return put_last(page, f"<p>For more information, call 215-555-01{page.number}4.</p>")


def _credit(page: Ground, random: Random) -> bool:
    return put_last(page, f"<p>Photo: {_PEOPLE[page.number]} / Harbour Press</p>")


def _embargo(page: Ground, random: Random) -> bool:
    return put_first(page, f"<p>EMBARGOED UNTIL {page.number + 3} MARCH 2026, 09:00 GMT</p>")


def _about(page: Ground, random: Random) -> bool:
    done = put_last(
        page, f"<p>The Harbour Group runs {page.number + 4} ports in the north and employs four hundred people.</p>"
    )
    return done and put_last(page, "<h4>About the Harbour Group</h4>") and _swap_last(page)


def _swap_last(page: Ground) -> bool:
    heading = page.tree.xpath('//h4[.="About the Harbour Group"]')[-1]
    text = heading.getnext()
    return text is not None and text.tag == "p"


def _share_box(page: Ground, random: Random) -> bool:
    """A box for sharing that says a paragraph again, which the text has only before."""
    fit = [one for one in page.paragraphs() if one.tag == "p" and not len(one)]
    if len(fit) < 5:
        return False
    chosen = fit[len(fit) // 2]
    body = body_of(page)
    assert body is not None
    box = element_of('<div class="share-box"><a href="https://social.example/share">Share</a><p></p></div>')
    box[1].text = chosen.text
    body.append(box)
    if page.number:
        chosen.drop_tree()
    return True


def _figure_in_table(page: Ground, random: Random) -> bool:
    cells = "".join(f"<tr><td>{name}</td><td>{n * 11 + page.number * 3}</td></tr>" for n, name in enumerate(_PEOPLE))
    return put_last(page, f"<table><tr><th>Name</th><th>Votes</th></tr>{cells}</table>")


def _list_item(page: Ground, random: Random) -> bool:
    items = [f"The quay at {name}'s house is repaired by the council." for name in _PEOPLE]
    del items[page.number * 2 : page.number * 3]
    return put_last(page, "<ul>" + "".join(f"<li>{one}</li>" for one in items) + "</ul>")


CHANGING_EDITS: dict[str, Mutation] = {
    "a contact": _contact,
    "a telephone number": _telephone,
    "a credit": _credit,
    "an embargo": _embargo,
    "an about paragraph": _about,
    "only a share box holds": _share_box,
    "a figure in a table": _figure_in_table,
    "a list item": _list_item,
}
"""Edits of something that is put into the page before the first look too: `number` is 0 there, and 1 afterwards."""
