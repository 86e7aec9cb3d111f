"""The page of an evidence pack that people read: one HTML file that asks for nothing, from anywhere. Pure.

Everything archived is hostile: text goes in escaped (`Markup.format`), addresses become links only when they are
http(s), and the page's own policy forbids scripts and requests.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from archive.store.rows import Row
from archive.text.diff import Fold, Paragraph, Run, compare, compare_line, folded
from archive.text.wording import CHANGE, STATUS, count, moment, paragraphs, readable, weblink


@dataclass(frozen=True)
class Case:
    """All that is told of an article: rows of its tables, oldest first, and the records that prove them.

    `proofs` are the pack's records by the id of the capture they hold.
    """

    article: Row
    source_title: str
    revisions: Sequence[Row]
    events: Sequence[Row]
    captures: Sequence[Row]
    proofs: Mapping[int, Proof]


@dataclass(frozen=True)
class Proof:
    """Where a record lies in the pack's WARC file, and its fingerprints.

    `sha256` is that of the whole uncompressed record, `payload_digest` the one that the record states of the body.
    """

    record_id: str
    type: str
    url: str
    date: str
    offset: int
    length: int
    sha256: str
    payload_digest: str
    block_digest: str


SEVERITY = {
    "first": "First version",
    "cosmetic": "Cosmetic",
    "minor": "Minor edit",
    "major": "Major edit",
    "headline": "Headline changed",
    "date": "Date changed",
}

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
_STYLE = """
:root { color-scheme: light dark; --ink: #1e1d1a; --soft: #5d5a53; --line: #d9d4c9; --paper: #fbfaf7; --raised: #fff;
  --added: #d8f0dc; --added-ink: #0d4620; --removed: #fbdedb; --removed-ink: #7c1b14; --accent: #0b5c62; }
@media (prefers-color-scheme: dark) { :root { --ink: #e7e4de; --soft: #a8a49c; --line: #3a3f46; --paper: #16181b;
  --raised: #1e2125; --added: #163d24; --added-ink: #b9edc7; --removed: #4b1d1a; --removed-ink: #ffc9c2;
  --accent: #7fcbd2; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 1rem/1.55 Charter, "Iowan Old Style",
  "Noto Serif", Georgia, serif; overflow-wrap: anywhere; }
main { max-width: 48rem; margin: 0 auto; padding: 2rem 1.25rem 4rem; }
.over, dt, th, .when, .fold, footer { font: .8rem/1.5 system-ui, "Noto Sans", Arial, sans-serif; color: var(--soft); }
h1 { font-size: 2rem; line-height: 1.15; margin: .25rem 0 1rem; text-wrap: balance; }
h2 { font-size: 1.3rem; margin: 2.5rem 0 .75rem; padding-top: .75rem; border-top: 1px solid var(--line); }
h3 { font-size: 1.05rem; margin: 1.5rem 0 .25rem; }
a { color: var(--accent); }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .2rem 1rem; margin: 0; }
dd { margin: 0; }
.badge { font: 600 .75rem/1.4 system-ui, "Noto Sans", Arial, sans-serif; border: 1px solid currentColor;
  border-radius: .3rem; padding: 0 .35rem; margin-inline-end: .35rem; white-space: nowrap; }
.silent, .gone { color: var(--removed-ink); }
ol.events { list-style: none; padding: 0; } ol.events li { padding: .3rem 0; }
ins { background: var(--added); color: var(--added-ink); text-decoration: underline; }
del { background: var(--removed); color: var(--removed-ink); text-decoration: line-through; }
.fold { text-align: center; margin: .5rem 0; }
.capture { background: var(--raised); border: 1px solid var(--line); border-radius: .4rem; padding: .6rem .9rem;
  margin: .6rem 0; }
code, pre { font: .8rem/1.5 ui-monospace, Menlo, Consolas, "Liberation Mono", monospace; }
pre { background: var(--raised); border: 1px solid var(--line); border-radius: .4rem; padding: .75rem 1rem;
  white-space: pre-wrap; font-size: .72rem; }
@media print { :root { --paper: #fff; --raised: #fff; --ink: #000; --soft: #333; --accent: #000; color-scheme: light; }
  body { font-size: 10.5pt; } main { max-width: none; padding: 0; } h2, h3 { break-after: avoid; }
  .capture, dl { break-inside: avoid; } }
"""
_PAGE = Markup("""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>Evidence: {title}</title>
<style>{style}</style>
</head>
<body>
<main>
<p class="over">Evidence pack · {source}</p>
<h1 dir="auto">{title}</h1>
{facts}
<h2>What happened</h2>
{events}
<h2>The release as last read</h2>
{text}
<h2>Revisions</h2>
{revisions}
<h2>Captures</h2>
<p>Each is a response as the server sent it, whole, in <code>captures.warc.gz</code> at the offset stated.</p>
{captures}
<h2>How to verify this yourself</h2>
<pre>{verifying}</pre>
<footer><p>Made {created} by {software}. Times are UTC unless an offset is stated.</p></footer>
</main>
</body>
</html>
""")


def page(case: Case, created: str, software: Mapping[str, str], verifying: str) -> str:
    """The whole page. `created` is an ISO 8601 moment, `verifying` the words on how to check the pack."""
    article = case.article
    return str(
        _PAGE.format(
            policy=_POLICY,
            style=Markup(_STYLE),
            title=_said(article["title"]) or "Untitled",
            source=_said(case.source_title),
            facts=_facts(article),
            events=_events(case.events),
            text=_prose(article["text"]),
            revisions=_revisions(case.revisions),
            captures=_joined(_capture(row, case.proofs.get(row["id"])) for row in reversed(case.captures)),
            verifying=verifying,
            created=moment(created),
            software=", ".join(f"{name} {version}" for name, version in software.items()),
        )
    )


def _facts(article: Row) -> Markup:
    stated = {
        "Address": _address(article["url"]),
        "Status": STATUS.get(article["status"], article["status"]),
        "Published": moment(article["published_at"]),
        "Modified, says the page": moment(article["modified_at"]),
        "First seen": moment(article["first_seen"]),
        "Last seen": moment(article["last_seen"]),
        "Last checked": moment(article["last_checked"]),
        "Revisions": str(article["revisions"]),
        "Dateline id": str(article["id"]),
    }
    return _list(stated)


def _events(events: Sequence[Row]) -> Markup:
    if not events:
        return Markup("<p>Nothing but its publication.</p>")
    item = Markup('<li><span class="badge {kind}">{name}</span> <span class="when">{at}</span> {detail}</li>\n')
    return Markup('<ol class="events">\n{}</ol>').format(
        _joined(
            item.format(
                kind=row["kind"], name=CHANGE.get(row["kind"], row["kind"]), at=moment(row["at"]),
                detail=_said(row["detail"]),
            )
            for row in events
        )
    )  # fmt: skip


def _revisions(revisions: Sequence[Row]) -> Markup:
    shown = []
    for before, row in zip((None, *revisions), revisions, strict=False):
        head = Markup('<h3>Revision {n} <span class="badge">{severity}</span>{silent}</h3>\n').format(
            n=row["n"],
            severity=SEVERITY.get(row["severity"], row["severity"]),
            silent=Markup('<span class="badge silent">Silent</span>') if row["silent"] else "",
        )
        seen = Markup('<p class="when">Seen {at}. {summary}</p>\n').format(
            at=moment(row["fetched_at"]), summary=_said(row["summary"])
        )
        shown.append(head + seen + (_change(before, row) if before else _whole(row)))
    return _joined(shown)


def _whole(row: Row) -> Markup:
    return Markup('<p dir="auto"><strong>{}</strong></p>\n').format(_said(row["title"])) + _prose(row["text"])


def _change(before: Row, after: Row) -> Markup:
    title = _runs(compare_line(_said(before["title"]), _said(after["title"])))
    parts = folded(compare(_said(before["text"]), _said(after["text"])))
    return Markup('<p dir="auto"><strong>{}</strong></p>\n').format(title) + _joined(map(_part, parts))


def _part(part: Paragraph | Fold) -> Markup:
    if isinstance(part, Fold):
        return Markup('<p class="fold">{}</p>\n').format(count(part.count, "unchanged paragraph"))
    return Markup('<p dir="auto">{}</p>\n').format(_runs(part.runs))


def _runs(runs: Iterable[Run]) -> Markup:
    marked = {"added": Markup("<ins>{}</ins>"), "removed": Markup("<del>{}</del>"), "same": Markup("{}")}
    return _joined(marked[run.mark].format(run.text) for run in runs)


def _capture(row: Row, proof: Proof | None) -> Markup:
    stated: dict[str, object] = {
        "Fetched": f"{row['fetched_at']} ({moment(row['fetched_at'])})",
        "Asked": _address(row["url"]),
        "Answered by": _address(row["final_url"]) if row["final_url"] != row["url"] else "",
        "HTTP status": f"{row['status']}{', unchanged: a revisit of an earlier capture' if row['revisit'] else ''}",
        "Payload digest": Markup("<code>{}</code>").format(row["digest"]) if row["digest"] else "",
        "Read as": _said(row["note"]) or row["page_kind"],
        "In the archive": Markup("<code>{}</code> at {}").format(row["warc_file"], row["warc_offset"]),
    }
    if proof:
        place = Markup("<code>captures.warc.gz</code> at {}, {} bytes")
        stated |= {
            "In this pack": place.format(proof.offset, proof.length),
            "Record": Markup("<code>{}</code>").format(proof.record_id),
            "SHA-256 of the record": Markup("<code>{}</code>").format(proof.sha256),
        }
    return Markup('<div class="capture">\n{}</div>\n').format(_list(stated))


def _list(stated: Mapping[str, object]) -> Markup:
    item = Markup("<dt>{}</dt><dd>{}</dd>\n")
    return Markup("<dl>\n{}</dl>\n").format(
        _joined(item.format(name, value) for name, value in stated.items() if value)
    )


def _prose(text: str) -> Markup:
    return _joined(Markup('<p dir="auto">{}</p>\n').format(line) for line in paragraphs(_said(text)))


def _address(url: str) -> Markup:
    if weblink(url):
        return Markup('<a rel="noreferrer nofollow" href="{0}">{0}</a>').format(weblink(url))
    return Markup("{}").format(_said(url))


def _said(text: str | None) -> str:
    return readable(text)


def _joined(parts: Iterable[Markup]) -> Markup:
    return Markup("").join(parts)
