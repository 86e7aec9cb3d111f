"""The sample archive and what strains a page: endless words, scripts of all directions, 300 versions, 10,000 checks."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from sqlite_utils import Database

from tests.support.sample import Version, Written, add_release, article_id, build_sample

LONG = (
    "Statement of the Interministerial Commission on the Coordination of Harbour, Inland Navigation and Ferry Affairs"
    " concerning the third amendment to the second annex of the regulation on night crossings, including the "
    + "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
    * 2
)
ARABIC = "بيان اللجنة الوزارية المشتركة بشأن تنسيق شؤون الموانئ والملاحة الداخلية والعبارات الليلية في الميناء " * 3
HAN = "港口内河航运与轮渡事务协调部际委员会关于夜间航线条例第二附件第三次修订的声明" * 4
TITLES = {"long": LONG, "arabic": ARABIC.strip(), "han": HAN, "without": ""}
WORD = "x" * 300
REVISIONS, CAPTURES = 300, 10_000


def build_extreme(directory: Path) -> Path:
    """Make the archive in a new directory, and return it. Its releases: the sample's, those of TITLES, and "often"."""
    build_sample(directory)
    db = Database(directory / "archive.db")
    with db.conn:
        for number, (slug, title) in enumerate(TITLES.items()):
            text = f"{title} {WORD}\n\n{title}\n\nIt begins at eight."
            versions = (Version("Short", "It begins."), Version(title, text, "headline", True, f"{title} {WORD}", 1))
            fields = {
                "authors": f'["{WORD}", "{title[:90]}"]',
                "dateline": title[:80],
                "section": WORD,
                "subtitle": title,
            }
            removed = ((WORD, "repeated"), (title or "None", "cue"))
            add_release(db, directory, Written(slug, "valdora-council", 3 + number, versions, fields, removed))
        add_release(db, directory, Written("often", "port-of-ister", 1, tuple(map(_level, range(REVISIONS)))))
        db.execute("update sources set title = ?, url = url || ? where name = 'port-of-ister'", [LONG, WORD])
        db.execute(
            "update sources set health = ?, health_since = last_ok, last_error = ?, failures = 3"
            " where name = 'valdora-council'",
            [f"{LONG} {WORD}", WORD],
        )
        db.conn.executemany(
            "insert into source_tags (tag, source) values (?, 'valdora-council')",
            [["t" * 38 + str(n)] for n in range(12)],
        )
    db.close()
    with closing(sqlite3.connect(directory / "archive.db")) as connection, connection:
        _check_often(connection, article_id("often"))
    return directory


def _level(n: int) -> Version:
    text = f"The level is {n} cm."
    return Version(f"Level of the Ister: {n} cm", text, "minor" if n else "first", False, f"{n} cm", n)


def _check_often(connection: sqlite3.Connection, article: int) -> None:
    """Let an article have been seen unchanged thousands of times, every ten minutes after its last capture."""
    columns = [row[1] for row in connection.execute("pragma table_info(captures)")]
    taken = {"id": "c.id % 1000000000 * 100000 + n.value", "revisit": "1", "fetched_at": (
        "strftime('%Y-%m-%dT%H:%M:%S+00:00', c.fetched_at, (n.value * 10) || ' minutes')"
    )}  # fmt: skip
    chosen = ", ".join(taken.get(column, f"c.{column}") for column in columns)
    connection.execute(
        "with recursive n(value) as (select 1 union all select value + 1 from n where value < ?)"
        f" insert into captures ({', '.join(columns)}) select {chosen} from n, (select * from captures"
        " where article_id = ? order by fetched_at desc limit 1) c",
        [CAPTURES, article],
    )
