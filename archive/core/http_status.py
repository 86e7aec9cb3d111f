"""Which answers hold a page, and which refuse it, by their status (RFC 9110, section 15; RFC 6585, section 4)."""

from __future__ import annotations

PAGE = frozenset({200, 202, 203, 206})
"""Some servers send whole pages with 202 (Accepted) and 206 (Partial Content). A 206 that holds only a part is told
apart when it is read."""

BLOCKED = frozenset({401, 402, 403, 407, 429, 451})
"""Answers to one who may not see the page, or not yet: they say nothing of the page itself."""

IS_PAGE = f"status in ({', '.join(map(str, sorted(PAGE)))})"
"""The same as a test in SQL of rows of `captures`."""
