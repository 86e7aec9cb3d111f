"""Shapes of addresses: learned from a few, they tell releases from the other pages of a site."""

from __future__ import annotations

import pytest

from crawler.discover.shape import FITS, UNSURE, fitting, guess, learn

TITLES = (
    "new-quay-opens-in-spring",
    "harbour-master-retires-after-thirty-years",
    "ferry-fares-stay-the-same",
    "storm-warning-lifted-for-the-estuary",
    "three-cranes-arrive-from-valdora",
    "winter-timetable-starts-on-monday",
    "port-signs-agreement-with-rail-company",
    "public-hearing-on-dredging-plans",
    "museum-ship-returns-to-its-berth",
    "apprentices-finish-their-first-year",
)
OTHERS = ("about", "privacy", "terms", "jobs", "contact", "service/1", "job/2", "tag/ferries", "category/2", "author/1")
SITE = "https://www.port.example"


def under(form: str, titles: tuple[str, ...] = TITLES) -> list[str]:
    return [SITE + form.format(title=title, n=4100 + n, month=n % 9 + 1) for n, title in enumerate(titles)]


FORMS = {
    "a folder": "/news/{title}/",
    "the root": "/{title}",
    "year and month": "/2026/0{month}/{title}/",
    "a number": "/press/detail/{n}",
    "a number in the title": "/aktuelles/{n}-{title}.html",
    "a number in the root": "/{title}-{n}",
    "a parameter": "/item.asp?newsid={n}",
    "parameters": "/index.php?option=com_content&view=article&id={n}&lang=en",
    "a short code": "/pm/pm2603{n}.htm",
    "a file among files": "/releases/{title}.html",
    "an edition": "/en/media/news/{title}",
    "a fixed end": "/w/{title}/view",
}


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
@pytest.mark.parametrize("count", [3, 5])
def test_a_shape_from_a_few_fits_the_rest_and_no_other_page(form: str, count: int) -> None:
    every = under(form)
    shapes = learn([every[:count]])
    assert list(fitting(shapes, every)) == every
    others = [f"{SITE}/{kind}{end}" for kind in OTHERS for end in ("", "/", ".html", ".htm")]
    others += [f"{SITE}/index.php?option=com_content&view={kind}&lang=en" for kind in OTHERS]
    assert list(fitting(shapes, others)) == []


BOARD = f"{SITE}/board/list.do?menu=200009"


def test_a_parameter_that_never_differs_and_that_the_list_has_too_names_the_list_of_the_releases() -> None:
    shapes = learn([under("/board/view.do?no={n}&menu=200009")], BOARD)
    assert shapes.fit(f"{SITE}/board/view.do?no=9999&menu=200009") >= FITS
    assert UNSURE <= shapes.fit(f"{SITE}/board/view.do?no=9999&menu=200010") < FITS
    few = learn([under("/board/view.do?no={n}&menu=200009")[:5]], BOARD)
    assert few.fit(f"{SITE}/board/view.do?no=9999&menu=200010") >= FITS


@pytest.mark.parametrize("page", [f"{SITE}/", f"{SITE}/board/list.do", f"{SITE}/board/list.do?menu=1&page=20", ""])
def test_a_kind_that_the_newest_releases_share_names_no_list_whose_address_does_not_have_it(page: str) -> None:
    shapes = learn([under("/board/view.do?no={n}&kind=20517")], page)
    assert shapes.fit(f"{SITE}/board/view.do?no=9999&kind=20518") >= FITS


@pytest.mark.parametrize("value", ["202611", "20261103", "140509", "3", "2026"])
def test_a_date_or_a_small_number_that_the_newest_releases_share_names_no_list(value: str) -> None:
    shapes = learn([under("/item.asp?no={n}&k=" + value)], f"{SITE}/items.asp?k={value}")
    assert shapes.fit(f"{SITE}/item.asp?no=3&k={int(value) - 2}") >= FITS


def test_releases_that_no_other_number_tells_apart_have_no_list_in_common() -> None:
    assert learn([[f"{SITE}/a.asp?id=70012"] * 9]).fit(f"{SITE}/a.asp?id=70013") >= FITS


def test_another_language_does_not_fit() -> None:
    english, french = under("/en/news/{title}"), under("/fr/news/{title}")
    assert list(fitting(learn([english[:4]]), [*english, *french])) == english
    both = learn([[*english[:3], *french[:6]]], page=f"{SITE}/en/news")
    assert list(fitting(both, [*english, *french])) == english
    plain = learn([under("/news/{title}")])
    assert max(plain.fit(url) for url in french) == 0
    by_parameter = learn([under("/show.php?lang=de&id={n}")])
    assert by_parameter.fit(f"{SITE}/show.php?id=77&lang=de") >= FITS
    assert by_parameter.fit(f"{SITE}/show.php?id=77&lang=fr") == 0


@pytest.mark.parametrize("form", ["https://a.example/n/{}-2026-05-0{}_pl", "https://a.example/n/{}~{}.pl.html"])
def test_another_language_at_the_end_of_a_path_does_not_fit(form: str) -> None:
    addresses = [form.format(title, n) for n, title in enumerate(TITLES)]
    others = [address.replace("_pl", "_de").replace(".pl.", ".de.") for address in addresses]
    shapes = learn([addresses[:3]], "https://a.example/start_en")
    assert [*fitting(shapes, [*others, *addresses])] == addresses
    assert [*fitting(guess([*others, *addresses], "https://a.example/start_pl"), others)] == []


def test_a_title_that_ends_like_a_language_by_chance_fits() -> None:
    titles = ("what_a_quay_it_is", "who_it_belongs_to", "how_long_the_pier_was", "where_we_go")
    shapes = learn([[f"https://a.example/news/{title}" for title in titles[:3]]], "https://a.example/news")
    assert shapes.fit(f"https://a.example/news/{titles[3]}_so") >= FITS


def test_codes_that_begin_with_one_word_fit_only_with_that_word() -> None:
    shapes = learn([[f"{SITE}/spip.php?article{n}" for n in (31, 57, 104, 9)]], f"{SITE}/spip.php?rubrique12")
    assert shapes.fit(f"{SITE}/spip.php?article880") >= FITS
    assert shapes.fit(f"{SITE}/spip.php?rubrique104") == 0
    codes = learn([[f"{SITE}/n/{code}" for code in ("pm2603", "ab77", "k9f3e2")]], f"{SITE}/n")
    assert codes.fit(f"{SITE}/n/note42") >= FITS


def test_topics_that_vary_are_free_and_one_that_does_not_is_fixed() -> None:
    topics = ("harbour", "rail", "people", "culture", "budget")
    varied = [f"{SITE}/2026/{topics[n % 5]}/{title}" for n, title in enumerate(TITLES)]
    shapes = learn([varied])
    assert shapes.fit(f"{SITE}/2019/ferries/{TITLES[3]}") >= FITS
    assert shapes.fit(f"{SITE}/2019/tag/{TITLES[3]}") < UNSURE
    same = learn([under("/news/rail/{title}")])
    assert UNSURE <= same.fit(f"{SITE}/news/ferries/{TITLES[3]}") < FITS


def test_a_newsroom_that_moved_its_releases_keeps_the_old_ones() -> None:
    shapes = learn([under("/news/{title}")], page=f"{SITE}/news")
    assert shapes.fit(f"{SITE}/news/2009/{TITLES[1]}-of-service.html") >= FITS
    assert shapes.fit(f"{SITE}/news/category/{TITLES[1]}") < FITS
    assert shapes.fit(f"{SITE}/services/2009/{TITLES[1]}") < FITS


def test_below_the_home_page_of_a_language_lies_all_and_not_releases_alone() -> None:
    shapes = learn([under("/en/press/{title}")], page=f"{SITE}/en")
    assert shapes.fit(f"{SITE}/en/press/{TITLES[1]}") >= FITS
    assert shapes.fit(f"{SITE}/en/stories/{TITLES[1]}-of-a-port") < FITS
    assert shapes.fit(f"{SITE}/en/stories/2009/{TITLES[1]}-of-a-port") < FITS


def test_scripts_without_hyphens_and_escaped_addresses() -> None:
    chinese = [f"{SITE}/新闻/{text}" for text in ("港口新建码头今日开放", "渡轮票价保持不变", "冬季时刻表周一开始")]
    shapes = learn([chinese])
    assert shapes.fit(f"{SITE}/%E6%96%B0%E9%97%BB/%E6%B8%AF%E5%8F%A3%E6%96%B0%E5%BB%BA%E7%A0%81") >= FITS
    assert shapes.fit(f"{SITE}/关于我们") < FITS


def test_one_stray_link_among_many_teaches_nothing() -> None:
    shapes = learn([[*under("/news/{title}"), f"{SITE}/events/summer-concert-on-the-old-quay/tickets"]])
    assert shapes.fit(f"{SITE}/events/open-day-at-the-new-lock/tickets") < FITS
    assert shapes.words() == ("port.example/news/TITLE",)


def test_shapes_learn_on_and_one_example_is_enough_to_begin() -> None:
    shapes = learn([under("/news/{title}")[:1]])
    assert shapes.fit(f"{SITE}/news/{TITLES[4]}") >= FITS
    assert shapes.fit(f"{SITE}/about/{TITLES[4]}") < FITS
    assert shapes.fit(f"{SITE}/blog/{TITLES[5]}") < FITS
    more = shapes.more(under("/blog/{title}"))
    assert more.fit(f"{SITE}/blog/quay-closed-for-repairs") >= FITS
    assert more.more(under("/blog/{title}")) is more


def test_nothing_learned_is_unsure_of_everything() -> None:
    shapes = learn([], page=SITE)
    assert not shapes
    assert shapes.fit(f"{SITE}/news/{TITLES[0]}") == UNSURE


def test_a_sitemap_alone_shows_the_family_of_releases() -> None:
    releases = under("/press/releases/{title}")
    services = [f"{SITE}/services/{title}" for title in TITLES]
    pages = [f"{SITE}/{kind}/" for kind in OTHERS]
    shapes = guess([*pages, *services, *releases], page=f"{SITE}/")
    assert list(fitting(shapes, [*pages, *services, *releases])) == releases
    assert not guess(pages, page=f"{SITE}/")
    many = [f"{SITE}/press/mayor/the-mayor-opens-bridge-number-{n}" for n in range(700)]
    family = guess([*many, f"{SITE}/press/mayor/parade", *pages])
    assert all(family.fit(url) == 1 for url in (*many, f"{SITE}/press/mayor/parade"))
    below = guess([*services, *releases], page=f"{SITE}/services")
    assert list(fitting(below, [*services, *releases])) == services


def test_the_ninth_of_a_series_is_like_the_tenth() -> None:
    shapes = learn([[f"{SITE}/notices/lamp-notice-{n}" for n in range(12, 20)]])
    assert list(fitting(shapes, [f"{SITE}/notices/lamp-notice-9", f"{SITE}/notices/about"])) == [
        f"{SITE}/notices/lamp-notice-9"
    ]


def test_a_room_of_a_shared_host_is_bounded_by_its_first_folder() -> None:
    own = [f"{SITE}/brandvik-ab/r/{title},c{n}" for n, title in enumerate(TITLES, 4100)]
    other = [f"{SITE}/hallfors-invest/r/{title},c{n}" for n, title in enumerate(TITLES, 5100)]
    shapes = learn([own, other[:2]], page=f"{SITE}/brandvik-ab")
    assert list(fitting(shapes, [*own, *other])) == own
    mixed = learn([under("/news/{title}"), under("/blog/{title}")], page=f"{SITE}/news")
    assert mixed.fit(f"{SITE}/blog/{TITLES[3]}") >= FITS
