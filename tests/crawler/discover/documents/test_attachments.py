"""Documents on listings: releases without a page are kept, other forms of a page are not."""

from __future__ import annotations

import pytest

from archive.core.model import Link
from crawler.discover.discover import wanted
from crawler.discover.documents.attachments import is_document, without_attachments
from crawler.discover.listings import read_listing
from crawler.sources.sources import Source

SITE = "https://press.valdora.example"


def listing(*items: str) -> bytes:
    return f"<html><body><main><ul>{''.join(f'<li>{item}</li>' for item in items)}</ul></main></body></html>".encode()


def test_releases_that_are_documents_are_links_with_title_and_day() -> None:
    items = [
        f'<span>{n} March 2026</span> <a href="/docs/pr-{n}.pdf">Pier {n} of the harbour opens</a>' for n in range(1, 9)
    ]
    links = read_listing(listing(*items), f"{SITE}/news").links
    assert (links[0].title, links[0].published) == ("Pier 1 of the harbour opens", "2026-03-01")
    assert len(links) == 8
    assert {wanted(Source("v", SITE), link) for link in links} == {""}


def test_another_form_of_a_page_beside_it_is_none() -> None:
    pages = [Link(f"{SITE}/news/{n}", f"Pier {n} of the harbour opens", f"2026-03-0{n}") for n in range(1, 5)]
    forms = [
        Link(f"{SITE}/d/1.pdf", "Pier 1 of the harbour opens", "2026-03-01"),
        Link(f"{SITE}/d/2.pdf", "Pier 2 of the Harbour opens (PDF, 120 KB)", "2026-03-02"),
        Link(f"{SITE}/d/3.pdf", "Download PDF (1.2 MB)", "2026-03-03"),
        Link(f"{SITE}/d/4.pdf", "", "2026-03-04"),
    ]
    alone = Link(f"{SITE}/d/9.pdf", "Nine ships in one day", "2026-03-09")
    assert without_attachments([*pages, *forms, alone]) == (*pages, alone)


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("Nine ships in one day (PDF, 84 KB)", "Nine ships in one day"),
        ("Nine ships in one day [1.2 MB]", "Nine ships in one day"),
        ("Nine ships in one day (corrected)", "Nine ships in one day (corrected)"),
        ("Nine ships in one day (PDF of 2026)", "Nine ships in one day (PDF of 2026)"),
    ],
)
def test_a_note_of_a_file_is_no_part_of_its_title(title: str, said: str) -> None:
    (found,) = without_attachments([Link(f"{SITE}/d/9.pdf", title, "2026-03-09")])
    assert found.title == said
    assert without_attachments([Link(f"{SITE}/news/9", title)]) == (Link(f"{SITE}/news/9", title),)


@pytest.mark.parametrize(
    ("link", "reason"),
    [
        (Link(f"{SITE}/a.PDF", "Nine ships in one day", "2026-03-09"), ""),
        (Link(f"{SITE}/a.pdf", "Nine ships in one day"), "file type (pdf)"),
        (Link(f"{SITE}/a.pdf", "", "2026-03-09"), "file type (pdf)"),
        (Link(f"{SITE}/a.docx", "Nine ships in one day", "2026-03-09"), "file type (docx)"),
    ],
)
def test_a_document_is_wanted_if_its_title_and_day_are_stated(link: Link, reason: str) -> None:
    assert wanted(Source("v", SITE), link) == reason


def test_an_address_of_a_document() -> None:
    assert is_document("https://a.example/x.pdf?v=2")
    assert not is_document("https://a.example/pdf/page")
