"""Whether a page asks to log in, or for a password, in the place of what it is to show. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import chain, islice

from lxml.html import HtmlElement

from archive.page.places import UNSEEN, names_of

_SIGN_IN = re.compile(
    r"\W*(?:please |bitte |member |press )?(?:(?:sign|log)[ -]?in|login|anmeld(?:en|ung)|einloggen|connexion|"
    r"se connecter|inici(?:ar|e) sesión|acced[ei]|inloggen|logga in|log ind|zaloguj(?: się)?|logowanie|"
    r"вход|войти|увійти)"
    r"(?: (?:to|for|zum|zur|à) .{1,40})?\W*",
    re.I,
)
_LOGIN_NEEDED = re.compile(
    r"\W*(?:log-?\s?in|sign[ -]?in|authentication|anmeldung|login|connexion|authentification|inicio de sesión|"
    r"accesso|autenticazione|inloggen|logowanie|вход|авторизация)\s(?:is )?(?:required|needed|erforderlich|notwendig|"
    r"requise|"
    r"nécessaire|obligatoire|requerido|necesario|richiest[oa]|necessari[oa]|vereist|wymagane|обязательн\w+|"
    r"необходим\w*)\W*",
    re.I,
)
_MOST_INPUTS, _LINE = 1_000, 60
_OF_EVERY_PAGE = frozenset({"header", "nav", "aside", "footer", "dialog", "template", "noscript"})
_AT_ITS_EDGE = re.compile(
    r"head(?!line)|foot|nav|menu|side|modal|popup|overlay|dialog|drawer|dropdown|hidden|widget|"
    r"(?<!no-)comment(?!s-(?:closed|off|open))",
    re.I,
)


def needs_login(heading: str) -> bool:
    """Whether a heading says no more than that a login is needed."""
    return _LOGIN_NEEDED.fullmatch(heading) is not None


def is_of_login(heading: str) -> bool:
    """Whether a heading is that of a form to log in."""
    return _SIGN_IN.fullmatch(heading) is not None


def asks_for_password(tree: HtmlElement, text: str) -> bool:
    """Whether a page that shows little or no text asks for a password in its place, in whatever words or none.

    A form that stands at the edge of every page (in its header, beside the text, in a dialog), among its comments, or
    above the text, is none that stands in its place.
    """
    asked = [
        one for one in islice(tree.iter("input"), _MOST_INPUTS) if one.get("type", "").strip().lower() == "password"
    ]
    own = _away_from_edges(asked)
    if own is None:
        return False
    begin = " ".join(text.split())[:_LINE]
    below = " ".join(" ".join(own.xpath("following::text()[not(parent::script or parent::style)]")).split())
    return not begin or begin not in below


def _away_from_edges(asked: Iterable[HtmlElement]) -> HtmlElement | None:
    """The first of these elements that stands in no edge of the page. Each place around them is looked at once."""
    apart: set[HtmlElement] = set()
    for one in asked:
        path: list[HtmlElement] = []
        for place in chain((one,), one.iterancestors()):
            path.append(place)
            if place in apart or _is_edge(place):
                apart.update(path)
                break
        else:
            return one
    return None


def _is_edge(element: HtmlElement) -> bool:
    if element.tag in ("body", "html"):
        return False
    named = names_of(element)
    hidden = element.get("hidden") is not None or UNSEEN.search(element.get("style") or "") is not None
    return hidden or element.tag in _OF_EVERY_PAGE or _AT_ITS_EDGE.search(named) is not None
