"""Completeness: whether an endpoint's answer is all that there is.

Servers cut long answers with status 200. Virtuoso says so of rows, in a header; of a graph it says
nothing, and others say nothing at all. But a bound is a round number, and counting is not cut: so an
answer of just that length is counted again on the server, and where the numbers do not agree, or it
cannot be counted, it is an error. To page in place of that would need an order that is total and
stays, which no text of somebody else's promises.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg import guard

if TYPE_CHECKING:
    from kg.engines import Engine

ROUND = 1_000
"""A bound is taken to be a multiple of this."""
COUNTED = "kgCount"
"""The variable in which the number stands."""
_COUNT = f"SELECT (COUNT(*) AS ?{COUNTED}) WHERE {{ {{ "
_CLOSE = "\n} }"
_PARTING = frozenset(".;,")


@dataclass(frozen=True, slots=True)
class Counting:
    """How the solutions behind an answer are counted.

    Attributes:
        text: the query that counts them; empty where there are none to count.
        each: how many triples one solution makes at most; 1 of rows.
    """

    text: str
    each: int = 1


def doubt(kind: str, count: int, announced: str, engine: Engine) -> int:
    """Say at which length an answer may have been cut; 0 where it shows no sign of that.

    Args:
        kind: select, ask, construct or describe.
        count: how many rows or triples came.
        announced: the server's `X-SPARQL-MaxRows`, or nothing.
        engine: what is known of the server.
    """
    if kind == "ask":
        return 0
    if announced.isdecimal() and count >= int(announced) > 0:
        return int(announced)
    if kind == "describe" and engine.cap:
        # Not the triples are bounded, but the things described: the length tells nothing.
        return engine.cap
    # Virtuoso's graphs are cut one triple after its bound.
    lengths = (count,) if kind == "select" else (count, count - 1)
    return next((length for length in lengths if length >= ROUND and length % ROUND == 0), 0)


def whole(kind: str, count: int, limit: int, solutions: int, counting: Counting, engine: Engine) -> bool:
    """Say whether an answer in doubt is proved to be whole.

    Args:
        kind: select, construct or describe.
        count: how many rows or triples came.
        limit: the length at which it may have been cut.
        solutions: how many solutions the server counts.
        counting: how they were counted.
        engine: what is known of the server.
    """
    if kind == "describe":
        return bool(engine.cap) and solutions < limit
    return count == solutions * counting.each


def count(text: str, kind: str) -> Counting | None:
    """Write the query that counts the solutions behind an answer; none where that cannot be.

    Args:
        text: a query that a server has answered.
        kind: its kind.

    >>> count("CONSTRUCT { ?s a ?o ; ?p ?o } WHERE { ?s ?p ?o }", "construct").each
    2
    >>> print(count("SELECT ?s WHERE { ?s ?p ?o }", "select").text)
    SELECT (COUNT(*) AS ?kgCount) WHERE { { SELECT ?s WHERE { ?s ?p ?o }
    } }
    """
    if any(word == "FROM" for word, _ in guard.scan(text).keywords):
        # A sub-select cannot name its graphs.
        return None
    read = list(guard.tokens(text))
    form = next(place for place, (group, word, _) in enumerate(read) if group == "run" and _is(word, kind))
    start = read[form][2]
    head, rest = text[:start] + _COUNT, text[start + len(read[form][1]) :]
    if kind == "select":
        return Counting(head + text[start:] + _CLOSE)
    opened = next((place for place in range(form, len(read)) if read[place][1] == "{"), 0)
    if kind == "describe":
        return Counting(f"{head}SELECT DISTINCT {rest}{_CLOSE}" if opened else "")
    closed = _closing(read, opened)
    each = _triples(read[opened + 1 : closed])
    if opened == form + 1:
        rest = text[read[closed][2] + 1 :]
    return Counting(f"{head}SELECT * {rest}{_CLOSE}", each) if each else None


def columns(text: str) -> frozenset[str]:
    """Give the names of a SELECT's columns; none of any other query, nor where it says them by `*`.

    >>> sorted(columns("SELECT ?a (COUNT(?b) AS ?n) { ?a ?b ?c } GROUP BY ?a"))
    ['a', 'n']
    """
    found: set[str] = set()
    began, depth, before = False, 0, ""
    for group, word, _ in guard.tokens(text):
        if not began:
            began = group == "run" and _is(word, "select")
            continue
        if word == "{" or (depth == 0 and word.lower() in ("where", "from")):
            return frozenset(found)
        if word == "*" and depth == 0:
            break
        depth += (word == "(") - (word == ")")
        if group == "variable" and (depth == 0 or (depth == 1 and before == "as")):
            found.add(word[1:])
        before = word.lower()
    return frozenset()


def _is(word: str, kind: str) -> bool:
    return word.rpartition(".")[2].lower() == kind


def _closing(read: list[tuple[str, str, int]], opened: int) -> int:
    """Give the place of the bracket that closes the one at a place."""
    depth = 0
    for place in range(opened, len(read)):
        depth += (read[place][1] == "{") - (read[place][1] == "}")
        if depth == 0:
            return place
    return len(read)


def _triples(template: list[tuple[str, str, int]]) -> int:
    """Count the triples of a template, never too few; 0 where it holds brackets, which make more."""
    if not template or any(group == "open" for group, _, _ in template):
        return 0
    # A number takes the dot behind it for its own.
    parting = [word in _PARTING or (group == "number" and word[-1] == ".") for group, word, _ in template]
    return 1 + sum(parting[:-1])
