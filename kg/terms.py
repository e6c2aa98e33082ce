"""Terms: what the ontology's files say of them, on which line, and what other vocabularies say.

The files are read into small indexes of triples, in which an IRI is its text and a blank node
begins with `_:`; that is quick enough to look at every triple a few dozen times. Of the terms of
other vocabularies a list comes with the ontology, foreign-terms.tsv: each that the project uses,
its kind, its superclasses or superproperties, its domain and range, and what it is disjoint with.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import pyoxigraph as ox

from kg.config import LANGUAGES
from kg.errors import InvalidData, NotFound, Problem, shown
from kg.iris import CONCEPTS, VOCABULARIES, expand

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

MAIN = "innovation.ttl"
"""The file that declares the ontology and its terms; the others use them."""
MODEL = (MAIN, "indicators.ttl", "concepts.ttl", "alignments.ttl")
"""The files that say what terms mean and which concepts there are."""
FOREIGN = "foreign-terms.tsv"
PREFIXES = VOCABULARIES | {
    "eurio": "http://data.europa.eu/s66#",
    "m8g": "http://data.europa.eu/m8g/",
    "vivo": "http://vivoweb.org/ontology/core#",
}
"""The prefixes of the list of foreign terms; an IRI of none of them stands there whole."""
LANGUAGE_OF_TERMS = tuple(VOCABULARIES[prefix] for prefix in ("rdf", "rdfs", "owl", "xsd"))
"""The namespaces in which vocabularies are written: their terms need no declaration."""

RULE = "https://w3id.org/innovation-kg/lint/"
"""The IRI of a check of the ontology is this and its code."""

Value = str | ox.Literal
PROPERTY_KINDS = ("owl:ObjectProperty", "owl:DatatypeProperty", "owl:AnnotationProperty", "rdf:Property")
CLASS_KINDS = ("owl:Class", "rdfs:Class")
_PREFIX = re.compile(r"^\s*(?:@prefix|PREFIX)\s+([\w-]*):\s*<([^>]*)>", re.IGNORECASE)


class Fact(NamedTuple):
    """A triple whose IRIs are their text."""

    subject: str
    predicate: str
    value: Value


class Facts:
    """An index of triples by subject and by value."""

    def __init__(self, facts: Iterable[Fact]) -> None:
        self.all = sorted(set(facts), key=str)
        self._forward: dict[tuple[str, str], list[Value]] = defaultdict(list)
        self._backward: dict[tuple[str, Value], list[str]] = defaultdict(list)
        self._pairs: dict[str, list[tuple[str, Value]]] = defaultdict(list)
        for subject, predicate, value in self.all:
            self._forward[subject, predicate].append(value)
            self._backward[predicate, value].append(subject)
            self._pairs[predicate].append((subject, value))

    def values(self, subject: str, *curies: str) -> list[Value]:
        """Give the values of a subject by any of these properties."""
        return [value for each in curies for value in self._forward.get((subject, iri(each)), ())]

    def iris(self, subject: str, *curies: str) -> list[str]:
        """Give the values that are no literals."""
        return [value for value in self.values(subject, *curies) if isinstance(value, str)]

    def texts(self, subject: str, *curies: str) -> dict[str, list[str]]:
        """Give the literal values by their language, the empty text where they have none."""
        found: dict[str, list[str]] = defaultdict(list)
        for value in self.values(subject, *curies):
            if isinstance(value, ox.Literal):
                found[value.language or ""].append(value.value)
        return found

    def subjects(self, curie: str, value: Value) -> list[str]:
        """Give the subjects that have a value by a property."""
        return self._backward.get((iri(curie), value), [])

    def pairs(self, *curies: str) -> list[tuple[str, Value]]:
        """Give all subjects and values of these properties."""
        return [pair for each in curies for pair in self._pairs.get(iri(each), ())]

    def instances(self, *curies: str) -> list[str]:
        """Give what is of any of these classes, in order."""
        return sorted({s for each in curies for s in self.subjects("rdf:type", iri(each))})

    def members(self, head: str) -> list[str]:
        """Give the members of an RDF list."""
        found, seen = [], set[str]()
        while head not in seen and head != expand("rdf:nil"):
            seen.add(head)
            found += self.iris(head, "rdf:first")[:1]
            head = (self.iris(head, "rdf:rest") or [expand("rdf:nil")])[0]
        return found

    def parts(self, value: str) -> list[str]:
        """Give the classes that a union consists of, else the class itself."""
        unions = self.iris(value, "owl:unionOf")
        return [part for head in unions for part in self.members(head)] or [value]


@dataclass(frozen=True)
class Foreign:
    """What a vocabulary says of one of its terms.

    Attributes:
        kind: class, datatype, object, data, annotation, property or individual.
        above: its superclasses or superproperties, all the way up.
        domain: one set a statement: a subject is of one class of each.
        range: likewise of a value.
        disjoint: the classes that it shares no member with.
        advice: whether domain and range only say what is usual, as schema.org and DCMI do.
    """

    kind: str
    above: frozenset[str] = frozenset()
    domain: tuple[frozenset[str], ...] = ()
    range: tuple[frozenset[str], ...] = ()
    disjoint: frozenset[str] = frozenset()
    advice: bool = False

    @property
    def is_property(self) -> bool:
        """Whether it links two things, or a thing and a value."""
        return self.kind in ("object", "data", "annotation", "property")


@dataclass(frozen=True)
class Terms:
    """An ontology's folder as an index.

    Attributes:
        folder: the folder.
        facts: the triples of each Turtle file, by its name.
        texts: the text of each Turtle file, rule and constraint, by its path in the folder.
        foreign: the terms of other vocabularies that the project may use.
    """

    folder: Path
    facts: dict[str, Facts]
    texts: dict[str, str]
    foreign: dict[str, Foreign]

    @property
    def queries(self) -> dict[str, str]:
        """The text of each rule and constraint."""
        return {name: text for name, text in self.texts.items() if name.endswith(".rq")}

    @cached_property
    def lines(self) -> dict[str, dict[str, int]]:
        """For each Turtle file, the line on which each subject is first described."""
        return {name: _lines(self.texts[name]) for name in self.facts}

    @cached_property
    def model(self) -> Facts:
        """All that the files say of terms and concepts, taken together."""
        return Facts(fact for name in MODEL if name in self.facts for fact in self.facts[name].all)

    @cached_property
    def main(self) -> Facts:
        """What the ontology's own file says."""
        return self.facts.get(MAIN, Facts(()))

    @cached_property
    def ontology(self) -> str:
        """The IRI of the ontology; empty where its file declares none, the first where several."""
        return ([*self.main.instances("owl:Ontology"), ""])[0]

    @cached_property
    def namespace(self) -> str:
        """The namespace of its own terms."""
        return f"{self.ontology or VOCABULARIES['inno'].removesuffix('#')}#"

    def is_own(self, term: str) -> bool:
        """Tell whether a term stands in the ontology's own namespace."""
        return term.startswith(self.namespace)

    def _own(self, *kinds: str) -> list[str]:
        return [term for term in self.main.instances(*kinds) if self.is_own(term)]

    @cached_property
    def classes(self) -> list[str]:
        """The ontology's own classes."""
        return self._own(*CLASS_KINDS)

    @cached_property
    def properties(self) -> list[str]:
        """The ontology's own properties."""
        return self._own(*PROPERTY_KINDS)

    @cached_property
    def own(self) -> list[str]:
        """All own terms: classes, properties, datatypes."""
        return sorted({*self.classes, *self.properties, *self._own("rdfs:Datatype")})

    @cached_property
    def concepts(self) -> list[str]:
        """The concepts of the schemes that come with the ontology."""
        return self.model.instances("skos:Concept")

    def above(self, term: str, *curies: str) -> set[str]:
        """Give all superclasses (or, by another property, superproperties), not the term itself."""
        found: set[str] = set()
        left = [term]
        while left:
            each = left.pop()
            known = self.foreign.get(each)
            higher = {*self.model.iris(each, *(curies or ("rdfs:subClassOf",)))}
            for new in higher | (known.above if known else frozenset()):
                if new not in found and not new.startswith("_:"):
                    found.add(new)
                    left.append(new)
        return found

    def disjoint(self, one: str, other: str) -> bool:
        """Tell whether two classes are said to share no member, themselves or by a superclass."""
        left, right = self.above(one) | {one}, self.above(other) | {other}
        return any(second in self._apart(first) for first in left for second in right)

    def _apart(self, term: str) -> set[str]:
        known = self.foreign.get(term)
        said = {*self.model.iris(term, "owl:disjointWith"), *self.model.subjects("owl:disjointWith", term)}
        return said | (known.disjoint if known else frozenset())

    def place(self, term: str, file: str = "") -> tuple[str, int]:
        """Give the file that describes a term, or that uses it, and the line on which it first does."""
        for name in [file] if file else [*MODEL, *sorted(self.lines)]:
            if term in self.lines.get(name, {}):
                return shown(self.folder / name), self.lines[name][term]
        name = file or MAIN
        return shown(self.folder / name), _first_use(self.texts.get(name, ""), term)

    def shorten(self, term: str) -> str:
        """Give a term as people write it: `inno:Goal`, `role:lead`, `shape:thing`."""
        project = CONCEPTS.removesuffix("concept/")
        if term.startswith(project) and not self.is_own(term):
            prefix, slash, key = term.removeprefix(project).removeprefix("concept/").partition("/")
            return f"{prefix}:{key}" if slash and "/" not in key else term
        return curie(term) if not self.is_own(term) else f"inno:{term.removeprefix(self.namespace)}"


def read(folder: Path) -> Terms:
    """Read an ontology's folder.

    Raises:
        InvalidData: where a Turtle file or the list of foreign terms cannot be read, by its line.
        NotFound: where the folder holds no ontology.
    """
    turtle = sorted(folder.glob("*.ttl"))
    if not any(path.name == MAIN for path in turtle):
        raise NotFound(f"{shown(folder)}: there is no {MAIN} in this folder")
    texts = {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in [*turtle, *sorted(folder.glob("*/*.rq"))]
    }
    facts = {path.name: Facts(_facts(path)) for path in turtle}
    return Terms(folder, facts, texts, read_foreign(folder / FOREIGN))


def read_foreign(path: Path) -> dict[str, Foreign]:
    """Read the list of foreign terms; an empty one where there is none."""
    if not path.is_file():
        return {}
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
    return {
        iri(row["term"]): Foreign(
            row["kind"],
            _set(row["above"]),
            tuple(_set(each) for each in row["domain"].split(" & ") if each),
            tuple(_set(each) for each in row["range"].split(" & ") if each),
            _set(row["disjoint"]),
            row["advice"] == "yes",
        )
        for row in rows
    }


def facts_of(triples: Iterable[ox.Triple | ox.Quad]) -> Facts:
    """Index a graph's triples, of whichever named graph."""
    return Facts(_fact(triple) for triple in triples)


def prefixes_of(text: str) -> dict[str, str]:
    """Give the prefixes that a Turtle or SPARQL file declares."""
    return {found[1]: found[2] for line in text.splitlines() if (found := _PREFIX.match(line))}


def iri(word: str) -> str:
    """Give the IRI that a CURIE of a known prefix stands for; other words stand for themselves.

    >>> iri("vivo:Project"), iri("https://example.org/a")
    ('http://vivoweb.org/ontology/core#Project', 'https://example.org/a')
    """
    prefix, colon, name = word.partition(":")
    return PREFIXES[prefix] + name if colon and prefix in PREFIXES else word


def curie(term: str) -> str:
    """Give a term by its prefix where that is known.

    >>> curie("http://vivoweb.org/ontology/core#Project")
    'vivo:Project'
    """
    for prefix, namespace in PREFIXES.items():
        if term.startswith(namespace) and re.fullmatch(r"[\w-]+", term.removeprefix(namespace)):
            return f"{prefix}:{term.removeprefix(namespace)}"
    return term


def undocumented(texts: dict[str, list[str]]) -> Iterator[str]:
    """Give each language in which there is not exactly one text, with how many there are."""
    for language in LANGUAGES:
        if len(texts.get(language, ())) != 1:
            yield f"{len(texts.get(language, ()))} in '{language}'"


def _set(cell: str) -> frozenset[str]:
    return frozenset(iri(word) for word in cell.split())


def _facts(path: Path) -> list[Fact]:
    try:
        return [_fact(quad) for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE)]
    except SyntaxError as error:
        raise InvalidData([Problem(shown(path), error.lineno or 0, f"no Turtle: {error.msg}")]) from error


def _fact(triple: ox.Triple | ox.Quad) -> Fact:
    value = triple.object
    return Fact(
        _name(triple.subject),
        str(triple.predicate.value),
        value if isinstance(value, ox.Literal) else _name(value),
    )


def _name(node: ox.NamedNode | ox.BlankNode | ox.Triple | ox.Literal) -> str:
    return str(node.value) if isinstance(node, ox.NamedNode) else str(node)


def _lines(text: str) -> dict[str, int]:
    """Give the first line on which each subject of a Turtle file stands: subjects are not indented."""
    prefixes = prefixes_of(text)
    found: dict[str, int] = {}
    for number, line in enumerate(text.splitlines(), 1):
        word = line.partition(" ")[0]
        prefix, colon, name = word.partition(":")
        if word.startswith("<") and word.endswith(">"):
            found.setdefault(word[1:-1], number)
        elif colon and prefix in prefixes:
            found.setdefault(prefixes[prefix] + name, number)
    return found


def _first_use(text: str, term: str) -> int:
    """Give the first line of a Turtle or SPARQL file that names a term, 0 where none does."""
    names = {f"<{term}>"} if term else set()
    for prefix, namespace in prefixes_of(text).items():
        if namespace and term.startswith(namespace):
            names.add(f"{prefix}:{term.removeprefix(namespace)}")
    for number, line in enumerate(text.splitlines(), 1):
        if not _PREFIX.match(line) and any(_named_in(line, name) for name in names):
            return number
    return 0


def _named_in(line: str, name: str) -> bool:
    return re.search(rf"(?<![\w:-]){re.escape(name)}(?![\w-])", line) is not None
