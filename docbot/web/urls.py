"""Which destinations are pages one can ask for, and how a URL is written when it is asked for."""

from __future__ import annotations

import html
import ipaddress
import re
from typing import TYPE_CHECKING
from urllib.parse import urljoin

if TYPE_CHECKING:
    from urllib3.util import Url

LONGEST = 2000
"""Code points of a URL; a longer one is data."""
PORTS = {"http": 80, "https": 443}
_HTTP = re.compile(r"https?://", re.I)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,31});", re.I)
"""As in Markdown: `&copy=` in a query is no entity, since the semicolon is missing."""
_HOST = re.compile(r"\[[0-9a-f:.]+\]|(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)*[a-z0-9-]{1,63}\.?", re.I)
"""An address, or a name that a name server could know (RFC 1123, and underscores)."""
_SAMPLE_HOST = re.compile(
    r"(?:.*\.)?(?:example|test|invalid|localhost|onion|alt|arpa)"
    r"|(?:.*\.)?(?:example|domain|mydomain|yourdomain|mycompany|yourcompany)\.(?:com|org|net|edu)"
    r"|(?:.*[.-])?(?:contoso|fabrikam|northwind|adventure-?works|tailspintoys|wingtiptoys|litware(?:inc)?)"
    r"[^.]*(?:\..*)?"
    r"|(?:.*\.)?(?:my|your)-?(?:server|site|app|org|account|tenant|cluster|registry|host)(?:name)?\d*(?:\..*)?"
)
"""RFC 2606 and 6761, the companies Microsoft's docs invent, and what people write for a name of one's own."""
_PRIVATE_HOST = re.compile(r"[^.]*|.*\.(?:local|internal|intranet|private|lan|corp|home)\.?")
_NAMESPACE_HOST = re.compile(
    r"(?:schemas?|ns|xmlns|purl|www\.w3|json-schema|xml\.apache|docs\.oasis-open)\..*"
)
_NAMESPACE_PATH = re.compile(
    r"/(?:wbem/wsman|xmlns|namespaces?|ns)(?:/|$)|/xml_?schema\b|/\d{4}/\d\d/xaml", re.I
)
_SERVICE_HOST = re.compile(r"(?:api|login|auth|sts|management|graph|oauth|accounts)\..*|.*\.api\..*")
_SERVICE_PATH = re.compile(r"/(?:oauth2?|token|authorize|swagger\.json|wsdl)(?:/|$)|[?&]wsdl\b", re.I)
_PLACEHOLDER = re.compile(
    r"[<>{}\[\]$*|^`\\\s\x00-\x1f\x7f]|%(?:7b|7d|3c|3e|24|5b|5d)|\.\.\.|…|x{3,}|0{8}-|"
    r"[/=.?&](?:your[-_]\w+|my[-_]?(?:account|app|company|id|name|org|project|repo|server|site|user))(?![\w-])",
    re.I,
)


def address_of(destination: str) -> str | None:
    """The URL a server is asked for: normalised (RFC 3986), without fragment.

    None for a destination that is no whole http or https URL, or that holds a name or a password.
    """
    parts = _parsed(destination)
    return None if parts is None else _written(parts._replace(fragment=None))


def led_to(base: str, location: str) -> str | None:
    """The whole URL, with its fragment, to which a `Location` at the URL `base` leads. None as above."""
    try:
        # A header is bytes, which http.client reads as Latin-1; servers write UTF-8.
        said = location.encode("latin-1").decode("utf-8", "replace")
        parts = _parsed(urljoin(base, said.strip()), escaped=False)
    except ValueError:
        return None
    return None if parts is None else _written(parts)


def without_fragment(url: str) -> str:
    """Such a URL as a server is asked for it."""
    return _written(parsed(url)._replace(fragment=None))


def parsed(url: str) -> Url:
    """The parts of a URL that `address_of` or `led_to` wrote. Raises LocationParseError for what is none."""
    # Slow to load, and needed by few runs.
    from urllib3.util import parse_url

    return parse_url(url)


def host_of(url: str) -> str:
    """The host of such a URL, as a name or an address without brackets."""
    return (parsed(url).host or "").strip("[]")


def port_of(url: str) -> int:
    """The port of such a URL, also where it isn't written."""
    parts = parsed(url)
    return parts.port or PORTS[parts.scheme or "http"]


def _parsed(written: str, *, escaped: bool = True) -> Url | None:
    whole = _ENTITY.sub(lambda found: html.unescape(found[0]), written.strip()) if escaped else written
    if len(whole) > LONGEST or not _HTTP.match(whole):
        return None
    from urllib3.exceptions import LocationParseError

    try:
        parts = parsed(whole)
    except (LocationParseError, UnicodeError):
        return None
    named = len(parts.host or "") <= 253 and _HOST.fullmatch(parts.host or "")
    return parts if named and not parts.auth and parts.scheme in PORTS else None


def _written(parts: Url) -> str:
    port = None if parts.port == PORTS[parts.scheme or "http"] else parts.port
    return parts._replace(port=port, path=parts.path or "/").url


def is_page(destination: str, *, private: bool = False) -> bool:
    """Whether a destination names a page to ask for, and is no identifier, sample or placeholder.

    Namespaces are names that nobody need answer to; a service answers programs. With `private` also what
    only a private network has is a page.
    """
    url = address_of(destination)
    if url is None or _PLACEHOLDER.search(destination.partition("#")[0]):
        return False
    parts, host = parsed(url), host_of(url).lower()
    if _SAMPLE_HOST.fullmatch(host) and not (private and host == "localhost"):
        return False
    if parts.scheme == "http" and _NAMESPACE_HOST.fullmatch(host):
        return False
    if _NAMESPACE_PATH.search(parts.path or ""):
        return False
    if _SERVICE_HOST.fullmatch(host) or _SERVICE_PATH.search(parts.request_uri):
        return False
    return private or not (_PRIVATE_HOST.fullmatch(host) or is_numeric(host))


def is_numeric(host: str) -> bool:
    """Whether a host is an address, in whatever notation a system may read: it names a machine, no site."""
    try:
        ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return bool(re.fullmatch(r"(?:0x[0-9a-f]*|\d+)(?:\.(?:0x[0-9a-f]*|\d+))*\.?", host, re.I))
    return True
