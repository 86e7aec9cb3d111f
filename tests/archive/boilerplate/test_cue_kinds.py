"""Each kind of asking by itself: what is one, how strong it is at the most, and what has its words and is none."""

from __future__ import annotations

import pytest

from archive.boilerplate.cue_kinds import ENOUGH, KINDS, named_networks, networks, strongest

MOST = {kind.__name__: most for kind, most in KINDS}
EXAMPLES = {
    "follow": ("Follow us on Facebook", "Follow the quay to the mill"),
    "share": ("Share this on Facebook", "The shareholders met in the mill"),
    "read_also": ("Read also: the mill opens", "Whoever reads also learns of the mill"),
    "click": ("Click here to subscribe", "Click here and the shutter falls"),
    "controls": ("Expand all | Print page", "Expand all mills by a wing"),
    "report_mistake": ("Found a mistake? Press Ctrl+Enter", "Ctrl+Enter opens the mill's door"),
    "advertise": ("Story continues below advertisement", "The advertisement named a mill"),
    "consent": ("Accept all cookies", "The mill bakes cookies"),
    "show_content": ("Embedded content not available", "The mill is not available"),
    "notice": ("凡本网注明“来源：海灯新闻”的作品，版权均属本网，未经书面授权不得转载。", "市法院表示，磨坊开放。"),
    "rate": ("Was this page helpful?", "This mill was helpful"),
    "call": ("By sending this form you agree to our terms.", "By sending flour the mill helped"),
    "give": ("Please give today", "The mill gave flour today"),
    "disclose": ("When you buy on our site, we may earn a commission", "The miller may earn a commission"),
    "rights": ("© 2026 The Karn Mill. All rights reserved.", "The mill has a wing of 2026"),
}


def test_every_kind_has_an_example() -> None:
    assert list(EXAMPLES) == list(MOST)


@pytest.mark.parametrize("kind", MOST)
def test_what_asks_is_of_its_kind_and_a_report_with_its_words_is_not(kind: str) -> None:
    asking, telling = EXAMPLES[kind]
    assert strongest(asking, 0.0, told=False) > 0
    assert strongest(telling, 0.0, told=True) == 0.0


@pytest.mark.parametrize("kind", [kind for kind, most in MOST.items() if most < ENOUGH])
def test_a_kind_that_cannot_be_enough_is_looked_for_up_to_its_most(kind: str) -> None:
    asking = EXAMPLES[kind][0]
    assert 0 < strongest(asking, 0.0, told=False) <= MOST[kind]
    assert strongest(asking, MOST[kind] + 0.01, told=False) == 0.0


def test_a_sentence_asks_to_share_only_where_it_names_a_network_or_the_page() -> None:
    assert strongest("Share this moment with the whole town.", 0.0, told=True) == 0.0
    assert strongest("Share this moment with the whole town", 0.0, told=False) > 0
    assert strongest("Share this story with the whole town.", 0.0, told=True) > 0


def test_networks_are_counted_by_name_with_endings_and_without_spaces() -> None:
    assert named_networks("on facebook and at the quay") == {"facebook"}
    assert networks("facebookissa, instagramissa") == 2
    assert networks("关注微信") == 1
    assert networks("the quay of karn") == 0
