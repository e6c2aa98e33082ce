"""Handover: the commands that hand data on: `kg export`, `kg diff` and `kg publish`."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import click

from kg import ask
from kg.config import settings
from kg.errors import NotFound, nearest
from kg.options import FOLDER, Command, common

if TYPE_CHECKING:
    from pathlib import Path


@click.command(cls=Command, context_settings={"ignore_unknown_options": True, "allow_extra_args": True})
@click.option(
    "--format",
    "form",
    metavar="NAME",
    default="",
    help="ttl, trig, nt, nq, jsonld, rdf, canonical; graphml, gexf, nodes, edges, nodes-excel, edges-excel,"
    " vis, cytoscape; xlsx. By default what the end of -o says, else ttl.",
)
@click.option("--asserted", is_flag=True, help="Leave out what was derived.")
@click.option(
    "--from",
    "sources",
    multiple=True,
    metavar="SOURCE",
    help="Only what this source says; more than one may be named.",
)
@click.option(
    "--as-of", "period", default="", metavar="PERIOD", help="A year, month or day: what may have held then."
)
@click.option(
    "--question",
    metavar="NAME",
    default="",
    help="Only the facts behind this question's answer; --NAME VALUE is a parameter of it.",
)
@click.option("--param", "params", multiple=True, metavar="NAME=VALUE", help="A parameter of the question.")
@click.option("--modes", type=click.Choice(["1", "2"]), help="Of a network: 1 for organisations alone.")
@click.option(
    "--as-graph",
    is_flag=False,
    flag_value="dataset",
    default="",
    metavar="[IRI]",
    help="Write the default graph as a named one, <base>graph/dataset or IRI, for engines.",
)
@click.option(
    "--context", default="", metavar="IRI", help="A JSON-LD context to refer to; else it is inside."
)
@click.option("--checksum", is_flag=True, help="Write FILE.sha256 too, which sha256sum -c checks.")
@common("data", "queries", "out", "file", "language")
@click.pass_context
def export(ctx: click.Context, /, output: Path | None, *, checksum: bool, **options: Any) -> None:
    """Export the graph, the network or the tables, or a part of them, to a file."""
    from kg import take

    names = ("data", "queries", "out", "language")
    chosen = settings(os.environ, **{name: options.pop(name) for name in names})
    options["params"] = (*options["params"], *_parameters(ctx, asked=bool(options["question"])))
    take.save(chosen, take.Wanted(**options), output, beside=checksum)


def _parameters(ctx: click.Context, *, asked: bool) -> list[str]:
    """Read a question's parameters; without a question, what is none of the options is told."""
    if ctx.args and not asked:
        known = [word for option in ctx.command.params for word in option.opts if word.startswith("--")]
        word = ctx.args[0].partition("=")[0]
        raise NotFound(f"kg {ctx.command.name} knows no '{word}'{nearest(word, known)}")
    return list(ask.pairs(ctx.args))


@click.command(cls=Command)
@click.argument("old", type=FOLDER)
@click.argument("new", type=FOLDER)
@click.option(
    "--format", "form", help="text, markdown or json. By default what the end of -o says, else text."
)
@common("data", "out", "file", "language")
def diff(
    old: Path, new: Path, form: str | None, output: Path | None, data: Path | None, **options: Any
) -> None:
    """Tell what NEW says otherwise than OLD, by thing in plain words.

    Each is a data folder, RDF, or a date: 2018, 2018-05 or 2018-05-21 is --data as of then.

    Ends with exit code 0 whether they differ or not, with 1 where one cannot be read.
    """
    from kg import take
    from kg.output import emit

    if data is None and not take.dated(old) and not take.dated(new):
        data = new if new.exists() else old
    ending = output.suffix.lower() if output else ""
    form = form or {".json": "json", ".md": "markdown", ".markdown": "markdown"}.get(ending, "text")
    chosen = settings(os.environ, data=data, **options)
    emit(take.difference(old, new, form, chosen), output)


@click.command(cls=Command)
@click.argument("folder", type=FOLDER, metavar="DIR")
@click.option("--base", "root", metavar="URL", help="The site's address (default that of the things' IRIs).")
@click.option(
    "--previous", type=FOLDER, metavar="OLD", help="An older version: the feed tells what has changed since."
)
@common("data", "out")
def publish(
    folder: Path, root: str | None, previous: Path | None, data: Path | None, out: Path | None
) -> None:
    """Publish the data set as a static site: each IRI a page and its RDF, each question its answer."""
    from kg.errors import shown
    from kg.publish import publish

    done = publish(folder, settings(os.environ, data=data, out=out), root=root, previous=previous)
    removed = f", {done.removed:,} of an older run removed" if done.removed else ""
    click.echo(f"Wrote {shown(done.folder)}: {done.written:,} files, {done.kept:,} as they were{removed}.")
