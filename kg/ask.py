"""Ask: from what people write on the command line to an answer in text."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.config import share
from kg.errors import NotFound, QueryError, nearest
from kg.progress import step

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from pyoxigraph import Quad

    from kg.config import Settings
    from kg.embedded import Embedded
    from kg.queries import Query
    from kg.results import Table
    from kg.store import Store


def open_store(chosen: Settings, environ: Mapping[str, str], options: Mapping[str, Any]) -> tuple[Store, str]:
    """Open what is asked: the data folder's own store, what some sources say, or an endpoint.

    Args:
        chosen: the settings of this run.
        environ: where an endpoint's credentials stand.
        options: `endpoint`, its address; `default_graph`, the graph that it takes as its default,
            `none` or nothing for its own; `sources`, those whose facts alone are asked.

    Returns:
        The store, and the id base of its things.
    """
    from kg.iris import ID_BASE

    if options["endpoint"]:
        from kg.remote import Endpoint

        if options["sources"]:
            raise QueryError(
                "--from is of the data folder's own store; name an endpoint's graph in the query"
            )
        graph = None if options["default_graph"] == "none" else options["default_graph"]
        remote = Endpoint(options["endpoint"], default_graph=graph, timeout=chosen.timeout, environ=environ)
        return remote, ID_BASE
    store = embedded_store(chosen)
    if options["sources"]:
        from kg.excerpt import excerpt

        store = excerpt(store, options["sources"])
    return store, store.base


def finder(store: Store, base: str) -> Callable[[str, str], str]:
    """Give the function that finds a thing in a store by its name and kind."""

    def find(name: str, kind: str) -> str:
        from kg.names import find

        return find(store, base, name, kind)

    return find


def library() -> dict[str, Query]:
    """Read the questions that come with the tool."""
    from kg import queries

    return queries.library(share() / "queries")


def question(name: str, *, services: bool = False) -> Query:
    """Find a question: in the library, in a file, or on standard input.

    Only one that does not come with the tool is scanned for what is not allowed: scanning costs a
    cold start a fifth of its time.

    Args:
        name: a library name, a path (with `/` or `.rq`), or `-`.
        services: let it ask other hosts.

    Raises:
        NotFound: where there is no such question.
        QueryError: where it would do more than read, or ask other hosts unasked.
    """
    from kg import queries

    if name == "-" or "/" in name or name.endswith(".rq"):
        from kg import guard

        given = _own(name)
        guard.check(given.text, services=services)
        return given
    path = share() / "queries" / f"{name}.rq"
    if path.is_file():
        return queries.read(path)
    known = [file.stem for file in path.parent.glob("*.rq")]
    raise NotFound(f"no question is called '{name}'{nearest(name, known) or '; kg queries lists them'}")


def _own(name: str) -> Query:
    from kg import queries

    if name != "-":
        return queries.read(Path(name))
    text = sys.stdin.buffer.read().decode("utf-8-sig", "replace")
    return queries.parse(name, text, "standard input")


def pairs(args: Sequence[str]) -> Iterator[str]:
    """Read `--name value` and `--name=value` as `name=value`."""
    rest = list(args)
    while rest:
        word = rest.pop(0)
        if not word.startswith("--") or word == "--":
            raise QueryError(f"'{word}' is neither a parameter (--name value) nor an option")
        name = word.removeprefix("--")
        if "=" in name:
            yield name
        elif rest:
            yield f"{name}={rest.pop(0)}"
        else:
            raise QueryError(f"parameter --{name} has no value")


def values(asked: Query, given: Iterable[str], options: Iterable[str] = ()) -> dict[str, str]:
    """Read `name=value` for the parameters of a question.

    Args:
        asked: the question.
        given: what people wrote.
        options: the command's own, one of which may have been meant.

    Raises:
        NotFound: where the question has no such parameter.
        QueryError: where one has no equals sign.
    """
    found = {}
    for pair in given:
        name, sign, value = pair.partition("=")
        if not sign:
            raise QueryError(f"'{pair}' is not a parameter; write name=value")
        own = [param.name for param in asked.params]
        meant = nearest(f"--{name}", options)
        if name.strip() not in own and meant and not nearest(name, own):
            raise NotFound(f"there is no option '--{name}'{meant}")
        found[asked.param(name.strip()).name] = value
    return found


def written(answer: Any, form: str | None, base: str, *, people: bool) -> str:
    """Write an answer: a table for people, CSV for programs, Turtle for a graph.

    Args:
        answer: what a store gave.
        form: the format, or none for the usual one.
        base: the data set's id base.
        people: whether people read it, on a terminal.
    """
    import pyoxigraph as ox

    from kg import formats
    from kg.iris import prefixes

    wanted = formats.SUFFIXES.get(form, form) if form else None
    if isinstance(answer, (ox.QuerySolutions, ox.QueryBoolean)):
        if wanted == "table" or (wanted is None and people):
            from kg import terminal

            return terminal.table(readable(answer, base))
        return formats.tabular(answer, wanted or "csv")
    return formats.graph(answer, wanted or "ttl", prefixes(base))


def readable(answer: Any, base: str) -> Table:
    """Give an answer's rows for people; that of an ASK is one row."""
    import pyoxigraph as ox

    from kg import results

    if isinstance(answer, ox.QueryBoolean):
        return results.Table(["answer"], [[str(bool(answer)).lower()]])
    return results.readable(answer, base)


def embedded_store(chosen: Settings) -> Embedded:
    """Open the store of the data folder; it is made first where its tables are new."""
    from kg import embedded

    def make(folder: Path) -> tuple[str, list[Quad]]:
        from kg.graph import make

        with step("build the graph of new or changed tables"):
            return make(folder)

    return embedded.open_store(chosen.data, chosen.out, make)
