"""Keeps a crawl out of the local network: which addresses a source may reach.

A newsroom's pages, feeds and redirects are hostile input; one that leads to 169.254.169.254 or 10.0.0.1 is refused by
the address that its name resolves to, and the same answer is what the connection then uses, so that a name cannot
change in between. A source may reach a private address only if its own configured host plainly is one (a private IP
address, localhost, or a name that only a local network knows). With a proxy the proxy resolves names: it is the guard.
"""

from __future__ import annotations

import asyncio
import ipaddress
import socket
import time
from collections.abc import Awaitable, Callable, Iterable
from typing import Any
from urllib.parse import urlsplit
from urllib.request import getproxies

from aiohttp.abc import AbstractResolver, ResolveResult
from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.utils.httpobj import urlparse_cached

_REMEMBERED = 60.0
"""Seconds that an answer of DNS is used."""
_PATIENCE = 15.0
"""Seconds that DNS may take."""
_LOCAL_SUFFIXES = ("localhost", "local", "internal", "intranet", "lan", "home", "corp", "private", "test", "home.arpa")


class AddressRefused(IgnoreRequest):
    """An address that the source may not reach."""


Lookup = Callable[[str], Awaitable[tuple[str, ...]]]


async def look_up(host: str) -> tuple[str, ...]:
    """The addresses of a host. Raises socket.gaierror, or TimeoutError."""
    async with asyncio.timeout(_PATIENCE):
        found = await asyncio.get_running_loop().getaddrinfo(host, None, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(answer[4][0]) for answer in found))


class Guard(AbstractResolver):
    """Resolves names for a batch of sources, remembers the answers, and refuses private addresses.

    `private_hosts` are the names that may lead to private addresses; `lookup` asks DNS.
    """

    def __init__(self, private_hosts: Iterable[str] = (), lookup: Lookup | None = None) -> None:
        self.private_hosts = frozenset(private_hosts)
        self._lookup = lookup or look_up
        self._answers: dict[str, tuple[float, tuple[str, ...]]] = {}

    async def check(self, host: str, own_hosts: frozenset[str]) -> None:
        """Raise AddressRefused if `host` leads to a private address and is not one of the source's own private hosts.

        Raises OSError (socket.gaierror) when the name does not resolve, TimeoutError when DNS is silent.
        """
        if host in own_hosts and is_local_name(host):
            return
        for address in await self._addresses(host):
            if is_private(address):
                raise AddressRefused(f"{host} leads to {address}, an address of a local network")

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        """What aiohttp connects to. Raises AddressRefused, or OSError when the name does not resolve."""
        addresses = await self._addresses(host)
        if host not in self.private_hosts and any(map(is_private, addresses)):
            raise AddressRefused(f"{host} leads to an address of a local network")
        return [_result(host, address, port) for address in addresses]

    async def close(self) -> None:
        """Nothing is held open."""

    async def _addresses(self, host: str) -> tuple[str, ...]:
        now = time.monotonic()
        until, addresses = self._answers.get(host, (0.0, ()))
        if now >= until:
            addresses = await self._lookup(host)
            self._answers[host] = (now + _REMEMBERED, addresses)
        return addresses


class GuardMiddleware:
    """Asks the guard before each request that goes out without a proxy."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> GuardMiddleware:
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        if request.meta.get("proxy"):
            return
        spider: Any = self._crawler.spider
        await spider.guard.check(urlparse_cached(request).hostname or "", request.meta["purpose"].own_hosts)


def is_private(address: str) -> bool:
    """Whether an IP address belongs to this machine or a local network, plainly or wrapped in IPv6."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner = _wrapped(ip)
        if inner is not None:
            ip = inner
    return not ip.is_global or ip.is_multicast


def is_local_name(host: str) -> bool:
    """Whether a host is plainly one of a local network: a private IP address, or a name no public DNS has."""
    try:
        return is_private(host.strip("[]"))
    except ValueError:
        return "." not in host or host.endswith(tuple(f".{suffix}" for suffix in _LOCAL_SUFFIXES))


def host_names(addresses: Iterable[str]) -> frozenset[str]:
    """The hosts of some addresses, without ports."""
    return frozenset(name for address in addresses if (name := urlsplit(address).hostname))


def proxy_names() -> frozenset[str]:
    """The hosts of the proxies that the environment names."""
    return host_names(url for scheme, url in getproxies().items() if scheme != "no")


def _wrapped(ip: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    if ip in ipaddress.IPv6Network("64:ff9b::/96"):
        return ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
    return ip.ipv4_mapped or ip.sixtofour


def _result(host: str, address: str, port: int) -> ResolveResult:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    return ResolveResult(hostname=host, host=address, port=port, family=family, proto=0, flags=socket.AI_NUMERICHOST)
