"""Attributes: what is known of nodes and edges, as the plain values that GraphML and GEXF hold.

A label by language becomes one text in the language asked for and one in each language; citations
become one text, `sources`, as the tables write them; the ties of an edge of the one-mode network its
`initiatives`, their names as its `label`, and the `roles` of both; other lists one text, their items
separated by `; `. What is empty or unknown is left out. XML 1.0 cannot hold most control characters
and lone surrogates: U+FFFD, the replacement character, stands in their place.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kg.network import text_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import networkx as nx

Value = bool | int | float | str
Values = dict[str, Value]

TYPES = ("boolean", "long", "double", "string")
"""The types of value, under the names that both formats have for them."""


@dataclass(frozen=True)
class Plain:
    """A graph with plain attributes.

    Attributes:
        directed: whether its edges have a direction.
        nodes: the identifier and attributes of each node.
        edges: the identifier, start, end and attributes of each edge.
        about: what the data set is.
    """

    directed: bool
    nodes: list[tuple[str, Values]]
    edges: list[tuple[str, str, str, Values]]
    about: dict[str, str]


_LANGUAGE = re.compile(r"(?:[a-z]{2,3}(?:-[A-Za-z0-9]+)*)?")
_UNFIT = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LONG = 2**63
_SOURCES = "sources"


def flat(attributes: Mapping[str, Any], language: str = "en") -> Values:
    """Give attributes as plain values by name, each text fit for XML.

    >>> flat({"label": {"en": "part", "sv": "del"}, "aliases": ["a", "b"], "end": None})
    {'label': 'part', 'label_en': 'part', 'label_sv': 'del', 'aliases': 'a; b'}
    """
    found: Values = {}
    for name, value in attributes.items():
        key = fit(str(name))
        if name == "citations" and isinstance(value, list):
            found[_SOURCES] = _joined(map(_citation, value))
        elif name == "ties" and isinstance(value, list):
            found |= _ties(value, language)
        elif _is_label(value):
            found[key] = fit(text_in(value, language))
            found |= {f"{key}_{code}": fit(value[code]) for code in sorted(value) if code}
        elif isinstance(value, (list, tuple, set, frozenset)):
            found[key] = _joined(_item(each, language) for each in value)
        elif isinstance(value, (bool, int, float)):
            found[key] = value
        elif value is not None and value != {}:  # a label in no language
            found[key] = _item(value, language)
    return {name: value for name, value in found.items() if value != ""}


def types(rows: Iterable[Mapping[str, Value]]) -> dict[str, str]:
    """Give for each name the narrowest of `TYPES` that holds all its values, by name.

    >>> types([{"a": 1, "b": True}, {"a": 2.5, "b": "x"}])
    {'a': 'double', 'b': 'string'}
    """
    found: dict[str, set[str]] = {}
    for row in rows:
        for name, value in row.items():
            found.setdefault(name, set()).add(_type(value))
    return {name: _widest(found[name]) for name in sorted(found)}


def written(value: Value) -> str:
    """Write a value as XML Schema does.

    >>> written(True), written(float("inf")), written(0.5)
    ('true', 'INF', '0.5')
    """
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float) and value in (float("inf"), float("-inf")):
        return "INF" if value > 0 else "-INF"
    return "NaN" if value != value else str(value)  # noqa: PLR0124  only NaN is not itself


def fit(text: str) -> str:
    r"""Give a text with U+FFFD in place of what XML 1.0 cannot hold.

    >>> fit("a\x00b\ud800")
    'a�b�'
    """
    return _UNFIT.sub("\ufffd", text)


def names(texts: Iterable[str]) -> list[str]:
    """Give each text as an identifier, with a number where another has it already.

    >>> names(["a", "b", "a", ""])
    ['a', 'b', 'a~2', '_']
    """
    given: dict[str, int] = {}
    for each in texts:
        text = fit(each) or "_"
        name, number = text, 1
        while name in given:
            given[text] = number = max(given[text], number) + 1
            name = f"{text}~{number}"
        given[name] = 1
    return list(given)


def plain(network: nx.Graph, language: str = "en") -> Plain:
    """Give any graph of networkx with plain attributes, in its own order.

    Args:
        network: the network, a part of it, its one-mode network, or any other graph.
        language: the language of labels; a label is also given in each of its own.
    """
    nodes = dict(zip(network, names(map(str, network)), strict=True))
    if network.is_multigraph():
        edges = [
            (start, end, str(key), known) for start, end, key, known in network.edges(keys=True, data=True)
        ]
    else:
        edges = [(start, end, f"{start}--{end}", known) for start, end, known in network.edges(data=True)]
    called = names(key for _, _, key, _ in edges)
    return Plain(
        directed=network.is_directed(),
        nodes=[(nodes[node], flat(known, language)) for node, known in network.nodes(data=True)],
        edges=[
            (name, nodes[start], nodes[end], flat(known, language))
            for name, (start, end, _, known) in zip(called, edges, strict=True)
        ],
        about=about(network, language),
    )


def about(network: nx.Graph, language: str = "en") -> dict[str, str]:
    """Give title, version, date, licence and description of a network, as far as it knows them."""
    dataset = network.graph.get("dataset", {})
    known = {**flat(dataset, language), **flat({"description": network.graph.get("description")})}
    wanted = ("title", "version", "date", "licence", "description")
    return {name: written(known[name]) for name in wanted if name in known}


def _type(value: Value) -> str:
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int):
        return "long" if -_LONG <= value < _LONG else "string"
    return "double" if isinstance(value, float) else "string"


def _widest(kinds: set[str]) -> str:
    if len(kinds) == 1:
        return next(iter(kinds))
    return "double" if kinds == {"long", "double"} else "string"


def _is_label(value: object) -> bool:
    """Say whether a value is a text by language."""
    return (
        isinstance(value, dict)
        and bool(value)
        and all(isinstance(text, str) for text in value.values())
        and all(isinstance(code, str) and _LANGUAGE.fullmatch(code) for code in value)
    )


def _item(value: object, language: str) -> str:
    """Give one item of a list: a text, a label, a thing's key, or whatever it is as JSON."""
    if _is_label(value):
        return fit(text_in(value, language))  # type: ignore[arg-type]
    if isinstance(value, dict) and isinstance(value.get("key"), str):
        return fit(value["key"])
    if isinstance(value, dict) and "relation" in value:
        return fit(_fact(value, language))
    if isinstance(value, (dict, list, tuple)):
        return fit(json.dumps(value, ensure_ascii=False, sort_keys=True, default=str))
    return fit(str(value))


def _fact(fact: Mapping[str, Any], language: str) -> str:
    """Give a statement in a line: relation, value, and the time as ISO 8601-2 writes an interval."""
    value = fact.get("value") or {}
    start, end = fact.get("start"), fact.get("end")
    when = f"{start or '..'}/{end or '..'}" if start or end else fact.get("attested")
    words = (text_in(fact.get("label") or {}, language), value.get("text") or value.get("key"), when)
    return " ".join(str(word) for word in words if word)


def _joined(texts: Iterable[str]) -> str:
    return "; ".join(texts)


def _ties(ties: list[dict[str, Any]], language: str) -> Values:
    """Give what the ties of an edge of the one-mode network say together, each thing once."""
    certain = {name: [tie.get(name) for tie in ties] for name in ("overlap", "certainty", "holds")}
    best = (("overlap", ("certainly", "possibly", "never")), ("certainty", ("stated", "implied")))
    first = {name: next((word for word in words if word in certain[name]), "") for name, words in best}
    roles = (" + ".join(tie["roles"].values()) for tie in ties)
    cited = (_citation(cite) for tie in ties for cite in tie["citations"])
    return {
        "label": fit(_joined(dict.fromkeys(text_in(tie["label"], language) for tie in ties))),
        "initiatives": fit(_joined(dict.fromkeys(tie["initiative"] for tie in ties))),
        "roles": fit(_joined(roles)),
        **first,
        "holds": "certainly"
        if "certainly" in certain["holds"]
        else "possibly"
        if any(certain["holds"])
        else "",
        _SOURCES: _joined(dict.fromkeys(cited)),
    }


def _citation(cite: object) -> str:
    """Give a citation as the tables write it."""
    if not isinstance(cite, dict) or not {"source", "first", "last"} <= cite.keys():
        return _item(cite, "en")
    lines = f"{cite['first']}" if cite["first"] == cite["last"] else f"{cite['first']}-{cite['last']}"
    return fit(f"{cite['source']}:{lines}")
