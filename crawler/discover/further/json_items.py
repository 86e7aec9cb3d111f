"""Items of JSON: an object that has an address and a title is a release; what is called next is the next page. Pure.

What an interface calls them is not asked: WordPress, JSON:API, OData, newsrooms for rent each have names of their own.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote, urlencode, urlsplit

from archive.core.model import Link
from archive.core.urls import canonical
from archive.text.dates import read_moment
from crawler.discover.address_parts import is_near
from crawler.discover.further.counting.counters import counts
from crawler.discover.further.counting.same_listing import is_same_listing
from crawler.discover.items.click_counters import target_of
from crawler.discover.links import Document
from crawler.discover.vocabulary import hyphened_name

_MOST_VALUES = 200_000
"""Values of an answer that are looked at."""

_SHORTEST = 6
"""Characters of a title."""

_ADDRESS = re.compile(
    r"(?:^|-)(?:url|uri|link|href|permalink|path|slug|web-url|canonical|detail|address|guid|to|loc|"
    r"adresse|adres|lien|enlace|lenke|länk|odkaz|ссылка)(?:-|$)|url$|link"
)
"""Names of what leads to a release (as `hyphened` writes them): url, permalink, page-slug, detail-url."""
_NO_ADDRESS = re.compile(
    r"image|img|thumb|media|photo|icon|logo|author|avatar|category|tag|self|api|pdf|file|video|share|srcset"
)
"""Names that would be one, and are that of something beside it: image-url, author-link."""
_TITLES = (
    "title|headline|titel|titre|t[ií]tulo|titolo|tittel|titlu|tytu[lł]|titul|n[aá]zev|nadpis|naslov|c[ií]m|otsikko|"
    "rubrik|overskrift|pealkiri|virsraksts|antra[sš]t[eė]|ba[sş]l[iı]k|judul|tajuk|ti[eê]u-?[dđ][eề]|τίτλος|"
    "заголовок|название|тақырып|العنوان|عنوان|כותרת|标题|標題|タイトル|제목"
)
_TITLE = re.compile(rf"(?:^|-)(?:{_TITLES}|name|subject|heading|teaser-title|text|label)(?:-|$)")
"""Names of what may be a title; those of the table alone surely are one."""
_SURELY_A_TITLE = re.compile(rf"(?:^|-)(?:{_TITLES})(?:-|$)")
_DAYS = (
    "datum|fecha|data|dato|d[aá]tum|dat[aă]|kuup[aä]ev|p[aä]iv[aä]|pvm|datums|tarih|tanggal|tarikh|ng[aà]y|ημερομηνία|"
    "дата|күні|التاريخ|تاريخ|תאריך|日期|日付|날짜"
)
"""What interfaces of other languages call a title, and a day."""
_PUBLISHED = re.compile(
    rf"(?:^|-)(?:date|published|publish|released?|created|datetime|pub|posted|day|time|at|{_DAYS})(?:-|$)|date$"
)
_NEXT = re.compile(
    r"^(?:@?odata\.?)?next(?:-?(?:page|link|url|href|page-?url|page-?link|uri|results))*$|^load-more(?:-url)?$|^more(?:-url)?$"
)
_NEXT_CURSOR = re.compile(
    r"^(?:next-?|end-?)?(?:cursor|page-?token|token|after|offset|start)$|^next-(?:page|offset|cursor|token|start)$"
)
_PAGE = re.compile(r"^(?:current-?)?page(?:-?(?:number|index|no))?$|^current$")
_PAGES = re.compile(r"^(?:(?:total|max|num|number-of|last)-?pages?|pages(?:-?(?:count|total))?|page-?(?:count|total))$")
_OFFSET = re.compile(r"^(?:offset|skip|start)$")
_PER_PAGE = re.compile(r"^(?:limit|size|page-?size|per-?page|count|rows)$")
_TOTAL = re.compile(r"^(?:total|num-?found|hits|count)(?:-?(?:count|results|items|elements|hits))?$")
_HAS_MORE = re.compile(r"^(?:has|is|there-is)-?(?:more|next)(?:-?(?:pages?|results|items))?$")
"""How answers call the number of their page, how many there are, their first item and its like."""

_ODATA = ("@odata.count", "odata.count", "@count")
"""How answers of OData call the number of all items."""


def values_of(held: Any) -> Iterator[tuple[str, Any]]:
    """The objects and texts of a JSON value with their keys, in its order, without recursion and bounded."""
    todo: list[tuple[str, Any]] = [("", held)]
    for _ in range(_MOST_VALUES):
        if not todo:
            return
        name, one = todo.pop()
        yield name, one
        if isinstance(one, dict):
            todo += [(str(inner), value) for inner, value in reversed(list(one.items()))]
        elif isinstance(one, list):
            todo += [(name, value) for value in reversed(one)]


def item_of(one: dict[str, Any], url: str) -> Link | None:
    """An object as a release: its address, title and day; None where it has no address or no title."""
    stated = _stated(one)
    title = title_of(one)
    address = next(
        (
            there
            for name, text in sorted(stated.items(), key=lambda each: _rank(each[0]))
            if _ADDRESS.search(name)
            and not _NO_ADDRESS.search(name)
            and is_address(text)
            and (there := target_of(canonical(text, url)))
        ),
        "",
    )
    if (
        not title
        or not address
        or _is_page_of(address, url)
        or not urlsplit(address).path.strip("/") + urlsplit(address).query
    ):
        return None
    return Link(address, title, is_published(one), via=url)


def _is_page_of(address: str, url: str) -> bool:
    """Whether an address is that of the same answer with another page: links of pagers have titles, too."""
    return urlsplit(address).path == urlsplit(url).path and is_same_listing(address, url)


def title_of(one: dict[str, Any]) -> str:
    """What an object is called; "" where it has no title of some length."""
    called = sorted(_stated(one).items(), key=lambda each: not _SURELY_A_TITLE.search(each[0]))
    found = next((text for name, text in called if _TITLE.search(name) and len(text) >= _SHORTEST), "")
    return html.unescape(re.sub(r"<[^>]{1,200}>", "", found))[:500]


def is_published(one: dict[str, Any]) -> str:
    """When an object says that it was published, as a moment; "" where it does not."""
    stated = _stated(one).items()
    return next((day for name, text in stated if _PUBLISHED.search(name) and (day := read_moment(text, ""))), "")


def _stated(one: dict[str, Any]) -> dict[str, str]:
    return {hyphened_name(str(name)): _text(value) for name, value in one.items()}


def _rank(name: str) -> int:
    """An address that is called a link to a page before one that is only called a path."""
    return 0 if re.search(r"permalink|detail|web|canonical|^link$|^url$|^href$", name) else 1


def _text(value: Any) -> str:
    """A value as text: itself, or what an object of one renders (WordPress: "rendered", Drupal: "alias")."""
    if isinstance(value, str):
        return value.strip()[:2000]
    if isinstance(value, dict):
        names = ("rendered", "value", "alias", "href", "url", "html", "en", "text")
        held = [value.get(name) for name in names] if len(value) > 1 else list(value.values())
        return next((one.strip()[:2000] for one in held if isinstance(one, str)), "")
    if isinstance(value, list) and value and isinstance(value[0], str | dict):
        return _text(value[0])
    return ""


def is_address(text: str) -> bool:
    """Whether a text is an address and nothing else."""
    return text.startswith(("http://", "https://", "/", "./", "?")) and not re.search(r"[\s<>]", text)


def next_pages(one: dict[str, Any], url: str, cursor: str = "") -> Iterator[Document]:
    """The next page that an object names: an address, or a cursor that the address of this one takes.

    `cursor` is the parameter that a cursor is given in ("": by what the cursor is called).
    """
    is_place = any(_PER_PAGE.search(hyphened_name(str(name))) for name in one)
    for name, value in one.items():
        called = hyphened_name(str(name))
        text = str(value) if isinstance(value, int) and not isinstance(value, bool) else _text(value)
        if not text or value is True or text == "0" or (is_place and _OFFSET.search(called)):
            continue
        if _NEXT.search(called) and is_address(text):
            there = canonical(text, url)
            if there and is_near(there, url):
                yield Document(there, "listing", "json", f"json {urlsplit(there).path}")
        elif _NEXT_CURSOR.search(called) and len(text) < 400 and not re.search(r"[\s<>/]", text):
            there = _with_cursor(called, text, url, cursor)
            if there:
                yield Document(there, "listing", "json", f"json {urlsplit(there).path}")


def counted_page(one: dict[str, Any], url: str) -> Iterator[Document]:
    """The next page of an answer, where an object says only which page it is and that there are more."""
    is_named = any(_NEXT.search(name) or name.startswith("next-") for name in map(hyphened_name, map(str, one)))
    counted = {} if is_named else _next_number(one) or _skipped(one, url) or _echoed(one, url)
    pieces = [piece for piece in urlsplit(url).query.split("&") if piece]
    if counted and not any(counts(*piece.partition("=")[::2]) for piece in pieces):
        kept = [piece for piece in pieces if unquote(piece.partition("=")[0]) not in counted]
        query = "&".join([*kept, urlencode(counted)])
        there = canonical(urlsplit(url)._replace(query=query).geturl())
        yield Document(there, "listing", "json", f"json {urlsplit(there).path}")


def _next_number(one: dict[str, Any]) -> dict[str, str]:
    """The parameter of the next page, by what an object says of its own place: {"page": 1, "totalPages": 9} or
    {"offset": 0, "limit": 10, "total": 83}; empty where it does not, or where it is the last one."""
    numbers = _numbers(one)
    (_, page), (_, pages) = _called(_PAGE, numbers), _called(_PAGES, numbers)
    (start, offset), (_, size), (_, total) = (_called(names, numbers) for names in (_OFFSET, _PER_PAGE, _TOTAL))
    has_more = any(value is True and _HAS_MORE.search(hyphened_name(str(name))) for name, value in one.items())
    if start and size > 0 and (has_more or offset + size < total):
        return {start: str(offset + size)}
    return {"page": str(page + 1)} if page >= 0 and (has_more or page < pages) else {}


def _skipped(one: dict[str, Any], url: str) -> dict[str, str]:
    """The parameter of the next items of an answer of OData, which states how many there are in all (OData 4.01, URL
    conventions, section 5.1.7: $skip); empty where it has the last."""
    items, total = one.get("value"), next((one[name] for name in _ODATA if name in one), None)
    if not isinstance(items, list) or not items or not str(total).isdecimal():
        return {}
    asked = dict(piece.partition("=")[::2] for piece in urlsplit(url).query.replace("%24", "$").split("&"))
    passed = int(asked["$skip"]) if asked.get("$skip", "").isdecimal() else 0
    return {"$skip": str(passed + len(items))} if passed + len(items) < int(str(total)) else {}


def _numbers(one: dict[str, Any]) -> dict[str, int]:
    """The whole numbers that an object states, also as text ("total": "108"); none below zero."""
    said = {str(name): value for name, value in one.items() if type(value) in (int, str)}
    return {name: int(value) for name, value in said.items() if re.fullmatch(r"[0-9]{1,9}", str(value))}


def _called(names: re.Pattern[str], numbers: dict[str, int]) -> tuple[str, int]:
    """The first number of such a name, with it."""
    return next(((name, each) for name, each in numbers.items() if names.search(hyphened_name(name))), ("", -1))


def _echoed(one: dict[str, Any], url: str) -> dict[str, str]:
    """The parameter of the next items, whatever its name: an answer repeats it (`os=20` with {"os": 20, "rows": 20,
    "total": 108}) beside how many items it has and how many there are; empty where it does not."""
    numbers = _numbers(one)
    (size_name, size), (total_name, total) = _called(_PER_PAGE, numbers), _called(_TOTAL, numbers)
    asked = dict(piece.partition("=")[::2] for piece in urlsplit(url).query.split("&"))
    for name in numbers.keys() - {size_name, total_name}:
        start = numbers[name]
        if asked.get(name) == str(start) and size > 0 and start % size == 0 and start + size < total:
            return {name: str(start + size)}
    return {}


def _with_cursor(called: str, value: str, url: str, stated: str) -> str:
    """This address with a cursor: in the parameter that is stated for it, in that which the address already has for
    one, else in one of the cursor's name."""
    parts = urlsplit(url)
    pieces = [piece for piece in parts.query.split("&") if piece]
    bare = re.sub(r"^(?:next|end)-?", "", called) or called
    names = [piece.partition("=")[0] for piece in pieces]
    alike = {bare, bare.replace("-", "_"), bare.replace("-", ""), "cursor", "after", "page_token", "pageToken", "token"}
    alike |= {"page", "paged"} if bare == "page" else {"offset", "start"} if bare in {"offset", "start"} else set()
    name = stated or next((each for each in names if each in alike), bare.replace("-", "_"))
    if dict(piece.partition("=")[::2] for piece in pieces).get(name) == value:
        return ""
    kept = [piece for piece in pieces if piece.partition("=")[0] != name]
    return canonical(parts._replace(query="&".join([*kept, f"{name}={value}"])).geturl())
