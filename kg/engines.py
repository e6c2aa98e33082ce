"""Engines: how the kinds of SPARQL servers differ for one who asks them.

The protocol leaves open what the default graph is, where the endpoint stands, and how an answer is
cut that is too long. A profile says how one kind of server settles that; each fact in it changes
either what is sent or what an error advises.
"""

from __future__ import annotations

from dataclasses import dataclass

from kg.errors import NotFound, nearest

_NIL = "http://www.openrdf.org/schema/sesame#nil"


@dataclass(frozen=True, slots=True)
class Engine:
    """One kind of server.

    Attributes:
        name: what `--engine` calls it.
        title: what people call it.
        path: where its endpoint usually stands on the host.
        union: whether its default graph is the union of all its graphs, unless one is named.
        default_graph: the IRI that names its default graph alone, without the others; empty where
            it has no such graph, or takes none but this one anyhow.
        cap: how many triples, and how many described things, it gives of a graph without saying
            that there are more; 0 where nothing is known of such a bound.
        access: the kinds of credentials that it takes.
        bare: whether its address may hold no query string beside a form.
        server: how its `Server` header begins; empty where that tells nothing.
    """

    name: str
    title: str
    path: str = ""
    union: bool = False
    default_graph: str = ""
    cap: int = 0
    access: tuple[str, ...] = ("basic", "bearer")
    bare: bool = False
    server: str = ""


ENGINES = {
    engine.name: engine
    for engine in (
        Engine("generic", "a SPARQL 1.1 endpoint"),
        Engine("oxigraph", "Oxigraph", path="/query", server="Oxigraph"),
        # It has no default graph of its own. Debian's and many public ones give 10,000 rows at most.
        Engine(
            "virtuoso",
            "Virtuoso",
            path="/sparql, with credentials /sparql-auth",
            union=True,
            cap=10_000,
            access=("digest",),
            server="Virtuoso",
        ),
        Engine("fuseki", "Fuseki", path="/DATASET/query"),
        Engine("graphdb", "GraphDB", path="/repositories/NAME", union=True, default_graph=_NIL),
        Engine("stardog", "Stardog", path="/DATABASE/query"),
        Engine(
            "neptune",
            "Neptune",
            path="/sparql",
            union=True,
            default_graph="http://aws.amazon.com/neptune/vocab/v01/DefaultNamedGraph",
            access=("IAM signature, which kg does not write",),
        ),
        Engine(
            "qlever",
            "QLever",
            path="/",
            union=True,
            default_graph="http://qlever.cs.uni-freiburg.de/builtin-functions/default-graph",
            access=("bearer",),
            bare=True,
        ),
        Engine("rdf4j", "RDF4J", path="/rdf4j-server/repositories/NAME", union=True, default_graph=_NIL),
        Engine("blazegraph", "Blazegraph", path="/namespace/kb/sparql", union=True),
    )
}
GENERIC = ENGINES["generic"]


def find(name: str) -> Engine:
    """Give the profile that a name means.

    Raises:
        NotFound: where none has that name; the message says which is near, and all names.

    >>> find("Virtuoso").cap
    10000
    >>> find("virtuso")
    Traceback (most recent call last):
    kg.errors.NotFound: no engine is called 'virtuso'; did you mean 'virtuoso'?
    """
    found = ENGINES.get(name.strip().lower())
    if found is None:
        known = f"; there are {', '.join(ENGINES)}"
        raise NotFound(f"no engine is called '{name}'{nearest(name, ENGINES) or known}")
    return found


def recognised(server: str, chosen: Engine = GENERIC) -> Engine:
    """Give the profile of who answered, as far as its `Server` header tells; else the chosen one.

    A profile that was chosen stands: a proxy may write that header as it likes.

    >>> recognised("Virtuoso/07.20.3229 (Linux) x86_64-pc-linux-gnu").name
    'virtuoso'
    >>> recognised("nginx").name
    'generic'
    """
    if chosen is not GENERIC:
        return chosen
    known = (engine for engine in ENGINES.values() if engine.server and server.startswith(engine.server))
    return next(known, GENERIC)
