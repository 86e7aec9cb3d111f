"""How long a thousand saved searches over ten thousand new releases take: `python -m tests.bench.site.alertbench`.

Prints JSON: searches, releases, how many matches were found and messages made, the seconds of processor time until the
matches were entered, and until the messages were.
"""

from __future__ import annotations

import json
import random
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from archive.alerts import ledger, rounds
from archive.alerts.digest import When
from archive.alerts.settings import Alert, Settings
from archive.store.database import Store
from archive.store.opening.readonly import open_readonly
from tests.bench.million import frequent_words, vocabularies, write


def measure(directory: Path, searches: int, releases: int) -> dict[str, object]:
    """One round of alerts on an archive of so many releases that have just come."""
    chance = random.Random(1)
    languages = vocabularies(chance)
    now = datetime.now(UTC).replace(microsecond=0)
    with Store(directory / "archive.db") as store:
        with store.writing() as db:
            for number in range(releases):
                write(db.conn, number, releases, languages, chance, now)
        words = list(frequent_words(store.db.conn, range(20, 20 + 8 * searches, 8)))
    alerts = [
        Alert(f"alert {n}", ("json://127.0.0.1/",), f"{word} OR {words[-n]}" if n % 3 else word, when=When("daily"))
        for n, word in enumerate(words)
    ]
    began = now - timedelta(days=1)
    with ledger.open_ledger(directory) as book, open_readonly(directory / "archive.db") as connection:
        begun = book.begin(alerts, began)
        start = time.process_time()
        rounds.find(connection, book, alerts, begun, now)
        matched = time.process_time() - start
        found = book.db.execute("select count(*) from matches").fetchone()[0]
        rounds.prepare(connection, book, Settings(tuple(alerts)), now)
        spent = time.process_time() - start
        messages = book.db.execute("select count(*) from messages").fetchone()[0]
    facts = {"searches": searches, "releases": releases, "matches": found, "messages": messages}
    return facts | {"matching": round(matched, 1), "seconds": round(spent, 1)}


if __name__ == "__main__":
    with TemporaryDirectory() as room:
        json.dump(measure(Path(room), 1_000, 10_000), sys.stdout)
        print()
