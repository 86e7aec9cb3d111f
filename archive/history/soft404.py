"""How a page that says that nothing is there is known among the pages of its source. Pure.

A server that answers 200 for a missing address gives its "not found" page away when it is asked for an address that
surely is missing (Bar-Yossef et al., "Sic transit gloria telae", WWW 2004). No release says what that page says.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit, urlunsplit

from archive.core.ids import number_of
from archive.history.identity import is_named_by
from archive.text.lines import normalize

_WORD = re.compile(r"[^\W\d_]+")
_FIGURE = re.compile(r"\d+(?:[.,:/-]\d+)*")
_FEW, _LIKE = 2, 0.8
"""Figures in which two texts of one page differ at most, and the share of a text's words that the other has too."""

_BEGINNING = 2_000
"""Characters of a text that are looked for on a page of which only the beginning is known."""

_MESSAGE, _SHORT = 1_000, 80
"""Characters of a text that is only an error's message, and of a line in it that says nothing of the error itself."""

_ERROR = re.compile(
    r"""(?:fatal|parse|catchable\sfatal)\ error:|\b(?:warning|notice|deprecated):\ .*\bon\ line\ \d+|
    \bin\ /\S+\ on\ line\ \d+|
    \buncaught\ \w*(?:error|exception)|error\ establishing\ a\ database|\bSQLSTATE\[|\bORA-\d{4,5}|\bmysqli?_\w+\(\)|
    traceback\ \(most\ recent|server\ error\ in\ '|there\ has\ been\ a\ critical\ error|\bjava\.lang\.\w+|
    encountered\ an\ (?:unexpected|internal|unknown)?\ ?error|something\ went\ wrong|application\ error\ occurred|
    unexpected\ error\ (?:has\ )?occurred|unerwarteter\ fehler|erreur\ (?:inattendue|est\ survenue|s['’]est\ produite)|
    se\ ha\ producido\ un\ error|si\ è\ verificato\ un\ errore|ocorreu\ um\ erro|wystąpił\ (?:\w+\ )?błąd|
    произошла\ (?:\w+\ )?ошибка|сталася\ (?:\w+\ )?помилка|エラーが発生|오류가\ 발생|发生(?:了)?错误|bir\ hata\ oluştu|
    \bstack\ trace:|^\s*(?:\d{3}\s+)?(?:internal\ server\ error|service\ (?:temporarily\ )?unavailable|bad\ gateway|
    gateway\ time-?out|too\ many\ connections)\b""",
    re.IGNORECASE | re.VERBOSE,
)
_NUMBER = re.compile(r"(?<!\d)(?!(?:19|20)\d\d(?:\d\d){0,2}(?!\d))\d{3,}")  # a day or a year names no page
_MORE, _LONG = 3, 9
"""Digits by which a number that cannot exist is longer than a known one, and those that it has at least."""

_LAST_PART = re.compile(r"[^/]+?(?P<end>\.\w{1,5})?(?P<slash>/?)$")


@dataclass(frozen=True)
class Missing:
    """What a source's page for a surely missing address said, or its home page or list (`front`: its address).

    `above` is the folder in which a missing address lay, if the folder could name a release; else "". `listed`: the
    page was no text but a list or a home page, and `text` is how it begins (`Rejection`). `at`: when that was first
    seen (ISO 8601).
    """

    title: str
    text: str
    above: str = ""
    front: str = ""
    listed: bool = False
    at: str = field(default="", compare=False)


@dataclass(frozen=True)
class SitePages:
    """What a source's site says at addresses that are no release's.

    `missing`: texts of its page for missing addresses. `instead`: what else it may show for one: its home page, its
    lists, told apart from each other. `everywhere`: what it says at two of its front pages, as a site does whose server
    is out of order, or which lets nobody in. `perhaps`: what may be either, because no two front pages were looked at,
    or a missing address showed it that is no front page: so does a site that has come to show it everywhere.
    """

    missing: tuple[Missing, ...] = ()
    instead: tuple[Missing, ...] = ()
    everywhere: tuple[Missing, ...] = ()
    perhaps: tuple[Missing, ...] = ()

    def __contains__(self, page: Missing) -> bool:
        return any(page in pages for pages in (self.missing, self.instead, self.everywhere, self.perhaps))


def site_pages(samples: Sequence[Missing]) -> SitePages:
    """The pages of a site, told apart by where each was seen."""
    fronts = [page for page in samples if page.front]
    walls = [page for page in fronts if _is_one_of(page, [one for one in fronts if one.front != page.front])]
    everywhere = tuple(page for page in samples if _is_one_of(page, walls))
    apart = [page for page in samples if page not in everywhere]
    known = len({page.front for page in fronts}) > 1
    return SitePages(
        tuple(page for page in apart if not (page.front or page.listed)),
        tuple(page for page in apart if page.front and known),
        everywhere,
        tuple(page for page in apart if (page.front and not known) or (page.listed and not page.front)),
    )


def is_read_from(title: str, text: str, pages: Sequence[Missing]) -> bool:
    """Whether what was read as a text has the title of one of these pages, and mostly says what that says."""
    headed, begins = _words(title), text[:_BEGINNING]
    return bool(headed) and any(_words(page.title) == headed and _within(begins, page.text) for page in pages)


def is_list_of(title: str, text: str, pages: Sequence[Missing]) -> bool:
    """Whether a list or home page (`text`: how it begins) is one of these, also of those that were read as a text.

    Two pages with a long menu begin alike, and all pages of a site may have one title of their own: what was read as
    the title must be the same, too.
    """
    headed, called = _words(title), text.partition("\n")[0]
    alike = [page for page in pages if _words(page.title) == headed]
    return any(
        _words(page.text.partition("\n")[0]) == _words(called) and _within(text, page.text) and _within(page.text, text)
        if page.listed
        else bool(headed) and _within(page.text, text)
        for page in alike
    )


def text_mark(text: str) -> int | None:
    """A number that two pages share when they say the same, figures included; None where there are no words."""
    return _mark("text", text)


def title_mark(title: str) -> int | None:
    """A number that two pages with one title share."""
    return _mark("title", title)


def says_missing(title: str, text: str, pages: Sequence[Missing], url: str = "") -> bool:
    """Whether a page says what one of these did: the same text, or under the same title words mostly of that text.

    Not if what was asked for lay below an address that names the page at `url`: a server that looks at `/press/4017`
    alone shows the release for `/press/4017/no-such-page`, too.
    """
    pages = [page for page in pages if not (page.above and is_named_by(page.above, url, title))]
    if not pages:
        return False
    said, headed = _words(text), _words(title)
    return bool(said) and any(
        (said == _words(page.text) and _few_figures_differ(text, page.text))
        or (bool(headed) and headed == _words(page.title) and _within(text, page.text))
        for page in pages
    )


def is_error_message(title: str, text: str) -> bool:
    """Whether a page's only text is an error message of its server's software."""
    lines = [line for line in (title, *text.split("\n")) if line.strip()]
    return (
        len(text) <= _MESSAGE
        and any(map(_ERROR.search, lines))
        and all(_ERROR.search(line) or len(line) <= _SHORT for line in lines)
    )


def missing_address(url: str, word: str) -> str:
    """An address beside another that surely is missing, of its form: `word` in place of its last part.

    A number above that part may name the page: it becomes one that no page has.
    """
    parts = urlsplit(url)
    path = _LAST_PART.sub(lambda last: f"{word}{last['end'] or ''}{last['slash']}", parts.path)
    if path == parts.path:
        return urlunsplit((parts.scheme, parts.netloc, f"/{word}", "", ""))
    folder, name, end = path.rpartition(word)
    above, slash, number = folder.rstrip("/").rpartition("/")
    unknown = _NUMBER.sub(lambda found: "9" * min(len(found[0]) + _MORE, max(_LONG, len(found[0]))), number)
    path = f"{above}{slash}{unknown}/{name}{end}" if slash else path
    return urlunsplit((parts.scheme, parts.netloc, path, "", ""))


def folder_above(address: str) -> str:
    """The folder of an address, if its name may be that of a page: it has a number or several words; else ""."""
    parts = urlsplit(address)
    above = [part for part in parts.path.split("/") if part][:-1]
    if not above or not (_NUMBER.search(above[-1]) or len(_WORD.findall(above[-1])) > 1):
        return ""
    return urlunsplit((parts.scheme, parts.netloc, f"/{'/'.join(above)}/", "", ""))


def _is_one_of(page: Missing, others: Sequence[Missing]) -> bool:
    return (is_list_of if page.listed else is_read_from)(page.title, page.text, others)


def _mark(what: str, said: str) -> int | None:
    return number_of(what, normalize(said.lower())) if _WORD.search(said) else None


def _words(text: str) -> list[str]:
    return _WORD.findall(text.lower())


def _few_figures_differ(text: str, other: str) -> bool:
    """Whether two texts have the same figures but for one or two, as the number of an error or the time it came."""
    own, others = Counter(_FIGURE.findall(text)), Counter(_FIGURE.findall(other))
    return max((own - others).total(), (others - own).total()) <= _FEW


def _within(text: str, other: str) -> bool:
    words, known = Counter(_WORD.findall(text.lower())), Counter(_WORD.findall(other.lower()))
    return (words & known).total() >= _LIKE * words.total()
