"""One interface, three engines: every question gives the same rows embedded and on real servers.

The servers are Oxigraph's and Debian's Virtuoso, each with the ecosystems' default graphs as named
graphs `<base>graph/dataset`, and a Virtuoso for each ecosystem alone: with one graph it plans a query
quite otherwise than with several. Values are compared, not how engines write them: numbers as numbers
(Virtuoso writes 44.0 as 44), texts and IRIs as they are, with language tags in small letters; of a
datatype only whether it is a number counts, since a column of strings may hold plain or typed ones.
"""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from conftest import HARBOUR, loaded
from servers import oxigraph
from test_questions import CASES, FOLDERS, LIBRARY, NAMES, bound, store
from virtuoso import ADMIN, ROWS, Virtuoso, virtuoso

from kg import engines, names, queries
from kg.errors import KgError, NotFound, QueryError, RemoteError
from kg.iris import ID_BASE, expand
from kg.remote import Endpoint

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.embedded import Embedded
    from kg.store import Store

ENGINES = ("oxigraph", "virtuoso")
PLACES = (*ENGINES, "alone")
"""Where a question is asked: on the two servers, and on a Virtuoso that holds that ecosystem alone."""
BIG = "http://a.example/big"
SIZE = 12_500
"""Things in the big graph, each with two triples, and each named by a hub."""
MOMENTS = ("2014", "2016", "2018-05", "2022-07-01")
NUMBERS = frozenset(
    expand(f"xsd:{name}") for name in ("integer", "decimal", "double", "float", "int", "gYear")
)
PREFIX = "PREFIX : <http://a.example/> "

ECOSYSTEMS = dict.fromkeys((*FOLDERS, "harbour"))
"""Those of the questions' tests, and the small invented one."""


@cache
def ecosystem(data: str) -> Embedded:
    """Give an ecosystem's store."""
    return store(data) if data in FOLDERS else loaded(HARBOUR)


@dataclass(frozen=True)
class Servers:
    """The servers.

    Attributes:
        urls: the address of each engine's endpoint.
        virtuoso: the second of them.
        alone: by ecosystem, a Virtuoso that holds nothing else.
    """

    urls: dict[str, str]
    virtuoso: Virtuoso
    alone: dict[str, Virtuoso]

    def ask(self, engine: str, base: str) -> Endpoint:
        """Give the endpoint at which the ecosystem with an id base is asked."""
        graph = f"{base}graph/dataset"
        return Endpoint(self.urls[engine], default_graph=graph, engine=engines.find(engine), timeout=60)

    def rows(self, place: str, data: str, text: str) -> tuple[list[str], list[list[object]]]:
        """Ask a question in one of `PLACES`, and give its table.

        A Virtuoso that falls or does not answer is started anew: the test that it failed is the one
        that fails, and not those after it, too.
        """
        graph = f"{ecosystem(data).base}graph/dataset"
        if place == "oxigraph":
            return table(self.ask(place, ecosystem(data).base), text)
        server = self.alone[data] if place == "alone" else self.virtuoso
        try:
            # Nothing takes as long as that but a thread that waits for ever.
            profile = engines.find("virtuoso")
            return table(Endpoint(server.url, default_graph=graph, engine=profile, timeout=60), text)
        except KgError:
            server.start()
            raise


def big() -> bytes:
    """Write a graph with more triples than Virtuoso gives."""
    lines = []
    for number in range(SIZE):
        thing = f"<http://a.example/s{number}>"
        kind = 9 if number >= SIZE - 100 else number % 5
        lines += [
            f'{thing} <http://a.example/p> "{number}" .',
            f"{thing} <http://a.example/t> <http://a.example/c{kind}> .",
            f"<http://a.example/hub> <http://a.example/q> {thing} .",
        ]
    return "\n".join(lines).encode()


@pytest.fixture(scope="module")
def servers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Servers]:
    """Start both servers, with all ecosystems and the big graph, and a Virtuoso for each ecosystem alone."""
    folder = tmp_path_factory.mktemp("engines")
    files = {}
    for place, data in enumerate(ECOSYSTEMS):
        asked = ecosystem(data)
        triples = asked.store.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=ox.DefaultGraph())
        # In one order: which plan Virtuoso makes depends on what it met first.
        (folder / f"{place}.nt").write_bytes(b"\n".join(sorted((triples or b"").splitlines())))
        files[folder / f"{place}.nt"] = f"{asked.base}graph/dataset"
    (folder / "big.nt").write_bytes(big())
    files[folder / "big.nt"] = BIG
    database = folder / "virtuoso"
    database.mkdir()
    with oxigraph(folder, files) as url, ExitStack() as stack:
        made = stack.enter_context(virtuoso(database))
        for file, graph in files.items():
            made.load(file.read_bytes(), graph)
        alone = {}
        for data, (file, graph) in zip(ECOSYSTEMS, files.items(), strict=False):
            if data in FOLDERS:
                (folder / data).mkdir()
                alone[data] = stack.enter_context(virtuoso(folder / data))
                alone[data].load(file.read_bytes(), graph)
        yield Servers({"oxigraph": url, "virtuoso": made.url}, made, alone)


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep a proxy that the machine may have set away from loopback."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1,localhost")
    monkeypatch.setenv("no_proxy", "127.0.0.1,localhost")


def value(term: object) -> object:
    """Give what a term says, however an engine writes it."""
    if isinstance(term, ox.Literal):
        if term.datatype.value in NUMBERS:
            return Decimal(term.value)
        return (term.value, (term.language or "").lower())
    return term and str(term)


def table(asked: Store, text: str) -> tuple[list[str], list[list[object]]]:
    """Give an answer's columns, and the values of its rows in their order."""
    found = asked.query(text)
    assert isinstance(found, ox.QuerySolutions)
    columns = [variable.value for variable in found.variables]
    return columns, [[value(row[column]) for column in columns] for row in found]


# The questions.


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(("data", "name"), CASES)
def test_each_question_has_the_same_rows(servers: Servers, place: str, data: str, name: str) -> None:
    """Each question, with an ecosystem's parameters, has the same rows in the same order."""
    text = bound(data, name)
    assert servers.rows(place, data, text) == table(ecosystem(data), text)


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("data", FOLDERS)
@pytest.mark.parametrize("name", [name for name in NAMES if "as-of" in str(LIBRARY[name].params)])
def test_rows_are_the_same_as_of_a_date(servers: Servers, place: str, data: str, name: str) -> None:
    """As of a year, month or day, too: which facts held, and how surely; once in the other language."""
    spoken = {"language": "sv"} if "prefLabel" in LIBRARY[name].text else {}
    for asked, moment in enumerate(MOMENTS if place in ENGINES else MOMENTS[:2]):
        text = bound(data, name, **{"as-of": moment}, **({} if asked else spoken))
        assert servers.rows(place, data, text) == table(ecosystem(data), text), moment


@pytest.mark.parametrize("place", ENGINES)
@pytest.mark.parametrize("data", FOLDERS)
@pytest.mark.parametrize(
    "name",
    [
        name
        for name in NAMES
        if "prefLabel" in LIBRARY[name].text and "as-of" not in str(LIBRARY[name].params)
    ],
)
def test_rows_are_the_same_in_swedish(servers: Servers, place: str, data: str, name: str) -> None:
    """In the other language, too; those with a date are asked in it above."""
    text = bound(data, name, language="sv")
    assert servers.rows(place, data, text) == table(ecosystem(data), text)


def test_a_server_that_falls_is_started_anew(servers: Servers) -> None:
    """What befalls one question does not befall the next: the data are still there."""
    assert servers.virtuoso.process is not None
    servers.virtuoso.process.kill()
    servers.virtuoso.process.wait(10)
    text = bound("stockholm", "data-set")
    with pytest.raises(KgError):
        servers.rows("virtuoso", "stockholm", text)
    assert servers.rows("virtuoso", "stockholm", text) == table(ecosystem("stockholm"), text)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    ("data", "name", "given"),
    [
        ("stockholm", "organisation-partners", {"organisation": "KTH", "as-of": "2016"}),
        ("stockholm", "organisation-partners", {"organisation": "organisation:kth"}),
        ("stockholm", "organisation-partners", {"organisation": "kungliga tekniska hogskolan"}),
        ("stockholm", "initiative-members", {"initiative": "OpenLap", "language": "sv"}),
        ("harbour", "organisation-partners", {"organisation": "BÅTBOLAGET ab", "as-of": "2017"}),
        ("harbour", "initiative-members", {"initiative": "Sea Lab", "as-of": "2017"}),
    ],
)
def test_names_are_found(servers: Servers, engine: str, data: str, name: str, given: dict[str, str]) -> None:
    """A name as parameter means the same thing, looked up on the server under the id base that is there."""

    def text(asked: Store, base: str) -> str:
        return queries.bind(
            LIBRARY[name], given, base, lambda word, kind: names.find(asked, base, word, kind)
        )

    remote = servers.ask(engine, ecosystem(data).base)
    ours = text(ecosystem(data), ecosystem(data).base)
    assert text(remote, remote.base()) == ours
    assert table(remote, ours) == table(ecosystem(data), ours)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("word", ["Harbor Town", "'); } #", "Sea\nLab", "town\\", "\U0001f600", "}"])
def test_unknown_names_have_the_same_near_ones(servers: Servers, engine: str, word: str) -> None:
    """What nothing is called is refused in the same words, whatever the name holds."""
    base = ecosystem("harbour").base
    said = []
    for asked in (servers.ask(engine, base), ecosystem("harbour")):
        with pytest.raises(NotFound) as caught:
            names.find(asked, base, word, "organisation")
        said.append(str(caught.value))
    assert said[0] == said[1]


@pytest.mark.parametrize("engine", ENGINES)
def test_base_is_that_of_the_data_set_there(servers: Servers, engine: str) -> None:
    """The id base is the asked graph's own; where none describes a data set, the tool's."""
    assert {data: servers.ask(engine, ecosystem(data).base).base() for data in ECOSYSTEMS} == {
        data: ecosystem(data).base for data in ECOSYSTEMS
    }
    assert Endpoint(servers.urls[engine], default_graph=BIG).base() == ID_BASE


def test_union_of_all_graphs_prefers_our_own_base(servers: Servers) -> None:
    """Virtuoso's own default is the union of its graphs: of several data sets ours counts."""
    assert Endpoint(servers.urls["virtuoso"]).base() == ID_BASE


# Incomplete answers: what the servers cut must not pass.


def size(servers: Servers, text: str, **options: str) -> int:
    """Ask Virtuoso about the big graph, and give the length of the answer."""
    profile = engines.find(options.get("engine", "generic"))
    url = servers.urls[options.get("server", "virtuoso")]
    answer = Endpoint(url, default_graph=BIG, engine=profile, timeout=30).query(PREFIX + text)
    return len(list(answer))  # type: ignore[arg-type]


@pytest.mark.parametrize("engine", ["generic", "virtuoso"])
@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("SELECT * WHERE { ?s ?p ?o }", f"gives at most 10,000 rows, of {3 * SIZE:,}"),
        ("SELECT * WHERE { ?s ?p ?o } LIMIT 20000", "gives at most 10,000 rows, of 20,000"),
        ("SELECT ?s WHERE { ?s :t ?o } ORDER BY ?o # } {", f"of {SIZE:,}"),
        ("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }", "may have cut its answer at 10,000 triples"),
        ("CONSTRUCT WHERE { ?s :t ?o }", "may have cut its answer at 10,000 triples"),
        ("CONSTRUCT { ?s :t ?o ; :p ?v . } WHERE { ?s :t ?o ; :p ?v }", "at 10,000 triples"),
        ("DESCRIBE ?s WHERE { ?s :t ?o }", f"gives at most 10,000 things, of {SIZE:,}"),
    ],
)
def test_cut_answers_of_virtuoso_are_errors(servers: Servers, engine: str, text: str, words: str) -> None:
    """More than 10,000 rows, triples or things come with status 200: each is an error that says so."""
    with pytest.raises(RemoteError, match=r"^incomplete answer: ") as caught:
        size(servers, text, engine=engine)
    assert words in str(caught.value)
    assert "in parts" in str(caught.value)


@pytest.mark.parametrize(
    ("text", "length"),
    [
        (f"SELECT * WHERE {{ ?s ?p ?o }} LIMIT {ROWS}", ROWS),
        ("SELECT * WHERE { ?s ?p ?o } LIMIT 9000", 9000),
        ("SELECT ?s WHERE { ?s :t :c9 }", 100),
        ("CONSTRUCT WHERE { ?s :t :c1 }", 2480),
        ("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o } LIMIT 9000", 9000),
        ("CONSTRUCT { ?s :t ?o ; :p ?v . } WHERE { ?s :t ?o ; :p ?v } LIMIT 5000", ROWS),
        ("CONSTRUCT { :x :y ?o } WHERE { ?s :t ?o }", 6),
        ("DESCRIBE :hub", SIZE),
        ("DESCRIBE ?s WHERE { ?s :t :c9 }", 300),
    ],
)
def test_whole_answers_of_virtuoso_are_taken(servers: Servers, text: str, length: int) -> None:
    """What is all that there is comes through, also where it is just as long as the bound."""
    assert size(servers, text) == length


def test_long_answers_of_oxigraph_are_taken(servers: Servers) -> None:
    """Oxigraph's server cuts nothing, and of a round number it is asked once more only."""
    assert size(servers, "SELECT * WHERE { ?s ?p ?o }", server="oxigraph") == 3 * SIZE
    assert size(servers, "SELECT * WHERE { ?s ?p ?o } LIMIT 20000", server="oxigraph") == 20_000
    assert size(servers, "CONSTRUCT WHERE { ?s ?p ?o }", server="oxigraph") == 3 * SIZE


# What else differs between servers.


@pytest.mark.parametrize("engine", ENGINES)
def test_booleans(servers: Servers, engine: str) -> None:
    """An ASK is answered with a boolean, though Virtuoso writes rows."""
    asked = Endpoint(servers.urls[engine], default_graph=BIG)
    assert [
        bool(asked.query(f"{PREFIX}ASK {{ {pattern} }}")) for pattern in (":hub :q ?s", ":hub :none ?s")
    ] == [
        True,
        False,
    ]


@pytest.mark.parametrize("engine", ENGINES)
def test_engine_names_the_fault(servers: Servers, engine: str) -> None:
    """A query that the engine cannot parse is the query's error, with the engine's own words."""
    with pytest.raises(QueryError, match="takes this for a bad query: "):
        Endpoint(servers.urls[engine]).query("SELECT ?s WHERE { ?s ?p }")


@pytest.mark.parametrize("engine", ENGINES)
def test_graphs_are_named(servers: Servers, engine: str) -> None:
    """GRAPH ranges over the graphs that are named, and no other."""
    text = f"{PREFIX}SELECT DISTINCT ?g WHERE {{ GRAPH ?g {{ ?s ?p ?o }} }} LIMIT 5"
    harbour = f"{ecosystem('harbour').base}graph/dataset"
    asked = Endpoint(servers.urls[engine], default_graph=BIG, named_graphs=(BIG, harbour), timeout=30)
    _, rows = table(asked, text)
    assert sorted(str(graph) for (graph,) in rows) == [f"<{BIG}>", f"<{harbour}>"]


def test_digest_credentials(servers: Servers) -> None:
    """Virtuoso's guarded endpoint wants a digest; it is given where the engine is named."""
    url = f"{servers.virtuoso.url}-auth"
    environ = {"KG_ENDPOINT_USER": ADMIN, "KG_ENDPOINT_PASSWORD": ADMIN}
    text = "SELECT ?s WHERE { ?s ?p ?o } LIMIT 1"
    named = Endpoint(url, engine=engines.find("virtuoso"), environ=environ)
    assert len(table(named, text)[1]) == 1
    with pytest.raises(RemoteError, match=r"401.*digest credentials \(--engine virtuoso\)"):
        Endpoint(url, environ=environ).query(text)
    with pytest.raises(RemoteError, match="does not accept the credentials"):
        Endpoint(
            url, engine=engines.find("virtuoso"), environ=environ | {"KG_ENDPOINT_PASSWORD": "no"}
        ).query(text)
    with pytest.raises(RemoteError, match="asks who you are"):
        Endpoint(url).query(text)


# The profiles.


def test_profiles_are_well_formed() -> None:
    """A profile that names a default graph has the union for its default, and says where it stands."""
    for name, engine in engines.ENGINES.items():
        assert name == engine.name == name.lower()
        assert engine.union or not engine.default_graph
        assert engine.path or name == "generic"
        assert not engine.default_graph or ox.NamedNode(engine.default_graph)


@pytest.mark.parametrize(
    ("word", "near"), [("virtuso", "virtuoso"), ("graph-db", "graphdb"), ("x", "oxigraph, ")]
)
def test_unknown_engine(word: str, near: str) -> None:
    """An engine that there is none of is answered with the nearest, or with all."""
    with pytest.raises(NotFound, match=near):
        engines.find(word)


def test_engine_is_recognised_by_its_header() -> None:
    """A server that says who it is is known by that, unless another was named."""
    assert engines.recognised("Virtuoso/07.20.3229 (Linux)").name == "virtuoso"
    assert engines.recognised("Oxigraph/0.5.13").name == "oxigraph"
    assert engines.recognised("Virtuoso/07", engines.find("fuseki")).name == "fuseki"
    assert engines.recognised("").name == "generic"
