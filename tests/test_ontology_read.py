"""The ontology as the tool reads it; what the files themselves say is in test_ontology.py."""

from __future__ import annotations

from conftest import ROOT

from kg import ontology


def test_schemes_and_their_concepts_are_known() -> None:
    """Each scheme gives its concepts by their keys."""
    known = ontology.load()
    assert set(known.schemes) >= {"role", "kind", "certainty", "goal-type", "indicator", "wave"}
    assert known.concepts["certainty"] == {"stated", "implied"}
    assert {"lead", "partner", "post-holder"} <= known.concepts["role"]
    assert all(known.concepts[scheme] for scheme in known.schemes)


def test_classes_are_the_ontologys_own() -> None:
    """Classes of other vocabularies, and datatypes, are none that a row can name."""
    classes = ontology.load().classes
    assert {"Initiative", "Project", "Goal"} <= classes
    assert not {"RorIdentifier", "Organization", "FormalOrganization"} & classes


def test_shapes_and_alignments_stay_out_of_the_graph() -> None:
    """The graph holds the terms and concepts, not what is said of the graph or of other vocabularies."""
    names = [file.name for file in ontology.load().graph_files]
    assert names == sorted(names)
    assert {"innovation.ttl", "concepts.ttl", "indicators.ttl"} <= set(names)
    assert not set(ontology.NOT_IN_GRAPH) & set(names)
    assert ontology.load().shapes.is_file()


def test_rules_come_in_the_order_of_their_names() -> None:
    """The order of the rules is that of their numbers."""
    rules = ontology.load().rules
    assert rules == sorted(rules)
    assert len(rules) == len(list((ROOT / "ontology" / "rules").glob("*.rq")))
