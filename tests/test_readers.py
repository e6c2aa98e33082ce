"""Readers in another language, npm's `n3` and `jsonld`, read each export into the same graph.

They stand in the folder that KG_READERS names, by default build/readers; CONTRIBUTING.md says how they
come there.
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
from pathlib import Path

import pyoxigraph as ox
import pytest
from conftest import HARBOUR, ROOT, STOCKHOLM, loaded
from test_jsonld import unordered

from kg import context, exports
from kg.canonical import canonical

FOLDER = Path(os.environ.get("KG_READERS") or ROOT / "build" / "readers").resolve()
SCRIPT = ROOT / "tests" / "readers" / "read.mjs"
PACKAGES = json.loads((ROOT / "tests" / "readers" / "package.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module", autouse=True)
def readers() -> None:
    """Skip without the packages, which continuous integration takes for a failure."""
    if not all((FOLDER / "node_modules" / name).is_dir() for name in PACKAGES["dependencies"]):
        pytest.skip("npm's readers are not there; CONTRIBUTING.md says how to install them")


def read(action: str, path: Path, *more: str) -> str:
    """Give what a reader reads of a file, as N-Quads."""
    done = subprocess.run(
        ["node", str(SCRIPT), action, str(path), *more],
        env={"PATH": os.environ["PATH"], "READERS": str(FOLDER)},
        capture_output=True,
        check=True,
        timeout=120,
    )
    return done.stdout.decode()


def test_the_versions_are_those_that_are_named() -> None:
    """What is read with is what the package file names, version by version."""
    for name, version in PACKAGES["dependencies"].items():
        found = json.loads((FOLDER / "node_modules" / name / "package.json").read_text(encoding="utf-8"))
        assert found["version"] == version


@pytest.mark.parametrize("data", [HARBOUR, STOCKHOLM], ids=["harbour", "stockholm"])
@pytest.mark.parametrize(
    ("form", "action"),
    [
        ("ttl", "text/turtle"),
        ("trig", "application/trig"),
        ("nt", "application/n-triples"),
        ("nq", "application/n-quads"),
        ("jsonld", "jsonld"),
    ],
)
def test_each_syntax_is_the_same_graph(data: Path, form: str, action: str, tmp_path: Path) -> None:
    """n3 and jsonld read the graph, and with TriG and N-Quads the named ones, that the store holds."""
    store = loaded(data)
    path = tmp_path / f"data.{form}"
    path.write_bytes(exports.write(exports.Part(store), form))
    found = set(ox.parse(read(action, path), format=ox.RdfFormat.N_QUADS))
    whole = form in ("trig", "nq")
    assert found == {quad for quad in store.store if whole or quad.graph_name == ox.DefaultGraph()}


def test_the_published_context_serves_the_reader(tmp_path: Path) -> None:
    """With the published context loaded in place of its IRI, jsonld reads the same graph."""
    store = loaded(HARBOUR)
    path = tmp_path / "data.jsonld"
    path.write_bytes(exports.write(exports.Part(store, context=context.IRI), "jsonld"))
    lines = read("jsonld", path, str(ROOT / "ontology" / "context.jsonld"))
    found = {quad.triple for quad in ox.parse(lines, format=ox.RdfFormat.N_QUADS)}
    assert found == {q.triple for q in store.store.quads_for_pattern(None, None, None, ox.DefaultGraph())}


def test_the_published_frame_makes_the_export(tmp_path: Path) -> None:
    """By the frame and the export's own context, jsonld makes of Stockholm's graph the export itself."""
    made = exports.write(exports.Part(loaded(STOCKHOLM)), "jsonld")
    document = json.loads(made)
    frame = json.loads((ROOT / "ontology" / "frame.jsonld").read_text(encoding="utf-8"))
    path, other = tmp_path / "data.jsonld", tmp_path / "frame.jsonld"
    path.write_bytes(made)
    other.write_text(json.dumps(frame | {"@context": document["@context"]}), encoding="utf-8")
    assert unordered(json.loads(read("frame", path, str(other)))) == unordered(document)


@pytest.mark.parametrize(
    "turtle",
    [
        "_:a <a:p> _:b . _:b <a:p> _:c . _:c <a:p> _:a .",
        "_:a <a:p> [ <a:q> [] , [] ] .",
        "_:a <a:p> 'tab\\t quote\\\" back\\\\ line\\n return\\r bell\\u0007 del\\u007F å\\u0301'@sv-SE .",
        "<a:s> <a:p> '' , '1'^^<http://www.w3.org/2001/XMLSchema#integer> .",
    ],
)
def test_the_canonical_form_is_that_of_another_program(turtle: str, tmp_path: Path) -> None:
    """Byte for byte, and so digest for digest, the canonical form is what rdf-canonize writes."""
    quads = list(ox.parse(turtle, format=ox.RdfFormat.TURTLE))
    path = tmp_path / "data.nq"
    path.write_text("".join(f"{quad} .\n" for quad in quads), encoding="utf-8")
    expected = read("canonical", path)
    assert canonical(quads) == expected.encode()


def test_the_digest_of_stockholm_is_that_of_another_program(tmp_path: Path) -> None:
    """So is that of the whole data set with its named graphs."""
    made = exports.write(exports.Part(loaded(STOCKHOLM)), "canonical")
    path = tmp_path / "data.nq"
    path.write_bytes(exports.write(exports.Part(loaded(STOCKHOLM)), "nq"))
    found = read("canonical", path).encode()
    assert hashlib.sha256(found).hexdigest() == hashlib.sha256(made).hexdigest()
