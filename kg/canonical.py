"""Canonical: a data set as RDFC-1.0 writes it, so that equal data have equal bytes and one SHA-256.

The form is that of RDF Dataset Canonicalization (https://www.w3.org/TR/rdf-canon/): N-Quads in the order
of their code points, blank nodes named by what is said of them. A few blank nodes that are all alike
can take years, and a long chain of them more stack than there is; nothing of Python runs meanwhile that
could stop it. So they are named in a process of its own, which is ended when its time is over.
"""

from __future__ import annotations

import signal
import subprocess
import sys
from math import ceil
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.errors import QueryError, TimeoutExceeded

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

SECONDS = 30.0
"""That naming blank nodes may take."""
FEW = 5
"""Blank nodes that are named here: however much alike, they take no time."""


def canonical(quads: Iterable[ox.Quad], seconds: float = SECONDS) -> bytes:
    """Write a data set in its canonical form.

    Args:
        quads: the data set.
        seconds: that naming its blank nodes may take.

    Raises:
        QueryError: where it holds triples in triples, for which RDFC-1.0 has no form, or its blank
            nodes cannot be named.
        TimeoutExceeded: where its blank nodes are so much alike that naming them takes longer.
    """
    listed = list(quads)
    if any(isinstance(term, ox.Triple) for quad in listed for term in quad.triple):
        raise QueryError("RDFC-1.0 has no canonical form of triples in triples; ask for another --format")
    return _lines(named(listed, seconds)).encode()


def named(quads: Iterable[ox.Quad], seconds: float = SECONDS) -> set[ox.Quad]:
    """Give a data set's quads with the names for blank nodes that RDFC-1.0 gives them.

    Args:
        quads: the data set.
        seconds: that naming may take.

    Raises:
        QueryError: where its blank nodes refer to one another in too long a chain.
        TimeoutExceeded: where they are so much alike that naming them takes longer.
    """
    listed = set(quads)
    nodes = len({node for quad in listed for node in _blank(quad)})
    if nodes <= FEW:
        return _named(listed) if nodes else listed
    try:
        done = subprocess.run(  # noqa: S603 - our own module, in our own Python
            [sys.executable, "-m", "kg.canonical", str(ceil(seconds) + 1)],
            input=_lines(listed).encode(),
            capture_output=True,
            check=True,
            timeout=seconds,
        )
    except subprocess.TimeoutExpired:
        raise TimeoutExceeded(
            f"{nodes} blank nodes are so much alike that naming them takes longer than {seconds:g} s; "
            "allow more with KG_TIMEOUT, or give them IRIs"
        ) from None
    except subprocess.CalledProcessError as error:
        if error.returncode > 0:
            raise  # a bug; what a signal ended had no more stack or memory
        raise QueryError(
            f"{nodes} blank nodes refer to one another in too long a chain to be named; give them IRIs"
        ) from None
    return set(ox.parse(done.stdout, format=ox.RdfFormat.N_QUADS))


def _blank(quad: ox.Quad | ox.Triple) -> Iterator[ox.BlankNode]:
    for term in quad:
        if isinstance(term, ox.BlankNode):
            yield term
        elif isinstance(term, ox.Triple):
            yield from _blank(term)


def _named(quads: Iterable[ox.Quad]) -> set[ox.Quad]:
    """Name the blank nodes, whatever it takes."""
    data = ox.Dataset(quads)
    data.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return set(data)


def _lines(quads: Iterable[ox.Quad]) -> str:
    return "".join(sorted(f"{quad} .\n" for quad in quads))


if __name__ == "__main__":
    if hasattr(signal, "alarm"):
        # Where what waits for it was ended itself, the system ends it.
        signal.alarm(int(sys.argv[1]))
    given = ox.parse(sys.stdin.buffer.read(), format=ox.RdfFormat.N_QUADS)
    sys.stdout.buffer.write(_lines(_named(given)).encode())
