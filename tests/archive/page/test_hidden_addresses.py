"""Addresses that a page shows only to those who click, or who let its scripts run."""

import lxml.html
import pytest

from archive.page.blocks import blocks
from archive.page.hidden_addresses import HiddenAddresses


def shown(markup: str) -> list[str]:
    addresses = HiddenAddresses()
    return [addresses.shown(block) for block in blocks(lxml.html.document_fromstring(f"<body>{markup}</body>"))]


def covered(address: str, key: int = 0x2B) -> str:
    return bytes([key, *(letter ^ key for letter in address.encode())]).hex()


def test_an_address_stands_behind_the_words_that_lead_to_it() -> None:
    markup = "<p>Ada Marsh<br><a href='mailto:ada%40tamsk.example?subject=Ferry'>Write to Ada</a></p>"
    assert shown(markup) == ["Ada Marsh", "Write to Ada ada@tamsk.example"]


def test_a_covered_address_is_read() -> None:
    figures = covered("ada@tamsk.example")
    for link in (
        f"<a href='/cdn-cgi/l/email-protection' data-cfemail='{figures}'>[email&#160;protected]</a>",
        f"<span data-cfemail='{figures}'>[email&#160;protected]</span>",
        f"<a href='/cdn-cgi/l/email-protection#{figures}'>[email&#160;protected]</a>",
    ):
        assert shown(f"<p>Ada Marsh, {link}</p>") == ["Ada Marsh, ada@tamsk.example"]


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("<a href='mailto:ada@tamsk.example'>ada@tamsk.example</a>", "ada@tamsk.example"),
        ("<a href='/news'>News</a>", "News"),
        ("<a href='mailto:?subject=Look'>Share</a>", "Share"),
        ("<a data-cfemail='zz' href='#'>[email protected]</a>", "[email protected]"),
        (f"<a data-cfemail='{'٠١٢٣' * 5}' href='#'>[email protected]</a>", "[email protected]"),
        (f"<a data-cfemail='{'１２３４' * 5}' href='#'>[email protected]</a>", "[email protected]"),
        (f"<a data-cfemail='{covered('ada@tamsk.example')}4' href='#'>[email protected]</a>", "[email protected]"),
    ],
)
def test_other_lines_stay(line: str, text: str) -> None:
    assert shown(f"<p>{line}</p>") == [text]
