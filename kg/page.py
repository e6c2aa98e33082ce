"""Page: an answer as a table on one HTML page that needs nothing else, and runs nothing.

Text stands in the page as text, isolated in its own direction, and links lead only into the web. The
policy in the head admits the page's own style by its digest, no script, and no request to anywhere.
"""

from __future__ import annotations

import base64
import hashlib
import re
from html import escape
from importlib.resources import files
from typing import TYPE_CHECKING

from kg import results

if TYPE_CHECKING:
    from kg.answer import Answer
    from kg.origin import Given, Origin
    from kg.results import Table

_COLUMN, _LEAST, _MOST = 130, 480, 1100
"""Pixels that a column needs on the average, and between which bounds a screen counts as narrow."""
_CITING = re.compile(r"sources?([A-Z]\w*)?|lines?")
"""The names of the columns that hold citations."""
_PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{title}</title>
<link rel="icon" href="data:,">
<style>{style}</style>
</head>
<body>
<main>
{table}
</main>{foot}
</body>
</html>
"""


def write(answer: Answer, origin: Origin | None) -> bytes:
    """Write an answer of any kind as a page: a table under its question, and where it comes from."""
    table = results.of(answer).filled()
    narrow = max(_LEAST, min(_COLUMN * len(table.columns), _MOST))
    style = (files("kg") / "page.css").read_text("utf-8").replace("{{narrow}}", str(narrow))
    return _PAGE.format(
        policy=_policy(style),
        title=_text(_heading(answer)),
        style=style,
        table=_table(answer, table, heading="h1", total=len(table.rows)),
        foot=_foot(origin) if origin is not None else "",
    ).encode()


def fragment(answer: Answer, most: int = 1_000) -> str:
    """Give an answer as a table to be put into another page, such as a notebook.

    Args:
        answer: the answer.
        most: how many rows are shown; what is left out is told.
    """
    table = results.of(answer, most)
    # Of rows that are left out nobody can tell what they fill.
    table = table.filled() if len(table.rows) == len(answer) else table
    return f"<div>{_table(answer, table, heading='strong', total=len(answer))}</div>"


def _heading(answer: Answer) -> str:
    return answer.query.summary or (answer.query.name if answer.query.name != "-" else "") or "Answer"


def _table(answer: Answer, table: Table, *, heading: str, total: int) -> str:
    from kg.origin import language, parameters

    count = "1 row" if total == 1 else f"{total:,} rows"
    rows = list(zip(table.rows, table.links, strict=True))
    if total > len(rows):
        count = f"the first {len(rows):,} of {count}"
    names = [_text(results.spaced(name)) for name in table.columns]
    # Shown otherwise on a narrow screen, tables and cells are forgotten to be such: the roles say it.
    told = [count, *(f"{given.name} = {given.value}" for given in parameters(answer) if _telling(given))]
    heads = "".join(f'<th scope="col" role="columnheader">{name}</th>' for name in names)
    kinds = [_kind(name) for name in table.columns]
    body = "\n".join(_row(row, links, names, kinds) for row, links in rows)
    return (
        f'<table role="table">\n<caption><span><{heading}>{_text(_heading(answer))}</{heading}> '
        f'<span class="count">{_text(" · ".join(told))}</span></span></caption>\n'
        f'<thead role="rowgroup"><tr role="row">{heads}</tr></thead>\n'
        f'<tbody role="rowgroup" lang="{escape(language(answer))}">\n{body}\n</tbody>\n</table>'
    )


def _telling(given: Given) -> bool:
    """Say whether a parameter's value says something beside the table: that all times are meant does not."""
    return given.name != "language" and given.value != "always"


def _kind(column: str) -> str:
    return ' class="cite"' if _CITING.fullmatch(column) else ""


def _row(row: list[str], links: list[str], names: list[str], kinds: list[str]) -> str:
    cells = [f'<th scope="row" role="rowheader" dir="auto">{_cell(row[0], links[0])}</th>'] if row else []
    for text, iri, name, kind in list(zip(row, links, names, kinds, strict=True))[1:]:
        inside = _citations(text) if kind and not iri else _cell(text, iri)
        # One child beside the column's name, so that on a narrow screen both stand in a line.
        inside = f"<bdi>{inside}</bdi>" if inside else ""
        cells.append(f'<td role="cell"{kind} data-column="{name}">{inside}</td>')
    return f'<tr role="row">{"".join(cells)}</tr>'


def _cell(text: str, iri: str) -> str:
    shown = _text(text)
    if not shown or not results.linkable(iri):
        return shown
    return f'<a href="{escape(iri)}" rel="noopener noreferrer">{shown}</a>'


def _citations(text: str) -> str:
    """Write citations each in one piece: a line may end between two, but not within one."""
    return "; ".join(f"<span>{_text(cited)}</span>" for cited in text.split("; ")) if text else ""


def _text(words: str) -> str:
    return escape(results.visible(words))


def _foot(origin: Origin) -> str:
    """Write where an answer comes from."""
    from kg.origin import lines

    listed = "\n".join(
        f'<dt>{_text(line.head)}</dt><dd dir="auto">{_cell(line.words, line.iri)}</dd>'
        for line in lines(origin)
    )
    return (
        f"\n<footer>\n<h2>Where this comes from</h2>\n<dl>\n{listed}\n</dl>\n"
        f"<details><summary>SPARQL</summary><pre>{_text(origin.text)}</pre></details>\n</footer>"
    )


def _policy(style: str) -> str:
    """Give the Content-Security-Policy: this style and no more."""
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return (
        f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; base-uri 'none'; form-action 'none'"
    )
