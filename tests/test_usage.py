"""The module `usage`: what parameters may be, examples that run, and a question to begin with."""

from __future__ import annotations

import os
import re
import shlex
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from conftest import ROOT, loaded

from kg import ask, guard, queries, usage
from kg.cli import main
from kg.errors import InvalidData, NotFound, OutputError, QueryError
from kg.iris import KINDS
from kg.store import rows

if TYPE_CHECKING:
    from pathlib import Path

LIBRARY = queries.library(ROOT / "queries")
ARCHIPELAGO = ROOT / "tests" / "archipelago"


@pytest.mark.parametrize(
    ("words", "name", "there"),
    [
        ("board", "board-seats", True),
        ("ORGANISATION partnérs", "organisation-partners", True),
        ("seats organisation as-of", "board-seats", True),
        ("survey board", "board-seats", False),
        ("", "board-seats", True),
        ("styrelse", "board-seats", True),
        ("STYRELSE board roller", "board-seats", True),
        ("enkat", "survey-changes", True),
        ("styrelse", "survey-changes", False),
    ],
)
def test_search_finds_what_speaks_of_every_word(words: str, name: str, *, there: bool) -> None:
    """Case and diacritics do not count; every word has to be there, in any place and either language."""
    assert (name in usage.search(LIBRARY, words)) is there


def test_parameters_say_what_they_may_be() -> None:
    """Concepts are listed; of a thing it is said how it is named; other types say their form."""
    told = {usage.allowed(param) for query in LIBRARY.values() for param in query.params}
    assert "the name, alias, key or IRI of an organisation" in told
    assert "one of 2018, 2020" in told
    assert "one of en, sv" in told
    assert all(told)
    for param in (param for query in LIBRARY.values() for param in query.params):
        swedish = usage.allowed(param, "sv")
        assert swedish != usage.allowed(param)
        assert " of " not in swedish
        assert param.type not in KINDS or re.search(r" för (en|ett) \w+$", swedish)


@pytest.mark.parametrize("name", sorted(LIBRARY))
def test_examples_run(name: str) -> None:
    """The command that explains a question finds all that it names, in any ecosystem."""
    store = loaded(ARCHIPELAGO)
    _, _, _, *given = shlex.split(usage.example(LIBRARY[name], store, store.base))
    values = ask.values(LIBRARY[name], ask.pairs(given))
    assert store.query(queries.bind(LIBRARY[name], values, store.base, ask.finder(store, store.base)))


@pytest.mark.parametrize("text", ["plain", 'a "b" } # c', "a\\b", "a\nb", "", "it's"])
def test_an_example_has_the_text_of_a_default(text: str) -> None:
    """A default with quotes, backslashes and line ends in it stands in the example as it is meant."""
    term = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    header = "#+ params:\n#+   about: {type: text, description: A text.}\n"
    made = queries.parse("mine", f'{header}SELECT ?about {{ VALUES ?about {{ "{term}" }} }}', "mine.rq")
    words = shlex.split(usage.example(made))
    assert words == ["kg", "query", "mine", *(["--about", text] if text else [])]


def test_the_template_runs_as_it_stands(tmp_path: Path) -> None:
    """It is a sound question file, allowed by the guard, with rows, and is never written over a file."""
    file = usage.begin(tmp_path / "mine")
    assert file.name == "mine.rq"
    made = queries.read(file)
    guard.check(made.text, services=False)
    assert made.edges == (("member", "initiative"),)
    for texts in (made.summaries, made.descriptions, *(param.descriptions for param in made.params)):
        assert texts.keys() == {"en", "sv"}
    store = loaded(ARCHIPELAGO)
    text = queries.bind(made, {"about": "ostholm"}, store.base, ask.finder(store, store.base))
    assert {row["memberLabel"].value for row in rows(store, text)} == {"Ostholm City"}
    with pytest.raises(QueryError, match="there is such a file already"):
        usage.begin(tmp_path / "mine.rq")
    (tmp_path / "link.rq").symlink_to(tmp_path / "nowhere")
    with pytest.raises(QueryError, match="there is such a file already"):
        usage.begin(tmp_path / "link")
    with pytest.raises(OutputError, match="cannot be written"):
        usage.begin(tmp_path / "none" / "mine.rq")


def test_own_questions_join_the_library(tmp_path: Path) -> None:
    """A user's folder is listed and asked beside the tool's; hostile files and taken names are refused."""
    usage.begin(tmp_path / "mine")
    assert "mine" in ask.library(tmp_path)
    assert "board-seats" in ask.library(tmp_path)
    assert ask.question("mine", own=tmp_path).name == "mine"
    assert ask.question("board-seats", own=tmp_path).name == "board-seats"
    with pytest.raises(NotFound, match="did you mean 'mine'"):
        ask.question("mines", own=tmp_path)
    (tmp_path / "hostile.rq").write_text("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }")
    with pytest.raises(QueryError, match="SERVICE"):
        ask.question("hostile", own=tmp_path)
    (tmp_path / "board-seats.rq").write_text("ASK {}")
    for refused in (lambda: ask.library(tmp_path), lambda: ask.question("mine", own=tmp_path)):
        with pytest.raises(InvalidData, match=r"board-seats\.rq.*comes with kg has this name"):
            refused()


def test_own_questions_on_the_command_line(tmp_path: Path) -> None:
    """`kg query --new`, `--queries` and KG_QUERIES belong together."""
    environ = {"KG_DATA": str(ARCHIPELAGO), "KG_OUT": str(tmp_path / "out"), "KG_QUERIES": ""}
    runner = CliRunner()
    new = runner.invoke(main, ["query", "--new", str(tmp_path / "mine.rq")], env=environ)
    assert "kg query" in new.stdout
    again = runner.invoke(main, ["query", "--new", str(tmp_path / "mine.rq")], env=environ)
    assert (again.exit_code, "already" in again.stderr) == (1, True)
    asked = runner.invoke(
        main, ["query", "mine", "--queries", str(tmp_path), "--about", "fyrljus"], env=environ
    )
    assert asked.stdout.count("Fyrljus") == 2
    listed = runner.invoke(main, ["queries"], env=environ | {"KG_QUERIES": str(tmp_path)})
    assert listed.stdout.index("Data set") < listed.stdout.index("My own")
    explained = runner.invoke(main, ["queries", "mine", "--queries", str(tmp_path)], env=environ)
    assert "member - initiative" in explained.stdout
    assert f"kg query mine --queries {tmp_path}" in explained.stdout
    swedish = runner.invoke(
        main, ["queries", "mine", "--queries", str(tmp_path), "--language", "sv"], env=environ
    )
    assert "Bara medlemmar med denna text i sitt namn. Tomt ger alla." in swedish.stdout
    missing = runner.invoke(main, ["queries", "--queries", os.devnull + "x"], env=environ)
    assert "no such folder of questions" in missing.stderr
