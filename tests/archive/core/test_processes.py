"""What a process that Dateline starts does first, seen in real processes."""

from __future__ import annotations

import gc
import multiprocessing
import os
import resource
import signal
import sys
from multiprocessing.connection import Connection

import pytest

from archive.core.processes import address_space, begin_as_child, collecting_later, spare_children, starting

GENEROUS = 120.0
CONTEXT = multiprocessing.get_context("spawn")


def _tell(pipe: Connection, memory: int | None) -> None:
    begin_as_child(memory)
    pipe.send((signal.getsignal(signal.SIGINT) is signal.SIG_IGN, resource.getrlimit(resource.RLIMIT_AS)[0]))


def _told(memory: int | None) -> tuple[bool, int]:
    ours, theirs = CONTEXT.Pipe()
    child = CONTEXT.Process(target=_tell, args=(theirs, memory))
    child.start()
    try:
        assert ours.poll(GENEROUS)
        deaf, bound = ours.recv()
        return bool(deaf), int(bound)
    finally:
        child.join()


def test_a_child_leaves_ctrl_c_to_its_parent_and_its_memory_is_bounded() -> None:
    assert _told(8 << 30) == (True, 8 << 30)


def test_ctrl_c_while_a_process_starts_does_not_end_it() -> None:
    ours, theirs = CONTEXT.Pipe()
    child = CONTEXT.Process(target=_tell, args=(theirs, None))
    before = signal.pthread_sigmask(signal.SIG_BLOCK, ())
    with starting():
        child.start()
    assert signal.pthread_sigmask(signal.SIG_BLOCK, ()) == before
    assert child.pid
    os.kill(child.pid, signal.SIGINT)
    theirs.close()
    try:
        assert ours.poll(GENEROUS)
        assert ours.recv()[0] is True
    finally:
        child.join()


def test_without_a_bound_memory_stays_as_it_was() -> None:
    assert _told(None) == (True, resource.getrlimit(resource.RLIMIT_AS)[0])


def _wait_for_ever(pipe: Connection) -> None:
    begin_as_child()
    pipe.send(os.getpid())
    signal.pause()


def _middle(pipe: Connection) -> None:
    CONTEXT.Process(target=_wait_for_ever, args=(pipe,)).start()
    pipe.close()
    signal.pause()


def test_a_child_ends_with_its_parent() -> None:
    ours, theirs = CONTEXT.Pipe()
    middle = CONTEXT.Process(target=_middle, args=(theirs,))
    middle.start()
    theirs.close()
    assert ours.poll(GENEROUS)
    assert ours.recv() != middle.pid
    middle.kill()
    middle.join()
    assert ours.poll(GENEROUS), "the end of the pipe comes when the grandchild, its last holder, has ended"
    try:
        ours.recv()
    except EOFError:
        return
    raise AssertionError("the grandchild said something more")


def test_the_address_space_is_told_in_bytes() -> None:
    space = address_space()
    assert space is not None
    assert space > 1 << 20
    assert space % resource.getpagesize() == 0


@pytest.mark.parametrize(("script", "left"), [("/venv/bin/dateline", None), ("/venv/bin/pytest", "/venv/bin/pytest")])
def test_spawned_processes_do_not_run_the_installed_script_again(
    script: str, left: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.modules["__main__"], "__file__", script, raising=False)
    spare_children()
    assert sys.modules["__main__"].__file__ == left


def test_cycles_are_looked_for_only_after_the_work_and_only_where_they_were_before() -> None:
    was_enabled = gc.isenabled()
    try:
        gc.enable()
        with collecting_later():
            assert not gc.isenabled()
            with collecting_later():
                assert not gc.isenabled()
            assert not gc.isenabled()
        assert gc.isenabled()
        with pytest.raises(ZeroDivisionError), collecting_later():
            1 / 0  # noqa: B018
        assert gc.isenabled()
        gc.disable()
        with collecting_later():
            pass
        assert not gc.isenabled()
    finally:
        (gc.enable if was_enabled else gc.disable)()
