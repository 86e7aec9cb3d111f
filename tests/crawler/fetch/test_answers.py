"""What the headers of an answer say."""

from __future__ import annotations

from scrapy import Request
from scrapy.http import Response

from archive.core.model import Validators
from crawler.fetch.answers import conditions, header, pace_stated

URL = "https://press.orlin.example/feed/"


def test_a_request_is_conditional_by_what_is_known() -> None:
    assert conditions(Validators(etag='"a"')) == {"If-None-Match": '"a"'}
    assert conditions(Validators()) == {}
    for day in (
        "Thu, 22 Oct 2026 07:51:19 GMT",
        "Thursday, 22-Oct-26 07:51:19 GMT",
        "Thu Oct 22 07:51:19 2026",
        "2026-10-22T07:51:19Z",
    ):
        assert conditions(Validators(last_modified=day)) == {"If-Modified-Since": day}


def test_what_is_no_date_is_no_condition() -> None:
    for stated in ("1697691694", "0", "-1", "never"):
        assert conditions(Validators(etag='"a"', last_modified=stated)) == {"If-None-Match": '"a"'}


def test_a_header_is_read_where_it_is_there() -> None:
    answer = Response(URL, headers={"Cache-Control": "max-age=900"}, request=Request(URL))
    assert header(answer, "cache-control") == "max-age=900"
    assert header(answer, "Link") == ""
    assert pace_stated(answer).shortest.total_seconds() == 900
