"""What feeds ask of who reads them, in their heads and in headers, and as the tables keep it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.sources.pace import Pace, from_words, in_words, joined, pace_of

RSS = b"""<?xml version="1.0"?><rss version="2.0"><channel><title>Valdora</title><ttl> 90 </ttl>
<skipHours><hour>0</hour><hour>23</hour><hour>24</hour></skipHours>
<skipDays><day>Saturday</day><day>Sunday</day><day>Someday</day></skipDays>
<atom:link rel="hub" href="https://hub.example/"/></channel></rss>"""


def test_the_head_of_a_feed() -> None:
    hours, days = frozenset({0, 23}), frozenset({5, 6})
    assert pace_of(RSS) == Pace(timedelta(minutes=90), hours, days, "https://hub.example/")
    assert pace_of(b"<rss><channel><item/></channel></rss>") == Pace()


@pytest.mark.parametrize(
    ("stated", "seconds"),
    [
        ("max-age=600", 600),
        ("public, Max-Age=7200", 7200),
        ("s-maxage=600", 0),
        ("no-cache", 0),
        ("max-age=-5", 0),
        ("max-age=999999999", 10**8),
    ],
)
def test_the_age_that_an_answer_may_have(stated: str, seconds: int) -> None:
    assert pace_of(b"<feed/>", stated).shortest == timedelta(seconds=seconds)


def test_the_longer_of_both_waits_counts_and_a_header_may_name_the_hub() -> None:
    assert pace_of(RSS, "max-age=60").shortest == timedelta(minutes=90)
    assert pace_of(RSS, "max-age=7200").shortest == timedelta(hours=2)
    assert pace_of(b"", "", '<https://hub.example/x>; rel="hub", <https://a.example/>; rel="self"').hub.endswith("/x")


@given(
    st.builds(
        Pace,
        st.integers(0, 10**8).map(lambda seconds: timedelta(seconds=seconds)),
        st.frozensets(st.integers(0, 23)),
        st.frozensets(st.integers(0, 6)),
        st.sampled_from(["", "https://hub.example/?a=b"]),
    )
)
def test_a_pace_is_kept_as_words(pace: Pace) -> None:
    assert from_words(in_words(pace)) == pace


@given(st.text())
def test_words_that_nobody_wrote_ask_for_nothing_odd(text: str) -> None:
    assert from_words(text).skip_hours <= set(range(24))


@given(st.binary())
def test_any_bytes_have_a_pace(body: bytes) -> None:
    pace_of(body, body.decode("latin-1"), body.decode("latin-1"))


def test_several_feeds_are_read_as_the_most_patient_wants() -> None:
    one, other = (
        Pace(timedelta(hours=1), frozenset({3})),
        Pace(timedelta(hours=2), frozenset({4}), hub="https://h.example/"),
    )
    assert joined([one, other]) == Pace(timedelta(hours=2), frozenset({3, 4}), frozenset(), "https://h.example/")
    assert joined([]) == Pace()
