"""Lines that say when a page was shown, told from lines that say something."""

from __future__ import annotations

import pytest

from archive.history.passing_lines import is_bare_date, lasting, passes

PASS = """
Today is Friday, 27 November 2026
Heute ist Montag, der 9. März 2026
Views: 1,024
1024 views
Просмотров: 417
417 просмотров
Shares 12 | Comments 3
4 min read
Posted 1 hour ago
2 days ago
just now
vor 3 Stunden
il y a 2 jours
hace 5 minutos
3 часа назад
Published on 20 November 2026 by Quill Group Communications
Last updated: 3 March 2026, 14:05
As of 14:05
As of 3 March 2026, 14:05
Updated 14:05
Updated at 2:05 p.m.
Stand: 14.05 Uhr
Mis à jour à 14h05
Actualizado a las 14:05
Обновлено в 14:05
Опубликовано 3 марта 2026
Thursday, 26 November 2026, 14:05 | 7 °C
Saturday, 28 November, 11:45 | -1 °C
14:05
7 °C, wind 3 m/s
Valdora 3 °C, wind 2 m/s
Printed on 3 March 2026 from press.valdora.example/news/1
Ausgedruckt am 3. März 2026
VLD 41.07 (+0.1%)
XETRA:VLD €41,07 −0,4 %
Port Saint Helm | -4 °C | vent 12 km/h
Алтау +12 °C, ветер 3 м/с
USD 1.08 EUR 1.17
Published 3 days ago · Reading time 4 minutes · 17 views
12 comments | vor 2 Stunden
€ 1.17 $ 1.08
"""

STAY = """
Today is the deadline for 40 boats
Today is the day!
Now is the time.
Oggi è il giorno
The film had 1,024 views.
Views of the harbour
Views differ in 12 towns
Injured: 14
Tonnes: 120
As 14 of them left
Update 2.10
Updated 14 pages
As of 14:05 the bridge is closed
Opening: 3 May 2026
The pier fell 3 days ago.
Published in 1924 by the harbour office, the map shows the old pier.
The office opens at 14:05
It was 7 °C at noon.
Oven 180 °C
Valdora 3 °C
Printed on recycled paper
Sales 41.07 (+0.1%)
VLD 41.07
Update to 3 May from press.valdora.example says 14
Turbines stop at -20 °C, wind 25 m/s
Operating Range Of The New Valdora Turbine -20 °C, wind 25 m/s
EUR 1.17
The crown stood at EUR 1.17 and USD 1.08.
3 May 2026
Now the pier is open
Monday, 3 May: the council meets
Water level 4.2 m
Monday 08:00 - 12:00
Montag 8.00 bis 12.00 Uhr
Lindeby | 14:05
Ida Wren · 3 days ago
"""


@pytest.mark.parametrize("line", PASS.strip().split("\n"))
def test_what_shows_the_moment_passes(line: str) -> None:
    assert passes(line)


@pytest.mark.parametrize("line", STAY.strip().split("\n"))
def test_what_says_something_stays(line: str) -> None:
    assert not passes(line)


def test_a_long_line_is_looked_at_no_further() -> None:
    assert not passes("Views: 1,024 " * 20)


@pytest.mark.parametrize(
    ("line", "bare"),
    [
        ("3 May 2026", True),
        ("2026-05-03", True),
        ("03.05.2026", True),
        ("Tuesday, 3 March 2026", True),
        ("3 мая 2026 г.", True),
        ("The council met on 3 May 2026", False),
        ("4.2", False),
        ("May", False),
    ],
)
def test_a_bare_date(line: str, bare: bool) -> None:
    assert is_bare_date(line) is bare


@pytest.mark.parametrize(
    ("line", "stays"),
    [
        ("Ida Wren · 3 days ago · 17 views", "Ida Wren"),
        ("Views: 17 | Press office | Karrow", "Press office | Karrow"),
        ("Karrow | 17 | 24", "Karrow | 17 | 24"),
        ("The pier fell 3 days ago · 17 boats were lost", "The pier fell 3 days ago · 17 boats were lost"),
        ("3 days ago · 17 views", ""),
    ],
)
def test_what_lasts_of_a_line_of_several_parts(line: str, stays: str) -> None:
    assert lasting(line) == stays


def test_a_day_to_come_is_no_clock() -> None:
    line = "Tuesday, 12 May 2026, 10:00"
    assert passes(line)
    assert passes(line, "2026-05-12T09:00:00+00:00")
    assert passes(line, "2026-05-11T20:00:00+00:00")
    assert not passes(line, "2026-03-04T09:00:00+00:00")
    assert passes("14:05", "2026-03-04T09:00:00+00:00")
