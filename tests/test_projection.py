"""The module `projection`: parts, surroundings, the network as of a date, and the one-mode network."""

from __future__ import annotations

from typing import Any

import networkx as nx
import pytest
from conftest import HARBOUR, ROOT, STOCKHOLM, loaded
from hypothesis import given
from hypothesis import strategies as st

from kg import moments
from kg.errors import NotFound, QueryError
from kg.network import BOUNDS, read, thing_key
from kg.projection import around, as_of, holds, one_mode, part
from kg.queries import bind, library
from kg.results import text

ARCHIPELAGO = ROOT / "tests" / "archipelago"
CITY, UNIVERSITY = "organisation:ostholm-city", "organisation:brannskar-university"
WORKS, REGION = "organisation:algae-works", "organisation:ravo-region"


@pytest.fixture(scope="module")
def network() -> nx.MultiDiGraph:
    """The archipelago's network, whose ties are known by construction."""
    return read(loaded(ARCHIPELAGO))


@pytest.fixture(scope="module")
def joined(network: nx.MultiDiGraph) -> nx.Graph:
    """Its one-mode network."""
    return one_mode(network)


def membership(**known: Any) -> dict[str, Any]:
    """Give the attributes of a membership of which only some things are known."""
    empty = dict.fromkeys((*BOUNDS, "start", "end", "attested"), "")
    usual = {"type": "membership", "role": "partner", "label": {}, "organisation": "initiative:i"}
    return {**empty, **usual, "certainty": "stated", "citations": [], **known}


def pair(first: dict[str, Any], second: dict[str, Any]) -> dict[str, Any]:
    """Give the one tie of two organisations with a membership each in the same initiative."""
    network = nx.MultiDiGraph()
    for member in ("organisation:a", "organisation:b"):
        network.add_node(member, kind="organisation")
    network.add_edge("organisation:a", "initiative:i", "membership:a", **membership(**first))
    network.add_edge("organisation:b", "initiative:i", "membership:b", **membership(**second))
    tie: dict[str, Any] = one_mode(network).edges["organisation:a", "organisation:b"]["ties"][0]
    return tie


def bounds(tie: dict[str, Any]) -> list[str]:
    """Give the four bounds of a tie."""
    return [tie[bound] for bound in BOUNDS]


def test_one_mode_joins_those_that_share_an_initiative(joined: nx.Graph) -> None:
    """The weight is the number of shared initiatives, however many roles somebody has in each."""
    weights = {(a, b): weight for a, b, weight in joined.edges(data="weight")}
    assert [ends for ends, weight in weights.items() if weight == 3] == [(UNIVERSITY, CITY)]
    assert sorted(ends for ends, weight in weights.items() if weight == 2) == [
        (WORKS, UNIVERSITY),
        (WORKS, CITY),
        (UNIVERSITY, "organisation:tide-agency"),
        ("organisation:fyrljus", CITY),
        (CITY, REGION),
        (CITY, "organisation:tide-agency"),
    ]


def test_one_mode_has_all_organisations_and_active_units(network: nx.MultiDiGraph, joined: nx.Graph) -> None:
    """An organisation without partners stands alone; a unit is there where it takes part itself."""
    organisations = {node for node, kind in network.nodes(data="kind") if kind == "organisation"}
    assert set(joined) == organisations | {"unit:idea-cell", "unit:night-desk"}
    assert "organisation:lysvik-institute" in joined["unit:idea-cell"]
    assert CITY not in joined["unit:idea-cell"]
    assert joined.nodes["unit:night-desk"]["ties"] == joined.degree("unit:night-desk") == 0


@pytest.mark.parametrize("data", [HARBOUR, ARCHIPELAGO, STOCKHOLM])
def test_one_mode_is_the_classical_projection(data: Any) -> None:
    """Weights are those of networkx's weighted projection of who takes part in which initiative."""
    whole = read(loaded(data))
    plain = nx.Graph()
    for member, _, edge in whole.edges(data=True):
        if edge["organisation"].startswith("initiative:") and member.startswith(("organisation:", "unit:")):
            plain.add_edge(member, edge["organisation"])
    actors = [node for node in plain if not node.startswith("initiative:")]
    expected = nx.bipartite.weighted_projected_graph(plain, actors)
    found = {frozenset(ends): weight for *ends, weight in one_mode(whole).edges(data="weight")}
    assert found == {frozenset(ends): weight for *ends, weight in expected.edges(data="weight")}


def test_a_tie_knows_its_initiative_roles_and_lines(joined: nx.Graph) -> None:
    """Each pair of memberships in one initiative is a tie with both roles and all their lines."""
    ties = joined.edges["organisation:fyrljus", CITY]["ties"]
    assert [tie["initiative"] for tie in ties] == [
        "initiative:current-network",
        "initiative:lantern-agreement",
    ]
    assert ties[0]["roles"] == {"organisation:fyrljus": "participant", CITY: "board-member"}
    assert ties[0]["label"]["en"] == "Current Network"
    assert set(ties[0]["memberships"]) == {"organisation:fyrljus", CITY}
    lines = [cite["iri"] for cite in ties[0]["citations"]]
    assert len(lines) == len(set(lines)) > 1


def test_shared_time_is_what_both_leave_of_it() -> None:
    """It begins when the later begins and ends when the earlier ends."""
    first = {"start": "2012", "end": "2018", "earliestStart": "2012-01-01", "latestStart": "2012-12-31"}
    first |= {"earliestEnd": "2018-01-01", "latestEnd": "2018-12-31"}
    second = {"start": "2015-04-01", "end": "2017-09", "earliestStart": "2015-04-01"}
    second |= {"latestStart": "2015-04-01", "earliestEnd": "2017-09-01", "latestEnd": "2017-09-30"}
    tie = pair(first, second)
    assert (tie["start"], tie["end"], tie["overlap"]) == ("2015-04-01", "2017-09", "certainly")
    assert bounds(tie) == ["2015-04-01", "2015-04-01", "2017-09-01", "2017-09-30"]


def test_unknown_ends_stay_unknown() -> None:
    """What only one of the two tells bounds the shared time on one side alone."""
    tie = pair({"start": "2015", "earliestStart": "2015-01-01", "latestStart": "2015-12-31"}, {})
    assert bounds(tie) == ["2015-01-01", "", "", ""]
    assert (tie["start"], tie["end"], tie["overlap"]) == ("", "", "possibly")


def test_who_left_before_the_other_came_never_met() -> None:
    """They took part in the same initiative, and the edge says that it was never together."""
    tie = pair({"latestEnd": "2010-12-31"}, {"earliestStart": "2011-01-01"})
    assert (tie["overlap"], bounds(tie)) == ("never", ["", "", "", ""])


@pytest.mark.parametrize(
    ("one", "other", "later"),
    [("2015", "2015", "2015"), ("2015", "2016-05", "2016-05"), ("2015", "2015-05", ""), ("2015", "", "")],
)
def test_the_later_of_two_moments_is_told_only_where_it_is_known(one: str, other: str, later: str) -> None:
    """2015-05 is neither before nor after 2015."""
    assert pair({"start": one}, {"start": other})["start"] == later


def test_a_tie_is_implied_where_either_membership_is(joined: nx.Graph) -> None:
    """A chain is as sure as its weaker link."""
    assert pair({"certainty": "implied"}, {})["certainty"] == "implied"
    found = {tie["certainty"] for *_, ties in joined.edges(data="ties") for tie in ties}
    assert found == {"stated", "implied"}


def test_part_takes_edges_either_way(network: nx.MultiDiGraph) -> None:
    """All edges of a pair are taken, whichever end is named first, and no others."""
    iris = [network.nodes[node]["iri"] for node in (CITY, "initiative:green-tide")]
    straight, turned = part(network, [(iris[0], iris[1])]), part(network, [(iris[1], iris[0])])
    expected = {key: edge for *_, key, edge in straight.edges(keys=True, data=True)}
    assert expected == network.get_edge_data(CITY, "initiative:green-tide")
    assert nx.utils.graphs_equal(straight, turned)
    assert set(straight) == {CITY, "initiative:green-tide"}


def test_part_of_the_unknown_is_empty(network: nx.MultiDiGraph) -> None:
    """A pair that is no edge, or no thing at all, adds nothing and is no error."""
    nowhere = [("https://example.org/x/y", "z"), (network.nodes[CITY]["iri"], "")]
    assert len(part(network, nowhere)) == 0


def test_around_reaches_by_hops_both_ways(network: nx.MultiDiGraph) -> None:
    """It is networkx's ego graph of the undirected network, with the edges' directions kept."""
    for hops in (1, 2, 3):
        expected = nx.ego_graph(network.to_undirected(as_view=True), WORKS, radius=hops)
        found = around(network, WORKS, hops)
        assert set(found) == set(expected)
        assert set(found.edges(keys=True)) == set(network.subgraph(expected).edges(keys=True))
    assert list(found) == [node for node in network if node in found]


def test_around_works_in_one_mode(joined: nx.Graph) -> None:
    """The same for organisations: two steps from the shipyard is the city, three the region."""
    shipyard = "organisation:cobb-shipyard"
    assert set(around(joined, shipyard)) == {shipyard, UNIVERSITY}
    assert CITY in around(joined, shipyard, 2)
    assert around(joined, shipyard).nodes[shipyard]["ties"] == 1


def test_around_nothing_names_the_nearest(network: nx.MultiDiGraph) -> None:
    """A node that is not there is told, and which may be meant."""
    with pytest.raises(NotFound, match="'organisation:ostholm' is not in the network; did you mean"):
        around(network, "organisation:ostholm")


def test_copies_leave_the_network_as_it_was(network: nx.MultiDiGraph) -> None:
    """What is done to a part is not done to the whole."""
    copy = around(network, WORKS)
    copy.nodes[WORKS]["kind"] = "changed"
    for *_, edge in as_of(network, "2016").edges(data=True):
        edge.clear()
    assert network.nodes[WORKS]["kind"] == "organisation"
    assert all("type" in edge and "holds" not in edge for *_, edge in network.edges(data=True))


def test_as_of_keeps_what_may_have_held(network: nx.MultiDiGraph) -> None:
    """Before its beginning and after its end an edge is gone; between, it is certain where known."""
    key = "membership:algae-works-partner-green-tide"
    found = {}
    for period in ("2014", "2015-04", "2016", "2017-09-30", "2017-10-01"):
        edges = {name: holding for *_, name, holding in as_of(network, period).edges(keys=True, data="holds")}
        found[period] = edges.get(key)
    sure = "certainly"
    assert found == {"2014": None, "2015-04": sure, "2016": sure, "2017-09-30": sure, "2017-10-01": None}


@pytest.mark.parametrize("data", [ARCHIPELAGO, STOCKHOLM])
@pytest.mark.parametrize("period", ["2012", "2015-05", "2017", "2018-10-15", "2020", "2026"])
def test_as_of_agrees_with_the_questions(data: Any, period: str) -> None:
    """An initiative's members as of a date are those of `kg query initiative-members`."""
    store = loaded(data)
    whole = read(store)
    asked = library(ROOT / "queries")["initiative-members"]
    found = set()
    for _, _, edge in as_of(whole, period).edges(data=True):
        if edge["organisation"].startswith("initiative:"):
            found.add((edge["iri"], edge["holds"]))
    expected = set()
    for node, iri in whole.nodes(data="iri"):
        if node.startswith("initiative:"):
            given = bind(asked, {"initiative": node, "as-of": period}, store.base, lambda *_, it=iri: it)
            expected |= {(thing_key(row["member"].value), text(row["holds"])) for row in store.query(given)}  # type: ignore[union-attr]
    members = {
        (start, edge["holds"])
        for start, _, edge in as_of(whole, period).edges(data=True)
        if edge["organisation"].startswith("initiative:")
    }
    assert found
    assert members == expected


def test_one_mode_as_of_a_date_tells_what_is_certain(network: nx.MultiDiGraph) -> None:
    """A tie is certain where both memberships are."""
    then = one_mode(as_of(network, "2019-06"))
    (tie,) = then.edges[UNIVERSITY, "organisation:cobb-shipyard"]["ties"]
    assert tie["holds"] == "certainly"
    assert not one_mode(as_of(network, "2021")).has_edge(UNIVERSITY, "organisation:cobb-shipyard")


@pytest.mark.parametrize("period", ["", "soon", "2016-13", "20166", "2016-02-30"])
def test_as_of_no_moment_is_an_error(network: nx.MultiDiGraph, period: str) -> None:
    """What is no year, month or day is told in words."""
    with pytest.raises(QueryError, match="write a year, a month or a day"):
        as_of(network, period)


@given(st.dates(), st.dates(), st.dates())
def test_holding_is_certain_only_between_the_inner_bounds(began: Any, ended: Any, day: Any) -> None:
    """A day is certain where all that is known leaves no other reading."""
    known = {"latestStart": began.isoformat(), "earliestEnd": ended.isoformat()}
    certain = began <= day <= ended
    assert (holds(known, day.isoformat(), day.isoformat()) == "certainly") == certain


def test_a_moment_is_taken_as_it_is(network: nx.MultiDiGraph) -> None:
    """A period may be a moment that was parsed before."""
    assert nx.utils.graphs_equal(as_of(network, moments.parse("2016")), as_of(network, "2016"))


def test_no_network_projects_to_none() -> None:
    """Nothing known is nothing joined, and holds at no time."""
    empty = nx.MultiDiGraph(dataset={"title": {}})
    assert len(one_mode(empty)) == len(as_of(empty, "2016")) == len(part(empty, [])) == 0
    assert one_mode(empty).graph == empty.graph
