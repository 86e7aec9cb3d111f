"""What runs on a worker of a cluster: extracts captures whose records come with the task, by plain values alone.

A worker knows nothing of the archive. It keeps the templates that were sent to it, by digest, and asks for one that it
does not have. Every answer says whether the worker is of our version: then nothing else of it is used.
"""

from __future__ import annotations

import platform
from collections import OrderedDict
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from hashlib import blake2b
from importlib import metadata
from threading import Lock
from typing import Any

from archive.core.errors import ClusterError
from archive.core.model import Capture, Unread
from archive.core.software import version
from archive.extract.version import EXTRACTOR, LIBRARIES, values
from archive.ingest.cluster.reading_process import run_apart
from archive.ingest.task import ENDED_TWICE, extract_record

_TEMPLATES = 256


@dataclass(frozen=True)
class RecordTask:
    """A capture to extract: the bytes of its record, and the template of its source by digest.

    `template` is None where the worker probably has it. `release` is who asks (`release_of`).
    """

    capture: Capture
    record: bytes
    digest: bytes
    template: bytes | None
    release: str


@dataclass(frozen=True)
class Answered:
    """What the task gave, or the error that it raised."""

    result: Any = None
    error: Exception | None = None


@dataclass(frozen=True)
class TemplateWanted:
    """The worker does not have the template: the task must come with it."""


@dataclass(frozen=True)
class OtherRelease:
    """The worker is of another version than who asks; nothing was done. `facts` are the worker's."""

    facts: dict[str, str]


Answer = Answered | TemplateWanted | OtherRelease

_templates: OrderedDict[bytes, bytes] = OrderedDict()
_lock = Lock()


def digest_of(template: bytes) -> bytes:
    """The name of a template by its bytes."""
    return blake2b(template, digest_size=16).digest()


def facts() -> dict[str, str]:
    """What must be equal here and on every worker, by name: else a page would not give the same article."""
    python = ".".join(platform.python_version_tuple()[:2])
    libraries = {library: metadata.version(library) for library in LIBRARIES}
    return {"Dateline": version(), "extractor": EXTRACTOR, "values": values(), "Python": python, **libraries}


def release_of(known: dict[str, str]) -> str:
    """Facts in one short text, to be compared."""
    return blake2b(repr(sorted(known.items())).encode(), digest_size=8).hexdigest()


FACTS = facts()
RELEASE = release_of(FACTS)


def read(task: RecordTask) -> Answer:
    """Extract a capture. Raises only what is the worker's own failure (ClusterError), and nothing that a page did."""
    if task.release != RELEASE:
        return OtherRelease(FACTS)
    template = _template(task)
    if template is None:
        return TemplateWanted()
    try:
        return Answered(run_apart(extract_record, task.record, task.capture, template))
    except ClusterError:
        raise
    except BrokenProcessPool:
        return Answered(Unread("process", ENDED_TWICE))
    except Exception as error:  # noqa: BLE001 - a job's boundary: who asked records it as the page's reason
        return Answered(error=error)


def call(task: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Answer:
    """Run any task that needs no limits."""
    try:
        return Answered(task(*args, **kwargs))
    except Exception as error:  # noqa: BLE001 - who asked gets it
        return Answered(error=error)


def _template(task: RecordTask) -> bytes | None:
    with _lock:
        if task.template is not None:
            _templates[task.digest] = task.template
            if len(_templates) > _TEMPLATES:
                _templates.popitem(last=False)
        if task.digest in _templates:
            _templates.move_to_end(task.digest)
        return _templates.get(task.digest)
