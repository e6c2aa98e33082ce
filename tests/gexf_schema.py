"""What GEXF 1.3 allows: its elements, what stands in them, and the values of their attributes.

Written from the RELAX NG schema and the primer at https://gexf.net (namespace http://gexf.net/1.3). The
XML Schema published beside them cannot validate anything: it refers to types of nodes, edges and
graphs that it does not define. Only what is used here is listed, and what we always write
is demanded; whatever is not listed is an error.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

NAMESPACE = "http://gexf.net/1.3"
TYPES = ["integer", "long", "double", "float", "boolean", "string", "anyURI", "liststring"]


def is_day(text: str) -> bool:
    """Say whether a text is a day, as xsd:date has it without a time zone."""
    try:
        return bool(re.fullmatch(r"\d{4}-\d\d-\d\d", text, re.ASCII)) and bool(date.fromisoformat(text))
    except ValueError:
        return False


def is_token(text: str) -> bool:
    """Say whether a text is an xsd:token: no line breaks, no space at an end, none twice."""
    return not re.search("[\t\n\r]|^ | $|  ", text)


def is_number(text: str) -> bool:
    """Say whether a text is an xsd:double."""
    return bool(re.fullmatch(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?|-?INF|NaN", text, re.ASCII))


def one_of(*words: str) -> Callable[[str], bool]:
    """Give a check for one of some words."""
    return lambda text: text in words


def anything(_: str) -> bool:
    """Let any text be."""
    return True


def is_count(text: str) -> bool:
    """Say whether a text is an xsd:nonNegativeInteger without a sign."""
    return text.isascii() and text.isdecimal()


WAYS = one_of("directed", "undirected", "mutual")
TIME: dict[str, Callable[[str], bool]] = {"start?": is_day, "end?": is_day}
ELEMENTS: dict[str, tuple[dict[str, Callable[[str], bool]], str]] = {
    "gexf": ({"version": one_of("1.3")}, "meta? graph"),
    "meta": ({"lastmodifieddate?": is_day}, "creator? keywords? description?"),
    "creator": ({}, ""),
    "description": ({}, ""),
    "graph": (
        {
            "defaultedgetype?": WAYS,
            "mode?": one_of("static", "dynamic", "slice"),
            "timeformat?": one_of("integer", "double", "date", "dateTime"),
            "timerepresentation?": one_of("interval", "timestamp"),
        },
        "attributes* nodes edges",
    ),
    # An attribute `mode` stood here in 1.2; 1.3 took it away, since the graph has one.
    "attributes": ({"class": one_of("node", "edge")}, "attribute*"),
    "attribute": ({"id": anything, "title": anything, "type": one_of(*TYPES)}, ""),
    "nodes": ({"count": is_count}, "node*"),
    "edges": ({"count": is_count}, "edge*"),
    "node": ({"id": anything, "label?": is_token, **TIME}, "attvalues? spells? viz:color? viz:position?"),
    "edge": (
        {
            "id": anything,
            "source": anything,
            "target": anything,
            "type?": WAYS,
            "label?": is_token,
            "kind?": is_token,
            "weight?": is_number,
            **TIME,
        },
        "attvalues? spells?",
    ),
    "attvalues": ({}, "attvalue*"),
    "attvalue": ({"for": anything, "value": anything}, ""),
    "spells": ({}, "spell+"),
    "spell": (TIME, ""),
    "viz:color": ({each: lambda text: is_count(text) and int(text) < 256 for each in "rgb"}, ""),
    "viz:position": ({"x": is_number, "y": is_number, "z?": is_number}, ""),
}
"""For each element its attributes, those that may be missing with a question mark, and its content."""
WORDS = ("creator", "description")
"""The elements that hold text."""


def problems(made: bytes) -> list[str]:
    """Give what in a file is not GEXF 1.3, or does not refer to what there is; nothing where all is well."""
    root = ET.fromstring(made)  # noqa: S314  a file that a test has just written
    return list(_structure(root)) or list(_references(root))


def _name(element: ET.Element) -> str:
    space, _, name = element.tag.rpartition("}")
    return {"{" + NAMESPACE: name, "{" + NAMESPACE + "/viz": f"viz:{name}"}.get(space, element.tag)


def _structure(element: ET.Element) -> Iterator[str]:
    name = _name(element)
    if name not in ELEMENTS:
        yield f"there is no element {name}"
        return
    attributes, content = ELEMENTS[name]
    known = {key.removesuffix("?"): check for key, check in attributes.items()}
    for key in attributes:
        if not key.endswith("?") and key not in element.attrib:
            yield f"{name} has no {key}"
    for key, value in element.attrib.items():
        if key not in known or not known[key](value):
            yield f"{name} has {key}={value!r}"
    inside = " ".join([*map(_name, element), ""])
    pattern = "".join(
        rf"({re.escape(word.rstrip('?*+'))} ){word[len(word.rstrip('?*+')) :]}" for word in content.split()
    )
    if not re.fullmatch(pattern, inside.strip() and inside):
        yield f"{name} holds {inside}"
    if name not in WORDS and "".join([element.text or "", *(child.tail or "" for child in element)]).strip():
        yield f"{name} holds a text"
    for child in element:
        yield from _structure(child)


def _references(root: ET.Element) -> Iterator[str]:
    """Give what is meant by nothing, or by two, and what ends before it begins."""
    space = {"g": NAMESPACE}
    nodes = [node.attrib["id"] for node in root.findall(".//g:node", space)]
    edges = [edge.attrib["id"] for edge in root.findall(".//g:edge", space)]
    if len(nodes) != len(set(nodes)) or len(edges) != len(set(edges)):
        yield "an identifier is given twice"
    for edge in root.findall(".//g:edge", space):
        if not {edge.attrib["source"], edge.attrib["target"]} <= set(nodes):
            yield f"edge {edge.attrib['id']} leads nowhere"
    for kind in ("node", "edge"):
        declared = {
            each.attrib["id"] for each in root.findall(f".//g:attributes[@class='{kind}']/g:attribute", space)
        }
        used = {each.attrib["for"] for each in root.findall(f".//g:{kind}/g:attvalues/g:attvalue", space)}
        if not used <= declared:
            yield f"{kind}s have undeclared attributes {used - declared}"
        counted = root.find(f".//g:{kind}s", space)
        if counted is not None and counted.attrib["count"] != str(len(counted)):
            yield f"{kind}s are miscounted"
    for element in root.iter():
        start, end = element.get("start"), element.get("end")
        if start and end and start > end:
            yield f"{_name(element)} ends before it begins"
