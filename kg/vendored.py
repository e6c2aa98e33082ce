"""Third-party browser scripts that travel with the tool: pinned, licensed, as `make vendor` wrote them."""

from __future__ import annotations

import hashlib
import json
from importlib.resources import files
from typing import Any

from kg.errors import KgError


def pinned() -> dict[str, Any]:
    """Give what kg/vendor/vendor.json pins: by name `version`, `licence`, `integrity`, `files`.

    A file is pinned by its path in the npm package and its SHA-256. `holds` names the packages that are
    built into a script of another; of these the licence alone is kept.
    """
    known: dict[str, Any] = json.loads((files("kg") / "vendor" / "vendor.json").read_text("utf-8"))
    return known


def script(name: str) -> str:
    """Give a library as it runs in a page, its version and licence before it, and those of what it holds.

    Raises:
        KgError: the file is not the one that is pinned.
    """
    known = pinned()
    heads = [
        f"{each} {known[each]['version']}\n{content(f'{each}.LICENSE.txt').decode().strip()}"
        for each in (name, *known[name].get("holds", ()))
    ]
    licences = "\n\n".join(heads).replace("*/", "* /")
    return f"/*! {licences}\n*/\n{content(f'{name}.js').decode()}"


def content(file: str) -> bytes:
    """Give a file that is pinned, as it is.

    Raises:
        KgError: it is not the file that is pinned.
    """
    name = file.partition(".")[0]
    package = pinned()[name]
    found = (files("kg") / "vendor" / file).read_bytes()
    if hashlib.sha256(found).hexdigest() != package["files"][file][1]:
        raise KgError(f"kg/vendor/{file} is not the file of {name} {package['version']} that is pinned")
    return found
