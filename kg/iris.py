"""IRIs: the namespaces, the prefixes, and how the IRI of a thing is made.

The ontology's and the concepts' namespaces are fixed; a data set has an id base of its own, below
which a thing is `<base><kind>/<key>`. Passages of a document are fragments of RFC 5147, whose
positions lie between the lines: line 43 is `#line=42,43`.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata

ONTOLOGY = "https://w3id.org/innovation-kg/ontology#"
CONCEPTS = "https://w3id.org/innovation-kg/concept/"
ID_BASE = "https://w3id.org/innovation-kg/id/"
"""The id base that question files write, rebased to the data set's own when they are asked."""

KINDS = (
    "dataset",
    "source",
    "organisation",
    "unit",
    "initiative",
    "person",
    "post",
    "place",
    "goal",
    "solution",
    "document",
    "event",
    "group",
    "membership",
    "statement",
    "observation",
    "interval",
    "instant",
    "graph",
)
"""The kinds of thing: each a part of the IRI and a prefix. Sources have no prefix in Turtle, since
a fragment after one reads worse than the whole IRI."""

RESERVED = ("derived", "description", "dataset")
"""Names of graphs that are no source's: what was derived, the data set's description, and the default
graph where an engine needs a name for it."""

VOCABULARIES = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcterms": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "inno": ONTOLOGY,
    "org": "http://www.w3.org/ns/org#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "qb": "http://purl.org/linked-data/cube#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "http://schema.org/",
    "sh": "http://www.w3.org/ns/shacl#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "time": "http://www.w3.org/2006/time#",
    "vann": "http://purl.org/vocab/vann/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}

LONGEST_KEY = 80
_BREAK = re.compile(r"[^a-z0-9]+")
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


def prefixes(base: str, schemes: tuple[str, ...] = ()) -> dict[str, str]:
    """Give every prefix of a data set: vocabularies, kinds of thing, concept schemes.

    Args:
        base: the data set's id base, ending in a slash.
        schemes: the keys of the concept schemes.

    >>> prefixes("https://example.org/", ("role",))["role"]
    'https://w3id.org/innovation-kg/concept/role/'
    """
    kinds = {kind: f"{base}{kind}/" for kind in KINDS if kind != "source"}
    return VOCABULARIES | kinds | {scheme: f"{CONCEPTS}{scheme}/" for scheme in schemes}


def unfit(address: str) -> str:
    """Say what a web address has that no site's address may have; nothing where it is plain (RFC 3986).

    >>> unfit("https://example.org/a/"), unfit("https://example.org:99999/")
    ('', 'its port is not a number up to 65535')
    """
    from urllib.parse import urlsplit

    try:
        parts = urlsplit(address)
    except ValueError:
        return "its host is none"
    if "@" in parts.netloc:
        return "it names a user"
    try:
        _ = parts.port
    except ValueError:
        return "its port is not a number up to 65535"
    return "a part of its path is . or .." if {".", ".."} & set(parts.path.split("/")) else ""


def expand(curie: str) -> str:
    """Give the IRI of a term of a known vocabulary.

    >>> expand("org:memberDuring")
    'http://www.w3.org/ns/org#memberDuring'
    """
    prefix, _, name = curie.partition(":")
    return VOCABULARIES[prefix] + name


def local_name(term: str) -> str:
    """Give a term's own name as a part of a key.

    >>> local_name("org:subOrganizationOf"), local_name("skos:altLabel")
    ('sub-organization-of', 'alt-label')
    """
    return _CAMEL.sub("-", term.partition(":")[2]).lower()


def slug(text: str) -> str:
    """Give text as a part of a key: lower-case ASCII and hyphens; a digest where too little is left.

    >>> slug("Stockholms läns landsting"), slug("東京")
    ('stockholms-lans-landsting', '130016b2')
    """
    plain = unicodedata.normalize("NFKD", text.lower()).encode("ascii", "ignore").decode()
    key = _BREAK.sub("-", plain).strip("-")
    if not key:
        return digest(text)
    return key if len(key) <= LONGEST_KEY else f"{key[:LONGEST_KEY].rstrip('-')}-{digest(text)}"


def digest(text: str) -> str:
    """Give eight hexadecimal digits that stand for a text."""
    return hashlib.sha256(text.encode()).hexdigest()[:8]


def passage(source: str, first: int, last: int) -> str:
    """Give the IRI of lines `first` to `last` (from 1, inclusive) of a source (RFC 5147).

    >>> passage("https://example.org/source/a", 43, 43)
    'https://example.org/source/a#line=42,43'
    """
    return f"{source}#line={first - 1},{last}"


def rebase(text: str, base: str) -> str:
    """Put a data set's id base where a question file writes the usual one."""
    return text if base == ID_BASE else text.replace(f"<{ID_BASE}", f"<{base}")
