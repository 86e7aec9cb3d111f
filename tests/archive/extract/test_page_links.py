"""Where the links of a page lead, and how they and its headline read."""

from __future__ import annotations

import time
from math import log1p

import pytest

from archive.extract.features import PageFeatures
from archive.extract.page_links import framed, is_headline, leads_on, led_to, of_paths, of_wording, paths_of, share
from archive.page.blocks import blocks
from archive.page.html import parse

URL = "https://orlen.example/lamps"
MENU = '<nav><a href="/lamps">Lamps</a><a href="/chairs">Chairs</a></nav>'
GOODS = "".join(f'<p><a href="/lamps/oak-lamp-{n}">Oak lamp {n}</a></p>' for n in range(5))


def of_links(body: str) -> dict[str, float]:
    tree = parse(f"<html><body>{body}</body></html>".encode(), "")
    links = list(tree.iter("a"))
    paths = paths_of([link.get("href", "") for link in links], URL)
    return of_paths(links, paths, framed(PageFeatures(blocks(tree))), URL, ["lamps"])


def test_a_menu_that_names_the_page_and_the_folder_that_it_leads_to_show_a_section() -> None:
    section = of_links(f"{MENU}<h1>Lamps</h1>{GOODS}")
    assert section["itself in frame"] == section["itself by name"] > 0
    assert section["folder is own"] == section["share in folder"] == 1.0
    assert section["longer in folder"] > 0 < section["hyphens in folder"]
    assert section["itself amid"] == section["above amid"] == 0.0


def test_a_page_without_links_says_nothing() -> None:
    assert set(of_links("<p>The harbour of Orlen.</p>").values()) == {0.0}


@pytest.mark.parametrize(
    ("target", "path"),
    [
        ("/lamps/9?page=2", "/lamps/9"),
        ("https://orlen.example/boats", "/boats"),
        ("//other.example/lamps/9", ""),
        ("boats", "/boats"),
        ("mailto:office@orlen.example", ""),
    ],
)
def test_the_path_of_an_address_on_the_site(target: str, path: str) -> None:
    assert paths_of([target], URL) == {target: path}


def test_paths_below_a_page_and_as_deep_as_it() -> None:
    assert led_to(["/lamps/9", "/boats", "/boats/4/5", ""], URL) == (1, 2, 3)


def wording(title: str, body: str = "") -> dict[str, float]:
    return of_wording(title, PageFeatures(blocks(parse(f"<html><body>{body}</body></html>".encode(), ""))))


def test_a_headline_has_short_words_and_small_letters_and_a_section_has_none() -> None:
    said, section = wording("The port of Orlen is to open on 9 May"), wording("Lamps & Chairs")
    assert said["headline short words"] == 6  # "9" is a number
    assert said["headline share of short"] == 0.6
    assert said["headline small letters"] == 0.6
    assert section["headline short words"] == section["headline small letters"] == 0.0


def test_how_the_lines_read_that_are_links_amid_the_page() -> None:
    teasers = "".join(f'<p><a href="/news/{n}">How to mend a lamp {n}</a></p>' for n in range(4))
    prose = f'<p>{"The harbour of Orlen has a new lamp. " * 5}<a href="/lamps">All of the lamps</a></p>'
    found = wording("Lamps", MENU + prose + teasers)
    assert found["words of linked"] == 6.0
    assert found["linked share of short"] == pytest.approx(3 / 6)
    assert found["linked small letters"] == pytest.approx(4 / 6)
    assert found["linked lines"] == pytest.approx(log1p(4))
    assert set(wording("", prose).values()) == {0.0}


def test_a_share_of_nothing_is_none() -> None:
    assert (share(1, 4), share(1, 0)) == (0.25, 0.0)


def _leads(body: str, likely: float = -1.0, is_dated: bool = True, without: str = "Elsewhere") -> str:
    page = PageFeatures(blocks(parse(f"<html><body><main>{body}</main></body></html>".encode(), "")))
    lines = [block.text for block in page.found if not block.text.startswith(without)]
    return leads_on(page, URL, lines, likely, is_dated)


TEXT = "<p>The lamps of the harbour are lit again after a winter without light.</p>"
LINKED = "".join(f'<article><header><h2><a href="/{n}">Lamp {n}</a></h2></header>{TEXT}</article>' for n in range(4))
ENDING = "".join(f'<h2>Lamp number {n}</h2>{TEXT}<p><a href="/kit/{n}">All about it</a></p>' for n in range(4))
OTHERS = "".join(f'<h3><a href="/{n}">Lamp {n}</a></h3><p>Elsewhere a lamp was lit in spring.</p>' for n in range(4))


@pytest.mark.parametrize("parts", [LINKED, ENDING])
def test_a_text_in_parts_that_each_lead_elsewhere_leads_on(parts: str) -> None:
    assert _leads(f"<h1>Lamps</h1>{parts}")
    assert not _leads(f"<h1>Lamps</h1>{parts}", likely=-2.0)


@pytest.mark.parametrize(
    "body",
    [
        f"<h1>Lamps</h1><p>3 May 2026</p>{LINKED}",
        f"<h1>Lamps</h1><h2>From the harbour</h2><p>3 May 2026</p>{LINKED}",
        f"<h1>Lamps</h1><p>ORLEN, 3 May 2026 - The jury of the harbour has named four lamps of the year.</p>{LINKED}",
        "<h1>Lamps</h1>" + LINKED.replace('"/', '"#part-'),
        "<h1>Lamps</h1>" + LINKED.replace('"/', '"/lamps#part-'),
        "<h1>Lamps</h1>" + LINKED.replace('"/', '"https://lamps.example/'),
        "<h1>Lamps</h1>" + ENDING.replace('"/kit/', '"/files/report.pdf?n='),
        f"<h1>Lamps</h1>{TEXT * 3}{LINKED}",
        f"<h1>Lamps</h1>{LINKED.replace('<a href', '<i title').replace('</a>', '</i>')}",
        f"<h1>Lamps</h1>{TEXT}<h2>One</h2>{TEXT}<h2>Two</h2>{TEXT}<p><a href='/a'>Pictures</a></p>",
    ],
)
def test_one_text_with_parts_or_below_a_day_does_not(body: str) -> None:
    assert not _leads(body)


def test_a_few_words_above_many_teasers_lead_on_where_no_day_is_told() -> None:
    assert _leads(f"<h1>Lamps</h1>{TEXT}{OTHERS}", -0.5, is_dated=False)
    assert not _leads(f"<h1>Lamps</h1>{TEXT}{OTHERS}", -0.5)
    assert not _leads(f"<h1>Lamps</h1>{TEXT}{OTHERS}", -1.0, is_dated=False)
    assert not _leads(f"<h1>Lamps</h1>{TEXT * 9}{OTHERS}", -0.5, is_dated=False)


def test_lines_that_share_a_place_or_a_link_take_little_time() -> None:
    lines = "The lamps of the harbour<br>" * 9_000
    links = "".join(f'<a href="/{n}">A lamp of the harbour is lit</a><br>' for n in range(9_000))
    for body in (f"<div>{lines}{links}</div>", f'<a href="/all"><div>{lines}{lines}</div></a>'):
        began = time.process_time()
        _leads(f"<h1>Lamps</h1>{body}")
        assert time.process_time() - began < 8


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Lamps", False),
        ("Press kit", False),
        ("Posts tagged harbour", False),
        ("Harbour lights lamps again", True),
        ("奥伦港口的灯塔经过一个冬天后重新亮起", True),
        ("新闻中心", False),
        ("", False),
    ],
)
def test_a_headline_is_long_enough_to_say_what_happened(title: str, expected: bool) -> None:
    assert is_headline(title) == expected
