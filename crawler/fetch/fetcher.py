"""Fetching for one source, politely: robots.txt, conditional requests, redirects, Retry-After, retries.

Uses Scrapy's engine for each single request. It follows redirects itself (Location, Refresh, meta refresh), so that
every hop is checked by robots.txt and the address guard, has its own slot, and is archived as what it is.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime

from scrapy import Request
from scrapy.http import Response

from archive.core.model import HostRest, Kind, Link, Validators
from archive.core.robots import RobotsCopy, robots_of
from archive.core.urls import host, key
from crawler.fetch import errors, robots
from crawler.fetch.address_guard import host_names
from crawler.fetch.answers import Answer, answer_of, conditions, header, pace_stated
from crawler.fetch.capture import RequestContext
from crawler.fetch.cookies import CrawlCookies
from crawler.fetch.detours import Detour, may_pass
from crawler.fetch.errors import BudgetSpent, HostClosed, NotFetched, Refusal, SourceRefuses, TimeOver
from crawler.fetch.network.reach import Reach, is_silence
from crawler.fetch.robots import Rules
from crawler.fetch.settings import Limits
from crawler.fetch.throttle import HostDelays
from crawler.sources.pace import in_words
from crawler.sources.sources import Source

_PAGE_ACCEPT = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
_DOCUMENT_ACCEPT = "application/rss+xml,application/atom+xml,application/feed+json,application/xml;q=0.9,*/*;q=0.8"
_ENCODINGS = "gzip, deflate, br"
_CONNECTION_WEIGHT = 3
"""For how many answers 5xx an address without any answer counts: each of its tries may cost the whole time allowed."""

_MARGIN, _MARGIN_SHARE = 1.0, 0.1
"""How long before the end of the crawl its last request must end, so that the reason can be reported: seconds, and at
most this part of the crawl's time."""

_PASSING = frozenset({408, 425, 500, 502, 503, 504, 520, 522, 524})


class Fetcher:
    """Fetches for one crawl of one source.

    `download` makes one request. `foreign` says why the target of a redirect is not of the source ("" if it is).
    `robots_known` is what is known of captures of robots.txt files, `robots_kept` the copies of earlier crawls, by
    address. `deadline` is on the monotonic clock. `robots_read` gathers every robots.txt asked for, with its answer if
    there was one; `requests` and `received` (bytes of bodies, as they came) count. `closed` says why the host that the
    crawl begins with lets nothing be fetched, where only its first request showed that. `out_of_time`: a request was
    ended, or not made, because of the deadline. `rests` are the hosts that asked an earlier crawl to wait: they get no
    requests. `show` makes of a page what a browser shows. `refusals` gathers the hosts that refuse now, `answered` the
    hosts that answered normally; `reach` the hosts that no request reached.
    """

    def __init__(
        self,
        source: Source,
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
        self.closed = ""
        self.refusals: list[Refusal] = []
        self.answered: set[str] = set()
        self.reach = Reach()
        self.paces: dict[str, str] = {}
        self.robots_read: list[tuple[RobotsCopy, Answer | None]] = []
        self._download = download
        self._delays = delays
        self._agent = agent
        self._limits = limits
        self._foreign = foreign
        self._robots_known = robots_known
        self._robots_kept = dict(robots_kept)
        self._longest_kept = robots.longest_kept(source)
        self._deadline = deadline - min(_MARGIN, source.timeout * _MARGIN_SHARE)
        self._own_hosts = host_names(source.addresses)
        self._cookies = CrawlCookies()
        self._rules: dict[str, Rules] = {}
        self._reading_rules = asyncio.Lock()
        self._entrance = ""
        self._listening = asyncio.Lock()
        self._rests = rests or {}
        self._show = show
        self._rest_until: dict[str, float] = {}
        self._failures = 0
        self._refusal = ""

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

    async def rules(self, url: str) -> Rules:
        """What the robots.txt of an address's host allows, settled once per crawl: by a copy that still counts, or else
        by what it says now. Raises SourceRefuses.
        """
        file = robots_of(url)
        self._entrance = self._entrance or file
        if file not in self._rules:
            async with self._reading_rules:
                if file not in self._rules:
                    copy = self._robots_kept.get(file)
                    is_kept = copy is not None and copy.counts(datetime.now(UTC), self._longest_kept)
                    found = robots.kept_rules(copy) if copy and is_kept else await self._read_rules(file)
                    self._rules[file] = self._slowed(url, found)
        return self._rules[file]

    def _slowed(self, url: str, found: Rules) -> Rules:
        self._delays.slow_to(host(url), max(self.source.delay, found.crawl_delay()), self._concurrency(found))
        return found

    async def _read_rules(self, url: str, stand_in: bool = True) -> Rules:
        """Ask for the robots.txt at an address; with `stand_in`, an old copy may count where it cannot be read."""
        answer = None
        try:
            answer = await self.get(url, "robots", earlier=self._robots_known.get(url))
            found = robots.rules(answer.status, answer.body)
        except errors.Resting as rest:
            return Rules(closed=rest.reason)
        except NotFetched as failure:
            found = robots.unreachable(failure.reason)
        now = datetime.now(UTC)
        if answer is not None and not robots.is_error(answer.status):
            copy = robots.read(url, answer.status, answer.body, answer.cache_control, now)
        else:
            copy = robots.failed(url, self._robots_kept.get(url), now)
            if stand_in and robots.stands_in(copy, now, is_answered=answer is not None):
                found = robots.kept_rules(copy)
        self._robots_kept[url] = copy
        self.robots_read.append((copy, answer))
        return found

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
        """Why a redirect does not lead to the source ("": it does). Raises NotFetched for one that is not followed.

        The same address with a new cookie is no loop.
        """
        if (target, self._cookies.header(target)) in hops:
            raise NotFetched(f"the redirects go round in a loop ({target})", retry=True, failure=True)
        if len(hops) > self._limits.redirects:
            raise NotFetched(f"more than {self._limits.redirects} redirects", retry=True, failure=True)
        away = self._foreign(target) if kind == "page" else ""
        if away and not may_pass(target, self._own_hosts):
            raise NotFetched(f"redirected to {target}: {away}", retry=False, failure=False)
        return away

    async def _ask(self, url: str, context: RequestContext) -> Response:
        if rest := self._rests.get(host(url)):
            raise errors.resting(rest)
        if context.kind == "robots":
            return await self._answered(url, context)
        if self.closed:
            raise HostClosed(self.closed)
        if self.reach.is_silent(host(url)):
            self._count_failure(host(url), _CONNECTION_WEIGHT, f": {errors.SILENT}")
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
        return self._rules[robots_of(url)].kept and host(url) not in self.reach.heard

    async def _first_answered(self, url: str, context: RequestContext) -> Response:
        """The first request to a host of which a copy is kept; without an answer it is robots.txt that is asked for.

        So a host that is down closes the crawl before any address is blamed, as it does where no copy is kept.
        """
        try:
            return await self._answered(url, context)
        except NotFetched as failed:
            if not failed.failure or host(url) in self.reach.heard:
                raise
            file = robots_of(url)
            is_asked = not self._robots_kept[file].counts(datetime.now(UTC))
            found = robots.unreachable(failed.reason) if is_asked else await self._read_rules(file, stand_in=False)
            self._rules[file] = self._slowed(url, found)
            if found.closed and file == self._entrance:
                self.closed = found.closed
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
            except Exception as error:  # Scrapy and the system raise many kinds; all become a reason in words
                wait = self._limits.backoff * 2 ** (attempt - 1)
                ended = wait >= self._time_left()
                self.out_of_time |= ended
                is_known = robots_of(url) in self._robots_kept and slot not in self.reach.heard
                ended |= self.reach.kept_silent(slot, url, error) and (is_known or self.reach.is_silent(slot))
                if attempt >= errors.tries(error, self._limits.attempts) or ended:
                    self.reach.failed(slot, error)
                    self._count_failure(slot, _CONNECTION_WEIGHT)
                    raise errors.explain(error, seconds) from error
                await self._rest(slot, wait)
                continue
            self.reach.answered(slot)
            if response.status == 429 or response.status in _PASSING:
                await self._back_off(slot, response, attempt)
                if not last:
                    if response.status == 500 and context.earlier:  # some servers fail at a condition
                        context = replace(context, earlier=replace(context.earlier, etag="", last_modified=""))
                    continue
            return self._settled(slot, response, context)
        raise AssertionError("the last attempt returns or raises")

    def _settled(self, slot: str, response: Response, context: RequestContext) -> Response:
        if response.status < 500 and response.status not in _PASSING:
            self._failures = 0
            self.answered.add(slot)
            return response
        self._count_failure(slot, 1)
        if context.kind == "robots":
            return response
        raise NotFetched(f"the server answered {response.status}", retry=True, failure=True)

    async def _once(
        self, url: str, context: RequestContext, slot: str, seconds: float, keep_truncated: bool
    ) -> Response:
        """One request. With `keep_truncated`, a body that breaks off is an answer; else it is requested once more."""
        self._delays.slow_to(slot, self.source.delay, self._concurrency())
        await self._rest_over(slot)
        if self._refusal:
            raise SourceRefuses(self._refusal)
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

    async def _back_off(self, slot: str, response: Response, attempt: int) -> None:
        """Wait as long as a busy server asks; end the crawl of this source if that is too long."""
        stated = errors.retry_after(header(response, "Retry-After"), datetime.now(UTC))
        wait = self._limits.backoff * 2 ** (attempt - 1) if stated is None else stated
        last = attempt == self._limits.attempts
        if wait > min(self._limits.patience, self._time_left()) or (last and response.status == 429):
            raise self._refused(slot, f"{slot} {errors.busy_in_words(response.status, stated)}", stated)
        if not last:
            await self._rest(slot, wait)

    async def _rest(self, slot: str, seconds: float) -> None:
        """Make every request of this crawl to a host wait for a while."""
        self._rest_until[slot] = max(time.monotonic() + seconds, self._rest_until.get(slot, 0.0))
        await self._rest_over(slot)

    async def _rest_over(self, slot: str) -> None:
        while (wait := self._rest_until.get(slot, 0.0) - time.monotonic()) > 0:
            await asyncio.sleep(wait)

    def _count_failure(self, slot: str, weight: int, why: str = "") -> None:
        """Count failures in a row, which mean trouble with the host; requests without any answer count more."""
        self._failures += weight
        if self._failures >= self._limits.failures:
            raise self._refused(slot, f"{slot} failed again and again{why}")

    def _refused(self, slot: str, words: str, seconds: float | None = None) -> SourceRefuses:
        self._refusal = words + errors.asked_again(seconds, datetime.now(UTC))
        self.refusals.append(Refusal(slot, words, seconds))
        return SourceRefuses(self._refusal)
