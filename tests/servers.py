"""What tests of servers share: a port that is free, and waiting until somebody listens there."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

STARTS_WITHIN = 60.0
"""Seconds that a server may take to start, on a machine that does much else."""


def free_port() -> int:
    """Give a port of loopback at which nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


def await_port(port: int, process: subprocess.Popen[bytes], log: Path | None = None) -> None:
    """Wait until a process listens at a port; fail where it ends or takes too long."""
    until = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < until:
        if process.poll() is not None:
            pytest.fail(f"the server ended: {log.read_text(errors='replace')[-500:] if log else ''}")
        with socket.socket() as trial:
            if trial.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    pytest.fail("the server did not start")


@contextmanager
def ended(process: subprocess.Popen[bytes]) -> Iterator[None]:
    """End a process at the end, gently, then by force."""
    try:
        yield
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait(10)


@contextmanager
def oxigraph(folder: Path, files: Mapping[Path, str]) -> Iterator[str]:
    """Serve RDF files by Oxigraph's server on loopback, read-only.

    Args:
        folder: an empty folder for its store.
        files: the graph that each file is loaded into; empty for the default graph.

    Yields:
        The address of its endpoint.
    """
    program = Path(sys.executable).with_name("oxigraph")
    if not program.exists():
        pytest.skip("the package oxigraph is not installed: python -m pip install '.[test]'")
    for file, graph in files.items():
        load = [str(program), "load", "-l", str(folder / "store"), "-f", str(file)]
        subprocess.run(load + (["--graph", graph] if graph else []), check=True, capture_output=True)
    port = free_port()
    serve = [str(program), "serve-read-only", "-l", str(folder / "store"), "-b", f"127.0.0.1:{port}"]
    with (
        subprocess.Popen(serve, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process,
        ended(process),
    ):
        await_port(port, process)
        yield f"http://127.0.0.1:{port}/query"
