"""The reader: documents at hand, and what things are called in them.

A thing stands in a passage where one of its names does, but not only within a longer name: 'Senseable
Stockholm Lab' does not say 'Stockholm Lab'. Or an entry of mentions.csv says what a word of that very
line means: 'Staden' is the city in line 27.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cache
from itertools import combinations
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg import references, sources
from kg.iris import CONCEPTS, expand
from kg.tables import description
from kg.wording import pattern, stands, stems, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from kg.ontology import Ontology
    from kg.sources import Passage
    from kg.tables import Column, Folder, Row

TOLD_BY = 3
"""A telling word stands in at most one of so many lines of its document."""
NAMES = ("name_en", "name_sv", "name", "title")
_LABELS = frozenset(
    expand(term)
    for term in ("skos:prefLabel", "skos:altLabel", "skos:hiddenLabel", "skos:notation", "rdfs:label")
)
_BROADER = expand("skos:broader")


@dataclass(frozen=True)
class Terms:
    """Concepts and classes, by IRI.

    Attributes:
        labels: what each is called, hidden labels included.
        broader: the broader concept of each.
    """

    labels: dict[str, tuple[str, ...]]
    broader: dict[str, str]


@dataclass
class Reader:
    """The documents, and what things are called in them.

    Attributes:
        texts: the lines of each source that is at hand.
        known: what the cells may refer to.
        terms: what concepts and classes are called.
        names: what things are called, by IRI.
        longer: the names that hold another name.
        mentions: the rows of mentions.csv for each source, line and IRI.
        sources: the row of each source.
        needed: the rows of mentions.csv that were needed since it was cleared.
    """

    texts: dict[str, list[str]]
    known: references.Index
    terms: Terms
    names: dict[str, list[str]]
    longer: dict[str, list[str]]
    mentions: dict[tuple[str, int, str], list[Row]]
    sources: dict[str, Row]
    needed: set[Row] = field(default_factory=set)

    def text(self, passage: Passage) -> str:
        """Give the lines of a passage."""
        return "\n".join(self.texts[passage.source][passage.first - 1 : passage.last])

    def read(self, row: Row) -> list[Passage]:
        """Give the passages of a row whose texts are at hand."""
        return [passage for passage in cited(row) if passage.source in self.texts]

    def whole(self, source: str) -> Passage:
        """Give a document as one passage."""
        return sources.Passage(source, 1, len(self.texts[source]))

    def language(self, passage: Passage) -> str:
        """Give the language of a passage's document."""
        return self.sources[passage.source]["language"]

    def date(self, passage: Passage) -> str:
        """Give the date of a passage's document, or nothing."""
        return self.sources[passage.source]["date"]

    def meant(self, table: str, name: str, word: str) -> str:
        """Give the IRI that a word means in a column of a table."""
        return self.known.iri(word, column(table, name))

    def called(self, iri: str) -> list[str]:
        """Give what a thing, concept or class is called."""
        return self.names.get(iri) or list(self.terms.labels.get(iri, ()))

    def finds(self, iri: str, passage: Passage) -> bool:
        """Say whether a thing or concept stands in a passage: by name, or by a mention, then needed."""
        text = self.text(passage)
        if iri.endswith(f"/source/{passage.source}") or any(self.alone(n, text) for n in self.called(iri)):
            return True
        found = self.mentioned(iri, passage)
        self.needed.update(found)
        return bool(found)

    def alone(self, name: str, text: str) -> bool:
        """Say whether a name stands in a text, and not only within a longer one."""
        if not stands(name, text):
            return False
        for longer in self.longer.get(name, ()):
            if stands(longer, text):
                text = pattern(longer).sub(" ", text)
        return stands(name, text)

    def mentioned(self, iri: str, passage: Passage) -> list[Row]:
        """Give the mentions of a thing in a passage."""
        lines = range(passage.first, passage.last + 1)
        return [row for n in lines for row in self.mentions.get((passage.source, n, iri), ())]

    def end(self, iri: str, passage: Passage) -> int:
        """Give where a concept's label ends that stands last in a passage; -1 where none does."""
        text = self.text(passage)
        ends = (match.end() for label in self.called(iri) for match in pattern(label).finditer(text))
        return max(ends, default=-1)

    def tells(self, label: str, passage: Passage) -> bool:
        """Say whether a passage has a telling word of a label: one that few lines of its document have."""
        lines = [line.casefold() for line in self.texts[passage.source] if line.strip()]
        text = self.text(passage).casefold()
        return any(
            stem in text and sum(stem in line for line in lines) * TOLD_BY <= len(lines)
            for stem in stems(label)
        )


@cache
def column(table: str, name: str) -> Column:
    """Give a column of a table as it is described."""
    return next(c for each in description() if each.name == table for c in each.columns if c.name == name)


def cited(row: Row) -> list[Passage]:
    """Give the passages that a row cites."""
    return [passage for citation in row.many("sources") for passage in sources.passages(citation)]


def numbered(ranges: str) -> list[int]:
    """Give each line of the ranges in a cell.

    >>> numbered("3,15-17")
    [3, 15, 16, 17]
    """
    return [n for first, last in sources.spans(ranges) for n in range(first, last + 1)]


def reader(folder: Folder, ontology: Ontology, texts: Mapping[str, list[str]]) -> Reader:
    """Gather the documents, and what the things of a data folder are called.

    Args:
        folder: rows whose cells are as described.
        ontology: what concepts and classes there are.
        texts: the lines of each source that is at hand.
    """
    known = references.index(folder, ontology)
    mentions: dict[tuple[str, int, str], list[Row]] = defaultdict(list)
    for row in folder.of("mentions"):
        iri = known.iri(row["thing"], column("mentions", "thing"))
        for n in numbered(row["lines"]):
            mentions[row["source"].removeprefix("source:"), n, iri].append(row)
    names = _names(folder, known)
    # A title tells what its document is about, and is no other thing that a line could mean.
    longer = _longer({iri: called for iri, called in names.items() if "/source/" not in iri})
    return Reader(
        texts={key: [unicodedata.normalize("NFC", line) for line in lines] for key, lines in texts.items()},
        known=known,
        terms=_terms(tuple(ontology.graph_files)),
        names=names,
        longer=longer,
        mentions=dict(mentions),
        sources={row["key"]: row for row in folder.of("sources")},
    )


def _names(folder: Folder, known: references.Index) -> dict[str, list[str]]:
    """Gather what each thing is called, in its own row and in names.csv."""
    names: dict[str, list[str]] = defaultdict(list)
    for table in description():
        for row in folder.of(table.name) if table.kind else ():
            if row["key"]:
                names[f"{known.base}{table.kind}/{row['key']}"] += [row[name] for name in NAMES if row[name]]
    for row in folder.of("names"):
        names[known.iri(row["thing"], column("names", "thing"))].append(row["name"])
    return dict(names)


def _longer(names: Mapping[str, Iterable[str]]) -> dict[str, list[str]]:
    """Give the longer names that hold each name as words of their own, the longest first.

    >>> _longer({"a": ["KTH", "Digital Futures"], "b": ["KTH Digital Futures"]})["KTH"]
    ['KTH Digital Futures']
    """
    known: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for name in {name for each in names.values() for name in each}:
        known[words(name)].add(name)
    longer: dict[str, set[str]] = defaultdict(set)
    for tokens, whole in known.items():
        for first, last in combinations(range(len(tokens) + 1), 2):
            for name in known.get(tokens[first:last], ()) if last - first < len(tokens) else ():
                longer[name] |= whole
    return {name: sorted(found, key=lambda each: (-len(each), each)) for name, found in longer.items()}


@cache
def _terms(files: tuple[Path, ...]) -> Terms:
    """Read what concepts and classes are called."""
    labels: dict[str, list[str]] = defaultdict(list)
    broader = {}
    for file in files:
        for quad in ox.parse(path=str(file), format=ox.RdfFormat.TURTLE):
            subject, predicate = str(quad.subject.value), quad.predicate.value
            if predicate in _LABELS:
                labels[subject].append(str(quad.object.value))
            elif predicate == _BROADER and subject.startswith(CONCEPTS):
                broader[subject] = str(quad.object.value)
    return Terms({iri: tuple(dict.fromkeys(found)) for iri, found in labels.items()}, broader)
