"""The remote store against an endpoint that does everything wrong, and against a real engine."""

from __future__ import annotations

import base64
import gc
import socket
import subprocess
import sys
import threading
import time
import tracemalloc
from email.utils import formatdate
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from endpoint import JSON, Reply, Stub, rows
from servers import oxigraph

from kg import __version__
from kg.errors import KgError, QueryError, RemoteError, TimeoutExceeded
from kg.exchange import THREAD, shown
from kg.remote import Endpoint

if TYPE_CHECKING:
    from collections.abc import Iterator

SELECT = "SELECT ?x WHERE { ?s ?p ?x }"
CONSTRUCT = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"
NT = {"Content-Type": "application/n-triples"}
TEXT = {"Content-Type": "text/plain"}
USER = {"KG_ENDPOINT_USER": "anna", "KG_ENDPOINT_PASSWORD": "pass:wörd"}
TURTLE = """
@prefix : <http://a.example/> .
:kth a :University ; :label "Kungliga Tekniska högskolan"@sv , "KTH" ; :founded 1827 ; :open true .
:su a :University ; :label "Stockholms universitet"@sv ; :beside :kth .
"""


@pytest.fixture(autouse=True, scope="module")
def _no_answers_left() -> None:
    """Drop what other tests left: Oxigraph's answers may be dropped by the thread alone that made them."""
    gc.collect()


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep a proxy that the machine may have set away from loopback."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1,localhost")
    monkeypatch.setenv("no_proxy", "127.0.0.1,localhost")


def ask(stub: Stub, text: str = SELECT, **options: object) -> list[str]:
    """Ask the stub, and give the values of `x`."""
    options = {"timeout": 3.0} | options
    answer = Endpoint(stub.url, **options).query(text)  # type: ignore[arg-type]
    assert isinstance(answer, ox.QuerySolutions)
    return [row["x"].value for row in answer]


def failure(*replies: Reply, text: str = SELECT, **options: object) -> KgError:
    """Give the error of a question to a stub; every one is a single line that names the address."""
    with Stub(*replies) as stub, pytest.raises(KgError) as caught:
        ask(stub, text, **options)
    message = str(caught.value)
    assert "\n" not in message
    assert stub.origin in message
    return caught.value


# What is sent.


def test_query_is_posted_as_a_form() -> None:
    """A query goes out by URL-encoded POST, under our name, asking for the format that it takes."""
    with Stub() as stub:
        assert ask(stub) == ["a", "b"]
    (asked,) = stub.asked
    assert (asked.method, asked.path, asked.form) == ("POST", "/sparql", {"query": [SELECT]})
    assert asked.headers["Content-Type"] == "application/x-www-form-urlencoded"
    assert asked.headers["User-Agent"] == f"innovation-kg/{__version__}"
    assert asked.headers["Accept"].startswith(JSON)
    assert asked.headers["Authorization"] is None


def test_kind_is_read_from_tokens() -> None:
    """A comment or prefix that speaks of CONSTRUCT or INSERT does not turn a SELECT into one."""
    texts = [
        f"PREFIX construct: <http://a.example/> # {word} {{\n{SELECT}" for word in ("CONSTRUCT", "INSERT")
    ]
    with Stub() as stub:
        for text in texts:
            ask(stub, text)
    assert [asked.form for asked in stub.asked] == [{"query": [text]} for text in texts]
    assert all(asked.headers["Accept"].startswith(JSON) for asked in stub.asked)


def test_default_graph_is_named() -> None:
    """The graph to ask goes along as default-graph-uri (SPARQL 1.1 Protocol, section 2.1.4)."""
    with Stub() as stub:
        ask(stub, default_graph="http://a.example/g?a=b&c")
    assert stub.asked[0].form["default-graph-uri"] == ["http://a.example/g?a=b&c"]


def test_query_string_of_the_address_is_kept() -> None:
    """A key in the address reaches the endpoint, and no message."""
    with Stub(Reply(500, b"no", TEXT)) as stub, pytest.raises(RemoteError) as caught:
        Endpoint(f"{stub.url}?key=s3cret").query(SELECT)
    assert stub.asked[0].path == "/sparql?key=s3cret"
    assert str(caught.value) == f"{stub.url}?... answered with status 500: no"


def test_basic_credentials() -> None:
    """User name and password go out as basic credentials (RFC 7617)."""
    with Stub() as stub:
        ask(stub, environ=USER)
    scheme, _, value = stub.asked[0].headers["Authorization"].partition(" ")
    assert (scheme, base64.b64decode(value).decode()) == ("Basic", "anna:pass:wörd")


def test_bearer_token() -> None:
    """A token goes out as a bearer's (RFC 6750)."""
    with Stub() as stub:
        ask(stub, environ={"KG_ENDPOINT_TOKEN": "abc.def"})
    assert stub.asked[0].headers["Authorization"] == "Bearer abc.def"


@pytest.mark.parametrize(
    "environ",
    [
        {"KG_ENDPOINT_USER": "anna"},
        {"KG_ENDPOINT_PASSWORD": "s3cret"},
        {"KG_ENDPOINT_USER": "a:b", "KG_ENDPOINT_PASSWORD": "s3cret"},
        {"KG_ENDPOINT_TOKEN": "s3cret\nHost: b.example"},
        USER | {"KG_ENDPOINT_TOKEN": "s3cret"},
    ],
)
def test_credentials_that_cannot_be_sent(environ: dict[str, str]) -> None:
    """Half a pair, two kinds at once, or a line break is refused, unsent and unsaid."""
    with Stub() as stub, pytest.raises(RemoteError, match="KG_ENDPOINT") as caught:
        ask(stub, environ=environ)
    assert not stub.asked
    assert "s3cret" not in str(caught.value)


def test_environment_of_the_process_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """Credentials come from what the caller hands over, never from the process behind its back."""
    monkeypatch.setenv("KG_ENDPOINT_TOKEN", "abc")
    with Stub() as stub:
        ask(stub)
    assert stub.asked[0].headers["Authorization"] is None


def test_credentials_are_not_in_the_repr() -> None:
    """What a log or a traceback prints of an endpoint holds no password."""
    assert "wörd" not in repr(Endpoint("http://a.example/", environ=USER))


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "a.example/sparql",
        "http:///sparql",
        "http://anna:s3cret@127.0.0.1:1/",
        "http://127.0.0.1:1/a b",
        "http://127.0.0.1:1/\r\nX: y",
        "http://127.0.0.1:99999/",
        "http://[::1/",
        "http://127.0.0.1:1/ö",
        "",
    ],
)
def test_address_that_is_none(url: str) -> None:
    """An address of another scheme, with a user name, or malformed is refused before any request."""
    with pytest.raises(RemoteError, match="address") as caught:
        Endpoint(url).query(SELECT)
    assert "s3cret" not in str(caught.value)


def test_shown_address() -> None:
    """Messages name scheme, host, port and path."""
    assert shown("https://a.example:8443/x") == "https://a.example:8443/x"


@pytest.mark.parametrize("text", ["INSERT DATA { <a:b> <a:b> 1 }", "ASK " + "{" * 3000, "LOAD <a:b>", ""])
def test_what_the_guard_refuses_is_not_sent(text: str) -> None:
    """No update, and no text that would bring the server down, leaves the process."""
    with Stub() as stub, pytest.raises(QueryError):
        ask(stub, text)
    assert not stub.asked


# What is taken.


def test_boolean() -> None:
    """An ASK gives a boolean, as the embedded store does."""
    with Stub(Reply(body=b'{"head":{},"boolean":true}')) as stub:
        answer = Endpoint(stub.url).query("ASK { ?s ?p ?o }")
    assert isinstance(answer, ox.QueryBoolean)
    assert bool(answer) is True


@pytest.mark.parametrize("media", ["application/n-triples", "text/turtle; charset=utf-8"])
def test_triples(media: str) -> None:
    """A CONSTRUCT gives triples, as the embedded store does, from both syntaxes that are asked for."""
    body = '<http://a.example/s> <http://a.example/p> "ö" .\n'.encode()
    with Stub(Reply(body=body, headers={"Content-Type": media})) as stub:
        answer = Endpoint(stub.url).query(CONSTRUCT)
    assert isinstance(answer, ox.QueryTriples)
    assert [str(triple) for triple in answer] == ['<http://a.example/s> <http://a.example/p> "ö"']
    assert stub.asked[0].headers["Accept"].startswith("application/n-triples")


def test_virtuoso_dialect() -> None:
    """Results in Virtuoso's JSON are read: typed-literal, and blank nodes that are no labels."""
    body = (
        b'{"head":{"link":[],"vars":["x","y"]},"results":{"distinct":false,"ordered":true,"bindings":['
        b'{"x":{"type":"typed-literal","datatype":"http://www.w3.org/2001/XMLSchema#integer","value":"1"},'
        b'"y":{"type":"bnode","value":"nodeID://b1"}}]}}'
    )
    with Stub(Reply(body=body)) as stub:
        answer = Endpoint(stub.url).query("SELECT ?x ?y { ?x ?p ?y }")
    assert isinstance(answer, ox.QuerySolutions)
    (row,) = answer
    assert (row["x"].value, row["y"]) == ("1", ox.BlankNode("b1"))


def test_answer_without_a_length() -> None:
    """An answer that ends with its connection, as HTTP/1.0 allows, is taken where it is whole."""
    with Stub(Reply(length=-1)) as stub:
        assert ask(stub) == ["a", "b"]


# What is refused.


@pytest.mark.parametrize(
    ("reply", "kind", "words"),
    [
        (Reply(206), RemoteError, "incomplete answer"),
        (Reply(204, b""), RemoteError, "status 204"),
        (Reply(202), RemoteError, "status 202"),
        (Reply(headers={"X-SPARQL-MaxRows": "2"}), RemoteError, "may have cut its answer at 2 rows"),
        (Reply(headers={"X-SQL-State": "S1TAT"}), RemoteError, "incomplete answer"),
        (Reply(400, b"\n\x1b[31mParse error\x07 at 1:1\nmore", TEXT), QueryError, "Parse error at 1:1"),
        (Reply(401, b"", TEXT), RemoteError, "set KG_ENDPOINT_USER"),
        (Reply(403, b"not you", TEXT), RemoteError, "not you"),
        (Reply(404, b"", TEXT), RemoteError, "nothing at that address"),
        (Reply(500, b"<p>oops", {"Content-Type": "text/html"}), RemoteError, "answered with status 500"),
        (Reply(headers={"Content-Type": "text/html; charset=utf-8"}), RemoteError, "is the address right?"),
        (Reply(headers={"Content-Type": "text/csv"}), RemoteError, "answered with 'text/csv'"),
        (Reply(headers={"Content-Type": ""}), RemoteError, "answered with ''"),
        (Reply(headers=NT), RemoteError, "application/n-triples"),
        (Reply(body=rows("a")[:-5]), RemoteError, "broke off"),
        (Reply(body=rows("a")[:-5], length=-1), RemoteError, "broke off"),
        (Reply(body=rows("a")[:-3] + b"The SPARQL operation has been cancelled"), RemoteError, "broke off"),
        (Reply(length=5000), RemoteError, f"{len(rows('a', 'b'))} of 5,000 bytes came"),
        (Reply(body=b"[" * 100_000), RemoteError, "broke off or garbled"),
        (Reply(body=b'{"head":{},"boolean":true}'), RemoteError, "another kind"),
        (Reply(body=rows("a").replace(b'"x"', b'"y"')), RemoteError, "another question than was asked"),
        (Reply(body=b'{"head":{"vars":[]},"results":{"bindings":[{}]}}'), RemoteError, "columns are none"),
        (Reply(headers={"Content-Encoding": "gzip"}), RemoteError, "packed its answer ('gzip')"),
        (Reply(body=b""), RemoteError, "broke off"),
    ],
)
def test_answer_that_is_not_whole_or_right(reply: Reply, kind: type[KgError], words: str) -> None:
    """Whatever is not a whole answer of the right kind is an error of its own, never rows."""
    error = failure(reply)
    assert type(error) is kind
    assert words in str(error)
    assert "\x1b" not in str(error)


def test_more_rows_may_follow_below_the_cap() -> None:
    """The server's cap alone is no reason to refuse: fewer rows than that are all of them."""
    with Stub(Reply(headers={"X-SPARQL-MaxRows": "3"})) as stub:
        assert ask(stub) == ["a", "b"]


def test_garbled_boolean() -> None:
    """What follows a boolean is looked at too."""
    body = b'{"head":{},"boolean":true} The SPARQL operation has been cancelled'
    assert "broke off" in str(failure(Reply(body=body), text="ASK {}"))


@pytest.mark.parametrize("body", [b"<a:s> <a:p> <a:o> .\n<a:s> <a:p", b"<html>"])
def test_garbled_triples(body: bytes) -> None:
    """A graph that ends within a triple, or is none, is refused."""
    assert "broke off" in str(failure(Reply(body=body, headers=NT), text=CONSTRUCT))


def test_wrong_credentials() -> None:
    """Refused credentials are told from missing ones, and not repeated."""
    error = failure(Reply(401, b"", TEXT), environ=USER)
    assert "does not accept the credentials" in str(error)
    assert "anna" not in str(error)


@pytest.mark.parametrize(
    ("environ", "secrets"),
    [
        ({"KG_ENDPOINT_TOKEN": "t0ken-t0ken"}, ["t0ken-t0ken"]),
        (
            {"KG_ENDPOINT_USER": "anna", "KG_ENDPOINT_PASSWORD": "wörd"},
            ["wörd", base64.b64encode("anna:wörd".encode()).decode()],
        ),
    ],
)
@pytest.mark.parametrize("status", [400, 401, 403, 500, 503])
def test_what_a_server_says_back_is_masked(status: int, environ: dict[str, str], secrets: list[str]) -> None:
    """A server that repeats credentials, or a key in the address, does not bring them into a message."""
    said = " ".join(["no:", *secrets, "/sparql?key=k%2Fey-1&b=2", "k/ey-1", "end"])
    with Stub(Reply(status, said.encode(), TEXT)) as stub, pytest.raises(KgError) as caught:
        Endpoint(f"{stub.url}?key=k%2Fey-1&b=2", timeout=30, retries=0, environ=environ).query(SELECT)
    message = str(caught.value)
    assert message.endswith("no: " + "*** " * len(secrets) + "/sparql?*** *** end")
    assert not any(secret in message for secret in (*secrets, "ey-1"))


def test_too_long_an_answer() -> None:
    """An answer is read up to the limit only, whether its length is told before or not."""
    body = rows(*("x" * 90 for _ in range(3000)))
    for reply in (Reply(body=body), Reply(body=body, length=-1)):
        assert "more than 10,000 bytes" in str(failure(reply, max_bytes=10_000))


def test_too_long_an_answer_is_not_kept() -> None:
    """What lies beyond the limit never comes into memory."""
    body = b" " * 20_000_000
    tracemalloc.start()
    try:
        failure(Reply(body=body, length=-1), max_bytes=10_000)
        assert tracemalloc.get_traced_memory()[1] < 5_000_000
    finally:
        tracemalloc.stop()


# Time and tries.


@pytest.mark.parametrize(
    "reply",
    [
        Reply(silent=True),
        Reply(pause=0.05),
        Reply(pause=0.05, length=-1),
        Reply(pause=0.02, slow_head=True),
        Reply(500, pause=0.05, headers=TEXT),
    ],
    ids=["hang", "drip", "drip-without-length", "drip-headers", "drip-error"],
)
def test_deadline(reply: Reply) -> None:
    """A server that hangs or drips, in the head or in the body, holds us no longer than allowed."""
    began = time.monotonic()
    error = failure(reply, timeout=0.3)
    assert isinstance(error, TimeoutExceeded)
    assert "within 0.3 s" in str(error)
    assert time.monotonic() - began < 5


@pytest.mark.parametrize("slow_head", [True, False])
def test_nothing_is_left_behind(slow_head: bool) -> None:  # noqa: FBT001 - a parameter of the test
    """The thread of a question that took too long ends by itself, while the server still drips."""
    with Stub(Reply(pause=0.05, slow_head=slow_head)) as stub:
        with pytest.raises(TimeoutExceeded):
            ask(stub, timeout=0.2)
        for thread in threading.enumerate():
            if thread.name == THREAD:
                thread.join(5)
                assert not thread.is_alive()


def test_deadline_covers_looking_up_the_host(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name server that does not answer holds us no longer either."""
    over = threading.Event()

    def slow(*_: object) -> None:
        over.wait(5)
        raise socket.gaierror

    monkeypatch.setattr(socket, "getaddrinfo", slow)
    with pytest.raises(TimeoutExceeded):
        Endpoint("http://a.example/", timeout=0.2).query(SELECT)
    over.set()


def test_unknown_host(monkeypatch: pytest.MonkeyPatch) -> None:
    """A host name that nobody knows is said to be that."""

    def unknown(*_: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    with pytest.raises(RemoteError, match=r"^http://a\.example/: no host of that name is known$"):
        Endpoint("http://a.example/").query(SELECT)


@pytest.mark.parametrize("host", ["a..example", "x" * 300])
def test_host_that_is_no_name(host: str) -> None:
    """A host name that cannot even be looked up is said to be unknown too."""
    with pytest.raises(RemoteError, match="no host of that name"):
        Endpoint(f"http://{host}/", timeout=30).query(SELECT)


def test_connection_refused() -> None:
    """An address at which nothing listens is said to be that."""
    with Stub() as stub:
        pass
    with pytest.raises(RemoteError, match="connection refused"):
        ask(stub)


def test_connection_closed() -> None:
    """A server that hangs up, or speaks something else than HTTP, is told apart from one that is down."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]

        def serve() -> None:
            for greeting in (b"", b"SSH-2.0-OpenSSH\r\n"):
                client, _ = server.accept()
                with client:
                    client.recv(65536)
                    client.sendall(greeting)

        thread = threading.Thread(target=serve)
        thread.start()
        for words in ("closed the connection", "does not answer in HTTP"):
            with pytest.raises(RemoteError, match=words):
                Endpoint(f"http://127.0.0.1:{port}/", timeout=30).query(SELECT)
        thread.join(5)


def test_server_without_a_certificate() -> None:
    """A plain server behind an https address is an error of the secure connection."""
    with Stub() as stub, pytest.raises(RemoteError, match="no secure connection"):
        Endpoint(stub.url.replace("http:", "https:"), timeout=30).query(SELECT)


@pytest.mark.parametrize("status", [429, 502, 503, 504])
def test_busy_server_is_asked_again(status: int) -> None:
    """A read is repeated where the server is busy, with its body and credentials."""
    with Stub(Reply(status, headers={"Retry-After": "0"}), Reply()) as stub:
        assert ask(stub, environ=USER) == ["a", "b"]
    first, second = stub.asked
    assert first.form == second.form
    assert second.headers["Authorization"]


def test_waits_grow() -> None:
    """Where the server names no time, each wait is twice the one before."""
    began = time.monotonic()
    with Stub(Reply(503), Reply(503), Reply()) as stub:
        assert ask(stub) == ["a", "b"]
    assert time.monotonic() - began >= 0.6
    assert len(stub.asked) == 3


def test_retry_after_a_date() -> None:
    """A Retry-After that is a date is understood; one that has passed is no wait."""
    passed = {"Retry-After": formatdate(time.time() - 60, usegmt=True)}
    began = time.monotonic()
    with Stub(*[Reply(429, headers=passed)] * 4, Reply()) as stub:
        assert ask(stub, retries=4) == ["a", "b"]
    assert time.monotonic() - began < 2  # the waits of our own would be 3 s


def test_too_long_a_wait() -> None:
    """A wait beyond the deadline is not begun."""
    began = time.monotonic()
    error = failure(Reply(429, headers={"Retry-After": "3600"}))
    assert isinstance(error, RemoteError)
    assert "is busy (status 429)" in str(error)
    assert time.monotonic() - began < 60


def test_tries_end() -> None:
    """A server that stays busy is asked as often as set, and no more."""
    with Stub(Reply(503, b"later", TEXT | {"Retry-After": "0"})) as stub:
        with pytest.raises(RemoteError, match=r"busy, after all tries \(status 503\): later"):
            ask(stub, retries=1)
        assert len(stub.asked) == 2


def test_other_failures_are_not_repeated() -> None:
    """A bad query or a bug of the server is not sent again."""
    with Stub(Reply(500, b"no", TEXT)) as stub, pytest.raises(RemoteError):
        ask(stub)
    assert len(stub.asked) == 1


# Redirects.


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_redirect_elsewhere(status: int) -> None:
    """No redirect to another origin is followed: neither credentials nor query arrive there."""
    with Stub() as other, Stub(Reply(status, headers={"Location": f"{other.url}?key=s3cret"})) as stub:
        with pytest.raises(RemoteError) as caught:
            ask(stub, environ=USER)
        assert not other.asked
    assert stub.origin in str(caught.value)
    assert other.origin in str(caught.value)
    assert "s3cret" not in str(caught.value)


@pytest.mark.parametrize(
    "place", ["https://127.0.0.1:{port}/sparql", "http://localhost:{port}/sparql", "//a.example/", "http://["]
)
def test_redirect_to_another_scheme_or_host(place: str) -> None:
    """The same port under another scheme or name is another origin (RFC 6454)."""
    with Stub(Reply(302)) as stub:
        port = stub.origin.rpartition(":")[2]
        stub._server.replies = [Reply(302, headers={"Location": place.format(port=port)})]
        with pytest.raises(RemoteError, match="another origin"):
            ask(stub)
        assert len(stub.asked) == 1


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_redirect_within_the_origin(status: int) -> None:
    """A redirect to another path of the same server is followed, with the query in the body."""
    with Stub(Reply(status, headers={"Location": "/sparql/"}), Reply()) as stub:
        assert ask(stub, environ=USER) == ["a", "b"]
    assert [asked.path for asked in stub.asked] == ["/sparql", "/sparql/"]
    assert stub.asked[1].form == {"query": [SELECT]}


def test_redirect_in_a_circle() -> None:
    """A server that redirects to itself is left."""
    assert "circle" in str(failure(Reply(307, headers={"Location": "/sparql"})))


# Together.


def test_threads_do_not_share() -> None:
    """Questions from many threads each have their own credentials and answer."""
    results: dict[int, bool] = {}

    def one(number: int) -> None:
        with Stub(Reply(body=rows(str(number)))) as stub:
            right = ask(stub, environ={"KG_ENDPOINT_TOKEN": f"t{number}"}) == [str(number)]
            results[number] = right and stub.asked[0].headers["Authorization"] == f"Bearer t{number}"

    threads = [threading.Thread(target=one, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert results == dict.fromkeys(range(8), True)


def test_import_is_light() -> None:
    """To import the module loads neither SPARQLWrapper nor rdflib nor an HTTP client."""
    heavy = "{'SPARQLWrapper', 'rdflib', 'urllib.request', 'http.client', 'ssl', 'pyoxigraph'}"
    code = f"import sys, kg.remote; print(sorted({heavy} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Start Oxigraph's server on a small graph; give the address of its endpoint."""
    folder = tmp_path_factory.mktemp("oxigraph")
    (folder / "data.ttl").write_text(TURTLE, encoding="utf-8")
    with oxigraph(folder, {folder / "data.ttl": ""}) as url:
        yield url


def _plain(answer: object) -> object:
    """Give an answer in a form that can be compared, whatever the order of its rows."""
    if isinstance(answer, ox.QuerySolutions):
        names = [variable.value for variable in answer.variables]
        return names, sorted([str(row[name]) for name in names] for row in answer)
    if isinstance(answer, ox.QueryTriples):
        return sorted(map(str, answer))
    assert isinstance(answer, ox.QueryBoolean)
    return bool(answer)


@pytest.mark.parametrize(
    "text",
    [
        "PREFIX : <http://a.example/> SELECT ?s ?label WHERE { ?s a :University ; :label ?label }",
        "SELECT ?s ?p ?o WHERE { ?s ?p ?o } ORDER BY ?s ?p ?o",
        "SELECT ?s ?none WHERE { ?s a ?t OPTIONAL { ?s <http://a.example/none> ?none } }",
        "SELECT (COUNT(*) AS ?n) (MAX(?o) AS ?last) WHERE { ?s <http://a.example/founded> ?o }",
        "ASK { ?s <http://a.example/beside> ?o }",
        "ASK { ?s <http://a.example/none> ?o }",
        CONSTRUCT,
        "DESCRIBE <http://a.example/kth>",
    ],
)
def test_same_answer_as_the_embedded_store(engine: str, text: str) -> None:
    """Oxigraph's server, asked through us, answers as the embedded store: rows, booleans, triples."""
    store = ox.Store()
    store.load(TURTLE.encode(), format=ox.RdfFormat.TURTLE)
    assert _plain(Endpoint(engine, timeout=10).query(text)) == _plain(store.query(text))


def test_engine_names_the_fault(engine: str) -> None:
    """A query that the engine cannot parse is the query's error, with the engine's own words."""
    with pytest.raises(QueryError, match=r"takes this for a bad query: .*error at 1:"):
        Endpoint(engine, timeout=10).query("SELECT ?s WHERE { ?s ?p }")
