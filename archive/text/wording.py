"""Text for people: dates, first sentences, addresses and counts as the pages of the site show them. Pure."""

from __future__ import annotations

import re
from datetime import date, datetime
from urllib.parse import urlsplit

from archive.core.counted import count as count

_SENTENCE_END = re.compile(r"[.!?…]['\"”’»)]*(?=\s+[^\sa-z])|[。！？؟۔][」』”]?")
_CODE = re.compile(r"`([^`\n]+)`")
_EMAIL = re.compile(r"[\w.+-]{1,64}@[\w-]+(\.[\w-]+)+")
_UNREADABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")

STATUS = {
    "live": "Live",
    "missing": "Missing",
    "gone": "Taken down",
    "moved": "Moved",
    "blocked": "Blocked",
}
CHANGE = {
    "new": "First read",
    "edited": "Edited",
    "alternates": "Varies",
    "missing": "Missing",
    "gone": "Taken down",
    "returned": "Back online",
    "moved": "Moved",
    "blocked": "Blocked",
    "trouble": "Trouble",
    "unavailable": "Unavailable",
}
SEVERITY = {
    "first": "First version",
    "cosmetic": "Cosmetic",
    "minor": "Minor edit",
    "major": "Major edit",
    "headline": "Headline changed",
    "date": "Date changed",
}
_ORIGIN = {
    "json-ld": "stated in the page's structured data",
    "meta": "stated in the page's metadata",
    "microdata": "stated in the page's markup",
    "time": "marked as a time on the page",
    "text": "read from the page's text",
    "script": "read from a script of the page",
    "url": "read from the page's address",
    "feed": "stated in the feed",
    "listing": "stated in the list",
    "title": "from the page's title",
    "h1": "from the page's heading",
    "htmldate": "found by the htmldate library",
}
LANGUAGE = {
    "ar": "Arabic", "bg": "Bulgarian", "bn": "Bengali", "ca": "Catalan", "cs": "Czech", "da": "Danish", "de": "German",
    "el": "Greek", "en": "English", "es": "Spanish", "et": "Estonian", "fa": "Persian", "fi": "Finnish", "fr": "French",
    "ga": "Irish", "he": "Hebrew", "hi": "Hindi", "hr": "Croatian", "hu": "Hungarian", "hy": "Armenian",
    "id": "Indonesian", "is": "Icelandic", "it": "Italian", "ja": "Japanese", "ka": "Georgian", "kk": "Kazakh",
    "km": "Khmer", "ko": "Korean", "ky": "Kyrgyz", "lo": "Lao", "lt": "Lithuanian", "lv": "Latvian", "mn": "Mongolian",
    "ms": "Malay", "my": "Burmese", "nl": "Dutch", "no": "Norwegian", "pl": "Polish", "pt": "Portuguese",
    "ro": "Romanian", "ru": "Russian", "sk": "Slovak", "sl": "Slovenian", "sq": "Albanian", "sr": "Serbian",
    "sv": "Swedish", "sw": "Swahili", "th": "Thai", "tr": "Turkish", "uk": "Ukrainian", "ur": "Urdu", "uz": "Uzbek",
    "vi": "Vietnamese", "zh": "Chinese",
}  # fmt: skip
WHY = {
    "repeated": "repeated on this site's pages",
    "cue": "reads like a sign-up, share or cookie line",
    "decided": "a person decided so",
    "credit": "photo credit",
    "contact": "media contact",
    "header": "header line",
    "end mark": "end mark",
}


def opening(text: str, title: str = "", limit: int = 260) -> str:
    """The first sentence worth showing: not the title again, not too short; a long one is cut between words."""
    lines = [line for line in paragraphs(text) if line != title.strip()]
    first = next((line for line in lines if len(line) > 60), lines[0] if lines else "")
    for end in _SENTENCE_END.finditer(first):
        if 40 < end.end() <= limit:
            return first[: end.end()]
    return shortened(first, limit)


def paragraphs(text: str | None) -> list[str]:
    """The lines of a text that are not empty."""
    return [line.strip() for line in (text or "").split("\n") if line.strip()]


def with_subheadings(text: str | None) -> list[tuple[str, bool]]:
    """The paragraphs of a text, and whether each looks like a heading within it.

    A heading is a short line that is no sentence and stands alone before a longer one; short lines in a row are a list.
    """
    lines = paragraphs(text)
    short = [False, *map(_is_short, lines), True]
    return [(line, short[n] and not short[n - 1] and not short[n + 1]) for n, line in enumerate(lines, 1)]


def _is_short(line: str) -> bool:
    return len(line) <= 80 and line[-1] not in ".!?:;,…。！？؟\"'”’»)]"


def shortened(text: str, limit: int) -> str:
    """Text of at most `limit` characters, cut between words if possible."""
    if len(text) <= limit:
        return text
    cut = text[:limit].rsplit(None, 1)[0] if " " in text[limit // 2 : limit] else text[:limit]
    return cut.rstrip(" ,;:—–-") + "…"


def with_code(text: str) -> list[tuple[str, bool]]:
    """Parts of a message, and whether each is code: what stands between two backticks of one line.

    A backtick without a second one, as where a text was cut, is a character like others.
    """
    parts = _CODE.split(text)
    return [(part, bool(n % 2)) for n, part in enumerate(parts) if part]


def day(value: str | None) -> str:
    """ "2026-03-11" or any ISO 8601 moment as "11 March 2026"; what cannot be read is returned as it is."""
    if not value:
        return ""
    try:
        then = date.fromisoformat(value[:10])
    except ValueError:
        return value
    return f"{then.day} {then:%B %Y}"


def weekday(value: str | None) -> str:
    """A day with its weekday: "Wednesday, 11 March 2026"."""
    try:
        return f"{date.fromisoformat((value or '')[:10]):%A}, {day(value)}"
    except ValueError:
        return day(value) or "Undated"


def moment(value: str | None) -> str:
    """An ISO 8601 time to the minute with its own offset: "11 March 2026, 09:30 UTC+05:00"; a day alone stays a day."""
    if not value or len(value) <= 10:
        return day(value)
    try:
        then = datetime.fromisoformat(value)
    except ValueError:
        return value
    zone = then.tzname() or ""
    return f"{day(value)}, {then:%H:%M} {zone.removesuffix('+00:00')}".strip()


def standing(status: str, missing: object) -> str:
    """How a release stands, as a key of STATUS: a live one whose page was not found is missing."""
    return "missing" if status == "live" and missing else status


def origin(name: str | None) -> str:
    """Where a value was found, in words: "stated in the feed"."""
    return _ORIGIN.get(name or "", name or "")


def event_detail(kind: str, detail: str) -> str:
    """The detail of an event in words: "minor (silent): 1 number" of an edit as "Minor edit, silent: 1 number"."""
    severity, colon, rest = detail.partition(":")
    name, _, silent = severity.partition(" (silent)")
    if kind != "edited" or not colon or name not in SEVERITY or silent:
        return detail
    words = SEVERITY[name] + (", silent" if severity.endswith("(silent)") else "")
    said = rest.strip().removeprefix(SEVERITY[name].lower()).removeprefix(": ")
    return f"{words}: {said}" if said else words


def language_tag(value: str | None) -> str:
    """The language where it is written as one (BCP 47), else nothing."""
    return value if value and re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", value) else ""


def weblink(url: str | None) -> str:
    """The address if a reader may follow it (only http and https), else ""."""
    try:
        parts = urlsplit((url or "").strip())
    except ValueError:
        return ""
    return (url or "").strip() if parts.scheme.lower() in ("http", "https") and parts.netloc else ""


def mailbox(address: str | None) -> str:
    """The e-mail address if it clearly is one, else ""."""
    return address.strip() if address and _EMAIL.fullmatch(address.strip()) else ""


def readable(text: str | None) -> str:
    """Text without the control characters that XML 1.0 forbids (section 2.2)."""
    return _UNREADABLE.sub("", text or "")
