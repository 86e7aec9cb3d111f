"""The kinds of cues: what a passage may ask of its reader (to follow, share, read also, accept cookies and others).

Each kind is a function with the words of `cue_words` or `call_words`, and says how strongly a passage is one: 0 where
it is none. `cues` weighs the strongest of them by where the passage stands, and against signs of reporting.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from math import inf
from typing import NamedTuple

from archive.boilerplate import call_words, cue_words
from archive.text.characters import phrases, small
from archive.text.fingerprint import NETWORKS, words

ENOUGH = 3.0
"""The points from which a passage is a cue (see `archive.boilerplate.cues`): a kind with as many needs no more."""

_CALL = 2.6
"""The points of a call that is plain by its words alone."""

_READER = 0.6
"""The points of words that address the reader."""

_MOST_RIGHTS = 2.7
"""The points of a line about rights that has nothing else."""

_CLAUSE = re.compile(r"(?<=[.!?…。！？,;:，；：—–])[\s\"”»]*")
_ENDS = ".!?…。！？"
_LABELLED = re.compile(r"\s?[:：]|\W*$")
"""What stands behind the words of a label: a colon, or nothing more."""

_LABEL = 90
"""Characters under which a line may be the label of an advertisement, or of the buttons of a page."""

_WORD = re.compile(r"\w")
_NOTE = 200
"""Characters under which a line that names a program for files, asks for comments or states terms does nothing else."""

_SHORT_LEAD = 30
"""Characters under which a line that leads to other articles has no room for a sentence about them."""

SHORT = 45
"""Characters under which a note in place of another site's content is no sentence about it, and a call no report."""

_OBJECT, _FEW_WORDS, _BARE = 6, 2, 3
"""Words behind one of asking among which is what it asks for, under which it asks for nothing of its own, and up to
which a passage has nothing but its call."""

_SHORT_RIGHTS = 12
"""Words up to which a line about rights has nothing but a sign, a year and a name."""

_SPACED = re.compile(r"[^\u3040-\u30ff\u3400-\u9fff\u0600-\u06ff]*$")
"""No letter of Japanese, Chinese or Arabic, whose words are not counted by their spaces here."""

_MEANS = phrases(
    r"\b(?:on|through|via|by|at|in|until|before|über|auf|bei|per|unter|bis|через|по|на|до|sur|par|avant|jusqu|en|por|hasta|"
    r"przez|na|do|su|tramite|via|op|på|innen)\b",
)
"""Words that say by what means something is done, or until when."""

_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_UNSPACED = frozenset(name for name in NETWORKS if "\u3400" <= name[0] <= "\u9fff")
"""Networks by names in Chinese, which stand among other words without spaces."""


class Passage(NamedTuple):
    """A passage in `small` letters, and its clauses, each with where it begins behind signs and polite words.

    `told`: it is a whole sentence without a link. `wanted`: what a kind must reach to make it a cue.
    """

    text: str
    clauses: Sequence[tuple[str, int]]
    told: bool
    wanted: float


def strongest(text: str, wanted: float, told: bool) -> float:
    """How strongly a text that is not blank asks, by the kind that it is most; 0 if it is of none.

    A kind whose most is under what is `wanted` could not make it a cue, and is not looked for.
    """
    plain = small(text)
    clauses = [(clause, _start(clause)) for clause in _CLAUSE.split(plain) if clause.strip()]
    passage = Passage(plain, clauses, told, wanted)
    return max([kind(passage) for kind, most in KINDS if wanted <= most])


def _start(clause: str) -> int:
    polite = cue_words.POLITE_START.match(clause)
    return polite.end() if polite else 0


def follow(passage: Passage) -> float:
    """To follow, to subscribe, to join: "Follow us on Facebook", "Біздің арнамызға жазылыңыз"."""
    text, clauses = passage.text, passage.clauses
    asks = any(_asks_for_channel(clause, start, passage.told) for clause, start in clauses)
    asks = asks or bool(cue_words.ASK_LAST.search(text) or cue_words.FOLLOW.match(*clauses[0]))
    return 1.3 + _reach(text) if asks else 0.0


def share(passage: Passage) -> float:
    """To pass the page on: "Share this on Facebook". A whole sentence must name a network, or the page itself."""
    text, told = passage.text, passage.told
    if not any(cue_words.SHARE.match(clause, start) for clause, start in passage.clauses):
        return 0.0
    if told and not networks(text) and not call_words.OWN_PAGE.search(text):
        return 0.0
    return 1.3 + min(2.0, 0.9 * networks(text)) + _reader(text)


def read_also(passage: Passage) -> float:
    """To read other articles: "Read also: The harbour opens". The bare label is enough wherever it stands."""
    text = passage.text
    label = cue_words.READ_ALSO.match(text, _start(text))
    if not label or (passage.told and not _LABELLED.match(text, label.end())):
        return 0.0
    if len(text.rstrip()) - label.end() <= 1:
        return ENOUGH
    return 1.6 + (0.8 if text.rstrip()[-1] in ":：" or len(text) < _SHORT_LEAD else 0.0)


def rate(passage: Passage) -> float:
    """To rate the page: "Was this page helpful?"."""
    return _CALL if any(cue_words.RATE.match(clause, start) for clause, start in passage.clauses) else 0.0


def click(passage: Passage) -> float:
    """To click for news, or for a network: "Click here to subscribe"."""
    first, start = passage.clauses[0]
    clicks = call_words.CLICK.match(first, start)
    named = networks(passage.text) if clicks else 0
    return 2.0 + 0.5 * named if clicks and (named or cue_words.ASK.search(first, clicks.end())) else 0.0


def call(passage: Passage) -> float:
    """To take a letter, to accept terms, to get a viewer or to comment; or that the site uses cookies."""
    text, clauses = passage.text, passage.clauses
    if call_words.LETTER.match(text, clauses[0][1]):
        return _CALL
    if any(call_words.WE_USE_COOKIES.match(clause, start) for clause, start in clauses):
        return _CALL
    if len(text) >= _NOTE:
        return 0.0
    ended = ((clause, start) for clause, start in clauses if clause is clauses[-1][0] or clause[-1] in _ENDS)
    is_note = (
        call_words.TERMS.search(text) is not None
        or call_words.VIEWER.search(text) is not None
        or any(call_words.COMMENTS.match(clause, start) for clause, start in ended)
    )
    return _CALL if is_note else 0.0


def controls(passage: Passage) -> float:
    """The words of a page's buttons, and no others: "Expand all | Print"."""
    text = passage.text
    if len(text) >= _LABEL or not call_words.CONTROLS.search(text):
        return 0.0
    return 0.0 if _WORD.search(call_words.CONTROLS.sub("", text)) else ENOUGH


def report_mistake(passage: Passage) -> float:
    """To report a mistake: "Found a mistake? Select the text and press Ctrl+Enter"."""
    says = call_words.MISTAKE.search(passage.text) and call_words.WRONG.search(passage.text)
    return ENOUGH if says else 0.0


def give(passage: Passage) -> float:
    """To give money: "Please give today". A whole sentence must address the reader, speak of "us", or be bare."""
    text, told = passage.text, passage.told
    asked = [found for one in passage.clauses if (found := call_words.GIVE.match(*one))]
    if not asked:
        return 0.0
    is_call = not told or _reader(text) > 0 or len(text.split()) < _BARE or any(_is_ours(found[0]) for found in asked)
    return 1.6 + _reader(text) if is_call else 0.0


def disclose(passage: Passage) -> float:
    """That the publisher is paid for what readers buy: "We may earn a commission"."""
    text = passage.text
    says = call_words.DISCLOSED.search(text) and cue_words.PUBLISHER.search(text)
    return 2.0 + _reader(text) if says else 0.0


def advertise(passage: Passage) -> float:
    """What stands over an advertisement: "Story continues below advertisement"."""
    return ENOUGH if len(passage.text) < _LABEL and cue_words.ADVERTISED.search(passage.text) else 0.0


def consent(passage: Passage) -> float:
    """To accept cookies: the more words of consent, the stronger."""
    text = passage.text
    consents = set(cue_words.CONSENT.findall(text)) if cue_words.COOKIES.search(text) else ()
    return 0.4 + 0.8 * min(3, len(consents)) + _reader(text) if consents else 0.0


def show_content(passage: Passage) -> float:
    """To let a script show something of another site: "Please turn on JavaScript to see the comments"."""
    text, is_short = passage.text, len(passage.text) < SHORT
    is_such = any(word in text for word in cue_words.CONTENT) and cue_words.EMBEDDED.search(text)
    needs = set(cue_words.SHOWN.findall(text)) if is_such else ()
    if len(needs) <= (0 if is_short else 1):
        return 0.0
    return 1.2 + 0.7 * min(4, len(needs)) + _reader(text) + (0.8 if is_short else 0.0)


def notice(passage: Passage) -> float:
    """The notice below Chinese articles: whose views they are, and who may print them again."""
    if passage.text.isascii() or not cue_words.NOTICE.search(passage.text):
        return 0.0
    return 2.0 + 0.7 * min(4, len(set(cue_words.RIGHTS_OF_USE.findall(passage.text))))


def rights(passage: Passage) -> float:
    """Whose rights a text is: "© 2026 The Elsinore Gazette". The stronger, the less else the line has."""
    text, dated = passage.text, 0.5 if _YEAR.search(passage.text) else 0.0
    if passage.wanted > 1.2 + (1.0 + dated):
        return 0.0
    points = 1.2 + ((1.0 if len(words(text)) <= _SHORT_RIGHTS else 0.0) + dated)
    return points if passage.wanted <= points and cue_words.RIGHTS.search(text) else 0.0


KINDS: tuple[tuple[Callable[[Passage], float], float], ...] = (
    *((kind, inf) for kind in (follow, share, read_also, click, controls, report_mistake)),
    *((kind, inf) for kind in (advertise, consent, show_content, notice)),
    (rate, _CALL),
    (call, _CALL),
    (give, 1.6 + _READER),
    (disclose, 2.0 + _READER),
    (rights, _MOST_RIGHTS),
)
"""Every kind with the most points that it gives, where these are fewer than enough: then it depends on the place of a
passage whether it need be looked for."""


def _asks_for_channel(clause: str, start: int, told: bool) -> bool:
    """Whether a clause asks for something of the publisher's: instructions to follow, boats to sign up for are others.

    What is asked for are the next words, up to those that say by what means; none, where the asking says it all. What
    is `told` in a whole sentence ("Register on our website by Friday.") has to name a network or a letter, then, or to
    say that it is a channel that one follows.
    """
    asked = cue_words.ASK.match(clause, start)
    if asked is None:
        return False
    rest = clause[asked.end() :]
    means = _MEANS.search(rest)
    wanted = " ".join(rest[: means.start() if means else None].split()[:_OBJECT])
    whole = f"{asked[0]} {wanted}"
    if len(wanted.split()) < _FEW_WORDS or not _SPACED.match(wanted):
        follows = call_words.TO_FOLLOW.match(asked[0]) or cue_words.SOCIAL.search(clause)
        return not (told and means) or networks(clause) > 0 or bool(follows or call_words.NEWSLETTER.search(clause))
    named = cue_words.PUBLISHER.search(whole) or cue_words.CHANNEL.search(whole) or cue_words.READER.search(whole)
    return bool(named) or networks(whole) > 0


def _reach(text: str) -> float:
    """How much a passage is about the publisher's own channels: networks, newsletters, "us", "you"."""
    named, ours = networks(text), _is_ours(text)
    channels = 0.4 * min(2, len(set(cue_words.CHANNEL.findall(text))))
    urgent = 0.3 if text.rstrip()[-1] in "!！:：" else 0.0
    is_bare = len(text.split()) <= _BARE or text.rstrip(" .!").endswith(" x")  # the network whose name is a letter
    somebody_elses = 1.5 if named < 2 and not (ours and (named or channels or is_bare)) else 0.0
    return min(2.0, 0.7 * named) + max(_reader(text), 0.6 * ours) + channels + urgent - somebody_elses


def _is_ours(text: str) -> bool:
    return cue_words.PUBLISHER.search(text) is not None


def _reader(text: str) -> float:
    return _READER if cue_words.READER.search(text) else 0.0


def networks(text: str) -> int:
    """How many social networks and messengers a passage names."""
    return len(named_networks(text))


def named_networks(text: str) -> set[str]:
    """The social networks and messengers that a passage names, as they are written."""
    said = words(text)
    named = {word for word in said if word in NETWORKS and (len(word) > 2 or word == "vk")}
    named |= {name for name in call_words.OFTEN_INFLECTED for word in said if word.startswith(name)}
    return named | {name for name in (*_UNSPACED, *call_words.OTHER_NETWORKS) if name in text}
