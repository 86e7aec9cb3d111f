"""More of a list is asked for with all that its form sends."""

from __future__ import annotations

import pytest

from archive.page.html import parse_beginning
from crawler.discover.further.forms.more import more_of_forms

HOST = "https://lake.example.org"
_HIDDEN = "<input type='hidden' name='kind' value='7'><input type='hidden' name='kind' value='9'>"


@pytest.mark.parametrize(
    ("markup", "has_button", "asked"),
    [
        (
            f"<form action='/lists/part'>{_HIDDEN}<input type=hidden name=page value=1><input name=q></form>",
            False,
            ["/lists/part?kind=7&kind=9&page=2"],
        ),
        (
            f"<b data-part-url='/lists/part?v=3'><form>{_HIDDEN}<input type=hidden name=pageIndex value=0></form>",
            False,
            ["/lists/part?v=3&kind=7&kind=9&pageIndex=1"],
        ),
        (
            "<form data-action='/part'><input type=hidden name=offset value=0><select name=t><option value=4 selected>"
            "Lamps</select><input type=checkbox name=all value=1><input type=checkbox name=own value=1 checked></form>",
            False,
            ["/part?t=4&own=1&offset=12"],
        ),
        (f"<form action='/lists/part'>{_HIDDEN}</form>", True, ["/lists/part?kind=7&kind=9&page=2"]),
        (f"<form action='/lists/part'>{_HIDDEN}</form>", False, []),
        (f"<form action='/n'>{_HIDDEN}</form>", True, []),
        (f"<form action='/lists/part' method=post>{_HIDDEN}<input type=hidden name=page value=1></form>", True, []),
        ("<header><form action='/find'><input type=hidden name=page value=1></form></header>", True, []),
        ("<form action='https://other.example/a'><input type=hidden name=page value=1></form>", True, []),
    ],
)
def test_more_of_a_list_is_asked_for_with_all_that_its_form_sends(
    markup: str, has_button: bool, asked: list[str]
) -> None:
    tree = parse_beginning(f"<body>{markup}</body>".encode())
    found = list(more_of_forms(tree, f"{HOST}/n", f"{HOST}/n", 12, has_button))
    assert [document.url.removeprefix(HOST) for document in found] == asked
    assert {document.way for document in found} <= {"load more"}
