"""The module `jsonld`: JSON-LD with short keys, that programs read without a library."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox
import pytest
from answers import of_library
from conftest import HARBOUR, ROOT, STOCKHOLM, loaded
from pyld import jsonld as pyld
from rdflib import Graph
from rdflib.compare import isomorphic

from kg import exports, selection
from kg.context import published
from kg.excerpt import excerpt
from kg.jsonld import jsonld

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# rdflib's own parser of JSON-LD and N-Quads warns of a class that rdflib is to drop.
pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")

ARCHIPELAGO = ROOT / "tests" / "archipelago"
PREFIXES = {
    "ex": "https://example.org/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "other": "https://other.example/",
}


@pytest.fixture(scope="module")
def written() -> dict[str, Any]:
    """Give the invented ecosystem as JSON."""
    made: dict[str, Any] = json.loads(exports.export(loaded(HARBOUR), "jsonld"))
    return made


def node(written: dict[str, Any], name: str) -> dict[str, Any]:
    """Give the node of a thing."""
    found: list[dict[str, Any]] = [each for each in written["@graph"] if each["@id"] == name]
    assert len(found) == 1
    return found[0]


def inner(nodes: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Give nodes and those that stand in them."""
    for each in nodes:
        yield each
        for value in each.values():
            listed = value if isinstance(value, list) else [value]
            yield from inner([one for one in listed if isinstance(one, dict) and "@id" in one])


def unordered(found: Any) -> Any:
    """Give a tree of JSON whose lists are in one order."""
    if isinstance(found, dict):
        return {key: unordered(value) for key, value in found.items()}
    if isinstance(found, list):
        return sorted(map(unordered, found), key=lambda value: json.dumps(value, sort_keys=True))
    return found


def refused(url: str, _options: object) -> dict[str, Any]:
    """Fetch nothing."""
    raise AssertionError(url)


def test_keys_are_short(written: dict[str, Any]) -> None:
    """A key is a property's own name, and no key or id is a whole IRI where a prefix will do."""
    edge = node(written, "membership:boat-company-partner-sea-lab")
    assert edge["member"] == "organisation:boat-company"
    assert edge["organization"] == "initiative:sea-lab"
    assert edge["org_role"] == "role:partner"  # `role` is a prefix, as in Turtle
    assert edge["@type"] == "org:Membership"
    assert edge["inno_certainty"] == "certainty:stated"
    keys = {key for each in inner(written["@graph"]) for key in each}
    assert not [key for key in keys if "/" in key or ":" in key]


def test_labels_go_by_language(written: dict[str, Any]) -> None:
    """A name in two languages is a map from language to name."""
    assert node(written, "organisation:harbour-town")["prefLabel"] == {
        "en": "Harbour Town",
        "sv": "Hamnstaden",
    }


def test_dates_are_plain(written: dict[str, Any]) -> None:
    """A value whose property has one datatype is a plain string."""
    spans = [each for each in inner(written["@graph"]) if "earliestStart" in each]
    assert spans
    assert all(isinstance(each["earliestStart"], str) for each in spans)
    assert written["@context"]["earliestStart"] == {"@id": "inno:earliestStart", "@type": "xsd:date"}


def test_the_context_is_used_whole(written: dict[str, Any]) -> None:
    """Every key that the context explains occurs."""
    keys = {key for each in inner(written["@graph"]) for key in each}
    text = json.dumps(written["@graph"])
    for key, meaning in written["@context"].items():
        if isinstance(meaning, str) and meaning.endswith(("/", "#")):
            assert f"{key}:" in text or f'"{key}:' in json.dumps(written["@context"]), key
        else:
            assert key in keys, key


def test_dates_stand_in_what_has_them(written: dict[str, Any]) -> None:
    """An interval and its instants stand in their membership; one that two nodes have stands in both."""
    edge = node(written, "membership:boat-company-partner-sea-lab")
    assert edge["memberDuring"]["hasEnd"]["inXSDgYear"] == "2018"
    fact = node(written, "statement:sea-lab-has-time")
    assert fact["hasTime"] == node(written, "initiative:sea-lab")["hasTime"]
    assert fact["object"] == {"@id": fact["hasTime"]["@id"]}
    assert not [each for each in written["@graph"] if each["@id"].startswith(("instant:", "interval:"))]


def framed(part: exports.Part) -> tuple[Any, Any]:
    """Give an export, and what PyLD makes of its graph by the published frame and its own context."""
    made = json.loads(exports.write(part, "jsonld"))
    frame = json.loads((ROOT / "ontology" / "frame.jsonld").read_text(encoding="utf-8"))
    flat = pyld.flatten(pyld.expand(made))
    assert any("time#Interval" in str(each.get("@type")) for each in flat)
    found = pyld.frame(flat, frame | {"@context": made["@context"]}, {"documentLoader": refused})
    return unordered(made), unordered(found)


@pytest.mark.parametrize("data", [ARCHIPELAGO, STOCKHOLM], ids=["archipelago", "stockholm"])
@pytest.mark.parametrize("asserted", [False, True])
def test_the_frame_makes_the_export(data: Path, asserted: bool) -> None:  # noqa: FBT001
    """Lists apart, which have no order, it is the same tree."""
    made, found = framed(exports.Part(loaded(data), asserted=asserted))
    assert found == made


def test_the_frame_makes_a_part() -> None:
    """So is what one source says, what held in a year, and what is behind a question."""
    whole = loaded(ARCHIPELAGO)
    answer = of_library(whole, "organisation-partners", organisation="ostholm-city")
    for part in (
        excerpt(whole, ["chronicle"]),
        selection.as_of(whole, "2016"),
        selection.behind(whole, answer),
    ):
        made, found = framed(exports.Part(part))
        assert found == made


def test_the_frame_works_as_it_is_published() -> None:
    """With the published context, things are named by whole IRIs, and the graph is the same."""
    store = loaded(HARBOUR)
    made = json.loads(exports.export(store, "jsonld"))
    documents = {
        name: json.loads((ROOT / "ontology" / f"{name}.jsonld").read_text(encoding="utf-8"))
        for name in ("context", "frame")
    }

    def load(url: str, _options: object) -> dict[str, Any]:
        assert url == documents["frame"]["@context"]
        return {"contextUrl": None, "documentUrl": url, "document": documents["context"]}

    found = pyld.frame(made, documents["frame"], {"documentLoader": load})
    edge = node(found, f"{store.base}membership/boat-company-partner-sea-lab")
    assert edge["memberDuring"]["hasEnd"]["inXSDgYear"] == "2018"
    text = json.dumps(found | {"@context": documents["context"]["@context"]})
    default = store.store.quads_for_pattern(None, None, None, ox.DefaultGraph())
    assert set(ox.parse(text, format=ox.RdfFormat.JSON_LD)) == set(default)


def test_parts_in_a_circle_survive() -> None:
    """Intervals and instants that have one another are written once each, and none in itself."""
    text = """@prefix t: <http://www.w3.org/2006/time#> . @prefix ex: <https://example.org/> .
    ex:a a t:Interval ; t:hasEnd ex:b . ex:b a t:Instant ; t:inside ex:a .
    ex:c a t:Interval ; t:inside ex:c . ex:d a t:Instant , t:Interval ; t:inside ex:d .
    ex:e ex:p ex:f . ex:f a t:Instant ; ex:p ex:g . ex:g a t:Instant ; ex:p ex:f ."""
    triples = [quad.triple for quad in ox.parse(text, format=ox.RdfFormat.TURTLE)]
    made = jsonld(triples, PREFIXES, framed=True)
    assert {quad.triple for quad in ox.parse(made, format=ox.RdfFormat.JSON_LD)} == set(triples)


def test_a_value_that_is_not_what_its_key_says_has_another_key() -> None:
    """A published key keeps its meaning; other values stand under the property's prefix and name."""
    space = {"skos": "http://www.w3.org/2004/02/skos/core#", "ex": "https://example.org/"}
    text = """@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix ex: <https://example.org/> .
    ex:a skos:prefLabel "a"@en , "b" , 3 , ex:b ; ex:p ex:b ; skos:broader "x" , ex:b ."""
    triples = [quad.triple for quad in ox.parse(text, format=ox.RdfFormat.TURTLE)]
    made = jsonld(triples, space, published=published())
    (found,) = json.loads(made)["@graph"]
    assert found["prefLabel"] == {"en": "a"}
    assert len(found["skos:prefLabel"]) == 3
    assert found["broader"] == "ex:b"
    assert {quad.triple for quad in ox.parse(made, format=ox.RdfFormat.JSON_LD)} == set(triples)


@pytest.mark.parametrize(
    "turtle",
    [
        # two properties of one name
        'ex:a ex:name "x" ; other:name "y" .',
        # a property named as a prefix
        'ex:a ex:ex "x" .',
        # mixed values: IRI, text, language, number, datatype
        'ex:a ex:p ex:b , "text" , "ord"@sv , 3 , 3.5 , true , "2015"^^xsd:gYear .',
        # a text that looks like an IRI, and an IRI that looks like a short name
        'ex:a ex:p "ex:b" ; ex:q ex:b . <ex:b> ex:q <urn:x:y> .',
        # languages of several texts each
        'ex:a ex:p "a"@en , "b"@en , "c"@en-GB .',
        # a type that no prefix covers
        "ex:a a <https://third.example/Type> , ex:Type .",
        # numbers as people write them
        'ex:a ex:p "01"^^xsd:integer , "1.50"^^xsd:decimal ; ex:q "1e0"^^xsd:double .',
        # a property that is not a name
        "ex:a <https://example.org/p/> ex:b ; <urn:p> ex:c .",
        "ex:a ex:p _:b . _:b ex:q ex:c .",
        'ex:a ex:p "" ; ex:q ""@en .',
        "ex:a ex:p <https://example.org/> , <https://example.org/a?b=c#d> .",
        # keywords of JSON-LD
        'ex:a <https://example.org/@id> "x" ; <https://example.org/id> "y" .',
        # an http IRI whose scheme is a prefix
        "ex:a ex:p <ex://host.example/x> .",
    ],
)
def test_other_graphs_survive(turtle: str) -> None:
    """Whatever RDF is written is read back as it was, by both parsers."""
    head = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items())
    triples = [quad.triple for quad in ox.parse(head + turtle, format=ox.RdfFormat.TURTLE)]
    text = jsonld(triples, PREFIXES)
    expected = Graph().parse(data="".join(f"{triple} .\n" for triple in triples), format="nt")
    ours = "".join(f"{quad.triple} .\n" for quad in ox.parse(text, format=ox.RdfFormat.JSON_LD))
    assert isomorphic(Graph().parse(data=ours, format="nt"), expected)
    assert isomorphic(Graph().parse(data=text, format="json-ld"), expected)
