"""Fetch the browser scripts that the wheel carries, anew from npm, in the versions that are pinned.

kg/vendor/vendor.json pins each package's version, npm's integrity of the package, and for each file
its path in the package and the SHA-256 of what is kept of it. A new version is a change of that file:
set `version`, empty `integrity` and the digests, run this, and read what it wrote.

What is made of several packages has a folder beside this script, its `bundle`: what it takes of them
(entry.js), and package.json with npm's lock, whose digest is the integrity. A file without a path in the
package is kept by hand: the licence of a package that comes without its text.
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

HERE = Path(__file__).resolve().parent
FOLDER = HERE.parent / "kg" / "vendor"


def main() -> int:
    """Write the files; fail, and leave the old ones, where a package is not the one pinned."""
    table = FOLDER / "vendor.json"
    pinned = json.loads(table.read_text("utf-8"))
    fetched: dict[str, bytes] = {}
    for name, package in pinned.items():
        fetched |= bundle(name, package) if "bundle" in package else fetch(name, package)
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
        _hold(name, package, f"sha512-{digest}")
        with tarfile.open(archive) as members:
            return {file: _kept(members, file, pin) for file, pin in package["files"].items() if pin[0]}


def bundle(name: str, package: dict[str, Any]) -> dict[str, bytes]:
    """Give a script made of several packages by esbuild, and all their licences."""
    made = HERE / package["bundle"]
    digest = base64.b64encode(hashlib.sha512((made / "package-lock.json").read_bytes()).digest()).decode()
    _hold(name, package, f"sha512-{digest}")
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        for path in made.iterdir():
            (folder / path.name).write_bytes(path.read_bytes())
        # No package runs a script of its own; what npm brings is held against the lock.
        subprocess.run(["npm", "ci", "--silent", "--ignore-scripts"], check=True, cwd=folder)
        build = ["npx", "esbuild", "entry.js", "--bundle", "--minify", "--format=iife"]
        build += [f"--global-name={package['global']}", "--target=es2022", "--legal-comments=none"]
        build += ["--log-level=error", "--outfile=made.js", "--metafile=made.json"]
        subprocess.run(build, check=True, cwd=folder)
        script = (folder / "made.js").read_bytes()
        inputs = json.loads((folder / "made.json").read_bytes())["inputs"]
        fetched = {f"{name}.js": script, f"{name}.LICENSE.txt": _licences(folder, inputs)}
    for file, content in fetched.items():
        _pin(file, package["files"][file], content)
    return fetched


def _licences(folder: Path, inputs: dict[str, Any]) -> bytes:
    """Give the licences of the packages whose files are in a bundle, each under the package's name."""
    there = {Path(path).parts for path in inputs if path.startswith("node_modules/")}
    packages = sorted({"/".join(parts[1 : 3 if parts[1].startswith("@") else 2]) for parts in there})
    out = []
    for package in packages:
        home = folder / "node_modules" / package
        version = json.loads((home / "package.json").read_text("utf-8"))["version"]
        out.append(f"{package} {version}\n\n{(home / 'LICENSE').read_text('utf-8').strip()}\n")
    return "\n".join(out).encode()


def _hold(name: str, package: dict[str, Any], integrity: str) -> None:
    package["integrity"] = package["integrity"] or integrity
    if package["integrity"] != integrity:
        sys.exit(f"{name} {package['version']} is not the package that is pinned")


def _kept(members: tarfile.TarFile, file: str, pin: list[str]) -> bytes:
    """Give one file as it is kept: a script without its hint to a source map, which the page has not."""
    found = members.extractfile(f"package/{pin[0]}")
    if found is None:
        sys.exit(f"{pin[0]} is not in the package")
    content = found.read()
    if file.endswith(".js"):
        lines = content.splitlines(keepends=True)
        content = b"".join(line for line in lines if not line.startswith(b"//# sourceMappingURL="))
    _pin(file, pin, content)
    return content


def _pin(file: str, pin: list[str], content: bytes) -> None:
    digest = hashlib.sha256(content).hexdigest()
    pin[1] = pin[1] or digest
    if pin[1] != digest:
        sys.exit(f"{file} is not the file that is pinned")


if __name__ == "__main__":
    sys.exit(main())
