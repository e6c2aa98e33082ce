"""Tables to graph and back: random valid folders lose nothing, and random damages are found.

The way back is written here a second time, from the graph alone: it knows how rows become triples,
but shares no code with `kg.build`. What the graph does not tell apart is compared without it: how a
number is written (1.50 is 1.5).
"""

from __future__ import annotations

import re
import tempfile
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rdflib import Graph, URIRef
from strategies import LANGUAGES, MEASURES, TABLES, Cell, Cells, Sample, Tables, folders

from kg import cells, graph, ontology
from kg.build import build
from kg.errors import InvalidData
from kg.iris import CONCEPTS, ONTOLOGY, expand

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from hypothesis.strategies import DrawFn
    from rdflib.term import Node

    from kg.build import Built

SLOWLY = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example]

CLASSES = {
    "sources": "inno:SourceDocument",
    "organisations": "org:FormalOrganization",
    "units": "org:OrganizationalUnit",
    "people": "foaf:Person",
    "posts": "org:Post",
    "places": "schema:Place",
    "goals": "inno:Goal",
    "solutions": "inno:Solution",
    "documents": "inno:PolicyDocument",
    "events": "inno:Event",
    "groups": "foaf:Group",
}
RELATIONS = next(c.values for c in TABLES["statements"].columns if c.name == "relation")
NAMES = ("skos:altLabel", "skos:hiddenLabel")
REGISTERS = {"RorIdentifier": "ror", "WikidataIdentifier": "wikidata"}


class Reader:
    """Reads the rows of a data folder back from its asserted graph."""

    def __init__(self, built: Graph) -> None:
        self.graph = built
        self.statements = {expand(relation): relation for relation in RELATIONS}
        (self.dataset,) = built.subjects(self._term("rdf:type"), self._term("dcat:Dataset"))
        self.base = str(self.dataset).rpartition("dataset/")[0]

    def tables(self) -> Tables:
        """Give the rows of all tables."""
        found: Tables = {"dataset": [self._described()]}
        for table, name in CLASSES.items():
            found[table] = [self._thing(table, node) for node in self._of(name)]
        found["initiatives"] = [self._thing("initiatives", node) for node in self._initiatives()]
        found["memberships"], found["holders"] = [], []
        for node in self._of("org:Membership"):
            row = self._membership(node)
            found["holders" if "post" in row else "memberships"].append(row)
        found["observations"] = [self._observation(node) for node in self._of("qb:Observation")]
        for node in self._of("inno:Statement"):
            for table, row in self._stated(node):
                found.setdefault(table, []).append(row)
        return found

    # What a row says of itself

    def _described(self) -> Cells:
        node = self.dataset
        named = {
            f"{column}_{language}": self._tagged(node, f"dcterms:{column}", language)
            for column in ("title", "description")
            for language in LANGUAGES
        }
        return {
            "name": self._key(node),
            "base": self.base,
            "languages": self._texts(node, "dcterms:language"),
            "version": self._text(node, "dcat:version"),
            "date": self._text(node, "dcterms:issued"),
            "licence": self._text(node, "dcterms:license"),
            **named,
        }

    def _thing(self, table: str, node: Node) -> Cells:
        row: Cells = {"key": self._key(node)}
        if table == "sources":
            return row | self._source(node)
        if table == "people":
            row["name"] = self._text(node, "foaf:name")
            assert {self._tagged(node, "skos:prefLabel", tag) for tag in LANGUAGES} == {row["name"]}
        else:
            row |= {f"name_{tag}": self._tagged(node, "skos:prefLabel", tag) for tag in LANGUAGES}
        match table:
            case "organisations":
                row["kind"] = self._text(node, "org:classification")
            case "units":
                row["unit_of"] = self._text(node, "org:unitOf")
            case "initiatives":
                stated = self._objects_stated(node, "rdf:type")
                types = self._texts(node, "rdf:type") - stated
                row["type"] = frozenset(name.removeprefix("inno:").lower() for name in types)
            case "posts":
                row["post_in"] = self._text(node, "org:postIn")
            case "goals":
                row["type"] = self._text(node, "dcterms:type")
                row["of"] = self._subjects_stated("inno:hasGoal", node)
                row["target_year"] = self._text(node, "inno:targetYear")
            case "solutions":
                row["output_of"] = self._subjects_stated("inno:hasOutput", node)
            case "events":
                row["type"] = self._text(node, "dcterms:type")
                row["by"] = self._texts(node, "prov:wasAssociatedWith")
                row["concerns"] = self._texts(node, "inno:concerns")
                row |= self._period(node, "time:hasTime")
        return row | self._support(node, "dcterms:isReferencedBy")

    def _source(self, node: Node) -> Cells:
        language = self._text(node, "dcterms:language")
        whole = self._text(node, "dcterms:hasPart")
        return {
            "title": self._tagged(node, "dcterms:title", language),
            "publisher": self._texts(node, "dcterms:publisher"),
            "language": language,
            "date": self._text(node, "dcterms:date"),
            "licence": self._text(node, "dcterms:license"),
            "lines": whole.removeprefix(f"{self._key(node)}:1-"),
            "sha256": self._text(node, "schema:sha256"),
        }

    def _membership(self, node: Node) -> Cells:
        post = self._text(node, "inno:inPost")
        row: Cells = {"person" if post else "member": self._text(node, "org:member")}
        if post:
            assert self._text(node, "org:role") == "role:post-holder"
            row["post"] = post
        else:
            row["role"] = self._text(node, "org:role")
            row["organisation"] = self._text(node, "org:organization")
            row["through"] = self._texts(node, "inno:representedBy")
        return row | self._period(node, "org:memberDuring") | self._support(node)

    def _observation(self, node: Node) -> Cells:
        columns = ("respondent", "wave", "item", *MEASURES, "unit", "bound")
        row: Cells = {column: self._text(node, f"inno:{column}") for column in columns}
        row["reference_year"] = self._text(node, "inno:referenceYear")
        (measure,) = (measure for measure in MEASURES if row[measure])
        assert self._text(node, "qb:dataSet").endswith(f"-{measure}")
        return row | self._support(node)

    def _stated(self, node: Node) -> Iterator[tuple[str, Cells]]:
        """Give the row that a statement was, but for those that goals and solutions make."""
        subject, predicate, value = (
            self.graph.value(node, self._term(f"rdf:{part}")) for part in ("subject", "predicate", "object")
        )
        assert subject
        assert value
        assert isinstance(predicate, URIRef)
        assert (subject, predicate, value) in self.graph
        link = self._name(predicate)
        row: Cells
        about = self._name(subject)
        support = self._support(node)
        when = self._period(node, "time:hasTime")
        if link == "time:hasTime":
            row = {"thing": about}
            yield "periods", row | self._moments(value) | support
        elif link in NAMES:
            language = getattr(value, "language", "")
            kind = str(self.graph.value(node, self._term("dcterms:type"))).rpartition("/")[2]
            assert (kind == "misspelling") == (link == "skos:hiddenLabel")
            row = {"thing": about, "name": str(value), "language": language, "type": kind}
            yield "names", row | when | support
        elif link == "org:identifier":
            scheme = REGISTERS[str(getattr(value, "datatype", "")).removeprefix(ONTOLOGY)]
            assert self._texts(subject, "rdfs:seeAlso")
            row = {"thing": about, "scheme": scheme, "value": str(value)}
            yield "identifiers", row | support
        elif str(predicate) in self.statements:
            relation = self.statements[str(predicate)]
            row = {"subject": about, "relation": relation, "object": self._name(value)}
            yield "statements", row | when | support
        else:
            assert link in ("inno:hasGoal", "inno:hasOutput")
            assert support == self._support(value, "dcterms:isReferencedBy")

    # What several rows have

    def _support(self, node: Node, cited: str = "prov:wasDerivedFrom") -> Cells:
        return {
            "sources": self._texts(node, cited),
            "certainty": self._text(node, "inno:certainty"),
            "reason": self._text(node, "rdfs:comment"),
        }

    def _period(self, node: Node, link: str) -> Cells:
        interval = self.graph.value(node, self._term(link), any=False)
        return self._moments(interval) if interval else {"start": "", "end": "", "attested": ""}

    def _moments(self, interval: Node) -> Cells:
        row: Cells = {}
        for column, link in (("start", "hasBeginning"), ("end", "hasEnd"), ("attested", "inside")):
            instant = self.graph.value(interval, self._term(f"time:{link}"), any=False)
            kinds = ("inXSDgYear", "inXSDgYearMonth", "inXSDDate")
            told = [self._text(instant, f"time:{kind}") for kind in kinds] if instant else []
            row[column] = "".join(told)
        return row

    def _subjects_stated(self, link: str, value: Node) -> frozenset[str]:
        return frozenset(self._name(node) for node in self.graph.subjects(self._term(link), value))

    def _objects_stated(self, subject: Node, link: str) -> frozenset[str]:
        return frozenset(
            self._text(node, "rdf:object")
            for node in self.graph.subjects(self._term("rdf:subject"), subject)
            if (node, self._term("rdf:predicate"), self._term(link)) in self.graph
        )

    # Nodes

    def _term(self, curie: str) -> URIRef:
        return URIRef(expand(curie))

    def _of(self, name: str) -> list[Node]:
        return list(self.graph.subjects(self._term("rdf:type"), self._term(name)))

    def _initiatives(self) -> list[Node]:
        return list({node for node in self.graph.subjects() if f"{self.base}initiative/" in str(node)})

    def _text(self, node: Node, link: str) -> str:
        value = self.graph.value(node, self._term(link), any=False)
        return "" if value is None else self._name(value)

    def _texts(self, node: Node, link: str) -> frozenset[str]:
        return frozenset(self._name(value) for value in self.graph.objects(node, self._term(link)))

    def _tagged(self, node: Node, link: str, language: str) -> str:
        values = self.graph.objects(node, self._term(link))
        return "".join(str(value) for value in values if getattr(value, "language", "") == language)

    def _key(self, node: Node) -> str:
        return str(node).rpartition("/")[2]

    def _name(self, node: Node) -> str:
        """Give a node as a cell names it: a thing, a concept, a class, a passage; or its text."""
        text = str(node)
        if not isinstance(node, URIRef):
            return text
        passage = re.fullmatch(r".*/source/([^#]*)#line=([0-9]+),([0-9]+)", text)
        if passage:
            return f"{passage[1]}:{int(passage[2]) + 1}-{passage[3]}"
        for start in (self.base, CONCEPTS):
            if text.startswith(start):
                return text.removeprefix(start).replace("/", ":")
        if text.startswith(ONTOLOGY):
            return f"inno:{text.removeprefix(ONTOLOGY)}"
        return next((c for c in ("time:hasTime", "org:identifier", *NAMES) if expand(c) == text), text)


def plain(tables: Tables) -> dict[str, set[frozenset[tuple[str, object]]]]:
    """Give the rows of each table as sets of their filled cells, without what the graph does not tell."""
    return {
        name: {
            frozenset((column, _plain(column, cell)) for column, cell in row.items() if cell) for row in rows
        }
        for name, rows in tables.items()
        if rows
    }


def _plain(column: str, cell: Cell) -> object:
    if column in ("number", "share", "rank"):
        return Decimal(str(cell))
    return cell


def built(sample: Sample) -> Built:
    """Write a folder, and build its asserted graph."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        sample.write(folder)
        known = ontology.load()
        return build(cells.load(folder, known), known)


# --- There and back -----------------------------------------------------------------------------------


@given(sample=folders())
@settings(max_examples=25, suppress_health_check=SLOWLY)
def test_the_graph_says_what_the_tables_say(sample: Sample) -> None:
    """The rows read back from the asserted graph are the rows that were written, no more and no fewer."""
    read = Reader(built(sample).default).tables()
    assert plain(read) == plain(sample.tables)
    # Each row has nodes of its own: none was merged with another.
    for name, rows in read.items():
        assert len(rows) == len(sample.tables.get(name, [])), name


@given(sample=folders())
@settings(max_examples=10, suppress_health_check=SLOWLY)
def test_writing_a_folder_in_another_way_changes_nothing(sample: Sample) -> None:
    """Bare or whole references, the order of columns and list items, and delimiters do not matter."""
    other = replace(sample, seed=sample.seed + 1)
    first, second = built(sample), built(other)
    # A key may end in a digest of the row's cells as they are written.
    if not any(re.search("-[0-9a-f]{8}$", node) for node in {**first.origins, **second.origins}):
        assert set(first.default) == set(second.default)
    assert plain(Reader(first.default).tables()) == plain(Reader(second.default).tables())


@given(sample=folders())
@settings(max_examples=25, suppress_health_check=SLOWLY)
def test_a_fact_stands_in_the_graphs_of_its_sources(sample: Sample) -> None:
    """Each thing and fact stands in the graphs of just the sources that it cites, citing those alone."""
    made = built(sample)
    cited = {URIRef(expand("prov:wasDerivedFrom")), URIRef(expand("dcterms:isReferencedBy"))}
    there = {(s, p, o) for s, p, o in made.default if p in cited}
    told = {
        (source, triple) for source, part in made.by_source.items() for triple in part if triple[1] in cited
    }
    assert {triple for _, triple in told} == there
    assert all(f"/source/{source}#" in str(triple[2]) for source, triple in told)


@given(sample=folders())
@settings(max_examples=5, suppress_health_check=SLOWLY)
def test_a_valid_folder_violates_nothing(sample: Sample) -> None:
    """Neither shapes nor constraints find a violation in a folder that is valid by construction."""
    with tempfile.TemporaryDirectory() as name:
        sample.write(Path(name))
        assert graph.assemble(Path(name)).violations == []


# --- Damages ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Damage:
    """One thing that is wrong with a folder.

    Attributes:
        sample: the folder as it is then.
        table: the table that is damaged.
        line: the line of the row that is.
        words: a part of what is said of it.
        alone: whether no other line is then wrong.
    """

    sample: Sample
    table: str
    line: int
    words: str
    alone: bool = True


Place = tuple[str, int, Cells]
"""A table, the number of a row in it from 0, and the row."""


def places(sample: Sample) -> list[Place]:
    """Give every row of a folder."""
    return [(name, at, row) for name, rows in sample.tables.items() for at, row in enumerate(rows)]


def changed(sample: Sample, place: Place, cells: Cells, words: str, *, alone: bool = True) -> Damage:
    """Give a folder with other cells in one row."""
    table, at, row = place
    rows = sample.tables[table]
    tables = sample.tables | {table: [*rows[:at], row | cells, *rows[at + 1 :]]}
    return Damage(replace(sample, tables=tables), table, at + 2, words, alone)


def unknown_key(draw: DrawFn, sample: Sample) -> Damage:
    """Let a reference name what is not there."""
    found = [
        (place, column.name)
        for place in places(sample)
        for column in TABLES[place[0]].columns
        if (column.references or column.scheme) and column.name != "sources" and place[2][column.name]
    ]
    place, column = draw(st.sampled_from(found))
    return changed(sample, place, {column: "nothing-of-this-name"}, "'nothing-of-this-name' is not in the ")


def bad_moment(draw: DrawFn, sample: Sample) -> Damage:
    """Write a moment that no calendar has."""
    found = [
        (place, column.name)
        for place in places(sample)
        for column in TABLES[place[0]].columns
        if column.datatype == "moment"
    ]
    place, column = draw(st.sampled_from(found))
    moment = draw(st.sampled_from(("2015-13", "2015-02-30", "15", "0000", "2015-5", "2015/05", "in 2015")))
    return changed(sample, place, {column: moment}, f"{column} '{moment}' ")


def citation_past_the_end(draw: DrawFn, sample: Sample) -> Damage:
    """Cite the line that comes after the last one of a source."""
    place = draw(st.sampled_from([place for place in places(sample) if place[2].get("sources")]))
    source = draw(st.sampled_from(sample.tables["sources"]))
    lines = int(str(source["lines"]))
    past = f"{source['key']}:{lines + 1}-{lines + 1}"
    words = f"cites line {lines + 1} of '{source['key']}', which has {lines} lines"
    cited = place[2]["sources"]
    assert isinstance(cited, frozenset)
    return changed(sample, place, {"sources": cited | {past}}, words)


def doubled_row(draw: DrawFn, sample: Sample) -> Damage:
    """Write a row a second time, at the end of its table."""
    table, at, row = draw(st.sampled_from([place for place in places(sample) if place[0] != "dataset"]))
    rows = [*sample.tables[table], row]
    words = f"stands already in line {at + 2}; "
    return Damage(replace(sample, tables=sample.tables | {table: rows}), table, len(rows) + 1, words)


def deleted_cell(draw: DrawFn, sample: Sample) -> Damage:
    """Leave a cell empty that has to be filled."""
    found = [
        (place, column.name)
        for place in places(sample)
        for column in TABLES[place[0]].columns
        if column.required
    ]
    place, column = draw(st.sampled_from(found))
    # What refers to a thing without a key is wrong too.
    return changed(sample, place, {column: ""}, f"{column} is empty; ", alone=column != "key")


DAMAGES: list[Callable[[DrawFn, Sample], Damage]] = [
    unknown_key,
    bad_moment,
    citation_past_the_end,
    doubled_row,
    deleted_cell,
]


@st.composite
def damages(draw: DrawFn, kind: Callable[[DrawFn, Sample], Damage]) -> Damage:
    """Draw a valid folder, and damage it."""
    return kind(draw, draw(folders()))


@pytest.mark.parametrize("kind", DAMAGES, ids=lambda kind: kind.__name__)
def test_a_damage_is_found_where_it_is(kind: Callable[[DrawFn, Sample], Damage]) -> None:
    """A single damage to a valid folder is found, and said of its own file and line alone."""

    @given(damage=damages(kind))
    @settings(max_examples=15, suppress_health_check=SLOWLY)
    def holds(damage: Damage) -> None:
        with pytest.raises(InvalidData) as caught:
            built(damage.sample)
        said = {(Path(problem.path).stem, problem.line, problem.text) for problem in caught.value.problems}
        where = (damage.table, damage.line)
        assert any(each[:2] == where and damage.words in each[2] for each in said), said
        if damage.alone:
            assert {each[:2] for each in said} == {where}, said

    holds()
