"""The module `relations`: the ties of an answer as a part of the network, and nothing else."""

from __future__ import annotations

import io
import json
import re
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import networkx as nx
import pytest
from answers import asked, of_library

from kg import network, projection, relations
from kg.errors import QueryError

if TYPE_CHECKING:
    from kg.answer import Answer
    from kg.embedded import Embedded

HEADER = "#+ summary: Who takes part\n#+ edges: [member initiative]\n"
TEXT = """SELECT ?member ?initiative {
  VALUES ?initiative { initiative:tide }
  ?membership org:member ?member ; org:organization ?initiative
} ORDER BY ?member"""
GEXF = "{http://gexf.net/1.3}"


@pytest.fixture(scope="module")
def ties(harbour: Embedded) -> Answer:
    """Give an answer whose rows are ties."""
    return asked(harbour, TEXT, HEADER)


def test_what_is_drawn_is_in_the_store(harbour: Embedded, ties: Answer) -> None:
    """Each edge is one of the whole network's, and between two that a row names."""
    part, whole = relations.network(ties), network.read(harbour)
    assert part.number_of_edges() > 0
    known = {key for *_, key in whole.edges(keys=True)}
    assert {key for *_, key in part.edges(keys=True)} <= known
    named = {
        str(cell).removeprefix(harbour.base).replace("/", ":", 1) for row in ties for cell in row.values()
    }
    assert set(part.nodes) <= named


def test_the_page_is_the_network(ties: Answer) -> None:
    """Relations are drawn; `html-table` gives their table all the same."""
    drawn, table = ties.write("html"), ties.write("html-table")
    assert b"vis-network" in drawn
    assert b"initiative:tide" in drawn
    assert b"<table" not in drawn
    assert b"<table" in table
    assert b"<script" not in table


def test_other_questions_have_a_table(harbour: Embedded) -> None:
    """Without ties in the header, or in the rows, the page is a table."""
    assert b"<table" in of_library(harbour, "organisations-by-kind").write("html")
    assert b"<table" in asked(harbour, "ASK {}").write("html")
    nothing = TEXT.replace("initiative:tide", "initiative:none")
    assert b"<table" in asked(harbour, nothing, HEADER).write("html")


@pytest.mark.parametrize("form", ["graphml", "gexf"])
def test_other_questions_have_no_network(harbour: Embedded, form: str) -> None:
    """A question that is not about relations is told so, and what can be done."""
    with pytest.raises(QueryError, match=r"is not about relations.*html-table.*edges:") as caught:
        of_library(harbour, "organisations-by-kind").write(form)
    assert "\n" not in str(caught.value)


def test_gephi_gets_the_same_ties(ties: Answer) -> None:
    """GraphML and GEXF have as many nodes and edges, and say where they come from where that is asked."""
    part = relations.network(ties)
    graph = nx.read_graphml(io.BytesIO(ties.write("graphml")), force_multigraph=True)
    assert (len(graph), graph.number_of_edges()) == (len(part), part.number_of_edges())
    root = ET.fromstring(ties.write("gexf", origin=True))  # noqa: S314  our own
    assert len(list(root.iter(f"{GEXF}edge"))) == part.number_of_edges()
    assert "Asks: Who takes part" in (root.findtext(f"{GEXF}meta/{GEXF}description") or "")
    described = ET.fromstring(ties.write("graphml", origin=True)).findtext(".//{*}desc")  # noqa: S314  our own
    assert "Asks: Who takes part" in (described or "")
    assert b"Who takes part" not in ties.write("gexf")


def test_the_drawing_says_where_it_comes_from(ties: Answer) -> None:
    """The page of a network carries its origin where that is asked, and only then."""
    assert b"Asks: Who takes part" in ties.write("html", origin=True)
    assert b"Asks: Who takes part" not in ties.write("html")


def test_what_is_drawn_is_of_the_time_that_was_asked_for(stockholm: Embedded) -> None:
    """As of a year no tie is drawn that the sources exclude then, and the page opens at that year."""
    values = {"organisation": "City of Stockholm", "as-of": "2016"}
    answer = of_library(stockholm, "organisation-partners", **values)
    part = relations.network(answer)
    whole = projection.as_of(network.read(stockholm), "2016")
    assert part.number_of_edges() > 0
    assert {key for *_, key in part.edges(keys=True)} <= {key for *_, key in whole.edges(keys=True)}
    always = relations.network(
        of_library(stockholm, "organisation-partners", organisation="City of Stockholm")
    )
    assert part.number_of_edges() < always.number_of_edges()
    assert drawn(answer)["state"] == {"time": {"mode": "as-of", "at": "2016"}}
    assert (
        relations.period(of_library(stockholm, "organisation-partners", **{**values, "as-of": "always"}))
        == ""
    )


def test_the_page_has_conflicts_and_triples(stockholm: Embedded) -> None:
    """What sources say differently of the things that are drawn is there, and the RDF behind the ties."""
    page = drawn(of_library(stockholm, "organisation-partners", organisation="City of Stockholm"))
    assert "organisation:city-of-stockholm" in page["conflicts"]
    assert set(page["conflicts"]) <= set(page["things"])
    assert set(page["ties"]) <= set(page["triples"]["of"]) | set(page["triples"]["links"])


def drawn(answer: Answer) -> dict[str, Any]:
    """Give the data of an answer's page."""
    found = re.search(r'id="data">(.*?)</script>', answer.write("html").decode(), flags=re.DOTALL)
    assert found
    read: dict[str, Any] = json.loads(found[1])
    return read


def test_a_graph_s_triples_are_ties(harbour: Embedded) -> None:
    """A CONSTRUCT names pairs by its triples; what the network has between them is handed on."""
    text = (
        "CONSTRUCT { ?m inno:with initiative:tide } { ?s org:member ?m ; org:organization initiative:tide }"
    )
    answer = asked(harbour, text)
    graph = nx.read_graphml(io.BytesIO(answer.write("graphml")), force_multigraph=True)
    assert graph.number_of_edges() == relations.network(answer).number_of_edges() > 0
