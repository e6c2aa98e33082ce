"""Third-party browser scripts that travel with the tool: pinned, licensed, as `make vendor` wrote them."""

from __future__ import annotations

import hashlib
import json
from importlib.resources import files
from typing import Any

from kg.errors import KgError


def pinned() -> dict[str, Any]:
    """Give what kg/vendor/vendor.json pins: by name `version`, `licence`, `integrity`, `files`.

    A file is pinned by its path in the npm package and its SHA-256.
    """
    known: dict[str, Any] = json.loads((files("kg") / "vendor" / "vendor.json").read_text("utf-8"))
    return known


def script(name: str) -> str:
    """Give a library as it runs in a page, its version and licence before it.

    Raises:
        KgError: the file is not the one that is pinned.
    """
    package = pinned()[name]
    folder = files("kg") / "vendor"
    content = (folder / f"{name}.js").read_bytes()
    if hashlib.sha256(content).hexdigest() != package["files"][f"{name}.js"][1]:
        raise KgError(f"kg/vendor/{name}.js is not the file of {name} {package['version']} that is pinned")
    licence = (folder / f"{name}.LICENSE.txt").read_text("utf-8").strip().replace("*/", "* /")
    return f"/*! {name} {package['version']}\n{licence}\n*/\n{content.decode()}"
