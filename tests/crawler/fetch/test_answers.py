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


def test_a_header_is_read_where_it_is_there() -> None:
    answer = Response(URL, headers={"Cache-Control": "max-age=900"}, request=Request(URL))
    assert header(answer, "cache-control") == "max-age=900"
    assert header(answer, "Link") == ""
    assert pace_stated(answer).shortest.total_seconds() == 900
