"""The number of the next part, in the place that an address has for it or beside it."""

from __future__ import annotations

from crawler.discover.further.loading.next_part import after, likeliest, with_parameters, with_place_filled

HOST = "https://lake.example.org"


def test_what_comes_after_an_answer() -> None:
    assert after(f"{HOST}/api?page=2", 10) == f"{HOST}/api?page=3"
    assert after(f"{HOST}/api?offset=10", 12) == f"{HOST}/api?offset=22"
    assert after(f"{HOST}/api?cursor=x", 12) == ""


def test_a_place_for_a_number_is_filled_by_what_its_name_counts() -> None:
    assert with_place_filled("/api/n?page={page}", 12) == "/api/n?page=2"
    assert with_place_filled("/api/n?offset=${this.offset}&limit=%d", 12) == "/api/n?offset=12&limit=12"
    assert with_place_filled("/api/n?size=__SIZE__", 3) == "/api/n?size=10", "fewer are not asked for"
    assert with_place_filled("/api/n?page=2", 12) == ""


def test_a_parameter_replaces_that_of_its_name() -> None:
    assert with_parameters(f"{HOST}/n?page=1&kind=4", {"page": "2"}) == f"{HOST}/n?kind=4&page=2"


def test_the_likeliest_address_comes_first_and_each_once() -> None:
    assert list(likeliest([(1, "/b"), (0, "/a"), (2, "/a"), (1, "/c")])) == ["/a", "/b", "/c"]
