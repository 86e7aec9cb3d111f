"""What a form sends, and how its address is made of it. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from urllib.parse import parse_qsl, urlencode, urlsplit

from lxml.html import HtmlElement

from archive.core.urls import canonical

MOST_FORMS = 12
"""Forms of a page, and choices, that are read."""

LONGEST_ADDRESS = 2_000
MOST_FIELDS, _LONGEST_VALUE, _LONGEST_HIDDEN = 60, 300, 100
"""Fields of a form that are read, and characters of one's value."""


def form_of(field: HtmlElement) -> HtmlElement | None:
    """The form that a field stands in; None where there is none."""
    return next(field.iterancestors("form"), None)


def is_post(form: HtmlElement) -> bool:
    """Whether a form is sent by POST."""
    return (form.get("method") or "get").strip().lower() == "post"


def sent_by(form: HtmlElement) -> Iterator[tuple[str, str]]:
    """The fields that a form sends as it stands."""
    for field in islice(form.iter("input", "select"), MOST_FIELDS):
        name, kind = field.get("name") or "", (field.get("type") or "text").lower()
        if field.tag == "select":
            value = chosen_in(field) or ""
        elif kind == "hidden" or (kind in {"checkbox", "radio"} and field.get("checked") is not None):
            value = field.get("value") or ""
        else:
            continue
        if name and len(value) < _LONGEST_VALUE:
            yield name, value


def chosen_in(select: HtmlElement) -> str | None:
    """The value that a select sends as it stands; None where it has no options."""
    options = list(select.iter("option"))
    chosen = next((one for one in options if one.get("selected") is not None), options[0] if options else None)
    return None if chosen is None else chosen.get("value") or ""


def hidden_fields(form: HtmlElement | None) -> dict[str, str]:
    """The hidden fields of a form, without long ones: those of its state."""
    if form is None:
        return {}
    return {
        field.get("name") or "": field.get("value") or ""
        for field in form.iter("input")
        if (field.get("type") or "").lower() == "hidden" and 0 < len(field.get("value") or "") < _LONGEST_HIDDEN
    }


def without_state(tree: HtmlElement, url: str) -> str:
    """The address of a page without what a form of it sends beside what is chosen: hidden fields and its button. Many
    pagers leave that out."""
    if not (query := urlsplit(url).query):
        return url
    forms = (form for form in islice(tree.iter("form"), MOST_FORMS) if not is_post(form))
    fields = (field for form in forms for field in islice(form.iter("input", "button"), MOST_FIELDS))
    state = {field.get("name") for field in fields if (field.get("type") or "").lower() == "hidden" or sends(field)}
    kept = [(name, value) for name, value in parse_qsl(query, keep_blank_values=True) if name not in state]
    return canonical(urlsplit(url)._replace(query=urlencode(kept)).geturl())


def default_button(form: HtmlElement) -> HtmlElement | None:
    """The button that sends a form, and whose name and value go with it: the first (HTML, 4.10.21.2)."""
    return next((one for one in form.iter("button", "input") if sends(one)), None)


def sends(field: HtmlElement) -> bool:
    """Whether an element is a button that sends its form."""
    return (field.get("type") or ("submit" if field.tag == "button" else "text")).lower() == "submit"


def in_order(form: HtmlElement | None, sent: dict[str, str]) -> dict[str, str]:
    """What is sent, in the order of the form's fields, as a browser sends it."""
    names = [field.get("name") for field in form.iter("input", "select", "button")] if form is not None else []
    return dict(sorted(sent.items(), key=lambda each: names.index(each[0]) if each[0] in names else len(names)))


def with_parameters(address: str, parameters: dict[str, str]) -> str:
    """An address with parameters, which replace those of their name."""
    parts = urlsplit(address)
    kept = [(name, value) for name, value in parse_qsl(parts.query) if name not in parameters]
    return canonical(parts._replace(query=urlencode([*kept, *parameters.items()])).geturl())
