"""Months in an S3 storage, with the whole program: a local server of the S3 API, reached by its address alone."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from archive.web.process import Site
from archive.web.settings import SiteOptions
from tests.archive.warc.storage.support import LARGE, SMALL, build
from tests.support.archiving import rows, tables
from tests.support.commandline import ROOT, within

PATIENCE = 120.0
DUMMY = {
    "AWS_ACCESS_KEY_ID": "test",
    "AWS_SECRET_ACCESS_KEY": "test",
    "AWS_DEFAULT_REGION": "us-east-1",
    "AWS_EC2_METADATA_DISABLED": "true",
    "AWS_CONFIG_FILE": "/dev/null",
    "AWS_SHARED_CREDENTIALS_FILE": "/dev/null",
}


class Server:
    """A server of the S3 API with one bucket."""

    def __init__(self, log: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.address = f"http://127.0.0.1:{self.port}"
        self._log = log
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(self.port)], stdout=log, stderr=log
            )
        assert within(PATIENCE, self._answers), self._log.read_text()
        self.put("/bucket", b"")

    def stop(self) -> None:
        if self._process:
            self._process.kill()
            self._process.wait(PATIENCE)
            self._process = None

    def get(self, path: str) -> bytes:
        return self._asked(path, None, "GET")

    def put(self, path: str, content: bytes) -> None:
        self._asked(path, content, "PUT")

    def _asked(self, path: str, content: bytes | None, method: str) -> bytes:
        scope = f"{DUMMY['AWS_ACCESS_KEY_ID']}/20260101/us-east-1/s3/aws4_request"
        signed = f"AWS4-HMAC-SHA256 Credential={scope}, SignedHeaders=host, Signature=none"
        headers = {"Authorization": signed, "Content-Type": "application/octet-stream"}
        request = urllib.request.Request(self.address + path, content, headers, method=method)
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
            return bytes(answer.read())

    def _answers(self) -> bool:
        try:
            self.get("/moto-api/")
        except OSError:
            return False
        return True


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    server = Server(tmp_path_factory.mktemp("s3") / "log.txt")
    server.start()
    yield server
    server.stop()


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    return build(tmp_path / "archive")


def dateline(archive: Path, server: Server, *arguments: str, **others: str) -> subprocess.CompletedProcess[str]:
    """A command as a process of its own, which knows the server by its environment."""
    environment = os.environ | DUMMY | {"AWS_ENDPOINT_URL_S3": server.address, "PYTHONPATH": str(ROOT)} | others
    program = [sys.executable, "-c", "from scheduler import main; main(prog_name='dateline')", *arguments]
    return subprocess.run(
        [*program, "--archive", str(archive)], env=environment, capture_output=True, text=True, timeout=600, check=False
    )


def offloaded(archive: Path, server: Server, prefix: str) -> None:
    done = dateline(archive, server, "offload", "--to", f"s3://bucket/{prefix}")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("2 months (")
    assert done.stdout.endswith(f"are in s3://bucket/{prefix} now.\n")


@pytest.mark.soak  # a dozen commands, each a process of its own
def test_everything_goes_on_with_months_in_s3(archive: Path, server: Server, tmp_path: Path) -> None:
    before, local = tables(archive / "archive.db"), (archive / "warc/osk/2026-03.warc.br").read_bytes()
    offloaded(archive, server, "one")
    assert server.get("/bucket/one/osk/2026-03.warc.br") == local
    assert sorted(path.name for path in (archive / "warc").glob("*/*.warc*")) == [
        "2026-03.warc.br.away",
        "2026-03.warc.zst.away",
    ]
    assert dateline(archive, server, "verify").stdout == "15 captures checked, 0 differences.\n"
    assert dateline(archive, server, "rebuild").returncode == 0
    assert tables(archive / "archive.db") == before
    number = rows(archive / "archive.db", "select id from articles where source = 'valdora'")[0]["id"]
    for command in (
        ("reclean", "--all", "--apply"),
        ("export", "--format", "warc", "--out", str(tmp_path / "all.warc.gz")),
        ("evidence", str(number), "--out", str(tmp_path / "pack")),
        ("backup", str(tmp_path / "copy")),
        ("compact", "--undo"),
    ):
        done = dateline(archive, server, *command)
        assert done.returncode == 0, (command, done.stdout, done.stderr)
    assert tables(archive / "archive.db") == before
    assert dateline(tmp_path / "copy", server, "verify").returncode == 0
    back = dateline(archive, server, "offload", "osk", "--back", "--json")
    assert [each["warc_file"] for each in json.loads(back.stdout)["files"]] == [SMALL]
    assert (archive / "warc/osk/2026-03.warc.br").read_bytes() == local


def shows(address: str, words: bytes) -> bool:
    """Whether an address answers with some words; not while the site is too busy to answer in its time."""
    try:
        with urllib.request.urlopen(address, timeout=PATIENCE) as answer:
            return words in answer.read()
    except urllib.error.HTTPError as error:
        if error.code != 503:
            raise
        return False


def test_the_site_shows_captures_out_of_s3(archive: Path, server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    offloaded(archive, server, "site")
    for name, value in {**DUMMY, "AWS_ENDPOINT_URL_S3": server.address}.items():
        monkeypatch.setenv(name, value)
    (large,) = rows(archive / "archive.db", "select id from captures where warc_file = ? limit 1", LARGE)
    (small,) = rows(archive / "archive.db", "select id from captures where warc_file = ? limit 1", SMALL)
    site = Site(archive, "127.0.0.1", 0, SiteOptions())
    site.start()
    try:
        assert within(PATIENCE, lambda: bool(site.address))
        for capture in (large["id"], small["id"]):
            address = f"{site.address}capture/{capture}/raw"
            assert within(PATIENCE, partial(shows, address, b"coastal path")), address
    finally:
        site.stop()


@pytest.mark.soak  # tests/archive/warc/storage has the same with storages in this process
def test_a_storage_that_is_away_altered_or_closed_is_said_to_be(archive: Path, server: Server) -> None:
    before = tables(archive / "archive.db")
    offloaded(archive, server, "three")
    local = server.get("/bucket/three/osk/2026-03.warc.br")
    server.put("/bucket/three/osk/2026-03.warc.br", local[:-1] + bytes([local[-1] ^ 1]))
    done = dateline(archive, server, "verify")
    assert done.returncode == 1
    assert "warc/osk/2026-03.warc.gz: object altered: s3://bucket/three/osk/2026-03.warc.br does not have the" in (
        done.stdout
    )
    assert "warc/valdora" not in done.stdout
    server.put("/bucket/three/osk/2026-03.warc.br", b"")
    done = dateline(archive, server, "verify")
    assert "has 0 bytes and not" in done.stdout
    assert "warc/valdora" not in done.stdout
    server.put("/bucket/three/osk/2026-03.warc.br", local)
    closed = "http://127.0.0.1:9"  # the port of discard, where nobody listens
    done = dateline(archive, server, "rebuild", AWS_ENDPOINT_URL_S3=closed)
    assert done.returncode == 3, done.stderr
    assert "cannot be read now" in done.stderr
    assert "archive.db stays as it was: it has 15 captures" in done.stderr
    assert tables(archive / "archive.db") == before
    done = dateline(archive, server, "offload", "--back", AWS_ENDPOINT_URL_S3=closed)
    assert done.returncode == 3
    assert "Nothing is lost" in done.stderr
    assert dateline(archive, server, "verify").returncode == 0
