"""Cited: how a page of the site is cited, in words and for BibTeX."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.network import thing_key

if TYPE_CHECKING:
    from kg.site.site import Place


def citation(here: Place, iri: str, title: str) -> dict[str, str]:
    """Say how a page is cited: `text` for people, `bibtex` for their programs."""
    dataset = here.site.dataset
    version, licence = dataset["version"], dataset["licence"]
    whole = here.text(dataset["title"])
    text = here.word(
        "cited whole" if title == whole else "cited as",
        title=title,
        dataset=whole,
        version=here.word("of version", version=version, date=dataset["date"]) if version else "",
        iri=iri,
        licence=here.word("under", licence=licence) if licence else "",
    )
    fields = {
        # Two pairs of braces keep a reference program from changing capitals.
        "title": f"{{{plain(title)}}}",
        "howpublished": plain(here.text(dataset["title"]))
        + (f", version {plain(version)}" if version else ""),
        "year": plain(dataset["date"][:4]),
        "url": plain(iri),
    }
    return {"text": text, "bibtex": entry(thing_key(iri), fields)}


def entry(key: str, fields: dict[str, str]) -> str:
    """Give an entry of BibTeX; what is empty is left out."""
    kept = "".join(char for char in key if char.isascii() and (char.isalnum() or char in ":-."))
    told = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
    return f"@misc{{{kept},\n{told}}}"


def plain(text: str) -> str:
    """Give a text that stays within its braces in BibTeX."""
    return " ".join(text.replace("{", "(").replace("}", ")").replace("\\", "/").split())
