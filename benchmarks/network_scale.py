"""Show how the network's steps grow: reading, projecting, measuring and writing 1,000 to 50,000 nodes.

The store is made up in the shape of a data set: three organisations to two initiatives, and two
memberships to a node, most of them with an organisation that has many, each with a role, a
certainty, a passage, and for two in three an interval with its bounds. The time is the processor's,
in seconds, so that other work on the machine does not lengthen it.
"""

from __future__ import annotations

import random
import sys
import time
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from kg import gexf, graphml, measures, network, projection
from kg.iris import CONCEPTS, passage, prefixes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SIZES = (1_000, 10_000, 50_000)
BASE = "https://example.org/large/"
PREFIXES = prefixes(BASE)
ROLES = ("lead", "partner", "partner", "partner", "funder", "participant")
SEED = 4711
STEPS: dict[str, Callable[[dict[str, Any]], Any]] = {
    "read": lambda made: network.read(made["store"]),
    "as of a year": lambda made: projection.as_of(made["read"], "2016"),
    "one mode": lambda made: projection.one_mode(made["read"]),
    "measure two modes": lambda made: measures.measure(made["read"]),
    "measure one mode": lambda made: measures.measure(made["one mode"]),
    "GraphML": lambda made: graphml.write(made["read"]),
    "GEXF": lambda made: gexf.write(made["read"]),
    "GEXF of one mode": lambda made: gexf.write(made["one mode"]),
}


def main() -> int:
    """Print the time of each step at each size."""
    sizes = tuple(int(word) for word in sys.argv[1:]) or SIZES
    for size in sizes:
        made: dict[str, Any] = {"store": store(size)}
        times = {name: timed(name, made) for name in STEPS}
        two, one = made["read"], made["one mode"]
        print(f"{len(two)} nodes and {two.number_of_edges()} edges, one mode {one.number_of_edges()} edges")
        for name, seconds in times.items():
            print(f"  {name:20}{seconds:8.2f} s")
    return 0


def timed(name: str, made: dict[str, Any]) -> float:
    """Give the processor's time of a step, and keep what it made."""
    start = time.process_time()
    made[name] = STEPS[name](made)
    return time.process_time() - start


def store(size: int) -> ox.Store:
    """Make a store of about so many nodes."""
    made = ox.Store()
    made.bulk_extend(ox.Quad(*triple) for triple in triples(size))
    return made


def triples(size: int) -> Iterator[tuple[Any, Any, Any]]:
    """Give the triples of an invented ecosystem."""
    chance = random.Random(SEED)  # noqa: S311  the same each time, and no secret
    organisations = [f"organisation/o{number}" for number in range(size * 3 // 5)]
    initiatives = [f"initiative/i{number}" for number in range(size - len(organisations))]
    for key in (*organisations, *initiatives):
        yield named(key), term("skos:prefLabel"), ox.Literal(f"The {key}", language="en")
        yield named(key), term("dcterms:isReferencedBy"), cited(chance)
    for source in range(10):
        yield named(f"source/s{source}"), term("rdf:type"), term("inno:SourceDocument")
        yield named(f"source/s{source}"), term("dcterms:title"), ox.Literal(f"Document {source}")
    for source in range(10):
        for line in range(1, 501):
            place = ox.NamedNode(passage(f"{BASE}source/s{source}", line, line))
            yield place, term("dcterms:isPartOf"), named(f"source/s{source}")
    for number in range(size * 2):
        # The square puts most memberships with few organisations, as they are.
        member = organisations[int(chance.random() ** 2 * len(organisations))]
        initiative = initiatives[number % len(initiatives)]
        yield from membership(f"m{number}", member, initiative, chance)


def membership(
    key: str, member: str, initiative: str, chance: random.Random
) -> Iterator[tuple[Any, Any, Any]]:
    """Give the triples of one membership."""
    fact = named(f"membership/{key}")
    yield fact, term("org:member"), named(member)
    yield fact, term("org:organization"), named(initiative)
    yield fact, term("org:role"), ox.NamedNode(f"{CONCEPTS}role/{chance.choice(ROLES)}")
    yield fact, term("inno:certainty"), ox.NamedNode(f"{CONCEPTS}certainty/stated")
    yield fact, term("prov:wasDerivedFrom"), cited(chance)
    if chance.random() < 2 / 3:
        interval, instant, year = (
            named(f"interval/{key}"),
            named(f"instant/{key}"),
            chance.randint(2005, 2020),
        )
        yield fact, term("org:memberDuring"), interval
        yield interval, term("time:hasBeginning"), instant
        yield instant, term("time:inXSDgYear"), ox.Literal(str(year), datatype=term("xsd:gYear"))
        for bound, day in (("earliestStart", "01-01"), ("latestStart", "12-31"), ("earliestEnd", "01-01")):
            yield interval, term(f"inno:{bound}"), ox.Literal(f"{year}-{day}", datatype=term("xsd:date"))


def cited(chance: random.Random) -> ox.NamedNode:
    """Give one of the passages of the ten documents."""
    source, line = chance.randrange(10), chance.randint(1, 500)
    return ox.NamedNode(passage(f"{BASE}source/s{source}", line, line))


def named(key: str) -> ox.NamedNode:
    """Give a thing."""
    return ox.NamedNode(BASE + key)


def term(curie: str) -> ox.NamedNode:
    """Give a term of a vocabulary."""
    prefix, _, name = curie.partition(":")
    return ox.NamedNode(PREFIXES[prefix] + name)


if __name__ == "__main__":
    sys.exit(main())
