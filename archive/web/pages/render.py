"""What every page needs: its template rendered, the database that it reads, the words that templates use."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar
from weakref import WeakKeyDictionary

from datasette.utils.asgi import Request, Response
from jinja2 import Environment, Template

from archive.text import linked_lines, wording
from archive.web.access import DATABASE
from archive.web.data.metadata import SiteWords
from archive.web.pages.static import VERSION
from archive.web.queries.rows import Reader
from archive.web.security import READING

if TYPE_CHECKING:
    from datasette.app import Datasette  # at run time Datasette imports us first


T = TypeVar("T")
_UNSAID = SiteWords()


async def page(
    datasette: Datasette, request: Request, template: str, response_status: int = 200, /, **context: Any
) -> Response:
    """A template as a page of the site."""
    found = quick(datasette.jinja_env).get_template(template)
    html = await datasette.render_template(found, context, request=request)
    return Response.html(html, status=response_status, headers={"Content-Security-Policy": READING})


class Quick(Template):
    """A template that waits for nothing while it is rendered: that takes half the time of one that may.

    Datasette renders by `render_async`. Of what it gives to templates, ours wait for the links of the menu alone.
    """

    async def render_async(self, context: Mapping[str, Any]) -> str:
        """The page."""
        links = await context["menu_links"]()
        return self.render({**context, "menu_links": lambda: links})


def quick(environment: Environment) -> Environment:
    """Datasette's environment, with the same filters and templates, whose templates are `Quick`."""
    found = _quick.get(environment)
    if found is None:
        found = _quick[environment] = environment.overlay(enable_async=False)
        found.template_class = Quick
    return found


_quick: WeakKeyDictionary[Environment, Environment] = WeakKeyDictionary()


def site_words(datasette: Datasette) -> SiteWords:
    """What the site says of itself."""
    found: SiteWords = getattr(datasette, "words", _UNSAID)
    return found


async def missing(datasette: Datasette, request: Request, message: str) -> Response:
    """A page that says that what was asked for is not here."""
    return await trouble(datasette, request, 404, "Not here", message)


async def trouble(
    datasette: Datasette, request: Request, status: int, title: str, message: str, sql: str = ""
) -> Response:
    """A page that says what went wrong; with the SQL that was typed, to be changed and tried again."""
    context = {"title": title, "message": message, "status": status, "sql": sql}
    return await page(datasette, request, "trouble.html", status, **context)


def number(request: Request, name: str = "id") -> int:
    """The id in the address; 0, which nothing has, for one that SQLite cannot hold."""
    found = int(request.url_vars[name])
    return found if found < 2**63 else 0


def directory(datasette: Datasette) -> Path:
    """The archive directory: where archive.db lies."""
    return Path(datasette.databases[DATABASE].path).parent


def reader(datasette: Datasette) -> Reader:
    """What reads the archive for a page; in a Datasette of others, its own database."""
    database = datasette.databases[DATABASE]
    found: Reader = getattr(database, "pages", database)
    return found


async def read(datasette: Datasette, function: Callable[..., Coroutine[Any, Any, T]], *asked: Any) -> T:
    """What a function that reads gives, called with a reader and these arguments; all its queries in one go."""
    here = reader(datasette)
    at_once = getattr(here, "at_once", None)
    if at_once is None:
        return await function(here, *asked)
    found: T = await at_once(function, *asked)
    return found


async def search_apart(datasette: Datasette, search: Callable[..., Coroutine[Any, Any, T]], *asked: Any) -> T:
    """What a function that searches gives, called with a reader and these arguments, in a process of its own."""
    database = datasette.databases[DATABASE]
    searches = getattr(database, "searches", None)
    if searches is None:
        return await search(database, *asked)
    found: T = await searches.run(search, *asked)
    return found


def vocabulary() -> Mapping[str, Any]:
    """The words and functions that templates use."""
    return {
        "STATUS": wording.STATUS,
        "CHANGE": wording.CHANGE,
        "WHY": wording.WHY,
        "SEVERITY": wording.SEVERITY,
        "origin": wording.origin,
        "detail": wording.event_detail,
        "linked_line": linked_lines.parted,
        "standing": wording.standing,
        "language_tag": wording.language_tag,
        "day": wording.day,
        "weekday": wording.weekday,
        "moment": wording.moment,
        "weblink": wording.weblink,
        "mailbox": wording.mailbox,
        "count": wording.count,
        "shortened": wording.shortened,
        "with_code": wording.with_code,
        "with_subheadings": wording.with_subheadings,
        "version": VERSION,
        "database_name": DATABASE,
    }
