"""A page read as a listing: what else it names."""

from __future__ import annotations

from archive.core.model import Link
from crawler.cli.listing_candidate import ListingCandidate, elsewhere, hosts_of_most, other_tabs
from crawler.discover.links import Discovered, Document

PAGE = "https://www.orlin.example/news"
LINKS = tuple(Link(f"https://press.orlin.example/2026/quay-{n}", "Quay", f"2026-05-0{n}") for n in (1, 2, 3))


def test_its_own_further_pages_are_no_other_listings() -> None:
    further = (Document(f"{PAGE}/2", "listing"),)
    named = (*further, Document(f"{PAGE}?page=3", "listing"), Document("https://www.orlin.example/press", "listing"))
    page = ListingCandidate(PAGE, Discovered(LINKS, further), 13.0, True, named, named)
    assert page.others == page.press_listings == ["https://www.orlin.example/press"]
    assert page.is_enough is False


def test_most_releases_may_lie_on_another_host() -> None:
    assert elsewhere(ListingCandidate(PAGE, Discovered(LINKS), 3.0, False, ())) == "https://press.orlin.example/2026/"


def test_releases_of_a_list_lie_on_one_other_host_or_on_none() -> None:
    def most(*hosts: str, url: str = PAGE, title: str = "") -> tuple[str, ...]:
        links = (Link(f"https://{host}/kai-{n}", "Quay", "2026-05-01") for n, host in enumerate(hosts))
        return hosts_of_most(ListingCandidate(url, Discovered(tuple(links), title=title), 3.0, False, ()))

    assert most("press.orlin.example", "press.orlin.example", "www.orlin.example") == ("press.orlin.example",)
    assert most("post.example", "courier.example", "herald.example", "post.example") == ()
    assert most("www.orlin.example", "orlin.example", "press.orlin.example") == ()
    assert most("courier.example", "courier.example", title="News in the media center | Orlin") == ("courier.example",)
    assert most("courier.example", "courier.example", title="Orlin in the news | Orlin") == ()
    assert most("courier.example", "courier.example", url=f"{PAGE}/media_coverage/2026") == ()
    assert most("www.youtube.com", "www.youtube.com") == ()
    assert most("x.com", "x.com") == ()
    assert most("zen.example", "zen.example") == ("zen.example",)


def test_other_views_of_a_list_are_no_tabs_of_it() -> None:
    def tabs(name: str, *values: str) -> tuple[str, ...]:
        documents = tuple(Document(f"{PAGE}/press-releases?{name}={value}", "listing") for value in values)
        given = ListingCandidate(f"{PAGE}/press-releases", Discovered(LINKS), 3.0, True, documents)
        return other_tabs(ListingCandidate(documents[0].url, Discovered(LINKS, documents), 13.0, True, ()), given)

    assert tabs("category", "quays", "docks", "events") == (f"{PAGE}/press-releases?category=docks",)
    assert tabs("subject", "quays", "docks") == (f"{PAGE}/press-releases?subject=docks",)
    assert tabs("sort", "newest", "oldest") == ()
    assert tabs("lang", "en", "de") == ()


def test_older_releases_of_a_page_are_no_other_listing_and_another_choice_is_one() -> None:
    queries = ("before=2026-05-01", "after=eyJpZCI6MTR9", "soort=pers", "key=persberichten", "category_key=pers")
    named = tuple(Document(f"{PAGE}?{query}", "listing") for query in queries)
    page = ListingCandidate(PAGE, Discovered(LINKS), 23.0, True, named, named)
    assert page.others == page.press_listings == [f"{PAGE}?{query}" for query in queries[2:]]


def test_a_list_whose_address_has_another_value_than_its_page_has_no_tabs() -> None:
    documents = (Document(f"{PAGE}/press-releases?topic=quays", "listing"),)
    given = ListingCandidate(f"{PAGE}/press-releases?lang=en", Discovered(LINKS), 3.0, True, documents)
    assert other_tabs(ListingCandidate(documents[0].url, Discovered(LINKS, documents), 13.0, True, ()), given) == ()
