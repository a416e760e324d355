"""Which GitHub it is: github.com, or the Enterprise one that the environment names."""

from __future__ import annotations

import re
from collections.abc import Mapping
from ipaddress import ip_address
from urllib.parse import urlsplit

import msgspec

from docbot.errors import UsageError

SERVER, API = "https://github.com", "https://api.github.com"

_URL = re.compile(
    r"https?://(?:[a-z0-9-]+(?:\.[a-z0-9-]+)*|\[[0-9a-f:.]+\])(?::\d{1,5})?(?P<path>(?:/[\w-]+)*)/?",
    re.IGNORECASE | re.ASCII,
)
_NAME = r"(?P<owner>[A-Za-z0-9][\w-]*)/(?P<repo>(?!\.+(?:git)?/?$)[\w.-]+?)(?:\.git)?/?"
# Without what would end the host early for some readers of addresses, and not for others.
_USER = r"(?:[^@/\\?#\s]*@)?"
_HOST = r"(?P<host>\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9.-]+)"
_WEB = re.compile(rf"(?P<scheme>https?|git)://{_USER}{_HOST}(?::(?P<port>\d+))?/{_NAME}", re.I | re.ASCII)
_SSH = re.compile(rf"ssh://{_USER}{_HOST}(?::\d+)?/{_NAME}", re.IGNORECASE | re.ASCII)
_SCP = re.compile(rf"{_USER}{_HOST}:/?{_NAME}", re.ASCII)
_PORTS = {"https": 443, "http": 80, "git": 9418}


class Place(msgspec.Struct, frozen=True):
    """One GitHub. Both addresses are without a slash at the end."""

    server: str
    """Where its pages and repositories are."""
    api: str

    @property
    def host(self) -> str:
        """The name of the server, without a port."""
        return urlsplit(self.server).hostname or ""

    def repository_of(self, url: str) -> str | None:
        """The `owner/name` that a git remote's URL names here; None for any other place, or an odd URL."""
        web = _WEB.fullmatch(url)
        if web is not None:
            is_here = self._is_web(web["scheme"].lower(), web["host"].lower(), int(web["port"] or 0))
            return f"{web['owner']}/{web['repo']}" if is_here else None
        found = _SSH.fullmatch(url) or _SCP.fullmatch(url)
        if found is None or _bare(found["host"]) not in (self.host, f"ssh.{self.host}"):
            return None
        return f"{found['owner']}/{found['repo']}"

    def _is_web(self, scheme: str, host: str, port: int) -> bool:
        own = urlsplit(self.server)
        if own.port is not None:
            return (scheme, _bare(host), port) == (own.scheme, own.hostname, own.port)
        return _bare(host) in (self.host, f"www.{self.host}") and port in (0, _PORTS[scheme])


GITHUB = Place(SERVER, API)


def place_of(environ: Mapping[str, str]) -> Place:
    """The GitHub that `environ` names: by GITHUB_SERVER_URL and GITHUB_API_URL, which GitHub Actions sets,
    else by GH_HOST, which the GitHub CLI knows, else github.com.

    Raises UsageError for an address that no token may be sent to.
    """
    server, api = (_address(environ, name) for name in ("GITHUB_SERVER_URL", "GITHUB_API_URL"))
    if server:
        return Place(server, api or _api_of(server))
    if api and api != API:
        raise UsageError("GITHUB_API_URL is set without GITHUB_SERVER_URL: set both, or neither")
    host = environ.get("GH_HOST", "").strip()
    if not host or api:
        return Place(SERVER, API)
    server = _checked(f"https://{host}")
    if server is None:
        raise UsageError("GH_HOST isn't the name of a host: set it to one like github.example.com")
    return Place(server, _api_of(server))


def _address(environ: Mapping[str, str], name: str) -> str | None:
    value = environ.get(name, "").strip()
    if not value:
        return None
    address = _checked(value, path=name == "GITHUB_API_URL")
    if address is None:
        raise UsageError(
            f"{name} isn't an address docbot can use: set it to one that starts with https://, "
            "without user name, password or query"
        )
    return address


def _checked(url: str, *, path: bool = False) -> str | None:
    """`url` in its shortest form; None where it isn't safe to send a token to."""
    found = _URL.fullmatch(url)
    if found is None or (found["path"] and not path):
        return None
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return None
    host = parts.hostname or ""
    if parts.scheme == "http" and not _is_loopback(host):
        return None
    shown = "" if port in (None, _PORTS[parts.scheme]) else f":{port}"
    name = f"[{host}]" if ":" in host else host
    return f"{parts.scheme}://{name}{shown}{found['path']}"


def _api_of(server: str) -> str:
    if server == SERVER:
        return API
    scheme, _, host = server.partition("://")
    # Enterprise Cloud with data residency: its API has a host of its own.
    return f"{scheme}://api.{host}" if host.endswith(".ghe.com") else f"{server}/api/v3"


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _bare(host: str) -> str:
    return host.lower().strip("[]")
