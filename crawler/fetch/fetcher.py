"""Fetching for one source, politely: robots.txt, conditional requests, redirects, Retry-After, retries.

Uses Scrapy's engine for each single request. It follows redirects itself (Location, Refresh, meta refresh), so that
every hop is checked by robots.txt and the address guard, has its own slot, and is archived as what it is.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace

from scrapy import Request
from scrapy.http import Response

from archive.core.model import HostRest, Kind, Link, Validators
from archive.core.robots import RobotsCopy
from archive.core.urls import host, key
from crawler.fetch import errors
from crawler.fetch.address_guard import host_names
from crawler.fetch.answers import Answer, answer_of, conditions, header, pace_stated
from crawler.fetch.capture import RequestContext
from crawler.fetch.cookies import CrawlCookies
from crawler.fetch.detours import Detour, may_pass
from crawler.fetch.errors import BudgetSpent, HostClosed, NotFetched, Refusal, SourceRefuses, TimeOver
from crawler.fetch.hosts import robots
from crawler.fetch.hosts.host_rules import HostRules
from crawler.fetch.hosts.patience import TOO_MANY_REQUESTS, Patience
from crawler.fetch.hosts.robots import Rules
from crawler.fetch.network.reachability import Reach, is_silence
from crawler.fetch.settings import Limits
from crawler.fetch.throttle import HostDelays
from crawler.sources.pace import in_words
from crawler.sources.sources import Source

_PAGE_ACCEPT = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
_DOCUMENT_ACCEPT = "application/rss+xml,application/atom+xml,application/feed+json,application/xml;q=0.9,*/*;q=0.8"
_ENCODINGS = "gzip, deflate, br"
_MARGIN, _MARGIN_SHARE = 1.0, 0.1
"""How long before the end of the crawl its last request must end, so that the reason can be reported: seconds, and at
most this part of the crawl's time."""

_PASSING = frozenset({408, 425, 500, 502, 503, 504, 520, 522, 524})


class Fetcher:
    """Fetches for one crawl of one source.

    `download` makes one request. `foreign` says why the target of a redirect is not of the source ("" if it is).
    `robots_known` is what is known of captures of robots.txt files, `robots_kept` the copies of earlier crawls, by
    address. `deadline` is on the monotonic clock. `rests` are the hosts that asked an earlier crawl to wait: they get
    no requests. `show` makes of a page what a browser shows.

    `requests` and `received` (bytes of bodies, as they came) count. `out_of_time`: a request was ended, or not made,
    because of the deadline. `answered` gathers the hosts that answered normally, `reach` those that no request reached,
    `paces` what each feed asks of who reads it.
    """

    def __init__(
        self,
        source: Source,
        *,
        download: Callable[[Request], Awaitable[Response]],
        delays: HostDelays,
        agent: str,
        limits: Limits,
        foreign: Callable[[str], str],
        robots_known: Mapping[str, Validators],
        robots_kept: Mapping[str, RobotsCopy],
        deadline: float,
        rests: Mapping[str, HostRest] | None = None,
        show: Callable[[Response, RequestContext, Fetcher], Awaitable[Response]] | None = None,
    ) -> None:
        self.source = source
        self.requests = 0
        self.received = 0
        self.out_of_time = False
        self.answered: set[str] = set()
        self.reach = Reach()
        self.paces: dict[str, str] = {}
        self._download = download
        self._delays = delays
        self._agent = agent
        self._limits = limits
        self._foreign = foreign
        self._deadline = deadline - min(_MARGIN, source.timeout * _MARGIN_SHARE)
        self._own_hosts = host_names(source.addresses)
        self._cookies = CrawlCookies()
        self._rules = HostRules(self._ask_robots, robots_known, robots_kept, robots.longest_kept(source), self._slow)
        self._patience = Patience(limits, self._time_left)
        self._listening = asyncio.Lock()
        self._rests = rests or {}
        self._show = show

    @property
    def closed(self) -> str:
        """Why the host that the crawl begins with lets nothing be fetched, where only its first request showed that."""
        return self._rules.closed

    @property
    def refusals(self) -> list[Refusal]:
        """The hosts that refuse now."""
        return self._patience.refusals

    def take_robots_read(self) -> list[tuple[RobotsCopy, Answer | None]]:
        """Every robots.txt that was asked for since the last call, with its answer if there was one."""
        return self._rules.take_read()

    async def rules(self, url: str) -> Rules:
        """What the robots.txt of an address's host allows, settled once per crawl. Raises SourceRefuses."""
        return await self._rules.of(url)

    async def get(
        self, url: str, kind: Kind, link: Link | None = None, earlier: Validators | None = None, by: str = ""
    ) -> Answer:
        """Fetch an address through redirects, `by` one that leads to it. Raises NotFetched, or SourceRefuses."""
        detour = Detour()
        try:
            return await self._follow(url, kind, link, earlier, by or url, detour)
        finally:
            detour.end(is_back=False)

    async def _follow(
        self, url: str, kind: Kind, link: Link | None, earlier: Validators | None, target: str, detour: Detour
    ) -> Answer:
        hops: list[tuple[str, str]] = []
        away = ""
        while True:
            hops.append((target, self._cookies.header(target)))
            context = replace(self._context(target, kind, url, link, earlier), away=away)
            response = await self._ask(target, context)
            assert response.request is not None
            detour.take(response.request.meta.get("held"))
            target = response.request.meta["target"]
            if away and not target:
                raise NotFetched(f"redirected to {response.url}: {away}", retry=False, failure=False)
            if not target:
                detour.end(is_back=True)
                if self._show and context.render:
                    response = await self._show(response, context, self)
                if kind == "feed" and response.status == 200:
                    self.paces[url] = in_words(pace_stated(response))
                return answer_of(response, context)
            assert response.request is not None
            self._cookies.take(response.request, response)
            is_too_long = len(hops) > self._limits.redirects
            if self._was_asked(target, hops) or (is_too_long and detour.returns > 1):  # with another cookie each time
                detour.close()
            away = self._check_hop(target, hops, kind)

    async def asset(self, url: str) -> Response:
        """Fetch what a page in the browser asks for, with no delay after the page itself. Raises what a request may."""
        if refusal := (await self.rules(url)).refusal(url):
            raise NotFetched(refusal, retry=False, failure=False)
        slot = f"assets of {host(url)}"
        self._delays.slow_to(slot, 0, self._limits.polite_concurrency)
        if self._time_left() <= 0 or (self.source.max_bytes and self.received >= self.source.max_bytes):
            raise NotFetched("the crawl has no time or bytes left", retry=True, failure=False)
        request = self._request(url, self._context(url, "asset", url, None, None), slot, self._seconds("page"))
        try:
            return await self._download(request)
        finally:
            self.requests += 1
            self.received += request.meta.get("received", 0)

    async def _ask_robots(self, file: str, earlier: Validators | None) -> Answer:
        return await self.get(file, "robots", earlier=earlier)

    def _slow(self, url: str, found: Rules) -> None:
        """Ask a host as seldom as its rules want."""
        self._delays.slow_to(host(url), max(self.source.delay, found.crawl_delay()), self._concurrency(found))

    def _context(
        self, url: str, kind: Kind, asked: str, link: Link | None, earlier: Validators | None
    ) -> RequestContext:
        known_at = (earlier.captured_url or asked) if earlier else ""
        render = self._show is not None and kind in ("page", "listing")
        same = not render and (known_at == url or (earlier is not None and key(known_at) == key(url)))
        return RequestContext(
            source=self.source.name,
            kind=kind,
            asked=asked,
            link=link,
            earlier=earlier if same else None,
            own_hosts=self._own_hosts,
            allow_private=self.source.allow_private,
            render=render,
        )

    def _check_hop(self, target: str, hops: list[tuple[str, str]], kind: Kind) -> str:
        """Why a redirect does not lead to the source ("": it does). Raises NotFetched for one that is not followed."""
        if self._was_asked(target, hops):
            raise NotFetched(f"the redirects go round in a loop ({target})", retry=True, failure=True)
        if len(hops) > self._limits.redirects:
            raise NotFetched(f"more than {self._limits.redirects} redirects", retry=True, failure=True)
        away = self._foreign(target) if kind == "page" else ""
        if away and not may_pass(target, self._own_hosts):
            raise NotFetched(f"redirected to {target}: {away}", retry=False, failure=False)
        return away

    def _was_asked(self, target: str, hops: list[tuple[str, str]]) -> bool:
        """Whether a redirect closes a loop: the same address with a new cookie does not."""
        return (target, self._cookies.header(target)) in hops

    async def _ask(self, url: str, context: RequestContext) -> Response:
        if rest := self._rests.get(host(url)):
            raise errors.resting(rest)
        if context.kind == "robots":
            return await self._answered(url, context)
        if self.closed:
            raise HostClosed(self.closed)
        if self.reach.is_silent(host(url)):
            self._patience.gave_no_answer(host(url), f": {errors.SILENT}")
            raise NotFetched(errors.SILENT, retry=True, failure=True)
        if refusal := (await self.rules(url)).refusal(url):
            raise NotFetched(refusal, retry=True, failure=False)
        if not self._is_unheard(url):
            return await self._answered(url, context)
        async with self._listening:
            if self._is_unheard(url):
                return await self._first_answered(url, context)
        return await self._ask(url, context)

    def _is_unheard(self, url: str) -> bool:
        """Whether all that is known of a host is a copy of its robots.txt: nothing shows yet that it answers."""
        return self._rules.are_kept(url) and host(url) not in self.reach.heard

    async def _first_answered(self, url: str, context: RequestContext) -> Response:
        """The first request to a host of which a copy is kept; without an answer it is robots.txt that is asked for.

        So a host that is down closes the crawl before any address is blamed, as it does where no copy is kept.
        """
        try:
            return await self._answered(url, context)
        except NotFetched as failed:
            if not failed.failure or host(url) in self.reach.heard:
                raise
            found = await self._rules.without_answer(url, failed.reason)
            if found.closed and self._rules.is_entrance(url):
                raise HostClosed(found.closed) from failed
            if not found.closed and host(url) in self.reach.heard and is_silence(failed):
                return await self._ask(url, context)  # robots.txt has an answer: it was the page that took its time
            raise

    async def _answered(self, url: str, context: RequestContext) -> Response:
        """The answer to one address, asked for as often as it takes, within the limits."""
        slot = host(url)
        for attempt in range(1, self._limits.attempts + 1):
            last = attempt == self._limits.attempts
            seconds = self._seconds(context.kind if slot in self.reach.heard else "page")
            try:
                response = await self._once(url, context, slot, seconds, attempt >= min(2, self._limits.attempts))
            except SourceRefuses:
                raise
            except Exception as error:  # noqa: BLE001  Scrapy and the system raise many kinds; all become words
                await self._may_try_again(error, url, attempt, seconds)
                continue
            self.reach.answered(slot)
            if response.status == TOO_MANY_REQUESTS or response.status in _PASSING:
                await self._patience.busy(slot, response.status, header(response, "Retry-After"), attempt)
                if not last:
                    if response.status == 500 and context.earlier:  # some servers fail at a condition
                        context = replace(context, earlier=replace(context.earlier, etag="", last_modified=""))
                    continue
            return self._settled(slot, response, context)
        raise AssertionError("the last attempt returns or raises")

    async def _may_try_again(self, error: Exception, url: str, attempt: int, seconds: float) -> None:
        """Wait for the next try, where one without an answer is not the last; else raises why there was none."""
        slot, wait = host(url), self._patience.pause(attempt)
        is_late = wait >= self._time_left()
        self.out_of_time |= is_late
        is_unheard = self._rules.has_copy(url) and slot not in self.reach.heard
        is_mute = self.reach.kept_silent(slot, url, error) and (is_unheard or self.reach.is_silent(slot))
        if is_late or is_mute or attempt >= errors.tries(error, self._limits.attempts):
            self.reach.failed(slot, error)
            self._patience.gave_no_answer(slot)
            raise errors.explain(error, seconds) from error
        await self._patience.rest(slot, wait)

    def _settled(self, slot: str, response: Response, context: RequestContext) -> Response:
        if response.status < 500 and response.status not in _PASSING:
            self._patience.answered()
            self.answered.add(slot)
            return response
        self._patience.failed(slot)
        if context.kind == "robots":
            return response
        raise NotFetched(f"the server answered {response.status}", retry=True, failure=True)

    async def _once(
        self, url: str, context: RequestContext, slot: str, seconds: float, keep_truncated: bool
    ) -> Response:
        """One request. With `keep_truncated`, a body that breaks off is an answer; else it is requested once more."""
        self._delays.slow_to(slot, self.source.delay, self._concurrency())
        await self._patience.ready(slot)
        if self._time_left() <= 0:
            self.out_of_time = True
            raise TimeOver("the time of this crawl is over")
        most = self.source.max_bytes
        if most and self.received >= most:
            raise BudgetSpent(f"it sent {self.received} bytes in this crawl; max_bytes allows {most}")
        request = self._request(url, context, slot, seconds)
        request.meta["keep_truncated"] = keep_truncated
        try:
            return await self._download(request)
        finally:
            self.requests += 1
            self.received += request.meta.get("received", 0)

    def _time_left(self) -> float:
        return self._deadline - time.monotonic()

    def _seconds(self, kind: Kind) -> float:
        """How many seconds a request that starts now may take."""
        return round(max(0.1, min(self._limits.seconds(kind), self._time_left())), 1)

    def _request(self, url: str, context: RequestContext, slot: str, seconds: float) -> Request:
        headers = {
            "User-Agent": self._agent,
            "Accept": _PAGE_ACCEPT if context.kind in ("page", "listing") else _DOCUMENT_ACCEPT,
            "Accept-Encoding": _ENCODINGS,
        }
        if context.earlier and context.kind != "robots":
            headers |= conditions(context.earlier)
        if cookies := self._cookies.header(url):
            headers["Cookie"] = cookies
        meta = {
            "context": context,
            "download_slot": slot,
            "download_timeout": seconds,
            "deadline": self._deadline,
            "download_maxsize": self._limits.size(context.kind),
        }
        return Request(url, headers=headers, meta=meta, dont_filter=True)

    def _concurrency(self, found: Rules | None = None) -> int:
        polite = self.source.delay > 0 or (found is not None and found.crawl_delay() > 0)
        return self._limits.polite_concurrency if polite else self._limits.concurrency
