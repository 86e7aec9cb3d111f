"""Lists of what others wrote, and hosts where everybody writes."""

from __future__ import annotations

import pytest

from crawler.discover.documents.press_coverage import is_coverage, is_of_everybody


@pytest.mark.parametrize(
    ("address", "title", "is_one"),
    [
        ("/press/", "In the news | Orlin", True),
        ("/press/", "Orlin in the news – Town of Orlin", True),
        ("/presse/", "Pressespiegel", True),
        ("/press/media_coverage/2026", "", True),
        ("/in-the-news/", "Orlin", True),
        ("/press/", "News in the media center | Orlin", False),
        ("/news/", "News", False),
        ("/press/", "In the news room of the town", False),
        ("/", "", False),
    ],
)
def test_a_list_says_that_it_is_of_what_others_wrote(address: str, title: str, is_one: bool) -> None:
    assert is_coverage(f"https://orlin.example{address}", title) == is_one


def test_hosts_where_everybody_writes() -> None:
    assert all(map(is_of_everybody, ("www.youtube.com", "facebook.com", "x.com", "vk.com", "player.vimeo.com")))
    assert not any(map(is_of_everybody, ("zen.example", "x.example", "press.ok.example", "media.orlin.example")))
