"""What of all responses goes to the archive, and with which headers."""

from __future__ import annotations

import pytest

from archive.core.model import Kind, Validators
from crawler.fetch.capture import RequestContext, as_kept, is_kept


@pytest.mark.parametrize(
    ("kind", "status", "payload", "kept"),
    [
        ("page", 200, "sha1:A", True),
        ("page", 404, "sha1:A", True),
        ("page", 304, "", True),
        ("probe", 404, "sha1:A", True),
        ("feed", 200, "sha1:B", True),
        ("feed", 200, "sha1:A", False),
        ("feed", 404, "sha1:B", False),
        ("robots", 304, "", False),
    ],
)
def test_every_page_is_kept_and_a_document_if_its_bytes_are_new(
    kind: Kind, status: int, payload: str, kept: bool
) -> None:
    context = RequestContext("quill", kind, earlier=Validators(digest="sha1:A"))
    assert is_kept(context, status, payload) is kept


def test_only_what_the_library_undid_is_changed_in_headers() -> None:
    wrong = (("content-length", "3"), ("ETag", "x"))
    assert as_kept(wrong, 10) == wrong
    coded = (("A", "1"), ("TRANSFER-encoding", "gzip, chunked"), ("content-length", "3"), ("B", "2"))
    assert as_kept(coded, 10) == (("A", "1"), ("B", "2"), ("Content-Length", "10"))
