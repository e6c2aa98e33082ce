"""Files: a store from an RDF file, or from a folder of them, in place of a data folder.

The format goes by the suffix; a folder is read in the order of its files' names. What is asked is the
default graph; named graphs of TriG, N-Quads and JSON-LD are kept beside it. Blank nodes of different
files stay different. No file makes another one, or a host, be read: a document type in RDF/XML and a
context elsewhere in JSON-LD are refused.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from kg.embedded import Embedded
from kg.errors import InvalidData, NotFound, Problem, nearest, shown
from kg.iris import ID_BASE, expand

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SUFFIXES = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".turtle": ox.RdfFormat.TURTLE,
    ".trig": ox.RdfFormat.TRIG,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".nq": ox.RdfFormat.N_QUADS,
    ".jsonld": ox.RdfFormat.JSON_LD,
    ".rdf": ox.RdfFormat.RDF_XML,
    ".owl": ox.RdfFormat.RDF_XML,
}
"""What is read, by suffix."""
NESTED = 200
"""Quoted triples, and JSON, in one another; Oxigraph falls at some ten thousands on a stack of 8 MB."""

_TYPE, _DATASET = ox.NamedNode(expand("rdf:type")), ox.NamedNode(expand("dcat:Dataset"))
_OWN = re.compile(r"(.*/)dataset/[^/]+")
_PROLOG = re.compile(rb"(?:\s|<\?.*?\?>|<!--.*?-->)*", re.DOTALL)
_ENCODING = re.compile(rb"<\?xml[^>]*?encoding\s*=\s*[\"']([^\"']*)[\"']")
_TOKEN = re.compile(
    rb"""\#[^\n]* | \\. | <[^\s<>"{}|^`]*> | (?P<open><<) | (?P<close>>>)
      | \"\"\"(?:[^"\\]|\\.|"(?!""))*+\"\"\" | \'\'\'(?:[^'\\]|\\.|'(?!''))*+\'\'\'
      | "(?:[^"\\\n]|\\.)*+" | '(?:[^'\\\n]|\\.)*+' """,
    re.VERBOSE | re.DOTALL,
)
"""What Turtle and its kin write a quoted triple with, and what only looks so."""


def holds(path: Path) -> bool:
    """Say whether a path is an RDF file or a folder of them, not a data folder."""
    if path.is_dir():
        return not (path / "dataset.csv").is_file() and any(_listed(path))
    return path.exists()  # a pipe too: what it holds has no suffix to tell its format, and is refused


def open_files(path: Path) -> Embedded:
    """Read an RDF file, or all RDF files in a folder, into a store.

    Args:
        path: the file or folder.

    Returns:
        The store. Its id base is that of the data set which describes itself, a dcat:Dataset at
        `<base>dataset/<name>`, of several the first; where there is none, the tool's own.

    Raises:
        InvalidData: what is wrong in which file and line; all files that cannot be read at once.
        NotFound: where there is no such file, or its suffix is none of RDF.
    """
    store, problems = ox.Store(), []
    for file in _found(path):
        try:
            _load(store, file)
        except InvalidData as error:
            problems += error.problems
    if problems:
        raise InvalidData(problems)
    return Embedded(store, base_of(store), path)


def base_of(store: ox.Store) -> str:
    """Give the id base of the data set that a store describes, else the tool's own."""
    names = sorted(str(quad.subject)[1:-1] for quad in store.quads_for_pattern(None, _TYPE, _DATASET))
    found = (_OWN.fullmatch(name) for name in names)
    return next((place[1] for place in found if place), ID_BASE)


def _listed(folder: Path) -> Iterator[Path]:
    """Give the RDF files of a folder, by name."""
    for file in sorted(folder.iterdir()):
        if file.suffix.lower() in SUFFIXES and file.is_file() and not file.name.startswith("."):
            yield file


def _found(path: Path) -> list[Path]:
    known = ", ".join(SUFFIXES)
    if path.is_dir():
        files = list(_listed(path))
        if not files:
            raise NotFound(f"{shown(path)}: the folder holds no RDF file ({known}) and no dataset.csv")
        return files
    if not path.is_file():
        what = "is neither a file nor a folder" if path.exists() else "there is no such file or folder"
        raise NotFound(f"{shown(path)}: {what}")
    if path.suffix.lower() not in SUFFIXES:
        meant = nearest(path.suffix.lower(), SUFFIXES) or f"; there are {known}"
        raise NotFound(f"{shown(path)}: the suffix '{path.suffix}' is none of RDF{meant}")
    return [path]


def _load(store: ox.Store, file: Path) -> None:
    """Load one file.

    Raises:
        InvalidData: where it is not of its format, or would read elsewhere.
    """
    form = SUFFIXES[file.suffix.lower()]
    try:
        data = file.read_bytes().removeprefix(b"\xef\xbb\xbf")
    except OSError as error:
        raise _wrong(file, 0, f"cannot be read: {error.strerror}") from None
    if form == ox.RdfFormat.RDF_XML:
        _check_xml(file, data)
    elif form == ox.RdfFormat.JSON_LD:
        _check_json(file, data)
    else:
        _check_quoted(file, data)
    try:
        store.bulk_load(data, form, base_iri=file.resolve().as_uri())
    except (SyntaxError, ValueError) as error:
        line = getattr(error, "lineno", None) or 0
        said = re.sub(r"^Parser error at line .*?: | \(line \d+\)$", "", " ".join(str(error).split()))
        raise _wrong(file, line, f"is not {form.name}: {said}") from None


def _check_xml(file: Path, data: bytes) -> None:
    """Refuse a document type: its entities grow without bound, or lie elsewhere."""
    encoding = _ENCODING.match(data)
    if encoding and encoding[1].lower() not in (b"utf-8", b"us-ascii"):
        raise _wrong(file, 1, "is not in UTF-8; save it so")
    prolog = _PROLOG.match(data)
    end = prolog.end() if prolog else 0
    if data[end:].startswith(b"<!DOCTYPE"):
        line = data.count(b"\n", 0, end) + 1
        raise _wrong(file, line, "has a document type (<!DOCTYPE>), which kg does not read; take it out")


def _check_quoted(file: Path, data: bytes) -> None:
    """Refuse triples in triples in triples: a reader that recurses takes the process down."""
    depth = 0
    if data.count(b"<<") <= NESTED:
        return
    for token in _TOKEN.finditer(data):
        depth += (token.lastgroup == "open") - (token.lastgroup == "close" and depth > 0)
        if depth > NESTED:
            line = data.count(b"\n", 0, token.start()) + 1
            raise _wrong(file, line, f"nests more than {NESTED:,} triples in triples")


def _check_json(file: Path, data: bytes) -> None:
    """Refuse a context that lies elsewhere: kg asks nobody in order to read a file."""
    try:
        read = json.loads(data)
    except json.JSONDecodeError as error:
        raise _wrong(file, error.lineno, f"is not JSON: {error.msg}") from None
    except UnicodeDecodeError:
        raise _wrong(file, 0, "is not UTF-8") from None
    except RecursionError:
        raise _wrong(file, 0, f"nests more than {NESTED:,} lists and objects") from None
    for place in _contexts(file, read):
        number = data.count(b"\n", 0, max(data.find(json.dumps(place).encode()), 0)) + 1
        text = f"its context lies elsewhere, at {place}; put the context into the file"
        raise _wrong(file, number, text)


def _contexts(file: Path, read: Any) -> Iterator[str]:
    """Give the addresses of contexts in a JSON-LD document (JSON-LD 1.1, section 3.1)."""
    rest = [(read, "", 0)]
    while rest:
        node, key, depth = rest.pop()
        if depth > NESTED:
            raise _wrong(file, 0, f"nests more than {NESTED:,} lists and objects")
        if isinstance(node, str) and key in ("@context", "@import"):
            yield node
        elif isinstance(node, list):
            rest += [(each, key, depth + 1) for each in reversed(node)]
        elif isinstance(node, dict):
            rest += [(each, name, depth + 1) for name, each in reversed(node.items())]


def _wrong(file: Path, line: int, text: str) -> InvalidData:
    return InvalidData([Problem(shown(file), line, text)])
