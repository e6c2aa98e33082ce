"""Fair: the tests of FOOPS!, the ontology validator, that need no network, and those of a served one.

A dictionary from the test's code to the FAIR principle that it is of, what passes, and a function
that gives what is missing, or nothing. Four tests ask a web server for the ontology: they run
where a function to fetch by is handed in. Two need the Web itself and never run here.

Source: https://w3id.org/foops, its tests as of April 2026.
"""

from __future__ import annotations

import re
from http import HTTPStatus
from typing import TYPE_CHECKING, NamedTuple

from kg.iris import ONTOLOGY, VOCABULARIES
from kg.pitfalls import DEFINITIONS, LABELS, LICENCES
from kg.terms import LANGUAGE_OF_TERMS, MAIN

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.terms import Terms

    Fetch = Callable[[str, str], tuple[int, str]]
    """From an IRI and what is accepted to the status and the media type of the answer."""

PERSISTENT = re.compile(
    r"https?://(w3id\.org|(dx\.)?doi\.org|purl\.[a-z.]+|linked\.data\.gov\.au|dbpedia\.org|www\.w3\.org|perma\.cc"
    r"|data\.europa\.eu)/"
)
SYNTAXES = ("text/turtle", "application/rdf+xml", "application/n-triples", "application/ld+json")
BIBO, PAV, MOD = "http://purl.org/ontology/bibo/", "http://purl.org/pav/", "https://w3id.org/mod#"
METADATA = (
    *(VOCABULARIES[prefix] for prefix in ("dcterms", "schema", "vann", "prov", "foaf", "owl", "rdfs")),
    *("http://purl.org/dc/elements/1.1/", "http://usefulinc.com/ns/doap#", BIBO, PAV, MOD),
)
WEB = "needs the Web"
SERVER = "needs a server: hand in a function to fetch by"


class Test(NamedTuple):
    """One test.

    Attributes:
        principle: the FAIR principle that it is of.
        title: what passes.
        missing: the function that gives what is missing in the files, where they tell.
        served: the function that gives what is missing in the answers of a server.
    """

    principle: str
    title: str
    missing: Callable[[Terms], str] | None = None
    served: Callable[[Terms, Fetch], str] | None = None


class Result(NamedTuple):
    """How a test came out: `pass`, `fail` or `not run`, and why."""

    code: str
    verdict: str
    why: str


def _lacking(**wanted: tuple[str, ...]) -> Callable[[Terms], str]:
    """Make a test that the ontology has a value by one property of each of these lists."""

    def missing(terms: Terms) -> str:
        has = terms.main.values
        return ", ".join(word for word, curies in wanted.items() if not has(terms.ontology, *curies))

    return missing


def _other_iri(terms: Terms) -> str:
    asked = ONTOLOGY.removesuffix("#")
    return "" if terms.ontology == asked else f"{asked} in {MAIN}, which declares '{terms.ontology}'"


def _version(terms: Terms) -> str:
    versions = terms.main.iris(terms.ontology, "owl:versionIRI")
    return (
        ""
        if any(each != terms.ontology for each in versions)
        else "owl:versionIRI other than the ontology's IRI"
    )


def _known_metadata(terms: Terms) -> str:
    said = {fact.predicate for fact in terms.main.all if fact.subject == terms.ontology}
    return "" if any(each.startswith(METADATA) for each in said) else "metadata in a known vocabulary"


def _reuse(terms: Terms) -> str:
    used = {each for fact in terms.main.all for each in fact if isinstance(each, str)}
    known = tuple(v for v in VOCABULARIES.values() if v not in LANGUAGE_OF_TERMS and v != terms.namespace)
    return "" if any(each.startswith(known) for each in used) else "a term of another vocabulary"


def _each_has(*curies: str) -> Callable[[Terms], str]:
    def missing(terms: Terms) -> str:
        return ", ".join(terms.shorten(term) for term in terms.own if not terms.main.values(term, *curies))

    return missing


def _answers(terms: Terms, fetch: Fetch) -> str:
    return _serves(fetch, terms.ontology, SYNTAXES)


def _answers_version(terms: Terms, fetch: Fetch) -> str:
    versions = terms.main.iris(terms.ontology, "owl:versionIRI")
    return _serves(fetch, versions[0], (*SYNTAXES, "text/html")) if versions else "a version IRI"


def _negotiates(terms: Terms, fetch: Fetch) -> str:
    return _documented(terms, fetch) or _answers(terms, fetch)


def _documented(terms: Terms, fetch: Fetch) -> str:
    return _serves(fetch, terms.ontology, ("text/html",))


def _serves(fetch: Fetch, iri: str, types: tuple[str, ...]) -> str:
    """Give nothing where a server answers with one of these media types when asked for it."""
    for each in types:
        status, found = fetch(iri, each)
        if status == HTTPStatus.OK and found.partition(";")[0].strip() == each:
            return ""
    return f"an answer for {iri} as {' or '.join(types)}"


TITLE, DESCRIPTION = ("dcterms:title", "rdfs:label"), ("dcterms:description", "rdfs:comment")
CREATOR, PUBLISHER = ("dcterms:creator", "schema:creator"), ("dcterms:publisher", "schema:publisher")
PREFIX, NAMESPACE = ("vann:preferredNamespacePrefix",), ("vann:preferredNamespaceUri",)
CREATED, ISSUED = ("dcterms:created",), ("dcterms:issued", "dcterms:submitted", "schema:datePublished")
STATUS = ("schema:creativeWorkStatus", f"{BIBO}status", f"{MOD}status")
CATALOGUE = _lacking(catalogue=("schema:includedInDataCatalog",))

TESTS = {
    "PURL1": Test(
        "F1", "a persistent IRI", lambda terms: "" if PERSISTENT.match(terms.ontology) else "such an IRI"
    ),
    "URI1": Test("F1", "its IRI resolves to RDF", served=_answers),
    "URI2": Test("F1", "the IRI to load it by is its own", _other_iri),
    "VER1": Test("F1", "a version IRI", _version),
    "VER2": Test("F1", "its version IRI resolves", served=_answers_version),
    "OM1": Test(
        "F2",
        "minimal metadata",
        _lacking(
            title=TITLE,
            description=DESCRIPTION,
            licence=LICENCES,
            version=("owl:versionIRI",),
            creator=CREATOR,
            namespace=NAMESPACE,
        ),
    ),
    "FIND1": Test("F3", "a preferred prefix", _lacking(prefix=PREFIX)),
    "FIND2": Test("F4", "the prefix is registered"),
    "FIND3": Test("F4", "listed in a catalogue", CATALOGUE),
    "FIND_3_BIS": Test("A2", "its metadata outlive it in a catalogue", CATALOGUE),
    "CN1": Test("A1", "HTML and RDF by content negotiation", served=_negotiates),
    "HTTP1": Test(
        "A1.1", "an open protocol", lambda t: "" if re.match("https?://", t.ontology) else "an http IRI"
    ),
    "RDF1": Test("I1", "an RDF syntax", lambda terms: "" if terms.main.all else "triples"),
    "VOC1": Test("I2", "metadata by known vocabularies", _known_metadata),
    "VOC2": Test("I2", "terms of other vocabularies", _reuse),
    "DOC1": Test("R1", "documentation as HTML", served=_documented),
    "OM2": Test(
        "R1",
        "recommended metadata",
        _lacking(
            prefix=PREFIX,
            version=("owl:versionInfo",),
            created=CREATED,
            citation=("dcterms:bibliographicCitation",),
        ),
    ),
    "OM3": Test(
        "R1",
        "detailed metadata",
        _lacking(
            DOI=(f"{BIBO}doi", "dcterms:identifier", "schema:identifier"),
            publisher=PUBLISHER,
            logo=("foaf:logo", "schema:logo"),
            status=STATUS,
            source=("dcterms:source", "prov:wasDerivedFrom"),
            issued=ISSUED,
        ),
    ),
    "VOC3": Test("R1", "a label for each term", _each_has(*LABELS)),
    "VOC4": Test("R1", "a definition for each term", _each_has(*DEFINITIONS)),
    "OM4.1": Test("R1.1", "a licence", _lacking(licence=LICENCES)),
    "OM4.2": Test("R1.1", "the licence resolves"),
    "OM5.1": Test("R1.2", "basic provenance", _lacking(creator=CREATOR, created=CREATED)),
    "OM5.2": Test("R1.2", "detailed provenance", _lacking(issued=ISSUED, publisher=PUBLISHER)),
}
"""The tests by code."""


def results(terms: Terms, fetch: Fetch | None = None) -> list[Result]:
    """Run the tests, those of a server only where there is one to fetch from."""
    return [_result(code, test, terms, fetch) for code, test in TESTS.items()]


def _result(code: str, test: Test, terms: Terms, fetch: Fetch | None) -> Result:
    if test.missing:
        lacks = test.missing(terms)
    elif test.served is None:
        return Result(code, "not run", WEB)
    elif fetch is None:
        return Result(code, "not run", SERVER)
    else:
        lacks = test.served(terms, fetch)
    return Result(code, "fail", f"lacks {lacks}") if lacks else Result(code, "pass", test.title)
