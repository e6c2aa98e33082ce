"""The module `parameters`: where a parameter stands in a text, and what a value is there."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from kg.errors import QueryError
from kg.parameters import ALWAYS, Parameter, by_language, terms

DAY = "^^<http://www.w3.org/2001/XMLSchema#date>"


def param(name: str, kind: str) -> Parameter:
    """Give a parameter of a type."""
    return Parameter(name, kind, "What it is.")


def unfound(_value: str, _kind: str) -> str:
    """Find nothing that is an IRI."""
    return "no IRI"


def test_the_variable_is_the_name_in_one_word() -> None:
    """Hyphens, which no variable has, become capitals; a period has two variables."""
    assert param("as-of", "period").variable == "asOf"
    place = param("as-of", "period").place("VALUES (?asOfStart ?asOfEnd) { (1 2) }")
    assert place
    assert place[1] == "1 2"


@pytest.mark.parametrize(
    "default",
    ['"a } word"', r"'a } \' b'", '"x"@sv', "3", "<https://example.org/a>", "ex:a", '"2"^^xsd:integer'],
)
def test_a_default_is_one_term(default: str) -> None:
    """Each kind of term is found whole, also where it holds a brace; keywords are in any case."""
    for values in ("VALUES", "values"):
        (place,) = param("about", "text").places(f"SELECT * {{ {values} ?about {{ {default} }} }}")
        assert place[1] == default


@pytest.mark.parametrize(
    "told",
    [
        "# VALUES ?about { 1 }\n",
        "#+ summary: VALUES ?about { 1 }\n",
        "BIND('VALUES ?about { 2 }' AS ?told) ",
        'BIND("VALUES ?about { 2 }" AS ?told) ',
        "?a <https://example.org/#VALUES?about{1}> ?b . ",
        "VALUES ?aboutMore { 2 } ",
    ],
)
def test_what_speaks_of_a_place_is_none(told: str) -> None:
    """A comment, a string, an IRI or another variable that reads like the place is not the parameter's."""
    text = f"{told}VALUES ?about {{ 3 }}"
    assert [place[1] for place in param("about", "text").places(text)] == ["3"]
    assert param("about", "text").place(told) is None


@pytest.mark.parametrize(
    ("kind", "value", "written"),
    [
        ("text", 'a "b"', r'"a \"b\""'),
        ("language", "sv", '"sv"'),
        ("number", "-7", "-7"),
        ("period", "2016-02", f'"2016-02-01"{DAY} "2016-02-29"{DAY}'),
        ("period", "always", f'"{ALWAYS[0]}"{DAY} "{ALWAYS[1]}"{DAY}'),
    ],
)
def test_a_value_is_written_by_its_type(kind: str, value: str, written: str) -> None:
    """A text and a language are literals, a number a number, a moment its first and last day."""
    assert terms(param("x", kind), value, unfound) == written


@pytest.mark.parametrize(
    ("kind", "value", "message"),
    [
        ("language", "fr", "--x: 'fr' is not one of 'en', 'sv'"),
        ("language", "", "--x: '' is not one of 'en', 'sv'"),
        ("number", "1e9", "--x '1e9' is not a whole number"),
        ("period", "2015-13", "--x: '2015-13' has no month 13"),
        ("organisation", "y", "--x 'no IRI' is not an IRI"),
    ],
)
def test_a_value_of_another_type_is_refused(kind: str, value: str, message: str) -> None:
    """What is no value of the type is named with its parameter, and what would be right."""
    with pytest.raises(QueryError) as caught:
        terms(param("x", kind), value, unfound)
    assert str(caught.value).startswith(message)


def test_a_thing_is_looked_for_by_its_kind() -> None:
    """A kind of thing and a scheme of concepts are handed to who finds it, any thing has no kind."""
    asked = []

    def find(value: str, kind: str) -> str:
        asked.append((value, kind))
        return f"https://example.org/{value}"

    written = [terms(param("x", kind), "y", find) for kind in ("organisation", "concept role", "thing")]
    assert written == [str(ox.NamedNode("https://example.org/y"))] * 3
    assert asked == [("y", "organisation"), ("y", "concept role"), ("y", "")]


def test_a_meaning_has_its_languages() -> None:
    """English stands first, and where there is none it is left out."""
    assert by_language("A word.", {"sv": "Ett ord."}) == {"en": "A word.", "sv": "Ett ord."}
    assert by_language("", {"sv": "Ett ord."}) == {"sv": "Ett ord."}
