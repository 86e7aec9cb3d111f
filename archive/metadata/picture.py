"""A page's main picture and what is written below it. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from lxml.html import HtmlElement

from archive.page import jsonld
from archive.page.markup import StatedMarkup, words_of
from archive.page.places import names_of

_CAPTION = re.compile(
    r"(?:image|photo|picture|foto|bild|img|wp)[-_]?(?:caption|legend|text)|bildunterschrift|bildtext",
    re.I,
)
_LONGEST = 1_000
_PARTS = 20
_FIRST, _PARAGRAPH = 3, 80


def image_of(markup: StatedMarkup, below: Sequence[HtmlElement]) -> str:
    """The address of the main picture as written: stated, else that of the first figure below the headline."""
    stated = markup.meta("og:image:secure_url", "og:image", "og:image:url", "twitter:image", "twitter:image:src")
    return stated or _address(markup.article.get("image")) or next(filter(None, map(_shown_in, _figures(below))), "")


def caption_of(markup: StatedMarkup, below: Sequence[HtmlElement]) -> str:
    """What is written below the main picture: as stated, else in the first figure below the headline, else the words
    that stand for the picture where it is not seen."""
    for item in jsonld.listed(markup.article.get("image")):
        if isinstance(item, Mapping) and (words := jsonld.words(item.get("caption") or item.get("description"))):
            return words
    written = (
        words_of(one, _LONGEST) for one in _at_top(below) if one.tag == "figcaption" or _CAPTION.search(names_of(one))
    )
    return next(filter(None, written), "") or markup.meta("og:image:alt", "twitter:image:alt")


def _figures(below: Sequence[HtmlElement]) -> Iterator[HtmlElement]:
    return (one for one in _at_top(below) if one.tag == "figure")


def _at_top(below: Sequence[HtmlElement]) -> Iterator[HtmlElement]:
    """The elements below a headline, down to the first paragraphs of its text: a picture further down is another."""
    paragraphs = 0
    for one in below:
        paragraphs += one.tag == "p" and len(words_of(one)) >= _PARAGRAPH
        if paragraphs > _FIRST:
            return
        yield one


def _shown_in(figure: HtmlElement) -> str:
    images = islice(figure.iter("img"), _PARTS)
    return next(
        (
            address
            for one in images
            if (address := one.get("data-src") or one.get("src") or "") and not address.startswith("data:")
        ),
        "",
    )


def _address(value: Any) -> str:
    for item in jsonld.listed(value):
        if isinstance(item, str):
            return item
        if isinstance(item, Mapping):
            return jsonld.words(item.get("url") or item.get("contentUrl"))
    return ""
