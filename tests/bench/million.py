"""`make million`: an archive of a million fictional releases in one go, for measuring the site.

Words in five scripts with the frequencies of real text (Zipf), 200 sources of very different size, fifteen years,
edits, removals and stories. The same number gives the same archive. It has rows and the index of searches, no WARC
files: pages as served cannot be shown. An archive that was not finished is finished by the next call.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from bisect import bisect
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import accumulate
from pathlib import Path
from typing import Any

from archive.store.database import Store
from archive.store.search_index import index
from archive.store.search_index.full_text import FullText
from archive.text.fulltext import index_text

SOURCES, YEARS, LAST_DAY = 200, 15, date(2026, 6, 30)
_LATIN = [a + b + c for a in "bdfgklmnprstvz" for b in ("a", "e", "i", "o", "u", "ai") for c in "nrlstm"]
_SCRIPTS: dict[str, Sequence[str]] = {
    "en": _LATIN,
    "ru": [a + b for a in "бвгдклмнпрст" for b in ("ан", "ол", "ир", "ес", "ум", "от", "ая", "ый")],
    "el": [a + b for a in "βγδκλμνπρστ" for b in ("αν", "ος", "ης", "ει", "ια", "ωμ", "ευ", "ον")],
    "ar": [a + b for a in "بتجدرسعفقكلمن" for b in ("ان", "ور", "يم", "اد", "ول", "يس", "ات", "ير")],
    "zh": [chr(0x4E00 + 7 * number) for number in range(100)],
}
_SHARES = {"en": 70, "ru": 10, "el": 8, "ar": 7, "zh": 5}
_WORDS = 30_000
BATCH = 5_000
"""Articles of one transaction."""
NOTE = "million.json"
"""The file that says which archive a directory has, and whether it is complete."""

Progress = Callable[[int], None]


class Language:
    """A vocabulary whose words are as frequent as their rank says (Zipf's law)."""

    def __init__(self, name: str, chance: random.Random) -> None:
        parts = _SCRIPTS[name]
        size = _WORDS if name == "en" else _WORDS // 5
        self.words = ["".join(chance.choices(parts, k=chance.choice((1, 2, 2, 3)))) for _ in range(size)]
        self.joint = "" if name == "zh" else " "
        self.weights = list(accumulate(1 / (rank + 2.7) for rank in range(size)))

    def say(self, chance: random.Random, count: int) -> str:
        """So many words."""
        total = self.weights[-1]
        return self.joint.join(self.words[bisect(self.weights, chance.random() * total)] for _ in range(count))


def build(
    directory: Path, count: int, seed: int = 1, progress: Progress = lambda done: None, batch: int = BATCH
) -> Path:
    """Make the archive in a directory that is new, empty, or has a part of it; nothing is done if it is there.

    `progress` is called with how many articles are written. Raises ValueError if the directory has another archive.
    """
    if is_built(directory, count, seed):
        return directory
    languages = vocabularies(random.Random(seed))
    directory.mkdir(parents=True, exist_ok=True)
    _note(directory, count, seed, complete=False)
    with Store(directory / "archive.db") as store:
        store.db.execute("pragma synchronous = off")
        store.db.execute("pragma cache_size = -500000")  # ids are spread over the whole table
        with store.writing() as db:
            names = [f"source-{number:03}" for number in range(SOURCES)]
            seen = f"{LAST_DAY}T12:00:00+00:00"
            rows = [(name, f"Office of {name}", f"https://{name}.example/", seen, seen) for name in names]
            db.conn.executemany(
                "insert or ignore into sources (name, title, url, last_crawl, last_ok) values (?, ?, ?, ?, ?)", rows
            )
        written = store.db.execute("select count(*) from articles").fetchone()[0]
        for begin in range(written, count, batch):
            texts, chance = FullText(store.db.conn), random.Random(f"{seed} {begin}")
            with store.writing() as db, texts.together():
                for number in range(begin, min(begin + batch, count)):
                    write(db.conn, number, count, languages, chance, texts=texts)
            progress(min(begin + batch, count))
        for table in ("articles_fts", "search_fts", "earlier_fts"):
            with store.writing() as db:
                db.execute(f"insert into {table} ({table}, rank) values ('merge', 500)")
        store.db.execute("analyze")
        store.db.execute("pragma wal_checkpoint(truncate)")
    _note(directory, count, seed, complete=True)
    return directory


def is_built(directory: Path, count: int, seed: int = 1) -> bool:
    """Whether a directory has this archive, complete. Raises ValueError if it has another one."""
    note, database = directory / NOTE, directory / "archive.db"
    if not database.exists():
        return False
    known = json.loads(note.read_text(encoding="utf-8")) if note.exists() else {}
    if (known.get("articles"), known.get("seed")) != (count, seed):
        raise ValueError(f"{directory} has another archive ({known.get('articles', 'an unknown number of')} articles):"
                         " name another directory, or delete it.")  # fmt: skip
    return bool(known["complete"])


def _note(directory: Path, count: int, seed: int, complete: bool) -> None:
    text = json.dumps({"articles": count, "seed": seed, "complete": complete})
    (directory / NOTE).write_text(f"{text}\n", encoding="utf-8")


def said(count: int, began: float) -> Progress:
    """Prints a line for every twentieth part of the archive."""

    def say(done: int) -> None:
        if done == count or done // (count // 20 or 1) != (done - BATCH) // (count // 20 or 1):
            print(f"{time.monotonic() - began:6.0f} s  {done:,} of {count:,} articles written", flush=True)

    return say


def vocabularies(chance: random.Random) -> dict[str, Language]:
    """The languages of the archive, by name."""
    return {name: Language(name, chance) for name in _SCRIPTS}


def write(
    connection: Any,
    number: int,
    count: int,
    languages: dict[str, Language],
    chance: random.Random,
    at: datetime | None = None,
    texts: FullText | None = None,
) -> None:
    """Release `number` of `count`, from 0, with its revisions, events and place in the indexes; of `at` if given."""
    texts = texts or FullText(connection)
    name = chance.choices(list(_SHARES), list(_SHARES.values()))[0]
    language = languages[name]
    title = language.say(chance, chance.randint(5, 10)).capitalize()
    text = "\n\n".join(language.say(chance, chance.randint(20, 50)).capitalize() + "." for _ in range(4))
    day = LAST_DAY - timedelta(days=int((1 - (number + 1) / count) * YEARS * 365))
    seen = datetime(day.year, day.month, day.day, number % 24, number % 60, tzinfo=UTC).isoformat()
    day, seen = (at.date(), at.isoformat()) if at else (day, seen)
    status = "gone" if number % 47 == 0 else "live"
    revisions = 2 if number % 31 == 0 else 1
    article = (number * 2_654_435_761 + 12_345) % 2**52
    source = f"source-{min(int(chance.expovariate(6 / SOURCES)), SOURCES - 1):03}"
    row = {
        "id": article, "source": source, "url": f"https://{source}.example/{number}", "title": title, "text": text,
        "published_at": day.isoformat(), "published_day": day.isoformat(), "language": name, "word_count": 150,
        "first_seen": seen, "last_seen": seen, "last_checked": seen, "changed_at": seen, "status": status,
        "revisions": revisions, "capture_id": article, "authors": json.dumps([f"Author {number % 500}"]),
        "dateline": f"PLACE{number % 300}, {day:%B}" if number % 3 == 0 else None,
    }  # fmt: skip
    _insert(connection, "articles", row)
    texts.add("articles_fts", article, index_text(title), index_text(text))
    for n in range(1, revisions + 1):
        said = text if n == revisions else f"{text}\n\nRemoved: {language.say(chance, 12)}."
        _insert(connection, "revisions", {
            "article_id": article, "n": n, "fetched_at": seen, "capture_id": article, "title": title, "text": said,
            "severity": "first" if n == 1 else "minor", "summary": "1 paragraph removed" if n > 1 else "",
        })  # fmt: skip
    for kind in ("new", *(("edited",) if revisions > 1 else ()), *(("gone",) if status == "gone" else ())):
        _insert(connection, "events", {"at": seen, "source": source, "article_id": article, "kind": kind})
    index.update(connection, None, index.read(connection, article), texts)
    if revisions > 1:
        index.add_earlier(connection, article, texts)


def _insert(connection: Any, table: str, row: dict[str, Any]) -> None:
    marks = ", ".join("?" * len(row))
    connection.execute(f"insert into {table} ({', '.join(row)}) values ({marks})", list(row.values()))


def frequent_words(connection: Any, ranks: Sequence[int]) -> Iterator[str]:
    """Words of the archive by rank of how many titles and texts hold them, counted in a sample."""
    counts: dict[str, int] = {}
    for (text,) in connection.execute("select text from articles where language = 'en' order by id limit 3000"):
        for word in {*text.lower().replace(".", " ").split()}:
            counts[word] = counts.get(word, 0) + 1
    ordered = sorted(counts, key=lambda word: (-counts[word], word))
    return (ordered[min(rank, len(ordered) - 1)] for rank in ranks)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("directory", type=Path)
    parser.add_argument("--articles", type=int, default=1_000_000)
    args = parser.parse_args()
    began = time.monotonic()
    try:
        build(args.directory, args.articles, progress=said(args.articles, began))
    except ValueError as error:
        raise SystemExit(str(error)) from None
    print(f"{args.articles:,} articles in {time.monotonic() - began:.0f} s: {args.directory}")


if __name__ == "__main__":
    main()
