"""The module `ask`: from what people write to an answer in text."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from answers import asked
from conftest import HARBOUR, ROOT

from kg import ask, files, queries
from kg.answer import keep
from kg.config import settings
from kg.errors import NotFound, QueryError, RemoteError
from kg.forms import FORMS

if TYPE_CHECKING:
    from kg.embedded import Embedded

QUESTION = queries.read(ROOT / "queries" / "organisation-partners.rq")
NO_OPTIONS: dict[str, Any] = {
    "endpoint": None,
    "sources": (),
    "default_graph": None,
    "named_graphs": (),
    "engine": "generic",
}


@pytest.mark.parametrize(
    ("words", "pairs"),
    [
        ([], []),
        (["--organisation", "KTH"], ["organisation=KTH"]),
        (["--organisation=KTH"], ["organisation=KTH"]),
        (["--as-of", "2015", "--organisation", "a=b"], ["as-of=2015", "organisation=a=b"]),
        (["--organisation", "--x"], ["organisation=--x"]),
        (["--organisation", ""], ["organisation="]),
    ],
)
def test_parameters_as_options(words: list[str], pairs: list[str]) -> None:
    """`--name value` and `--name=value` are the same."""
    assert list(ask.pairs(words)) == pairs


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["KTH"], "'KTH' is neither a parameter"),
        (["-x"], "'-x' is neither a parameter"),
        (["--"], "'--' is neither a parameter"),
        (["--organisation"], "parameter --organisation has no value"),
    ],
)
def test_words_that_are_no_parameters(words: list[str], message: str) -> None:
    """A word that is no parameter, and one without a value, say so."""
    with pytest.raises(QueryError, match=message):
        list(ask.pairs(words))


def test_values_belong_to_parameters() -> None:
    """`name=value` is a parameter's value; an unknown name and a missing sign are refused."""
    assert ask.values(QUESTION, ["organisation=a=b", " as-of =2015"]) == {
        "organisation": "a=b",
        "as-of": "2015",
    }
    with pytest.raises(QueryError, match="write name=value"):
        ask.values(QUESTION, ["organisation"])
    with pytest.raises(NotFound, match="did you mean 'organisation'"):
        ask.values(QUESTION, ["organization=x"])
    with pytest.raises(QueryError, match="--organisation is given twice"):
        ask.values(QUESTION, ["organisation=x", " organisation=x"])
    with pytest.raises(NotFound, match="there is no option '--formt'; did you mean '--format'"):
        ask.values(QUESTION, ["formt=csv"], ["--format", "--out"])


def test_a_question_by_name_path_or_standard_input(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name is the library's, a slash or .rq a file's, - standard input's."""
    assert ask.question("organisation-partners") == QUESTION
    path = tmp_path / "mine.rq"
    path.write_text("ASK {}")
    assert ask.question(str(path)).name == "mine"
    monkeypatch.chdir(tmp_path)
    assert ask.question("mine.rq").text == "ASK {}"
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"\xef\xbb\xbfASK { }")))
    assert ask.question("-").text == "ASK { }"


def test_an_unknown_question_names_the_nearest() -> None:
    """A name that is no question's is refused with the nearest, or with the way to them all."""
    with pytest.raises(NotFound, match="did you mean 'organisation-partners'"):
        ask.question("organization-partner")
    with pytest.raises(NotFound, match="kg queries lists them"):
        ask.question("zzz")
    with pytest.raises(NotFound, match="cannot be read"):
        ask.question("queries/none.rq")


@pytest.mark.parametrize("text", ["DROP ALL", "SELECT * { SERVICE <http://host.example/> {} }"])
def test_a_text_of_ones_own_is_looked_at_first(tmp_path: Path, text: str) -> None:
    """An update, and a question to another host, are refused before any engine reads them."""
    path = tmp_path / "mine.rq"
    path.write_text(text)
    with pytest.raises(QueryError):
        ask.question(str(path))
    if "SERVICE" in text:
        assert ask.question(str(path), services=True).text == text


def test_the_form_of_an_answer(harbour: Embedded, tmp_path: Path) -> None:
    """People get a table, programs CSV, and graphs are Turtle; any form can be asked for."""

    def written(text: str, form: str | None = None, *, terminal: bool = False) -> str:
        made, metadata = ask.written(asked(harbour, text), form, terminal=terminal)
        assert metadata is None
        return made.decode()

    select, graph = "SELECT ?x { VALUES ?x { initiative:tide } }", "CONSTRUCT { inno:a inno:b 3 } {}"
    assert written(select) == "x\r\nhttps://example.org/harbour/initiative/tide\r\n"
    assert written(select, terminal=True).splitlines()[2] == "initiative:tide"
    assert written(select, "table").endswith("1 row\n")
    assert written(select, "json", terminal=True).startswith("{")
    assert written("ASK {}", terminal=True).split() == ["answer", "─" * 6, "true", "1", "row"]
    assert written("ASK {}") == "true\n"
    assert written(graph).endswith("inno:a inno:b 3 .\n")
    assert written(graph, "turtle", terminal=True) == written(graph)
    assert written(graph, "ntriples").startswith("<https://w3id.org/")
    assert written(graph, "table").splitlines()[0].split() == ["subject", "predicate", "object"]
    made, _ = ask.written(asked(harbour, select), None, tmp_path / "x.md", terminal=True)
    assert (
        made.decode()
        == "| x |\n| --- |\n| [initiative:tide](<https://example.org/harbour/initiative/tide>) |\n"
    )


def test_provenance_stands_inside_or_beside(harbour: Embedded, tmp_path: Path) -> None:
    """A form without a place for it has it in a file beside its own, and is refused without a file."""
    answer = asked(harbour, "SELECT ?x { VALUES ?x { 1 } }")
    for form in FORMS.values():
        if "rows" not in form.takes or form.name in ("graphml", "gexf"):
            continue
        plain, _ = ask.written(answer, form.name)
        made, metadata = ask.written(answer, form.name, tmp_path / "x", provenance=True)
        assert (metadata is not None) == form.beside
        assert (made == plain) == (form.beside or form.name == "xlsx")
        for nowhere in (None, Path("-"), Path(os.devnull)):
            if form.beside:
                with pytest.raises(QueryError, match="name its own with -o FILE"):
                    ask.written(answer, form.name, nowhere, provenance=True)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({}, ""),
        ({"sources": ("report", "letter")}, "only what report, letter says"),
        (
            {"endpoint": "https://data.example/sparql?key=secret", "default_graph": "https://g.example/"},
            "https://data.example/sparql?..., graph <https://g.example/>",
        ),
        ({"endpoint": "https://data.example/sparql", "default_graph": "none"}, "https://data.example/sparql"),
    ],
)
def test_what_is_asked_in_words(options: dict[str, Any], words: str) -> None:
    """An answer says what it was asked of without a secret and without a path of the machine."""
    known = NO_OPTIONS | options
    assert ask.place(settings({}, data=HARBOUR), known) == words


def test_a_file_is_told_by_its_name(tmp_path: Path) -> None:
    """RDF that is asked in place of a data folder is told by the file's name, without its folder."""
    path = tmp_path / "mine.ttl"
    path.touch()
    assert ask.place(settings({}, data=path), NO_OPTIONS) == "mine.ttl"


def test_the_folder_s_store_is_made_and_found(tmp_path: Path) -> None:
    """A data folder is asked without a command before; its base is its own."""
    chosen = settings({}, data=HARBOUR, out=tmp_path)
    store, base = ask.open_store(chosen, {}, NO_OPTIONS)
    assert base == "https://example.org/harbour/"
    assert ask.finder(store, base)("Havslabbet", "initiative") == f"{base}initiative/sea-lab"


@pytest.mark.parametrize(
    "options",
    [
        {"default_graph": "http://g.example/"},
        {"named_graphs": ("http://g.example/",)},
        {"engine": "oxigraph"},
    ],
)
def test_what_is_of_an_endpoint_wants_one(options: dict[str, Any]) -> None:
    """A graph or an engine that a folder's own store would pass over is refused."""
    with pytest.raises(QueryError, match="is of an endpoint; name that with --endpoint"):
        ask.open_store(settings({}, data=HARBOUR), {}, NO_OPTIONS | options)


def test_an_address_that_is_empty_is_none_of_a_folder() -> None:
    """An address that a script has left empty is refused, never taken for the data folder."""
    with pytest.raises(RemoteError, match="begins with http"):
        ask.open_store(settings({}, data=HARBOUR), {}, NO_OPTIONS | {"endpoint": ""})


def test_why_an_answer_is_empty(harbour: Embedded, tmp_path: Path) -> None:
    """A default that the data has not, and data in named graphs alone, are told; nothing else is."""

    def said(store: Embedded, **values: str) -> str:
        text = queries.bind(QUESTION, values, store.base, ask.finder(store, store.base))
        given = {"values": values, "text": text, "base": store.base, "store": store}
        return ask.doubt(keep(store.query(text), QUESTION, **given))

    assert said(harbour) == (
        "--organisation was not given, and its default, organisation:kth, is not in what was asked"
    )
    assert said(harbour, organisation="Harbour Town") == ""
    assert said(harbour, organisation="Harbour Town", **{"as-of": "1900"}) == ""
    assert ask.doubt(asked(harbour, "ASK { <a:a> ?p ?o }")) == ""
    assert ask.doubt(asked(harbour, "SELECT ?o { <a:a> ?p ?o }")) == ""
    (tmp_path / "named.trig").write_text("<http://g.example/> { <http://s.example/> a <http://t.example/> }")
    assert said(files.open_files(tmp_path / "named.trig")).startswith("all that is there is in named graphs")


def test_no_parameter_hides_behind_an_option() -> None:
    """A parameter that were called as an option of `kg query` could not be given as --name value."""
    from kg.cli import query

    taken = {word.removeprefix("--") for param in query.params for word in param.opts} - {"language"}
    for name, question in ask.library().items():
        assert not taken & {param.name for param in question.params}, name
