"""Sites for tests: a data set as the modules of kg/site see it, with no folder written."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from conftest import HARBOUR, ROOT, STOCKHOLM, assembled, loaded

from kg import publish
from kg.config import Settings
from kg.description import home
from kg.site.site import Site

if TYPE_CHECKING:
    from pathlib import Path

    from kg.embedded import Embedded

ARCHIPELAGO = ROOT / "tests" / "archipelago"


@cache
def archipelago() -> Embedded:
    """Give the store of the invented ecosystem with an id base of its own."""
    return loaded(ARCHIPELAGO)


def site_of(store: Embedded, *, root: str = "", tables: Path | None = None) -> Site:
    """Give a data set's site.

    Args:
        store: its graph.
        root: the site's address; that of the IRIs without one.
        tables: its data folder, for what is made of tables.
    """
    folder = next(each for each in (STOCKHOLM, HARBOUR, ARCHIPELAGO) if assembled(each).base == store.base)
    known, languages = publish._dataset(Settings(folder, folder, None, "en", 30), store)
    return Site(store, root or home(store.base), known, languages, tables=tables)
