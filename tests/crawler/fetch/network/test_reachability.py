"""Whom a request that failed blames: the host, the network of this machine, or one of both."""

from __future__ import annotations

import errno
import socket
import ssl

import pytest

from crawler.fetch.address_guard import AddressRefused
from crawler.fetch.connections import NoAnswer, Silence
from crawler.fetch.network.reachability import Reach, blame, has_route

HOST = "press.valdora.example"


@pytest.mark.parametrize(
    ("error", "host", "blamed"),
    [
        (socket.gaierror(socket.EAI_AGAIN, "temporary failure"), HOST, "network"),
        (socket.gaierror(socket.EAI_NONAME, "not known"), HOST, "unclear"),
        (OSError(errno.ENETUNREACH, "network is unreachable"), HOST, "network"),
        (OSError(errno.EHOSTUNREACH, "no route to host"), HOST, "unclear"),
        (ConnectionRefusedError(errno.ECONNREFUSED, "refused"), HOST, "unclear"),
        (TimeoutError(), HOST, "unclear"),
        (ConnectionRefusedError(errno.ECONNREFUSED, "refused"), "127.0.0.1", ""),
        (ssl.SSLError(1, "bad certificate"), HOST, ""),
        (NoAnswer("no answer"), HOST, ""),
        (AddressRefused("leads to a private address"), HOST, ""),
        (ConnectionResetError(), HOST, ""),
    ],
)
def test_a_failure_blames_the_host_or_the_network(error: Exception, host: str, blamed: str) -> None:
    assert blame(error, host) == blamed
    wrapped = RuntimeError("download failed")
    wrapped.__cause__ = error
    assert blame(wrapped, host) == blamed


def test_any_answer_clears_what_failed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("crawler.fetch.network.reachability.has_route", lambda: True)
    crawl = Reach()
    crawl.failed(HOST, TimeoutError())
    assert crawl.unreached == {HOST: "unclear"}
    crawl.answered("karn.example")
    crawl.failed("ister.example", TimeoutError())
    assert crawl.unreached == {}


def test_a_host_is_silent_after_four_addresses_in_a_row_and_no_other_host_is() -> None:
    crawl = Reach()
    late = Silence()
    for n in (1, 1, 1, 1, 2, 3):
        assert crawl.kept_silent(HOST, f"https://{HOST}/{n}", late)
    assert not crawl.kept_silent(HOST, f"https://{HOST}/4", TimeoutError())
    assert not crawl.is_silent(HOST)
    crawl.kept_silent(HOST, f"https://{HOST}/4", late)
    crawl.answered("ister.example")
    assert (crawl.is_silent(HOST), crawl.is_silent("ister.example")) == (True, False)
    crawl.answered(HOST)
    assert not crawl.is_silent(HOST)


def test_without_a_route_it_is_the_network(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("crawler.fetch.network.reachability.has_route", lambda: False)
    crawl = Reach()
    crawl.failed(HOST, socket.gaierror(socket.EAI_NONAME, "not known"))
    assert crawl.unreached == {HOST: "network"}


def test_a_route_is_looked_up_without_sending_anything(monkeypatch: pytest.MonkeyPatch) -> None:
    class Unconnected(socket.socket):
        def connect(self, address: object) -> None:
            raise OSError(errno.ENETUNREACH, "network is unreachable")

    monkeypatch.setattr(socket, "socket", Unconnected)
    assert has_route() is False
    monkeypatch.setattr(Unconnected, "connect", lambda self, address: None)
    assert has_route() is True
