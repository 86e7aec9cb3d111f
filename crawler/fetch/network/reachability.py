"""Whether a request that failed shows that its host fails, or that this machine's own network may be at fault; and
which hosts are silent: nothing of an answer comes from them."""

from __future__ import annotations

import errno
import socket
from collections import defaultdict
from typing import Literal

from crawler.fetch.address_guard import is_local_name
from crawler.fetch.connections import Silence
from crawler.fetch.errors import causes

_MOST_SILENT = 4
"""Addresses of a host in a row that gave nothing in time, after which it is asked for no more: as many as are asked for
at once."""

Blame = Literal["", "unclear", "network"]
"""What fails: the host, or a rule of ours (""); the host or the network of this machine; the network."""

_NO_NETWORK = frozenset({errno.ENETUNREACH, errno.ENETDOWN})
_NO_HOST = frozenset({errno.EHOSTUNREACH, errno.EHOSTDOWN})
_ANYWHERE = ((socket.AF_INET, "192.0.2.1"), (socket.AF_INET6, "2001:db8::1"))
"""Addresses for documentation (RFC 5737, RFC 3849), which nobody has: what leads to them is the route to everywhere."""


def blame(error: BaseException, host: str) -> Blame:
    """Who is to blame for a request to a host that gave no answer. Of one failure alone it often is unclear: a name
    that does not resolve may be wrong, or the name server out of reach.
    """
    if is_local_name(host):
        return ""
    for cause in causes(error):
        if isinstance(cause, socket.gaierror):
            return "network" if cause.errno == socket.EAI_AGAIN else "unclear"
        if isinstance(cause, OSError) and cause.errno in _NO_NETWORK:
            return "network"
        if isinstance(cause, (TimeoutError, ConnectionRefusedError)):
            return "unclear"
        if isinstance(cause, OSError) and cause.errno in _NO_HOST:
            return "unclear"
    return ""


class Reach:
    """What the requests of one crawl reached: `unreached` are the hosts that failed, until any host gives an answer;
    `heard` those that gave one."""

    def __init__(self) -> None:
        self.unreached: dict[str, Blame] = {}
        self.heard: set[str] = set()
        self._silent: defaultdict[str, set[str]] = defaultdict(set)
        self._is_any_reached = False

    def answered(self, host: str) -> None:
        """A host gave an answer, whatever it was."""
        self.heard.add(host)
        self._silent.pop(host, None)
        self._reached()

    def kept_silent(self, host: str, url: str, error: BaseException) -> bool:
        """Whether a request to an address of a host failed because nothing came; it may be tried again."""
        is_silent = is_silence(error)
        if is_silent:
            self._silent[host].add(url)
        return is_silent

    def is_silent(self, host: str) -> bool:
        """Whether several addresses of a host in a row gave nothing, so that no other is worth its time."""
        return len(self._silent.get(host, ())) >= _MOST_SILENT

    def _reached(self) -> None:
        self._is_any_reached = True
        self.unreached.clear()

    def failed(self, host: str, error: BaseException) -> None:
        """A request to a host failed for good."""
        found = blame(error, host)
        if not found:
            self._reached()
        elif not self._is_any_reached:
            self.unreached[host] = "network" if found == "network" or not has_route() else found


def is_silence(error: BaseException) -> bool:
    """Whether a request failed because nothing of an answer came in time."""
    return any(isinstance(cause, Silence) for cause in causes(error))


def has_route() -> bool:
    """Whether this machine knows a way to the rest of the world. Sends nothing: connecting UDP only asks the system."""
    for family, address in _ANYWHERE:
        try:
            with socket.socket(family, socket.SOCK_DGRAM) as asked:
                asked.connect((address, 9))
                return True
        except OSError:  # no such family, or no route
            continue
    return False
