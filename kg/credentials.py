"""Credentials: who asks an endpoint, from the environment or from netrc, never from a command line.

What a command line holds, every process of the machine can read. Nothing here is ever part of a
message or of a repr.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from kg.errors import RemoteError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from email.message import Message
    from urllib.request import Request

VARIABLES = "KG_ENDPOINT_USER and KG_ENDPOINT_PASSWORD, or KG_ENDPOINT_TOKEN"
_OTHERS = 0o077
_TELLING = 4
"""Characters from which on a secret is taken out of messages."""
_WINDOWS = "nt"


@dataclass(frozen=True, slots=True)
class Credentials:
    """Who asks: a user with a password, or the holder of a token, or nobody.

    Attributes:
        user: the user name.
        password: its password.
        token: a bearer token (RFC 6750); then there is no user.
        place: where they stand, for messages; empty where there are none.
    """

    user: str = ""
    password: str = field(default="", repr=False)
    token: str = field(default="", repr=False)
    place: str = ""

    def header(self, access: tuple[str, ...]) -> str:
        """Give what goes along unasked as `Authorization`; empty for nothing.

        A password goes unasked only to a server that takes it so: one that challenges for a digest
        (RFC 7616) is not to see the password at all.

        Args:
            access: the kinds of credentials that the server takes.
        """
        from base64 import b64encode

        if self.token:
            return f"Bearer {self.token}"
        if self.user and "digest" not in access:
            return f"Basic {b64encode(f'{self.user}:{self.password}'.encode()).decode()}"
        return ""

    def masked(self, words: str, url: str = "") -> str:
        """Give what is to be said without a secret in it: a server may say back what was sent to it.

        Args:
            words: a message.
            url: the endpoint's address, whose query string may be a secret too.
        """
        from base64 import b64encode
        from urllib.parse import unquote_plus

        query = urlsplit(url).query
        values = [each.partition("=")[2] for each in query.split("&")]
        basic = b64encode(f"{self.user}:{self.password}".encode()).decode() if self.user else ""
        secrets = [self.token, basic, self.password, query, *values, *map(unquote_plus, values)]
        # The shorter a secret is, the more other words hold it: stars there would only show it.
        for secret in sorted({each for each in secrets if len(each) >= _TELLING}, key=len, reverse=True):
            words = words.replace(secret, "***")
        return words

    def digest(self, request: Request, headers: Message) -> str:
        """Answer a challenge for a digest, as Virtuoso's `/sparql-auth` sends it; else give nothing.

        The opener of SPARQLWrapper would answer too, but by changing the whole process.
        """
        from urllib.error import URLError
        from urllib.request import (
            AbstractDigestAuthHandler,
            HTTPPasswordMgrWithDefaultRealm,
            parse_http_list,
            parse_keqv_list,
        )

        for challenge in headers.get_all("WWW-Authenticate", []) if self.user else []:
            scheme, _, rest = str(challenge).partition(" ")
            if scheme.lower() != "digest":
                continue
            known = HTTPPasswordMgrWithDefaultRealm()
            known.add_password(None, request.full_url, self.user, self.password)
            try:
                pairs = parse_keqv_list(parse_http_list(rest))
                made = AbstractDigestAuthHandler(known).get_authorization(request, pairs)
            except (URLError, ValueError):
                # An algorithm that is not spoken, or a challenge that is none: the refusal stands.
                continue
            if made:
                return f"Digest {made}"
        return ""


def read(environ: Mapping[str, str], url: str) -> Credentials:
    """Find the credentials for an address: in KG_ENDPOINT_*, else in netrc, for its host by name.

    Args:
        environ: the environment; netrc is the file that NETRC names, else `.netrc` in HOME.
        url: the endpoint's address.

    Raises:
        RemoteError: where they are incomplete, cannot stand in a header, or lie open to others.
    """
    user, password, token = (environ.get(f"KG_ENDPOINT_{name}", "") for name in ("USER", "PASSWORD", "TOKEN"))
    if token and (user or password):
        raise RemoteError("set KG_ENDPOINT_TOKEN, or KG_ENDPOINT_USER and its password, not both")
    if bool(user) != bool(password):
        raise RemoteError("of KG_ENDPOINT_USER and KG_ENDPOINT_PASSWORD only one is set")
    if token:
        if not token.isascii() or not token.isprintable() or " " in token:
            raise RemoteError("KG_ENDPOINT_TOKEN holds a character that no token has")
        return Credentials(token=token, place="KG_ENDPOINT_TOKEN")
    place = "KG_ENDPOINT_USER and KG_ENDPOINT_PASSWORD"
    if not user:
        user, password, place = _netrc(environ, urlsplit(url).hostname or "")
    if ":" in user:
        raise RemoteError(f"the user name in {place} holds a colon; basic authentication has no room for it")
    if not user.isprintable() or '"' in user or not password.isprintable():
        raise RemoteError(f"{place}: a character that no header can hold")
    return Credentials(user, password, place=place) if user else Credentials()


def _netrc(environ: Mapping[str, str], host: str) -> tuple[str, str, str]:
    """Look a host up in netrc; the entry `default`, which would go to any host, is passed over."""
    import os
    from netrc import NetrcParseError, netrc

    named = environ.get("NETRC", "")
    if not named and not environ.get("HOME"):
        return "", "", ""
    path = Path(named) if named else Path(environ["HOME"]) / ".netrc"
    try:
        found = netrc(path).hosts.get(host)
        open_to_others = os.name != _WINDOWS and path.stat().st_mode & _OTHERS
    except FileNotFoundError:
        if named:
            raise RemoteError(f"NETRC names {path}, which is not there") from None
        return "", "", ""
    except NetrcParseError as error:
        # Its own words may hold a password.
        raise RemoteError(f"{path}:{error.lineno}: cannot be read as netrc") from None
    except (OSError, UnicodeDecodeError) as error:
        raise RemoteError(f"{path} cannot be read: {getattr(error, 'strerror', 'it is not UTF-8')}") from None
    if found is None:
        return "", "", ""
    if open_to_others:
        raise RemoteError(f"{path} can be read by others; run: chmod 600 {path}")
    return found[0], found[2] or "", str(path)
