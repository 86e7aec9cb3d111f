"""What the words beside a date say that it is: the day of a publication, or of a later change. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping

from archive.text.calendar import CALENDAR_WORDS, MONTHS
from archive.text.fingerprint import word_set

_WORD = re.compile(r"\w+")
_MODIFIED = re.compile(
    r"updat|modif|edited|last chang|aktuali[sz]|geänder|letzte änderung|stand:|"
    r"mis à jour|mise à jour|actualiz|aggiorna|atualiz|bijgewerkt|"
    r"gewijzigd|zaktualiz|"
    r"uppdater|oppdater|opdater|päivitetty|güncelle|обновл|изменен|оновл|жаңарт|ενημέρωσ|τελευταία|更新|تحديث|修改|"
    r"수정|업데이트|最終|تعديل|به‌?روز|ویرایش|עודכן|अपडेट|แก้ไข|อัปเดต|cập nhật|diperbarui|diubah|frissít|módosít|"
    r"(?<!\w)(?:verändert|überarbeitet|ändrad|endret|ændret|muokattu|zmienion|zmodyfik|alterad[oa]|değişti(?!r\w*medi)|"
    r"τροποποι|змінен)|"
    r"upraven|naposled|izmijen|ažurir|posodob|bijgew|muudet|uuendat|atjaunināt|atnaujint|актуализ|ажурир|թարմաց|განახლ",
    re.I,
)
"""Words for a change; some begin with no other letters, as they would say that nothing changed (unverändert)."""

_PUBLISHED = re.compile(
    r"(?<!re)publi(?!c\b|cly\b|cul|ci[dt]|que|kum|ek\b|czn)|posted|issued|released?\b|veröffentlich|erstellt|erschienen|inserito|pubblic(?!o\b|he\b|hi\b)|gepubliceerd|geplaatst|"
    r"julkaist|"
    r"yayın|опублик|размещ|жариялан|δημοσ|ανάρτησ|发布|發布|نشر|created|dodano|"
    r"입력|등록|게재|작성|掲載|公開|発表|配信|投稿|公布|刊登|发表|發表|انتشار|منتشر|פורסם|प्रकाशित|প্রকাশ|เผยแพร่|"
    r"đăng|xuất bản|diterbitkan|közzét|megjelen|zveřejn|zverejn|objav|paskelb|avaldat|publisert|udgivet|offentliggj|"
    r"објављ|објаве|հրապարակ|გამოქვეყნ",
    re.I,
)
_DATE = re.compile(r"дата|時間|时间|تاریخ|\b(?:data|date|datum)\b(?! (?:de|del|di|du|da|of|der|des|van)\b)", re.I)
"""The word for a day by itself: what else is said of it tells which; with "of" behind it is no label."""


_WORDS_FOR_DAY = word_set("""
    date dated day datum tag jour fecha día data dia giorno dato dag dátum nap tarih gün ημερομηνία ημέρα дата день
    датум күні päiväys päivämäärä pvm päivä kuupäev datums diena diena dată ziua dzień den deň ngày tanggal วันที่
    तारीख दिनांक तिथि تاريخ التاريخ تاریخ תאריך התאריך 日期 日付 日時 时间 時間 날짜 일자 일시
""")
"""The words for a day that may stand alone before it, also where they are too usual in sentences to tell of it."""

_PUT = re.compile(
    r"(?<!\w)(?:วันที่)?(?:added|uploaded|entered|sent\b|online|mis en ligne|ajout|paru|diffus|émis|envoy|eingestellt|"
    r"hochgeladen|"
    r"angelegt|herausgegeben|\w*mitteilung|meldung|comunicado|communiqué|comunicat|persbericht|pressmedd|tiedot|emisi|"
    r"emitid|subid|cread|criad|inser[ctiç]|postad|divulgad|lançad|creat|caricat|emess|toegevoegd|aangemaakt|"
    r"verschenen|vydán|vydan|vlož|vytvoř|vytvor|přidán|pridan|umístěn|utworzon|zamieszcz|wstawion|wprowadz|umieszcz|"
    r"ogłosz|добавл|создан|выложен|выпущен|оприлюдн|додан|створен|розміщ|добавен|създаден|качен|постављ|додат|įkel|"
    r"sukur|įdėt|pievienot|izveidot|ievietot|lisat|loodud|sisest|ημ|lisätty|luotu|feltölt|kelt|létrehoz|postat|adăug|"
    r"încărcat|upplag|inlag|utlag|skapad|lagt (?:ut|inn|op)|opprettet|oprettet|indsat|udsendt|utsendt|eklen|giriş|"
    r"oluştur|diunggah|diposting|dibuat|dirilis|ditayang|dodan|kreiran|postavlj|izdan|ustvarj|afegit|penjat|alta\b|"
    r"ausgabe|erschein|julkaisu|haber|tạo|נוסף|הועלה|פרסום|أضيف|اضيف|الإضافة|الخبر|خبر|ลงข่าว|"
    r"(?:登録|登載|発行|公表|作成|成文|發文|发文|上版|公告|張貼|建檔|资料|資料|录入|上传|배포|보도|발행|공개)(?:日|时|時|일))"
    r"[^:：|]{0,30}[:：]$",
    re.I,
)
"""How labels say that a page was put online, or that the day is that of the release."""

_RIGHT_BEFORE = re.compile(rf"(?:{_DATE.pattern})\W{{0,3}}(?:\w{{1,3}}\W{{1,2}})?$", re.I)
"""The same at the end of what stands before a day, perhaps with "is" or "of" behind it."""

_BEGINS_LABEL = re.compile(rf"\W*(?:{_DATE.pattern})[^:：.!?]{{0,40}}[:：]", re.I)
"""The same as the beginning of a label: "Date and place: Marlow,"."""

_DAYS_OF_OTHERS = {
    "deadline": r"""deadline|due(?: date)?|apply by|closing date|closes|expir\w+(?: date| on)?|[\w-]*(?:frist|schluss)|
        date limite|fecha límite|plazo|scadenza|prazo|[\w-]*termin(?: do)?|[\w-]*срок(?: до)?|határidő|uzávěrka""",
    "span": r"""until|till|through|since|(?:ab|bis|seit)(?: (?:zum|dem))?|jusqu['’]au|à partir du|depuis le|
        hasta(?: el)?|a partir del?|desde(?: el)?|fino al|entro il|a partire dal|dal|até(?: (?:a|ao|o))?|
        tot(?: en met)?|vanaf|sinds|do(?: dnia)?|od dnia|(?:fram )?till(?: och med)?|sen[ae]?st|ind?til|inntil|frem til|
        viimeistään|до(?: дня)?|начиная с|μέχρι(?: τις)?|έως|până(?: la| pe)?|kuni|līdz|iki|fins(?: al?| el)?|hingga|
        sampai|paling lambat|đến|trước|עד|حتى|تا""",
    "validity": r"""effective(?: date)?|in force(?: from)?|valid (?:from|until|to)|in kraft(?: ab| seit)?|
        gültig (?:ab|bis)|(?:entrée )?en vigueur(?: le)?|вступает в силу""",
    "event": r"event date|date of (?:the )?event|inaugur\w+|held",
    "life": r"""born|date of birth|geboren|née? le|nacid[oa] el|nat[oa] il|nascid[oa] em|geboren op|urodzon[ya]|
        narozen[áý]?|született|född(?: den)?|родил(?:ся|ась)|γεννήθηκε(?: στις)?|doğum tarihi|died|gestorben|joined""",
    "founding": r"founded|established|opened|gegründet|eröffnet|fondé\w*",
    "picture": r"""taken|aufgenommen|(?P<credit>(?:fotos?|photos?|photograph(?:er|y)?|bild(?:er)?|image|picture|kuvat?|
        zdjęci[ae]|fot\.|фото|fotoğraf|fotó)(?: credit| by)?\s?[:：]
        (?:[^:：.!?|•·–—\n]|\.(?!\s)|(?<=\b\w)\.|(?<=\b\w\w)\.){3,60}[,(])""",
    "law": r"""(?:act|law|regulation|directive|decree|ordinance|[\w-]*(?:gesetz|verordnung|satzung|richtlinie|erlass)|
        loi|décret|arrêté|règlement|ley|decreto|reglamento|legge|regolamento|lei|portaria|wet|besluit|ustaw[ay]|
        rozporządzeni[ea]|uchwał[ay]|zákon[a-z]?|vyhláš\w+|nařízení|lag(?:en)?|förordning\w*|lov(?:en)?|закон\w*|указ\w*|
        постановлени\w+|постанов\w+|приказ\w*)(?:\s(?:no|nr|č|n°|№)\.?)?[\s\d/.,-]*
        (?:of|vom|du|del|de|do|van|z dnia|ze dne|den|av|от|від)""",
}
"""By kind, the words right before a day of something else than the page."""

_SIGNS_OF_OTHERS = (
    r"締切|期限|開催日|会期|期間|日時|生年月日|截止(?:日期)?|마감|행사일|일시|기간|생년월일|撮影|写真|摄影|攝影|©|\(c\)|"
    "copyright"
)
"""The same in scripts without blanks, and signs."""

_LABELS_OF_OTHERS = {
    "deadline": r"""deadline|closing date|[\w-]*frist|[\w-]+schluss|délai|plazo|scadenza|prazo|termín|срок\w*|
        határidő|مهلت|الموعد النهائي|hạn|batas waktu|son başvuru|termen""",
    "event": r"""when|wann|quand|cuándo|quando|wanneer|kiedy|kdy|mikor|när|når|milloin|когда|коли|πότε|ne zaman|
        open(?:ing|s)|vernissage|eröffnung|beginn|starts?|begins|event|veranstaltung|inicio|début|inizio|início""",
    "life": r"""born|geburtsdatum|date de naissance|fecha de nacimiento|data di nascita|geboortedatum""",
    "founding": r"founded",
}
"""The same for labels with a colon, perhaps with words between ("Closing date for entries:")."""


def _any_of(kinds: Mapping[str, str]) -> str:
    return re.sub(r"\s*\n\s*", "", "|".join(kinds.values()))


_OTHER = re.compile(
    rf"(?:(?<!\w)(?:{_any_of(_DAYS_OF_OTHERS)})(?:\s(?:on|am|le|el|il|den|op))?|{_SIGNS_OF_OTHERS})\W{{0,3}}$", re.I
)
_OTHER_LABEL = re.compile(
    rf"(?<!\w)(?:{_any_of(_LABELS_OF_OTHERS)})(?P<between>\s[^:：.!?]{{1,30}})?\s?[:：]\W{{0,3}}$", re.I
)

_BYLINE = re.compile(
    r"[:：]|^\W*(?:by|von|par|por|door|av|af|words|story|text[eo]?s?|tekst[iy]?|testo|szöveg|текст)(?!\w)", re.I
)
"""What a line has before the credit of a picture if it is a by-line: "Text and photo: Ada Quill, 4 May 2026"."""

_NEXT_LABEL = re.compile(rf"{_PUBLISHED.pattern}|(?-i:\s(?:Data|Datum|Dato|Fecha|Дата))", re.I)
"""A label of the page's own that follows such a word, as one does a menu ("Inicio | Publicado: ...")."""

_SPAN_BEGUN = re.compile(
    r"\W{0,3}(?:(?:from|vom|von|du|dal|del|de|van|od|с|з)\s)?\d{1,2}\.?\s?(?P<month>[^\W\d_]{3,12})?\.?\s?"
    r"(?:(?:19|20)\d\d\s?)?[–—-]\s?",
    re.I,
)
_SPAN_GOES_ON = re.compile(r"\s?[–—-]\s?\d{1,2}(?:\.\s?|\s)(?:\d{1,2}\.|(?P<month>[^\W\d_]{3,12}))")
"""What stands before the last day of a span, and behind its first."""

_SPANNING = re.compile(
    r"\s?(?:['’]?[yn]?[ae] kadar|mennessä|asti|saakka|तक|arte|"
    r"まで|から|より|까지|부터|-?(?:ig|t[óő]l)(?!\w)|tarihinden(?!\w)|之?前|起|至|止)"
)
_ENDING = re.compile(r"\s?(?:に|에\s|-?(?:ként|[áé]n|j[ée]n)(?!\w)|(?:tarihin(?:de|e)|günü)(?!\w))")
"""What ties a day to its sentence in languages that put it behind the day: as one of a span, or with its verb."""

_SAID_BEHIND, _SHORTLY = re.compile(rf"{_PUBLISHED.pattern}|jelent meg|eklen", re.I), 30
"""The same verb where it says that the page was published, and how soon the line then ends."""

_PUBLISHED_AT = re.compile(rf"(?:{_PUBLISHED.pattern})\w{{0,2}}(?:日時|일시)\W{{0,3}}$", re.I)
"""The word for a moment, which is else that of an event, as the page's."""


_OF_PAGE = re.compile(rf"(?<!\w)\w{{0,2}}(?:дата публикации|{_PUBLISHED.pattern}|{_MODIFIED.pattern})\w*", re.I)
"""A word, or words, that tell of the publication of a page or of its change, with their endings."""

_WORDS_BESIDE = word_set("""
    on at the this page article date of day time and was last first am um datum zuletzt uhr wurde diese seite le
    la les à de du cet cette a été dernière el en fecha última il alle del data ultima ultimo em às da do op om
    laatst w dnia ostatnia ostatnio den kl senast sist v dne o в дата время последнее на г dátuma tarihi son
    tanggal pada terakhir ngày lúc lần cuối تاريخ آخر تاریخ ημερομηνία τελευταία viimeksi utolsó legutóbb
    poslední posledná последна последно остання zadnja poslednja posljednja pēdējo reizi paskutinį kartą viimati
""")
"""What stands beside such words in a label that says no more."""

_PLACE = re.compile(
    r"[^\w(（\[【]{0,3}[(（\[【]?\s?(?P<place>[^\W\d_]+(?:(?:[.,]?\s|[-’'・/])[^\W\d_]+){0,5}\.?)"
    r"(?P<mark>\s?[,，،、/|=(（\[【)）\]】–—-]?\s?[(（\[【]?)\s?"
)
"""What stands before the day of a dateline: a place, and a mark."""

_OPENING, _CLOSING = tuple("(（[【"), tuple(")）]】")

_LEADING = re.compile(r"([^\W\d_]+)[.,]?\s*$")
"""The last word before a day."""

_BEHIND_DAY = r"\s?(?:(?:г(?:ода|од)?|р(?:оку|ік)?|r(?:oku)?|ж|m)\b\.?|\.(?=\s?[—–-]))?"
_WIRE = r"\s?(?:[(/\[](?!\d)[^()/\[\]]{2,45}[)/\]]\s?)?"
_BROKEN = r"[)）\]】]?[.,]?" + _WIRE + r"(?:[—–―‒−]|-{1,2}(?=\s|$)|\.-)"
_BEGINS = r"(?:[^\W\d_a-zß-öø-ÿа-яёα-ώ]|[«“\"„])"
_ENDED = rf"(?:[.:]|[)）\]】][.:]?|\s?[|/])\s?(?:$|{_BEGINS})"
_DASHED = re.compile(_BEHIND_DAY + _BROKEN)
"""A dash behind a day, perhaps with the tag of a wire before it."""

_CLOSED = re.compile(rf"{_BEHIND_DAY}(?:{_BROKEN}|{_ENDED})")
"""The same, or an end before a capital."""

_DAY_FIRST = re.compile(rf"{_BEHIND_DAY}(?:{_BROKEN}|{_ENDED}|\s{_BEGINS}|,\s{_BEGINS}[\w’'. -]{{1,40}}\s?[—–-])")
"""What stands behind a day that opens its paragraph: a mark, a sentence, or the place of the dateline."""

_JOINS = word_set("le den der am el dnia dne on the op di del")
"""Words that lead to a day behind its place."""

_OF = (
    r"(?:of|dated|from|on|vom|von|am|du|de|del|dell['’]|dal|do|da|van|z(?: dnia)?|ze? dne|zo dňa|dne|den|de[nt]|av|af|"
    r"fra|från|от|від|на|της|din|nga|của|ngày|tanggal|bertanggal|od)"
)
"""What leads from what is dated to its day."""

_RELEASE = re.compile(
    r"(?:^|[|›»/•])\W*(?:(?:press|media|news)[ -]?(?:release|statement|notice|communiqué)|release|"
    r"communiqué(?: de presse)?|(?:presse|medien)(?:mitteilung|information|meldung|erklärung|aussendung|info)|"
    r"(?:nota|comunicado|boletín|gacetilla) (?:de prensa|informativ[oa])|nota (?:à|de) imprensa|"
    r"comunicado(?: à imprensa)?|nota de premsa|comunicat(?: de premsa| de presă)?|comunicato(?: stampa)?|"
    r"persbericht|persmededeling|pressmeddelande|pressemeddelelse|pressemelding|fréttatilkynning|"
    r"(?:lehdistö|media)?tiedote|pressiteade|preses relīze|pranešimas spaudai|"
    r"komunikat prasowy|informacja prasowa|tiskov[áé] (?:zpráva|prohlášení)|tlačová správa|(?:sajtó)?közlemény|"
    r"sporočilo za (?:javnost|medije)|(?:priopćenje|saopšten?je)(?: za (?:javnost|medije))?|"
    r"саопштење(?: за (?:јавност|медије))?|соопштение|прессъобщение|съобщение|пресс-?релиз|прес-?рел[іи]з|"
    r"δελτίο τύπου|ανακοίνωση|basın (?:bülteni|açıklaması|duyurusu)|komunikatë(?: për shtyp)?|njoftim për shtyp|"
    r"thông cáo báo chí|siaran (?:pers|media)|kenyataan (?:media|akhbar)|بيان صحفي|הודעה לעיתונות|प्रेस विज्ञप्ति|"
    r"新闻稿|新聞稿|プレスリリース|報道発表(?:資料)?|보도 ?자료)"
    rf"(?:[ ,/]{{1,3}}(?:no|nr|n[°º]|№|núm)?[.:]?\s?\d[\d/-]{{0,8}})?(?:\s?[|,·•–—(-])?(?:\s{_OF})?\W*$",
    re.I,
)
"""A line that calls its page a release, before the day: "Press release of", "Medienmitteilung Nr. 12/2026 vom"."""

_ACT = re.compile(
    r"(?<!\w)[\w-]*(?:judge?ment|decision|ruling|resolution|hearing|meeting|session|sitting|vote|conference|"
    r"urteil|entscheid(?:ung)?|beschluss|sitzung|verhandlung|versammlung|"
    r"jugement|arrêt|décision|délibération|ordonnance|séance|réunion|audience|"
    r"sentencia|acuerdo|resolución|decisión|sesión|reunión|sentenza|delibera(?:zione)?|ordinanza|decisione|seduta|"
    r"riunione|acórdão|deliberação|decisão|sessão|reunião|vonnis|arrest|uitspraak|besluit|vergadering|zitting|"
    r"wyrok|postanowienie|decyzja|posiedzenie|rozsudek|usnesení|rozhodnutí|zasedání|rozhodnutie|zasadnutie|"
    r"ítélet|határozat|döntés|ülés|dom|beslut|sammanträde|möte|kjennelse|vedtak|møte|afgørelse|kendelse|"
    r"решение|определение|приговор|заседание|рішення|засідання|απόφαση|συνεδρίαση|"
    r"hotărâre|decizie|ședință|odluka|presuda|sjednica|sodba|päätös|kokous|otsus)(?:en|et|n|a|i|e)?"
    rf"\s{_OF}\W*$",
    re.I,
)
"""What is decided or held on a day, right before it: "Judgment of", "Sitzung vom"."""

_TODAY = re.compile(
    r"(?:\b(?:today|heute|aujourd['’]hui|hoy|oggi|hoje|vandaag|dzisiaj|dziś|dnes|i\s?dag|tänään|сегодня|сьогодні|днес|danas|"
    r"danes|astăzi|azi|bugün|σήμερα)|本日|今日|今天|오늘)\W{0,2}(?:(?:am|den|le|el|on)\s)?[(（]?$",
    re.I,
)

_SMALL = 4
"""Letters of a word within the name of a place that needs no capital (Stoke upon Reed)."""

_DENSE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+")
_DAY_OF = re.compile(r"(?:日期|日時|日时|时间|時間|日|일시|일|于|於|在)$")
_MOST_DENSE = {True: 4, False: 2}
"""Signs of a word in scripts without blanks that tells of a change, or of a publication, and of nothing besides."""


def says_page_alone(label: str) -> bool:
    """Whether a label says that its day is that of the page's publication or change, and nothing else: "Results
    published" does not."""
    if not all(map(_is_of_page_alone, _OF_PAGE.findall(label))):
        return False
    rest = _OF_PAGE.sub(" ", label)
    beside = (word for word in _WORD.findall(rest.casefold()) if word not in CALENDAR_WORDS)
    return rest != label and all(word in _WORDS_BESIDE or word.isdigit() for word in beside)


def _is_of_page_alone(word: str) -> bool:
    """Whether a word of a script without blanks is no longer than one that tells of a page's day."""
    told = _DAY_OF.sub("", word)
    return _DENSE.fullmatch(told) is None or len(told) <= _MOST_DENSE[says_modified(told)]


def says_other(label: str) -> bool:
    """Whether a label says that its date is of something else than the page: a deadline, an event, a birth, a law, a
    picture."""
    said = _without_weekday(label)
    labelled, other = _OTHER_LABEL.search(said), _OTHER.search(said)
    if _PUBLISHED_AT.search(said) or (labelled and _NEXT_LABEL.search(labelled["between"] or "")):
        return False
    if other and other["credit"] and _BYLINE.search(said, 0, other.start()):
        return labelled is not None
    return labelled is not None or other is not None


def calls_release(label: str) -> bool:
    """Whether the line before a day calls its page a release of that day."""
    return _RELEASE.search(_without_weekday(label.rsplit("\n", 1)[-1])) is not None


def tells_of_act(label: str) -> bool:
    """Whether the words before a day say what was decided or held on it: a judgment, a meeting."""
    return _ACT.search(_without_weekday(label)) is not None


def _without_weekday(label: str) -> str:
    """What stands before a day without words of the calendar at its end."""
    while (last := _LEADING.search(label)) and last[1].casefold() in CALENDAR_WORDS:
        label = label[: last.start()]
    return label


def has_own_label(label: str) -> bool:
    """Whether a day stands in its line behind words with a colon that do not speak of the page ("Public meeting:")."""
    line = label.rsplit("\n", 1)[-1].rstrip()
    if not line.endswith((":", "：")) or not any(map(str.isalpha, line)):
        return False
    is_of_day = all(word.strip(".,") in _WORDS_FOR_DAY for word in line.rstrip(":： ").casefold().split())
    return not (is_of_day or _PUT.search(line) or says_published(line) or says_modified(line))


def is_of_span(before: str, behind: str) -> bool:
    """Whether a day begins or ends a span of days, or an ending ties it to its sentence ("2026. május 4-én")."""
    if _SPANNING.match(behind):
        return True
    if _ENDING.match(behind) and not tells_published(before):
        return len(behind) > _SHORTLY or not _SAID_BEHIND.search(behind)
    spans = (_SPAN_BEGUN.fullmatch(before), _SPAN_GOES_ON.match(behind))
    return any(span is not None and (span["month"] or "may").casefold() in MONTHS for span in spans)


def says_modified(label: str) -> bool:
    """Whether a label says that its date is of a change, and not of a publication too."""
    return bool(_MODIFIED.search(label)) and not _PUBLISHED.search(label)


def says_published(label: str) -> bool:
    """Whether a label says that its date is of a publication."""
    return bool(_PUBLISHED.search(label) or (_DATE.search(label) and not _MODIFIED.search(label)))


def tells_published(before: str, behind: str = "") -> bool:
    """Whether a sentence says of a day that it is that of a publication: what stands before the day does, or the one
    word that ends it behind the day ("wurde am 4. Mai 2026 veröffentlicht."). The word for a day counts right before
    it, or where a label begins with it, as any sentence may have that word."""
    if len(behind.split()) == 1 and _PUBLISHED.match(behind.strip()):
        return True
    labels = _PUBLISHED.search(before) or _RIGHT_BEFORE.search(before) or _BEGINS_LABEL.match(before)
    return labels is not None and says_published(before)


def is_of_dateline(before: str, behind: str) -> bool:
    """Whether a day in a sentence is that of its release, by what stands before and behind it: it opens a dateline
    ("Karn, 4 March 2026 – The ferry ..."), or the sentence calls it today. Any other is of what the sentence tells."""
    if _TODAY.search(before):
        return True
    if is_of_span(before, behind):
        return False
    place, leading = before, []
    while (last := _LEADING.search(place)) and (last[1].casefold() in _JOINS or last[1].casefold() in CALENDAR_WORDS):
        leading.append(last[1].casefold())
        place = place[: last.start()]
    if not any(map(str.isalpha, place)):
        return _JOINS.isdisjoint(leading) and _DAY_FIRST.match(behind) is not None
    found = _PLACE.fullmatch(place)
    if found is None or not _is_place(found["place"]):
        return False
    is_in_brackets = place.lstrip()[0] in _OPENING and behind.lstrip()[:1] in _CLOSING
    return (_CLOSED if found["mark"].strip() or is_in_brackets else _DASHED).match(behind) is not None


def _is_place(text: str) -> bool:
    """Whether words can name a place: the first has a capital, or its script none; only small ones have none."""
    words = re.findall(r"[^\W\d_]+", text)
    return not words[0][0].islower() and not any(word[0].islower() for word in words if len(word) > _SMALL)
