"""The ontology as the tool knows it: concept schemes, classes, rules, and the files they come from."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.config import share
from kg.iris import CONCEPTS, ONTOLOGY, expand

if TYPE_CHECKING:
    from pathlib import Path

_TYPE = ox.NamedNode(expand("rdf:type"))
_IN_SCHEME = ox.NamedNode(expand("skos:inScheme"))
_CLASS = ox.NamedNode(expand("owl:Class"))

NOT_IN_GRAPH = ("shapes.ttl", "alignments.ttl")
"""Ontology files that say something about the graph or about other vocabularies, not in it."""


@dataclass(frozen=True)
class Ontology:
    """What rows may refer to.

    Attributes:
        folder: the folder of its files.
        concepts: the keys of each scheme's concepts, by the scheme's key.
        classes: the local names of its own classes.
    """

    folder: Path
    concepts: dict[str, frozenset[str]]
    classes: frozenset[str]

    @property
    def schemes(self) -> tuple[str, ...]:
        """The keys of the concept schemes, in order."""
        return tuple(sorted(self.concepts))

    @property
    def graph_files(self) -> list[Path]:
        """The Turtle files that belong in the graph."""
        return [file for file in files(self.folder) if file.name not in NOT_IN_GRAPH]

    @property
    def rules(self) -> list[Path]:
        """The derivation rules, in the order in which they run."""
        return rules(self.folder)

    @property
    def shapes(self) -> Path:
        """The shapes that the graph is held against."""
        return self.folder / "shapes.ttl"


def files(folder: Path) -> list[Path]:
    """Give an ontology's Turtle files in the order of their names."""
    return sorted(folder.glob("*.ttl"))


def rules(folder: Path) -> list[Path]:
    """Give an ontology's derivation rules in the order of their names."""
    return sorted((folder / "rules").glob("*.rq"))


@cache
def load() -> Ontology:
    """Read the ontology that comes with the tool."""
    folder = share() / "ontology"
    concepts: dict[str, set[str]] = {}
    classes = set()
    for file in files(folder):
        if file.name in NOT_IN_GRAPH:
            continue
        for quad in ox.parse(path=str(file), format=ox.RdfFormat.TURTLE):
            subject = str(quad.subject.value)
            if quad.predicate == _IN_SCHEME and subject.startswith(CONCEPTS):
                scheme, _, key = subject.removeprefix(CONCEPTS).partition("/")
                concepts.setdefault(scheme, set()).add(key)
            elif quad.predicate == _TYPE and quad.object == _CLASS and subject.startswith(ONTOLOGY):
                classes.add(subject.removeprefix(ONTOLOGY))
    frozen = {scheme: frozenset(keys) for scheme, keys in concepts.items()}
    return Ontology(folder, frozen, frozenset(classes))
