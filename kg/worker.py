"""The worker: what runs in the child process of a program that asks.

Parent (`kg.background`) and child speak over the child's standard input and output, in messages of a
letter, a length and as many bytes; nothing is unpickled. The child ends with its parent, whatever that
dies of, and by itself where its time or its memory is over.
"""

from __future__ import annotations

import json
import os
import signal
import struct
import threading
import time
from contextlib import ExitStack, suppress
from dataclasses import astuple, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg import answer, progress
from kg.errors import InvalidData, KgError

if TYPE_CHECKING:
    from kg.embedded import Embedded

HEAD = struct.Struct(">cQ")
"""A message's head: what it is, and how many bytes follow."""
OPEN, ASK = b"o", b"q"
KINDS: dict[bytes, answer.Kind] = {b"r": "rows", b"b": "boolean", b"g": "graph"}
FAILED, BROKEN = b"e", b"x"
LETTERS = {kind: letter for letter, kind in KINDS.items()}
TOO_LATE, TOO_LARGE = 71, 72
"""Exit codes of a child that ended itself."""
GRACE = 0.5
"""Seconds that a child lives on after its time, for a parent that has none left to end it."""


def send(pipe: int, letter: bytes, body: bytes) -> None:
    """Write a message to a pipe."""
    rest = memoryview(HEAD.pack(letter, len(body)) + body)
    while rest:
        rest = rest[os.write(pipe, rest) :]


def serve(parent: int) -> None:
    """Answer a parent's questions until it is gone.

    Args:
        parent: its process number.
    """
    # Ctrl-C reaches all processes of a terminal; the parent settles what becomes of this one.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    source, sink = os.dup(0), os.dup(1)
    nothing = os.open(os.devnull, os.O_RDWR)
    for each in (0, 1):  # nothing that is printed gets between the messages
        os.dup2(nothing, each)
    bounds = _Bounds(parent)
    threading.Thread(target=bounds.look, daemon=True).start()
    desk = _Desk(bounds)
    with ExitStack() as stack, suppress(EOFError, BrokenPipeError):
        while True:
            letter, message = _heard(source)
            send(sink, *desk.reply(letter, message))
            if letter == OPEN:
                stack.enter_context(progress.backstop(message["memory"]))


@dataclass
class _Bounds:
    """What the child may take; a thread looks on, since Oxigraph heeds nothing."""

    parent: int
    until: float | None = None
    megabytes: int = 0

    def look(self) -> None:
        while True:
            time.sleep(progress.PERIOD)
            if hasattr(os, "getppid") and os.name == "posix" and os.getppid() != self.parent:
                os._exit(0)
            if self.until and time.monotonic() > self.until:
                os._exit(TOO_LATE)
            if self.megabytes and progress.resident() > self.megabytes * progress.MEGABYTE:
                os._exit(TOO_LARGE)


@dataclass
class _Desk:
    """The store, and what becomes of a message."""

    bounds: _Bounds
    store: Embedded | None = field(default=None)

    def reply(self, letter: bytes, message: dict[str, Any]) -> tuple[bytes, bytes]:
        """Do what a message says, and give the answer as letter and bytes."""
        try:
            if letter == OPEN:
                self.store = _opened(message)
                self.bounds.megabytes = message["memory"]
                return OPEN, self.store.base.encode()
            return self.answer(message)
        except KgError as error:
            return FAILED, json.dumps(_told(error)).encode()
        except Exception:  # noqa: BLE001 - a bug, whose traceback the parent shows
            import traceback

            return BROKEN, traceback.format_exc().encode()
        finally:
            self.bounds.until = None

    def answer(self, message: dict[str, Any]) -> tuple[bytes, bytes]:
        """Ask the store."""
        if self.store is None:
            raise TypeError("asked before the store was opened")
        self.bounds.until = time.monotonic() + message["seconds"] + GRACE
        kind, body = answer.packed(self.store.query(message["text"]))
        return LETTERS[kind], body


def _opened(message: dict[str, Any]) -> Embedded:
    from kg import ask
    from kg.config import settings

    return ask.embedded_store(settings({}, data=Path(message["data"]), out=Path(message["out"])))


def _heard(pipe: int) -> tuple[bytes, dict[str, Any]]:
    """Read a message.

    Raises:
        EOFError: where the parent has closed the pipe.
    """
    letter, length = HEAD.unpack(_whole(pipe, HEAD.size))
    return letter, json.loads(_whole(pipe, length))


def _whole(pipe: int, length: int) -> bytes:
    pieces = bytearray()
    while len(pieces) < length:
        piece = os.read(pipe, length - len(pieces))
        if not piece:
            raise EOFError
        pieces += piece
    return bytes(pieces)


def _told(error: KgError) -> dict[str, Any]:
    """Write an error so that the parent can make it again."""
    problems = error.problems if isinstance(error, InvalidData) else []
    return {"class": type(error).__name__, "text": str(error), "problems": list(map(astuple, problems))}
