"""Bytes of a page, feed or sitemap to text: which encoding they are really in. Pure; never raises.

The order of belief follows the WHATWG encoding sniffing algorithm (byte order mark, header, meta), except that a
declaration is believed only as far as the bytes agree: valid UTF-8 with multi-byte sequences is UTF-8 whatever a page
says of itself. Only encodings of the web are decoded, by the labels of https://encoding.spec.whatwg.org/: some of
Python's other codecs (punycode, idna) need time that grows with the square of the bytes.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Sequence
from itertools import islice

import webencodings
from charset_normalizer import from_bytes
from webencodings.labels import LABELS

from archive.text.language import guess, script_of

_HEADER_CHARSET = re.compile(r"""charset\s{0,9}=\s{0,9}["']?\s{0,9}([A-Za-z0-9_:.-]{2,40})""", re.I)
_META_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s{0,9}=\s{0,9}["']?\s{0,9}([A-Za-z0-9_:.-]{2,40})""", re.I)
_XML_ENCODING = re.compile(rb"""^\s{0,99}<\?xml[^>]{0,100}encoding\s{0,9}=\s{0,9}["']([A-Za-z0-9_:.-]{2,40})""", re.I)
_HEAD = 8192
"""Bytes of the beginning in which a declaration is looked for."""

_REACH = 1_000_000
"""Bytes in which it is looked for when the beginning has none."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_BEGINS = re.compile(rb"\s*<[!?a-zA-Z][a-zA-Z-]")
"""How markup begins."""

_NOT_DECLARED = frozenset({"utf-16-le", "utf-16-be", "replacement", "x-user-defined"})
"""A page whose declaration could be read as ASCII is not in UTF-16; the others are no encodings of text."""

_SUPERSETS = {"gbk": "gb18030"}
_TOLERATED_ERRORS = 0.005
_MARKUP = re.compile(r"<(?:script|style)\b(?:[^<]++|<(?!/(?:script|style)))*+|<[^>]*+>?", re.I)
_WORD_BEYOND_ASCII = re.compile(r"\S*[^\x00-\x7f]\S*")
_UNLIKELY_SHARE = 0.25
_CYRILLIC_GREEK = r"\u0370-\u03ff\u0400-\u04ff\u0590-\u06ff"
_ACCENTED = r"[\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u00ff\u0100-\u024f]"
_UNLIKELY_WORD = re.compile(
    rf"[a-zA-Z][{_CYRILLIC_GREEK}]|[{_CYRILLIC_GREEK}][a-zA-Z]|{_ACCENTED}{{4}}|[\u0430-\u044f\u03b1-\u03c9][\u0410-\u042f\u0391-\u03a9]"
    r"|[^\W\d_][\u00a2-\u00a9\u00ac\u00ae-\u00b6\u00b9\u00bc-\u00bf\u00d7\u00f7\u2500-\u25ff][^\W\d_]|[\x80-\x9f]"
)
_SAMPLE = 65_536


_BYTES = {bytes([code]).decode("cp1252", "ignore") or chr(code): code for code in range(128, 256)}
_BEHIND = "".join(sign for sign, code in _BYTES.items() if code < 192)
_TWICE = re.compile(
    f"[\u00c2-\u00f4](?:(?<=[\u00c2-\u00df])[{_BEHIND}]|(?<=[\u00e0-\u00ef])[{_BEHIND}]{{2}}|(?<=[\u00f0-\u00f4])[{_BEHIND}]{{3}})"
)
"""Characters that are those of UTF-8 where each byte is taken for one of Windows-1252: "Ã©" is "é"."""

_MAY_BE_TWICE = re.compile(rb"\xc3[\x82-\xb4][\xc2\xc5\xc6\xcb\xe2]")
"""How the bytes of such characters begin. It begins with a single byte, which is looked for a hundred times faster."""

_BEHIND_A_LETTER = frozenset("\u00a0\u00ad«»‹›“”„‘’‚–—…·•´°ªº¹²³®™†‡ŠšŒœŽžŸ")
"""Those of these signs that also stand behind a letter as what they are: "« Liberté\u00a0» ", "VÝŽIVA"."""

_SCRIPTS = {
    **dict.fromkeys(("HIRAGANA", "KATAKANA", "HANGUL"), "CJK"),
    **dict.fromkeys(("LATIN", "COMBINING", "MODIFIER", "FEMININE", "MASCULINE", "MICRO"), ""),
}
_FEWEST_TWICE, _MOST_TWICE = 5, 200
"""Such characters from which on a page is encoded twice, and up to which they are looked at. They are of one script
besides Latin: those of a page that is in another encoding than it says would be of many."""

_CAPITAL, _SMALL = re.compile("[\u0410-\u042f]"), re.compile("[\u0430-\u044f]")


def decode(body: bytes, content_type: str = "") -> str:
    """The characters of a document; bytes that fit no encoding become U+FFFD, never an error.

    What its publisher encoded in UTF-8 twice is decoded twice.
    """
    text = _decoded(body, content_type)
    return _once_more(text) if _MAY_BE_TWICE.search(body) else text


def _decoded(body: bytes, content_type: str) -> str:
    if marked := _marked(body):
        return body.decode(marked, "replace")
    declared = _declared(body[:_HEAD], content_type) or _declared(body[_HEAD:_REACH], "")
    stateful = [encoding for encoding in declared if encoding.startswith("iso2022") and b"\x1b$" in body]
    for encoding in [*stateful, "utf-8"]:
        if text := _strictly(body, encoding):
            return text
    if _is_damaged_utf8(body):
        return body.decode("utf-8", "replace")
    return _in_declared(body, declared)


def _once_more(text: str) -> str:
    """A text in which characters of UTF-8 were taken for bytes of Windows-1252 and encoded again, without that; one
    with only a few of them that can be nothing else stays: it may speak of this very fault."""
    found = (one for one in _TWICE.finditer(text) if not _BEHIND_A_LETTER.issuperset(one[0][1:]))
    told = [again for one in islice(found, _MOST_TWICE) if (again := _again(one)) != one[0]]
    is_twice = len(told) >= _FEWEST_TWICE and len(set(map(_script, told)) - {""}) <= 1
    return _TWICE.sub(_again, text) if is_twice else text


def _script(letter: str) -> str:
    """The script of a letter or of a mark on one, as Unicode names it, those of Chinese, Japanese and Korean as one; ""
    for other signs, and for those that several scripts use."""
    if not letter.isalpha() and not unicodedata.category(letter).startswith("M"):
        return ""
    script = unicodedata.name(letter, "").partition(" ")[0]
    return _SCRIPTS.get(script, script)


def _again(found: re.Match[str]) -> str:
    try:
        return bytes(_BYTES[sign] for sign in found[0]).decode()
    except UnicodeDecodeError:
        return found[0]


def _in_declared(body: bytes, declared: Sequence[str]) -> str:
    """The text in the first declared encoding that fits the bytes and reads as words; else what is left to believe."""
    fitting = [text for encoding in declared if (text := _strictly(body, encoding))]
    if readable := next(filter(reads, fitting), ""):
        return readable
    for encoding in declared if not fitting else ():
        text = body.decode(encoding, "replace")
        if text.count("\ufffd") <= max(3, len(text) * _TOLERATED_ERRORS):
            return text
    guessed = _guessed(body)
    return guessed if not fitting or reads(guessed) else fitting[0]


def reads(text: str) -> bool:
    """Whether the words of a text beyond ASCII are such as people write.

    In a wrong encoding they are letters of two scripts, runs of accented letters or of signs between letters, small
    letters before capitals, capitals for small letters.
    """
    words = _WORD_BEYOND_ASCII.findall(_MARKUP.sub(" ", text)[:_SAMPLE])
    wrong = sum(_UNLIKELY_WORD.search(word) is not None for word in words)
    capitals, small = len(_CAPITAL.findall(text[:_SAMPLE])), len(_SMALL.findall(text[:_SAMPLE]))
    return wrong <= max(1, _UNLIKELY_SHARE * len(words)) and capitals <= max(20, 2 * small)


def encoding_of(start: bytes, content_type: str) -> str:
    """The Python codec for a document too large to try several: what its beginning or its header says, else UTF-8."""
    return _marked(start) or next(iter(_declared(start[:_HEAD], content_type)), "utf-8")


def codec(label: str) -> str:
    """The Python codec of an encoding of the web by its label; "" for any other name."""
    plain = label.strip().replace("_", "-")
    for name in (label, plain, plain.replace("-", "")):
        known = webencodings.lookup(name)
        if known is not None:
            found = str(known.codec_info.name)
            return "" if found in _NOT_DECLARED else _SUPERSETS.get(found, found)
    return ""


def _marked(start: bytes) -> str:
    """The codec of a byte order mark; of markup without one whose first signs have two bytes each; else ""."""
    if b"\0" in start[:2]:
        even, odd = start[:64:2], start[1:64:2]
        unmarked = (("utf-16-le", even, odd), ("utf-16-be", odd, even))
        begun = ((name, _BEGINS.match(signs), rest) for name, signs, rest in unmarked)
        return next((name for name, found, rest in begun if found and not any(rest[: found.end()])), "")
    return next((encoding for mark, encoding in _MARKS if start.startswith(mark)), "")


def _declared(head: bytes, content_type: str) -> list[str]:
    """Encodings that the header and the document name, as Python codecs, most trusted first."""
    header = _HEADER_CHARSET.search(content_type[:500])
    inside = (_META_CHARSET.search(head), _XML_ENCODING.match(head))
    names = [header[1]] if header else []
    names += [match[1].decode("ascii") for match in inside if match]
    known = map(codec, names)
    return list(dict.fromkeys(name for name in known if name and name != "utf-8"))


def _strictly(body: bytes, encoding: str) -> str:
    try:
        return body.decode(encoding)
    except UnicodeDecodeError:
        return ""


def _is_damaged_utf8(body: bytes) -> bool:
    """Whether most of what is not ASCII is UTF-8: a legacy encoding has next to no pair of bytes that is."""
    text = body.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    sound = len(text) - len(text.encode("ascii", "ignore")) - broken
    return broken * 4 <= sound


_GUESSED = sorted({name for name in map(codec, LABELS) if name})


_OF_LANGUAGES = {
    "cp1252": frozenset[str](),
    "cp1250": frozenset({"cs", "sk", "pl", "hu", "hr", "sl", "bs", "ro", "sq"}),
    "cp1254": frozenset({"tr", "az"}),
    "cp1257": frozenset({"lt", "lv", "et"}),
}
"""Encodings of Latin letters where none is named, with their languages; the first has all others."""


_AS_ICELANDIC, _ICELANDIC = re.compile("[þðÞÐ]"), re.compile("[áéíúæÁÉÍÚÆ]")
"""What ş and ğ are in Windows-1252, where ı is ý, and letters of Icelandic that Turkish has not: they tell a text that
is too short for its language to be guessed."""


def _guessed(body: bytes) -> str:
    """The text in the encoding that it seems to be in; of Latin letters in that of the language which it then is in:
    signs for other letters are as frequent in several of these encodings."""
    best = from_bytes(body[:_SAMPLE], cp_isolation=_GUESSED).best()
    guessed = body.decode(best.encoding if best else "cp1252", "replace")
    if script_of(_words_of(guessed)) != "latin":
        return guessed
    likely = _encoding_for(guess(_words_of(body[:_SAMPLE].decode("ascii", "ignore"))))
    for encoding in (likely, *_OF_LANGUAGES):
        text = _strictly(body, encoding)
        if text and reads(text) and _encoding_for(guess(_words_of(text))) == encoding:
            return text
    western = _strictly(body, "cp1252")
    is_turkish = "ý" in western and _AS_ICELANDIC.search(western) and not _ICELANDIC.search(western)
    return (_strictly(body, "cp1254") if is_turkish else "") or guessed


def _encoding_for(language: str) -> str:
    """That in which a language is written where none is named; "utf-8" where it is not known."""
    usual = "cp1252" if language else "utf-8"
    return next((encoding for encoding, languages in _OF_LANGUAGES.items() if language in languages), usual)


def _words_of(text: str) -> str:
    return _MARKUP.sub(" ", text[:_SAMPLE])
