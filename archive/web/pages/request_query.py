"""What a request asks for, held against the sources and tags that there are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from datasette.utils.asgi import Forbidden, Request

from archive.web.access import visible
from archive.web.pages.render import read
from archive.web.queries import sources
from archive.web.queries.rows import Reader
from archive.web.search_request import ARGUMENTS, Query, of_known_source, of_known_tag, read_query

if TYPE_CHECKING:
    from datasette.app import Datasette  # at run time Datasette imports us first


@dataclass(frozen=True)
class KnownSources:
    """The titles of the sources with releases, by name, and the names of the sources with each tag.

    `earlier` is whether who asks may search in earlier texts.
    """

    titles: dict[str, str]
    tags: dict[str, tuple[str, ...]]
    earlier: bool

    def check(self, query: Query) -> Query:
        """The query with its tag looked up, and a remark where its source or tag is none of these."""
        return of_known_tag(of_known_source(query, self.titles), self.tags)


async def known_sources(datasette: Datasette, request: Request) -> KnownSources:
    """The sources and tags of the archive that who asks may see."""
    return await read(datasette, _known_sources, await visible(datasette, request.actor, ("revisions", "source_tags")))


async def _known_sources(db: Reader, seen: frozenset[str]) -> KnownSources:
    tags = await sources.sources_by_tag(db) if "source_tags" in seen else {}
    return KnownSources(dict(await sources.source_names(db)), tags, "revisions" in seen)


async def read_request(datasette: Datasette, request: Request) -> tuple[Query, KnownSources]:
    """The search that a request asks for, and what is known of sources.

    Raises Forbidden where earlier texts are to be searched and are closed to who asks.
    """
    here = await known_sources(datasette, request)
    query = here.check(read_query(arguments_of(request, ARGUMENTS)))
    if query.ever and not here.earlier:
        raise Forbidden("view-table")
    return query, here


def arguments_of(request: Request, names: Iterable[str]) -> dict[str, str]:
    """The arguments of these names."""
    return {name: request.args.get(name) or "" for name in names}
