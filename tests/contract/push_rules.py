"""What GitHub refuses of a push once it has seen it, and how it says so to git."""

from __future__ import annotations

from collections.abc import Mapping

from tests.contract.access import workflow_refusal
from tests.contract.bare import Bare
from tests.contract.state import Repository, Token
from tests.contract.wire import Reply, Request

WORKFLOWS = ".github/workflows"
_BAND = 65_515


def new_workflow(bare: Bare, tip: str, heads: Mapping[str, str] | None = None) -> str | None:
    """The first workflow of commit `tip` that no branch holds with the same content."""
    heads = bare.heads() if heads is None else heads
    known = {
        (entry.path, entry.sha)
        for sha in set(heads.values())
        for entry in bare.entries(sha, WORKFLOWS, deep=True)
    }
    found = bare.entries(tip, WORKFLOWS, deep=True)
    return next((entry.path for entry in found if (entry.path, entry.sha) not in known), None)


def push_refusals(token: Token, repository: Repository, before: Mapping[str, str]) -> dict[str, str]:
    """Why each ref that a push has moved may not stay there; empty when all may."""
    bare, found = repository.bare, {}
    after = bare.refs()
    heads = {name: sha for name, sha in before.items() if name.startswith("refs/heads/")}
    for name in sorted(set(before) | set(after)):
        if before.get(name) == after.get(name):
            continue
        branch = name.removeprefix("refs/heads/")
        if branch in repository.protected and not repository.allows(token.user.login, "admin"):
            found[name] = "protected branch hook declined"
        elif name in after and (path := new_workflow(bare, after[name], heads)):
            refusal = workflow_refusal(token, path)
            found |= {name: refusal} if refusal else {}
    return found


def undo(repository: Repository, before: Mapping[str, str]) -> None:
    """Put all refs back."""
    for name in set(before) | set(repository.bare.refs()):
        repository.bare.update(name, before.get(name))


def refused_push(request: Request, reasons: Mapping[str, str]) -> Reply:
    """The answer to a push of which GitHub took nothing."""
    lines = ["unpack ok\n"]
    lines += [f"ng {name} {reasons.get(name, 'atomic push failure')}\n" for name in _pushed(request.body)]
    report = b"".join(_packet(line.encode()) for line in lines) + b"0000"
    if b"side-band-64k" in request.body[:_BAND].split(b"PACK")[0]:
        report = _packet(b"\x01" + report) + b"0000"
    return Reply(200, {"Content-Type": "application/x-git-receive-pack-result"}, report)


def _packet(data: bytes) -> bytes:
    return f"{len(data) + 4:04x}".encode() + data


def _pushed(body: bytes) -> list[str]:
    """The refs that a push is about."""
    found, place = [], 0
    while (size := int(body[place : place + 4], 16)) > 4:
        line = body[place + 4 : place + size]
        if not line.startswith((b"shallow ", b"push-cert")):
            found.append(line.split(b"\0")[0].split(b" ", 2)[2].decode().strip())
        place += size
    return found
