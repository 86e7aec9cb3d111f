"""Why a crawl failed, by what it said of it: the kind of trouble, in plain words, and what a person can do. Pure.

What a crawl says of a document begins with its kind and address ("listing https://...: the server answered 404");
anything else is about the host as a whole, or about the pages of releases.
"""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Cause:
    """Why a crawl failed: a kind of `archive.history.health.KINDS`, in words, and what to do about it."""

    kind: str
    words: str
    advice: str


_DOCUMENT = re.compile(
    r"(?:feed|listing|sitemap) (?P<url>\S+): (?P<reason>.*?)(?=; (?:feed|listing|sitemap) \S+: |$)", re.S
)

_OF_PAGES = "no release could be fetched"
_ROBOTS = re.compile(r"^robots\.txt cannot be read \((.*)\)$")

_PASSES = "That often passes: each crawl tries again. If it lasts for days, open the address in a browser."
_ANOTHER = "put that into sources.toml (`url`, `feeds`, `listings`)"
_PUBLIC = "Name a public list or feed of the newsroom in sources.toml (`feeds`, `listings`, `sitemaps`)"

_KINDS: tuple[tuple[str, str, str, str], ...] = (
    (
        r"TLS: (?P<said>[^;]*?)\)?(?:\)?, so nothing may be fetched)?(?:;|$)",
        "certificate",
        "the certificate of {name} is not accepted ({said})",
        "Tell the newsroom; nothing is fetched until its certificate is valid again.",
    ),
    (
        r"DNS: ",
        "name",
        "the name {name} leads nowhere",
        "Check the spelling of its address. If the newsroom has another address now, put that into sources.toml.",
    ),
    (
        r"left alone until(?!.* failed again and again)|too many requests|answered 429|asks to wait",
        "busy",
        "{name} asks to be left alone for a while: {reason}",
        "Nothing is to be done: it is asked again after that. If this comes back, raise `delay` in sources.toml.",
    ),
    (
        r"robots\.txt disallows it",
        "robots",
        "robots.txt of {name} lets no program read {what}",
        "Nothing of it is fetched. Ask the newsroom to let Dateline in, or name a feed or list that it allows.",
    ),
    (
        r"answered (?:401|402|407)\b|asks for a login",
        "login",
        "{what} asks for a login ({reason})",
        f"Dateline never logs in. {_PUBLIC}, or give the source up: `dateline sources unwatch`.",
    ),
    (
        r"asks for consent",
        "consent",
        "a wall that asks for consent to cookies stands before {what}",
        f"Only a click in a browser gets past it. {_PUBLIC}: feeds and sitemaps are often open.",
    ),
    (
        r"answered (?:403|451)\b",
        "blocked",
        "{name} refuses to show {what} ({reason})",
        "Open it in a browser. Where it is shown there, raise `delay`, name a `contact`, or ask the newsroom to let"
        " Dateline in.",
    ),
    (
        r": not found\b",
        "address",
        "the releases that its list names are not there ({reason})",
        f"Open one in a browser. If the list is an old one and the newsroom has another now, {_ANOTHER}.",
    ),
    (
        r"answered (?:404|410)\b",
        "address",
        "{what} is not there ({reason})",
        f"Open it in a browser. If the newsroom has another address now, {_ANOTHER}; `dateline check` looks for it.",
    ),
    (
        r"stopped after [\d.]+ seconds|time of this crawl is over|max_bytes allows",
        "limit",
        "its crawls meet a limit ({reason})",
        "The next one goes on. If it happens at each, raise `timeout` or `max_bytes` in sources.toml.",
    ),
    (
        r"answered 5\d\d\b|connection was refused|no complete answer|without an answer|failed again and again|"
        r"answer cannot be read|broke off",
        "server",
        "{name} gives no usable answer ({reason})",
        _PASSES,
    ),
    (
        r"is empty or no HTML|names no releases|no group of links|this is not a|is not a feed",
        "empty",
        "{what} names no releases ({reason})",
        "Open it in a browser. Where it shows releases, scripts make them: set `render = true`, or name its feed. "
        f"Where the newsroom has another list now, {_ANOTHER}; `dateline check` looks for it.",
    ),
)


def is_of_pages(trouble: str) -> bool:
    """Whether a crawl came to the pages of releases, and could fetch none."""
    return trouble.startswith(_OF_PAGES)


def is_of_the_host(trouble: str) -> bool:
    """Whether a crawl ended before it came to any document: what was known of them before says nothing now."""
    return bool(trouble) and not _DOCUMENT.match(trouble) and not is_of_pages(trouble)


def cause_of(trouble: str, name: str) -> Cause | None:
    """Why a crawl failed that said `trouble`; `name` is the host. None where that is not known."""
    document = _DOCUMENT.match(trouble)
    said = document["reason"] if document else trouble
    what = document["url"] if document else "its releases" if is_of_pages(trouble) else "it"
    for pattern, kind, words, advice in _KINDS:
        if found := re.search(pattern, said):
            reason = _briefly(said).removeprefix(f"{name} ")
            values = {"said": "", **found.groupdict(), "name": name, "what": what, "reason": reason}
            return Cause(kind, words.format(**values), advice)
    return None


def _briefly(said: str) -> str:
    said = said.removeprefix(f"{_OF_PAGES}; ").removesuffix(", so nothing may be fetched")
    return _ROBOTS.sub(r"robots.txt cannot be read: \1", said)
