"""Revisions as a reader meets them: each with what changed in it, word by word. Pure; run in a worker process."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from archive.text import diff

COMPARING = 1.5
"""Seconds of processor time after which the other edits of a page are left uncompared."""

SHOWN = 20_000
"""Runs of words, or hundreds of characters, that the differences on one page may have; rendering takes time too."""

PARAGRAPHS, CHARACTERS = 5_000, 400_000
"""What a page shows of one text."""


@dataclass(frozen=True)
class Revision:
    """A row of `revisions`."""

    n: int
    fetched_at: str
    severity: str
    silent: bool
    summary: str
    capture_id: int
    title: str
    text: str
    authors: tuple[str, ...] | None = None


@dataclass(frozen=True)
class Edit:
    """One revision: what it was called, when it was seen, and how it differs from the one before.

    `parts` is empty for the first revision and where only the title changed; `authors` where these did not, or where
    those of one of the two are not known; `compared` is False where the two were too much to compare.
    """

    n: int
    fetched_at: str
    severity: str
    silent: bool
    summary: str
    capture_id: int
    title: tuple[diff.Run, ...] = ()
    authors: tuple[diff.Run, ...] = ()
    parts: tuple[diff.Paragraph | diff.Fold, ...] = ()
    compared: bool = True


def edits(revisions: Sequence[Revision], seconds: float = COMPARING, shown: int = SHOWN) -> list[Edit]:
    """Each revision but the first with its difference from the one before; newest first, as the revisions are.

    What goes over the processor time or the amount that a page shows is left uncompared.
    """
    return list(_edits(pairwise(revisions), seconds, shown))


def _edits(pairs: Iterable[tuple[Revision, Revision]], seconds: float, shown: int) -> Iterator[Edit]:
    """Of each pair, newer revision first, the difference, as far as the processor time and the amount reach."""
    until, room = time.process_time() + seconds, shown
    for new, old in pairs:
        made = edit(new, old, fold=True, shown=room) if time.process_time() < until else uncompared(new)
        room -= _weight(made)
        yield made


def edit(new: Revision, old: Revision | None, *, fold: bool, shown: int = SHOWN) -> Edit:
    """A revision with its difference from an earlier one; with `fold`, what did not change is only counted."""
    if old is None:
        return uncompared(new, compared=True)
    parts = diff.compare(old.text, new.text)
    made = Edit(
        *_facts(new),
        title=diff.compare_line(old.title, new.title),
        authors=diff.compare_names(old.authors, new.authors),
        parts=diff.folded(parts) if fold else parts,
    )
    return made if _weight(made) <= shown else uncompared(new)


def in_plain_text(pairs: Sequence[tuple[Revision, Revision]], seconds: float = COMPARING) -> list[str]:
    """Of each pair, newer revision first, the title, authors and paragraphs that differ, with marks as `diff.marked`.

    "" where nothing of these differs, and for what goes over the processor time or the amount of a page.
    """
    found = []
    for made in _edits(pairs, seconds, SHOWN):
        lines = [made.title] if any(run.mark != "same" for run in made.title) else []
        lines += [made.authors] if made.authors else []
        lines += [part.runs for part in made.parts if isinstance(part, diff.Paragraph) and part.mark != "same"]
        found.append("\n\n".join(diff.marked(runs) for runs in lines))
    return found


def _weight(made: Edit) -> int:
    paragraphs = [part.runs for part in made.parts if isinstance(part, diff.Paragraph)]
    return sum(1 + len(run.text) // 100 for runs in (made.title, made.authors, *paragraphs) for run in runs)


def uncompared(revision: Revision, *, compared: bool = False) -> Edit:
    """A revision without a difference; `compared` says whether that is all there is to say."""
    return Edit(*_facts(revision), compared=compared)


def _facts(revision: Revision) -> tuple[int, str, str, bool, str, int]:
    return (
        revision.n,
        revision.fetched_at,
        revision.severity,
        revision.silent,
        revision.summary,
        revision.capture_id,
    )


def beginning(text: str) -> tuple[str, int]:
    """As much of a text as a page shows, in whole paragraphs where it can be, and how many characters are left out."""
    cut = text[:CHARACTERS]
    lines = cut.split("\n", 2 * PARAGRAPHS)  # a blank line stands between paragraphs
    if len(cut) == len(text) and len(lines) <= 2 * PARAGRAPHS:
        return text, 0
    shown = "\n".join(lines[:-1]) or cut
    return shown, len(text) - len(shown)
