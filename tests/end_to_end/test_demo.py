"""`make demo` as a visitor meets it: a printed address, and in a real browser a release, the edit and the removal."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.demo.__main__ import end
from tests.support.commandline import descendants, is_running, within

PATIENCE = 120.0
CRAWLS = 30
"""As many crawls of its two newsrooms, a few seconds apart, has the demonstration for its whole story; it takes ten."""

SOON = "select count(*) as crawls from runs where started_at < (select max(at) from events where kind = 'gone')"


class Demonstration:
    """A running demonstration; `line` waits for a line of what it prints."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process
        self.printed: list[str] = []

    def line(self, pattern: str) -> re.Match[str]:
        assert self.process.stdout
        for text in self.process.stdout:
            self.printed.append(text)
            if match := re.search(pattern, text):
                return match
        raise AssertionError(f"{pattern!r} was never printed, but this:\n{''.join(self.printed)}")


@contextmanager
def demonstration() -> Iterator[Demonstration]:
    command = [sys.executable, "-m", "tests.demo", "--port", "0", "--pause", "4", "--every", "5"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        demo = Demonstration(process)
        try:
            yield demo
        finally:
            process.send_signal(signal.SIGTERM)  # a command in the background of a shell script does not hear SIGINT
            try:
                demo.printed.append(process.communicate(timeout=PATIENCE)[0])
            finally:
                process.kill()


FAILING = """
import signal
signal.signal(signal.SIGINT, signal.SIG_IGN)  # as for a command that a shell script starts in the background
from tests.end_to_end.test_demo import demonstration
with demonstration() as demo:
    demo.line("Open")
    raise SystemExit(7)
"""


@pytest.mark.soak  # a fault of a test, not of the program
def test_a_demonstration_whose_test_fails_ends_also_where_ctrl_c_is_ignored() -> None:
    with subprocess.Popen([sys.executable, "-c", FAILING], start_new_session=True) as process:
        try:
            assert within(PATIENCE, lambda: bool(descendants(process.pid)))
            started: set[int] = set()
            while process.poll() is None:
                started |= descendants(process.pid)
                time.sleep(0.1)
        finally:
            process.kill()
    assert process.returncode == 7
    assert within(PATIENCE, lambda: not any(is_running(pid) for pid in started))


SLOW = """
import signal, sys, time
signal.signal(signal.SIGTERM, lambda *_: (time.sleep(1), sys.exit(3)))
print("ready", flush=True)
signal.pause()
"""


def test_the_archive_of_a_demonstration_is_not_deleted_before_its_daemon_has_ended() -> None:
    with subprocess.Popen([sys.executable, "-c", SLOW], stdout=subprocess.PIPE) as daemon:
        assert daemon.stdout is not None
        assert daemon.stdout.readline()
        end(daemon)
        assert daemon.poll() == 3


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    with browser.new_context() as context:
        yield context.new_page()


@pytest.mark.browser
def test_a_visitor_reads_finds_and_sees_the_edit_and_the_removal(page: Page) -> None:
    with demonstration() as demo:
        address = demo.line(r"Open (http://\S+)")[1]
        assert within(PATIENCE, partial(_answers, f"{address}search?q=sponge"))
        _finds_a_release(page, address)
        demo.line("has recorded the edit")
        demo.line("has recorded the removal")
        with urllib.request.urlopen(
            f"{address}archive.json?_shape=array&sql={quote(SOON)}", timeout=PATIENCE
        ) as answer:
            assert 0 < json.load(answer)[0]["crawls"] < CRAWLS
        _sees_the_edit(page, address)
        _sees_the_removal(page, address)
    ended = demo.printed[-1]
    assert "its archive is deleted" in ended
    assert "moved or deleted" not in ended


def _answers(address: str) -> bool:
    """Whether the site answers in its time: on a busy machine its first search may not."""
    try:
        with urllib.request.urlopen(address, timeout=PATIENCE) as answer:
            return bool(answer.status == 200)
    except urllib.error.HTTPError as error:
        if error.code != 503:
            raise
        return False


def _finds_a_release(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_role("searchbox").first.fill("freshwater sponge")
    page.get_by_role("searchbox").first.press("Enter")
    page.get_by_role("link", name="A new species of freshwater sponge").first.click()
    expect(page.get_by_text("Juna Perrault, 14, had brought it to the institute")).to_be_visible()
    text = page.locator("main").inner_text()
    assert "BRENN" in text
    article = page.locator("article").first.inner_text()
    assert "Sign up for the newsletter" not in article
    assert "Share this" not in article


def _sees_the_edit(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_role("link", name="Results for the third quarter").first.click()
    expect(page.locator("del", has_text="4.1").first).to_be_visible()
    expect(page.locator("ins", has_text="3.9").first).to_be_visible()


def _sees_the_removal(page: Page, address: str) -> None:
    page.goto(f"{address}events?kind=gone")
    page.get_by_role("link", name="The port answers the audit office").first.click()
    expect(page.locator("main")).to_contain_text(re.compile("taken down|gone|no longer", re.I))
    expect(page.get_by_text("Between 2021 and 2024 dues were charged twice in 118 cases.").first).to_be_visible()
