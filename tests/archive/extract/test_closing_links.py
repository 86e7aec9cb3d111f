"""Lines below a release that lead to its report or its tables are kept beside the text; ways through the site not."""

from __future__ import annotations

import pytest

from archive.boilerplate.template import Template
from archive.core.model import Extraction
from archive.extract.extract import derive
from archive.text.fingerprint import fingerprint
from tests.support.pages import BODY, PARAGRAPHS, page, response

TEXT = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
SITE = "https://gazette.example"


def read(below: str, template: Template | None = None) -> Extraction:
    """The release with something below its text."""
    found = derive(response(page(TEXT + below)), template).result
    assert isinstance(found, Extraction)
    return found


@pytest.mark.parametrize(
    ("below", "links"),
    [
        (
            "<p><a href=/f/a.pdf>Read the full report: Annual Figures 2025 (PDF)</a></p>",
            [f"Read the full report: Annual Figures 2025 (PDF) | {SITE}/f/a.pdf"],
        ),
        (
            "<p>Programme of the fair: <a href='https://fair.example/x'>the map</a></p>",
            ["Programme of the fair: the map | https://fair.example/x"],
        ),
        (
            "<p>Full report: <a href='../../f/a.pdf'>Annual Figures</a></p>",
            [f"Full report: Annual Figures | {SITE}/f/a.pdf"],
        ),
        (
            "<p>Register: <a href='https://fair.example/pier'>https://fair.example/pier</a></p>",
            ["Register: https://fair.example/pier | https://fair.example/pier"],
        ),
        (
            "<div class='download-list'><h3>Downloads</h3><ul><li><a href=/f/t.xlsx>Timetable (1 MB)</a>"
            "<li><a href=/f/m.zip>Map of the quay</a></ul></div>",
            [f"Timetable (1 MB) | {SITE}/f/t.xlsx", f"Map of the quay | {SITE}/f/m.zip"],
        ),
        (
            "<table><tr><td>Fares<td><a href=/f/en.pdf>English</a><td><a href=/f/sk.pdf>Skerrish</a></table>",
            [f"Fares | English | Skerrish | {SITE}/f/en.pdf {SITE}/f/sk.pdf"],
        ),
        (
            "<p><a href=/f/a.pdf>Annex A</a><br><a href=/f/b.pdf>Annex B</a></p>",
            [f"Annex A | {SITE}/f/a.pdf", f"Annex B | {SITE}/f/b.pdf"],
        ),
        (
            "<ul><li><a href='/download.php?id=71'>Get the report</a><li><a href=/media/7>Report (PDF, 2 MB)</a></ul>",
            [f"Get the report | {SITE}/download.php?id=71", f"Report (PDF, 2 MB) | {SITE}/media/7"],
        ),
        (
            "<ul><li>Register: https://fair.example/quay</ul>",
            ["Register: https://fair.example/quay | https://fair.example/quay"],
        ),
    ],
)
def test_a_closing_line_with_a_link_is_kept_beside_the_text(below: str, links: list[str]) -> None:
    found = read(below)
    assert found.text == BODY
    assert list(found.links) == links


@pytest.mark.parametrize(
    "below",
    [
        "<p><a href=/2026/04/bridge>The bridge to Skerry Island is closed for repairs</a></p>",
        "<p>4 April: <a href=/2026/04/bridge>The bridge is closed</a></p>",
        "<h3>Read also</h3><ul><li><a href=/f/a.pdf>The winter report</a></ul>",
        "<div class=related-files><a href=/f/a.pdf>The winter report</a></div>",
        "<div class=share>Share: <a href='https://facebook.com/share?u=1'>Facebook</a></div>",
        "<p>Topics: <a href=/tag/ferries rel=tag>Ferries</a>, <a href=/tag/isles rel=tag>Isles</a></p>",
        "<p>Filed under: <a href=/category/port>Port</a></p>",
        "<p><a href=/news>All news of the port</a></p>",
        "<p>Follow us on <a href='https://twitter.com/gazette'>Twitter</a></p>",
        "<p>Contact: <a href='mailto:press@gazette.example'>press@gazette.example</a></p>",
        "<aside><p>Annual report: <a href=/f/a.pdf>read</a></p></aside>",
        "<p><a href='https://www.facebook.com/gazette'>Join the conversation</a></p>",
        "<p><a href=#top>Back to the top</a></p>",
    ],
)
def test_ways_through_the_site_and_what_asks_are_no_closing_lines(below: str) -> None:
    assert read(below).links == ()


def test_what_stands_outside_the_article_is_none() -> None:
    markup = page(TEXT).replace("<article>", "<div class=wrap><article>")
    box = "</article><div class=box><p><a href=/f/m.pdf>Magazine</a></p></div></div>"
    found = derive(response(markup.replace("</article>", box))).result
    assert isinstance(found, Extraction)
    assert found.links == ()


def test_what_the_pages_of_the_source_repeat_is_none() -> None:
    below = "<p>House rules: <a href=/f/rules.pdf>Rules of the quay</a></p>"
    known = Template(repeated=frozenset({fingerprint("House rules: Rules of the quay")}))
    assert [len(read(below, template).links) for template in (None, known)] == [1, 0]


def test_a_verdict_on_a_closing_line_has_the_page_read_again() -> None:
    said = "House rules: Rules of the quay"
    sample = derive(response(page(f"{TEXT}<p>House rules: <a href=/f/rules.pdf>Rules of the quay</a></p>"))).sample
    assert fingerprint(said) in sample.fingerprints_in_text
