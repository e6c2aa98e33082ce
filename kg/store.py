"""The store: what answers questions, whether in this process or behind an address."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

import pyoxigraph as ox

if TYPE_CHECKING:
    from collections.abc import Iterable


class Store(Protocol):
    """Anything that can be asked in SPARQL."""

    def query(self, text: str, /) -> ox.QuerySolutions | ox.QueryBoolean | Iterable[ox.Triple]:
        """Ask a question.

        Raises:
            QueryError: where it is not SPARQL, or not allowed.
            RemoteError: where an endpoint does not answer as it should.
        """
        ...


def rows(store: Store, text: str) -> list[Any]:
    """Give the rows of a SELECT; a row gives a variable's term, or none, by its name.

    Raises:
        TypeError: where the text is not a SELECT, which is a bug of the caller.
    """
    answer = store.query(text)
    if not isinstance(answer, ox.QuerySolutions):
        raise TypeError("a SELECT was expected")
    return list(answer)
