"""Derive: rules run until nothing new follows; what each rule says is in test_rules.py."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

from kg.derive import derive
from kg.errors import QueryError

if TYPE_CHECKING:
    from pathlib import Path

EX = "https://example.org/"
STEP = f"CONSTRUCT {{ ?a <{EX}above> ?c }} WHERE {{ ?a <{EX}above> ?b . ?b <{EX}above> ?c }}"


def rule(folder: Path, text: str) -> list[Path]:
    """Write a rule."""
    path = folder / "rule.rq"
    path.write_text(text, encoding="utf-8")
    return [path]


def chain(length: int) -> ox.Store:
    """Give a store with a chain of things."""
    above = ox.NamedNode(f"{EX}above")
    store = ox.Store()
    store.extend(
        ox.Quad(ox.NamedNode(f"{EX}{n}"), above, ox.NamedNode(f"{EX}{n + 1}")) for n in range(length)
    )
    return store


def test_rules_run_until_nothing_new_follows(tmp_path: Path) -> None:
    """A closure is complete, is added to the store, and holds nothing that was asserted."""
    store = chain(9)
    asserted = {quad.triple for quad in store}
    added = derive(store, rule(tmp_path, STEP))
    assert len(added) == len(set(added)) == 9 * 10 / 2 - 9
    assert not asserted & set(added)
    assert {quad.triple for quad in store} == asserted | set(added)


def test_without_rules_nothing_follows() -> None:
    """No rule adds nothing."""
    assert not derive(chain(2), [])


def test_a_rule_that_feeds_on_itself_is_stopped(tmp_path: Path) -> None:
    """A rule that makes ever new terms ends in an error, not in a run without end."""
    text = f'CONSTRUCT {{ ?a <{EX}name> ?n }} WHERE {{ ?a ?p ?o BIND(CONCAT(STR(?o), "x") AS ?n) }}'
    with pytest.raises(QueryError, match="do not come to an end"):
        derive(chain(1), rule(tmp_path, text))


@pytest.mark.parametrize(
    ("text", "wrong"),
    [("CONSTRUCT {", "is not a SPARQL query"), ("SELECT * WHERE { ?a ?b ?c }", "is not a CONSTRUCT query")],
)
def test_a_file_that_is_no_rule_is_named(text: str, wrong: str, tmp_path: Path) -> None:
    """The error names the file."""
    with pytest.raises(QueryError, match=f"rule.rq: {wrong}"):
        derive(chain(1), rule(tmp_path, text))
