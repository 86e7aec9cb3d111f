"""One news article in many kinds of markup, each on the first page of its source: what should remain of it is known.

A directory holds NAME.txt, the article as its page has it (headline, then passages, blank lines between), and
NAME.clean.json: what is right for it (title, text, dateline, attribution, photo_credits, and what must be `removed`).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from html import escape
from pathlib import Path
from typing import Any

from archive.core.model import Capture, Extraction, Response
from archive.extract.extract import derive

Markup = Callable[[Sequence[str], Sequence[str]], str]
"""From the passages of an article, and those of them that are to be removed, to the markup of its body."""


@dataclass(frozen=True)
class Trial:
    """What came of one kind of markup: the fields that are not what they should be, none when all is right."""

    article: str
    markup: str
    wrong: tuple[str, ...]


def trials(directory: Path) -> Iterator[Trial]:
    """Every article of a directory in every kind of markup."""
    for path in sorted(directory.glob("*.clean.json")):
        name = path.name.removesuffix(".clean.json")
        right = json.loads(path.read_text("utf-8"))
        passages = [
            line.strip() for line in path.with_name(name + ".txt").read_text("utf-8").split("\n") if line.strip()
        ]
        for kind, markup in MARKUPS.items():
            yield Trial(name, kind, tuple(_wrong(right, markup(passages[1:], right["removed"]))))


def _wrong(right: dict[str, Any], body: str) -> Iterator[str]:
    title = escape(right["title"])
    page = (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title} - The Paper</title></head><body>'
        f'<nav><a href="/">Home</a> <a href="/nation">Nation</a></nav><article><h1>{title}</h1>{body}</article>'
        '<footer><p>© 2026 The Paper</p></footer></body></html>'
    )  # fmt: skip
    url, at = "https://paper.example/2026/05/visit", datetime(2026, 5, 8, tzinfo=UTC)
    capture = Capture("paper", url, url, "page", at, 200, "", "", 0, 0)
    found = derive(Response(capture, (("content-type", "text/html"),), page.encode())).result
    if not isinstance(found, Extraction):
        yield f"no article: {found.reason}"
        return
    for field in ("title", "text", "dateline", "attribution"):
        if getattr(found, field) != right[field]:
            yield field
    if list(found.photo_credits) != right["photo_credits"]:
        yield "photo_credits"
    if [one.text for one in found.removed] != right["removed"]:
        yield "removed"


def _each(inside: str, other: str = "<p>{}</p>") -> Markup:
    """What is to be removed in one kind of markup, the rest in another; {} stands for the passage."""
    return lambda lines, gone: "".join((inside if line in gone else other).format(escape(line)) for line in lines)


def _wrapped(around: str, each: str, between: str = "") -> Markup:
    return lambda lines, _: around.format(between.join(each.format(escape(line)) for line in lines))


def _after_a_break(lines: Sequence[str], gone: Sequence[str]) -> str:
    """The last passage in one paragraph with the one before it."""
    before, last = escape(lines[-2]), escape(lines[-1])
    return _each("<p>{}</p>")(lines[:-2], gone) + f"<p>{before}<br><br>{last}</p>"


def _word_by_word(element: str) -> Markup:
    """The words to be removed each in an element of their own, inside one paragraph."""
    return lambda lines, gone: "".join(
        f"<p>{' '.join(element.format(escape(word)) for word in line.split(' ')) if line in gone else escape(line)}</p>"
        for line in lines
    )


def _sentence_by_sentence(around: str) -> Markup:
    """The sentences to be removed each in a span of their own."""
    return lambda lines, gone: "".join(
        around.format(" ".join(f"<span>{escape(part)}</span>" for part in line.replace("! ", "!\n").split("\n")))
        if line in gone
        else f"<p>{escape(line)}</p>"
        for line in lines
    )


MARKUPS: dict[str, Markup] = {
    "paragraphs": _each("<p>{}</p>"),
    "divisions": _each("<div>{}</div>", "<div>{}</div>"),
    "emphasis": _each("<p><em>{}</em></p>"),
    "emphasis in strong type": _each("<p><strong><em>{}</em></strong></p>"),
    "after a line break": _after_a_break,
    "line breaks only": _wrapped("<div>{}</div>", "{}", "<br><br>"),
    "list": _each("<ul><li>{}</li></ul>"),
    "table cell": _each("<table><tr><td>{}</td></tr></table>"),
    "all in a table": _wrapped("<table><tr><td>{}</td></tr></table>", "<p>{}</p>"),
    "captions": _each('<figure><img src="/a.jpg"><figcaption>{}</figcaption></figure>'),
    "spans": _wrapped("<div>{}</div>", "<span><span>{}</span></span>"),
    "links": _each('<p><a href="/subscribe">{}</a></p>'),
    "a link a word": _word_by_word('<a href="/x">{}</a>'),
    "a span a word": _word_by_word("<span>{}</span>"),
    "a span a sentence": _sentence_by_sentence("<p>{}</p>"),
    "a span a sentence in a division": _sentence_by_sentence("<div>{}</div>"),
    "a span a sentence in a cell": _sentence_by_sentence("<table><tr><td>{}</td></tr></table>"),
    "quotation": _each("<blockquote>{}</blockquote>"),
    "aside": _each("<aside>{}</aside>"),
    "heading": _each("<h4>{}</h4>"),
}
