"""What of a reading only our judgement made is none of the publisher's."""

from __future__ import annotations

import pytest

from archive.core.model import Extraction
from archive.history.fields.steadied import keep_better_date


@pytest.mark.parametrize(("origin", "day"), [("json-ld", "2026-03-05"), ("meta", "2026-03-05"), ("time", "2026-03-02")])
def test_a_date_from_as_strong_a_place_replaces_the_one_before(origin: str, day: str) -> None:
    was = Extraction("u", "t", "x", published_at="2026-03-02", origins={"published_at": "meta"})
    now = Extraction("u", "t", "x", published_at="2026-03-05", origins={"published_at": origin})
    assert keep_better_date(was, now).published_at == day


def test_an_hour_that_a_feed_told_stays_where_the_page_still_states_its_day() -> None:
    was = Extraction("u", "t", "x", published_at="2026-03-02T09:30:00+01:00", origins={"published_at": "time"})
    same, other = (
        Extraction("u", "t", "x", published_at=day, origins=was.origins) for day in ("2026-03-02", "2026-03-03")
    )
    assert keep_better_date(was, same).published_at == was.published_at
    assert keep_better_date(was, other).published_at == "2026-03-03"
