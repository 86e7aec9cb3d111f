"""What a command does before it has imported what it needs, which takes a second: it looks for no garbage, Ctrl-C ends
it without a word, and a SIGHUP does not end a daemon that will read sources.toml anyway.
"""

from __future__ import annotations

import gc
import signal
import sys
import threading
from types import FrameType

DAEMON = "run"


def begin() -> None:
    """Before the imports. Nothing of what they make is garbage, and looking takes an eighth of a command's start."""
    gc.disable()
    if not _takes_signals():
        return
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    if sys.argv[1:2] == [DAEMON]:
        signal.signal(signal.SIGHUP, _nothing)


def imported() -> None:
    """After them. A daemon takes SIGHUP itself once it has begun."""
    gc.enable()
    if _takes_signals() and signal.getsignal(signal.SIGINT) is signal.SIG_DFL:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def _takes_signals() -> bool:
    """Only in its main thread a program may say what signals do; another may import this one elsewhere."""
    return threading.current_thread() is threading.main_thread()


def _nothing(number: int, frame: FrameType | None) -> None:
    """Unlike SIG_IGN, a handler is not handed on to the processes that a daemon starts."""
