"""Site: what all pages share: the graph, its names, its languages, and where everything lies.

Where an IRI begins with the site's root, its page lies at what follows, so that it resolves when the
folder is served from there. All links are relative and name a file, so that the folder also works
below any path, and from a disk.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import quote

import pyoxigraph as ox

from kg.config import LANGUAGES
from kg.iris import CONCEPTS, ONTOLOGY, expand, prefixes
from kg.network import text_in
from kg.results import visible
from kg.site import titles
from kg.site.links import outside, own_name, quoted
from kg.site.remembered import remembered
from kg.site.words import WORDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    import jinja2
    import networkx as nx

    from kg.background import Background
    from kg.embedded import Embedded

    Text = dict[str, str]

TITLES = ("rdfs:label", "foaf:name", "dcterms:title", "skos:prefLabel")
"""The properties that name a thing, the best last."""
LONGEST = 120
"""Bytes of a file's name; what is longer, or is no name of a file, is named by its digest."""

_DEFAULT = ox.DefaultGraph()
_SUBCLASS = ox.NamedNode(expand("rdfs:subClassOf"))
_SEGMENT = re.compile(r"[\w@~][\w.@~-]*")


class Page(NamedTuple):
    """A file of the site.

    Attributes:
        path: from the site's folder, with slashes, unquoted.
        body: its bytes.
    """

    path: str
    body: bytes


@dataclass(frozen=True, eq=False)
class Site:
    """A data set as it is published.

    Attributes:
        store: the graph; pages say what its default graph says.
        root: the site's address, ending in a slash.
        dataset: the data set: `iri`, `name`, `version`, `date`, `licence`, and by language `title`
            and `description`; `""` or empty where unknown.
        languages: those that pages are written in, the first without a suffix.
        previous: an older version of the data, which the feed of changes begins at, or none.
        tables: the data folder that the graph was built from, or none.
        asker: the same graph in another process, which questions are put to and which is ended where one
            takes too long; without it, they are put to the store.
        seconds: that an answer may take there.
        written: the paths of the files that are written so far; `feeds` comes last and reads it.
        kept: what `remembered` keeps.
    """

    store: Embedded
    root: str
    dataset: Mapping[str, Any]
    languages: tuple[str, ...] = LANGUAGES
    previous: Embedded | None = None
    tables: Path | None = None
    asker: Background | None = None
    seconds: float = 30.0
    written: list[str] = field(default_factory=list)
    kept: dict[object, Callable[..., Any]] = field(default_factory=dict)

    @property
    def base(self) -> str:
        """The data set's id base, ending in a slash."""
        return self.store.base

    @property
    def things(self) -> str:
        """The folder of the things: `id/`, or the site's own where the id base has no such end."""
        return "id/" if self.base.endswith("/id/") else ""

    @cached_property
    def prefixes(self) -> dict[str, str]:
        """The prefixes of the Turtle, as the exports have them."""
        from kg import ontology

        return prefixes(self.base, ontology.load().schemes)

    @cached_property
    def labels(self) -> dict[str, Text]:
        """All names in the default graph, by IRI and language; without a language under `""`."""
        found: dict[str, Text] = {}
        for term in TITLES:
            names: dict[tuple[str, str], str] = {}
            for quad in self.store.store.quads_for_pattern(None, ox.NamedNode(expand(term)), None, _DEFAULT):
                if isinstance(quad.object, ox.Literal) and isinstance(quad.subject, ox.NamedNode):
                    key = (quad.subject.value, quad.object.language or "")
                    # Of two names by one property the first by the alphabet, whatever order a store has.
                    names[key] = min(quad.object.value, names.get(key, quad.object.value))
            for (iri, language), name in names.items():
                found.setdefault(iri, {})[language] = name
        return found

    @cached_property
    def wider(self) -> dict[str, set[str]]:
        """The classes that each class is a part of, at any remove."""
        above: dict[str, set[str]] = {}
        for quad in self.store.store.quads_for_pattern(None, _SUBCLASS, None, _DEFAULT):
            if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.NamedNode):
                above.setdefault(quad.subject.value, set()).add(quad.object.value)
        found: dict[str, set[str]] = {}
        for narrow in above:
            rest, known = [narrow], set[str]()
            while rest:
                new = above.get(rest.pop(), set()) - known
                known |= new
                rest += new
            found[narrow] = known - {narrow}
        return found

    @cached_property
    def subjects(self) -> list[str]:
        """Every IRI under the id base that the graph mentions, without fragments, in order."""
        found = set()
        for quad in self.store.store:
            for node in (quad.subject, quad.object, quad.graph_name):
                if isinstance(node, ox.NamedNode) and node.value.startswith(self.base):
                    found.add(node.value.partition("#")[0])
        return sorted(found - {self.base})

    @cached_property
    def network(self) -> nx.MultiDiGraph:
        """The network, as `kg.network.read` gives it."""
        from kg import network

        return network.read(self.store, self.languages[0])

    @cached_property
    def conflicts(self) -> dict[str, list[dict[str, Any]]]:
        """What sources say differently of each thing, as `kg.conflicts.read` gives it."""
        from kg import picture

        return picture.differing(self.store, self.base)

    @cached_property
    def fits_xml(self) -> bool:
        """Whether RDF/XML can hold the default graph."""
        from kg import formats

        return formats.fits_xml(
            quad.triple for quad in self.store.store.quads_for_pattern(None, None, None, _DEFAULT)
        )

    def triples(self, iri: str) -> list[ox.Triple]:
        """Give what the default graph says with this subject, in order."""
        found = self.store.store.quads_for_pattern(ox.NamedNode(iri), None, None, _DEFAULT)
        return sorted((quad.triple for quad in found), key=str)

    def referring(self, iri: str) -> list[ox.Triple]:
        """Give what the default graph says with this object, in order."""
        found = self.store.store.quads_for_pattern(None, None, ox.NamedNode(iri), _DEFAULT)
        return sorted((quad.triple for quad in found), key=str)

    def kind(self, iri: str) -> str:
        """Give the kind of a thing under the id base: the first part of what follows it."""
        return iri.removeprefix(self.base).partition("/")[0] if iri.startswith(self.base) else ""

    @remembered
    def name(self, iri: str, language: str) -> str:
        """Give a thing's name in a language, else in another, else in words made of the graph."""
        label = self.labels.get(iri)
        if label:
            return text_in(label, language)
        return titles.title(Place(self, "", language), iri) or own_name(iri, language)

    @remembered
    def folder_of(self, iri: str) -> str:
        """Give the folder of an IRI's page, ending in a slash; `""` where the site has none.

        A fragment does not count. What would be no name of a file is named by a digest.
        """
        bare = iri.partition("#")[0]
        if bare.startswith(self.base):
            rest, start = bare.removeprefix(self.base), self.things
        elif bare.startswith(CONCEPTS):
            rest, start = bare.removeprefix(CONCEPTS), "concept/"
        elif bare + "#" == ONTOLOGY:
            return "ontology/"
        else:
            return ""
        parts = [part if _named(part) else f"-{_digest(part)}" for part in rest.split("/")] if rest else []
        return f"{start}{'/'.join(parts)}/" if parts else ""

    def list_folder(self, kind: str) -> str:
        """Give the folder of the list of a kind of thing; that of the sources is the sources' own."""
        return "sources/" if kind == "source" else f"{self.things}{kind}/"

    @remembered
    def path_of(self, iri: str, language: str = "") -> str:
        """Give the path of an IRI's page in a language, with its fragment; `""` where there is none."""
        folder = self.folder_of(iri)
        if not folder:
            return ""
        fragment = iri.partition("#")[2]
        return folder + self.index(language) + (f"#{fragment}" if fragment else "")

    def index(self, language: str = "", name: str = "index") -> str:
        """Give the name of a page's file in a language: index.html, index.sv.html."""
        return f"{name}.html" if language in ("", self.languages[0]) else f"{name}.{language}.html"

    def url(self, path: str) -> str:
        """Give the address of a file; that of a folder's first page is the folder's."""
        bare = path.removesuffix("index.html") if path.endswith(("/index.html",)) else path
        return self.root + quoted("" if bare == "index.html" else bare)

    def pages(
        self,
        folder: str,
        template: str,
        make: Callable[[Place], Mapping[str, Any]],
        name: str = "index",
        place: Callable[..., Place] | None = None,
    ) -> Iterator[Page]:
        """Give one page in each language.

        Args:
            folder: where it lies, ending in a slash; `""` is the site's own.
            template: the file in templates/.
            make: gives what the template shows, for a place; `title` is always among it.
            name: the file's name without suffix and language.
            place: makes the place of a page, where its links are otherwise than a page's are.
        """
        found = self._jinja.get_template(template)
        for language in self.languages:
            here = (place or Place)(self, folder, language, name)
            text = found.render(here=here, site=self, **make(here))
            yield Page(folder + here.file, text.encode())

    @cached_property
    def _jinja(self) -> jinja2.Environment:
        from importlib.resources import files

        import jinja2

        folder = files("kg") / "site" / "templates"
        return jinja2.Environment(
            autoescape=True,
            loader=jinja2.FunctionLoader(lambda name: (folder / name).read_text("utf-8")),
            undefined=jinja2.StrictUndefined,
            finalize=_shown,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
        )


@dataclass(frozen=True, eq=False)
class Place:
    """One page in one language: what links and words are made for; `here` in every template.

    Attributes:
        folder: where the page lies, ending in a slash, or `""`.
        language: of its words.
        stem: its file's name without language and suffix.
    """

    site: Site
    folder: str
    language: str
    stem: str = "index"

    @property
    def file(self) -> str:
        """The name of the page's file."""
        return self.site.index(self.language, self.stem)

    @property
    def path(self) -> str:
        """The path of the page."""
        return self.folder + self.file

    def to(self, path: str) -> str:
        """Give the link to a file of the site, which may have a fragment; quoted."""
        bare, sign, fragment = path.partition("#")
        if bare.startswith(self.folder) and self.folder:
            relative = bare.removeprefix(self.folder)
        else:
            relative = "../" * self.folder.count("/") + bare
        return quoted(relative) + (f"#{quote(fragment, safe='=,/@~:')}" if sign else "")

    @property
    def network(self) -> str:
        """The link to the network, which has all languages on one page and opens in this one."""
        first = self.language == self.site.languages[0]
        return self.to("network/index.html" + ("" if first else f"#language={self.language}"))

    def page(self, folder: str, name: str = "index") -> str:
        """Give the link to a page, in this page's language."""
        return self.to(folder + self.site.index(self.language, name))

    def link(self, iri: str) -> str:
        """Give the link to what an IRI names: its page here, else the Web's; `""` where none is safe."""
        path = self.site.path_of(iri, self.language)
        return self.to(path) if path else outside(iri)

    def name(self, iri: str) -> str:
        """Give a thing's name in this page's language."""
        return self.site.name(iri, self.language)

    def word(self, key: str, **values: object) -> str:
        """Give a word or sentence of the table, with values in its braces."""
        text = WORDS[key][LANGUAGES.index(self.language)]
        return text.format(**values) if values else text

    @property
    def words(self) -> Mapping[str, tuple[str, str]]:
        """The table of words, for a template that asks whether there is one."""
        return WORDS

    def text(self, label: Mapping[str, str]) -> str:
        """Give a text by language in this page's language, else in another."""
        return text_in(dict(label), self.language)

    def spoken(self, label: Mapping[str, str]) -> dict[str, str]:
        """Give a text by language as `text` does, with its language where that is not the page's."""
        text = self.text(label)
        spoken = next((key for key in (self.language, "en", *sorted(label)) if label.get(key) == text), "")
        return {"text": text, "lang": spoken if spoken != self.language else ""}

    def others(self) -> list[tuple[str, str, str]]:
        """Give this page in each language: language, link, address."""
        found = []
        for language in self.site.languages:
            path = self.folder + self.site.index(language, self.stem)
            found.append((language, self.to(path), self.site.url(path)))
        return found


def _shown(value: Any) -> Any:
    """Show what no page can hold by a picture of it; what is markup already has none."""
    # What Python would print as it stands has nothing to show.
    return visible(value) if type(value) is str and not value.isprintable() else value


def _named(part: str) -> bool:
    return bool(_SEGMENT.fullmatch(part)) and len(part.encode()) <= LONGEST


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]
