"""Which pages need a browser before they say anything."""

from __future__ import annotations

import pytest

from crawler.discover.documents.scripted import is_made_by_scripts

SHELL = (
    b"<html><head><title>Valdora</title><script src=/app.js></script></head><body><div id=app></div>%b</body></html>"
)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (SHELL % b"", True),
        (
            SHELL % b"<noscript>Please turn on scripts, this page is nothing without them.</noscript><p>Loading</p>",
            True,
        ),
        (SHELL % (b"<script>" + b"let a = 'long text of a script'; " * 40 + b"</script>"), True),
        (SHELL % (b"<p>" + b"The harbour opens on Monday. " * 12 + b"</p>"), False),
        (b"<html><body><p>Nothing here</p></body></html>", False),
        (b"", False),
        (b"\x00\xff<", False),
    ],
)
def test_a_page_without_text_and_with_scripts(body: bytes, expected: bool) -> None:
    assert is_made_by_scripts(body, "text/html; charset=utf-8") is expected
