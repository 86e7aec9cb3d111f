"""The page of trends: how often words are used over time, as a chart, a file, or figures."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from datasette.utils.asgi import Request, Response

from archive.web.charts.trend import BOTTOM, HEIGHT, LEFT, RIGHT, TOP, WIDTH, TrendChart, figure, trend_chart
from archive.web.pages.render import page, reader, search_apart
from archive.web.pages.request_query import arguments_of, known_sources
from archive.web.queries import emptiness, search, trends
from archive.web.search_request import Query, read_query
from archive.web.security import SAVING

if TYPE_CHECKING:
    from datasette.app import Datasette  # at run time Datasette imports us first

MOST = 5
"""Lines in one chart."""

_SIZE = {"width": WIDTH, "height": HEIGHT, "left": LEFT, "right": RIGHT, "top": TOP, "bottom": BOTTOM}


@dataclass(frozen=True)
class Trends:
    """What a visitor asked for: up to five words or phrases, among which releases, and how to count them.

    `within` has the filters (its words are empty). With `by_source` the first of the words is shown for the sources
    that use it most; with `share` all values are percent.
    """

    words: tuple[str, ...] = ()
    within: Query = field(default_factory=Query)
    share: bool = False
    by_source: bool = False
    problems: tuple[str, ...] = ()

    @property
    def arguments(self) -> list[tuple[str, str]]:
        """The same as arguments of an address."""
        flags = {"share": "1" if self.share else "", "by": "source" if self.by_source else ""}
        named = self.within.arguments | {name: value for name, value in flags.items() if value}
        return [*(("q", word) for word in self.words), *named.items()]

    @property
    def link(self) -> str:
        """The query string that asks for the same."""
        return f"?{urlencode(self.arguments)}"


@dataclass(frozen=True)
class Counted:
    """The chart, and by the name of each line what its releases are searched for with."""

    chart: TrendChart
    queries: Mapping[str, Query]


def read_trends(request: Request) -> Trends:
    """What the query string asks for; what makes no sense is named in `problems` and left out."""
    typed = [word.strip() for word in request.args.getlist("q") if word.strip()]
    within = read_query(arguments_of(request, ("source", "tag", "from", "to")))
    problems = [*within.problems]
    words: list[str] = []
    for word in dict.fromkeys(typed):
        said = read_query({"q": word})
        problems += said.problems
        words += [] if said.asked.nothing else [said.words]
    if len(words) > MOST:
        problems.append(f"A chart holds {MOST} lines: the first {MOST} of these words are shown.")
    by_source = request.args.get("by") == "source"
    if by_source and len(words) > 1:
        problems.append("By source there is one word for all lines: the first.")
    return Trends(
        tuple(words[: 1 if by_source else MOST]), within, bool(request.args.get("share")), by_source, tuple(problems)
    )


async def trends_page(datasette: Datasette, request: Request) -> Response:
    """The chart of what was asked for, with its figures; a form and an explanation without words."""
    asked, named = await _read_checked(datasette, request)
    counted = await _count(datasette, asked, named)
    response = await page(
        datasette,
        request,
        "trends.html",
        asked=asked,
        sources=named.items(),
        most=MOST,
        chart=counted.chart,
        empty="" if counted.chart.lines and counted.chart.spans else await emptiness.why_empty(reader(datasette)),
        queries=counted.queries,
        size=_SIZE,
        figure=figure,
    )
    response.headers["Content-Security-Policy"] = SAVING
    return response


async def trends_svg(datasette: Datasette, request: Request) -> Response:
    """The chart as a picture that stands alone, with its legend."""
    asked, named = await _read_checked(datasette, request)
    counted = await _count(datasette, asked, named)
    context = {"asked": asked, "chart": counted.chart, "size": _SIZE, "figure": figure}
    picture = await datasette.render_template("trends.svg", context, request=request)
    return Response(picture, content_type="image/svg+xml; charset=utf-8", headers={"Content-Security-Policy": SAVING})


async def trends_csv(datasette: Datasette, request: Request) -> Response:
    """The figures: a row for each month (or year), a column for each line."""
    asked, named = await _read_checked(datasette, request)
    chart = (await _count(datasette, asked, named)).chart
    output = io.StringIO()
    table = csv.writer(output)
    table.writerow(["month", *(line.name for line in chart.lines)])
    for place, span in enumerate(chart.spans):
        table.writerow([span.label, *(f"{line.values[place]:g}" for line in chart.lines)])
    headers = {"Content-Disposition": 'attachment; filename="trends.csv"'}
    return Response(output.getvalue(), content_type="text/csv; charset=utf-8", headers=headers)


async def _read_checked(datasette: Datasette, request: Request) -> tuple[Trends, dict[str, str]]:
    here = await known_sources(datasette, request)
    asked = read_trends(request)
    within = here.check(asked.within)
    return replace(
        asked, within=within, problems=tuple(dict.fromkeys((*asked.problems, *within.problems)))
    ), here.titles


async def _count(datasette: Datasette, asked: Trends, named: Mapping[str, str]) -> Counted:
    queries = {word: replace(asked.within, words=word) for word in asked.words}
    if asked.by_source and asked.words:
        query = queries[asked.words[0]]
        most = (await search_apart(datasette, search.facets, query.asked)).values.get("source", [])[:MOST]
        queries = {named.get(name, name): replace(query, source=name) for name, _ in most}
    of_all = [*dict.fromkeys(replace(query.asked, words="") for query in queries.values())]
    wanted = (*(query.asked for query in queries.values()), *of_all)
    counts = dict(zip(wanted, await search_apart(datasette, trends.months_of, wanted), strict=True))
    found = {name: counts[query.asked] for name, query in queries.items()}
    totals = {name: counts[replace(query.asked, words="")] for name, query in queries.items()}
    return Counted(trend_chart(found, totals, asked.share), queries)
