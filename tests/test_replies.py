"""Replies: SPARQL results in XML are taken as those in JSON are, and refused likewise."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from endpoint import JSON, Reply, Stub

from kg import engines
from kg.errors import QueryError, RemoteError
from kg.remote import Endpoint

XML = {"Content-Type": "application/sparql-results+xml; charset=utf-8"}
START = '<?xml version="1.0"?><sparql xmlns="http://www.w3.org/2005/sparql-results#">'
ROWS = (
    f'{START}<head><variable name="x"/></head><results><result><binding name="x">'
    '<literal xml:lang="sv">å&amp;</literal></binding></result><result><binding name="x"><bnode>nodeID://b1</bnode></binding></result></results></sparql>'
)
TRUE = f"{START}<head/><boolean>true</boolean></sparql>"
ASKED = '{"head":{"vars":["__ASK_RETVAL"]},"results":{"bindings":[%s]}}'


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep a proxy that the machine may have set away from loopback."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1,localhost")
    monkeypatch.setenv("no_proxy", "127.0.0.1,localhost")


def ask(reply: Reply, text: str = "SELECT ?x WHERE { ?s ?p ?x }") -> object:
    """Give what an endpoint's reply is taken for."""
    with Stub(reply) as stub:
        answer = Endpoint(stub.url, timeout=30).query(text)
        assert stub.asked[0].headers["Accept"].startswith(JSON)
    if isinstance(answer, ox.QuerySolutions):
        return [row["x"] for row in answer]
    assert isinstance(answer, ox.QueryBoolean)
    return bool(answer)


def test_xml_rows() -> None:
    """Rows in XML are read, and blank nodes that are no labels renamed."""
    assert ask(Reply(body=ROWS.encode(), headers=XML)) == [
        ox.Literal("å&", language="sv"),
        ox.BlankNode("b1"),
    ]


def test_xml_boolean() -> None:
    """So is a boolean."""
    assert ask(Reply(body=TRUE.encode(), headers=XML), "ASK {}") is True


@pytest.mark.parametrize(
    "body",
    [
        ROWS[:-1],
        ROWS[:-9],
        ROWS[: len(ROWS) // 2],
        f"{ROWS}The SPARQL operation has been cancelled",
        TRUE,
        "",
        "<html>",
        ROWS.replace("<sparql ", '<!DOCTYPE sparql [<!ENTITY a "b">]><sparql ').replace("å", "&a;"),
        ROWS.replace("<sparql ", '<!DOCTYPE sparql SYSTEM "file:///etc/passwd"><sparql '),
        ROWS.replace("&amp;", "&none;"),
    ],
)
def test_xml_that_is_not_whole_or_right(body: str) -> None:
    """Results in XML that are cut, followed by a message, of another kind, or with a DTD are errors."""
    with pytest.raises(RemoteError, match=r"broke off or garbled|another kind"):
        ask(Reply(body=body.encode(), headers=XML))


@pytest.mark.parametrize("body", [TRUE[:-2], TRUE[:-9], f"{TRUE}x", ROWS])
def test_xml_boolean_that_is_not_whole_or_right(body: str) -> None:
    """The same of a boolean, whose reader would stop as soon as it knows the answer."""
    with pytest.raises(RemoteError, match=r"broke off or garbled|another kind"):
        ask(Reply(body=body.encode(), headers=XML), "ASK {}")


def test_entities_do_not_grow() -> None:
    """Entities in entities are refused before any of them is written out."""
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "x"}">' for n in range(20))
    body = ROWS.replace("<sparql ", f"<!DOCTYPE s [{entities}]><sparql ").replace("å", "&e19;")
    with pytest.raises(RemoteError, match="document type"):
        ask(Reply(body=body.encode(), headers=XML))


@pytest.mark.parametrize(
    ("rows", "answer"),
    [("", False), ('{"__ASK_RETVAL":{"type":"literal","value":"1"}}', True)],
)
def test_ask_that_virtuoso_answers_in_rows(rows: str, answer: bool) -> None:  # noqa: FBT001 - as above
    """Virtuoso answers an ASK in rows: one for true, none for false."""
    assert ask(Reply(body=(ASKED % rows).encode()), "ASK {}") is answer


@pytest.mark.parametrize("value", ["2", "", "true"])
def test_ask_that_is_answered_otherwise(value: str) -> None:
    """Any other row is no answer to an ASK."""
    body = ASKED % f'{{"__ASK_RETVAL":{{"type":"literal","value":"{value}"}}}}'
    with pytest.raises(RemoteError, match="another kind"):
        ask(Reply(body=body.encode()), "ASK {}")


@pytest.mark.parametrize(
    ("engine", "status", "words"),
    [
        ("graphdb", 404, "GraphDB's usually ends in /repositories/NAME"),
        ("virtuoso", 401, r"Virtuoso takes digest credentials \(--engine virtuoso\)"),
        ("neptune", 403, "IAM signature"),
    ],
)
def test_profile_says_what_is_usual(engine: str, status: int, words: str) -> None:
    """Where the engine is named, a refusal says what is usual for it."""
    with (
        Stub(Reply(status, b"", {"Content-Type": "text/plain"})) as stub,
        pytest.raises(RemoteError, match=words),
    ):
        Endpoint(stub.url, timeout=30, engine=engines.find(engine)).query("ASK {}")


def test_profile_names_the_default_graph() -> None:
    """On an engine whose default is the union, its real default graph is asked, unless one is named."""
    nil = "http://www.openrdf.org/schema/sesame#nil"
    reply = Reply(body=b'{"head":{},"boolean":true}')
    with Stub(reply) as stub:
        for graph in (None, "", "http://a.example/g"):
            Endpoint(stub.url, default_graph=graph, engine=engines.find("graphdb")).query("ASK {}")
        Endpoint(stub.url, named_graphs=("http://a.example/g", "http://a.example/h")).query("ASK {}")
    assert [asked.form.get("default-graph-uri") for asked in stub.asked] == [
        [nil],
        None,
        ["http://a.example/g"],
        None,
    ]
    assert stub.asked[-1].form["named-graph-uri"] == ["http://a.example/g", "http://a.example/h"]


@pytest.mark.parametrize(
    "graph", ["a b", "x> define sql:log-enable 1 <y", "none", "http://a.example/\n", "//a"]
)
def test_graph_that_is_no_iri(graph: str) -> None:
    """A graph that is no IRI is refused unsent: Virtuoso writes it into the query."""
    with Stub() as stub:
        for options in ({"default_graph": graph}, {"named_graphs": (graph,)}):
            with pytest.raises(QueryError, match="is not an IRI"):
                Endpoint(stub.url, **options).query("ASK {}")
        assert not stub.asked


def test_qlever_takes_no_query_string() -> None:
    """An engine that takes no parameters in its address is not asked with any."""
    with Stub() as stub:
        with pytest.raises(RemoteError, match="no query string"):
            Endpoint(f"{stub.url}?a=b", engine=engines.find("qlever")).query("ASK {}")
        assert not stub.asked
