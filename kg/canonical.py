"""Canonical: a data set as RDFC-1.0 writes it, so that equal data have equal bytes and one SHA-256.

The form is that of RDF Dataset Canonicalization (https://www.w3.org/TR/rdf-canon/): N-Quads in the order
of their code points, blank nodes named by what is said of them. A few blank nodes that are all alike
can take years; so they are named in a process of its own, which is ended when its time is over.
"""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.errors import QueryError, TimeoutExceeded

if TYPE_CHECKING:
    from collections.abc import Iterable

SECONDS = 30.0
"""That naming blank nodes may take."""


def canonical(quads: Iterable[ox.Quad], seconds: float = SECONDS) -> bytes:
    """Write a data set in its canonical form.

    Args:
        quads: the data set.
        seconds: that naming its blank nodes may take.

    Raises:
        QueryError: where it holds triples in triples, for which RDFC-1.0 has no form.
        TimeoutExceeded: where its blank nodes are so much alike that naming them takes longer.
    """
    listed = list(quads)
    if any(isinstance(term, ox.Triple) for quad in listed for term in quad.triple):
        raise QueryError("RDFC-1.0 has no canonical form of triples in triples; ask for another --format")
    lines = [f"{quad} .\n" for quad in listed]
    if not any(isinstance(term, ox.BlankNode) for quad in listed for term in quad):
        return "".join(sorted(set(lines))).encode()
    try:
        done = subprocess.run(
            [sys.executable, "-m", "kg.canonical"],
            input="".join(lines).encode(),
            capture_output=True,
            check=True,
            timeout=seconds,
        )
    except subprocess.TimeoutExpired:
        nodes = len({term for quad in listed for term in quad if isinstance(term, ox.BlankNode)})
        raise TimeoutExceeded(
            f"{nodes} blank nodes are so much alike that naming them takes longer than {seconds:g} s; "
            "allow more with KG_TIMEOUT, or give them IRIs"
        ) from None
    return done.stdout


def _named(text: bytes) -> str:
    """Name the blank nodes of N-Quads."""
    data = ox.Dataset(ox.parse(text, format=ox.RdfFormat.N_QUADS))
    data.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return "".join(sorted(f"{quad} .\n" for quad in data))


if __name__ == "__main__":
    sys.stdout.buffer.write(_named(sys.stdin.buffer.read()).encode())
