"""Forms and headings that ask for a login in the place of a text, and those that every page may have."""

from __future__ import annotations

import time

import pytest
from lxml.html import document_fromstring

from archive.extract.notices.login import asks_for_password, is_of_login, needs_login

LEAD = "The ferry to Tamsk sails again from Monday, the harbour office said."


@pytest.mark.parametrize("heading", ["Login required", "Anmeldung erforderlich", "Авторизация необходима"])
def test_a_heading_that_says_that_a_login_is_needed(heading: str) -> None:
    assert needs_login(heading)
    assert not needs_login(f"{heading} for boats")


@pytest.mark.parametrize("heading", ["Please sign in", "Log in to the press room", "Se connecter", "Увійти"])
def test_a_heading_of_a_form_to_log_in(heading: str) -> None:
    assert is_of_login(heading)
    assert not is_of_login(f"Sailors cannot {heading}")


FORM = "<form action=/in method=post>{}<input name=u><input type=Password name=p><input type=submit></form>"


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (FORM.format(""), ""),
        ("<input type=password>", ""),
        (f"<div class=login>{FORM.format('<label>Name</label>')}</div><footer><p>Quay 1, Tamsk</footer>", ""),
        (f"<h1>Harbour office</h1><p>{LEAD}</p>{FORM.format('')}", LEAD),
        (f"<article><h1>Ferry</h1>{FORM.format(f'<p>{LEAD}</p>')}</article>", LEAD),
        (f"<article class='note no-comments'>{FORM.format('')}</article>", ""),
    ],
)
def test_a_form_for_a_password_in_the_place_of_the_text_is_a_wall(body: str, text: str) -> None:
    assert asks_for_password(document_fromstring(f"<html><body>{body}</body></html>"), text)


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<form><input type=search></form>", ""),
        (f"<header>{FORM.format('')}</header>", ""),
        (f"<div id=login-modal>{FORM.format('')}</div><p>{LEAD}</p>", LEAD),
        (f"<div style='display: none'>{FORM.format('')}</div>", ""),
        (f"<div class=top>{FORM.format('')}</div><h1>Ferry</h1><p>The ferry to <b>Tamsk</b>{LEAD[18:]}</p>", LEAD),
        (f"<p>{LEAD}</p><div class=right-sidebar>{FORM.format('')}</div>", LEAD),
        (f"<p>{LEAD}</p><div class=comment_login>{FORM.format('')}</div>", LEAD),
    ],
)
def test_a_form_that_every_page_has_is_none(body: str, text: str) -> None:
    assert not asks_for_password(document_fromstring(f"<html><body class=no-sidebar>{body}</body></html>"), text)


def test_many_forms_in_one_place_are_judged_by_it_once() -> None:
    tree = document_fromstring(f"<nav><div class='{'a ' * 50_000}'>{'<input type=password>' * 1_000}")
    began = time.process_time()
    assert not asks_for_password(tree, "")
    assert time.process_time() - began < 5
