"""The network that kg.network reads, and where kg.layout puts it."""

from __future__ import annotations

import os
import subprocess
import sys
from itertools import combinations
from pathlib import Path
from typing import Any

import networkx as nx
import pyoxigraph as ox
import pytest
from conftest import HARBOUR, loaded

from kg.layout import AROUND, layout
from kg.network import BOUNDS, PICTURED, read, text_in, thing_key

TURTLE = Path(__file__).with_name("network.ttl")
BASE = "https://example.org/id/"


@pytest.fixture(scope="module")
def store() -> ox.Store:
    """An invented town's graph."""
    loaded = ox.Store()
    loaded.load(path=str(TURTLE), format=ox.RdfFormat.TURTLE)
    return loaded


@pytest.fixture(scope="module")
def network(store: ox.Store) -> nx.MultiDiGraph:
    """Its network."""
    return read(store)


def edge(network: nx.MultiDiGraph, key: str) -> tuple[str, str, dict[str, Any]]:
    """Give the ends and attributes of the one edge with a key."""
    ((start, end, _, found),) = [each for each in network.edges(keys=True, data=True) if each[2] == key]
    return start, end, found


def lines(fact: dict[str, Any]) -> list[tuple[str, int, int]]:
    """Give a fact's citations in short."""
    return [(cite["source"], cite["first"], cite["last"]) for cite in fact["citations"]]


def test_each_membership_is_an_edge(store: ox.Store, network: nx.MultiDiGraph) -> None:
    """There are as many membership edges as memberships in the graph, named by them."""
    rows = store.query("SELECT ?m { ?m a <http://www.w3.org/ns/org#Membership> }")
    expected = sorted(thing_key(row[0].value) for row in rows)  # type: ignore[union-attr]
    found = [key for *_, key, each in network.edges(keys=True, data=True) if each["type"] == "membership"]
    assert sorted(found) == expected


def test_every_node_is_a_thing_that_an_edge_touches(network: nx.MultiDiGraph) -> None:
    """Nodes are of the pictured kinds, none stands alone, and each counts its ties."""
    for key, node in network.nodes(data=True):
        assert node["kind"] in PICTURED
        assert node["ties"] == network.degree(key) > 0


def test_a_membership_knows_role_interval_person_and_lines(network: nx.MultiDiGraph) -> None:
    """A membership's edge has its role in both languages, its interval, through whom, and lines."""
    start, end, tie = edge(network, "membership:town-participant-giving-cities")
    assert (start, end) == ("organisation:town", "initiative:giving-cities")
    assert tie["role"] == "participant"
    assert tie["label"] == {"en": "participant", "sv": "deltagare"}
    assert (tie["start"], tie["end"], tie["attested"]) == ("2020", "2021", "")
    assert [each["key"] for each in tie["through"]] == ["post:innovation-director"]
    assert lines(tie) == [("sida", 59, 59)]
    assert (tie["certainty"], tie["reason"]) == ("stated", "")


def test_moments_are_as_exact_as_the_document(network: nx.MultiDiGraph) -> None:
    """A month stays a month, and a moment that is only attested is no start."""
    tie = edge(network, "membership:town-participant-champions")[2]
    assert (tie["start"], tie["end"], tie["attested"]) == ("", "", "2016-03")


def test_two_roles_are_two_edges(network: nx.MultiDiGraph) -> None:
    """A partner that is also needs owner is drawn twice."""
    between = network.get_edge_data("organisation:town", "initiative:demo-town")
    assert sorted(tie["role"] for tie in between.values()) == ["needs-owner", "partner"]


def test_an_implied_fact_says_why(network: nx.MultiDiGraph) -> None:
    """Certainty and reason come from the graph, for memberships and for links."""
    tie = edge(network, "membership:giving-initiator-giving-cities")[2]
    assert (tie["certainty"], tie["reason"]) == ("implied", "The programme carries its name.")
    assert edge(network, "statement:quality-programme-adoptedBy-council")[2]["certainty"] == "implied"


def test_a_holder_leads_to_the_post(network: nx.MultiDiGraph) -> None:
    """A membership in a post ends at the post, keeps its organisation, and cites lines and ranges."""
    start, end, tie = edge(network, "membership:kim-example-post-holder-executive-office-2015")
    assert (start, end) == ("person:kim-example", "post:innovation-director")
    assert tie["organisation"] == "unit:executive-office"
    assert lines(tie) == [("sida", 5, 5), ("sida", 19, 21)]


def test_a_link_without_a_statement_cites_its_subjects_lines(network: nx.MultiDiGraph) -> None:
    """What a unit is a unit of stands in the unit's row, so the row's lines say it."""
    start, end, tie = edge(network, "unit:executive-office-unitOf-organisation:town")
    assert (start, end, tie["type"]) == ("unit:executive-office", "organisation:town", "statement")
    assert lines(tie) == [("page", 14, 14), ("sida", 69, 69)]


def test_a_link_with_a_statement_cites_the_statement(network: nx.MultiDiGraph) -> None:
    """A link's own statement is its edge: its key, its lines, its label."""
    tie = edge(network, "statement:demo-town-hasOutput-traffic-light")[2]
    assert tie["label"] == {"en": "has output", "sv": "har resultatet"}
    assert lines(tie) == [("report", 21, 21)]
    assert tie["citations"][0]["date"] == "2020"


def test_a_node_has_names_helix_and_identifiers(network: nx.MultiDiGraph) -> None:
    """An organisation's node has both names, its kind's helix, aliases, identifiers and pages."""
    node = network.nodes["organisation:technical-university"]
    assert node["label"] == {"en": "Royal Technical University", "sv": "Kungliga Tekniska högskolan"}
    assert (node["helix"], node["classification"]["en"]) == ("academia", "university")
    assert node["aliases"] == ["RTU"]
    values = [each["value"] for each in node["facts"] if each["relation"] == "identifier"]
    pages = {value["text"]: value["page"] for value in values}
    assert pages == {
        "https://ror.org/000000001": "https://ror.org/000000001",
        "Q1": "http://www.wikidata.org/entity/Q1",
    }


def test_types_are_the_most_specific(network: nx.MultiDiGraph) -> None:
    """A programme is not also listed as an initiative, which it is by derivation."""
    assert network.nodes["initiative:cities-for-life"]["types"] == [{"en": "programme", "sv": "program"}]


def test_other_facts_are_attributes(network: nx.MultiDiGraph) -> None:
    """Goals, methods, places, former names, periods and events are with their node."""
    goal = network.nodes["initiative:cities-for-life"]["facts"][0]
    assert goal["relation"] == "hasGoal"
    assert (goal["value"]["year"], goal["value"]["type"]["en"]) == ("2030", "mission")
    uses = network.nodes["organisation:town"]["facts"][0]
    assert (uses["value"]["label"]["en"], uses["attested"]) == ("design thinking", "2018")
    former = network.nodes["organisation:region"]["facts"][0]
    assert (former["value"]["text"], former["end"]) == ("Exempels läns landsting", "2018-12-31")
    period = network.nodes["initiative:giving-cities"]["facts"][0]
    assert (period["relation"], period["value"]) == ("hasTime", {})
    assert (period["start"], period["end"]) == ("2020", "2021")
    assert network.nodes["post:innovation-director"]["events"][0]["start"] == "2015-05"


def test_a_name_falls_back_to_the_other_language(store: ox.Store) -> None:
    """A name in the language asked for, else in English."""
    swedish = read(store, "sv")
    assert swedish.nodes["initiative:open-house"]["name"] == "Öppna huset"
    assert swedish.nodes["initiative:roads-ahead"]["name"] == "Roads Ahead"
    assert text_in({}, "sv") == ""


def bounds(known: dict[str, Any]) -> list[str]:
    """Give the four bounds of a thing or fact."""
    return [known[bound] for bound in BOUNDS]


def test_bounds_are_those_of_the_graph() -> None:
    """Edges, facts and events have the days that the rules derive; what is unknown is empty."""
    found = read(loaded(HARBOUR.parent / "archipelago"))
    partner = edge(found, "membership:algae-works-partner-green-tide")[2]
    assert bounds(partner) == ["2015-04-01", "2015-04-01", "2017-09-30", "2017-09-30"]
    attested = edge(found, "membership:ravo-region-partner-green-tide")[2]
    assert bounds(attested) == ["", "2019-12-31", "2019-01-01", ""]
    periods = [
        fact for fact in found.nodes["initiative:algae-lines"]["facts"] if fact["relation"] == "hasTime"
    ]
    assert bounds(periods[0]) == ["2016-03-01", "2016-03-31", "2019-06-30", "2019-06-30"]
    assert found.graph["language"] == "en"


def test_two_documents_bound_a_thing_together() -> None:
    """Of two beginnings the first may be right, and nobody knows more than that."""
    node = read(loaded(HARBOUR.parent / "archipelago")).nodes["initiative:green-tide"]
    assert bounds(node) == ["2012-01-01", "2012-12-31", "2022-01-01", "2022-12-31"]


def test_an_empty_store_gives_an_empty_network() -> None:
    """Nothing known is nothing drawn."""
    network = read(ox.Store())
    assert len(network) == 0
    assert layout(network) == {}


SCRIPT = """
import pyoxigraph as ox
from kg.layout import layout
from kg.network import read
store = ox.Store()
store.load(path=PATH, format=ox.RdfFormat.TURTLE)
network = read(store)
print(list(network.edges(keys=True)), layout(network))
"""


def test_network_and_layout_do_not_depend_on_the_hash_seed() -> None:
    """Two processes with different hash seeds give the same edges and places."""
    outputs = set()
    for seed in ("1", "4711"):
        script = SCRIPT.replace("PATH", repr(str(TURTLE)))
        run = subprocess.run(
            [sys.executable, "-c", script],
            env={**os.environ, "PYTHONHASHSEED": seed},
            cwd=TURTLE.parents[1],
            capture_output=True,
            text=True,
            check=True,
        )
        outputs.add(run.stdout)
    assert len(outputs) == 1


def starred(count: int) -> nx.MultiDiGraph:
    """Give a network of hubs and leaves, as participations make it."""
    network = nx.MultiDiGraph()
    hubs = max(1, count // 8)
    for number in range(hubs, count):
        network.add_edge(f"leaf {number}", f"hub {number % hubs}")
    for number in range(1, hubs):
        network.add_edge(f"hub {number}", f"hub {number * 7 % max(1, number)}")
    return network


@pytest.mark.parametrize("count", [2, 5, 30, 70, 150])
def test_nodes_and_names_do_not_overlap(count: int) -> None:
    """The boxes of nodes with their names are apart."""
    places = layout(starred(count))
    for (ax, ay), (bx, by) in combinations(places.values(), 2):
        assert abs(ax - bx) >= 62 or abs(ay - by) >= 62


def test_a_large_network_is_placed() -> None:
    """Beyond the size of the careful layouts each node still has a place of its own."""
    places = layout(starred(1500))
    assert len(set(places.values())) > 1400


def parted() -> nx.Graph:
    """Give a network of one large part, three small ones and seven things alone."""
    tree = nx.random_labeled_tree(30, seed=4)
    graph = nx.Graph([(f"a{one:02}", f"a{other:02}") for one, other in tree.edges])
    graph.add_edges_from((f"{name}1", f"{name}2") for name in "bcd")
    graph.add_nodes_from(f"z{number}" for number in range(7))
    return graph


def test_unconnected_parts_are_apart_and_near() -> None:
    """No part reaches into another, and the whole is not half as large again as the largest part."""
    graph = parted()
    places = layout(graph)
    boxes = []
    for part in nx.connected_components(graph):
        xs, ys = zip(*(places[node] for node in part), strict=True)
        wide, high = AROUND - 1  # whole pixels
        boxes.append((min(xs) - wide, min(ys) - high, max(xs) + wide, max(ys) + high))
    for one, other in combinations(boxes, 2):
        assert one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
    sizes = [(right - left) * (bottom - top) for left, top, right, bottom in boxes]
    whole = [max(box[2 + axis] for box in boxes) - min(box[axis] for box in boxes) for axis in (0, 1)]
    assert whole[0] * whole[1] < 1.5 * max(sizes)
    assert min(box[1] for box in boxes) == -max(box[3] for box in boxes)


def test_the_order_of_ties_does_not_matter() -> None:
    """The same network has the same places, however it was put together."""
    graph = parted()
    turned = nx.Graph()
    turned.add_nodes_from(reversed(list(graph)))
    turned.add_edges_from((other, one) for one, other in reversed(list(graph.edges)))
    assert layout(graph) == layout(turned)


def test_things_alone_fill_rows() -> None:
    """Things without a tie stand in rows, not in one long line."""
    graph = nx.Graph()
    graph.add_nodes_from(f"{number:02}" for number in range(40))
    xs, ys = zip(*layout(graph).values(), strict=True)
    assert len(set(zip(xs, ys, strict=True))) == 40
    assert 1 < (max(xs) - min(xs)) / (max(ys) - min(ys)) < 2.5


def test_prefixes_of_the_base_do_not_matter(network: nx.MultiDiGraph) -> None:
    """Keys are of any id base; IRIs stay whole."""
    assert network.nodes["organisation:town"]["iri"] == f"{BASE}organisation/town"
