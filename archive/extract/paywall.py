"""Whether a page shows its article to subscribers alone, and to everybody else only the beginning. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import islice

from archive.core.cache import remembered

LONGEST_PREVIEW = 4_000
"""Characters of a text that may be only the beginning of an article; a longer one is taken as whole."""

_LONGEST_WORDS = 300
_MOST_BLOCKS = 2_000
_ASKS = re.compile(
    "|".join(
        (
            r"(?:subscri\w+|log ?in|sign ?(?:in|up)|register|create an? (?:free )?account|join)\b.{0,40}"
            r"\b(?:to|and) (?:continue|keep|read|unlock|access|view|get (?:full |unlimited )?access)",
            r"(?:continue|keep) reading.{0,30}(?:subscri|log ?in|sign ?(?:in|up)|account|member)",
            r"to (?:read|view|access|unlock|continue).{0,40}(?:subscribe|log ?in|sign ?(?:in|up)|register|create an)",
            r"(?:for|to) (?:our )?(?:paying |registered )?(?:subscribers|members) only",
            r"(?:subscriber|member)s?[- ]only (?:article|content|story)",
            r"already (?:a |an )?(?:subscribe[rd]|member|registered)|have an account\?|subscription required",
            r"(?:anmelden|einloggen|registrieren|abonnieren|abo)\b.{0,40}weiter(?:zu)?lesen",
            r"weiterlesen (?:mit|für abonnenten)|(?:nur|exklusiv) für abonnent",
            r"bereits (?:abonnent|registriert|mitglied)",
            r"réservée?s? (?:aux|à nos) abonné|abonnez-vous pour|connectez-vous pour (?:lire|continuer)",
            r"(?:déjà|deja) abonné|pour lire la suite",
            r"(?:suscr[íi]b|reg[íi]str|inicia sesi[óo]n)\w*.{0,40}(?:seguir|continuar) leyendo",
            r"(?:solo|exclusivo) para suscriptores|(?:ya|já) (?:eres|é) (?:suscriptor|assinante)",
            r"(?:assine|cadastre-se|entre)\b.{0,30}para (?:continuar|ler)|(?:exclusivo|só) para assinantes",
            r"(?:abbonati|registrati|accedi)\b.{0,30}per (?:continuare|leggere)",
            r"(?:riservato|solo) a(?:gli|i) abbonati|già abbonat",
            r"(?:log in|abonneer|registreer)\w*.{0,40}(?:verder|om dit artikel)|alleen voor abonnees|al abonnee",
            r"(?:logga in|prenumerera)\b.{0,40}läsa|(?:logg inn|abonner)\b.{0,40}lese",
            r"(?:log ind|køb abonnement)\b.{0,40}læse",
            r"(?:zaloguj|zarejestruj|subskrybuj|wykup)\w*.{0,40}(?:czytać|czytaj|dalej)",
            r"tylko dla (?:prenumeratorów|subskrybentów)|(?:přihlaste|předplaťte)\w*.{0,40}číst",
            r"(?:подпиш|войди|оформите подписку|зарегистрир)\w*.{0,40}(?:дочитать|чтобы (?:чита|прочита|продолж))",
            r"(?:только|доступ\w*) (?:для |по )?подписчик|уже подписаны",
            r"(?:увійд|підпиш|передплат)\w*.{0,40}(?:щоб|читати)|(?:giriş yap|abone ol)\w*.{0,30}(?:devam|oku)",
            r"(?:ログイン|会員登録|有料会員).{0,10}(?:続き|読)|(?:有料)?会員限定",
            r"(?:登录|登錄|登入|订阅|訂閱).{0,10}(?:继续|繼續|阅读|閱讀|全文)|(?:로그인|구독).{0,12}(?:계속|읽)",
            r"(?:سجل|اشترك).{0,20}(?:لمتابعة|لقراءة|للقراءة)",
            r"(?:tilaa|kirjaudu)\w*.{0,40}(?:luke|jatka)\w*|(?:vain|ainoastaan) tilaaj",
            r"(?:fizessen elő|jelentkezz\w* be|regisztrál)\w*.{0,40}olvas(?!ó)|csak előfizető",
            r"(?:abonați|abonează|autentific|conect)\w*.{0,40}(?:a|să) (?:citi|continu)|(?:doar|numai) pentru abonați",
            r"(?:συνδεθείτε|εγγραφείτε|γίνετε συνδρομητ)\w*.{0,40}(?:διαβάσ|συνέχ)|μόνο για συνδρομητές",
            r"(?:абонирай|влезте|регистрирай)\w*.{0,40}(?:да|за) (?:про)?(?:чет[еа]|продълж)",
            r"(?:pretplati|prijavi)\w*.{0,40}(?:za čitanje|(?:pro)?čitati|nastav)",
            r"(?:жазыл|тіркел)\w*.{0,40}(?:оқу үшін|әрі қарай)|(?:đăng ký|đăng nhập).{0,30}(?:đọc tiếp|tiếp tục)",
            r"(?:berlangganan|masuk|daftar)\b.{0,30}(?:untuk (?:membaca|melanjutkan)|lanjut)",
            r"הירשמו.{0,30}(?:לקרוא|להמשיך)",
            r"(?:सदस्य|लॉग ?इन|सब्सक्राइब).{0,30}(?:पढ़|जारी)|(?:สมัคร|เข้าสู่ระบบ).{0,30}อ่านต่อ",
        )
    ),
    re.I,
)
"""What asks a reader to subscribe, or to log in, in order to read on. An invitation to a newsletter does not."""


def is_preview(text: str, is_free: bool, blocks: Iterable[str]) -> bool:
    """Whether a text may be only what a page shows without a subscription or a login.

    `is_free`: the page does not state the contrary (schema.org `isAccessibleForFree`, `article:content_tier`).
    `blocks`: the passages of the page from the first of the text on, those that are no part of the text too. What a
    header asks of every visitor stands before the text.
    """
    return len(text) <= LONGEST_PREVIEW and (not is_free or asks_to_subscribe(blocks))


def asks_to_subscribe(passages: Iterable[str]) -> bool:
    """Whether one of the first 2,000 passages asks to subscribe or log in to read on. Long passages are text."""
    first = islice(passages, _MOST_BLOCKS)
    return any(_asks(passage) for passage in first if len(passage) <= _LONGEST_WORDS)


@remembered(10_000)  # the pages of a source have most of their passages in common
def _asks(passage: str) -> bool:
    return _ASKS.search(passage) is not None
