"""Serving an archive: what is built of it, how the server starts and stops, and who may load the plugin first."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from archive.core.errors import ArchiveError
from archive.web.server import build, serve
from tests.support.sample import build_sample


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_sample(tmp_path_factory.mktemp("server") / "archive")


def test_an_archive_that_cannot_be_written_to_is_served(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    archive = build_sample(tmp_path / "archive")
    monkeypatch.setattr(os, "access", lambda *_: False)
    site = build(archive)
    assert site.databases["archive"].is_mutable is False
    assert "Night ferry" in asyncio.run(site.client.get("/")).text
    assert asyncio.run(site.client.get("/archive.db")).status_code == 403


def test_a_missing_archive_is_explained(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="dateline crawl"):
        build(tmp_path)


def test_a_port_that_is_taken_is_said_to_be_with_the_option_that_names_another(archive: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other, pytest.raises(ArchiveError, match="another port with --port"):
        serve(archive, "127.0.0.1", other.getsockname()[1])
    with pytest.raises(ArchiveError, match="Choose another address"):
        serve(archive, "192.0.2.1", 0)  # kept for documentation (RFC 5737): no machine has it


_SERVE = """
import sys
from pathlib import Path
from archive.web.server import serve
serve(Path(sys.argv[1]), "127.0.0.1", 0, lambda address: print(address, flush=True))
print("stopped", flush=True)
"""


@contextmanager
def started(*arguments: str) -> Iterator[subprocess.Popen[str]]:
    """A Python process that is killed if the test does not see it end."""
    command = [sys.executable, "-c", *arguments]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


def line_of(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


@pytest.mark.parametrize("told", [signal.SIGTERM, signal.SIGINT])
def test_serve_announces_its_address_and_stops_when_told(archive: Path, told: signal.Signals) -> None:
    with started(_SERVE, str(archive)) as server:
        with urllib.request.urlopen(line_of(server), timeout=120) as answer:
            assert "Night ferry" in answer.read().decode()
            assert "uvicorn" not in str(answer.headers).lower()
        server.send_signal(told)
        assert line_of(server) == "stopped"
        assert server.wait(120) == 0
        assert server.stderr is not None
        assert server.stderr.read() == ""


def test_serve_explains_a_taken_port(archive: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(ArchiveError, match=f"Cannot serve at 127.0.0.1, port {port}: .*[Aa]ddress"):
            serve(archive, "127.0.0.1", port)


_ENTRY_POINT = """
import importlib.metadata, sys
named = importlib.metadata.EntryPoint("dateline", "archive.web", "datasette")
class Installed(importlib.metadata.Distribution):
    metadata = {"name": "dateline-under-test", "Name": "dateline-under-test", "Version": "0"}
    entry_points = [named]
    def read_text(self, filename): return None
    def locate_file(self, path): return path
importlib.metadata.distributions = lambda **_: [Installed()]
"""


@pytest.mark.parametrize(
    "first",
    [
        "archive.web",
        "datasette",
        *(
            pytest.param(name, marks=pytest.mark.soak)
            for name in ("archive.web.server", "datasette.app", "archive.web.pages.render")
        ),
    ],
)
def test_the_plugin_wakes_whoever_imports_it_first(archive: Path, first: str) -> None:
    """As an installed entry point, which Datasette loads in the middle of its own import."""
    ask = f"""
import asyncio
import {first}
from datasette.app import Datasette
site = Datasette([{str(archive / "archive.db")!r}])
print("Night ferry" in asyncio.run(site.client.get("/")).text)
"""
    with started(_ENTRY_POINT + ask) as process:
        said, complaint = process.communicate(timeout=120)
    assert (said.strip(), complaint) == ("True", "")
