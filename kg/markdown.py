"""Markdown: an answer as a table of GitHub Flavored Markdown (section 4.10), names linked to their IRIs.

What stands in a cell is text, whatever it holds: every sign that Markdown or HTML reads is escaped.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote

from kg import results

if TYPE_CHECKING:
    from kg.answer import Answer
    from kg.origin import Origin

_SIGNS = frozenset("\\`*_{}[]|~$!")
"""What Markdown and its extensions on GitHub read as more than itself."""
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "\n": "<br>", "@": "&#64;", "#": "&#35;"}
"""What HTML reads as more than itself, and what GitHub looks for after all backslashes are gone."""
_BLANK = re.compile(r"^ +| +$|  +")
_WEB = re.compile(r"(?i)(\bww)(w)(?=\.)|()(:)(?=//)")
"""Where GitHub would begin a link of its own."""


def write(answer: Answer, origin: Origin | None) -> bytes:
    """Write an answer of any kind as a Markdown table; below it, where it comes from."""
    table = results.of(answer).filled()
    lines = [_row([escaped(results.spaced(name)) for name in table.columns])]
    lines.append(_row(["---"] * len(table.columns)))
    for row, links in zip(table.rows, table.links, strict=True):
        lines.append(_row([_cell(text, iri) for text, iri in zip(row, links, strict=True)]))
    if origin is not None:
        lines += ["", *_foot(origin)]
    return ("\n".join(lines) + "\n").encode()


def escaped(words: str) -> str:
    r"""Give a text that Markdown shows as it stands, on one line.

    >>> escaped("a|b `c` <d>\ne")
    'a\\|b \\`c\\` &lt;d&gt;<br>e'
    """
    text = "".join(_sign(char) for char in results.visible(words))
    text = _WEB.sub(lambda found: f"{found[1] or ''}&#{ord(found[2] or found[4])};", text)
    # Markdown trims what stands at a cell's ends and joins blanks; as references they stay.
    return _BLANK.sub(lambda blanks: "&#32;" * len(blanks[0]), text)


def _sign(char: str) -> str:
    if char in _ENTITIES:
        return _ENTITIES[char]
    if char in _SIGNS:
        return f"\\{char}"
    # Other spaces and line ends are trimmed at the ends too.
    return f"&#{ord(char)};" if char.isspace() and char != " " else char


def _cell(text: str, iri: str) -> str:
    if not text or not results.linkable(iri):
        return escaped(text)
    return f"[{escaped(text)}](<{quote(iri, safe=_IRI)}>)"


_IRI = "/:?#[]@!$&'()*+,;=%~-._"
"""What an IRI has that stays; the rest is percent-encoded, the pipe that ends a cell first of all."""


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _foot(origin: Origin) -> list[str]:
    """Write where an answer comes from: a list, and the SPARQL in a fence that it cannot end."""
    from kg.origin import lines

    out = [f"- {line.head}: {_cell(line.words, line.iri)}" for line in lines(origin)]
    ticks = max(map(len, re.findall("`+", origin.text)), default=0)
    fence = "`" * max(3, ticks + 1)
    return [*out, "", f"{fence}sparql", results.visible(origin.text), fence]
