"""GraphML: a network for Gephi, yEd, igraph, networkx and others.

The form is that of http://graphml.graphdrawing.org/specification.html: a key with name and type for
each attribute, and edges with identifiers of their own, so that two edges between the same nodes stay
two. `kg.attributes` says how what is known is written, and what XML cannot hold.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from kg.attributes import Values, plain, types, written

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import networkx as nx

NAMESPACE = "http://graphml.graphdrawing.org/xmlns"
SCHEMA = "http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd"
_XSI = "http://www.w3.org/2001/XMLSchema-instance"
_RETURN = {"\r": "&#13;"}
"""A reader of XML takes a bare carriage return for a line feed."""

Keys = dict[tuple[str, str], str]
"""The identifier of each key, by what it is for and its name."""


def write(network: nx.Graph, language: str = "en") -> bytes:
    """Write a network as GraphML, the same bytes each time.

    Args:
        network: the network, a part of it, its one-mode network, or any other graph; the text
            `network.graph["description"]` becomes the description of the graph.
        language: the language of labels; a label is also written in each of its own.
    """
    return "".join(f"{line}\n" for line in _lines(network, language)).encode()


def _lines(network: nx.Graph, language: str) -> Iterator[str]:
    drawn = plain(network, language)
    about: Values = dict(drawn.about)
    description = about.pop("description", "")
    kinds = {
        "graph": types([about]),
        "node": types(values for _, values in drawn.nodes),
        "edge": types(values for *_, values in drawn.edges),
    }
    keys = {(of, name): f"{of}-{number}" for of in kinds for number, name in enumerate(kinds[of])}
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield f'<graphml xmlns="{NAMESPACE}" xmlns:xsi="{_XSI}" xsi:schemaLocation="{NAMESPACE} {SCHEMA}">'
    for (of, name), key in keys.items():
        yield f'  <key id="{key}" for="{of}" attr.name={quoteattr(name)} attr.type="{kinds[of][name]}"/>'
    yield f'  <graph edgedefault="{"directed" if drawn.directed else "undirected"}">'
    if description:
        yield f"    <desc>{escape(str(description), _RETURN)}</desc>"
    yield from _data("graph", about, keys, "    ")
    for node, values in drawn.nodes:
        yield f"    <node id={quoteattr(node)}>"
        yield from _data("node", values, keys, "      ")
        yield "    </node>"
    for edge, start, end, values in drawn.edges:
        yield f"    <edge id={quoteattr(edge)} source={quoteattr(start)} target={quoteattr(end)}>"
        yield from _data("edge", values, keys, "      ")
        yield "    </edge>"
    yield "  </graph>"
    yield "</graphml>"


def _data(of: str, values: Mapping[str, object], keys: Keys, indent: str) -> Iterator[str]:
    for name, value in values.items():
        text = escape(written(value), _RETURN)  # type: ignore[arg-type]
        yield f'{indent}<data key="{keys[of, name]}">{text}</data>'
