"""Keys: the last part of each row's IRI.

A thing's key stands in its row. A fact's key is made of what it says: a membership is
`<member>-<role>-<organisation>`, a statement `<subject>-<relation>-<object>`, an observation
`<respondent>-<wave>-<item>-<measure>`; where several facts would have the same, the post, and then
the start, is added.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from kg.cells import MEASURES
from kg.iris import digest, local_name, slug
from kg.tables import description

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.tables import Folder, Row


def keys(folder: Folder) -> dict[Row, str]:
    """Give the key of each row that is about something."""
    post_in = employers(folder)
    groups: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for table in description():
        for row in folder.of(table.name) if table.kind else ():
            base = row["key"] or _BASES[table.name](row, post_in)
            groups[table.kind, base].append(row)
    found: dict[Row, str] = {}
    for (kind, base), rows in groups.items():
        told = {rows[0]: base} if len(rows) == 1 else _told_apart(base, rows)
        # What was added can make another fact's key: `a-lead-b` of 2015 and the member of a `b-2015`.
        taken = len(rows) > 1 and any((kind, key) in groups for key in told.values())
        found |= {row: f"{key}-{_whole(row)}" for row, key in told.items()} if taken else told
    return found


def employers(folder: Folder) -> dict[str, str]:
    """Give the key of the formal organisation of each post: that of its unit, where a unit has it.

    A line that names a holder names the organisation, seldom the office inside it.
    """
    unit_of = {row["key"]: row["unit_of"].rpartition(":")[2] for row in folder.of("units")}
    found = {}
    for row in folder.of("posts"):
        prefix, _, key = row["post_in"].rpartition(":")
        found[row["key"]] = unit_of.get(key, key) if prefix in ("", "unit") else key
    return found


def _told_apart(base: str, rows: list[Row]) -> dict[Row, str]:
    """Add what facts with the same key differ in: the post, then the start, then a digest of all."""
    told = dict.fromkeys(rows, base)
    for mark in (_post, _moment, _whole):
        values = [mark(row) for row in rows]
        if mark is _whole or len(set(values)) > 1:
            told = {row: "-".join(filter(None, (told[row], mark(row)))) for row in rows}
        if len(set(told.values())) == len(rows):
            break
    return told


def _post(row: Row) -> str:
    return _word(row["post"])


def _moment(row: Row) -> str:
    return row["start"] or row["attested"] or row["end"]


def _whole(row: Row) -> str:
    return digest("\n".join(f"{column}={row[column]}" for column in sorted(row.cells)))


def _word(reference: str) -> str:
    """Give the key in a reference such as `organisation:kth` or `inno:Project`."""
    return slug(reference.rpartition(":")[2])


def _membership(row: Row, _: dict[str, str]) -> str:
    return f"{_word(row['member'])}-{_word(row['role'])}-{_word(row['organisation'])}"


def _holder(row: Row, post_in: dict[str, str]) -> str:
    return f"{_word(row['person'])}-post-holder-{_word(post_in[row['post'].rpartition(':')[2]])}"


def _period(row: Row, _: dict[str, str]) -> str:
    return f"{_word(row['thing'])}-has-time"


def _name(row: Row, _: dict[str, str]) -> str:
    relation = "hidden-label" if row["type"] == "misspelling" else "alt-label"
    return f"{_word(row['thing'])}-{relation}-{slug(row['name'])}-{row['language'].lower()}"


def _identifier(row: Row, _: dict[str, str]) -> str:
    return f"{_word(row['thing'])}-identifier-{row['scheme']}"


def _statement(row: Row, _: dict[str, str]) -> str:
    return f"{_word(row['subject'])}-{local_name(row['relation'])}-{_word(row['object'])}"


def _observation(row: Row, _: dict[str, str]) -> str:
    measure = next(measure for measure in MEASURES if row[measure])
    return "-".join([_word(row["respondent"]), _word(row["wave"]), _word(row["item"]), measure])


_BASES: dict[str, Callable[[Row, dict[str, str]], str]] = {
    "memberships": _membership,
    "holders": _holder,
    "periods": _period,
    "names": _name,
    "identifiers": _identifier,
    "statements": _statement,
    "observations": _observation,
}
