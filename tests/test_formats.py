"""The module `formats`: answers and graphs as text."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rdflib import Graph

from kg import formats
from kg.errors import TimeoutExceeded
from kg.jsonld import jsonld

if TYPE_CHECKING:
    from kg.embedded import Embedded

# rdflib's own parser of JSON-LD and N-Quads warns of a class that rdflib is to drop.
pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")

BASE = "https://example.org/"
LABEL = ox.NamedNode("http://www.w3.org/2004/02/skos/core#prefLabel")
PREFIXES = {"skos": "http://www.w3.org/2004/02/skos/core#", "organisation": f"{BASE}organisation/"}
SELECT = "SELECT ?thing ?name { ?thing a org:FormalOrganization ; skos:prefLabel ?name } ORDER BY ?name"
HOSTILE = [
    "plain",
    "räksmörgås 東京 𐐷",
    'a "quoted" name',
    "back\\slash \\n \\u0041",
    "<https://host.example/> & </script>",
    "\u202eright to left\u202c \u200f",
    "two\nlines\r\nand\ttab",
    "nul\x00bell\x07",
    "'''\"\"\"",
    " blanks ",
    "@prefix x: <y> .",
    "[bold]markup[/bold]",
]
FORMS = [form for form in formats.RDF if form != "rdf"]


def named(text: str, language: str = "sv") -> list[ox.Triple]:
    """Give a graph of one name."""
    thing = ox.NamedNode(f"{BASE}organisation/x")
    return [ox.Triple(thing, LABEL, ox.Literal(text, language=language))]


def solutions(store: Embedded, text: str) -> ox.QuerySolutions:
    """Ask for rows."""
    found = store.query(text)
    assert isinstance(found, ox.QuerySolutions)
    return found


def test_a_select_in_each_form(harbour: Embedded) -> None:
    """CSV, TSV, JSON and XML hold the same rows."""
    expected = [row["name"].value for row in solutions(harbour, SELECT)]
    written = {form: formats.tabular(solutions(harbour, SELECT), form) for form in formats.TABULAR}
    assert [row["name"] for row in csv.DictReader(io.StringIO(written["csv"]))] == expected
    assert written["tsv"].splitlines()[0] == "?thing\t?name"
    assert len(written["tsv"].splitlines()) == len(expected) + 1
    bindings = json.loads(written["json"])["results"]["bindings"]
    assert [binding["name"]["value"] for binding in bindings] == expected
    assert bindings[0]["name"]["xml:lang"]
    assert written["xml"].startswith("<?xml")
    assert "Båtbolaget AB" in written["xml"]


@pytest.mark.parametrize("form", formats.TABULAR)
def test_an_ask_in_each_form(harbour: Embedded, form: str) -> None:
    """Each form says yes or no."""
    for text, word in (("ASK {}", "true"), ("ASK { inno:x inno:x inno:x }", "false")):
        answer = harbour.query(text)
        assert isinstance(answer, ox.QueryBoolean)
        assert word in formats.tabular(answer, form)


@pytest.mark.parametrize("form", formats.RDF)
def test_a_construct_in_each_form(harbour: Embedded, form: str) -> None:
    """Each syntax holds the triples, sorted, without repetition and with the prefixes that occur."""
    text = "CONSTRUCT { ?m org:role ?r } { ?m org:role ?r }"
    answer = harbour.query(text)
    assert isinstance(answer, ox.QueryTriples)
    triples = list(answer)
    written = formats.graph(
        triples, form, {"org": "http://www.w3.org/ns/org#", "foaf": "http://xmlns.com/foaf/0.1/"}
    )
    found = {str(quad.triple) for quad in ox.parse(written, format=formats.RDF[form])}
    assert found == {str(triple) for triple in triples}
    assert formats.graph(reversed(triples * 2), form, {"org": "http://www.w3.org/ns/org#"}) == written
    assert "foaf" not in written


def test_an_empty_answer_is_one(harbour: Embedded) -> None:
    """No rows are a head alone, no triples an empty graph."""
    none = "SELECT ?x { ?x a inno:None }"
    assert formats.tabular(solutions(harbour, none), "csv") == "x\r\n"
    for form in formats.RDF:
        assert list(ox.parse(formats.graph([], form, {}), format=formats.RDF[form])) == []


@pytest.mark.parametrize("form", formats.RDF)
def test_a_poison_graph_ends_in_time(form: str) -> None:
    """Blank nodes that are all alike keep no process for ever: they are given up when their time is over."""
    nodes = [ox.BlankNode(f"b{n}") for n in range(14)]
    clique = [ox.Triple(a, ox.NamedNode("http://x.example/p"), b) for a in nodes for b in nodes if a != b]
    with pytest.raises(TimeoutExceeded, match=r"14 blank nodes are so much alike .* longer than 0.5 s"):
        formats.graph(clique, form, {}, 0.5)


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("form", FORMS)
def test_hostile_labels_survive(text: str, form: str) -> None:
    """A label is read back as it was, whatever it holds."""
    written = formats.dump(named(text), form, PREFIXES)
    assert [quad.object.value for quad in ox.parse(written, format=formats.RDF[form])] == [text]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_labels_survive_for_people(text: str) -> None:
    """The readable Turtle and JSON-LD hold hostile labels as well, for Oxigraph and for rdflib."""
    for written, form, name in (
        (formats.turtle(named(text), BASE, PREFIXES), ox.RdfFormat.TURTLE, "turtle"),
        (jsonld(named(text), PREFIXES), ox.RdfFormat.JSON_LD, "json-ld"),
    ):
        assert [quad.triple for quad in ox.parse(written, format=form)] == named(text)
        assert [str(value) for _, _, value in Graph().parse(data=written, format=name)] == [text]


@given(st.text(st.characters(codec="utf-8"), min_size=1), st.sampled_from(["sv", "en", "en-GB"]))
@example("\u2028\u2029\x85\x0b\x0c", "sv")
@example("\ufeff", "en")
def test_any_label_survives_in_the_turtle(text: str, language: str) -> None:
    """Any text comes out of the readable Turtle as it went in."""
    written = formats.turtle(named(text, language), BASE, PREFIXES)
    assert [quad.triple for quad in ox.parse(written, format=ox.RdfFormat.TURTLE)] == named(text, language)


@pytest.mark.parametrize(
    "key", ["a.b", "a(b)", "a'b", "line=1,2", "-a", "a-", "1a", "å", "a%20b", "a~b", "a.", "a:b"]
)
def test_any_key_survives_in_each_syntax(key: str) -> None:
    """Keys that a short name may not hold are written so that each syntax reads them back."""
    triples = [ox.Triple(ox.NamedNode(f"{BASE}organisation/{key}"), LABEL, ox.Literal("x"))]
    assert [q.triple for q in ox.parse(jsonld(triples, PREFIXES), format=ox.RdfFormat.JSON_LD)] == triples
    assert [
        q.triple for q in ox.parse(formats.turtle(triples, BASE, PREFIXES), format=ox.RdfFormat.TURTLE)
    ] == triples


def test_lines_are_in_their_order() -> None:
    """Passages come by the number of their lines, not by its text."""
    triples = [
        ox.Triple(ox.NamedNode(f"{BASE}source/a#line={n},{n + 1}"), LABEL, ox.Literal(str(n)))
        for n in (10, 9, 100)
    ]
    written = formats.turtle(triples, BASE, PREFIXES)
    assert written.index("line=9,") < written.index("line=10,") < written.index("line=100,")


def test_only_prefixes_that_occur_are_used() -> None:
    """A prefix is declared where its namespace is that of some term."""
    assert list(
        formats.used({"a": "https://a.example/", "b": "https://b.example/"}, ["<https://a.example/x>"])
    ) == ["a"]
