"""Ecosystem: a data set that is asked in Python, in a program or a notebook.

    import kg

    g = kg.open("data/stockholm")
    g.ask("organisation-partners", organisation="KTH")

Whatever it is opened from, the same questions give the same answers: a data folder, an RDF file or a
folder of them, an endpoint's address.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Self

from kg import ask as asking
from kg import queries as questions
from kg.answer import Answer, keep
from kg.background import Background
from kg.config import own_queries, settings
from kg.errors import NotFound, QueryError, shown

if TYPE_CHECKING:
    import networkx as nx
    import rdflib

    from kg.config import Settings
    from kg.measures import Measures
    from kg.queries import Query
    from kg.remote import Endpoint
    from kg.store import Store

REMEMBERED = 1_000
"""Texts of questions with their parameters that are kept, so that a name is looked up once."""


class Questions(Mapping[str, "Query"]):
    """The library: questions by name; printed, what each asks."""

    def __init__(self, found: Mapping[str, Query]) -> None:
        self._found = found

    def __getitem__(self, name: str) -> Query:
        return self._found[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._found)

    def __len__(self) -> int:
        return len(self._found)

    def __repr__(self) -> str:
        from kg import terminal

        return terminal.listing(dict(self._found)).rpartition("\n\n")[0]


class Ecosystem:
    """A data set that is asked; made by `kg.open`.

    A folder or file is held by a process of its own, which the first question starts, and which is
    killed where an answer takes too long or too much memory. As a context manager it is closed at the
    end; else it ends with the program.
    """

    def __init__(
        self,
        store: Background | Endpoint,
        chosen: Settings,
        *,
        asked: str,
        language: str,
        folder: Path | None,
    ) -> None:
        self._store = store
        self._chosen = chosen
        self._asked = asked
        self._language = language
        self._folder = folder
        self._texts: dict[tuple[str, str, tuple[tuple[str, str], ...]], str] = {}
        self._named: dict[str, Query] = {}

    @cached_property
    def base(self) -> str:
        """The id base of the data set's things; an endpoint is asked for it once."""
        return self._store.base if isinstance(self._store, Background) else self._store.base()

    @cached_property
    def queries(self) -> Questions:
        """The questions that can be asked by name."""
        return Questions(asking.library(self._folder))

    @cached_property
    def graph(self) -> rdflib.Graph:
        """The default graph as an rdflib Graph: a copy, made once; what is changed in it stays there."""
        import rdflib

        from kg.iris import prefixes

        made = rdflib.Graph(bind_namespaces="none")
        for name, iri in prefixes(self.base).items():
            made.bind(name, iri)
        triples = self.sparql("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }")
        return made.parse(data=triples.body, format="nt")

    def ask(self, question: str | Path, /, **params: Any) -> Answer:
        """Ask a question of the library, of a file, or in SPARQL.

        Args:
            question: a name, the path of a .rq file, or the text of a query.
            params: values of its parameters; `as_of` is as-of. None leaves the default.

        Returns:
            The whole answer.

        Raises:
            NotFound: where there is no such question, parameter or thing.
            QueryError: where it cannot be asked as it stands.
            TimeoutExceeded: where it takes longer than the time that `kg.open` was given.
            MemoryExceeded: where it takes more memory than that.
        """
        asked = self._question(question)
        given = {name.replace("_", "-"): str(value) for name, value in params.items() if value is not None}
        if self._language and any(param.name == "language" for param in asked.params):
            given = {"language": self._language, **given}
        base = self.base  # first, since to make a store of new tables is no part of the answer
        until = time.monotonic() + self._chosen.timeout
        key = (asked.name, asked.text, tuple(sorted(given.items())))
        text = self._texts.get(key)
        if text is None:
            if len(self._texts) >= REMEMBERED:
                self._texts.clear()
            text = questions.bind(asked, given, base, asking.finder(self._within(until), base))
            self._texts[key] = text
        return self._answer(asked, text, until, given)

    def sparql(self, text: str, *, services: bool = False) -> Answer:
        """Ask a query in SPARQL.

        Args:
            text: SELECT, ASK, CONSTRUCT or DESCRIBE.
            services: let it ask other hosts with SERVICE.

        Raises:
            QueryError: where it is no SPARQL, does more than read, or asks other hosts unasked.
            TimeoutExceeded: where it takes longer than the time that `kg.open` was given.
            MemoryExceeded: where it takes more memory than that.
        """
        asked = asking.in_text(text, services=services)
        _ = self.base
        until = time.monotonic() + self._chosen.timeout
        return self._answer(asked, text, until, {})

    def network(self, modes: Literal[1, 2] = 2, as_of: str | int | None = None) -> nx.Graph:
        """Give the network, with kinds, dates and citations on nodes and edges.

        Args:
            modes: 2, actors and what they take part in (a MultiDiGraph, as `kg.network.read` has it);
                or 1, organisations that share initiatives (a Graph, as `kg.projection.one_mode`).
            as_of: a year, month or day; only what held then, or may have.

        Raises:
            QueryError: where `modes` is neither, or `as_of` is no period.
        """
        from kg import network, projection

        if modes not in (1, 2):
            raise QueryError(f"a network has 1 or 2 modes, not {modes}")
        whole = network.read(self._store, self._language or self._chosen.language)
        if as_of is not None:
            whole = projection.as_of(whole, str(as_of))
        return projection.one_mode(whole) if modes == 1 else whole

    def measures(self, modes: Literal[1, 2] = 1, as_of: str | int | None = None) -> Measures:
        """Give each node's degree, betweenness, component and community, as `kg.measures` has them."""
        from kg import measures

        return measures.measure(self.network(modes, as_of))

    def export(self, form: str = "ttl", *, as_of: str | int | None = None) -> bytes:
        """Give the data set in a form of `kg export`, the same bytes each time.

        Args:
            form: a name or another that it is known by: ttl, trig, jsonld, canonical, gexf, xlsx, ...
            as_of: a year, month or day; only what held then, or may have.

        Raises:
            QueryError: where there is no such form, `as_of` is no period, or it is an endpoint.
        """
        from kg import take

        if not isinstance(self._store, Background):
            raise QueryError("an endpoint is not exported; ask it with CONSTRUCT")
        wanted = take.Wanted(form=form, period="" if as_of is None else str(as_of))
        return take.export(self._chosen, wanted, None)[0]

    def show(self, name: str) -> str:
        """Give a thing's profile as text to print.

        Args:
            name: a name, alias, key or IRI.

        Raises:
            NotFound: where nothing or more than one thing is so called.
        """
        from kg import names, terminal
        from kg.profile import profile

        iri = names.find(self._store, self.base, name)
        return terminal.profile(profile(self._store, iri, self._language or self._chosen.language), {})

    def close(self) -> None:
        """End the process that holds the data; nothing can be asked afterwards."""
        if isinstance(self._store, Background):
            self._store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<Ecosystem {self._asked}>"

    def _question(self, name: str | Path) -> Query:
        """Find a question; one that comes with the tool is read once, another one anew each time."""
        word = str(name)
        if "{" in word:
            return asking.in_text(word)
        if word == "-":
            raise NotFound("standard input is asked on the command line alone; give the query's text")
        if word in self._named:
            return self._named[word]
        if isinstance(name, Path) or word.endswith(".rq") or "/" in word:
            return asking.question(word if "/" in word else f"./{word}")
        found = asking.question(word, own=self._folder)
        if self._folder is None:
            self._named[word] = found
        return found

    def _within(self, until: float) -> Store:
        """Give the store, with the time that is left."""
        if isinstance(self._store, Background):
            return self._store.within(until)
        return replace(self._store, timeout=max(until - time.monotonic(), 0.001))

    def _answer(self, asked: Query, text: str, until: float, given: Mapping[str, str]) -> Answer:
        known: dict[str, Any] = {
            "values": given,
            "text": text,
            "base": self.base,
            "asked": self._asked,
            "store": self._store,
            "seconds": self._chosen.timeout,
        }
        if isinstance(self._store, Background):
            return Answer(*self._store.ask(text, until), asked, **known)
        return keep(self._within(until).query(text), asked, **known)


def open(  # noqa: A001, PLR0913 - kg.open, as people say it; each is an option of the command line
    source: str | Path | None = None,
    *,
    out: str | Path | None = None,
    language: str | None = None,
    timeout: float | None = None,
    memory: int | None = None,
    queries: str | Path | None = None,
    default_graph: str | None = None,
    named_graphs: Iterable[str] = (),
    engine: str = "generic",
) -> Ecosystem:
    """Open an ecosystem.

    Args:
        source: a data folder, an RDF file or a folder of them, or the address of a SPARQL endpoint,
            whose credentials the environment holds; by default KG_DATA, else data/stockholm.
        out: the folder for the store (default build, or KG_OUT).
        language: of labels, in each question that has it as a parameter, and of the network.
        timeout: seconds that an answer may take (default 30, or KG_TIMEOUT).
        memory: megabytes that the process which answers may take (default 2048, or KG_MEMORY).
        queries: a folder of your own questions, which join the library.
        default_graph: the graph that an endpoint takes as its default; empty for its own.
        named_graphs: those of an endpoint that GRAPH ranges over; without any, all that it has.
        engine: what kind of server an endpoint is, as `kg query --engine` names it.

    Raises:
        NotFound: where there is no such folder or file, the language is not spoken here, or time or
            memory is no number that can be kept to.
        QueryError: where a graph or an engine is named, and what is opened is no endpoint.
        RemoteError: where the address is none of an endpoint.

    >>> with open("data/stockholm") as g:
    ...     g.ask("initiatives-led-by", organisation="City of Stockholm")
    <Answer to initiatives-led-by: 1 row>
    """
    word = str(source or "")
    remote = word.startswith(("http://", "https://"))
    chosen = settings(
        os.environ,
        data=Path() if remote else Path(source) if source else None,
        out=Path(out) if out else None,
        language=language,
        timeout=timeout,
        memory=memory,
    )
    own = own_queries({}, Path(queries) if queries else None)
    folder = own.resolve() if own else None
    spoken = chosen.language if language or os.environ.get("KG_LANGUAGE") else ""
    graphs = tuple(named_graphs)
    store: Background | Endpoint
    if remote:
        from kg.engines import find
        from kg.exchange import shown as address
        from kg.remote import Endpoint

        asked = address(word)
        store = Endpoint(
            word,
            default_graph=default_graph,
            named_graphs=graphs,
            engine=find(engine),
            timeout=chosen.timeout,
            environ=os.environ,
        )
    else:
        if default_graph is not None or graphs or engine != "generic":
            raise QueryError("default_graph, named_graphs and engine are of an endpoint; this is none")
        asked = shown(chosen.data)
        store = Background(chosen)
    return Ecosystem(store, chosen, asked=asked, language=spoken, folder=folder)
