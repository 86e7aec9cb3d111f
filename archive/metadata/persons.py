"""Whose name a text is: a person's, an institution's, an agency's or a desk's. Pure: a name in, a judgement out."""

from __future__ import annotations

import re

from archive.text.characters import FURTHER_WORD, NAME_WORD, PARTICLES
from archive.text.fingerprint import word_set

NAME = rf"{NAME_WORD}(?:{FURTHER_WORD}){{0,4}}"
"""A pattern of a name of five words at most."""

_WHOLE_NAME = re.compile(NAME)
_SMALL_WORD = re.compile(rf"(?<!\S)(?!(?:{PARTICLES})(?!\S))[a-z]+(?!\S)")
_BEFORE_A_NAME = "'’("
_FEWEST_WORDS, _MOST_WORDS = 2, 5
"""Of how many words a name is; one in capitals alone may be of more, as its office may stand with it."""

_SMALL_WORDS = 2
"""Words without a capital, but for those that lead to a name, that a name has at most: a sentence has more."""

_CHINESE = re.compile("[\u4e00-\u9fff]+$")
_CHINESE_NAME = re.compile(
    "[王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范石廖贾夏韦付邹孟熊秦邱江尹薛阎段雷侯龙"
    "史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔张張劉陳楊黃趙吳孫馬羅鄭謝許韓馮鄧蕭葉蘇呂盧鐘譚陸賈鄒閻龍賀顧龔萬錢嚴][\u4e00-\u9fff]{1,2}"
)
"""A Chinese name: one of the hundred most frequent family names and one or two signs more."""
_DESK = re.compile(
    r"\b(?:redaktion|redaction|rédaction|redacción|redazione|redacción|redakcja|newsroom|news|desk|staff|team|"
    r"agency|agentur|"
    r"agence|agencia|agenzia|press|media|magazin|magazine|times|post|zeitung|tv|online|editorial|bureau|service|"
    r"office|department|communications|(?:public|media|press|external|investor) relations|affairs|authority|council|"
    r"foundation|association|government|parliament|commission|committee|federation|consortium|"
    r"ministry|institute|university|company|inc|ltd|gmbh|ag|редакция|пресс-служба|агентство|министерство|ajansı|"
    r"haber)\b|"
    r"\.(?:com|de|org|net|tr|ru|kz|at|ch|fr|uk)\b|\d",
    re.I,
)
_INSTITUTION = re.compile(
    r"(?:the\s)?(?:(?!and\b)[\w'’.-]+\s){0,4}?(?:ministry|department|office|bureau|agency|institute|committee|"
    r"commission|council|"
    r"directorate|division|secretariat|centre|center|board|authority|faculty|school|college|association|society|"
    r"service|"
    r"ministerium|ministerio|ministère|ministero|ministério|département|departamento|dipartimento|abteilung|amt|"
    r"direction|agence|agencia|agenzia|conseil|consejo|consiglio|conselho|"
    r"dirección|consejería|comisión|министерство|департамент|комитет|управление|ministerstwo|υπουργείο|bakanlığı)\b",
    re.I,
)
"""How the names of institutions begin."""
_LAST_JOINED = re.compile(
    r",[^,]*\s(?:and|und|et|y|e|og|och|en|и|та|және|και|i)\s[^,]*$|\s(?:of|for|de|des|für)\s[^,]*,", re.I
)
_OF_TWO = re.compile(
    r"\s(?:of|for|de|des|für|per|za|по)\s.*\s(?:and|und|et|y|e|og|och|i|и)\s|"
    r"^(?:the\s)?[\w'’-]+\s(?:and|&)\s(?:[\w'’-]+\s){1,3}(?:ministry|department|administration|authority|agency|"
    r"commission|committee|board|council|office|bureau|service|institute|association)$",
    re.I,
)
"""Names of institutions for two things: "Ministry of Trade and Industry", "Fish and Game Department"."""
_AGENCY_WORDS = """afp ap apa dpa sid reuters ansa efe pap tass тасс interfax интерфакс ria kna epd ots ots.at belga
    anp tt ntb ritzau ats keystone-sda sda upi xinhua 新华社 kyodo yonhap pti ians bbc cnn aa dha iha казинформ
    kazinform казтаг bloomberg ctk čtk mti agerpres bta tanjug hina europapress lusa ukrinform укринформ унян
    belta белта"""
_AGENCIES = frozenset(_AGENCY_WORDS.split()) | {"associated press"}


_OFFICE_WORDS = word_set("""
    the of for and und et y e i och og en der die das des de del della dell di da do la le l el il van voor till za w
    press media news newsroom editorial editors editor desk newsdesk team staff office department unit division section
    service services communication communications public relations affairs information web site website online digital
    content
    presse pressestelle presseabteilung presseteam pressebüro pressedienst pressekontakt pressereferat redaktion
    redaktionen redaktionsteam onlineredaktion webredaktion kommunikation kommunikationsabteilung öffentlichkeitsarbeit
    abteilung stabsstelle referat medienstelle medienteam medien webmaster unternehmenskommunikation
    rédaction redaction direction bureau pôle cellule webmestre communiqué
    redacción redaccion prensa gabinete departamento oficina comunicación comunicacion servicio área equipo editor
    redazione ufficio stampa comunicazione servizio area
    redação assessoria imprensa comunicação gabinete setor serviço equipe
    redactie persdienst pers afdeling communicatie webredactie persvoorlichting
    redakcja biuro prasowe prasowy rzecznik zespół wydział promocji komunikacji redaktor strony serwisu
    redakce tiskové tiskový oddělení odbor mluvčí tisková správce webu redakcia tlačové oddelenie
    szerkesztőség szerkesztő webszerkesztő sajtóiroda sajtóosztály sajtószolgálat sajtóreferens kommunikációs osztály
    iroda csoport főszerkesztő
    redaktionen webbredaktionen pressavdelningen pressjour presstjänst presstjänsten kommunikationsavdelningen
    pressekontoret presseavdelingen kommunikasjonsavdelingen pressafdelingen presseafdelingen kommunikationsafdelingen
    toimitus viestintä viestintäosasto viestintätiimi verkkotoimitus tiedotus
    пресс служба центр редакция редактор сайта отдел управление прес служби редакції редакція відділ по связям с
    общественностью администратор администрация сайту адміністратор
    γραφείο τύπου σύνταξη συντακτική ομάδα τμήμα επικοινωνίας διεύθυνση
    basın birimi bürosu müdürlüğü editörü editör yayın haber merkezi halkla ilişkiler servisi ve
    redacția redactia biroul presă uredništvo redakcija služba ured za odnose s javnošću
    administrador administrateur administratör administratore administrator beheerder rendszergazda yönetici
""")
"""Words of what offices that write for their house are called, and their webmasters, in many languages."""

_OFFICES = re.compile(
    r"(?:政策|総務|秘書)?(?:広報|報道|宣伝)\w{0,4}[課室部係局]|編集[部局]|编辑部|管理[员員者]|新闻(?:办公室|中心|科|处)|宣传[部科处]|"
    r"관리자|홍보\w{0,4}[실팀과부]|대변인실|편집[부국팀실]|공보\w{0,3}[실과관]"
)
"""The same in scripts without blanks."""


_PAPER = re.compile(r"(?:the|die|la|el|le|il|de)\s(?:press|presse|prensa|stampa|pers|news|media)", re.I)
"""What newspapers are called."""

_SHORT = 3
"""Letters of the small words in the names of offices."""


def is_office(name: str) -> bool:
    """Whether a name is an office's, a desk's or a webmaster's, without one that tells whose: "Pressestelle"."""
    words = re.findall(r"[^\W\d_]+", name.casefold())
    told = [word for word in words if len(word) > _SHORT]
    if told and all(word in _OFFICE_WORDS for word in words):
        return _PAPER.fullmatch(name) is None
    return _OFFICES.fullmatch(name) is not None


def is_agency(name: str) -> bool:
    """Whether a name is one of the known news agencies'."""
    return name.casefold().strip(".") in _AGENCIES


def is_chinese(text: str) -> bool:
    """Whether a text has Chinese signs alone."""
    return _CHINESE.match(text) is not None


def begins_as_institution(name: str) -> bool:
    """Whether a name begins with what institutions are called."""
    return _INSTITUTION.match(name) is not None


def is_institution(name: str) -> bool:
    """Whether a text with commas, or with an "and", is the one name of an institution: it begins, or ends, with what
    institutions are called."""
    if "," in name:
        return begins_as_institution(name) and _LAST_JOINED.search(name) is not None
    joined = _OF_TWO.search(name)
    return joined is not None and (joined.end() == len(name) or begins_as_institution(name))


def is_person(name: str) -> bool:
    """Whether a byline's name looks like a person's, not an agency's, a desk's or a site's."""
    if is_agency(name) or _DESK.search(name):
        return False
    if is_chinese(name):
        return _CHINESE_NAME.fullmatch(name) is not None
    parts = name.split()
    if len(parts) > _SMALL_WORDS and len(_SMALL_WORD.findall(name)) > _SMALL_WORDS:
        return False
    if name.isupper():
        return len(parts) >= _FEWEST_WORDS
    begins_well = all(part[0].isalpha() or part[0] in _BEFORE_A_NAME for part in parts)
    return _FEWEST_WORDS <= len(parts) <= _MOST_WORDS and begins_well


def is_persons_name(text: str) -> bool:
    """Whether a text is nothing but what looks like a person's name: no sentence that begins with it."""
    return _WHOLE_NAME.fullmatch(text) is not None and is_person(text)
