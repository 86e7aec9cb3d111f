"""What kind of page a response holds; only a release becomes an article.

What stands in the place of a page (an error, a challenge, a demand for consent or payment) shows in its words. A list
of other pages is known by the signs that `list_signs` sums, or by the build of the whole page (`classifier`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import partial
from itertools import islice
from math import log1p

from archive.core.model import PageKind
from archive.extract.classifier import list_likeness
from archive.extract.features import PageFeatures, weight
from archive.extract.list_signs import Sign, link_signs, listing_signs, score, sign_points, stated_signs
from archive.extract.maintenance import (
    is_for_others,
    is_of_no_site,
    says_failure,
    says_maintenance,
    says_no_more,
    says_nothing_found,
)
from archive.extract.page_features import Described, describe, is_root
from archive.extract.paywall import asks_for_password, asks_to_subscribe
from archive.metadata.title import fold
from archive.page.jsonld import ARTICLE_TYPES, words
from archive.page.markup import StatedMarkup

NEEDS_SCRIPTS = "shows no text without its scripts"
_LISTING_SCORE = 4.0
_LISTING_LIKENESS, _NAMED_LIKENESS, _ARTICLE_LIKENESS = -0.2, 1.75, -2.0
"""Log-odds from which a page counts as a list, those for one that a feed or a listing named as a release, and those up
to which it is none, whatever the signs say."""
_UNKNOWN = -1.0
"""Log-odds of a page whose build says nothing: neither those of a list nor those of an article."""
_FEWEST_TARGETS = 12
"""Addresses that a page must lead to before its build is judged: those that the trees were fitted to have more."""
_OFFERS = frozenset({"product", "productgroup", "individualproduct", "jobposting"})
_PARTS = re.compile(r"\s[|–—·»:-]\s|:\s")
_MOST_MARKED = 1_000

_NOT_FOUND = re.compile(
    r"(?:^|[|–—:·-]\s*)404(?:\s*[|–—:·-]|\W*$)|404\W{1,3}(?:error|not found|page)|"
    r"(?:error|erreur|fehler|errore|błąd|ошибка|помилка|código|hata|http|status)\W{1,3}404\b|"
    r"(?:page|document|article|file|content)\s(?:could\s)?(?:was\s)?not\s(?:be\s)?(?:found|available)|"
    r"^not found|no longer (?:exists|available)|"
    r"nicht gefunden|page introuvable|page non trouvée|página no encontrada|no se encuentra|pagina non trovata|"
    r"não encontrada|"
    r"nie (?:została )?znalezion|страница не найдена|не найден|сторінк\w+ не знайден|бет табылмады|"
    r"табылмады|δεν βρέθηκε|"
    r"sayfa bulunamadı|sidan (?:kunde inte hittas|finns inte)|页面不存在|找不到|頁面不存在|الصفحة غير موجودة|غير موجود",
    re.I,
)
_TOO_MANY = (
    "too many requests|zu viele anfragen|trop de requêtes|demasiad[ao]s (?:solicitudes|peticiones)|troppe richieste|"
    "muitas (?:solicitações|requisições)|te veel (?:aan)?vragen|zbyt wiele (?:żądań|zapytań)|слишком много запросов|"
    "забагато запитів|çok fazla istek|请求过(?:多|于频繁)|リクエストが多すぎ|요청이 너무 많|طلبات كثيرة"
)
_CHALLENGE_TITLE = re.compile(
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
_CHALLENGE_MARKUP = re.compile(
    r"cf[-_]chl|challenge-platform|cf-browser-verification|_Incapsula_|datadome|px-captcha|g-recaptcha|h-captcha|"
    r"ddos-guard|awswaf|sucuri_cloudproxy|perimeterx",
    re.I,
)
_CHALLENGE_TEXT = re.compile(
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
_CONSENT_URL = re.compile(r"//consent\.|/consent\b|/cookie-?wall|guce\.|/privacy-?gate|/gdpr", re.I)
_CONSENT_TEXT = re.compile(
    r"cookies?|consent|privacy|gdpr|our partners|vendors|personali[sz]ed (?:ads|content)|zustimm|einwillig|"
    r"datenschutz|werbung|"
    r"consentement|acceptez|consentimiento|согласи|обработк\w+ персональных|consenso|toestemming|zgod[aęy]|souhlas|"
    r"samtykke|hozzájárul|(?:our|unser\w*|nos|nuestros|nostri|nossos|onze) (?:\d+ )?partner\w*|"
    r"personali(?:zzat|zad|sé)\w*|(?:dati|datos|dados|données|dane|osobní) (?:personal\w+|"
    r"pers\w+|osob\w+)|"
    r"persoonsgegevens|annunci|publicidad|publicité|publicidade",
    re.I,
)
_CONSENT_TITLE = re.compile(
    r"consent|cookie|privacy|datenschutz|zustimmung|einwilligung|consentement|consentimiento|consenso|toestemming|"
    r"before you continue|bevor sie fortfahren|avant d'accéder",
    re.I,
)
_CONSENT_HEADING = re.compile(
    r"\W*(?:before you continue|bevor sie (?:fortfahren|weiterlesen)|avant de continuer|antes de continuar|"
    r"prima di continuare|voordat (?:je|u) (?:verder|doorgaat)|"
    r"(?:your|ihre|votre|su|la tua) (?:privacy|privatsphäre|vie privée|privacidad)\b|"
    r"(?:we|wir|nous) (?:value|care about|respect\w*|schätzen|respectons) (?:your|ihre|votre)|"
    r"cookie[- ]?(?:consent|settings|notice|wall|einstellungen)|consent (?:required|needed|settings))",
    re.I,
)
"""How the first heading of a page begins that asks for consent."""
_CONSENT_NAME = re.compile(
    r"(?:cookie-?\s?)?(?:consent|einwilligung|zustimmung|consentement|consentimiento|consenso|toestemming)"
    r"(?:\s(?:required|needed|page|form|manager|management|settings|notice|banner|wall|erforderlich|verwalten))?",
    re.I,
)
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
_PAGE_WORD = re.compile(
    r"\b(?:page|site|document|file|content|article|url|link|address|seite|inhalt|adresse|contenu|página|pagina|contenido|documento|"
    r"strona|stron[aey]|страниц\w*|документ\w*|адрес\w*|сторінк\w*|бет(?:ті)?|парақша\w*|σελίδα|sayfa\w*|sidan|siden|pagina|stránk\w+)\b|"
    r"页面|頁面|网页|網頁|文件|ページ|페이지|الصفحة|صفحه",
    re.I,
)
_SCRIPTING = (
    r"enabl|disabled|turn(?:ed)? (?:on|off)|switch|requires?\b|need|allow|support|aktivier|activ|ativ|attiv|autoris|"
    r"habilit|włącz|включ|увімкн|有効|启用|啟用|활성|사용|etkin"
)
_NEEDS_SCRIPT = re.compile(
    rf"(?:{_SCRIPTING})[^\n]{{0,60}}\bJava\s?Script|\bJava\s?Script\b[^\n]{{0,60}}(?:{_SCRIPTING})", re.I
)
_STATING = frozenset({"json-ld", "meta", "microdata", "time", "feed"})
_SENTENCE_ENDS = re.compile(r"[.!?。！？؟।](?=\s|$)")
_SHORT_TITLE, _SHORTEST, _FEW_SENTENCES = 8, 120, 2
_SHORT, _VERY_SHORT, _LINE, _LONG_CONSENT = 600, 250, 60, 2_000
_MOST_OF_LINKS = 3.5
"""The most points that `_link_signs` may add."""


def kind_of(
    said: StatedMarkup,
    url: str,
    status: int,
    metadata: Described,
    text: str,
    page: PageFeatures | None = None,
    named: bool = False,
) -> tuple[PageKind, str]:
    """What a page is taken for, and why in words. `text` is the clean text that extraction found in it.

    `page` has its blocks: without them its build is not judged, nor where the page says that it is an article of a day.
    `named`: a feed or a listing gave its title.
    """
    text = text.strip()
    if status >= 400:
        return _refused(said, status, metadata, text)
    if weight(text) < _SHORT and (obstacle := _obstacle(said, url, metadata, text)):
        return obstacle
    if (
        weight(text) < _LONG_CONSENT
        and _is_headed_by_consent(said)
        and _asks_for_consent(said, url, metadata, "", text)
    ):
        return "consent", "asks for consent instead of showing the page"
    if not named and (offered := _offered(said, metadata)):
        return "other", offered
    if _is_of_person(metadata):
        return "other", "tells who somebody is, and states no day of publication"
    if not text or (page is not None and not named and _says_nothing(metadata, text)):
        return (
            ("home", "the home page of a site, without text of its own")
            if is_root(url)
            else ("other", "next to no text was found in the page" if text else "no text was found in the page")
        )
    lines = [line for line in text.split("\n") if line.strip()]
    stated = tuple(stated_signs(said, metadata))
    signs = list(listing_signs(said, url, metadata, lines, stated))
    if score(signs) >= _LISTING_SCORE - _MOST_OF_LINKS:
        signs += link_signs(said, url, metadata, lines)
    likeness = partial(_likeness, said, url, metadata, page, stated)
    if score(signs) >= _LISTING_SCORE and (is_root(url) or likeness() > _ARTICLE_LIKENESS):
        return _list(url, ", ".join(words for points, words in signs if points > 0))
    if score(signs) < _LISTING_SCORE and not _is_of_article(metadata):
        likely = likeness()
        if likely >= (_NAMED_LIKENESS if named else _LISTING_LIKENESS):
            return _list(url, f"its links, prose and repeated parts stand as in a list ({likely:.1f})")
    return "release", "one text with a title" if metadata.title else "one text"


def _likeness(
    said: StatedMarkup, url: str, metadata: Described, page: PageFeatures | None, stated: Iterable[Sign]
) -> float:
    """The log-odds that a page is built like a list."""
    if page is None or not page.found:
        return _UNKNOWN
    features = describe(said, url, metadata, page, sign_points(url, metadata, stated))
    return list_likeness(features) if features["targets"] >= log1p(_FEWEST_TARGETS) else _UNKNOWN


def _list(url: str, why: str) -> tuple[PageKind, str]:
    return ("home", f"a home page: {why}") if is_root(url) else ("listing", f"a list of pages, not an article: {why}")


def _refused(said: StatedMarkup, status: int, metadata: Described, text: str) -> tuple[PageKind, str]:
    """An answer that is no page: a challenge where it looks like one or the server refuses, else an error."""
    if status == 402:
        return "paywalled", "the server asks for payment (402)"
    if status in (401, 403, 429, 503) and _challenge_signs(said, metadata.title, text, False) >= 1:
        return "challenge", f"a challenge page instead of the page ({status})"
    return "error", f"the server answered {status}"


def _obstacle(said: StatedMarkup, url: str, metadata: Described, text: str) -> tuple[PageKind, str] | None:
    """What stands in the place of an article when a page has little text: error, challenge, consent or paywall."""
    title = metadata.title or said.title[:200]
    article = _is_stated_article(said, metadata, text)
    if _is_soft_error(said, title, text, article):
        return "missing", "says that the page was not found, though the server answered 200"
    if _challenge_signs(said, title, text, article) >= 2:
        return "challenge", "a challenge page instead of the page"
    heading = _heading(said)
    if not article and says_maintenance(f"{title} | {said.title[:200]}", heading, text):
        return "maintenance", "says that its site is not available for a while"
    if not article and _LOGIN_NEEDED.fullmatch(heading or title):
        return "paywalled", "asks to log in instead of showing the page"
    short = not article and weight(text) < _VERY_SHORT
    if short and any(map(is_for_others, (title, heading))):
        return "other", "is not shown to this browser, or in this country"
    if short and any(map(says_failure, (title, heading))):
        return "error", "says that its server failed, though it answered 200"
    if not article and is_of_no_site((title, said.title[:200]), heading, text):
        return "other", "stands where a site is to be"
    if not article and says_nothing_found(title, heading, text):
        return "listing", "a search that found nothing"
    if short and _NEEDS_SCRIPT.search(text):
        return "other", NEEDS_SCRIPTS
    if _asks_for_consent(said, url, metadata, title, text):
        return "consent", "asks for consent instead of showing the page"
    if not metadata.free and (weight(text) < _VERY_SHORT or asks_to_subscribe(text.split("\n"))):
        return "paywalled", "says that it is not free, and shows little text"
    stated = article or bool(said.article_body)
    least = _SHORT if _SIGN_IN.fullmatch(heading or title) else _VERY_SHORT
    if weight(text) < least and not stated and asks_for_password(said.tree, text):
        return "paywalled", "asks for a password instead of showing the page"
    return None


def _asks_for_consent(said: StatedMarkup, url: str, metadata: Described, title: str, text: str) -> bool:
    """Whether a page asks for consent in its place: by two of its address, its title or first heading, and its text.
    Its title and the day in its address or in a feed may be those of the page behind it."""
    headed = bool(_CONSENT_TITLE.search(title)) or _is_headed_by_consent(said)
    asks = len(set(_CONSENT_TEXT.findall(text.lower()))) >= 3
    is_undated = not metadata.published_at or metadata.origins.get("published_at") in ("url", "feed")
    return is_undated and bool(_CONSENT_URL.search(url)) + headed + asks >= 2


def _heading(said: StatedMarkup) -> str:
    """The first heading of a page, cut."""
    return next(iter(said.heading_texts), "")[:200]


def _is_headed_by_consent(said: StatedMarkup) -> bool:
    heading = _heading(said)
    titled = any(_CONSENT_NAME.fullmatch(part.strip()) for part in _PARTS.split(said.title[:200]))
    return titled or _CONSENT_HEADING.match(heading) is not None


def _is_of_person(metadata: Described) -> bool:
    """Whether a page says that it is the profile of a person, and neither an article nor when it was published."""
    kinds = set(metadata.kinds)
    is_profile = not kinds.isdisjoint(("og:profile", "profilepage"))
    return is_profile and kinds.isdisjoint(ARTICLE_TYPES) and metadata.origins.get("published_at") not in _STATING


def _offered(said: StatedMarkup, metadata: Described) -> str:
    """What a page says that it offers, for a price or as a job, where it calls itself no article; "" if nothing."""
    kinds = set(metadata.kinds)
    if not kinds.isdisjoint(ARTICLE_TYPES) or kinds.isdisjoint(_OFFERS):
        return ""
    headings = {fold(text) for text in (metadata.title, *said.heading_texts[:2])} - {""}
    for node, types in said.nodes:
        names = {fold(words(node.get(name))) for name in ("name", "title")} - {""}
        is_page = any(name in heading or heading in name for name in names for heading in headings)
        if is_page and "jobposting" in types:
            return "offers a job"
        if is_page and not types.isdisjoint(_OFFERS) and (node.get("offers") or node.get("hasVariant")):
            return "offers goods for sale"
    return ""


def _is_stated_article(said: StatedMarkup, metadata: Described, text: str) -> bool:
    """Whether a page says when it was published, and has two sentences at least: no obstacle does.

    A day that only a feed or a list told is none that the page says: whatever stands in a release's place has it too.
    """
    origin = metadata.origins.get("published_at")
    says = origin in _STATING and (origin != "feed" or next(said.tree.iter("time"), None) is not None)
    return says and len(_SENTENCE_ENDS.findall(text)) >= 2


def _says_nothing(metadata: Described, text: str) -> bool:
    """Whether a page has no more than a line of text, and no day: what it shows is made by its scripts."""
    return weight(text) < _LINE and not metadata.published_at


def _is_of_article(metadata: Described) -> bool:
    """Whether a page says that it is an article, and when that was published.

    Some systems call any page an article in `og:type`, and state the day of a `WebPage`: these say nothing.
    """
    if metadata.origins.get("published_at") not in _STATING:
        return False
    kinds = set(metadata.kinds)
    return not kinds.isdisjoint(ARTICLE_TYPES) or ("og:article" in kinds and "webpage" not in kinds)


def _is_soft_error(said: StatedMarkup, title: str, text: str, article: bool) -> bool:
    if not said.body_classes.isdisjoint(("error404", "page-404")):
        return True
    heading = _heading(said)
    places = (title if len(title) < 80 else "", heading, text[:300])
    in_title, in_heading, in_text = (_NOT_FOUND.search(place) is not None for place in places)
    of_page = any(_is_page_missing(place) for place in places)
    if not article and says_no_more(said.title[:_LINE], heading, text):
        return True
    if article or not of_page:
        return in_title and not article and not in_text and weight(text) < _SHORTEST
    return (in_title and (in_text or in_heading or weight(text) < _VERY_SHORT)) or (in_heading and in_text)


def _is_page_missing(text: str) -> bool:
    """Whether a text says of a page, and not of a person or a thing, that it was not found."""
    found = _NOT_FOUND.search(text)
    return found is not None and (
        "404" in found[0]
        or _PAGE_WORD.search(text[max(0, found.start() - 60) : found.end() + 60]) is not None
        or _is_bare(text, found)
    )


def _is_bare(text: str, found: re.Match[str]) -> bool:
    """Whether next to nothing stands beside the words: a title that is nothing else."""
    beside = _PARTS.split(text)
    return any(len(part.strip()) <= len(found[0]) + 8 for part in beside if found[0] in part)


def _challenge_signs(said: StatedMarkup, title: str, text: str, article: bool) -> int:
    elements = islice(said.tree.iter("script", "form", "div"), _MOST_MARKED)
    marks = " ".join(one.get("src") or one.get("id") or one.get("class") or (one.text or "")[:400] for one in elements)
    titles = () if article else [name for name in (title, said.title[:200]) if len(name.split()) <= _SHORT_TITLE]
    titled = {name for name in titles if _CHALLENGE_TITLE.search(name)}
    heading = _heading(said)
    heading = "" if article or titled == {heading} else heading  # what is said once is one sign
    in_title = bool(titled)
    said_so = text[:1_000]
    shown = int(any(map(_CHALLENGE_TEXT.search, (said_so, heading))))
    shown += _REFUSAL_TEXT.search(said_so if in_title else title + said_so) is not None
    most = 1 if not in_title and len(_SENTENCE_ENDS.findall(said_so)) > _FEW_SENTENCES else 2
    shown = in_title + min(shown, most)
    if not shown and (article or weight(text) >= _VERY_SHORT):
        return 0
    return shown + bool(_CHALLENGE_MARKUP.search(marks[:20_000]))
