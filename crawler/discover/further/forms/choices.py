"""Choices of years, months, pages or addresses, which lead to parts of a listing; asked for by GET. Pure.

What a form asks for by POST only a browser can ask for (RFC 9110: POST may change things), and is reported as such.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from lxml.html import HtmlElement

from archive.core.urls import canonical, host
from archive.text.calendar import MONTHS
from archive.text.eras import in_our_years
from crawler.discover.further.archives import archive_pages
from crawler.discover.further.counting.counters import counts
from crawler.discover.further.forms.fields import (
    MOST_FORMS,
    chosen_in,
    default_button,
    form_of,
    in_order,
    is_post,
    with_parameters,
)
from crawler.discover.links import Document

BROWSER = "further pages stand behind a form (POST) or a script: give its sitemap, or `render = true`"
"""What to say of pages that no GET request reaches."""

_MOST_OPTIONS = 240
_YEAR = re.compile(r"\D{0,12}?(19[6-9]\d|20[0-4]\d|1[34]\d\d|25[0-8]\d)\D{0,12}")
_MONTH_OF_A_YEAR = re.compile(
    r"(?:19[6-9]\d|20[0-4]\d)[-./_](?:0[1-9]|1[0-2])|(?:0?[1-9]|1[0-2])[-./_](?:19[6-9]\d|20[0-4]\d)"
)
_SIX_FIGURES = re.compile(r"(19[6-9]\d|20[0-4]\d)(?:0[1-9]|1[0-2])")
"""A month of a year where the option says that year or a month, too; else the number of anything."""

_JUMPS_TO = re.compile(r"['\"]([^'\"\s]{1,300}?)['\"]\s*\+\s*(?:this|\w+)\.(?:value|options)")
_POSTS_BACK = re.compile(r"__doPostBack\(|WebForm_DoPostBack|\bsubmitForm\(")


@dataclass(frozen=True)
class _Choice:
    """A select: the parameter that it is sent as ("": its value is the end of an address), its values with what they
    say, and whether each is a year (or a month of one: 2026-10), a month, a page or an address."""

    name: str
    options: tuple[tuple[str, str], ...]
    kind: str  # year, month, page, address, ""

    @property
    def everything(self) -> str | None:
        """The value that chooses all; None where there is none."""
        return next(
            (value for value, label in self.options if not value or value in _ALL or label.lower() in _ALL), None
        )


_ALL = frozenset(
    {"all", "0", "-1", "alle", "tous", "toutes", "todos", "todas", "tutti", "any", "_none", "*", "все", "全部"}
)


def choice_pages(tree: HtmlElement, base: str, url: str) -> Iterator[Document]:
    """The pages that the choices of a page lead to, the newest year first."""
    for select in _selects(tree):
        choice, form = _choice(select), form_of(select)
        address = _jump(select, form, base, url, choice)
        if choice.kind == "address":
            found = [(canonical(value, base), label) for value, label in choice.options if value]
            yield from archive_pages(((there, label) for there, label in found if there), url)
        elif choice.kind in {"year", "page"} and address:
            months = next((each for each in map(_choice, _others(form, select)) if each.kind == "month"), None)
            way, family = _family_of(choice, months)
            for there in _chosen_pages(select, form, choice, months, address):
                if there and host(there) == host(url):
                    yield Document(there, "listing", way, family)


def needs_a_browser(tree: HtmlElement) -> bool:
    """Whether further pages are asked for by POST, or by what only a browser keeps."""
    for element in tree.iter("a"):
        if _POSTS_BACK.search(element.get("href") or "") and re.search(
            r"\d|next|page", element.get("href") or "", re.I
        ):
            return True
    return any(
        (form := form_of(select)) is not None and is_post(form) and _choice(select).kind in {"year", "page"}
        for select in _selects(tree)
    )


def _family_of(choice: _Choice, months: _Choice | None) -> tuple[str, str]:
    """The way and family (see `Document`) of the pages of a choice; "" for both where it chooses numbers of pages."""
    if choice.kind != "year":
        return "", ""
    by_month = " by month" if months is not None and months.everything is None else ""
    return "form", f"form {choice.name}{by_month}"


def _chosen_pages(
    select: HtmlElement, form: HtmlElement | None, choice: _Choice, months: _Choice | None, address: str
) -> Iterator[str]:
    """The addresses to which each option leads, a year with each of its months; "" where that is none."""
    rest = _rest(form, select)
    for value in (value for value, _ in choice.options if value and value not in _ALL):
        for month in _values_of(months) if choice.kind == "year" else ({},):
            sent = in_order(form, {**rest, **month, choice.name: value})
            yield with_parameters(address, sent) if choice.name else canonical(f"{address}{value}")


def _selects(tree: HtmlElement) -> Sequence[HtmlElement]:
    return list(islice(tree.iter("select"), MOST_FORMS))


def _choice(select: HtmlElement) -> _Choice:
    options = []
    for option in select.iter("option"):
        said = " ".join("".join(option.itertext()).split())[:80]
        value = option.get("value")
        options.append((said if value is None else value.strip(), said))
        if len(options) == _MOST_OPTIONS:
            break
    jumps = _JUMPS_TO.search(select.get("onchange") or "")
    asked = re.split(r"[?&/]", jumps[1])[-1] if jumps and jumps[1].endswith(("=", "/")) else None
    name = select.get("name") or "" if asked is None else asked.removesuffix("=")
    kind = _kind(tuple(options), name, jumps is not None or _is_sent(select))
    return _Choice(name or ("" if asked == "" else select.get("id") or ""), tuple(options), kind)


def _is_sent(select: HtmlElement) -> bool:
    """Whether a form sends what is chosen, as far as its own script says: else the value may be an address."""
    change = select.get("onchange") or ""
    return bool(select.get("name")) and form_of(select) is not None and (not change or "submit" in change)


def _kind(options: tuple[tuple[str, str], ...], name: str, is_sent: bool) -> str:
    """What most options choose."""
    stated = [(value, label) for value, label in options if value and value not in _ALL]
    if not stated:
        return ""
    enough = max(2, len(stated) * 2 // 3) if len(stated) > 1 else 1
    months = [value for value, label in stated if _is_month_of_a_year(value, label)]
    if len(months) >= enough and (is_sent or not any("/" in value for value in months)):
        return "year"
    if sum("/" in value or value.startswith("?") for value, _ in stated) >= enough:
        return "address"
    if sum(bool(_YEAR.fullmatch(value) or _YEAR.fullmatch(in_our_years(label))) for value, label in stated) >= enough:
        return "year"
    if len(stated) >= 6 and sum(_names_a_month(label) for _, label in stated) >= enough:
        return "month"
    if all(value.isdecimal() for value, _ in stated) and counts(name, "2"):
        return "page"
    return ""


def _is_month_of_a_year(value: str, label: str) -> bool:
    figures = _SIX_FIGURES.fullmatch(value)
    if figures:
        return figures[1] in in_our_years(label) or _names_a_month(label)
    return bool(_MONTH_OF_A_YEAR.fullmatch(value))


def _names_a_month(label: str) -> bool:
    return any(word.casefold() in MONTHS for word in label.split())


def _jump(select: HtmlElement, form: HtmlElement | None, base: str, url: str, choice: _Choice) -> str:
    """The address that a choice is added to: its form's, or that which a script of it names; "" where none is."""
    if jumps := _JUMPS_TO.search(select.get("onchange") or ""):
        address = jumps[1] if jumps[1].endswith("/") else jumps[1].removesuffix(f"{choice.name}=").rstrip("?&")
        return canonical(address if jumps[1].endswith(("=", "/")) and address else url, base)
    if form is None:
        stated = select.get("data-url") or select.get("data-href") or select.get("hx-get") or ""
        return canonical(stated, base) if stated else url if choice.name and choice.kind == "year" else ""
    return "" if is_post(form) or not choice.name else canonical(form.get("action") or url, base)


def _others(form: HtmlElement | None, select: HtmlElement) -> list[HtmlElement]:
    return [other for other in form.iter("select") if other is not select] if form is not None else []


def _values_of(months: _Choice | None) -> list[dict[str, str]]:
    """The choices of a month beside a year: that of all months where there is one, else each, the latest first."""
    if months is None:
        return [{}]
    if months.everything is not None:
        return [{months.name: months.everything}]
    return [{months.name: value} for value, _ in reversed(months.options)]


def _rest(form: HtmlElement | None, select: HtmlElement) -> dict[str, str]:
    """What a form sends besides: hidden fields, of other choices what is chosen, and the button that sends it."""
    if form is None:
        return {}
    sent = {
        field.get("name") or "": field.get("value") or ""
        for field in form.iter("input")
        if (field.get("type") or "").lower() == "hidden" and not counts(field.get("name") or "", "2")
    }
    for other in _others(form, select):
        if (value := chosen_in(other)) is not None:
            sent[other.get("name") or ""] = value
    if not select.get("onchange") and (button := default_button(form)) is not None:
        sent[button.get("name") or ""] = button.get("value") or ""
    return {name: value for name, value in sent.items() if name and value and len(value) < 100}
