"""Whether a short page says that its site is not available for a while, or that it has none, though its server
answered 200. Pure.

Such a page stands in the place of every page of a site. Three things count together, in some thirty languages: what is
done (maintenance, a queue of visitors), of what (this site, this page), what a visitor may do (come back later, wait).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import chain

from archive.extract.features import weight

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
_ASIDE = re.compile(r"\s[|–—·»:-]\s|:\s")
_NAME, _SHORT_TEXT = 12, 250
_FEW, _BESIDE = 3, 4
_BARS = re.compile(r"\s[|–—·»-]\s")
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
_SEARCH = re.compile(
    r"\W*(?:(?:site )?search|(?:search )?results|suche|suchergebnis\w*|recherche|(?:résultats|resultados|risultati) "
    r"(?:de |della |da )?(?:la )?(?:recherche|búsqueda|ricerca|pesquisa)|búsqueda|buscar|ricerca|pesquisa|"
    r"zoek(?:en|resultaten)|wyszukiwani\w+|wyniki(?: wyszukiwania)?|"
    r"(?:результаты )?поиск\w?|(?:результати )?пошук\w?|搜索(?:结果)?|"
    r"搜尋(?:結果)?|検索(?:結果)?|검색(?: ?결과)?)"
    r"(?:\W*|(?:(?<=results)|(?<=ergebnisse)| results) (?:for|für) .*|\W*[\"“„«][^\"“”»]*[\"“”»]\W*)",
    re.I,
)
"""A heading of a search, with what was sought: no more than its own words, or that in quotes."""
_NO_RESULTS = re.compile(
    r"(?<!\d)0 results|(?:no|zero) (?:\w+ )?(?:results|matches|items|articles) (?:were |was )?found|"
    r"nothing (?:was )?found|"
    r"did not match any|"
    r"keine (?:ergebnisse|treffer)|aucun résultat|sin resultados|no se (?:han encontrado|encontraron)|nenhum resultado|"
    r"nessun risultato|geen resultaten|brak wyników|ничего не найдено|нічого не знайдено|没有找到|沒有找到|"
    r"該当する\w*ありません|"
    r"검색 ?결과가 없",
    re.I,
)
_A_PAGE = re.compile(
    r"\b(?:(?:web)?page|(?:web|internet)?seite|página|pagina|stron[aey]|stránk\w*|oldal(?:t|on)?|sidan|"
    r"siden(?=\W*$| (?:du|ble|blev|er|finnes|findes|kan|kunne|ikke)\b)|sivua?|leh(?:t|te|ekülge?)|lapa|puslapi\w*|"
    r"stranic\w*|страниц\w*|сторінк\w*|старонк\w*|бет(?:ті)?|парақша\w*|σελίδα|sayfa\w*|səhifə\w*|halaman|"
    r"trang(?=\W*$| (?:web|này|bạn|không|đã)\b)|ה?(?:דף|עמוד))\b|"
    r"页面|頁面|网页|網頁|ページ|페이지|الصفحة|صفحه|หน้า(?:นี้|เว็บ|ที่คุณ|\W*$)|पृष्ठ|पेज",
    re.I,
)
_SIGH = 12
"""No headline is as short as this beside a text about a page that is not there: "Sorry!", "Oops" or a site's name."""
_LITTLE, _SOME = 10, 24
"""Letters beside the words that a page is not there, in a headline and in the first words below a sigh."""
_SENTENCES = re.compile(r"[.!?。！？।\n]+(?:\s|$)|(?<=[。！？।])")
_SOUGHT = re.compile(
    r"\b(?:page|article|content|release) (?:that )?you(?:['’]re| are| were| have)? "
    r"(?:look|request|ask|tr(?:y|ied)|want|sought|seek|follow|search)",
    re.I,
)
_REMOVED = re.compile(
    r"\b(?:(?:has|have|was|been) )+(?:removed|deleted|expired|moved)|gelöscht|supprimée|eliminada|rimossa|removida|"
    r"usunięt\w|удалена|видалена|削除され\w*|被?(?:删除|刪除)",
    re.I,
)
_THIS = re.compile(
    r"\b(?:the|this|that|die|diese|wurde|la|cette|esta|questa|a|ta|эта|ця|a été|ha sido|è stata|foi|została|была|"
    r"була)\b|この|该|此|[已はがた]",
    re.I,
)
_NO_MORE = re.compile(
    r"\b(?:not|no longer|isn['’]t|can['’]?t|cannot|couldn['’]t) (?:be )?(?:found|find|available|exists?)\b|"
    r"does(?:n['’]t| not) exist|"
    r"nicht (?:mehr )?(?:gefunden|verfügbar|vorhanden|auffindbar)|existiert nicht|"
    r"n['’]existe (?:plus|pas)|introuvable|(?:non|pas été) trouvée|n['’]est plus disponible|"
    r"no existe|no (?:se|ha sido|fue) encontrad|no encontrad|no (?:está )?disponible|"
    r"non (?:esiste|trovata|(?:è )?disponibile)|não (?:existe|(?:foi )?encontrad|está disponível)|"
    r"niet (?:meer )?(?:gevonden|beschikbaar)|bestaat niet|nie istnieje|nie znalezion|"
    r"nenalezen|neexist|nebyla nalezen|nenaš[lie]|nenájden|nem (?:található|létezik)|nu (?:a fost găsit|există)|"
    r"ikke (?:fundet|funnet)|find(?:es)? ikke|finnes ikke|fant ikke|hittades inte|finns inte|inte hittas|"
    r"ei (?:löydy|löytynyt|ole olemassa|leitud)|nav atrast|neeksistē|nerast|neegzistuoja|"
    r"не (?:найден|существу|знайден|існу|е намерен|знойдзен|постоји)|није пронађен|"
    r"nije pronađen|ne (?:postoji|obstaja)|ni (?:bilo mogoče )?najden|δεν (?:βρέθηκε|υπάρχει)|"
    r"bulunamadı|mevcut değil|tapılmadı|табылмады|tidak (?:ditemukan|ada|dijumpai)|không (?:tìm thấy|tồn tại)|"
    r"見つかりません|存在しません|찾을 수 없|존재하지 않|不存在|找不到|"
    r"ไม่พบ|ไม่มีอยู่|नहीं मिला|मौजूद नहीं|לא נמצא|לא קיים|אינו קיים|یافت نشد|پیدا نشد|وجود ندارد|غير موجود|لم يتم العثور",
    re.I,
)


def says_no_more(title: str, heading: str, text: str) -> bool:
    """Whether a page says, in its title or heading and next to nothing else there, that it is not there; or, in a short
    text, of the page that its visitor looks for, or of any page where no headline stands above."""
    if any(_is_missing(part, _LITTLE) for part in (*_ASIDE.split(title), *_ASIDE.split(heading))):
        return True
    if weight(text) >= _SHORT_TEXT:
        return False
    sentences = _SENTENCES.split(text)
    if any(_SOUGHT.search(one) and (_NO_MORE.search(one) or _REMOVED.search(one)) for one in (heading, *sentences)):
        return True
    return weight(heading or title) <= _SIGH and any(_is_missing(one, _SOME) for one in sentences[:3])


def _is_missing(words: str, most: int) -> bool:
    """Whether words tell of a page that it is not there, with few letters beside, or of this one that it is removed."""
    of_page = _A_PAGE.search(words)
    if of_page is None:
        return False
    beside = words[: of_page.start()] + " " + words[of_page.end() :]
    if _NO_MORE.search(beside):
        return _letters(_NO_MORE.sub("", beside)) <= most
    return _REMOVED.search(beside) is not None and not _letters(_THIS.sub("", _REMOVED.sub("", beside)))


def says_maintenance(title: str, heading: str, text: str) -> bool:
    """Whether the title, first heading and text of a short page say that the site is closed for a while.

    Of a road or a lift that is being repaired this is not taken to be said, whatever the words: a title that is nothing
    but those words, or the word for a site, must be there too.
    """
    shown = f"{title}\n{heading}\n{text}"
    if not _LATER.search(shown):
        return False
    parts = (*_ASIDE.split(title), heading)
    if any(_is_all(_QUEUE.search(part), part) for part in parts):
        return True
    off = _OFF.search(shown) or _QUEUED.search(shown)
    return off is not None and (_SITE.search(shown) is not None or any(map(_is_bare, parts)))


def _is_bare(words: str) -> bool:
    """Whether a title says next to nothing but that."""
    found = _OFF.search(words) or _QUEUED.search(words)
    return found is not None and len(words.strip()) <= len(found[0]) + _NAME


def is_of_no_site(titles: Sequence[str], heading: str, text: str) -> bool:
    """Whether a page is that of a server without a site, of a domain without an owner, or of a site to come."""
    parts = [[part.strip() for part in _BARS.split(title)] for title in titles]
    if any(map(_NO_SITE.fullmatch, (heading, *(first for first, *_ in parts)))):
        return True
    says_little = all(len(part.split()) <= _FEW for part in (heading, *chain.from_iterable(parts)))
    return says_little and _FOR_SALE.search(_SENTENCES.split(text, 1)[0]) is not None


def says_nothing_found(title: str, heading: str, text: str) -> bool:
    """Whether a page is a search that found nothing."""
    parts = (*_BARS.split(title), heading)
    return any(map(_SEARCH.fullmatch, parts)) and _NO_RESULTS.search(text) is not None


def is_for_others(title: str) -> bool:
    """Whether a title says next to nothing but that the page is not shown to this browser, or in this country."""
    return _is_all(_NOT_FOR_YOU.search(title), title)


def says_failure(title: str) -> bool:
    """Whether a title says next to nothing but that something failed."""
    return _is_all(_FAILURE.search(title), title)


def _is_all(found: re.Match[str] | None, title: str) -> bool:
    """Whether next to no letters stand beside what was found."""
    return found is not None and _letters(title) <= _letters(found[0]) + _BESIDE


def _letters(words: str) -> int:
    return sum(map(str.isalpha, words))
