"""Take: from what people write on the command line to a file of a data set, or to what has changed."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg import ask, exports
from kg.errors import InvalidData, NotFound, Problem, QueryError, nearest, shown
from kg.progress import limits, step

if TYPE_CHECKING:
    from pathlib import Path

    import networkx as nx

    from kg.answer import Answer
    from kg.config import Settings
    from kg.embedded import Embedded

SUFFIX = ".sha256"
"""What the name of the file with a file's SHA-256 ends in."""
_DATE = re.compile("[0-9]{4}(-[0-9]{2}){0,2}")


@dataclass(frozen=True)
class Wanted:
    """What people ask to be exported.

    Attributes:
        form: the name of the form; empty where the file's name says it.
        asserted: whether what was derived is left out.
        modes: of a network, `1` or `2`; none where it is not said.
        sources: the sources whose facts alone are wanted.
        period: the year, month or day at which the facts held or may have.
        question: the question whose facts alone are wanted.
        params: its parameters, as `name=value`.
        as_graph: the IRI that the default graph is written under, `dataset` for the usual one.
        context: the IRI of a JSON-LD context in place of one inside the file.
    """

    form: str = ""
    asserted: bool = False
    modes: str | None = None
    sources: tuple[str, ...] = ()
    period: str = ""
    question: str = ""
    params: tuple[str, ...] = ()
    as_graph: str = ""
    context: str = ""


def form_of(wanted: Wanted, output: Path | None) -> exports.Form:
    """Give the form that is wanted, where all else that is wanted makes sense with it.

    Raises:
        QueryError: where there is no such form, or something does not go with it.
    """
    word = wanted.form or (exports.by_ending(output.name) if output else "ttl")
    form = exports.FORMS[exports.form_of(word)]
    named = [each.name for each in exports.FORMS.values() if each.of == "graphs"]
    graph = form.name in exports.SYNTAXES
    wrong = {
        f"--asserted is for graphs; a network is read from all of one (--format {form.name})": (
            wanted.asserted and not graph
        ),
        f"--modes is for networks: --format {' or '.join(exports.NETWORKS)}": wanted.modes and graph,
        f"--as-graph is for the forms that have named graphs: --format {' or '.join(named)}": (
            wanted.as_graph and form.of != "graphs"
        ),
        "--context is for --format jsonld": wanted.context and form.name != "jsonld",
        "a parameter is one of a question's; name it with --question": wanted.params and not wanted.question,
        f"--modes is for a network of nodes and edges, not of tables (--format {form.name})": (
            wanted.modes and form.of == "tables"
        ),
    }
    for text, found in wrong.items():
        if found:
            raise QueryError(text)
    for option, iri in (("--as-graph", wanted.as_graph), ("--context", wanted.context)):
        _check_iri(option, iri)
    return form


def _check_iri(option: str, iri: str) -> None:
    import pyoxigraph as ox

    try:
        ox.NamedNode(iri if iri not in ("", "dataset") else "a:")
    except ValueError:
        raise QueryError(
            f"{option}: '{iri}' is no IRI; write one such as https://example.org/graph"
        ) from None


def export(chosen: Settings, wanted: Wanted, output: Path | None) -> tuple[bytes, Path, bool]:
    """Give the bytes of an export, where they are to stand, and whether their SHA-256 is told.

    Args:
        chosen: the settings of this run.
        wanted: what is exported.
        output: the file; with none, one in the folder for outputs, named as the data set is.

    Raises:
        NotFound: where there is no such source, question or thing.
        QueryError: where something wanted makes no sense with the form.
    """
    form = form_of(wanted, output)
    whole = ask.embedded_store(chosen)
    whole, drawn, period = _selected(whole, chosen, wanted, form)
    parts = wanted.sources or wanted.period or wanted.question or wanted.modes
    part = exports.Part(
        whole,
        chosen.language,
        asserted=wanted.asserted,
        modes=wanted.modes or "2",
        period=period,
        named=f"{whole.base}graph/dataset" if wanted.as_graph == "dataset" else wanted.as_graph,
        context=wanted.context,
        tables=None if parts or ask.holds_rdf(chosen) else chosen.data,
        seconds=chosen.timeout,
        drawn=drawn,
    )
    with step("write the export"):
        made = form.load()(part)
    return made, output or chosen.out / f"{ask.name(chosen)}{form.ending}", form.checksum


def _selected(
    whole: Embedded, chosen: Settings, wanted: Wanted, form: exports.Form
) -> tuple[Embedded, nx.Graph | None, str]:
    """Give the part that is wanted: its store, its network where it has one of its own, its period.

    Sources come first, then the period, then the question, which is asked of what is left; but a
    question with a period of its own is asked with it.
    """
    from kg import selection

    part, graph = whole, form.name in exports.SYNTAXES
    if wanted.sources:
        from kg.excerpt import excerpt

        part = excerpt(whole, wanted.sources)
        keys = [each.removeprefix("source:").removeprefix(f"{whole.base}source/") for each in wanted.sources]
        selection.graphs(part, whole, keys)
    if not wanted.question:
        if wanted.period and graph:
            return selection.as_of(part, wanted.period), None, ""
        return part, None, wanted.period
    if wanted.period and not _has_period(wanted, chosen):
        part = selection.as_of(part, wanted.period)
    answer = _answer(part, chosen, wanted)
    if graph:
        return selection.behind(part, answer), None, ""
    from kg.relations import network

    return part, network(answer), ""


def _has_period(wanted: Wanted, chosen: Settings) -> bool:
    asked = ask.question(wanted.question, own=chosen.queries)
    return any(param.name == "as-of" for param in asked.params)


def _answer(store: Embedded, chosen: Settings, wanted: Wanted) -> Answer:
    """Ask the question, in the time and memory that an answer may take."""
    from kg.answer import keep
    from kg.queries import bind

    asked = ask.question(wanted.question, own=chosen.queries)
    values = ask.values(asked, wanted.params)
    if wanted.period and _has_period(wanted, chosen):
        values = {"as-of": wanted.period, **values}
    with limits(chosen.timeout, chosen.memory):
        text = bind(asked, values, store.base, ask.finder(store, store.base))
        given = store.query(text)
        return keep(given, asked, values=values, text=text, base=store.base, asked="", store=store)


def save(chosen: Settings, wanted: Wanted, output: Path | None, *, beside: bool) -> None:
    """Write an export to its file, and say where; to standard output as it is.

    Args:
        chosen: the settings of this run.
        wanted: what is exported.
        output: the file; `-` is standard output.
        beside: write the file's SHA-256 beside it too.

    Raises:
        OutputError: where a file cannot be written; then none is.
        QueryError: where something wanted makes no sense with the form, or with standard output.
    """
    import click

    from kg.output import emit, write_together

    stdout = output is not None and str(output) == "-"
    if stdout and beside:
        raise QueryError("--checksum writes a file beside another; name that one with -o FILE")
    made, path, told = export(chosen, wanted, output)
    if stdout:
        emit(made, None)
        return
    line = checksum(made, path.name)
    if beside:
        write_together({path: made, path.with_name(path.name + SUFFIX): line.encode()})
    else:
        emit(made, path)
    click.echo(f"Wrote {shown(path)}." + (f"\nsha256: {line.partition(' ')[0]}" if told or beside else ""))


def checksum(data: bytes, name: str) -> str:
    r"""Give the SHA-256 of a file as `sha256sum` writes and checks it.

    >>> checksum(b"", "empty")[-10:]
    '55  empty\n'
    """
    return f"{hashlib.sha256(data).hexdigest()}  {name}\n"


def dated(path: Path) -> bool:
    """Say whether a version is a date of the data at hand: a year, month or day, and no file's name.

    >>> from pathlib import Path
    >>> dated(Path("2018-05")), dated(Path("releases/2018"))
    (True, False)
    """
    return bool(_DATE.fullmatch(str(path))) and not path.exists()


def opened(path: Path, chosen: Settings) -> Embedded:
    """Open one version of a data set: a data folder, an RDF file or a folder of them, or a date of it.

    Raises:
        NotFound: where there is nothing of the kind.
        InvalidData: what is wrong with it, or that nothing of it can be compared.
        QueryError: where a date is none of the calendar.
    """
    if dated(path):
        from kg import moments, selection

        try:
            moments.parse(str(path))
        except ValueError as error:
            raise QueryError(str(error)) from None
        return selection.as_of(ask.embedded_store(chosen), str(path))
    if not path.is_dir() and not path.is_file():  # a pipe is neither: it could be read only once
        raise NotFound(f"{shown(path)}: there is no such data folder or RDF file")
    store = ask.embedded_store(replace(chosen, data=path))
    graphs = list(store.store.named_graphs())
    if graphs and next(store.store.quads_for_pattern(None, None, None, ox.DefaultGraph()), None) is None:
        wrong = "all that is there is in named graphs; what is compared, the default graph, is empty"
        raise InvalidData([Problem(shown(path), 0, wrong)])
    return store


def difference(old: Path, new: Path, form: str, chosen: Settings) -> bytes:
    """Write what a new version says otherwise than an old one, in one of `kg.changes.FORMS`.

    Args:
        old: a data folder, an RDF file or a folder of them, or a year, month or day of the data at hand.
        new: likewise.
        form: the form.
        chosen: the settings of this run.

    Raises:
        NotFound, InvalidData: where a version cannot be opened.
        QueryError: where there is no such form, or no such date.
    """
    from kg import changes
    from kg.diff import diff

    if form not in changes.FORMS:
        hint = nearest(form, changes.FORMS) or f"; there are {', '.join(changes.FORMS)}"
        raise QueryError(f"there is no format '{form}' of a difference{hint}")
    one, other = opened(old, chosen), opened(new, chosen)
    with step("compare"):
        found = diff(one, other)
    return changes.write(found, one, other, form, chosen.language).encode()
