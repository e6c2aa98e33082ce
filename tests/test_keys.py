"""Keys: the last part of each row's IRI, as the design says."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from conftest import HARBOUR, STOCKHOLM
from hypothesis import given
from hypothesis import strategies as st

from kg import tables
from kg.keys import keys
from kg.tables import Folder, Row, description

if TYPE_CHECKING:
    from random import Random

KINDS = {table.name: table.kind for table in description()}


def found(folder: Path) -> dict[tuple[str, int], str]:
    """Give the key of each row by table and line."""
    return {(row.table, row.line): key for row, key in keys(tables.read(folder)[0]).items()}


@pytest.mark.parametrize(
    ("table", "line", "key"),
    [
        ("organisations", 2, "harbour-town"),
        ("memberships", 2, "harbour-town-founder-sea-lab"),
        ("memberships", 4, "boat-company-partner-sea-lab"),
        ("memberships", 6, "harbour-town-board-member-tide"),
        ("holders", 2, "ada-lind-post-holder-harbour-town"),
        ("periods", 2, "sea-lab-has-time"),
        ("names", 2, "sea-lab-alt-label-havslabbet-sv"),
        ("names", 4, "boat-company-hidden-label-batbolagt-ab-sv"),
        ("identifiers", 2, "harbour-university-identifier-ror"),
        ("statements", 2, "harbour-master-reports-to-harbour-director"),
        ("statements", 4, "sea-lab-type-project"),
        ("statements", 6, "tide-uses-design-thinking"),
        ("observations", 2, "harbour-town-2018-explicit-strategy-answer"),
        ("observations", 3, "all-towns-2018-explicit-strategy-share"),
    ],
)
def test_a_key_says_what_its_fact_says(table: str, line: int, key: str) -> None:
    """Memberships, statements and observations are keyed by their parts."""
    assert found(HARBOUR)[table, line] == key


def membership(line: int, member: str, organisation: str, **cells: str) -> Row:
    """Give a row of memberships.csv."""
    said = {"member": member, "role": "lead", "organisation": organisation}
    return Row("memberships", "m.csv", line, said | cells)


def keyed(*rows: Row) -> list[str]:
    """Give the keys of rows of memberships.csv, in their order."""
    made = keys(Folder(Path(), {"memberships": list(rows)}))
    return [made[row] for row in rows]


def test_facts_that_differ_in_their_start_have_it_in_their_keys() -> None:
    """The start is added, and only where several facts would have the same key."""
    rows = [membership(2, "a", "b", start="2015"), membership(3, "a", "b", start="2018-05")]
    assert keyed(*rows, membership(4, "a", "c", start="2015")) == [
        "a-lead-b-2015",
        "a-lead-b-2018-05",
        "a-lead-c",
    ]


def test_facts_that_differ_in_their_post_have_it_in_their_keys() -> None:
    """The post comes before the start, and settles it where it tells them apart."""
    rows = [membership(2, "a", "b", post="mayor", start="2015"), membership(3, "a", "b", post="post:clerk")]
    assert keyed(*rows) == ["a-lead-b-mayor", "a-lead-b-clerk"]


def test_how_a_thing_is_referred_to_does_not_change_the_key() -> None:
    """A bare key and one with its kind give the same key."""
    assert keyed(membership(2, "organisation:a", "initiative:b")) == keyed(membership(2, "a", "b"))


def test_what_is_added_never_makes_another_facts_key() -> None:
    """Where the start would make the key of another fact, a digest tells them apart."""
    made = keyed(
        membership(2, "a", "b", start="2015"),
        membership(3, "a", "b", start="2016"),
        membership(4, "a", "b-2015"),
    )
    assert made[2] == "a-lead-b-2015"
    assert len(set(made)) == 3


cells = st.fixed_dictionaries(
    {
        "member": st.sampled_from(["a", "a-lead-b", "b"]),
        "organisation": st.sampled_from(["b", "b-lead-b", "b-2015"]),
        "start": st.sampled_from(["", "2015", "2016"]),
        "end": st.sampled_from(["", "2015", "2017"]),
    }
)


@given(st.lists(cells, max_size=8, unique_by=lambda each: tuple(sorted(each.items()))), st.randoms())
def test_keys_are_the_same_in_any_order(rows: list[dict[str, str]], random: Random) -> None:
    """A row's key is the same whatever the order in which the rows stand."""
    made = [membership(line, **each) for line, each in enumerate(rows)]
    first = dict(zip(made, keyed(*made), strict=True))
    assert all(re.fullmatch("[a-z0-9]+(-[a-z0-9]+)*", key) for key in first.values())
    random.shuffle(made)
    assert dict(zip(made, keyed(*made), strict=True)) == first


@given(st.lists(cells, max_size=8, unique_by=lambda each: tuple(sorted(each.items()))))
def test_rows_that_name_other_things_have_other_keys(rows: list[dict[str, str]]) -> None:
    """Of the same two things, rows that differ have other keys."""
    for pair in {(each["member"], each["organisation"]) for each in rows}:
        same = [
            membership(n, **each)
            for n, each in enumerate(rows)
            if (each["member"], each["organisation"]) == pair
        ]
        assert len(set(keyed(*same))) == len(same)


@pytest.mark.parametrize("folder", [HARBOUR, STOCKHOLM], ids=lambda path: path.name)
def test_no_two_rows_of_a_kind_share_a_key(folder: Path) -> None:
    """Each fact of a data folder has an IRI of its own."""
    made = [(KINDS[table], key) for (table, _), key in found(folder).items()]
    assert len(set(made)) == len(made)


def test_a_row_more_changes_no_other_key(folder: Path) -> None:
    """IRIs are stable: a further fact about other things leaves all keys as they were."""
    before = found(folder)
    path = folder / "memberships.csv"
    path.write_text(
        f"{path.read_text(encoding='utf-8')}boat-company,funder,tide,,,,,report:3,stated,\n", encoding="utf-8"
    )
    assert before.items() <= found(folder).items()
