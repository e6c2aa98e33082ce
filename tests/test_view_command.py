"""`kg view`: a whole network, a question's part of it, and a page that opens near a thing or at a date."""

from __future__ import annotations

import json
import os
import re
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner, Result
from conftest import STOCKHOLM

from kg.cli import main

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

QUESTION = """#+ summary: Who takes part in what
#+ tags: [partnerships]
#+ edges: [member initiative]
PREFIX org: <http://www.w3.org/ns/org#>
PREFIX inno: <https://w3id.org/innovation-kg/ontology#>
SELECT ?member ?initiative WHERE {
  ?membership org:member ?member ; org:organization ?initiative . ?initiative a inno:Initiative
} ORDER BY ?member ?initiative
"""


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """Give a function that runs `kg view` in an empty folder, on Stockholm."""
    monkeypatch.chdir(tmp_path)
    for name in [name for name in os.environ if name.startswith("KG_")]:
        monkeypatch.delenv(name)

    def view(*words: str) -> Result:
        return CliRunner().invoke(main, ["view", *words], env={"KG_DATA": str(STOCKHOLM)}, prog_name="kg")

    return view


def data(file: Path) -> dict[str, Any]:
    """Read the data of a page."""
    found = re.search(r'id="data">(.*?)</script>', file.read_text("utf-8"), flags=re.DOTALL)
    assert found
    read: dict[str, Any] = json.loads(found[1])
    return read


def test_the_file_for_stockholm_is_small(run: Callable[..., Result], tmp_path: Path) -> None:
    """All of Stockholm, its sources and the program in less than 1.5 MB, with measures and conflicts."""
    assert run("-o", "page.html").exit_code == 0
    assert (tmp_path / "page.html").stat().st_size < 1_500_000
    page = data(tmp_path / "page.html")
    assert set(page["measures"]) == set(page["things"])
    assert "organisation:city-of-stockholm" in page["conflicts"]


def test_it_opens_near_a_thing_and_at_a_date(run: Callable[..., Result], tmp_path: Path) -> None:
    """--focus takes any name of a thing, --hops how far, --as-of a moment, --language a language."""
    words = (
        "--focus",
        "Kungliga Tekniska högskolan",
        "--hops",
        "1",
        "--as-of",
        "2016-05",
        "--language",
        "sv",
    )
    assert run(*words, "-o", "page.html").exit_code == 0
    page = data(tmp_path / "page.html")
    assert page["state"]["focus"] == {"key": "organisation:kth", "hops": 1}
    assert page["state"]["time"] == {"mode": "as-of", "at": "2016-05"}
    assert page["language"] == "sv"


def test_a_question_s_part_is_drawn(run: Callable[..., Result], tmp_path: Path) -> None:
    """With a question, only the ties that its answer names, under its summary."""
    (tmp_path / "who.rq").write_text(QUESTION, encoding="utf-8")
    assert run("who.rq", "-o", "page.html").exit_code == 0
    page = data(tmp_path / "page.html")
    assert page["title"] == {"": "Who takes part in what"}
    assert page["edges"]
    assert all(edge["to"].startswith("initiative:") for edge in page["edges"])
    assert run("who.rq").stdout == "Wrote build/who.html.\n"


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--focus", "KTTH"), "no thing is called 'KTTH'; did you mean 'KTH'?"),
        (("--as-of", "20166"), "--as-of: '20166' is not a moment"),
        (("survey-changes",), "is not about relations"),
        (("no-such-question",), "no question is called 'no-such-question'"),
        (("--bogus", "3"), "no question is called '--bogus'"),
        (("--param", "x=1"), "without a question"),
        (("--focus", "Electrum", "who.rq", "--only", "1"), "has no parameter 'only'"),
    ],
)
def test_what_is_wrong_is_told_in_a_line(
    run: Callable[..., Result], tmp_path: Path, words: tuple[str, ...], message: str
) -> None:
    """Unknown names give the nearest; a question that is not about relations says so."""
    (tmp_path / "who.rq").write_text(QUESTION, encoding="utf-8")
    result = run(*words)
    assert result.exit_code == 1
    assert message in result.stderr
    assert result.stderr.count("\n") == 1


def test_a_thing_outside_the_part_is_told(run: Callable[..., Result], tmp_path: Path) -> None:
    """The focus has to be in the picture that is drawn."""
    (tmp_path / "who.rq").write_text(QUESTION, encoding="utf-8")
    result = run("who.rq", "--focus", "Mayor")
    assert result.exit_code == 1
    assert "'Mayor' is not in the picture" in result.stderr


@pytest.mark.parametrize("hops", ["0", "5", "two"])
def test_so_many_ties_at_most(run: Callable[..., Result], hops: str) -> None:
    """A focus reaches one to four ties."""
    assert run("--focus", "KTH", "--hops", hops).exit_code == 2


def test_hops_are_from_a_focus(run: Callable[..., Result]) -> None:
    """How far is nothing without from where."""
    result = run("--hops", "2")
    assert result.exit_code == 2
    assert "--hops says how many ties from --focus, which is missing" in result.stderr
