"""The store: what answers questions, whether in this process or behind an address."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import pyoxigraph as ox


class Store(Protocol):
    """Anything that can be asked in SPARQL."""

    def query(self, text: str, /) -> ox.QuerySolutions | ox.QueryTriples | ox.QueryBoolean:
        """Ask a question.

        Raises:
            QueryError: where it is not SPARQL, or not allowed.
            RemoteError: where an endpoint does not answer as it should.
        """
        ...
