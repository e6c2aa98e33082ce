"""The module `selection`: a part as of a period, or behind an answer, with what it takes to be read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from answers import of_library
from conftest import HARBOUR, loaded

from kg import ask, network, ontology, projection, selection
from kg.answer import keep
from kg.derive import derive
from kg.errors import QueryError
from kg.excerpt import excerpt
from kg.store import rows
from kg.validate import validate

if TYPE_CHECKING:
    from kg.answer import Answer
    from kg.embedded import Embedded

DEFAULT = ox.DefaultGraph()
PERIODS = ("2010", "2012", "2015", "2016-02", "2017", "2018", "2019-05-31", "2021", "2022", "2030")


def default(store: Embedded) -> set[ox.Triple]:
    """Give the triples of the default graph."""
    return {quad.triple for quad in store.store.quads_for_pattern(None, None, None, DEFAULT)}


def nodes(store: Embedded, kind: str) -> set[str]:
    """Give the keys of the things of a kind."""
    space = f"<{store.base}{kind}/"
    return {str(t.subject)[len(space) : -1] for t in default(store) if str(t.subject).startswith(space)}


@pytest.mark.parametrize("period", PERIODS)
@pytest.mark.parametrize("data", ["harbour", "stockholm"])
def test_the_network_is_that_of_the_period(
    data: str, period: str, harbour: Embedded, stockholm: Embedded
) -> None:
    """The part's network is the network as of the period: the same edges, certain or possible."""
    whole = harbour if data == "harbour" else stockholm
    found = projection.as_of(network.read(selection.as_of(whole, period)), period)
    expected = projection.as_of(network.read(whole), period)
    assert set(found.edges(keys=True)) == set(expected.edges(keys=True))
    for *ends, known in expected.edges(keys=True, data=True):
        assert found.edges[tuple(ends)]["holds"] == known["holds"]


def test_what_a_period_leaves_out(harbour: Embedded) -> None:
    """In 2030 the Sea Lab is over with all its memberships; a name of until 2012 is not one of 2015."""
    later = selection.as_of(harbour, "2030")
    assert not [key for key in nodes(later, "membership") if "sea-lab" in key]
    assert nodes(later, "observation") == set()
    assert "extend-sea-lab" in nodes(later, "event")  # when it ended no line says
    assert "boat-company" in nodes(later, "organisation")
    assert (
        len([key for key in nodes(selection.as_of(harbour, "2012"), "statement") if "seglarna" in key]) == 1
    )
    assert not [key for key in nodes(selection.as_of(harbour, "2015"), "statement") if "seglarna" in key]
    assert len(nodes(selection.as_of(harbour, "2018"), "observation")) == 2


@pytest.mark.parametrize("period", ["2012", "2017", "2030"])
def test_a_part_is_whole_in_itself(harbour: Embedded, period: str) -> None:
    """Nothing is in a part that the data set does not say; nothing hangs loose; nothing more follows."""
    part = selection.as_of(harbour, period)
    found = default(part)
    assert found < default(harbour)
    subjects = {triple.subject for triple in found}
    ours = f"<{harbour.base}"
    loose = {t.object for t in found if str(t.object).startswith(ours)} - subjects
    assert loose == set()
    cited = {triple.object for triple in found}
    passages = {t.subject for t in found if str(t.object).endswith("#Passage>") and "#line" in str(t.subject)}
    assert passages <= cited
    again = ox.Store()
    again.extend(ox.Quad(*triple) for triple in found)
    assert derive(again, ontology.load().rules) == {}
    named = {quad.triple for quad in part.store if quad.graph_name != DEFAULT}
    assert named <= found


def test_a_period_of_all_is_all(harbour: Embedded) -> None:
    """A period that excludes nothing but what is of another time leaves the named graphs' names."""
    part = selection.as_of(harbour, "2018")
    assert set(map(str, part.store.named_graphs())) == set(map(str, harbour.store.named_graphs()))


def test_a_period_that_is_none(harbour: Embedded) -> None:
    """What is no year, month or day is told."""
    with pytest.raises(QueryError, match="--as-of: '20177' is not a moment"):
        selection.as_of(harbour, "20177")


def answered(store: Embedded, text: str) -> Answer:
    """Ask a query."""
    return keep(
        store.query(text), ask.in_text(text), values={}, text=text, base=store.base, asked="", store=store
    )


def test_the_facts_behind_rows(harbour: Embedded) -> None:
    """Behind a company's partners are its membership and theirs in the same initiative, and no other."""
    answer = of_library(harbour, "organisation-partners", organisation="boat-company")
    part = selection.behind(harbour, answer)
    assert nodes(part, "membership") == {
        "boat-company-partner-sea-lab",
        "harbour-town-founder-sea-lab",
        "harbour-town-lead-sea-lab",
        "harbour-university-partner-sea-lab",
    }
    assert nodes(part, "organisation") == {"boat-company", "harbour-town", "harbour-university"}
    assert nodes(part, "observation") == nodes(part, "statement") == set()
    text = "SELECT ?c { ?m a org:Membership ; prov:wasDerivedFrom/dcterms:identifier ?c }"
    assert {row["c"].value for row in rows(part, text)} == {"report:1", "letter:1", "report:3", "letter:3"}


def test_a_row_that_names_the_role(harbour: Embedded) -> None:
    """Where a row says in which role, the fact in that role alone is behind it."""
    text = (
        "SELECT ?member ?role ?body { ?m org:member ?member ; org:role ?role ; org:organization ?body "
        "FILTER(?role = <https://w3id.org/innovation-kg/concept/role/lead>) }"
    )
    assert nodes(selection.behind(harbour, answered(harbour, text)), "membership") == {
        "harbour-town-lead-sea-lab"
    }


def test_a_part_behind_rows_is_sound(harbour: Embedded) -> None:
    """It is a part of the data set; the rows are the same when it is asked again."""
    for name, values in (
        ("organisation-partners", {"organisation": "boat-company"}),
        ("initiative-members", {"initiative": "sea-lab"}),
        ("post-holders", {}),
    ):
        answer = of_library(harbour, name, **values)
        part = selection.behind(harbour, answer)
        assert default(part) <= default(harbour)
        assert of_library(part, name, **values).rows == answer.rows, name


def test_a_graph_is_its_own_part(harbour: Embedded) -> None:
    """Of a CONSTRUCT the part is its triples, no more."""
    answer = answered(harbour, "CONSTRUCT { ?s org:member ?o } WHERE { ?s org:member ?o }")
    assert default(selection.behind(harbour, answer)) == set(answer.triples)


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("ASK { ?s ?p ?o }", "answers yes or no"),
        ("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", "names no thing"),
        ("SELECT ?s { ?s a <a:nothing> }", "names no thing"),
    ],
)
def test_an_answer_with_nothing_behind_it(harbour: Embedded, text: str, error: str) -> None:
    """It is told in one line."""
    with pytest.raises(QueryError, match=error):
        selection.behind(harbour, answered(harbour, text))


def test_the_graphs_of_a_source(harbour: Embedded) -> None:
    """An excerpt is given the graph of its source whole, and what follows from it, and no other source's."""
    part = selection.graphs(excerpt(harbour, ["letter"]), harbour, ["letter"])
    names = {str(name)[1:-1].removeprefix(f"{harbour.base}graph/") for name in part.store.named_graphs()}
    assert names == {"letter", "derived", "description"}
    graph = ox.NamedNode(f"{harbour.base}graph/letter")
    for store in (part, harbour):
        assert len(list(store.store.quads_for_pattern(None, None, None, graph))) == len(
            list(loaded(HARBOUR).store.quads_for_pattern(None, None, None, graph))
        )


def test_a_part_is_read_by_who_reads_the_whole(harbour: Embedded) -> None:
    """The shapes find nothing wrong with the data set as of a year."""
    from kg.graph import _rdflib

    part = selection.as_of(harbour, "2017")
    store = ox.Store()
    store.extend(ox.Quad(*triple) for triple in default(part))
    found = validate(_rdflib(store), ontology.load().shapes, {})
    assert [problem for problem in found if problem.severity == "violation"] == []
