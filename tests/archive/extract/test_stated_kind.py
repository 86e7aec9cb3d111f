"""What a page says that it is: a profile, an offer, a thread or a standing page is no release."""

from __future__ import annotations

from archive.core.model import PageKind
from tests.archive.extract.test_page_kind import SITE, kind


def test_the_profile_of_a_person_is_no_release() -> None:
    assert kind(kinds=("person", "og:profile"), published_at="") == "other"
    assert kind(kinds=("newsarticle", "person", "og:profile"), published_at="") == "release"
    assert kind(kinds=("og:profile",), origins={"published_at": "meta"}) == "release"


def test_what_is_offered_for_sale_or_as_a_job_is_no_release() -> None:
    def offering(node: str, **said: object) -> PageKind:
        return kind(f'<h1>Sail bag</h1><script type="application/ld+json">{node}</script>', **said)  # type: ignore[arg-type]

    goods = '{"@type": "Product", "name": "Sail bag", "offers": {"price": "9"}}'
    job = '{"@type": "JobPosting", "title": "Sail bag maker"}'
    assert offering(goods, kinds=("product",)) == offering(job, kinds=("jobposting",)) == "other"
    assert offering(goods, kinds=("product", "newsarticle")) == "release"
    assert offering(goods.replace("Sail bag", "Rope"), kinds=("product",)) == "release"
    assert offering('{"@type": "Product", "name": "Sail bag"}', kinds=("product",)) == "release"


def test_a_release_that_launches_goods_tells_more_than_their_name() -> None:
    goods = (
        '<script type="application/ld+json">{"@type": "Product", "name": "Sail bag", "offers": {"price": "9"}}</script>'
    )
    launched = f"<h1>Portvale sailmakers launch a sail bag for children</h1>{goods}"
    title = "Portvale sailmakers launch a sail bag for children"
    assert kind(launched, title=title, kinds=("product",)) == "release"
    assert kind(f"<h1>Sail bag, blue</h1>{goods}", title="Sail bag, blue", kinds=("product",)) == "other"
    shop = "Tarr & Quill of Portvale: the sail bag in blue, with a strap"
    assert kind(f"<h1>{shop}</h1>{goods}", title=shop, kinds=("product",), published_at="") == "other"


def test_a_thread_of_a_forum_is_no_release() -> None:
    post = (
        '<div itemscope itemtype="https://schema.org/DiscussionForumPosting"><p itemprop="text">Which rope?</p></div>'
    )
    assert kind(kinds=("discussionforumposting",)) == kind(post) == "other"
    assert kind(kinds=("qapage",)) == "release"
    assert kind(post, kinds=("newsarticle",)) == kind(post, kinds=("og:article",)) == "release"
    assert kind(post, named="Pier opens at Portvale") == "release"


def test_what_a_page_says_of_other_addresses_makes_it_no_thread_or_standing_page() -> None:
    node = '<script type="application/ld+json">{{"@type": "{}", "url": "{}"}}</script>'
    for type in ("DiscussionForumPosting", "ContactPage"):
        kinds = (type.lower(),)
        assert kind(node.format(type, f"{SITE}/about-us"), kinds=kinds) == "release"
        assert kind(node.format(type, f"{SITE}/news/pier-opens-at-portvale"), kinds=kinds) == "other"
        assert kind(node.format(type, f"{SITE}/t/pier"), path="/t/pier/2", kinds=kinds) == "other"
        assert (
            kind(node.format(type, "#page"), kinds=kinds)
            == kind(node.format(type, "http://[/"), kinds=kinds)
            == "other"
        )
        assert kind(node.format(type, f"{SITE}/about-us") + node.format(type, ""), kinds=kinds) == "other"


def test_a_page_that_stands_on_its_site_without_a_day_is_no_release() -> None:
    assert kind(kinds=("webpage", "faqpage"), published_at="") == "other"
    assert kind(kinds=("webpage", "aboutpage"), origins={"published_at": "json-ld"}) == "other"
    assert kind(kinds=("webpage", "faqpage")) == kind(kinds=("faqpage", "article"), published_at="") == "release"
    assert kind(kinds=("faqpage",), published_at="", named="Pier opens at Portvale") == "release"
    for path in ("/privacy-policy/", "/en/contact.html", "/service/faq"):
        assert kind(path=path, published_at="") == "other"
        assert kind(path=path, origins={"published_at": "text"}) == "other"  # last changed on that day
        assert kind(path=path, kinds=("og:article", "webpage"), origins={"published_at": "json-ld"}) == "other"
        assert kind(path=path, kinds=("og:article",), origins={"published_at": "meta"}) == "release"
        assert kind(path=path, published_at="", named="Pier opens") == "release"
        assert kind(path=f"/2026/03/11{path}", origins={"published_at": "url"}) == "release"
    assert kind(path="/news/privacy-policy-of-the-port-changes", published_at="") == "release"
    assert kind(path="/contact/pier-opens", published_at="") == "release"


def test_a_service_that_a_page_without_a_day_is_named_for_is_no_release() -> None:
    def of(heading: str, **said: object) -> PageKind:
        node = '<script type="application/ld+json">{"@type": "GovernmentService", "name": "Berth permits"}</script>'
        return kind(f"<h1>{heading}</h1>{node}", title=heading, **{"published_at": "", **said})  # type: ignore[arg-type]

    service = ("governmentservice",)
    assert of("Berth permits", kinds=service) == "other"
    assert of("Berth permits are given online from today", kinds=service) == "release"
    assert of("Berth permits", kinds=service, published_at="2026-05-03") == "release"
    assert of("Berth permits", kinds=(*service, "newsarticle")) == "release"
    assert of("Berth permits", kinds=(*service, "og:article")) == "release"


def test_a_site_that_calls_itself_a_service_in_the_heading_above_the_headline_has_releases() -> None:
    node = '<script type="application/ld+json">{"@type": "GovernmentService", "name": "Port of Valdora"}</script>'
    markup = f"<h1>Port of Valdora</h1><h1>The pier opens</h1>{node}"
    assert kind(markup, title="The pier opens", published_at="", kinds=("governmentservice",)) == "release"
    assert kind(markup, title="Port of Valdora", published_at="", kinds=("governmentservice",)) == "other"
