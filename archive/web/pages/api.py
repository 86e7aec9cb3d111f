"""The page for who writes programs: every address that answers with data, each with an example from this archive."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from datasette.utils.asgi import Request, Response

from archive.web.pages.render import page, reader
from archive.web.queries.rows import Reader, row

if TYPE_CHECKING:
    from datasette.app import Datasette  # at run time Datasette imports us first


_NAMES = ("ARTICLE", "CAPTURE", "SOURCE")


@dataclass(frozen=True)
class Address:
    """An address that answers with data. `example` is a path, with ARTICLE, CAPTURE or SOURCE for a name of this
    archive.
    """

    example: str
    words: str

    @property
    def needs(self) -> str:
        """Which of these names it holds, if any."""
        return next((name for name in _NAMES if name in self.example), "")


TOPICS: tuple[tuple[str, tuple[Address, ...]], ...] = (
    (
        "Releases",
        (
            Address("/search.jsonl?q=harbour", "Every release that a search finds, whole, as JSON Lines; .csv for CSV"),
            Address("/search.json?q=harbour&full=1", "The newest fifty of them as JSON Feed; .xml for Atom"),
            Address("/feed.json?source=SOURCE", "The fifty that came last, of one source or tag; .xml for Atom"),
            Address("/archive/articles/ARTICLE.json?_shape=array", "All that is known of one release"),
            Address("/article/ARTICLE/cite.json", "How to cite it, as CSL-JSON; also .txt, .bib, .ris"),
        ),
    ),
    (
        "Changes and captures",
        (
            Address("/changes.json?kind=edited", "The newest edits, removals and returns as JSON Feed; .xml for Atom"),
            Address("/archive/revisions.json?_shape=array&article_id=ARTICLE", "Every version of a release"),
            Address("/archive/events.json?_shape=array&source=SOURCE", "What happened at a source"),
            Address("/archive/captures/CAPTURE.json?_shape=array", "A page as it was served: where its record lies"),
            Address("/article/ARTICLE/evidence.zip", "A release with all its captures and their digests"),
        ),
    ),
    (
        "Tables, queries and SQL",
        (
            Address("/archive.json", "Every table and ready-made query"),
            Address("/archive/articles.json?_shape=array&_size=5&_sort_desc=first_seen", "Rows of a table; or .csv"),
            Address(
                "/archive/articles.json?_shape=array&_search=harbour",
                "Rows with words; or language=en",
            ),
            Address("/archive/taken_down.json?_shape=array", "The answer to a ready-made query"),
            Address(
                "/archive.json?sql=select+count(*)+from+articles&_shape=array",
                "The answer to your SQL",
            ),
            Address("/trends.csv?q=harbour&q=ferry", "In how many releases words stand, by month"),
        ),
    ),
    (
        "The archive itself",
        (
            Address("/-/health", "Whether the daemon runs and all sources answer: 200, else 503 with the reasons"),
            Address("/-/metrics", "Figures for Prometheus"),
        ),
    ),
)


async def api_page(datasette: Datasette, request: Request) -> Response:
    """Every address for programs; those whose example this archive cannot give are shown without a link."""
    names = await _examples(reader(datasette))
    topics = [(title, [_shown(address, names) for address in addresses]) for title, addresses in TOPICS]
    return await page(datasette, request, "api.html", topics=topics)


def _shown(address: Address, names: dict[str, str]) -> tuple[str, str, bool]:
    """The example as a path, what it gives, and whether it can be followed."""
    known = not address.needs or bool(names[address.needs])
    path = address.example.replace(address.needs, names[address.needs]) if address.needs and known else address.example
    return path, address.words, known


async def _examples(db: Reader) -> dict[str, str]:
    newest: Any = await row(db, "select id, source, capture_id from articles order by first_seen desc limit 1")
    if newest is None:
        return dict.fromkeys(_NAMES, "")
    return {
        "ARTICLE": str(newest["id"]),
        "CAPTURE": str(newest["capture_id"]),
        "SOURCE": quote(newest["source"], safe=""),
    }
