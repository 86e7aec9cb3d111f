"""Whether a short page says that its site is not available for a while, though its server answered 200. Pure.

Such a page stands in the place of every page of a site. Three things count together, in some thirty languages: what is
done (maintenance, a queue of visitors), of what (this site, this page), what a visitor may do (come back later, wait).
"""

from __future__ import annotations

import re

from archive.extract.notices.shown import Shown, is_nearly_all, title_parts

_OFF = re.compile(
    r"maintenance|(?:temporarily|currently|briefly) (?:un ?available|down|off-?line|closed|out of (?:service|order))|"
    r"be(?:ing)? (?:upgraded|updated|moved)|wartung|vorübergehend (?:nicht|geschlossen)|"
    r"zurzeit nicht (?:verfüg|erreich)|"
    r"temporairement|momentanément|mantenimiento|temporalmente|manteniment|manutenzione|temporaneamente|manutenção|"
    r"temporariamente|onderhoud|tijdelijk|konserwac|prac\w* (?:serwisow|techniczn)|chwilowo|tymczasowo|údržb|dočasně|"
    r"dočasne|karbantart|átmenetileg|întreținere|mentenan|temporar indispon|техническ\w+ (?:работ|обслуж|перерыв)|"
    r"профилактик|временно (?:не|закр)|технічн\w+ (?:робот|обслуг)|тимчасово|техникалық|уақытша|поддръжка|одржавањ|"
    r"održavanj|vzdrževanj|bakım|geçici olarak|underhåll|tillfälligt|vedlikehold|vedligehold|midlertidig|huolto|"
    r"tilapäisesti|hooldus|apkop|συντήρηση|προσωρινά|メンテナンス|維護|维护|暂停|暫停|점검|صيانة|تعمیر|תחזוקה|bảo trì|"
    r"pemeliharaan|रखरखाव|ปรับปรุง",
    re.I,
)
_QUEUE = re.compile(
    r"waiting room|virtual queue|warteschlange|warteraum|(?:file|salle) d['’]attente|"
    r"(?:sala|fila|cola) (?:virtual|de espera)|sala d['’]attesa|coda virtuale|wachtrij|wachtkamer|"
    r"kolejk\w|poczekalni\w|электронн\w+ очеред\w*|"
    r"sanal sıra|virtuell kö|väntrum|venterom|virtuel kø|odotushuone|待合室|等候室|대기실|대기열",
    re.I,
)
_QUEUED = re.compile(
    r"\byou(?:['’]re| are) (?:now |currently )?in (?:line|the queue|a queue)\b|sie sind in der warteschlange|"
    r"w kolejce|вы в очереди|ви в черзі|sıradasınız|正在排队|正在排隊",
    re.I,
)
"""What a page says to a visitor who waits: a room to wait in may be news."""

_SITE = re.compile(
    r"\b(?:web ?-?sites?|this site|our site|the site|home ?page|this page|web ?pages?|portals?|this service|"
    r"our services?|servers?|our systems?)\b|seite\b|webauftritt|portal|"
    r"\bsite\b(?= (?:is|will|was|has|est|web|en|in|is|em)\b)|\b(?:notre|le|ce) (?:site|service)|"
    r"sitio|página|portale|\bil sito|sito web|\bo site|website|"
    r"stron[aęy]|serwis|stránk|webové|honlap|oldal\b|\bsite-ul|pagina|сайт|портал|страниц|сторінк|парақша|бет\b|veb|"
    r"sitesi|sayfa|"
    r"webbplats|sidan|nettsted|nettside|hjemmeside|siden|sivusto|veebileht|σελίδα|ιστοσελίδα|ιστότοπος|サイト|ページ|"
    r"网站|網站|页面|사이트|홈페이지|الموقع|سایت|האתר|trang web|situs|laman|वेबसाइट|เว็บไซต์",
    re.I,
)
_LATER = re.compile(
    r"\b(?:back|again|return) (?:soon|shortly|later|on|in|at|online)|(?:right|soon|shortly) back|try (?:it )?again|"
    r"(?:check|come) back|patience|inconvenience|bald wieder|später|erneut|noch einmal|in kürze|geduld|"
    r"unannehmlichkeit|"
    r"revenir|réessa|ultérieurement|bientôt|quelques (?:instants|minutes|heures)|désagrément|gêne|más tarde|"
    r"vuelv|intént|"
    r"en breve|molestias|més tard|più tardi|riprova|a breve|torn(?:eremo|are|ate)|disagio|mais tarde|"
    r"volt(?:e|aremos)\b|"
    r"incómodo|inconvenient|probeer het|zo snel mogelijk|binnenkort|ongemak|spróbuj|późnie|wkrótce|utrudnienia|později|"
    r"brzy|neskôr|čoskoro|később|hamarosan|türelm|mai târziu|reveni|revenim|позже|поздн|скоро|попробуйте|неудобств|"
    r"пізніше|незабаром|незручн|спробуйте|кейін|қайта|по-късно|касније|kasnije|kmalu|daha sonra|yakında|tekrar|försök|"
    r"senare|snart|senere|prøv igen|prøv igjen|pian|myöhemmin|hiljem|vēlāk|vėliau|αργότερα|σύντομα|しばらく|お待ち|"
    r"wait(?:ing)? time|wartezeit|temps d['’]attente|tiempo de espera|tempo d(?:e espera|i attesa|['’]attesa)|"
    r"wachttijd|czas oczekiwania|время ожидания|час очікування|bekleme süre|väntetid|ventetid|待ち時間|等待时间|"
    r"等候時間|대기 시간|"
    r"ご迷惑|後ほど|稍后|稍後|不便|잠시|나중에|불편|لاحق|قريبا|بعدا|מאוחר יותר|quay lại|sau ít|kembali|बाद में|ภายหลัง",
    re.I,
)
_LONGEST_NAME = 12
"""Characters that may stand beside the words in a title that says next to nothing else."""


def says_maintenance(shown: Shown) -> bool:
    """Whether the title, first heading and text of a short page say that the site is closed for a while.

    Of a road or a lift that is being repaired this is not taken to be said, whatever the words: a title that is nothing
    but those words, or the word for a site, must be there too.
    """
    title = f"{shown.title} | {shown.page_title}"
    words = f"{title}\n{shown.heading}\n{shown.text}"
    if not _LATER.search(words):
        return False
    parts = (*title_parts(title), shown.heading)
    if any(is_nearly_all(_QUEUE.search(part), part) for part in parts):
        return True
    off = _OFF.search(words) or _QUEUED.search(words)
    return off is not None and (_SITE.search(words) is not None or any(map(_is_bare, parts)))


def _is_bare(words: str) -> bool:
    """Whether a title says next to nothing but that its site is closed."""
    found = _OFF.search(words) or _QUEUED.search(words)
    return found is not None and len(words.strip()) <= len(found[0]) + _LONGEST_NAME
