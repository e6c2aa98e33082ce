"""The module `gexf`: valid GEXF 1.3 with intervals, which networkx reads back."""

from __future__ import annotations

import io
from datetime import date, timedelta
from itertools import pairwise
from typing import Any
from xml.etree import ElementTree as ET

import networkx as nx
import pytest
from conftest import HARBOUR, ROOT, STOCKHOLM, loaded
from gexf_schema import NAMESPACE, problems
from hypothesis import given
from hypothesis import strategies as st
from test_attributes import TEXTS
from test_graphml import graphs

from kg import gexf
from kg.attributes import flat, plain
from kg.network import read
from kg.projection import as_of, one_mode

ARCHIPELAGO = ROOT / "tests" / "archipelago"
FOLDERS = [HARBOUR, ARCHIPELAGO, STOCKHOLM]
SPACE = {"g": NAMESPACE, "viz": f"{NAMESPACE}/viz"}
DAYS = st.dates(min_value=date(2000, 1, 1), max_value=date(2000, 2, 1)).map(str) | st.just("")


def tree(made: bytes) -> ET.Element:
    """Read a file of our own."""
    return ET.fromstring(made)  # noqa: S314  our own


def element(made: bytes, kind: str, name: str) -> ET.Element:
    """Give the node or edge with an identifier."""
    (found,) = [each for each in tree(made).findall(f".//g:{kind}", SPACE) if each.get("id") == name]
    return found


def back(made: bytes) -> nx.Graph:
    """Read GEXF with networkx."""
    return nx.read_gexf(io.BytesIO(made), version="1.3")


@given(graphs())
def test_whatever_a_network_is_called_it_is_valid_and_read_back(graph: nx.Graph) -> None:
    """Nodes, edges and directions come back; no name or value makes the file wrong."""
    made = gexf.write(graph)
    assert problems(made) == []
    again, wanted = back(made), plain(graph)
    assert list(again) == [name for name, _ in wanted.nodes]
    assert again.is_directed() == graph.is_directed()
    found = {name: {start, end} for start, end, name in again.edges(data="id")}
    assert found == {name: {start, end} for name, start, end, _ in wanted.edges}
    for name, values in wanted.nodes:
        assert set(values) - {"viz", "start", "end", "label"} <= set(again.nodes[name])


@pytest.mark.parametrize("data", FOLDERS)
def test_an_ecosystem_is_valid_and_read_back(data: Any) -> None:
    """All nodes, edges and attributes of the network, the part of a year and the one-mode network."""
    network = read(loaded(data))
    for graph in (network, as_of(network, "2018"), one_mode(network)):
        made = gexf.write(graph)
        assert problems(made) == []
        again = back(made)
        assert set(again) == set(graph)
        assert again.number_of_edges() == graph.number_of_edges()
        for node, known in graph.nodes(data=True):
            shown = again.nodes[node]
            assert {name: shown[name] for name in flat(known)} == flat(known)


@pytest.mark.parametrize("data", FOLDERS)
def test_a_time_line_shows_what_as_of_gives(data: Any) -> None:
    """An edge whose interval meets a year is one that may have held in it, and no other is."""
    network = read(loaded(data))
    made = back(gexf.write(network))
    for year in range(2005, 2027):
        first, last = f"{year}-01-01", f"{year}-12-31"

        def shown(thing: dict[str, Any], first: str = first, last: str = last) -> bool:
            return str(thing.get("start", first)) <= last and str(thing.get("end", last)) >= first

        seen = set()
        for start, end, edge in made.edges(data=True):
            body = edge.get("organisation") or end
            alive = edge["type"] != "membership" or body not in made or shown(made.nodes[body])
            if shown(edge) and alive:
                seen.add((start, end, edge["id"]))
        assert seen == set(as_of(network, str(year)).edges(keys=True))


def test_an_interval_is_open_where_it_is_unknown() -> None:
    """A beginning without an end, an end without a beginning, and neither."""
    made = gexf.write(read(loaded(ARCHIPELAGO)))
    partner = element(made, "edge", "membership:algae-works-partner-green-tide")
    assert (partner.get("start"), partner.get("end")) == ("2015-04-01", "2017-09-30")
    lantern = element(made, "edge", "membership:fyrljus-partner-lantern-agreement")
    assert (lantern.get("start"), lantern.get("end")) == ("2016-01-01", None)
    centre = element(made, "edge", "membership:tanglo-college-lead-sound-centre")
    assert (centre.get("start"), centre.get("end")) == (None, None)
    assert element(made, "node", "initiative:ferry-agreement").get("end") == "2020-01-14"


def test_what_is_certain_stands_beside_the_interval() -> None:
    """The inner bounds are attributes."""
    again = back(gexf.write(read(loaded(ARCHIPELAGO))))
    (tie,) = [
        edge
        for *_, edge in again.edges(data=True)
        if edge["id"] == "membership:ravo-region-partner-green-tide"
    ]
    assert (tie["latestStart"], tie["earliestEnd"]) == ("2019-12-31", "2019-01-01")
    assert "start" not in tie


@given(st.lists(st.tuples(DAYS, DAYS).filter(lambda span: not all(span) or span[0] <= span[1]), max_size=5))
def test_spans_are_the_days_of_any_tie(given_: list[tuple[str, str]]) -> None:
    """Together they hold exactly the days of all ties; they are in order and never touch."""
    ties = [{"earliestStart": start, "latestEnd": end, "overlap": "possibly"} for start, end in given_]
    found = gexf.spans({"ties": ties})
    for offset in range(-2, 35):
        day = str(date(2000, 1, 1) + timedelta(offset))
        inside = any((not start or start <= day) and (not end or day <= end) for start, end in given_)
        # Without a limit none is written.
        now = (
            any((not start or start <= day) and (not end or day <= end) for start, end in found) or not found
        )
        assert now == (inside or not given_)
    for (_, end), (start, _) in pairwise(found):
        assert date.fromisoformat(end) + timedelta(days=1) < date.fromisoformat(start)


@pytest.mark.parametrize("day", ["2015", "2015-05", "2015-02-30", None, 7, "soon"])
def test_what_is_no_day_is_no_limit(day: Any) -> None:
    """A bound of some other kind limits nothing."""
    assert gexf.spans({"earliestStart": day, "latestEnd": day}) == []


def test_an_edge_with_several_times_has_spells() -> None:
    """Two initiatives far apart are two spells; who was never there together has no time at all."""
    graph = nx.Graph()
    ties = [
        {"initiative": "initiative:a", "label": {}, "roles": {}, "citations": [], "overlap": overlap}
        | {"earliestStart": start, "latestEnd": end}
        for overlap, start, end in [
            ("certainly", "2001-01-01", "2002-12-31"),
            ("possibly", "2010-01-01", ""),
            ("never", "", ""),
        ]
    ]
    graph.add_edge("a", "b", weight=2, ties=ties)
    graph.add_edge("a", "c", weight=1, ties=ties[2:])
    made = gexf.write(graph)
    assert problems(made) == []
    spells = [spell.attrib for spell in tree(made).findall(".//g:spell", SPACE)]
    assert spells == [{"start": "2001-01-01", "end": "2002-12-31"}, {"start": "2010-01-01"}]
    assert element(made, "edge", "a--c").get("start") is None


def test_parallel_edges_are_kept_apart_by_their_role() -> None:
    """Gephi keeps two edges between the same nodes where their kinds differ."""
    made = gexf.write(read(loaded(ARCHIPELAGO)))
    kinds = [
        edge.get("kind")
        for edge in tree(made).findall(".//g:edge", SPACE)
        if edge.get("source") == "organisation:ostholm-city" and edge.get("target") == "initiative:green-tide"
    ]
    assert sorted(map(str, kinds)) == ["founder", "lead"]


@given(TEXTS, TEXTS)
def test_labels_are_tokens_and_names_whole(name: str, description: str) -> None:
    """A label has no line breaks; the attribute beside it has the name as it is."""
    graph = nx.Graph(description=description)
    graph.add_node("a", name=name)
    assert problems(gexf.write(graph)) == []
    assert back(gexf.write(graph)).nodes["a"].get("name", "") == flat({"name": name}).get("name", "")


def test_the_date_is_that_of_the_version() -> None:
    """The file says when the data set was issued, and nothing of the clock."""
    network = read(loaded(STOCKHOLM))
    meta = tree(gexf.write(network)).find("g:meta", SPACE)
    assert meta is not None
    assert meta.get("lastmodifieddate") == network.graph["dataset"]["date"]
    assert "lastmodifieddate" not in gexf.write(nx.Graph(dataset={"date": "2016"})).decode()


def test_places_and_colours_are_written() -> None:
    """The second axis of GEXF leads up, that of a page down."""
    made = gexf.write(nx.Graph({"a": []}), positions={"a": (3, 4)}, colours={"a": "#0072b2"})
    assert problems(made) == []
    colour, place = (tree(made).find(f".//viz:{name}", SPACE) for name in ("color", "position"))
    assert colour is not None
    assert place is not None
    assert colour.attrib == {"r": "0", "g": "114", "b": "178"}
    assert place.attrib == {"x": "3", "y": "-4"}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'version="1.3"', b'version="1.2"'),
        (b"<nodes ", b"<nodes mode='x' "),
        (b'label="', b'label=" '),
        (b'start="2015', b'start="x2015'),
        (b'type="string"', b'type="text"'),
        (b"<edges", b"<sides"),
        (b'for="1"', b'for="99"'),
        (b'target="', b'target="x'),
    ],
)
def test_the_check_finds_what_is_wrong(old: bytes, new: bytes) -> None:
    """A file that is no GEXF 1.3 does not pass for one."""
    made = gexf.write(read(loaded(ARCHIPELAGO)))
    assert old in made
    broken = made.replace(old, new, 1)
    if new == b"<sides":
        broken = broken.replace(b"</edges>", b"</sides>")
    assert problems(broken)
