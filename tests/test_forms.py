"""The module `forms`: the one table of forms, which of them is meant, and every question in each."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pyoxigraph as ox
import pytest
from answers import asked, of_library, of_texts
from conftest import HARBOUR, ROOT, STOCKHOLM, loaded
from rdflib import Graph

from kg import ask, forms
from kg.errors import QueryError

if TYPE_CHECKING:
    from kg.answer import Answer
    from kg.embedded import Embedded

ROWS = [form for form in forms.FORMS.values() if form.takes != forms.GRAPH]
GRAPHS = [form for form in forms.FORMS.values() if form.takes == forms.GRAPH]
NETWORKS = ("graphml", "gexf")
SOLUTIONS = "SELECT ?x { VALUES ?x { initiative:tide } }"
TRIPLES = 'CONSTRUCT { initiative:tide rdfs:label "Tide" } {}'


@cache
def answered(name: str) -> Answer:
    """Ask a question of Stockholm once."""
    return of_library(_stockholm(), name)


@cache
def _stockholm() -> Embedded:
    return loaded(STOCKHOLM)


@pytest.mark.parametrize("form", forms.FORMS.values(), ids=lambda form: form.name)
def test_each_form_is_whole(form: forms.Form) -> None:
    """Each form has a writer, a media type, and what it takes; its name is its key."""
    assert callable(form.load())
    assert forms.FORMS[form.name] is form
    assert form.media.count("/") == 1
    assert form.about
    assert form.takes <= {"rows", "boolean", "graph"}
    assert form.name in forms.listed()


def test_names_and_suffixes_mean_one_form() -> None:
    """No two forms of one kind of answer share a suffix; no other name hides a form's own."""
    ends = [end for form in forms.FORMS.values() for end in form.suffixes]
    assert len(ends) == len(set(ends))
    assert all(end.startswith(".") and end == end.lower() for end in ends)
    assert not set(forms.ALIASES) & set(forms.FORMS)
    assert set(forms.ALIASES.values()) <= set(forms.FORMS)


@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("CSV", "csv"),
        ("Turtle", "ttl"),
        ("json-ld", "jsonld"),
        ("md", "markdown"),
        ("Excel", "xlsx"),
        ("srx", "xml"),
    ],
)
def test_other_names(word: str, name: str) -> None:
    """A form is found by the names that people know it by, whatever their letters."""
    assert forms.find(word).name == name


@pytest.mark.parametrize(
    ("word", "part"),
    [
        ("xslx", "did you mean 'xlsx'"),
        ("markdwn", "did you mean 'markdown'"),
        ("parquet", "there are table, csv"),
    ],
)
def test_a_name_of_no_form(word: str, part: str) -> None:
    """A word that is no form is answered with the nearest, or with all."""
    with pytest.raises(QueryError, match=part) as caught:
        forms.find(word)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("name", "kind", "form"),
    [
        ("partners.xlsx", "rows", "xlsx"),
        ("partners.CSV", "rows", "csv"),
        ("a.b.md", "boolean", "markdown"),
        ("x.json", "rows", "json"),
        ("x.json", "graph", "jsonld"),
        ("x.xml", "graph", "rdf"),
        ("x.ttl", "graph", "ttl"),
        ("x.htm", "graph", "html"),
        ("seats", "rows", "csv"),
        ("seats", "graph", "ttl"),
        ("-", "rows", "csv"),
    ],
)
def test_a_suffix_chooses(name: str, kind: str, form: str) -> None:
    """The end of the file's name says the form; a name without one gets the usual form."""
    assert forms.chosen(None, Path(name), kind, terminal=True).name == form
    assert forms.chosen("markdown", Path(name), kind, terminal=True).name == "markdown"


@pytest.mark.parametrize(
    ("name", "kind", "part"),
    [
        ("x.xls", "rows", "did you mean '.xlsx'"),
        ("x.2016", "rows", "name one with --format"),
        ("x.ttl", "rows", "ttl is for graphs; a SELECT answers in table, csv"),
        ("x.csv", "graph", "csv is for tables; a CONSTRUCT or DESCRIBE answers in"),
    ],
)
def test_a_suffix_that_does_not_fit(name: str, kind: str, part: str) -> None:
    """A suffix of no form, or of one for another kind of answer, is an error, not a guess."""
    with pytest.raises(QueryError, match=part):
        forms.chosen(None, Path(name), kind, terminal=False)


def test_a_terminal_gets_what_it_can_show() -> None:
    """A table or Turtle on a terminal; a workbook only in a file or a pipe."""
    assert forms.chosen(None, None, "rows", terminal=True).name == "table"
    assert forms.chosen(None, None, "rows", terminal=False).name == "csv"
    assert forms.chosen(None, None, "graph", terminal=True).name == "ttl"
    assert forms.chosen("xlsx", None, "rows", terminal=False).binary
    for output in (None, Path("-")):
        with pytest.raises(QueryError, match="-o FILE"):
            forms.chosen("xlsx", output, "rows", terminal=True)


@pytest.mark.parametrize("form", GRAPHS, ids=lambda form: form.name)
def test_a_syntax_of_graphs_is_none_for_rows(harbour: Embedded, form: forms.Form) -> None:
    """A SELECT and an ASK in a syntax of graphs are refused with the forms that they have."""
    for text, what in ((SOLUTIONS, "a SELECT"), ("ASK {}", "an ASK")):
        with pytest.raises(QueryError, match=f"is for graphs; {what} answers in table, csv, tsv"):
            asked(harbour, text).write(form.name)


@pytest.mark.parametrize("name", ["csv", "tsv", "json", "xml"])
def test_the_w3c_s_forms_of_rows_are_none_for_graphs(harbour: Embedded, name: str) -> None:
    """A CONSTRUCT in a form that is defined for rows is refused with the forms that it has."""
    with pytest.raises(QueryError, match="a CONSTRUCT or DESCRIBE answers in table, csv-excel"):
        asked(harbour, TRIPLES).write(name)


@pytest.mark.parametrize("form", GRAPHS, ids=lambda form: form.name)
@pytest.mark.parametrize("origin", [False, True])
def test_each_graph_is_read_back(harbour: Embedded, form: forms.Form, *, origin: bool) -> None:
    """The same triples are read from each syntax, with and without the origin, by rdflib too where it can."""
    answer = asked(harbour, "CONSTRUCT { ?s ?p ?o } { ?s a org:Membership ; ?p ?o }")
    written = answer.write(form.name, origin=origin)
    read = ox.RdfFormat.from_media_type(form.media)
    assert read is not None
    assert {quad.triple for quad in ox.parse(written, format=read)} == set(answer.triples)
    names = {"ttl": "turtle", "nt": "nt", "rdf": "xml"}
    if form.name in names:
        assert len(Graph().parse(data=written, format=names[form.name])) == len(answer.triples) > 10


@pytest.mark.parametrize("form", ROWS, ids=lambda form: form.name)
@pytest.mark.parametrize("text", ["ASK {}", "ASK { FILTER(false) }"])
def test_a_yes_or_no_in_each_form(harbour: Embedded, form: forms.Form, text: str) -> None:
    """An ASK is answered in every form of rows but the networks."""
    answer = asked(harbour, text)
    if form.name in NETWORKS:
        with pytest.raises(QueryError, match="is for relations; an ASK answers in"):
            answer.write(form.name)
    elif not form.binary:
        assert str(bool(answer)).lower() in answer.write(form.name).decode()


@pytest.mark.parametrize("name", sorted(ask.library()))
def test_every_question_in_every_form(name: str) -> None:
    """Each question of the library is written in each form, and independent readers count its rows."""
    answer = answered(name)
    rows = len(answer)
    for form in ROWS:
        if form.name in NETWORKS and not answer.query.edges:
            with pytest.raises(QueryError, match="is not about relations"):
                answer.write(form.name)
            continue
        written = answer.write(form.name, origin=True)
        if form.name in ("csv", "csv-excel"):
            assert len(list(csv.reader(io.StringIO(written.decode("utf-8-sig"), newline="")))) == rows + 1
        elif form.name == "tsv":
            assert written.count(b"\n") == rows + 1
        elif form.name == "json":
            assert len(json.loads(written)["results"]["bindings"]) == rows
        elif form.name in ("xml", *NETWORKS):
            found = ET.fromstring(written)  # noqa: S314  our own
            assert form.name != "xml" or len(found.findall(".//{*}result")) == rows
        elif form.name == "html-table":
            assert written.count(b"<tr ") == rows + 1
        elif form.name == "markdown":
            assert written.decode().split("\n\n")[0].count("\n|") == rows + 1


def test_the_bytes_are_the_same_in_each_process(tmp_path: Path) -> None:
    """Python's order of sets, which differs from run to run, is in no form."""
    made = "import sys; sys.path.insert(0, 'tests')\n"
    made += (
        "from answers import asked, of_library; from conftest import HARBOUR, loaded; from kg import forms\n"
    )
    made += "import hashlib; store = loaded(HARBOUR); whole = hashlib.sha256()\n"
    made += (
        "rows, graph = of_library(store, 'organisation-partners'), asked(store, 'DESCRIBE initiative:tide')\n"
    )
    made += "for form in forms.FORMS.values():\n"
    made += "    answer = graph if form.takes == forms.GRAPH else rows\n"
    made += "    if form.name in ('graphml', 'gexf') and not answer.query.edges: continue\n"
    made += "    whole.update(answer.write(form.name, origin=True))\n"
    made += "print(whole.hexdigest())\n"
    found = {
        subprocess.run(
            [sys.executable, "-c", made],
            cwd=ROOT,
            env={"PATH": "/usr/bin:/bin", "HOME": str(tmp_path), "PYTHONHASHSEED": seed, "TZ": zone},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed, zone in (("1", "UTC"), ("2", "Asia/Tokyo"))
    }
    assert len(found) == 1
    assert HARBOUR.is_dir()


def test_blank_nodes_keep_their_names(harbour: Embedded) -> None:
    """A store names blank nodes anew each time; a graph with some has the same bytes all the same."""
    text = "CONSTRUCT { ?s inno:a [ inno:b ?o ] } { VALUES (?s ?o) { (inno:x 1) (inno:y 2) } }"
    for form in GRAPHS:
        assert asked(harbour, text).write(form.name) == asked(harbour, text).write(form.name)


@pytest.mark.parametrize("text", ["a\x01b", "\ufffe"])
def test_what_xml_cannot_hold_is_told(text: str) -> None:
    """XML with such a character would be none: the error names it, and another form holds it."""
    answer = of_texts(["x"], [[text]])
    with pytest.raises(QueryError, match=r"the character U\+(0001|FFFE), which XML cannot hold"):
        answer.write("xml")
    read = json.loads(answer.write("json"))
    assert read["results"]["bindings"][0]["x"]["value"] == text


def test_carriage_returns_survive_in_xml(harbour: Embedded) -> None:
    """A reader of XML takes a bare carriage return for a line feed; it is written so that none does."""
    found = ET.fromstring(of_texts(["x"], [["a\r\nb\rc"]]).write("xml"))  # noqa: S314  our own
    assert found.findtext(".//{*}literal") == "a\r\nb\rc"
    graph = asked(harbour, 'CONSTRUCT { initiative:tide rdfs:label "a\\r\\nb" } {}').write("rdf")
    assert ET.fromstring(graph).findtext(".//{*}label") == "a\r\nb"  # noqa: S314  our own


def test_a_property_that_xml_cannot_name_is_told(harbour: Embedded) -> None:
    """RDF/XML writes properties as names of elements; one that ends in digits has none."""
    with pytest.raises(QueryError, match=r"RDF/XML has no name for the property <https://a\.example/1>"):
        asked(harbour, "CONSTRUCT { initiative:tide <https://a.example/1> 1 } {}").write("rdf")
