"""Keeps a crawl out of the local network: which addresses a source may reach.

A newsroom's pages, feeds and redirects are hostile input. A request to a name that resolves to an address such as
169.254.169.254 or 10.0.0.1 is refused. The connection uses the same DNS answer as the check, so a name cannot change
between the two. A source may reach a private address only at a host that sources.toml names for it, and only if that
host is clearly private (a private IP address, localhost, or a name that only a local network knows) or if the source
says `allow_private`. Behind a proxy, the proxy resolves names; hosts that are private addresses are still refused.
"""

from __future__ import annotations

import asyncio
import socket
import time
from collections.abc import Awaitable, Callable, Iterable
from typing import Any
from urllib.parse import urlsplit
from urllib.request import getproxies

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.utils.httpobj import urlparse_cached

from crawler.fetch.network.special_addresses import is_private, literal_address, why_special

_CACHED = 60.0
"""For how many seconds a DNS answer is used."""
_LONGEST_LOOKUP = 15.0
"""How many seconds DNS may take."""
_LOCAL_SUFFIXES = ("localhost", "local", "internal", "intranet", "lan", "home", "corp", "private", "test", "home.arpa")


class AddressRefused(IgnoreRequest):
    """An address that the source may not reach."""


Lookup = Callable[[str], Awaitable[tuple[str, ...]]]


async def look_up(host: str) -> tuple[str, ...]:
    """The addresses of a host. Raises socket.gaierror, or TimeoutError."""
    async with asyncio.timeout(_LONGEST_LOOKUP):
        found = await asyncio.get_running_loop().getaddrinfo(host, None, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(answer[4][0]) for answer in found))


class Guard:
    """Resolves names for a batch of sources, caches the answers, and refuses private addresses.

    `private_hosts` are the names that may lead to private addresses; `lookup` asks DNS.
    """

    def __init__(self, private_hosts: Iterable[str] = (), lookup: Lookup | None = None) -> None:
        self.private_hosts = frozenset(private_hosts)
        self._lookup = lookup or look_up
        self._answers: dict[str, tuple[float, tuple[str, ...]]] = {}

    async def check(self, host: str, own_hosts: frozenset[str], allow_private: bool = False) -> None:
        """Raise AddressRefused if `host` leads to a private address that the source may not reach.

        It may reach its `own_hosts` if they are clearly private or if `allow_private` is set. Raises OSError
        (socket.gaierror) if the name does not resolve, TimeoutError if DNS does not answer.
        """
        if not is_allowed(host, own_hosts, allow_private):
            self._refuse_private(host, await self._addresses(host))

    def check_behind_proxy(self, host: str, own_hosts: frozenset[str], allow_private: bool = False) -> None:
        """Raise AddressRefused if `host` is a private address, or localhost, that a proxy would be asked to reach."""
        if is_allowed(host, own_hosts, allow_private):
            return
        if host.rstrip(".").endswith("localhost"):
            raise AddressRefused(f"{host} is this machine, or the proxy's")
        literal = _literal(host)
        self._refuse_private(host, (literal,) if literal else ())

    async def resolve(self, host: str) -> tuple[str, ...]:
        """The IP addresses to connect to. Raises AddressRefused, or OSError when the name does not resolve."""
        addresses = await self._addresses(host)
        if host not in self.private_hosts:
            self._refuse_private(host, addresses)
        return addresses

    async def _addresses(self, host: str) -> tuple[str, ...]:
        literal = _literal(host)
        if literal:
            return (literal,)
        now = time.monotonic()
        until, addresses = self._answers.get(host, (0.0, ()))
        if now >= until:
            addresses = await self._lookup(host)
            self._answers[host] = (now + _CACHED, addresses)
        return addresses

    def _refuse_private(self, host: str, addresses: tuple[str, ...]) -> None:
        for address in addresses:
            if reason := why_special(address):
                leads = "is" if address == host.strip("[]") else f"leads to {address},"
                raise AddressRefused(f"{host} {leads} an address of a local network or of special use ({reason})")


class GuardMiddleware:
    """Asks the guard before each request, also before those that go to a proxy."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> GuardMiddleware:
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        spider: Any = self._crawler.spider
        guard: Guard = spider.guard
        context = request.meta["context"]
        host = urlparse_cached(request).hostname or ""
        if request.meta.get("proxy"):
            guard.check_behind_proxy(host, context.own_hosts, context.allow_private)
        else:
            await guard.check(host, context.own_hosts, context.allow_private)


def is_allowed(host: str, own_hosts: frozenset[str], allow_private: bool) -> bool:
    """Whether a source may reach a host at any address: its own hosts, if clearly private or said to be."""
    return host in own_hosts and (allow_private or is_local_name(host))


def is_local_name(host: str) -> bool:
    """Whether a host is clearly in a local network: a private IP address, or a name that no public DNS has."""
    try:
        literal = literal_address(host)
    except ValueError:
        return False
    if literal is not None:
        return is_private(str(literal))
    return "." not in host or host.endswith(tuple(f".{suffix}" for suffix in _LOCAL_SUFFIXES))


def host_names(addresses: Iterable[str]) -> frozenset[str]:
    """The hosts of some addresses, without ports."""
    return frozenset(name for address in addresses if (name := urlsplit(address).hostname))


def private_hosts(addresses: Iterable[str], allow_private: bool) -> frozenset[str]:
    """The hosts of a source's own addresses that it may reach even if they are in a local network."""
    return frozenset(name for name in host_names(addresses) if allow_private or is_local_name(name))


def proxy_names() -> frozenset[str]:
    """The hosts of the proxies named in environment variables."""
    return host_names(url for scheme, url in getproxies().items() if scheme != "no")


def _literal(host: str) -> str:
    """The usual spelling of a host that is an IP address; "" for a name. Raises AddressRefused if it is neither."""
    try:
        literal = literal_address(host)
    except ValueError as error:
        raise AddressRefused(f"{host} is no host that can be asked: {error}") from error
    return str(literal) if literal is not None else ""
