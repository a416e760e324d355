"""Who asks, and whether they may: tokens, scopes, permissions, archived and private repositories."""

from __future__ import annotations

from collections.abc import Mapping

from tests.contract.api import Refused, missing
from tests.contract.git_http import password
from tests.contract.state import Issue, Pull, Repository, Token, User
from tests.contract.world import World

_NEEDS = {
    "pulls/": "pull_requests",
    "issues/": "issues",
    "repos/create-fork": "administration",
    "repos/merge-upstream": "contents",
    "repos/create-or-update-file-contents": "contents",
    "git/": "contents",
    "checks/": "checks",
}
"""The permission that a writing operation asks for, by the start of its id."""

_OF_BOTH = {"issues/create-comment", "issues/update-comment", "issues/delete-comment"}
"""Operations that a pull request takes from a token for pull requests, too."""

_NAMES = {"classic": "Personal Access Token", "oauth": "OAuth App", "fine-grained": "Personal Access Token"}
_TOO_LONG = {"fine-grained": "a fine-grained personal access tokens"}
_SETTINGS = {"fine-grained": "personal-access-tokens"}


def token_of(world: World, headers: Mapping[str, str]) -> Token | None:
    """The token of a request; None when it has none. Raises Refused for one that is wrong or too old."""
    scheme, _, secret = headers.get("authorization", "").partition(" ")
    if not scheme:
        return None
    if scheme.lower() == "basic":
        secret = password(headers) or ""
    found = world.tokens.get(secret)
    if found is None or found.expired:
        raise Refused(401, "Bad credentials")
    return found


def check_reach(token: Token | None, repository: Repository, *, writes: bool) -> None:
    """Refuse who may not see a repository, and tokens that don't reach it. Raises Refused."""
    if not (repository.allows(None, "read") if token is None else token.may(repository, "read")):
        raise missing()
    if token is not None:
        _check_life(token, repository.owner)
        _check_saml(token, repository, writes=writes)
        _check_scope(token, repository, writes=writes)
    if repository.disabled:
        raise Refused(403, "Repository access blocked")


def check_write(token: Token | None, repository: Repository, operation: str) -> None:
    """Refuse to change a repository that is archived, or by a token that isn't for it. Raises Refused."""
    if token is None:
        raise Refused(401, "Requires authentication")
    if operation != "repos/create-fork" and repository.archived:
        raise Refused(403, "Repository was archived so is read-only.")
    if token.classic:
        return
    needed = next((name for start, name in _NEEDS.items() if operation.startswith(start)), "")
    enough = {needed, "pull_requests"} if operation in _OF_BOTH else {needed}
    if not token.reaches(repository) or (needed and not any(map(token.writes, enough))):
        raise inaccessible(token)


def check_target(token: Token | None, issue: Issue) -> None:
    """Refuse to comment on an issue by a token for pull requests alone. Raises Refused."""
    if token is None or token.classic or token.writes("issues"):
        return
    if not (isinstance(issue, Pull) and token.writes("pull_requests")):
        raise inaccessible(token)


def inaccessible(token: Token) -> Refused:
    """The refusal for a token without the permission."""
    by = "integration" if token.kind == "integration" else "personal access token"
    return Refused(403, f"Resource not accessible by {by}")


def may_push(token: Token, repository: Repository) -> bool:
    """Whether a token may push to a repository."""
    if not token.may(repository, "write"):
        return False
    if token.classic:
        return bool({"repo", "public_repo"} & token.scopes)
    return token.reaches(repository) and token.permissions.get("contents") == "write"


def workflow_refusal(token: Token, path: str) -> str | None:
    """Why this token may not bring in a workflow; None when it may."""
    if token.classic:
        return None if "workflow" in token.scopes else _workflow(_NAMES[token.kind], path, "`workflow` scope")
    if token.permissions.get("workflows") == "write":
        return None
    return _workflow(_NAMES.get(token.kind, "GitHub App"), path, "`workflows` permission")


def _workflow(what: str, path: str, needs: str) -> str:
    article = "an" if what.startswith("O") else "a"
    return f"refusing to allow {article} {what} to create or update workflow `{path}` without {needs}"


def check_conversation(user: User, repository: Repository, what: str) -> None:
    """Refuse who is blocked, or kept out for a while, from saying something. Raises Refused."""
    if user.login in repository.owner.blocked:
        raise Refused(
            422, "Validation Failed", [{"resource": what, "code": "custom", "message": "user is blocked"}]
        )
    limit = repository.interaction_limit
    if not limit or repository.allows(user.login, "write"):
        return
    merged = any(pull.merged and pull.user is user for pull in repository.pulls)
    if limit == "existing_users" or (limit == "contributors_only" and merged):
        return
    who = "contributed to this repository in the past"
    who = who if limit == "contributors_only" else "collaborator access"
    raise Refused(403, f"Interactions on this repository have been limited to users who have {who}.")


def sees(token: Token | None, pull: Pull) -> bool:
    """Whether a pull request is shown: what a hidden account writes only it sees."""
    return not pull.user.hidden or (token is not None and token.user is pull.user)


def _check_life(token: Token, owner: User) -> None:
    if not token.too_long_lived or owner is token.user:
        return
    what = _TOO_LONG.get(token.kind, "a personal access token (classic)")
    place = _SETTINGS.get(token.kind, "tokens")
    raise Refused(
        403,
        f"The '{owner.enterprise}' enterprise forbids access via {what} if the token's lifetime is greater "
        f"than {owner.token_days} days. Please adjust your token's lifetime at the following URL: "
        f"https://github.com/settings/{place}/{len(token.secret)}",
    )


def _check_saml(token: Token, repository: Repository, *, writes: bool) -> None:
    owner = repository.owner
    if not owner.saml or owner.login in token.sso or not (writes or repository.private):
        return
    name = "OAuth token" if token.kind == "oauth" else "Personal Access token"
    address = f"https://github.com/orgs/{owner.login}/sso?authorization_request=A"
    raise Refused(
        403,
        "Resource protected by organization SAML enforcement. "
        f"You must grant your {name} access to this organization.",
        headers={"X-GitHub-SSO": f"required; url={address}"},
    )


def _check_scope(token: Token, repository: Repository, *, writes: bool) -> None:
    """GitHub says of what a token has no scope for that it isn't there."""
    if token.classic:
        enough = {"repo"} if repository.private else {"repo", "public_repo"}
        if (writes or repository.private) and not enough & token.scopes:
            raise missing()
    elif repository.private and not token.reaches(repository):
        raise missing()
