"""Ask: from what people write on the command line to an answer in text."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from kg.config import share
from kg.errors import InvalidData, NotFound, Problem, QueryError, nearest, shown
from kg.progress import step

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from pyoxigraph import Quad

    from kg.answer import Answer
    from kg.config import Settings
    from kg.embedded import Embedded
    from kg.queries import Query
    from kg.store import Store


def open_store(
    chosen: Settings,
    environ: Mapping[str, str],
    options: Mapping[str, Any],
    *,
    named: bool = True,
) -> tuple[Store, str]:
    """Open what is asked: the data folder's own store, what some sources say, or an endpoint.

    Args:
        chosen: the settings of this run.
        environ: where an endpoint's credentials stand.
        options: `endpoint`, its address; `engine`, what kind of server that is; `default_graph`, the
            graph that it takes as its default, `none` for its own; `named_graphs`, those that GRAPH
            ranges over; `sources`, those whose facts alone are asked.
        named: whether the id base matters: an endpoint is asked for it only then.

    Returns:
        The store, and the id base of its things.

    Raises:
        QueryError: where something is wanted of an endpoint and none is named, or the other way about.
    """
    if options["endpoint"] is not None:
        from kg.engines import find
        from kg.iris import ID_BASE
        from kg.remote import Endpoint

        if options["sources"]:
            raise QueryError(
                "--from is of the data folder's own store; name an endpoint's graph in the query"
            )
        graph = "" if options["default_graph"] == "none" else options["default_graph"]
        remote = Endpoint(
            options["endpoint"],
            default_graph=graph,
            named_graphs=tuple(options["named_graphs"]),
            engine=find(options["engine"]),
            timeout=chosen.timeout,
            environ=environ,
        )
        return remote, remote.base() if named else ID_BASE
    _local(options)
    store = embedded_store(chosen)
    if options["sources"]:
        from kg.excerpt import excerpt

        store = excerpt(store, options["sources"])
    return store, store.base


def _local(options: Mapping[str, Any]) -> None:
    """Refuse what is said of an endpoint where none is named: the answer would not be of that graph."""
    said = {
        "--default-graph": options["default_graph"] is not None,
        "--named-graph": bool(options["named_graphs"]),
        "--engine": options["engine"] not in (None, "generic"),
    }
    for option, given in said.items():
        if given:
            raise QueryError(f"{option} is of an endpoint; name that with --endpoint URL")


def finder(store: Store, base: str) -> Callable[[str, str], str]:
    """Give the function that finds a thing in a store by its name and kind."""

    def find(name: str, kind: str) -> str:
        from kg.names import find

        return find(store, base, name, kind)

    return find


def library(own: Path | None = None) -> dict[str, Query]:
    """Read the questions that come with the tool, and those of a user's folder.

    A name means one question everywhere, so that an answer can be told by it: a file of the user's
    that has the name of one that comes with the tool is refused.

    Args:
        own: the user's folder of question files.

    Raises:
        InvalidData: with all headers that are not as they should be, and all names that are taken.
    """
    from kg import queries

    theirs = queries.library(share() / "queries")
    if own is None:
        return theirs
    _untaken(own)
    return theirs | queries.library(own)


def _untaken(own: Path) -> None:
    taken = {path.stem for path in (share() / "queries").glob("*.rq")}
    wrong = "a question that comes with kg has this name; give the file another"
    problems = [Problem(shown(path), 0, wrong) for path in sorted(own.glob("*.rq")) if path.stem in taken]
    if problems:
        raise InvalidData(problems)


def question(name: str, *, services: bool = False, own: Path | None = None) -> Query:
    """Find a question: in the library, in a user's folder, in a file, or on standard input.

    Only one that does not come with the tool is scanned for what is not allowed: scanning costs a
    cold start a fifth of its time.

    Args:
        name: a question's name, a path (with `/` or `.rq`), or `-`.
        services: let it ask other hosts.
        own: the user's folder of question files.

    Raises:
        InvalidData: where its header is not as it should be, or a name in the folder is taken.
        NotFound: where there is no such question.
        QueryError: where it would do more than read, or ask other hosts unasked.
    """
    from kg import queries

    if own is not None:
        _untaken(own)
    theirs, mine = _files(share() / "queries"), _files(own) if own else {}
    if name == "-" or "/" in name or name.endswith(".rq") or name in mine:
        from kg import guard

        given = queries.read(mine[name]) if name in mine else _own(name)
        guard.check(given.text, services=services)
        return given
    if name in theirs:
        return queries.read(theirs[name])
    hint = nearest(name, [*theirs, *mine]) or "; kg queries lists them"
    raise NotFound(f"no question is called '{name}'{hint}")


def _files(folder: Path) -> dict[str, Path]:
    """Give a folder's question files by the names of the questions."""
    return {path.stem: path for path in folder.glob("*.rq")}


def in_text(text: str, *, services: bool = False) -> Query:
    """Read a question from its text alone.

    Raises:
        QueryError: where it would do more than read, or ask other hosts unasked.
    """
    from kg import guard, queries

    guard.check(text, services=services)
    return queries.parse("", text, "the query")


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
        QueryError: where one has no equals sign, or is given twice.
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
        known = asked.param(name.strip()).name
        if known in found:
            raise QueryError(f"--{known} is given twice; a parameter has one value")
        found[known] = value
    return found


def written(
    answer: Answer,
    form: str | None = None,
    output: Path | None = None,
    *,
    terminal: bool = False,
    provenance: bool = False,
) -> tuple[bytes, bytes | None]:
    """Write an answer: a table for people, CSV for programs, Turtle for a graph, or as is asked.

    Args:
        answer: the whole answer.
        form: the format; with none, what the file's suffix says, else the usual one.
        output: the file that it is written to, or none.
        terminal: whether standard output is one.
        provenance: whether it says where the answer comes from.

    Returns:
        The answer, and its metadata where they stand in a file beside it.

    Raises:
        QueryError: where there is no such form, it is none for such an answer or a terminal, or its
            metadata have no file to stand beside.
    """
    from kg import forms

    found = forms.chosen(form, output, answer.kind, terminal=terminal)
    beside = provenance and found.beside
    if beside and (output is None or str(output) == "-" or (output.exists() and not output.is_file())):
        raise QueryError(
            f"{found.name} has no place for provenance but a file beside it; name its own with -o FILE"
        )
    made = found.load()(answer, answer.origin if provenance and not beside else None)
    if not beside or output is None:
        return made, None
    from kg import metadata

    return made, metadata.beside(output.name, answer, answer.origin, found)


def doubt(answer: Answer) -> str:
    """Say why an answer is empty where it was not asked of what is there; nothing where it was.

    A question's defaults are things of one data set, and what is asked is the default graph: in
    another data set, or in a file that names a graph for all it says, there is nothing to be found.
    """
    from contextlib import suppress

    from kg.errors import KgError
    from kg.iris import rebase
    from kg.names import short

    if answer.kind == "boolean" or answer.store is None or not _empty(answer):
        return ""
    asked, store = answer.query, answer.store
    with suppress(KgError):  # the answer is there; what is not known of it is not said
        if _holds(store, "GRAPH ?g { ?s ?p ?o }") and not _holds(store, "?s ?p ?o"):
            return "all that is there is in named graphs, which GRAPH alone asks; the default graph is empty"
        for param in asked.params:
            default = rebase(asked.default(param), answer.base)
            if param.name in answer.values or not default.startswith("<"):
                continue
            if not _holds(store, f"{default} ?p ?o"):
                name = short(default.strip("<>"))
                return f"--{param.name} was not given, and its default, {name}, is not in what was asked"
    return ""


def _empty(answer: Answer) -> bool:
    """Say whether an answer has no rows, without reading all that it has."""
    if answer.kind == "graph":
        return not answer.body
    return next(iter(cast("Iterable[object]", answer.solutions())), None) is None


def _holds(store: Store, pattern: str) -> bool:
    from kg.store import rows

    return bool(rows(store, f"SELECT ?p WHERE {{ {pattern} }} LIMIT 1"))


def place(chosen: Settings, options: Mapping[str, Any]) -> str:
    """Say what is asked, for people, without a secret and without a path of this machine.

    A data folder is told by its data set alone.
    """
    if options["endpoint"] is not None:
        from kg.exchange import shown

        graph = options["default_graph"]
        return shown(options["endpoint"]) + (f", graph <{graph}>" if graph and graph != "none" else "")
    words = [] if (chosen.data / "dataset.csv").is_file() else [chosen.data.name]
    if options["sources"]:
        words.append(f"only what {', '.join(options['sources'])} says")
    return ", ".join(words)


def embedded_store(chosen: Settings) -> Embedded:
    """Open the store of the data folder, made first where its tables are new, or of an RDF file."""
    if holds_rdf(chosen):
        from kg import files

        with step("read the RDF"):
            return files.open_files(chosen.data)
    from kg import embedded

    def make(folder: Path) -> tuple[str, list[Quad]]:
        from kg.graph import make

        with step("build the graph of new or changed tables"):
            return make(folder)

    return embedded.open_store(chosen.data, chosen.out, make)


def holds_rdf(chosen: Settings) -> bool:
    """Say whether what is asked is an RDF file or a folder of them, and no data folder."""
    if (chosen.data / "dataset.csv").is_file():
        return False
    from kg import files

    return files.holds(chosen.data)


def data_folder(chosen: Settings, work: str) -> Path:
    """Give the data folder, for work that needs its tables.

    Raises:
        NotFound: where an RDF file or a folder of them stands in its place.
    """
    if not holds_rdf(chosen):
        return chosen.data
    raise NotFound(f"{chosen.data}: {work} wants a data folder, with tables and dataset.csv")


def described(chosen: Settings) -> dict[str, str]:
    """Give the data folder's own row of itself; of RDF nothing, as the graph describes itself."""
    from kg.tables import read_one

    return {} if holds_rdf(chosen) else read_one(chosen.data, "dataset")[0].cells


def name(chosen: Settings) -> str:
    """Give the name of the outputs: the data set's, or that of the RDF file or folder."""
    return described(chosen).get("name") or chosen.data.resolve().stem
