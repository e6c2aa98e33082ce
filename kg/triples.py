"""Triples: the RDF behind what a picture shows, for its page to give away as Turtle.

Of each tie the triples of its membership or statement, of its interval with its instants, and of the
passages that it cites; of each thing its types, names and passages. They are read from the store, as it
has them, and stand compactly: each term once, and the triples of each subject once.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from kg.iris import VOCABULARIES, expand
from kg.network import LINKS

if TYPE_CHECKING:
    from collections.abc import Iterable

    import networkx as nx

    from kg.network import Askable

TIMES = ("org:memberDuring", "time:hasTime")
MOMENTS = ("time:hasBeginning", "time:hasEnd", "time:inside")
CITED = ("prov:wasDerivedFrom", "dcterms:isReferencedBy")
NAMED = (
    "rdf:type",
    "skos:prefLabel",
    "skos:altLabel",
    "dcterms:title",
    "foaf:name",
    "org:classification",
    CITED[1],
)
"""What is told of a thing; what is told of a tie, an interval or a passage is all that the graph says."""
SOURCE = ("dcterms:isPartOf",)
BLOCK = 400
"""The most subjects that are asked for at once."""
_UNSAFE = re.compile(r"[\x00-\x20<>\"{}|^`\\]")

Said = list[tuple[str, str]]
"""Pairs of a predicate and an object, as N-Triples writes terms."""


def read(store: Askable, network: nx.MultiDiGraph) -> dict[str, Any]:
    """Read the triples behind a network.

    Args:
        store: answers SPARQL; the one that the network was read from.
        network: the network, or a part of it.

    Returns:
        `prefixes`; `terms`, each as N-Triples writes it; `about`, by the number of a subject's term the
        numbers of predicates and objects in turn; `of`, by the key of a tie or thing the numbers of its
        subjects; and `links`, by the key of a tie the three terms of the relation itself.
    """
    told = _Told()
    things = {key: node["iri"] for key, node in network.nodes(data=True)}
    ties = [
        (key, edge["iri"], _link(things, start, end, edge))
        for start, end, key, edge in network.edges(keys=True, data=True)
    ]
    facts = _said(store, (iri for _, iri, _ in ties if iri))
    names = {
        iri: [pair for pair in said if pair[0] in _iris(NAMED)]
        for iri, said in _said(store, things.values()).items()
    }
    first = {**names, **facts}
    times = _said(store, _objects(first.values(), TIMES))
    second = {
        **times,
        **_said(store, _objects(times.values(), MOMENTS)),
        **_said(store, _objects(first.values(), CITED)),
    }
    known = {**first, **second, **_said(store, _objects(second.values(), SOURCE))}
    for key, iri in (*things.items(), *((key, iri) for key, iri, _ in ties if iri)):
        told.add(key, iri, known)
    # A relation without a statement of its own is there because the network was read from it.
    told.links = {key: [told.number(term) for term in link] for key, _, link in ties if link}
    prefixes = dict(sorted(VOCABULARIES.items()))
    return {
        "prefixes": prefixes,
        "terms": list(told.terms),
        "about": told.about,
        "of": told.of,
        "links": told.links,
    }


@dataclass
class _Told:
    """The terms, each with its number, and what is said of which subject."""

    terms: dict[str, int] = field(default_factory=dict)
    about: dict[int, list[int]] = field(default_factory=dict)
    of: dict[str, list[int]] = field(default_factory=dict)
    links: dict[str, list[int]] = field(default_factory=dict)

    def number(self, term: str) -> int:
        """Give the number of a term."""
        return self.terms.setdefault(term, len(self.terms))

    def add(self, key: str, iri: str, known: dict[str, Said]) -> None:
        """Put all that is said of a thing or fact, and of what it leads to, under its key."""
        waiting, found = [iri], dict.fromkeys([iri])
        while waiting:
            said = known.get(waiting.pop(), [])
            follow = _objects([said], (*TIMES, *MOMENTS, *CITED, *SOURCE))
            waiting += [each for each in follow if each not in found]
            found |= dict.fromkeys(follow)
        subjects = [each for each in found if known.get(each)]
        self.of[key] = [self.number(f"<{each}>") for each in subjects]
        for each in subjects:
            self.about.setdefault(
                self.number(f"<{each}>"), [self.number(term) for pair in known[each] for term in pair]
            )


def _link(things: dict[str, str], start: str, end: str, edge: dict[str, Any]) -> tuple[str, ...]:
    """Give the triple of a relation between two things; none of a membership, which is a thing of its own."""
    predicates = [expand(term) for term in LINKS if re.split("[:/#]", term)[-1] == edge["role"]]
    if edge["type"] != "statement" or not predicates:
        return ()
    return (f"<{things[start]}>", f"<{predicates[0]}>", f"<{things[end]}>")


def _iris(terms: Iterable[str]) -> set[str]:
    return {f"<{expand(term)}>" for term in terms}


def _objects(said: Iterable[Said], predicates: Iterable[str]) -> list[str]:
    """Give the IRIs that some predicates lead to, each once."""
    wanted = _iris(predicates)
    found = (term for pairs in said for name, term in pairs if name in wanted and term.startswith("<"))
    return list(dict.fromkeys(term[1:-1] for term in found))


def _said(store: Askable, iris: Iterable[str]) -> dict[str, Said]:
    """Ask what is said of some subjects, in order; of blank nodes nothing is told."""
    wanted = sorted({iri for iri in iris if not _UNSAFE.search(iri)})
    found: dict[str, Said] = {}
    for start in range(0, len(wanted), BLOCK):
        values = " ".join(f"<{iri}>" for iri in wanted[start : start + BLOCK])
        rows: Any = store.query(f"SELECT ?s ?p ?o WHERE {{ VALUES ?s {{ {values} }} ?s ?p ?o }}")
        for s, p, o in rows:
            if not str(o).startswith("_:"):
                found.setdefault(s.value, []).append((str(p), str(o)))
    return {iri: sorted(set(said)) for iri, said in sorted(found.items())}
