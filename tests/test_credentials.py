"""Credentials: from the environment or netrc, to the host that they are for and nowhere else."""

from __future__ import annotations

import base64
import hashlib
import re
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from endpoint import Reply, Stub

from kg import credentials, engines
from kg.errors import RemoteError
from kg.remote import Endpoint

if TYPE_CHECKING:
    from pathlib import Path

SELECT = "SELECT ?x WHERE { ?s ?p ?x }"
USER = {"KG_ENDPOINT_USER": "anna", "KG_ENDPOINT_PASSWORD": "s3cret"}
CHALLENGE = (
    'Digest realm="SPARQL", domain="/a", nonce="n0", opaque="o", stale="false", qop="auth", algorithm="MD5"'
)
REFUSED = Reply(401, b"", {"WWW-Authenticate": CHALLENGE})


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep a proxy that the machine may have set away from loopback."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1,localhost")
    monkeypatch.setenv("no_proxy", "127.0.0.1,localhost")


def netrc(folder: Path, text: str, mode: int = 0o600) -> dict[str, str]:
    """Write a netrc file, and give the environment in which it is found."""
    path = folder / ".netrc"
    path.write_text(text, encoding="utf-8")
    path.chmod(mode)
    return {"HOME": str(folder)}


def sent(stub: Stub) -> list[str | None]:
    """Give what each request said of who asks."""
    return [asked.headers["Authorization"] for asked in stub.asked]


def ask(stub: Stub, environ: dict[str, str], engine: str = "generic") -> None:
    """Ask a stub, and take its answer."""
    answer = Endpoint(stub.url, timeout=30, environ=environ, engine=engines.find(engine)).query(SELECT)
    assert isinstance(answer, ox.QuerySolutions)


def test_netrc_is_for_its_host(tmp_path: Path) -> None:
    """The entry of the endpoint's host goes out as basic credentials; that of another does not."""
    with Stub() as stub:
        ask(stub, netrc(tmp_path, "machine 127.0.0.1 login anna password s3cret\n"))
        ask(stub, netrc(tmp_path, "machine b.example login anna password s3cret\n"))
    assert sent(stub) == [f"Basic {base64.b64encode(b'anna:s3cret').decode()}", None]


def test_default_entry_of_netrc_is_passed_over(tmp_path: Path) -> None:
    """What netrc has for any host goes to none: an address that is mistyped would get it."""
    with Stub() as stub:
        ask(stub, netrc(tmp_path, "default login anna password s3cret\n"))
    assert sent(stub) == [None]


def test_file_that_netrc_names(tmp_path: Path) -> None:
    """NETRC names another file, which has to be there."""
    netrc(tmp_path, "machine a.example login anna password s3cret\n")
    found = credentials.read({"NETRC": str(tmp_path / ".netrc")}, "https://A.example:8443/sparql")
    assert (found.user, found.password) == ("anna", "s3cret")
    with pytest.raises(RemoteError, match=r"NETRC names .* not there"):
        credentials.read({"NETRC": str(tmp_path / "none")}, "https://a.example/")


def test_environment_wins_over_netrc(tmp_path: Path) -> None:
    """What the environment says of the endpoint stands before netrc."""
    environ = netrc(tmp_path, "machine a.example login bo password other\n")
    assert credentials.read(environ | USER, "http://a.example/").user == "anna"
    assert credentials.read(environ, "http://a.example/").user == "bo"
    assert credentials.read({}, "http://a.example/") == credentials.Credentials()
    assert credentials.read({"HOME": str(tmp_path / "none")}, "http://a.example/").user == ""


def test_netrc_that_others_can_read_is_refused(tmp_path: Path) -> None:
    """A password that lies open is not sent, and the message says what to do."""
    environ = netrc(tmp_path, "machine 127.0.0.1 login anna password s3cret\n", 0o644)
    with Stub() as stub, pytest.raises(RemoteError, match="chmod 600"):
        ask(stub, environ)
    assert not stub.asked
    assert credentials.read(environ, "http://a.example/").user == ""


@pytest.mark.parametrize(
    "text", ["machine a.example login anna passwort s3cret\n", " s3cret", "machine", "machine a login \xff"]
)
def test_netrc_that_is_none(tmp_path: Path, text: str) -> None:
    """A file that cannot be read is named with its line, and nothing of what it holds."""
    environ = netrc(tmp_path, "")
    (tmp_path / ".netrc").write_bytes(text.encode("latin-1"))
    with pytest.raises(RemoteError, match=r"\.netrc") as caught:
        credentials.read(environ, "http://a.example/")
    assert " s3cret" not in str(caught.value)
    assert "\n" not in str(caught.value)


def test_netrc_does_not_cross_to_another_origin(tmp_path: Path) -> None:
    """A redirect to another port is not followed: its host has an entry, but was not asked."""
    environ = netrc(tmp_path, "machine 127.0.0.1 login anna password s3cret\n")
    with Stub() as other, Stub(Reply(307, headers={"Location": other.url})) as stub:
        with pytest.raises(RemoteError, match="another origin"):
            ask(stub, environ)
        assert not other.asked


@pytest.mark.parametrize("engine", ["generic", "virtuoso"])
def test_digest_is_given_on_demand(engine: str) -> None:
    """A challenge for a digest is answered as RFC 7616 says; with the engine named, the password stays."""
    with Stub(REFUSED, Reply()) as stub:
        ask(stub, USER, engine)
    first, second = sent(stub)
    assert first is None if engine == "virtuoso" else str(first).startswith("Basic ")
    scheme, _, rest = str(second).partition(" ")
    parts = dict(re.findall(r'(\w+)="?([^",]*)"?', rest))
    assert scheme == "Digest"
    assert (parts["username"], parts["uri"], parts["nonce"], parts["qop"]) == (
        "anna",
        "/sparql",
        "n0",
        "auth",
    )
    one, two = (
        hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()
        for text in ("anna:SPARQL:s3cret", "POST:/sparql")
    )
    whole = ":".join((one, "n0", parts["nc"], parts["cnonce"], "auth", two))
    assert parts["response"] == hashlib.md5(whole.encode(), usedforsecurity=False).hexdigest()
    assert stub.asked[1].form == {"query": [SELECT]}


@pytest.mark.parametrize(
    "challenge",
    [
        "Digest",
        "Digest realm",
        'Digest realm="a"',
        'Digest realm="a", nonce="b", algorithm="X"',
        'Digest realm="a", nonce="b", qop="auth-int"',
        'Basic realm="a"',
        "",
    ],
)
def test_challenge_that_cannot_be_met(challenge: str) -> None:
    """A challenge that is none, or of a kind that is not spoken, is a refusal, told as such."""
    with Stub(Reply(401, b"", {"WWW-Authenticate": challenge})) as stub:
        with pytest.raises(RemoteError, match="does not accept the credentials in KG_ENDPOINT_USER"):
            ask(stub, USER, "virtuoso")
        assert len(stub.asked) == 1


def test_digest_that_is_refused_is_not_given_again() -> None:
    """After one answer to a challenge, a refusal stands."""
    with Stub(REFUSED) as stub:
        with pytest.raises(RemoteError, match="401"):
            ask(stub, USER, "virtuoso")
        assert len(stub.asked) == 2


def test_digest_is_made_anew_where_a_redirect_leads() -> None:
    """A digest holds for one path; the next one has its own challenge."""
    with Stub(REFUSED, Reply(307, headers={"Location": "/b"}), REFUSED, Reply()) as stub:
        ask(stub, USER, "virtuoso")
    assert [(asked.path, bool(asked.headers["Authorization"])) for asked in stub.asked] == [
        ("/sparql", False),
        ("/sparql", True),
        ("/b", False),
        ("/b", True),
    ]


def test_nothing_secret_is_in_a_repr() -> None:
    """What a log or a traceback prints holds neither password nor token."""
    assert "s3cret" not in repr(credentials.read(USER, "http://a.example/"))
    assert "s3cret" not in repr(credentials.read({"KG_ENDPOINT_TOKEN": "s3cret"}, "http://a.example/"))


def test_a_short_secret_is_not_shown_by_its_stars() -> None:
    """A password of a letter or two stays in the words that happen to hold it."""
    known = credentials.Credentials("anna", "e")
    assert known.masked("the server refuses anna") == "the server refuses anna"
    assert credentials.Credentials().masked("the server", "http://a.example/?") == "the server"
