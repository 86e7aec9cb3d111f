"""[[alert]] in decisions.toml: what is read, and mistakes with their line."""

from __future__ import annotations

from datetime import time, timedelta
from pathlib import Path

import pytest

from archive.alerts.digest import When
from archive.alerts.settings import FIELDS, Alert, Settings, load, parse
from archive.boilerplate import decisions
from archive.core.errors import SourcesError

WHOLE = """
[site]
address = "https://news.example.org/"

[[boilerplate]]
source = "valdora"
text = "Sign up for the tide letter."
decision = "remove"

[[alert]]
name = "Ferries"
search = "ferry OR boat"
ever = true
what = ["new", "edited"]
source = ["valdora", "harrow"]
tag = "Ports"
severity = "major"
status = "live"
language = "en"
author = "Ada Vale"
place = "Ister"
edited = true
max_age = "3d"
when = "daily 08:00"
timezone = "Asia/Almaty"
deliver = "mailtos://ada:${MAIL_PASSWORD}@mail.example.org"
"""


def test_every_field_is_read() -> None:
    settings = parse(WHOLE)
    assert settings == Settings(
        (
            Alert(
                "Ferries", ("mailtos://ada:${MAIL_PASSWORD}@mail.example.org",), "ferry OR boat", True,
                ("new", "edited"), ("valdora", "harrow"), ("major",), "live", "en", "Ada Vale", "Ister", True,
                timedelta(days=3), When("daily", time(8), "Asia/Almaty"), ("ports",),
            ),
        ),
        "https://news.example.org",
    )  # fmt: skip
    assert all(f"\n{field} = " in WHOLE for field in FIELDS)


def test_decisions_about_passages_are_read_beside_it(tmp_path: Path) -> None:
    (tmp_path / "decisions.toml").write_text(WHOLE)
    assert len(decisions.load(tmp_path / "decisions.toml")) == 1
    assert load(tmp_path / "decisions.toml") == parse(WHOLE)
    assert load(tmp_path / "none.toml") == Settings()


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('name = ""', "line 3, name"),
        ('colour = "red"', "colour"),
        ('what = "weather"', "one of: new, edited, removed, unwell"),
        ("what = []", "at least one value"),
        ('search = "***"', "words to search for"),
        ('search = "-ferry"', "not only words to leave out"),
        ("ever = 1", "true or false"),
        ('severity = "major"', '"edited" in what'),
        ('status = "asleep"', "one of: live"),
        ('max_age = "soon"', "a number of days"),
        ('when = "weekly"', "hourly"),
        ('timezone = "Mars"', "IANA time zone"),
        ('deliver = "ada@example.org"', "an address of apprise"),
    ],
)
def test_a_mistake_is_named_with_its_line_and_what_was_expected(line: str, said: str) -> None:
    field = line.partition(" ")[0]
    given = {"name": 'name = "a"', "deliver": 'deliver = "json://x"'} | {field: line}
    with pytest.raises(SourcesError) as caught:
        parse("\n[[alert]]\n" + "\n".join(given.values()), "decisions.toml")
    assert said in str(caught.value)
    assert "decisions.toml" in str(caught.value)


def test_what_is_needed_and_names_that_are_taken_are_said() -> None:
    with pytest.raises(SourcesError, match="expected deliver = "):
        parse('[[alert]]\nname = "a"')
    alert = '[[alert]]\nname = "a"\ndeliver = "json://x"\n'
    with pytest.raises(SourcesError, match='line 1 is called "a" too'):
        parse(alert + alert)
    with pytest.raises(SourcesError, match="two brackets"):
        parse('[alert]\nname = "a"')
    with pytest.raises(SourcesError, match="public address of the site"):
        parse('[site]\naddress = "news"')


def test_a_mistake_in_an_address_does_not_show_its_secret() -> None:
    with pytest.raises(SourcesError) as caught:
        parse('[[alert]]\nname = "a"\ndeliver = "mailto ada:hunter2secret@example.org"')
    assert "hunter2" not in str(caught.value)


def test_the_definition_is_what_an_alert_is_about_and_not_where_it_goes() -> None:
    (alert,) = parse(WHOLE).alerts
    (moved,) = parse(WHOLE.replace("mailtos://", "mailto://").replace("daily 08:00", "hourly")).alerts
    (other,) = parse(WHOLE.replace("ferry OR boat", "ferry")).alerts
    assert alert.definition == moved.definition != other.definition
