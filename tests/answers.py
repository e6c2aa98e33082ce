"""Answers for tests: of a query, of a question of the library, and of any texts."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from kg import answer, ask, queries

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.answer import Answer
    from kg.embedded import Embedded

BASE = "https://example.org/harbour/"
HOSTILE = (
    "a|b",
    "\\|",
    "a\\",
    "`code` ``",
    "<script>alert(1)</script>",
    "</td></table>",
    "<!-- x -->",
    "&lt;b&gt; &amp; &#60;",
    "*bold* _it_ ~~out~~ $x$",
    "[a](javascript:alert(1))",
    "![x](https://host.example/x.png)",
    "https://host.example/ www.host.example a@host.example @user #1",
    "two\nlines\n\nthree",
    "\n\nat both ends\n",
    "carriage\rreturn\r\nboth",
    "\ttab\t",
    "  spaces  ",
    "\u00a0no break\u00a0",
    "=1+1",
    "  =1+1",
    "'=1+1",
    "+46 8",
    "-5",
    "@SUM(A1)",
    "\uff1d1+1",
    "\u200b=1",
    "a;=1+1",
    "a; b:3",
    '"quoted", and "again"',
    "\u202eright to left\u202c",
    "\u05e9\u05dc\u05d5\u05dd",
    "_x0041_ _x005F_",
    "\x00\x01\x1b[31m\x7f\x85",
    "\ufffe\uffff\ufeff",
    "\U0001f6a2 \u0301",
    "{0} {title} {{x}} %s",
    "0123",
    "1e5",
    "2015-05",
    "TRUE",
)
TEXTS = st.sampled_from(HOSTILE) | st.text(st.characters(exclude_categories=["Cs"]))
"""Any text that RDF can hold, those that do harm more often."""


def asked(store: Embedded, text: str, header: str = "", **values: str) -> Answer:
    """Ask a query's text, which may have a header, of a store."""
    question = queries.parse("mine", header + text, "mine.rq")
    bound = queries.bind(question, values, store.base, ask.finder(store, store.base))
    return answer.keep(store.query(bound), question, values=values, text=bound, base=store.base, store=store)


def of_library(store: Embedded, name: str, **values: str) -> Answer:
    """Ask a question of the library."""
    question = ask.question(name)
    bound = queries.bind(question, values, store.base, ask.finder(store, store.base))
    return answer.keep(store.query(bound), question, values=values, text=bound, base=store.base, store=store)


def of_texts(columns: Sequence[str], rows: Sequence[Sequence[str | None]], summary: str = "Texts") -> Answer:
    """Give an answer whose cells are these texts, IRIs where they begin with `<`; none is unbound."""
    bindings = [
        {name: _term(cell) for name, cell in zip(columns, row, strict=True) if cell is not None}
        for row in rows
    ]
    body = json.dumps({"head": {"vars": list(columns)}, "results": {"bindings": bindings}})
    question = queries.Query("mine", summary, "", (), (), "")
    return answer.Answer("rows", body.encode(), question, text="SELECT", base=BASE)


def _term(cell: str) -> dict[str, str]:
    if cell.startswith("<https://") and cell.endswith(">"):
        return {"type": "uri", "value": cell[1:-1]}
    return {"type": "literal", "value": cell}
