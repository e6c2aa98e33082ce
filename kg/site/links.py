"""Links: what may be a link, and how IRIs and paths are written where people read them."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

from kg.iris import VOCABULARIES
from kg.site.term_words import TERMS

if TYPE_CHECKING:
    from collections.abc import Mapping

REMEMBERED = 4_096
"""Paths that need not be written anew: each page leads to some of them."""
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


@lru_cache(REMEMBERED)
def outside(iri: str) -> str:
    """Give an IRI as a link into the Web, or `""` where it is none: http, https and mailto alone.

    >>> outside("https://ror.org/026vcq606"), outside("javascript:alert(1)"), outside("https:///x")
    ('https://ror.org/026vcq606', '', '')
    """
    try:
        parts = urlsplit(iri)
    except ValueError:
        return ""
    web = parts.scheme in ("http", "https") and parts.netloc
    if not (web or (parts.scheme == "mailto" and parts.path)) or re.search(r"[\x00-\x20\x7f<>\"`\\]", iri):
        return ""
    return iri


def own_name(iri: str, language: str = "en") -> str:
    """Give the end of an IRI, which names it where nothing else does; in Swedish what we call the term.

    >>> own_name("http://www.w3.org/ns/org#reportsTo")
    'reports to'
    >>> own_name("http://www.w3.org/2000/01/rdf-schema#subClassOf", "sv")
    'underklass till'
    """
    if language == "sv" and (word := TERMS.get(short(iri, VOCABULARIES))):
        return word
    end = re.split(r"[/#]", iri.rstrip("/#"))[-1]
    known = any(iri.startswith(space) for space in VOCABULARIES.values())
    return _CAMEL.sub(" ", end).lower() if known else end


def short(iri: str, spaces: Mapping[str, str]) -> str:
    """Give an IRI by its prefix where one fits, else whole."""
    for prefix, space in spaces.items():
        rest = iri.removeprefix(space)
        if rest != iri and re.fullmatch(r"[\w-][\w.-]*", rest):
            return f"{prefix}:{rest}"
    return iri


@lru_cache(REMEMBERED)
def quoted(path: str) -> str:
    """Write a path so that it can stand in a link."""
    return quote(path, safe="/@~")
