"""The language of a page: as stated, checked against the script, letters and words of the text; else guessed from them.

Pure, with small tables: good enough to choose a date order or a table of words. Base codes only ("en", "kk").
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from functools import cached_property

_STATED = re.compile(r"^([a-z]{2,3})(?:[-_][a-z0-9]+)*$", re.I)
_ALIASES = {
    "ua": "uk",
    "kz": "kk",
    "cn": "zh",
    "jp": "ja",
    "gr": "el",
    "cz": "cs",
    "iw": "he",
    "nb": "no",
    "nn": "no",
    "in": "id",
}

_SCRIPTS: tuple[tuple[str, str, frozenset[str]], ...] = (
    ("kana", "\u3040-\u30ff", frozenset({"ja"})),
    ("hangul", "\uac00-\ud7af", frozenset({"ko"})),
    ("han", "\u3400-\u9fff", frozenset({"zh", "ja"})),
    ("greek", "\u0370-\u03ff\u1f00-\u1fff", frozenset({"el"})),
    (
        "cyrillic",
        "\u0400-\u052f",
        frozenset({"ru", "uk", "kk", "be", "bg", "sr", "mk", "ky", "tg", "mn", "tt", "uz", "ba"}),
    ),
    ("arabic", "\u0600-\u06ff", frozenset({"ar", "fa", "ur", "ckb", "ps", "ug"})),
    ("hebrew", "\u0590-\u05ff", frozenset({"he", "yi"})),
    ("thai", "\u0e00-\u0e7f", frozenset({"th"})),
    ("devanagari", "\u0900-\u097f", frozenset({"hi", "mr", "ne"})),
    ("armenian", "\u0530-\u058f", frozenset({"hy"})),
    ("georgian", "\u10a0-\u10ff", frozenset({"ka"})),
    ("bengali", "\u0980-\u09ff", frozenset({"bn"})),
    ("tamil", "\u0b80-\u0bff", frozenset({"ta"})),
)
_NEVER_LATIN = frozenset(
    {"ja", "ko", "zh", "el", "ru", "uk", "be", "bg", "mk", "ar", "fa", "ur", "he", "th", "hi", "ka"}
)
_LETTERS = {name: re.compile(f"[{span}]") for name, span, _ in _SCRIPTS}
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")
_ASCII = re.compile(r"[\x00-\x7f]+")
_CYRILLIC = frozenset({"ru", "uk", "kk", "bg", "sr", "be", "mk", "ky", "mn", "tg", "tt"})
_SAMPLE = 4_000
_PLAIN, _PLAIN_ALONE = 8, 5
"""Common words of another language from which a text is plainly in it; where it has none of the claimed language."""
_WORDS = re.compile(r"[^\W\d_]+")

_COMMON: Mapping[str, frozenset[str]] = {
    language: frozenset(words.split())
    for language, words in {
        "en": "the of and to in for that with is was on by as at from are this said has have will be its not",
        "de": "der die das und in den von zu mit ist nicht für auf dem ein eine sich auch im des wird sie werden hat",
        "fr": "le la les de des et à en un une du est dans pour que qui sur par au avec pas plus ce ont sont",
        "es": "el la los las de y en un una del que por con para se es al como su más lo fue han",
        "it": "il la di e che in un una per del della con non sono le dei alla è ha si da nel gli anche",
        "pt": "o a os as de do da e em um uma que para com não por no na dos se foi mais ao são",
        "nl": "de het een en van in op te is dat met voor zijn niet aan ook door bij naar maar werd",
        "pl": "w i na z do się nie że to jest o od za po przez jak dla oraz przy są który było",
        "sv": "och att det i en på är av för som med den till har de inte om ett var från",
        "da": "og at det i en på er af for som med den til har de ikke om et var fra blev efter",
        "no": "og å det i en på er av for som med den til har de ikke om et var fra ble etter",
        "fi": "ja on ei että se oli ovat mutta myös kun hän sen joka jotka sekä mukaan vuoden",
        "tr": "ve bir bu için ile da de olarak çok daha olan gibi kadar sonra en ne",
        "cs": "a v se na je že s z do o to i za by jako jsou podle pro který ale",
        "ro": "de și în la a cu pe că din o un pentru nu este care mai sunt au fost",
        "hu": "a az és hogy nem is egy meg volt ez csak még már el kell de azt",
        "id": "yang dan di untuk dengan dari pada ini itu dalam akan tidak adalah ke oleh juga",
        "ru": "и в на не что с по это как из для от был а к о за его при также",
        "uk": "і в на не що з та до це як за для від про є у його також який був",
        "kk": "және мен бен үшін бұл бір деп болып ол де да осы туралы бойынша жылы екен болды",
        "bg": "и на в да се за не от с е че по са като до през ще това",
        "sr": "и у је да на се за не са од су као који то из али",
        "be": "і ў у не на што з да як па для гэта ад яго было",
        "mk": "и во на да се за не од е со што ќе кои како ги",
        "ky": "жана менен бул үчүн бир да деп болгон эле кыргыз",
        "mn": "нь болон энэ байна юм гэж болно байгаа оны хотын бөгөөд тул уу",
        "tg": "ва дар аз ба ки ин бо барои аст буд мекунад",
        "tt": "һәм белән бу өчен бер дип булган да дә буенча",
        "ca": "el la els les de i en un una del que per amb a al és no va dels han com més són aquest als",
        "gl": "o a os as de e en un unha do da que por con non para se é ao máis como foi na polo dos das",
        "eu": "eta da ez du bat dute zen dira ere izan dio baina hau den egin dituzte dela zuen",
        "hr": "i u je se da na za su od s koji a o će kao bi te iz ili prema nije godine",
        "sl": "in je v na se za da so z s ki ne bo po pri iz tudi kot ali od pa sta",
        "sk": "a v sa na je že z s do o aj i za po ktorý sú pre bude ako pri podľa ktoré",
        "lt": "ir yra kad iš su į tai bus kaip už buvo nuo dėl bei savo po taip pat",
        "lv": "un ir ar no par uz kas tika ka lai kā pēc būs arī tiek to gan bet",
        "et": "ja on ei et see oli ka kui mis ning või oma selle aasta kes nii",
        "is": "og að í á er sem til við um var með fyrir en ekki af það hefur frá verið",
        "ga": "agus an na a i le ar go do is ag ní bhí leis tá sé chun don ó gur",
        "cy": "y yn a i o ar yr mae wedi ei am bydd gan ac ond oedd eu hyn fel gyda un",
        "mt": "li u ta il ma fl hija huwa għal minn dan din dwar biex kien tal bil se f għandu",
        "sq": "të e në dhe për një me i nga që është u ka se do si më nuk ai kjo",
        "vi": "và của là có được cho trong các một với không người những đã này năm tại khi về đến",
        "az": "və bu bir üçün ilə də ki olan olub edilib isə sonra daha kimi edir",
    }.items()
}
_OWN_LETTERS: Mapping[str, frozenset[str]] = {
    language: frozenset(letters)
    for language, letters in {
        "en": "",
        "de": "äöüß",
        "fr": "àâæçéèêëîïôœùûüÿ",
        "es": "áéíñóúüºª",
        "it": "àèéìíîòóùú",
        "pt": "áâãàçéêíóôõúüºª",
        "nl": "áéèêëïíóöúü",
        "pl": "ąćęłńóśźż",
        "sv": "åäöé",
        "da": "æøåéó",
        "no": "æøåéòôó",
        "fi": "äöåšž",
        "tr": "çğıöşüâîû",
        "cs": "áčďéěíňóřšťúůýž",
        "ro": "ăâîșțşţ",
        "hu": "áéíóöőúüű",
        "id": "é",
        "ca": "àçèéíïòóúü",
        "gl": "áéíñóúü",
        "eu": "ñüç",
        "hr": "čćđšž",
        "sl": "čšž",
        "sk": "áäčďéíĺľňóôŕšťúýž",
        "lt": "ąčęėįšųūž",
        "lv": "āčēģīķļņšūž",
        "et": "äõöüšž",
        "is": "áðéíóúýþæö",
        "ga": "áéíóú",
        "cy": "âêîôûŵŷáàäëïöẁẃẅ",
        "mt": "ċġħżàèìòù",
        "sq": "çë",
        "az": "əğıöşüç",
        "ru": "абвгдежзийклмнопрстуфхцчшщъыьэюяё",
        "uk": "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя",
        "be": "абвгдеёжзійклмнопрстуўфхцчшыьэюя",
        "bg": "абвгдежзийклмнопрстуфхцчшщъьюя",
        "sr": "абвгдђежзијклљмнњопрстћуфхцчџш",
        "mk": "абвгдѓежзѕијклљмнњопрстќуфхцчџш",
        "kk": "абвгдежзийклмнопрстуфхцчшщъыьэюяёәғқңөұүһі",
        "ky": "абвгдежзийклмнопрстуфхцчшщъыьэюяёңөү",
        "mn": "абвгдежзийклмнопрстуфхцчшщъыьэюяёөү",
        "tg": "абвгдежзийклмнопрстуфхчшъэюяёғӣқӯҳҷ",
        "tt": "абвгдежзийклмнопрстуфхцчшщъыьэюяёәөүҗңһ",
    }.items()
}
"""The letters that a language is written with, but for a to z."""

_ALIKE = (
    frozenset({"no", "da"}),
    frozenset({"hr", "sr", "bs", "sl"}),
    frozenset({"id", "ms"}),
    frozenset({"pt", "gl"}),
)
"""Languages so alike that a page is believed which of them it is in."""
_MARKED = re.compile(r"[^\W\d_a-zA-Z]")
_ANY_LETTER = re.compile(r"[^\W\d_]")
_STRANGE, _SOME_STRANGE, _NAMES = 0.006, 5, 3
"""The share of letters, and the number, from which a text is hardly in a language that has not got them; times as many
may stand in names in one that is written with a to z."""


_APART = {
    "ru": ("uk", re.compile("[іїєґ]", re.I), re.compile("[ыэъё]", re.I)),
    "uk": ("ru", re.compile("[ыэъё]", re.I), re.compile("[іїєґ]", re.I)),
}
"""Languages with many words in common, each with the other one, its letters and those of its own."""

_PLAIN_LETTERS = 10


def stated_language(*values: str) -> str:
    """The base code of the first value that is a language tag; "" if none is."""
    for value in values:
        found = _STATED.match(value.strip())
        if found and found[1].lower() not in ("und", "mul", "utf", "xx", "xy"):
            return _ALIASES.get(found[1].lower(), found[1].lower())
    return ""


def script_of(text: str) -> str:
    """The name of the script of most letters of a text; "latin" or "" for scripts that are not in the table.

    A syllabary counts more than the ideographs beside it, because Japanese and Korean share these with Chinese.
    """
    sample = text[:2_000]
    if sample.isascii():
        return "latin" if _LATIN.search(sample) else ""
    others = _ASCII.sub("", sample)
    counts = {name: len(letters.findall(others)) for name, letters in _LETTERS.items() if letters.search(others)}
    latin = len(_LATIN.findall(sample))
    if counts.get("kana", 0) * 5 > counts.get("han", 0):
        counts["kana"] = counts.get("kana", 0) + counts.pop("han", 0)
    name, count = max(counts.items(), key=lambda item: item[1], default=("", 0))
    return name if count * 2 > latin else "latin" if latin else ""


def guess(text: str) -> str:
    """The most likely language of a text, by script and common words; "" if there is no sign of any."""
    return _Weighed(text).guess()


def reconcile_language(claimed: str, text: str) -> str:
    """The stated language; a guess if none is stated, or if the script or the words are clearly of another."""
    weighed = _Weighed(text)
    if not claimed or (weighed.spoken is not None and claimed not in weighed.spoken):
        return weighed.guess() or claimed
    if weighed.script == "latin" and claimed in _NEVER_LATIN:
        return weighed.guess() or claimed
    if any(claimed in alike and weighed.guess() in alike for alike in _ALIKE):
        return claimed
    return weighed.plainly_other(claimed) or weighed.written_otherwise(claimed) or claimed


class _Weighed:
    """The script of a text, and how many common words of each language it has, each counted once."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.script = script_of(text)
        self.spoken = next((languages for name, _, languages in _SCRIPTS if name == self.script), None)

    @cached_property
    def words(self) -> Counter[str]:
        return Counter(_WORDS.findall(self.text[:_SAMPLE].lower()))

    @cached_property
    def scores(self) -> dict[str, int]:
        """How many common words of each language the text has; only for languages in its script."""
        words = self.words
        return {
            language: sum(words[word] for word in common & words.keys())
            for language, common in _COMMON.items()
            if (language in self.spoken if self.spoken else language not in _CYRILLIC)
            and not (_OWN_LETTERS.get(language) and self.is_strange(language))
        }

    @cached_property
    def letters(self) -> Counter[str]:
        """The letters of the text but for a to z."""
        return Counter(_MARKED.findall(self.text[:_SAMPLE].lower()))

    @cached_property
    def enough(self) -> float:
        """How many letters a language may not have before the text is not in it."""
        return max(_SOME_STRANGE, _STRANGE * len(_ANY_LETTER.findall(self.text[:_SAMPLE])))

    def is_strange(self, language: str) -> bool:
        """Whether the text has many letters that a language has not got."""
        own = _OWN_LETTERS.get(language)
        if own is None:
            return False
        strange = sum(n for letter, n in self.letters.items() if letter not in own)
        return strange >= self.enough * (1 if own else _NAMES)

    @property
    def best(self) -> str:
        return max(self.scores, key=lambda language: self.scores[language], default="")

    def guess(self) -> str:
        if self.spoken and len(self.spoken) == 1:
            return next(iter(self.spoken))
        text, script = self.text, self.script
        if script == "han":
            return "zh"
        if script in ("arabic", "hebrew", "devanagari"):
            return {"arabic": "fa" if re.search("[پچژگ]", text) else "ar", "hebrew": "he", "devanagari": "hi"}[script]
        if script == "cyrillic" and re.search("[ғқұі]", text.lower()) and re.search("[ғқұ]", text.lower()):
            return "kk" if not re.search("[ӣӯҳҷў]", text.lower()) else self.best
        best = self.best
        return best if best and self.scores[best] >= 2 and self.scores[best] * 12 >= self._count() else ""

    def plainly_other(self, claimed: str) -> str:
        """Another language, if the text has many of its common words and almost none of the claimed language."""
        if claimed in _APART:
            other, theirs, ours = _APART[claimed]
            if not ours.search(self.text) and len(theirs.findall(self.text)) >= _PLAIN_LETTERS:
                return other
        own, best = self.scores.get(claimed), self.best
        enough = _PLAIN if own else _PLAIN_ALONE
        if own is None or self.scores[best] < enough or own * 4 > self.scores[best] or best != self.guess():
            return ""
        return best

    def written_otherwise(self, claimed: str) -> str:
        """Another language, if the text has letters that the claimed one has not, and words of the other."""
        if claimed not in _OWN_LETTERS or not self.is_strange(claimed):
            return ""
        found = self.guess()
        common = _COMMON.get(claimed, frozenset())
        own = sum(self.words[word] for word in common)
        return found if self.scores.get(found, 0) >= own or found == "kk" else ""

    def _count(self) -> int:
        return len(_WORDS.findall(self.text[:_SAMPLE]))
