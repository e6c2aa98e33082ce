"""The ontology's pages: every term is there, with its definition, its use and its place among the others."""

from __future__ import annotations

import json
import re
from functools import cache

import pyoxigraph as ox
import pytest
from conftest import ROOT, STOCKHOLM, loaded
from published import Html, target
from sites import archipelago, site_of

from kg import exports, ontology, partitions, terms
from kg.description import fragment
from kg.embedded import Embedded
from kg.iris import CONCEPTS, expand
from kg.site import concepts, diagram, lexicon, rulebook, vocabulary
from kg.site.words import WORDS


@cache
def stores() -> tuple[Embedded, ...]:
    """Give both data sets."""
    return (loaded(STOCKHOLM), archipelago())


@cache
def written(number: int) -> dict[str, bytes]:
    """Give all files of the ontology and the concepts of a data set."""
    site = site_of(stores()[number])
    return {page.path: page.body for module in (vocabulary, concepts) for page in module.pages(site)}


def page(number: int, path: str) -> Html:
    """Read a page."""
    return Html(written(number)[path].decode())


@cache
def words(number: int) -> lexicon.Lexicon:
    """Give the lexicon of a data set."""
    store = stores()[number]
    return lexicon.Lexicon(site_of(store), partitions.count(store))


@pytest.mark.parametrize("number", [0, 1])
@pytest.mark.parametrize("name", ["index.html", "index.sv.html"])
def test_every_term_has_its_anchor(number: int, name: str) -> None:
    """The address of each own term leads to its place; each foreign one has one too; none stands twice."""
    found = page(number, f"ontology/{name}")
    assert found.wrong == []
    assert len(found.ids) == len(set(found.ids))
    own = {term.removeprefix(words(number).terms.namespace) for term in words(number).terms.own}
    assert own <= set(found.ids)
    store = stores()[number].store
    query = "SELECT DISTINCT ?t { { ?s ?t ?o } UNION { ?s a ?t } }"
    used = {row["t"].value for row in store.query(query) if isinstance(row["t"], ox.NamedNode)}  # type: ignore[union-attr]
    foreign = {fragment(each) for each in used if not words(number).terms.is_own(each)}
    assert foreign <= set(found.ids)


@pytest.mark.parametrize("number", [0, 1])
def test_uses_are_what_sparql_counts(number: int) -> None:
    """How often a term is used, and how much of that is derived, is what a query counts in the graph."""
    store, base = stores()[number].store, stores()[number].base
    for entry in words(number).own:
        pattern = {
            "class": f"?s a <{entry.iri}>",
            "datatype": f"?s ?p ?o FILTER(DATATYPE(?o) = <{entry.iri}>)",
        }
        what = pattern.get(entry.kind, f"?s <{entry.iri}> ?o")
        for graph, said in (("", entry.use.count), (f"GRAPH <{base}graph/derived>", entry.use.derived)):
            if graph and entry.kind == "datatype":
                continue
            (row,) = store.query(f"SELECT (COUNT(*) AS ?n) {{ {graph} {{ {what} }} }}")  # type: ignore[misc]
            assert int(row["n"].value) == said, entry.iri


def test_examples_are_of_the_term_and_linked() -> None:
    """Up to three things of the data set that use the term, each with its page."""
    site = site_of(stores()[0])
    for entry in words(0).own:
        assert len(entry.things) <= lexicon.EXAMPLES
        if entry.use.count and entry.kind != "datatype":
            subjects = site.store.store.quads_for_pattern(None, None, None, ox.DefaultGraph())
            assert all(site.path_of(thing) for thing, _ in entry.things)
            assert entry.things or not any(
                q.predicate.value == entry.iri and str(q.subject).startswith(f"<{site.base}")
                for q in subjects
            )


@pytest.mark.parametrize("language", ["en", "sv"])
def test_definitions_stand_in_both_languages(language: str) -> None:
    """A term's page has what the ontology says of it in English and in Swedish."""
    said = page(0, "ontology/index.html" if language == "en" else "ontology/index.sv.html").said
    for entry in words(0).own:
        for text in entry.definitions.values():
            assert " ".join(text.split()) in said


def test_alignments_and_domains_are_told() -> None:
    """What alignments.ttl says, also from the other end, and the parts of a union."""
    founded = words(0).entry(expand("inno:founded"))
    assert ("rdfs:subPropertyOf", "^http://schema.org/founder") in founded.aligned
    represented = words(0).entry(expand("inno:representedBy"))
    assert represented.range == sorted(map(expand, ("org:Post", "org:OrganizationalUnit", "foaf:Person")))
    assert expand("inno:Partnership") in words(0).entry(expand("inno:Initiative")).below


def test_rules_are_those_of_the_shapes() -> None:
    """A membership has exactly one member, role and organisation, and any number of representatives."""
    rules = rulebook.read(terms.read(ontology.load().folder).facts["shapes.ttl"])[expand("org:Membership")]
    many = {rule.path: rule.many for rule in rules}
    for curie in ("org:member", "org:role", "org:organization"):
        assert many[(expand(curie),)] == "exactly one"
    assert many[(expand("inno:representedBy"),)] == "any number"
    assert many[(expand("prov:wasDerivedFrom"),)] == "at least one"
    certainty = next(rule for rule in rules if rule.path == (expand("inno:certainty"),))
    assert certainty.chosen == (f"{CONCEPTS}certainty/stated", f"{CONCEPTS}certainty/implied")


def test_every_tie_of_the_diagram_is_one_that_the_ontology_allows() -> None:
    """Domain and range of each own property in the picture fit; one that they forbid is left out."""
    model = words(0).terms
    for start, by, end in diagram.TIES:
        assert diagram.allowed(model, expand(start), expand(by), expand(end)), by
    assert not diagram.allowed(model, expand("inno:Goal"), expand("inno:hasGoal"), expand("inno:Goal"))
    drawn = diagram.draw(model, lambda iri: iri, lambda iri: f"#{iri}")
    assert len(drawn["ties"]) == len(diagram.TIES)
    places = [(box["x"], box["y"]) for box in drawn["boxes"]]
    assert len(places) == len(set(places))


def test_the_files_beside_the_pages_are_the_ontology() -> None:
    """Turtle as it is in the repository, JSON-LD of the same graph, under the version's address too."""
    files = written(0)
    turtle = (ROOT / "ontology" / "innovation.ttl").read_bytes()
    assert files["ontology/innovation.ttl"] == files["ontology/0.1.0/innovation.ttl"] == turtle
    made = ox.Dataset(ox.parse(files["ontology/innovation.jsonld"], format=ox.RdfFormat.JSON_LD))
    made.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    assert {quad.triple for quad in made} == set(vocabulary.graph_of(turtle))
    for name in ("alignments", "shapes", "concepts", "indicators"):
        assert files[f"ontology/{name}.ttl"] == (ROOT / "ontology" / f"{name}.ttl").read_bytes()


@pytest.mark.parametrize("number", [0, 1])
def test_the_published_context_gives_the_exported_graph_back(number: int) -> None:
    """An export that names the context, read with the published one in its place, is the graph itself."""
    store = stores()[number]
    address = "https://w3id.org/innovation-kg/ontology/context.jsonld"
    document = json.loads(exports.write(exports.Part(store, context=address), "jsonld"))
    published = json.loads(written(number)["ontology/context.jsonld"])["@context"]
    contexts = [published if each == address else each for each in document["@context"]]
    assert published in contexts
    text = json.dumps(document | {"@context": contexts})
    default = {quad.triple for quad in store.store.quads_for_pattern(None, None, None, ox.DefaultGraph())}
    assert {quad.triple for quad in ox.parse(text, format=ox.RdfFormat.JSON_LD)} == default


def test_what_changed_is_told_of_the_version_that_there_is() -> None:
    """The newest version in the list of changes is the ontology's own; each term that it names is there."""
    changes = words(0).changes
    assert changes[0].version == vocabulary.version_of(words(0))
    own = {words(0).terms.shorten(term) for term in words(0).terms.own}
    assert all(each.texts["en"] and each.texts["sv"] for each in changes)
    assert {each.term for each in changes if each.term and each.version == changes[0].version} <= own
    assert changes[0].texts["sv"] in page(0, "ontology/0.1.0/index.sv.html").said


@pytest.mark.parametrize("number", [0, 1])
def test_every_concept_has_a_page_and_its_own_triples(number: int) -> None:
    """Each IRI in the concepts' namespace has a page in both languages and what the graph says of it."""
    site = site_of(stores()[number])
    named = concepts.all_of(site)
    assert len(named) > 100
    for iri in named:
        folder = site.folder_of(iri)
        assert {f"{folder}index.html", f"{folder}index.sv.html"} <= set(written(number))
        for name, form in (("index.ttl", ox.RdfFormat.TURTLE), ("index.jsonld", ox.RdfFormat.JSON_LD)):
            read = {quad.triple for quad in ox.parse(written(number)[folder + name], format=form)}
            assert read == set(concepts.triples_of(site, iri))


def test_a_concepts_page_has_its_relations_and_uses() -> None:
    """Names in both languages, what is broader and narrower, who uses it, as SPARQL counts."""
    found = page(0, "concept/kind/government/index.html")
    for text in ("government", "offentlig sektor", "Public bodies of every level", "municipality", "region"):
        assert text in found.said
    site, iri = site_of(stores()[0]), f"{CONCEPTS}role/lead"
    query = f'SELECT (COUNT(*) AS ?n) {{ ?s ?p <{iri}> FILTER(STRSTARTS(STR(?s), "{site.base}")) }}'
    (row,) = site.store.store.query(query)  # type: ignore[misc]
    assert sum(map(len, concepts.used_by(site, iri).values())) == int(row["n"].value)


@pytest.mark.parametrize("number", [0, 1])
def test_links_between_these_pages_resolve(number: int) -> None:
    """Each link to the ontology or a concept leads to a file that is written, at an id that it has."""
    files = written(number)
    ids = {
        path: set(page(number, path).ids)
        for path in files
        if path.startswith("ontology") and path.endswith("html")
    }
    for path in [each for each in files if each.endswith(".html")]:
        for _, link, _ in page(number, path).links:
            led = target(path, link)
            if led and led[0].startswith(("ontology/", "concept/")):
                assert led[0] in files, (path, link)
                assert not led[1] or led[0] not in ids or led[1] in ids[led[0]], (path, link)


def test_the_pages_have_the_same_bytes_each_time() -> None:
    """Nothing of the order in a store or of the clock is in them."""
    again = ox.Store()
    for quad in sorted(stores()[1].store, key=str, reverse=True):
        again.add(quad)
    site = site_of(Embedded(again, stores()[1].base))
    for module in (vocabulary, concepts):
        for each in module.pages(site):
            assert written(1)[each.path] == each.body, each.path


def test_what_a_graph_says_is_text_not_markup() -> None:
    """A concept's name that looks like HTML, in whatever place, stays a text."""
    base, evil = "https://example.org/archipelago/", '<script>window.pwned=1</script>"onload=x'
    store = ox.Store()
    store.extend(stores()[1].store)
    concept = ox.NamedNode(f"{CONCEPTS}role/evil")
    for curie, value in (("skos:prefLabel", evil), ("skos:definition", evil), ("skos:notation", evil)):
        literal = ox.Literal(value, language="en")
        store.add(ox.Quad(concept, ox.NamedNode(expand(curie)), literal))
    store.add(ox.Quad(concept, ox.NamedNode(expand("skos:inScheme")), ox.NamedNode(f"{CONCEPTS}role")))
    store.add(ox.Quad(concept, ox.NamedNode("urn:x:" + "y"), ox.NamedNode("javascript:alert(1)")))
    site = site_of(Embedded(store, base))
    for each in [*concepts.pages(site), *vocabulary.pages(site)]:
        if each.path.endswith(".html"):
            assert b"<script>window" not in each.body, each.path
            assert not re.search(rb'href="javascript:', each.body), each.path


def test_every_word_has_both_languages() -> None:
    """The keys that these pages make up at run time are in the table."""
    keys = {f"aligned {curie}" for curie in lexicon.ALIGNMENTS} | set(rulebook.KINDS.values())
    keys |= {f"of {curie}" for curie in (*concepts.NAMES, *concepts.RELATIONS)}
    keys |= {f"term {kind}" for kind in ("class", "object", "data", "annotation", "property", "datatype")}
    keys |= {"any number", "at least one", "at most one", "exactly one", "some number"}
    assert keys <= set(WORDS)
