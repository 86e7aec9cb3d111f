"""Which article a capture belongs to, and which article an address leads to."""

from __future__ import annotations

from archive.core.errors import ArchiveError
from archive.core.ids import article_number
from archive.core.model import Capture, Extraction
from archive.history.identity import article_key
from archive.history.replay import outcome_of
from archive.store.bulk.batch import Batch
from archive.store.observations import ObservationReader, about
from archive.store.reextract_queue import ReextractQueue
from archive.store.rows import Row
from archive.store.schema import Database
from archive.store.urls import UrlTable, address_columns


class Attribution:
    """Decides this and stores it. Every method must be called inside the store's `writing` block.

    If the set of an article's captures changes, the article is queued to be read again.
    """

    def __init__(self, db: Database, observer: ObservationReader, queue: ReextractQueue, batch: Batch) -> None:
        self.db = db
        self.batch = batch
        self.observer = observer
        self.queue = queue

    def identify(self, row: Row, capture: Capture, result: Extraction) -> str:
        """Write the article of a reading into its row; returns the identity of the article's address (`article_key`).

        Raises ArchiveError if an article of another source has the same id.
        """
        key = article_key(capture.url, result.url, result.title)
        row["article_id"] = article_number(capture.source, key)
        known = None
        if not self.batch.lacks(row["article_id"]):
            known = self.db.execute("select source, url from articles where id = ?", (row["article_id"],)).fetchone()
        if known and known[0] != capture.source:
            raise ArchiveError(
                f"The articles at {known[1]} of {known[0]} and at {capture.url} of {capture.source} have the same id. "
                "That is very rare; nothing was written. Give one of the sources another name in sources.toml."
            )
        row["article_key"] = key if key not in (row["key"], row["final_key"]) else None
        return key

    def lead(self, row: Row, key: str, result: Extraction, capture: Capture, addresses: UrlTable) -> None:
        """Let the addresses of a reading lead to its article. If they did not before, their other captures follow."""
        news = [name for name in dict.fromkeys(address_columns(row)) if self._is_news(row, name, addresses)]
        addresses.read(capture, row["article_id"], key, result.url, result.title)
        for name in news:
            self._attribute(capture.source, name)

    def _is_news(self, row: Row, key: str, addresses: UrlTable) -> bool:
        known = addresses.get(row["source"], key)
        if known is None or known["article_id"] != row["article_id"]:
            return True
        return bool(known["read_at"] > row["fetched_at"])

    def _attribute(self, source: str, key: str) -> None:
        """Give captures of an address that are no readings to the article that they are about at their time."""
        if self.batch.is_only_address(source, key):
            return
        no_reading = "(kind <> 'page' or note <> '')"
        rows = list(
            self.db.query(
                f"select * from captures where source = :source and key = :key and {no_reading} union all"
                " select * from captures where source = :source and final_key = :key and key <> :key"
                f" and {no_reading}",
                {"source": source, "key": key},
            )
        )
        for other in self.observer.led_here(source, key):
            self.queue.add(other)
        for row in rows:
            self._reassign(row, self.observer.led_to(row))

    def _reassign(self, row: Row, article: int | None) -> None:
        """Give a capture to another article (None: to none); both are read again, if the capture is evidence of any."""
        if article == row["article_id"]:
            return
        self.db.execute("update captures set article_id = ? where id = ?", (article, row["id"]))
        if outcome_of(row) == "hop":
            return
        for concerned in (article, row["article_id"]):
            if concerned is not None:
                self.queue.add(concerned)

    def leads_to(self, row: Row, addresses: UrlTable) -> int | None:
        """The article of a capture that is no reading: the one that its address leads to, if any."""
        return about(row, lambda address: self._led(row, address, addresses))

    def _led(self, row: Row, address: str, addresses: UrlTable) -> int | None:
        known = addresses.get(row["source"], address)
        if known is None or known["article_id"] is None:
            return None
        if row["kind"] == "page" and known["read_at"] <= row["fetched_at"]:
            return int(known["article_id"])
        addresses.save()
        return self.observer.read_at(row, address)
