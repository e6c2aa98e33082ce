"""Terminal: tables, profiles and lists as text that people read.

Text from data never steers the terminal: control characters are shown as a replacement character,
and nothing is read as markup.
"""

from __future__ import annotations

import re
import sys
from shutil import get_terminal_size
from textwrap import wrap
from typing import TYPE_CHECKING

from rich.cells import cell_len

from kg.config import LANGUAGES
from kg.queries import group_names, grouped, said
from kg.results import spaced
from kg.usage import allowed
from kg.usage import example as usage_example

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kg.profile import Fact, Profile
    from kg.queries import Query
    from kg.results import Table
    from kg.why import Chain

_CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")
WIDEST = 160
"""Characters across a table that no terminal gives a width to."""
GAP = 3
"""Characters between two columns of a table."""

_ABOUT = (
    ("type", "is a"),
    ("classification", "kind"),
    ("altLabel", "also called"),
    ("hiddenLabel", "also written"),
    ("definition", "meaning"),
    ("broader", "broader"),
    ("unitOf", "unit of"),
    ("postIn", "post in"),
    ("targetYear", "target year"),
    ("publisher", "publisher"),
    ("date", "date"),
    ("license", "licence"),
    ("identifier", "identifier"),
)
"""What a profile says first: a property's local name, and our word for it."""


def plain(text: str) -> str:
    """Give text that cannot steer a terminal."""
    return _CONTROL.sub("\N{REPLACEMENT CHARACTER}", text)


def table(answer: Table, width: int | None = None) -> str:
    """Draw an answer as a table as wide as the terminal; as records where it is too narrow.

    Columns in which no row has anything are left out.

    Args:
        answer: the rows.
        width: columns of the terminal; by default its own, or `WIDEST` where there is none.
    """
    shown = [n for n in range(len(answer.columns)) if any(row[n] for row in answer.rows)] or list(
        range(len(answer.columns))
    )
    names = [spaced(plain(answer.columns[n])) for n in shown]
    rows = [[plain(row[n]) for n in shown] for row in answer.rows]
    room = width or (get_terminal_size().columns if sys.stdout.isatty() else WIDEST)
    least = [max(map(_longest_word, column)) for column in zip(names, *rows, strict=True)]
    fits = sum(least) + GAP * (len(least) - 1) <= room
    drawn = _drawn(names, rows, least, room) if fits else _records(names, rows, room)
    count = "1 row" if len(rows) == 1 else f"{len(rows)} rows"
    return f"{drawn}\n\n{count}\n"


def _longest_word(cell: str) -> int:
    """Give the least width in which a cell wraps between words."""
    return max((cell_len(word) for word in cell.split()), default=0)


def _drawn(names: list[str], rows: list[list[str]], least: list[int], room: int) -> str:
    from rich import box
    from rich.console import Console
    from rich.table import Table as Drawn
    from rich.text import Text

    drawn = Drawn(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False, padding=(0, 1))
    for name, wide in zip(names, _widths(names, rows, least, room), strict=True):
        drawn.add_column(Text(name), width=wide)
    for row in rows:
        drawn.add_row(*map(Text, row))
    # As no terminal, so that Rich neither styles the text nor takes one that it does not know for 80 wide.
    console = Console(width=room, force_terminal=False, highlight=False)
    with console.capture() as capture:
        console.print(drawn)
    return "\n".join(line.rstrip() for line in capture.get().splitlines())


def _widths(names: list[str], rows: list[list[str]], least: list[int], room: int) -> list[int]:
    """Share the room: each column as wide as its longest cell, the widest narrowed until all fit."""
    wide = [max(map(cell_len, column)) for column in zip(names, *rows, strict=True)]
    spare = room - GAP * (len(wide) - 1)
    while sum(wide) > spare:
        column = max((n for n in range(len(wide)) if wide[n] > least[n]), key=lambda n: wide[n])
        wide[column] -= 1
    return wide


def _records(names: list[str], rows: list[list[str]], room: int) -> str:
    """Write each row as lines of name and value."""
    wide = max(map(cell_len, names)) + GAP
    out = []
    for row in rows:
        for name, cell in zip(names, row, strict=True):
            lines = wrap(cell, max(room - wide, 20)) or [""]
            if cell:
                out.append(f"{name:<{wide}}{lines[0]}")
                out += [f"{'':<{wide}}{line}" for line in lines[1:]]
        out.append("")
    return "\n".join(out).rstrip()


def profile(found: Profile, texts: Mapping[str, list[str]]) -> str:
    """Write a profile: names and kind first, then each fact with its dates and citations.

    Args:
        found: the profile.
        texts: the reader's own copies of the sources, by key; cited lines are shown from them.
    """
    out = [found.title, found.iri, ""]
    for key, word in _ABOUT:
        values = list(dict.fromkeys(value for value, _ in found.about.get(key, ())))
        if values:
            out.append(f"  {word + ':':<14} {', '.join(values)}")
    if found.when:
        out.append(f"  {'when:':<14} {found.when}")
    if found.citations:
        out.append(f"  {'source:':<14} {'; '.join(found.citations)}")
    reasons = [value for value, _ in found.about.get("comment", ())]
    if reasons:
        out.append(f"  {'implied:':<14} {'; '.join(reasons)}")
    for heading, facts in _groups(found.facts):
        out += ["", heading]
        for fact in facts:
            out += _fact(fact, texts)
    return plain("\n".join(out)) + "\n"


def _groups(facts: Iterable[Fact]) -> Iterator[tuple[str, list[Fact]]]:
    listed = list(facts)
    links = [fact for fact in listed if not fact.answer]
    groups = (
        ("Links from it", [fact for fact in links if not fact.inverse]),
        ("Links to it", [fact for fact in links if fact.inverse]),
        ("Survey answers", [fact for fact in listed if fact.answer]),
    )
    for heading, chosen in groups:
        if chosen:
            yield f"{heading} ({len(chosen)})", chosen


def _fact(fact: Fact, texts: Mapping[str, list[str]]) -> Iterator[str]:
    arrow = "←" if fact.inverse else "→"
    extra = [fact.when, *(f"through {name}" for name in fact.through)]
    if fact.certainty == "implied":
        extra.append("implied")
    behind = ", ".join(filter(None, extra))
    yield f"  {fact.relation} {arrow} {fact.other}{f' ({behind})' if behind else ''}"
    if fact.citations:
        yield f"      {'; '.join(fact.citations)}"
    if fact.reason:
        yield f"      because: {fact.reason}"
    for citation in fact.citations:
        yield from _cited(citation, texts)


def _cited(citation: str, texts: Mapping[str, list[str]]) -> Iterator[str]:
    source, _, lines = citation.partition(":")
    if source not in texts:
        return
    first, _, last = lines.partition("-")
    for number in range(int(first), int(last or first) + 1):
        if number <= len(texts[source]) and texts[source][number - 1].strip():
            yield f"      | {number}: {texts[source][number - 1].strip()}"


def chains(found: Iterable[Chain], texts: Mapping[str, list[str]]) -> str:
    """Write the chains behind some facts: the claim, the rule, what it rests on, and the documents.

    Args:
        found: the chains.
        texts: the reader's own copies of the sources, by key; cited lines are shown from them.
    """
    out = []
    for chain in found:
        out.append(chain.claim)
        if chain.rule:
            out.append(f"  follows by the rule {chain.rule}")
        for support in chain.supports:
            if chain.rule:
                out.append(f"  from {support.fact}: {support.says}")
            words = " ".join(
                filter(None, [support.certainty, f"because: {support.reason}" if support.reason else ""])
            )
            out.append(f"  {support.fact}{f' ({words})' if words else ''}" if not chain.rule else "")
            for citation, document in support.citations:
                out.append(f"    {citation}  {document}")
                out += _cited(citation, texts)
        out.append("")
    return plain("\n".join(line for line in out if line is not None)).rstrip() + "\n"


_QUESTIONS = {
    "end": (
        "kg queries NAME explains one; kg query NAME asks it.",
        "kg queries NAMN förklarar en fråga; kg query NAMN ställer den.",
    ),
    "parameters": ("Parameters", "Parametrar"),
    "default": ("default", "förvalt"),
    "ties": ("Ties of the network", "Förbindelser i nätverket"),
    "example": ("Example", "Exempel"),
}
"""What a list of questions says besides their own texts, in each language."""


def listing(found: Mapping[str, Query], language: str = LANGUAGES[0]) -> str:
    """List questions by group, in the order of `kg.queries.GROUPS`, in a language."""
    width = max(map(len, found), default=0)
    out = []
    for group, queries in grouped(found).items():
        out.append(said(group_names(group), language))
        out += [f"  {query.name:<{width}}  {said(query.summaries, language)}" for query in queries]
        out.append("")
    return plain("\n".join([*out, _QUESTIONS["end"][LANGUAGES.index(language)]])) + "\n"


def explanation(query: Query, example: str = "", language: str = LANGUAGES[0]) -> str:
    """Explain a question: what it asks, its parameters with what they may be, an example, its text.

    Args:
        query: the question.
        example: a command that asks it.
        language: of the explanation.
    """
    word = {key: words[LANGUAGES.index(language)] for key, words in _QUESTIONS.items()}
    out = [query.name, f"  {said(query.summaries, language)}", ""]
    if query.descriptions:
        out += [f"  {line}" for line in said(query.descriptions, language).splitlines()] + [""]
    if query.params:
        out.append(word["parameters"])
    for param in query.params:
        out.append(f"  --{param.name} ({param.type}): {said(param.descriptions, language)}")
        out += wrap(allowed(param, language), WIDEST, initial_indent=" " * 6, subsequent_indent=" " * 6)
        out.append(f"      {word['default']} {query.default(param)}")
    if query.edges:
        out += ["", word["ties"], *(f"  {one} - {other}" for one, other in query.edges)]
    out += ["", word["example"], f"  {example or usage_example(query)}", "", "SPARQL", ""]
    body = [line for line in query.text.splitlines() if not line.startswith("#+")]
    return plain("\n".join(out + body)) + "\n"
