"""Operations on accounts, repositories, their forks, branches and files."""

from __future__ import annotations

from typing import Any

from tests.contract.access import inaccessible, workflow_refusal
from tests.contract.api import Answer, Ask, Refused, answers, missing
from tests.contract.push_rules import new_workflow
from tests.contract.shapes import packed
from tests.contract.state import Repository

_LARGE = 1_000_000
"""Bytes above which a file's content is left out."""


@answers("users/get-authenticated")
def own_profile(ask: Ask) -> Answer:
    if ask.token is not None and ask.token.kind == "integration":
        raise inaccessible(ask.token)
    count = sum(one.owner is ask.user for one in ask.world.repositories.values())
    return Answer(200, {"two_factor_authentication": True, **ask.shapes.profile(ask.user, count)})


@answers("users/get-by-username")
def profile(ask: Ask) -> Answer:
    user = ask.world.users.get(ask.path["username"])
    if user is None or (user.hidden and ask.login != user.login):
        raise missing()
    count = sum(one.owner is user for one in ask.world.repositories.values())
    return Answer(200, ask.shapes.profile(user, count))


@answers("repos/get")
def repository(ask: Ask) -> Answer:
    return Answer(200, ask.shapes.repository(ask.repository, ask.login, full=True))


@answers("repos/get-all-topics")
def topics(ask: Ask) -> Answer:
    names, headers = ask.page(ask.repository.topics)
    return Answer(200, {"names": names}, headers)


@answers("repos/get-collaborator-permission-level")
def permission(ask: Ask) -> Answer:
    if not ask.may(ask.repository, "write"):
        raise Refused(403, "Must have push access to view collaborator permission.")
    user = ask.world.users.get(ask.path["username"])
    if user is None:
        raise missing()
    role = ask.repository.permission(user.login)
    level = {"maintain": "write", "triage": "read"}.get(role, role)
    return Answer(200, {"permission": level, "role_name": role, "user": ask.shapes.user(user)})


@answers("repos/list-forks")
def forks(ask: Ask) -> Answer:
    found = [one for one in ask.world.forks(ask.repository) if ask.may(one, "read")]
    if ask.query["sort"] == "oldest":
        found.reverse()
    shown, headers = ask.page(found)
    return Answer(200, [ask.shapes.repository(one, ask.login) for one in shown], headers)


@answers("repos/create-fork")
def create_fork(ask: Ask) -> Answer:
    source, body = ask.repository, ask.body or {}
    login = body.get("organization") or ask.user.login
    if not source.allow_forking:
        raise Refused(403, "The repository exists, but forking is disabled.")
    if not source.bare.heads():
        text = "The repository exists, but it contains no Git content. Empty repositories cannot be forked."
        raise Refused(403, text)
    if ask.user.login in source.owner.blocked:
        raise missing()
    # GitHub answers a fork of one's own repository with that repository.
    made = source if source.owner.login == login else _existing_fork(ask, login)
    if made is None:
        name = _free_name(ask, login, body.get("name") or source.name)
        only = bool(body.get("default_branch_only"))
        made = ask.world.fork(source.full_name, login, name, default_branch_only=only)
        made.polls_left = ask.world.fork_delay
    return Answer(202, ask.shapes.repository(made, ask.login, full=True))


def _existing_fork(ask: Ask, login: str) -> Repository | None:
    """An account has at most one fork of a network, whatever its name."""
    mine = [one for one in ask.world.repositories.values() if one.owner.login == login]
    return next((one for one in mine if one.root is ask.repository.root), None)


def _free_name(ask: Ask, login: str, wanted: str) -> str:
    name, number = wanted, 0
    while ask.world.find(f"{login}/{name}") is not None:
        number += 1
        name = f"{wanted}-{number}"
    return name


@answers("repos/get-branch")
def branch(ask: Ask) -> Answer:
    here, name = ask.repository, ask.path["branch"]
    tip = _ready(here).bare.heads().get(name)
    if tip is None:
        raise Refused(404, "Branch not found")
    commit = ask.shapes.commit(here, here.bare.commit(tip))
    return Answer(200, {"name": name, "commit": commit, "protected": name in here.protected})


@answers("git/get-ref")
def ref(ask: Ask) -> Answer:
    here, name = ask.repository, f"refs/{ask.path['ref']}"
    sha = _ready(here).bare.refs().get(name)
    if sha is None:
        raise missing()
    return Answer(200, ask.shapes.reference(here, name, here.bare.git("cat-file", "-t", sha), sha))


def _ready(repository: Repository) -> Repository:
    """A new fork has no git content for a while."""
    if repository.polls_left:
        repository.polls_left -= 1
        raise missing()
    return repository


@answers("repos/get-commit")
def commit(ask: Ask) -> Answer:
    here = _ready(ask.repository)
    sha = here.bare.find(ask.path["ref"])
    if sha is None:
        raise Refused(422, f"No commit found for SHA: {ask.path['ref']}")
    return Answer(200, ask.shapes.commit(here, here.bare.commit(sha)))


@answers("repos/merge-upstream")
def merge_upstream(ask: Ask) -> Answer:
    """Bring a fork's branch up to its parent's."""
    fork, name = ask.repository, ask.body["branch"]
    if not ask.may(fork, "write"):
        raise missing()
    if fork.parent is None:
        raise Refused(422, "Repository is not a fork.")
    theirs, ours = fork.parent.bare.heads().get(name), fork.bare.heads().get(name)
    if theirs is None or ours is None:
        raise Refused(422, f"Branch not found: {name}")
    fork.bare.bring(fork.parent.bare, theirs)
    origin = f"{fork.parent.owner.login}:{name}"
    if fork.bare.contains(ours, theirs):
        text = "This branch is not behind the upstream branch."
        return Answer(200, {"message": text, "merge_type": "none", "base_branch": origin})
    path = new_workflow(fork.bare, theirs)
    if ask.token is not None and path and (refusal := workflow_refusal(ask.token, path)):
        raise Refused(422, refusal)
    kind, tip = _merge(ask, ours, theirs, name)
    fork.bare.update(f"refs/heads/{name}", tip)
    ask.world.refs_moved(fork, ask.user)
    text = f"Successfully fetched and {kind}d from upstream {origin}."
    return Answer(200, {"message": text, "merge_type": kind, "base_branch": origin})


def _merge(ask: Ask, ours: str, theirs: str, name: str) -> tuple[str, str]:
    bare = ask.repository.bare
    if bare.contains(theirs, ours):
        return "fast-forward", theirs
    tree = bare.merged(ours, theirs)
    if tree is None:
        raise Refused(409, "There are merge conflicts")
    message = f"Merge branch '{name}' of upstream into {name}"
    return "merge", bare.record(tree, (ours, theirs), message, ask.world.signature(ask.user))


@answers("repos/get-content")
def content(ask: Ask) -> Answer:
    """A file with its content, or the entries of a folder."""
    here, path = _ready(ask.repository), ask.path["path"].strip("/")
    revision = ask.query.get("ref") or here.default_branch
    sha = here.bare.find(revision)
    if sha is None:
        raise Refused(404, f"No commit found for the ref {revision}")
    entries = here.bare.entries(sha, path)
    if not entries:
        raise missing()
    if here.bare.kind(sha, path) != "blob":
        names = {"tree": "dir", "blob": "file", "commit": "submodule"}
        return Answer(
            200,
            [
                {**ask.shapes.content(here, sha, one.path, names[one.kind], one.sha), "size": one.size}
                for one in entries
            ],
        )
    file = entries[0]
    data = here.bare.raw("cat-file", "blob", file.sha)
    shown: dict[str, Any] = {"content": packed(data), "encoding": "base64"}
    if file.size > _LARGE:
        shown = {"content": "", "encoding": "none"}
    about = ask.shapes.content(here, sha, file.path, "file", file.sha)
    return Answer(200, {**about, **shown, "size": file.size})
