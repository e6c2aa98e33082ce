"""The module `origin`: where an answer comes from, with the sources that its rows cite."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from answers import asked, of_library, of_texts

from kg import forms, metadata, origin
from kg.origin import Given, Origin, Work

if TYPE_CHECKING:
    from kg.embedded import Embedded


def keys(found: Origin) -> set[str]:
    """Give the keys of an origin's sources."""
    return {work.iri.rsplit("/", 1)[-1] for work in found.sources}


def test_all_is_told(harbour: Embedded) -> None:
    """Question, parameters with their things, SPARQL without its header, and the data set."""
    found = of_library(harbour, "organisation-partners", organisation="Harbour Town").origin
    assert found.question == "organisation-partners"
    assert found.parameters == (
        Given("organisation", "Harbour Town", f"{harbour.base}organisation/harbour-town"),
        Given("as-of", "always"),
        Given("language", "en"),
    )
    assert found.text.startswith("PREFIX")
    assert f"<{harbour.base}organisation/harbour-town>" in found.text
    assert "#+" not in found.text
    (dataset,) = found.datasets
    assert dataset.iri == f"{harbour.base}dataset/harbour"
    assert all((dataset.title, dataset.version, dataset.date, dataset.licence))


def test_only_cited_sources_are_named(stockholm: Embedded) -> None:
    """Where a column cites, its sources alone are named; where none does, all of the data set."""
    answer = of_library(stockholm, "organisation-partners")
    cells = "; ".join(str(row["source"]) for row in answer)
    assert answer.origin.cited
    assert keys(answer.origin) == {cell.partition(":")[0] for cell in cells.split("; ")}
    every = of_library(stockholm, "role-counts").origin
    assert not every.cited
    assert keys(answer.origin) < keys(every)


@pytest.mark.parametrize(
    ("column", "cell", "found"),
    [
        ("source", "report:9-10; paper:3", {"report", "paper"}),
        ("sourceBefore", "paper:3", {"paper"}),
        ("sources", "report", {"report"}),
        ("source", "<https://example.org/harbour/source/report#line=8,10>", {"report"}),
        ("source", "<https://example.org/harbour/source/paper>", {"paper"}),
        ("source", None, set()),
        ("source", "", set()),
        ("source", "no citation at all: none", set()),
    ],
)
def test_what_cites(column: str, cell: str | None, found: set[str]) -> None:
    """Citations, keys and IRIs of sources and passages are read; other text is none."""
    cited = origin.cited(of_texts([column, "other"], [[cell, "paper:1"]]))
    assert cited is not None
    assert {iri.rsplit("/", 1)[-1] for iri in cited} == found


@pytest.mark.parametrize("column", ["resource", "partner", "outsourced"])
def test_what_does_not_cite(column: str) -> None:
    """A column of another name is not read for citations."""
    assert origin.cited(of_texts([column], [["paper:3"]])) is None


def test_a_source_that_is_asked_for_is_cited(harbour: Embedded) -> None:
    """A question about one document names that document."""
    assert keys(of_library(harbour, "source-says", source="report").origin) == {"report"}


def test_texts_are_in_the_language(stockholm: Embedded) -> None:
    """The data set's title comes in the language that was asked, publishers by name, each once."""
    swedish = of_library(stockholm, "organisation-partners", language="sv").origin
    english = of_library(stockholm, "role-counts").origin
    assert swedish.datasets[0].title == "Stockholms innovationsekosystem"
    assert english.datasets[0].title == "Stockholm's innovation ecosystem"
    by_key = {work.iri.rsplit("/", 1)[-1]: work for work in english.sources}
    assert by_key["survey-2020"].publishers == ("Bloomberg Philanthropies", "OECD")
    assert by_key["ror-sweden"].licence == "https://creativecommons.org/publicdomain/zero/1.0/"
    assert len(by_key) == len(english.sources) == 6


def test_values_as_they_were_written(harbour: Embedded) -> None:
    """A period is told as it was given."""
    found = of_library(harbour, "board-seats", **{"as-of": "2016-05"}).origin
    assert found.parameters[0] == Given("as-of", "2016-05")


def test_defaults_are_read_as_people_write_them(stockholm: Embedded) -> None:
    """Things and concepts that stand as a default are told by kind and key."""
    found = {given.name: given.value for given in of_library(stockholm, "survey-changes").origin.parameters}
    assert found["respondent"] == "organisation:city-of-stockholm"
    assert found["earlier"] == "wave:2018"


def test_a_question_from_standard_input_has_no_name(harbour: Embedded) -> None:
    """What has neither name nor summary is told by its SPARQL alone, also in its metadata."""
    plain = asked(harbour, "ASK {}")
    nameless = replace(plain, query=replace(plain.query, name="-"))
    assert origin.lines(nameless.origin)[0].head == "Data set"
    written = metadata.beside("x.csv", nameless, nameless.origin, forms.find("csv"))
    assert "dc:title" not in json.loads(written)


def test_without_a_store_the_answer_tells_what_it_knows() -> None:
    """An answer whose store is gone has its question and text, and no data set."""
    found = of_texts(["x"], []).origin
    assert (found.summary, found.text, found.datasets, found.sources) == ("Texts", "SELECT", (), ())


def test_lines_for_people(harbour: Embedded) -> None:
    """What is not known is said to be so."""
    lines = origin.lines(of_library(harbour, "organisation-partners").origin)
    assert [line.head for line in lines][:2] == ["Question", "Asks"]
    assert next(line for line in lines if line.head == "Licence").iri.startswith("https://")
    assert origin.described(Work("https://a.example/x")) == "x; no date; licence not told"


def test_comments_hold_no_data() -> None:
    """Whatever a question's text holds, its comment lines say nothing to a reader of Turtle."""
    text = "ASK {}\n# \u2028 <x:y> <x:y> <x:y> .\r<x:y> <x:y> <x:y> ."
    found = Origin("mine", "line\n<x:y> <x:y> <x:y> .\rand\u2028more\x85", (), text, "\x0b\x0c")
    comments = origin.comments(found)
    assert all(line.startswith("#") for line in comments.split("\n")[:-1])
    assert "\r" not in comments
    for form in (ox.RdfFormat.TURTLE, ox.RdfFormat.TRIG, ox.RdfFormat.N_TRIPLES, ox.RdfFormat.N_QUADS):
        assert list(ox.parse(comments, format=form)) == []
    assert "\x0b" not in origin.note(found)


@pytest.mark.parametrize("form", ["ttl", "trig", "nt", "nq"])
def test_a_graph_carries_it_as_comments(harbour: Embedded, form: str) -> None:
    """The comments stand above the same triples."""
    answer = asked(harbour, "CONSTRUCT { initiative:tide inno:b ?x } { VALUES ?x { 1 2 } }")
    told, plain = answer.write(form, origin=True).decode(), answer.write(form).decode()
    assert told.endswith(plain)
    assert "# SPARQL:\n#   CONSTRUCT" in told
    assert "# Data set: harbour" in told
