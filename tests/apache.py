"""Apache for tests: Debian's build, as a process of one's own on loopback, with rules in `.htaccess`."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from servers import await_port, ended

if TYPE_CHECKING:
    from collections.abc import Iterator

PACKAGE = "apache2-bin"
MODULES = Path("/usr/lib/apache2/modules")
LOADED = ("mpm_event", "authz_core", "dir", "mime", "negotiation", "rewrite")

_CONFIGURATION = """
ServerRoot {folder}
Listen 127.0.0.1:{port}
ServerName 127.0.0.1
PidFile {folder}/pid
ErrorLog {folder}/error.log
{modules}
TypesConfig /dev/null
AddType text/html .html
AddType text/turtle .ttl
AddType application/ld+json .jsonld
DocumentRoot {folder}/www
<Directory />
  AllowOverride All
  Require all granted
</Directory>
"""


@contextmanager
def apache(port: int, fill: dict[str, bytes]) -> Iterator[str]:
    """Serve files on loopback, with the rules that lie among them; give the server's address.

    Args:
        port: one that is free; the rules name it, so that it is known before.
        fill: the files, by their path.
    """
    program = shutil.which("apache2", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    if not program:
        pytest.skip(f"Apache is not installed: apt-get install --no-install-recommends {PACKAGE}")
    # Not pytest's own folder, which nobody but its owner may enter; a root's server runs as another.
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for path, body in fill.items():
            file = folder / "www" / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(body)
        _configure(folder, port)
        with (
            subprocess.Popen([program, "-f", str(folder / "apache.conf"), "-DFOREGROUND"]) as process,
            ended(process),
        ):
            await_port(port, process, folder / "error.log")
            yield f"http://127.0.0.1:{port}/"


def _configure(folder: Path, port: int) -> None:
    """Write the configuration, and let the server's user read the files."""
    modules = "\n".join(f"LoadModule {each}_module {MODULES}/mod_{each}.so" for each in LOADED)
    text = _CONFIGURATION.format(folder=folder, port=port, modules=modules)
    if os.geteuid() == 0:
        text += "User nobody\nGroup nogroup\n"
    (folder / "apache.conf").write_text(text, encoding="utf-8")
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)
