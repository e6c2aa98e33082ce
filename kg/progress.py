"""Progress: what is being done, said on standard error, and the time and memory it may take."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

PERIOD = 0.05
"""Seconds between two looks at the memory."""
MEGABYTE = 1 << 20
_BACKSTOP = 2
"""How many times the memory that is allowed the system gives before it refuses any more itself."""


@contextmanager
def step(words: str) -> Iterator[None]:
    """Say on standard error what is done, and how long it took."""
    began = time.monotonic()
    if not sys.stderr.isatty():
        yield
        return
    from rich.console import Console

    console = Console(stderr=True)
    with console.status(words):
        yield
    console.print(f"{words}: {time.monotonic() - began:.1f} s", style="dim", highlight=False)


@contextmanager
def limits(seconds: float, megabytes: int = 0, end: Callable[[str], None] | None = None) -> Iterator[None]:
    """End the process where an answer takes too long or too much: Oxigraph cannot be stopped otherwise.

    One thread looks on; it ends with the answer. Ctrl-C ends the process too, as nothing of Python runs
    until Oxigraph is done that could heed it.

    Args:
        seconds: that the answer may take.
        megabytes: of memory that the process may take, as far as the system tells; 0 is any.
        end: what ends the process, told in words why; by default one line and exit code 1.
    """
    done = threading.Event()
    began = time.monotonic()

    def look() -> None:
        left = seconds
        while left > 0:
            if done.wait(min(PERIOD, left) if megabytes else left):
                return
            if megabytes and resident() > megabytes * MEGABYTE:
                (end or _end)(too_large(megabytes))
                return
            left = began + seconds - time.monotonic()
        (end or _end)(too_late(seconds))

    threading.Thread(target=look, name="kg-limits", daemon=True).start()
    with backstop(megabytes), _interruptible(own=end is None):
        try:
            yield
        finally:
            done.set()


@contextmanager
def _interruptible(*, own: bool) -> Iterator[None]:
    """Let the system itself heed Ctrl-C, where the process is its own and has it heeded as usual."""
    usual = signal.default_int_handler
    main = threading.current_thread() is threading.main_thread()
    if not own or not main or signal.getsignal(signal.SIGINT) is not usual:
        yield
        return
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, usual)


def too_late(seconds: float) -> str:
    """Say that an answer took too long."""
    return f"the answer took longer than {seconds:g} s; allow more with --timeout, or ask for less"


def too_large(megabytes: int) -> str:
    """Say that an answer took too much memory."""
    return f"the answer took more than {megabytes:,} MB of memory; allow more with --memory, or ask for less"


def _end(why: str) -> None:
    sys.stderr.write(f"kg: {why}\n")
    sys.stderr.flush()
    os._exit(1)


def resident() -> int:
    """Give the bytes of memory that this process takes; 0 where the system does not tell.

    Linux tells what it takes now, other Unix systems the most it has taken so far.
    """
    try:
        with open("/proc/self/statm", "rb") as file:  # noqa: PTH123 - twenty times a second
            return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError, AttributeError):
        pass
    try:
        from resource import RUSAGE_SELF, getrusage
    except ImportError:
        return 0
    most = getrusage(RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * 1024


@contextmanager
def backstop(megabytes: int) -> Iterator[None]:
    """Let the system refuse what is asked for between two looks, where it knows such a limit.

    The bound is on addresses, of which a process takes more than of memory.
    """
    try:
        from resource import RLIMIT_AS, getrlimit, setrlimit

        with open("/proc/self/statm", "rb") as file:  # noqa: PTH123
            taken = int(file.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    except (ImportError, OSError):
        megabytes = 0  # a system without the one or the other
    if not megabytes:
        yield
        return
    soft, hard = getrlimit(RLIMIT_AS)
    bounds = [bound for bound in (soft, hard, taken + _BACKSTOP * megabytes * MEGABYTE) if bound >= 0]
    setrlimit(RLIMIT_AS, (min(bounds), hard))
    try:
        yield
    finally:
        setrlimit(RLIMIT_AS, (soft, hard))
