"""Virtuoso for tests: Debian's build, as a process of one's own on loopback, in a temporary folder."""

from __future__ import annotations

import shutil
import subprocess
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from servers import await_port, ended, free_port

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PACKAGE = "virtuoso-opensource-7-bin"
ROWS = 10_000
"""What Debian's configuration, too, gives at most."""
ADMIN = "dba"
"""The user that a new database has, and its password: it lives as long as the test, on loopback."""

_INI = """
[Database]
DatabaseFile = v.db
ErrorLogFile = v.log
LockFile = v.lck
TransactionFile = v.trx
xa_persistent_file = v.pxa
FileExtend = 200
[TempDatabase]
DatabaseFile = v-temp.db
TransactionFile = v-temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
DisableUnixSocket = 1
NumberOfBuffers = 2000
MaxDirtyBuffers = 1500
SchedulerInterval = 0
DirsAllowed = {folder}
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerRoot = .
ServerThreads = 40
[SPARQL]
ResultSetMaxRows = {rows}
MaxQueryExecutionTime = 30
"""


@dataclass
class Virtuoso:
    """A server that runs.

    Attributes:
        folder: where its database lies.
        http: the port of its endpoint.
        sql: the port of its console.
        process: the server, while it runs.
    """

    folder: Path
    http: int
    sql: int
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it on the database that its folder holds, or an empty one."""
        self.stop()
        # A server that fell leaves its lock behind.
        (self.folder / "v.lck").unlink(missing_ok=True)
        command = ["virtuoso-t", "-f", "-c", str(self.folder / "v.ini")]
        self.process = subprocess.Popen(
            command, cwd=self.folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        await_port(self.http, self.process, self.folder / "v.log")

    def stop(self) -> None:
        """End it; what was loaded stays in its folder."""
        if self.process is not None:
            with ended(self.process):
                pass
            self.process = None

    @property
    def url(self) -> str:
        """The address of its endpoint."""
        return f"http://127.0.0.1:{self.http}/sparql"

    def load(self, triples: bytes, graph: str) -> None:
        """Load N-Triples into a graph."""
        file = self.folder / "load.nt"
        file.write_bytes(triples)
        order = f"DB.DBA.TTLP(file_to_string_output('{file}'), '', '{graph}', 0); checkpoint;"
        console = ["isql-vt", f"127.0.0.1:{self.sql}", ADMIN, ADMIN, f"exec={order}"]
        done = subprocess.run(console, capture_output=True, text=True, check=True)
        if "Error" in done.stdout + done.stderr:
            pytest.fail(f"Virtuoso does not load: {(done.stderr or done.stdout)[:500]}")


@contextmanager
def virtuoso(folder: Path) -> Iterator[Virtuoso]:
    """Start Virtuoso with an empty database in a folder, and end it."""
    if not (shutil.which("virtuoso-t") and shutil.which("isql-vt")):
        pytest.skip(f"Virtuoso is not installed: apt-get install --no-install-recommends {PACKAGE}")
    made = Virtuoso(folder, http=free_port(), sql=free_port())
    ini = folder / "v.ini"
    ini.write_text(_INI.format(folder=folder, http=made.http, sql=made.sql, rows=ROWS), encoding="utf-8")
    try:
        made.start()
        yield made
    finally:
        made.stop()
