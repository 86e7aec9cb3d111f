"""Which documents are ways to releases, and where more may be."""

from __future__ import annotations

from dataclasses import replace

import pytest

from archive.core.model import Link
from crawler.discover.links import Discovered, Document
from crawler.discover.shape import learn
from crawler.discover.ways import (
    APART,
    WIDER,
    Way,
    goes_on,
    is_listing,
    is_named_as_one,
    is_narrower,
    is_one_topic,
    is_wider,
    judge_feed,
    judge_listing,
    judge_sitemap,
    newest,
    shapes_of,
    sitemaps_in_order,
    system_of,
    usual_feeds,
    usual_sitemaps,
    worth,
)

SITE = "https://www.port.example"


def links(form: str, count: int = 6, first: int = 1, day: str = "2026-05-{n:02}") -> tuple[Link, ...]:
    return tuple(
        Link(SITE + form.format(n=n), f"Quay {n} opens for ships", day.format(n=n)) for n in range(first, first + count)
    )


LISTED = links("/news/quay-{n}-opens-for-ships")
LISTING = Way("listing", f"{SITE}/news/", "", LISTED)
SHAPES = shapes_of([LISTING], f"{SITE}/news/")


def test_a_listing_has_dated_links_or_many() -> None:
    assert is_listing(Discovered(LISTED[:3]))
    assert not is_listing(Discovered(links("/a/{n}", 3, day="")))
    assert is_listing(Discovered(links("/a/{n}", 6, day="")))
    more = Discovered(LISTED, documents=(Document(f"{SITE}/news/2", "listing"),))
    assert (goes_on(more), goes_on(Discovered(LISTED))) == (True, False)
    assert worth(more) > worth(Discovered(LISTED)) > worth(Discovered(links("/a/{n}", 6, day="")))


@pytest.mark.parametrize(
    ("url", "title", "is_one"),
    [
        ("/presse/pressemitteilungen", "", True),
        ("/tiskove-zpravy", "", True),
        ("/aktualnosci/", "Maj 2026", True),
        ("/x?id=3", "Communiqués de presse | Ville", True),
        ("/x", "ニュース", True),
        ("/x", "新闻稿_青港灯塔", True),
        ("/x", "新聞稿-青港燈塔", True),
        ("/x", "青港燈塔-新聞稿", False),
        ("/", "Port", False),
    ],
)
def test_a_newsroom_by_its_address_or_title(url: str, title: str, is_one: bool) -> None:
    assert is_named_as_one(SITE + url, title) is is_one


def test_a_feed_of_the_same_releases_is_a_way() -> None:
    judged = judge_feed(Discovered(LISTED[:4]), f"{SITE}/feed", LISTED, SHAPES, "the page names it")
    assert judged.way is not None
    assert judged.way.back_to == "2026-05-01"
    assert "the page names it" in judged.way.why


def test_feeds_of_other_things_are_none() -> None:
    comments = Discovered(tuple(Link(link.url, f"Ada {n}: thank you", link.published) for n, link in enumerate(LISTED)))
    assert "comments" in judge_feed(comments, f"{SITE}/c", LISTED, SHAPES, "").refused
    events = Discovered(links("/events/{n}"))
    assert "unlike" in judge_feed(events, f"{SITE}/e", LISTED, SHAPES, "").refused
    assert (
        judge_feed(Discovered(problem="this is not a feed"), f"{SITE}/x", (), SHAPES, "").refused
        == "this is not a feed"
    )
    other = Discovered(links("/fr/news/quay-{n}-opens-for-ships"))
    assert judge_feed(other, f"{SITE}/fr/feed", LISTED, SHAPES, "").way is None


def test_a_feed_of_another_part_of_the_site_says_nothing_of_the_listing() -> None:
    shapes = shapes_of([LISTING], f"{SITE}/blog-feed.xml")
    blog = Discovered(links("/post/quay-{n}-is-painted-anew"))
    assert judge_feed(blog, f"{SITE}/blog-feed.xml", LISTED, shapes, "").refused == APART
    mixed = Discovered((*links("/post/quay-{n}-is-painted-anew"), LISTED[0]))
    assert judge_feed(mixed, f"{SITE}/feed", LISTED, shapes, "").refused == WIDER
    alike = Discovered(links("/news/quay-{n}-is-painted-anew"))
    assert judge_feed(alike, f"{SITE}/feed", LISTED, shapes, "").refused == WIDER


def test_a_listing_beside_a_feed_has_its_shape() -> None:
    assert judge_listing(Discovered(LISTED), f"{SITE}/news/", f"{SITE}/feed", SHAPES).way is not None
    assert judge_listing(Discovered(links("/shop/{n}")), f"{SITE}/shop/", f"{SITE}/feed", SHAPES).way is None
    assert judge_listing(Discovered(links("/shop/{n}")), f"{SITE}/shop/", f"{SITE}/shop", learn([])).way is not None


def test_a_sitemap_is_a_way_by_what_it_adds() -> None:
    pages = [Link(f"{SITE}/{word}/") for word in ("about", "privacy", "service/1", "fr/news/un-quai-ouvre-aux-navires")]
    older = links("/news/quay-{n}-opens-for-ships", 9, first=20, day="")
    judged = judge_sitemap(f"{SITE}/sitemap.xml", [*pages, *LISTED, *older], LISTED, SHAPES, SITE, "the site names it")
    assert judged.way is not None
    assert {link.url for link in judged.way.links} == {link.url for link in (*LISTED, *older)}
    assert "4 other pages are left out" in judged.way.why
    assert "does not" in judge_sitemap(f"{SITE}/s", [*pages, *LISTED], LISTED, SHAPES, SITE, "").refused
    assert "none of its 4 pages" in judge_sitemap(f"{SITE}/s", pages, (), SHAPES, SITE, "").refused
    alone = judge_sitemap(f"{SITE}/s", [*pages, *older], (), shapes_of((), SITE), SITE, "")
    assert alone.way is not None
    assert set(alone.way.links) == set(older)


def test_sitemaps_of_releases_come_first() -> None:
    names = ("tags-1", "page-1", "map-1", "wp-sitemap-posts-post-1", "wp-sitemap-posts-page-1", "news-2026")
    ordered = sitemaps_in_order(Document(f"{SITE}/{name}.xml", "sitemap") for name in names)
    assert {url.rpartition("/")[2] for url in ordered[:2]} == {"wp-sitemap-posts-post-1.xml", "news-2026.xml"}


@pytest.mark.parametrize(
    ("body", "system", "feed"),
    [
        (b'<link href="/wp-content/themes/x.css">', "wordpress", f"{SITE}/press/feed/"),
        (b'<meta name="Generator" content="Drupal 10">', "drupal", f"{SITE}/rss.xml"),
        (b'<meta name="generator" content="Joomla! - Open Source">', "joomla", f"{SITE}/press/?format=feed&type=rss"),
        (b'<meta name="generator" content="Ghost 5">', "ghost", f"{SITE}/rss/"),
        (b"<p>plain</p>", "", f"{SITE}/press/feed/"),
    ],
)
def test_systems_have_feeds_at_usual_addresses(body: bytes, system: str, feed: str) -> None:
    assert system_of(body) == system
    assert feed in usual_feeds(system, f"{SITE}/press/")
    assert all(url.startswith(SITE) for url in usual_sitemaps(system, f"{SITE}/press/list.php?start=1"))
    assert f"{SITE}/press/feed/" in usual_feeds("", f"{SITE}/press")


def test_the_newest_of_all_ways_once_each() -> None:
    undated = Way("sitemap", f"{SITE}/s", "", (Link(LISTED[5].url), Link(f"{SITE}/news/old")))
    found = newest([undated, LISTING], 3)
    assert [link.published for link in found] == ["2026-05-06", "2026-05-05", "2026-05-04"]


def test_a_feed_of_a_whole_blog_is_none_of_one_of_its_topics() -> None:
    listed = links("/quay-{n}-opens-for-ships", 10, day="2026-05-{n:02}")
    blog = links("/crew-{n}-tells-of-its-journeys", 8, first=5, day="2026-05-{n:02}")
    shapes = learn([[link.url for link in listed]])
    assert judge_feed(Discovered((*listed[4:], *blog)), f"{SITE}/feed", listed, shapes, "").refused == WIDER
    one_more = (*listed, *links("/a-quay-{n}-opens-for-ships", 1, first=30, day="2026-05-{n:02}"))
    assert judge_feed(Discovered(one_more), f"{SITE}/feed", listed, shapes, "").way is not None
    older = links("/old-quay-{n}-opens-for-ships", 9, day="2024-05-{n:02}")
    assert judge_feed(Discovered((*listed, *older)), f"{SITE}/feed", listed, shapes, "").way is not None
    assert is_one_topic(f"{SITE}/tag/press/")
    assert not is_one_topic(f"{SITE}/press/")


def test_press_releases_are_narrower_than_a_list_that_mixes_them() -> None:
    press = links("/press/quay-{n}-opens-for-ships")
    posters = links("/posters/quay-{n}-has-a-concert", count=2, first=2)
    assert is_narrower(Discovered(press), Discovered((*press[:4], *posters)))
    assert not is_narrower(Discovered(press), Discovered(press[2:]))
    assert not is_narrower(Discovered(press), Discovered(posters))


def test_a_front_page_that_chooses_is_not_narrower_than_the_list_of_press_releases() -> None:
    press, posters = links("/press/quay-{n}-opens-for-ships"), links("/posters/concert-{n}-at-the-quay", 3, first=4)
    whole = Discovered(press, documents=(Document(f"{SITE}/press?page=2", "listing"),))
    front = Discovered((*press[:1], *posters, *press[-2:]))
    assert is_narrower(front, whole)
    assert not is_narrower(front, whole, is_press=True)
    assert is_narrower(whole, front, is_press=True)
    assert not is_narrower(replace(front, documents=whole.documents), whole, is_press=True)


def test_a_list_of_all_is_wider_than_one_of_a_part_whatever_else_that_one_reaches() -> None:
    part, others = links("/rd/quay-{n}-opens-for-ships", 8), links("/rd/lock-{n}-is-mended", 8)
    whole = (part[0], *others, *part[5:])
    assert is_wider(Discovered(whole), Discovered((*part, *links("/rd/quay-{n}-opens-for-ships", 3, first=9))))
    assert not is_wider(Discovered(part[2:]), Discovered(part))
    assert not is_wider(Discovered(others), Discovered(part))
