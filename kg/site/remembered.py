"""Remembered: what was asked of a site a moment ago is not asked again, in memory that does not grow."""

from __future__ import annotations

from functools import lru_cache, partial, wraps
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.site.site import Site

    Given = ParamSpec("Given")
    Found = TypeVar("Found")

MOST = 4_096
"""Answers that are kept of each function, those that were asked for last."""


def remembered(
    function: Callable[Concatenate[Site, Given], Found],
) -> Callable[Concatenate[Site, Given], Found]:
    """Keep the last answers of a function of a site, beside the site; nobody may change one."""

    @wraps(function)
    def ask(site: Site, /, *given: Given.args, **named: Given.kwargs) -> Found:
        if function not in site.kept:
            site.kept[function] = lru_cache(MOST)(partial(function, site))
        kept = site.kept[function]
        found: Found = kept(*given, **named)
        return found

    return ask
