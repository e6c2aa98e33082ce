"""The module `ecosystem`: a data set asked in Python."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING, Any

import networkx as nx
import pytest
import rdflib
from conftest import HARBOUR, ROOT
from endpoint import Reply, Stub, rows

import kg
from kg import exports
from kg.errors import NotFound, QueryError, RemoteError, TimeoutExceeded

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kg.ecosystem import Ecosystem
    from kg.embedded import Embedded


@pytest.fixture(scope="module")
def g(out: Path) -> Iterator[Ecosystem]:
    """Give the invented ecosystem, opened in Python."""
    with kg.open(HARBOUR, out=out) as opened:
        yield opened


def test_import_is_light() -> None:
    """`import kg` loads neither a store nor rdflib, and what it offers is there at its first use."""
    script = (
        "import sys, kg\nheavy = {'pyoxigraph', 'rdflib', 'networkx', 'click', 'yaml', 'rich', 'pandas'}\n"
        "assert not heavy & set(sys.modules), heavy & set(sys.modules)\n"
        "assert kg.open and kg.Answer and kg.Ecosystem and 'open' in dir(kg)\n"
        "try:\n    kg.opem\nexcept AttributeError: pass\nelse: raise SystemExit(1)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, check=False, timeout=60
    )
    assert (done.returncode, done.stderr) == (0, b"")


def test_a_question_by_its_name(g: Ecosystem) -> None:
    """Names are found as on the command line; underscores are hyphens; None leaves the default."""
    answer = g.ask("organisation-partners", organisation="Harbour Town", as_of=2017, language=None)
    assert answer.values == {"organisation": "Harbour Town", "as-of": "2017"}
    assert answer
    assert "<https://example.org/harbour/organisation/harbour-town>" in answer.text
    assert '"2017-01-01"^^' in answer.text
    assert answer.base == g.base == "https://example.org/harbour/"
    again = g.ask("organisation-partners", organisation="Harbour Town", as_of=2017)
    assert list(again) == list(answer)


def test_a_question_by_path_and_by_text(g: Ecosystem, tmp_path: Path) -> None:
    """A .rq file, its header with it, and plain SPARQL are asked as they stand; a file is read anew."""
    path = tmp_path / "mine.rq"
    path.write_text('#+ params:\n#+   x: {type: text, description: X.}\nSELECT ?x { VALUES ?x { "a" } }')
    assert g.ask(path).rows == [{"x": "a"}]
    assert g.ask(str(path), x="b").rows == [{"x": "b"}]
    path.write_text("SELECT ?y { VALUES ?y { 2 } }")
    assert g.ask(path).rows == [{"y": 2}]
    assert g.ask("SELECT ?z { VALUES ?z { 3 } }").rows == [{"z": 3}]
    assert bool(g.sparql("ASK { ?s ?p ?o }"))


@pytest.mark.parametrize(
    ("name", "params", "error", "message"),
    [
        ("organisation-partner", {}, NotFound, "did you mean 'organisation-partners'"),
        ("organisation-partners", {"organization": "x"}, NotFound, "did you mean 'organisation'"),
        ("organisation-partners", {"organisation": "Harbor Town"}, NotFound, "did you mean 'Harbour Town'"),
        ("organisation-partners", {"as_of": "2017-13"}, QueryError, "as-of"),
        ("none.rq", {}, NotFound, "none.rq"),
        ("-", {}, NotFound, "standard input"),
        ("DELETE WHERE { ?s ?p ?o }", {}, QueryError, "only reads"),
        ("SELECT * { SERVICE <http://x/> {} }", {}, QueryError, "SERVICE"),
    ],
)
def test_what_cannot_be_asked(
    g: Ecosystem, name: str, params: dict[str, str], error: type[Exception], message: str
) -> None:
    """Each failure is an error of its own, with the nearest that is known."""
    with pytest.raises(error, match=message):
        g.ask(name, **params)


def test_the_language(out: Path) -> None:
    """A language given once holds for every question that has it; given again it wins."""
    with kg.open(HARBOUR, out=out, language="sv") as opened:
        assert opened.ask("organisations-by-kind").values == {"language": "sv"}
        assert opened.ask("organisations-by-kind", language="en").values == {"language": "en"}
        assert opened.ask("uncited-lines").values.get("language") in (None, "sv")
        assert opened.network().graph["language"] == "sv"
    with pytest.raises(NotFound, match="'fi' is not one of"):
        kg.open(HARBOUR, language="fi")


def test_the_library(g: Ecosystem, out: Path, tmp_path: Path) -> None:
    """`queries` is a mapping that prints what each asks; a folder of one's own joins it."""
    assert set(g.queries) == {path.stem for path in (ROOT / "queries").glob("*.rq")}
    assert "Who sits on which board" in repr(g.queries)
    assert g.queries["board-seats"].summary
    (tmp_path / "mine.rq").write_text("#+ summary: My own\nSELECT ?x { VALUES ?x { 1 } }")
    with kg.open(HARBOUR, out=out, queries=tmp_path) as opened:
        assert len(opened.queries) == len(g.queries) + 1
        assert opened.ask("mine").rows == [{"x": 1}]
        assert opened.ask("organisations-by-kind")


def test_the_network(g: Ecosystem) -> None:
    """Two modes are actors and initiatives, one is organisations; as of a date fewer ties held."""
    whole, part = g.network(), g.network(as_of="1990")
    assert isinstance(whole, nx.MultiDiGraph)
    assert {"kind", "citations", "name"} <= set(whole.nodes["initiative:tide"])
    assert all({"start", "end", "citations"} <= set(edge) for *_, edge in whole.edges(data=True))
    assert part.number_of_edges() < whole.number_of_edges()
    one = g.network(1)
    assert isinstance(one, nx.Graph)
    assert {kind for _, kind in one.nodes(data="kind")} <= {"organisation", "unit"}
    assert set(g.measures()) == set(one)
    assert g.measures(2)["initiative:tide"]["degree"] >= 1
    with pytest.raises(QueryError, match="1 or 2 modes"):
        g.network(3)  # type: ignore[arg-type]
    with pytest.raises(QueryError):
        g.network(as_of="yesterday")


def test_an_rdflib_graph(g: Ecosystem, harbour: Embedded) -> None:
    """`graph` is the default graph, the same each time, with the prefixes bound."""
    assert isinstance(g.graph, rdflib.Graph)
    assert g.graph is g.graph
    assert len(g.graph) == len(exports.export(harbour, "nt").splitlines())
    assert dict(g.graph.namespaces())["org"] == rdflib.URIRef("http://www.w3.org/ns/org#")


def test_exporting(g: Ecosystem, harbour: Embedded) -> None:
    """`export` gives the bytes of `kg export`, of all or as of a period; a wrong form is told."""
    assert g.export().decode() == exports.export(harbour, "ttl")
    assert g.export("xlsx").startswith(b"PK")
    assert len(g.export("nt", as_of=2030)) < len(g.export("nt"))
    with pytest.raises(QueryError, match="did you mean 'turtle'"):
        g.export("turtel")


def test_showing_a_thing(g: Ecosystem) -> None:
    """A profile is text to print; the ecosystem itself says what it is."""
    assert g.show("Havslabbet").startswith("Sea")
    assert repr(g).endswith("harbour>")


def test_a_file_and_a_folder_of_files(g: Ecosystem, harbour: Embedded, tmp_path: Path) -> None:
    """An RDF file, or a folder of them, gives the same answers as the tables."""
    (tmp_path / "graph.ttl").write_text(exports.export(harbour, "ttl"), encoding="utf-8")
    for source in (tmp_path / "graph.ttl", tmp_path):
        with kg.open(source, out=tmp_path) as opened:
            assert opened.base == g.base
            assert list(opened.ask("initiative-members")) == list(g.ask("initiative-members"))
    with pytest.raises(NotFound):
        kg.open(tmp_path / "none")


def test_an_endpoint(tmp_path: Path) -> None:
    """An address is asked over HTTP; time-outs and wrong addresses are errors of their own."""
    described = Reply(body=rows().replace(b'"x"', b'"set"'))
    with (
        Stub(described, Reply(body=rows("a", "b"))) as stub,
        kg.open(
            stub.url, out=tmp_path, default_graph="http://g.example/", named_graphs=["http://n.example/"]
        ) as remote,
    ):
        assert [row["x"] for row in remote.sparql("SELECT ?x { ?x ?p ?o }")] == ["a", "b"]
        assert repr(remote) == f"<Ecosystem {stub.url}>"
    graphs = {"default-graph-uri": ["http://g.example/"], "named-graph-uri": ["http://n.example/"]}
    assert stub.asked[-1].form.items() >= graphs.items()
    with (
        Stub(Reply(silent=True)) as stub,
        kg.open(stub.url, out=tmp_path, timeout=0.3) as remote,
        pytest.raises(TimeoutExceeded),
    ):
        remote.sparql("ASK {}")
    with pytest.raises(RemoteError, match="begins with http"):
        kg.open("http://")


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"engine": "virtuoso"}, "are of an endpoint"),
        ({"default_graph": "http://g.example/"}, "are of an endpoint"),
        ({"named_graphs": ["http://g.example/"]}, "are of an endpoint"),
        ({"queries": "none"}, "no such folder of questions"),
        ({"timeout": 0}, "timeout '0' is not a number of seconds"),
        ({"timeout": float("inf")}, "timeout 'inf' is not a number of seconds"),
        ({"memory": 0}, "memory '0' is not a whole number of megabytes"),
    ],
)
def test_what_would_be_ignored_is_refused(options: dict[str, Any], words: str) -> None:
    """What makes no sense with what is opened, or cannot be kept to, is told at once."""
    with pytest.raises(kg.errors.KgError, match=words):
        kg.open(HARBOUR, **options)


def test_a_broken_folder_is_told(folder: Path, tmp_path: Path) -> None:
    """What is wrong with the tables arrives from the child as from `kg check`."""
    (folder / "memberships.csv").write_text("wrong\n1\n")
    with kg.open(folder, out=tmp_path) as opened, pytest.raises(kg.errors.InvalidData, match="memberships"):
        opened.ask("board-seats")
