"""The embedded store: a data folder's graph in Oxigraph.

The graph is kept as one sorted N-Quads file, named by the digest of all that it is made of: the
tables, the ontology, its rules and the code that builds. Each command loads it into memory, which
is faster than to open a database on disk up to some hundred thousand quads; beyond
`LARGEST_IN_MEMORY` it is a RocksDB folder, opened read-only. Changed tables mean another name, so
nothing is ever stale, half written or locked. The file's last line is a check of all above it, as
RocksDB has its own: a store that a full disk or a hand has damaged is made again, never believed.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import tempfile
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg import ontology, tables
from kg.config import share
from kg.errors import OutputError, QueryError
from kg.iris import CONCEPTS, ID_BASE, expand, prefixes
from kg.output import write

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

LARGEST_IN_MEMORY = 200_000
"""Quads; a larger graph is kept in RocksDB."""
LONGEST = 160
"""Characters of what Oxigraph says of a query that is none."""
KEPT = 8
"""Stores that are kept: those of other folders, or of tables as they were."""
BUILDERS = (
    "build",
    "cells",
    "derive",
    "graph",
    "iris",
    "keys",
    "makers",
    "moments",
    "ontology",
    "references",
    "sources",
    "tables",
)
"""The modules whose code decides what the graph is."""
CHECK = "# crc32 of all above: "
_DAMAGED = (OSError, SyntaxError, RuntimeError)
"""What Oxigraph raises for a store that it cannot read: RocksDB's findings are RuntimeErrors."""

_TYPE = ox.NamedNode(expand("rdf:type"))
_SCHEME = ox.NamedNode(expand("skos:ConceptScheme"))


@dataclass(frozen=True)
class Embedded:
    """A graph that is asked in this process.

    Attributes:
        store: the default graph with all that questions need; a named graph a source, and
            one for what was derived.
        base: the data set's id base.
        path: the file or folder that it was loaded from; none where it could not be kept.
    """

    store: ox.Store
    base: str
    path: Path | None = None

    def query(self, text: str) -> ox.QuerySolutions | ox.QueryTriples | ox.QueryBoolean:
        """Ask a question in SPARQL.

        Raises:
            QueryError: where it is not SPARQL, or breaks off.
        """
        try:
            return self.store.query(text, prefixes=self._prefixes())
        except SyntaxError as error:
            raise QueryError(f"the query is not SPARQL: {_said(str(error))}") from None
        except (OSError, RuntimeError) as error:
            # An ASK is answered at once, and may meet a host that SERVICE names, or a bad disk.
            raise QueryError(f"the answer broke off: {_said(str(error))}") from None

    def _prefixes(self) -> dict[str, str]:
        """Give the prefixes that a query need not declare, from the schemes that the graph has."""
        schemes = self.store.quads_for_pattern(None, _TYPE, _SCHEME, ox.DefaultGraph())
        return prefixes(self.base, tuple(str(quad.subject)[1:-1].removeprefix(CONCEPTS) for quad in schemes))


def _said(error: str) -> str:
    """Put what Oxigraph says of a text, which can be a whole grammar, on one line of usual length."""
    text = " ".join(error.split())
    place = re.match(r"error at (\d+):(\d+): ", text)
    what = "a prefix is not declared" if "Prefix not found" in text else text[place.end() if place else 0 :]
    where = f"line {place[1]}, column {place[2]}: " if place else ""
    return where + (what if len(what) <= LONGEST else f"{what[:LONGEST]}...")


def load(path: Path, base: str) -> Embedded:
    """Load a store that was kept."""
    return Embedded(_load(path), base, path)


def fingerprint(folder: Path) -> str:
    """Give the digest of all that a data folder's graph is made of."""
    ontology_folder = share() / "ontology"
    code = [Path(__file__).with_name(f"{name}.py") for name in BUILDERS]
    parts = [
        *tables.paths(folder),
        share() / "data" / "tables.json",
        *ontology.files(ontology_folder),
        *ontology.rules(ontology_folder),
        *code,
    ]
    whole = hashlib.sha256()
    for part in parts:
        # What cannot be read is told by who reads the tables, with all else that is wrong.
        data = part.read_bytes() if part.is_file() else b""
        whole.update(f"{part.name}\0{len(data)}\0".encode() + data)
    return whole.hexdigest()[:32]


def open_store(folder: Path, out: Path, make: Callable[[Path], tuple[str, list[ox.Quad]]]) -> Embedded:
    """Open the store of a data folder, making it first where there is none for its tables.

    Args:
        folder: the data folder.
        out: the folder for outputs; stores lie in its `.store`.
        make: builds a data folder's id base and quads; its errors pass through.
    """
    name = fingerprint(folder)
    for path in (out / ".store" / f"{name}.nq", out / ".store" / name):
        store = _sound(path)
        if store is not None:
            return Embedded(store, _base(folder), path)
    base, quads = make(folder)
    try:
        path = keep(quads, out / ".store", name)
        return Embedded(_load(path), base, path)
    except (OutputError, *_DAMAGED):
        # A folder that cannot be written to, or from which another process has just removed the
        # store, is no reason not to answer.
        store = ox.Store()
        store.extend(quads)
        return Embedded(store, base)


def keep(quads: Iterable[ox.Quad], stores: Path, name: str) -> Path:
    """Keep a graph: as sorted N-Quads, or in RocksDB where it is large.

    Raises:
        OutputError: where it cannot be written.
    """
    lines = sorted({f"{quad} .\n" for quad in quads})
    if len(lines) <= LARGEST_IN_MEMORY:
        text = "".join(lines).encode()
        path = write(stores / f"{name}.nq", text + _check(text))
    else:
        path = _keep_on_disk("".join(lines), stores, name)
    _forget(stores, path)
    return path


def _keep_on_disk(text: str, stores: Path, name: str) -> Path:
    try:
        stores.mkdir(parents=True, exist_ok=True)
        temporary = Path(tempfile.mkdtemp(prefix=f".{name}.", dir=stores))
        try:
            store = ox.Store(str(temporary))
            store.bulk_load(text.encode(), format=ox.RdfFormat.N_QUADS)
            store.optimize()
            del store
            path = stores / name
            if path.exists() and _sound(path) is None:
                shutil.rmtree(path)
            try:
                temporary.rename(path)
            except OSError:
                # Another process has just made the same store: one is enough.
                if not path.is_dir():
                    raise
        finally:
            shutil.rmtree(temporary, ignore_errors=True)
    except OSError as error:
        raise OutputError(f"{stores}: the store cannot be written: {error}") from None
    return path


def _load(path: Path) -> ox.Store:
    if path.is_dir():
        return ox.Store.read_only(str(path))
    text = path.read_bytes()
    end = text.rfind(CHECK.encode())
    if end < 0 or text[end:] != _check(text[:end]):
        raise SyntaxError(f"{path} is not as it was written")
    store = ox.Store()
    store.bulk_load(text, format=ox.RdfFormat.N_QUADS)
    return store


def _sound(path: Path) -> ox.Store | None:
    """Load a store, or nothing where there is none or it is damaged."""
    try:
        return _load(path) if path.exists() else None
    except _DAMAGED:
        return None


def _check(text: bytes) -> bytes:
    """Give the line that tells whether a text is whole: a comment of N-Quads."""
    return f"{CHECK}{zlib.crc32(text):08x}\n".encode()


def _base(folder: Path) -> str:
    """Give the id base of a data folder whose tables are known to be right."""
    rows = tables.read_one(folder, "dataset")
    return rows[0]["base"] if rows else ID_BASE


def _forget(stores: Path, kept: Path) -> None:
    """Remove the oldest stores; one that another process just removed is no failure."""
    old = [p for p in stores.iterdir() if not p.name.startswith(".") and p != kept]
    old.sort(key=lambda p: p.stat().st_mtime if p.exists() else 0, reverse=True)
    for path in old[KEPT - 1 :]:
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)
