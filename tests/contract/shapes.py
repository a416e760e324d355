"""What GitHub says of things, as JSON: what is known of them. The description fills in the rest."""

from __future__ import annotations

import base64
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from urllib.parse import quote

from tests.contract.bare import Change, Commit
from tests.contract.state import LEVELS, Event, Issue, Pull, Repository, User

Json = dict[str, Any]


def moment(when: datetime | None) -> str | None:
    """A time as GitHub writes it."""
    return None if when is None else when.strftime("%Y-%m-%dT%H:%M:%SZ")


class Shapes:
    """Writes things down, with the addresses that this GitHub has."""

    def __init__(self, server_url: str, api_url: str, users: Mapping[str, User]) -> None:
        self._web, self._api, self._users = server_url, api_url, users

    def user(self, user: User) -> Json:
        """The few words that stand wherever somebody is named."""
        return {
            "login": user.login,
            "id": user.id,
            "node_id": f"U_{user.id}",
            "type": user.kind,
            "html_url": f"{self._web}/{quote(user.login)}",
            "url": f"{self._api}/users/{quote(user.login)}",
        }

    def profile(self, user: User, repositories: int) -> Json:
        """What an account says of itself. The address is nobody else's business, and often not even here."""
        return {
            **self.user(user),
            "name": user.name or None,
            "public_repos": repositories,
            "created_at": moment(user.created_at),
            "updated_at": moment(user.created_at),
        }

    def repository(self, one: Repository, login: str | None = None, *, full: bool = False) -> Json:
        """A repository, as `login` sees it; the full form also names its parent."""
        home, web = f"{self._api}/repos/{one.full_name}", f"{self._web}/{one.full_name}"
        rank = LEVELS.index(one.permission(login))
        shape = {
            "id": one.id,
            "node_id": f"R_{one.id}",
            "name": one.name,
            "full_name": one.full_name,
            "owner": self.user(one.owner),
            "url": home,
            "html_url": web,
            "clone_url": f"{web}.git",
            "private": one.private,
            "visibility": "private" if one.private else "public",
            "fork": one.parent is not None,
            "archived": one.archived,
            "disabled": one.disabled,
            "default_branch": one.default_branch,
            "has_issues": one.has_issues,
            "has_pull_requests": one.has_pull_requests,
            "pull_request_creation_policy": one.pull_request_creation_policy,
            "allow_forking": one.allow_forking,
            "topics": list(one.topics),
            "open_issues_count": sum(issue.state == "open" for issue in one.issues.values()),
            "created_at": moment(one.created_at),
            "updated_at": moment(one.pushed_at),
            "pushed_at": moment(one.pushed_at),
        }
        if login is not None:
            names = {"pull": 1, "triage": 2, "push": 3, "maintain": 4, "admin": 5}
            shape["permissions"] = {name: rank >= least for name, least in names.items()}
        if full and one.parent is not None:
            shape["parent"] = self.repository(one.parent, login)
            shape["source"] = self.repository(one.root, login)
        return shape

    def association(self, issue: Issue, user: User) -> str:
        """What somebody is to the repository of an issue."""
        if user is issue.repository.owner:
            return "OWNER"
        if user.login in issue.repository.collaborators:
            return "COLLABORATOR"
        merged = any(pull.merged and pull.user is user for pull in issue.repository.pulls)
        return "CONTRIBUTOR" if merged else "NONE"

    def issue(self, one: Issue, *, full: bool = False) -> Json:
        """An issue, or the issue's side of a pull request; the full form says who closed it."""
        home = f"{self._api}/repos/{one.repository.full_name}"
        web = f"{self._web}/{one.repository.full_name}"
        pull = isinstance(one, Pull)
        shape = {
            **self._thread(one),
            "url": f"{home}/issues/{one.number}",
            "repository_url": home,
            "comments_url": f"{home}/issues/{one.number}/comments",
            "html_url": f"{web}/{'pull' if pull else 'issues'}/{one.number}",
            "comments": len(one.comments),
            "state_reason": one.state_reason,
            "reactions": self.rollup(one.reactions.values(), f"{home}/issues/{one.number}/reactions"),
        }
        if full:
            shape["closed_by"] = None if one.closed_by is None else self.user(one.closed_by)
        if isinstance(one, Pull):
            shape["draft"] = one.draft
            shape["pull_request"] = {
                "url": f"{home}/pulls/{one.number}",
                "html_url": f"{web}/pull/{one.number}",
                "diff_url": f"{web}/pull/{one.number}.diff",
                "patch_url": f"{web}/pull/{one.number}.patch",
                "merged_at": moment(one.merged_at),
            }
        return shape

    def rollup(self, contents: Iterable[str], url: str) -> Json:
        """How often each reaction was given."""
        counts = Counter(contents)
        kinds = ("+1", "-1", "laugh", "confused", "heart", "hooray", "eyes", "rocket")
        return {"url": url, "total_count": counts.total(), **{kind: counts[kind] for kind in kinds}}

    def _thread(self, one: Issue) -> Json:
        """What issues and pull requests have in common."""
        return {
            "id": one.id,
            "node_id": f"I_{one.id}",
            "number": one.number,
            "title": one.title,
            "body": one.body,
            "user": self.user(one.user),
            "state": one.state,
            "locked": one.locked,
            "labels": [self.label(one.repository, name) for name in one.labels],
            "author_association": self.association(one, one.user),
            "created_at": moment(one.created_at),
            "updated_at": moment(one.updated_at),
            "closed_at": moment(one.closed_at),
        }

    def label(self, repository: Repository, name: str) -> Json:
        """A label. Its id stays the same."""
        home = f"{self._api}/repos/{repository.full_name}"
        number = repository.id * 100 + repository.labels.index(name)
        return {"id": number, "name": name, "color": "ededed", "url": f"{home}/labels/{quote(name)}"}

    def pull(self, one: Pull, login: str | None, *, full: bool = False) -> Json:
        """A pull request; the full form counts, and says whether it can be merged."""
        home = f"{self._api}/repos/{one.repository.full_name}"
        web = f"{self._web}/{one.repository.full_name}/pull/{one.number}"
        head = None if one.head_repository is None else self.repository(one.head_repository, login)
        base = self.repository(one.repository, login)
        owner = self.user(self._users[one.head_owner])
        shape = {
            **self._thread(one),
            "url": f"{home}/pulls/{one.number}",
            "html_url": web,
            "diff_url": f"{web}.diff",
            "patch_url": f"{web}.patch",
            "issue_url": f"{home}/issues/{one.number}",
            "commits_url": f"{home}/pulls/{one.number}/commits",
            "comments_url": f"{home}/issues/{one.number}/comments",
            "review_comments_url": f"{home}/pulls/{one.number}/comments",
            "statuses_url": f"{home}/statuses/{one.head_sha}",
            "draft": one.draft,
            "merged_at": moment(one.merged_at),
            "merge_commit_sha": one.merge_sha,
            "head": {"label": one.label, "ref": one.head, "sha": one.head_sha, "user": owner, "repo": head},
            "base": {
                "label": f"{one.repository.owner.login}:{one.base}",
                "ref": one.base,
                "sha": one.base_sha,
                "user": self.user(one.repository.owner),
                "repo": base,
            },
        }
        return {**shape, **self._counts(one)} if full else shape

    def _counts(self, one: Pull) -> Json:
        bare = one.repository.bare
        start = bare.base(one.base_sha, one.head_sha) or one.base_sha
        changes = bare.changes(start, one.head_sha)
        tip = bare.heads().get(one.base, one.base_sha)
        fits = one.state == "open" and bare.merged(tip, one.head_sha) is not None
        return {
            "merged": one.merged,
            "merged_by": None if one.merged_by is None else self.user(one.merged_by),
            "mergeable": fits if one.state == "open" else None,
            "mergeable_state": ("clean" if fits else "dirty") if one.state == "open" else "unknown",
            "maintainer_can_modify": one.maintainer_can_modify,
            "comments": len(one.comments),
            "commits": len(bare.commits(one.base_sha, one.head_sha)),
            "changed_files": len(changes),
            "additions": sum(change.additions for change in changes),
            "deletions": sum(change.deletions for change in changes),
        }

    def reference(self, repository: Repository, name: str, kind: str, sha: str) -> Json:
        """A ref by its full name, and what it stands on."""
        home = f"{self._api}/repos/{repository.full_name}/git"
        place = {"type": kind, "sha": sha, "url": f"{home}/{kind}s/{sha}"}
        return {"ref": name, "node_id": f"REF_{name}", "url": f"{home}/{name}", "object": place}

    def change(self, one: Pull, change: Change) -> Json:
        """A file of a pull request."""
        web = f"{self._web}/{one.repository.full_name}"
        shape: Json = {
            "sha": change.sha,
            "filename": change.path,
            "status": change.status,
            "additions": change.additions,
            "deletions": change.deletions,
            "changes": change.additions + change.deletions,
            "blob_url": f"{web}/blob/{one.head_sha}/{quote(change.path)}",
        }
        if change.patch is not None:
            shape["patch"] = change.patch
        if change.previous is not None:
            shape["previous_filename"] = change.previous
        return shape

    def commit(self, repository: Repository, one: Commit) -> Json:
        """A commit; its author and committer are accounts only where the address is an account's."""
        home = f"{self._api}/repos/{repository.full_name}"
        people = [
            dict(zip(("name", "email", "date"), who, strict=True)) for who in (one.author, one.committer)
        ]
        accounts = [self._account(who[1]) for who in (one.author, one.committer)]
        return {
            "sha": one.sha,
            "node_id": f"C_{one.sha}",
            "url": f"{home}/commits/{one.sha}",
            "html_url": f"{self._web}/{repository.full_name}/commit/{one.sha}",
            "author": accounts[0],
            "committer": accounts[1],
            "parents": [{"sha": sha, "url": f"{home}/commits/{sha}"} for sha in one.parents],
            "commit": {
                "message": one.message,
                "author": people[0],
                "committer": people[1],
                "tree": {"sha": one.tree, "url": f"{home}/git/trees/{one.tree}"},
            },
        }

    def _account(self, address: str) -> Json | None:
        found = next((one for one in self._users.values() if one.email == address), None)
        return None if found is None else self.user(found)

    def event(self, one: Event) -> Json:
        """Something that happened to an issue."""
        return {
            "id": one.id,
            "node_id": f"E_{one.id}",
            "event": one.kind,
            "actor": self.user(one.actor),
            "created_at": moment(one.created_at),
            "commit_id": None,
            "commit_url": None,
            "performed_via_github_app": None,
        }

    def content(self, repository: Repository, sha: str, path: str, kind: str, blob: str) -> Json:
        """A file or folder, without what is in it."""
        home = f"{self._api}/repos/{repository.full_name}/contents/{quote(path)}?ref={sha}"
        return {
            "type": kind,
            "name": path.rpartition("/")[2],
            "path": path,
            "sha": blob,
            "size": 0,
            "url": home,
            "_links": {"self": home, "git": None, "html": None},
        }


def packed(content: bytes) -> str:
    """The content of a file as GitHub sends it: base64 in lines."""
    return base64.encodebytes(content).decode() if content else ""
