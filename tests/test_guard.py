"""The look at a query's tokens: what it sees, what it does not, and how long it takes."""

from __future__ import annotations

import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kg.errors import QueryError
from kg.guard import DEPTH, LINKS, check, scan

if TYPE_CHECKING:
    from collections.abc import Callable

WORDS = ("SERVICE", "service", "Load", "INSERT", "delete", "CLEAR", "drop", "Create", "COPY", "move", "ADD")
IRI = "<http://a.example/x>"

# Tokens that hold a keyword as text, not as a keyword.
_inner = st.sampled_from([*WORDS, *(f"x {word} <y> {{}} " for word in WORDS), "FROM"])
_name = st.sampled_from([*WORDS, "FROM"])
hidden = st.one_of(
    _inner.map('"{}"'.format),
    _inner.map("'{}'".format),
    _inner.map('"""a "\n" {} "" # """'.format),
    _inner.map("'''it's \\''' {} '' '''".format),
    _inner.map('"\\" {} \\\\"'.format),
    _inner.map("# {} \" ''' <\n".format),
    _name.map("<http://a.example/{}#SERVICE>".format),
    _name.map("<{}>".format),
    _name.map("?{}".format),
    _name.map("${}".format),
    _name.map("{}:x".format),
    _name.map(":{}".format),
    _name.map("a:{}.SERVICE.x".format),
    _name.map("a:x\\'{}\\#".format),
    _name.map("_:{}".format),
    _name.map('"x"@{}-SERVICE'.format),
)
plain = st.sampled_from(["?s", "a", "a:b", "1", "-2.5e3", "true", ".", ";", "[]", "()", "'x'", "<x>"])


@given(st.lists(st.one_of(hidden, plain), max_size=30))
def test_keyword_that_is_none(tokens: list[str]) -> None:
    """A keyword in a string, IRI, comment, prefixed name, variable or tag is never reported."""
    seen = scan(f"SELECT * WHERE {{ {' '.join(tokens)} }}")
    assert seen.keywords == ()
    assert seen.kind == "select"
    assert seen.fault is None


@given(st.lists(hidden, max_size=8), st.lists(hidden, max_size=8), st.sampled_from(["SERVICE", "sErViCe"]))
def test_keyword_that_is_one(before: list[str], after: list[str], word: str) -> None:
    """A keyword between any such tokens is reported, once, and with its line."""
    start = f"ASK {{ {' '.join(before)} "
    seen = scan(f"{start}{word} {IRI} {{ {' '.join(after)} }} }}")
    assert seen.keywords == (("SERVICE", start.count("\n") + 1),)


@pytest.mark.parametrize(
    "text",
    [
        "ASK { SERVICE <x:y> {} }",
        "ASK { SERVICE SILENT ?x {} }",
        "ASK { service?x{} }",
        "ASK {SERVICE<x:y>{}}",
        'ASK { ?s ?p ""SERVICE <x:y> {} }',
        "ASK { ?s ?p 1.SERVICE <x:y> {} }",
        "ASK { ?s ?p trueSERVICE <x:y> {} }",
        "ASK { ?s ?p true.SERVICE <x:y> {} }",
        "ASK { SERVICESILENT<x:y>{} }",
        "PREFIX : <x:> ASK { SERVICE:x {} }",
        "PREFIX : <x:> ASK { SERVICE:x # {\n {} }",
        "PREFIX a: <x:> ASK { SERVICEa:x{} }",
        "PREFIX a: <x:> ASK { ?s ?p true.SERVICEa:x{} }",
        "PREFIX a: <x:> ASK { ?s a:b+trueSERVICE a:x{} }",
        "ASK { { SELECT * { FILTER NOT EXISTS { SERVICE <x:y> {} } } } }",
        "# SELECT\nASK { ?s ?p '#' SERVICE <x:y> {} }",
        "ASK # \r { SERVICE <x:y> {} }",
    ],
)
def test_service_is_found(text: str) -> None:
    """SERVICE is refused however tightly it is written: some engines need no space around words."""
    with pytest.raises(QueryError, match=r"^line \d: SERVICE asks another host; allow it with --allow"):
        check(text)
    assert check(text, services=True).kind == "ask"


@pytest.mark.parametrize(
    "text",
    [
        'SELECT * { ?s ?p ?o FILTER(1<?o#> """\n) SERVICE <x:y> {} }#"""',
        "SELECT * { ?s ?p ?o FILTER(1<'> ' || '>') SERVICE <x:y> {} }",
        "SELECT * { ?s ?p <<?s#x> '''\n ?p ?o>> SERVICE <x:y> {} }#'''",
        "SELECT * { ?s ?p ?o FILTER(?o<((((1))))&&2>1) }",
        "SELECT * { ?s ?p ?o FILTER(?o<5&&?o>3) }",
    ],
)
def test_two_readings(text: str) -> None:
    """What is an IRI by SPARQL's terminals and a comparison for some engines is refused."""
    with pytest.raises(QueryError, match=r"can be an IRI or a comparison: set '<' and '>' between spaces"):
        check(text)


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { ?s ?p ?o FILTER(?o < 5 && ?o > 3) }",
        "SELECT * { ?s ?p ?o FILTER(?o<5) FILTER(?o>3) }",
        "SELECT * { ?s ?p ?o FILTER(?o=<http://a.example/(x)#y>) }",
        "SELECT * { ?s ?p ?o FILTER(?o IN (<a#b>, <c#d>)) }",
        "SELECT * { VALUES (?a ?b) { (<http://a.example/#x> <http://a.example/b_(c)>) (1 <urn:a:b>) } }",
        "SELECT (COUNT(DISTINCT <http://a.example/#x>) AS ?n) {}",
        "SELECT * { ?s <a#b> <c#d> , <<( ?s <e#f> ?o )>> }",
        "ASK { GRAPH service:x { ?s a:service ?o } }",
        "PREFIX service: <a:> SELECT * FROM service:x FROM NAMED <http://a.example/g> { ?s service:y 1 }",
        "BASE <http://a.example/> PREFIX select: <x> VERSION '1.2' DESCRIBE select:x",
        "SELECT (GROUP_CONCAT(?x; SEPARATOR=', ') AS ?all) { ?x (a|^a/!(a|^a))* [ a ?t ; ?p ( 1 2 ) ] }",
        "SELECT ?x WHERE { VALUES ?x { " + "(1)" * 5000 + " } }",
        "SELECT ?x ?y WHERE { VALUES (?x ?y) { " + "(1 -2)" * 5000 + " } }",
        "SELECT ?x WHERE { FILTER(?x IN (" + ", ".join("1" * 5000) + ")) }",
        "CONSTRUCT { " + "?s ?p ?o . " * 5000 + "} WHERE { ?s ?p ?o }",
        "".join(f"PREFIX a{n}: <http://a.example/{n}#> " for n in range(1000)) + "ASK {}",
    ],
)
def test_ordinary_queries_pass(text: str) -> None:
    """Comparisons with spaces, IRIs of every kind, FROM, long lists of values and templates pass."""
    assert check(text).fault is None


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("LOAD <http://a.example/>", "line 1: LOAD is an update, and kg only reads"),
        ("PREFIX a: <a:>\nINSERT DATA { a:b a:c 1 }", "line 2: INSERT is an update, and kg only reads"),
        ("WITH <a:g> DELETE { ?s ?p 1 } WHERE {}", "line 1: DELETE is an update, and kg only reads"),
        ("SELECT * {} ;\nDROP ALL", "line 2: DROP is an update, and kg only reads"),
        ("", "the query has no SELECT, ASK, CONSTRUCT or DESCRIBE"),
        ("{ ?s ?p ?o }", "the query has no SELECT, ASK, CONSTRUCT or DESCRIBE"),
        ("ASK {\n 'abc\n }", "line 2: a string that does not end"),
        ('ASK {\n """abc" }', "line 2: a string that does not end"),
        ("\\u0053ELECT * {}", "line 1: a backslash outside a string"),
        ("ASK {\n\n }}", "line 3: '}' closes nothing"),
        ("ASK {\n ( }", "line 2: '}' closes nothing"),
        ("ASK\n{", "line 2: '{' is never closed"),
        ("ASK {\x00}", "line 1: '\\x00' cannot stand here"),
        ("ASK {\n 'r\udce4v' ?p 1 }", "line 2: '\\udce4' is no character; is the text in UTF-8?"),
        ("ASK {" + "(" * 200, "the query nests 201 brackets and signs; at most 128"),
        ("ASK {FILTER(" + "!" * 200 + "true)}", "the query nests 202 brackets and signs; at most 128"),
        ("ASK {" + "(" * 5000, "the query nests 1,001 brackets and signs; at most 128"),
        ("ASK {}" + " " * 10**6, "the query has 1,000,006 characters; at most 1,000,000"),
    ],
)
def test_messages(text: str, message: str) -> None:
    """Each refusal says on one line what is refused, and where."""
    with pytest.raises(QueryError) as caught:
        check(text)
    assert str(caught.value) == message


def test_limits_are_the_callers() -> None:
    """The greatest depth and length can be set."""
    check("ASK { { } }", limit=2, max_length=11)
    with pytest.raises(QueryError, match="at most 1"):
        check("ASK { { } }", limit=1)
    with pytest.raises(QueryError, match="at most 10"):
        check("ASK { { } }", max_length=10)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("# ASK\nselect * {}", "select"),
        ("PREFIX ask: <x> ASK{}", "ask"),
        ("BASE <x>CONSTRUCT WHERE {}", "construct"),
        ("Describe ?select {}", "describe"),
        ("clear all", "update"),
        ("ask:x", None),
    ],
)
def test_kind(text: str, kind: str | None) -> None:
    """The form is the first keyword that names one."""
    assert scan(text).kind == kind


@given(st.text(st.sampled_from("({[<>]})\"'\\#?:.@-_!^|&=+*/ \n\raSERVICE1é\u00b7\x00"), max_size=80))
@example('"""')
@example("<<<<")
def test_any_text_is_read(text: str) -> None:
    """No text makes the reader fall, and the line of a fault exists."""
    seen = scan(text)
    assert seen.depth >= 0
    assert seen.fault is None or 1 <= seen.fault.line <= text.count("\n") + 1


@given(st.text(max_size=200))
def test_any_unicode_is_read(text: str) -> None:
    """Nor does any other, whatever characters it has."""
    scan(text)


def _seconds(text: str) -> float:
    began = time.process_time()
    scan(text)
    return time.process_time() - began


def test_a_megabyte_of_brackets() -> None:
    """A hostile megabyte costs less than a second."""
    assert _seconds("(" * 10**6) < 1


PIECES = (
    *("()", "a.", "a:", "a:b.", "'\\", '"""a', "<", "<a", "\\", "#", "#\n", "-", "a-1", "a:\\", "%", "a:%4"),
    *("_:", "_:a.", "<http://\\u00", "1-", "@en-", "SERVICE\n", "a:.", "VALUES ?x { ", "?", "{|", "é", "(,"),
    *('"', "a", "."),
)


@pytest.mark.parametrize("piece", PIECES)
def test_time_grows_with_the_length_alone(piece: str) -> None:
    """No repetition is read in the square of its length: 200 kB take less than a second."""
    assert _seconds(piece * (200_000 // len(piece))) < 1


# What the limits are for: the longest texts that pass, each in a way of its own, and an engine.
CHAINS: dict[str, Callable[[int], str]] = {
    "groups": lambda n: "ASK {" + "{" * n + "}" * n + "}",
    "functions": lambda n: "ASK {FILTER(" + "STR(" * n + "1" + ")" * n + ")}",
    "not exists": lambda n: "ASK {" + "FILTER NOT EXISTS {" * n + "}" * n + "}",
    "not": lambda n: "ASK {FILTER(" + "!" * n + "true)}",
    "sum": lambda n: "ASK {FILTER(1" + "+1" * n + ")}",
    "difference": lambda n: "ASK {FILTER(true" + "-1" * n + ")}",
    "or": lambda n: "ASK {FILTER(?x" + "||?x" * n + ")}",
    "alternatives": lambda n: "ASK { ?s <a:b>" + "|<a:b>" * n + " ?o}",
    "union": lambda n: "ASK {{}" + " UNION {}" * n + "}",
    "optional": lambda n: "ASK {" + "OPTIONAL {}" * n + "}",
    "minus": lambda n: "ASK {" + "MINUS {}" * n + "}",
    "bind": lambda n: "ASK {" + "".join(f"BIND(1 AS ?v{i})" for i in range(n)) + "}",
    "columns": lambda n: "SELECT " + "".join(f"(trueAS?v{i})" for i in range(n)) + "{}",
    "values": lambda n: "ASK {" + "".join(f"VALUES ?v{i} {{1}}" for i in range(n)) + "}",
    "having": lambda n: "SELECT (COUNT(*) AS ?n) {} HAVING" + " (1)" * n,
    "describe": lambda n: "DESCRIBE" + " <a:b>" * n,
    "mixed": lambda n: "ASK {" + ("OPTIONAL {}" * (n // 100) + "{") * 100 + "}" * 100 + "}",
}


def _passes(text: str) -> bool:
    try:
        check(text)
    except QueryError:
        return False
    return True


@pytest.mark.parametrize("name", CHAINS)
def test_chains_end(name: str) -> None:
    """Whatever makes an engine recurse is refused well before the thousands at which one falls."""
    make = CHAINS[name]
    assert _passes(make(100))
    assert not _passes(make(max(DEPTH, LINKS) + 100))


def test_what_passes_leaves_the_engine_standing() -> None:
    """The longest text of each kind that passes is run by Oxigraph, in a process of its own."""
    texts = [make(max(n for n in range(100, 700, 20) if _passes(make(n)))) for make in CHAINS.values()]
    code = (
        "import sys, pyoxigraph\n"
        "for text in sys.stdin.read().split('\\0'):\n"
        "    answer = pyoxigraph.Store().query(text)\n"
        "    if not isinstance(answer, pyoxigraph.QueryBoolean): list(answer)\n"
    )
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, input="\0".join(texts), capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


PORT_1 = "<http://127.0.0.1:1/>"
"""An address that Oxigraph refuses to ask before it opens any connection."""
STORE = ox.Store()
STORE.load(b"<a:s> <a:b> true , '' , 1 , <a:s> .", format=ox.RdfFormat.TURTLE)
SEEDS = [
    "ASK { ?s a:b true SERVICE :x { } }",
    "SELECT * { ?s ?p ?o . FILTER ( 1 < 2 ) SERVICE :x { ?a ?b ?c } FILTER ( ?o > 3 || ?o < 4 ) }",
    "SELECT ( 1 < 2 AS ?z ) { ?s a:b ? true SERVICE :x { } }",
    'SELECT * { ?s ?p """ a """ . SERVICE :x { } # """ \n }',
    'ASK { ?s ?p ?o FILTER ( ?o < 5 # > """ \n ) SERVICE :x { } # """ \n }',
    "SELECT * { VALUES ( ?a ?b ) { ( 1 <http://x#y> ) ( 'a' \"b\" ) } SERVICE a:x { } SERVICE :y { } }",
]
MARKS = [
    "true",
    "1",
    '""',
    "?x",
    "a:b",
    "<a:b>",
    ".",
    " ",
    "\n",
    "#",
    '"""',
    "'",
    "{",
    "}",
    "(",
    ")",
    "<",
    ">",
]


@settings(max_examples=400)
@given(
    st.sampled_from(SEEDS),
    st.lists(st.tuples(st.integers(0, 30), st.sampled_from(MARKS)), max_size=4),
    st.lists(st.booleans(), min_size=40, max_size=40),
)
def test_engine_reaches_no_host_unseen(seed: str, put: list[tuple[int, str]], spaces: list[bool]) -> None:
    """Where Oxigraph goes to ask another host, the reader has seen SERVICE, or refuses the text."""
    tokens = seed.split(" ")
    for place, token in put:
        tokens.insert(place % len(tokens), token)
    text = "".join(word + " " * space for word, space in zip(tokens, spaces, strict=False))
    text = f"PREFIX a: <a:> PREFIX : {PORT_1} PREFIX SERVICE: <a:> {text}"
    try:
        answer = STORE.query(text)
        if not isinstance(answer, ox.QueryBoolean):
            list(answer)
    except OSError:
        with pytest.raises(QueryError):
            check(text)
    except (SyntaxError, RuntimeError):
        pass
