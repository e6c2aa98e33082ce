"""The module `markdown`: GitHub tables in which every cell is text, read back by another reader."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from answers import HOSTILE, TEXTS, asked, of_library, of_texts
from hypothesis import example, given
from markdown_it import MarkdownIt

from kg.results import visible

if TYPE_CHECKING:
    from markdown_it.token import Token

    from kg.embedded import Embedded

READER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])


def cells(written: bytes) -> list[list[str]]:
    """Read a table: each row's texts, a line break as a line feed."""
    rows: list[list[str]] = []
    for before, token in pairwise(READER.parse(written.decode())):
        if before.type == "tr_open":
            rows.append([])
        if before.type in ("th_open", "td_open"):
            rows[-1].append(text(token))
    return rows


def text(token: Token) -> str:
    """Give what is read in a cell; markup of any other kind than a link or a break is a failure."""
    out = []
    for child in token.children or []:
        if child.type == "html_inline":
            assert child.content == "<br>"
            out.append("\n")
        else:
            assert child.type in ("text", "link_open", "link_close", "text_special"), child
            out.append(child.content)
    return "".join(out)


def links(written: bytes) -> list[str]:
    """Give where the links of a table lead."""
    found = [child for token in READER.parse(written.decode()) for child in token.children or []]
    return [str(child.attrs["href"]) for child in found if child.type == "link_open"]


@given(TEXTS, TEXTS)
@example("a", "b")
def test_cells_come_back(one: str, other: str) -> None:
    """Whatever a cell holds is read as that text, and makes no row, cell, link or element."""
    answer = of_texts(["one", "two"], [("x", one), ("y", other), ("z", "last")])
    assert cells(answer.write("markdown")) == [
        ["one", "two"],
        ["x", visible(one)],
        ["y", visible(other)],
        ["z", "last"],
    ]


def test_github_makes_no_link_of_its_own() -> None:
    """Addresses and mentions in a text are not as GitHub looks for them."""
    written = of_texts(["one"], [[text] for text in HOSTILE]).write("markdown").decode()
    assert not [mark for mark in ("://", "www.", "@", "#1", "a@") if mark in written.replace("&#", "")]


def test_names_are_linked(harbour: Embedded) -> None:
    """A label leads to the IRI of what it names; what is not of the web leads nowhere."""
    written = asked(
        harbour,
        """SELECT ?x ?xLabel ?y { VALUES (?x ?xLabel ?y) {
          (initiative:tide "a|b](c" <javascript:alert(1)>) (<https://example.org/a(b)_c_%7C#å> "d" "e") } }
          ORDER BY ?xLabel""",
    ).write("markdown")
    assert cells(written) == [["x", "y"], ["a|b](c", "javascript:alert(1)"], ["d", "e"]]
    assert links(written) == [
        "https://example.org/harbour/initiative/tide",
        "https://example.org/a(b)_c_%7C#%C3%A5",
    ]


def test_it_reads_well(harbour: Embedded) -> None:
    """Columns without anything are left out, names are words, an answer without rows has its head."""
    text = 'SELECT ?bornIn ?none { VALUES (?bornIn ?none) { ("Åbo" UNDEF) } }'
    assert asked(harbour, text).write("md").decode() == "| born in |\n| --- |\n| Åbo |\n"
    empty = asked(harbour, "SELECT ?x { ?x a inno:None }").write("markdown").decode()
    assert empty == "| x |\n| --- |\n"
    assert cells(asked(harbour, "ASK {}").write("markdown")) == [["answer"], ["true"]]
    graph = asked(harbour, "CONSTRUCT { initiative:tide inno:b 3 } {}")
    assert cells(graph.write("markdown"))[1][0] == "initiative:tide"


def test_it_says_where_it_comes_from(harbour: Embedded) -> None:
    """Below the table stand the question, the data set, its sources, and the SPARQL in a fence."""
    answer = of_library(harbour, "organisation-partners", organisation="Harbour Town")
    written = answer.write("markdown", origin=True).decode()
    assert "- Question: organisation-partners\n" in written
    assert "- Source: [" in written
    assert [token.info for token in READER.parse(written) if token.type == "fence"] == ["sparql"]
    assert "```" not in answer.write("markdown").decode()


def test_the_sparql_cannot_end_its_fence(harbour: Embedded) -> None:
    """A query that holds a fence stays within its own."""
    answer = asked(harbour, "SELECT ?x { VALUES ?x { 1 } }\n# ````\n# <b>\n")
    tokens = READER.parse(answer.write("markdown", origin=True).decode())
    assert "````\n# <b>" in tokens[-1].content
    assert tokens[-1].type == "fence"
