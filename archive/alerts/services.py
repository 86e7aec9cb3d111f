"""Gives messages to services: mail, chats, ntfy, webhooks and a hundred others. Only this module uses apprise.

An address may name environment variables (`${NAME}`). What a service is called in logs and tables is apprise's own
form of the address for others to see, without its arguments, without the path of a webhook, which is often its
secret, and without the values of these variables.
"""

from __future__ import annotations

import logging
import re
import signal
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from types import FrameType
from typing import Any
from urllib.parse import unquote

from archive.alerts.message import Message, with_id
from archive.text.wording import shortened

LIMIT = 20.0
"""Seconds that a service may take for one message."""

HEADER = "Idempotency-Key"
"""The header of a webhook's request that has the id of the message (draft-ietf-httpapi-idempotency-key-header)."""

for _library in ("apprise", "urllib3"):  # their lines show addresses; what matters of them is in the answers
    logging.getLogger(_library).propagate = False

_VARIABLE = re.compile(r"\$\{(\w+)\}")
_SHORTEST_SECRET, _LONGEST_PROBLEM = 4, 300
"""Characters of a part of an address that may be a secret, and of the words of a problem."""


@dataclass(frozen=True)
class Answer:
    """What became of a message: `problem` is "" if the service took it. `service` is its address without secrets."""

    service: str
    problem: str = ""


class Services:
    """The services that addresses lead to. `environment` has the variables that addresses name."""

    def __init__(self, environment: Mapping[str, str], limit: float = LIMIT) -> None:
        self.environment = environment
        self.limit = limit
        self._known: dict[str, Any] = {}

    def name(self, address: str) -> str:
        """What a service may be called in public."""
        return self._public(address, self._service(address)[0])

    def problem(self, address: str) -> str:
        """Why no message can be sent to an address, as far as is known before one is; "" where nothing is."""
        return self._service(address)[1]

    def send(self, address: str, message: Message, identity: str) -> Answer:
        """Give a message to the service at an address. Never raises: what went wrong is in the answer."""
        from apprise import LogCapture  # here, because only sending needs it

        service, problem = self._service(address)
        name = self._public(address, service)
        if service is None:
            return Answer(name, problem)
        if isinstance(getattr(service, "headers", None), dict):
            service.headers[HEADER] = f'"{identity}"'
        with LogCapture(level=logging.WARNING, fmt="%(message)s") as log:  # type: ignore[no-untyped-call]
            try:
                with _time_limit(self.limit):
                    taken = service.notify(with_id(message.body, identity), title=message.subject, body_format="text")
                problem = "" if taken else _last_line(log.getvalue()) or "the service did not take the message"
            except _Late:
                problem = f"the service did not answer within {self.limit:.0f} seconds"
            except Exception as error:  # noqa: BLE001 - a plugin's bug must not stop the other services
                problem = f"{type(error).__name__}: {error}"
        return Answer(name, self._without_secrets(problem, address, name))

    def _service(self, address: str) -> tuple[Any, str]:
        """The service at an address, or None and why there is none."""
        from apprise import Apprise, AppriseAsset, LogCapture  # here, because it loads a hundred plugins

        absent = [name for name in _VARIABLE.findall(address) if not self.environment.get(name)]
        if absent:
            return None, f"the environment variable {absent[0]} is not set"
        if address not in self._known:
            asset = AppriseAsset(
                app_id="Dateline", app_desc="Dateline", app_url="", image_url_logo="", image_url_mask=""
            )
            with LogCapture(level=logging.WARNING, fmt="%(message)s"):  # type: ignore[no-untyped-call]
                service = Apprise.instantiate(self._expand(address), asset=asset, suppress_exceptions=True)
            if service is None:
                return None, "apprise knows no such service, or its address is not complete"
            self._known[address] = service
        return self._known[address], ""

    def _expand(self, address: str) -> str:
        return _VARIABLE.sub(lambda found: self.environment.get(found[1], ""), address)

    def _public(self, address: str, service: Any) -> str:
        if service is None:
            return f"{address.partition('://')[0]}://..." if "://" in address else "..."
        name = str(service.url(privacy=True)).partition("?")[0]
        if str(getattr(service, "fullpath", None) or "").strip("/"):  # of a webhook that may be all there is to know
            scheme, _, rest = name.partition("://")
            name = f"{scheme}://{rest.partition('/')[0]}/****"
        return self._without_variables(name, address)

    def _without_variables(self, words: str, address: str) -> str:
        for variable in dict.fromkeys(_VARIABLE.findall(address)):
            value = self.environment.get(variable, "")
            for form in {value, unquote(value)} - {""}:
                words = words.replace(form, f"${{{variable}}}")
        return words

    def _without_secrets(self, problem: str, address: str, name: str) -> str:
        """The words of a problem without any part of the address that its public name does not show."""
        words = self._without_variables(" ".join(problem.split()), address)
        for part in re.split(r"[/:@?&=+,\s]+", self._expand(address)):
            if len(part) >= _SHORTEST_SECRET and part not in name:
                words = words.replace(part, "****").replace(unquote(part), "****")
        return shortened(words, _LONGEST_PROBLEM)


def _last_line(log: str) -> str:
    lines = [line for line in log.splitlines() if line.strip()]
    return lines[-1].strip() if lines else ""


class _Late(BaseException):
    """The time is over. No library takes it for an error of its own."""


@contextmanager
def _time_limit(seconds: float) -> Iterator[None]:
    """Raise _Late in the block after so many seconds; in other threads than the main one, there is no limit."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def end(number: int, frame: FrameType | None) -> None:
        raise _Late

    earlier = signal.signal(signal.SIGALRM, end)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, earlier)
