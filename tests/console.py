"""A terminal of a known width, for tests of what commands print there."""

from __future__ import annotations

import os
import pty
import struct
import subprocess
import termios
from fcntl import ioctl
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

COLUMNS = 100


def on_terminal(
    command: Sequence[str], folder: Path, more: Mapping[str, str] | None = None, *, errors: bool = False
) -> tuple[int, str]:
    """Run a command on a terminal, and give its exit code and what it writes there.

    Args:
        command: the words of the command.
        folder: where it runs.
        more: variables of the environment besides, or in place of, those of the tests.
        errors: whether standard error is the terminal too.
    """
    environ = {name: value for name, value in os.environ.items() if not name.startswith("KG_")}
    environ |= {"NO_COLOR": "1", "TERM": "dumb", "COLUMNS": str(COLUMNS), **(more or {})}
    ours, theirs = pty.openpty()
    ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, COLUMNS, 0, 0))
    written = b""
    with subprocess.Popen(
        command, cwd=folder, env=environ, stdout=theirs, stderr=theirs if errors else subprocess.DEVNULL
    ) as process:
        os.close(theirs)
        while True:
            try:
                piece = os.read(ours, 65536)
            except OSError:  # Linux says so where the other end was closed
                break
            if not piece:
                break
            written += piece
    os.close(ours)
    return process.returncode, written.decode().replace("\r\n", "\n")
