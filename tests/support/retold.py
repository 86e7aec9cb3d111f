"""Fictional releases and what other sites make of them: copies, excerpts, new headlines, and what is none of these."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from archive.core.ids import article_number
from archive.store.rows import moment
from archive.store.schema import Database
from tests.support.archiving import DAY

_STARTS = [
    "b",
    "br",
    "d",
    "dr",
    "f",
    "fl",
    "g",
    "gl",
    "h",
    "k",
    "kl",
    "l",
    "m",
    "n",
    "p",
    "pr",
    "r",
    "s",
    "st",
    "t",
    "tr",
    "v",
    "w",
    "z",
]
_VOWELS = ["a", "e", "i", "o", "u", "ai", "ea", "io", "ou"]
_ENDS = ["n", "r", "l", "s", "t", "nd", "rk", "ll", "m", "st"]
_GLUE = ["the", "of", "and", "to", "in", "a", "for", "on", "with", "at", "by", "from", "that", "was", "is", "will"]
_HAN = [chr(0x4E00 + number * 7) for number in range(1500)]


@dataclass(frozen=True)
class Told:
    """An article of a source, with the number of the release whose words it carries."""

    source: str
    title: str
    text: str
    release: int
    edit: str
    at: datetime = DAY

    @property
    def id(self) -> int:
        """Its number in the tables."""
        return article_number(self.source, f"{self.source}.example/{self.release}-{self.edit}")


class Writer:
    """Writes releases of a language of its own, always the same for a seed."""

    def __init__(self, seed: int, script: str = "latin") -> None:
        self.random = random.Random(seed)
        self.script = script
        self._words = [self._word() for _ in range(4000)]

    def _word(self) -> str:
        pick = self.random.choice
        return "".join(pick(_STARTS) + pick(_VOWELS) for _ in range(pick((1, 2)))) + pick(_ENDS)

    def sentence(self, length: int = 0) -> str:
        """Words of which a third are the ones that every text has."""
        length = length or self.random.randint(9, 26)
        if self.script == "han":
            return "".join(self.random.choices(_HAN, k=length * 2)) + "。"
        words = [
            self.random.choice(_GLUE) if self.random.random() < 0.35 else self.random.choice(self._words)
            for _ in range(length)
        ]
        return " ".join(words).capitalize() + "."

    def paragraph(self, sentences: int = 0) -> str:
        """A few sentences."""
        space = "" if self.script == "han" else " "
        return space.join(self.sentence() for _ in range(sentences or self.random.randint(2, 4)))

    def text(self, paragraphs: int = 0) -> str:
        """A release as the tables hold it."""
        return "\n\n".join(self.paragraph() for _ in range(paragraphs or self.random.randint(4, 9)))


def whole(text: str, writer: Writer) -> str:
    """Copied as it is."""
    return text


def shortened(text: str, writer: Writer) -> str:
    """The first half of it, cut at a sentence."""
    kept: list[str] = []
    size = 0
    for paragraph in text.split("\n\n"):
        stop = "。" if "。" in paragraph else ". "
        sentences = [part + stop.strip() for part in paragraph.removesuffix(stop.strip()).split(stop)]
        for sentence in sentences:
            if size >= len(text) / 2:
                return "\n\n".join(kept)
            kept.append(sentence)
            size += len(sentence)
    return "\n\n".join(kept)


def scattered(text: str, writer: Writer) -> str:
    """A little more than half of its paragraphs, picked here and there."""
    paragraphs = text.split("\n\n")
    return "\n\n".join(sorted(writer.random.sample(paragraphs, len(paragraphs) // 2 + 1), key=paragraphs.index))


def longer(text: str, writer: Writer) -> str:
    """A paragraph more, somewhere."""
    paragraphs = text.split("\n\n")
    paragraphs.insert(writer.random.randrange(len(paragraphs) + 1), writer.paragraph())
    return "\n\n".join(paragraphs)


def introduced(text: str, writer: Writer) -> str:
    """The editor's own beginning and end around it."""
    return f"{writer.sentence()}\n\n{text}\n\n{writer.sentence()}"


def touched_up(text: str, writer: Writer) -> str:
    """Another word here and there."""
    paragraphs = text.split("\n\n")
    number = writer.random.randrange(len(paragraphs))
    words = paragraphs[number].split(" ")
    words[writer.random.randrange(len(words))] = writer.sentence(2).split(" ")[0].lower()
    paragraphs[number] = " ".join(words)
    return "\n\n".join(paragraphs)


EDITS: Mapping[str, Callable[[str, Writer], str]] = {
    "whole": whole,
    "shortened": shortened,
    "scattered": scattered,
    "longer": longer,
    "introduced": introduced,
    "touched up": touched_up,
}
"""What other sites do to a release that stays the same story. A changed headline is not part of the text."""


def retellings(writer: Writer, release: int, text: str, copies: int) -> list[Told]:
    """A release and what some other sources make of it, hours and days later, each with a headline of its own."""
    origin = Told(f"office-{release % 7}", writer.sentence(7), text, release, "origin", DAY + timedelta(hours=release))
    edits = writer.random.sample(sorted(EDITS), copies)
    return [origin] + [
        Told(
            f"paper-{number}",
            writer.sentence(7),
            EDITS[edit](text, writer),
            release,
            edit,
            origin.at + timedelta(minutes=writer.random.randint(1, 5000)),
        )
        for number, edit in enumerate(edits)
    ]


def put(db: Database, told: Told) -> None:
    """Write an article's row as ingest does, and have its story told."""
    row: dict[str, Any] = {
        "id": told.id,
        "source": told.source,
        "url": f"https://{told.source}.example/{told.release}",
        "title": told.title,
        "text": told.text,
        "published_at": told.at.isoformat(),
        "word_count": len(told.text.split()),
        "first_seen": moment(told.at + timedelta(minutes=30)),
        "last_seen": moment(told.at),
        "last_checked": moment(told.at),
        "changed_at": moment(told.at),
        "capture_id": told.id,
    }
    db.execute(
        f"insert or replace into articles ({', '.join(row)}) values ({', '.join('?' * len(row))})", list(row.values())
    )
    db.execute("insert or ignore into story_queue values (?)", (told.id,))


def take_away(db: Database, told: Told) -> None:
    """Forget an article as ingest does."""
    db.execute("delete from articles where id = ?", (told.id,))
    db.execute("insert or ignore into story_queue values (?)", (told.id,))
