"""The page that makes an alert of a search: it shows the lines to add to decisions.toml. The site itself only reads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from datasette.utils.asgi import Request, Response

from archive.alerts.alert_toml import SERVICES, lines
from archive.alerts.digest import AT_ONCE
from archive.alerts.settings import SEVERITIES, WHATS, parse
from archive.core.errors import SourcesError
from archive.web.pages.render import page
from archive.web.pages.request_query import read_request
from archive.web.search_request import Query

if TYPE_CHECKING:
    from datasette.app import Datasette  # at run time Datasette imports us first

_TIMES = (str(AT_ONCE), "hourly", "daily 08:00")
_WORDS = {"new": "New releases", "edited": "Edits", "removed": "Removals", "unwell": "A source is unwell"}


@dataclass(frozen=True)
class Wanted:
    """What a visitor chose beside the search."""

    name: str
    what: tuple[str, ...]
    severity: tuple[str, ...]
    when: str
    service: str


async def alerts_page(datasette: Datasette, request: Request) -> Response:
    """A form, and the [[alert]] that it makes."""
    query, known = await read_request(datasette, request)
    wanted = _wanted(request, query)
    toml = lines(_values(query, wanted))
    return await page(
        datasette,
        request,
        "alerts.html",
        query=query,
        wanted=wanted,
        toml=toml,
        problem=_problem(toml),
        sources=known.titles.items(),
        whats=[(what, _WORDS[what]) for what in WHATS],
        severities=SEVERITIES,
        times=_TIMES,
        services=[(name, words) for name, (words, _) in SERVICES.items()],
    )


def _wanted(request: Request, query: Query) -> Wanted:
    when, service = request.args.get("when") or "", request.args.get("service") or ""
    name = " ".join((request.args.get("name") or "").split())[:80]
    what = tuple(kind for kind in WHATS if kind in request.args.getlist("what")) or ("new",)
    severity = tuple(kind for kind in SEVERITIES if kind in request.args.getlist("severity"))
    return Wanted(
        name or query.words[:80] or query.source or "all releases",
        what,
        severity if "edited" in what else (),
        when if when in _TIMES else _TIMES[0],
        service if service in SERVICES else next(iter(SERVICES)),
    )


def _values(query: Query, wanted: Wanted) -> dict[str, Any]:
    return {
        "name": wanted.name,
        "search": query.words,
        "ever": query.ever,
        "what": list(wanted.what),
        "source": query.source,
        "tag": query.tag,
        "severity": list(wanted.severity),
        "status": query.status,
        "language": query.language,
        "author": query.author,
        "place": query.place,
        "edited": query.edited,
        "when": wanted.when,
        "deliver": [SERVICES[wanted.service][1]],
    }


def _problem(toml: str) -> str:
    """What is wrong with the lines, if anything is."""
    try:
        parse(toml)
    except SourcesError as error:
        return str(error)
    return ""
