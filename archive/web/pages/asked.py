"""What a request asks for, held against the sources and tags that there are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from datasette.utils.asgi import Request

from archive.web.pages.render import read
from archive.web.queries import sources
from archive.web.queries.rows import Reader
from archive.web.search import ARGUMENTS, Query, of_known_source, of_known_tag, read_query

if TYPE_CHECKING:
    from datasette.app import Datasette  # at run time Datasette imports us first


@dataclass(frozen=True)
class Known:
    """The titles of the sources with releases, by name, and the names of the sources with each tag."""

    titles: dict[str, str]
    tags: dict[str, tuple[str, ...]]

    def check(self, query: Query) -> Query:
        """The query with its tag looked up, and a remark where its source or tag is none of these."""
        return of_known_tag(of_known_source(query, self.titles), self.tags)


async def known(datasette: Datasette) -> Known:
    """The sources and tags of the archive."""
    return await read(datasette, _known)


async def _known(db: Reader) -> Known:
    return Known(dict(await sources.source_names(db)), await sources.sources_tagged(db))


async def asked(datasette: Datasette, request: Request) -> tuple[Query, Known]:
    """The search that a request asks for, and what is known of sources."""
    here = await known(datasette)
    return here.check(read_query(given(request, ARGUMENTS))), here


def given(request: Request, names: Iterable[str]) -> dict[str, str]:
    """The arguments of these names."""
    return {name: request.args.get(name) or "" for name in names}
