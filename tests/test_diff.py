"""The module `diff`: what was edited in the tables is what differs, and nothing else."""

from __future__ import annotations

import csv
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from conftest import HARBOUR, STOCKHOLM, loaded
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from kg import exports, files, graph
from kg.diff import IRI, LONGEST, Attribute, Change, _Reader, diff
from kg.embedded import Embedded
from kg.iris import expand

if TYPE_CHECKING:
    import random
    from collections.abc import Callable

BASE = "https://example.org/harbour/"
Rows = list[dict[str, str]]


def read(folder: Path, table: str) -> Rows:
    """Read a table's rows."""
    with (folder / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write(folder: Path, table: str, rows: Rows) -> None:
    """Write a table's rows."""
    with (folder / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def opened(folder: Path) -> Embedded:
    """Build a data folder's store."""
    base, quads = graph.make(folder)
    store = ox.Store()
    store.extend(quads)
    return Embedded(store, base)


def mirrored(change: Change) -> Change:
    """Give a change the other way round; the IRI of a fact is that of the other version."""
    action = {"added": "removed", "removed": "added"}.get(change.action, change.action)
    attributes = tuple(Attribute(a.property, a.language, a.new, a.old) for a in change.attributes)
    fact = next((a.new[0] for a in attributes if a.property == IRI), change.fact)
    return Change(action, change.thing, fact, change.kind, attributes, change.core)


def seen(changes: list[Change]) -> set[tuple[str, str, str]]:
    """Give what each change is of, by action and key, but for facts whose IRI alone is another."""
    return {
        (change.action, change.fact.removeprefix(BASE), "; ".join(_local(a) for a in change.attributes))
        if change.action == "changed"
        else (change.action, change.fact.removeprefix(BASE), "")
        for change in changes
        if [a.property for a in change.attributes] != [IRI]
    }


def _local(attribute: Attribute) -> str:
    return attribute.property.rpartition("#")[2].rpartition("/")[2]


@pytest.mark.parametrize("data", [HARBOUR, STOCKHOLM], ids=["harbour", "stockholm"])
def test_equal_versions_do_not_differ(data: Path, tmp_path: Path) -> None:
    """A version and itself, and a data folder and each export of it, say the same."""
    store = loaded(data)
    assert diff(store, store) == []
    for form in ("ttl", "trig", "nq", "jsonld", "rdf"):
        path = tmp_path / f"data.{form}"
        path.write_bytes(exports.write(exports.Part(store), form))
        assert diff(store, files.open_files(path)) == [], form
    path.write_bytes(exports.write(exports.Part(store, asserted=True), "rdf"))
    assert diff(files.open_files(path), store) == []


# Each edit takes the rows of a table and a row, and tells what differs then: action, fact, attributes.
Edit = tuple[str, "Callable[[dict[str, str]], object]", tuple[str, str, str]]
EDITS: dict[str, Edit] = {
    "end date": (
        "memberships",
        lambda row: (
            row["organisation"] == "sea-lab" and row["member"] == "boat-company" and row.update(end="2020")
        ),
        ("changed", "membership/boat-company-partner-sea-lab", "hasEnd"),
    ),
    "certainty": (
        "memberships",
        lambda row: row["role"] == "founder" and row.update(certainty="implied", reason="So it seems."),
        ("changed", "membership/harbour-town-founder-sea-lab", "comment; certainty"),
    ),
    "citation": (
        "memberships",
        lambda row: row["member"] == "harbour-university" and row.update(sources="letter:3; report:2"),
        ("changed", "membership/harbour-university-partner-sea-lab", "wasDerivedFrom"),
    ),
    "name": (
        "organisations",
        lambda row: row["key"] == "boat-company" and row.update(name_sv="Båtbolaget i Hamn AB"),
        ("changed", "organisation/boat-company", "prefLabel"),
    ),
    "kind": (
        "organisations",
        lambda row: row["key"] == "harbour-university" and row.update(kind="company"),
        ("changed", "organisation/harbour-university", "classification"),
    ),
    "answer": (
        "observations",
        lambda row: row["respondent"] == "harbour-town" and row["wave"] == "2018" and row.update(answer="no"),
        ("changed", "observation/harbour-town-2018-explicit-strategy-answer", "answer"),
    ),
    "former name": (
        "names",
        lambda row: row["name"] == "Seglarna AB" and row.update(end="2013"),
        ("changed", "statement/boat-company-alt-label-seglarna-ab-sv", "hasEnd"),
    ),
    "period": (
        "periods",
        lambda row: row["thing"] == "sea-lab" and row.update(start="2014"),
        ("changed", "statement/sea-lab-has-time", "hasBeginning"),
    ),
    "event": (
        "events",
        lambda row: row["key"] == "extend-sea-lab" and row.update(attested="2019-06"),
        ("changed", "event/extend-sea-lab", "inside"),
    ),
    "identifier": (
        "identifiers",
        lambda row: row["scheme"] == "wikidata" and row.update(thing=""),
        ("removed", "statement/harbour-university-identifier-wikidata", ""),
    ),
    "statement": (
        "statements",
        lambda row: row["subject"] == "sea-strategy" and row.update(subject=""),
        ("removed", "statement/sea-strategy-adopted-by-harbour-town", ""),
    ),
    "place": (
        "places",
        lambda row: row["key"] == "old-quay" and row.update(name_en="The Old Quay"),
        ("changed", "place/old-quay", "prefLabel"),
    ),
    "source": (
        "sources",
        lambda row: row["key"] == "letter" and row.update(title="Ett brev om havet"),
        ("changed", "source/letter", "title"),
    ),
    "version": (
        "dataset",
        lambda row: row.update(version="1.1", date="2026-02-28"),
        ("changed", "dataset/harbour", "issued; version"),
    ),
}


# Each example builds a graph: one that fails is not made smaller, as its edits are independent.
@settings(max_examples=10, phases=[Phase.explicit, Phase.generate])
@given(st.sets(st.sampled_from(sorted(EDITS)), min_size=1), st.randoms(use_true_random=False))
def test_edits_are_what_differs(names: set[str], chance: random.Random) -> None:
    """Random edits of rows, in random order of rows, differ and nothing else; reversed, the mirror does."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(shutil.copytree(HARBOUR, Path(name) / "harbour"))
        for edit in sorted(names):
            table, change, _ = EDITS[edit]
            rows = read(folder, table)
            for row in rows:
                change(row)
            rows = [row for row in rows if next(iter(row.values()))]  # one without its thing is taken out
            chance.shuffle(rows)
            write(folder, table, rows)
        old, new = loaded(HARBOUR), opened(folder)
        changes = diff(old, new)
        assert seen(changes) == {EDITS[edit][2] for edit in names}
        back = diff(new, old)
        assert [mirrored(change) for change in back] == changes


def test_a_thing_that_is_new_or_gone(folder: Path) -> None:
    """A new thing and its facts are told as added, under the thing, with all that is said."""
    rows = read(folder, "places")
    write(folder, "places", [*rows, {**rows[0], "key": "new-quay", "name_en": "New Quay"}])
    (change,) = diff(loaded(HARBOUR), opened(folder))
    assert (change.action, change.thing, change.kind) == ("added", f"{BASE}place/new-quay", "thing")
    (named,) = [each for each in change.attributes if each.property == expand("skos:prefLabel")]
    assert (named.language, named.old, named.new) == ("en", (), ('"New Quay"@en',))
    (change,) = diff(opened(folder), loaded(HARBOUR))
    assert change.action == "removed"


def test_a_fact_keeps_its_place_beside_another_like_it(folder: Path) -> None:
    """A second membership in the same role is added; the first has another IRI, and is not told as new."""
    rows = read(folder, "memberships")
    first = next(row for row in rows if row["member"] == "boat-company")
    write(folder, "memberships", [*rows, {**first, "start": "2021", "end": ""}])
    changes = diff(loaded(HARBOUR), opened(folder))
    assert [change.action for change in changes] == ["changed", "added"]
    assert changes[0].attributes == (
        Attribute(
            IRI,
            "",
            (f"{BASE}membership/boat-company-partner-sea-lab",),
            (f"{BASE}membership/boat-company-partner-sea-lab-2016-03",),
        ),
    )


def test_another_base_is_no_difference(folder: Path) -> None:
    """A data set that has moved says the same."""
    rows = read(folder, "dataset")
    write(folder, "dataset", [{**rows[0], "base": "https://example.org/elsewhere/"}])
    assert diff(loaded(HARBOUR), opened(folder)) == []


def parsed(text: str) -> Embedded:
    """Read Turtle of no data set."""
    store = ox.Store()
    store.extend(ox.parse(f"@prefix ex: <https://example.org/> . {text}", format=ox.RdfFormat.TURTLE))
    return Embedded(store, "https://example.org/none/")


def test_blank_nodes_are_compared_by_what_is_said_of_them() -> None:
    """Their names mean nothing; what stands in them counts."""
    one = parsed("ex:a ex:p [ ex:q 'x' ; ex:r [ ex:q 'y' ] ] . [] ex:q 'z' .")
    assert diff(one, parsed("ex:a ex:p _:n . _:n ex:q 'x' ; ex:r _:m . _:m ex:q 'y' . _:k ex:q 'z' .")) == []
    (change,) = diff(one, parsed("ex:a ex:p [ ex:q 'x' ; ex:r [ ex:q 'w' ] ] . [] ex:q 'z' ."))
    assert (change.action, change.thing) == ("changed", "https://example.org/a")
    ring = parsed("_:a ex:p _:b . _:b ex:p _:a .")
    assert diff(ring, ring) == []


def test_a_vocabulary_is_compared_with_a_vocabulary() -> None:
    """Data alone are no version of the ontology, all of which would else be told as gone."""
    term = "ex:C a <http://www.w3.org/2002/07/owl#Class> . ex:D a <http://www.w3.org/2002/07/owl#Class> ."
    assert diff(parsed("ex:a ex:p 'x' ."), parsed(f"ex:a ex:p 'x' . {term}")) == []
    changes = diff(parsed(term), parsed(term.replace("ex:D", "ex:E")))
    assert [(each.action, each.kind) for each in changes] == [("removed", "term"), ("added", "term")]


def test_whole_versions_come_and_go() -> None:
    """From nothing everything is added, to nothing everything removed."""
    store = loaded(HARBOUR)
    nothing = Embedded(ox.Store(), store.base)
    assert {change.action for change in diff(nothing, store)} == {"added"}
    assert [mirrored(each) for each in diff(store, nothing)] == diff(nothing, store)


def test_blank_nodes_that_refer_to_one_another_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each is looked into once a level, however many refer to it, and told in a text that stays short."""
    nodes = "".join(f"_:n{a} <http://x.example/p> _:n{b} . " for a in range(12) for b in range(12) if a != b)
    old, new = (Embedded(ox.Store(), BASE) for _ in range(2))
    for each, end in ((old, "one"), (new, "two")):
        text = f"{nodes} <http://x.example/s> <http://x.example/p> _:n0 . _:n0 <http://x.example/q> '{end}' ."
        each.store.bulk_load(text, ox.RdfFormat.TURTLE)
    looked = 0
    real = _Reader._node

    def counted(reader: object, value: str, depth: int) -> str:
        nonlocal looked
        looked += 1
        assert looked < 1_000
        return real(reader, value, depth)  # type: ignore[arg-type]

    monkeypatch.setattr(_Reader, "_node", counted)
    (change,) = diff(old, new)
    assert change.action == "changed"
    assert all(len(value) <= LONGEST for each in change.attributes for value in (*each.old, *each.new))
