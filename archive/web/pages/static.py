"""Style sheets, scripts and pictures of the site."""

from __future__ import annotations

import hashlib
from pathlib import Path

from datasette.utils.asgi import Request, Response

_STATIC = Path(__file__).parent.parent / "static"
_TYPES = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml"}
_FILES = {path.name: path.read_bytes() for path in sorted(_STATIC.iterdir()) if path.suffix in _TYPES}
VERSION = hashlib.sha256(b"".join(_FILES.values())).hexdigest()[:12]
"""Changes when a static file does, so that browsers may keep them for a year."""


def static_file(request: Request) -> Response:
    """A style sheet, script or picture of the site."""
    name = request.url_vars["name"]
    if name not in _FILES:
        return Response.text("Not found", status=404)
    kept = "public, max-age=31536000, immutable" if request.args.get("v") == VERSION else "no-cache"
    return Response(_FILES[name], content_type=_TYPES[Path(name).suffix], headers={"Cache-Control": kept})
