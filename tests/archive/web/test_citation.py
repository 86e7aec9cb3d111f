"""Citations name what was said, by whom and when, and the capture that shows it; nothing in a title breaks a format."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest

from archive.web.citation import FORMATS, Cited, citation

CITED = Cited(
    number=7,
    revision=2,
    title="Council adopts 50% of {the} budget_plan & more\nThis is no field",
    issuer="Council of Valdora",
    authors=("Tomas Reuel", "Ida Wren"),
    published="2026-03-10T14:30:00+02:00",
    url="https://council.valdora.example/budget",
    address="http://127.0.0.1:8001/article/7/revision/2",
    fetched_at="2026-03-12T06:00:00+00:00",
    digest="sha1:ABCDEF",
)


@pytest.mark.parametrize("form", FORMATS)
def test_each_names_the_release_and_its_evidence(form: str) -> None:
    said = citation(CITED, form)
    for part in (CITED.url, "sha1:ABCDEF", "Tomas Reuel", "12 March 2026, 06:00 UTC", CITED.address):
        assert part in said, part


def test_plain() -> None:
    assert citation(CITED, "txt").startswith(
        "Tomas Reuel, Ida Wren, Council of Valdora (10 March 2026). Council adopts 50% of {the} budget_plan & more"
    )
    undated = replace(CITED, published="", authors=(), revision=1)
    assert citation(undated, "txt").startswith("Council of Valdora (no date). Council adopts")


def test_bibtex_escapes_and_balances() -> None:
    said = citation(CITED, "bib")
    assert said.startswith("@online{councilofvaldora2026-7,\n")
    assert r"50\% of \{the\} budget\_plan \& more This is no field" in said
    bare = re.sub(r"\\[{}]", "", said)
    assert bare.count("{") == bare.count("}")
    assert "author = {{Tomas Reuel} and {Ida Wren}}" in said


def test_ris_has_one_field_a_line() -> None:
    lines = citation(CITED, "ris").split("\r\n")
    assert (lines[0], lines[-2], lines[-1]) == ("TY  - PRESS", "ER  - ", "")
    assert all(re.match(r"[A-Z][A-Z0-9]  - ", line) for line in lines[:-1])
    assert "DA  - 2026/03/10" in lines


def test_csl_is_json_with_dates_in_parts() -> None:
    (item,) = json.loads(citation(CITED, "json"))
    assert item["issued"] == {"date-parts": [[2026, 3, 10]]}
    assert item["author"] == [{"literal": "Tomas Reuel"}, {"literal": "Ida Wren"}]
    (undated,) = json.loads(citation(replace(CITED, published="soon"), "json"))
    assert "issued" not in undated
