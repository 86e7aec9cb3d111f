"""What kind of page a response holds; only a release becomes an article.

What stands in the place of a page (an error, a challenge, a demand for consent or payment) shows in its words:
`notices` has a file for each kind. What a page says that it is has `stated_kind`. A list of other pages is known by the
signs that `list_signs` sums, or by the build of the whole page (`classifier`).
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from itertools import islice
from math import log1p

from archive.core.model import PageKind
from archive.extract.classifier import list_likeness
from archive.extract.features import PageFeatures, weight
from archive.extract.list_signs import (
    STATING,
    Sign,
    is_of_teasers,
    link_signs,
    listing_signs,
    score,
    sign_points,
    stated_signs,
)
from archive.extract.notices.challenge import challenge_signs
from archive.extract.notices.consent import asks_at_length, asks_for_consent, is_all_of_consent
from archive.extract.notices.empty_search import says_nothing_found
from archive.extract.notices.login import asks_for_password, is_of_login, needs_login
from archive.extract.notices.maintenance import says_maintenance
from archive.extract.notices.missing import says_missing
from archive.extract.notices.server import (
    is_for_others,
    is_of_no_site,
    is_server_error,
    needs_scripts,
    says_failure,
)
from archive.extract.notices.shown import LONGEST_TITLE, VERY_SHORT, sentence_ends, shown_on
from archive.extract.page_features import Described, describe, is_root
from archive.extract.paywall import asks_to_subscribe
from archive.extract.stated_kind import is_of_article, is_of_person, says_no_article, states_own_day
from archive.metadata.title import fold
from archive.page.markup import StatedMarkup
from archive.text import dates

NEEDS_SCRIPTS = "shows no text without its scripts"
_ASKS_FOR_CONSENT = "asks for consent instead of showing the page"
_LISTING_SCORE = 4.0
_LISTING_LIKENESS, _DATED_LIKENESS, _NAMED_LIKENESS = -0.2, 0.8, 1.75
_ROOT_LIKENESS, _ARTICLE_LIKENESS = -1.4, -2.0
"""Log-odds from which a page counts as a list; those for one that states its day of publication, which lists hardly
do, for one that a feed or a listing named as a release, and for the root of a site; and those up to which a page is
none, whatever the signs say."""
_UNKNOWN = -1.0
"""Log-odds of a page whose build says nothing: neither those of a list nor those of an article."""
_FEWEST_TARGETS = 12
"""Addresses that a page must lead to before its build is judged: those that the trees were fitted to have more."""
_MISSING_CLASSES = frozenset({"error404", "page-404"})
"""Classes of `body` by which common systems mark the page of an address that does not exist."""

_SHORT, _LONG_CONSENT, _LINE = 600, 2_000, 60
"""Weights under which a text may be a notice, may be a demand for consent, and is no more than a line."""

_FEWEST_SENTENCES, _FEWEST_LINES = 2, 6
"""Sentences that a page must have to be believed when it states its day of publication, and lines of a table."""

_MENU, _DAY, _HEADINGS = 8, 10, 3
"""Links of a page from which it has a menu, characters of a day, and headings among which its headline is."""

_MOST_OF_LINKS = 3.5
"""The most points that `link_signs` may add."""


def kind_of(
    markup: StatedMarkup,
    url: str,
    status: int,
    metadata: Described,
    text: str,
    page: PageFeatures | None = None,
    named: str = "",
) -> tuple[PageKind, str]:
    """What a page is taken for, and why in words. `text` is the clean text that extraction found in it.

    `page` has its blocks: without them its build is not judged, nor where the page says that it is an article of a day.
    `named`: the title that a feed or a listing gave for it.

    What is no page comes first, then what stands in the place of one, then pages that are no article by what they say
    of themselves. A list is known last, by signs that articles have, too: their sum decides, and where it does not, the
    build of the page.
    """
    text = text.strip()
    if status >= 400:
        return _refused(markup, status, metadata, text)
    if weight(text) < _SHORT and (obstacle := _obstacle(markup, url, metadata, text, named)):
        return obstacle
    if weight(text) < _LONG_CONSENT and _is_undated(metadata) and asks_at_length(shown_on(markup, "", text), url):
        return "consent", _ASKS_FOR_CONSENT
    if not named and (itself := says_no_article(markup, url, metadata)):
        return "other", itself
    if is_of_person(metadata):
        return "other", "tells who somebody is, and states no day of publication"
    if not text or (page is not None and not named and _says_nothing(metadata, text)):
        return (
            ("home", "the home page of a site, without text of its own")
            if is_root(url)
            else ("other", "next to no text was found in the page" if text else "no text was found in the page")
        )
    lines = [line for line in text.split("\n") if line.strip()]
    stated = tuple(stated_signs(markup, metadata))
    signs = list(listing_signs(markup, url, metadata, lines, stated, named))
    if score(signs) >= _LISTING_SCORE - _MOST_OF_LINKS:
        signs += link_signs(markup, url, metadata, lines)
    likeness = partial(_likeness, markup, url, metadata, page, stated)
    if score(signs) >= _LISTING_SCORE and (is_root(url) or likeness() > _ARTICLE_LIKENESS):
        return _list(url, ", ".join(words for points, words in signs if points > 0))
    if score(signs) < _LISTING_SCORE and ((is_root(url) and not named) or not is_of_article(markup, metadata)):
        likely = likeness()
        if likely != _UNKNOWN and likely >= _list_from(url, metadata, named):
            return _list(url, f"its links, prose and repeated parts stand as in a list ({likely:.1f})")
        shown = (block.text for block in page.found) if page is not None else ()
        if likely == _UNKNOWN and not named and is_of_teasers(markup, url, metadata, lines, shown):
            return _list(url, "each of its paragraphs stands under a heading that leads to another page")
    return "release", "one text with a title" if metadata.title else "one text"


def _list_from(url: str, metadata: Described, named: str) -> float:
    """The log-odds from which a page is a list, by what else speaks for its being a release."""
    if named:
        return _NAMED_LIKENESS
    if is_root(url):
        return _ROOT_LIKENESS
    return _DATED_LIKENESS if states_own_day(metadata, metadata.kinds) else _LISTING_LIKENESS


def _likeness(
    markup: StatedMarkup, url: str, metadata: Described, page: PageFeatures | None, stated: Iterable[Sign]
) -> float:
    """The log-odds that a page is built like a list."""
    if page is None or not page.found:
        return _UNKNOWN
    features = describe(markup, url, metadata, page, sign_points(url, metadata, stated))
    return list_likeness(features) if features["targets"] >= log1p(_FEWEST_TARGETS) else _UNKNOWN


def _list(url: str, why: str) -> tuple[PageKind, str]:
    return ("home", f"a home page: {why}") if is_root(url) else ("listing", f"a list of pages, not an article: {why}")


def _refused(markup: StatedMarkup, status: int, metadata: Described, text: str) -> tuple[PageKind, str]:
    """An answer that is no page: a challenge where it looks like one or the server refuses, else an error."""
    if status == 402:
        return "paywalled", "the server asks for payment (402)"
    if (
        status in (401, 403, 429, 503)
        and challenge_signs(markup.tree, shown_on(markup, metadata.title, text), False) >= 1
    ):
        return "challenge", f"a challenge page instead of the page ({status})"
    return "error", f"the server answered {status}"


def _obstacle(
    markup: StatedMarkup, url: str, metadata: Described, text: str, named: str
) -> tuple[PageKind, str] | None:
    """What stands in the place of an article when a page has little text: error, challenge, consent or paywall.

    What the page says in words comes first, then what its metadata or its forms show; the first that is found holds. A
    page that states its day of publication in sentences of its own (`article`) may report of such things, so that most
    are not looked for there. Nor is a page taken for one of a closed site that has the heading by which it was `named`:
    what stands in the place of all pages has another; a release that was taken away may keep its own.
    """
    shown = shown_on(markup, metadata.title or markup.title[:LONGEST_TITLE], text)
    headline = shown.heading or shown.title
    article = _is_stated_article(markup, metadata, text)
    headed = bool(named) and fold(named) in map(fold, markup.heading_texts[:_HEADINGS])
    if not markup.body_classes.isdisjoint(_MISSING_CLASSES) or says_missing(shown, article):
        return "missing", "says that the page was not found, though the server answered 200"
    if challenge_signs(markup.tree, shown, article) >= 2:
        return "challenge", "a challenge page instead of the page"
    if not (article or headed) and says_maintenance(shown) and not _is_dated_page_of_site(markup, metadata, text):
        return "maintenance", "says that its site is not available for a while"
    if not article and needs_login(headline):
        return "paywalled", "asks to log in instead of showing the page"
    very_short = weight(text) < VERY_SHORT
    if very_short and not article and is_for_others(shown):
        return "other", "is not shown to this browser, or in this country"
    if not article and ((very_short and says_failure(shown)) or (not headed and is_server_error(shown))):
        return "error", "says that its server failed, though it answered 200"
    if not article and is_of_no_site(shown):
        return "other", "stands where a site is to be"
    if not article and says_nothing_found(shown):
        return "listing", "a search that found nothing"
    if very_short and not article and needs_scripts(shown):
        return "other", NEEDS_SCRIPTS
    is_bare = not named and not _has_menu(markup)
    if _is_undated(metadata) and (asks_for_consent(shown, url) or (is_bare and is_all_of_consent(shown))):
        return "consent", _ASKS_FOR_CONSENT
    if not metadata.free and (very_short or asks_to_subscribe(text.split("\n"))):
        return "paywalled", "says that it is not free, and shows little text"
    is_stated = article or bool(markup.article_body)
    if (very_short or is_of_login(headline)) and not is_stated and asks_for_password(markup.tree, text):
        return "paywalled", "asks for a password instead of showing the page"
    return None


def _is_dated_page_of_site(markup: StatedMarkup, metadata: Described, text: str) -> bool:
    """Whether a page has the menu of its site and shows a day, and its text announces a later one: what stands in the
    place of all pages of a site may have its menu, and the day of today above it."""
    if _is_undated(metadata) or not _has_menu(markup):
        return False
    return any(found.moment[:_DAY] > metadata.published_at[:_DAY] for found in dates.find_moments(text))


def _has_menu(markup: StatedMarkup) -> bool:
    return sum(1 for _ in islice(markup.tree.iter("a"), _MENU)) == _MENU


def _is_undated(metadata: Described) -> bool:
    """Whether a page states no day: one in its address or in a feed may be that of the page behind a demand."""
    return not metadata.published_at or metadata.origins.get("published_at") in ("url", "feed")


def _is_stated_article(markup: StatedMarkup, metadata: Described, text: str) -> bool:
    """Whether a page says when it was published, and has two sentences at least: no obstacle does.

    A day that only a feed or a list told is none that the page says: whatever stands in a release's place has it too.
    """
    origin = metadata.origins.get("published_at")
    says = origin in STATING and (origin != "feed" or next(markup.tree.iter("time"), None) is not None)
    return says and sentence_ends(text) >= _FEWEST_SENTENCES


def _says_nothing(metadata: Described, text: str) -> bool:
    """Whether a page has no day, and no more than a line of text (what it shows is made by its scripts) or nothing but
    short lines without a sentence: a table, or the details of something."""
    if metadata.published_at:
        return False
    lines = text.split("\n")
    is_table = len(lines) >= _FEWEST_LINES and not sentence_ends(text) and all(weight(one) < _LINE for one in lines)
    return weight(text) < _LINE or is_table
