"""What is sent, as values: a push of git's, and requests to the API with their JSON byte for byte."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

import msgspec

_USER = re.compile(r"(?<=://)[^@/\s]*@")


class Push(msgspec.Struct, frozen=True):
    """A branch set to docbot's commit, if it stands at `expected` (empty: if it doesn't exist)."""

    remote: str
    branch: str
    expected: str = ""

    def __str__(self) -> str:
        ref = f"refs/heads/{self.branch}"
        remote = _USER.sub("", self.remote)
        return f"git push --force-with-lease={ref}:{self.expected} {remote} COMMIT:{ref}"


class ApiRequest(msgspec.Struct, frozen=True):
    """A request that changes something, to the forge's API; `body` is its JSON, byte for byte."""

    method: str
    path: str
    body: bytes

    @classmethod
    def of(cls, method: str, path: str, data: Mapping[str, object]) -> ApiRequest:
        # Encoded as PyGithub's transport does it, so that what is shown is what is sent.
        return cls(method, path, json.dumps(data).encode("ascii"))

    @property
    def data(self) -> dict[str, object]:
        """What `body` says."""
        return msgspec.json.decode(self.body, type=dict[str, object])

    def __str__(self) -> str:
        return f"{self.method} {self.path}\n{self.body.decode()}"


Request = Push | ApiRequest
