"""What search and similar print for a person."""

from __future__ import annotations

from pathlib import Path

from tests.support.commandline import dateline, facts
from tests.support.sample import article_id, build_sample


def test_similar_finds_by_id_and_by_address(tmp_path: Path) -> None:
    archive = build_sample(tmp_path / "archive")
    one = str(article_id("ferry"))
    found = facts("similar", one, "--limit", "3", archive=archive)
    assert 0 < len(found["hits"]) <= 3
    assert one not in {str(hit["id"]) for hit in found["hits"]}
    shown = dateline("similar", found["hits"][0]["url"], archive=archive).stdout
    assert "\n" in shown
    assert dateline("similar", "1", archive=archive).exit_code == 1


def test_search_says_what_it_found(tmp_path: Path) -> None:
    archive = build_sample(tmp_path / "archive")
    one = dateline("search", "street", "--limit", "1", archive=archive)
    assert one.exit_code == 0
    assert "13 articles, the first 1 of them above" in " ".join(one.output.split())
    assert "No article contains these words." in dateline("search", "zeppelin", archive=archive).output


def test_words_may_be_left_out_where_an_option_narrows_the_search(tmp_path: Path) -> None:
    archive = build_sample(tmp_path / "archive")
    everything = facts("search", "", archive=archive)["total"]
    edited = facts("search", "--edited", archive=archive)
    assert 0 < edited["total"] < everything
    assert all(hit["revisions"] > 1 for hit in edited["hits"])
    assert facts("search", "--until", "2100-01-01", archive=archive)["total"] == everything
    none = dateline("search", "--since", "2019-01-01", "--until", "2019-01-02", archive=archive)
    assert (none.exit_code, none.stdout) == (0, "No article is what the options ask for.\n")
    nothing = dateline("search", "--ever", "--limit", "3", archive=archive)
    assert nothing.exit_code == 2
    assert "give words to search for" in nothing.stderr
