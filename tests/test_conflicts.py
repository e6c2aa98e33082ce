"""Conflicts: what two sources say differently, as the question has it, by thing and language."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyoxigraph as ox
import pytest

from kg import ask, conflicts
from kg.embedded import Embedded
from kg.queries import bind

if TYPE_CHECKING:
    from collections.abc import Iterator


def found_in(store: Embedded) -> dict[str, list[dict[str, Any]]]:
    """Read a store's conflicts."""
    question = ask.library()[conflicts.QUESTION]
    return conflicts.read(store, question, store.base, ask.finder(store, store.base))


def rows(store: Embedded, language: str) -> Iterator[dict[str, str]]:
    """Ask the question itself."""
    question = ask.library()[conflicts.QUESTION]
    text = bind(question, {"language": language}, store.base, ask.finder(store, store.base))
    answer: Any = store.query(text)
    names = [variable.value for variable in answer.variables]
    for row in answer:
        yield {name: row[name].value for name in names if row[name] is not None}


@pytest.mark.parametrize("place", ["stockholm", "harbour"])
def test_they_are_the_questions_own(place: str, request: pytest.FixtureRequest) -> None:
    """Each row of the question is one conflict, with both sides in both languages."""
    store = request.getfixturevalue(place)
    found = [conflict for of_one in found_in(store).values() for conflict in of_one]
    for language in ("en", "sv"):
        asked = sorted((row["relationLabel"], row["one"], row["other"]) for row in rows(store, language))
        told = sorted(
            (each["relation"][language], *(side["value"][language] for side in each["sides"]))
            for each in found
        )
        assert told == asked


def test_stockholm_grew(stockholm: Embedded) -> None:
    """The population of the two surveys, with the lines of each."""
    of_city = found_in(stockholm)["organisation:city-of-stockholm"]
    population = next(each for each in of_city if each["relation"]["en"] == "Population")
    assert [(side["date"], side["sources"]) for side in population["sides"]] == [
        ("2018", "survey-2018:4"),
        ("2020", "survey-2020:11"),
    ]


def test_of_nothing_there_is_none() -> None:
    """An empty store has no conflicts."""
    assert found_in(Embedded(ox.Store(), "https://example.org/id/")) == {}
