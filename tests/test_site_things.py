"""Things: every IRI of the data set has a page, Turtle and JSON-LD, which say what the graph says."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from conftest import STOCKHOLM, loaded
from published import ARCHIPELAGO, Html, pages, target

from kg.iris import expand
from kg.site.site import Site

if TYPE_CHECKING:
    from pathlib import Path

DATASET = {
    "iri": "",
    "name": "x",
    "title": {"en": "x"},
    "description": {},
    "version": "",
    "date": "",
    "licence": "",
}
SITES = [("stockholm_site", STOCKHOLM), ("archipelago_site", ARCHIPELAGO)]


def site_of(folder: Path) -> Site:
    """Give the site of a data folder, to ask where things lie."""
    return Site(loaded(folder), "https://example.org/site/", DATASET)


def mentioned(site: Site) -> set[str]:
    """Give every IRI under the id base that the graph mentions anywhere."""
    nodes = (node for quad in site.store.store for node in (quad.subject, quad.object, quad.graph_name))
    named = {node.value for node in nodes if isinstance(node, ox.NamedNode)}
    return {iri for iri in named if iri.startswith(site.base)}


@pytest.mark.parametrize(("fixture", "folder"), SITES)
def test_every_iri_has_its_page_and_its_data(
    fixture: str, folder: Path, request: pytest.FixtureRequest
) -> None:
    """A page in each language, Turtle and JSON-LD lie at the path that follows from the IRI."""
    place: Path = request.getfixturevalue(fixture)
    site = site_of(folder)
    lacking = [
        (iri, name)
        for iri in mentioned(site)
        for name in ("index.html", "index.sv.html", "index.ttl", "index.jsonld")
        if not (place / site.folder_of(iri) / name).is_file()
    ]
    assert lacking == []


@pytest.mark.parametrize(("fixture", "folder"), SITES)
def test_the_data_beside_a_page_are_the_graphs_own(
    fixture: str, folder: Path, request: pytest.FixtureRequest
) -> None:
    """Turtle and JSON-LD hold the triples with that subject, of a source its passages' too, and no others."""
    place: Path = request.getfixturevalue(fixture)
    site = site_of(folder)
    own: dict[str, set[ox.Triple]] = {}
    for quad in site.store.store.quads_for_pattern(None, None, None, ox.DefaultGraph()):
        if isinstance(quad.subject, ox.NamedNode) and quad.subject.value.startswith(site.base):
            own.setdefault(quad.subject.value.partition("#")[0], set()).add(quad.triple)
    assert own
    for iri, triples in own.items():
        for name, form in (("index.ttl", ox.RdfFormat.TURTLE), ("index.jsonld", ox.RdfFormat.JSON_LD)):
            read = ox.parse((place / site.folder_of(iri) / name).read_bytes(), form)
            assert {quad.triple for quad in read} == triples, (iri, name)


def test_a_graphs_data_are_what_it_says(stockholm_site: Path) -> None:
    """At the IRI of a named graph lie its own triples."""
    site = site_of(STOCKHOLM)
    graph = f"{site.base}graph/article-2015"
    found = site.store.store.quads_for_pattern(None, None, None, ox.NamedNode(graph))
    read = ox.parse((stockholm_site / "id/graph/article-2015/index.ttl").read_bytes(), ox.RdfFormat.TURTLE)
    assert {quad.triple for quad in read} == {quad.triple for quad in found}


def test_embedded_data_say_what_the_graph_says(stockholm_site: Path) -> None:
    """Names, other names, identifiers and memberships of all things in schema.org's words are the graph's."""
    site = site_of(STOCKHOLM)
    words = {
        "name": ("skos:prefLabel", "foaf:name", "dcterms:title"),
        "alternateName": ("skos:altLabel",),
        "identifier": ("org:identifier",),
        "memberOf": ("org:memberOf",),
    }
    for iri in (
        iri for iri in site.subjects if site.kind(iri) in ("organisation", "unit", "initiative", "person")
    ):
        page = Html((stockholm_site / site.folder_of(iri) / "index.html").read_text("utf-8"))
        (data,) = page.data
        read = {
            quad.triple for quad in ox.parse(data, ox.RdfFormat.JSON_LD) if str(quad.subject) == f"<{iri}>"
        }
        for word, curies in words.items():
            said = {triple.object for triple in read if triple.predicate.value == f"http://schema.org/{word}"}
            graph = {t.object for t in site.triples(iri) if t.predicate.value in map(expand, curies)}
            plain = {ox.Literal(o.value) if word == "identifier" else o for o in graph if hasattr(o, "value")}
            assert said <= plain, (iri, word)
            assert word == "memberOf" or said == plain, (iri, word)


def test_an_edge_says_role_interval_and_line(stockholm_site: Path) -> None:
    """The page of a membership names both ends and the role, says when, and links the line."""
    path = "id/membership/city-of-stockholm-initiator-idea-hub/index.html"
    page = Html((stockholm_site / path).read_text("utf-8"))
    for word in ("City of Stockholm", "initiator", "Idea hub", "from 2017", "stated", "line 26"):
        assert word in page.said
    led = [target(path, link) for _, link, _ in page.links]
    assert ("id/source/survey-2018/index.html", "line=25,26") in led
    role = json.loads(page.data[0])["@graph"][0]
    assert (role["@type"], role["startDate"]) == ("OrganizationRole", "2017")


def test_an_interval_says_what_is_certain(archipelago_site: Path) -> None:
    """The page of a membership with both ends says between which days it certainly held."""
    texts = [
        page.said for path, page in pages(archipelago_site / "membership") if path.endswith("/index.html")
    ]
    assert any("Certainly held from" in text for text in texts)


def test_what_sources_say_differently_stands_side_by_side(stockholm_site: Path) -> None:
    """A thing with a conflict shows both sides with their dates."""
    page = Html((stockholm_site / "id/organisation/city-of-stockholm/index.html").read_text("utf-8"))
    assert "Sources differ" in page.said
    assert "2018" in page.said


def test_a_source_shows_facts_and_no_sentences(stockholm_site: Path) -> None:
    """Each passage is a place on its source's page that lists what its lines support."""
    page = Html((stockholm_site / "id/source/city-innovation-sv/index.html").read_text("utf-8"))
    assert "line=42,43" in page.ids
    assert "33 of 77 lines" in page.said
    assert "Ericsson: partner, Digital Demo Stockholm" in page.said


def test_each_thing_is_listed_by_its_kind(stockholm_site: Path) -> None:
    """A list by kind leads to every thing of it."""
    site = site_of(STOCKHOLM)
    path = "id/organisation/index.html"
    page = Html((stockholm_site / path).read_text("utf-8"))
    led = {found[0] for _, link, _ in page.links if (found := target(path, link))}
    assert {site.path_of(iri) for iri in site.subjects if site.kind(iri) == "organisation"} <= led
