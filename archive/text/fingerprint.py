"""Fingerprints of passages: two passages are the same if their words are, without numbers, dates, network names.
Pure.
"""

from __future__ import annotations

import re
from hashlib import blake2b

from archive.core.cache import remembered
from archive.text.calendar import CALENDAR_WORDS

_WORD = re.compile(r"[^\W_]+")
_LONG = 400
_FOLDED = bytes(ord(chr(code).lower()) if code < 128 and chr(code).isalnum() else ord(" ") for code in range(256))
"""For each character of ASCII that of folded words: a small letter, a figure, or a blank."""


def word_set(text: str) -> frozenset[str]:
    """A set of words from one text."""
    return frozenset(text.split())


NETWORKS = word_set(
    """
    facebook twitter x instagram telegram youtube tiktok whatsapp viber linkedin vk vkontakte pinterest snapchat
    reddit threads mastodon bluesky weibo wechat odnoklassniki ok zen tumblr flickr rss googleplus messenger фейсбук
    твиттер инстаграм инстаграме телеграм телеграме телеграмм ютуб ютубе тикток вконтакте одноклассники дзен вотсап
    вайбер 微博 微信
    """
)
"""Social networks and messengers by the names on pages."""

_TO_LEAVE_OUT = frozenset(CALENDAR_WORDS) | NETWORKS


@remembered(2_000)  # the passages of a page are needed several times
def words(text: str) -> tuple[str, ...]:
    """The folded words of a passage, without punctuation."""
    if text.isascii():
        return tuple(text.encode("ascii").translate(_FOLDED).decode("ascii").split())
    return tuple(_WORD.findall(text.casefold()))


def normalise(text: str) -> str:
    """A passage without numbers, dates and names of networks; "" if nothing is left."""
    said = words(text)
    if len(text) > _LONG or (_TO_LEAVE_OUT.isdisjoint(said) and "".join(said).isalpha()):
        return " ".join(said)
    kept: list[str] = []
    for word in said:
        token = "#" if word[0].isdigit() or word in CALENDAR_WORDS else "@" if word in NETWORKS else word
        if token not in ("#", "@") or not kept or kept[-1] != token:
            kept.append(token)
    return " ".join(kept) if any(token not in ("#", "@") for token in kept) else ""


@remembered(10_000)  # the pages of a source have most of their passages in common
def fingerprint(text: str) -> int:
    """A 64-bit signed hash of the normalised passage; 0 if it is empty (a bullet, a page number)."""
    normal = normalise(text)
    return hash64(normal) if normal else 0


def hash64(text: str) -> int:
    """A hash that is the same in every process, as a signed 64-bit integer (SQLite's own size)."""
    digest = blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)
