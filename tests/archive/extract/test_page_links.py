"""Where the links of a page lead."""

from __future__ import annotations

import pytest

from archive.extract.features import PageFeatures
from archive.extract.page_links import framed, led_to, of_paths, paths_of, share
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


def test_a_share_of_nothing_is_none() -> None:
    assert (share(1, 4), share(1, 0)) == (0.25, 0.0)
