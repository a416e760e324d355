"""git over HTTP from bare repositories, by git's own `http-backend`.

`GitServer` stands alone, for tests of git alone. `GitBackend` is the part that the GitHub stand-in uses.
"""

from __future__ import annotations

import base64
import binascii
import os
import re
import subprocess
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import NamedTuple

from tests.contract.bare import git_environment, git_program
from tests.contract.wire import Reply, Request, Server, text

UPLOAD, RECEIVE = "git-upload-pack", "git-receive-pack"
ASK = {"WWW-Authenticate": 'Basic realm="GitHub"'}
SETTINGS = {
    "http.receivepack": "true",
    "uploadpack.allowFilter": "true",
    "uploadpack.allowAnySHA1InWant": "true",
    "receive.hideRefs": "refs/pull",
    "core.hooksPath": os.devnull,
    "gc.auto": "0",
}
"""What a code host has switched on, whatever the repository says."""

_PLACE = re.compile(rf"/(?P<owner>[^/]+)/(?P<name>[^/]+?)(?:\.git)?/(?P<rest>info/refs|{UPLOAD}|{RECEIVE})")
_SERVICE = re.compile(rf"(?:^|&)service=({UPLOAD}|{RECEIVE})(?:&|$)")


class GitCall(NamedTuple):
    """A request of a git client: to `owner/name`, for one of the two services; `rest` ends its path."""

    owner: str
    name: str
    service: str
    rest: str

    @property
    def moves_refs(self) -> bool:
        """Whether this is the request that pushes; the one before it only asks for the refs."""
        return self.rest == RECEIVE


def git_call(request: Request) -> GitCall | None:
    """What `request` asks of git; None when it isn't for git, or speaks the old protocol of plain files."""
    place = _PLACE.fullmatch(request.path)
    if place is None:
        return None
    service = place["rest"]
    if service == "info/refs":
        asked = _SERVICE.search(request.query)
        if asked is None:
            return None
        service = asked[1]
    return GitCall(place["owner"], place["name"], service, place["rest"])


def password(headers: Mapping[str, str]) -> str | None:
    """The secret of basic authentication, whatever the user name; None when the request has none."""
    scheme, _, value = headers.get("authorization", "").partition(" ")
    if scheme.lower() != "basic":
        return None
    try:
        pair = base64.b64decode(value, validate=True).decode("utf-8", "replace")
    except binascii.Error:
        return None
    return pair.partition(":")[2]


class GitBackend:
    """Runs `git http-backend` for the bare repositories of one folder."""

    def __init__(self, folder: Path) -> None:
        self._git = git_program()
        self._env = {
            **git_environment(),
            "GIT_PROJECT_ROOT": str(folder),
            "GIT_HTTP_EXPORT_ALL": "1",
            "GIT_CONFIG_COUNT": str(len(SETTINGS)),
        }
        for number, (name, value) in enumerate(SETTINGS.items()):
            self._env[f"GIT_CONFIG_KEY_{number}"] = name
            self._env[f"GIT_CONFIG_VALUE_{number}"] = value

    def answer(self, request: Request, repository: str, call: GitCall, user: str = "") -> Reply:
        """What git answers for the bare repository `repository`, a path inside the folder."""
        done = subprocess.run(
            [self._git, "http-backend"],
            input=request.body,
            env={
                **self._env,
                "REQUEST_METHOD": request.method,
                "PATH_INFO": f"/{repository}/{call.rest}",
                "QUERY_STRING": request.query,
                "CONTENT_TYPE": request.headers.get("content-type", ""),
                "CONTENT_LENGTH": str(len(request.body)),
                "REMOTE_USER": user,
                "REMOTE_ADDR": "127.0.0.1",
                "GIT_PROTOCOL": request.headers.get("git-protocol", ""),
            },
            capture_output=True,
            check=False,
        )
        return _reply(done.stdout)


def _reply(output: bytes) -> Reply:
    """An answer as CGI programs print it; one that says nothing at all has crashed."""
    head, _, body = output.partition(b"\r\n\r\n")
    headers = dict(line.split(": ", 1) for line in head.decode("latin-1").split("\r\n") if ": " in line)
    status = headers.pop("Status", "200" if headers else "500")
    return Reply(int(status.split()[0]), headers, body)


class GitServer:
    """Serves the bare repositories `folder`/owner/name.git at `url`/owner/name.git, as a code host does.

    Everybody may read what isn't in `private`. `tokens` maps secrets, taken as password of basic
    authentication with any user name, to logins; `may_push` maps `owner/name.git` to the logins that may
    push there and read it. Both may be changed while it runs. `calls` are the requests so far, as
    `(service, owner/name.git, status)`.
    """

    def __init__(
        self,
        folder: Path,
        *,
        tokens: Mapping[str, str] | None = None,
        may_push: Mapping[str, Collection[str]] | None = None,
        private: Collection[str] = (),
    ) -> None:
        self.tokens = dict(tokens or {})
        self.may_push = {name: set(logins) for name, logins in (may_push or {}).items()}
        self.private = set(private)
        self.calls: list[tuple[str, str, int]] = []
        self._folder = folder
        self._backend = GitBackend(folder)
        self._server = Server(self._answer)

    @property
    def url(self) -> str:
        """Without a slash at its end."""
        return self._server.url

    def __enter__(self) -> GitServer:
        self._server.__enter__()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.offline()

    def offline(self) -> None:
        """Refuse connections."""
        self._server.offline()

    def online(self) -> None:
        """Take connections again, at the same address."""
        self._server.online()

    def _answer(self, request: Request) -> Reply:
        call = git_call(request)
        if call is None:
            return text(404, "Not Found")
        repository = f"{call.owner}/{call.name}.git"
        secret = password(request.headers)
        login = None if secret is None else self.tokens.get(secret)
        reply = self._refusal(call, repository, secret, login)
        reply = reply or self._backend.answer(request, repository, call, login or "")
        self.calls.append((call.service, repository, reply.status))
        return reply

    def _refusal(self, call: GitCall, repository: str, secret: str | None, login: str | None) -> Reply | None:
        """What is answered instead of git's answer; None when the request may go on."""
        if secret is not None and login is None:
            return text(401, INVALID, ASK)
        pushes = login in self.may_push.get(repository, ())
        known = (self._folder / repository).is_dir() and (pushes or repository not in self.private)
        if login is None and (call.service == RECEIVE or not known):
            return text(401, NOBODY, ASK)
        if not known:
            return text(404, "Repository not found.")
        if call.service == RECEIVE and not pushes:
            return text(403, f"Permission to {repository} denied to {login}.")
        return None


INVALID = "Invalid username or token. Password authentication is not supported for Git operations."
NOBODY = "No anonymous write access."
