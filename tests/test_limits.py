"""Limits: what would run for ever ends in time, and what would reach out reaches nothing.

Both doors are tried: the command line, where the process ends itself, and Python, where a child process
is ended and the next question is answered all the same.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest
from conftest import ROOT
from endpoint import Reply, Stub

import kg
from kg.errors import InvalidData, KgError, MemoryExceeded, QueryError, TimeoutExceeded

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kg.ecosystem import Ecosystem

SECONDS = 1.0
SLACK = 5.0
"""Seconds beyond those allowed, in which the answer is to be over on a machine that has much to do;
none of these would end by itself in less than minutes."""
MEMORY = 300
CLIQUE = 40


def product(count: int) -> str:
    """Write a product of as many patterns."""
    return " ".join(f"?s{n} ?p{n} ?o{n} ." for n in range(count))


ATTACKS = {
    **{f"product of {n}": f"SELECT (COUNT(*) AS ?n) {{ {product(n)} }}" for n in (3, 4, 5, 6)},
    "rows of a product": f"SELECT * {{ {product(4)} }}",
    "distinct rows": f"SELECT DISTINCT * {{ {product(3)} }}",
    "order of a product": f"SELECT * {{ {product(3)} }} ORDER BY ?o2 ?o1 ?o0",
    "doubled text": "SELECT (STRLEN(?x40) AS ?n) { BIND('0123456789' AS ?x0) "
    + " ".join(f"BIND(CONCAT(?x{n}, ?x{n}) AS ?x{n + 1})" for n in range(40))
    + " }",
    "paths on a clique": "SELECT (COUNT(*) AS ?n) { ?a <http://x/p>* ?b . ?c <http://x/p>* ?d . "
    "?e <http://x/p>* ?f FILTER(STR(?b) < STR(?c)) }",
    "joined texts": f"SELECT (GROUP_CONCAT(?s0) AS ?n) {{ {product(3)} }}",
    "graph of a product": f"CONSTRUCT {{ ?s0 ?p1 ?o2 }} {{ {product(4)} }}",
}


@pytest.fixture(scope="module")
def clique(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a graph in which everything is tied to everything."""
    path = tmp_path_factory.mktemp("limits") / "clique.nt"
    nodes = range(CLIQUE)
    path.write_text("".join(f"<http://x/{a}> <http://x/p> <http://x/{b}> .\n" for a in nodes for b in nodes))
    return path


@pytest.fixture(scope="module")
def g(clique: Path) -> Iterator[Ecosystem]:
    """Give that graph as one opens it in Python, with little memory."""
    with kg.open(clique, out=clique.parent, memory=MEMORY) as opened:
        assert len(opened.sparql("ASK {}")) == 1
        yield opened


@pytest.fixture(scope="module")
def hurried(clique: Path) -> Iterator[Ecosystem]:
    """Give it with little time, too."""
    with kg.open(clique, out=clique.parent, timeout=SECONDS, memory=MEMORY) as opened:
        assert len(opened.sparql("ASK {}")) == 1
        yield opened


def command(clique: Path, text: str, *words: str) -> subprocess.CompletedProcess[bytes]:
    """Ask on the command line, in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "kg", "query", "-", "--data", str(clique), *words],
        input=text.encode(),
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "KG_OUT": str(clique.parent)},
        capture_output=True,
        check=False,
        timeout=60,
    )


@pytest.mark.parametrize("name", ATTACKS)
def test_python(hurried: Ecosystem, name: str) -> None:
    """What takes too long or too much ends as an error that says so; the next question is answered."""
    began = time.monotonic()
    with pytest.raises((TimeoutExceeded, MemoryExceeded), match="the answer took "):
        hurried.sparql(ATTACKS[name])
    assert time.monotonic() - began < SECONDS + SLACK
    assert hurried.sparql("SELECT * { <http://x/0> ?p <http://x/1> }").rows == [{"p": "http://x/p"}]


@pytest.mark.parametrize("name", ATTACKS)
def test_command_line(clique: Path, name: str) -> None:
    """There the process ends, with one line on standard error, exit code 1 and nothing written."""
    began = time.monotonic()
    done = command(clique, ATTACKS[name], "--timeout", str(SECONDS), "--memory", str(MEMORY))
    assert time.monotonic() - began < SECONDS + SLACK
    assert (done.returncode, done.stdout) == (1, b"")
    assert done.stderr.decode().startswith("kg: the answer took ")
    assert len(done.stderr.splitlines()) == 1


def test_memory_is_named(g: Ecosystem, clique: Path) -> None:
    """Where it is memory that is over, both doors say so, and how to allow more."""
    text = ATTACKS["order of a product"]
    with pytest.raises(MemoryExceeded, match="300 MB of memory; allow more with memory="):
        g.sparql(text)
    done = command(clique, text, "--timeout", "20", "--memory", str(MEMORY))
    assert b"300 MB of memory; allow more with --memory" in done.stderr


@pytest.mark.parametrize("opener", ["{", "(", "[", "<<(", "!", "FILTER NOT EXISTS {", "OPTIONAL {"])
def test_nesting(g: Ecosystem, clique: Path, opener: str) -> None:
    """100,000 brackets in brackets are refused before any engine reads them, by every door."""
    text = f"SELECT * {{ {opener * 100_000}"
    path = clique.parent / "deep.rq"
    path.write_text(text)
    with Stub() as stub, kg.open(stub.url, out=clique.parent) as remote:
        for ask in (g.sparql, g.ask, remote.sparql, remote.ask):
            with pytest.raises(QueryError):
                ask(text)
        for each in (g, remote):
            with pytest.raises(QueryError):
                each.ask(path)
        assert stub.asked == []
        for done in (
            command(clique, text),
            command(clique, text, "--endpoint", stub.url),
            subprocess.run(
                [sys.executable, "-m", "kg", "query", str(path), "--data", str(clique)],
                env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "KG_OUT": str(clique.parent)},
                capture_output=True,
                check=False,
                timeout=60,
            ),
        ):
            assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (1, b"", 1), done.stderr
        assert stub.asked == []


REACHING = (
    "SELECT * {{ SERVICE <{url}> {{ ?s ?p ?o }} }}",
    "SELECT * {{ SERVICE SILENT <{url}> {{ ?s ?p ?o }} }}",
    "SELECT * {{ VALUES ?e {{ <{url}> }} SERVICE ?e {{ ?s ?p ?o }} }}",
    "LOAD <{url}>",
    "LOAD <{secret}> INTO GRAPH <http://x/g>",
    "SELECT * FROM <{url}> {{ ?s ?p ?o }}",
    "SELECT * FROM NAMED <{url}> {{ GRAPH ?g {{ ?s ?p ?o }} }}",
    "SELECT * FROM <{secret}> {{ ?s ?p ?o }}",
    "CONSTRUCT {{ ?s ?p ?o }} FROM <{secret}> {{ ?s ?p ?o }}",
    "SELECT * {{ GRAPH <{secret}> {{ ?s ?p ?o }} }}",
)


@pytest.mark.parametrize("form", REACHING)
def test_nothing_is_reached(g: Ecosystem, clique: Path, form: str) -> None:
    """SERVICE, LOAD and FROM reach no host and no file: refused, or an answer without rows."""
    secret = clique.parent / "secret.ttl"
    secret.write_text('<http://x/a> <http://x/b> "in the secret file" .')
    with Stub() as canary:
        text = form.format(url=canary.url, secret=secret.as_uri())
        with suppress(QueryError):
            assert g.sparql(text).rows == []
        done = command(clique, text)
        assert b"in the secret file" not in done.stdout
        assert done.returncode == 1 or len(done.stdout.splitlines()) <= 1
        assert canary.asked == []


def test_service_where_it_is_allowed(g: Ecosystem, clique: Path) -> None:
    """The canary hears what may be asked: it would have sung."""
    with Stub() as canary:
        text = f"SELECT ?x {{ SERVICE <{canary.url}> {{ ?x ?p ?o }} }}"
        assert [row["x"] for row in g.sparql(text, services=True)] == ["a", "b"]
        assert command(clique, text, "--allow-service").stdout.split() == [b"x", b"a", b"b"]
        assert len(canary.asked) == 2


@pytest.mark.parametrize(
    "form", ["SELECT * {{ {} }}", "ASK {{ {} }}", "CONSTRUCT {{ ?s ?p ?o }} WHERE {{ {} }}"]
)
def test_service_that_does_not_answer(g: Ecosystem, clique: Path, form: str) -> None:
    """A host that may be asked and fails ends the answer with an error, one line, never half of it."""
    with Stub(Reply(500, b"oops")) as canary:
        text = form.format(f"SERVICE <{canary.url}> {{ ?s ?p ?o }}")
        with pytest.raises(QueryError, match="the answer broke off: "):
            g.sparql(text, services=True)
        done = command(clique, text, "--allow-service")
        assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (1, b"", 1)
        assert done.stderr.startswith(b"kg: the answer broke off: ")
        assert len(canary.asked) == 2


ENTITY = """<!DOCTYPE r [<!ENTITY e SYSTEM "{url}">]>
<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:x="http://x/">
<r:Description r:about="http://x/a"><x:b>&e;</x:b></r:Description></r:RDF>"""


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("context.jsonld", '{{"@context": "{url}", "@id": "http://x/a", "name": "b"}}'),
        (
            "contexts.jsonld",
            '{{"@context": [{{"a": "http://x/a"}}, "{url}"], "@id": "http://x/a", "a": "b"}}',
        ),
        ("import.jsonld", '{{"@context": {{"@version": 1.1, "@import": "{url}"}}, "@id": "http://x/a"}}'),
        ("nested.jsonld", '{{"@id": "http://x/a", "http://x/p": {{"@context": "{url}", "a": "b"}}}}'),
        ("entity.rdf", ENTITY),
    ],
)
def test_files_reach_nothing(tmp_path: Path, name: str, content: str) -> None:
    """A context that lies elsewhere, and a document type, are refused, and nobody is asked for them."""
    path = tmp_path / name
    with Stub() as canary:
        path.write_text(content.format(url=canary.url))
        with kg.open(path, out=tmp_path) as opened, pytest.raises(InvalidData, match=name):
            opened.sparql("ASK {}")
        done = command(path, "ASK {}")
        assert (done.returncode, len(done.stderr.splitlines())) == (1, 1)
        assert canary.asked == []


def test_errors_are_the_tool_s_own(g: Ecosystem) -> None:
    """Who catches KgError catches all of them, and who catches Python's own as well."""
    with pytest.raises(KgError) as caught:
        g.sparql(ATTACKS["product of 6"])
    assert isinstance(caught.value, TimeoutError | MemoryError)
