"""Fetch the browser scripts that the wheel carries, anew from npm, in the versions that are pinned.

kg/vendor/vendor.json pins each package's version, npm's integrity of the package, and for each file
its path in the package and the SHA-256 of what is kept of it. A new version is a change of that file:
set `version`, empty `integrity` and the digests, run this, and read what it wrote.
"""

from __future__ import annotations

import base64
import hashlib
import json
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parent.parent / "kg" / "vendor"


def main() -> int:
    """Write the files; fail, and leave the old ones, where a package is not the one pinned."""
    table = FOLDER / "vendor.json"
    pinned = json.loads(table.read_text("utf-8"))
    fetched: dict[str, bytes] = {}
    for name, package in pinned.items():
        fetched |= fetch(name, package)
    for name, content in fetched.items():
        (FOLDER / name).write_bytes(content)
    table.write_text(json.dumps(pinned, indent=2) + "\n", "utf-8")
    print(f"Wrote {', '.join(fetched)}.")
    return 0


def fetch(name: str, package: dict[str, Any]) -> dict[str, bytes]:
    """Give the files of one package, held against its integrity and their digests.

    What is not yet pinned is filled in.
    """
    with tempfile.TemporaryDirectory() as folder:
        pack = ["npm", "pack", "--silent", f"{name}@{package['version']}"]
        subprocess.run(pack, check=True, cwd=folder, capture_output=True)
        (archive,) = Path(folder).glob("*.tgz")
        digest = base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode()
        package["integrity"] = package["integrity"] or f"sha512-{digest}"
        if package["integrity"] != f"sha512-{digest}":
            sys.exit(f"{name} {package['version']} is not the package that is pinned")
        with tarfile.open(archive) as members:
            return {file: _kept(members, file, pin) for file, pin in package["files"].items()}


def _kept(members: tarfile.TarFile, file: str, pin: list[str]) -> bytes:
    """Give one file as it is kept: without its hint to a source map, which the page does not have."""
    path, digest = pin
    found = members.extractfile(f"package/{path}")
    if found is None:
        sys.exit(f"{path} is not in the package")
    lines = found.read().splitlines(keepends=True)
    content = b"".join(line for line in lines if not line.startswith(b"//# sourceMappingURL="))
    pin[1] = digest or hashlib.sha256(content).hexdigest()
    if pin[1] != hashlib.sha256(content).hexdigest():
        sys.exit(f"{file} is not the file that is pinned")
    return content


if __name__ == "__main__":
    sys.exit(main())
