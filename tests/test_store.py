"""The module `store`: what every store can do."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

from kg.store import Store, rows

if TYPE_CHECKING:
    from kg.embedded import Embedded


def test_rows_give_terms_by_name(harbour: Embedded) -> None:
    """A row gives a variable's term, or nothing where it has none."""
    found = rows(harbour, "SELECT ?x ?y { VALUES (?x ?y) { (1 UNDEF) } }")
    assert [(row["x"], row["y"]) for row in found] == [(ox.Literal(1), None)]


def test_what_is_no_select_has_no_rows(harbour: Embedded) -> None:
    """Asking for rows of an ASK is a mistake of the code, not of people."""
    with pytest.raises(TypeError, match="SELECT"):
        rows(harbour, "ASK {}")


def test_anything_that_answers_is_a_store() -> None:
    """A store is whatever has the one method; what it answers is what rows are made of."""

    class Mirror:
        """A store that answers from a store of its own."""

        def query(self, text: str, /) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
            """Ask."""
            return ox.Store().query(text)

    mirror: Store = Mirror()
    assert [row["x"].value for row in rows(mirror, "SELECT ?x { VALUES ?x { 'a' } }")] == ["a"]
