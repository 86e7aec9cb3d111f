"""`make demo`: two fictional newsrooms on this machine, watched on a short schedule and published at a printed address.

While it runs one release is edited without a word and one is taken down; both are recorded within two minutes. Nothing
is configured and nothing is fetched from elsewhere. Ctrl-C ends it.
"""

from __future__ import annotations

import argparse
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.demo.newsroom import Newsroom, read_posts, served

TO_END = 60.0
"""Seconds that the daemon has to end."""

HERE = Path(__file__).parent
EDITED = "Results for the third quarter"
TAKEN_DOWN = "The port answers the audit office"

SOURCES = """# The demonstration's newsrooms, both on this machine.
[[source]]
name = "port-of-valdora"
title = "Port of Valdora"
url = "{port.base}/"
feeds = ["{port.base}/feed/"]
sitemaps = ["{port.base}/sitemap.xml"]
listings = ["{port.base}/news/"]
schedule = "every {every}s"
delay = 0
recheck = []
recheck_then = "{soon}s"
gone_after = "{soon}s"

[[source]]
name = "lake-ister-institute"
title = "Lake Ister Institute"
url = "{lake.base}/"
listings = ["{lake.base}/news/"]
schedule = "every {every}s"
delay = 0
recheck = []
recheck_then = "{soon}s"
gone_after = "{soon}s"
"""


def newsrooms(now: datetime) -> tuple[Newsroom, Newsroom]:
    """A press office with feed, sitemap and listing, and one with a listing only."""
    newest = now.replace(minute=0, second=0, microsecond=0) - timedelta(hours=2)
    port = Newsroom("Port of Valdora", read_posts(HERE / "valdora.txt", newest))
    lake_posts = read_posts(HERE / "ister.txt", newest - timedelta(hours=5))
    networks = ("Facebook", "Mastodon", "LinkedIn", "YouTube", "Instagram")
    return port, Newsroom("Lake Ister Institute", lake_posts, feed=False, sitemap=False, networks=networks)


def free_port(wanted: int) -> int:
    """`wanted` if nothing listens there, else any free port."""
    for port in (wanted, 0):
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return int(probe.getsockname()[1])
    raise SystemExit("No port of the loopback address is free.")


def count(archive: Path, query: str) -> int:
    """The one number that a query on the archive gives; 0 while there is no archive yet."""
    try:
        with sqlite3.connect(f"file:{archive / 'archive.db'}?mode=ro", uri=True, timeout=10) as db:
            return int(db.execute(query).fetchone()[0])
    except sqlite3.OperationalError:
        return 0


def wait_until(true: Callable[[], bool], daemon: subprocess.Popen[bytes], seconds: float = 180) -> None:
    """Wait for something to become true. Ends the demonstration if the daemon ends first or time runs out."""
    deadline = time.monotonic() + seconds
    while not true():
        if daemon.poll() is not None:
            raise SystemExit(f"The daemon ended with exit code {daemon.returncode}.")
        if time.monotonic() > deadline:
            raise SystemExit("The demonstration did not get on; the daemon's messages above say why.")
        time.sleep(0.3)


def story(
    archive: Path, port: Newsroom, total: int, daemon: subprocess.Popen[bytes], address: str, pause: float
) -> None:
    """What a visitor sees happen: everything archived, then an edit, then a removal."""
    wait_until(lambda: count(archive, "select count(*) from articles") >= total, daemon)
    print(f"\n  {total} releases of two newsrooms are archived.\n\n  Open {address}\n", flush=True)
    time.sleep(pause)
    edited = port.edit(
        EDITED,
        "4.1 million tonnes of cargo in the third quarter, 6 percent more",
        "3.9 million tonnes of cargo in the third quarter, 1 percent more",
    )
    print(f"  The press office has just changed a number, and kept the date: {edited.title}", flush=True)
    taken_down = port.take_down(TAKEN_DOWN)
    print(f"  ... and has taken down: {taken_down.title}", flush=True)
    wait_until(lambda: count(archive, "select count(*) from events where kind = 'edited'") > 0, daemon)
    print("  Dateline has recorded the edit.", flush=True)
    wait_until(lambda: count(archive, "select count(*) from events where kind = 'gone'") > 0, daemon)
    print(f"  Dateline has recorded the removal.\n\n  It goes on watching: {address}   (Ctrl-C ends it)\n", flush=True)


def end(daemon: subprocess.Popen[bytes]) -> None:
    """End the daemon, and wait until it writes no more: its archive is deleted next."""
    daemon.terminate()
    try:
        daemon.wait(TO_END)
    except subprocess.TimeoutExpired:
        daemon.kill()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--port", type=int, default=8001, help="of the archive's site; another if it is taken")
    parser.add_argument("--pause", type=float, default=20, help="seconds before the press office edits its releases")
    parser.add_argument("--every", type=int, default=15, help="seconds between two crawls of a newsroom")
    args = parser.parse_args()
    port, lake = newsrooms(datetime.now(UTC))
    with ExitStack() as stack:
        archive = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="dateline-demo-")))
        stack.enter_context(served(port))
        stack.enter_context(served(lake))
        sources = SOURCES.format(port=port, lake=lake, every=args.every, soon=args.every * 2 // 3)
        (archive / "sources.toml").write_text(sources, encoding="utf-8")
        web = free_port(args.port)
        command = [str(Path(sys.executable).parent / "dateline"), "run", "--serve", "--port", str(web)]
        daemon = stack.enter_context(subprocess.Popen([*command, "--archive", str(archive)], start_new_session=True))
        stack.callback(end, daemon)
        print(f"  Two newsrooms of fiction: {port.base}/ and {lake.base}/", flush=True)
        story(archive, port, len(port.posts) + len(lake.posts), daemon, f"http://127.0.0.1:{web}/", args.pause)
        daemon.wait()


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        main()
    except KeyboardInterrupt:
        print("\n  The demonstration is over; its archive is deleted.")
