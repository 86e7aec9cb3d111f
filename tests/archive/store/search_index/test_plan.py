"""Which filters narrow the index and which are tested by group; what is found is the same."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date

import pytest

from archive.store.search_index import places, plan
from archive.store.search_index.plan import GROUPS, Group
from archive.store.search_index.query import Asked
from tests.bench.million import build

SOME = [Group(1, "port", "en", "live", 90), Group(2, "port", "el", "gone", 4), Group(3, "Council", "en", "live", 6)]


@pytest.fixture(scope="module")
def connection(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(build(tmp_path_factory.mktemp("plan") / "some", 600) / "archive.db")) as opened:
        yield opened


def test_a_filter_that_many_pass_is_tested_by_group() -> None:
    live = plan.plan(Asked("ferry", standing="live"), SOME)
    assert (live.match, live.groups) == ('("ferry")', frozenset({1, 3}))
    both = plan.plan(Asked(standing="live", source="port"), SOME)
    assert (both.match, both.groups) == ("", frozenset({1}))
    rare = plan.plan(Asked(standing="gone", source="PORT"), SOME)
    assert (rare.match, rare.groups) == (f'"{places.mark("status", "gone")}"', frozenset({1, 2}))
    council = plan.plan(Asked(source="council"), SOME)
    assert (council.match, council.groups) == (f'"{places.mark("source", "council")}"', None)
    assert plan.plan(Asked("ferry"), []).groups is None
    tagged = plan.plan(Asked(among=("port", "nobody")), SOME)
    assert (tagged.match, tagged.groups) == ("", frozenset({1, 2}))
    few = plan.plan(Asked(among=("Council",)), SOME)
    assert (few.match, few.groups) == (f'("{places.mark("source", "council")}")', None)


def _slowly(connection: sqlite3.Connection, asked: Asked) -> list[int]:
    """The same by looking at every article."""
    rows = connection.execute(
        "select p.place, a.title || ' ' || a.text, a.source, a.language, a.status, a.listed_day from articles a"
        " join search_places p on p.article_id = a.id order by p.place desc"
    )
    return [
        at
        for at, text, source, language, status, day in rows
        if (not asked.words or asked.words in text.lower().replace(".", "").split())
        and asked.source in ("", source)
        and (asked.among is None or source in asked.among)
        and asked.language in ("", language)
        and asked.standing in ("", status)
        and (asked.since is None or asked.since.isoformat() <= day)
        and (asked.until is None or day <= asked.until.isoformat())
    ]


def test_what_is_found_is_what_a_slow_reading_finds(connection: sqlite3.Connection) -> None:
    groups = [Group(*row) for row in connection.execute(GROUPS.sql)]
    chance = random.Random(5)
    texts = [row[0].lower().replace(".", "").split() for row in connection.execute("select text from articles")]
    some = 0
    for _ in range(200):
        asked = Asked(
            words=chance.choice(["", "", *chance.choice(texts)[:3]]),
            source=chance.choice(["", "", *(group.source for group in groups)]),
            language=chance.choice(["", "en", "el"]),
            standing=chance.choice(["", "live", "gone"]),
            since=chance.choice([None, date(2018, 2, 3)]),
            until=chance.choice([None, date(2023, 7, 9)]),
            among=chance.choice([None, None, tuple(group.source for group in chance.sample(groups, 3))]),
        )
        planned = plan.plan(asked, groups)
        wanted = _slowly(connection, asked)
        walk = plan.newest(planned, -1)
        assert [row[0] for row in connection.execute(walk.sql, walk.parameters)] == wanted, asked
        if len(wanted) > 3:
            some += 1
            further = plan.newest(planned, 2, wanted[1])
            assert [row[0] for row in connection.execute(further.sql, further.parameters)] == wanted[2:4]
        count = plan.counted_between(planned)
        span = {"first": wanted[-1] if wanted else 0, "last": wanted[len(wanted) // 2] if wanted else 0}
        between = sum(span["first"] <= at <= span["last"] for at in wanted)
        assert connection.execute(count.sql, {**count.parameters, **span}).fetchone() == (between,)
    assert some > 10
