"""Operations on pull requests. What they are about, the commits, is asked of git."""

from __future__ import annotations

import re

from tests.contract.access import check_conversation, sees
from tests.contract.api import Answer, Ask, Refused, answers, check_text, invalid, missing
from tests.contract.state import Pull, Repository

_FILES, _COMMITS = 3000, 250
"""How many of each GitHub lists at most."""
_DIFF = re.compile(r"application/vnd\.github\.(?:v3\.)?diff")
_ELSEWHERE = "Consider using 'List pull requests files' API or locally cloning the repository instead."


@answers("pulls/list")
def pulls(ask: Ask) -> Answer:
    found = [one for one in ask.repository.pulls if sees(ask.token, one) and _fits(ask, one)]
    key = "updated_at" if ask.query["sort"] in ("updated", "long-running") else "created_at"
    order = ask.query.get("direction", "desc" if ask.query["sort"] == "created" else "asc")
    found.sort(key=lambda one: (getattr(one, key), one.number), reverse=order == "desc")
    shown, headers = ask.page(found)
    return Answer(200, [ask.shapes.pull(one, ask.login) for one in shown], headers)


def _fits(ask: Ask, pull: Pull) -> bool:
    """Whether a pull request is among those asked for. A head without `owner:` is no filter at GitHub."""
    state, base, head = ask.query["state"], ask.query.get("base"), ask.query.get("head", "")
    if state not in ("all", pull.state) or (base and base != pull.base):
        return False
    if ":" not in head:
        return True
    # Of several repositories of one owner, GitHub looks at the one that it is asked in.
    near = pull.head_owner != ask.repository.owner.login or pull.head_repository is ask.repository
    return head.lower() == pull.label.lower() and near


def pull_asked(ask: Ask) -> Pull:
    """The pull request of the path. Raises Refused where there is none to see."""
    found = ask.repository.issues.get(int(ask.path["pull_number"]))
    if not isinstance(found, Pull) or not sees(ask.token, found):
        raise missing()
    return found


@answers("pulls/get")
def pull(ask: Ask) -> Answer:
    if _DIFF.search(ask.accept):
        return _diff(pull_asked(ask))
    return Answer(200, ask.shapes.pull(pull_asked(ask), ask.login, full=True))


def _diff(one: Pull) -> Answer:
    """The whole diff as git makes it, unless it is too long for that."""
    bare = one.repository.bare
    start = bare.base(one.base_sha, one.head_sha) or one.base_sha
    text = bare.raw("diff", start, one.head_sha)
    for amount, most, what in (
        (len(bare.changes(start, one.head_sha)), 300, "files"),
        (text.count(b"\n"), 20_000, "lines"),
    ):
        if amount > most:
            said = f"Sorry, the diff exceeded the maximum number of {what} ({most}). {_ELSEWHERE}"
            detail = {"resource": "PullRequest", "field": "diff", "code": "too_large"}
            raise Refused(406, said, [detail])
    return Answer(200, headers={"Content-Type": "application/vnd.github.diff; charset=utf-8"}, raw=text)


@answers("pulls/list-commits")
def commits(ask: Ask) -> Answer:
    one = pull_asked(ask)
    found = one.repository.bare.commits(one.base_sha, one.head_sha)[:_COMMITS]
    shown, headers = ask.page(found)
    return Answer(200, [ask.shapes.commit(one.repository, commit) for commit in shown], headers)


@answers("pulls/list-files")
def files(ask: Ask) -> Answer:
    one = pull_asked(ask)
    start = one.repository.bare.base(one.base_sha, one.head_sha) or one.base_sha
    shown, headers = ask.page(one.repository.bare.changes(start, one.head_sha)[:_FILES])
    return Answer(200, [ask.shapes.change(one, change) for change in shown], headers)


@answers("pulls/create")
def create(ask: Ask) -> Answer:
    here, body = ask.repository, ask.body
    _check_may_open(ask)
    check_conversation(ask.user, here, "PullRequest")
    check_text(body)
    source, branch = _head(ask)
    head_sha = source.bare.heads().get(branch) if source is not None else None
    base_sha = here.bare.heads().get(body["base"])
    if source is None or head_sha is None:
        raise invalid("PullRequest", field="head", code="invalid")
    if base_sha is None:
        raise invalid("PullRequest", field="base", code="invalid")
    if not body.get("title"):
        raise invalid("PullRequest", field="title", code="missing_field")
    _check_new(ask, source, branch, head_sha, base_sha)
    made = _open(ask, source, branch, head_sha, base_sha)
    return Answer(201, ask.shapes.pull(made, ask.login, full=True))


def _check_may_open(ask: Ask) -> None:
    here, token = ask.repository, ask.token
    if token is not None and token.kind == "integration" and not here.actions_may_open_pulls:
        raise Refused(403, "GitHub Actions is not permitted to create or approve pull requests.")
    closed = here.pull_request_creation_policy == "collaborators_only"
    if not here.has_pull_requests:
        raise Refused(403, "Pull requests are disabled for this repository.")
    if closed and not ask.may(here, "write"):
        raise Refused(403, "Pull request creation is limited to collaborators of this repository.")
    if ask.body.get("draft") and not here.drafts_allowed:
        raise Refused(422, "Draft pull requests are not supported in this repository.")


def _head(ask: Ask) -> tuple[Repository | None, str]:
    """The repository and the branch that `head`, and `head_repo` within one owner, mean."""
    here, head = ask.repository, str(ask.body["head"])
    owner, colon, branch = head.partition(":")
    if not colon:
        owner, branch = here.owner.login, head
    if name := ask.body.get("head_repo"):
        named = ask.world.find(name if "/" in name else f"{owner}/{name}")
        return (named if named is not None and named.root is here.root else None), branch
    if owner.lower() == here.owner.login.lower():
        return here, branch
    network = [one for one in ask.world.repositories.values() if one.root is here.root]
    return next((one for one in network if one.owner.login.lower() == owner.lower()), None), branch


def _check_new(ask: Ask, source: Repository, branch: str, head_sha: str, base_sha: str) -> None:
    """What GitHub looks at before it opens a pull request."""
    here, base = ask.repository, ask.body["base"]
    label = f"{source.owner.login}:{branch}"
    here.bare.bring(source.bare, head_sha)
    if here.bare.base(base_sha, head_sha) is None:
        raise invalid(
            "PullRequest", f"The {branch} branch has no history in common with {here.full_name}:{base}"
        )
    if here.bare.contains(base_sha, head_sha):
        named = branch if source is here else label
        raise invalid("PullRequest", f"No commits between {base} and {named}")
    if _twin(here, source, branch, base) is not None:
        raise invalid("PullRequest", f"A pull request already exists for {label}.")
    if not ask.may(source, "write") and not ask.may(here, "write"):
        raise invalid("PullRequest", "must be a collaborator", field="head")
    if ask.body.get("maintainer_can_modify") and source is not here and not _lends(ask, source):
        text = "Fork collab can't be granted by someone without permission"
        raise invalid("PullRequest", text, field="fork_collab")


def _lends(ask: Ask, source: Repository) -> bool:
    """Whether the one who asks can let maintainers push to a fork."""
    return ask.may(source, "write") and source.owner.kind == "User"


def _twin(here: Repository, source: Repository | None, branch: str, base: str) -> Pull | None:
    """The open pull request of the same branch into the same base."""
    same = (
        pull
        for pull in here.pulls
        if pull.state == "open"
        and pull.head_repository is source
        and (pull.head, pull.base) == (branch, base)
    )
    return next(same, None)


def _open(ask: Ask, source: Repository, branch: str, head_sha: str, base_sha: str) -> Pull:
    here, body, when = ask.repository, ask.body, ask.world.tick()
    lent = body.get("maintainer_can_modify", True) and source is not here and _lends(ask, source)
    made = Pull(
        id=ask.world.next_id(),
        number=ask.world.next_number(here),
        repository=here,
        user=ask.user,
        title=body["title"],
        body=body.get("body") or None,
        created_at=when,
        updated_at=when,
        head_repository=source,
        head_owner=source.owner.login,
        head=branch,
        head_sha=head_sha,
        base=body["base"],
        base_sha=base_sha,
        draft=body.get("draft", False),
        maintainer_can_modify=lent,
    )
    ask.world.keep(made)
    here.bare.update(f"refs/pull/{made.number}/head", head_sha)
    return made


@answers("pulls/update")
def update(ask: Ask) -> Answer:
    one, body = pull_asked(ask), ask.body
    if ask.user is not one.user and not ask.may(ask.repository, "write"):
        raise Refused(403, "Must have admin rights to Repository.")
    check_text(body)
    if "title" in body and not body["title"].strip():
        raise invalid("PullRequest", field="title", code="missing_field")
    if body.get("base", one.base) != one.base:
        _retarget(ask, one, body["base"])
    if body.get("state", one.state) != one.state:
        _set_state(ask, one, body["state"])
    for name in ("title", "body", "maintainer_can_modify"):
        if name in body and body[name] != getattr(one, name):
            setattr(one, name, body[name])
            one.updated_at = ask.world.tick()
    return Answer(200, ask.shapes.pull(one, ask.login, full=True))


def _retarget(ask: Ask, one: Pull, base: str) -> None:
    tip = ask.repository.bare.heads().get(base)
    if tip is None:
        raise invalid(
            "PullRequest", f"Proposed base branch '{base}' was not found", field="base", code="invalid"
        )
    if _twin(ask.repository, one.head_repository, one.head, base) is not None:
        text = f"A pull request already exists for base branch '{base}' and head branch '{one.head}'"
        raise invalid("PullRequest", text, field="base", code="invalid")
    if ask.repository.bare.contains(tip, one.head_sha):
        raise invalid(
            "PullRequest",
            f"There are no new commits between base branch '{base}' and head branch '{one.head}'",
        )
    ask.world.retarget(one, base, tip, ask.user)


def _set_state(ask: Ask, one: Pull, state: str) -> None:
    if state == "closed":
        ask.world.close(one, ask.user)
        return
    reason = _stays_closed(ask, one)
    if reason:
        raise invalid("PullRequest", f"state cannot be changed. {reason}", field="state", code="invalid")
    ask.world.reopen(one, ask.user)


def _stays_closed(ask: Ask, one: Pull) -> str | None:
    """Why a pull request can't be opened again."""
    if one.merged:
        return "The pull request cannot be reopened."
    if one.head_repository is None:
        return "The repository that submitted this pull request has been deleted."
    if _twin(ask.repository, one.head_repository, one.head, one.base) is not None:
        base = f"{ask.repository.owner.login}:{one.base}"
        return f"There is already an open pull request from {one.label} to {base}."
    tip = one.head_repository.bare.heads().get(one.head)
    if tip is None:
        return f"The {one.head} branch has been deleted."
    if tip != one.head_sha:
        return f"The {one.head} branch was force-pushed or recreated."
    return None
