"""The page that makes an alert of a search: its lines are those that the program reads."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from typing import Any

from archive.alerts.settings import Alert, parse
from tests.archive.web.test_site import text_of

Ask = Callable[..., Any]


def made(page: str) -> Alert:
    lines = re.search(r'<pre class="toml"[^>]*>(.*?)</pre>', page, re.S)
    assert lines
    (alert,) = parse(html.unescape(lines[1])).alerts
    return alert


def test_a_search_with_its_filters_becomes_an_alert(ask: Ask) -> None:
    page = ask('/alerts?q="night+ferry"&source=port-of-ister&status=live&language=en&ever=1').text
    assert 'action="/alerts#made"' in page, "the lines are what is seen next, also on a phone"
    alert = made(page)
    assert (alert.name, alert.search, alert.ever) == ('"night ferry"', '"night ferry"', True)
    assert (alert.source, alert.status, alert.language) == (("port-of-ister",), "live", "en")
    assert (alert.what, str(alert.when)) == (("new",), "at once")
    assert alert.deliver[0].startswith("mailtos://")


def test_what_when_and_where_are_chosen(ask: Ask) -> None:
    chosen = "name=Budget&what=edited&what=removed&severity=major&when=daily+08:00&service=ntfy"
    alert = made(ask(f"/alerts?q=budget&{chosen}").text)
    assert (alert.name, alert.what, alert.severity) == ("Budget", ("edited", "removed"), ("major",))
    assert (str(alert.when), alert.deliver) == ("daily 08:00", ("ntfys://ntfy.sh/${NTFY_TOPIC}",))


def test_what_makes_no_sense_is_said_or_left_out(ask: Ask) -> None:
    assert "No release is of a source “nobody”." in text_of(ask("/alerts?source=nobody").text)
    assert "words to search for" in text_of(ask("/alerts?q=***").text)
    alert = made(ask("/alerts?what=nothing&severity=none&when=never&service=pigeon&name=%0a%0b").text)
    assert (alert.name, alert.what, alert.severity, str(alert.when)) == ("all releases", ("new",), (), "at once")


def test_a_search_leads_there(ask: Ask) -> None:
    found = ask("/search?q=night+ferry&source=port-of-ister").text
    assert 'href="/alerts?q=night+ferry&amp;source=port-of-ister"' in found
