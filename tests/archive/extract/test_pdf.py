"""PDF documents as releases: title, day and text with where each came from; scans and reports stay captures."""

from __future__ import annotations

from datetime import UTC, datetime

from archive.core.model import Capture, Extraction, Link, Rejection, Response
from archive.extract.extract import derive
from tests.archive.page.pdf.test_text import BRIDGE
from tests.support.pdfs import Text, column, pdf

URL = "https://press.valdora.example/docs/release-12.pdf"
TITLE = "Second harbour bridge opens on Monday"
NAMED = Link(URL, "Second bridge opens", "2026-03-04", via="https://press.valdora.example/")


def derived(body: bytes, link: Link | None = NAMED) -> Extraction | Rejection:
    capture = Capture("valdora", URL, URL, "page", datetime(2026, 3, 5, tzinfo=UTC), 200, "", "", 0, 0)
    return derive(Response(capture, (("Content-Type", "application/octet-stream"),), body), None, link).result


def article(body: bytes, link: Link | None = NAMED) -> Extraction:
    result = derived(body, link)
    assert isinstance(result, Extraction), result
    return result


def release(*more: Text, title: str = "", created: str = "") -> bytes:
    return pdf([(70, 110, 18, TITLE), *column(BRIDGE), *more], title=title, created=created)


def test_a_release_has_the_days_of_its_listing_and_the_title_of_its_document() -> None:
    found = article(release(title=TITLE, created="D:20250101"))
    assert (found.title, found.published_at, found.language, found.url) == (TITLE, "2026-03-04", "en", URL)
    assert dict(found.origins) == {"title": "pdf", "published_at": "listing", "text": "pdf"}
    assert found.text.startswith("The Port of Valdora will open")
    assert TITLE not in found.text


def test_a_title_that_a_program_wrote_or_that_the_page_does_not_show_gives_way_to_the_listing() -> None:
    for stated in (
        "Microsoft Word - PR_12_final.docx",
        "release-12.html",
        "12.xlsx",
        "untitled",
        "Template of the ministry",
        "",
    ):
        found = article(release(title=stated))
        assert (found.title, found.origins["title"]) == ("Second bridge opens", "listing")


def test_without_a_listing_the_document_speaks_for_itself() -> None:
    found = article(release(title="Microsoft Word - x", created="D:20260303120000+01'00'"), None)
    assert (found.title, found.origins["title"]) == (TITLE, "text")
    assert (found.published_at, found.origins["published_at"]) == ("2026-03-03", "pdf")
    dated = article(release((70, 135, 11, "Valdora, 2 March 2026")), None)
    assert (dated.published_at, dated.origins["published_at"]) == ("2026-03-02", "text")
    assert "published_at" not in article(release(created="D:20990101"), None).origins


def test_a_day_from_before_the_web_needs_a_line_of_its_own() -> None:
    assert article(release((70, 135, 11, "14 October 1971")), None).published_at == "1971-10-14"
    told = article(release((70, 135, 11, "The old bridge, of 14 October 1971, is closed.")), None)
    assert told.published_at == ""


def test_a_line_with_nothing_but_the_day_of_publication_leaves_the_text() -> None:
    said = column(("Wednesday, 4 March 2026", "", "31 December 2025", "", "Valdora, 4 March 2026"), top=90, size=11)
    found = article(pdf([*said, *column(BRIDGE)]))
    assert "Wednesday" not in found.text
    assert "31 December 2025\n\nValdora, 4 March 2026" in found.text


def test_contacts_leave_the_text_for_their_field() -> None:
    found = article(release((70, 300, 11, "Media contact: Ana Brandt, +999 555 0142, press@valdora.example")))
    assert found.contacts[0].email == "press@valdora.example"
    assert "0142" not in found.text


def test_a_scan_stays_a_capture_with_the_reason() -> None:
    for body in (pdf([]), pdf([(290, 815, 9, "1")]), pdf([(70, 100, 12, "Scanned by Osk 300")])):
        found = derived(body)
        assert isinstance(found, Rejection)
        assert found.kind == "other"
        assert "scanned document" in found.reason


def test_a_document_that_cannot_be_read_is_an_error_with_its_reason() -> None:
    found = derived(b"%PDF-1.4 broken")
    assert found == Rejection("error", "the PDF document cannot be read: it is damaged")
