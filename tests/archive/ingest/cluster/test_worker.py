"""A task on a worker: plain values in and out, templates by digest, nothing done for another release."""

from __future__ import annotations

from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from archive.boilerplate.template import Template
from archive.core.errors import ClusterError
from archive.core.model import Extraction, Unread
from archive.extract.extract import Derived
from archive.ingest.cluster import worker
from archive.ingest.cluster.worker import (
    FACTS,
    RELEASE,
    Answered,
    OtherRelease,
    RecordTask,
    TemplateWanted,
    digest_of,
    release_of,
)
from archive.ingest.task import stored_record
from tests.support.archiving import Newsroom, page, story


@pytest.fixture
def task(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> RecordTask:
    """A capture whose archive is no longer there."""
    monkeypatch.setattr(worker, "run_apart", lambda function, *args: function(*args))
    template = Template(pages=len(tmp_path.name)).to_bytes()
    capture = Newsroom(tmp_path).answer("/news/1-path", page(1))
    record = stored_record(tmp_path, capture)
    assert isinstance(record, bytes)
    (tmp_path / capture.warc_file).unlink()
    return RecordTask(capture, record, digest_of(template), template, RELEASE)


def test_a_page_is_read_without_the_archive_and_the_template_is_kept(task: RecordTask) -> None:
    worker.read(replace(task, digest=b"never sent", template=None))
    assert worker.read(replace(task, digest=b"never sent", template=None)) == TemplateWanted()
    for sent in (task, replace(task, template=None)):
        answer = worker.read(sent)
        assert isinstance(answer, Answered)
        assert isinstance(answer.result, Derived)
        assert isinstance(answer.result.result, Extraction)
        assert answer.result.result.text == story(1)


def test_a_record_that_is_cut_off_is_ours(task: RecordTask) -> None:
    answer = worker.read(replace(task, record=task.record[:-20]))
    assert isinstance(answer, Answered)
    assert isinstance(answer.result, Unread)
    assert answer.result.kind == "record"


def test_nothing_is_done_for_another_release(task: RecordTask) -> None:
    other = release_of({**FACTS, "lxml": "0.1"})
    assert other != RELEASE
    assert worker.read(replace(task, release=other)) == OtherRelease(FACTS)


def test_facts_name_what_a_result_depends_on() -> None:
    assert {"Dateline", "extractor", "values", "Python", "lxml", "trafilatura"} <= FACTS.keys()


@pytest.mark.parametrize(
    ("error", "kind"), [(BrokenProcessPool("ended"), "process"), (RecursionError("too deep"), "error")]
)
def test_what_a_page_does_is_an_answer(
    task: RecordTask, error: Exception, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(*_: Any) -> None:
        raise error

    monkeypatch.setattr(worker, "run_apart", failing)
    answer = worker.read(task)
    assert isinstance(answer, Answered)
    if kind == "process":
        assert isinstance(answer.result, Unread)
        assert answer.result.kind == "process"
    else:
        assert answer.error is error


def test_a_worker_that_cannot_start_a_process_says_so_itself(task: RecordTask, monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(*_: Any) -> None:
        raise ClusterError("no process")

    monkeypatch.setattr(worker, "run_apart", failing)
    with pytest.raises(ClusterError):
        worker.read(task)


def test_any_task_gives_its_result_or_its_error() -> None:
    assert worker.call(divmod, (7, 2), {}) == Answered((3, 1))
    answer = worker.call(divmod, (7, 0), {})
    assert isinstance(answer, Answered)
    assert isinstance(answer.error, ZeroDivisionError)
