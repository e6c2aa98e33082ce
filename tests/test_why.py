"""The chain behind a fact leads from the triple to the document."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kg.errors import NotFound
from kg.store import rows
from kg.why import why

if TYPE_CHECKING:
    from kg.embedded import Embedded


def test_asserted_edge(harbour: Embedded) -> None:
    """An edge rests on its membership, that on its lines, those on a document with publisher and date."""
    chains = why(
        harbour, f"{harbour.base}organisation/boat-company", f"{harbour.base}initiative/sea-lab", "en"
    )
    (support,) = chains[0].supports
    assert chains[0].rule == ""
    assert support.fact == "membership:boat-company-partner-sea-lab"
    assert support.citations == (("report:3", "“Report on the sea”, Harbour Town, 2018, en"),)


def test_derived_edge(harbour: Embedded) -> None:
    """A direct edge names its rule, and rests on the membership that the rule starts from."""
    chains = why(
        harbour, f"{harbour.base}organisation/harbour-town", f"{harbour.base}initiative/sea-lab", "en"
    )
    leads = [chain for chain in chains if "— leads —" in chain.claim]
    assert len(leads) == 1
    assert leads[0].rule.startswith("30-direct-edges: ")
    assert "membership:harbour-town-lead-sea-lab" in [support.fact for support in leads[0].supports]


def test_thing(harbour: Embedded) -> None:
    """A thing's chains begin with where it is named, and go through all that is said of it."""
    chains = why(harbour, f"{harbour.base}goal/clean-water", "", "en")
    assert chains[0].claim == "Clean water by 2030 is named"
    assert any("has goal" in chain.claim for chain in chains)


def test_membership_by_its_own_iri(harbour: Embedded) -> None:
    """A membership answers for itself."""
    chains = why(harbour, f"{harbour.base}membership/harbour-town-founder-sea-lab", "", "sv")
    assert chains[0].supports[0].citations[0][0] == "report:1"


def test_implied_fact_gives_its_reason(harbour: Embedded) -> None:
    """What is implied says so, with the reason."""
    (first, *_) = why(harbour, f"{harbour.base}post/harbour-director", "", "en")
    assert first.supports[0].certainty == "implied"
    assert "whose director" in first.supports[0].reason


def test_nothing_between(harbour: Embedded) -> None:
    """Two things that no fact links are an error."""
    with pytest.raises(NotFound, match="no fact links organisation:boat-company and initiative:tide"):
        why(harbour, f"{harbour.base}organisation/boat-company", f"{harbour.base}initiative/tide", "en")


def test_every_derived_triple_has_a_rule(harbour: Embedded) -> None:
    """Each derived triple is derived again, by a rule that is told."""
    from kg.why import _traced

    graph = f"<{harbour.base}graph/derived>"
    (counted,) = rows(harbour, f"SELECT (COUNT(*) AS ?n) WHERE {{ GRAPH {graph} {{ ?s ?p ?o }} }}")
    assert len(_traced(harbour)) == int(counted["n"].value)
