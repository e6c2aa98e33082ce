"""The module `files`: a store from an RDF file or a folder of them."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from click.testing import CliRunner
from conftest import HARBOUR

from kg import exports, files, formats
from kg.ask import library
from kg.cli import main
from kg.errors import InvalidData, NotFound
from kg.iris import ID_BASE

if TYPE_CHECKING:
    from kg.embedded import Embedded

NESTING = 60_000
QUOTED = "<http://x/a> <http://x/p> "
DEEP = {
    "deep.jsonld": '{"http://x/p":' * NESTING + "1" + "}" * NESTING,
    "less.jsonld": '{"http://x/p":' * 900 + "1" + "}" * 900,
    "deep.ttl": QUOTED + f"<<( {QUOTED}" * NESTING + "<http://x/a>" + " )>>" * NESTING + " .\n",
    "deep.nt": QUOTED + f"<<( {QUOTED}" * NESTING + "<http://x/a>" + " )>>" * NESTING + " .\n",
    "lying.trig": QUOTED + f'<<( {QUOTED} #">>"\n' * NESTING + "<http://x/a>" + " )>>" * NESTING + " .\n",
}


def written(store: Embedded, folder: Path, form: str) -> Path:
    """Write a graph into a file."""
    path = folder / f"graph.{form}"
    if form == "rdf":
        triples = [quad.triple for quad in store.store.quads_for_pattern(None, None, None, ox.DefaultGraph())]
        path.write_text(formats.dump(triples, "rdf", {}), encoding="utf-8")
    else:
        path.write_text(exports.export(store, form), encoding="utf-8")
    return path


@pytest.mark.parametrize("form", ["ttl", "trig", "nt", "nq", "jsonld", "rdf"])
def test_the_same_answers_from_every_syntax(harbour: Embedded, tmp_path: Path, form: str) -> None:
    """What kg exports it reads again: the same default graph, the same id base, the same answers."""
    read = files.open_files(written(harbour, tmp_path, form))
    assert read.base == harbour.base
    ours = set(harbour.store.quads_for_pattern(None, None, None, ox.DefaultGraph()))
    assert set(read.store.quads_for_pattern(None, None, None, ox.DefaultGraph())) == ours
    named = set(map(str, harbour.store.named_graphs())) if form in ("trig", "nq") else set()
    assert set(map(str, read.store.named_graphs())) == named
    text = library()["source-freshness"].text
    both = [[list(map(str, row)) for row in each.query(text)] for each in (read, harbour)]  # type: ignore[union-attr]
    assert both[0] == both[1]


def test_a_folder_is_read_in_order(tmp_path: Path) -> None:
    """All RDF files of a folder together are asked; blank nodes of two files are two; others are left out."""
    (tmp_path / "b.ttl").write_text('_:x <http://x/p> "b" .')
    (tmp_path / "a.nq").write_text('_:x <http://x/p> "a" .\n_:x <http://x/p> "g" <http://x/g> .\n')
    (tmp_path / ".hidden.ttl").write_text("wrong")
    (tmp_path / "notes.txt").write_text("wrong")
    store = files.open_files(tmp_path)
    rows = list(store.query("SELECT ?s ?o { ?s ?p ?o } ORDER BY ?o"))  # type: ignore[arg-type]
    assert [row["o"].value for row in rows] == ["a", "b"]
    assert rows[0]["s"] != rows[1]["s"]
    assert store.base == ID_BASE


def test_all_problems_at_once(tmp_path: Path) -> None:
    """Each file that cannot be read is named with its line."""
    (tmp_path / "a.ttl").write_text("<http://x/a> <http://x/b> <http://x/c> .\n<http://x/a> wrong\n")
    (tmp_path / "b.jsonld").write_text('{"@id":\n\n wrong}')
    (tmp_path / "c.nt").write_bytes(b"\xff\n")
    with pytest.raises(InvalidData) as caught:
        files.open_files(tmp_path)
    found = [(problem.path.rpartition("/")[2], problem.line) for problem in caught.value.problems]
    assert found == [("a.ttl", 2), ("b.jsonld", 3), ("c.nt", 1)]


@pytest.mark.parametrize("name", DEEP)
def test_what_is_nested_too_deeply_is_refused(tmp_path: Path, name: str) -> None:
    """What would take a reader that recurses down, and the process with it, is an error."""
    path = tmp_path / name
    path.write_text(DEEP[name])
    with pytest.raises(InvalidData, match="nests more than 200"):
        files.open_files(path)


def test_quoted_triples_that_are_not_nested_are_read(tmp_path: Path) -> None:
    """Many quoted triples, and brackets in strings, IRIs and comments, are no nesting."""
    path = tmp_path / "many.ttl"
    path.write_text(
        f'{QUOTED}<<( {QUOTED} <http://x/a> )>> ; <http://x/q> \'<<\', """<<"<<""" . # <<\n' * 500
    )
    assert len(files.open_files(path).store) == 3


@pytest.mark.parametrize(
    ("head", "line"),
    [
        ("<!DOCTYPE r>", 1),
        ('<?xml version="1.0"?>\n<!-- x -->\n<!DOCTYPE r [<!ENTITY a "b">]>', 3),
        ('\ufeff<?xml version="1.0" encoding="utf-8"?><!DOCTYPE r>', 1),
        ('<?xml version="1.0" encoding="UTF-16"?>', 1),
        ("<?xml version='1.0' encoding='ISO-8859-1'?>", 1),
    ],
)
def test_rdf_xml_with_a_document_type(tmp_path: Path, head: str, line: int) -> None:
    """A document type is refused wherever it stands, and an encoding that could hide one."""
    path = tmp_path / "graph.rdf"
    path.write_text(
        f'{head}\n<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/>', encoding="utf-8"
    )
    with pytest.raises(InvalidData) as caught:
        files.open_files(path)
    assert caught.value.problems[0].line == line


def test_a_word_that_only_looks_like_a_document_type(tmp_path: Path) -> None:
    """In a comment or a text it is none."""
    path = tmp_path / "graph.rdf"
    path.write_text(
        "<!-- <!DOCTYPE r> --><r:RDF "
        'xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:x="http://x/">'
        '<r:Description r:about="http://x/a"><x:p><![CDATA[<!DOCTYPE r>]]></x:p></r:Description></r:RDF>'
    )
    assert len(files.open_files(path).store) == 1


def test_a_context_elsewhere_is_named(tmp_path: Path) -> None:
    """The message says which context lies where, and what to do; one in the file is read."""
    path = tmp_path / "graph.jsonld"
    path.write_text('{"@id": "http://x/a",\n "@context": "https://schema.example/"}')
    with pytest.raises(InvalidData, match="jsonld:2: its context lies elsewhere, at https://schema"):
        files.open_files(path)
    path.write_text(json.dumps({"@context": {"p": "http://x/p"}, "@id": "http://x/a", "p": "@context"}))
    assert len(files.open_files(path).store) == 1


def test_what_is_no_rdf(tmp_path: Path) -> None:
    """A missing path, another suffix and a folder without RDF say so."""
    with pytest.raises(NotFound, match="no such file or folder"):
        files.open_files(tmp_path / "none.ttl")
    (tmp_path / "graph.tll").write_text("")
    with pytest.raises(NotFound, match=r"'\.tll' is none of RDF; did you mean '\.ttl'"):
        files.open_files(tmp_path / "graph.tll")
    with pytest.raises(NotFound, match="holds no RDF file"):
        files.open_files(tmp_path)
    assert not files.holds(tmp_path)
    assert not files.holds(HARBOUR)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes")
def test_a_pipe_is_no_file(tmp_path: Path) -> None:
    """A pipe or a device, as a shell hands over what another command writes, is refused unread."""
    os.mkfifo(tmp_path / "pipe.ttl")
    for path in (tmp_path / "pipe.ttl", Path(os.devnull)):
        with pytest.raises(NotFound, match="is neither a file nor a folder"):
            files.open_files(path)
        done = CliRunner().invoke(main, ["query", "data-set", "--data", str(path), "--out", str(tmp_path)])
        assert (done.exit_code, done.stderr) == (1, f"kg: {path}: is neither a file nor a folder\n")


def test_the_id_base_is_the_data_set_s(tmp_path: Path) -> None:
    """Of several data sets the first counts; one of another shape is none."""
    path = tmp_path / "graph.ttl"
    path.write_text(
        "@prefix dcat: <http://www.w3.org/ns/dcat#> .\n"
        "<https://b.example/dataset/two> a dcat:Dataset .\n"
        "<https://a.example/id/dataset/one> a dcat:Dataset .\n"
        "<https://0.example/set> a dcat:Dataset .\n"
    )
    assert files.open_files(path).base == "https://a.example/id/"


@pytest.mark.parametrize("form", ["ttl", "trig"])
def test_commands_take_a_file(
    harbour: Embedded, tmp_path: Path, form: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """query, show, why, view and export ask a file as they ask tables; build and check want tables."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("KG_TEXTS", raising=False)
    path = written(harbour, tmp_path, form)

    def run(*words: str, code: int = 0) -> str:
        done = CliRunner().invoke(main, words, env={"KG_DATA": str(path), "KG_OUT": "out"})
        assert done.exit_code == code, done.output
        return done.output

    tables = CliRunner().invoke(
        main,
        ["query", "organisations-by-kind"],
        env={"KG_DATA": str(HARBOUR), "KG_OUT": str(tmp_path / "out")},
    )
    assert run("query", "organisations-by-kind") == tables.output
    assert "Havslabbet" in run("show", "Havslabbet")
    assert "wants a data folder, with tables" in run("build", code=1)
    assert "kg check wants a data folder" in run("check", str(path), code=1)
    run("view")
    page = (tmp_path / "out" / "graph.html").read_text(encoding="utf-8")
    assert "The harbour town" in page.partition("</title>")[0]
    run("export", "--format", "nt")
    default = sorted(harbour.store.quads_for_pattern(None, None, None, ox.DefaultGraph()), key=str)
    lines = (tmp_path / "out" / "graph.nt").read_text(encoding="utf-8").splitlines()
    assert lines == [f"{quad.triple} ." for quad in default]
