"""What scripts ask for where a list has more: all that a form sends, with the number of the next page. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from urllib.parse import parse_qsl, urlencode, urlsplit

from lxml.html import HtmlElement

from archive.core.urls import canonical
from crawler.discover.address_parts import is_near
from crawler.discover.further.counting.counters import counts, counts_items, next_number
from crawler.discover.further.forms.fields import LONGEST_ADDRESS, MOST_FORMS, is_post, sent_by
from crawler.discover.links import Document

_COUNTER = "page"
_AROUND = 3
"""Elements around a form that may say where it is sent."""

_FRAMES = frozenset({"header", "nav", "footer"})
_ASKED = re.compile(r"data-(?:\w+-)*(?:url|action|endpoint|href|src|ajax|api)")


def more_of_forms(tree: HtmlElement, base: str, url: str, shown: int, has_button: bool) -> Iterator[Document]:
    """Where scripts ask for more of a list with all that a form sends: filters in hidden fields, what is chosen, and
    the number of the next page.

    That stands in a field of the form, or, where the page has a button for more (`has_button`), in none. The form is
    sent to its own address, or to that which an attribute of it, or around it, states. `shown`: releases on the page.
    """
    for form in islice(tree.iter("form"), MOST_FORMS):
        around = [form, *islice(form.iterancestors(), _AROUND)]
        if is_post(form) or any(one.tag in _FRAMES or one.get("role") == "search" for one in form.iterancestors()):
            continue
        sent = list(sent_by(form))
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
        if len(address) < LONGEST_ADDRESS:
            yield Document(address, "listing", "load more", f"load more by form {urlsplit(there).path}")


def _asked(element: HtmlElement) -> str:
    """The address that an attribute of an element says is asked."""
    stated = ((str(name), str(value)) for name, value in element.attrib.items())
    return next((value for name, value in stated if _ASKED.fullmatch(name) and value.startswith(("/", "http"))), "")
