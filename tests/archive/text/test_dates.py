"""Days and moments as people and machines write them."""

import time
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.text import dates
from archive.text.date_order import Order
from archive.text.dates import find_days, only_day, read_moment

CASES = [
    ("2026-03-11", "DMY", "2026-03-11"),
    ("2016/6/29", "MDY", "2016-06-29"),
    ("20240112", "DMY", "2024-01-12"),
    ("20240112T093000Z", "DMY", "2024-01-12T09:30:00+00:00"),
    ("Mon, 05 Aug 2024 12:47:21 GMT", "DMY", "2024-08-05T12:47:21+00:00"),
    ("Fri Apr 28 2023 17:52:31 GMT+0000 (Coordinated Universal Time)", "DMY", "2023-04-28T17:52:31+00:00"),
    ("Wed Jul 20 10:00:00 EDT 2016", "DMY", "2016-07-20T10:00:00-04:00"),
    ("2023-04-28T17:52:31.847Z", "DMY", "2023-04-28T17:52:31.847000+00:00"),
    ("2023-04-28T18:16:04+0200", "DMY", "2023-04-28T18:16:04+02:00"),
    ("1762513252000", "DMY", "2025-11-07T11:00:52+00:00"),
    ("28.04.2023, 18:16 Uhr", "DMY", "2023-04-28T18:16:00"),
    (" 15:56 BST, 27 April 2024 ", "DMY", "2024-04-27T15:56:00"),  # British or Bangladesh time
    ("10:00 a.m. EST, Tuesday, March 3, 2026", "MDY", "2026-03-03T10:00:00-05:00"),
    ("July 6, 2016 at 3:05 pm PST", "MDY", "2016-07-06T15:05:00-07:00"),
    ("January 6, 2016 at 3:05 pm PST", "MDY", "2016-01-06T15:05:00-08:00"),
    ("12 Jul 2016 10:00 MEST", "DMY", "2016-07-12T10:00:00+02:00"),
    ("2026 жылғы 3 наурыз", "DMY", "2026-03-03"),
    ("3 марта 2026 г., 14:05", "DMY", "2026-03-03T14:05:00"),
    ("3/4/16", "MDY", "2016-03-04"),
    ("3/4/16", "DMY", "2016-04-03"),
    ("13/4/2016", "MDY", "2016-04-13"),
    ("2011年11月21日 09:12", "DMY", "2011-11-21T09:12:00"),
    ("23 okt 2025 kl 10.23", "DMY", "2025-10-23T10:23:00"),
    ("1er mars 2020 à 12h30", "DMY", "2020-03-01T12:30:00"),
    ("3 de marzo de 2026", "DMY", "2026-03-03"),
    ("12 Μαρτίου 2012", "DMY", "2012-03-12"),
    ("5 marca 2012", "DMY", "2012-03-05"),
    ("February 24, 2020 | 9:25pm", "MDY", "2020-02-24T21:25:00"),
    ("2013-06-01T00:00", "DMY", "2013-06-01"),
    ("2013-06-01T00:00:00+06:00", "DMY", "2013-06-01T00:00:00+06:00"),
    ("6 July 2016 10:00 IST", "DMY", "2016-07-06T10:00:00"),
    ("2026ko apirilaren 7a", "YMD", "2026-04-07"),
    ("2026. gada 7. aprīlī", "DMY", "2026-04-07"),
    ("7 ta’ April 2026", "DMY", "2026-04-07"),
    ("the 7th day of April 2026", "DMY", "2026-04-07"),
    ("07/abr/2026 às 09h30", "DMY", "2026-04-07T09:30:00"),
    ("2026. ápr. 7.", "YMD", "2026-04-07"),
    ("2026 թ. ապրիլի 7", "DMY", "2026-04-07"),
    ("2026 წლის 7 აპრილი", "DMY", "2026-04-07"),
    ("7 نيسان/أبريل 2026", "DMY", "2026-04-07"),
    ("07 / 04 / 2026", "DMY", "2026-04-07"),
    ("2026 / 04 / 07", "DMY", "2026-04-07"),
    ("14. IV. 2026.", "DMY", "2026-04-14"),
    ("2026. XI. 14.", "YMD", "2026-11-14"),
    ("14.V.2026", "DMY", "2026-05-14"),
    ("Orlin, 14 VII 2026", "DMY", "2026-07-14"),
    ("14-I-2026", "DMY", "2026-01-14"),
]
NOTHING = [
    "",
    "2021-13-45",
    "version 1.2.2016.4",
    "31 February 2020",
    "3 March",
    "March 2026",
    "12 Harbour 2016",
    "Henry VIII 12 XIII 2026",
    "Lamp L7 III 2018",
    "Lamp 7 III 2018",
    "Barge Model 3 I 2021",
    "4 X 2020",
    "Rule no. 12/IV/2020/B",
    "In 2019 I 12 lamps were lit",
    "2026",
]


@pytest.mark.parametrize(("written", "order", "expected"), CASES)
def test_a_moment_is_read_as_precisely_as_it_is_stated(written: str, order: Order, expected: str) -> None:
    assert dates.read_moment(written, order) == expected


@pytest.mark.parametrize("written", NOTHING)
def test_no_day_is_invented(written: str) -> None:
    assert dates.read_moment(written) == ""


def test_every_moment_of_a_text_is_found_in_its_place() -> None:
    text = "Published 3 March 2026, updated 4 March 2026 at 10:15."
    found = list(dates.find_moments(text))
    assert [one.moment for one in found] == ["2026-03-03", "2026-03-04T10:15:00"]
    assert text[found[0].start : found[0].end] == "3 March 2026"


def test_a_page_is_not_published_after_it_was_captured() -> None:
    captured = datetime(2026, 3, 11, 9, tzinfo=UTC)
    assert dates.plausible("2026-03-11", captured)
    assert not dates.plausible("2026-03-14", captured)
    assert not dates.plausible("1889-03-14", captured)
    assert not dates.plausible("", captured)


def test_the_first_day_of_a_programs_count_is_no_day_of_publication() -> None:
    captured = datetime(2026, 3, 11, 9, tzinfo=UTC)
    assert dates.plausible("1971-10-14", captured)
    assert not dates.plausible("1970-01-01", captured)
    assert not dates.plausible("1979-12-31T23:00:00+00:00", captured)
    assert not dates.plausible("1969-12-31T17:00:00-07:00", captured)


ORDER_UNKNOWN = [
    ("Wed, 11 Mar 2026 09:30:00 +0500", "2026-03-11T09:30:00+05:00"),
    ("Wed, 11 Mar 26 09:30 GMT", ""),
    ("11 Mar 2026 9:30:5 GMT+9", "2026-03-11T09:30:05+09:00"),
    ("Thu, 02 May 2013 11:27:00 EST", "2013-05-02T11:27:00-05:00"),
    ("Wed, 01 Feb 2023 05:00:00 -0000", "2023-02-01T05:00:00+00:00"),
    ("2026-03-11T09:30:00.123Z", "2026-03-11T09:30:00.123000+00:00"),
    ("2026-03-11T09:30:00-03:30", "2026-03-11T09:30:00-03:30"),
    ("2026-03-11 09:30", "2026-03-11T09:30:00"),
    ("2026-03-11", "2026-03-11"),
    ("2026-03", ""),
    ("Monday, April 15, 2013 - 2:23pm", "2013-04-15T14:23:00"),
    ("12:05 a.m., May 3rd, 2020", "2020-05-03T00:05:00"),
    ("mer, 16 nov 2022 00:38:15 +0100", "2022-11-16T00:38:15+01:00"),
    ("11 марта 2026 г., 09:30 MSK", "2026-03-11T09:30:00+03:00"),
    ("2026 жылғы 11 наурыз", "2026-03-11"),
    ("11. März 2026", "2026-03-11"),
    ("1er août 2025", "2025-08-01"),
    ("12 de mayo de 2020", "2020-05-12"),
    ("11 Μαρτίου 2026", "2026-03-11"),
    ("11 مارس 2026", "2026-03-11"),
    ("11 במרץ 2026", "2026-03-11"),
    ("2026. március 11.", "2026-03-11"),
    ("2026年3月11日", "2026-03-11"),
    ("2026년 3월 11일", "2026-03-11"),
    ("11.03.2026", "2026-03-11"),
    ("31/12/2025", "2025-12-31"),
    ("12/31/2025", "2025-12-31"),
    ("4/5/2026", ""),
    ("5/5/2026", "2026-05-05"),
    ("4.5.26", ""),
    ("4.5.2026", "2026-05-04"),
    ("04-30-26", "2026-04-30"),
    ("2026/3/11", "2026-03-11"),
    ("2026-02-30", ""),
    ("yesterday", ""),
    ("", ""),
]
BY_PROGRAMS = [
    ("lun., 09 févr. 2026 07:15:00 +0100", "2026-02-09T07:15:00+01:00"),
    ("mar 10 févr. 2026 07:15:00 +0100", "2026-02-10T07:15:00+01:00"),  # "mar" is Tuesday here, not March
    ("Чт, 12 фев 2026 16:40:00 +0300", "2026-02-12T16:40:00+03:00"),
    ("木, 12  2月 2026 16:40:00 +0900", "2026-02-12T16:40:00+09:00"),
    ("Thu, 12 Feb 2026 16:40:00+5:45", "2026-02-12T16:40:00+05:45"),
    ("Thu, 12 Feb 2026 24:00:00 +0100", "2026-02-13T00:00:00+01:00"),
    ("20251231T240000Z", "2026-01-01T00:00:00+00:00"),
    ("Thu, 12 Feb 2026 24:00:00", "2026-02-12"),
    ("Thu, 12 Feb 2026 24:01:00 GMT", "2026-02-12"),
    ("Wed, 31 Dec 2008 23:59:60 GMT", "2008-12-31T23:59:59+00:00"),
    ("1770914400", "2026-02-12T16:40:00+00:00"),
    ("1770914400000", "2026-02-12T16:40:00+00:00"),
    ("1770914400.25", "2026-02-12T16:40:00+00:00"),
    ("Thu, 12 Feb 2026 16:40:00 BST", "2026-02-12T16:40:00"),
    ("Thu, 12 Feb 2026 16:40:00 IST", "2026-02-12T16:40:00"),
    ("Thu, 12 Feb 2026 16:40:00 +1500", "2026-02-12T16:40:00"),
    ("Sun, 12 Jul 2026 16:40 PST", "2026-07-12T16:40:00-08:00"),
    ("12 July 2026, 4:40 pm PST", "2026-07-12T16:40:00-07:00"),
]


@pytest.mark.parametrize(("written", "expected"), ORDER_UNKNOWN + BY_PROGRAMS)
def test_a_moment_whose_order_is_not_known(written: str, expected: str) -> None:
    assert read_moment(written, "") == expected


def test_days_of_a_text_with_their_places() -> None:
    text = "Schedule for Friday, May 8\nMay 7, 2026\nNotes of 4/5/2026; tel. 555-0199, 12 items"
    assert [(text[day.start : day.end], day.moment) for day in find_days(text)] == [
        ("May 8", ""),
        ("May 7, 2026", "2026-05-07"),
        ("4/5/2026", ""),
    ]


def test_a_day_with_its_year_is_seen_before_one_without() -> None:
    text = "Open from 1 May to June 3 May 2026"
    assert [(text[day.start : day.end], day.moment) for day in find_days(text)] == [
        ("1 May", ""),
        ("3 May 2026", "2026-05-03"),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("05.12.15, 05.19.15", ["2015-05-12", "2015-05-19"]),
        ("4/5/2026, 4/30/2026, 1.2.2026", ["2026-04-05", "2026-04-30", "2026-02-01"]),
        ("4/5/2026, 30/4/2026", ["2026-05-04", "2026-04-30"]),
        ("4/5/2026, 30/4/2026, 4/30/2026", ["", "2026-04-30", "2026-04-30"]),
        ("4/5/2026, 30.4.2026", ["", "2026-04-30"]),
        ("4.5.2026, 30.4.2026, 4.30.2026", ["", "2026-04-30", "2026-04-30"]),
    ],
)
def test_one_date_of_a_text_tells_the_order_of_the_others(text: str, expected: list[str]) -> None:
    assert [day.moment for day in find_days(text)] == expected


def test_numbers_are_no_dates() -> None:
    assert find_days("version 1.2.3, 10.0.0.1, 3-4-5-6, 2026, page 12 of 31, ISBN 978-3-16-148410-0") == []


@given(st.text(max_size=300))
def test_days_of_any_text(text: str) -> None:
    for day in find_days(text):
        assert 0 <= day.start < day.end <= len(text)
    for order in ("", "DMY", "MDY"):
        assert read_moment(read_moment(text, order), order) == read_moment(text, order)


@given(
    st.builds(datetime.combine, st.dates(date(1970, 1, 1), date(2099, 12, 31)), st.times()),
    st.integers(-14 * 4, 14 * 4),
)
def test_iso_comes_back(at: datetime, quarters: int) -> None:
    zone = timezone(timedelta(minutes=15 * quarters))
    stated = at.replace(microsecond=0, tzinfo=zone).isoformat()
    assert read_moment(stated, "") == stated


@pytest.mark.parametrize(
    "piece",
    [
        "2026",
        "1/2/2026 ",
        "12 march ",
        "march 12 ",
        "12-mar-26 ",
        "2026-",
        "1.",
        "1 1",
        "1/",
        "a",
        "12:00 ",
        "\n",
        "march",
    ],
)
def test_time_grows_with_the_text_and_not_faster(piece: str) -> None:
    """Eight times the text may take 24 times the time: a quadratic search takes 64 times."""
    short, long = (_seconds(piece * (count // len(piece))) for count in (8_000, 64_000))
    assert long < 24 * short + 0.1


def _seconds(text: str) -> float:
    """CPU time of this process for reading a text in both ways, the best of two."""
    times = []
    for _ in range(2):
        start = time.process_time()
        find_days(text)
        list(dates.find_moments(text))
        times.append(time.process_time() - start)
    return min(times)


@given(st.dates(min_value=date(1990, 1, 1), max_value=date(2039, 12, 31)))
def test_a_day_reads_back_in_every_form(day: date) -> None:
    for form in ("%Y-%m-%d", "%d %B %Y", "%B %d, %Y", "%d.%m.%Y", "%Y年%m月%d日", "%a, %d %b %Y"):
        assert dates.read_moment(day.strftime(form), "DMY") == day.isoformat()


@given(st.text(max_size=300))
def test_any_text_is_read_without_error(text: str) -> None:
    for stated in dates.find_moments(text):
        assert 0 <= stated.start < stated.end <= len(text)
        datetime.fromisoformat(stated.moment)


def test_a_month_above_a_calendar_is_no_day() -> None:
    assert [day.moment for day in find_days("2026年11月\n1\n2")] == []
    assert [day.moment for day in find_days("2026年11月\n20日, 2026年11月 21, 2026년 11월 22일")] == [
        "2026-11-20",
        "2026-11-21",
        "2026-11-22",
    ]


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("Wednesday, 4 March 2026", "2026-03-04"),
        ("2026年3月4日", "2026-03-04"),
        ("(4 March 2026)", "2026-03-04"),
        ("4 March 2026, 10:00", "2026-03-04"),
        ("2026-03-04 09:30 +0100", "2026-03-04"),
        ("4 March 2026 | 10 am", "2026-03-04"),
        ("Valdora, 4 March 2026", ""),
        ("4 March 2026 - 7 March 2026", ""),
        ("4–7 March 2026", ""),
        ("7 March 2026, 18:00-20:00", ""),
        ("7 March 2026, 9:00-12:00", ""),
        ("4 March 2026: 12.5%", ""),
        ("4 March 2026: 41", ""),
        ("4 March", ""),
        ("Since 4 March 2026", ""),
        ("No day at all", ""),
    ],
)
def test_a_line_that_says_a_day_and_nothing_else(line: str, day: str) -> None:
    assert only_day(line) == day
