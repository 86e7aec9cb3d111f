"""Errors that a person can meet: all of one root, so that a command catches them all, and each of its kind."""

from __future__ import annotations

import inspect

from archive.core import errors


def test_every_error_is_of_one_root_and_says_what_it_is_for() -> None:
    kinds = [kind for _, kind in inspect.getmembers(errors, inspect.isclass)]
    assert len(kinds) > 5
    assert all(issubclass(kind, errors.DatelineError) and kind.__doc__ for kind in kinds)


def test_what_ails_a_file_of_the_archive_ails_the_archive() -> None:
    assert issubclass(errors.ForeignWarcError, errors.WarcError)
    assert issubclass(errors.WarcError, errors.ArchiveError)


def test_a_mistake_in_a_settings_file_and_a_dead_crawler_are_no_fault_of_the_archive() -> None:
    assert not issubclass(errors.SourcesError, errors.ArchiveError)
    assert not issubclass(errors.CrawlError, errors.ArchiveError)
