"""Dataset: the data set's description, in RDF and on a page; its files; the catalogue that lists it."""

from __future__ import annotations

import csv
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

import kg
from kg import description, partitions
from kg.description import File, Subject, fragment
from kg.iris import expand
from kg.jsonld import jsonld
from kg.site import cited, downloads, structured
from kg.site.links import own_name, short
from kg.site.site import Page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.partitions import Part
    from kg.site.site import Place, Site

FORMATS = [("text/turtle", "index.ttl"), ("application/ld+json", "index.jsonld")]
"""What lies beside the pages."""
WELL_KNOWN = ".well-known/void"
"""Where the description of a site's data is looked for (https://www.w3.org/TR/void/, section 7.2)."""


class Described:
    """What the pages of the data set share: its files, its counts, its triples."""

    def __init__(self, site: Site, files: tuple[File, ...] = ()) -> None:
        self.site = site
        self.files = files
        self.counts = partitions.count(site.store)

    @cached_property
    def subject(self) -> Subject:
        """What `kg.description` describes."""
        site = self.site
        return Subject(
            store=site.store.store,
            base=site.base,
            dataset=iri_of(site),
            root=site.root,
            date=site.dataset["date"],
            tool=kg.__version__,
            terms=version_iri(site),
            files=self.files,
            tables=tuple(tables(site)),
        )

    @cached_property
    def triples(self) -> list[ox.Triple]:
        """The description."""
        return description.describe(self.subject, self.counts)


def version_iri(site: Site) -> str:
    """Give the IRI of the version of the ontology that the graph has, else the ontology's own."""
    found = site.store.store.quads_for_pattern(None, ox.NamedNode(expand("owl:versionIRI")), None, None)
    versions = sorted(quad.object.value for quad in found if isinstance(quad.object, ox.NamedNode))
    return versions[0] if versions else expand("inno:").removesuffix("#")


def iri_of(site: Site) -> str:
    """Give the IRI of the data set; where the graph names none, that of its page."""
    return str(site.dataset["iri"]) or f"{description.home(site.base)}dataset/"


def tables(site: Site) -> Iterator[tuple[str, int, str]]:
    """Give the name, the number of rows and the digest of each table that the graph was built from."""
    for path in sorted(site.tables.glob("*.csv")) if site.tables else ():
        data = path.read_bytes()
        with path.open(encoding="utf-8", newline="") as file:
            yield path.stem, sum(1 for _ in csv.reader(file)) - 1, downloads.digest(data)


def listed(site: Site) -> list[tuple[str, dict[str, str], str]]:
    """Give each file that the data can be had in: its path, what it is by language, its media type."""
    return [(each.path, each.titles, each.media) for each in downloads.listed(site)]


def pages(site: Site) -> Iterator[Page]:
    """Give the files, then the description, the catalogue and their pages."""
    files = []
    for each, data in downloads.made(site):
        files.append(File(each.path, each.titles, each.media, len(data), downloads.digest(data), each.dump))
        yield Page(each.path, data)
    described = Described(site, tuple(files))
    names = description.names(site.base, site.prefixes)
    turtle = description.turtle(described.triples, site.base, site.prefixes).encode()
    yield Page("dataset/index.ttl", turtle)
    yield Page("dataset/index.jsonld", jsonld(described.triples, names).encode())
    yield Page(WELL_KNOWN, turtle)
    yield from site.pages("dataset/", "dataset.html", partial(shown, described))
    yield from _catalogue(described, names)


def shown(described: Described, here: Place) -> dict[str, Any]:
    """Give what the data set's page shows."""
    site = here.site
    iri = iri_of(site)
    return {
        "title": here.word("about the data set"),
        "lead": here.text(site.dataset["description"]),
        "formats": FORMATS,
        "data": structured.written(schema(described, here)),
        "iri": iri,
        "page": here.link(iri),
        "counts": described.counts.whole,
        "entities": description.entities(described.subject),
        "files": [_file(here, each) for each in described.files],
        "sources": [_source(described, here, each) for each in description.sources(described.subject)],
        "classes": [_class(here, *each) for each in described.counts.classes.items()],
        "properties": [
            {"id": fragment(each), "count": count, **_term(here, each)}
            for each, count in described.counts.properties.items()
        ],
        "spaces": [_space(site, each) for each in description.vocabularies(described.counts)],
        "links": [
            {"title": description.TARGETS[name][1], "space": description.TARGETS[name][0], "count": count}
            | {"id": f"links-{name}-{fragment(expand(curie))}", "property": curie}
            for (name, curie), count in description.links(described.subject).items()
        ],
        "examples": [
            {"name": here.name(each), "link": here.link(each)}
            for each in description.examples(described.subject)
        ],
        "cited_as": citation(here),
        "tool": kg.__version__,
        "code_licence": description.CODE_LICENCE,
        "terms": described.subject.terms,
        "catalogue": description.catalogue(site.base).value,
    }


def _file(here: Place, file: File) -> dict[str, Any]:
    return {
        "id": f"file-{file.path.rpartition('/')[2]}",
        "name": file.path.rpartition("/")[2],
        "link": here.to(file.path),
        "title": here.text(file.titles),
        "media": file.media,
        "size": file.size,
        "sha256": file.sha256,
    }


def _term(here: Place, iri: str) -> dict[str, str]:
    """Give a class or property: its name, how it is written, where it is described."""
    named = here.name(iri) if iri in here.site.labels else own_name(iri, here.language)
    return {"name": named, "short": short(iri, here.site.prefixes), "link": term_link(here, iri)}


def term_link(here: Place, iri: str) -> str:
    """Give the link to where a term is described: our own page of the ontology, for foreign terms too."""
    own = here.link(iri)
    return own if not own.startswith("http") else here.page("ontology/") + "#" + fragment(iri)


def _class(here: Place, iri: str, part: Part) -> dict[str, Any]:
    """Give a class with its properties, those of most triples first."""
    rows = sorted(part.properties.items(), key=lambda pair: (-pair[1].triples, pair[0]))
    name = fragment(iri)
    return {
        "id": name,
        **_term(here, iri),
        "entities": part.entities,
        "triples": part.triples,
        "properties": [
            {"id": f"{name}.{fragment(link)}", "count": count, **_term(here, link)} for link, count in rows
        ],
    }


def _space(site: Site, space: str) -> dict[str, str]:
    prefix = next((name for name, each in site.prefixes.items() if each == space), "")
    return {"prefix": prefix, "space": space}


def _source(described: Described, here: Place, iri: str) -> dict[str, Any]:
    """Give a source with its licence and how many triples rest on it."""
    values: dict[str, list[str]] = {}
    for triple in here.site.triples(iri):
        if isinstance(triple.object, ox.NamedNode | ox.Literal):
            values.setdefault(triple.predicate.value, []).append(triple.object.value)
    licence = (values.get(expand("dcterms:license")) or [""])[0]
    graph = ox.NamedNode(f"{here.site.base}graph/{iri.rpartition('/')[2]}")
    quads = described.subject.store.quads_for_pattern(None, None, None, graph)
    return {
        "name": here.name(iri),
        "link": here.link(iri),
        "publishers": [
            {"name": here.name(each), "link": here.link(each)}
            for each in values.get(expand("dcterms:publisher"), [])
        ],
        "date": (values.get(expand("dcterms:date")) or [""])[0],
        "licence": licence,
        "triples": sum(1 for _ in quads),
    }


def citation(here: Place) -> dict[str, str]:
    """Say how the data set is cited: in words, and for BibTeX."""
    dataset = here.site.dataset
    text = here.word(
        "data set cited as",
        title=here.text(dataset["title"]),
        version=here.word("of version", version=dataset["version"], date=dataset["date"]),
        iri=iri_of(here.site),
    )
    fields = {
        "title": f"{{{cited.plain(here.text(dataset['title']))}}}",
        "note": here.word("data set")
        + (f", version {cited.plain(dataset['version'])}" if dataset["version"] else ""),
        "year": cited.plain(dataset["date"][:4]),
        "url": cited.plain(iri_of(here.site)),
    }
    return {"text": text, "bibtex": cited.entry(f"{dataset['name']}-{dataset['version']}", fields)}


def schema(described: Described, here: Place) -> dict[str, Any]:
    """Say it in schema.org's words, for search engines: https://schema.org/Dataset."""
    site, dataset = here.site, here.site.dataset
    texts = {"name": dataset["title"], "description": dataset["description"]}
    found: dict[str, Any] = {
        "@context": {"@vocab": "http://schema.org/", "url": {"@type": "@id"}, "license": {"@type": "@id"}},
        "@id": iri_of(site),
        "@type": "Dataset",
        "url": site.url("dataset/index.html"),
        "isAccessibleForFree": True,
        "includedInDataCatalog": {
            "@id": description.catalogue(site.base).value,
            "@type": "DataCatalog",
            "url": site.url("catalog/index.html"),
        },
    }
    found |= {
        key: [{"@value": text, "@language": language} for language, text in texts[key].items()]
        for key in texts
        if texts[key]
    }
    for key, name in (("version", "version"), ("datePublished", "date"), ("license", "licence")):
        if dataset[name]:
            found[key] = dataset[name]
    found["inLanguage"] = list(site.languages)
    found["creditText"] = citation(here)["text"]
    found["isBasedOn"] = [{"@id": each} for each in description.sources(described.subject)]
    found["distribution"] = [
        {
            "@type": "DataDownload",
            "name": here.text(file.titles),
            "encodingFormat": file.media,
            "contentUrl": {"@id": site.url(file.path)},
            "contentSize": f"{file.size} B",
            "sha256": file.sha256,
        }
        for file in described.files
    ]
    return found


def _catalogue(described: Described, names: dict[str, str]) -> Iterator[Page]:
    """Give the catalogue: the data set, the ontology and the concepts, and where each lies."""
    site, node = described.site, description.catalogue(described.subject.base)
    wanted = {node, ox.NamedNode(iri_of(site))}
    kept = ("title", "description", "license", "issued", "version", "landingPage", "distribution", "type")
    triples = [
        triple
        for triple in described.triples
        if triple.subject in wanted and (triple.subject == node or triple.predicate.value.endswith(kept))
    ]
    yield Page("catalog/index.ttl", description.turtle(triples, site.base, site.prefixes).encode())
    yield Page("catalog/index.jsonld", jsonld(triples, names).encode())

    def make(here: Place) -> dict[str, Any]:
        return {
            "title": here.word("catalogue"),
            "formats": FORMATS,
            "iri": node.value,
            "terms": described.subject.terms,
        }

    yield from site.pages("catalog/", "catalogue.html", make)
