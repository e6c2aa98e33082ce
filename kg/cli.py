"""The command line: `kg`, one command a thing that people do.

Each command imports what it needs when it runs: a cold `kg query` loads neither rdflib nor
networkx, pyvis or pySHACL.
"""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from kg import __version__, ask, forms, handover
from kg.config import own_queries, settings, spoken
from kg.errors import KgError, NotFound, nearest, printable, shown
from kg.options import FOLDER, Command, common
from kg.progress import limits, step

if TYPE_CHECKING:
    from kg.config import Settings
    from kg.embedded import Embedded
    from kg.graph import Whole
    from kg.queries import Query

FORMS = ("text", "json", "ttl")
"""The forms of a check's report."""
_SHOWN = 40
_NO_ROOM = (errno.ENOSPC, errno.EFBIG, errno.EIO, getattr(errno, "EDQUOT", errno.ENOSPC))


class Commands(click.Group):
    """Commands whose intended failures are lines for people, and exit code 1."""

    command_class = Command

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command."""
        for name in ("stdout", "stderr"):
            if getattr(sys, name) is None:  # closed by who called: nobody wants what is written there
                nowhere = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - the context closes it
                setattr(sys, name, ctx.with_resource(nowhere))
        try:
            return super().invoke(ctx)
        except KgError as error:
            from kg.terminal import plain

            for line in str(error).split("\n"):
                click.echo(f"kg: {plain(line)}", err=True)
            ctx.exit(1)
        except OSError as error:
            # Files are written by kg.output, with errors of its own: these are of standard output, or
            # of a name that no system looks up.
            if error.errno == errno.ENAMETOOLONG:
                name = str(error.filename)
                click.echo(f"kg: {printable(name[:_SHOWN])}...: {error.strerror}", err=True)
                ctx.exit(1)
            if error.errno not in _NO_ROOM:
                raise
            os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # what is left is not to fail again at the end
            click.echo(f"kg: standard output cannot be written: {error.strerror}", err=True)
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


@main.command()
@common("data", "out", "language")
def demo(data: Path | None, out: Path | None, language: str | None) -> None:
    """Build, check, ask, draw and export: the whole of it, once."""
    from kg.answer import keep
    from kg.queries import bind

    chosen = settings(os.environ, data=data, out=out, language=language)
    tables = ask.data_folder(chosen, "kg demo")
    with step("build and check the graph"):
        whole = _assembled(tables)
        store = _kept(whole, chosen)
    click.echo(_summary(whole))
    name = "organisation-partners"
    question = ask.question(name)
    values = {"language": chosen.language}
    text = bind(question, values, store.base, ask.finder(store, store.base))
    answer = keep(store.query(text), question, values=values, text=text, base=store.base, store=store)
    click.echo(f"\nkg query {name}\n\n{answer}\n")
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
@common("data", "out")
def build(folder: Path | None, data: Path | None, out: Path | None) -> None:
    """Build a data folder's graph: its store and its Turtle."""
    chosen = settings(os.environ, data=folder or data, out=out)
    tables = ask.data_folder(chosen, "kg build")
    with step("build and check the graph"):
        whole = _assembled(tables)
        _kept(whole, chosen)
    with step("write the Turtle"):
        path = _write_turtle(whole, chosen)
    click.echo(f"{_summary(whole)}\nWrote {shown(path)}.")


@main.command()
@click.argument("folder", type=FOLDER, required=False)
@click.option("--format", "form", type=click.Choice(FORMS), default="text", show_default=True)
@click.option("--ontology", is_flag=True, help="Check the ontology itself too, which takes longer.")
@common("data", "texts")
def check(folder: Path | None, form: str, data: Path | None, texts: Path | None, *, ontology: bool) -> None:
    """Check a data folder: its tables, its citations, its graph, and the questions' headers.

    Violations end with exit code 1, warnings alone with 0.
    """
    from kg import checks, report

    chosen = settings(os.environ, data=folder or data, texts=texts)
    tables = ask.data_folder(chosen, "kg check")
    with step("check tables, citations and shapes"):
        vocabularies = Path(os.environ["KG_ONTOLOGIES"]) if os.environ.get("KG_ONTOLOGIES") else None
        found = checks.check(tables, chosen.texts, ontology=ontology, vocabularies=vocabularies)
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
@click.argument("words", nargs=-1)
@common("queries", "data", "out", "language")
def queries_(
    words: tuple[str, ...],
    queries: Path | None,
    data: Path | None,
    out: Path | None,
    language: str | None,
) -> None:
    """List the questions, those that speak of all WORDS, or explain the one of that name."""
    from shlex import quote

    from kg import terminal, usage

    library = ask.library(own_queries(os.environ, queries))
    name, language = " ".join(words), spoken(os.environ, language)
    if name in library:
        chosen = settings(os.environ, data=data, out=out)
        given = {"--queries": queries, "--data": data}
        more = "".join(f" {option} {quote(str(path))}" for option, path in given.items() if path)
        example = _example(library[name], chosen) + more
        click.echo(terminal.explanation(library[name], example, language), nl=False)
        return
    found = usage.search(library, name)
    if not found:
        raise NotFound(f"no question is called '{name}' or speaks of it{nearest(name, library)}")
    click.echo(terminal.listing(found, language), nl=False)


def _example(question: Query, chosen: Settings) -> str:
    """Give a command that asks a question of the data at hand, or of what it was written for."""
    from kg.usage import example

    try:
        store = ask.embedded_store(chosen)
    except KgError:
        # What is wrong with the data is told by the commands that need it.
        return example(question)
    return example(question, store, store.base)


@main.command(context_settings={"ignore_unknown_options": True, "allow_extra_args": True})
@click.argument("question", required=False)
@click.option("--new", is_flag=True, help="Write a question of your own to begin with, to QUESTION.")
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
    metavar="NAME",
    help=f"{forms.listed()} By default what the suffix of -o says.",
)
@click.option(
    "--provenance",
    is_flag=True,
    help="Say where the answer comes from: question, data set, sources and licences.",
)
@click.option("--endpoint", metavar="URL", help="Ask this SPARQL endpoint in place of the data folder.")
@click.option(
    "--default-graph",
    metavar="IRI",
    help="The graph that an endpoint takes as its default; none for its own.",
)
@click.option(
    "--named-graph",
    "named_graphs",
    multiple=True,
    metavar="IRI",
    help="A graph of an endpoint that GRAPH ranges over; more than one may be named.",
)
@click.option(
    "--engine",
    metavar="NAME",
    default="generic",
    help="What kind of server an endpoint is: oxigraph, virtuoso, fuseki, graphdb, stardog, neptune,"
    " qlever, rdf4j, blazegraph, or generic.",
)
@click.option(
    "--timeout",
    type=click.FloatRange(min=0, min_open=True),
    help="Seconds that the answer may take (default 30, or KG_TIMEOUT).",
)
@click.option(
    "--memory",
    type=click.IntRange(min=1),
    metavar="MEGABYTES",
    help="Memory that the answer may take (default 2048, or KG_MEMORY).",
)
@click.option(
    "--from",
    "sources",
    multiple=True,
    metavar="SOURCE",
    help="Only what this source says; more than one may be named.",
)
@click.option("--allow-service", is_flag=True, help="Let a query ask other hosts with SERVICE.")
@common("data", "queries", "out", "file", "language")
@click.pass_context
def query(
    ctx: click.Context,
    /,
    question: str | None,
    params: tuple[str, ...],
    form: str | None,
    output: Path | None,
    **options: Any,
) -> None:
    """Ask a question: by its name, a file, or - for standard input."""
    from kg.answer import keep
    from kg.queries import bind

    if options["new"]:
        _begin(question)
        return
    if question is None:
        raise click.MissingParameter(param=next(p for p in ctx.command.params if p.name == "question"))
    if form:
        forms.find(form)  # a wrong name is told before a long answer is waited for
    chosen = settings(
        os.environ,
        data=options["data"],
        out=options["out"],
        language=options["language"],
        timeout=options["timeout"],
        memory=options["memory"],
        queries=options["queries"],
    )
    asked = ask.question(question, services=options["allow_service"], own=chosen.queries)
    known = [word for option in ctx.command.params for word in option.opts if word.startswith("--")]
    values = ask.values(asked, (*params, *ask.pairs(ctx.args)), known)
    if options["language"] or os.environ.get("KG_LANGUAGE"):
        named = any(param.name == "language" for param in asked.params)
        values |= {"language": chosen.language} if named else {}
    # To make the store of new tables is no part of the answer, and is not to be broken off.
    store, base = ask.open_store(chosen, os.environ, options, named=bool(asked.params))
    # An endpoint keeps the time itself, with a message of its own; the watchdog only stands behind it.
    with limits(chosen.timeout + (2 if options["endpoint"] else 0), chosen.memory):
        text = bind(asked, values, base, ask.finder(store, base))
        answer = keep(
            store.query(text),
            asked,
            values=values,
            text=text,
            base=base,
            asked=ask.place(chosen, options),
            store=store,
            seconds=chosen.timeout,
        )
        made, metadata = ask.written(
            answer, form, output, terminal=sys.stdout.isatty(), provenance=options["provenance"]
        )
        why = ask.doubt(answer)
    if metadata is not None and output is not None:
        from kg.metadata import SUFFIX
        from kg.output import write_together

        write_together({output: made, output.with_name(f"{output.name}{SUFFIX}"): metadata})
    else:
        _emit(made, output)
    if why:
        click.echo(f"kg: warning: {why}", err=True)


def _begin(name: str | None) -> None:
    """Write a question to begin one's own with."""
    from shlex import quote

    from kg.usage import begin

    file = quote(shown(begin(Path(name or "question.rq"))))
    click.echo(f"Wrote {file}: a question that runs as it stands. Try next:\n\n  kg query {file}")


@main.command()
@click.argument("name")
@common("data", "out", "language", "texts")
def show(name: str, data: Path | None, out: Path | None, language: str | None, texts: Path | None) -> None:
    """Show a thing's profile: by name, alias, misspelling, key or IRI."""
    from kg import names, terminal
    from kg.profile import profile

    chosen = settings(os.environ, data=data, out=out, language=language, texts=texts)
    store = ask.embedded_store(chosen)
    found = _texts(chosen)
    iri = names.find(store, store.base, name)
    click.echo(terminal.profile(profile(store, iri, chosen.language), found), nl=False)


@main.command()
@click.argument("name")
@click.argument("other", required=False)
@common("data", "out", "language", "texts")
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
    from kg import names, terminal
    from kg.why import why

    chosen = settings(os.environ, data=data, out=out, language=language, texts=texts)
    store = ask.embedded_store(chosen)
    found = _texts(chosen)
    ends = [names.find(store, store.base, word) for word in (name, other) if word]
    chains = why(store, ends[0], ends[1] if len(ends) > 1 else "", chosen.language)
    click.echo(terminal.chains(chains, found), nl=False)


@main.command(context_settings={"ignore_unknown_options": True, "allow_extra_args": True})
@click.argument("question", required=False)
@click.option("--focus", metavar="NAME", help="Open it with only what is near this thing.")
@click.option("--hops", type=click.IntRange(1, 4), default=2, show_default=True, help="How many ties away.")
@click.option("--as-of", metavar="WHEN", help="Open it with what held in this year, month or day.")
@click.option("--param", "params", multiple=True, metavar="NAME=VALUE", help="A parameter of the question.")
@common("data", "queries", "out", "file", "language")
@click.pass_context
def view(ctx: click.Context, /, question: str | None, output: Path | None, **options: Any) -> None:
    """Draw the network as one HTML file that needs no connection.

    With a QUESTION about relations, only the ties that its answer speaks of.
    """
    from kg import draw

    chosen = settings(
        os.environ,
        data=options["data"],
        out=options["out"],
        language=options["language"],
        queries=options["queries"],
    )
    known = [word for option in ctx.command.params for word in option.opts if word.startswith("--")]
    asked = ask.question(question, own=chosen.queries) if question else None
    if asked is None and (ctx.args or options["params"]):
        raise NotFound(f"kg view knows no {ctx.args[0] if ctx.args else '--param'} without a question")
    values = ask.values(asked, (*options["params"], *ask.pairs(ctx.args)), known) if asked else {}
    _focused(options["focus"])
    store = ask.embedded_store(chosen)
    with step("draw the network"):
        near = (options["focus"], options["hops"])
        drawn = draw.drawing(store, chosen.language, asked, values, near=near, period=options["as_of"])
        path = _write_view(store, chosen, output, **drawn)
    click.echo(f"Wrote {shown(path)}.")


@main.command()
@click.option(
    "--modes",
    type=click.Choice(["1", "2"]),
    default="1",
    show_default=True,
    help="1: organisations, tied by the initiatives that they share; 2: all things and their ties.",
)
@click.option("--focus", metavar="NAME", help="Measure only what is around this thing.")
@click.option(
    "--hops",
    type=click.IntRange(min=1),
    default=2,
    show_default=True,
    help="How many ties from --focus.",
)
@click.option("--as-of", "period", metavar="PERIOD", help="A year, month or day: what may have held then.")
@click.option(
    "--sort",
    "order",
    default="degree",
    show_default=True,
    help="degree, betweenness, component, community, name, kind or helix.",
)
@click.option("--format", "form", metavar="NAME", help="table, csv, json, markdown, xlsx, html, ...")
@common("data", "out", "file", "language")
def measures(form: str | None, output: Path | None, order: str, **options: Any) -> None:
    """Measure the network: degree, betweenness, component and community of each node."""
    from kg import draw, ranks

    chosen = settings(os.environ, data=options["data"], out=options["out"], language=options["language"])
    _focused(options["focus"])
    store = ask.embedded_store(chosen)
    wanted = {name: options[name] for name in ("modes", "focus", "hops", "period")}
    with step("measure the network"):
        graph = draw.network(store, chosen.language, **wanted)
        answer = ranks.rank(graph, order, {**wanted, "language": chosen.language}, store)
    made, _ = ask.written(answer, form, output, terminal=sys.stdout.isatty())
    _emit(made, output)


def _focused(focus: str | None) -> None:
    """Refuse --hops without --focus, which would do nothing."""
    given = click.get_current_context().get_parameter_source("hops")
    if given is ParameterSource.COMMANDLINE and not focus:
        raise click.UsageError("--hops says how many ties from --focus, which is missing")


main.add_command(handover.export)
main.add_command(handover.diff)
main.add_command(handover.publish)


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


def _emit(text: str | bytes, path: Path | None) -> None:
    from kg.output import emit

    emit(text, path)


def _write_turtle(whole: Whole, chosen: Settings) -> Path:
    from kg import exports
    from kg.output import write

    path = chosen.out / f"{whole.folder.dataset['name']}.ttl"
    return write(path, exports.turtle_of(whole.quads, whole.base))


def _write_view(store: Embedded, chosen: Settings, output: Path | None, **drawn: Any) -> Path:
    """Write the page of the whole network, or of what `draw.drawing` gives."""
    from kg import draw, picture
    from kg.output import write

    drawn = drawn or draw.drawing(store, chosen.language)
    name = drawn.pop("name", "") or ask.name(chosen)
    page = picture.render(dataset=ask.described(chosen), language=chosen.language, **drawn)
    return write(output or chosen.out / f"{name}.html", page)


def _texts(chosen: Settings) -> dict[str, list[str]]:
    """Find the reader's copies of the documents that the data folder's sources are."""
    if not chosen.texts or ask.holds_rdf(chosen):
        return {}
    from kg import sources, tables

    return sources.find_texts(chosen.texts, tables.read_one(chosen.data, "sources"))


def _summary(whole: Whole, violations: int = 0) -> str:
    from kg import sources

    facts, cited = len(whole.folder.facts), len(sources.cited(whole.folder.facts))
    word = "violation" if violations == 1 else "violations"
    return f"{facts} facts, {cited} cited lines, {violations} {word}"
