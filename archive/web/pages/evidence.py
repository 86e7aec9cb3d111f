"""The evidence for a release as one file to take away."""

from __future__ import annotations

import tempfile
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from datasette.utils.asgi import Request, Response

from archive.core.errors import ArchiveError, DatelineError
from archive.core.software import software
from archive.export.evidence import write_evidence
from archive.web.access import DATABASE
from archive.web.pages.render import directory, missing, number, reader, trouble
from archive.web.queries import releases
from archive.web.readonly import open_readonly
from archive.web.workers import Overrun, lanes

if TYPE_CHECKING:
    from datasette.app import Datasette  # at run time Datasette imports us first

EVIDENCE = ("articles", "captures", "events", "revisions")
"""The tables whose rows are in a pack."""

_PACKING = 20.0
"""Seconds of processor time for one pack."""

_MOST = 128 * 1024**2
"""Bytes of a pack that the site hands out."""


async def evidence_pack(datasette: Datasette, request: Request) -> Response:
    """The pack of `dateline evidence --zip`."""
    article = number(request)
    if await releases.article(reader(datasette), article) is None:
        return await missing(datasette, request, "There is no release with this number in the archive.")
    database = datasette.databases[DATABASE]
    command = f"On the machine of the archive: dateline evidence {article} --zip"
    try:
        packed = await lanes().pages.run(
            _PACKING, pack, directory(datasette), Path(database.path), database.is_mutable, article, datetime.now(UTC)
        )
    except Overrun:
        return await trouble(
            datasette, request, 503, "Too large", f"This pack takes longer than a page may take here. {command}"
        )
    except DatelineError as error:
        return await trouble(datasette, request, 503, "No evidence pack", f"{error} {command}")
    headers = {"Content-Disposition": f'attachment; filename="evidence-{article}.zip"'}
    return Response(packed, headers=headers, content_type="application/zip")


def pack(archive: Path, database: Path, is_mutable: bool, article: int, now: datetime) -> bytes:
    """The zip file of a release's evidence. To be run in a worker process.

    Raises ArchiveError if it cannot be written or is too large, WarcError if a record cannot be read.
    """
    with tempfile.TemporaryDirectory(prefix="dateline-evidence-") as room:
        target = Path(room) / f"evidence-{article}.zip"
        with closing(open_readonly(database, is_mutable)) as connection:
            write_evidence(archive, connection, article, target, now, software())
        if target.stat().st_size > _MOST:
            raise ArchiveError(f"The pack is larger than {_MOST // 1024**2} MB.")
        return target.read_bytes()
