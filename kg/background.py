"""Background: a store in a process of its own, for programs and notebooks.

Oxigraph cannot be stopped from Python once it answers: neither an exception nor a signal handler
reaches it. So in a program the store lives in a child process (`kg.worker`), which is killed where an
answer takes too long or too much memory, and started again by the next question. The command line
needs none: there the process itself ends (`kg.progress.limits`).
"""

from __future__ import annotations

import json
import os
import select
import signal
import subprocess
import sys
import threading
import time
import weakref
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, Self

import pyoxigraph as ox

from kg import answer, errors
from kg.errors import InvalidData, KgError, MemoryExceeded, Problem, QueryError, TimeoutExceeded
from kg.worker import ASK, BROKEN, FAILED, HEAD, KINDS, OPEN, TOO_LARGE, TOO_LATE, send

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from kg.config import Settings

_PIECE = 1 << 20
_START = (
    "import sys\nif sys.argv[1] not in sys.path: sys.path.insert(0, sys.argv[1])\n"
    "from kg.worker import serve\nserve(int(sys.argv[2]))"
)


class Background:
    """A store in a child process, asked as any store is.

    It is started by the first question, and again by the next one after it was ended. Threads may
    share it: they are answered one after the other. A process that was forked starts its own.
    """

    def __init__(self, chosen: Settings) -> None:
        # Absolute, since a program may move to another folder before it asks.
        self._opened = {"data": str(chosen.data.resolve()), "out": str(chosen.out.resolve())}
        self._seconds = chosen.timeout
        self._megabytes = chosen.memory
        self._lock = threading.RLock()
        self._process: subprocess.Popen[bytes] | None = None
        self._owner = os.getpid()
        self._base = ""
        self._closed = False

    @property
    def base(self) -> str:
        """The data set's id base.

        Raises:
            KgError: where the store cannot be opened.
        """
        if not self._base:
            with self._alone():
                self._running()
        return self._base

    def query(self, text: str, /) -> ox.QuerySolutions | ox.QueryBoolean | Iterable[ox.Triple]:
        """Ask a question in SPARQL, within the usual time."""
        return self.within(time.monotonic() + self._seconds).query(text)

    def within(self, until: float) -> Timed:
        """Give the same store with a moment (of time.monotonic) by which it has to answer."""
        return Timed(self, until, self._seconds)

    def ask(self, text: str, until: float) -> tuple[answer.Kind, bytes]:
        """Ask a question in SPARQL, and give the answer's kind and bytes.

        Raises:
            QueryError: where it is not SPARQL.
            TimeoutExceeded: where the answer is not there in time; the child is gone then. Where no
                time is left, nothing is asked and the child stays.
            MemoryExceeded: where it would take too much memory; likewise.
        """
        with self._alone():
            # The wait for other threads is not the question's own time.
            seconds = until - time.monotonic()
            if seconds <= 0:
                self._explain(TOO_LATE, late=True)
            process = self._running()
            letter, body = self._exchange(process, ASK, {"text": text, "seconds": seconds}, seconds)
        return KINDS[letter], body

    def close(self) -> None:
        """End the child; the store answers no more."""
        self._closed = True
        self._stop()

    def _alone(self) -> threading.RLock:
        """Give the lock; in a process that was forked a new one, as nobody would open the old."""
        if self._owner != os.getpid():
            self._owner = os.getpid()
            self._lock = threading.RLock()
            if self._process is not None:
                self._ending.detach()
                _forget(self._process)
                self._process = None
        return self._lock

    def _running(self) -> subprocess.Popen[bytes]:
        """Give the child, started and with its store open."""
        if self._closed:
            raise QueryError("this ecosystem was closed")
        if self._process is not None and self._process.poll() is None:
            return self._process
        self._stop()
        root = str(Path(__file__).resolve().parent.parent)
        # Not -m, which would look for the package in the working directory first.
        process = subprocess.Popen(  # noqa: S603 - our own module, in our own Python
            [sys.executable, "-P", "-c", _START, root, str(os.getpid())],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            bufsize=0,
        )
        self._process = process
        self._ending = weakref.finalize(self, _finish, process, os.getpid())
        # To make the store of new tables is no part of an answer: it takes the time that it takes.
        try:
            _, body = self._exchange(process, OPEN, {**self._opened, "memory": self._megabytes}, None)
        except KgError:
            self._stop()
            raise
        self._base = body.decode()
        return process

    def _exchange(
        self, process: subprocess.Popen[bytes], letter: bytes, message: Any, seconds: float | None
    ) -> tuple[bytes, bytes]:
        """Send a message and read the reply; whatever goes wrong leaves no half-read child."""
        try:
            given, body = _spoken(process, letter, message, seconds)
        except _Over as over:
            self._stop()
            self._explain(process.returncode, late=over.late)
        except BaseException:
            self._stop()
            raise
        if given == FAILED:
            raise _error(json.loads(body))
        if given == BROKEN:
            raise RuntimeError(body.decode())
        return given, body

    def _explain(self, code: int, *, late: bool) -> NoReturn:
        """Say why a child is gone."""
        if late or code == TOO_LATE:
            raise TimeoutExceeded(
                f"the answer took longer than {self._seconds:g} s; allow more with timeout=, or ask for less"
            )
        if code == TOO_LARGE or -code in (getattr(signal, "SIGABRT", 0), getattr(signal, "SIGKILL", 0)):
            raise MemoryExceeded(
                f"the answer took more than {self._megabytes:,} MB of memory;"
                " allow more with memory=, or ask for less"
            )
        raise QueryError(f"the process that answers ended at this query (exit code {code})")

    def _stop(self) -> None:
        if self._process is not None:
            self._ending()
            self._process = None


@dataclass(frozen=True)
class Timed:
    """A store with a moment by which it has to answer, several questions together.

    Attributes:
        until: the moment, as time.monotonic counts.
        seconds: those that were allowed in all.
    """

    background: Background
    until: float
    seconds: float

    def query(self, text: str, /) -> ox.QuerySolutions | ox.QueryBoolean | Iterable[ox.Triple]:
        """Ask a question in SPARQL."""
        kind, body = self.background.ask(text, self.until)
        if kind == "graph":
            return [quad.triple for quad in ox.parse(body, ox.RdfFormat.N_TRIPLES)]
        return ox.parse_query_results(body, ox.QueryResultsFormat.JSON)


class _Over(Exception):
    """The child is gone, or its time is."""

    def __init__(self, *, late: bool) -> None:
        self.late = late


def _spoken(
    process: subprocess.Popen[bytes], letter: bytes, message: Any, seconds: float | None
) -> tuple[bytes, bytes]:
    """Send a message to a child and read its reply in time."""
    if process.stdin is None or process.stdout is None:
        raise TypeError("the child has no pipes")
    body = json.dumps(message).encode()
    with _Patience(process, seconds) as patience:
        try:
            send(process.stdin.fileno(), letter, body)
        except BrokenPipeError:
            raise _Over(late=False) from None
        head = patience.read(process.stdout.fileno(), HEAD.size)
        given, length = HEAD.unpack(head)
        return given, patience.read(process.stdout.fileno(), length)


class _Patience:
    """Reads from a child until time is up: by poll, or where there is none by a thread that ends it."""

    def __init__(self, process: subprocess.Popen[bytes], seconds: float | None) -> None:
        self.until = None if seconds is None else time.monotonic() + max(seconds, 0)
        self.timer = None
        self.fired = False
        if self.until is not None and not hasattr(select, "poll"):
            self.timer = threading.Timer(seconds or 0, self._fire, (process,))
            self.timer.daemon = True

    def _fire(self, process: subprocess.Popen[bytes]) -> None:
        self.fired = True
        process.kill()

    def __enter__(self) -> Self:
        if self.timer:
            self.timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self.timer:
            self.timer.cancel()

    def read(self, pipe: int, length: int) -> bytes:
        """Read so many bytes."""
        pieces = []
        wait: Callable[[float], Any] = lambda _: True  # noqa: E731
        if self.until is not None and self.timer is None:
            poll = select.poll()
            poll.register(pipe, select.POLLIN)
            wait = poll.poll
        while length:
            if self.until is not None and not wait(max(0, self.until - time.monotonic()) * 1000):
                raise _Over(late=True)
            piece = os.read(pipe, min(length, _PIECE))
            if not piece:
                raise _Over(late=self.fired)
            pieces.append(piece)
            length -= len(piece)
        return b"".join(pieces)


def _finish(process: subprocess.Popen[bytes], owner: int) -> None:
    """Kill a child and take its end in; a process that was forked leaves it alone."""
    if os.getpid() != owner:
        return
    with suppress(OSError):
        process.kill()
    process.wait()
    _close(process)


def _forget(process: subprocess.Popen[bytes]) -> None:
    """Let go of a child that another process has: it is none of ours."""
    process.returncode = 0
    _close(process)


def _close(process: subprocess.Popen[bytes]) -> None:
    for pipe in (process.stdin, process.stdout):
        if pipe:
            with suppress(OSError):
                pipe.close()


def _error(told: dict[str, Any]) -> KgError:
    """Make the error again that a child told of."""
    if told["problems"]:
        return InvalidData(Problem(*each) for each in told["problems"])
    kind = getattr(errors, told["class"], KgError)
    return kind(told["text"]) if issubclass(kind, KgError) else KgError(told["text"])
