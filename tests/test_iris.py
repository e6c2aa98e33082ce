"""IRIs: namespaces, keys and passages."""

from __future__ import annotations

import re

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg import iris

KEY = re.compile("[a-z0-9]+(-[a-z0-9]+)*")


@given(st.text())
def test_a_slug_is_a_key(text: str) -> None:
    """Any text becomes a key: lower-case ASCII, digits and single hyphens, not too long."""
    key = iris.slug(text)
    assert KEY.fullmatch(key)
    assert len(key) <= iris.LONGEST_KEY + 9
    assert ox.NamedNode(f"https://example.org/goal/{key}").value.endswith(key)


@given(st.from_regex(KEY, fullmatch=True).filter(lambda key: len(key) <= iris.LONGEST_KEY))
def test_a_key_is_its_own_slug(key: str) -> None:
    """A key stays as it is."""
    assert iris.slug(key) == key


def test_long_texts_that_differ_at_their_end_have_other_keys() -> None:
    """What is cut off still tells keys apart."""
    assert iris.slug("a" * 100 + "b") != iris.slug("a" * 100 + "c")


def test_accents_are_taken_off_however_they_are_written() -> None:
    """Composed and decomposed letters give the same key."""
    assert iris.slug("Båt") == iris.slug("Ba\u030at") == "bat"


@given(st.integers(1, 10**6), st.integers(0, 10**6))
def test_a_passage_lies_between_its_positions(first: int, more: int) -> None:
    """RFC 5147: a passage of n lines from line `first` begins at position first - 1 and spans n."""
    start, end = iris.passage("", first, first + more).removeprefix("#line=").split(",")
    assert int(start) == first - 1
    assert int(end) - int(start) == more + 1


def test_each_kind_but_source_has_a_prefix_and_each_prefix_one_namespace() -> None:
    """Prefixes are one to one, and no scheme takes the prefix of a kind or vocabulary."""
    schemes = ("role", "kind", "goal-type")
    found = iris.prefixes("https://example.org/", schemes)
    assert len(set(found.values())) == len(found) == len(iris.VOCABULARIES) + len(iris.KINDS) - 1 + 3
    assert "source" not in found


def test_an_unknown_prefix_is_a_bug() -> None:
    """Only known vocabularies are expanded."""
    with pytest.raises(KeyError):
        iris.expand("ex:name")


def test_a_question_is_rebased_only_where_the_base_differs() -> None:
    """IRIs of the usual base are put below the data set's, nothing else is touched."""
    text = f"VALUES ?x {{ <{iris.ID_BASE}goal/a> }} # {iris.ID_BASE}"
    assert iris.rebase(text, iris.ID_BASE) == text
    assert iris.rebase(text, "https://example.org/") == (
        f"VALUES ?x {{ <https://example.org/goal/a> }} # {iris.ID_BASE}"
    )
