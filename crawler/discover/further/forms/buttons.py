"""Numbers of pages, and the next part of a list, on buttons of a form or as calls of a script that fill one. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from archive.core.urls import canonical, host
from archive.page.markup import words_of
from crawler.discover.further.counting.counters import counts
from crawler.discover.further.counting.same_listing import is_same_listing
from crawler.discover.further.forms.fields import (
    LONGEST_ADDRESS,
    MOST_FIELDS,
    MOST_FORMS,
    form_of,
    hidden_fields,
    is_post,
    sends,
    with_parameters,
)
from crawler.discover.further.pagers import moves_a_cursor
from crawler.discover.links import Document
from crawler.discover.vocabulary import BACK, LANGUAGE_PARAMETERS, hyphened

_FEWEST_STEPS = 3
_LONGEST_LABEL, _LONGEST_NUMBER = 60, 7
_CALLS_A_PAGE = re.compile(r"\b((?!__doPostBack)[\w.]{3,40})\(\s*['\"]?(\d{1,4})['\"]?\s*(?:,\s*[^)]{0,40})?\)")


def called_pages(tree: HtmlElement, base: str, url: str) -> Iterator[Document]:
    """Pages by number that a script asks for with a hidden field of a form: fn_page(2), pageIndex."""
    called = [
        (found[1], int(found[2]), words_of(element, _LONGEST_LABEL))
        for element in tree.iter("a")
        if (found := _CALLS_A_PAGE.search(f"{element.get('href') or ''} {element.get('onclick') or ''}"))
        and "javascript" in f"{element.get('href')} {'javascript' if element.get('onclick') else ''}"
    ]
    labelled = {name for name, number, said in called if said == str(number)}  # what opens a release says its title
    numbers = [number for name, number, _ in called if not labelled or name in labelled]
    field = next(
        (
            one
            for one in tree.iter("input")
            if counts(one.get("name") or "", "2") and (one.get("value") or "1").isdecimal()
        ),
        None,
    )
    if field is None or not numbers:
        return
    form = form_of(field)
    address = canonical((form.get("action") if form is not None else "") or url, base) or url
    for number in sorted({number for number in numbers if number > 1}):
        there = with_parameters(address, {**hidden_fields(form), field.get("name") or "": str(number)})
        if host(there) == host(url):
            yield Document(there, "listing")


def button_pages(tree: HtmlElement, base: str, url: str) -> Iterator[Document]:
    """Where buttons lead that are a form of their own: to the list with the cursor of its next part, a hidden field, or
    with the number of its page, the value of the button."""
    for form in islice(tree.iter("form"), MOST_FORMS):
        fields = list(form.iter("input", "select", "textarea"))
        kinds = {(field.get("type") or "text").lower() for field in fields}
        if is_post(form) or not kinds <= {"hidden", "submit", "button", "image"}:
            continue
        sent = {field.get("name") or "": field.get("value") or "" for field in fields if field.get("type") == "hidden"}
        sent = {name: value for name, value in sent.items() if name}
        address, stepped = canonical(form.get("action") or url, base), _in_steps(form)
        there = with_parameters(address, sent)
        own = with_parameters(
            url, {each: value for each, value in sent.items() if not value or each in LANGUAGE_PARAMETERS}
        )
        buttons = list(form.iter("button", "input"))
        if len(there) < LONGEST_ADDRESS and moves_a_cursor(there, url) and not any(map(_goes_back, buttons)):
            yield Document(there, "listing", "cursor")
        for button in (one for one in buttons if not _goes_back(one)):
            name, value = button.get("name") or "", button.get("value") or ""
            there = with_parameters(address, sent | {name: value})
            is_counted = _says(button) and counts(name, value) and is_same_listing(there, own)
            if is_counted or ((name, value) in stepped and urlsplit(there).path == urlsplit(url).path):
                yield Document(there, "listing")


def _in_steps(form: HtmlElement) -> frozenset[tuple[str, str]]:
    """Names and values of the buttons of a form that say the numbers of pages, and send how many items lie before each:
    1, 2, 3 with 0, 20, 40, or with 1, 21, 41 the first of each. A vote (1 to 5 with 20 to 100), an amount to give and a
    size do not begin there, and pages of one item (1 to 5 with 1 to 5) are none."""
    buttons = [(button, _says(button)) for button in islice(form.iter("button", "input"), MOST_FIELDS)]
    sent = {int(said): (one.get("name") or "", one.get("value") or "") for one, said in buttons if said.isdecimal()}
    names = {name for name, _ in sent.values()}
    are_numbers = all(value.isdecimal() and len(value) <= _LONGEST_NUMBER for _, value in sent.values())
    if len(sent) < _FEWEST_STEPS or len(names) != 1 or not are_numbers:
        return frozenset()
    places = sorted((number, int(value)) for number, (_, value) in sent.items())
    (first, start), (second, then) = places[:2]
    step, rest = divmod(then - start, second - first)
    before = {value - (number - 1) * step for number, value in places}
    is_even = step > 1 and not rest and before <= {0, 1} and len(before) == 1 and all(names)
    return frozenset((name, value) for name, value in sent.values() if is_even and int(value))


def _goes_back(button: HtmlElement) -> bool:
    return not BACK.isdisjoint(hyphened(_says(button)).split("-"))


def _says(button: HtmlElement) -> str:
    if not sends(button):
        return ""
    return words_of(button, _LONGEST_LABEL) if button.tag == "button" else (button.get("value") or "")[:_LONGEST_LABEL]
