"""Forms and choices that lead to parts of a listing: years, months, pages; asked for by GET. Pure.

What a form asks for by POST only a browser can ask for (RFC 9110: POST may change things), and is reported as such.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from urllib.parse import parse_qsl, urlencode, urlsplit

from lxml.html import HtmlElement

from archive.core.urls import canonical, host
from archive.page.markup import words_of
from archive.text.calendar import MONTHS
from archive.text.eras import in_our_years
from crawler.discover.address_parts import is_near
from crawler.discover.further.archives import archive_pages
from crawler.discover.further.counting.counters import counts, counts_items, next_number
from crawler.discover.further.counting.same_listing import is_same_listing
from crawler.discover.further.pagers import moves_a_cursor
from crawler.discover.links import Document
from crawler.discover.vocabulary import BACK, LANGUAGE_PARAMETERS, hyphened

BROWSER = "further pages stand behind a form (POST) or a script: give its sitemap, or `render = true`"
"""What to say of pages that no GET request reaches."""

_MOST_OPTIONS = 240
_MOST_SELECTS = 12
_FEWEST_STEPS = 3
_LONGEST_ADDRESS, _LONGEST_LABEL, _LONGEST_NUMBER = 2_000, 60, 7
_MOST_FIELDS, _LONGEST_VALUE, _AROUND = 60, 300, 3
"""Fields of a form that are read, characters of one's value, elements around a form that may say where it is sent."""

_COUNTER = "page"
_FRAMES = frozenset({"header", "nav", "footer"})
_ASKED = re.compile(r"data-(?:\w+-)*(?:url|action|endpoint|href|src|ajax|api)")
_YEAR = re.compile(r"\D{0,12}?(19[6-9]\d|20[0-4]\d|1[34]\d\d|25[0-8]\d)\D{0,12}")
_MONTH_OF_A_YEAR = re.compile(
    r"(?:19[6-9]\d|20[0-4]\d)[-./_](?:0[1-9]|1[0-2])|(?:0?[1-9]|1[0-2])[-./_](?:19[6-9]\d|20[0-4]\d)"
)
_SIX_FIGURES = re.compile(r"(19[6-9]\d|20[0-4]\d)(?:0[1-9]|1[0-2])")
"""A month of a year where the option says that year or a month, too; else the number of anything."""

_JUMPS_TO = re.compile(r"['\"]([^'\"\s]{1,300}?)['\"]\s*\+\s*(?:this|\w+)\.(?:value|options)")
_POSTS_BACK = re.compile(r"__doPostBack\(|WebForm_DoPostBack|\bsubmitForm\(")
_CALLS_A_PAGE = re.compile(r"\b((?!__doPostBack)[\w.]{3,40})\(\s*['\"]?(\d{1,4})['\"]?\s*(?:,\s*[^)]{0,40})?\)")


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


def form_pages(tree: HtmlElement, base: str, url: str) -> Iterator[Document]:
    """The pages that the choices of a page lead to, the newest year first."""
    for select in _selects(tree):
        choice, form = _choice(select), _form_of(select)
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
    yield from _called_pages(tree, base, url)
    yield from _buttons(tree, base, url)


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
            sent = _in_order(form, {**rest, **month, choice.name: value})
            yield _with(address, sent) if choice.name else canonical(f"{address}{value}")


def _buttons(tree: HtmlElement, base: str, url: str) -> Iterator[Document]:
    """Where buttons lead that are a form of their own: to the list with the cursor of its next part, a hidden field, or
    with the number of its page, the value of the button."""
    for form in islice(tree.iter("form"), _MOST_SELECTS):
        fields = list(form.iter("input", "select", "textarea"))
        kinds = {(field.get("type") or "text").lower() for field in fields}
        if _is_post(form) or not kinds <= {"hidden", "submit", "button", "image"}:
            continue
        sent = {field.get("name") or "": field.get("value") or "" for field in fields if field.get("type") == "hidden"}
        sent = {name: value for name, value in sent.items() if name}
        address, stepped = canonical(form.get("action") or url, base), _in_steps(form)
        there = _with(address, sent)
        own = _with(url, {each: value for each, value in sent.items() if not value or each in LANGUAGE_PARAMETERS})
        buttons = list(form.iter("button", "input"))
        if len(there) < _LONGEST_ADDRESS and moves_a_cursor(there, url) and not any(map(_goes_back, buttons)):
            yield Document(there, "listing", "cursor")
        for button in (one for one in buttons if not _goes_back(one)):
            name, value = button.get("name") or "", button.get("value") or ""
            there = _with(address, sent | {name: value})
            is_counted = _says(button) and counts(name, value) and is_same_listing(there, own)
            if is_counted or ((name, value) in stepped and urlsplit(there).path == urlsplit(url).path):
                yield Document(there, "listing")


def _in_steps(form: HtmlElement) -> frozenset[tuple[str, str]]:
    """Names and values of the buttons of a form that say the numbers of pages, and send how many items lie before each:
    1, 2, 3 with 0, 20, 40, or with 1, 21, 41 the first of each. A vote (1 to 5 with 20 to 100), an amount to give and a
    size do not begin there, and pages of one item (1 to 5 with 1 to 5) are none."""
    buttons = [(button, _says(button)) for button in islice(form.iter("button", "input"), _MOST_FIELDS)]
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
    if not _sends(button):
        return ""
    return words_of(button, _LONGEST_LABEL) if button.tag == "button" else (button.get("value") or "")[:_LONGEST_LABEL]


def more_of_forms(tree: HtmlElement, base: str, url: str, shown: int, has_button: bool) -> Iterator[Document]:
    """Where scripts ask for more of a list with all that a form sends: filters in hidden fields, what is chosen, and
    the number of the next page.

    That stands in a field of the form, or, where the page has a button for more (`has_button`), in none. The form is
    sent to its own address, or to that which an attribute of it, or around it, states. `shown`: releases on the page.
    """
    for form in islice(tree.iter("form"), _MOST_SELECTS):
        around = [form, *islice(form.iterancestors(), _AROUND)]
        if _is_post(form) or any(one.tag in _FRAMES or one.get("role") == "search" for one in form.iterancestors()):
            continue
        sent = list(_sent(form))
        counters = [(name, value) for name, value in sent if counts(name, value)]
        stated = form.get("action") or next(filter(None, map(_asked, around)), "")
        there = canonical(stated or url, base)
        is_elsewhere = urlsplit(there).path != urlsplit(url).path
        if not is_near(there, url) or not (counters or (has_button and is_elsewhere and any(dict(sent).values()))):
            continue
        name, value = counters[0] if counters else (_COUNTER, "")
        rest = [(each, held) for each, held in sent if held and each not in {name, *dict(counters)}]
        number = next_number(int(value or 1), counts_items(f"?{name}=1"), shown)
        query = urlencode([*parse_qsl(urlsplit(there).query), *rest, (name, str(number))])
        address = canonical(urlsplit(there)._replace(query=query).geturl())
        if len(address) < _LONGEST_ADDRESS:
            yield Document(address, "listing", "load more", f"load more by form {urlsplit(there).path}")


def _sent(form: HtmlElement) -> Iterator[tuple[str, str]]:
    """The fields that a form sends as it stands."""
    for field in islice(form.iter("input", "select"), _MOST_FIELDS):
        name, kind = field.get("name") or "", (field.get("type") or "text").lower()
        if field.tag == "select":
            value = _chosen(field) or ""
        elif kind == "hidden" or (kind in {"checkbox", "radio"} and field.get("checked") is not None):
            value = field.get("value") or ""
        else:
            continue
        if name and len(value) < _LONGEST_VALUE:
            yield name, value


def _chosen(select: HtmlElement) -> str | None:
    """The value that a select sends as it stands; None where it has no options."""
    options = list(select.iter("option"))
    chosen = next((one for one in options if one.get("selected") is not None), options[0] if options else None)
    return None if chosen is None else chosen.get("value") or ""


def _asked(element: HtmlElement) -> str:
    """The address that an attribute of an element says is asked."""
    stated = ((str(name), str(value)) for name, value in element.attrib.items())
    return next((value for name, value in stated if _ASKED.fullmatch(name) and value.startswith(("/", "http"))), "")


def needs_a_browser(tree: HtmlElement) -> bool:
    """Whether further pages are asked for by POST, or by what only a browser keeps."""
    for element in tree.iter("a"):
        if _POSTS_BACK.search(element.get("href") or "") and re.search(
            r"\d|next|page", element.get("href") or "", re.I
        ):
            return True
    return any(
        (form := _form_of(select)) is not None and _is_post(form) and _choice(select).kind in {"year", "page"}
        for select in _selects(tree)
    )


def _selects(tree: HtmlElement) -> Sequence[HtmlElement]:
    found = []
    for select in tree.iter("select"):
        found.append(select)
        if len(found) == _MOST_SELECTS:
            break
    return found


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
    return bool(select.get("name")) and _form_of(select) is not None and (not change or "submit" in change)


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


def _form_of(select: HtmlElement) -> HtmlElement | None:
    return next(select.iterancestors("form"), None)


def _is_post(form: HtmlElement) -> bool:
    return (form.get("method") or "get").strip().lower() == "post"


def _jump(select: HtmlElement, form: HtmlElement | None, base: str, url: str, choice: _Choice) -> str:
    """The address that a choice is added to: its form's, or that which a script of it names; "" where none is."""
    if jumps := _JUMPS_TO.search(select.get("onchange") or ""):
        address = jumps[1] if jumps[1].endswith("/") else jumps[1].removesuffix(f"{choice.name}=").rstrip("?&")
        return canonical(address if jumps[1].endswith(("=", "/")) and address else url, base)
    if form is None:
        stated = select.get("data-url") or select.get("data-href") or select.get("hx-get") or ""
        return canonical(stated, base) if stated else url if choice.name and choice.kind == "year" else ""
    return "" if _is_post(form) or not choice.name else canonical(form.get("action") or url, base)


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
        if (value := _chosen(other)) is not None:
            sent[other.get("name") or ""] = value
    if not select.get("onchange") and (button := _default_button(form)) is not None:
        sent[button.get("name") or ""] = button.get("value") or ""
    return {name: value for name, value in sent.items() if name and value and len(value) < 100}


def _default_button(form: HtmlElement) -> HtmlElement | None:
    """The button that sends a form, and whose name and value go with it: the first (HTML, 4.10.21.2)."""
    return next((one for one in form.iter("button", "input") if _sends(one)), None)


def _sends(field: HtmlElement) -> bool:
    return (field.get("type") or ("submit" if field.tag == "button" else "text")).lower() == "submit"


def _in_order(form: HtmlElement | None, sent: dict[str, str]) -> dict[str, str]:
    """What is sent, in the order of the form's fields, as a browser sends it."""
    names = [field.get("name") for field in form.iter("input", "select", "button")] if form is not None else []
    return dict(sorted(sent.items(), key=lambda each: names.index(each[0]) if each[0] in names else len(names)))


def _with(address: str, parameters: dict[str, str]) -> str:
    """An address with parameters, which replace those of their name."""
    parts = urlsplit(address)
    kept = [(name, value) for name, value in parse_qsl(parts.query) if name not in parameters]
    return canonical(parts._replace(query=urlencode([*kept, *parameters.items()])).geturl())


def _called_pages(tree: HtmlElement, base: str, url: str) -> Iterator[Document]:
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
    form = next(field.iterancestors("form"), None)
    address = canonical((form.get("action") if form is not None else "") or url, base) or url
    for number in sorted({number for number in numbers if number > 1}):
        there = _with(address, {**_hidden(form), field.get("name") or "": str(number)})
        if host(there) == host(url):
            yield Document(there, "listing")


def _hidden(form: HtmlElement | None) -> dict[str, str]:
    if form is None:
        return {}
    return {
        field.get("name") or "": field.get("value") or ""
        for field in form.iter("input")
        if (field.get("type") or "").lower() == "hidden" and field.get("value") and len(field.get("value") or "") < 100
    }
