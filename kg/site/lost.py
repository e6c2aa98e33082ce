"""Lost: the page that a host shows where there is none, at whatever depth somebody looked for one."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from kg.site import home
from kg.site.site import Place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.site.site import Page, Site

SCRIPT = "lost.js"
"""What finds where the site lies, in templates/: it stands in the page, which knows no way to a file."""


class Lost(Place):
    """A page that lies anywhere: its links are whole addresses."""

    def to(self, path: str) -> str:
        """Give the address of a file of the site, which may have a fragment; quoted."""
        return self.site.root + super().to(path)


def pages(site: Site) -> Iterator[Page]:
    """Give the page of last resort in each language: 404.html, 404.sv.html."""
    yield from site.pages("", "404.html", _shown, name="404", place=Lost)


def _shown(here: Place) -> dict[str, Any]:
    """Give what it shows; style and script stand in it, admitted by their digests."""
    from markupsafe import Markup

    folder = files("kg") / "site"
    style = (folder / "static" / "style.css").read_text("utf-8")
    script = (folder / "templates" / SCRIPT).read_text("utf-8")
    names = home.index(here.site, here.language)
    # All three are texts of our own in which nothing means anything to HTML.
    return {
        "title": here.word("not found"),
        "style": Markup(style),  # noqa: S704
        "style_digest": _digest(style),
        "script": Markup(script),  # noqa: S704
        "script_digest": _digest(script),
        "names": Markup(names if home.is_short(names) else ""),  # noqa: S704
    }


def _digest(text: str) -> str:
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"
