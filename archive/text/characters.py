"""Characters that differ and mean the same (unseen ones, capitals), scripts that say a word in one or two, how
names of people are written, and what leads to them. Pure.

Soft hyphens, blanks of no width and stray marks cut words apart for a search. The joiners U+200C and U+200D stay:
Persian and the scripts of India are written with them.
"""

from __future__ import annotations

import re

_INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff]+")
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]+")
_MARKS = " \u200e\u200f\u061c"
_OTHER_FORMS = (("ı", "i"), ("ς", "σ"), ("ſ", "s"))
"""Small letters that are another form of one, as in `re.IGNORECASE`."""

DENSE = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0e00-\u0eff]")
"""Letters of scripts whose words are short or not parted by blanks: Chinese, Japanese, Korean, Thai, Lao."""

PARTICLES = "de|van|von|der|den|la|le|al|bin|di|da|dos|del|el|af|zu|ter|ten|do"
"""The small words that lead to the name of a family."""

NAME_WORD = r"[^\W\d_a-z][\w.'’-]{0,30}"
FURTHER_WORD = rf"\s(?:(?:{PARTICLES})\s){{0,2}}{NAME_WORD}"
"""Patterns of a word of a person's name, and of a further one with what may lead to it (van der)."""

_WRITTEN = (
    # Germanic
    "(?:written|posted|submitted|published|created|authored|reported|contributed|uploaded|added) by",
    "(?:veröffentlicht|erstellt|eingestellt|geschrieben|verfasst|publiziert|gepostet) von",
    "(?:geschreven|geplaatst|gepubliceerd|gepost|toegevoegd) door|(?:geskryf|geplaas|gepubliseer) deur",
    "(?:skrive[nt]|skrevet|publicera[dt]|publiceret|publisert|postat|postet|inlagd|upplagd|udgivet|offentliggjort|"
    "oprettet|lagt (?:ut|inn)) a[vf]|(?:skrifað|ritað|birt|sett inn) af",
    # Romance
    "(?:publiée?|écrite?|rédigée?|postée?|proposée?|mise? en ligne|ajoutée?) par",
    "(?:publicad[oa]|escrit[oa]|redactad[oa]|redigid[oa]|enviad[oa]|elaborad[oa]|cread[oa]|criad[oa]|subid[oa]|"
    "postad[oa]|inserid[oa]) por|(?:publicat|escrit|redactat|enviat) per",
    "(?:scritt|pubblicat|redatt|inserit|postat|creat)[oa] da(?:l(?:la)?)?",
    "(?:scris|publicat|postat|adăugat|trimis|redactat)ă? de(?: către)?",
    # Slavic and Baltic
    "(?:napisał|opublikował|dodał|zamieścił)[aiy]?|(?:napisan|opublikowan|dodan|zamieszczon|przygotowan)[eya] przez",
    "(?:napsal|napísal|zveřejnil|zverejnil|publikoval|vložil|přidal|pridal|zpracoval|spracoval|připravil|"
    "pripravil)[ai]?",
    "(?:napisa|objavi|postavi|pripremi|pripravi)(?:o|la?|li)|piš[eu]|"
    "(?:написа|објави|постави)(?:о|ла|ле)|пиш[еу]|(?:напишано|објавено|поставено) од|"
    "(?:написано|публикувано|добавено) от",
    "(?:опубликова|написа|размести|добави|подготови)л[аи]?|(?:опубл[иі]кува|написа|розм[иі]сти|апублікава)(?:в|ў|ла|ли)",
    "parašė|paskelbė|parengė|publicēja|ievietoja|sagatavoja",
    # Finnish, Estonian, Hungarian, Greek, Albanian, Celtic, Maltese
    "kirjoittanut|kirjutas|postitas|avaldas|írta|közzétette|beküldte|feltöltötte|publikálta",
    "(?:γράφει|έγραψε|(?:γράφτηκε|συντάχθηκε|δημοσιε[ύυ][τθ]ηκε|αναρτήθηκε|καταχωρήθηκε) από)(?: (?:ο|η|τ[οη]ν?))?",
    "(?:shkruar|postuar|publikuar|botuar) nga|(?:scríofa|foilsithe|postáilte) ag|"
    "(?:ysgrifennwyd|cyhoeddwyd|postiwyd) gan|(?:miktub|ippubblikat) minn",
    # Asia and Africa
    "(?:được )?(?:đăng|viết|gửi|biên soạn) bởi|(?:ditulis|diposting|dipublikasikan|diterbitkan|dibuat|diunggah) oleh",
    "(?:isinulat|sinulat|inilathala) ni(?:na)?|(?:imeandikwa|imechapishwa|imewekwa) na",
    "بقلم|(?:نُ?شر|كُ?تب|أضيف|تم النشر)ت? (?:بواسطة|من قبل)|(?:نوشته|ارسال|منتشر)(?: شده)? توسط|به قلم",
    "מאת|(?:נכתב|פורסם|הועלה) (?:על[ -]ידי|בידי)|(?:เขียน|โพสต์|เผยแพร่)โดย",
)
WRITTEN_BY = rf"(?:{'|'.join(_WRITTEN)})"
"""What leads to a name without a colon, in some forty languages: "Written by", "Scritto da", "Đăng bởi"; none of those
that write it behind the name ("tarafından", "द्वारा")."""

AUTHOR = (
    "(?:autor(?:in|innen|en|e[sn]?|a|ka|i|ki|zy|s|ius|iai)?|auth?ors?|auteure?s?|autric[ei]|auctor|verfasser(?:in)?|"
    "schrijver|skrywer|skribent|författare|forfattere?|höfundur|kirjoittajat?|egilea|údar|awdur|"
    "автор(?:ы|и|ка|ът)?|аўтар|συντάκτ(?:ης|ρια|ες)|συγγραφέας|szerzők?|yazar[ıi]?|yazan|gönderen|ekleyen|müəllif|"
    "penulis|pengarang|tác giả|người (?:đăng|viết)|mwandishi|may-akda|ავტორი|հեղինակ|"
    "(?:ال)?كاتب[ةه]?|المؤلف|إعداد|نویسنده|نگارنده|مصنف|כותבת?|लेखक|লেখক|"
    "ผู้เขียน|ผู้โพสต์|作者|撰文|執筆者?|筆者|著者|投稿者|작성자|글쓴이|글)"
)
"""What names an author with a colon behind it, in small letters."""

_WAYS = re.compile(
    r"(?:(?:public|private|local|regular|prior|special|popular)\s)?(?:transport(?:ation)?|car|bus|train|rail|tram|metro|"
    r"subway|underground|taxi|bicycle|bike|boat|ferry|ship|plane|air|foot|phone|telephone|e-?mail|fax|appointment|"
    r"invitation|request|demand|numbers|category|topic|region|sector|country)(?=\s(?:and|or|&|/)\s|,|/|$)",
    re.I,
)
"""What stands behind "By" in a title and is nobody: how to travel or write, and what a list goes by."""

_LETTERS_A_WORD = 2
_ESCAPED = re.compile(r"\\.")
_BRACKETS = re.compile(r"\[\^?\]?[^\]]*\]|\([^()]*\)")


def visible(text: str) -> str:
    """A text without what is not seen in it."""
    return text if text.isascii() else _INVISIBLE.sub("", text)


def undirected(text: str) -> str:
    """A line without what turns the direction of writing around it, and would turn what is written beside it.

    A mark amid a text stays: the order of its signs follows from it.
    """
    return text if text.isascii() else _TURNING.sub("", text).strip(_MARKS)


def small(text: str) -> str:
    """A text in small letters, for searching `phrases` in it: each letter is in its old place."""
    if text.isascii():
        return text.lower()
    text = text.replace("İ", "i").lower()
    for letter, usual in _OTHER_FORMS:
        if letter in text:
            text = text.replace(letter, usual)
    return text


def phrases(*forms: str) -> re.Pattern[str]:
    """A pattern of any of these forms, for texts in `small` letters.

    It takes a fifth to a half of the time of one with `re.IGNORECASE`, which folds each letter anew for each form.
    Where a word begins (`\\b`) is looked for once for all forms that begin so; they have no alternatives outside of
    brackets.
    Raises ValueError for a form that has, or that is not in small letters.
    """
    written = list(map(_checked, forms))
    at_word = [form.removeprefix(r"\b") for form in written if form.startswith(r"\b")]
    others = [form for form in written if not form.startswith(r"\b")]
    return re.compile("|".join([*([rf"\b(?:{'|'.join(at_word)})"] if at_word else []), *others]))


def _checked(form: str) -> str:
    for letter, usual in _OTHER_FORMS:
        form = form.replace(letter, usual)
    outside = _ESCAPED.sub("", form)
    if small(outside) != outside:
        raise ValueError(f"not in small letters: {form}")
    while outside != (outside := _BRACKETS.sub("", outside)):
        pass
    if form.startswith(r"\b") and "|" in outside:
        raise ValueError(f"alternatives outside of brackets: {form}")
    return form


def is_way(signed: str) -> bool:
    """Whether what stands behind "By" is no name, but a way: "Public Transport and Car", "Phone"."""
    return _WAYS.match(signed) is not None


def word_count(text: str) -> int:
    """About how many words a text has: those between blanks or, where there are more, one for two letters of a dense
    script, whose words no blanks part."""
    apart = len(text.split())
    return apart if text.isascii() else max(apart, len(DENSE.findall(text)) // _LETTERS_A_WORD)
