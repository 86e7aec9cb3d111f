"""A disk that is full when the tables grow: a message, no damage, and with room again the command completes.

On a small file system of its own where one can be mounted; else, and besides, with a limit on what a file may hold.
"""

from __future__ import annotations

import os
import re
import resource
import shutil
import signal
import sqlite3
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path

import pytest

from tests.support.archiving import RECORD, Newsroom, later, page, spoil, tables
from tests.support.commandline import dateline, publish, running, watching, within
from tests.support.site import Site

COUNT = 40
MOUNT = shutil.which("mount")
SIZE = 16 * 1024 * 1024
SAID = re.compile(r"(disk .*is full|disk is full|No space left on device|File too large).*Make room", re.DOTALL)

Room = Callable[[Path, int], AbstractContextManager[None]]
"""While the block runs the archive can grow by so many KB."""


@pytest.fixture(scope="module")
def small_disk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path | None]:
    """A file system of a few megabytes; None where none can be mounted."""
    place = tmp_path_factory.mktemp("disk")
    mounted = (
        MOUNT
        and not subprocess.run(
            [MOUNT, "-t", "tmpfs", "-o", f"size={SIZE}", "dateline-test", place], check=False, capture_output=True
        ).returncode
    )
    yield place if mounted else None
    if mounted:
        subprocess.run(["umount", "--lazy", place], check=True)


def _fills(descriptor: int, archive: Path, room: int) -> bool:
    """Take the disk but for so many KB; False if another process took of it at this moment."""
    left = os.statvfs(archive).f_bavail * os.statvfs(archive).f_frsize - room * 1024
    try:
        os.posix_fallocate(descriptor, 0, left)
    except OSError:
        os.ftruncate(descriptor, 0)
        return False
    return True


@contextmanager
def ballast(archive: Path, room: int) -> Iterator[None]:
    """Fill the disk but for so many KB."""
    file = archive.parent / "ballast"
    try:
        with file.open("wb") as filling:
            assert within(120, lambda: _fills(filling.fileno(), archive, room))
        yield
    finally:
        file.unlink()


@contextmanager
def limit(archive: Path, room: int) -> Iterator[None]:
    """No file of this process and of those it starts may hold more than so many KB."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (room * 1024, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.fixture(params=["disk", pytest.param("limit", marks=pytest.mark.soak)])
def place(request: pytest.FixtureRequest, small_disk: Path | None, tmp_path: Path) -> Iterator[tuple[Path, Room]]:
    """Where an archive may lie, and what leaves it no room. Without a disk of its own it meets the limit."""
    if small_disk is None or request.param == "limit":
        yield tmp_path, limit
        return
    yield small_disk, ballast
    for each in small_disk.iterdir():
        shutil.rmtree(each)


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with Site() as newsroom:
        publish(newsroom, COUNT)
        yield newsroom


def refused(archive: Path, capfd: pytest.CaptureFixture[str], *arguments: str | Path, code: int = 1) -> str:
    """Run a command that finds no room: it says so, it and whatever it started. What it said."""
    result = dateline(*arguments, archive=archive)
    assert result.exit_code == code, result.output
    assert SAID.search(result.stderr), result.stderr
    assert "Traceback" not in result.output + "".join(capfd.readouterr())
    return result.stderr


def sound(database: Path) -> None:
    if database.exists():
        with closing(sqlite3.connect(database)) as db:
            assert db.execute("pragma integrity_check").fetchall() == [("ok",)]


def complete(archive: Path, *arguments: str | Path) -> None:
    """With room again a command completes, and everything is there once."""
    result = dateline(*arguments, archive=archive)
    assert result.exit_code == 0, result.output
    once = "select count(*), count(distinct final_url) from captures where kind = 'page'"
    with closing(sqlite3.connect(archive / "archive.db")) as db:
        assert db.execute("select count(*) from articles").fetchone() == (COUNT,)
        assert db.execute(once).fetchone() == (COUNT, COUNT)
    told = dateline("verify", archive=archive)
    assert told.exit_code == 0, told.output


@pytest.mark.parametrize(
    ("command", "room"),
    [
        ("crawl", 400),
        ("import", 0),
        *(
            pytest.param(command, room, marks=pytest.mark.soak)
            for command in ("crawl", "import")
            for room in (0, 4, 30, 100, 250, 400, 550, 700)
            if (command, room) not in (("crawl", 400), ("import", 0))
        ),
    ],
)
def test_no_room_for_the_tables(
    command: str, room: int, place: tuple[Path, Room], site: Site, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    directory, without_room = place
    archive = watching(directory / "archive", site)
    arguments: tuple[str | Path, ...] = ("crawl",)
    if command == "import":
        arguments = "import", tmp_path / "theirs"
        theirs = Newsroom(tmp_path / "theirs", "theirs")
        for release in site.releases:
            theirs.answer(f"https://osk.example{release.path}", site.article(release))
    with without_room(archive, room):
        refused(archive, capfd, *arguments)
    sound(archive / "archive.db")
    complete(archive, *arguments)


@pytest.fixture
def archive(place: tuple[Path, Room], request: pytest.FixtureRequest) -> Path:
    """An archive of an earlier month."""
    if place[1] is ballast:  # what is forked does not meet the limit of a process
        request.getfixturevalue("forked")
    directory = place[0] / "archive"
    room = Newsroom(directory)
    for number in range(COUNT):
        room.answer(f"/news/{number}-path", page(number), at=later(minutes=number))
    assert dateline("rebuild", archive=directory).exit_code == 0
    return directory


def test_no_room_to_rebuild(archive: Path, place: tuple[Path, Room], capfd: pytest.CaptureFixture[str]) -> None:
    before = tables(archive / "archive.db")
    for room in (100, 700):
        with place[1](archive, room):
            assert "archive.db.new" in refused(archive, capfd, "rebuild")
        assert not list(archive.glob("archive.db.new*"))
        sound(archive / "archive.db")
        assert tables(archive / "archive.db") == before
    assert dateline("rebuild", archive=archive).exit_code == 0
    assert tables(archive / "archive.db") == before


def test_no_room_to_clean_again(archive: Path, place: tuple[Path, Room], capfd: pytest.CaptureFixture[str]) -> None:
    before = tables(archive / "archive.db", RECORD)
    spoil(archive / "archive.db")
    with place[1](archive, 60):
        refused(archive, capfd, "reclean", "--apply")
    sound(archive / "archive.db")
    assert dateline("reclean", "--apply", archive=archive).exit_code == 0
    assert tables(archive / "archive.db", RECORD) == before


def test_no_room_to_compact(archive: Path, place: tuple[Path, Room], capfd: pytest.CaptureFixture[str]) -> None:
    (month,) = (archive / "warc").rglob("*.warc.gz")
    content = month.read_bytes()
    with place[1](archive, 4):
        assert "It stays as it was" in refused(archive, capfd, "compact", code=3)
    assert month.read_bytes() == content
    assert list(month.parent.iterdir()) == [month]
    complete(archive, "compact")
    assert not month.exists()


def test_the_daemon_waits_for_room_and_goes_on(small_disk: Path | None) -> None:
    if small_disk is None:
        pytest.skip("no small file system can be mounted here: that needs root")
    log = small_disk.with_name("daemon.log")
    with Site() as newsroom:
        publish(newsroom, 3)
        archive = watching(small_disk / "archive", newsroom)
        file = archive / "sources.toml"
        file.write_text(file.read_text().replace("every 1h", "every 2s"))

        def has(articles: int) -> bool:
            try:
                with closing(sqlite3.connect(f"file:{archive}/archive.db?mode=ro", uri=True)) as db:
                    return bool(db.execute("select count(*) from articles").fetchone() == (articles,))
            except sqlite3.OperationalError:  # the daemon has not made it yet
                return False

        with running("run", archive=archive, log=log) as process:
            assert within(120, lambda: has(3)), log.read_text()
            with ballast(archive, 40):
                publish(newsroom, COUNT, first=4)
                full = "is full: no page is fetched until there is room"
                assert within(120, lambda: full in log.read_text()), log.read_text()
                # What was on its way as the crawler was ended may still arrive; then nothing is asked for any more.
                assert within(120, lambda: time.monotonic() - newsroom.log[-1].at > 5), newsroom.log
                assert process.poll() is None
            assert within(120, lambda: "There is room on the disk again" in log.read_text()), log.read_text()
            assert within(120, lambda: has(COUNT + 3)), log.read_text()
            process.send_signal(signal.SIGTERM)
            assert process.wait(120) == 0
        assert "Traceback" not in log.read_text()
        sound(archive / "archive.db")
        assert dateline("verify", archive=archive).exit_code == 0
    shutil.rmtree(archive)
