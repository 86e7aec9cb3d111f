"""Characters that nobody sees and that cut words apart for a search: soft hyphens, blanks of no width, stray marks.

The joiners U+200C and U+200D stay: Persian and the scripts of India are written with them.
"""

from __future__ import annotations

import re

_INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff]+")


def visible(text: str) -> str:
    """A text without what is not seen in it."""
    return text if text.isascii() else _INVISIBLE.sub("", text)
