"""Options: those of the command line that several commands share, and what holds for all."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from kg.config import LANGUAGES
from kg.errors import QueryError

if TYPE_CHECKING:
    from collections.abc import Callable

FOLDER = click.Path(path_type=Path)


class Command(click.Command):
    """A command that refuses an empty option, as a shell's variable that is not set gives one."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command.

        Raises:
            QueryError: where an option is empty: it would be passed over in silence.
        """
        for param in self.params:
            given = ctx.get_parameter_source(param.name or "") is ParameterSource.COMMANDLINE
            if given and ctx.params.get(param.name or "") == "" and isinstance(param, click.Option):
                raise QueryError(f"{param.opts[0]} is empty; give it a value, or leave it out")
        return super().invoke(ctx)


def common(*names: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Give a command the options that it shares with others."""
    options = {
        "data": click.option(
            "--data", type=FOLDER, help="The data folder, or RDF (default data/stockholm, or KG_DATA)."
        ),
        "out": click.option("--out", type=FOLDER, help="The folder for outputs (default build, or KG_OUT)."),
        "file": click.option("-o", "output", type=FOLDER, help="Write to this file; - is standard output."),
        "language": click.option(
            "--language",
            type=click.Choice(LANGUAGES),
            help="The language of labels (default en, or KG_LANGUAGE).",
        ),
        "queries": click.option(
            "--queries", type=FOLDER, help="A folder of your own questions (or KG_QUERIES)."
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
