"""The command line: `kg`, one command a thing that people do.

Each command imports what it needs when it runs: a cold `kg query` loads neither rdflib nor
networkx, pyvis or pySHACL.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg import __version__, ask
from kg.config import LANGUAGES, settings
from kg.errors import KgError, NotFound, nearest, shown
from kg.progress import deadline, step

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.config import Settings
    from kg.embedded import Embedded
    from kg.graph import Whole

FOLDER = click.Path(path_type=Path)
FORMS = ("text", "json", "ttl")
"""The forms of a check's report."""


class Commands(click.Group):
    """Commands whose intended failures are lines for people, and exit code 1."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command."""
        try:
            return super().invoke(ctx)
        except KgError as error:
            from kg.terminal import plain

            for line in str(error).split("\n"):
                click.echo(f"kg: {plain(line)}", err=True)
            ctx.exit(1)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find a command, and name the nearest where there is none of that name."""
        if args and self.get_command(ctx, args[0]) is None and not args[0].startswith("-"):
            hint = nearest(args[0], self.commands) or f"; there are {', '.join(self.commands)}"
            ctx.fail(f"there is no command '{args[0]}'{hint}")
        return super().resolve_command(ctx, args)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="kg")
def main() -> None:
    """Build, ask, see and export the knowledge graph of an innovation ecosystem."""


def _common(*names: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Give a command the options that it shares with others."""
    options = {
        "data": click.option(
            "--data", type=FOLDER, help="The data folder (default data/stockholm, or KG_DATA)."
        ),
        "out": click.option("--out", type=FOLDER, help="The folder for outputs (default build, or KG_OUT)."),
        "file": click.option("-o", "output", type=FOLDER, help="Write to this file; - is standard output."),
        "language": click.option(
            "--language",
            type=click.Choice(LANGUAGES),
            help="The language of labels (default en, or KG_LANGUAGE).",
        ),
        "texts": click.option(
            "--texts", type=FOLDER, help="A folder with your copies of the documents (or KG_TEXTS)."
        ),
    }

    def add(command: Callable[..., None]) -> Callable[..., None]:
        for name in reversed(names):
            command = options[name](command)
        return command

    return add


@main.command()
@_common("data", "out", "language")
def demo(data: Path | None, out: Path | None, language: str | None) -> None:
    """Build, check, ask, draw and export: the whole of it, once."""
    from kg import terminal
    from kg.queries import bind

    chosen = settings(os.environ, data=data, out=out, language=language)
    with step("build and check the graph"):
        whole = _assembled(chosen.data)
        store = _kept(whole, chosen)
    click.echo(_summary(whole))
    name = "organisation-partners"
    question = ask.library()[name]
    answer = store.query(
        bind(question, {"language": chosen.language}, store.base, ask.finder(store, store.base))
    )
    click.echo(f"\nkg query {name}\n\n{terminal.table(ask.readable(answer, store.base))}")
    with step("write the Turtle"):
        turtle = _write_turtle(whole, chosen)
    with step("draw the network"):
        page = _write_view(store, chosen, None)
    click.echo(f"\nWrote {shown(turtle)} and {shown(page)}. Try next:\n")
    for line in ("kg queries", 'kg show "Digital Demo Stockholm"', "kg query survey-changes"):
        click.echo(f"  {line}")


@main.command()
@click.argument("folder", type=FOLDER)
@click.option("--name", help="The data set's short name (default the folder's).")
@click.option("--base", metavar="IRI", help="The id base (default https://example.org/NAME/).")
def new(folder: Path, name: str | None, base: str | None) -> None:
    """Write a new data folder: every table with one worked row, to begin your own city with."""
    from shlex import quote

    from kg import template

    where = quote(shown(template.create(folder, name, base)))
    click.echo(f"Wrote {where}: every table with one worked row. Try next:\n")
    for line in (f"kg check {where} --texts {where}", f"kg view --data {where}"):
        click.echo(f"  {line}")


@main.command()
@click.argument("folder", type=FOLDER, required=False)
@_common("data", "out")
def build(folder: Path | None, data: Path | None, out: Path | None) -> None:
    """Build a data folder's graph: its store and its Turtle."""
    chosen = settings(os.environ, data=folder or data, out=out)
    with step("build and check the graph"):
        whole = _assembled(chosen.data)
        _kept(whole, chosen)
    with step("write the Turtle"):
        path = _write_turtle(whole, chosen)
    click.echo(f"{_summary(whole)}\nWrote {shown(path)}.")


@main.command()
@click.argument("folder", type=FOLDER, required=False)
@click.option("--format", "form", type=click.Choice(FORMS), default="text", show_default=True)
@click.option("--ontology", is_flag=True, help="Check the ontology itself too, which takes longer.")
@_common("data", "texts")
def check(folder: Path | None, form: str, data: Path | None, texts: Path | None, *, ontology: bool) -> None:
    """Check a data folder: its tables, its citations, its graph, and the questions' headers.

    Violations end with exit code 1, warnings alone with 0.
    """
    from kg import checks, report

    chosen = settings(os.environ, data=folder or data, texts=texts)
    with step("check tables, citations and shapes"):
        vocabularies = Path(os.environ["KG_ONTOLOGIES"]) if os.environ.get("KG_ONTOLOGIES") else None
        found = checks.check(chosen.data, chosen.texts, ontology=ontology, vocabularies=vocabularies)
    if form == "text":
        for note in found.notes:
            click.echo(note)
        for problem in found.violations:
            click.echo(f"kg: {problem}", err=True)
        for problem in found.warnings:
            click.echo(f"kg: warning: {problem}", err=True)
        click.echo(found.summary())
    else:
        _emit(report.written(found, form), None)
    if found.violations:
        sys.exit(1)


@main.command("queries")
@click.argument("name", required=False)
def queries_(name: str | None) -> None:
    """List the questions, or explain one."""
    from kg import terminal

    library = ask.library()
    if name is None:
        click.echo(terminal.listing(library), nl=False)
    elif name in library:
        click.echo(terminal.explanation(library[name]), nl=False)
    else:
        found = {
            key: query
            for key, query in library.items()
            if name.lower() in f"{key} {query.summary} {' '.join(query.tags)}".lower()
        }
        if not found:
            raise NotFound(f"no question is called '{name}' or speaks of it{nearest(name, library)}")
        click.echo(terminal.listing(found), nl=False)


@main.command(context_settings={"ignore_unknown_options": True, "allow_extra_args": True})
@click.argument("question")
@click.option(
    "--param",
    "params",
    multiple=True,
    metavar="NAME=VALUE",
    help="A parameter's value; --NAME VALUE does the same.",
)
@click.option(
    "--format",
    "form",
    help="table, csv, tsv, json or xml; for a graph ttl, nt, nq, trig, jsonld or rdf.",
)
@click.option("--endpoint", metavar="URL", help="Ask this SPARQL endpoint in place of the data folder.")
@click.option(
    "--default-graph",
    metavar="IRI",
    help="The graph that an endpoint takes as its default; none for its own.",
)
@click.option(
    "--timeout",
    type=click.FloatRange(min=0, min_open=True),
    help="Seconds that the answer may take (default 30, or KG_TIMEOUT).",
)
@click.option(
    "--from",
    "sources",
    multiple=True,
    metavar="SOURCE",
    help="Only what this source says; more than one may be named.",
)
@click.option("--allow-service", is_flag=True, help="Let a query ask other hosts with SERVICE.")
@_common("data", "out", "file", "language")
@click.pass_context
def query(
    ctx: click.Context,
    /,
    question: str,
    params: tuple[str, ...],
    form: str | None,
    output: Path | None,
    **options: Any,
) -> None:
    """Ask a question: by its name, a file, or - for standard input."""
    from kg.queries import bind

    chosen = settings(
        os.environ,
        data=options["data"],
        out=options["out"],
        language=options["language"],
        timeout=options["timeout"],
    )
    asked = ask.question(question, services=options["allow_service"])
    known = [word for option in ctx.command.params for word in option.opts if word.startswith("--")]
    values = ask.values(asked, (*params, *ask.pairs(ctx.args)), known)
    if options["language"] or os.environ.get("KG_LANGUAGE"):
        named = any(param.name == "language" for param in asked.params)
        values |= {"language": chosen.language} if named else {}
    # To make the store of new tables is no part of the answer, and is not to be broken off.
    store, base = ask.open_store(chosen, os.environ, options)
    # An endpoint keeps the time itself, with a message of its own; the watchdog only stands behind it.
    with deadline(chosen.timeout + (2 if options["endpoint"] else 0)):
        text = bind(asked, values, base, ask.finder(store, base))
        people = sys.stdout.isatty() and output is None
        _emit(ask.written(store.query(text), form, base, people=people), output)


@main.command()
@click.argument("name")
@_common("data", "out", "language", "texts")
def show(name: str, data: Path | None, out: Path | None, language: str | None, texts: Path | None) -> None:
    """Show a thing's profile: by name, alias, misspelling, key or IRI."""
    from kg import names, sources, tables, terminal
    from kg.profile import profile

    chosen = settings(os.environ, data=data, out=out, language=language, texts=texts)
    store = ask.embedded_store(chosen)
    found = {}
    if chosen.texts:
        found = sources.find_texts(chosen.texts, tables.read_one(chosen.data, "sources"))
    iri = names.find(store, store.base, name)
    click.echo(terminal.profile(profile(store, iri, chosen.language), found), nl=False)


@main.command()
@click.argument("name")
@click.argument("other", required=False)
@_common("data", "out", "language", "texts")
def why(
    name: str,
    other: str | None,
    data: Path | None,
    out: Path | None,
    language: str | None,
    texts: Path | None,
) -> None:
    """Say why: the chain from a thing, or from an edge between two, to rule, citation and document.

    NAME and OTHER are names, keys or IRIs; NAME alone may also be a membership or a statement.
    """
    from kg import names, sources, tables, terminal
    from kg.why import why

    chosen = settings(os.environ, data=data, out=out, language=language, texts=texts)
    store = ask.embedded_store(chosen)
    found = {}
    if chosen.texts:
        found = sources.find_texts(chosen.texts, tables.read_one(chosen.data, "sources"))
    ends = [names.find(store, store.base, word) for word in (name, other) if word]
    chains = why(store, ends[0], ends[1] if len(ends) > 1 else "", chosen.language)
    click.echo(terminal.chains(chains, found), nl=False)


@main.command()
@_common("data", "out", "file", "language")
def view(data: Path | None, out: Path | None, output: Path | None, language: str | None) -> None:
    """Draw the network as one HTML file that needs no connection."""
    chosen = settings(os.environ, data=data, out=out, language=language)
    store = ask.embedded_store(chosen)
    with step("draw the network"):
        path = _write_view(store, chosen, output)
    click.echo(f"Wrote {shown(path)}.")


@main.command()
@click.option("--format", "form", default="ttl", show_default=True, help="ttl, trig, nt, nq or jsonld.")
@click.option("--asserted", is_flag=True, help="Leave out what was derived.")
@_common("data", "out", "file")
def export(form: str, data: Path | None, out: Path | None, output: Path | None, *, asserted: bool) -> None:
    """Export the graph: Turtle, TriG, N-Triples, N-Quads or JSON-LD."""
    from kg import exports

    chosen = settings(os.environ, data=data, out=out)
    form = exports.form_of(form)
    store = ask.embedded_store(chosen)
    path = output or chosen.out / f"{_name(chosen)}.{form}"
    _emit(exports.export(store, form, asserted=asserted), path)
    if str(path) != "-":
        click.echo(f"Wrote {shown(path)}.")


@main.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> None:
    """Print a shell's completion script: eval "$(kg completion bash)"."""
    from click.shell_completion import get_completion_class

    made = get_completion_class(shell)
    if made is None:
        raise NotFound(f"there is no completion for {shell}")
    click.echo(made(main, {}, "kg", "_KG_COMPLETE").source(), nl=False)


def _assembled(folder: Path) -> Whole:
    """Make a data folder's graph, which must be sound."""
    from kg.errors import InvalidData
    from kg.graph import assemble

    whole = assemble(folder)
    if whole.violations:
        raise InvalidData(whole.violations)
    return whole


def _kept(whole: Whole, chosen: Settings) -> Embedded:
    from kg import embedded

    path = embedded.keep(whole.quads, chosen.out / ".store", embedded.fingerprint(chosen.data))
    return embedded.load(path, whole.base)


def _emit(text: str, path: Path | None) -> None:
    from kg.output import write

    if path is None or str(path) == "-":
        # Bytes, so that line ends are the format's own on every system.
        sys.stdout.buffer.write(text.encode())
        sys.stdout.buffer.flush()
    else:
        write(path, text)


def _write_turtle(whole: Whole, chosen: Settings) -> Path:
    from kg import exports
    from kg.output import write

    path = chosen.out / f"{whole.folder.dataset['name']}.ttl"
    return write(path, exports.turtle_of(whole.quads, whole.base))


def _write_view(store: Embedded, chosen: Settings, output: Path | None) -> Path:
    from kg import network, tables
    from kg.output import write
    from kg.view import render

    row = tables.read_one(chosen.data, "dataset")[0]
    page = render(network.read(store, chosen.language), dataset=row.cells, language=chosen.language)
    return write(output or chosen.out / f"{row['name']}.html", page)


def _name(chosen: Settings) -> str:
    from kg.tables import read_one

    return read_one(chosen.data, "dataset")[0]["name"]


def _summary(whole: Whole, violations: int = 0) -> str:
    from kg import sources

    facts, cited = len(whole.folder.facts), len(sources.cited(whole.folder.facts))
    word = "violation" if violations == 1 else "violations"
    return f"{facts} facts, {cited} cited lines, {violations} {word}"
