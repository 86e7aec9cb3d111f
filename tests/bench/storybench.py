"""How long it takes to tell the stories of many articles: `python -m tests.bench.storybench [ARTICLES]`.

Prints JSON: articles, stories, seconds and the milliseconds of each tenth (processor time of telling alone), and the
peak memory of the whole in MB. One article in a hundred is of a form that many sources fill in alike.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Iterator
from datetime import timedelta
from itertools import count, islice
from pathlib import Path
from tempfile import TemporaryDirectory

from archive.store.database import Store
from archive.store.repeated.stories import StoryStore
from tests.support.archiving import DAY
from tests.support.retold import EDITS, Told, Writer, put, retellings

_BATCH = 500


def corpus() -> Iterator[Told]:
    """Articles without end: three of five releases stand alone, the others are told by one or two others."""
    writer = Writer(1)
    form = writer.text(5)
    for number in count():
        yield from retellings(writer, number, writer.text(), writer.random.choice((0, 0, 0, 1, 2)))
        if number % 60 == 0:
            text = EDITS["touched up"](EDITS["longer"](form, writer), writer)
            yield Told(f"station-{number % 13}", "The weather", text, number, "form", DAY + timedelta(hours=number))


def tell(path: Path, articles: int) -> dict[str, object]:
    """Tell the stories of so many articles in a new database, as if they came in batches."""
    source = corpus()
    tenths: list[float] = []
    with Store(path) as store:
        book = StoryStore(store)
        for _ in range(10):
            spent = 0.0
            for start in range(0, articles // 10, _BATCH):
                with store.writing() as db:
                    for told in islice(source, min(_BATCH, articles // 10 - start)):
                        put(db, told)
                began = time.process_time()
                book.rebuild_stories()
                spent += time.process_time() - began
            tenths.append(spent)
        stories = store.db.execute("select count(*) from stories").fetchone()[0]
    return {
        "articles": articles,
        "stories": stories,
        "seconds": round(sum(tenths), 1),
        "milliseconds": [round(spent / (articles // 10) * 1000, 2) for spent in tenths],
        "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }


if __name__ == "__main__":
    with TemporaryDirectory() as folder:
        print(json.dumps(tell(Path(folder) / "archive.db", int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)))
