"""Whether a page shows its article to subscribers alone, and to others only the beginning. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice

from archive.boilerplate.cue_words import REPORTED
from archive.core.cache import remembered
from archive.page.blocks import Block
from archive.text.characters import phrases, small

LONGEST_PREVIEW = 4_000
"""Characters of a text that may be only the beginning of an article; a longer one is taken as whole."""

_LONGEST_WORDS, _LONGEST_ASKING = 300, 200
_MOST_BLOCKS = 2_000
_ASKED, _AROUND, _LONGEST_OFFER = 2, 4, 1_000
"""How many passages of an offer ask, in which of the places around each it is looked for, and its most characters."""

_JOIN = phrases(
    r"\b(?:subscri(?:be|ption)|(?:log|sign|logging|signing)[ -]?(?:in|up)\b|login\b|register\b|membership|"
    r"become an? (?:member|subscriber|supporter)|(?:create|have|free) (?:an? )?(?:free )?account|"
    r"free trial|abo\b|abonn|abone|abonă|абон|anmeld|aanmeld|einlogg|inlogg|reg[ií]str|connectez|identifiez|"
    r"inscri|suscr[íi]b|inici[ae] sesi|assin[ea]|cadastr|faça login|abbona|accedi|iscrivi|log[ga]* in|"
    r"prenum|log ind|zaloguj|zarejestruj|subskryb|wykup|přihla|předpla|подпи[сш]|войд|зарегистрир|увійд|"
    r"підпи[сш]|передплат|зареєструй|giriş yap|abone ol|üye ol|tilaa|kirjaudu|fizessen elő|autentific|"
    r"conect|εγγραφ|влез|pretpla|prijav|жазыл|тіркел|đăng ký|đăng nhập|berlanggan|masuk\b|daftar)",
    r"előfizet|jelentkez|συνδεθ|συνδρομ|ログイン|会員|登録|購読|登录|登錄|登入|订阅|訂閱|会员|로그인|구독|"
    r"회원|سجل|اشترك|تسجيل|הירשמו|התחבר|सदस्य|लॉग|सब्सक्राइब|สมัคร|เข้าสู่ระบบ",
)
"""To subscribe, to register, to log in."""

_READ_ON = phrases(
    r"\b(?:(?:to|and) (?:read|continue|keep|unlock|view|access)\b|(?:keep|continue) reading|"
    r"read (?:on\b|this|the|all)|unlimited (?:\w+ )?access|free articles?|full (?:article|story|text|access)|lesen|"
    r"kostenlose[nr]? artikel|lire\b|lecture|leer\b|ler\b|lezen|lees\b|läs|lese|læs|dalej|číst|čten|"
    r"(?:до|про)?чита(?:ть|йт|ти)|далі|oku[ym]|lukem|lukea|jatka|citi(?!tor)|continua|διαβάσ|"
    r"(?:про)?чет[еа]|čita(?!tel)|оқу үшін|әрі қарай|đọc)",
    r"weiter(?:zu)?les|la suite\b|leyendo|lectura|lendo|leitura|legger|lettura|czyta[ćj]|продолж|devam|"
    r"olvas(?!ó)|συνέχ|nastav|membaca|melanjut|続き|全文|読[むみ]|继续|繼續|阅读|閱讀|계속|읽|전문|قراءة|"
    r"متابعة|לקרוא|להמשיך|पढ़|อ่าน",
)
"""To read on, or the whole."""

_OTHERWISE = phrases(
    r"newsletter|e-?mail alert|comment|privacy|policy|terms|cookie|kommentar|datenschutz|infolettre|"
    r"bolet[ií]n|рассылк|бюлетин|koment|bulletin|buletin|nyhetsbrev",
)
"""What else a reader may be asked to subscribe or log in for, or to read."""

_SAYS_SO = phrases(
    r"\b(?:(?:for|to) (?:our )?(?:paying |registered )?(?:subscribers|members) only|"
    r"subscribers?[- ]only|members?[- ]only (?:article|content|story|page)|pour lire la suite|"
    r"already (?:a |an )?(?:subscribe[rd]|member|registered)|"
    r"have an account\?|subscription required|(?:reached|used)\b.{0,40}\bfree articles|"
    r"(?:\d+|last|no) (?:of \d+ )?(?:more )?free articles?\b|"
    r"kostenlosen? artikel\b.{0,20}(?:aufgebraucht|gelesen|verbraucht)|(?:nur|exklusiv) für abonnent|"
    r"bereits (?:abonnent|registriert|mitglied)|réservée?s? (?:aux|à nos) abonné|d[ée]j[àa] abonné|"
    r"(?:solo|exclusivo) para suscriptores|(?:exclusivo|só) para assinantes|"
    r"(?:ya|já) (?:eres|é) (?:suscriptor|assinante)|(?:riservato|solo) a(?:gli|i) abbonati|già abbonat|"
    r"alleen voor abonnees|al abonnee|tylko dla (?:prenumerat|subskryb)|(?:vain|ainoastaan) tilaaj|"
    r"csak előfizető|(?:doar|numai) pentru abona|μόνο για συνδρομητές|"
    r"(?:только|доступ\w*) (?:для |по )?подписчик|уже подписаны)",
    r"(?:有料)?会員限定",
)
"""That the whole is for subscribers."""


def is_preview(text: str, is_free: bool, blocks: Iterable[str]) -> bool:
    """Whether a text may be only what a page shows without a subscription or a login.

    `is_free`: the page does not state the contrary (schema.org `isAccessibleForFree`, `article:content_tier`).
    `blocks`: the passages of the page from the first of the text on, those that are no part of the text too. What a
    header asks of every visitor stands before the text.
    """
    return len(text) <= LONGEST_PREVIEW and (not is_free or asks_to_subscribe(blocks))


def offers(found: Sequence[Block], taken: Iterable[int]) -> set[int]:
    """Which blocks belong to offers to subscribe or log in to read on, of which some were taken for a text.

    An offer is a place whose first two passages ask for it and which holds next to nothing else. A release that asks
    once to register, or that says what a subscription is good for, stays whole.
    """
    return {at for one in taken if _asks_shortly(found[one]) for at in _offer_around(found, one)}


def _offer_around(found: Sequence[Block], asking: int) -> range:
    """The blocks of the largest place around one that asks which is an offer; empty if there is none."""
    offer = range(0)
    first = last = asking
    left = _LONGEST_OFFER - len(found[asking].text)  # a place that holds more is not looked at to its end
    for place in islice(found[asking].container.upward(), _AROUND):
        while left >= 0 and first and place in found[first - 1].container.upward():
            first -= 1
            left -= len(found[first].text)
        while left >= 0 and last + 1 < len(found) and place in found[last + 1].container.upward():
            last += 1
            left -= len(found[last].text)
        if left < 0:
            break
        inside = found[first : last + 1]
        if len(inside) >= _ASKED and all(map(_asks_shortly, inside[:_ASKED])):
            offer = range(first, last + 1)
    return offer


def _asks_shortly(block: Block) -> bool:
    return len(block.text) <= _LONGEST_ASKING and _asks(block.text)


def asks_to_subscribe(passages: Iterable[str]) -> bool:
    """Whether one of the first 2,000 passages asks to subscribe or log in to read on. Long passages are text."""
    first = islice(passages, _MOST_BLOCKS)
    return any(_asks(passage) for passage in first if len(passage) <= _LONGEST_WORDS)


@remembered(10_000)  # the pages of a source have most of their passages in common
def _asks(passage: str) -> bool:
    """Whether a passage asks to subscribe or log in in order to read on. An invitation to a newsletter does not, nor
    does news of such a demand, which says who said so."""
    words = small(passage)
    if _SAYS_SO.search(words):
        return True
    asks = len(passage) <= _LONGEST_ASKING and _JOIN.search(words) and _READ_ON.search(words)
    told = asks and any(len(said) > 1 for said in REPORTED.findall(passage))  # and no mere quotation mark
    return bool(asks) and not told and not _OTHERWISE.search(words)
