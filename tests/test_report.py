"""A report says the same as text, as JSON and in Turtle."""

from __future__ import annotations

import json

import pyoxigraph as ox
import pytest

from kg.errors import Problem
from kg.iris import expand
from kg.report import FORMS, Report, written

WRONG = Problem("a.csv", 3, "is wrong", focus="https://example.org/x", rule="https://example.org/shape")
LOOK = Problem("b.csv", 0, "look at it", "warning")


def test_summary_counts() -> None:
    """The summary counts facts, cited lines, violations, and warnings where there are any."""
    assert Report([], 1, 2).summary() == "1 fact, 2 cited lines, 0 violations"
    assert Report([WRONG, WRONG, LOOK], 4, 1).summary() == "4 facts, 1 cited line, 1 violation, 1 warning"


def test_text_has_each_problem_with_its_place() -> None:
    """Text gives file, line and message, then the summary."""
    assert written(Report([LOOK, WRONG]), "text").splitlines() == [
        "a.csv:3: is wrong",
        "warning: b.csv: look at it",
        "0 facts, 0 cited lines, 1 violation, 1 warning",
    ]


def test_json_is_for_programs() -> None:
    """JSON says whether it conforms, and each problem with file, line, node and rule."""
    found = json.loads(written(Report([WRONG, LOOK], notes=["verified"]), "json"))
    assert found["conforms"] is False
    assert found["violations"] == [
        {
            "file": "a.csv",
            "line": 3,
            "message": "is wrong",
            "focus": "https://example.org/x",
            "rule": "https://example.org/shape",
        }
    ]
    assert found["notes"] == ["verified"]
    assert json.loads(written(Report([LOOK]), "json"))["conforms"] is True


def test_turtle_is_a_shacl_report() -> None:
    """Turtle is a sh:ValidationReport whose results have severity, message and focus node."""
    store = ox.Store()
    store.load(written(Report([WRONG, LOOK]), "ttl").encode(), format=ox.RdfFormat.TURTLE)
    text = """PREFIX sh: <http://www.w3.org/ns/shacl#>
    SELECT ?focus ?message WHERE { ?r a sh:ValidationReport ; sh:conforms false ; sh:result ?x .
      ?x sh:resultSeverity sh:Violation ; sh:focusNode ?focus ; sh:resultMessage ?message }"""
    (row,) = list(store.query(text))  # type: ignore[arg-type]
    assert row["focus"].value == WRONG.focus
    assert row["message"].value == str(WRONG)
    assert len(list(store.quads_for_pattern(None, ox.NamedNode(expand("sh:result")), None))) == 2


@pytest.mark.parametrize("form", FORMS)
def test_nothing_wrong(form: str) -> None:
    """A report without problems is written in each form."""
    assert written(Report([], 5, 5), form)
