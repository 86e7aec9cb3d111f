"""What every page needs."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace
from typing import Any

from jinja2 import DictLoader, Environment

from archive.web.pages.render import number, quick, vocabulary


def test_a_number_that_sqlite_cannot_hold_is_nobodys() -> None:
    def asked(**parts: str) -> Any:
        return SimpleNamespace(url_vars=parts)

    assert number(asked(id="12")) == 12
    assert number(asked(n="3"), "n") == 3
    assert number(asked(id="9223372036854775808")) == 0


def test_templates_have_words_for_what_the_tables_hold() -> None:
    words = vocabulary()
    assert words["standing"]("live", "2026-03-20") == "missing"
    assert words["standing"]("gone", "2026-03-20") == "gone"
    assert words["standing"]("live", None) == "live"
    assert words["origin"]("feed") == "stated in the feed"
    assert words["origin"]("new-way") == "new-way"
    assert words["detail"]("edited", "major (silent): 2 paragraphs") == "Major edit, silent: 2 paragraphs"
    assert words["detail"]("edited", "something: else") == "something: else"
    assert words["detail"]("gone", "404: minor") == "404: minor"


def test_templates_wait_for_nothing_but_the_links_of_the_menu() -> None:
    environment = Environment(enable_async=True, autoescape=True, loader=DictLoader({"a": "{{ menu_links() }}<"}))

    async def links() -> list[str]:
        return ["Log in"]

    template = quick(environment).get_template("a")
    assert asyncio.run(template.render_async({"menu_links": links})) == "[&#39;Log in&#39;]<"
    assert quick(environment) is quick(environment)
    assert not quick(environment).is_async
    assert environment.is_async
