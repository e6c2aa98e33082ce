"""The module `changes`: differences in plain words, in English and Swedish, safe wherever they are shown."""

from __future__ import annotations

import json

import pyoxigraph as ox
import pytest
from conftest import HARBOUR, loaded

from kg import changes
from kg.diff import diff
from kg.embedded import Embedded
from kg.errors import QueryError

NOTHING = Embedded(ox.Store(), "https://example.org/harbour/")


def written(form: str, language: str = "en") -> str:
    """Write what a whole data set adds to nothing."""
    new = loaded(HARBOUR)
    return changes.write(diff(NOTHING, new), NOTHING, new, form, language)


def test_facts_read_as_sentences() -> None:
    """A membership, a name, an answer, a time and a thing, each with when, how sure and who says so."""
    text = written("text")
    for line in (
        "Båtbolaget AB (organisation:boat-company)",
        "  added    Formal organisation (stated; report:3)",
        "  added    partner — Sea Lab, 2016-03–2018 (stated; report:3)",
        "  added    other name: Seglarna AB, until 2012 (stated; letter:5)",
        "  added    Harbour master — Harbour Town (stated; letter:4)",
        "  added    time, 2015–2021-06-30 (stated; report:1; report:7)",
        "  added    adopted by: Harbour Town, in 2018 (stated; report:8)",
    ):
        assert f"{line}\n" in text
    assert "Explicit innovation strategy" in text


def test_everything_is_said_in_swedish() -> None:
    """Words, names and what stands around dates are those of the reader's language."""
    text = written("text", "sv")
    assert "  tillagt    annat namn: Seglarna AB, till 2012 (angivet; letter:5)\n" in text
    assert "  tillagt    grundare — Sea Lab, från 2015 (angivet; report:1)\n" in text
    assert " tillagda\n" in text


def test_groups_have_their_things() -> None:
    """Each thing is one group, in the order of the kinds; every change is in one."""
    new = loaded(HARBOUR)
    found = diff(NOTHING, new)
    groups = changes.told(found, NOTHING, new, "en")
    assert len({group.iri for group in groups}) == len(groups)
    assert sum(len(group.lines) for group in groups) == len(found)
    assert [group.name for group in groups[:2]] == ["dataset:harbour", "source:letter"]


def test_json_is_for_programs() -> None:
    """Each change has its IRIs, its words, and its attributes as terms."""
    made = json.loads(written("json"))
    assert made["added"] == len(made["changes"])
    (one,) = [
        each for each in made["changes"] if each["fact"].endswith("membership/boat-company-partner-sea-lab")
    ]
    assert one["text"] == "partner — Sea Lab, 2016-03–2018 (stated; report:3)"
    assert {
        "property": "http://www.w3.org/2006/time#hasEnd",
        "old": [],
        "new": ['"2018"^^<http://www.w3.org/2001/XMLSchema#gYear>'],
    } in one["attributes"]


def test_what_a_file_holds_does_nothing() -> None:
    """Neither a terminal nor Markdown runs what stands in a name."""
    store = ox.Store()
    name = ox.Literal("\x1b[31m<b>|`x`\n# y")
    thing = ox.NamedNode("https://example.org/harbour/place/a")
    store.add(ox.Quad(thing, ox.NamedNode("http://www.w3.org/2004/02/skos/core#prefLabel"), name))
    new = Embedded(store, NOTHING.base)
    text = changes.write(diff(NOTHING, new), NOTHING, new, "text", "en")
    assert "\x1b" not in text
    markdown = changes.write(diff(NOTHING, new), NOTHING, new, "markdown", "en")
    assert "<b>" not in markdown
    assert "\n# y" not in markdown


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\v", "\x85", "\u2028"])
def test_no_name_looks_like_another_change(end: str) -> None:
    """What a line end is followed by stays on its line, and nothing turns a line around."""
    store = ox.Store()
    name = ox.Literal(f"a{end}  removed  the mayor \u202egnp")
    thing = ox.NamedNode("https://example.org/harbour/place/a")
    store.add(ox.Quad(thing, ox.NamedNode("http://www.w3.org/2004/02/skos/core#prefLabel"), name))
    new = Embedded(store, NOTHING.base)
    for form in ("text", "markdown"):
        text = changes.write(diff(NOTHING, new), NOTHING, new, form, "en")
        assert not [line for line in text.splitlines() if line.strip().startswith("removed")]
        assert "\u202e" not in text


def test_a_form_that_is_not_there() -> None:
    """It is told with the nearest."""
    with pytest.raises(QueryError, match="did you mean 'json'"):
        changes.write([], NOTHING, NOTHING, "jsn", "en")


def test_counts() -> None:
    """One is counted as one, several as several, none in words."""
    found = diff(NOTHING, loaded(HARBOUR))
    assert changes.summary(found[:1], "sv") == "1 tillagd"
    assert changes.summary(found[:2], "sv") == "2 tillagda"
    assert changes.summary([], "en") == "No difference."


def test_blank_nodes_are_told_by_what_is_said_of_them() -> None:
    """A fact of a blank node has no name but what is said of it, which is the same each time it is read."""
    text = "[] <http://x.example/p> 'one' . [] <http://x.example/p> [ <http://x.example/q> 'two' ] ."

    def version() -> Embedded:
        store = ox.Store()
        store.bulk_load(text, ox.RdfFormat.TURTLE)
        return Embedded(store, "https://example.org/harbour/")

    new = version()
    for form in changes.FORMS:
        made = changes.write(diff(NOTHING, new), NOTHING, new, form, "en")
        again = version()
        assert made == changes.write(diff(NOTHING, again), NOTHING, again, form, "en")
        assert "one" in made
        assert "two" in made


def test_a_text_is_no_iri() -> None:
    """What stands between angle brackets in a name is looked up only where it is an IRI."""
    store = ox.Store()
    store.update(
        "INSERT DATA { <http://x.example/s> <http://x.example/p> 'see <a:{b}> and <http://x.example/p>' }"
    )
    new = Embedded(store, "https://example.org/harbour/")
    made = json.loads(changes.write(diff(NOTHING, new), NOTHING, new, "json", "en"))
    assert made["changes"][0]["attributes"][0]["new"] == ['"see <a:{b}> and <http://x.example/p>"']
