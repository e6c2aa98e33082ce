"""Downloads: the files that a data set can be had in, each made when it is asked for."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, NamedTuple

from kg import exports
from kg.site.words import WORDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.site.site import Site

MEDIA = {
    "ttl": "text/turtle",
    "trig": "application/trig",
    "nt": "application/n-triples",
    "nq": "application/n-quads",
    "jsonld": "application/ld+json",
    "rdf": "application/rdf+xml",
    "canonical": "application/n-quads",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "graphml": "application/xml",
    "gexf": "application/xml",
    "nodes": "text/csv",
    "edges": "text/csv",
    "vis": "application/json",
    "cytoscape": "application/json",
}
"""The forms that are published, in the order in which people look for them, each with its media type."""
DIGEST = ".sha256"
"""What the name of a file with a checksum ends in, as sha256sum reads it."""


class Download(NamedTuple):
    """A file that is to be had.

    Attributes:
        path: from the site's folder.
        form: how it is made.
        titles: what it is, by language.
        media: its media type.
        dump: whether it holds the whole default graph as RDF.
    """

    path: str
    form: str
    titles: dict[str, str]
    media: str
    dump: bool


def listed(site: Site) -> list[Download]:
    """Give the files in their order; none is made yet."""
    name = str(site.dataset["name"]) or "graph"
    found = []
    for form, media in MEDIA.items():
        if (form == "xlsx" and site.tables is None) or (form == "rdf" and not site.fits_xml):
            continue
        path = f"data/{name}{exports.FORMS[form].ending}"
        found.append(Download(path, form, titles(form), media, form in exports.SYNTAXES))
        if exports.FORMS[form].checksum:
            found.append(Download(path + DIGEST, form, titles("sha256"), "text/plain", dump=False))
    return found


def titles(form: str) -> dict[str, str]:
    """Say what a form is, by language."""
    english, swedish = WORDS[f"form {form}"]
    return {"en": english, "sv": swedish}


def made(site: Site) -> Iterator[tuple[Download, bytes]]:
    """Make one file after the other; a checksum follows the file that it is of."""
    part = exports.Part(site.store, site.languages[0], tables=site.tables, drawn=site.network)
    data = b""
    for each in listed(site):
        if each.path.endswith(DIGEST):
            name = each.path.rpartition("/")[2].removesuffix(DIGEST)
            yield each, f"{digest(data)}  {name}\n".encode()
            continue
        data = exports.write(part, each.form)
        yield each, data


def digest(data: bytes) -> str:
    """Give the SHA-256 of bytes in hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()
