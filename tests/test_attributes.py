"""The module `attributes`: plain values of whatever is known, fit for XML."""

from __future__ import annotations

import re
from typing import Any
from xml.etree import ElementTree as ET
from xml.sax.saxutils import escape

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.attributes import about, fit, flat, names, plain, types, written

ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=6,
)
TEXTS = st.text(st.characters() | st.sampled_from("\x00\x0b\x1f\ud800\udfff\ufffe\uffff]]>&<\r\n\t\u202e"))


@given(TEXTS)
def test_a_fit_text_survives_xml(text: str) -> None:
    """What is left is exactly what a reader of XML gives back; what is replaced is seen."""
    made = fit(text)
    read = ET.fromstring(f"<t>{escape(made, {chr(13): '&#13;'})}</t>").text  # noqa: S314  our own text
    assert (read or "") == made
    assert len(made) == len(text)
    assert all(new in (old, "\ufffd") for old, new in zip(text, made, strict=True))


@given(st.dictionaries(st.text(max_size=5), ANYTHING, max_size=5))
def test_whatever_is_known_becomes_plain(known: dict[str, Any]) -> None:
    """No value of any kind is an error, none is a list, and all texts are fit."""
    for name, value in flat(known).items():
        assert isinstance(value, (bool, int, float, str))
        assert fit(name) == name
        assert fit(written(value)) == written(value)


def test_labels_are_texts_in_each_language() -> None:
    """The language asked for comes first, English where there is none of it."""
    label = {"en": "part", "sv": "del"}
    assert flat({"label": label}, "sv") == {"label": "del", "label_en": "part", "label_sv": "del"}
    assert flat({"label": {"": "words"}}, "sv") == {"label": "words"}
    assert flat({"types": [label, {"sv": "program"}]}) == {"types": "part; program"}


def test_citations_read_as_in_the_tables() -> None:
    """A line, or a range of lines; what is no citation is written as it is."""
    cites = [{"source": "a", "first": 3, "last": 3}, {"source": "b", "first": 9, "last": 10}, "c"]
    assert flat({"citations": cites}) == {"sources": "a:3; b:9-10; c"}


def test_facts_are_a_line_each() -> None:
    """Relation, value and time; a period alone has no value."""
    goal = {
        "relation": "hasGoal",
        "label": {"en": "has goal"},
        "value": {"key": "goal:a"},
        "attested": "2018",
    }
    period = {"relation": "hasTime", "label": {"en": "has time"}, "value": {}, "start": "2015", "end": ""}
    assert flat({"facts": [goal, period]}) == {"facts": "has goal goal:a 2018; has time 2015/.."}


def test_ties_say_what_is_behind_an_edge() -> None:
    """Initiatives once each, both roles of each tie, the surest of certainty and overlap."""
    tie = {"initiative": "initiative:a", "label": {"en": "A"}, "roles": {"x": "lead", "y": "partner"}}
    tie |= {"overlap": "possibly", "certainty": "implied", "holds": "possibly"}
    one = {**tie, "citations": [{"source": "s", "first": 1, "last": 1}]}
    other = {**tie, "certainty": "stated", "holds": "certainly", "citations": one["citations"]}
    assert flat({"ties": [one, other]}) == {
        "label": "A",
        "initiatives": "initiative:a",
        "roles": "lead + partner; lead + partner",
        "overlap": "possibly",
        "certainty": "stated",
        "holds": "certainly",
        "sources": "s:1",
    }


def test_what_is_empty_is_left_out() -> None:
    """Unknown is not an empty text."""
    assert flat({"a": None, "b": "", "c": [], "d": {}, "e": 0, "f": False}) == {"e": 0, "f": False}


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        ([True, False], "boolean"),
        ([1, -5], "long"),
        ([1, 2.5], "double"),
        ([1, True], "string"),
        ([2**63], "string"),
        ([-(2**63)], "long"),
        (["a", 1], "string"),
    ],
)
def test_a_type_holds_all_values_of_a_name(values: list[Any], kind: str) -> None:
    """The narrowest that holds them all; a number that no long holds is a text."""
    assert types([{"a": value} for value in values]) == {"a": kind}


def test_values_are_written_as_xml_schema_does() -> None:
    """Truth in lower case, and its own words for what is no finite number."""
    assert [written(value) for value in (True, 1, 0.1, float("nan"), -float("inf"), "x")] == [
        "true",
        "1",
        "0.1",
        "NaN",
        "-INF",
        "x",
    ]


@given(st.lists(TEXTS))
def test_names_are_apart(texts: list[str]) -> None:
    """As many identifiers as texts, no two alike; a text that is the first of its kind is kept."""
    given_ = names(texts)
    assert len(given_) == len(set(given_)) == len(texts)
    if texts:
        assert given_[0] == (fit(texts[0]) or "_")


def test_names_that_look_numbered_are_apart() -> None:
    """A number that somebody has already is passed over."""
    assert names(["a", "a~2", "a", "a"]) == ["a", "a~2", "a~3", "a~4"]


def test_any_graph_is_plain() -> None:
    """Nodes that are no texts, and parallel edges with the same key, keep identifiers of their own."""
    graph = nx.MultiGraph()
    graph.add_edge(1, "1", "k")
    graph.add_edge(1, 2, "k")
    made = plain(graph)
    assert [name for name, _ in made.nodes] == ["1", "1~2", "2"]
    assert [edge[:3] for edge in made.edges] == [("k", "1", "1~2"), ("k~2", "1", "2")]
    assert not made.directed


def test_about_says_what_is_known_of_the_data_set() -> None:
    """Title, version, date and licence, and a description where there is one; else nothing."""
    known = {"title": {"en": "T", "sv": "S"}, "version": "1", "date": "", "licence": "L"}
    graph = nx.Graph(dataset=known, description="a\x00")
    assert about(graph, "sv") == {"title": "S", "version": "1", "licence": "L", "description": "a\ufffd"}
    assert about(nx.Graph()) == {}
    assert re.fullmatch("[a-z]+", "".join(about(graph)))
