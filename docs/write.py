"""Write the reference pages, and the JSON-LD context, from the code and the data.

`make docs` writes them; with `--check` nothing is written, and a page that is not what it would be
is an error.
"""

from __future__ import annotations

import sys
from bisect import bisect_right
from collections import Counter
from pathlib import Path

import click

from kg import ask, cli, config, context, exports, forms, queries, sources, tables, usage
from kg.ontology import load

HERE = Path(__file__).resolve().parent
WIDTH = 92
KINDS = {"rows": "SELECT", "boolean": "ASK", "graph": "CONSTRUCT, DESCRIBE"}
LONGEST_STRIP = 200
"""Lines; of a longer document only the numbers are shown."""


def commands() -> str:
    """Give the page of commands: each one's help as it prints it, and the settings."""
    out = ["# Commands", "", "Written by `make docs` from the code.", ""]
    for name, command in cli.main.commands.items():
        context = click.Context(
            command, info_name=f"kg {name}", max_content_width=WIDTH, terminal_width=WIDTH
        )
        out += [f"## kg {name}", "", "```text", command.get_help(context), "```", ""]
    out += ["## Formats", "", "What `kg query --format` takes; the end of `-o FILE` says it too.", ""]
    out += ["| format | what it is | files | answers of | provenance |", "|---|---|---|---|---|"]
    for form in forms.FORMS.values():
        ends = ", ".join(f"`{end}`" for end in form.suffixes)
        kinds = ", ".join(word for kind, word in KINDS.items() if kind in form.takes)
        place = "in a file beside it" if form.beside else "inside"
        out.append(f"| `{form.name}` | {form.about} | {ends} | {kinds} | {place} |")
    out += ["", "Other names are known too: " + ", ".join(f"`{name}`" for name in forms.ALIASES) + ".", ""]
    out += ["## Exports", "", "What `kg export --format` takes; the end of `-o FILE` says it too.", ""]
    out += ["| format | what it is | file | holds |", "|---|---|---|---|"]
    holds = {
        "graph": "the default graph",
        "graphs": "all graphs",
        "network": "the network",
        "tables": "the tables",
    }
    for each in exports.FORMS.values():
        out.append(f"| `{each.name}` | {each.about} | `<name>{each.ending}` | {holds[each.of]} |")
    out += ["", "Other names are known too: " + ", ".join(f"`{name}`" for name in exports.ALIASES) + ".", ""]
    out += ["## Settings", "", "An option on the command line wins over a setting.", ""]
    out += ["| environment variable | what it sets |", "|---|---|"]
    out += [f"| `{name}` | {meaning} |" for name, meaning in config.SETTINGS.items()]
    return "\n".join(out) + "\n"


def questions() -> str:
    """Give the page of questions, by group."""
    out = ["# Questions", "", "Written by `make docs` from the headers in `queries/`.", ""]
    out += ["Ask one with `kg query NAME`, see its SPARQL with `kg queries NAME`.", ""]
    for group, listed in queries.grouped(ask.library()).items():
        out += [f"## {group.capitalize()}", ""]
        for query in listed:
            out += _question(query)
    return "\n".join(out)


def _question(query: queries.Query) -> list[str]:
    out = [f"### `{query.name}`", "", f"**{query.summary}.** {' '.join(query.description.split())}", ""]
    if query.params:
        out += ["| parameter | type | meaning | what it may be | default |", "|---|---|---|---|---|"]
        out += [
            f"| `--{p.name}` | {p.type} | {p.description} | {usage.allowed(p)} | `{query.default(p)}` |"
            for p in query.params
        ]
        out.append("")
    if query.edges:
        ties = ", ".join(f"`{one}` – `{other}`" for one, other in query.edges)
        out += [f"Ties of the network: {ties}.", ""]
    return [*out, f"Example: `{usage.example(query)}`", ""]


def described() -> str:
    """Give the page of tables: each one's columns, and the concepts that a cell may name."""
    out = ["# Tables", "", "Written by `make docs` from `data/tables.json` and the concept schemes.", ""]
    for table in tables.description():
        out += [
            f"## {table.name}.csv",
            "",
            table.description,
            "",
            "| column | required | holds |",
            "|---|---|---|",
        ]
        for column in table.columns:
            out.append(f"| `{column.name}` | {'yes' if column.required else ''} | {_holds(column)} |")
        out.append("")
    out += ["## Concepts", "", "The keys that a column of a scheme may hold, from `ontology/`.", ""]
    for scheme, keys in sorted(load().concepts.items()):
        out += [f"**{scheme}:** {', '.join(f'`{key}`' for key in sorted(keys))}", ""]
    return "\n".join(out)


def coverage() -> str:
    """Give the page of coverage: which lines of each document Stockholm's facts cite, and how often."""
    folder, _ = tables.read(config.share() / "data" / "stockholm")
    facts: Counter[tuple[str, int]] = Counter(line for row in folder.facts for line in sources.cited([row]))
    out = ["# Coverage", "", "Written by `make docs` from Stockholm's tables.", ""]
    out += ["| document | lines | cited lines | facts |", "|---|---|---|---|"]
    strips = []
    for row in folder.of("sources"):
        key, length = row["key"], int(row["lines"])
        cited = sum(facts[key, line] > 0 for line in range(1, length + 1))
        named = [fact for fact in folder.facts if any(source == key for source, _ in sources.cited([fact]))]
        out.append(f"| {row['title']} (`{key}`) | {length} | {cited} | {len(named)} |")
        if length <= LONGEST_STRIP:
            strips += [
                f"## {key}",
                "",
                "```text",
                *_strip([facts[key, n] for n in range(1, length + 1)]),
                "```",
                "",
            ]
    out += [
        "",
        "Each sign below is a line of the document, fifty in a row: `·` no fact cites it (it is empty, a",
    ]
    out += [
        "heading, or says what no table holds: [design.md](design.md) names those), `▁` one does, `▃` two to"
    ]
    out += ["four, `▆` five to nine, `█` ten or more.", "", *strips]
    return "\n".join(out)


def _strip(counts: list[int]) -> list[str]:
    signs = "".join("·▁▃▆█"[bisect_right((1, 2, 5, 10), count)] for count in counts)
    return [f"{start + 1:>4}  {signs[start : start + 50]}" for start in range(0, len(signs), 50)]


def _holds(column: tables.Column) -> str:
    extra = []
    if column.many:
        extra.append("a list, separated by `; `")
    if column.values:
        extra.append("one of " + ", ".join(f"`{value}`" for value in column.values))
    if column.scheme:
        extra.append(f"a concept of the scheme *{column.scheme}*")
    return " ".join([column.description, *(f"({part})" for part in extra)]).replace("|", "\\|")


def main(check: bool) -> int:  # noqa: FBT001  the one switch of a script
    """Write the pages, or say which are not as they would be written."""
    stale = 0
    for name, make in {
        "docs/commands.md": commands,
        "docs/questions.md": questions,
        "docs/tables.md": described,
        "docs/coverage.md": coverage,
        "ontology/context.jsonld": context.context,
        "ontology/frame.jsonld": context.frame,
    }.items():
        page, text = HERE.parent / name, make().rstrip() + "\n"
        if check and (not page.is_file() or page.read_text(encoding="utf-8") != text):
            sys.stderr.write(f"{name} is not what the code says; run make docs\n")
            stale += 1
        elif not check:
            page.write_text(text, encoding="utf-8")
    return min(stale, 1)


if __name__ == "__main__":
    sys.exit(main(check="--check" in sys.argv))
