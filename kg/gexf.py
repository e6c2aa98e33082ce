"""GEXF 1.3: a network with its time, for Gephi and its timeline, and for networkx.

The form is that of https://gexf.net. An interval is the time in which something possibly held, from
the first day that it may have begun to the last that it may have ended, both included, and open where
that is unknown: the timeline then shows at a date what `--as-of` gives. What is certain stands beside
it as the attributes `latestStart` and `earliestEnd`. `kg.attributes` says how everything else is
written, and what XML cannot hold.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape, quoteattr

from kg.attributes import plain, types, written

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    import networkx as nx

    from kg.attributes import Values

NAMESPACE = "http://gexf.net/1.3"
CREATOR = "innovation-kg"
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_FIRST, _LAST = "0001-01-01", "9999-12-31"

Span = tuple[str, str]
"""The first and last day of an interval, each empty where it is open."""


def write(
    network: nx.Graph,
    language: str = "en",
    *,
    positions: Mapping[str, tuple[float, float]] | None = None,
    colours: Mapping[str, str] | None = None,
) -> bytes:
    """Write a network as GEXF, the same bytes each time.

    Args:
        network: the network, a part of it, its one-mode network, or any other graph; the text
            `network.graph["description"]` becomes the description.
        language: the language of labels; a label is also written in each of its own.
        positions: where nodes stand, in pixels to the right and down.
        colours: the colours of nodes, as `#0072b2`.
    """
    places = {node: _looks(node, positions or {}, colours or {}) for node in network}
    return "".join(f"{line}\n" for line in _lines(network, language, list(places.values()))).encode()


def spans(known: Mapping[str, Any]) -> list[Span]:
    """Give the intervals in which an edge or a thing possibly was, in order and apart.

    An edge of the one-mode network has those of its ties; where one may have been at any time, there
    is no limit, and none is given.

    >>> spans({"earliestStart": "2015-01-01", "latestEnd": ""})
    [('2015-01-01', '')]
    """
    ties = known.get("ties")
    facts = [each for each in ties if each.get("overlap") != "never"] if isinstance(ties, list) else [known]
    found = [tuple(_day(fact.get(bound)) for bound in ("earliestStart", "latestEnd")) for fact in facts]
    joined: list[tuple[str, str]] = []
    for start, end in sorted((start or _FIRST, end or _LAST) for start, end in found):
        if joined and start <= _next(joined[-1][1]):
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    given = [("" if start == _FIRST else start, "" if end == _LAST else end) for start, end in joined]
    return [] if given == [("", "")] else given


def _lines(network: nx.Graph, language: str, looks: list[list[str]]) -> Iterator[str]:
    drawn = plain(network, language)
    kinds = {
        "node": types(values for _, values in drawn.nodes),
        "edge": types(values for *_, values in drawn.edges),
    }
    keys = {of: {name: str(number) for number, name in enumerate(kinds[of])} for of in kinds}
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    # No xsi:schemaLocation: the RELAX NG schema allows none, and the XML Schema that it would name is broken.
    yield f'<gexf xmlns="{NAMESPACE}" xmlns:viz="{NAMESPACE}/viz" version="1.3">'
    yield from _meta(drawn.about)
    way = "directed" if drawn.directed else "undirected"
    yield f'  <graph defaultedgetype="{way}" mode="dynamic" timeformat="date" timerepresentation="interval">'
    for of, named in kinds.items():
        yield f'    <attributes class="{of}">'
        for name, kind in named.items():
            yield f'      <attribute id="{keys[of][name]}" title={quoteattr(name)} type="{kind}"/>'
        yield "    </attributes>"
    yield f'    <nodes count="{len(drawn.nodes)}">'
    known: Iterable[Any] = (attributes for _, attributes in network.nodes(data=True))
    for (node, values), attributes, shown in zip(drawn.nodes, known, looks, strict=True):
        label = written(values.get("label", values.get("name", node)))
        start = f"node id={quoteattr(node)} label={_token(label)}"
        yield from _element(start, values, keys["node"], spans(attributes), shown)
    yield "    </nodes>"
    yield f'    <edges count="{len(drawn.edges)}">'
    known = (attributes for *_, attributes in network.edges(data=True))
    for (edge, one, other, values), attributes in zip(drawn.edges, known, strict=True):
        start = f"edge id={quoteattr(edge)} source={quoteattr(one)} target={quoteattr(other)}"
        yield from _element(start + _described(values), values, keys["edge"], spans(attributes), [])
    yield "    </edges>"
    yield "  </graph>"
    yield "</gexf>"


def _meta(about: Mapping[str, str]) -> Iterator[str]:
    """Give the title, version, date and licence of the data set, the date being that of its version."""
    date_ = about.get("date", "")
    when = f' lastmodifieddate="{date_}"' if _day(date_) else ""
    words = (about.get("title"), about.get("version"), about.get("licence"), about.get("description"))
    yield f"  <meta{when}>"
    yield f"    <creator>{CREATOR}</creator>"
    yield f"    <description>{escape(', '.join(word for word in words if word))}</description>"
    yield "  </meta>"


def _described(values: Values) -> str:
    """Give an edge's label, its kind, by which Gephi keeps parallel edges apart, and its weight."""
    kind = values.get("role")
    weight = values.get("weight")
    parts = (
        f" label={_token(written(values['label']))}" if "label" in values else "",
        f" kind={_token(written(kind))}" if kind is not None else "",
        f' weight="{written(weight)}"' if isinstance(weight, (int, float)) else "",
    )
    return "".join(parts)


def _element(
    start: str, values: Values, keys: Mapping[str, str], times: list[Span], looks: list[str]
) -> Iterator[str]:
    """Give a node or an edge with its attributes and intervals."""
    limits = _limits(times[0]) if len(times) == 1 else ""
    yield f"      <{start}{limits}>"
    if values:
        yield "        <attvalues>"
        for name, value in values.items():
            yield f'          <attvalue for="{keys[name]}" value={quoteattr(written(value))}/>'
        yield "        </attvalues>"
    if len(times) > 1:
        yield "        <spells>"
        yield from (f"          <spell{_limits(each)}/>" for each in times)
        yield "        </spells>"
    yield from (f"        {look}" for look in looks)
    yield f"      </{start.partition(' ')[0]}>"


def _looks(node: str, positions: Mapping[str, tuple[float, float]], colours: Mapping[str, str]) -> list[str]:
    """Give a node's colour and place; GEXF's second axis leads up."""
    found = []
    if node in colours:
        red, green, blue = (int(colours[node][at : at + 2], 16) for at in (1, 3, 5))
        found.append(f'<viz:color r="{red}" g="{green}" b="{blue}"/>')
    if node in positions:
        across, down = positions[node]
        found.append(f'<viz:position x="{across}" y="{-down}"/>')
    return found


def _limits(span: Span) -> str:
    start, end = span
    return (f' start="{start}"' if start else "") + (f' end="{end}"' if end else "")


def _day(text: object) -> str:
    """Give a day, or nothing where a text is none."""
    if not isinstance(text, str) or not _DAY.fullmatch(text):
        return ""
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        return ""


def _next(day: str) -> str:
    """Give the day after a day, which an interval of days may begin with and still touch."""
    return day if day == _LAST else (date.fromisoformat(day) + timedelta(days=1)).isoformat()


def _token(text: str) -> str:
    """Write a label, which GEXF holds without line breaks and with single spaces."""
    return quoteattr(" ".join(text.split()))
