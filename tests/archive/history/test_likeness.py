"""Whether two pages are one release."""

from __future__ import annotations

import pytest

from archive.core.model import Extraction
from archive.history.likeness import same_release
from tests.support.archiving import story

FORM = "Water stood at {} metres on {} May, with {} boats and {} tonnes of fish in the port at the evening tide."


def _page(text: str, title: str = "A path") -> Extraction:
    return Extraction("https://press.valdora.example/1", title, text)


@pytest.mark.parametrize(
    ("old", "new", "same"),
    [
        (story(1), story(1), True),
        (story(1), story(1, " Rain is expected on that day, and the ferry stays in port."), True),
        (story(1), story(1).replace("18 volunteers", "81 volunteers"), True),
        (story(1), "Nobody at the harbour knows of such a page. Perhaps the tide took it.", False),
        (FORM.format("4.2", 3, 17, 12), FORM.format("3.9", 9, 21, 18), False),
        (FORM.format("4.2", 3, 17, 12), FORM.format("4.2", 3, 17, 13), True),
        ("", story(1), False),
        (story(1), "", False),
    ],
)
def test_a_release_is_its_words_and_its_figures(old: str, new: str, same: bool) -> None:
    assert same_release(_page(old), _page(new, "Another title")) is same
    assert same_release(_page(new), _page(old, "Another title")) is same


def test_under_one_title_fewer_words_are_enough() -> None:
    short = "\n\n".join(story(1).split("\n\n")[:1])
    assert not same_release(_page(story(1)), _page(short, "Another title"))
    more = f"{short} {'So it was said in the evening. ' * 4}"
    assert not same_release(_page(short), _page(more, "Another title"))
    assert same_release(_page(short), _page(more))
