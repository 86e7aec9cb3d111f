"""Finds cues: passages that ask the reader for something instead of reporting: subscribe, follow, share, read also,
rate, cookies, scripts, copyright. For the first page of a source, when nothing is known yet about what it repeats.

Several weak signs are added, similar to naive Bayes with weights set by hand: the words of asking (cue_words.py) and
their place in the sentence, the number of networks named, the share of links, the place in the text, words that
address the reader. Signs of reporting, and length, count against it. No sign alone is enough, so an article about
Twitter and Facebook, or one that quotes "subscribe", stays complete.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from archive.boilerplate import call_words, cue_words
from archive.text.characters import phrases, small
from archive.text.fingerprint import NETWORKS, words

ENOUGH = 3.0
_CALL = 2.6
_READER = 0.6
_LONGEST = 500
_SENTENCE = re.compile(r"(?<=[.!?…。！？])[\s\"”»]*")
_CLAUSE = re.compile(r"(?<=[.!?…。！？,;:，；：—–])[\s\"”»]*")
_ENDS = ".!?…。！？"
_ENDS_TOLD = frozenset(".…。")
_AFTER_END = "\"'”»)]"
_LEADING = 0.5
"""The share of a sentence that is a link from which the sentence leads somewhere."""

_LABELLED = re.compile(r"\s?[:：]|\W*$")
"""What stands behind the words of a label: a colon, or nothing more."""

_EDGE = 3
_LABEL = 90
"""Characters under which a line may be the label of an advertisement."""

_WORD = re.compile(r"\w")
_NOTE = 200
"""Characters under which a line that names a program for files, asks for comments or states terms does nothing else."""

_OBJECT, _FEW_WORDS, _BARE = 6, 2, 3
_SHORT = 45
"""Characters under which a note in place of another site's content is no sentence about it."""

_SPACED = re.compile(r"[^\u3040-\u30ff\u3400-\u9fff\u0600-\u06ff]*$")
_MEANS = phrases(
    r"\b(?:on|through|via|by|at|in|until|before|über|auf|bei|per|unter|bis|через|по|на|до|sur|par|avant|jusqu|en|por|hasta|"
    r"przez|na|do|su|tramite|via|op|på|innen)\b",
)
"""Words that say by what means something is done, or until when."""
_MOST_RIGHTS = 2.7
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_SUBJECTS = (("cookies", cue_words.COOKIES), ("letter", call_words.NEWSLETTER))
_UNSPACED = frozenset(name for name in NETWORKS if "\u3400" <= name[0] <= "\u9fff")


class Line(NamedTuple):
    """A passage of a text; `linked` is the share of its characters that are links."""

    text: str
    linked: float = 0.0


def find(lines: Sequence[Line], headline: str = "") -> list[bool]:
    """Whether each line of a text is a cue. Lines that only introduce a cue (a bare "Follow us:") count with it.

    What the headline is about (a network, a newsletter, cookies), a sentence that leads nowhere tells of, unless it is
    as short as a call ("Follow us on Facebook."), or names others as well.
    """
    found = [score(line, from_end=len(lines) - 1 - at, from_start=at) >= ENOUGH for at, line in enumerate(lines)]
    about = _subjects(headline) if any(found) else frozenset()
    if about:
        found = [
            is_cue and not (_is_told(line) and len(line.text) >= _SHORT and frozenset() < _subjects(line.text) <= about)
            for is_cue, line in zip(found, lines, strict=True)
        ]
    return found


def _subjects(text: str) -> frozenset[str]:
    """What of a cue a text speaks of, by name: networks, newsletters, cookies."""
    plain = small(text)
    return frozenset((*_named(plain), *(kind for kind, form in _SUBJECTS if form.search(plain))))


def _is_told(line: Line) -> bool:
    """Whether a line is a whole sentence, and does not lead elsewhere: it has its end, and is no link."""
    ended = line.text.rstrip().rstrip(_AFTER_END)
    return ended[-1:] in _ENDS_TOLD and line.linked < _LEADING


def score(line: Line, from_end: int, from_start: int) -> float:
    """How strong the signs are that a line is a cue, with so many lines after and before it."""
    text = line.text
    if not text.strip() or len(text) > _LONGEST:
        return 0.0
    at_edge = 1.0 if from_end < _EDGE else 0.3 if from_start == 0 else 0.0
    around = at_edge + (0.5 if len(text) < 160 else 0.0) + min(1.5, 2 * line.linked)
    asks = _asking(text, ENOUGH - around, _is_told(line))
    return asks + around - _telling(text) if asks > 0 else 0.0


def _asking(text: str, wanted: float, told: bool) -> float:
    """The strongest kind of asking in a passage; 0 if there is none. What could not be enough is not looked for.

    What is `told` in a whole sentence without a link is no call to read, to share or to give by the first words alone.
    """
    text = small(text)
    clauses = [(clause, _start(clause)) for clause in _CLAUSE.split(text) if clause.strip()]
    kinds = [0.0]
    asks = any(_asks_for_channel(clause, start, told) for clause, start in clauses)
    if asks or cue_words.ASK_LAST.search(text) or (clauses and cue_words.FOLLOW.match(*clauses[0])):
        kinds.append(1.3 + _reach(text))
    shares = any(cue_words.SHARE.match(clause, start) for clause, start in clauses)
    if shares and (not told or networks(text) or call_words.OWN_PAGE.search(text)):
        kinds.append(1.3 + min(2.0, 0.9 * networks(text)) + _reader(text))
    also = cue_words.READ_ALSO.match(text, _start(text)) if clauses else None
    if also and (not told or _LABELLED.match(text, also.end())):
        is_label = len(text.rstrip()) - also.end() <= 1
        kinds.append(ENOUGH if is_label else 1.6 + (0.8 if text.rstrip()[-1] in ":：" or len(text) < 30 else 0.0))
    if wanted <= _CALL and any(cue_words.RATE.match(clause, start) for clause, start in clauses):
        kinds.append(_CALL)
    click = call_words.CLICK.match(*clauses[0]) if clauses else None
    if click and (networks(text) or cue_words.ASK.search(clauses[0][0], click.end())):
        kinds.append(2.0 + 0.5 * networks(text))
    if wanted <= _CALL and _calls(text, clauses):
        kinds.append(_CALL)
    if len(text) < _LABEL and call_words.CONTROLS.search(text) and not _WORD.search(call_words.CONTROLS.sub("", text)):
        kinds.append(ENOUGH)
    if call_words.MISTAKE.search(text) and call_words.WRONG.search(text):
        kinds.append(ENOUGH)
    gives = [call_words.GIVE.match(*one) for one in clauses] if wanted <= 1.6 + _READER else []
    if any(give and (not told or _reader(text) or _is_ours(give[0]) or len(text.split()) < _BARE) for give in gives):
        kinds.append(1.6 + _reader(text))
    if wanted <= 2.0 + _READER and call_words.DISCLOSED.search(text) and cue_words.PUBLISHER.search(text):
        kinds.append(2.0 + _reader(text))
    if len(text) < _LABEL and cue_words.ADVERTISED.search(text):
        kinds.append(ENOUGH)
    if cue_words.COOKIES.search(text) and (consents := set(cue_words.CONSENT.findall(text))):
        kinds.append(0.4 + 0.8 * min(3, len(consents)) + _reader(text))
    is_short = len(text) < _SHORT
    if len(needs := _needs(text)) > 1 or (needs and is_short):
        kinds.append(1.2 + 0.7 * min(4, len(needs)) + _reader(text) + (0.8 if is_short else 0.0))
    if not text.isascii() and cue_words.NOTICE.search(text):
        kinds.append(2.0 + 0.7 * min(4, len(set(cue_words.RIGHTS_OF_USE.findall(text)))))
    if wanted <= _MOST_RIGHTS and wanted <= (rights := 1.2 + _rights(text)) and cue_words.RIGHTS.search(text):
        kinds.append(rights)
    return max(kinds)


def _calls(text: str, clauses: Sequence[tuple[str, int]]) -> bool:
    """Whether a passage calls for its letter, its terms, a viewer or comments, or says that it uses cookies."""
    if any(call_words.LETTER.match(text, start) for _, start in clauses[:1]):
        return True
    if any(call_words.WE_USE_COOKIES.match(clause, start) for clause, start in clauses):
        return True
    if len(text) >= _NOTE:
        return False
    ended = ((clause, start) for clause, start in clauses if clause is clauses[-1][0] or clause[-1] in _ENDS)
    return (
        call_words.TERMS.search(text) is not None
        or call_words.VIEWER.search(text) is not None
        or any(call_words.COMMENTS.match(clause, start) for clause, start in ended)
    )


def _needs(text: str) -> set[str]:
    """What a passage that stands in place of a post, a video or comments says has to be done for them to be shown."""
    is_such = any(word in text for word in cue_words.CONTENT) and cue_words.EMBEDDED.search(text)
    return set(cue_words.SHOWN.findall(text)) if is_such else set()


def _start(clause: str) -> int:
    """Where a clause begins behind its signs and polite words."""
    polite = cue_words.POLITE_START.match(clause)
    return polite.end() if polite else 0


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
    return len(_named(text))


def _named(text: str) -> set[str]:
    said = words(text)
    named = {word for word in said if word in NETWORKS and (len(word) > 2 or word == "vk")}
    named |= {name for name in call_words.OFTEN_INFLECTED for word in said if word.startswith(name)}
    return named | {name for name in (*_UNSPACED, *call_words.OTHER_NETWORKS) if name in text}


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


def _rights(text: str) -> float:
    """How much a line about rights has nothing else: a sign, a year, a name."""
    bare = len(words(text)) <= 12
    return (1.0 if bare else 0.0) + (0.5 if _YEAR.search(text) else 0.0)


def _telling(text: str) -> float:
    """How much a passage looks like reporting."""
    sentences = len([part for part in _SENTENCE.split(text) if part.strip()])
    plain = small(text)
    return (
        min(2.0, 1.0 * len(set(cue_words.REPORTED.findall(text))))
        + (2.5 if cue_words.ELSEWHERE.search(plain) and not cue_words.PUBLISHER.search(plain) else 0.0)
        + (0.7 if len(text) > 280 else 0.0)
        + 0.3 * max(0, sentences - 3)
    )
