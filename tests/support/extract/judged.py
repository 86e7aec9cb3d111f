"""What of a page is kept when its blocks were scored so: for the rules that take what stands with a text."""

from __future__ import annotations

import lxml.html

from archive.extract.rules.judge import apply_rules
from archive.page.blocks import blocks

PROSE = "The harbour board met on Monday and agreed to repair the long pier before the winter storms arrive."
LINKED = '<ul class="list"><li><a href="/a">Karn Rope Walk</a></li><li><a href="/b">Old Salt House</a></li></ul>'
ROWS = "<tr><th>Pier</th><th>Boats</th></tr><tr><td>North</td><td>12</td></tr><tr><td>South</td><td>7</td></tr>"
TABLE = f"<table>{ROWS}</table>"


def kept(body: str, scores: dict[str, float], day: str = "") -> list[str]:
    """The blocks that are kept when each that begins so was scored so; prose is sure. `day`: that of the page."""
    found = blocks(lxml.html.document_fromstring(f"<html><body><div>{body}</div></body></html>"))
    known = {PROSE: 0.9, **scores}
    likely = [next((known[start] for start in known if block.text.startswith(start)), 0.1) for block in found]
    judged = apply_rules(found, likely, day)
    return [block.text for block, score in zip(found, judged, strict=True) if score >= 0.5]
