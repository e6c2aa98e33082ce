"""Invented ecosystems of any size, in the shape of what `kg.network.read` gives.

Towns of uneven size, each with organisations, initiatives, units, posts and people; a few
organisations and initiatives have very many ties, most have few, and one tie in twelve leads to
another town. Each tie has its role, its interval where it is known, and its source lines.
"""

from __future__ import annotations

import random
from itertools import accumulate
from typing import Any

import networkx as nx

BASE = "https://example.org/id/"
KINDS = {
    "organisation": 60,
    "initiative": 28,
    "unit": 4,
    "person": 4,
    "post": 2,
    "solution": 1,
    "document": 1,
}
"""How many of a hundred things are of which kind."""
HELICES = {"industry": 45, "academia": 20, "government": 20, "civil-society": 15}
ROLES = {"partner": 62, "participant": 18, "lead": 8, "funder": 5, "host": 4, "founder": 3}
SWEDISH = {
    "partner": "partner",
    "participant": "deltagare",
    "lead": "ledare",
    "funder": "finansiär",
    "host": "värd",
    "founder": "grundare",
    "partOf": "del av",
}
HEADS = [
    "Open",
    "Green",
    "Urban",
    "Digital",
    "Shared",
    "Smart",
    "Circular",
    "Nordic",
    "Living",
    "Common",
    "Bright",
    "Local",
    "Healthy",
    "Mobile",
]
TAILS = [
    "Harbour",
    "Street",
    "Energy",
    "Water",
    "Data",
    "Housing",
    "Schools",
    "Traffic",
    "Care",
    "Forest",
    "Climate",
    "Market",
    "Library",
    "Heat",
]
ENDS = {
    "organisation": ("Institute", "Group", "Agency", "Foundation", "Works", "Council", "Partners"),
    "initiative": ("Lab", "Challenge", "Test Bed", "Programme", "Pilot", "Arena"),
    "unit": ("Office", "Department"),
    "person": ("Example", "Sample"),
    "post": ("Director", "Manager"),
    "solution": ("Platform", "Service"),
    "document": ("Strategy", "Plan"),
}
ABROAD = 1 / 12
"""How many of the ties lead to another town."""
SOURCES = 40


def ecosystem(things: int, ties: int, seed: int = 5) -> nx.MultiDiGraph:
    """Invent a network with so many nodes and about so many edges; the same each time."""
    chance = random.Random(seed)  # noqa: S311 (nothing secret)
    network = nx.MultiDiGraph(
        dataset={
            "title": {"en": f"An ecosystem of {things:,} things", "sv": f"Ett ekosystem med {things} ting"},
            "version": "1.0",
            "date": "2026-11-22",
            "licence": "",
        }
    )
    towns = _towns(things, chance)
    for number in range(things):
        kind = _pick(KINDS, chance)
        network.add_node(f"{kind}:{kind}-{number:05}", **_thing(kind, number, chance))
    _tie(network, towns, ties, chance)
    for node, count in network.degree():
        network.nodes[node]["ties"] = count
    return network


def _towns(things: int, chance: random.Random) -> list[range]:
    """Part the things into towns, of which a few are large."""
    towns: list[range] = []
    while not towns or towns[-1].stop < things:
        begin = towns[-1].stop if towns else 0
        size = round(25 * chance.paretovariate(1.1))
        towns.append(range(begin, min(things, begin + min(size, max(60, things // 6)))))
    return towns


def _pick(shares: dict[str, int], chance: random.Random) -> str:
    return chance.choices(list(shares), list(shares.values()))[0]


def _thing(kind: str, number: int, chance: random.Random) -> dict[str, Any]:
    """Give the attributes of a node but its ties."""
    name = f"{chance.choice(HEADS)} {chance.choice(TAILS)} {chance.choice(ENDS[kind])} {number}"
    helix = _pick(HELICES, chance) if kind == "organisation" else ""
    word = helix.replace("-", " ")
    label = {"en": name, "sv": f"{name} (sv)"} if number % 3 == 0 else {"en": name}
    return {
        "iri": f"{BASE}{kind}/{kind}-{number:05}",
        "kind": kind,
        "label": label,
        "name": name,
        "types": [],
        "classification": {"en": word} if word else {},
        "helix": helix,
        "helix_label": {"en": word, "sv": word} if word else {},
        "aliases": [f"{name[0]}{number}"] if number % 5 == 0 else [],
        "events": [],
        "facts": [],
        **_support(chance),
    }


def _support(chance: random.Random) -> dict[str, Any]:
    """Give how sure a fact is, and its lines."""
    implied = chance.random() < 1 / 20
    count = 1 + (chance.random() < 1 / 10)
    cites = [(f"source-{chance.randrange(SOURCES):02}", chance.randrange(1, 200)) for _ in range(count)]
    return {
        "certainty": "implied" if implied else "stated",
        "reason": "The page names both in one paragraph." if implied else "",
        "citations": [
            {
                "source": source,
                "title": f"Page {source[-2:]}",
                "language": "en",
                "date": "2020-01-01",
                "first": line,
                "last": line + 1,
                "iri": f"{BASE}source/{source}#line={line - 1},{line + 1}",
            }
            for source, line in sorted(set(cites))
        ],
    }


def _tie(network: nx.MultiDiGraph, towns: list[range], ties: int, chance: random.Random) -> None:
    """Add ties: of all kinds of thing to initiatives, those with many ties getting more."""
    nodes = list(network)
    inside = [_weighted([nodes[n] for n in town if "initiative" in nodes[n]], chance) for town in towns]
    members = [_weighted([nodes[n] for n in town], chance) for town in towns]
    sizes = list(accumulate(len(town) for town in towns))
    joined = missed = 0
    while joined < ties and missed < ties:
        town = chance.choices(range(len(towns)), cum_weights=sizes)[0]
        other = chance.choices(range(len(towns)), cum_weights=sizes)[0] if chance.random() < ABROAD else town
        if not inside[other][0]:
            missed += 1
            continue
        member = chance.choices(members[town][0], cum_weights=members[town][1])[0]
        target = chance.choices(inside[other][0], cum_weights=inside[other][1])[0]
        new = _joined(network, member, target, chance)
        joined += new
        missed += not new


def _weighted(nodes: list[str], chance: random.Random) -> tuple[list[str], list[float]]:
    return nodes, list(accumulate(chance.paretovariate(1.4) for _ in nodes))


def _joined(network: nx.MultiDiGraph, member: str, target: str, chance: random.Random) -> bool:
    """Add one tie where it is new, and say whether it was."""
    role = "partOf" if "initiative" in member else _pick(ROLES, chance)
    ends = (member.partition(":")[2], role, target.partition(":")[2])
    kind = "statement" if role == "partOf" else "membership"
    key = f"{kind}:{'-'.join(ends)}"
    if member == target or network.has_edge(member, target, key):
        return False
    start = str(chance.randrange(1998, 2026)) if chance.random() < 1 / 2 else ""
    end = str(int(start) + chance.randrange(6)) if start and chance.random() < 1 / 3 else ""
    network.add_edge(
        member,
        target,
        key,
        iri=f"{BASE}{key.replace(':', '/')}",
        type=kind,
        role=role,
        label={"en": role, "sv": SWEDISH[role]},
        organisation=target if kind == "membership" else "",
        through=[],
        start=start,
        end=end,
        attested="" if start else "2020",
        **_support(chance),
    )
    return True
