"""A reading of an article without what only our judgement of its page made of it: fields, lines, the day. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from archive.core.model import Extraction
from archive.history.change import fields_changed
from archive.history.events import ArticleState, Observation
from archive.history.fields import authors
from archive.history.reconcile import reconcile, reconcile_line, reconcile_links
from archive.text.lines import line_mark

_LINES_OF = (("contacts", "contact"), ("photo_credits", "credit"), ("embargo_until", "header"), ("dateline", "header"))
"""Fields of a reading, with why their lines were removed from its text."""

_ORIGINS = ("htmldate", "url", "text", "feed", "time", "meta", "json-ld")
"""Origins of a day of publication, the surer ones last."""


def steadied(state: ArticleState, observation: Observation, new: Extraction) -> Extraction:
    """A reading without what only our judgement of the page's passages made of it."""
    old, page = state.extraction, observation.page
    if page and state.page:
        new = authors.as_shown(old, _keep_fields(old, new, state.page, page), state.page, page)
    links = reconcile_links(old.links, new.links, state.page, page)
    below, caption = _lines_beside(old, new, state.page, page)
    new = replace(new, links=links, subtitle=below, image_caption=caption)
    if new.text == old.text:
        return new
    known = (state.page, page) if page and state.page else ((), ())
    lines = reconcile(old.text.split("\n\n"), new.text.split("\n\n"), *known, observation.at)
    text, stays = "\n\n".join(lines), set(map(line_mark, lines))
    asides, folds = ({*before, *now} & stays for before, now in ((old.asides, new.asides), (old.folds, new.folds)))
    new = replace(new, asides=tuple(sorted(asides)), folds=tuple(sorted(folds)))
    if text == old.text:
        return replace(new, text=text, removed=old.removed)
    return replace(new, text=text, removed=tuple(one for one in new.removed if line_mark(one.text) not in stays))


def _lines_beside(old: Extraction, new: Extraction, was: Sequence[int], now: Sequence[int]) -> tuple[str, str]:
    """The line below the title and the picture's. The pages, which are not always known, are asked only where it is
    another line for `compare`; else it is that of the newer reading, as a caption goes with its picture."""
    asked = fields_changed(old, new) if (old.subtitle, old.image_caption) != (new.subtitle, new.image_caption) else ()
    below = reconcile_line(old.subtitle, new.subtitle, was, now) if "subtitle" in asked else new.subtitle
    is_told = "caption" in asked
    return below, reconcile_line(old.image_caption, new.image_caption, was, now) if is_told else new.image_caption


def comparable(old: Extraction, new: Extraction) -> Extraction:
    """The new reading, with what of its day and authors of before it only does not show."""
    return keep_better_date(old, authors.steadied(old, new))


def keep_better_date(old: Extraction, new: Extraction) -> Extraction:
    """The new reading, with the earlier date of publication where it now is missing or from a weaker place.

    A recheck does not know what the feed said; that is not a change of the page.
    """
    was, now = old.origins.get("published_at", ""), new.origins.get("published_at", "")
    if was == now and new.published_at and old.published_at.startswith(new.published_at):
        return replace(new, published_at=old.published_at)
    if not old.published_at or (new.published_at and _strength(now) >= _strength(was)):
        return new
    origins = {**new.origins, "published_at": was} if was else dict(new.origins)
    return replace(new, published_at=old.published_at, origins=origins)


def _strength(origin: str) -> int:
    return _ORIGINS.index(origin) if origin in _ORIGINS else len(_ORIGINS)


def _keep_fields(old: Extraction, new: Extraction, was: Sequence[int], now: Sequence[int]) -> Extraction:
    """A reading with the fields of before where only our judgement took them away or found them.

    What stood in a field's place is another value: an edit. Where there was or is none, the page must show it: a line
    of the kind came or went; of contacts, wherever they stand, a line that says how to reach them.
    """
    there, here = set(was), set(now)
    gone = {one.why for one in old.removed if line_mark(one.text) not in here}
    come = {one.why for one in new.removed if line_mark(one.text) not in there}
    gone |= {"contact"} if not here.issuperset(old.reached) else set()
    come |= {"contact"} if not there.issuperset(new.reached) else set()
    kept: dict[str, Any] = {}
    for name, why in (*_LINES_OF, ("about", "")):
        before, after = getattr(old, name), getattr(new, name)
        if bool(before) == bool(after):
            continue
        shown = why in (gone if before else come) if why else _shows_about(before or after, here if before else there)
        if not shown:
            kept[name] = before
    if "contacts" in kept:
        kept["reached"] = old.reached
    return replace(new, **kept) if kept else new


def _shows_about(paragraphs: Sequence[str], other: set[int]) -> bool:
    return not any(line_mark(paragraph) in other for paragraph in paragraphs)
