"""Surveys: two waves side by side, as the library's questions have them, in both languages."""

from __future__ import annotations

from typing import Any

import pyoxigraph as ox

from kg import ask, survey
from kg.embedded import Embedded
from kg.queries import bind


def surveys(store: Embedded) -> list[dict[str, Any]]:
    """Read a store's surveys."""
    return survey.read(store, ask.library(), store.base, ask.finder(store, store.base))


def asked(store: Embedded, name: str, **values: str) -> list[dict[str, str]]:
    """Ask a question itself."""
    text = bind(ask.library()[name], values, store.base, ask.finder(store, store.base))
    answer: Any = store.query(text)
    columns = [variable.value for variable in answer.variables]
    return [{name: row[name].value for name in columns if row[name] is not None} for row in answer]


def test_each_value_and_each_change_is_there(stockholm: Embedded) -> None:
    """As many values as `survey-values` has rows, and each row of `survey-changes` under its name."""
    (found,) = surveys(stockholm)
    assert found["respondent"] == "organisation:city-of-stockholm"
    assert [label["en"] for label in found["waves"]] == ["Survey wave 2018", "Survey wave 2020"]
    values = [value for row in found["rows"] for side in ("before", "after") for value in row[side]["values"]]
    assert len(values) == len(asked(stockholm, survey.VALUES))
    changes = sorted({(row["itemLabel"], row["change"]) for row in asked(stockholm, survey.CHANGES)})
    told = sorted({(row["item"]["en"], row["change"]) for row in found["rows"] if row["change"] != "same"})
    assert told == changes


def test_every_label_is_in_both_languages(stockholm: Embedded) -> None:
    """Questions, options and answers are named in English and in Swedish; each answer has its lines."""
    (found,) = surveys(stockholm)
    for row in found["rows"]:
        labels = [row["question"], row["item"], *row["before"]["values"], *row["after"]["values"]]
        assert all(set(label) == {"en", "sv"} and all(label.values()) for label in labels)
        for side in (row["before"], row["after"]):
            assert bool(side["values"]) == bool(side["sources"])


def test_what_was_not_offered_is_told_apart(stockholm: Embedded) -> None:
    """An option that one wave did not offer has no answer there, and is not called a change."""
    (found,) = surveys(stockholm)
    row = next(row for row in found["rows"] if row["item"]["en"] == "Training staff and building capacity")
    assert row["change"] == "not offered before"
    assert row["before"]["values"] == []
    assert row["after"] == {
        "values": [{"en": "Selected", "sv": row["after"]["values"][0]["sv"]}],
        "sources": "survey-2020:32",
    }


def test_of_nothing_there_is_none() -> None:
    """An empty store has no waves, and so no view of them."""
    assert surveys(Embedded(ox.Store(), "https://example.org/id/")) == []
