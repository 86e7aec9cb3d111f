"""Which answers hold a page, by their status (RFC 9110, section 15.3)."""

from __future__ import annotations

PAGE = frozenset({200, 202, 203, 206})
"""Some servers send whole pages with 202 (Accepted) and 206 (Partial Content). A 206 that holds only a part is told
apart when it is read."""

IS_PAGE = f"status in ({', '.join(map(str, sorted(PAGE)))})"
"""The same as a test in SQL of rows of `captures`."""
