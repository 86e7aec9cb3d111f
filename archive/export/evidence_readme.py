"""What an evidence pack says of itself: how anybody checks it, and what it can and cannot show. Pure."""

from __future__ import annotations

from archive.export.evidence_page import Proof


def verifying(example: Proof | None, records: str, collection: str) -> str:
    """How to verify a pack, in words and commands. `example` is a record to try the commands on."""
    offset, length = (example.offset, example.length) if example else (0, 0)
    result = example.sha256 if example else ""
    return f"""\
The files are complete and unchanged since the pack was made:
    sha256sum -c SHA256SUMS
SHA256SUMS covers every other file, so its own SHA-256 stands for the whole pack. Note it down,
publish it or have it time-stamped, and nobody, the pack's maker included, can change the pack
unnoticed.

The records are sound, and their bodies those that the stated digests belong to (warcio is a free
program):
    pip install warcio
    warcio check -v {records}

One record, byte for byte, by its offset and length in manifest.json or on the page:
    tail -c +{offset + 1} {records} | head -c {length} | gunzip
    tail -c +{offset + 1} {records} | head -c {length} | gunzip | sha256sum
    {result}
Its first lines say when it was fetched (WARC-Date, UTC) and from where (WARC-Target-URI,
WARC-IP-Address); then come the server's own headers and the page as it was sent. A record of the
type "revisit" says that the server sent the same bytes as before (WARC-Refers-To-Date), or that
nothing had changed (status 304).

The pages as they looked: open {collection} with ReplayWeb.page, in a browser or as a program on
your own machine. What pages load from elsewhere (pictures, style sheets) was not recorded.

The same records stand in the archive that this pack was made from; its keeper can check them:
    dateline verify

What this shows: that these bytes were recorded, with these times, by the archive that made the
pack. What it cannot show by itself is that the archive's keeper was honest and its clock right.
Compare it with other archives of the same page, and with the page's own copies elsewhere.
"""
