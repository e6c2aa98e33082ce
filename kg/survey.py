"""Surveys: what a respondent answered in two waves, side by side, for a view to show.

What a value, a change and an option that was not offered are stands in the library's questions; here
`survey-values` and `survey-changes` are asked in each language of every respondent that answered in
more than one wave, and their rows are brought together by question and option.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kg.config import LANGUAGES
from kg.iris import VOCABULARIES
from kg.network import thing_key
from kg.queries import bind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from kg.queries import Query
    from kg.store import Store

VALUES, CHANGES = "survey-values", "survey-changes"
"""The questions of the library that tell of them."""
QUESTIONS = (VALUES, CHANGES)

_WAVES = (
    "SELECT DISTINCT ?respondent ?wave "
    "WHERE {{ ?observation <{0}respondent> ?respondent ; <{0}wave> ?wave }}".format(VOCABULARIES["inno"])
)

Rows = list[dict[str, str]]
Key = tuple[str, str]
"""A question and an option of it, which are the same where a question has none."""


def read(
    store: Store, queries: Mapping[str, Query], base: str, find: Callable[[str, str], str]
) -> list[dict[str, Any]]:
    """Ask for the answers of every respondent in its last two waves.

    Args:
        store: answers SPARQL.
        queries: the library's questions by name, those of `QUESTIONS` at least.
        base: the store's id base.
        find: gives the IRI of a thing by its name, as `kg.queries.bind` wants it.

    Returns:
        For each respondent of more than one wave `respondent` (its kind and key), `waves` (two
        labels) and `rows`, in the order of the English labels: `question` and `item`, labels; `before`
        and `after`, each with `values` (labels) and `sources` (citations, `""` where there are none);
        and `change`, as the question `survey-changes` calls it, or `same`. A label is by language.
    """
    waves: dict[str, set[str]] = {}
    for row in _rows(store, _WAVES):
        waves.setdefault(row["respondent"], set()).add(row["wave"])
    several = {
        respondent: sorted(found)[-2:] for respondent, found in sorted(waves.items()) if len(found) > 1
    }
    return [_survey(store, queries, base, find, *each) for each in several.items()]


def _survey(
    store: Store,
    queries: Mapping[str, Query],
    base: str,
    find: Callable[[str, str], str],
    respondent: str,
    waves: list[str],
) -> dict[str, Any]:
    """Give one respondent's answers in two waves."""
    rows: dict[Key, dict[str, Any]] = {}
    labels: list[dict[str, str]] = [{}, {}]
    for language in LANGUAGES:
        spoken = {"respondent": respondent, "language": language}
        for row in _rows(store, bind(queries[VALUES], spoken, base, find)):
            if row["wave"] in waves:
                at = waves.index(row["wave"])
                labels[at][language] = row.get("waveLabel", "")
                _add(_row(rows, row, language)[("before", "after")[at]], row, language)
        asked = {**spoken, "earlier": waves[0], "later": waves[1]}
        for row in _rows(store, bind(queries[CHANGES], asked, base, find)):
            _row(rows, row, language)["change"] = row["change"]
    ordered = sorted(
        rows.values(), key=lambda row: (row["question"].get("en", ""), row["item"].get("en", ""))
    )
    return {"respondent": thing_key(respondent), "waves": labels, "rows": ordered}


def _row(rows: dict[Key, dict[str, Any]], row: Mapping[str, str], language: str) -> dict[str, Any]:
    """Give the row of a question's option, which has its labels then."""
    found = rows.setdefault(
        (row["question"], row["item"]),
        {"question": {}, "item": {}, "change": "same"}
        | {side: {"values": [], "sources": ""} for side in ("before", "after")},
    )
    found["question"][language] = row.get("questionLabel", "")
    found["item"][language] = row.get("itemLabel", "")
    return found


def _add(side: dict[str, Any], row: Mapping[str, str], language: str) -> None:
    """Put a value of the row into its side, in one language."""
    side["sources"] = row.get("source", "")
    known = [value for value in side["values"] if language not in value]
    value = known[0] if known else {}
    if not known:
        side["values"].append(value)
    value[language] = " ".join(_words(row))


def _words(row: Mapping[str, str]) -> Iterator[str]:
    """Give the words of a value: its measure where that is no answer, bound, number, unit and year."""
    if not row["measure"].endswith("#answer"):
        yield f"{row.get('measureLabel', '')}:"
    if row.get("boundLabel"):
        yield row["boundLabel"]
    yield row.get("valueLabel", "")
    if row.get("unitLabel"):
        yield row["unitLabel"]
    if row.get("year"):
        yield f"({row['year']})"


def _rows(store: Store, text: str) -> Rows:
    """Ask, and give each row's terms as text, by column."""
    answer: Any = store.query(text)
    names = [variable.value for variable in answer.variables]
    return [{name: row[name].value for name in names if row[name] is not None} for row in answer]
