"""What leaves the text of a page and what stays: the release alone, whole, with its fields read from around it."""

from __future__ import annotations

from archive.extract import derive
from archive.model import Contact, Extraction
from archive.template import Template
from tests.pages import PARAGRAPHS, page, paragraphs, response


def extraction(markup: str, template: Template | None = None) -> Extraction:
    result = derive(response(markup), template).result
    assert isinstance(result, Extraction), result
    return result


HEADER = (
    "<header><ul><li>For Immediate Release: May 7, 2026</li><li>Published By: Office of the Harbour</li>"
    "<li>Contact: Ada Marsh, 215-555-6210, ada.marsh@harbour.example</li></ul></header>"
)


def test_fields_are_read_from_a_header_that_is_no_part_of_the_text() -> None:
    result = extraction(page(HEADER + paragraphs(PARAGRAPHS)))
    assert result.text == "\n\n".join(PARAGRAPHS)
    assert result.issuer == "Office of the Harbour"
    assert result.contacts == (Contact("Ada Marsh", "", "215-555-6210", "ada.marsh@harbour.example"),)


def test_fields_far_from_the_release_are_not_its_own() -> None:
    far = (
        "<nav>"
        + "".join(f"<p><a href='/{number}'>Line {number} to the isles</a></p>" for number in range(20))
        + "</nav>"
    )
    result = extraction(page(paragraphs(PARAGRAPHS) + far + HEADER))
    assert result.text == "\n\n".join(PARAGRAPHS)
    assert (result.issuer, result.contacts) == ("", ())
