"""Dated: the newest facts of a data set, by the time that the documents say."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.site.site import Place


def newest(here: Place, most: int) -> list[dict[str, str]]:
    """Give the ties and events with the latest beginning, else the latest time at which they held.

    Args:
        here: the page.
        most: how many.
    """
    network = here.site.network
    found = []
    for start, end, edge in network.edges(data=True):
        when = edge["start"] or edge["attested"]
        if when and edge["iri"]:
            found.append(
                (when, edge["iri"], network.nodes[start]["iri"], network.nodes[end]["iri"], edge["label"])
            )
    found.sort(key=lambda row: row[1])
    found.sort(key=lambda row: row[0], reverse=True)
    return [
        {
            "when": when,
            "link": here.link(fact),
            "text": f"{here.name(subject)}: {here.text(label)}, {here.name(target)}",
        }
        for when, fact, subject, target, label in found[:most]
    ]
