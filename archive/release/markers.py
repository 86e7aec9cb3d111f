"""The small marks of the trade: release lines, embargoes, references, end marks, tickers. Pure."""

from __future__ import annotations

import re

from archive.text import dates
from archive.text.calendar import CALENDAR_WORDS, ZONES
from archive.text.date_order import Order

_IMMEDIATE = re.compile(
    r"^[\W_]{0,4}(?:for\s(?:immediate\s)?(?:release|publication|distribution)|immediate\srelease|"
    r"zur\s(?:sofortigen\s)?veröffentlichung(?:\sfrei)?|"
    r"pour\s(?:diffusion|publication)\simmédiate|para\s(?:su\s)?(?:publicación|difusión|divulgação|"
    r"publicação)\s(?:inmediata|imediata)|"
    r"per\s(?:diffusione|pubblicazione)\simmediata|do\snatychmiastowej\spublikacji|"
    r"для\s(?:немедленн\w+\s)?(?:публикации|распространения)|"
    r"жариялау\sүшін|для\sнегайного\sоприлюднення|προς\sάμεση\sδημοσίευση|即时发布|立即发布|即時發布|"
    r"للنشر\sالفوري)(?P<mark>\s?[:：]|\W*$)",
    re.I,
)  # fmt: skip
"""FOR IMMEDIATE RELEASE; Zur sofortigen Veröffentlichung:"""
_KIND_WORDS = (
    r"(?:(?:media|press|news)\s(?:release|advisory|statement|alert|note)|presse-?mitteilung|"
    r"medien-?mitteilung|presse-?info(?:rmation)?|presse-?meldung|medien-?info(?:rmation)?|presse-?aussendung|sajtóközlemény|comunicat\sde\spresă|"
    r"communiqué\sde\spresse|nota\sde\s(?:prensa|imprensa)|comunicado\sde\s(?:prensa|imprensa)|"
    r"comunicato\sstampa|persbericht|"
    r"pressmeddelande|pressemeddelelse|pressemelding|lehdistötiedote|basın\s(?:bülteni|açıklaması)|"
    r"(?:informacja|komunikat)\sprasow[ay]|tisková\szpráva|пресс-релиз|прес-реліз|баспасөз\s(?:релизі|"
    r"хабарламасы)|δελτίο\sτύπου|"
    r"新闻稿|新聞稿|プレスリリース|보도자료|بيان\sصحفي)"
)
_KIND = re.compile(
    rf"^[\W_]{{0,4}}{_KIND_WORDS}"
    r"(?:\s?(?:no\.?|nr\.?|n°|n\.?º|n\.|nro\.?|núm\.?|numéro|numer|čís(?:lo|\.)|№|#|number|第)?\s?[:#]?\s?"
    r"(?P<number>(?:[A-Z]{1,5}[-/])?\d[\w./-]{0,20})(?:(?:,|\s[|/–—-]|号|\s(?:vom|du|del?|dated|of|от|від|z\sdnia|ze\sdne|di|den|d\.d\.))"
    r"\s?(?P<rest>.{4,60}?))?)?\W*$",
    re.I,
)  # fmt: skip
"""Press release; Pressemitteilung Nr. 41/2026 vom 4. März 2026; Media Advisory: MA-12"""
_DATED_KIND = re.compile(
    rf"^[\W_]{{0,4}}{_KIND_WORDS}(?:\s?[,|/:：–—-]\s?|\s(?:vom|du|del?|dated|of|от|від|z\sdnia|ze\sdne|di|den|d\.d\.|din)\s)"
    r"(?P<day>.{6,40}?)(?:(?<=\d)\s?[гrр]\.?)?$",
    re.I,
)
"""Press release | 4 March 2026"""
_EMBARGO = re.compile(
    r"^[\W_]{0,4}(?:(?:this\s(?:press\s|news\s|media\s)?(?:release|document|information|material|story)\sis\s)?(?:strict(?:ly)?\s)?(?:under\s)?(?:an?\s|strict\s)?embargo(?:ed)?"
    r"(?=\W*$|\s?[:：|(]|(?P<dashed>\s?[–—,-])|\s(?:until|till?|to|for|from|before|lifts?|lifted|expires?|time|date|release|jusqu|hasta|fino|"
    r"até|tot|do|bis|до|\d|noon|midnight|mon|tue|wed|thu|fri|sat|sun))|"
    r"not\sfor\s(?:publication|release|"
    r"broadcast)\s(?:or\s\w+\s)?(?:before|until)|"
    r"(?:onder|sotto|pod|po[dł]e?|under)\sembargo|sob\sembargo|hold\s(?:for\srelease\s)?until|for\srelease\s(?:on|at|after)|sperrfrist|sous\sembargo|embargad[oa](?=\W*$|\s?[:：(]|\s(?:hasta|até)\b|\s\d)|"
    r"bajo\sembargo|(?:эмбарго|ембарго)(?=\W*$|\s?[:：(]|\sдо\b|\s\d)|"
    r"(?:please\s)?do\snot\s(?:publish|release|broadcast)\s(?:before|until)|(?:bitte\s)?nicht\svor(?:\sdem)?\b(?=.{4,60}veröffentlichen)|"
    r"ne\spas\s(?:publier|diffuser)\savant|no\spublicar\s(?:antes|hasta)|non\spubblicare\sprima|niet\spubliceren\sv[oó]{2}r|"
    r"nie\spublikować\sprzed|nezveřejňovat\spřed|får\s(?:ej|inte)\spubliceras\sföre|"
    r"не\sдля\sпубликации\sдо|エンバーゴ|(?P<lifted>解禁)|보도시점|엠바고|محظور\sنشره|απαγόρευση\sδημοσίευσης|禁发)",
    re.I,
)
"""EMBARGOED UNTIL 09:00; Sperrfrist: 4. März; Not for publication before noon."""
_TRADE = re.compile(r"(?:embargo|эмбарго|ембарго|sperrfrist|embargad[oa])$", re.I)
"""What is imposed on trade, too, and on what else there are terms for."""
_TIME = re.compile(
    r"(?<![\d./-])(?:(?:12\s)?(?P<noon>noon|midday|mittags)\b|(?P<hour>\d{1,2})"
    r"(?:\s?(?:[:.h]|時|时|点|시)\s?(?P<minute>\d\d)(?!\d)|(?=\s?(?:uhr|uur|hod|hrs?|h\b|時|时|点|시|[ap]\.?\s?m\b)))"
    r"\s?(?:uhr|uur|hod\.?|hrs?|h\b|[時时点시分분])?\s?(?P<half>[ap]\.?\s?m\b\.?)?)(?:[^/\dA-Z]{0,3}(?:[A-Z][a-z]+\stime\W{0,3})?(?P<zone>(?-i:[A-Z]{2,5}\b)))?",
    re.I,
)
"""09:30 CET, 9 a.m., 14h30, 14 Uhr, noon"""
_UNTIL = re.compile(
    r"\b(?:until|till?|to|bis|до|hasta|até|fino\sal?|jusqu['’]?\w{0,2}|not\sfor\s(?:publication|release|broadcast)\sbefore|on|at|um|à|"
    r"am|den|le|el|the|uhr|time|london)\b|日時|日|以降|まで|午[前後]|[（(][月火水木金土日][)）]",
    re.I,
)
"""What stands around the day and hour of an embargo."""
_ENDS_AT_EVENT = re.compile(
    r"\W*(?:until|till?|before|bis|tot|do|до|hasta|até|fino|jusqu\w*|beginn|redebeginn)\b|(?<=sperrfrist)\s?[:：]", re.I
)
"""What comes before the event, or the day and hour, at which an embargo ends."""
_LIFTED = re.compile(
    r"\b(?:for|from|before|lifts?|lifted|expires?|time|date|immediate|none|release|publication|strict)\b", re.I
)
_REFERENCE = re.compile(
    r"^[\W_]{0,4}(?:(?:press|media|news)?\s?release\s(?:no\.?|number|nr\.?|#)|rns(?:\s(?:number|no\.?))?|ref(?:erence|erenz)?\.?(?:\s(?:no|"
    r"nr|number)\.?)?|"
    r"réf(?:érence)?\.?|aktenzeichen|az\.?|исх\.?|№)\s?[:#.№]?\s?(?P<number>[A-Z\d][\w./-]*\d[\w./-]*)\W*$",
    re.I,
)
"""Release No. 2026-41; Aktenzeichen: 12.3/41"""
_NUMBERED = re.compile(r"^(?:no\.?|nr\.?|n°|nº)\s?(?P<number>\d{1,5}[/-](?:20)?\d\d)$", re.I)
"""No. 41/2026"""
_CODE = re.compile(r"\b(?:IP|MEMO|STATEMENT|SPEECH|MEX|QANDA|PRES|AC)/\d{2,4}/\d{1,5}\b")
"""IP/26/417, as the European Union numbers its releases"""
_ISSUED = (
    r"published\sby|issued\sby|released\sby|issuing\s(?:body|office|authority)|herausgeber(?:in)?|publié\spar|émetteur|"
    r"publicado\spor|emitido\spor|emesso\sda|uitgegeven\sdoor|utgivare|udgiver|udgivet\saf|utgitt\sav|utgive[nt]\sav|utgiver|herausgegeben\svon|wydane\sprzez|emis\sde|kiadja|wydawca|vydal|vydavatel|"
    r"издатель|шығарушы|видавець|发布机构|发布单位|发文机关|發布機關|發稿單位|発行元?|発信元|배포기관|발표기관|배포처"
)
_ISSUER = re.compile(
    rf"^[\W_]{{0,4}}(?P<sure>{_ISSUED}|source|from|quelle|источник|дереккөз|来源|來源)"
    r"\s?[:：]\s?(?P<name>[^:：]{2,90})$|^(?-i:SOURCE:?\s(?P<wire>[A-Z].{1,80}))$",
    re.I,
)
"""Issued by: Port of Karn; SOURCE Karn Ferries"""
_CHINESE = re.compile(r"[\W_]{0,4}[发發来來]")
_HAN_NAME = re.compile(r"(?<=[\u4e00-\u9fff)）])[\s\u3000].*$")
"""What stands behind a Chinese name and a blank: counters and buttons, or a sentence."""
_ISSUED_BY = re.compile(rf"(?:{_ISSUED})$", re.I)
_HEADER_DATE = re.compile(
    r"^[\W_]{0,4}(?:date|dated?|datum|fecha|data|дата|күні|ημερομηνία|日期|发布日期|发布时间|成文日期|發布日期)\s?[:：]",
    re.I,
)
"""Date: 4 March 2026"""
_END = re.compile(
    r"^\W*(?:#(?:\s?#){1,9}|[-–—]\s?30\s?[-–—]|[-–—*#/]+\s?(?:end|ends|ende|fin|fine|конец|соңы|koniec|"
    r"end of release)\s?[-–—*#/]*|END|ENDS|ENDE|КОНЕЦ|СОҢЫ|"
    r"\(\s?(?:end|ends|ende|fin|конец)\s?\)|###\s?end\s?###)\W*$",
    re.I,
)  # fmt: skip
"""###; -30-; *** ENDS ***; (End)"""
_END_CASED = re.compile(r"^\W*(?:END|ENDS|ENDE|КОНЕЦ|СОҢЫ)\W*$")
_WIRES = (
    "View original content", "View source version", "Originalversion auf ", "Original-Content ",
    "Consultez la version source",
    "Consulter le contenu original", "Voir le contenu original", "Vea la versión original", "Vea el contenido original",
    "Ver contenido original", "Ver el contenido original", "Ver a versão original", "Ver o conteúdo original",
    "Vedi la versione originale", "Visualizza il contenuto originale", "Bekijk de oorspronkelijke versie",
    "Bekijk de bronversie",
)  # fmt: skip
_WIRE = re.compile(
    rf"(?:{'|'.join(_WIRES)})(?:\s?(?:[^\W\d]+\s){{0,5}}(?:multim[eéí]d\w+|[\w-]+(?:\.[\w-]+)+)(?:\s(?:ansehen|anzeigen))?)?"
    r"\s?:?\s*(?:https?://\S+)?\s*$"
)
"""What a wire puts below a release: View source version on karnwire.example: https://karnwire.example/1"""
_WIRE_NOTE = re.compile(
    r"(?:[\d./:,\s]{6,24}(?:[A-Z]{2,4}(?:/[A-Z]{2,4})?)?\s+)?(?:"
    # EQS and DGAP
    r"(?:für den inhalt der mitteilung ist der (?:emittent|herausgeber)|"
    r"the issuer (?:/ publisher )?is solely responsible for the content|l['’]émetteur est seul responsable du contenu)|"
    r"veröffentlichung einer [^.]{3,80}, übermittelt (?:durch|von)|dissemination of an? [^.]{3,80}, transmitted by|"
    r"(?:die eqs|die dgap)\W?\s?distributionsservices umfassen|the (?:eqs|dgap) distribution services include|"
    r"ende der mitteilung\s+(?:eqs|dgap)|end of (?:announcement|inside information)\s+(?:eqs|dgap)|"
    # RNS
    r"this information is provided by (?:rns|reach)\b|rns may use your ip address|"
    r"the company news service from the london stock exchange|"
    # GlobeNewswire, Cision, Business Wire, PR Newswire
    r"this announcement is distributed by (?:nasdaq|west corporation|globenewswire|wise)|"
    r"this information was brought to you by cision|copyright business wire \d{4}|"
    r"source\W+(?:business wire|globenewswire|pr newswire)\W*$|"
    r"die ausgangssprache, in der der originaltext veröffentlicht wird, ist die offizielle|"
    r"le texte du communiqué issu d['’]une traduction ne doit d['’]aucune manière|"
    r"el texto original en el idioma fuente de este comunicado es la versión oficial|"
    r"il testo originale del presente annuncio, redatto nella lingua di partenza|"
    # others
    r"original-?content von: [^.]{2,120}, übermittelt durch|ots-originaltext presseaussendung unter|"
    r"distributed by (?:apo group|african media agency)\b|this press release has been issued by apo|"
    r"press release distributed by \w+ on behalf of)",
    re.I,
)
"""What wires for companies put above or below a release: who is responsible, whose service it is."""
_LONGEST_WIRE_NOTE = 500

_END_INSIDE = re.compile(r"\s+(?:#(?:\s?#){2,6}|[-–—]\s?30\s?[-–—])\s*$")
"""The same behind the last sentence: … on Monday. ###"""

_LONGEST_INITIALS = 40
_PERSON = r"(?:[A-ZА-Я]{2,4}|[\u0900-\u0d7f]{2,6})"
_INITIALS = re.compile(rf"\W?{_PERSON}(?:/{_PERSON})+\W*$")
"""Initials in capitals, or as the scripts of India write them, side by side."""

_EXCHANGES = (
    r"(?i:NYSE(?:\s(?:American|Arca|MKT))?|NASDAQ(?:GS|GM|CM)?(?:\s(?:OMX\s)?(?!OMX)[A-Z]\w{2,12}){0,2}|"
    r"Euronext(?:\s[A-ZÅØ]\w{2,12}){0,2}|Oslo\sBørs|Borsa\sItaliana|Tadawul|Xetra|Frankfurt)|AMEX|OTC(?:QB|QX|BB)?|LSE|LON|AIM|TSX(?:-?V|V)?|CSE|"
    r"FSE|CVE|CNSX|OTC|(?i:OTC\s(?:Pink|Markets))|CNQ|BMFBOVESPA|TASE|KLSE|EGX|NEO|ASX|NZX|HKEX|HKSE|SEHK|SGX|JSE|FWB|"
    r"ETR|FRA|EPA|AMS|BME|BIT|SIX|SWX|OMX|STO|HEL|OSE|MOEX|MCX|KASE|AIX|BSE|NSE|TYO|TSE|"
    r"KRX|KOSPI|KOSDAQ|B3|WSE|GPW|ATHEX|"
    r"ADX|DFM|BIST|SSE|SZSE|TWSE|IDX|PSE|SET|BMV|東証(?:プライム|スタンダード|グロース)?|港交所|上交所|深交所|証券コード|证券代码|股票代码"
)
_TICKER = re.compile(
    rf"[(（\[;,、/|]\s?(?P<exchange>{_EXCHANGES})(?:\s?(?:and|und|et|y|e|og|och|/|&|,)\s?(?P<other>{_EXCHANGES}))?\s?[:：]\s?(?P<symbol>(?i:[A-Z\d][A-Z\d.-]{{0,7}})(?:\s[A-C](?!\w))?)(?=\s?[)）\];,、/|\s])"
)
"""(NYSE: KARN), (Nasdaq and TSX: KRN.A)"""


def is_release_line(line: str) -> str:
    """What a line like "For immediate release: 3 March" says after its mark; " " if nothing; "" for another line."""
    found = _IMMEDIATE.match(line[:200])
    return (line[found.end() :].strip() or " ") if found else ""


def release_kind(line: str) -> tuple[bool, str]:
    """Whether a line only says that this is a press release, and the number that it states."""
    found = _KIND.match(line[:120])
    dated = None if found else _DATED_KIND.match(line)
    if dated:
        return _is_only_time(dated["day"], "DMY"), ""
    if not found or (found["rest"] and not is_only_date(found["rest"])):
        return False, ""
    number = found["number"] or ""
    return True, "" if number and is_only_date(number) and _has_day(number) else number


def is_header(line: str) -> bool:
    """Whether a line says that this is a release, and how it may be used, or who issued it."""
    return bool(is_for_editors(line) or issuer(line))


def is_for_editors(line: str) -> bool:
    """Whether a line says that this is a release, or how it may be used."""
    return bool(is_release_line(line) or release_kind(line)[0] or embargo(line) is not None)


def is_only_date(text: str, order: Order = "DMY") -> bool:
    """Whether a text contains only a day (or next to nothing)."""
    found = next(dates.find_moments(text, order), None)
    if found:
        text = text[: found.start] + text[found.end :]
    return len(re.findall(r"\w", text)) <= 12


def _has_day(text: str) -> bool:
    return next(dates.find_moments(text, "DMY"), None) is not None


def embargo(line: str, order: Order = "DMY") -> str | None:
    """The time until which a line embargoes the release; "" if it names none; None for another line."""
    found = _EMBARGO.match(line) if len(line) <= 200 else None
    if not found or ((found["dashed"] or found["lifted"]) and not _is_only_time(line[found.end() :], order)):
        return None
    if _TRADE.search(found[0]) and not _is_of_release(line, found.end(), order):
        return None
    stated = next(dates.find_moments(line, order), None)
    if stated is None or dates.has_time(stated.moment):
        return stated.moment if stated else ""
    return _timed(stated.moment, line[: stated.start] + line[stated.end :], order)


def _is_of_release(line: str, end: int, order: Order) -> bool:
    """Whether an embargo, whose words end there in its line, is that of a release and none on trade: next to its words
    stands until when it holds, or nothing."""
    rest = line[end:]
    stated, timed = next(dates.find_moments(rest, order), None), _TIME.search(rest)
    starts = ([stated.start] if stated else []) + ([timed.start()] if timed else [])
    if _ENDS_AT_EVENT.match(line, end):
        return True
    before = _LIFTED.sub(" ", _UNTIL.sub(" ", rest[: min(starts, default=len(rest))]))
    return all(word.casefold() in CALENDAR_WORDS for word in re.findall(r"[^\W\d]+", before))


def _is_only_time(text: str, order: Order) -> bool:
    """Whether a text states a day or a time of day, or both, and says nothing else."""
    stated = next(dates.find_moments(text, order), None)
    rest = text[: stated.start] + " " + text[stated.end :] if stated else text
    timed = _TIME.search(rest)
    rest = _UNTIL.sub(" ", rest[: timed.start()] + " " + rest[timed.end() :] if timed else rest)
    words = re.findall(r"\w+", rest)
    return bool(stated or timed) and all(word.casefold() in CALENDAR_WORDS or word in ZONES for word in words)


def _timed(day: str, rest: str, order: Order) -> str:
    """The day of an embargo with the first time of day that its line names anywhere; the day alone where it names
    none."""
    found = _TIME.search(rest)
    if not found:
        return day
    at = "12:00" if found["noon"] else f"{found['hour']}:{found['minute'] or '00'} {found['half'] or ''}"
    return dates.read_moment(f"{day} {at.strip()} {found['zone'] or ''}".strip(), order) or day


def reference(line: str) -> str:
    """The reference number in a header line with nothing else; "" for another line."""
    found = _REFERENCE.match(line[:90]) or _NUMBERED.match(line[:30])
    return found["number"].rstrip(".") if found else ""


def code_in(line: str) -> str:
    """A reference in a line, in the form used by the European institutions."""
    found = _CODE.search(line[:400])
    return found[0] if found else ""


def issuer(line: str) -> str:
    """The issuer that a line names; "" for another line."""
    if len(line) > 140:
        return ""
    found = _ISSUER.match(line)
    if not found:
        return ""
    name = (found["name"] or found["wire"]).strip(" .\u3000")
    return _HAN_NAME.sub("", name) if _CHINESE.match(line) else name


def is_issuer(line: str) -> bool:
    """Whether a line names its issuer and says nothing else."""
    name = issuer(line)
    return bool(name) and line.rstrip(" .\u3000").endswith(name)


def closing_issuer(line: str) -> str:
    """The issuer that a line below a text names beyond doubt; "" for another line: a source can be that of a table."""
    found = _ISSUER.match(line) if len(line) <= 140 else None
    is_sure = found and (found["wire"] or found["sure"] == "SOURCE" or _ISSUED_BY.match(found["sure"]))
    return issuer(line) if is_sure and is_issuer(line) else ""


def is_header_date(line: str, order: Order = "DMY") -> bool:
    """Whether a line is a labelled date of a header, and nothing else."""
    found = _HEADER_DATE.match(line) if len(line) <= 80 else None
    return found is not None and is_only_date(line[found.end() :], order)


def is_end_mark(line: str) -> bool:
    """Whether a line is only an end mark, or what a wire links to below one; words without marks count only in
    capitals."""
    if line.startswith(_WIRES):
        return _WIRE.match(line) is not None
    if len(line) > 40 or not _END.match(line):
        return False
    return not line.strip().strip(".").isalpha() or _END_CASED.match(line) is not None


def is_wire_note(line: str) -> bool:
    """Whether a line is what a wire puts above or below a release, of its own service."""
    return len(line) <= _LONGEST_WIRE_NOTE and _WIRE_NOTE.match(line) is not None


def are_initials(line: str, above: str) -> bool:
    """Whether a line is nothing but the initials of those who wrote and cleared a release: "MG/RK/SS". Below a line
    that is built like it, or that leads to it, it is one of a list: "EUR/USD"."""
    if "/" not in line or len(line) > _LONGEST_INITIALS or _INITIALS.match(line) is None:
        return False
    return not above.rstrip().endswith((":", "：")) and not (
        len(above) <= _LONGEST_INITIALS and _INITIALS.match(above.strip())
    )


def without_end_mark(line: str) -> tuple[str, str]:
    """A line without the end mark at its end, and that mark ("" if there is none)."""
    found = _END_INSIDE.search(line, max(0, len(line) - 30))
    return (line[: found.start()], found[0].strip()) if found and found.start() else (line, "")


def tickers(line: str) -> tuple[str, ...]:
    """The stock tickers a line names, as "EXCHANGE: SYMBOL"."""
    if ":" not in line and "：" not in line:
        return ()
    named = ((found, name) for found in _TICKER.finditer(line) for name in (found["exchange"], found["other"]) if name)
    return tuple(f"{name}: {found['symbol'].upper()}" for found, name in named)
