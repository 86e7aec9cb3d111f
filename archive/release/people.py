"""Whether the words of a contact are the name of a person, what that person does, or whom they work for. Pure.

Names are not looked up: capitals and the number of words decide, and, in scripts without capitals, what titles and
offices end with.
"""

from __future__ import annotations

import re

from archive.core.cache import remembered
from archive.text.characters import FURTHER_WORD, NAME_WORD

_ROLE = re.compile(
    r"\b(?:officer|director|manager|secretary|spokes(?:man|woman|person)|coordinator|chief|head|specialist|adviso?r|"
    r"adviser|communications?|relations|press|media|vice president|president|deputy|assistant|associate|executive|"
    r"editor|professor|researcher|lecturer|consultant|"
    r"\w*sprecher(?:in)?|\w*leiter(?:in)?|\w*referent(?:in)?|\w*leitung|\w*beauftragte[r]?|geschäftsführer(?:in)?|"
    r"responsable|directeur|directrice|chargée?|attachée?|porte-parole|jefe|jefa|director[a]?|portavoz|responsabile|"
    r"addett[oa]|portavoce|direttore|direttrice|assessora?|diretora?|porta-voz|gerente|"
    r"\w*woordvoerder|\w*voorlichter|adviseur|"
    r"\w{0,20}(?:chef|sjef|ansvarig|ansvarlig|direktør|direktör|rådgiver|rådgivare|sekreterare)|kommunikatör|"
    r"\w{0,20}(?:päällikkö|johtaja)|tiedottaja|"
    r"rzecznik|rzeczniczka|dyrektor|kierownik|specjalist\w|(?:tisk\w{1,3}\s)?mluvčí|ředitel(?:ka)?|vedoucí|"
    r"danışmanı|müdürü|sözcüsü|koordinatörü|purtător|"
    r"специалист|начальник|руководитель|советник|\w{0,20}-?секретарь|менеджер|директор|речни(?:к|ця)|керівни(?:к|ця)|"
    r"\w{0,20}-?секретар|басшысы|хатшысы|маман|кеңесшісі)\b",
    re.I,
)
_POST = (
    *("officer", "director", "manager", "secretary", "spokesman", "spokeswoman", "spokesperson", "coordinator"),
    *("advisor", "adviser", "sprecher", "sprecherin", "leiter", "leiterin", "referent", "referentin", "attaché"),
    *("attachée", "portavoz", "portavoce", "porta-voz", "porte-parole", "rzecznik", "rzecznik prasowy", "rzeczniczka"),
    *("rzeczniczka prasowa", "mluvčí", "woordvoerder", "voorlichter", "chef", "sjef", "ansvarig", "ansvarlig"),
    *("tiedottaja", "секретарь", "секретар"),
)
"""How the post of one person ends, in small letters."""
_SPEAKING = re.compile(
    r"(?<![^\W_])(?:press(?!ur|ed|ing|ion)|media(?!t|n)|medien|médias?|medios|"
    r"pers(?:dienst|voorlicht|woordvoer|contact|chef|afdeling|team|bureau)?(?![^\W_])|pers(?:voorlicht|woordvoer)|communicati|"
    r"comunica[cçtz]|[kc]omunika[ctsč]|\w*kommunik|viestin|humas|spokes|\w*sprecher|mluvčí|rzeczni|woordvoerder|voorlichter|"
    r"portavoz|porta-voz|portavoce|porte-parole|tiedott|tiedotus|prensa|imprensa|stampa|prasow|tiskov|tlačov|sajtó|basın|"
    r"пресс?(?:-|[ыеиі](?!\w)|служб|центр)|τύπου|(?:public|external|corporate|investor)\s(?:relations|affairs)|"
    r"pres[ăa](?![^\W_]))|媒体|新闻|広報|報道|홍보|إعلام",
    re.I,
)
"""How the words begin by which a post or an office speaks to the media, unlike those of depression or of persons."""

_OFFICE = re.compile(
    r"(?<![^\W_])(?:office|bureau|department|division|unit|desk|team|service|relations?|affairs|communications?|"
    r"gabinete|oficina|departamento|servicio|serviço|setor|assessoria|comunicaci[oó]n|comunicação|ufficio|sala|servizio|"
    r"comunicazione|cellule|direction|pôle|biuro|wydział|zespół|oddělení|odbor|oddelenie|k[oa]munika[cč]\w+|komunikasi|humas|"
    r"\w*osztály|serviciul|birimi|bürosu|müdürlüğü|müşavirliği|birou\w*|ured|\w*(?:stelle|abteilung|referat|dienst|team|redaktion|kontakt|arbeit|"
    r"kommunikation|kontoret|avdelning(?:en)?|avdelingen|afdeling(?:en)?|tjänst(?:en)?|jour(?:en)?|voorlichting|osasto|"
    r"viestintä|iroda)|[\w-]*(?:служб[аи]|центр)|отдел|відділ|управление|управління|γραφείο|مكتب|إدارة)(?![^\W_])|[課课室部係局科处팀실과국]|担当|办公室|中心|부서?(?!\w)",
    re.I,
)
"""What offices are called."""

_TITLE = (
    r"(?:(?:Dr|Mr|Mrs|Ms|Prof|Hon|Sr|Sra|Frau|Herr|M|Mme|Ing|Mgr|Bc|Dipl|Dott|Lic|Associate\sProfessor|Professor|"
    r"Assoc|PD|rer|nat|med|phil|med|h\.c)\.?(?:-Ing\.)?\s){0,4}"
)
_NAME = re.compile(rf"^{_TITLE}{NAME_WORD}(?:{FURTHER_WORD}){{1,3}}$")
_TITLES_ONLY = re.compile(
    r"^(?:Ph\.?D|M\.?D|M\.?B\.?A|M\.?Sc|B\.?A|M\.?A|APR|CFA|CPA|Esq|Jr|Sr|R\.?N|LL\.?M|FRCP|OBE|MBE|CBE|CSc|DrSc)\.?$",
    re.I,
)
_ORGANISATION = re.compile(
    r"\b(?:inc|llc|ltd|gmbh|ag|s\.?a|corp|company|department|office|ministry|university|institute|council|agency|"
    r"authority|communications|partners|associates|conservancy|foundation|center|centre|group|press|media|relations|"
    r"министерство|департамент|управление)\b\.?",
    re.I,
)
_NO_PERSON = re.compile(
    r"\b(?:inc|llc|ltd|plc|gmbh|ag|asa|oyj|corp|company|department|office|ministry|university|institute|council|agency|"
    r"authority|foundation|group|hospital|museum|college|pr|broker|nomad|advisers|advisors|partners|consulting|securities|capital|solutions|services|holdings?|society|trust|union|desk|team|city|county|bank|stadt|gemeinde|landkreis|kreis|"
    r"universität|hochschule|institut|klinikum|ministerium|landesamt|bundesamt|amt|ville|mairie|université|ayuntamiento|"
    r"universidad|comune|università|regione|câmara|prefeitura|universidade|gemeente|provincie|kommun|kommune|universitet|"
    r"region|kaupunki|yliopisto|urząd|miasto|uniwersytet|město|univerzita|úřad|belediyesi|üniversitesi|bakanlığı|"
    r"министерство|департамент|управление|администрация|университет|комитет|акимат|міністерство|управління)\b",
    re.I,
)
_ARTICLES = ("Der ", "Die ", "Das ", "The ", "Het ")
_HAN = re.compile(
    r"^[\u4e00-\u9fff\u3040-\u30ff]{2,5}$|^[\u4e00-\u9fff]{1,3}[ \u3000][\u4e00-\u9fff\u3040-\u30ff]{1,4}$"
)
_HAN_OFFICE = re.compile(
    r"(?:[课課部室局市区県省庁署所会会係科处處院司社党校厅廳馆館組组]|公司|中心|集团|集團|センター|大学|グループ|チーム|担当|責任者|主任|经理|經理|[科处處课課部局]长|発言人|发言人|電話|电话)$"
)
_HANGUL = re.compile(r"^(?:(?P<before>[가-힣\w ]{2,40})\s)?(?P<name>[가-힣]{2,4})$")
_HANGUL_WITH_POST = re.compile(r"^(?:(?P<before>[가-힣\w ]{2,40})\s)?(?P<name>[가-힣]{2,4})\s(?P<after>[가-힣]{2,8})$")
_HANGUL_OFFICE = re.compile(
    r"(?:[관과팀실부국장원청]|센터|담당자?|대리|사무관|주무관|기자|대변인|이사|대학교|위원회|주식회사)$"
)

_LETTERS_OF_NAME = 3
"""Letters of a Korean name, which may end as an office does."""


def is_role(text: str) -> bool:
    """Whether words say what somebody does."""
    return _ROLE.search(text) is not None


def is_post(text: str) -> bool:
    """Whether words are the post of one person, and no office: "press officer"."""
    return text.lower().endswith(_POST)


def is_for_media(post: str) -> bool:
    """Whether a post is one that speaks to the media."""
    return _SPEAKING.search(post) is not None


def is_press_office(text: str) -> bool:
    """Whether words name an office that speaks to the media."""
    return is_for_media(text) and _OFFICE.search(text) is not None


def is_organisation(text: str) -> bool:
    """Whether words name an organisation or an office of it."""
    return bool(_ORGANISATION.search(text) or _NO_PERSON.search(text))


@remembered(2_000)
def is_name(text: str) -> bool:
    """Whether words are the name of a person."""
    if text[:1] >= "\u3040":
        return _HAN.match(text) is not None and not _HAN_OFFICE.search(text)
    small = any(word[0].islower() and not word[0].isascii() for word in text.split())
    small = small or text.startswith(_ARTICLES)
    return _NAME.match(text) is not None and not small and not _ROLE.search(text) and not _NO_PERSON.search(text)


def looks_like_name(text: str) -> bool:
    """Whether a line may be somebody's name, or that of an organisation."""
    return _NAME.match(text) is not None or is_name(text)


def name_and_role(text: str) -> tuple[str, str]:
    """The name and the role in words without a mark between them: "spokesperson Ada Marsh", "Press Officer Ada Marsh";
    in Korean the office can follow as well. "" for both in others."""
    if "가" <= text[-1:] <= "힣":
        return _in_korean(text)
    if "\u3040" <= text[-1:] <= "\u9fff":
        office, _, name = text.replace("\u3000", " ").rpartition(" ")
        return (name, office) if _HAN_OFFICE.search(office) and is_name(name) else ("", "")
    words = text.split()
    if len(words) > 8 or not _ROLE.search(text):
        return "", ""
    for at in range(1, len(words) - 1):
        role, name = " ".join(words[:at]), " ".join(words[at:])
        if is_name(name):
            return (name, role) if _ROLE.search(words[at - 1]) else ("", "")
    return "", ""


def _in_korean(text: str) -> tuple[str, str]:
    posted = _HANGUL_WITH_POST.match(text)
    is_post = posted and _HANGUL_OFFICE.search(posted["after"]) and not _HANGUL_OFFICE.search(posted["name"])
    found = posted if is_post else _HANGUL.match(text)
    if not found:
        return "", ""
    before, name, after = found["before"] or "", found["name"], found.groupdict().get("after", "")
    if _HANGUL_OFFICE.search(name) and (len(name) != _LETTERS_OF_NAME or name.endswith("청")):
        return "", ""
    if before and not _HANGUL_OFFICE.search(before):
        return "", ""
    return name, " ".join(filter(None, (before, after)))


def is_title(text: str) -> bool:
    """Whether words are only degrees or orders, as they follow a name."""
    return _TITLES_ONLY.match(text) is not None
