"""Whether a page is that of a server or a domain without a site, or says that it cannot be shown. Pure."""

from __future__ import annotations

import re
from itertools import chain

from archive.extract.notices.shown import Shown, barred_parts, is_nearly_all, sentences

_NO_SITE = re.compile(
    r"welcome to nginx!?|apache\d? .{0,20}default page.{0,20}|it works!?|iis windows server|index of /.*|"
    r"(?:http server )?test page(?: for .{0,40}\bserver.{0,20})?|"
    r"(?:default|parked) (?:web ?site|plesk|domain|web)? ?page|"
    r"(?:this )?(?:web ?site |site |page )?(?:is )?(?:coming soon|under construction)\W*|"
    r"(?:this )?(?:account|site|web ?site) (?:has been )?suspended|this domain is (?:parked|for sale|"
    r"expired)\W*",
    re.I,
)
_FOR_SALE = re.compile(
    r"(?:this|the) (?:web ?site |domain )(?:name )?(?:may be|is|has) (?:for sale|available for purchase|expired|"
    r"parked)|"
    r"\bbuy this domain|(?:nginx|apache\d?) web ?server is successfully|diese domain (?:steht zum verkauf|kaufen)|"
    r"ce (?:nom de )?domaine est à vendre|este dominio está (?:en venta|a la venta)|домен (?:продаётся|продается|"
    r"припаркован)",
    re.I,
)
"""What is said of a domain or a server that has no site of its own."""

_FEW_WORDS = 3
"""Words of each part of a title, and of a heading, that name no more than a domain."""

_NOT_FOR_YOU = re.compile(
    r"(?:un|not |no longer )support(?:ed)? (?:web ?)?browser|browser (?:is |you are using is )?(?:not|no longer|"
    r"un) ?supported|"
    r"browser is (?:out of date|outdated|too old)|browser (?:ist veraltet|wird nicht)|"
    r"navigateur (?:n['’]est (?:pas|plus) |non )|navegador no (?:es )?(?:compatible|soportado)|"
    r"(?:(?:this|the) (?:content|page|site|article) is )?"
    r"(?:not|un) ?available in your (?:region|country|location|area)|in ihrem land nicht verfügbar|"
    r"pas disponible dans votre (?:pays|région)|no (?:está )?disponible en su (?:país|región)|"
    r"недоступ\w+ в ваш\w+ (?:стране|регионе)",
    re.I,
)
_FAILURE = re.compile(
    r"(?:error|problem) (?:has |was )?occurred|(?:(?:we['’]re )?sorry,? (?:but )?)?something (?:went|has gone) wrong|"
    r"(?:internal|unexpected) (?:server )?error|"
    r"(?:es ist )?(?:ein )?(?:\w+ )?fehler (?:ist )?aufgetreten|erreur (?:s['’]est produite|est survenue)|"
    r"producido un error|"
    r"verificato un errore|ocorreu um erro|iets (?:mis|fout) ?gegaan|wystąpił błąd|произошла ошибка|сталася помилка|"
    r"hata oluştu|došlo k chybě|hiba történt|noget gik galt|noe gikk galt|något gick fel|エラーが発生|오류가 발생|"
    r"发生错误|"
    r"發生錯誤|حدث خطأ|đã xảy ra lỗi|terjadi kesalahan",
    re.I,
)
_STATUS = re.compile(
    r"(?:http\W*)?(?:error\W*)?(?:code\W*)?(?:5\d\d\W*)?(?:internal server error|bad gateway|gateway time-?out|"
    r"proxy error|backend fetch failed|bandwidth limit exceeded|error establishing a database connection|"
    r"(?P<plain>service (?:temporarily )?unavailable|application error|connection timed out|web server is down|"
    r"origin is unreachable))(?:\W*error code 5\d\d)?\W*",
    re.I,
)
"""What servers and those before them are called by their failures (RFC 9110, section 15.6, and names of their own);
`plain` are those that people say of a ferry, too."""

_NUMBERED = re.compile(r"\b5\d\d\b")
_OF_SERVERS = re.compile(r"\b(?:server|your request|webmaster|administrator|http|could not be served)\b", re.I)
"""What the failure of a server says below its name."""

_LONGEST_MESSAGE = 1000
"""Characters of the text of such a page: it says what a visitor or the owner may do."""

_SCRIPTING = (
    r"enabl|disabled|turn(?:ed)? (?:on|off)|switch|requires?\b|need|allow|support|aktivier|activ|ativ|attiv|autoris|"
    r"habilit|włącz|включ|увімкн|有効|启用|啟用|활성|사용|etkin"
)
_NEEDS_SCRIPT = re.compile(
    rf"(?:{_SCRIPTING})[^\n]{{0,60}}\bJava\s?Script|\bJava\s?Script\b[^\n]{{0,60}}(?:{_SCRIPTING})", re.I
)


def is_of_no_site(shown: Shown) -> bool:
    """Whether a page is that of a server without a site, of a domain without an owner, or of a site to come."""
    parts = [[part.strip() for part in barred_parts(title)] for title in (shown.title, shown.page_title)]
    if any(map(_NO_SITE.fullmatch, (shown.heading, *(first for first, *_ in parts)))):
        return True
    says_little = all(len(part.split()) <= _FEW_WORDS for part in (shown.heading, *chain.from_iterable(parts)))
    return says_little and _FOR_SALE.search(sentences(shown.text)[0]) is not None


def is_for_others(shown: Shown) -> bool:
    """Whether a title or heading says next to nothing but that the page is not shown to this browser or country."""
    return any(is_nearly_all(_NOT_FOR_YOU.search(words), words) for words in (shown.title, shown.heading))


def says_failure(shown: Shown) -> bool:
    """Whether a title or heading says next to nothing but that something failed."""
    return any(is_nearly_all(_FAILURE.search(words), words) for words in (shown.title, shown.heading))


def is_server_error(shown: Shown) -> bool:
    """Whether a page with little text has no other title or heading than the failure of a server."""
    if len(shown.text) > _LONGEST_MESSAGE:
        return False
    named = [(found, words) for words in (shown.title, shown.heading) if (found := _STATUS.fullmatch(words))]
    return any(not found["plain"] or _NUMBERED.search(words) for found, words in named) or (
        bool(named) and _OF_SERVERS.search(shown.text) is not None
    )


def needs_scripts(shown: Shown) -> bool:
    """Whether a text asks to switch JavaScript on."""
    return _NEEDS_SCRIPT.search(shown.text) is not None
