"""How a release is cited: plainly, and for BibTeX, RIS and CSL-JSON. Pure.

A citation names what was said, by whom and when, and the evidence: the capture that the text was read from, when it was
fetched, the digest of its payload (RFC 3548 base32 of SHA-1, as WARC files have it), and its address in this archive.
"""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import dataclass
from typing import Any

from archive.text.wording import day, moment, readable

FORMATS = {
    "txt": "text/plain; charset=utf-8",
    "bib": "application/x-bibtex; charset=utf-8",
    "ris": "application/x-research-info-systems; charset=utf-8",
    "json": "application/vnd.citationstyles.csl+json; charset=utf-8",
}
"""The formats by the ending of their address, with their media types."""

_TEX = {character: f"\\{character}" for character in "&%$#_{}"} | {
    "\\": "\\textbackslash{}",
    "~": "\\textasciitilde{}",
    "^": "\\textasciicircum{}",
}


@dataclass(frozen=True)
class Cited:
    """What a citation is made of. Moments are ISO 8601; `published` may be a bare day, or empty."""

    number: int
    revision: int
    title: str
    issuer: str
    authors: tuple[str, ...]
    published: str
    url: str
    address: str
    fetched_at: str
    digest: str
    archive: str = "Dateline"

    @property
    def evidence(self) -> str:
        """The capture in words."""
        return f"captured {moment(self.fetched_at)}, payload {self.digest}"


def citation(cited: Cited, form: str) -> str:
    """The citation in a format of FORMATS."""
    return {"txt": _plain, "bib": _bibtex, "ris": _ris, "json": _csl}[form](cited)


def _plain(cited: Cited) -> str:
    who = ", ".join(cited.authors)
    by = f"{who}, {cited.issuer}" if who else cited.issuer
    dated = day(cited.published) or "no date"
    version = f" Revision {cited.revision}." if cited.revision > 1 else ""
    return _line(f"{by} ({dated}). {cited.title}.{version} {cited.url} [{cited.evidence}; {cited.address}]") + "\n"


def _bibtex(cited: Cited) -> str:
    fields = {
        "author": " and ".join(f"{{{_tex(name)}}}" for name in cited.authors or (cited.issuer,)),
        "title": f"{{{_tex(cited.title)}}}",
        "organization": _tex(cited.issuer),
        "year": cited.published[:4],
        "date": cited.published[:10],
        "url": _line(cited.url),
        "urldate": cited.fetched_at[:10],
        "note": _tex(f"Revision {cited.revision}; {cited.evidence}; archived at {cited.address}"),
    }
    key = f"{_key(cited.issuer)}{cited.published[:4]}-{cited.number}"
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@online{{{key},", *lines, "}"]) + "\n"


def _ris(cited: Cited) -> str:
    rows = [("TY", "PRESS"), ("TI", cited.title)]
    rows += [("AU", name) for name in cited.authors]
    rows += [
        ("PB", cited.issuer),
        ("PY", cited.published[:4]),
        ("DA", cited.published[:10].replace("-", "/")),
        ("UR", cited.url),
        ("L2", cited.address),
        ("Y2", cited.fetched_at[:10].replace("-", "/")),
        ("N1", f"Revision {cited.revision}; {cited.evidence}"),
    ]
    return "".join(f"{tag}  - {_line(value)}\r\n" for tag, value in rows if value) + "ER  - \r\n"


def _csl(cited: Cited) -> str:
    item: dict[str, Any] = {
        "id": f"dateline-{cited.number}-{cited.revision}",
        "type": "webpage",
        "title": readable(cited.title),
        "publisher": readable(cited.issuer),
        "URL": readable(cited.url),
        "archive": readable(cited.archive),
        "archive_location": cited.address,
        "accessed": {"date-parts": [_parts(cited.fetched_at)]},
        "note": f"Revision {cited.revision}; {cited.evidence}",
    }
    if cited.authors:
        item["author"] = [{"literal": readable(name)} for name in cited.authors]
    if _parts(cited.published):
        item["issued"] = {"date-parts": [_parts(cited.published)]}
    return json.dumps([item], ensure_ascii=False, indent=2) + "\n"


def _parts(value: str) -> list[int]:
    found = re.match(r"(\d{4})-(\d\d)-(\d\d)", value)
    return [int(part) for part in found.groups()] if found else []


def _line(text: str) -> str:
    return " ".join(readable(text).split())


def _tex(text: str) -> str:
    return "".join(_TEX.get(character, character) for character in _line(text))


def _key(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "", plain.lower())[:20] or "release"
