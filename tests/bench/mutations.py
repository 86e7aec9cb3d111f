"""Changes of a page of which it is known whether a publisher's edit is among them, for a benchmark of edits.

Each takes the tree of a page apart from its text (`Ground`) and changes it in place; it returns False where the page
has nothing to change in that way. `EDITS` change what the release says, `REST` only what surrounds it or how it is
written.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from random import Random

from lxml import html
from lxml.html import HtmlElement

_LONG = 60
_WITHIN = ("p", "li", "td", "div", "span", "section", "blockquote", "h2", "h3", "h4", "dd", "pre", "font", "article")
_BLOCKS = frozenset(
    [
        "p",
        "li",
        "td",
        "div",
        "section",
        "blockquote",
        "h1",
        "h2",
        "h3",
        "h4",
        "ul",
        "ol",
        "table",
        "article",
        "br",
        "figure",
        "dd",
        "dl",
        "pre",
    ]
)
_WORD = re.compile(r"(?<![\w&])[^\W\d_]{5,}(?!\w)")
_FIGURE = re.compile(r"(?<![\w.,/:-])\d{1,3}(?![\w/:-]|[.,]\d)")
_TITLED = ('//meta[@property="og:title" or @name="twitter:title" or @name="title"]', "//title")


@dataclass(frozen=True)
class Ground:
    """A page whose text is known. `strange` is a paragraph of another page, `number` tells one look from the next."""

    tree: HtmlElement
    text: str
    title: str
    strange: str
    number: int = 0

    def paragraphs(self) -> list[HtmlElement]:
        """The elements that hold one passage of the text each, in order."""
        whole = compact(self.text)
        found = []
        for element in self.tree.iter(*_WITHIN):
            words = compact(element.text_content())
            if len(words) > _LONG and words in whole and not _holds_blocks(element) and _is_shown(element):
                found.append(element)
        return found


Mutation = Callable[[Ground, Random], bool]


def compact(text: str) -> str:
    """A text's letters and figures alone."""
    return "".join(char for char in text.lower() if char.isalnum())


def _holds_blocks(element: HtmlElement) -> bool:
    return any(isinstance(child.tag, str) and child.tag in _BLOCKS for child in element.iterdescendants())


def _is_shown(element: HtmlElement) -> bool:
    return not any(above.tag in ("script", "style", "template", "noscript") for above in element.iterancestors())


def _replace(element: HtmlElement, pattern: re.Pattern[str], new: Callable[[str], str], random: Random) -> bool:
    """Put something else in place of one match in an element's text."""
    places = [
        (node, part) for node in element.iter() for part in ("text", "tail") if node is not element or part == "text"
    ]
    found = [
        (node, part, match)
        for node, part in places
        if isinstance(node.tag, str)
        for match in pattern.finditer(getattr(node, part) or "")
    ]
    if not found:
        return False
    node, part, match = random.choice(found)
    text = getattr(node, part)
    setattr(node, part, text[: match.start()] + new(match[0]) + text[match.end() :])
    return True


def _element(markup: str) -> HtmlElement:
    return html.fragment_fromstring(markup)


def _word(page: Ground, random: Random) -> bool:
    paragraphs = page.paragraphs()
    return bool(paragraphs) and _replace(random.choice(paragraphs), _WORD, lambda word: word[::-1].lower(), random)


def _figure(page: Ground, random: Random) -> bool:
    fit = [one for one in page.paragraphs() if _FIGURE.search(one.text_content())]
    return bool(fit) and _replace(random.choice(fit), _FIGURE, lambda old: str(int(old) + 7), random)


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
    _keep_tail(added)
    return True


def _paragraph_comes_last(page: Ground, random: Random) -> bool:
    paragraphs = [one for one in page.paragraphs() if one.tag == "p"]
    if len(paragraphs) < 2:
        return False
    added = html.Element("p")
    added.text = page.strange
    paragraphs[-1].addnext(added)
    _keep_tail(added)
    return True


def _keep_tail(added: HtmlElement) -> None:
    """What stood after the element before stays after it (lxml moves a tail with its element)."""
    before = added.getprevious()
    if before is not None and added.tail and not before.tail:
        before.tail, added.tail = added.tail, None


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


_TEASERS = (
    "Harbour office opens a second quay for the fishing fleet",
    "Council votes on the ferry timetable of next summer",
    "New library in the old mint draws its first readers",
    "Storm damage on the northern mole to be mended in May",
    "Tram line seven is extended to the market hall",
    "School kitchens of the district buy from local farms",
)


def _teasers(page: Ground, random: Random, count: int = 3) -> str:
    return "".join(f'<a href="/story/{n}">{one}</a>' for n, one in enumerate(random.sample(_TEASERS, count)))


def _items(page: Ground, random: Random, count: int = 3) -> str:
    return "".join(f'<li><a href="/story/{n}">{one}</a></li>' for n, one in enumerate(random.sample(_TEASERS, count)))


def _body(page: Ground) -> HtmlElement | None:
    return page.tree.find(".//body")


def _sidebar(page: Ground, random: Random) -> bool:
    body = _body(page)
    if body is None:
        return False
    body.append(_element(f"<aside><h3>Latest</h3><ul>{_items(page, random)}</ul></aside>"))
    return True


def _menu(page: Ground, random: Random) -> bool:
    body = _body(page)
    if body is None:
        return False
    entries = "".join(
        f'<li><a href="/{n}">{word}</a></li>' for n, word in enumerate(("News", "Fleet", "Tides", "Jobs"))
    )
    body.insert(0, _element(f"<nav><ul>{entries}</ul></nav>"))
    return True


def _related_after(page: Ground, random: Random) -> bool:
    paragraphs = page.paragraphs()
    if not paragraphs:
        return False
    added = _element(f"<div><h4>Related</h4><ul>{_items(page, random)}</ul></div>")
    paragraphs[-1].addnext(added)
    _keep_tail(added)
    return True


def _related_plain(page: Ground, random: Random) -> bool:
    paragraphs = [one for one in page.paragraphs() if one.tag == "p"]
    if not paragraphs:
        return False
    for n, words in enumerate(random.sample(_TEASERS, 3)):
        added = _element(f'<p><a href="/story/{n}">{words}</a></p>')
        paragraphs[-1].addnext(added)
        _keep_tail(added)
    return True


def _read_also(page: Ground, random: Random) -> bool:
    paragraphs = [one for one in page.paragraphs() if one.tag == "p"]
    if len(paragraphs) < 3:
        return False
    added = _element(f'<p>Read also: <a href="/story/9">{random.choice(_TEASERS)}</a></p>')
    random.choice(paragraphs[:-1]).addnext(added)
    _keep_tail(added)
    return True


def _advertisement(page: Ground, random: Random) -> bool:
    paragraphs = page.paragraphs()
    if len(paragraphs) < 2:
        return False
    added = _element('<div class="ad"><span>Advertisement</span><iframe src="https://ads.example/x"></iframe></div>')
    random.choice(paragraphs[:-1]).addnext(added)
    _keep_tail(added)
    return True


def _newsletter(page: Ground, random: Random) -> bool:
    paragraphs = page.paragraphs()
    if len(paragraphs) < 2:
        return False
    added = _element(
        '<div><p>Sign up for our weekly newsletter</p><form><input type="email"><button>Subscribe</button></form></div>'
    )
    random.choice(paragraphs[:-1]).addnext(added)
    _keep_tail(added)
    return True


def _shares(page: Ground, random: Random) -> bool:
    paragraphs = page.paragraphs()
    if not paragraphs:
        return False
    added = _element(f"<div class='s'><span>{random.randint(2, 900)} shares</span> <a href='#'>Share</a></div>")
    paragraphs[0].addprevious(added)
    return True


def _views(page: Ground, random: Random) -> bool:
    paragraphs = page.paragraphs()
    if not paragraphs:
        return False
    added = _element(f"<p>Views: {random.randint(100, 9000):,}</p>")
    paragraphs[-1].addnext(added)
    _keep_tail(added)
    return True


def _comments(page: Ground, random: Random) -> bool:
    body = _body(page)
    if body is None:
        return False
    said = "".join(
        f'<li class="comment"><cite>Reader {n}</cite><p>I do not think that this is right, {random.random()}.</p></li>'
        for n in range(3)
    )
    body.append(_element(f'<section id="comments"><h3>Comments</h3><ol>{said}</ol></section>'))
    return True


def _scripts(page: Ground, random: Random) -> bool:
    head = page.tree.find(".//head")
    if head is None:
        return False
    for markup in (
        f"<script>var t={random.random()};load(t)</script>",
        f"<style>.x{random.randint(1, 9)}{{color:red}}</style>",
    ):
        head.append(_element(markup))
    for paragraph in page.paragraphs()[:3]:
        paragraph.addprevious(_element(f"<script>track({random.random()})</script>"))
    return True


def _class_names(page: Ground, random: Random) -> bool:
    for element in page.tree.iter():
        if isinstance(element.tag, str) and element.get("class"):
            element.set("class", " ".join(f"c{abs(hash(name)) % 9999:04}" for name in element.get("class", "").split()))
    return True


def _wrapped(page: Ground, random: Random) -> bool:
    """Other elements around the same text: a redesign."""
    _class_names(page, random)
    for paragraph in page.paragraphs():
        around = _element('<div class="row"></div>')
        paragraph.addprevious(around)
        around.tail, paragraph.tail = paragraph.tail, None
        around.append(paragraph)
    return _menu(page, random) and _footer(page, random)


def _footer(page: Ground, random: Random) -> bool:
    body = _body(page)
    if body is None:
        return False
    body.append(_element("<footer><p>Valdora Harbour Group, 1 Quay Street. All rights reserved.</p></footer>"))
    return True


def _bare_date(page: Ground, random: Random) -> bool:
    paragraphs = page.paragraphs()
    if not paragraphs:
        return False
    paragraphs[0].addprevious(_element("<div>12 March 2026</div>"))
    return True


def _typography(page: Ground, random: Random) -> bool:
    for paragraph in page.paragraphs():
        for node in paragraph.iter():
            for part in ("text", "tail") if node is not paragraph else ("text",):
                text = getattr(node, part)
                if text and isinstance(node.tag, str):
                    curly = re.sub(r'"([^"]*)"', "“\\1”", text).replace("'", "’").replace(" - ", " – ")
                    setattr(node, part, curly.replace("  ", " "))
    return True


def _emphasis(page: Ground, random: Random) -> bool:
    changed = False
    for element in list(page.tree.iter("b", "strong", "i", "em")):
        element.tag = {"b": "strong", "strong": "b", "i": "em", "em": "i"}[element.tag]
        changed = True
    return changed


def _spans(page: Ground, random: Random) -> bool:
    for paragraph in page.paragraphs():
        if not len(paragraph) and paragraph.text:
            span = html.Element("span")
            span.text, paragraph.text = paragraph.text, None
            paragraph.append(span)
    return True


def _links(page: Ground, random: Random) -> bool:
    for link in page.tree.iter("a"):
        link.set("href", (link.get("href") or "/") + f"?utm_source={random.randint(1, 99)}")
    return True


def _ticker(page: Ground, random: Random) -> bool:
    body = _body(page)
    if body is None:
        return False
    rates = f"USD {random.uniform(1, 2):.4f} EUR {random.uniform(1, 2):.4f} Brent {random.uniform(50, 99):.2f}"
    body.insert(0, _element(f"<div><p>{rates}</p><p>{random.randint(-9, 30)} °C</p></div>"))
    return True


def _caption(page: Ground, random: Random) -> bool:
    """A picture between two paragraphs, without words."""
    paragraphs = page.paragraphs()
    if len(paragraphs) < 2:
        return False
    added = _element('<figure><img src="/p.jpg" alt=""></figure>')
    paragraphs[0].addnext(added)
    _keep_tail(added)
    return True


REST: dict[str, Mutation] = {
    "sidebar": _sidebar,
    "menu": _menu,
    "related list": _related_after,
    "plain teasers": _related_plain,
    "read also": _read_also,
    "advertisement": _advertisement,
    "newsletter": _newsletter,
    "shares": _shares,
    "views": _views,
    "comments": _comments,
    "scripts": _scripts,
    "class names": _class_names,
    "redesign": _wrapped,
    "footer": _footer,
    "bare date": _bare_date,
    "typography": _typography,
    "emphasis": _emphasis,
    "spans": _spans,
    "links": _links,
    "ticker": _ticker,
    "picture": _caption,
}


def _last(page: Ground, markup: str) -> bool:
    paragraphs = [one for one in page.paragraphs() if one.tag == "p"]
    if len(paragraphs) < 2:
        return False
    added = _element(markup)
    paragraphs[-1].addnext(added)
    _keep_tail(added)
    return True


def _first(page: Ground, markup: str) -> bool:
    paragraphs = [one for one in page.paragraphs() if one.tag == "p"]
    if len(paragraphs) < 2:
        return False
    paragraphs[0].addprevious(_element(markup))
    return True


_PEOPLE = ("Ilva Renn", "Ada Quill", "Tomas Pell", "Marit Osk", "Nell Fairby")


def _contact(page: Ground, random: Random) -> bool:
    name = _PEOPLE[page.number]
    first = name.split()[0].lower()
    return _last(page, f"<p>Media contact: {name}, 215-555-01{page.number}4, {first}@harbour.example</p>")


def _telephone(page: Ground, random: Random) -> bool:
    return _last(page, f"<p>For more information, call 215-555-01{page.number}4.</p>")


def _credit(page: Ground, random: Random) -> bool:
    return _last(page, f"<p>Photo: {_PEOPLE[page.number]} / Harbour Press</p>")


def _embargo(page: Ground, random: Random) -> bool:
    return _first(page, f"<p>EMBARGOED UNTIL {page.number + 3} MARCH 2026, 09:00 GMT</p>")


def _about(page: Ground, random: Random) -> bool:
    done = _last(
        page, f"<p>The Harbour Group runs {page.number + 4} ports in the north and employs four hundred people.</p>"
    )
    return done and _last(page, "<h4>About the Harbour Group</h4>") and _swap_last(page)


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
    body = _body(page)
    assert body is not None
    box = _element('<div class="share-box"><a href="https://social.example/share">Share</a><p></p></div>')
    box[1].text = chosen.text
    body.append(box)
    if page.number:
        chosen.drop_tree()
    return True


def _figure_in_table(page: Ground, random: Random) -> bool:
    cells = "".join(f"<tr><td>{name}</td><td>{n * 11 + page.number * 3}</td></tr>" for n, name in enumerate(_PEOPLE))
    return _last(page, f"<table><tr><th>Name</th><th>Votes</th></tr>{cells}</table>")


def _list_item(page: Ground, random: Random) -> bool:
    items = [f"The quay at {name}'s house is repaired by the council." for name in _PEOPLE]
    del items[page.number * 2 : page.number * 3]
    return _last(page, "<ul>" + "".join(f"<li>{one}</li>" for one in items) + "</ul>")


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


def _contents(page: Ground, random: Random) -> bool:
    """A table of contents that stands above the text, then below it."""
    paragraphs = [one for one in page.paragraphs() if one.tag == "p"]
    if len(paragraphs) < 4:
        return False
    for n, at in enumerate((1, len(paragraphs) // 2)):
        paragraphs[at].addprevious(_element(f'<h3 id="p{n}">{_TEASERS[n]}</h3>'))
    entries = "".join(f'<li><a href="#p{n}">{_TEASERS[n]}</a></li>' for n in range(2))
    return (_last if page.number else _first)(page, f"<ul>{entries}</ul>")


def _rotating(page: Ground, random: Random) -> bool:
    rest = _TEASERS[page.number * 3 : page.number * 3 + 3]
    return all(_last(page, f'<p><a href="/story/{n}">{one}</a></p>') for n, one in enumerate(rest))


def _rotating_list(page: Ground, random: Random) -> bool:
    items = "".join(f'<li><a href="/s/{n}">{one}</a></li>' for n, one in enumerate(_TEASERS[page.number * 3 :][:3]))
    return _last(page, f"<div><h4>More news</h4><ul>{items}</ul></div>")


def _weather(page: Ground, random: Random) -> bool:
    return _first(page, f"<div>Valdora {page.number * 5 + 3} °C, wind {page.number + 2} m/s</div>")


def _counted(page: Ground, random: Random) -> bool:
    return _last(page, f"<p>{1024 + 61 * page.number:,} views · {12 + page.number} shares</p>")


def _ago(page: Ground, random: Random) -> bool:
    return _first(page, f"<p>Updated {page.number * 20 + 3} hours ago</p>")


def _reading_time(page: Ground, random: Random) -> bool:
    return _first(page, f"<span>{page.number + 3} min read</span>")


CHANGING_REST: dict[str, Mutation] = {
    "contents move": _contents,
    "teasers rotate": _rotating,
    "a list of teasers rotates": _rotating_list,
    "weather": _weather,
    "a counter": _counted,
    "hours ago": _ago,
    "minutes to read": _reading_time,
}
"""What is no edit, of something that is put into the page before the first look too."""


@dataclass(frozen=True)
class Change:
    """A kind of change. `prepared`: its mutation is also made before the first look, with number 0."""

    name: str
    is_edit: bool
    mutation: Mutation
    prepared: bool


def kinds() -> Iterator[Change]:
    """Every kind of change."""
    for known, is_edit, prepared in (
        (EDITS, True, False), (CHANGING_EDITS, True, True), (REST, False, False), (CHANGING_REST, False, True),
    ):  # fmt: skip
        for name, mutation in known.items():
            yield Change(name, is_edit, mutation, prepared)
