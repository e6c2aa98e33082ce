"""The module `names`: what people mean by a name."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from conftest import HARBOUR, loaded
from hypothesis import example, given
from hypothesis import strategies as st

from kg import names
from kg.embedded import Embedded
from kg.errors import NotFound

if TYPE_CHECKING:
    from kg.store import Store

BASE = "https://example.org/harbour/"
STORE = loaded(HARBOUR)
LAB = f"{BASE}initiative/sea-lab"
BOATS = f"{BASE}organisation/boat-company"
UNIVERSITY = f"{BASE}organisation/harbour-university"
LABEL = ox.NamedNode("http://www.w3.org/2004/02/skos/core#prefLabel")


def find(name: str, kind: str = "", store: Store = STORE) -> str:
    """Find a thing of the invented ecosystem."""
    return names.find(store, BASE, name, kind)


@pytest.mark.parametrize(
    ("name", "iri"),
    [
        ("Sea Lab", LAB),  # its name
        ("  sea LAB ", LAB),  # in other case, with blanks around
        ("Havslabbet", LAB),  # an alias
        ("Båtbolaget AB", BOATS),  # a name in Swedish
        ("Båtbolagt AB", BOATS),  # a misspelling
        ("Seglarna AB", BOATS),  # a former name
        ("batbolaget ab", BOATS),  # without diacritics
        ("BA\u030aTBOLAGET AB", BOATS),  # a letter and its ring apart
        ("universitetet  i hamn", UNIVERSITY),  # with more blanks
        ("sea-lab", LAB),  # the key
        ("initiative:sea-lab", LAB),  # kind and key
        (LAB, LAB),  # the IRI
        (f"<{LAB}>", LAB),  # as Turtle writes it
        ("Ada Lind", f"{BASE}person/ada-lind"),
        ("report", f"{BASE}source/report"),
        ("Brev om havet", f"{BASE}source/letter"),
        ("Clean water by 2030", f"{BASE}goal/clean-water"),
        ("membership:harbour-town-founder-sea-lab", f"{BASE}membership/harbour-town-founder-sea-lab"),
        ("role:lead", "https://w3id.org/innovation-kg/concept/role/lead"),
        ("university college", "https://w3id.org/innovation-kg/concept/kind/university-college"),
    ],
)
def test_a_thing_is_found(name: str, iri: str) -> None:
    """By name, alias, misspelling, other case, without diacritics, key, kind and key, or IRI."""
    assert find(name) == iri


@pytest.mark.parametrize(
    ("name", "kind", "iri"),
    [
        ("Sea Lab", "initiative", LAB),
        ("sea-lab", "initiative", LAB),
        ("lead", "concept role", "https://w3id.org/innovation-kg/concept/role/lead"),
        ("role:lead", "concept role", "https://w3id.org/innovation-kg/concept/role/lead"),
        ("Leads", "concept role", "https://w3id.org/innovation-kg/concept/role/lead"),
        ("2018", "concept wave", "https://w3id.org/innovation-kg/concept/wave/2018"),
    ],
)
def test_a_thing_of_a_kind_is_found(name: str, kind: str, iri: str) -> None:
    """Where a kind is asked for, names and keys are those of that kind."""
    assert find(name, kind) == iri


@pytest.mark.parametrize(
    ("name", "kind", "message"),
    [
        ("Sea Lap", "", "no thing is called 'Sea Lap'; did you mean 'Sea Lab'"),
        ("Båtbolget", "organisation", "no organisation is called 'Båtbolget'; did you mean 'Båtbolag"),
        ("Universitetet", "", "'Universitetet i Hamn'"),
        ("Sea Lab", "organisation", "no organisation is called 'Sea Lab'"),
        ("lead", "concept answer", "no answer is called 'lead'"),
        ("lead", "concept roel", "there is no concept scheme 'roel'; did you mean 'role'?"),
        (LAB, "organisation", "no organisation is called"),
        ("organisation:none", "", "no thing is called 'organisation:none'"),
        ("https://host.example/other", "", "no thing is called"),
        ("", "", "no thing is called ''"),
    ],
)
def test_an_unknown_name_lists_what_is_near(name: str, kind: str, message: str) -> None:
    """What is called by nothing is told in one line, with what may be meant."""
    with pytest.raises(NotFound) as caught:
        find(name, kind)
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


def test_an_ambiguous_name_lists_what_it_can_mean() -> None:
    """A name of several things is refused with them all, as one writes them."""
    store = ox.Store()
    for kind in ("organisation", "place"):
        store.add(ox.Quad(ox.NamedNode(f"{BASE}{kind}/kista"), LABEL, ox.Literal("Kista", language="sv")))
    both = Embedded(store, BASE)
    for name in ("Kista", "kista"):
        with pytest.raises(NotFound, match="can mean organisation:kista, place:kista; write which"):
            find(name, store=both)
    assert find("place:kista", store=both) == f"{BASE}place/kista"
    assert find("Kista", "place", store=both) == f"{BASE}place/kista"


def test_an_exact_name_outdoes_one_without_diacritics() -> None:
    """`Ål` is Ål, though `Al` is there too."""
    store = ox.Store()
    for key, name in (("al", "Al"), ("al-2", "Ål")):
        store.add(ox.Quad(ox.NamedNode(f"{BASE}place/{key}"), LABEL, ox.Literal(name)))
    assert find("ål", store=Embedded(store, BASE)) == f"{BASE}place/al-2"


@given(st.text())
@example('"')
@example("\\")
@example('" } } DROP ALL #')
@example("> } DROP ALL #")
@example("<https://example.org/harbour/x> } #")
@example("initiative:sea lab")
@example("initiative:../sea-lab")
@example("initiative:sea-lab/..")
@example("sea-lab#x")
@example("\x00")
@example("\udcff")
@example("İ")
@example("(((")
def test_hostile_names_are_only_unknown(name: str) -> None:
    """No name whatever is anything but found or not found."""
    try:
        found = find(name)
    except NotFound as error:
        assert str(error)  # noqa: PT017  either outcome is right
    else:
        assert found.startswith((BASE, "https://w3id.org/innovation-kg/concept/"))


def test_labels_prefer_the_language_asked_for() -> None:
    """A label is in the language asked for, else in English, else in any, else the IRI's end."""
    town, director = f"{BASE}organisation/harbour-town", f"{BASE}post/harbour-director"
    project = "https://w3id.org/innovation-kg/ontology#Project"
    iris = [town, director, project, f"{BASE}place/none", "https://host.example/a#b"]
    assert names.labels(STORE, iris, "sv") == {
        town: "Hamnstaden",
        director: "Hamndirektör",
        project: "Projekt",
        f"{BASE}place/none": "none",
        "https://host.example/a#b": "b",
    }
    english = names.labels(STORE, iris, "en")
    assert (english[town], english[director], english[project]) == ("Harbour Town", "Hamndirektör", "Project")
