"""Errors: messages that say what, where, and what would be right."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg import errors
from kg.errors import InvalidData, KgError, Problem, nearest, printable, shown

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("error", "builtin"),
    [
        (errors.InvalidData, ValueError),
        (errors.NotFound, LookupError),
        (errors.QueryError, ValueError),
        (errors.TimeoutExceeded, TimeoutError),
        (errors.RemoteError, OSError),
        (errors.OutputError, OSError),
    ],
)
def test_each_error_is_the_builtin_that_a_caller_expects(
    error: type[KgError], builtin: type[Exception]
) -> None:
    """Each error is a KgError and the builtin of its sort."""
    assert issubclass(error, KgError)
    assert issubclass(error, builtin)


def test_problems_are_told_once_and_in_the_order_of_their_places() -> None:
    """All problems of a run are lines, each once, by file and then by line as a number."""
    problems = [Problem("b.csv", 2, "x"), Problem("a.csv", 10, "x"), Problem("a.csv", 9, "x")]
    assert str(InvalidData([*problems, *problems])) == "a.csv:9: x\na.csv:10: x\nb.csv:2: x"


def test_a_problem_of_a_whole_file_has_no_line() -> None:
    """A problem in no line names the file alone."""
    assert str(Problem("a.csv", 0, "is empty")) == "a.csv: is empty"


@given(st.text())
def test_a_problem_is_one_line_that_does_nothing_to_a_terminal(text: str) -> None:
    """Whatever a file holds, its message is one printable line."""
    assert str(Problem("a.csv", 1, text)).isprintable()
    assert printable(printable(text)) == printable(text)


def test_nearest_looks_past_capitals() -> None:
    """A word in capitals is as near as in small letters, and is given as it is known."""
    assert nearest("FOUNDERR", ["founder"]) == "; did you mean 'founder'?"
    assert nearest("inno:project", ["inno:Project"]) == "; did you mean 'inno:Project'?"


def test_nearest_is_the_same_in_any_order() -> None:
    """Of words that are equally near, always the same is named."""
    assert nearest("aab", ["aaa", "aac"]) == nearest("aab", ["aac", "aaa"])


def test_a_path_is_shown_as_people_wrote_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A path below the working directory is relative to it, any other is whole."""
    monkeypatch.chdir(tmp_path)
    assert shown(tmp_path / "a" / "b.csv") == "a/b.csv"
    assert shown(tmp_path.parent / "b.csv") == str(tmp_path.parent / "b.csv")
