"""References: which thing, concept or class a cell's word means.

A thing is named by its bare key where that is unique among the kinds that the column allows, else as
`kind:key`; a concept by its key in the column's scheme, or as `scheme:key`; a class as `inno:Project`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.errors import nearest
from kg.iris import CONCEPTS, KINDS, ONTOLOGY
from kg.tables import description

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.ontology import Ontology
    from kg.tables import Column, Folder


@dataclass(frozen=True)
class Index:
    """All that a data folder's cells may refer to.

    Attributes:
        keys: the keys of each kind of thing.
        ontology: concepts and classes.
        base: the data set's id base.
    """

    keys: dict[str, frozenset[str]]
    ontology: Ontology
    base: str

    def iri(self, word: str, column: Column) -> str:
        """Give the IRI that a cell's word means.

        Raises:
            ValueError: where it means none or several; the message says what is near.
        """
        if column.scheme:
            return self._concept(column.scheme, word.removeprefix(f"{column.scheme}:"))
        prefix, colon, key = word.partition(":")
        if not colon:
            return self._bare(word, column)
        if prefix in column.references and prefix in KINDS:
            if key in self.keys.get(prefix, ()):
                return f"{self.base}{prefix}/{key}"
            raise ValueError(_absent(prefix, key, self.keys.get(prefix, ())))
        if "concept" in column.references and prefix in self.ontology.concepts:
            return self._concept(prefix, key)
        if "class" in column.references and prefix == "inno":
            return self._class(key)
        allowed = [kind for kind in column.references if kind in KINDS]
        allowed += self.ontology.schemes if "concept" in column.references else ()
        allowed += ["inno"] if "class" in column.references else ()
        hint = nearest(prefix, allowed) or f"; allowed are {', '.join(f'{name}:' for name in allowed)}"
        raise ValueError(f"'{word}' begins with '{prefix}:', which cannot stand here{hint}")

    def _bare(self, key: str, column: Column) -> str:
        kinds = [kind for kind in column.references if kind in KINDS]
        found = [kind for kind in kinds if key in self.keys.get(kind, ())]
        if len(found) == 1:
            return f"{self.base}{found[0]}/{key}"
        if found:
            raise ValueError(
                f"'{key}' can mean {' or '.join(f'{kind}:{key}' for kind in found)}; write which"
            )
        known = [key for kind in kinds for key in self.keys.get(kind, ())]
        what = kinds[0] if len(kinds) == 1 else "thing"
        raise ValueError(_absent(what, key, known))

    def _concept(self, scheme: str, key: str) -> str:
        known = self.ontology.concepts.get(scheme, frozenset())
        if key in known:
            return f"{CONCEPTS}{scheme}/{key}"
        hint = nearest(key, known) or f"; it has {', '.join(sorted(known)[:12])}"
        raise ValueError(f"{scheme} '{key}' is not in the concept scheme '{scheme}'{hint}")

    def _class(self, name: str) -> str:
        if name in self.ontology.classes:
            return ONTOLOGY + name
        known = [f"inno:{each}" for each in self.ontology.classes]
        raise ValueError(f"class 'inno:{name}' is not in the ontology{nearest(f'inno:{name}', known)}")


def _absent(what: str, key: str, known: Iterable[str]) -> str:
    hint = nearest(key, known) or "; give it a row of its own"
    return f"{what} '{key}' is not in the tables{hint}"


def index(folder: Folder, ontology: Ontology) -> Index:
    """Gather what the cells of a data folder may refer to."""
    keys = {
        table.kind: frozenset(row["key"] for row in folder.of(table.name) if row["key"])
        for table in description()
        if table.kind and any(column.name == "key" for column in table.columns)
    }
    rows = folder.of("dataset")
    return Index(keys, ontology, rows[0]["base"] if rows else "")
