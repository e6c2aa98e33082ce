"""Formats: answers and graphs as text, in the W3C's own forms and in a readable one.

Every output is stable to the byte: triples are sorted before they are written.
"""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from kg.errors import QueryError
from kg.iris import CONCEPTS, ONTOLOGY, prefixes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from kg.answer import Answer
    from kg.origin import Origin

    Writer = Callable[[Answer, Origin | None], bytes]

TABULAR = {
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
}
"""Formats of a SELECT's or ASK's answer, besides `table`."""
RDF = {
    "ttl": ox.RdfFormat.TURTLE,
    "trig": ox.RdfFormat.TRIG,
    "nt": ox.RdfFormat.N_TRIPLES,
    "nq": ox.RdfFormat.N_QUADS,
    "jsonld": ox.RdfFormat.JSON_LD,
    "rdf": ox.RdfFormat.RDF_XML,
}
"""Formats of a graph."""
EXPORTS = ("ttl", "trig", "nt", "nq", "jsonld")
SUFFIXES = {"turtle": "ttl", "json-ld": "jsonld", "ntriples": "nt", "nquads": "nq", "rdfxml": "rdf"}
"""Other names that people know the formats by."""

_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_NAMED = re.compile(r"[^\W\d][\w.-]*$")
"""The end of a property's IRI that can be the name of an XML element."""
_SPACE = re.compile(r"<([^<>]*[/#])[^/#<>]*>")
"""An IRI in a line, and of it the namespace."""
_PLAIN = re.compile(r"[+-]?[0-9]*\.[0-9]+")
"""A number that Turtle writes without quotes and reads back as the same decimal."""

_SECTIONS = (
    ("The data set and its sources", ("dataset", "source", "graph")),
    ("Organisations", ("organisation",)),
    ("Units", ("unit",)),
    ("Initiatives", ("initiative",)),
    ("People and posts", ("person", "post")),
    ("Places", ("place",)),
    ("Goals, visions, missions, tasks and challenges", ("goal",)),
    ("Solutions", ("solution",)),
    ("Policy documents", ("document",)),
    ("Events", ("event",)),
    ("Groups", ("group",)),
    ("Memberships: who takes part in what, in which role", ("membership",)),
    ("Statements: any other cited link", ("statement",)),
    ("Observations: survey answers", ("observation",)),
    ("Intervals and instants", ("interval", "instant")),
)
"""The parts of the Turtle, each a heading and the kinds of thing under it."""


def tabular(answer: ox.QuerySolutions | ox.QueryBoolean, form: str) -> str:
    """Write a SELECT's or ASK's answer in one of the W3C's forms.

    Args:
        answer: what a store or an answer gives.
        form: one of `TABULAR`.
    """
    if isinstance(answer, ox.QueryBoolean) and form in ("csv", "tsv"):
        return f"{str(bool(answer)).lower()}\n"  # neither form is defined for ASK
    written = (answer.serialize(format=TABULAR[form]) or b"").decode()
    return sound(written) if form == "xml" else written


def sound(xml: str) -> str:
    """Give XML in which carriage returns, which Oxigraph leaves bare, survive reading.

    A reader takes a bare one for a line feed (XML 1.0, section 2.11).

    Raises:
        QueryError: where it holds a character that no XML may hold (section 2.2).
    """
    found = _NO_XML.search(xml)
    if found:
        code = f"U+{ord(found[0]):04X}"
        raise QueryError(
            f"a value holds the character {code}, which XML cannot hold; ask for another --format"
        )
    return xml.replace("\r", "&#13;")


def fits_xml(triples: Iterable[ox.Triple]) -> bool:
    """Say whether RDF/XML can hold a graph: every character, and a name for each property."""
    return not any(
        not _NAMED.search(triple.predicate.value)
        or (isinstance(triple.object, ox.Literal) and _NO_XML.search(triple.object.value))
        for triple in triples
    )


def graph(triples: Iterable[ox.Triple], form: str, prefixes: Mapping[str, str], seconds: float = 30.0) -> str:
    """Write a CONSTRUCT's or DESCRIBE's answer in an RDF syntax, one of `RDF`.

    Blank nodes, which a store names anew each time, get the names that RDFC-1.0 gives them.

    Args:
        triples: the graph.
        form: the syntax.
        prefixes: name to namespace; those that occur are declared.
        seconds: that naming blank nodes may take.

    Raises:
        QueryError: where XML cannot hold what RDF/XML would have to, or blank nodes cannot be named.
        TimeoutExceeded: where naming them takes longer.
    """
    listed = set(triples)
    if any(isinstance(node, ox.BlankNode) for triple in listed for node in (triple.subject, triple.object)):
        from kg.canonical import named  # most graphs have no blank nodes

        listed = {quad.triple for quad in named((ox.Quad(*triple) for triple in listed), seconds)}
    nameless = [triple.predicate for triple in listed if not _NAMED.search(triple.predicate.value)]
    if form == "rdf" and nameless:
        first = min(map(str, nameless))
        raise QueryError(f"RDF/XML has no name for the property {first}; ask for another --format")
    written = dump(sorted(listed, key=str), form, prefixes)
    return sound(written) if form == "rdf" else written


def table(answer: Answer, origin: Origin | None) -> bytes:
    """Write an answer as a table for the terminal, where it comes from below it."""
    from kg import results, terminal

    drawn = terminal.table(results.of(answer))
    if origin is None:
        return drawn.encode()
    from kg.origin import lines

    told = [str(line) for line in lines(origin)]
    told += ["SPARQL:", *(f"  {line}" for line in origin.text.splitlines())]
    return (drawn + "\n" + "\n".join(map(terminal.plain, told)) + "\n").encode()


def _rows_in(form: str) -> Writer:
    """Give the writer of a W3C form of rows, which has no place for where they come from."""

    def write(answer: Answer, _origin: Origin | None) -> bytes:
        return tabular(answer.solutions(), form).encode()

    return write


def _graph_in(form: str) -> Writer:
    """Give the writer of an RDF syntax; where it has comments, they say where a graph comes from."""

    def write(answer: Answer, origin: Origin | None) -> bytes:
        head = ""
        if origin is not None and form not in ("jsonld", "rdf"):
            from kg.origin import comments

            head = comments(origin) + "\n"
        return (head + graph(answer.triples, form, prefixes(answer.base), answer.seconds)).encode()

    return write


csv, tsv, json, xml = map(_rows_in, TABULAR)
ttl, trig, nt, nq, jsonld, rdf = map(_graph_in, RDF)


def dump(statements: Iterable[ox.Triple] | Iterable[ox.Quad], form: str, prefixes: Mapping[str, str]) -> str:
    """Write triples or quads, in the order in which they come, in an RDF syntax."""
    listed: list[Any] = list(statements)
    declared = used(prefixes, map(str, listed))
    written = ox.serialize(listed, format=RDF[form], prefixes=declared)
    return (written or b"").decode()


def used(prefixes: Mapping[str, str], lines: Iterable[str]) -> dict[str, str]:
    """Give the prefixes whose namespace occurs; a head full of others helps nobody."""
    found: set[str] = set()
    for line in lines:
        found.update(_SPACE.findall(line))
    return {name: prefixes[name] for name in sorted(prefixes) if prefixes[name] in found}


def turtle(triples: Iterable[ox.Triple], base: str, prefixes: Mapping[str, str]) -> str:
    """Write a data set's graph as Turtle that people read: by kind of thing, with headings.

    Args:
        triples: the graph.
        base: the data set's id base.
        prefixes: name to namespace; those that occur are declared.
    """
    parts: dict[str, list[str]] = {}
    for triple in sorted(map(str, triples)):
        subject = triple[1 : triple.index(">")]
        parts.setdefault(_section(subject, base), []).append(triple)
    declared = used(prefixes, (line for lines in parts.values() for line in lines))
    width = max((len(name) for name in declared), default=0)
    out = [f"@prefix {name + ':':<{width + 1}} <{iri}> .\n" for name, iri in declared.items()]
    order = [title for title, _ in _SECTIONS] + ["Concepts", "Ontology", "Other"]
    out += [f"\n# {title}\n\n{_body(parts[title], declared)}\n" for title in order if title in parts]
    return "".join(out)


def _section(subject: str, base: str) -> str:
    if subject.startswith(CONCEPTS):
        return "Concepts"
    if subject.startswith(base):
        kind = subject.removeprefix(base).partition("/")[0]
        return next((title for title, kinds in _SECTIONS if kind in kinds), "Other")
    ontology = (
        ONTOLOGY.removesuffix("#"),
        "http://www.w3.org/",
        "http://schema.org/",
        "http://purl.org/",
        "http://xmlns.com/",
    )
    return "Ontology" if subject.startswith(ontology) else "Other"


def _body(lines: list[str], prefixes: Mapping[str, str]) -> str:
    """Write one section by rdflib: subjects in order, without the head that it would repeat."""
    from rdflib import Graph  # answers in Oxigraph's own forms need none
    from rdflib.plugins.serializers.turtle import TurtleSerializer

    part = Graph(bind_namespaces="none")
    for name, iri in prefixes.items():
        part.bind(name, iri)
    part.parse(data="".join(f"{line} .\n" for line in lines), format="nt")
    serializer = TurtleSerializer(part)
    # A namespace without a prefix is written out; rdflib would make up one that no head declares.
    named = serializer.getQName
    serializer.getQName = lambda uri, gen_prefix=True: named(uri, gen_prefix=False)  # type: ignore[method-assign]  # noqa: ARG005
    # rdflib puts what is referred to least first, which scatters what belongs together.
    serializer.orderSubjects = lambda: sorted(set(part.subjects()), key=_natural)  # type: ignore[method-assign]
    serializer.label = lambda node, position: _label(serializer, node, position)  # type: ignore[method-assign]
    stream = io.BytesIO()
    serializer.serialize(stream, encoding="utf-8")
    lines = stream.getvalue().decode().split("\n")
    head = next((place for place, line in enumerate(lines) if not line.startswith("@prefix ")), 0)
    return "\n".join(lines[head:]).strip("\n")


def _label(serializer: Any, node: Any, position: int) -> str:
    """Write a term; rdflib would write the decimal 44 as 44.0, which is another term."""
    from rdflib import XSD, Literal
    from rdflib.plugins.serializers.turtle import TurtleSerializer

    if not isinstance(node, Literal) or node.datatype not in (XSD.decimal, XSD.double):
        return str(TurtleSerializer.label(serializer, node, position))
    if node.datatype == XSD.double or not _PLAIN.fullmatch(node):
        return node.n3(serializer.store.namespace_manager)
    return str(TurtleSerializer.label(serializer, node, position))


def _natural(node: object) -> list[tuple[int, str]]:
    """Give a key by which line=2,3 comes before line=10,11."""
    parts = re.split(r"([0-9]+)", str(node))
    return [(int(part), "") if part.isdigit() else (-1, part) for part in parts]
