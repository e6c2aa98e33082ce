"""The module `exports`: the whole graph in each syntax, read back by others into the same graph."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from functools import cache
from typing import TYPE_CHECKING

import networkx as nx
import pyoxigraph as ox
import pytest
from conftest import HARBOUR, ROOT, STOCKHOLM, loaded
from pyld import jsonld as pyld
from rdflib import Dataset, Graph
from rdflib.compare import isomorphic

from kg import context, exports, network
from kg.embedded import Embedded
from kg.errors import QueryError

if TYPE_CHECKING:
    from pathlib import Path

FOLDERS = {"stockholm": STOCKHOLM, "harbour": HARBOUR}
READERS = {
    "ttl": ox.RdfFormat.TURTLE,
    "nt": ox.RdfFormat.N_TRIPLES,
    "nq": ox.RdfFormat.N_QUADS,
    "trig": ox.RdfFormat.TRIG,
    "jsonld": ox.RdfFormat.JSON_LD,
    "rdf": ox.RdfFormat.RDF_XML,
    "canonical": ox.RdfFormat.N_QUADS,
}
# rdflib's own parser of JSON-LD and N-Quads warns of a class that rdflib is to drop.
pytestmark = [
    pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning"),
    pytest.mark.filterwarnings("ignore:Dataset:DeprecationWarning"),
]

WHOLE = ("nq", "trig", "canonical")
"""The formats that hold the named graphs too."""


@cache
def store(data: str) -> Embedded:
    """Give an ecosystem's store."""
    return loaded(FOLDERS[data])


@cache
def exported(data: str, form: str) -> str:
    """Give an ecosystem's export."""
    if form in exports.NETWORKS:
        return exports.network(network.read(store(data)), form).decode()
    return exports.export(store(data), form)


def quads(data: str, form: str) -> set[str]:
    """Give the quads that an export in some format has to hold, in N-Quads."""
    default = ox.DefaultGraph()
    return {str(quad) for quad in store(data).store if form in WHOLE or quad.graph_name == default}


def canonical(lines: str) -> set[str]:
    """Give N-Quads of whatever writer as Oxigraph writes them."""
    return {str(quad) for quad in ox.parse(lines, format=ox.RdfFormat.N_QUADS)}


@pytest.mark.parametrize("form", exports.SYNTAXES)
@pytest.mark.parametrize("data", FOLDERS)
def test_oxigraph_reads_back_the_same_graph(data: str, form: str) -> None:
    """What is exported is what is in the store; without blank nodes, equal is isomorphic."""
    found = {str(quad) for quad in ox.parse(exported(data, form), format=READERS[form])}
    assert found == quads(data, form)
    assert not any("_:" in line.split(' "')[0] for line in found)


@pytest.mark.parametrize("form", ["ttl", "nt", "jsonld", "rdf"])
@pytest.mark.parametrize("data", FOLDERS)
def test_rdflib_reads_back_the_same_graph(data: str, form: str) -> None:
    """The parsers of rdflib, that of JSON-LD among them, read the same triples."""
    names = {"ttl": "turtle", "nt": "nt", "jsonld": "json-ld", "rdf": "xml"}
    found = Graph().parse(data=exported(data, form), format=names[form])
    assert canonical(found.serialize(format="nt")) == quads(data, form)


@pytest.mark.parametrize("form", WHOLE)
def test_rdflib_reads_back_the_same_graphs(form: str) -> None:
    """The named graphs are read by rdflib, too."""
    names = {"nq": "nquads", "trig": "trig", "canonical": "nquads"}
    found = Dataset()
    found.parse(data=exported("harbour", form), format=names[form])
    lines = found.serialize(format="nquads").replace(" <urn:x-rdflib:default> .", " .")
    assert canonical(lines) == quads("harbour", form)


@pytest.mark.parametrize("form", exports.SYNTAXES)
def test_asserted_leaves_out_what_was_derived_and_no_more(form: str) -> None:
    """`--asserted` is the graph without the triples of the derived graph."""
    kept = store("harbour")
    derived = ox.NamedNode(f"{kept.base}graph/derived")
    left_out = {quad.triple for quad in kept.store.quads_for_pattern(None, None, None, derived)}
    assert left_out
    text = exports.export(kept, form, asserted=True)
    found = {str(quad) for quad in ox.parse(text, format=READERS[form])}
    assert found == {
        str(quad)
        for quad in kept.store
        if quad.triple not in left_out and (form in WHOLE or quad.graph_name == ox.DefaultGraph())
    }
    assert not [line for line in found if "/interval/" in line.split()[0] and "#earliestStart>" in line]


def test_each_graph_is_written_once() -> None:
    """TriG opens each named graph once, the default graph first."""
    text = exported("harbour", "trig")
    opened = [line for line in text.splitlines() if line.endswith("{")]
    assert len(opened) == len(set(opened)) == 4
    assert text.index("a org:FormalOrganization") < text.index(opened[0])


@pytest.mark.parametrize("data", FOLDERS)
@pytest.mark.parametrize("form", ["ttl", "trig"])
def test_declared_prefixes_are_used(data: str, form: str) -> None:
    """Every prefix that is declared stands before some name, and each kind of thing has its own."""
    head: list[str] = []
    body: list[str] = []
    for line in exported(data, form).splitlines():
        (head if line.startswith("@prefix") else body).append(line)
    names = [line.split()[1] for line in head]
    assert len(names) == len(set(names))
    text = "\n".join(body)
    for name in names:
        assert f" {name}" in text or f"\n{name}" in text, name
    assert {"organisation:", "membership:", "role:", "inno:", "org:"} <= set(names)


def test_turtle_reads_well() -> None:
    """The Turtle goes by kind of thing with headings; a membership shows role, interval and source."""
    text = exported("harbour", "ttl")
    headings = [line for line in text.splitlines() if line.startswith("# ")]
    assert headings[:2] == ["# The data set and its sources", "# Organisations"]
    assert len(headings) == len(set(headings))
    place = text.index("membership:boat-company-partner-sea-lab a org:Membership")
    edge = text[place : text.index(" .\n", place)]
    for part in (
        "org:member organisation:boat-company",
        "org:organization initiative:sea-lab",
        "org:role role:partner",
        "org:memberDuring interval:membership-boat-company-partner-sea-lab",
        "certainty:stated",
        "<https://example.org/harbour/source/report#line=2,3>",
    ):
        assert part in edge.replace("interval:boat", "interval:membership-boat"), part


def test_words_for_formats() -> None:
    """A format is known by its usual names; another is refused with the nearest, or with all."""
    assert exports.form_of("Turtle") == exports.form_of("ttl") == "ttl"
    assert exports.form_of("json-ld") == exports.form_of("JSONLD") == "jsonld"
    with pytest.raises(QueryError, match="did you mean 'turtle'"):
        exports.form_of("turtel")
    with pytest.raises(QueryError, match="there are ttl, trig, nt, nq, jsonld, rdf, canonical, graphml"):
        exports.form_of("zzz")


def test_the_end_of_a_file_s_name_says_the_form() -> None:
    """A name without an ending is Turtle; an ending that no form has is none, whatever would be inside."""
    assert [exports.by_ending(name) for name in ("mine", "-", "x.OWL", "x.turtle", "a-edges.csv")] == [
        *("ttl", "ttl", "rdf", "ttl", "edges")
    ]
    for name in ("mine.csv", "mine.json", "mine.ttl.gz"):
        with pytest.raises(QueryError, match=r"no export has files that end in '\.(csv|json|gz)'"):
            exports.by_ending(name)


@pytest.mark.parametrize("form", ["graphml", "gexf"])
def test_networks_are_exported(form: str) -> None:
    """The network is one of the exports: networkx reads it back; in GEXF it has the view's places."""
    graph = network.read(store("stockholm"))
    made = io.BytesIO(exports.network(graph, form))
    if form == "gexf":
        found = nx.read_gexf(made, version="1.3")
        assert all({"color", "position"} <= set(known["viz"]) for _, known in found.nodes(data=True))
    else:
        found = nx.read_graphml(made, force_multigraph=True, edge_key_type=str)
        assert set(found.edges(keys=True)) == set(graph.edges(keys=True))
    assert set(found) == set(graph)


def test_pyld_reads_back_the_same_graph() -> None:
    """A third reader of JSON-LD, which fetches nothing, reads the same graph."""
    found = pyld.to_rdf(json.loads(exported("harbour", "jsonld")), {"format": "application/n-quads"})
    assert canonical(str(found)) == quads("harbour", "jsonld")


def test_a_context_that_is_published() -> None:
    """With its IRI in place of the context itself, the published one gives the same graph."""
    part = exports.Part(store("harbour"), context=context.IRI)
    made = json.loads(exports.write(part, "jsonld"))
    assert made["@context"][0] == context.IRI
    assert not any(isinstance(value, dict) for value in made["@context"][1].values())
    document = json.loads((ROOT / "ontology" / "context.jsonld").read_text(encoding="utf-8"))

    def load(url: str, _options: object) -> dict[str, object]:
        assert url == context.IRI
        return {"contextUrl": None, "documentUrl": url, "document": document}

    found = pyld.to_rdf(made, {"format": "application/n-quads", "documentLoader": load})
    assert canonical(str(found)) == quads("harbour", "jsonld")


def test_one_mode_is_a_part() -> None:
    """The network of a part has the mode and the period that are asked for."""
    part = exports.Part(store("harbour"), modes="1")
    assert not part.network.is_directed()
    assert set(exports.Part(store("harbour"), period="2030").network) < set(
        exports.Part(store("harbour")).network
    )


@pytest.mark.parametrize("form", ["trig", "nq", "canonical"])
def test_the_default_graph_under_a_name(form: str) -> None:
    """Every quad of the default graph stands in the named one, and nothing else is another."""
    part = exports.Part(store("harbour"), named="https://example.org/all")
    found = {str(quad) for quad in ox.parse(exports.write(part, form), format=READERS[form])}
    name = ox.NamedNode("https://example.org/all")
    expected = {
        str(ox.Quad(quad.subject, quad.predicate, quad.object, name))
        if quad.graph_name == ox.DefaultGraph()
        else str(quad)
        for quad in store("harbour").store
    }
    assert found == expected


def test_the_name_of_another_graph_is_refused() -> None:
    """What a source says would be mixed with what all say; what was written under the name can be again."""
    kept = store("harbour")
    with pytest.raises(QueryError, match="graph/report> is a graph of the data set"):
        exports.write(exports.Part(kept, named=f"{kept.base}graph/report"), "nq")
    name = f"{kept.base}graph/dataset"
    made = exports.write(exports.Part(kept, named=name), "nq")
    again = Embedded(ox.Store(), kept.base)
    again.store.extend(ox.parse(made, format=ox.RdfFormat.N_QUADS))
    assert exports.write(exports.Part(again, named=name), "nq") == made


@pytest.mark.parametrize("form", exports.SYNTAXES)
def test_blank_nodes_have_the_same_names_each_time(form: str) -> None:
    """A store names blank nodes anew each time it reads them; an export's bytes stay the same."""
    text = "".join(
        f"_:n{n} <http://x.example/p> {n} . <http://x.example/g> {{ _:n{n} a <http://x.example/T> }}"
        for n in range(9)
    )

    def written() -> bytes:
        store = ox.Store()
        store.bulk_load(text, ox.RdfFormat.TRIG)
        return exports.write(exports.Part(Embedded(store, "https://x.example/")), form)

    assert written() == written()


def test_graphs_with_blank_nodes() -> None:
    """What no data folder holds, blank nodes and quoted texts, survives each syntax as well."""
    text = "_:a <https://example.org/p> _:b . _:b <https://example.org/q> 'x\\u0007\\\\n'@en , 'a' ."
    part = exports.Part(Embedded(ox.Store(), "https://example.org/"))
    part.store.store.extend(ox.parse(text, format=ox.RdfFormat.TURTLE))
    expected = Graph().parse(data=text, format="turtle")
    for form in ("ttl", "trig", "nt", "nq", "jsonld", "canonical"):
        lines = [quad.triple for quad in ox.parse(exports.write(part, form), format=READERS[form])]
        found = Graph().parse(data="".join(f"{triple} .\n" for triple in lines), format="nt")
        assert isomorphic(found, expected), form
    with pytest.raises(QueryError, match="XML cannot hold"):
        exports.write(part, "rdf")


@pytest.mark.parametrize("form", [*exports.SYNTAXES, *exports.NETWORKS])
def test_exports_are_equal_to_the_byte(form: str, out: Path) -> None:
    """Whatever the hash seed, the locale and the time zone, an export has the same bytes."""
    answers = set()
    for seed, locale, zone in (("0", "C", "UTC"), ("4711", "sv_SE.UTF-8", "Asia/Kathmandu")):
        done = subprocess.run(
            [sys.executable, "-m", "kg", "export", "--format", form, "-o", "-", "--out", str(out)],
            cwd=out,
            env={
                "PATH": os.environ["PATH"],
                "PYTHONPATH": str(ROOT),
                "KG_DATA": str(HARBOUR),
                "PYTHONHASHSEED": seed,
                "LC_ALL": locale,
                "TZ": zone,
            },
            capture_output=True,
            check=True,
        )
        answers.add(done.stdout)
    assert answers == {exported("harbour", form).encode()}
