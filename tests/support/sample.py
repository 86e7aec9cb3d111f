"""A small archive of fictional institutions: releases, an edit, a removal, a hostile page, and their WARC files."""

from __future__ import annotations

import hashlib
import json
import shutil
import sqlite3
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlite_utils import Database

from archive.core.ids import capture_number
from archive.core.model import Capture, Exchange
from archive.core.urls import key
from archive.store.schema import migrate
from archive.store.search_index import index
from archive.text.fulltext import index_text
from archive.warc import WarcWriter

START = datetime(2026, 3, 9, 6, 0, tzinfo=UTC)
SCRIPT = "<script>window.stolen = 1</script>"
HOSTILE = f'{SCRIPT}<img src="http://192.0.2.1/x" onerror="window.stolen = 1">'
PAGE = """<!doctype html><html><head><meta charset="utf-8"><title>{title}</title>
<link rel="stylesheet" href="/theme.css"><style>h1 {{ color: rgb(0, 90, 120) }} body {{ font: 16px sans-serif }}</style>
<script>document.documentElement.dataset.ran = "yes"</script></head>
<body><nav>Home | News | Contact</nav><h1>{title}</h1>{paragraphs}
<p class="sub">Sign up to our newsletter for the latest stories!</p></body></html>"""


@dataclass(frozen=True)
class Version:
    """What a release said at one time; `severity` says how it differs from the version before."""

    title: str
    text: str
    severity: str = "first"
    silent: bool = False
    summary: str = ""
    days_later: int = 0


@dataclass(frozen=True)
class Written:
    """A fictional release: its versions in time, its metadata as columns of `articles`, and what was left out."""

    slug: str
    source: str
    day: int
    versions: tuple[Version, ...]
    fields: dict[str, Any] = field(default_factory=dict)
    removed: tuple[tuple[str, str], ...] = ()
    gone_after: int = 0


SOURCES = {
    "valdora-council": ("Council of Valdora", "https://council.valdora.example/"),
    "port-of-ister": ("Port of Ister", "https://port.ister.example/news/"),
    "noor-institute": ("معهد نور للأبحاث", "https://noor.example/"),
    "hoshino-lab": ("星野研究所", "https://hoshino.example/"),
}

_BUDGET = """VALDORA CITY—The Council of Valdora adopted a budget of {sum} million crowns for the coming year \
on Tuesday, the largest in its history, after eleven hours of debate.

“We promised that no school would close, and none will,” said Council President Mirela Okafor. “Every crown in this \
budget has a street address.”

What the money is for

The budget sets aside {roads} million crowns for roads and bridges, 96 million for schools, and 41 million for the \
new clinic in the harbour district. A reserve of 20 million crowns covers floods and storms.

Work on the Linden Bridge begins in May and is expected to last until the autumn of next year. Two lanes stay open.

The budget takes effect on April 1. The opposition voted against it, calling the reserve too small."""

RELEASES = (
    Written(
        "budget",
        "valdora-council",
        1,
        (
            Version("Council adopts record budget for schools and roads", _BUDGET.format(sum=412, roads=128)),
            Version(
                "Council adopts record budget for schools and roads",
                _BUDGET.format(sum=412, roads=118),
                "minor",
                True,
                "One figure changed: 128 million became 118 million",
                1,
            ),
            Version(
                "Council adopts budget for schools and roads",
                _BUDGET.format(sum=402, roads=118).replace(", the largest in its history,", ""),
                "headline",
                True,
                "The headline and the sum changed",
                2,
            ),
        ),
        {
            "subtitle": "No school closes; work on the Linden Bridge begins in May",
            "published_at": "2026-03-10T14:30:00+02:00",
            "authors": json.dumps(["Tomas Reuel"]),
            "dateline": "VALDORA CITY",
            "issuer": "Council of Valdora",
            "language": "en",
            "section": "Finance",
            "tags": json.dumps(["budget", "schools"]),
            "reference": "CV/2026/114",
            "contacts": json.dumps(
                [
                    {
                        "name": "Ana Brandt",
                        "role": "Press office",
                        "phone": "+999 555 0142",
                        "email": "press@council.valdora.example",
                    }
                ]
            ),
            "photo_credits": json.dumps(["Photo: Council of Valdora / I. Marsh"]),
            "about": json.dumps(
                ["The Council of Valdora is the elected assembly of the city and its eleven districts."]
            ),
            "links": json.dumps(["Tables: the budget by district | https://council.valdora.example/f/budget.xlsx"]),
            "origins": json.dumps({"published_at": "json-ld", "title": "meta"}),
        },
        (
            ("Photo: Council of Valdora / I. Marsh", "credit"),
            ("Sign up to our newsletter for the latest stories!", "cue"),
            ("Share this page with your neighbours", "repeated"),
        ),
    ),
    Written(
        "ferry",
        "port-of-ister",
        2,
        (
            Version(
                "Night ferry to Korrin suspended after engine fire",
                "The night ferry between Ister and Korrin will not sail until further notice, the Port of Ister said "
                "on Wednesday. Nobody was hurt when a fire broke out in the engine room of the Marigold.\n\n"
                "Passengers with tickets can change to the morning boat at no cost or ask for their money back.\n\n"
                "An inquiry by the harbour master is under way.",
            ),
        ),
        {"published_at": "2026-03-11", "language": "en", "dateline": "ISTER, March 11"},
        gone_after=2,
    ),
    Written(
        "cranes",
        "port-of-ister",
        3,
        (
            Version(
                "Three electric cranes arrive at the east quay",
                "Three electric cranes were unloaded at the east quay on Thursday morning. They lift forty tonnes each "
                "and replace machines from 1987.\n\nThe port expects to handle a fifth more containers with them.",
            ),
            Version(
                "Three electric cranes arrive at the east quay",
                "Three electric cranes were unloaded at the east quay on Thursday morning. They lift forty tons each "
                "and replace machines from 1987.\n\nThe port expects to handle a fifth more containers with them.",
                "cosmetic",
                False,
                "Spelling",
                1,
            ),
        ),
        {"published_at": "2026-03-12T08:05:00+02:00", "language": "en"},
    ),
    Written(
        "water",
        "noor-institute",
        2,
        (
            Version(
                "معهد نور يعلن نتائج دراسة عن مياه الشرب في المدن الساحلية",
                "أعلن معهد نور للأبحاث يوم الأربعاء نتائج دراسة استمرت ثلاث سنوات "
                "عن جودة مياه الشرب في خمس مدن ساحلية.\n\n"
                "وقالت مديرة المعهد ليلى حداد إن النتائج تظهر تحسنا واضحا منذ تجديد الشبكات.",
            ),
        ),
        {"published_at": "2026-03-11T10:00:00+03:00", "language": "ar"},
    ),
    Written(
        "battery",
        "hoshino-lab",
        3,
        (
            Version(
                "星野研究所、海水から作る電池の試作品を公開",
                "星野研究所は12日、海水を電解液に使う電池の試作品を公開した。従来品に比べて費用は三分の一になるという。\n\n"
                "研究を率いた森下博士は「来年の春には船で試験を始めたい」と話している。",
            ),
        ),
        {"published_at": "2026-03-12T11:00:00+09:00", "language": "ja"},
    ),
    Written(
        "hostile",
        "valdora-council",
        0,
        (
            Version(
                f"Library {SCRIPT} hours",
                f"The library {HOSTILE} opens at nine.\n\nClosed <svg onload=go></svg> on Sundays."
                f"\n\nA second {SCRIPT} paragraph.",
            ),
            Version(
                f"Library {SCRIPT} opening hours",
                f"The library {HOSTILE} opens at nine <iframe onload=go></iframe> sharp."
                f"\n\nA second {SCRIPT} paragraph.",
                "major",
                False,
                HOSTILE,
                1,
            ),
        ),
        {
            "published_at": HOSTILE,
            "authors": json.dumps([HOSTILE]),
            "contacts": json.dumps([{"name": HOSTILE, "email": "x@y.example?bcc=" + HOSTILE, "role": "", "phone": ""}]),
            "subtitle": HOSTILE,
            "dateline": HOSTILE,
            "language": '" onmouseover="window.stolen = 1',
            "url": "javascript:window.stolen=1",
            "status": "live",
        },
        ((HOSTILE, "cue"),),
    ),
)
_STREETS = ("Almond", "Birch", "Cedar", "Dogwood", "Elm", "Fig", "Gorse", "Hazel", "Ivy", "Juniper", "Larch", "Maple")
PLAIN = tuple(
    Written(
        f"street-{place}",
        ("valdora-council", "port-of-ister")[place % 2],
        place % 4,
        (
            Version(
                f"{street} Street closes for repairs to the water main",
                f"{street} Street will be closed to traffic from Monday while the water main is repaired. Buses stop "
                f"at the corner of {street} Street and Quay Road instead.\n\nThe work takes about {place + 2} days.",
            ),
        ),
        {"language": "en"},
    )
    for place, street in enumerate(_STREETS)
)


def number(text: str) -> int:
    """A stable number of 52 bits for a name."""
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big") >> 12


def article_id(slug: str) -> int:
    """The number of the sample's release of that slug."""
    return number(f"article {slug}")


def build_sample(directory: Path) -> Path:
    """Put an archive of all the sample's releases into a new directory, and return it: a copy of one made once."""
    shutil.copytree(_made().name, directory, dirs_exist_ok=True)
    return directory


@cache
def _made() -> TemporaryDirectory[str]:
    made = TemporaryDirectory(prefix="sample-")
    directory = Path(made.name)
    db = Database(directory / "archive.db")
    db.enable_wal()
    migrate(db)
    with db.conn:
        for name, (title, url) in SOURCES.items():
            _add_source(db, name, title, url)
        for written in (*RELEASES, *PLAIN):
            add_release(db, directory, written)
    db.close()
    return made


def publish(directory: Path, slug: str, title: str, text: str = "It begins at eight.") -> int:
    """Add one more release of the Council to a finished archive, as another process would; its number."""
    db = Database(directory / "archive.db")
    with db.conn:
        add_release(db, directory, Written(slug, "valdora-council", 1, (Version(title, text),)))
    db.close()
    return article_id(slug)


def _add_source(db: Database, name: str, title: str, url: str) -> None:
    failing = name == "noor-institute"
    at = (START + timedelta(days=4)).isoformat()
    error = "noor.example did not answer within 30 s" if failing else None
    columns = {"name": name, "title": title, "url": url, "last_crawl": at, "last_ok": at}
    db.table("sources").insert({**columns, "failures": 3 if failing else 0, "last_error": error})
    run = {"source": name, "started_at": at, "finished_at": at, "outcome": "failed" if failing else "finished"}
    db.table("runs").insert({**run, "requests": 12, "captures": 9, "articles": 6, "message": error or ""})


def add_release(db: Database, directory: Path, written: Written) -> None:
    """Add one release with its captures, revisions and events, as ingest would."""
    first, last = written.versions[0], written.versions[-1]
    published = START + timedelta(days=written.day)
    captures = [
        _captured(directory, written, version, published + timedelta(days=version.days_later))
        for version in written.versions
    ]
    of_article = article_id(written.slug)
    seen = captures[-1].fetched_at + timedelta(days=1)
    article = {
        "id": of_article,
        "source": written.source,
        "url": captures[0].url,
        "title": last.title,
        "text": last.text,
        "published_at": published.date().isoformat(),
        "published_day": published.date().isoformat(),
        "word_count": len(last.text.split()),
        "first_seen": captures[0].fetched_at.isoformat(),
        "last_seen": seen.isoformat(),
        "last_checked": seen.isoformat(),
        "changed_at": captures[-1].fetched_at.isoformat(),
        "status": "gone" if written.gone_after else "live",
        "revisions": len(written.versions),
        "capture_id": capture_number(captures[-1]),
        **written.fields,
    }
    db.table("articles").insert(article)
    db.execute(
        "insert into articles_fts (rowid, title, text) values (?, ?, ?)",
        [of_article, index_text(last.title), index_text(last.text)],
    )
    for capture in captures:
        _add_capture(db, of_article, capture)
    for n, (version, capture) in enumerate(zip(written.versions, captures, strict=True), 1):
        _add_revision(db, of_article, n, version, capture)
    index.update(db.conn, None, index.read(db.conn, of_article))
    index.add_earlier(db.conn, of_article)
    for position, (text, why) in enumerate(written.removed):
        db.table("removed").insert({"article_id": of_article, "position": position, "text": text, "why": why})
    _add_event(db, of_article, captures[0], "new", first.title)
    if written.gone_after:
        gone = _captured(directory, written, None, published + timedelta(days=written.gone_after))
        _add_capture(db, of_article, gone)
        _add_event(db, of_article, gone, "gone", "404 Not Found")


def _captured(directory: Path, written: Written, version: Version | None, at: datetime) -> Capture:
    title = version.title if version else "Not found"
    paragraphs = "".join(f"<p>{line}</p>" for line in (version.text if version else "").split("\n") if line)
    writer = WarcWriter(directory, "Dateline sample")
    writer.write(
        Exchange(
            source=written.source,
            url=f"{SOURCES[written.source][1]}{written.slug}",
            kind="page",
            fetched_at=at,
            status=200 if version else 404,
            reason="OK" if version else "Not Found",
            request_headers=(("User-Agent", "Dateline sample"),),
            response_headers=(("Content-Type", "text/html; charset=utf-8"), ("Server", SCRIPT)),
            body=PAGE.format(title=title, paragraphs=paragraphs).encode(),
        )
    )
    (capture,) = writer.sync()
    writer.close()
    return capture


def publish_on(connection: sqlite3.Connection, article: int, day: str) -> None:
    """Give an article another day of publication, in the index of searches too."""
    _change(connection, article, "published_day", day)


def move_to(connection: sqlite3.Connection, article: int, source: str) -> None:
    """Give an article another source, in the index of searches too."""
    _change(connection, article, "source", source)


def _change(connection: sqlite3.Connection, article: int, column: str, value: str) -> None:
    before = index.read(connection, article)
    connection.execute(f"update articles set {column} = ? where id = ?", [value, article])
    index.update(connection, before, index.read(connection, article))


def _add_capture(db: Database, of_article: int, capture: Capture) -> None:
    db.table("captures").insert(
        {
            "id": capture_number(capture),
            "article_id": of_article,
            "source": capture.source,
            "url": capture.asked or capture.url,
            "final_url": capture.url,
            "key": key(capture.url),
            "kind": capture.kind,
            "fetched_at": capture.fetched_at.isoformat(),
            "status": capture.status,
            "digest": capture.digest,
            "revisit": int(capture.revisit),
            "warc_file": capture.warc_file,
            "warc_offset": capture.warc_offset,
            "warc_length": capture.warc_length,
        }
    )


def _add_revision(db: Database, of_article: int, n: int, version: Version, capture: Capture) -> None:
    db.table("revisions").insert(
        {
            "article_id": of_article,
            "n": n,
            "fetched_at": capture.fetched_at.isoformat(),
            "capture_id": capture_number(capture),
            "title": version.title,
            "text": version.text,
            "severity": version.severity,
            "silent": int(version.silent),
            "summary": version.summary,
        }
    )
    if version.severity not in ("first", "cosmetic"):
        _add_event(db, of_article, capture, "edited", version.summary)


def _add_event(db: Database, of_article: int, capture: Capture, kind: str, detail: str) -> None:
    at = capture.fetched_at.isoformat()
    event = {"at": at, "source": capture.source, "article_id": of_article, "url": capture.url, "kind": kind}
    db.table("events").insert({**event, "detail": detail, "capture_id": capture_number(capture)})
