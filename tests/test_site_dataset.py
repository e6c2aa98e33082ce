"""The data set's page and files: each download is what it says it is, and the description says so."""

from __future__ import annotations

import hashlib
import json
from functools import cache

import pyoxigraph as ox
import pytest
from conftest import STOCKHOLM, loaded
from published import Html
from sites import ARCHIPELAGO, archipelago, site_of

from kg import description
from kg.embedded import Embedded
from kg.iris import VOCABULARIES, expand
from kg.site import dataset, downloads
from kg.site.site import Site


@cache
def sites() -> tuple[Site, ...]:
    """Give both data sets' sites."""
    return (
        site_of(loaded(STOCKHOLM), root="https://city.example/kg/", tables=STOCKHOLM),
        site_of(archipelago(), tables=ARCHIPELAGO),
    )


@cache
def written(number: int) -> dict[str, bytes]:
    """Give all files of the description of a data set."""
    return {page.path: page.body for page in dataset.pages(sites()[number])}


def described(number: int) -> ox.Store:
    """Read the description that is published."""
    store = ox.Store()
    store.load(written(number)["dataset/index.ttl"], format=ox.RdfFormat.TURTLE)
    return store


def asked(store: ox.Store, query: str) -> list[list[str]]:
    """Ask, with the prefixes of a description."""
    names = VOCABULARIES | {"void": description.VOID}
    return [[term.value for term in row] for row in store.query(query, prefixes=names)]  # type: ignore[union-attr]


@pytest.mark.parametrize("number", [0, 1])
def test_each_file_has_the_size_and_digest_that_are_told(number: int) -> None:
    """In the RDF and on the page; and no file is told of that is not there."""
    site, files = sites()[number], written(number)
    told = asked(
        described(number),
        "SELECT ?url ?size ?sha { ?f a dcat:Distribution ; dcat:downloadURL ?url ; dcat:byteSize ?size ;"
        " schema:sha256 ?sha }",
    )
    data = {path: body for path, body in files.items() if path.startswith("data/")}
    found = [
        [site.root + path, str(len(body)), hashlib.sha256(body).hexdigest()] for path, body in data.items()
    ]
    assert sorted(told) == sorted(found)
    assert [path for path, _, _ in dataset.listed(site)] == list(data)
    page = Html(files["dataset/index.html"].decode())
    assert page.wrong == []
    assert all(sha in page.said for _, _, sha in told)


@pytest.mark.parametrize("number", [0, 1])
def test_each_dump_is_the_graph(number: int) -> None:
    """The dumps that VoID names have the default graph; the quads all graphs; the checksum is the file's."""
    site, files = sites()[number], written(number)
    default = {q.triple for q in site.store.store.quads_for_pattern(None, None, None, ox.DefaultGraph())}
    forms = {"ttl": ox.RdfFormat.TURTLE, "trig": ox.RdfFormat.TRIG, "nt": ox.RdfFormat.N_TRIPLES}
    forms |= {"nq": ox.RdfFormat.N_QUADS, "jsonld": ox.RdfFormat.JSON_LD, "rdf": ox.RdfFormat.RDF_XML}
    dumps = {row[0] for row in asked(described(number), "SELECT ?u { ?d void:dataDump ?u }")}
    for path in (each.removeprefix(site.root) for each in dumps):
        quads = list(ox.parse(files[path], format=forms[path.rpartition(".")[2]]))
        assert {q.triple for q in quads if q.graph_name == ox.DefaultGraph()} == default, path
    name = site.dataset["name"]
    canonical = files[f"data/{name}.canonical.nq"]
    line = f"{hashlib.sha256(canonical).hexdigest()}  {name}.canonical.nq\n"
    assert files[f"data/{name}.canonical.nq.sha256"].decode() == line


@pytest.mark.parametrize("number", [0, 1])
def test_turtle_json_ld_and_the_well_known_file_say_the_same(number: int) -> None:
    """One description in two syntaxes, and where VoID has it looked for."""
    files = written(number)
    assert files[".well-known/void"] == files["dataset/index.ttl"]
    for folder in ("dataset/", "catalog/"):
        turtle = ox.parse(files[f"{folder}index.ttl"], format=ox.RdfFormat.TURTLE)
        linked = ox.parse(files[f"{folder}index.jsonld"], format=ox.RdfFormat.JSON_LD)
        assert set(turtle) == set(linked)


def test_all_that_the_graph_says_of_the_data_set_is_in_it() -> None:
    """The description adds to the graph and leaves nothing of it out."""
    site = sites()[0]
    made = {quad.triple for quad in described(0)}
    assert set(site.triples(site.dataset["iri"])) <= made


def test_names_do_not_change_with_the_address() -> None:
    """Wherever the files lie, the data set, its parts and its catalogue have the same IRIs."""
    subjects = {
        str(quad.subject)
        for quad in described(0)
        if not str(quad.subject).startswith("<https://w3id.org/innovation-kg/")
    }
    assert {each for each in subjects if "city.example" in each} == set()
    addresses = {row[0] for row in asked(described(0), "SELECT ?u { ?f dcat:downloadURL ?u }")}
    assert all(each.startswith("https://city.example/kg/data/") for each in addresses)


def test_the_catalogue_lists_data_set_and_ontology() -> None:
    """A dcat:Catalog under the IRI that the ontology names."""
    store = ox.Store()
    store.load(written(0)["catalog/index.ttl"], format=ox.RdfFormat.TURTLE)
    listed = asked(store, "SELECT ?r { <https://w3id.org/innovation-kg/catalog> a dcat:Catalog ;"
                          " dcat:dataset|dcat:resource ?r }")  # fmt: skip
    assert sorted(row[0] for row in listed) == [
        "https://w3id.org/innovation-kg/id/dataset/stockholm",
        "https://w3id.org/innovation-kg/ontology/0.1.0",
    ]
    titles = asked(store, "SELECT ?t { ?c a dcat:Catalog ; dcterms:title ?t }")
    assert sorted(titles) == [
        ["Catalogue of: Stockholm's innovation ecosystem"],
        ["Katalog över: Stockholms innovationsekosystem"],
    ]


@pytest.mark.parametrize("number", [0, 1])
def test_search_engines_find_a_schema_org_data_set(number: int) -> None:
    """The embedded JSON-LD names the data set, its licence, version, date, sources and files."""
    for name in ("index.html", "index.sv.html"):
        (text,) = Html(written(number)[f"dataset/{name}"].decode()).data
        found = json.loads(text)
        site = sites()[number]
        assert (found["@type"], found["@id"]) == ("Dataset", site.dataset["iri"])
        assert found["license"] == site.dataset["licence"]
        assert (found["version"], found["datePublished"]) == (site.dataset["version"], site.dataset["date"])
        assert {each["@language"] for each in found["name"]} == {"en", "sv"}
        assert len(found["distribution"]) == len(downloads.listed(site))
        assert len(found["isBasedOn"]) == len(
            asked(site.store.store, "SELECT ?s { ?s a inno:SourceDocument }")
        )


def test_the_tables_are_told_with_their_rows() -> None:
    """PROV names each table, with the digest of the file that was read."""
    digests = {
        row[0]
        for row in asked(described(1), "SELECT ?sha { [] prov:used [ rdfs:label ?n ; schema:sha256 ?sha ] }")
    }
    files = sorted(ARCHIPELAGO.glob("*.csv"))
    assert {hashlib.sha256(path.read_bytes()).hexdigest() for path in files} <= digests


def test_without_tables_there_is_no_workbook() -> None:
    """A graph from an RDF file has no tables to write, and the page says nothing of them."""
    site = site_of(archipelago())
    assert not any(each.form == "xlsx" for each in downloads.listed(site))
    assert list(dataset.tables(site)) == []


def test_how_to_cite_stays_within_its_braces() -> None:
    """BibTeX of a title with braces and backslashes is still one entry."""
    known = dict(sites()[1].dataset) | {"title": {"en": "A {b} \\c{ }}"}, "name": "x y"}
    from kg.site.site import Place

    made = dataset.citation(Place(Site(archipelago(), "https://a.example/", known), "dataset/", "en"))
    assert made["bibtex"].count("{") == made["bibtex"].count("}")
    assert made["bibtex"].startswith("@misc{xy-1.0,")


def test_what_a_graph_says_is_text_not_markup() -> None:
    """Titles, licences and labels that look like HTML or lead to scripts stay texts."""
    evil = '</script><script>window.pwned=1</script>"onload=x'
    store = ox.Store()
    store.extend(archipelago().store)
    node = ox.NamedNode("https://example.org/archipelago/source/evil")
    for curie, value in (
        ("rdf:type", ox.NamedNode(expand("inno:SourceDocument"))),
        ("rdfs:label", ox.Literal(evil, language="en")),
        ("dcterms:title", ox.Literal(evil, language="en")),
        ("dcterms:license", ox.NamedNode("javascript:alert(1)")),
    ):
        store.add(ox.Quad(node, ox.NamedNode(expand(curie)), value))
    known = dict(sites()[1].dataset) | {"title": {"en": evil}, "description": {"en": evil}}
    site = Site(Embedded(store, archipelago().base), "https://a.example/", known)
    described_ = dataset.Described(site)
    for page in site.pages("dataset/", "dataset.html", lambda here: dataset.shown(described_, here)):
        assert b"<script>window" not in page.body
        assert b'href="javascript:' not in page.body


def test_the_files_have_the_same_bytes_each_time() -> None:
    """Nothing of the order in a store or of the clock is in them."""
    again = ox.Store()
    for quad in sorted(archipelago().store, key=str, reverse=True):
        again.add(quad)
    site = site_of(Embedded(again, archipelago().base), tables=ARCHIPELAGO)
    for page in dataset.pages(site):
        assert written(1)[page.path] == page.body, page.path
