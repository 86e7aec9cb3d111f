"""Pages as a browser shows them: the system's Chromium runs their scripts, and gets everything from our own fetcher.

The browser itself reaches no network: each request of a page is intercepted and answered with what the crawler fetched
(through the address guard, robots.txt and the limits), or refused. WebSockets, service workers, downloads, frames,
pictures, forms and further navigation are refused; whatever would pass the interception meets a proxy that is none.
"""

from __future__ import annotations

import asyncio
import os
import shutil
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.async_api import Browser, Playwright, Route, WebSocketRoute

MOST_REQUESTS = 80
"""Requests that a page may make for its scripts and data."""

MOST_BYTES = 20 * 1024 * 1024
"""Bytes of all that these requests bring."""

SECONDS = 25.0
"""How long a page may take to be shown, with its requests."""

_QUIET = 5_000.0
"""Milliseconds in which a page has to come to rest after it was loaded."""

_NEEDED = frozenset({"script", "xhr", "fetch", "stylesheet"})
_NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
"""The shell has no windows to draw: a page in it costs a sixth of the time."""

_ARGUMENTS = (
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--proxy-server=http://127.0.0.1:9",
    "--proxy-bypass-list=<-loopback>",
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--disable-background-networking",
    "--no-pings",
)


class NotRendered(Exception):
    """A page could not be shown; the message says why."""


@dataclass(frozen=True)
class Asset:
    """What a page asked for and was given. `headers` are those that scripts may see."""

    status: int
    headers: dict[str, str]
    body: bytes


Fetch = Callable[[str], Awaitable[Asset | None]]
"""Fetches an address for a page; None where it may not be fetched, or could not."""


def browser_path() -> str:
    """Where the system's Chromium is, its headless shell before others; "" if there is none."""
    return next((path for name in _NAMES if (path := shutil.which(name))), "")


def why_not() -> str:
    """Why no page can be rendered here, in words; "" if it can."""
    if find_spec("playwright") is None:
        return "playwright is not installed: pip install '.[render]' in a clone, or pipx inject dateline playwright"
    return "" if browser_path() else "there is no Chromium: install the system's package (apt install chromium)"


class Renderer:
    """One browser for a batch of crawls, started with the first page that needs it. One page is shown at a time."""

    def __init__(self) -> None:
        self._playwright: Playwright | None = None
        self._browser: Browser | None = None
        self._turn = asyncio.Lock()

    async def render(self, url: str, html: bytes, content_type: str, agent: str, fetch: Fetch) -> bytes:
        """The document that a page becomes, as UTF-8 with a byte order mark. Raises NotRendered."""
        async with self._turn:
            try:
                async with asyncio.timeout(SECONDS):
                    return await self._shown(_Visit(url, html, content_type, fetch), agent)
            except TimeoutError as error:
                raise NotRendered(f"the page could not be rendered within {SECONDS:g} seconds") from error
            except _library().Error as error:
                raise NotRendered(f"the page could not be rendered: {str(error).splitlines()[0]}") from error

    async def close(self) -> None:
        """End the browser."""
        if self._playwright is None:
            return
        with suppress(_library().Error):
            if self._browser is not None:
                await self._browser.close()
            await self._playwright.stop()
        self._browser = self._playwright = None

    async def _shown(self, visit: _Visit, agent: str) -> bytes:
        browser = await self._running()
        context = await browser.new_context(user_agent=agent, service_workers="block", accept_downloads=False)
        try:
            await context.route_web_socket("**/*", _refuse_socket)
            await context.route("**/*", visit.answer)
            page = await context.new_page()
            try:
                await page.goto(visit.url, wait_until="load")
            # A page that wants to go elsewhere at once is an error too: it is shown as far as it came.
            except _library().Error:
                if not visit.given:
                    raise
            with suppress(_library().Error):
                await page.wait_for_load_state("networkidle", timeout=_QUIET)
            shown = await page.content()
        finally:
            with suppress(_library().Error):
                await context.close()
        content = b"\xef\xbb\xbf" + shown.encode("utf-8", "replace")
        if len(content) > MOST_BYTES:
            raise NotRendered(f"the rendered page has {len(content)} bytes, more than the {MOST_BYTES} allowed")
        return content

    async def _running(self) -> Browser:
        if why := why_not():
            raise NotRendered(f"render = true, but {why}")
        if self._browser is None or not self._browser.is_connected():
            self._playwright = self._playwright or await _library().async_playwright().start()
            self._browser = await self._playwright.chromium.launch(
                executable_path=browser_path(),
                args=list(_ARGUMENTS),
                chromium_sandbox=os.geteuid() != 0,  # root cannot have the sandbox
                env={"HOME": str(Path.home()), "PATH": os.environ.get("PATH", "")},
            )
        return self._browser


def _library() -> Any:
    """Playwright, loaded with the first page that needs it: it takes a tenth of a second, and is an extra."""
    from playwright import async_api

    return async_api


class _Visit:
    """One page in the browser: answers its requests within bounds."""

    def __init__(self, url: str, html: bytes, content_type: str, fetch: Fetch) -> None:
        self.url = url
        self._html = html
        self._content_type = content_type
        self._fetch = fetch
        self.given = False
        self._requests = 0
        self._bytes = 0

    async def answer(self, route: Route) -> None:
        """Give a request what it may have."""
        request = route.request
        with suppress(_library().Error):  # a page that is gone wants nothing any more
            if request.is_navigation_request():
                await self._navigate(route)
                return
            is_allowed = request.resource_type in _NEEDED and request.method == "GET"
            asset = await self._asset(request.url) if is_allowed else None
            if asset is None:
                await route.abort("blockedbyclient")
                return
            await route.fulfill(status=asset.status, headers=asset.headers, body=asset.body)

    async def _navigate(self, route: Route) -> None:
        """The page itself, once, as it was fetched; no frame and no other page."""
        if self.given or route.request.url.partition("#")[0] != self.url.partition("#")[0]:
            await route.abort("aborted")  # another error would put its own page in place of this one
            return
        self.given = True
        await route.fulfill(status=200, headers={"Content-Type": self._content_type}, body=self._html)

    async def _asset(self, url: str) -> Asset | None:
        if not url.startswith(("http://", "https://")):
            return None
        self._requests += 1
        if self._requests > MOST_REQUESTS or self._bytes > MOST_BYTES:
            return None
        asset = await self._fetch(url)
        self._bytes += len(asset.body) if asset else 0
        return asset


async def _refuse_socket(socket: WebSocketRoute) -> None:
    await socket.close()
