"""`dateline add`, `check` and `sources --opml`: from an address to the ways to its releases, written with reasons."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.commandline import dateline, facts, publish
from tests.support.site import Page, Site

pytestmark = pytest.mark.usefixtures("forked")


@pytest.fixture
def site() -> Iterator[Site]:
    with Site(robots="User-agent: *\nDisallow:\n") as newsroom:
        publish(newsroom, 14)
        yield newsroom


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    (tmp_path / "sources.toml").write_text("# mine\n", encoding="utf-8")
    return tmp_path


def html(body: str, head: str = "") -> Page:
    return Page(f"<html><head><title>Port of Quill</title>{head}</head><body>{body}</body></html>".encode())


def rows(numbers: range, extra: str = "") -> str:
    return (
        "".join(
            f"<article><h2><a href='/news/quay-{n}/'>Quay {n} opens for all ships</a></h2>"
            f"<time>{n} March 2026</time></article>"
            for n in numbers
        )
        + extra
    )


def test_all_ways_are_found_shown_and_written_with_their_reasons(site: Site, archive: Path) -> None:
    site.pages["/"] = html(
        "<p><a href='/press'>All press releases</a> <a href='/about'>About</a></p>",
        "<link rel='alternate' type='application/rss+xml' href='/feed/'>",
    )
    site.pages["/press"] = html(rows(range(1, 11), "<a class='next' href='/press?page=2'>Next</a>"))
    names = [*(f"/news/quay-{n}/" for n in range(1, 21)), "/about", "/privacy", "/jobs/harbour-pilot-wanted-at-once"]
    urls = "".join(f"<url><loc>{site.at(name)}</loc></url>" for name in names)
    site.pages["/map.xml"] = Page(f"<urlset>{urls}</urlset>".encode(), "application/xml")
    site.robots += f"Sitemap: {site.at('/map.xml')}\n"
    result = dateline("add", site.url, "--allow-private", "--yes", archive=archive)
    assert result.exit_code == 0, result.output
    assert "10 on its first page" in result.stdout
    assert "/news/CODE" in result.stdout or "/news/TITLE" in result.stdout
    assert result.stdout.count("2026-03-") >= 10
    source = facts("sources", archive=archive)[0]
    assert source["listings"] == [site.at("/press")]
    assert source["feeds"] == [site.at("/feed/")]
    assert source["sitemaps"] == [site.at("/map.xml")]
    text = (archive / "sources.toml").read_text(encoding="utf-8")
    lines = [line for line in text.partition("[[source]]")[2].splitlines() if line.strip() not in ("", "]")]
    assert [line for line in lines if "#" not in line and not line.endswith("[")] == []
    assert "20 addresses of releases, 3 other pages are left out; the site names it" in text
    assert tomllib.loads(text)["source"][0]["url"] == site.url


def test_a_list_that_may_go_on_is_shown_as_one(site: Site, archive: Path) -> None:
    site.pages["/press"] = html(rows(range(1, 11), "<a href='/press?blokk=2'>Djupare ned</a>"))
    site.pages["/notices"] = html(rows(range(1, 11)))
    with_link = dateline("add", site.at("/press"), "--name", "one", "--allow-private", "--yes", archive=archive)
    assert "10, 1 link to try" in with_link.stdout
    assert "longer list" not in with_link.stdout
    alone = dateline("add", site.at("/notices"), "--name", "two", "--allow-private", "--yes", archive=archive)
    assert "10, no further page found" in alone.stdout
    assert f"{site.at('/notices')} may be the top of a longer list" in " ".join(alone.stdout.split())


def test_an_answer_of_no_writes_nothing(site: Site, archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answers: list[str] = []

    def refuse(question: str, default: bool) -> bool:
        answers.append(question)
        return False

    monkeypatch.setattr("click.confirm", refuse)
    monkeypatch.setattr("crawler.cli.add.is_person_there", lambda: True)
    result = dateline("add", site.url, "--allow-private", archive=archive)
    assert (result.exit_code, "Nothing was written" in result.stdout) == (0, True)
    assert facts("sources", archive=archive) == []
    monkeypatch.setattr("crawler.cli.add.is_person_there", lambda: False)
    piped = dateline("add", site.url, "--allow-private", archive=archive, typed="n\n")
    assert (piped.exit_code, "Nothing was written" in piped.stdout) == (0, True)
    assert facts("sources", archive=archive) == []
    assert dateline("add", site.url, "--allow-private", "--yes", archive=archive).exit_code == 0
    assert len(answers) == 1


def test_nothing_found_says_what_was_looked_at_and_what_to_try(site: Site, archive: Path) -> None:
    site.pages["/bare"] = html("<p>Welcome.</p><a href='/news-room'>News</a>")
    site.pages["/news-room"] = html("<p>Nothing yet.</p>")
    for path in ("/feed/", "/rss.xml", "/feed.xml", "/sitemap.xml", "/sitemap_index.xml"):
        site.pages[path] = Page(status=404)
    result = dateline("add", site.at("/bare"), "--allow-private", archive=archive)
    assert result.exit_code == 1
    assert f"{site.at('/news-room')}: no group of links" in result.stderr
    assert "Try: the page on which the newsroom lists its releases" in result.stderr


def test_a_feed_behind_a_picture_and_the_listing_two_clicks_away(site: Site, archive: Path) -> None:
    site.pages["/start"] = html("<a href='/media'>Media</a> <a href='/backend'><img src='/i/xml.gif' alt='XML'></a>")
    site.pages["/media"] = html("<p>For journalists</p><a href='/media/all'>Alle Pressemeldungen</a>")
    site.pages["/media/all"] = html(rows(range(1, 13)))
    items = "".join(
        f"<item><title>Quay {n} opens for all ships</title><link>{site.at(f'/news/quay-{n}/')}</link></item>"
        for n in range(1, 15)
    )
    site.pages["/backend"] = Page(
        f"<rss version='2.0'><channel><title>Q</title>{items}</channel></rss>".encode(), "text/xml"
    )
    found = facts("add", site.at("/start"), "--allow-private", archive=archive)
    assert found["source"]["listings"] == [site.at("/media/all")]
    assert found["source"]["feeds"] == [site.at("/backend")]
    assert len(found["samples"]) == 10
    assert all(sample["words"] > 20 for sample in found["samples"])


def test_check_says_what_is_there_lost_and_new(site: Site, archive: Path) -> None:
    site.pages["/press"] = html(rows(range(1, 11)))
    text = f'[[source]]\nname = "quill"\nurl = "{site.at("/press")}"\nallow_private = true\n'
    (archive / "sources.toml").write_text(f'{text}feeds = ["{site.at("/old.rss")}"]\n', encoding="utf-8")
    site.pages["/old.rss"] = Page(status=404)
    result = dateline("check", "quill", archive=archive)
    assert result.exit_code == 3
    assert f"lost   feed: {site.at('/old.rss')} (the server answered 404" in result.stdout
    assert f"new    listing: {site.at('/press')}" in result.stdout
    (archive / "sources.toml").write_text(f'{text}listings = ["{site.at("/press")}"]\n', encoding="utf-8")
    parts = "".join(f"<sitemap><loc>{site.at(f'/part-{n}.xml')}</loc></sitemap>" for n in (1, 2, 3))
    site.pages["/map.xml"] = Page(f"<sitemapindex>{parts}</sitemapindex>".encode(), "application/xml")
    for n in (1, 2):
        urls = "".join(f"<url><loc>{site.at(f'/news/quay-{n}-{each}/')}</loc></url>" for each in range(4))
        site.pages[f"/part-{n}.xml"] = Page(f"<urlset>{urls}</urlset>".encode(), "application/xml")
    site.pages["/part-3.xml"] = Page(status=404)
    (archive / "sources.toml").write_text(f'{text}sitemaps = ["{site.at("/map.xml")}"]\n', encoding="utf-8")
    assert "(names 8 pages in 2 of its 3 files)" in dateline("check", "quill", archive=archive).stdout
    (archive / "sources.toml").write_text(f'{text}listings = ["{site.at("/press")}"]\n', encoding="utf-8")
    again = facts("check", "quill", archive=archive)
    assert [(each["state"], each["way"]) for each in again if each["state"] != "new"] == [("there", "listing")]
    assert (archive / "sources.toml").read_text(encoding="utf-8").count("[[source]]") == 1
    assert "no source is called nobody" in dateline("check", "nobody", archive=archive).stderr


def test_what_asks_for_a_login_or_for_consent_is_said_to(site: Site, archive: Path) -> None:
    site.robots = "User-agent: *\nDisallow: /feed\nDisallow: /sitemap\nDisallow: /news\n"
    site.pages["/members"] = Page(b"<h1>Members</h1>", status=401)
    site.pages["/wall"] = Page(b"<h1>Your privacy</h1><p>We use cookies.</p><form><button>Accept all</button></form>")
    for path, words in (("/members", "never logs in: give a public page"), ("/wall", "asks for consent to cookies")):
        told = dateline("add", site.at(path), "--allow-private", "--yes", archive=archive)
        assert (told.exit_code, words in told.stderr) == (1, True), told.stderr
    assert told.stderr.count("no group of links") <= 1


def test_the_feed_of_a_list_is_read_where_its_page_names_nothing(site: Site, archive: Path, tmp_path: Path) -> None:
    items = "".join(f"<item><title>{one.title}</title><link>{one.path}</link></item>" for one in site.releases)
    feed = f"<rss version='2.0'><channel><title>Quill</title><link>/</link>{items}</channel></rss>"
    site.pages = {path: Page(b"", status=404) for path in ("/feed/", "/news/", "/sitemap.xml")}
    site.pages |= {path: html("<p>Ask us.</p>") for path in ("/", "/about")}
    site.pages |= {"/out?kind=news&n=9": Page(feed.encode(), "application/rss+xml")}
    opml = tmp_path / "in.opml"
    opml.write_text(
        f"<opml><body><outline text='Quill & Co' xmlUrl='{site.at('/out?kind=news&n=9')}' htmlUrl='{site.url}'/>"
        f"<outline text='None' xmlUrl='{site.at('/none')}' htmlUrl='{site.at('/about')}'/></body></opml>",
        encoding="utf-8",
    )
    result = dateline("add", "--opml", opml, "--allow-private", archive=archive)
    assert (result.exit_code, "1 of 2 newsrooms were added" in result.stdout) == (3, True)
    assert "names no feed, no sitemap and no releases" in result.stderr
    (source,) = facts("sources", archive=archive)
    assert (source["url"], source["feeds"]) == (site.url, [site.at("/out?kind=news&n=9")])


def test_many_from_opml_and_csv_and_back(site: Site, archive: Path, tmp_path: Path) -> None:
    opml = tmp_path / "in.opml"
    opml.write_text(
        f'<opml><body><outline title="Quill" xmlUrl="{site.at("/feed/")}" htmlUrl="{site.url}"/>'
        f'<outline text="Gone" xmlUrl="{site.at("/none")}" htmlUrl="{site.at("/nowhere")}"/></body></opml>',
        encoding="utf-8",
    )
    result = dateline("add", "--opml", opml, "--allow-private", archive=archive)
    assert result.exit_code == 3
    assert "1 of 2 newsrooms were added" in result.stdout
    assert "answered 404" in result.stderr
    source = facts("sources", archive=archive)[0]
    assert (source["title"], source["feeds"], source["url"]) == ("Quill", [site.at("/feed/")], site.url)
    table = tmp_path / "in.csv"
    table.write_text(f"name;title;url\nister;Port of Ister;{site.at('/news/')}\n", encoding="utf-8")
    assert dateline("add", "--csv", table, "--allow-private", "--no-fetch", archive=archive).exit_code == 0
    plain = tmp_path / "plain.csv"
    plain.write_text("https://valdora.example/press\n", encoding="utf-8")
    assert dateline("add", "--csv", plain, "--no-fetch", archive=archive).exit_code == 0
    names = [each["name"] for each in facts("sources", archive=archive)]
    assert names[1:] == ["ister", "valdora"]
    opml.write_text('<opml><body><outline text="Karn" xmlUrl="feed://karn.example/rss"/></body></opml>', "utf-8")
    assert dateline("add", "--opml", opml, "--no-fetch", archive=archive).exit_code == 0
    assert facts("sources", archive=archive)[3]["feeds"] == ["http://karn.example/rss"]
    opml.write_text(
        '<opml><body><outline xmlUrl="http://karn.example/rss" htmlUrl="http://home.karn.example/"/></body></opml>',
        "utf-8",
    )
    again = dateline("add", "--opml", opml, "--no-fetch", archive=archive)
    assert (again.exit_code, "karn watches this newsroom already" in again.stderr) == (3, True)
    written = dateline("sources", "--opml", archive=archive).stdout
    assert f'xmlUrl="{site.at("/feed/")}" htmlUrl="{site.url}"' in written
    assert 'url="https://valdora.example/press"' in written
    wrong = dateline("add", "--opml", plain, archive=archive)
    assert (wrong.exit_code, "names no feed" in wrong.stderr) == (1, True)
    spoiled = tmp_path / "spoiled.csv"
    spoiled.write_text(
        "url,name\nvaldora.example/press,\nhttps://a.example/,Big Name\nnowhere,\nhttps://ida:tide77@b.example/,\n"
        "c.example/news,c\n"
    )
    told = dateline("add", "--csv", spoiled, "--no-fetch", archive=archive)
    assert (told.exit_code, "1 of 5 newsrooms were added" in told.stdout) == (3, True)
    assert [line.partition(":")[2].split(",")[0].split(":")[0] for line in told.stderr.splitlines()] == [
        " row 2", " row 3", " row 4", " row 5"
    ]  # fmt: skip
    assert "sources.toml, line" not in told.stderr
    assert "tide77" not in told.output
    failed = facts("add", "--csv", spoiled, "--no-fetch", archive=archive)["failed"]
    assert ("row 5", "https://...@b.example/") in [(each["where"], each["url"]) for each in failed]
    assert dateline("add", "--csv", spoiled, "--feed", site.at("/feed/"), archive=archive).exit_code == 2
    assert dateline("add", archive=archive).exit_code == 2
    alone = dateline("add", "--listing", site.at("/press"), "--render", archive=archive)
    assert alone.exit_code == 2
    assert f"{site.at('/press')} is a way to the releases of a newsroom: give the address" in alone.stderr
    assert dateline("add", site.url, "--opml", opml, archive=archive).exit_code == 2


def test_every_address_of_a_row_is_checked_as_that_of_one_newsroom(archive: Path, tmp_path: Path) -> None:
    table = tmp_path / "rooms.csv"
    rows = ("name,url,feed", "a,harbour,", "b,,harbour", "c,https://c.example/news,harbour", "d,https://d.example/,")
    table.write_text("\n".join(rows) + "\n", encoding="utf-8")
    result = dateline("add", "--csv", table, "--no-fetch", archive=archive)
    assert (result.exit_code, "1 of 4 newsrooms were added" in result.stdout) == (3, True)
    for row in ("row 2", "row 3", "row 4"):
        assert row in result.stderr
    assert result.stderr.count("harbour is not the address of a newsroom") == 3
    assert [each["name"] for each in facts("sources", archive=archive)] == ["d"]
    table.write_text("\n".join((rows[0], rows[3])) + "\n", encoding="utf-8")
    assert dateline("add", "--csv", table, "--no-fetch", "--allow-private", archive=archive).exit_code == 0


def test_a_page_with_nothing_but_a_form_or_years_leads_to_releases(site: Site, archive: Path) -> None:
    (archive / "sources.toml").write_text("[defaults]\ndelay = 0\n", encoding="utf-8")
    options = "".join(f"<option>{year}</option>" for year in (2026, 2025))
    site.pages["/media"] = html(
        f"<form action='/media' method='get'><select name='year'>{options}</select><button>Go</button></form>"
    )
    site.pages["/media?year=2026"] = html(rows(range(1, 9)))
    site.pages["/media?year=2025"] = html(rows(range(9, 15)))
    found = facts("add", site.at("/media"), "--allow-private", archive=archive)
    assert found["source"]["listings"] == [site.at("/media")]
    site.pages["/old"] = html("<p><a href='/old/2026'>2026</a> <a href='/old/2025'>2025</a></p>")
    for year in (2026, 2025):
        months = "".join(f"<li><a href='/old/{year}/0{month}'>0{month}/{year}</a></li>" for month in (3, 2, 1))
        site.pages[f"/old/{year}"] = html(f"<ul>{months}</ul>")
        for month in (3, 2, 1):
            site.pages[f"/old/{year}/0{month}"] = html(rows(range(month, month + 4)))
    again = facts("add", site.at("/old"), "--allow-private", "--name", "old", archive=archive)
    assert again["source"]["listings"] == [site.at("/old")]
    assert len(again["samples"]) >= 4
    crawled = facts("crawl", "--backfill", archive=archive)
    assert [each["tally"]["new"] for each in crawled] == [14, 14]


def test_the_language_of_the_given_page_wins(site: Site, archive: Path) -> None:
    site.pages["/fa/"] = html("<a href='/en/news'>Press releases</a> <a href='/fa/list'>خبر</a>")
    site.pages["/en/news"] = html(rows(range(1, 13)))
    site.pages["/fa/list"] = html(rows(range(1, 7)).replace("/news/", "/fa/news/"))
    found = facts("add", site.at("/fa/"), "--allow-private", archive=archive)
    assert found["source"]["listings"] == [site.at("/fa/list")]


def test_a_site_without_a_home_page_has_a_feed_and_a_sitemap(site: Site, archive: Path) -> None:
    site.pages["/"] = Page(status=404)
    urls = "".join(f"<url><loc>{site.at(f'/news/quay-{n}/')}</loc></url>" for n in range(1, 31))
    site.pages["/map.xml"] = Page(f"<urlset>{urls}</urlset>".encode(), "application/xml")
    site.robots += f"Sitemap: {site.at('/map.xml')}\n"
    found = facts("add", site.url, "--allow-private", archive=archive)
    assert found["source"]["sitemaps"] == [site.at("/map.xml")]
    assert len(found["source"]["feeds"]) == 1


def test_a_newsroom_that_is_watched_is_not_added_again_by_another_of_its_addresses(site: Site, archive: Path) -> None:
    site.pages["/"] = html("<p><a href='/press'>Press releases</a></p>")
    site.pages["/press"] = html(rows(range(1, 11), "<a href='/press?page=2'>2</a>"))
    assert dateline("add", site.at("/press"), "--allow-private", "--yes", archive=archive).exit_code == 0
    again = dateline("add", site.url, "--allow-private", "--yes", archive=archive)
    assert again.exit_code == 1
    assert "watches this newsroom already" in again.stderr
    assert len(facts("sources", archive=archive)) == 1
    named = dateline(
        "add", site.url, "--listing", site.at("/press"), "--allow-private", "--yes", "--name", "twice", archive=archive
    )
    assert named.exit_code == 0
    first = facts("sources", archive=archive)[0]["name"]
    assert f"listing: {site.at('/press')} (read by {first} too)" in named.stdout
    assert "too)" not in dateline("add", site.at("/x"), "--no-fetch", "--name", "x", archive=archive).stdout


def test_of_a_later_page_of_a_list_the_first_is_watched(site: Site, archive: Path) -> None:
    site.pages["/press"] = html(rows(range(1, 11), "<a href='/press?page=2'>2</a>"))
    site.pages["/press?page=2"] = html(rows(range(11, 21), "<a href='/press'>1</a>"))
    found = facts("add", site.at("/press?page=2"), "--allow-private", archive=archive)
    assert (found["source"]["url"], found["source"]["listings"]) == (site.at("/press"), [site.at("/press")])
    site.pages["/press?page=2"] = html(rows(range(11, 21)))
    again = dateline("add", site.at("/press?page=2"), "--allow-private", "--yes", archive=archive)
    assert (again.exit_code, len(facts("sources", archive=archive))) == (1, 1)
    assert "watched already" in again.stderr or "watches this newsroom already" in again.stderr


def test_the_address_of_a_sitemap_is_that_of_its_newsroom(site: Site, archive: Path) -> None:
    site.pages["/"] = html("<p>Welcome</p>")
    urls = "".join(f"<url><loc>{site.at(f'/news/quay-{n}/')}</loc></url>" for n in range(1, 31))
    site.pages["/map.xml"] = Page(f"<urlset>{urls}</urlset>".encode(), "application/xml")
    found = facts("add", site.at("/map.xml"), "--allow-private", archive=archive)
    assert found["source"]["sitemaps"] == [site.at("/map.xml")]


def test_an_address_without_a_scheme_may_be_one_of_http_alone(site: Site, archive: Path) -> None:
    site.pages["/press"] = html(rows(range(1, 11)))
    found = facts("add", site.at("/press").removeprefix("http://"), "--allow-private", archive=archive)
    assert found["source"]["url"] == site.at("/press")


def test_what_a_person_names_is_read_and_what_is_wrong_with_it_is_said(site: Site, archive: Path) -> None:
    named = ("--feed", site.at("/feed/"), "--listing", site.at("/none"))
    told = dateline("add", site.url, *named, "--allow-private", "--yes", archive=archive)
    assert told.exit_code == 0
    assert f"the listing {site.at('/none')}" in told.stderr
    assert "/feed/" not in told.stderr
