"""How much speaks for a page being the challenge of a firewall: prove that you are no robot, come more slowly. Pure."""

from __future__ import annotations

import re
from itertools import islice

from lxml.html import HtmlElement

from archive.extract.features import weight
from archive.extract.notices.shown import VERY_SHORT, Shown, sentence_ends

_TOO_MANY = (
    "too many requests|zu viele anfragen|trop de requêtes|demasiad[ao]s (?:solicitudes|peticiones)|troppe richieste|"
    "muitas (?:solicitações|requisições)|te veel (?:aan)?vragen|zbyt wiele (?:żądań|zapytań)|слишком много запросов|"
    "забагато запитів|çok fazla istek|请求过(?:多|于频繁)|リクエストが多すぎ|요청이 너무 많|طلبات كثيرة"
)
_TITLE = re.compile(
    rf"^\W*(?:error\W*)?(?:429\W*)?(?:{_TOO_MANY})\s*(?:[|–—:·.!-]|$)|"
    r"just a moment|attention required|access (?:to this page has been )?denied|are you (?:a )?(?:robot|human)|"
    r"robot check|"
    r"ddos-guard|pardon our interruption|checking your browser|security check|verify (?:that )?you are|"
    r"human verification|captcha|"
    r"request unsuccessful|your access to this site|"
    r"^(?:the )?request(?:ed url)? (?:was )?rejected|^(?:4\d\d\W{1,3})?(?:forbidden|"
    r"not acceptable)!?\W*$|"
    r"^(?:vercel )?(?:security checkpoint|client challenge|bot (?:check|manager|detection|verification)|"
    r"sicherheitsüberprüfung)\s*(?:[|–—·.!-]|$)|"
    r"^(?:one moment|please wait|hold on)\W*(?:please)?\W*$|making sure you['’]re not a bot|"
    r"the request could not be satisfied|^(?:(?:sorry,?\s)?(?:you (?:have been|are)|access|request|"
    r"your ip)\s)?blocked\W*$|"
    r"проверка браузера|доступ ограничен|один момент|un momento|einen moment",
    re.I,
)
_MARKUP = re.compile(
    r"cf[-_]chl|challenge-platform|cf-browser-verification|_Incapsula_|datadome|px-captcha|g-recaptcha|h-captcha|"
    r"ddos-guard|awswaf|sucuri_cloudproxy|perimeterx",
    re.I,
)
_TEXT = re.compile(
    rf"{_TOO_MANY}|enable javascript and cookies|unusual (?:traffic|activity)|you are not a (?:robot|bot)|"
    r"you are (?:a )?human|"
    r"(?:you|access|request|ip(?: address)?|connection) (?:has|have) been blocked|"
    r"press (?:&|and) hold|making sure you['’]re not a bot|"
    r"checking (?:if the site|your browser)|не робот|bot protection",
    re.I,
)
_REFUSAL_TEXT = re.compile(
    r"you don['’]t have permission to access [^\n]{1,200} on this server|errors\.edgesuite\.net|"
    r"requested url was rejected|consult with your administrator|request (?:could not be satisfied|was blocked)|"
    r"this (?:web ?)?site [^\n.]{0,30}security (?:service|system|rules?|policy|solution)[^\n.]{0,60}"
    r"(?:protect|block|attack)|incident id\b|"
    r"triggered the security|limited by the site owner|(?:support|incident|event|reference) id ?:|"
    r"ray id|set up anubis|protect the server against|block(?:ed)? (?:technical data|reason:)|"
    r"(?:your|ihr|su|votre|il tuo|il suo|seu|uw|din|twoj\w+|ваш\w*) (?:browser|navegador|navigateur|przeglądark\w+|"
    r"браузер\w*) "
    r"(?:is being|wird|está siendo|est en cours|viene|jest|провер)[^\n]{0,30}(?:check|verif|überprüf|vérif|comprob|"
    r"sprawdz|"
    r"провер)",
    re.I,
)
"""What a firewall says beside its refusal, that people do not say of themselves."""

_MOST_MARKED, _LONGEST_SCRIPT, _LONGEST_MARKS, _BEGINNING = 1_000, 400, 20_000, 1_000
_SHORT_TITLE, _FEW_SENTENCES = 8, 2
"""Words of a title that may be a challenge's, and sentences of a text that says no more than that."""


def challenge_signs(tree: HtmlElement, shown: Shown, is_article: bool) -> int:
    """How many signs of a challenge a page shows: its title, what its text says (two at most), its markup.

    `is_article`: it states when it was published, and has sentences. Then its title and heading say nothing.
    """
    elements = islice(tree.iter("script", "form", "div"), _MOST_MARKED)
    marks = " ".join(map(_mark, elements))
    names = () if is_article else (shown.title, shown.page_title)
    titled = {name for name in names if len(name.split()) <= _SHORT_TITLE and _TITLE.search(name)}
    heading = "" if is_article or titled == {shown.heading} else shown.heading  # what is said once is one sign
    beginning = shown.text[:_BEGINNING]
    in_title = bool(titled)
    told = int(any(map(_TEXT.search, (beginning, heading))))
    told += _REFUSAL_TEXT.search(beginning if in_title else shown.title + beginning) is not None
    most = 1 if not in_title and sentence_ends(beginning) > _FEW_SENTENCES else 2
    signs = in_title + min(told, most)
    if not signs and (is_article or weight(shown.text) >= VERY_SHORT):
        return 0
    return signs + bool(_MARKUP.search(marks[:_LONGEST_MARKS]))


def _mark(element: HtmlElement) -> str:
    """What tells of an element whose it is: the address of a script, a name, or the beginning of a script."""
    return element.get("src") or element.get("id") or element.get("class") or (element.text or "")[:_LONGEST_SCRIPT]
