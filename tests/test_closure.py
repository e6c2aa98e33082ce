"""The OWL 2 RL closure: ours contradicts nothing, and a contradiction that is planted is found."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import foreign_terms
import pyoxigraph as ox
import pytest
from conftest import ROOT, STOCKHOLM, assembled

from kg.closure import closure, gather
from kg.errors import NotFound
from kg.iris import expand

if TYPE_CHECKING:
    from pathlib import Path

ONTOLOGY = ROOT / "ontology"
X = ox.NamedNode("https://example.org/x")
Y = ox.NamedNode("https://example.org/y")


def node(curie: str) -> ox.NamedNode:
    """Give a vocabulary's term."""
    return ox.NamedNode(expand(curie))


def a(thing: ox.NamedNode, curie: str) -> ox.Triple:
    """Say of what class a thing is."""
    return ox.Triple(thing, node("rdf:type"), node(curie))


@pytest.fixture(scope="module")
def vocabularies() -> Path:
    """Give the folder of foreign vocabularies."""
    folder = foreign_terms.folder()
    if not folder.is_dir():
        pytest.skip(f"no folder of vocabularies at {folder}: set KG_ONTOLOGIES")
    return folder


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """Give the ontology without its concepts, which closes in less than a second."""
    text = (ONTOLOGY / "innovation.ttl").read_text(encoding="utf-8")
    (tmp_path / "innovation.ttl").write_text(text, encoding="utf-8")
    return tmp_path


@pytest.mark.slow
def test_stockholm_and_what_it_rests_on_contradict_nothing(vocabularies: Path) -> None:
    """Data, ontology, concepts, alignments and the vocabularies agree."""
    quads = assembled(STOCKHOLM).quads
    assert [str(problem) for problem in closure(ONTOLOGY, quads, vocabularies, alignments=True)] == []


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("inno:Event", "inno:Testbed"),
        ("inno:Goal", "inno:Solution"),
        ("inno:Programme", "inno:PolicyDocument"),
    ],
)
def test_a_thing_in_two_disjoint_classes_is_found(small: Path, first: str, second: str) -> None:
    """A planted contradiction is told as one violation about the thing, in short names."""
    problems = [each for each in closure(small, [a(X, first), a(X, second)]) if each.severity == "violation"]
    assert problems
    assert {problem.focus for problem in problems} == {X.value}
    assert all(problem.text.startswith("contradiction: Disjoint classes ") for problem in problems)
    assert not any("http://www.w3.org" in problem.text for problem in problems)


def test_a_contradiction_by_domain_is_found(small: Path) -> None:
    """What follows from a link contradicts as well: an event cannot be what adopts something."""
    planted = [a(X, "inno:Event"), a(Y, "inno:Goal"), ox.Triple(Y, node("inno:adoptedBy"), X)]
    found = {each.focus for each in closure(small, planted) if each.severity == "violation"}
    assert X.value in found  # an event, and by the range of inno:adoptedBy an organisation


def test_the_ontology_alone_contradicts_nothing(small: Path) -> None:
    """Without data and vocabularies nothing is contradictory, and a warning says what was left out."""
    [problem] = closure(small)
    assert problem.severity == "warning"
    assert "closed without the vocabularies" in problem.text


@pytest.mark.slow
def test_a_contradiction_with_a_vocabulary_is_found(vocabularies: Path) -> None:
    """What ORG keeps apart is found as well: a membership that is an organisation."""
    planted = [a(X, "org:Membership"), a(X, "inno:Network")]
    found = {each.focus for each in closure(ONTOLOGY, planted, vocabularies) if each.severity == "violation"}
    assert found == {X.value}


def test_organisations_with_identifiers_stay_apart(vocabularies: Path, small: Path) -> None:
    """ORG's key, by which owlrl would make all organisations the same, is left out."""
    graph = gather(small, (), vocabularies)
    assert "hasKey" not in " ".join(str(predicate) for predicate in set(graph.predicates()))


def test_a_missing_reasoner_is_told(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without owlrl the message says what to install."""
    monkeypatch.setitem(sys.modules, "owlrl", None)
    with pytest.raises(NotFound, match=r"pip install 'innovation-kg\[reason\]'"):
        closure(small)


def test_a_missing_vocabulary_is_told(small: Path, tmp_path: Path) -> None:
    """A folder that lacks a vocabulary is named with the file that it lacks."""
    with pytest.raises(NotFound, match=r"org\.ttl: this vocabulary is not in the folder"):
        closure(small, (), tmp_path / "nowhere")
