"""The module `queries`: questions, and values put in the places of their parameters."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from conftest import ROOT
from hypothesis import example, given
from hypothesis import strategies as st
from rdflib.plugins.sparql.algebra import translateQuery
from rdflib.plugins.sparql.parser import parseQuery

from kg import guard, queries
from kg.errors import InvalidData, NotFound, QueryError
from kg.iris import ID_BASE
from kg.parameters import ALWAYS

if TYPE_CHECKING:
    from pathlib import Path

TEXT = """#+ summary: A question
#+ description: It is asked.
#+ tags: [trust]
#+ params:
#+   about: {type: text, description: A word.}
#+   as-of: {type: period, description: A moment.}
#+   least: {type: number, description: A number.}
#+   organisation: {type: organisation, description: Who.}
#+   role: {type: concept role, description: Which.}

PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
SELECT ?about ?least ?organisation ?role ?asOfStart ?asOfEnd WHERE {
  VALUES ?about { "a } word" }
  VALUES ?least { 3 }
  VALUES ?organisation { <https://w3id.org/innovation-kg/id/organisation/kth> }
  VALUES ?role { <https://w3id.org/innovation-kg/concept/role/lead> }
  VALUES (?asOfStart ?asOfEnd) { ("0001-01-01"^^xsd:date "9999-12-31"^^xsd:date) }
}
"""
QUERY = queries.parse("question", TEXT, "question.rq")
HOSTILE = [
    '"',
    "'",
    '" } } DROP ALL #',
    "} DROP ALL; SELECT * { ?s ?p ?o",
    'x" } SERVICE <http://host.example/> { ?s ?p ?o } VALUES ?y { "',
    "\\",
    '\\" } #',
    "\\u0022 } #",
    "a\nb\r\n# c",
    "<https://host.example/> } #",
    "?about",
    "{}",
    "\x00\x1b[2J",
    "\u202eevil",
    "𐐷 åäö",
]


def as_it_is(value: str, _kind: str) -> str:
    """Find nothing: take what people wrote for an IRI."""
    return value


def row(text: str) -> ox.QuerySolution:
    """Give the only row of an answer."""
    found = ox.Store().query(text)
    assert isinstance(found, ox.QuerySolutions)
    listed = list(found)
    assert len(listed) == 1
    assert isinstance(listed[0], ox.QuerySolution)
    return listed[0]


def shape(text: str) -> str:
    """Give a query's algebra with every literal and IRI alike."""

    def names(node: object) -> object:
        if isinstance(node, dict):
            return {key: names(value) for key, value in node.items()}
        if isinstance(node, (list, tuple, set, frozenset)):
            return [
                names(each)
                for each in (sorted(node, key=str) if isinstance(node, (set, frozenset)) else node)
            ]
        return type(node).__name__

    return str(names(translateQuery(parseQuery(text)).algebra))


@pytest.mark.parametrize("value", HOSTILE)
def test_hostile_text_stays_text(value: str) -> None:
    """Whatever a text holds, it is the literal's value, and the query's shape stays as it was."""
    text = queries.bind(QUERY, {"about": value}, ID_BASE, as_it_is)
    assert row(text)["about"] == ox.Literal(value)
    assert guard.check(text).kind == "select"
    assert shape(text) == shape(TEXT)


@given(st.text(st.characters(codec="utf-8")))
@example('"""')
@example("\\")
@example("} VALUES ?x { 1 }")
def test_any_text_stays_text(value: str) -> None:
    """Any text that Unicode can write comes out of the query as it went in."""
    found = row(queries.bind(QUERY, {"about": value}, ID_BASE, as_it_is))
    assert found["about"] == ox.Literal(value)
    assert found["least"] == ox.Literal(3)


@pytest.mark.parametrize("place", ["VALUES ?about { x }", 'values ?about { "x" }', "VALUES ?least { 1 }"])
def test_a_value_is_no_place_of_another(place: str) -> None:
    """A text that reads like the place of a parameter stays a text, and the other finds its own place."""
    other = "} SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } #"
    asked = queries.parse(
        "two",
        TEXT.replace("about: {type: text", "word: {type: text, description: First.}\n#+   about: {type: text")
        .replace('VALUES ?about { "a } word" }', 'VALUES ?word { "" }\n  values ?about { "a } word" }')
        .replace("SELECT ?about", "SELECT ?word ?about"),
        "two.rq",
    )
    for values in (
        {"word": place, "about": other, "least": "7"},
        {"least": "7", "about": other, "word": place},
    ):
        found = row(queries.bind(asked, values, ID_BASE, as_it_is))
        assert [found["word"], found["about"], found["least"]] == [
            ox.Literal(place),
            ox.Literal(other),
            ox.Literal(7),
        ]


@given(st.sampled_from(["about", "least", "organisation", "role", "as-of"]), st.text())
@example("about", "\udcff")
@example("organisation", "https://host.example/a> } DROP ALL #")
@example("organisation", "javascript:alert(1)")
@example("organisation", "file:///etc/passwd")
@example("role", "https://host.example/{}")
@example("least", "1 } DROP ALL #")
@example("least", "1e9")
@example("least", "٣")
@example("as-of", '2015") } #')
@example("as-of", "2015-13")
def test_any_value_is_refused_or_one_term(name: str, value: str) -> None:
    """A value of any parameter is refused in one line, or is one row of one answer."""
    try:
        text = queries.bind(QUERY, {name: value}, ID_BASE, as_it_is)
    except QueryError as error:
        assert f"--{name}" in str(error)  # noqa: PT017  either outcome is right
    else:
        row(text)


def test_values_of_each_type() -> None:
    """A moment is two days, a number a number, a thing and a concept what `find` gives."""
    asked: list[tuple[str, str]] = []

    def find(value: str, kind: str) -> str:
        asked.append((value, kind))
        return f"https://example.org/{value}"

    given_ = {"as-of": "2016-02", "least": "-7", "organisation": "x", "role": "y", "about": "z"}
    found = row(queries.bind(QUERY, given_, ID_BASE, find))
    day = ox.NamedNode("http://www.w3.org/2001/XMLSchema#date")
    assert found["asOfStart"] == ox.Literal("2016-02-01", datatype=day)
    assert found["asOfEnd"] == ox.Literal("2016-02-29", datatype=day)
    assert found["least"] == ox.Literal(-7)
    assert found["organisation"] == ox.NamedNode("https://example.org/x")
    assert found["role"] == ox.NamedNode("https://example.org/y")
    assert asked == [("x", "organisation"), ("y", "concept role")]


def test_always_excludes_nothing() -> None:
    """The value `always` of a period is its widest."""
    found = row(queries.bind(QUERY, {"as-of": "always"}, ID_BASE, as_it_is))
    assert [found["asOfStart"].value, found["asOfEnd"].value] == list(ALWAYS)


def test_defaults_are_rebased() -> None:
    """A default is a thing of the data set that is asked, a concept the same everywhere."""
    found = row(queries.bind(QUERY, {}, "https://example.org/harbour/", as_it_is))
    assert found["organisation"].value == "https://example.org/harbour/organisation/kth"
    assert found["role"].value == "https://w3id.org/innovation-kg/concept/role/lead"


def test_a_default_may_stand_in_single_quotes() -> None:
    """SPARQL has two kinds of quotes, and keywords in any case."""
    text = "#+ params: {a: {type: text, description: A word.}}\nselect * { values ?a { 'a } \\' b' } }"
    asked = queries.parse("single", text, "single.rq")
    assert asked.default(asked.params[0]) == "'a } \\' b'"
    assert row(queries.bind(asked, {"a": "it's"}, ID_BASE, as_it_is))["a"] == ox.Literal("it's")


def test_a_comment_is_no_place() -> None:
    """A VALUES that a comment or a string speaks of is not the parameter's, which has one of its own."""
    text = (
        "#+ params: {about: {type: text, description: A word.}}\n# not VALUES ?about { 1 }\n"
        "SELECT * { BIND('VALUES ?about { 2 }' AS ?told) VALUES ?about { 3 } }"
    )
    found = row(queries.bind(queries.parse("told", text, "told.rq"), {"about": "x"}, ID_BASE, as_it_is))
    assert (found["told"].value, found["about"].value) == ("VALUES ?about { 2 }", "x")


def test_defaults_are_told() -> None:
    """A default is given as the text has it, a brace inside a literal included."""
    assert QUERY.default(QUERY.param("about")) == '"a } word"'
    assert QUERY.default(QUERY.param("least")) == "3"


def test_an_unknown_parameter_names_the_nearest() -> None:
    """A parameter that is not there is refused, with the one that may be meant, or with all."""
    with pytest.raises(NotFound, match="did you mean 'organisation'"):
        QUERY.param("organization")
    with pytest.raises(NotFound, match="it has about, as-of, least, organisation, role"):
        QUERY.param("zzz")
    with pytest.raises(NotFound, match="it has none"):
        queries.parse("-", "ASK {}", "standard input").param("x")


def test_all_headers_of_a_library_are_told_at_once(tmp_path: Path) -> None:
    """A folder with two wrong files is refused with both."""
    (tmp_path / "a.rq").write_text("#+ sumary: a\n")
    (tmp_path / "b.rq").write_bytes(b"#+ summary: \xff\n")
    (tmp_path / "c.rq").write_text("#+ summary: c\nASK {}")
    with pytest.raises(InvalidData) as caught:
        queries.library(tmp_path)
    assert [problem.path.rpartition("/")[2] for problem in caught.value.problems] == ["a.rq", "b.rq"]


def test_a_question_needs_no_header(tmp_path: Path) -> None:
    """A plain SPARQL file is a question without parameters; a byte-order mark is no part of it."""
    path = tmp_path / "plain.rq"
    path.write_bytes(b"\xef\xbb\xbfASK {}\r\n")
    assert queries.read(path).text.startswith("ASK")
    assert queries.read(path).params == ()


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    """A file that is not there, or is a folder, is told so."""
    with pytest.raises(NotFound, match=r"none\.rq: cannot be read"):
        queries.read(tmp_path / "none.rq")
    with pytest.raises(NotFound, match="cannot be read"):
        queries.read(tmp_path)


def test_the_library_is_read_whole() -> None:
    """The questions that come with the tool are twelve or more, by the names of their files."""
    found = queries.library(ROOT / "queries")
    assert len(found) >= 12
    assert set(found) == {path.stem for path in (ROOT / "queries").glob("*.rq")}


def test_groups_come_in_their_order() -> None:
    """Groups are listed as people ask, and what others are called comes behind by its name."""
    made = {
        name: queries.parse(name, f"#+ tags: [{tag}]\nASK {{}}", "x.rq")
        for name, tag in [("a", "zoo"), ("b", "trust"), ("c", "actors"), ("d", "my own")]
    }
    made["e"] = queries.parse("e", "ASK {}", "e.rq")
    assert list(queries.grouped(made)) == ["actors", "trust", "my own", "other", "zoo"]


def test_a_header_without_further_languages_is_as_it_was() -> None:
    """English alone is a whole header, and what is said in no other language is said in English."""
    assert QUERY.summaries == {"en": "A question"}
    assert QUERY.descriptions == {"en": "It is asked."}
    assert QUERY.param("about").descriptions == {"en": "A word."}
    assert queries.said(QUERY.summaries, "sv") == "A question"
    assert queries.said({"fi": "Kuka"}, "sv") == "Kuka"
    assert queries.said(queries.parse("-", "ASK {}", "standard input").summaries, "sv") == ""


@pytest.mark.parametrize("name", sorted(path.stem for path in (ROOT / "queries").glob("*.rq")))
def test_every_question_is_asked_in_both_languages(name: str) -> None:
    """A question of the tool has English and Swedish throughout, and both name the same questions."""
    query = queries.read(ROOT / "queries" / f"{name}.rq")
    for texts in (query.summaries, query.descriptions, *(param.descriptions for param in query.params)):
        assert texts.keys() == {"en", "sv"}
        assert texts["en"] != texts["sv"]
    assert "\n" not in query.summaries["sv"]
    assert not query.summaries["sv"].endswith(".")
    assert all(text.endswith(".") for text in query.descriptions.values())
    others = {path.stem for path in (ROOT / "queries").glob("*-*.rq")}
    named = [{other for other in others if other in text} for text in query.descriptions.values()]
    assert named[0] == named[1]


def test_groups_have_names_in_both_languages() -> None:
    """Each group is a heading in English and Swedish; a group of one's own is as it is written."""
    for group in (*queries.GROUPS, queries.NO_GROUP):
        assert queries.group_names(group).keys() == {"en", "sv"}
    assert queries.group_names("KTH's own") == {"en": "KTH's own"}
