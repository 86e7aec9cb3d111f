"""Which articles have the same text, stored in tables and updated one article at a time.

Candidates are found by short signatures of the texts (MinHash), so that the cost does not grow with the archive.

`minhash_bands` has the bands of every text's signature in the order of time. Two articles are compared if, in some
band, at most NEAR - 1 others are between them. So the work for an article does not depend on the size of the archive,
nor on how many pages use the same form. Which pairs are compared depends only on the articles, not on the order in
which they came. A pair with the same text is stored in `similar_articles`, with the number of bands in which it is
near.
"""

from __future__ import annotations

from collections import Counter, OrderedDict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from struct import pack, unpack

from archive.history import stories
from archive.store.schema import Database
from archive.text.minhash import BANDS, Shingles, bands, shingles, similarity

NEAR = 3
"""How many neighbours on each side an article is compared with in each band."""

_KEPT = 300_000
"""How many runs of words of recent texts are kept in memory: about 40 MB."""

_BEFORE = (
    "select article_id from minhash_bands where band = ? and (sort_key, article_id) < (?, ?)"
    " order by sort_key desc, article_id desc limit ?"
)
_AFTER = (
    "select article_id from minhash_bands where band = ? and (sort_key, article_id) > (?, ?)"
    " order by sort_key, article_id limit ?"
)

_FEW = BANDS * 2 * NEAR
"""How many rows are read at once for all bands; if there are more, only the nearest of each band are read."""

_ALL = f"select band, sort_key, article_id from minhash_bands where band in ({', '.join('?' * BANDS)}) limit ?"

Pair = tuple[int, int]
"""Two articles, the earlier first."""


@dataclass(frozen=True)
class _Text:
    source: str
    runs: Shingles


class SimilarArticles:
    """The tables `minhashes`, `minhash_bands` and `similar_articles`. Used inside the store's `writing` block."""

    def __init__(self, db: Database) -> None:
        self.db = db
        # May be older than the row of an article that waits for `renew`, which will compare it again.
        self._texts: OrderedDict[int, _Text | None] = OrderedDict()
        self._kept = 0

    def renew(self, article: int) -> set[int]:
        """Update the tables for an article whose row was added, changed or deleted.

        Returns the articles that may now belong to another earlier article.
        """
        self._drop(article)
        touched = self._withdraw(article)
        text = self._text(article)
        if text is not None and stories.comparable(len(text.runs)):
            touched |= self._enter(article, text)
        return touched

    def runs(self, article: int) -> Shingles:
        """The runs of words of an article's text."""
        text = self._text(article)
        return text.runs if text else frozenset()

    def _enter(self, article: int, text: _Text) -> set[int]:
        published, seen = self.db.execute(
            "select published_at, first_seen from articles where id = ?", (article,)
        ).fetchone()
        place = stories.place(published or "", seen)
        marks = bands(text.runs)
        near: Counter[int] = Counter()
        parted: Counter[Pair] = Counter()
        earlier: set[int] = set()
        for before, after in self._around(marks, place, article):
            near.update(before)
            near.update(after)
            earlier.update(before)
            parted.update(_astride(before, after))
        self.db.conn.executemany(
            "insert into minhash_bands values (?, ?, ?)", [(band, place, article) for band in marks]
        )
        self.db.execute(
            "insert into minhashes (article_id, sort_key, bands, root_id) values (?, ?, ?, ?)",
            (article, place, _packed(marks), article),
        )
        touched = {article} | self._part(parted)
        for other, count in near.items():
            pair = (other, article) if other in earlier else (article, other)
            touched |= self._join(pair, count)
        return touched

    def _withdraw(self, article: int) -> set[int]:
        found = self.db.execute("select sort_key, bands from minhashes where article_id = ?", (article,)).fetchone()
        if found is None:
            return set()
        place, marks = found[0], _unpacked(found[1])
        rows = self.db.execute(
            "select later_id from similar_articles where later_id = ? or earlier_id = ?", (article, article)
        ).fetchall()
        self.db.execute("delete from similar_articles where later_id = ? or earlier_id = ?", (article, article))
        self.db.execute("delete from minhashes where article_id = ?", (article,))
        joined: Counter[Pair] = Counter()
        for before, after in self._around(marks, place, article):
            joined.update(_astride(before, after))
        self.db.conn.executemany(
            "delete from minhash_bands where band = ? and sort_key = ? and article_id = ?",
            [(band, place, article) for band in marks],
        )
        touched = {row[0] for row in rows}
        for pair, count in joined.items():
            touched |= self._join(pair, count)
        return touched

    def _around(self, marks: tuple[int, ...], place: int, article: int) -> Iterator[tuple[list[int], list[int]]]:
        """The nearest articles before and after one in each of its bands, the nearest first."""
        rows = self.db.conn.execute(_ALL, (*marks, _FEW + 1)).fetchall()
        if len(rows) > _FEW:
            yield from (self._around_in(band, place, article) for band in marks)
            return
        own = (place, article)
        found: dict[int, list[tuple[int, int]]] = {}
        for band, *other in rows:
            found.setdefault(band, []).append((other[0], other[1]))
        for others in found.values():
            before = sorted((other for other in others if other < own), reverse=True)
            after = sorted(other for other in others if other > own)
            yield [number for _, number in before[:NEAR]], [number for _, number in after[:NEAR]]

    def _around_in(self, band: int, place: int, article: int) -> tuple[list[int], list[int]]:
        """The same in one band that may hold any number of articles."""
        values = (band, place, article, NEAR)
        before, after = (self.db.conn.execute(query, values).fetchall() for query in (_BEFORE, _AFTER))
        return [row[0] for row in before], [row[0] for row in after]

    def _join(self, pair: Pair, count: int) -> set[int]:
        """Add so many bands in which a pair is near; returns the later article if the pair was not joined before."""
        earlier, later = pair
        known = self.db.execute(
            "update similar_articles set near = near + ? where later_id = ? and earlier_id = ?", (count, later, earlier)
        )
        if known.rowcount:
            return set()
        one, other = self._text(earlier), self._text(later)
        if one is None or other is None:
            return set()
        found = similarity(one.runs, other.runs)
        if not stories.same_text(found, same_source=one.source == other.source):
            return set()
        self.db.execute("insert into similar_articles values (?, ?, ?, ?)", (later, earlier, count, found.resemblance))
        return {later}

    def _part(self, pairs: Counter[Pair]) -> set[int]:
        """Subtract bands in which pairs are near; returns the later articles of pairs that are no longer near."""
        parted: set[int] = set()
        for (earlier, later), count in pairs.items():
            changed = self.db.execute(
                "update similar_articles set near = near - ? where later_id = ? and earlier_id = ?",
                (count, later, earlier),
            )
            if changed.rowcount:
                gone = self.db.execute(
                    "delete from similar_articles where later_id = ? and earlier_id = ? and near <= 0", (later, earlier)
                )
                parted |= {later} if gone.rowcount else set()
        return parted

    def _text(self, article: int) -> _Text | None:
        if article in self._texts:
            self._texts.move_to_end(article)
            return self._texts[article]
        row = self.db.execute("select source, text from articles where id = ?", (article,)).fetchone()
        text = _Text(row[0], shingles(row[1])) if row else None
        self._texts[article] = text
        self._kept += _weight(text)
        while self._kept > _KEPT and len(self._texts) > 1:
            self._drop(next(iter(self._texts)))
        return text

    def _drop(self, article: int) -> None:
        if article in self._texts:
            self._kept -= _weight(self._texts.pop(article))


def _weight(text: _Text | None) -> int:
    return len(text.runs) + 1 if text else 1


def _astride(before: list[int], after: list[int]) -> Iterable[Pair]:
    """Pairs that are no longer near because one more article is between them."""
    for steps, earlier in enumerate(before, 1):
        if NEAR - steps < len(after):
            yield earlier, after[NEAR - steps]


def _packed(marks: Iterable[int]) -> bytes:
    return pack(f"<{BANDS}Q", *marks)


def _unpacked(packed: bytes) -> tuple[int, ...]:
    return unpack(f"<{BANDS}Q", packed)
