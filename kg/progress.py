"""Progress: what is being done, said on standard error, and the time it may take."""

from __future__ import annotations

import os
import sys
import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


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
def deadline(seconds: float) -> Iterator[None]:
    """End the process where an answer takes too long: Oxigraph cannot be stopped from Python."""

    def end() -> None:
        sys.stderr.write(
            f"kg: the answer took longer than {seconds:g} s; allow more with --timeout, or ask for less\n"
        )
        sys.stderr.flush()
        os._exit(1)

    timer = threading.Timer(seconds, end)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
