"""References: which thing, concept or class a word means."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg import ontology
from kg.iris import CONCEPTS, KINDS, ONTOLOGY
from kg.references import Index
from kg.tables import Column, description

BASE = "https://example.org/"
THINGS = ("organisation", "unit", "initiative")
SUBJECT = next(c for t in description() if t.name == "statements" for c in t.columns if c.name == "object")


def column(*references: str, scheme: str = "") -> Column:
    """Give a column that refers to some kinds."""
    return Column("thing", False, False, "string", "", references, scheme, "")  # noqa: FBT003


def index(**keys: set[str]) -> Index:
    """Give an index of some keys."""
    return Index({kind: frozenset(found) for kind, found in keys.items()}, ontology.load(), BASE)


keysets = st.fixed_dictionaries({kind: st.sets(st.sampled_from("abcde")) for kind in THINGS})


@given(keysets, st.sampled_from("abcdef"))
def test_a_bare_key_means_the_one_thing_that_has_it(keys: dict[str, set[str]], key: str) -> None:
    """A bare key is good exactly where one kind has it; the error of several names each."""
    kinds = [kind for kind in THINGS if key in keys[kind]]
    known = index(**keys)
    if len(kinds) == 1:
        assert known.iri(key, column(*THINGS)) == f"{BASE}{kinds[0]}/{key}"
        return
    with pytest.raises(ValueError, match="write which" if kinds else "is not in the tables") as caught:
        known.iri(key, column(*THINGS))
    assert all(f"{kind}:{key}" in str(caught.value) for kind in kinds)


@given(keysets, st.sampled_from(THINGS), st.sampled_from("abcdef"))
def test_a_key_with_its_kind_means_that_kind(keys: dict[str, set[str]], kind: str, key: str) -> None:
    """`kind:key` is good exactly where the kind has the key, however many others have it."""
    known = index(**keys)
    if key in keys[kind]:
        assert known.iri(f"{kind}:{key}", column(*THINGS)) == f"{BASE}{kind}/{key}"
    else:
        with pytest.raises(ValueError, match=f"{kind} '{key}' is not in the tables"):
            known.iri(f"{kind}:{key}", column(*THINGS))


@given(st.text())
def test_any_word_means_an_iri_or_is_refused_in_words(word: str) -> None:
    """No word of a cell ends in another error, and none is taken for what is not known."""
    try:
        found = index(organisation={"a"}, place={"b"}).iri(word, SUBJECT)
    except ValueError:
        return
    assert found.startswith((BASE, CONCEPTS, ONTOLOGY))


def test_only_the_kinds_of_a_column_are_looked_in() -> None:
    """A kind that cannot stand in a column is refused with those that can, or the nearest."""
    known = index(organisation={"a"}, place={"a"})
    assert known.iri("a", column("place")) == f"{BASE}place/a"
    with pytest.raises(ValueError, match="which cannot stand here; allowed are place:"):
        known.iri("organisation:a", column("place"))
    with pytest.raises(ValueError, match="did you mean 'organisation'"):
        known.iri("organization:a", column(*THINGS))


def test_concepts_and_classes() -> None:
    """A concept is its key in the column's scheme, or `scheme:key`; a class is `inno:Name`."""
    known = index()
    assert known.iri("lead", column(scheme="role")) == f"{CONCEPTS}role/lead"
    assert known.iri("role:lead", column(scheme="role")) == f"{CONCEPTS}role/lead"
    assert known.iri("role:lead", column("concept")) == f"{CONCEPTS}role/lead"
    assert known.iri("inno:Project", column("class")) == f"{ONTOLOGY}Project"
    for word, where in [
        ("lead", column("concept")),
        ("inno:Project", column("concept")),
        ("kind:company", column("class")),
    ]:
        with pytest.raises(ValueError, match="'"):
            known.iri(word, where)


def test_every_reference_of_the_tables_is_to_something() -> None:
    """What tables.json refers to are kinds, concepts and classes, and schemes that there are."""
    for table in description():
        for each in table.columns:
            assert set(each.references) <= {*KINDS, "concept", "class"}
            assert not each.scheme or each.scheme in ontology.load().schemes
