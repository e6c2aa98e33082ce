"""Conflicts: what two sources say differently of one thing, for the panel to show side by side.

What a conflict is stands in one place, the question `conflicts`; here it is asked in each language
and its rows are brought together by the thing that they are of.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from kg.config import LANGUAGES
from kg.network import thing_key
from kg.queries import bind

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.queries import Query
    from kg.store import Store

QUESTION = "conflicts"
"""The question of the library that finds them."""
SIDES = (("one", "dateOne", "sourceOne"), ("other", "dateOther", "sourceOther"))
"""The columns of each side: what it says, when, and which lines say so."""


def read(
    store: Store, query: Query, base: str, find: Callable[[str, str], str]
) -> dict[str, list[dict[str, Any]]]:
    """Ask for the conflicts of a store.

    Args:
        store: answers SPARQL.
        query: the question.
        base: the store's id base.
        find: gives the IRI of a thing by its name, as `kg.queries.bind` wants it.

    Returns:
        For each thing, by its kind and key, its conflicts: `relation`, a label by language, and two
        `sides`, each with `value` (a label by language), `date` and `sources` (`""` where unknown).
    """
    found: dict[tuple[str, ...], dict[str, Any]] = {}
    for language in LANGUAGES:
        times: defaultdict[tuple[str, ...], int] = defaultdict(int)
        for row in _rows(store, bind(query, {"language": language}, base, find)):
            fixed = ("subject", "relation", "dateOne", "sourceOne", "dateOther", "sourceOther")
            same = tuple(row.get(column, "") for column in fixed)
            times[same] += 1
            conflict = found.setdefault((*same, str(times[same])), _empty(row))
            conflict["relation"][language] = row.get("relationLabel", "")
            for side, (value, *_) in zip(conflict["sides"], SIDES, strict=True):
                side["value"][language] = row.get(value, "")
    of: dict[str, list[dict[str, Any]]] = {}
    for (subject, *_), conflict in sorted(found.items(), key=lambda item: item[0]):
        of.setdefault(thing_key(subject), []).append(conflict)
    return of


def _rows(store: Store, text: str) -> list[dict[str, str]]:
    """Ask, and give each row's terms as text, by column."""
    answer: Any = store.query(text)
    names = [variable.value for variable in answer.variables]
    return [{name: row[name].value for name in names if row[name] is not None} for row in answer]


def _empty(row: dict[str, str]) -> dict[str, Any]:
    """Give a conflict but for what depends on the language."""
    sides = [
        {"value": {}, "date": row.get(date, ""), "sources": row.get(source, "")} for _, date, source in SIDES
    ]
    return {"relation": {}, "sides": sides}
