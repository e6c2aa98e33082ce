"""Hostile parameters: no value of any parameter changes what is asked, whichever door it comes by.

A thousand values are given to a parameter of each type, through `bind`, `g.ask`, the command line and an
endpoint. Each is refused in one line, or stands in the query as one term: the text around it is the
same to the letter, the term is one by a grammar of its own, Oxigraph parses the whole, and rdflib's
algebra is that of the default.
"""

from __future__ import annotations

import os
import random
import re
import subprocess
import sys
from functools import cache, partial
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from click.testing import CliRunner
from conftest import ROOT
from endpoint import Reply, Stub
from rdflib import Literal, URIRef
from rdflib.plugins.sparql.algebra import translateQuery
from rdflib.plugins.sparql.parser import parseQuery

import kg
from kg import files, names, queries
from kg.cli import main
from kg.errors import KgError
from kg.iris import ID_BASE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kg.ecosystem import Ecosystem
    from kg.embedded import Embedded

COUNT = 1_000
QUESTION = """#+ summary: A parameter of each type
#+ params:
#+   about: {type: text, description: A text.}
#+   language: {type: language, description: A language.}
#+   least: {type: number, description: A number.}
#+   as-of: {type: period, description: When.}
#+   thing: {type: thing, description: Any thing.}
#+   organisation: {type: organisation, description: Who.}
#+   role: {type: concept role, description: Which.}

PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
SELECT * WHERE {
  VALUES ?about { "a } word" }
  VALUES ?language { "en" }
  VALUES ?least { 3 }
  VALUES (?asOfStart ?asOfEnd) { ("0001-01-01"^^xsd:date "9999-12-31"^^xsd:date) }
  VALUES ?thing { <https://w3id.org/innovation-kg/id/organisation/kth> }
  VALUES ?organisation { <https://w3id.org/innovation-kg/id/organisation/kth> }
  VALUES ?role { <https://w3id.org/innovation-kg/concept/role/lead> }
}
"""
ASKED = queries.parse("hostile", QUESTION, "hostile.rq")
DATA = """
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
<https://w3id.org/innovation-kg/id/organisation/kth> skos:prefLabel "KTH" .
<https://w3id.org/innovation-kg/concept/role/lead> skos:prefLabel "lead" .
"""
STRING = r'"(?:[^"\\\n\r]|\\[tbnrf"\\]|\\u[0-9A-F]{4}|\\U[0-9A-F]{8})*"'
DAY = r'"[0-9]{4}-[0-9]{2}-[0-9]{2}"\^\^<http://www\.w3\.org/2001/XMLSchema#date>'
IRI = r'<https://w3id\.org/innovation-kg/[^\x00-\x20<>"{}|^`\\]*>'
TERMS = {
    "about": STRING,
    "language": '"(?:en|sv)"',
    "least": r"-?[0-9]{1,15}",
    "as-of": f"{DAY} {DAY}",
    "thing": IRI,
    "organisation": IRI,
    "role": IRI,
}
"""What may stand in the place of each parameter: one term, or two days."""

HEADS = ("", "", "KTH", "2015", "3", "en", "lead", "organisation:kth", f"<{ID_BASE}organisation/kth", ID_BASE)
PARTS = (
    '"', "'", '"""', "'''", "\\", '\\"', "{", "}", "(", ")", "[", "]", "<", ">", "#", "# \n", ";", ",",
    ".", "|", "^", "`", "&&", "||", "!", "=", "\n", "\r", "\r\n", "\t", "\x00", "\x0b", "\x1b[2J",
    "\x7f", "\x85", "\u2028", "\u2029", "\u202e", "\ufeff", "\ufffe", "\U00010437", "\U000e0001",
    "e\u0301", "\u0130", "\xdf", "\u0663", "1e9", "-0", "\\u0022", "\\u003E", "\\U0000003E",
    "\\U0000007D", "\\u007D", "\\u000A", "\\u0022bad0", "%22", "%3E", "&quot;", "> } DROP ALL #",
    '" } DROP ALL #', "'} ; DROP ALL ; #", "} } INSERT DATA { <a:b> <a:b> <a:b> } #",
    '" } SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } VALUES ?y { "', "> } UNION { ?s ?p ?o } #", "UNDEF",
    "?about", "$least", ") (", '") ("2015', '"@en', '"^^<http://www.w3.org/2001/XMLSchema#date>',
    "FROM <file:///etc/passwd>", "javascript:alert(1)", "file:///etc/passwd", "data:text/html,x",
    "http://host.example/a b", "urn:x:y", "_:b0", "../../etc/passwd", "-", "--", "--param", "=", "a=b",
    "$(id)", "`id`", "%s%n", "{{7*7}}", "always", "<!--",
)  # fmt: skip


@cache
def hostile() -> tuple[str, ...]:
    """Give the values: each part alone, very long ones, and mixtures, the same each time."""
    chance = random.Random(20260115)  # noqa: S311 - no secret
    found = dict.fromkeys(PARTS)
    found |= dict.fromkeys(("", " ", "x" * 100_000, '"' * 50_000, "\\" * 50_001, "{" * 100_000, "9" * 400))
    while len(found) < COUNT:
        parts = chance.choices(PARTS, k=chance.randint(1, 4))
        found.setdefault(chance.choice(HEADS) + chance.choice(("", " ", "\n")).join(parts))
    return tuple(found)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder with a small graph and the question."""
    folder = tmp_path_factory.mktemp("hostile")
    (folder / "small.ttl").write_text(DATA)
    (folder / "hostile.rq").write_text(QUESTION)
    return folder


@pytest.fixture(scope="module")
def small(data: Path) -> Embedded:
    """Give the small graph's store."""
    return files.open_files(data / "small.ttl")


@pytest.fixture(scope="module")
def g(data: Path) -> Iterator[Ecosystem]:
    """Give the small graph as one opens it in Python."""
    with kg.open(data / "small.ttl", out=data) as opened:
        yield opened


def algebra(text: str) -> str:
    r"""Give a query's algebra by rdflib, with every literal and IRI alike, variables by their names.

    rdflib expands `\u0022` in the whole text before it parses, also where the backslash is itself
    escaped, so that it is no escape at all, and takes eight digits where four are meant. So escapes of
    backslashes and of code points, which stand in strings alone, are other characters here.
    """

    def masked(node: object) -> object:
        if isinstance(node, dict):
            return {str(key): masked(value) for key, value in node.items()}
        if isinstance(node, (list, tuple)):
            return [masked(each) for each in node]
        if isinstance(node, (set, frozenset)):
            return sorted(str(masked(each)) for each in node)
        return "term" if isinstance(node, (Literal, URIRef)) else str(node)

    plain = re.sub(r"\\(?:\\|u[0-9A-F]{4}|U[0-9A-F]{8})", "/", text)
    return str(masked(translateQuery(parseQuery(plain)).algebra))


DEFAULT = algebra(QUESTION)


def only(answer: object) -> ox.QuerySolution:
    """Give the only row of an answer."""
    assert isinstance(answer, ox.QuerySolutions)
    (row,) = answer
    assert isinstance(row, ox.QuerySolution)
    return row


def hold(name: str, text: str) -> None:
    """Hold that a query is the question with one term in the parameter's place, and nothing else."""
    place = ASKED.param(name).place(QUESTION)
    assert place
    head, tail = QUESTION[: place.start(1)], QUESTION[place.end(1) :]
    assert text.startswith(head)
    assert text.endswith(tail)
    term = text[len(head) : len(text) - len(tail)]
    assert re.fullmatch(TERMS[name], term), term
    row = only(ox.Store().query(text))
    assert len(row) == len(TERMS) + 1


def refused(error: KgError) -> None:
    """Hold that a refusal is one line that does nothing to a terminal."""
    from kg.terminal import plain

    assert len(str(error).splitlines()) == 1
    assert plain(str(error)) == str(error)


def test_there_are_a_thousand_values() -> None:
    """The values are as many as is claimed, and each is another."""
    assert len(set(hostile())) == COUNT


@pytest.mark.parametrize("name", TERMS)
def test_bind(name: str, small: Embedded) -> None:
    """Every value in every parameter is refused, or is one term of the same query."""
    find = partial(names.find, small, small.base)
    taken = 0
    for value in hostile():
        try:
            text = queries.bind(ASKED, {name: value}, small.base, find)
        except KgError as error:
            refused(error)
            continue
        taken += 1
        hold(name, text)
        if name == "about":
            row = only(ox.Store().query(text))
            assert row[name] == ox.Literal(value)
    assert taken == COUNT if name == "about" else taken < COUNT / 10


@pytest.mark.slow
def test_algebra(small: Embedded) -> None:
    """What rdflib makes of the query is the same with every text as with the default.

    Of very long texts the parser takes minutes; that they are one term holds as of the others.
    """
    find = partial(names.find, small, small.base)
    for value in hostile():
        if len(value) < 1_000:
            assert algebra(queries.bind(ASKED, {"about": value}, small.base, find)) == DEFAULT
    for name, value in {"least": "-7", "as-of": "2015-02", "role": "lead", "thing": "KTH"}.items():
        assert algebra(queries.bind(ASKED, {name: value}, small.base, find)) == DEFAULT


@pytest.mark.parametrize("name", TERMS)
def test_python(name: str, g: Ecosystem, data: Path) -> None:
    """The same through `g.ask`; a text that is taken comes back as it was written."""
    for value in hostile():
        try:
            answer = g.ask(data / "hostile.rq", **{name: value})
        except KgError as error:
            refused(error)
            continue
        hold(name, answer.text)
        assert len(answer) == 1
        if name == "about":
            assert answer[0][name] == value


def words(number: int, name: str, value: str) -> list[str]:
    """Give a parameter in one of the ways in which a command takes it."""
    if name == "language" or number % 3 == 0:  # --language is an option of the command's own
        return ["--param", f"{name}={value}"]
    return [f"--{name}", value] if number % 3 == 1 else [f"--{name}={value}"]


def test_command_line(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same on the command line: exit code 0 and one row, or exit code 1 and one line."""
    for name in [name for name in os.environ if name.startswith("KG_")]:
        monkeypatch.delenv(name)
    runner = CliRunner()
    head = ["query", str(data / "hostile.rq"), "--data", str(data / "small.ttl"), "--format", "json"]
    for number, value in enumerate(hostile()):
        name = list(TERMS)[number % len(TERMS)]
        done = runner.invoke(main, [*head, "--out", str(data), *words(number, name, value)])
        if done.exit_code == 0:
            answer = only(ox.parse_query_results(done.stdout, ox.QueryResultsFormat.JSON))
            assert len(answer) == len(TERMS) + 1
            if name == "about":
                assert answer[name] == ox.Literal(value)
            continue
        assert done.exit_code == 1, (value, done.output, done.exception)
        assert isinstance(done.exception, SystemExit), value
        assert len(done.stderr.splitlines()) == 1, done.stderr
        assert done.stderr.startswith("kg: ")


@pytest.mark.parametrize("value", [value for value in PARTS if "\0" not in value][::9])
def test_processes(value: str, data: Path) -> None:
    """Likewise where a shell starts the command; texts come back as they are."""
    command = [sys.executable, "-m", "kg", "query", str(data / "hostile.rq"), "--format", "json"]
    done = subprocess.run(
        [*command, "--data", str(data / "small.ttl"), "--out", str(data), f"--about={value}"],
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "LC_ALL": "C.UTF-8"},
        capture_output=True,
        check=False,
        timeout=60,
    )
    assert (done.returncode, done.stderr) == (0, b"")
    answer = only(ox.parse_query_results(done.stdout, ox.QueryResultsFormat.JSON))
    assert answer["about"] == ox.Literal(value)


def test_endpoint(data: Path) -> None:
    """What is sent to an endpoint is the question with one term in its place, or a look-up of a name."""
    empty = Reply(body=b'{"head": {"vars": ["thing", "label", "set"]}, "results": {"bindings": []}}')
    with Stub(empty) as stub, kg.open(stub.url, out=data) as remote:
        for number, value in enumerate(hostile()):
            name = list(TERMS)[number % len(TERMS)]
            before = len(stub.asked)
            try:
                remote.ask(data / "hostile.rq", **{name: value})
            except KgError as error:
                refused(error)
                sent = stub.asked[before:]
            else:
                *sent, last = stub.asked[before:]
                hold(name, last.form["query"][0])
            assert all(lookup(each.form["query"][0]) for each in sent), value


def lookup(text: str) -> bool:
    """Say whether a query is one of those that look for names, with strings and IRIs of any content."""
    bare = re.sub(rf"{STRING}|<[^\x00-\x20<>\"{{}}|^`\\]*>", "T", text)
    return any(re.fullmatch(shape, bare) for shape in LOOKUPS)


LOOKUPS = (
    r"SELECT DISTINCT \?thing WHERE \{ VALUES \?thing \{ [T ]+ \} \?thing \?p \?o \}",
    r"SELECT DISTINCT \?set WHERE \{ \?set a T FILTER\(CONTAINS.* T\)\) \} ORDER BY \?set LIMIT \d+",
    (r"SELECT \?thing \?label WHERE \{ VALUES \?property \{ [T ]+ \} \?thing \?property \?label \. "
    r"FILTER\(STRSTARTS\(STR\(\?thing\), T\)\) (?:FILTER\(LCASE\(STR\(\?label\)\) = T\))? \} LIMIT \d+"),
)  # fmt: skip
"""The queries of `kg.names` and `kg.remote`, with every term alike."""
