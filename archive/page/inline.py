"""What an element is to the line that it stands in: part of it, a paragraph of its own, beside it, struck out. Pure."""

from __future__ import annotations

import re
from itertools import islice

from lxml.html import HtmlElement

from archive.page.markup import words_of
from archive.page.places import CONCEALED, CONTROL, HEADINGS, UNSEEN, is_icon
from archive.text.fingerprint import word_set

STRUCK = frozenset({"del", "s", "strike"})
_STRIKING = re.compile(r"text-decoration(?:-line)?\s*:[^;]*line-through", re.I)
BLOCK_LEVEL = word_set(
    """
    address article aside blockquote body caption center col colgroup dd details dialog dir div dl dt fieldset
    figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li listing main menu nav ol optgroup
    option p plaintext pre search section summary table tbody td tfoot th thead tr ul xmp br noscript template
    """
)
"""The elements that begin a line of their own (HTML Standard, section 15.3); unknown and custom ones do not."""
_ONE_PARAGRAPH = HEADINGS | word_set("p li dd dt blockquote")
_SENTENCE_END = re.compile(r"""[.!?…。！？]["'”’»)]*\s*$""")
_PARAGRAPH = 40
"""Characters of a paragraph, and as many of its end as are looked at."""

_PARTS = 20
"""Parts of a heading that are looked at."""

_MOST_IN_LINE = 40
"""Elements within a line that are looked at."""

_WORD = re.compile(r"\w")


def holds_line(above: HtmlElement) -> bool:
    """Whether elements that HTML does not know are part of the line that they stand in, if they hold no block."""
    among = above.tag in _ONE_PARAGRAPH or above.tag not in BLOCK_LEVEL
    return among or bool((above.text or "").strip()) or any((one.tail or "").strip() for one in above)


def holds_no_block(element: HtmlElement) -> bool:
    """Whether no element within one begins a line of its own."""
    return not any(one.tag in BLOCK_LEVEL for one in element.iterdescendants())


def holds_paragraphs_in_spans(element: HtmlElement) -> bool:
    """Whether an element has nothing but spans, or elements that HTML does not know, of which most are whole paragraphs
    by their length and end."""
    if not _may_be_paragraph(element[0].tag) or element.tag in _ONE_PARAGRAPH or (element.text or "").strip():
        return False
    own = (child for child in element if _may_be_paragraph(child.tag) and not (child.tail or "").strip())
    texts = ["".join(child.itertext()) for child in own]
    whole = [text for text in texts if len(text) >= _PARAGRAPH and _SENTENCE_END.search(text[-_PARAGRAPH:])]
    return len(texts) == len(element) and len(whole) >= 2 and 2 * len(whole) >= len(texts)


def _may_be_paragraph(tag: object) -> bool:
    return tag == "span" or (isinstance(tag, str) and "-" in tag)


def is_struck_out(tag: str, style: str | None) -> bool:
    """Whether an element, by its tag or its style, says what is no longer so."""
    return tag in STRUCK or (style is not None and _STRIKING.search(style) is not None)


def own_role(element: HtmlElement, above: HtmlElement, tag: str, style: str | None) -> str:
    """The role of an element that is not shown at first, or is a button that is no part of a sentence or heading."""
    if (style is not None and UNSEEN.search(style)) or element.get("hidden") is not None or tag == "noscript":
        return CONCEALED
    if tag != "button":
        return ""
    is_control = _is_beside_heading(element, above) if above.tag in HEADINGS else above.tag not in _ONE_PARAGRAPH
    return CONTROL if is_control else ""


def _is_beside_heading(button: HtmlElement, heading: HtmlElement) -> bool:
    """Whether a heading says something without the button in it, as far as its first parts show."""
    parts = list(islice(heading, _PARTS))
    said = (heading.text or "", *(one.tail or "" for one in parts))
    others = (text for one in parts if one is not button for text in islice(one.itertext(), _PARTS))
    return any(_WORD.search(text) for text in (*said, *others))


def is_beside_line(child: HtmlElement, above: HtmlElement, tag: str) -> bool:
    """Whether an element in a line is no part of what the line says: how a word is read, without the brackets that
    would set it apart (HTML Standard, section 4.5.12), a card, the name of an icon, an initial that is said again, the
    sign of a heading's own link."""
    if tag == "a" and above.tag in HEADINGS:
        return not any(_WORD.search(text) for text in child.itertext())
    if tag == "span" and len(child) and _is_card(child):
        return True
    if tag == "rt":
        before = child.getprevious()
        return before is None or before.tag != "rp"
    return is_icon(child) or (len(child.text or "") == 1 and _is_said_again(child))


def _is_card(span: HtmlElement) -> bool:
    """Whether a span is the card that a link amid a line shows to a pointer: it begins with a name like the link's, and
    leads to the same address."""
    link = span.getprevious()
    if link is None or link.tag != "a" or link.tail:
        return False
    named, name = ("".join(one.itertext()).split() for one in (span, link))
    leads = link.get("href")
    return (
        bool(leads)
        and named[:1] == name[:1]
        and len(named) > len(name)
        and any(one.get("href") == leads for one in span.iter("a"))
    )


def _is_said_again(initial: HtmlElement) -> bool:
    """Whether a letter is a large initial for the eye alone, which the next element says again for a voice."""
    again = initial.getnext()
    if again is None or again.text != initial.text or initial.tail or initial.get("aria-hidden") != "true":
        return False
    return not len(initial) and not len(again) and (again.tail or "")[:1].islower()


def parts_of_line(element: HtmlElement, most: int) -> tuple[str, ...]:
    """The words of the elements within the lines of an element, of its first ones, and of those with so many characters
    at most."""
    first = (one for one in islice(element.iterdescendants(), _MOST_IN_LINE) if isinstance(one.tag, str))
    words = (words_of(one, most + 1) for one in first if one.tag not in BLOCK_LEVEL)
    return tuple(said for said in words if 0 < len(said) <= most)
