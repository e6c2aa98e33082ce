"""Derive: what follows from the asserted graph, by the rules in ontology/rules/.

Each rule is a SPARQL CONSTRUCT file; they run in the order of their names, again and again, until
nothing new follows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.errors import QueryError, shown

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

ROUNDS = 20
"""Rules that need more rounds feed on themselves."""


def derive(store: ox.Store, rules: Iterable[Path]) -> dict[ox.Triple, Path]:
    """Add to the store's default graph what follows from it.

    Args:
        store: asserted triples, ontology and concepts in the default graph; it is added to.
        rules: CONSTRUCT files, in order.

    Returns:
        The triples that were added, each with the rule that it follows by.

    Raises:
        QueryError: where a rule cannot be read, or the rules never come to an end.
    """
    texts = [(rule, rule.read_text(encoding="utf-8")) for rule in rules]
    added: dict[ox.Triple, Path] = {}
    for _ in range(ROUNDS):
        before = len(added)
        for rule, text in texts:
            for triple in _follows(store, rule, text):
                added[triple] = rule
                store.add(ox.Quad(*triple))
        if len(added) == before:
            return added
    raise QueryError(f"the rules do not come to an end in {ROUNDS} rounds; one feeds on itself")


def _follows(store: ox.Store, rule: Path, text: str) -> list[ox.Triple]:
    try:
        found = store.query(text)
    except SyntaxError as error:
        raise QueryError(f"{shown(rule)}: is not a SPARQL query: {error}") from None
    if not isinstance(found, ox.QueryTriples):
        raise QueryError(f"{shown(rule)}: is not a CONSTRUCT query")
    return [triple for triple in found if ox.Quad(*triple) not in store]
