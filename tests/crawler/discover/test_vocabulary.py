"""The words discovery looks for: written as the texts of links are compared with them."""

from __future__ import annotations

import pytest

from crawler.discover import vocabulary
from crawler.discover.vocabulary import hyphened, hyphened_name

LISTS = (
    "CHROME",
    "LAYOUT",
    "VIEW_PARAMETERS",
    "NEXT",
    "NEWS",
    "PRESS",
    "FEED",
    "LANGUAGE_CODES",
    "LANGUAGE_PARAMETERS",
    "GROUPING",
    "SERVICE",
    "ELSEWHERE",
)


def test_a_text_is_small_and_hyphened() -> None:
    assert hyphened("  Press \n Releases ") == "press-releases"
    assert hyphened("НОВОСТИ") == "новости"
    assert hyphened("") == ""


@pytest.mark.parametrize("name", LISTS)
def test_every_word_is_one_that_a_text_can_become(name: str) -> None:
    words = getattr(vocabulary, name)
    assert words
    assert [word for word in words if hyphened(word) != word] == []


@pytest.mark.parametrize(
    "text", ["News", "Press Releases", "Жаңалықтар", "Pressemitteilungen", "新闻", "أخبار", "ニュース"]
)
def test_newsrooms_are_known_in_many_languages(text: str) -> None:
    assert hyphened(text) in vocabulary.NEWS


@pytest.mark.parametrize("text", ["Next", "older posts", "Weiter", "Вперёд", "下一页", "»", "التالي", "келесі"])
def test_so_are_further_pages(text: str) -> None:
    assert hyphened(text) in vocabulary.NEXT


def test_no_word_stands_for_a_list_of_news_a_further_page_and_a_feed_at_once() -> None:
    assert not vocabulary.NEWS & vocabulary.NEXT
    assert not vocabulary.NEWS & vocabulary.FEED
    assert not vocabulary.NEXT & vocabulary.FEED


def test_keys_are_read_as_attributes_are_written() -> None:
    assert hyphened_name("nextPageUrl") == "next-page-url"
    assert hyphened_name("published_at") == "published-at"
