"""Pages of servers and domains without a site, and those that say that they cannot be shown."""

from __future__ import annotations

import pytest

from archive.extract.notices.server import (
    is_for_others,
    is_of_no_site,
    is_server_error,
    needs_scripts,
    says_failure,
)
from archive.extract.notices.shown import Shown


def shown(title: str, text: str = "") -> Shown:
    return Shown(title, title, title, text)


@pytest.mark.parametrize(
    ("title", "text"),
    [("Index of /boats", ""), ("Coming soon | Portvale", ""), ("portvale.example", "This domain is for sale. Ask us.")],
)
def test_a_server_or_domain_without_a_site(title: str, text: str) -> None:
    assert is_of_no_site(shown(title, text))


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Coming soon: a new pier", ""),
        ("New wing | Coming soon", ""),
        ("Port police seize a domain", "This domain is for sale, a note on it said."),
        ("Port", "Two men sold berths. This domain is for sale, a note said."),
    ],
)
def test_news_about_such_things(title: str, text: str) -> None:
    assert not is_of_no_site(shown(title, text))


def test_what_a_title_says_next_to_nothing_beside() -> None:
    assert is_for_others(shown("Your browser is not supported"))
    assert is_for_others(Shown("Portvale", "", "Not available in your region", ""))
    assert not is_for_others(shown("Not available in your region: boats for hire"))
    assert says_failure(shown("Oops! Something went wrong."))
    assert not says_failure(shown("Something went wrong when the pier was built"))


@pytest.mark.parametrize(
    "title",
    ["Bad gateway", "502 Proxy Error", "HTTP Error 503: Service Unavailable", "Connection timed out Error code 522"],
)
def test_a_page_that_is_titled_by_the_failure_of_a_server(title: str) -> None:
    assert is_server_error(shown(title, "The server met an error.\nPlease tell the webmaster when and what you did."))
    assert not is_server_error(shown(title, "The harbour board explained what happened on Tuesday. " * 20))
    assert not is_server_error(shown(f"{title} kept ferries in port", "No ferry left."))


@pytest.mark.parametrize("title", ["Service unavailable", "Service temporarily unavailable", "Connection timed out"])
def test_a_name_of_a_failure_that_people_use_too_needs_a_number_or_a_server(title: str) -> None:
    assert not is_server_error(shown(title, "The ferry to Portvale lay idle for two hours. Passengers went by bus."))
    assert is_server_error(shown(title, "The server cannot answer your request now. Please try it once again."))
    assert is_server_error(shown(f"{title} Error code 522", "Please try it once again in a few minutes."))
    assert not is_server_error(shown(f"Ferry: {title}", "The server of the ferry's bar went home by bus."))


def test_a_text_that_asks_for_scripts() -> None:
    assert needs_scripts(shown("", "Please turn on JavaScript."))
    assert not needs_scripts(shown("", "The board writes its pages in JavaScript."))
