"""Kill -9 of import, crawl, recheck, reclean and compact at random moments, over one growing archive.

After each kill the same command is run again and completes. Then nothing that was in the WARC files when the process
died is missing, nothing is there twice, every release has the text, the revisions and the events that its newsroom
gave it, and now and then everything is checked: `verify`, SQLite's integrity, `warcio check`, a rebuild.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import sqlite3
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from archive import warc
from archive.ingest.rebuild import rebuild
from scheduler import settings_of
from tests.support.archiving import RECORD, AtOnce, Newsroom, spoil, tables
from tests.support.commandline import WORDS, Command, Forking, dateline, descendants, sources
from tests.support.site import Page, Release, Site
from tests.support.warcs import damage

PATIENCE = 120.0
KINDS = ("import", "recheck", "reclean", "compact", "crawl")
THEIRS = "https://archives.osk.example"
POLICY = 'recheck = ["1s"]\nrecheck_then = "1s"\nconfirm = 1\ngone_after = "0s"\n'
GONE = Page(b"<h1>Gone</h1>", status=410)


@dataclass
class Told:
    """What a newsroom told of a release: what its text must be, and what must have happened to it."""

    paragraphs: tuple[str, ...]
    edits: int = 0
    gone: bool = False

    @property
    def events(self) -> dict[str, int]:
        return {kind: count for kind, count in (("new", 1), ("edited", self.edits), ("gone", int(self.gone))) if count}


@dataclass
class Kill:
    """One kill: of which command, which process of it, and how far into its usual time."""

    kind: str
    whom: str
    moment: float
    usual: float
    code: int


@dataclass
class Attempt:
    """A growing archive, its newsrooms, and what is known to be true of them."""

    directory: Path
    site: Site
    seed: int
    chance: random.Random = field(init=False)
    told: dict[str, Told] = field(default_factory=dict)
    usual: dict[str, float] = field(default_factory=dict)
    kills: list[Kill] = field(default_factory=list)
    unhurt: int = 0
    steps: int = 0
    pages: int = 0
    crawled: float = 0.0

    def __post_init__(self) -> None:
        self.chance = random.Random(self.seed)
        self.archive = self.directory / "archive"
        self.archive.mkdir(parents=True)
        listing = f'listings = ["{self.site.at("/news/")}"]\n'
        (self.archive / "sources.toml").write_text(sources(quill=self.site.url) + listing + POLICY, encoding="utf-8")
        self.log = self.directory / "log.txt"
        self.forking = Forking(self.archive, self.log)

    @property
    def database(self) -> Path:
        return self.archive / "archive.db"

    # What happens in the newsrooms before each command

    def prepare(self, kind: str) -> tuple[str | Path, ...]:
        """Give a command something to do; its arguments."""
        self.steps += 1
        preparing: dict[str, Callable[[], tuple[str | Path, ...]]] = {
            "import": self.theirs,
            "crawl": self.published,
            "recheck": self.changed,
            "reclean": self.spoiled,
            "compact": lambda: ("compact",),
        }
        return preparing[kind]()

    def published(self, count: int = 12) -> tuple[str | Path, ...]:
        """New releases."""
        for _ in range(count):
            number = len(self.site.releases) + 1
            release = self.site.release(f"pier-{number}", f"Pier {number} opens", "2026-03-04", *self.words(3))
            self.told[self.site.at(release.path)] = Told(release.paragraphs)
        return ("crawl",)

    def changed(self) -> tuple[str | Path, ...]:
        """A few new releases, some edited ones, some taken down."""
        self.published(3)
        there = [place for place, one in enumerate(self.site.releases[:-3]) if not self.told_of(one).gone]
        edited = self.chance.sample(there[-30:], min(4, len(there)))
        gone = [place for place in there[:-20] if place not in edited]
        for place in edited:
            old = self.site.releases[place]
            new = replace(old, paragraphs=(*old.paragraphs[:2], *self.words(1)))
            self.site.releases[place] = new
            told = self.told_of(new)
            told.paragraphs, told.edits = new.paragraphs, told.edits + 1
        for place in sorted(self.chance.sample(gone, min(2, len(gone))), reverse=True):
            release = self.site.releases[place]
            self.site.pages[release.path] = GONE
            self.told_of(release).gone = True
        time.sleep(max(0.0, self.crawled + 1.2 - time.monotonic()))  # every release is due again after a second
        return ("crawl",)

    def told_of(self, release: Release) -> Told:
        return self.told[self.site.at(release.path)]

    def theirs(self) -> tuple[str | Path, ...]:
        """A WARC file of another archive with a month's pages, one of them edited; or a folder of saved pages."""
        made = self.directory / f"theirs-{self.steps}"
        first = datetime(2015, 1, 1, tzinfo=UTC) + timedelta(days=31 * self.chance.randrange(30))
        releases = [Release(f"{self.steps}-{n}", f"Berth {self.steps}-{n} opens", "2026-03-04", self.words(3))
                    for n in range(10)]  # fmt: skip
        if self.steps % 2:
            made.mkdir()
            for place, release in enumerate(releases):
                self.saved(made / f"{release.slug}.html", release, first + timedelta(hours=place))
            return "import", made
        room = Newsroom(made, "theirs")
        for place, release in enumerate(releases):
            self.answered(room, release, first + timedelta(hours=place))
        edited = replace(releases[0], paragraphs=(*releases[0].paragraphs[:2], *self.words(1)))
        for day in (2, 4):
            self.answered(room, edited, first + timedelta(days=day), edits=1)
        return "import", made

    def answered(self, room: Newsroom, release: Release, at: datetime, edits: int = 0) -> None:
        url = f"{THEIRS}{release.path}"
        room.answer(url, self.site.article(release), at=at)
        self.told[url] = Told(release.paragraphs, edits)
        self.pages += 1

    def saved(self, file: Path, release: Release, at: datetime) -> None:
        url = f"{THEIRS}{release.path}"
        page = self.site.article(release).replace("</head>", f'<link rel="canonical" href="{url}"></head>')
        file.write_text(page, encoding="utf-8")
        os.utime(file, (at.timestamp(), at.timestamp()))
        self.told[url] = Told(release.paragraphs)
        self.pages += 1

    def spoiled(self) -> tuple[str | Path, ...]:
        """Articles as if an earlier extractor had made them."""
        assert spoil(self.database, 15, self.chance)
        return "reclean", "--apply"

    def words(self, paragraphs: int) -> tuple[str, ...]:
        vocabulary = WORDS.split()
        return tuple(f"{' '.join(self.chance.choices(vocabulary, k=25)).capitalize()}." for _ in range(paragraphs))

    # The command, killed and run again

    def undisturbed(self, kind: str) -> None:
        """Run a command to its end, and remember how long it worked."""
        command = self.forking.start(*self.prepare(kind))
        began = self.at_work(command)
        assert command.wait(PATIENCE) == 0, self.log.read_text()[-3000:]
        self.usual[kind] = time.monotonic() - began
        self.crawled = time.monotonic()

    def at_work(self, command: Command) -> float:
        """When the command held the archive's lock, from which on it writes."""
        until = time.monotonic() + PATIENCE
        lock = self.archive / ".lock"
        while command.poll() is None and time.monotonic() < until:
            try:
                if json.loads(lock.read_text())["pid"] == command.pid:
                    break
            except (OSError, ValueError):
                pass
            time.sleep(0.002)
        return time.monotonic()

    def kill(self, kind: str) -> None:
        """Kill a command, or a process that it started; see that the next one mends everything."""
        arguments = self.prepare(kind)
        command = self.forking.start(*arguments)
        began = self.at_work(command)
        usual = self.usual[kind]
        moment = self.chance.uniform(0, usual * 1.05)
        time.sleep(max(0.0, began + moment - time.monotonic()))
        whom = self.victim(command) if command.poll() is None else 0
        code = command.wait(PATIENCE)
        if code == -signal.SIGKILL or whom not in (0, command.pid):
            assert code in (-signal.SIGKILL, 0, 3), self.log.read_text()[-3000:]
            self.kills.append(Kill(kind, "main" if whom == command.pid else "child", moment, usual, code))
            self.usual[kind] = usual * 1.1 if moment > 0.9 * usual else usual
        else:  # it had ended before
            self.unhurt += 1
            self.usual[kind] = time.monotonic() - began
        there = self.on_disk()
        again = self.forking.start(*arguments)
        code = again.wait(PATIENCE)
        assert code == 0, f"{arguments} after a kill: exit code {code}\n{self.log.read_text()[-3000:]}"
        self.crawled = time.monotonic()
        self.check(there)

    def victim(self, command: Command) -> int:
        """Kill the command's process, or by chance one of those that it started; which."""
        children = sorted(descendants(command.pid)) if self.chance.random() < 0.4 else []
        for pid in (self.chance.choice(children) if children else command.pid, command.pid):
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                continue
            return pid
        return command.pid

    def on_disk(self) -> set[tuple[str, int, str]]:
        """Every capture that stands whole in a WARC file: all that can have been announced as archived, and more."""
        return {
            (one.warc_file, one.warc_offset, one.digest)
            for name in warc.files(self.archive)
            for one in warc.scan(self.archive, name)
        }

    # What must hold

    def check(self, there: set[tuple[str, int, str]]) -> None:
        """Nothing lost, nothing twice, and of each release what its newsroom told of it."""
        with closing(sqlite3.connect(self.database)) as db:
            captures = db.execute(
                "select warc_file, warc_offset, digest, source, final_url, fetched_at, kind, status, revisit"
                " from captures"
            ).fetchall()
            articles = db.execute("select url, text, status, revisions from articles").fetchall()
            events = Counter(
                db.execute("select a.url, e.kind from events e join articles a on a.id = e.article_id").fetchall()
            )
            revisions = Counter(
                row[0] for row in db.execute("select a.url from revisions r join articles a on a.id = r.article_id")
            )
            found = db.execute("select count(*) from articles_fts where articles_fts match 'opens'").fetchone()[0]
            assert db.execute("select count(*) from reextract_queue").fetchone()[0] == 0
        assert there <= {capture[:3] for capture in captures}, "lost"
        places = Counter((source, url, at) for _, _, _, source, url, at, *_ in captures)
        assert [each for each, count in places.items() if count > 1] == [], "twice"
        full = Counter((c[4], c[2]) for c in captures if c[3] == "quill" and c[6:] == ("page", 200, 0))
        assert [each for each, count in full.items() if count > 1] == [], "archived twice"
        assert sum(1 for c in captures if c[4].startswith(THEIRS)) == self.pages
        assert len(articles) == len({row[0] for row in articles}) == len(self.told) == found
        happened: dict[str, dict[str, int]] = {url: {} for url in self.told}
        for (url, kind), count in events.items():
            if kind != "missing":
                happened[url][kind] = count
        for url, text, status, count in articles:
            told = self.told[url]
            assert (url, text.removeprefix("2026-03-04\n\n")) == (url, "\n\n".join(told.paragraphs))
            assert (url, status) == (url, "gone" if told.gone else "live")
            assert (url, count, revisions[url]) == (url, told.edits + 1, told.edits + 1)
            assert (url, happened[url]) == (url, told.events)

    def check_all(self) -> None:
        """Everything: verify, the database's integrity, warcio check, and that a rebuild gives the same tables."""
        told = dateline("verify", archive=self.archive)
        assert told.exit_code == 0, told.output
        with closing(sqlite3.connect(self.database)) as db:
            assert db.execute("pragma integrity_check").fetchall() == [("ok",)]
            assert db.execute("pragma foreign_key_check").fetchall() == []
            db.execute("insert into articles_fts (articles_fts) values ('integrity-check')")
        assert damage(self.archive) == []
        second = self.directory / "second"
        shutil.copytree(self.archive / "warc", second / "warc", copy_function=os.link)
        policies = settings_of(self.archive).policies
        rebuild(second, AtOnce(), policies)
        ours, theirs = record(self.database), record(second / "archive.db")
        for name in RECORD:
            assert ours[name] == theirs[name], name
        shutil.rmtree(second)

    def report(self) -> str:
        """The kills in figures."""
        lines = [f"{len(self.kills)} kills, {self.unhurt} commands ended before theirs"]
        for kind in KINDS:
            mine = [kill for kill in self.kills if kill.kind == kind]
            whom = Counter(kill.whom for kill in mine)
            fifths = Counter(min(int(5 * kill.moment / kill.usual), 4) for kill in mine)
            codes = Counter(kill.code for kill in mine)
            lines.append(f"{kind}: {len(mine)}, {dict(whom)}, by fifth of the usual time"
                         f" {[fifths[n] for n in range(5)]}, exit codes {dict(codes)}")  # fmt: skip
        return "\n".join(lines)


def record(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """The tables of the record, but for what was told of torn files, which no WARC file says."""
    found = tables(path, (name for name in RECORD if name != "events"))
    with closing(sqlite3.connect(path)) as db:
        found["events"] = sorted(db.execute("select * from events where kind <> 'recovered'").fetchall(), key=repr)
    return found


@pytest.fixture
def attempt(tmp_path: Path) -> Iterator[Attempt]:
    with Site() as site:
        begun = Attempt(tmp_path, site, seed=8)
        begun.published(20)
        try:
            for kind in ("crawl", "import"):
                begun.undisturbed(kind)
            begun.check(begun.on_disk())
            yield begun
        finally:
            begun.forking.close()


def test_commands_killed_at_random_moments(attempt: Attempt) -> None:
    attempt.usual |= {"recheck": attempt.usual["crawl"], "reclean": attempt.usual["import"], "compact": 0.1}
    for kind in KINDS[:-1]:  # a crawl is killed in `tests.end_to_end.test_kill` as well
        attempt.kill(kind)
    attempt.check_all()


@pytest.mark.soak
def test_commands_killed_at_many_random_moments(attempt: Attempt) -> None:
    """A hundred times; the figures are printed (`pytest -s`)."""
    for kind in KINDS:
        attempt.undisturbed(kind)
    while (done := len(attempt.kills)) < 100:
        attempt.kill(KINDS[attempt.steps % (5 if done < 50 else 4)])
        if len(attempt.kills) > done and len(attempt.kills) % 20 == 0:
            attempt.check_all()
            print(attempt.report(), flush=True)
    attempt.check_all()
    assert {kill.kind for kill in attempt.kills} == set(KINDS)
    print(attempt.report())
