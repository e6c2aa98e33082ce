"""Sites of data sets that have little, or what others have not: nothing is missing, nothing leads nowhere."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from published import made, pages, target

from kg.tables import description

if TYPE_CHECKING:
    from pathlib import Path

Rows = dict[str, list[dict[str, str]]]

LONG = "l" * 200
CITED = {"sources": "report:1", "certainty": "stated"}
SOURCES = [{"key": "report", "title": "Report", "language": "en", "lines": "9", "sha256": "0" * 64}]
ABOUT = {
    "name": "small",
    "title_en": "Small",
    "title_sv": "Liten",
    "version": "1",
    "date": "2026-01-31",
    "licence": "https://creativecommons.org/publicdomain/zero/1.0/",
}
SETS: dict[str, tuple[str, str, Rows]] = {
    "nothing": ("https://small.example/", "en; sv", {}),
    "one organisation": (
        "https://small.example:8443/a/b/id/",
        "en; sv",
        {"organisations": [{"key": "alone", "name_en": "</script>Alone & `co`", "kind": "company", **CITED}]},
    ),
    "one language": (
        "https://små.example/ö/",
        "sv",
        {"organisations": [{"key": "ensam", "name_sv": "Ensam", "kind": "company", **CITED}]},
    ),
    "one key in several kinds, and long ones": (
        "https://w3id.org/innovation-kg/id/",
        "en; sv",
        {
            "organisations": [
                {"key": key, "name_en": key, "kind": "company", **CITED} for key in ("a", LONG)
            ],
            "units": [{"key": "a", "name_en": "Unit", "unit_of": "organisation:a", **CITED}],
            "initiatives": [
                {"key": key, "name_en": key, "type": "project", **CITED} for key in ("a", LONG + LONG)
            ],
            "memberships": [
                {"member": "unit:a", "role": "partner", "organisation": "initiative:a", **CITED},
                {"member": LONG, "role": "lead", "organisation": LONG + LONG, "start": "0001", **CITED},
                {"member": LONG, "role": "lead", "organisation": LONG + LONG, "end": "9999-12", **CITED},
            ],
        },
    ),
}
"""The base, the languages and the tables of each."""


def written(folder: Path, base: str, languages: str, tables: Rows) -> Path:
    """Write a data folder."""
    folder.mkdir()
    about = ABOUT | {"base": base, "languages": languages}
    for name, rows in {"dataset": [about], "sources": SOURCES, **tables}.items():
        (table,) = (each for each in description() if each.name == name)
        columns = [column.name for column in table.columns]
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, columns, restval="")
            writer.writeheader()
            writer.writerows(rows)
    return folder


@pytest.mark.parametrize("name", SETS)
def test_every_iri_has_its_triples_and_every_link_its_page(name: str, tmp_path: Path) -> None:
    """Each IRI below the base has a page and Turtle with its own triples; each link leads to a file."""
    base, languages, tables = SETS[name]
    site = made(written(tmp_path / "data", base, languages, tables), tmp_path)
    for path, page in pages(site):
        leading = [target(path, link) for _, link, _ in page.links]
        assert not [file for file, _ in filter(None, leading) if not (site / file).is_file()], path
    (dump,) = site.rglob("small.trig")
    store = ox.Store()
    store.bulk_load(path=str(dump), format=ox.RdfFormat.TRIG)
    default = list(store.quads_for_pattern(None, None, None, ox.DefaultGraph()))
    beside = {
        frozenset(quad.triple for quad in ox.parse(path=str(file), format=ox.RdfFormat.TURTLE))
        for file in site.rglob("index.ttl")
    }
    named = {node.value for quad in store for node in quad if isinstance(node, ox.NamedNode)}
    things = {iri for iri in named if iri.startswith(base) and "#" not in iri and iri != base}
    assert len(things) >= len([row for rows in tables.values() for row in rows])
    for iri in things:
        own = {quad.triple for quad in default if quad.subject == ox.NamedNode(iri)}
        own |= {quad.triple for quad in default if str(quad.subject).startswith(f"<{iri}#")}
        own |= {quad.triple for quad in store.quads_for_pattern(None, None, None, ox.NamedNode(iri))}
        assert own in beside, iri
