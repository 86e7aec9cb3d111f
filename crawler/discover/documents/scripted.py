"""Pages that hold next to no text before a browser runs their scripts. Pure; never raises."""

from __future__ import annotations

from archive.page.html import Unreadable, parse_beginning

_LEAST_TEXT = 200
"""Letters that a page of a newsroom shows at least."""

_UNSEEN = frozenset({"script", "style", "noscript", "template", "title", "head", "svg"})


def is_made_by_scripts(body: bytes, content_type: str) -> bool:
    """Whether a page has scripts and hardly any text of its own."""
    try:
        tree = parse_beginning(body, content_type)
    except Unreadable:
        return False
    letters, unseen = 0, 0
    for element in tree.iter():
        if element.tag in _UNSEEN:
            unseen += element.tag == "script"
        elif isinstance(element.tag, str) and not any(above.tag in _UNSEEN for above in element.iterancestors()):
            letters += sum(map(str.isalpha, element.text or ""))
        letters += sum(map(str.isalpha, element.tail or ""))
        if letters >= _LEAST_TEXT:
            return False
    return unseen > 0
