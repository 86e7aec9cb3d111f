"""The comments that commands write behind a title in sources.toml: why it is there."""

from __future__ import annotations

TITLE_OF_PAGE = "the title of its page"
TITLE_OF_FILE = "what its file says"
TITLE_GIVEN = "you gave it this title"
OF_TITLE = frozenset({TITLE_OF_PAGE, TITLE_OF_FILE, TITLE_GIVEN})
