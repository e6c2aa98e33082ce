"""Redirects: rules by which an address that never changes leads to where the site lies.

They are for w3id.org, which keeps one folder a project: an `.htaccess` that Apache reads, and a README
that says what it is for. A client is sent, by 303, to the form that it likes best: the page, Turtle or
JSON-LD, with the q-values of its Accept header (RFC 9110, section 12.5.1); of equals the page.
"""

from __future__ import annotations

import re
import string
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from kg.description import PROJECT, home
from kg.site.site import Page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.site.site import Site

UNKNOWN = "https://example.org/innovation-kg/"
"""What stands for the site's address where it is not told; the README says so."""
TYPES = {
    "HTML": ("text/html", "application/xhtml+xml"),
    "TURTLE": ("text/turtle",),
    "JSONLD": ("application/ld+json", "application/json"),
}
"""What a client may ask for, the best first, each by its media types, the most exact last."""
ORDER = "0123456789A"
"""The q-values as digits: tenths, and A for 1."""
MOST = 1000
"""Rules for single things; a server reads them all at each request."""
_THING = "[^./]+/[^./]+"
"""The kind and key of a thing; what has a point is a file."""
_SAFE = frozenset(string.ascii_letters + string.digits + "/_-")
_UNSEEN = re.compile(r"\?|%2f|%5c|%00|//|/\.\.?(?:/|$)", re.IGNORECASE)
"""What of an IRI a server is not sent, refuses, or reads otherwise."""


def pages(site: Site) -> Iterator[Page]:
    """Give the folder that w3id.org wants."""
    yield Page("w3id/.htaccess", rules(site).encode())
    yield Page("w3id/README.md", readme(site).encode())


def address(site: Site) -> str:
    """Give where the site lies; a stand-in where its address is the one that is to be redirected."""
    return UNKNOWN if site.root == home(site.base) or site.root.startswith(PROJECT + "/") else site.root


def rules(site: Site) -> str:
    """Give the rules, in the syntax of Apache's mod_rewrite."""
    parts = [
        _HEAD.format(project=PROJECT, site=address(site).rstrip("/")),
        *(_language(language) for language in site.languages[1:]),
        "\n# What the client likes best: the q-value of each form in tenths, A for 1.\n",
        _preferences(),
        _choice(),
        _elsewhere(site),
        *(_resource(pattern, folder, stem) for pattern, folder, stem in _resources(site)),
        _TAIL.replace("WITHIN", f"(?:{_within(site)})?" if _within(site) else ""),
    ]
    return "".join(parts)


def _within(site: Site) -> str | None:
    """Give the path below the project at which the data set's IRIs lie; none where they lie elsewhere."""
    where = home(site.base)
    return re.escape(where.removeprefix(f"{PROJECT}/")) if where.startswith(f"{PROJECT}/") else None


def _resources(site: Site) -> list[tuple[str, str, str]]:
    """Give what is negotiated: a pattern, the folder it lies in, and the name of its data without suffix."""
    within = _within(site)
    found = [
        (r"ontology/?", "ontology/", "innovation"),
        (r"(ontology/[0-9]+(?:\.[0-9]+)*)/?", "$1/", "innovation"),
        (r"concept/?", "concept/", "index"),
        (r"(concept/[^.]+?)/?", "$1/", "index"),
        (rf"{within or ''}dataset/?", "dataset/", "index"),
        (rf"{within or ''}catalog/?", "catalog/", "index"),
    ]
    if within is not None:
        found.append((rf"{within}({site.things}{_THING})/?", "$1/", "index"))
    return found


def elsewhere(site: Site) -> dict[str, str]:
    """Give the folders of the things that do not lie where their IRIs say: long keys, and odd ones.

    They go by the path of their IRIs below the project, unquoted, as Apache compares it. What a server
    never sees as it stands, such as what follows a `?`, is not among them.
    """
    within = _within(site)
    if within is None:
        return {}
    usual = re.compile(rf"{within}({site.things}{_THING})/?")
    found = {}
    for iri in site.subjects:
        path, folder = iri.removeprefix(f"{PROJECT}/"), site.folder_of(iri).removesuffix("/")
        plain = usual.fullmatch(unquote(path))
        if not (plain and plain[1] == folder) and not _UNSEEN.search(path):
            found[unquote(path)] = folder
    return found


def _elsewhere(site: Site) -> str:
    """Give a rule for each thing that lies elsewhere, and those that lead there."""
    found = list(elsewhere(site).items())[:MOST]
    listed = [f'RewriteRule "^{_pattern(path)}/?$" - [E=AT:{folder}]' for path, folder in found]
    return "\n".join([_ODD, *listed, _AT]) if found else ""


def _pattern(path: str) -> str:
    r"""Write a path as a pattern that stands between quotes; PCRE compares bytes here.

    >>> _pattern('id/a-b"')
    'id/a-b\\x22'
    """
    return "".join(chr(b) if chr(b) in _SAFE else f"\\x{b:02x}" for b in path.encode())


_HEAD = """\
# {project}: ontology, concepts and data of innovation ecosystems. See README.md beside this file.
Options -MultiViews
RewriteEngine On

# Where the site lies: the one line to change when it moves.
RewriteRule ^ - [E=SITE:{site}]

# The first language has no suffix.
RewriteRule ^ - [E=IN:]
"""
_TAIL = """
# The project itself, its description, and files under their own names.
RewriteRule ^WITHIN$ %{ENV:SITE}/ [R=303,L]
RewriteRule ^WITHIN\\.well-known/void$ %{ENV:SITE}/.well-known/void [R=303,L]
RewriteRule ^alignments/?$ %{ENV:SITE}/ontology/alignments.ttl [R=303,L]
RewriteRule ^shape/ %{ENV:SITE}/ontology/shapes.ttl [R=303,L]
RewriteRule ^WITHIN(.+)$ %{ENV:SITE}/$1 [R=302,L]
"""
_ODD = """
# What lies under another name than its own: its key is long, or no name of a file."""
_AT = """RewriteCond %{ENV:AT} .
RewriteCond %{ENV:FORM} =none
RewriteRule ^ - [R=406,L]
RewriteCond %{ENV:AT} .
RewriteCond %{ENV:FORM} =html
RewriteRule ^ %{ENV:SITE}/%{ENV:AT}/index%{ENV:IN}.html [R=303,L]
RewriteCond %{ENV:AT} .
RewriteRule ^ %{ENV:SITE}/%{ENV:AT}/index.%{ENV:FORM} [R=303,L]
"""


def _language(language: str) -> str:
    """Give the rules for a client whose first language is another than the site's."""
    return f"RewriteCond %{{HTTP:Accept-Language}} ^{language}\\b [NC]\nRewriteRule ^ - [E=IN:.{language}]\n"


def _preferences() -> str:
    """Give the rules that find each form's q-value: from `*/*`, then from `text/*`, then by its own type."""
    lines = []
    for name, types in TYPES.items():
        # Without a header everything is as good.
        lines += ["RewriteCond %{HTTP_ACCEPT} ^$", f"RewriteRule ^ - [E={name}:A]"]
        groups = [r"\*/\*", *dict.fromkeys(f"{each.partition('/')[0]}/\\*" for each in types)]
        exact = [each.replace("+", r"\+").replace(".", r"\.") for each in reversed(types)]
        lines += [line for each in (*groups, *exact) for line in _quality(each, name)]
    return "\n".join(lines) + "\n"


def _quality(pattern: str, name: str) -> list[str]:
    """Give the rules that set a form's q-value where a media range is accepted; the last that fits holds."""
    start = rf"(?:^|,)\s*{pattern}\s*(?:;(?!\s*q\s*=)[^,;]*)*"
    whole, less = r"(?:,|$|;\s*q\s*=\s*1)", r";\s*q\s*=\s*0(?:\.([0-9])[0-9]*)?\s*(?:,|;|$)"
    return [
        f'RewriteCond %{{HTTP_ACCEPT}} "{start}{whole}" [NC]',
        f"RewriteRule ^ - [E={name}:A]",
        f'RewriteCond %{{HTTP_ACCEPT}} "{start}{less}" [NC]',
        f"RewriteRule ^ - [E={name}:%1]",
    ]


def _choice() -> str:
    """Give the rules that choose: one form, or 406 where a client accepts none of them."""
    return f"""
# The form: the page unless another is liked better. Two digits and the row of digits: the second stands
# before the first in the row where it is the smaller one.
RewriteRule ^ - [E=FORM:html]
RewriteCond %{{ENV:TURTLE}},%{{ENV:HTML}},{ORDER} "^{_BETTER}"
RewriteRule ^ - [E=FORM:ttl]
RewriteCond %{{ENV:FORM}}:%{{ENV:JSONLD}},%{{ENV:HTML}},{ORDER} "^html:{_BETTER}" [OR]
RewriteCond %{{ENV:FORM}}:%{{ENV:JSONLD}},%{{ENV:TURTLE}},{ORDER} "^ttl:{_BETTER}"
RewriteRule ^ - [E=FORM:jsonld]
RewriteCond %{{ENV:HTML}},%{{ENV:TURTLE}},%{{ENV:JSONLD}} "^0?,0?,0?$"
RewriteRule ^ - [E=FORM:none]
"""


_BETTER = r"([1-9A]),(?:0?|([1-9A])),(?(2).*\2.*\1)"
"""Two digits and the row: the first is the greater one, or the second is none."""


def _resource(pattern: str, folder: str, stem: str) -> str:
    """Give the rules of what is negotiated."""
    return f"""
RewriteCond %{{ENV:FORM}} =none
RewriteRule ^{pattern}$ - [R=406,L]
RewriteCond %{{ENV:FORM}} =html
RewriteRule ^{pattern}$ %{{ENV:SITE}}/{folder}index%{{ENV:IN}}.html [R=303,L]
RewriteRule ^{pattern}$ %{{ENV:SITE}}/{folder}{stem}.%{{ENV:FORM}} [R=303,L]
"""


def readme(site: Site) -> str:
    """Give the README that stands beside the rules."""
    where, name = address(site), urlsplit(PROJECT).path.strip("/")
    told = (
        f"\nBefore it is submitted: put the address of the site in place of `{UNKNOWN.rstrip('/')}`\n"
        "in the line that says SITE, or publish again with `--base ADDRESS`.\n"
        if where == UNKNOWN
        else ""
    )
    things = f"| `{site.base}<kind>/<key>` | things of the data set |\n" if _within(site) is not None else ""
    more = len(elsewhere(site)) - MOST
    left = f"{more} further things with long keys have no rule.\n" if more > 0 else ""
    return f"""# {name}

Persistent identifiers of innovation-kg, the knowledge graph of an innovation ecosystem.

| address | what it names |
|---|---|
| `{PROJECT}/ontology` | the ontology; its terms are `#` names |
| `{PROJECT}/ontology/<version>` | a version of it |
| `{PROJECT}/concept/<scheme>/<concept>` | concepts |
{things}| `{PROJECT}/dataset`, `/catalog`, `/.well-known/void` | descriptions |

Each answers with 303 to a page, to Turtle (`text/turtle`) or to JSON-LD (`application/ld+json`), as the
Accept header asks; whoever asks for nothing gets the page. The site lies at <{where}>.
{left}{told}
## Contact

The innovation-kg project, by the issues of its repository.
"""
