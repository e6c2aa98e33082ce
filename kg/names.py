"""Names: which thing people mean by a name, an alias, a misspelling, a key, a CURIE or an IRI.

Names are compared without regard to case, and, where that finds nothing, to diacritics.
"""

from __future__ import annotations

import unicodedata
from difflib import get_close_matches
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.errors import NotFound, nearest
from kg.iris import CONCEPTS, KINDS, expand
from kg.store import rows

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.store import Store

LABELS = ("skos:prefLabel", "skos:altLabel", "skos:hiddenLabel", "foaf:name", "dcterms:title")
TITLES = ("skos:prefLabel", "dcterms:title", "foaf:name", "rdfs:label")
MOST_NAMES = 50_000
"""Names that are looked at for a near one."""
SHOWN = 8


def find(store: Store, base: str, name: str, kind: str = "") -> str:
    """Give the IRI of the thing that a name means.

    Args:
        store: what is asked.
        base: the data set's id base.
        name: a name in any language, an alias, a key, `kind:key`, or an IRI.
        kind: the kind of thing that it must be, `concept <scheme>`, or empty for any kind of thing
            and, where no thing is so called, any concept.

    Raises:
        NotFound: where nothing or more than one thing is so called, or there is no such concept
            scheme; the message lists what may be meant.
    """
    what = (kind.removeprefix("concept ") or "thing").replace("-", " ")
    word = unicodedata.normalize("NFC", name.strip())
    try:
        word.encode()
    except UnicodeEncodeError:
        # What a shell hands over as broken bytes no graph can hold.
        raise NotFound(f"no {what} is called {name!a}") from None
    space = (
        f"{CONCEPTS}{kind.removeprefix('concept ')}/"
        if kind.startswith("concept ")
        else base + (f"{kind}/" if kind else "")
    )
    exact = _by_iri(store, base, word, (space,) if kind else (space, CONCEPTS))
    if exact:
        return exact
    found = _by_key(store, word, space, kind) or _by_label(store, word, space)
    if not found and not kind:
        found = _by_label(store, word, CONCEPTS)
    if len(found) == 1:
        return found[0]
    if found:
        candidates = ", ".join(short(iri) for iri in found[:SHOWN])
        raise NotFound(f"'{name}' can mean {candidates}; write which")
    _known(kind)
    near = _near(store, word, space)
    hint = f"; did you mean {' or '.join(near)}?" if near else ""
    raise NotFound(f"no {what} is called '{name}'{hint}")


def _known(kind: str) -> None:
    """Refuse a concept scheme that the ontology has not: nothing in it can be found."""
    from kg.ontology import load

    scheme = kind.removeprefix("concept ")
    if kind.startswith("concept ") and scheme not in load().schemes:
        raise NotFound(f"there is no concept scheme '{scheme}'{nearest(scheme, load().schemes)}")


def short(iri: str) -> str:
    """Give an IRI as kind and key.

    >>> short("https://w3id.org/innovation-kg/id/organisation/kth")
    'organisation:kth'
    """
    head, _, key = iri.rpartition("/")
    return f"{head.rpartition('/')[2]}:{key}"


def _by_iri(store: Store, base: str, word: str, spaces: tuple[str, ...]) -> str:
    """Find a thing by an IRI or by `kind:key`."""
    bare = word.removeprefix("<").removesuffix(">")
    if not bare.startswith(("http://", "https://")):
        prefix, colon, key = word.partition(":")
        if not colon or not key or "/" in key:
            return ""
        bare = f"{base}{prefix}/{key}" if prefix in KINDS else f"{CONCEPTS}{prefix}/{key}"
    return bare if bare.startswith(spaces) and _there(store, [bare]) else ""


def _by_key(store: Store, word: str, space: str, kind: str) -> list[str]:
    """Find things by their bare key."""
    if kind:
        return _there(store, [f"{space}{word}"])
    return _there(store, [f"{space}{each}/{word}" for each in KINDS])


def _there(store: Store, iris: list[str]) -> list[str]:
    """Give those of some IRIs that the graph knows."""
    nodes = []
    for iri in iris:
        try:
            nodes.append(str(ox.NamedNode(iri)))
        except ValueError:
            continue
    if not nodes:
        return []
    text = f"SELECT DISTINCT ?thing WHERE {{ VALUES ?thing {{ {' '.join(nodes)} }} ?thing ?p ?o }}"
    return sorted(row["thing"].value for row in rows(store, text))


def _by_label(store: Store, word: str, space: str) -> list[str]:
    asked = ox.Literal(word.lower())
    named = _labels(store, space, f"FILTER(LCASE(STR(?label)) = {asked})")
    if not named:
        named = [pair for pair in _labels(store, space) if fold(pair[1]) == fold(word)]
    return sorted({iri for iri, _ in named})


def _near(store: Store, word: str, space: str) -> list[str]:
    # Of names that differ in case alone the first by the alphabet, whatever order a store has.
    names = {
        fold(label): label for label in sorted({label for _, label in _labels(store, space)}, reverse=True)
    }
    close = get_close_matches(fold(word), names, n=3, cutoff=0.6)
    # Someone who writes part of a long name means it as often as one who misspells it.
    part = [folded for folded in sorted(names) if len(fold(word)) > 2 and fold(word) in folded]  # noqa: PLR2004
    return [f"'{names[folded]}'" for folded in dict.fromkeys([*close, *part])][:SHOWN]


def _labels(store: Store, space: str, condition: str = "") -> list[tuple[str, str]]:
    properties = " ".join(f"<{expand(label)}>" for label in LABELS)
    text = (
        f"SELECT ?thing ?label WHERE {{ VALUES ?property {{ {properties} }} ?thing ?property ?label . "
        f"FILTER(STRSTARTS(STR(?thing), {ox.Literal(space)})) {condition} }} LIMIT {MOST_NAMES}"
    )
    return [(row["thing"].value, row["label"].value) for row in rows(store, text)]


def labels(store: Store, iris: Iterable[str], language: str) -> dict[str, str]:
    """Give the name of each IRI in a language, else in English, else in any, else the IRI's end.

    Args:
        store: what is asked.
        iris: of things, concepts or terms.
        language: the language preferred.
    """
    called: dict[str, tuple[int, str]] = {}
    listed = sorted(set(iris))
    nodes = " ".join(str(ox.NamedNode(iri)) for iri in listed)
    properties = " ".join(f"<{expand(label)}>" for label in TITLES)
    text = (
        f"SELECT ?thing ?property ?label WHERE {{ VALUES ?thing {{ {nodes} }} "
        f"VALUES ?property {{ {properties} }} ?thing ?property ?label }} ORDER BY ?label"
    )
    for row in rows(store, text):
        label = row["label"]
        rank = 4 * (label.language == language) + 2 * (label.language == "en") + (label.language is None)
        iri = row["thing"].value
        if iri not in called or rank > called[iri][0]:
            called[iri] = (rank, label.value)
    return {
        iri: called[iri][1] if iri in called else iri.rpartition("#")[2].rpartition("/")[2] for iri in listed
    }


def fold(text: str) -> str:
    """Give a name without case and diacritics.

    >>> fold("Södertörns högskola")
    'sodertorns hogskola'
    """
    plain = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).split())
