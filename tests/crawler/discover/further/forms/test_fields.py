"""What a form sends, as a browser sends it."""

from __future__ import annotations

from archive.page.html import parse_beginning
from crawler.discover.further.forms.fields import (
    default_button,
    hidden_fields,
    in_order,
    is_post,
    sent_by,
    with_parameters,
    without_state,
)

FORM = (
    "<form method=' POST '><input name='q' value='lamps'><input type='hidden' name='kind' value='7'>"
    f"<input type='hidden' name='state' value='{'x' * 200}'><select name='year'><option>26<option value='25' selected>"
    "</select><input type='checkbox' name='all' value='1'><input type='checkbox' name='own' value='1' checked>"
    "<button type='button' name='show'></button><button name='do' value='go'>Go</button></form>"
)


def test_a_form_sends_hidden_fields_what_is_chosen_and_what_is_checked() -> None:
    form = next(parse_beginning(FORM.encode()).iter("form"))
    assert is_post(form)
    assert [(name, value) for name, value in sent_by(form) if name != "state"] == [
        ("kind", "7"),
        ("year", "25"),
        ("own", "1"),
    ]
    assert hidden_fields(form) == {"kind": "7"}
    button = default_button(form)
    assert button is not None
    assert button.get("name") == "do"


def test_parameters_go_in_the_order_of_the_fields_and_replace_those_of_their_name() -> None:
    form = next(parse_beginning(FORM.encode()).iter("form"))
    sent = in_order(form, {"page": "2", "do": "go", "year": "25", "kind": "7"})
    assert list(sent) == ["kind", "year", "do", "page"]
    address = with_parameters("https://lake.example.org/n?page=1&v=3", sent)
    assert address == "https://lake.example.org/n?v=3&kind=7&year=25&do=go&page=2"


def test_the_address_of_a_form_without_its_state_has_what_was_chosen() -> None:
    form = (
        "<form><select name='year'><option>26<option>25</select><input type='hidden' name='mark' value='x7'>"
        "<input type='submit' name='do' value='Show'></form>"
    )
    tree = parse_beginning(form.encode())
    asked = "https://lake.example.org/news?year=25&mark=x7&do=Show"
    assert without_state(tree, asked) == "https://lake.example.org/news?year=25"
    assert without_state(tree, "https://lake.example.org/news") == "https://lake.example.org/news"
    posted = parse_beginning(form.replace("<form>", "<form method='post'>").encode())
    assert without_state(posted, asked) == asked
