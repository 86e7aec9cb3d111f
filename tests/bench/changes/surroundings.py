"""What changes on a page without its text: frames, teasers, counters, markup, typography."""

from __future__ import annotations

import re
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
)

TEASERS = (
    "Harbour office opens a second quay for the fishing fleet",
    "Council votes on the ferry timetable of next summer",
    "New library in the old mint draws its first readers",
    "Storm damage on the northern mole to be mended in May",
    "Tram line seven is extended to the market hall",
    "School kitchens of the district buy from local farms",
)


def _items(page: Ground, random: Random, count: int = 3) -> str:
    return "".join(
        f'<li><a href="{page.sibling(n)}">{one}</a></li>' for n, one in enumerate(random.sample(TEASERS, count))
    )


def _sidebar(page: Ground, random: Random) -> bool:
    body = body_of(page)
    if body is None:
        return False
    body.append(element_of(f"<aside><h3>Latest</h3><ul>{_items(page, random)}</ul></aside>"))
    return True


def _menu(page: Ground, random: Random) -> bool:
    body = body_of(page)
    if body is None:
        return False
    entries = "".join(
        f'<li><a href="/{n}">{word}</a></li>' for n, word in enumerate(("News", "Fleet", "Tides", "Jobs"))
    )
    body.insert(0, element_of(f"<nav><ul>{entries}</ul></nav>"))
    return True


def _related_after(page: Ground, random: Random) -> bool:
    paragraphs = page.paragraphs()
    if not paragraphs:
        return False
    added = element_of(f"<div><h4>Related</h4><ul>{_items(page, random)}</ul></div>")
    paragraphs[-1].addnext(added)
    keep_tail(added)
    return True


def _related_plain(page: Ground, random: Random) -> bool:
    paragraphs = [one for one in page.paragraphs() if one.tag == "p"]
    if not paragraphs:
        return False
    for n, words in enumerate(random.sample(TEASERS, 3)):
        added = element_of(f'<p><a href="{page.sibling(n)}">{words}</a></p>')
        paragraphs[-1].addnext(added)
        keep_tail(added)
    return True


def _read_also(page: Ground, random: Random) -> bool:
    paragraphs = [one for one in page.paragraphs() if one.tag == "p"]
    if len(paragraphs) < 3:
        return False
    added = element_of(f'<p>Read also: <a href="{page.sibling(9)}">{random.choice(TEASERS)}</a></p>')
    random.choice(paragraphs[:-1]).addnext(added)
    keep_tail(added)
    return True


def _advertisement(page: Ground, random: Random) -> bool:
    paragraphs = page.paragraphs()
    if len(paragraphs) < 2:
        return False
    added = element_of('<div class="ad"><span>Advertisement</span><iframe src="https://ads.example/x"></iframe></div>')
    random.choice(paragraphs[:-1]).addnext(added)
    keep_tail(added)
    return True


def _newsletter(page: Ground, random: Random) -> bool:
    paragraphs = page.paragraphs()
    if len(paragraphs) < 2:
        return False
    added = element_of(
        '<div><p>Sign up for our weekly newsletter</p><form><input type="email"><button>Subscribe</button></form></div>'
    )
    random.choice(paragraphs[:-1]).addnext(added)
    keep_tail(added)
    return True


def _shares(page: Ground, random: Random) -> bool:
    paragraphs = page.paragraphs()
    if not paragraphs:
        return False
    added = element_of(f"<div class='s'><span>{random.randint(2, 900)} shares</span> <a href='#'>Share</a></div>")
    paragraphs[0].addprevious(added)
    return True


def _views(page: Ground, random: Random) -> bool:
    paragraphs = page.paragraphs()
    if not paragraphs:
        return False
    added = element_of(f"<p>Views: {random.randint(100, 9000):,}</p>")
    paragraphs[-1].addnext(added)
    keep_tail(added)
    return True


def _comments(page: Ground, random: Random) -> bool:
    body = body_of(page)
    if body is None:
        return False
    said = "".join(
        f'<li class="comment"><cite>Reader {n}</cite><p>I do not think that this is right, {random.random()}.</p></li>'
        for n in range(3)
    )
    body.append(element_of(f'<section id="comments"><h3>Comments</h3><ol>{said}</ol></section>'))
    return True


def _scripts(page: Ground, random: Random) -> bool:
    head = page.tree.find(".//head")
    if head is None:
        return False
    for markup in (
        f"<script>var t={random.random()};load(t)</script>",
        f"<style>.x{random.randint(1, 9)}{{color:red}}</style>",
    ):
        head.append(element_of(markup))
    for paragraph in page.paragraphs()[:3]:
        paragraph.addprevious(element_of(f"<script>track({random.random()})</script>"))
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
        around = element_of('<div class="row"></div>')
        paragraph.addprevious(around)
        around.tail, paragraph.tail = paragraph.tail, None
        around.append(paragraph)
    return _menu(page, random) and _footer(page, random)


def _footer(page: Ground, random: Random) -> bool:
    body = body_of(page)
    if body is None:
        return False
    body.append(element_of("<footer><p>Valdora Harbour Group, 1 Quay Street. All rights reserved.</p></footer>"))
    return True


def _bare_date(page: Ground, random: Random) -> bool:
    paragraphs = page.paragraphs()
    if not paragraphs:
        return False
    paragraphs[0].addprevious(element_of("<div>12 March 2026</div>"))
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
    body = body_of(page)
    if body is None:
        return False
    rates = f"USD {random.uniform(1, 2):.4f} EUR {random.uniform(1, 2):.4f} Brent {random.uniform(50, 99):.2f}"
    body.insert(0, element_of(f"<div><p>{rates}</p><p>{random.randint(-9, 30)} °C</p></div>"))
    return True


def _caption(page: Ground, random: Random) -> bool:
    """A picture between two paragraphs, without words."""
    paragraphs = page.paragraphs()
    if len(paragraphs) < 2:
        return False
    added = element_of('<figure><img src="/p.jpg" alt=""></figure>')
    paragraphs[0].addnext(added)
    keep_tail(added)
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


def _contents(page: Ground, random: Random) -> bool:
    """A table of contents that stands above the text, then below it."""
    paragraphs = [one for one in page.paragraphs() if one.tag == "p"]
    if len(paragraphs) < 4:
        return False
    for n, at in enumerate((1, len(paragraphs) // 2)):
        paragraphs[at].addprevious(element_of(f'<h3 id="p{n}">{TEASERS[n]}</h3>'))
    entries = "".join(f'<li><a href="#p{n}">{TEASERS[n]}</a></li>' for n in range(2))
    return (put_last if page.number else put_first)(page, f"<ul>{entries}</ul>")


def _rotating(page: Ground, random: Random) -> bool:
    rest = TEASERS[page.number * 3 : page.number * 3 + 3]
    return all(put_last(page, f'<p><a href="{page.sibling(n)}">{one}</a></p>') for n, one in enumerate(rest))


def _rotating_list(page: Ground, random: Random) -> bool:
    items = "".join(
        f'<li><a href="{page.sibling(n)}">{one}</a></li>' for n, one in enumerate(TEASERS[page.number * 3 :][:3])
    )
    return put_last(page, f"<div><h4>More news</h4><ul>{items}</ul></div>")


def _weather(page: Ground, random: Random) -> bool:
    return put_first(page, f"<div>Valdora {page.number * 5 + 3} °C, wind {page.number + 2} m/s</div>")


def _counted(page: Ground, random: Random) -> bool:
    return put_last(page, f"<p>{1024 + 61 * page.number:,} views · {12 + page.number} shares</p>")


def _ago(page: Ground, random: Random) -> bool:
    return put_first(page, f"<p>Updated {page.number * 20 + 3} hours ago</p>")


def _reading_time(page: Ground, random: Random) -> bool:
    return put_first(page, f"<span>{page.number + 3} min read</span>")


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
