"""Where the links of a page lead, and how they and its headline read."""

from __future__ import annotations

from math import log1p

import pytest

from archive.extract.features import PageFeatures
from archive.extract.page_links import framed, led_to, of_paths, of_wording, paths_of, share
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
