"""Whether a page asks for consent to cookies in the place of what it is to show. Pure."""

from __future__ import annotations

import re

from archive.extract.notices.shown import Shown, sentences, title_parts

_URL = re.compile(r"//consent\.|/consent\b|/cookie-?wall|guce\.|/privacy-?gate|/gdpr", re.I)
_TEXT = re.compile(
    r"cookies?|consent|privacy|gdpr|our partners|vendors|personali[sz]ed (?:ads|content)|zustimm|einwillig|"
    r"datenschutz|werbung|"
    r"consentement|acceptez|consentimiento|согласи|обработк\w+ персональных|consenso|toestemming|zgod[aęy]|souhlas|"
    r"samtykke|hozzájárul|(?:our|unser\w*|nos|nuestros|nostri|nossos|onze) (?:\d+ )?partner\w*|"
    r"personali(?:zzat|zad|sé)\w*|(?:dati|datos|dados|données|dane|osobní) (?:personal\w+|"
    r"pers\w+|osob\w+)|"
    r"persoonsgegevens|annunci|publicidad|publicité|publicidade",
    re.I,
)
_TITLE = re.compile(
    r"consent|cookie|privacy|datenschutz|zustimmung|einwilligung|consentement|consentimiento|consenso|toestemming|"
    r"before you continue|bevor sie fortfahren|avant d'accéder",
    re.I,
)
_HEADING = re.compile(
    r"\W*(?:before you continue|bevor sie (?:fortfahren|weiterlesen)|avant de continuer|antes de continuar|"
    r"prima di continuare|voordat (?:je|u) (?:verder|doorgaat)|"
    r"(?:your|ihre|votre|su|la tua) (?:privacy|privatsphäre|vie privée|privacidad)\b|"
    r"(?:we|wir|nous) (?:value|care about|respect\w*|schätzen|respectons) (?:your|ihre|votre)|"
    r"cookie[- ]?(?:consent|settings|notice|wall|einstellungen)|consent (?:required|needed|settings))",
    re.I,
)
"""How the first heading of a page begins that asks for consent."""

_NAME = re.compile(
    r"(?:cookie-?\s?)?(?:consent|einwilligung|zustimmung|consentement|consentimiento|consenso|toestemming)"
    r"(?:\s(?:required|needed|page|form|manager|management|settings|notice|banner|wall|erforderlich|verwalten))?",
    re.I,
)
"""A part of a title that is nothing but the name of such a page."""

_READER = re.compile(
    r"\b(?:[Yy]our?|Ihre?[mnrs]?|Ihnen|(?<=[a-zäöüß,] )Sie|[Dd]eine?[mnrs]?|[Vv]ous|[Vv]otre|[Vv]os|"
    r"[Uu]sted(?:es)?|[Tt]u(?:s|o|oi|a)?|[Vv]ostr[oaie]|[Uu]w|[Jj]e|[Jj]ouw|[Vv]ocê|[Tt]woj[aeą]|[Tt]wo(?:ich|im)|"
    r"Państwa|[Vv]áš|[Vv]aš[eií]\w*|[Dd]in[ea]?|[Dd]itt?|Ön|[Вв]ы|[Вв]аш\w*)\b"
)
"""Who is asked: "you" and "your"."""

_MANY_WORDS = 3
"""Different words of the kind from which a text counts as one that asks."""


def asks_for_consent(shown: Shown, url: str) -> bool:
    """Whether two of these ask for consent: its address, its title or first heading, its text."""
    headed = _TITLE.search(shown.title) is not None or _is_headed(shown)
    return _signs(shown, url) + headed >= 2


def asks_at_length(shown: Shown, url: str) -> bool:
    """Whether a longer page asks for consent: in its first heading or title, and in its address or text."""
    return _is_headed(shown) and _signs(shown, url) >= 1


def is_all_of_consent(shown: Shown) -> bool:
    """Whether most sentences of a text ask its reader, as those of a wall before a newspaper do, whatever its heading
    says."""
    said = [one for one in sentences(shown.text) if one.strip()]
    asking = sum(_TEXT.search(one) is not None for one in said)
    return (
        len(said) > 1 and 2 * asking > len(said) and _signs(shown, "") == 1 and _READER.search(shown.text) is not None
    )


def _is_headed(shown: Shown) -> bool:
    """Whether a page is named, or headed, by nothing but a demand for consent."""
    titled = any(_NAME.fullmatch(part.strip()) for part in title_parts(shown.page_title))
    return titled or _HEADING.match(shown.heading) is not None


def _signs(shown: Shown, url: str) -> int:
    """How many of the address and the text ask."""
    return bool(_URL.search(url)) + (len(set(_TEXT.findall(shown.text.lower()))) >= _MANY_WORDS)
