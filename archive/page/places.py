"""Where a block of a page stands: the elements that hold it, what they are by their tags, and what they are called."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, islice
from zlib import crc32

from lxml.html import HtmlElement

from archive.text.fingerprint import word_set

_DIGITS = re.compile(r"\d+")
_NAME = 200

UNSEEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden"
    r"|(?:^|[;\s])(?:left|right|top|text-indent|margin-(?:left|top))\s*:\s*-(?:\d{4,5}px|\d{3,5}(?:em|rem|%))",
    re.I,
)
"""What the style of an element says that nobody sees: not shown, or far outside of the page."""

_FOR_SCREEN_READERS = re.compile(
    r"(?<![a-z])(?:sr-?only|screen-?reader(?:s|-only|-text)?|visually-?hidden|hidden-visually|element-invisible|a11y-hidden"
    r"|(?:is|u)-(?:visually-?hidden|hidden-?visually)|assistive-?text|hide-accessible)(?![a-z])",
    re.I,
)
"""The usual class names of what is only read out, by the style sheets that are used most."""

_ENDS, _GOES_ON, _NEAR = ".!?…", ",;:)", 80
"""What ends a sentence, the signs before which it goes on, and the characters that are looked at."""

_OF_ICONS, _ICON_WORD = ("i", "span"), re.compile(r"[a-z][a-z0-9_]{2,40}")
_ICON = re.compile(r"(?:^|[\s_-])(?:icons?|symbols)(?:-(?:outlined|round(?:ed)?|sharp))?(?:\s|$)")
_OF_FONT = re.compile(r"(?:^|\s)(?:material|google)-(?:icons?|symbols)")
"""The elements and names of icons, how their classes end, and those of the font with names of a single word (Material
Symbols): in other classes such a word may be shown as it is."""

DIALOGS = frozenset({"dialog", "alertdialog"})
"""Roles of dialogs over a page, closed or open (WAI-ARIA 1.2)."""

HEADINGS = word_set("h1 h2 h3 h4 h5 h6")
SUBHEADINGS = HEADINGS - {"h1"}
LABELS = SUBHEADINGS | {"summary"}
"""The elements that name what stands below them: headings, and the one that a click unfolds (`summary`)."""

_MOST_BUTTONS = 6
_TOP, _PASSAGES, _SEVERAL = 3, 4, 100
"""Places from a form that holds the page up to the body, passages in it, and what stands beside it in the body."""

_SILENT = word_set("script style noscript link input iframe template")

_OF_BROWSER = re.compile(
    r"\s*javascript:\s?(?:void\s?\(\s?)?(?:(?:window|self|top|parent|document)\.){0,2}(?:print|close|history\.\w+)\s?\(",
    re.I,
)

ROLES = {
    "heading": HEADINGS,
    "item": word_set("li dt dd"),
    "cell": word_set("td th"),
    "caption": word_set("figcaption caption"),
    "quote": word_set("blockquote"),
    "code": word_set("pre"),
    "frame": word_set("nav footer header aside form menu dialog"),
    "article": word_set("article main"),
}
"""What an element is by its tag; a block inside inherits the roles of every element around it."""

CONTROL, CONCEALED = "control", "concealed"
"""The roles of what stands in a button outside a paragraph or heading, and of what the page does not show at first."""

OUTSIDE = frozenset({"frame", CONTROL, CONCEALED})
"""The roles of what is mostly no part of a text, whatever it says, as the trees that judge blocks know them."""

APART = "apart"
"""The role of what stands in a part of the frame, but for a form that holds the page itself (`wraps_page`)."""

BESIDE = frozenset({APART, CONTROL, CONCEALED})
"""The roles of what is no part of a text by where it stands."""

SIGNS = {
    "body": r"article|content|story|entry|post|text|body|main|news|release|copy|prose",
    "frame": r"nav|menu|foot(?!note)|head(?:er)?(?![a-z]*line)|breadcrumb|crumb|sidebar|side|widget|masthead|banner|"
    r"logo",
    "comments": r"comment|disqus|respon[sd](?!iv)|repl(?:y|ies)|forum|review|testimonial|kommentar|reactie|коммент|"
    r"отзыв",
    "others": r"related|recommend|similar|popular|teaser|promo|more|most|latest|"
    r"recent|list|archive|also|trending|carousel|pag(?:er|inat)|next|prev",
    "service": r"share|sharing|social|follow|subscri|newsletter|sign-?up|login|cookie|consent|gdpr|popup|modal|print|"
    r"tool|button|btn|search|form|rating|vote|poll|advert|(?<![a-z])ads?(?![a-z])|sponsor|banner|promo|donat",
    "about": r"tags?(?![a-z])|categor|keyword|author|byline|meta|date|time|info|caption|credit|copyright|source|bio",
    "hidden": r"hidden|hide|none|sr-only|visually|invisible|noprint|no-print",
    "media": r"image|img|photo|picture|media|video|figure|caption|gallery|slide|thumb|foto|bild|credit",
    "lead": r"lead|intro|summary|abstract|excerpt|standfirst|subtitle|sub-?head|deck|chapo|teaser|description|sapo",
    "title": r"title|headline|heading",
}
"""What class and id names say of an element, by the words that site builders use."""

_NO_SIGN = re.compile(r"text-?formatted|formatted-?text|textmedia|research|information|platform", re.I)

CALLING = frozenset({"service", "comments"})
"""The signs of what calls on readers to do something."""

_ASIDE = frozenset({"aside", "figure", "blockquote"})
_LARGE = re.compile(r"(?:pull|block|key)-?_?quote|call-?out|zitat|citation", re.I)
_HOMES_ABOVE = 4
_BOXES = frozenset({"figure", "div"})

_ROLE_OF = {tag: role for role, tags in ROLES.items() for tag in tags}
_SIGN_OF = {name: re.compile(words) for name, words in SIGNS.items()}
_NAME_PART = re.compile(r"[A-Z]?[a-z]+(?:-up)?|[A-Z]{2,}")
_NO_SIGNS: frozenset[str] = frozenset()
_NO_ROLES: frozenset[str] = frozenset()


@dataclass(slots=True, eq=False)
class Container:
    """A block-level element as a place: `path` hashes the tags and first classes that lead to it, so that the same
    part of two pages of one site has the same path. `named` is its class and its id; `prose` is filled by whoever
    weighs the page: the characters of prose inside."""

    element: HtmlElement
    tag: str
    path: int
    above: Container | None
    depth: int
    roles: frozenset[str]
    named: str
    prose: float = 0.0
    weight: float = 0.0
    link: float = 0.0

    @property
    def signs(self) -> frozenset[str]:
        """What its class and id say of the element itself; read when asked for: most places are those of menus."""
        return _signs_of(self.named) if self.named else _NO_SIGNS

    @property
    def is_for_screen_readers(self) -> bool:
        """Whether it is only read out: a label of the site's, for those who do not see where they are."""
        return bool(self.named) and is_read_out(self.named)

    def upward(self) -> Iterable[Container]:
        container: Container | None = self
        while container is not None:
            yield container
            container = container.above


def plain_signs(place: Container) -> frozenset[str]:
    """What the class and id of a place say of it, but for names of plain text and of a subject that look like signs
    ("text-formatted", "textmedia", "research"). The trees that judge blocks were fitted to `Container.signs`."""
    return _signs_of(_NO_SIGN.sub("", place.named)) if place.named else _NO_SIGNS


def is_set_apart(place: Container) -> bool:
    """Whether a place stands beside a text, as a box or a quote in large type does."""
    return any(one.tag in _ASIDE or _LARGE.search(one.named) for one in islice(place.upward(), _HOMES_ABOVE))


def is_apart(place: Container) -> bool:
    """Whether a place stands in a part of the frame; the heading of a section may stand in a `header` of its own
    (HTML Standard, section 4.3.8)."""
    if APART not in place.roles or place.tag not in HEADINGS:
        return APART in place.roles
    header = next((one for one in islice(place.upward(), 1, 3) if one.tag == "header"), None)
    return header is None or header.above is None or APART in header.above.roles


def around_both(one: Container, other: Container) -> Container | None:
    """The innermost place that holds two places; a place holds itself."""
    around = set(one.upward())
    return next((place for place in other.upward() if place in around), None)


def table_of(place: Container) -> Container | None:
    """The innermost table that a place stands in."""
    return next((one for one in place.upward() if one.tag == "table"), None)


def wrapped(place: Container) -> Container:
    """The outermost of the boxes around a list or table that hold nothing else: a figure, a box to scroll it in."""
    while place.above is not None and place.above.tag in _BOXES and _is_alone(place.element):
        place = place.above
    return place


def _is_alone(element: HtmlElement) -> bool:
    return element.getprevious() is None and element.getnext() is None


@lru_cache(maxsize=2_000)
def is_read_out(named: str) -> bool:
    """Whether a class says that an element is only read out."""
    return _FOR_SCREEN_READERS.search(named) is not None


def is_amid_sentence(element: HtmlElement, before: Sequence[str]) -> bool:
    """Whether a sentence goes on behind an element that is not displayed: a note that explains a word of it."""
    last = element
    while (
        not (after := (last.tail or "")[:_NEAR].lstrip()) and last.getnext() is None and last.getparent().tag == "span"
    ):
        last = last.getparent()
    said = "".join(piece[-_NEAR:] for piece in before[-2:]).rstrip() if after else ""
    if not said or said[-1] in _ENDS:
        return False
    return (after[0].islower() or after[0] in _GOES_ON) and "visib" not in (element.get("style") or "").lower()


def is_icon(element: HtmlElement) -> bool:
    """Whether an element is an icon by its class, and its word the icon's name, which a font shows as a picture."""
    word = element.text
    if not word or element.tag not in _OF_ICONS or len(element) or _ICON_WORD.fullmatch(word) is None:
        return False
    named = element.get("class") or ""
    return _ICON.search(named) is not None and ("_" in word or _OF_FONT.search(named) is not None)


def leads(element: HtmlElement) -> bool:
    """Whether an element is a link: an anchor that has a name alone is a place to which others lead."""
    return element.tag == "a" and (element.get("name") is None or element.get("href") is not None)


def is_shadow(element: HtmlElement) -> bool:
    """Whether a template is a declarative shadow root, which browsers show in place."""
    return element.tag == "template" and element.get("shadowrootmode") is not None


def names_of(element: HtmlElement) -> str:
    """The class and the id of an element, which its author named it by; each cut, as a page may have any length."""
    return f"{(element.get('class') or '')[:_NAME]} {(element.get('id') or '')[:_NAME]}"


def wraps_page(form: HtmlElement) -> bool:
    """Whether a form holds the page itself, not fields alone, as some web servers build all their pages (ASP.NET Web
    Forms): it stands at the top of the body, and has its heading, main part or menu, or all that the body says."""
    above = [one.tag for one in islice(form.iterancestors(), _TOP)]
    if "body" not in above:
        return False
    if next(form.iter("h1", "main", "article", "nav"), None) is not None:
        return True
    beside = chain(form.itersiblings(), form.itersiblings(preceding=True))
    return (
        above[0] == "body"
        and _says_much(form)
        and all(not isinstance(one.tag, str) or one.tag in _SILENT for one in islice(beside, _SEVERAL))
    )


def _says_much(form: HtmlElement) -> bool:
    """Whether a form has several passages, and does not ask for a password."""
    passages = sum(1 for _ in islice(form.iter("p", "td", "h2"), _PASSAGES))
    return passages == _PASSAGES and not any(field.get("type") == "password" for field in form.iter("input"))


def place_of(element: HtmlElement, above: Container | None, own: str) -> Container:
    """The place of an element; `own` is a role that it has by itself."""
    tag = element.tag
    classes, number = (element.get("class"), element.get("id")) if tag != "body" else (None, None)
    named = f"{(classes or '')[:_NAME]} {(number or '')[:_NAME]}" if classes or number else ""
    if above is None:
        return Container(element, tag, _path(0, tag, named), None, 0, _with_roles(_NO_ROLES, tag, own), named)
    roles = _with_roles(above.roles, tag, own) if own or tag in _ROLE_OF else above.roles
    if tag == "form" and not wraps_page(element):
        roles = _with_roles(roles, "", APART)
    return Container(element, tag, _path(above.path, tag, named), above, above.depth + 1, roles, named)


@lru_cache(maxsize=1_000)
def _with_roles(roles: frozenset[str], tag: str, own: str) -> frozenset[str]:
    apart = APART if _ROLE_OF.get(tag) == "frame" and tag != "form" else ""
    return roles.union(role for role in (_ROLE_OF.get(tag), apart, own) if role)


@lru_cache(maxsize=1_000)  # the elements of a page are alike; a larger cache of what no other page has only takes time
def _path(above: int, tag: str, named: str) -> int:
    """The path of an element below a path."""
    first = _DIGITS.sub("#", named.split(None, 1)[0]) if named and not named.isspace() else ""
    return crc32(f"{above} {tag} {first}".encode("utf-8", "replace"))


@lru_cache(maxsize=2_000)
def _signs_of(named: str) -> frozenset[str]:
    """The signs of classes and ids."""
    return _joined(map(_signs_of_name, named.split()))


@lru_cache(maxsize=2_000)
def _signs_of_name(name: str) -> frozenset[str]:
    """The signs of a class or id, word by word (camelCase, hyphens divide)."""
    return _joined(_signs_of_word(word.lower()) for word in _NAME_PART.findall(name))


@lru_cache(maxsize=20_000)
def _signs_of_word(word: str) -> frozenset[str]:
    """The signs of a word in small letters."""
    return frozenset(sign for sign, pattern in _SIGN_OF.items() if pattern.search(word))


def _joined(several: Iterable[frozenset[str]]) -> frozenset[str]:
    """All signs of several words or names: mostly there are none, and no new set is made."""
    joined = _NO_SIGNS
    for signs in several:
        if signs:
            joined = joined | signs if joined else signs
    return joined


def is_of_browser(element: HtmlElement) -> bool:
    """Whether the links in an element do only what a browser's own buttons do: print the page, go back, close it."""
    links = [link.get("href") or "" for link in islice(element.iter("a"), _MOST_BUTTONS)]
    return bool(links) and all(map(_OF_BROWSER.match, links))
