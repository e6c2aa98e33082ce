"""The graph: what holds of every data folder's graph, whatever its tables say."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from conftest import HARBOUR, ROOT, STOCKHOLM, assembled

from kg import graph, ontology
from kg.build import build
from kg.errors import InvalidData
from kg.iris import CONCEPTS, ID_BASE, KINDS, ONTOLOGY, expand
from kg.sources import cited
from kg.validate import _origin

if TYPE_CHECKING:
    from pathlib import Path

    from kg.graph import Whole

    Triple = tuple[str, str, str]

DEFAULT = ox.DefaultGraph()
CITING = (expand("prov:wasDerivedFrom"), expand("dcterms:isReferencedBy"))
TYPE = expand("rdf:type")
PASSAGE = expand("inno:Passage")
FACTS = tuple(expand(curie) for curie in ("org:Membership", "inno:Statement", "qb:Observation"))


@pytest.fixture(scope="module", params=[HARBOUR, STOCKHOLM], ids=lambda path: path.name)
def whole(request: pytest.FixtureRequest) -> Whole:
    """Give the graph of each ecosystem."""
    return assembled(request.param)


def word(term: object) -> str:
    """Give an IRI as it is, and any other term in N-Triples."""
    return term.value if isinstance(term, ox.NamedNode) else str(term)


def triples(whole: Whole, name: str = "") -> set[Triple]:
    """Give the triples of a named graph, or of the default one."""
    graph_name = ox.NamedNode(f"{whole.base}graph/{name}") if name else DEFAULT
    return {
        (word(quad.subject), word(quad.predicate), word(quad.object))
        for quad in whole.quads
        if quad.graph_name == graph_name
    }


def iris(whole: Whole) -> set[str]:
    """Give every IRI of a graph, its graphs' names too."""
    terms = (t for q in whole.quads for t in (q.subject, q.predicate, q.object, q.graph_name))
    return {term.value for term in terms if isinstance(term, ox.NamedNode)}


def test_there_is_no_blank_node(whole: Whole) -> None:
    """Every node has an IRI, so that graphs can be compared line by line."""
    assert not any(isinstance(term, ox.BlankNode) for q in whole.quads for term in (q.subject, q.object))


def test_every_iri_of_the_data_is_of_a_kind_and_has_no_slash_in_its_key(whole: Whole) -> None:
    """Things are `<base><kind>/<key>`; a passage is a fragment of its source."""
    for iri in iris(whole):
        if iri.startswith(whole.base) and not iri.startswith((ONTOLOGY, CONCEPTS)):
            kind, slash, key = iri.removeprefix(whole.base).partition("/")
            assert kind in KINDS, iri
            assert slash
            assert key
            assert "/" not in key


def test_named_graphs_hold_what_the_default_one_holds(whole: Whole) -> None:
    """Beside the default graph, which holds all: one a cited source, the derived one, the description."""
    names = {word(quad.graph_name) for quad in whole.quads if quad.graph_name != DEFAULT}
    keys = {row["key"] for row in whole.folder.of("sources")} | {"derived", "description"}
    assert names == {f"{whole.base}graph/{key}" for key in keys}
    default = triples(whole)
    for key in keys:
        assert triples(whole, key) <= default


def test_every_thing_and_fact_is_cited(whole: Whole) -> None:
    """Each thing, membership, statement and observation rests on passages that are described."""
    default = triples(whole)
    passages = {s for s, p, o in default if (p, o) == (TYPE, PASSAGE)}
    cited_by = {s: {o for _, _, o in each} for s, each in groups(default, CITING).items()}
    assert set().union(*cited_by.values()) <= passages
    uncited = ("dataset", "source", "interval", "instant", "graph")
    things = {s for s, _, _ in default if s.startswith(whole.base)}
    things = {s for s in things if s.removeprefix(whole.base).partition("/")[0] not in uncited}
    facts = {s for s, p, o in default if p == TYPE and o in FACTS}
    assert facts <= things <= set(cited_by)


def groups(held: set[Triple], predicates: tuple[str, ...]) -> dict[str, set[Triple]]:
    """Give the triples with some predicates by their subject."""
    found: dict[str, set[Triple]] = {}
    for triple in held:
        if triple[1] in predicates:
            found.setdefault(triple[0], set()).add(triple)
    return found


def test_the_passages_are_the_lines_that_rows_cite(whole: Whole) -> None:
    """Every cited line lies in a passage of the graph, and no other does."""
    found = set()
    for _, predicate, passage in triples(whole):
        if predicate in CITING:
            source, _, lines = passage.rpartition("#line=")
            start, end = map(int, lines.split(","))
            found |= {(source.rpartition("/")[2], line) for line in range(start + 1, end + 1)}
    assert found == cited(whole.folder.facts)


def test_a_sources_graph_cites_that_source_alone(whole: Whole) -> None:
    """The graph of a source holds no citation of another, and its facts cite its own passages."""
    for row in whole.folder.of("sources"):
        held = triples(whole, row["key"])
        cites = {(s, o) for s, p, o in held if p in CITING}
        assert all(o.startswith(f"{whole.base}source/{row['key']}#line=") for _, o in cites)
        facts = {s for s, p, o in held if p == TYPE and o in FACTS}
        assert facts <= {s for s, _ in cites}


def test_a_sources_graph_holds_what_its_rows_say(whole: Whole) -> None:
    """A node stands in the graphs of the sources that its row cites, and in no other.

    Besides, a graph holds the source itself, its passages, and the links that its statements state.
    """
    origins = build(whole.folder, ontology.load()).origins
    for source in whole.folder.of("sources"):
        key = source["key"]
        own = f"{whole.base}source/{key}"
        held = triples(whole, key)
        stated = {value for _, p, value in held if p == expand("rdf:subject")}
        for subject in {s for s, _, _ in held}:
            row = _origin(subject, origins)
            says = row is not None and key in {cited_key for cited_key, _ in cited([row])}
            assert says or subject in stated or subject == own or subject.startswith(f"{own}#"), subject
        for node, row in origins.items():
            if key in {cited_key for cited_key, _ in cited([row])}:
                assert node in {s for s, _, _ in held} or row.table == "sources"


def test_what_is_derived_was_not_asserted(whole: Whole) -> None:
    """The graph of derived triples shares none with those of the sources."""
    derived = triples(whole, "derived")
    assert derived
    for row in whole.folder.of("sources"):
        assert not derived & triples(whole, row["key"])


def test_what_rules_derive_is_never_asserted_by_hand(whole: Whole) -> None:
    """Without the derived there is no superclass, label, direct edge or bound of a thing."""
    asserted = triples(whole) - triples(whole, "derived")
    never = {expand(f"inno:{name}") for name in ("participatesIn", "leads", "earliestStart", "latestEnd")}
    about = {(p, o) for s, p, o in asserted if s.startswith(whole.base)}
    assert not {p for p, _ in about} & never
    assert (TYPE, expand("org:Organization")) not in about


def test_a_second_city_needs_no_code() -> None:
    """The invented ecosystem has its own base, and nothing of the usual one in its graph."""
    whole = assembled(HARBOUR)
    assert whole.base == "https://example.org/harbour/"
    assert not [iri for iri in iris(whole) if iri.startswith(ID_BASE)]


DIGESTS = """
import hashlib, sys
from pathlib import Path
from kg import exports, graph
whole = graph.assemble(Path(sys.argv[1]))
lines = "".join(sorted(f"{quad}\\n" for quad in whole.quads))
for text in (lines, exports.turtle_of(whole.quads, whole.base)):
    print(hashlib.sha256(text.encode()).hexdigest())
"""


def digests(folder: Path, **environment: str) -> list[str]:
    """Give the digests of a folder's quads and Turtle, made in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-c", DIGESTS, str(folder)],
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    )
    return done.stdout.split()


def test_the_same_tables_give_the_same_bytes() -> None:
    """Another hash seed, locale and time zone change no quad and no byte of the Turtle."""
    first = digests(HARBOUR, PYTHONHASHSEED="1", LC_ALL="C", TZ="UTC")
    second = digests(HARBOUR, PYTHONHASHSEED="2", LC_ALL="sv_SE.UTF-8", TZ="Asia/Tokyo", PYTHONUTF8="0")
    assert len(first) == 2
    assert first == second


def test_the_order_of_rows_changes_no_byte(folder: Path) -> None:
    """Rows in another order are the same graph."""
    for path in folder.glob("*.csv"):
        header, *rows = path.read_text(encoding="utf-8").splitlines()
        path.write_text("\n".join([header, *reversed(rows)]) + "\n", encoding="utf-8")
    lines = sorted(map(str, graph.assemble(folder).quads))
    assert hashlib.sha256("\n".join(lines).encode()).digest() == (
        hashlib.sha256("\n".join(sorted(map(str, assembled(HARBOUR).quads))).encode()).digest()
    )


def test_a_graph_with_faults_is_not_made(folder: Path) -> None:
    """What the shapes find stops a graph from being kept, with every problem."""
    path = folder / "statements.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("old-quay", "harbour-town"), encoding="utf-8")
    with pytest.raises(InvalidData, match=r"statements\.csv:3"):
        graph.make(folder)
