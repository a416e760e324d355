"""The people, repositories and the clock of one GitHub, and what follows from moving a branch."""

from __future__ import annotations

import hashlib
import threading
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

from tests.contract.bare import Bare
from tests.contract.state import Comment, Event, Issue, Pull, Repository, Token, User

START = datetime(2026, 1, 5, 12, tzinfo=UTC)
_PREFIXES = {"classic": "ghp_", "oauth": "gho_", "fine-grained": "github_pat_", "integration": "ghs_"}


class World:
    """Everything that a GitHub knows.

    `now` is the clock: set it, and it goes on one second with every write; None takes the real time.
    """

    def __init__(self, folder: Path) -> None:
        self.lock = threading.RLock()
        self.now: datetime | None = START
        self.fork_delay = 0
        """How often git answers that a fork made through the API isn't there yet."""
        self.search_lag = 0
        """How many of the newest issues and pull requests the search doesn't know yet."""
        self.kept_from_graphql: set[str] = set()
        """The kinds of tokens that GraphQL tells nothing of pull requests."""
        self.limits = {"anonymous": 60, "user": 5000, "integration": 1000}
        """How much each kind of token may ask."""
        self.users: dict[str, User] = {}
        self.tokens: dict[str, Token] = {}
        self.repositories: dict[int, Repository] = {}
        self.moved: dict[str, int] = {}
        """Old full names, in lower case, and the id of what had them."""
        self.created: list[Issue] = []
        """Every issue and pull request, oldest first."""
        self._folder = folder
        self._ids = count(1001)

    def time(self) -> datetime:
        """What the clock shows."""
        return datetime.now(UTC).replace(microsecond=0) if self.now is None else self.now

    def tick(self) -> datetime:
        """The time of something that changes now."""
        shown = self.time()
        if self.now is not None:
            self.now = shown + timedelta(seconds=1)
        return shown

    def signature(self, user: User) -> dict[str, str]:
        """The environment in which git commits as `user`, now."""
        shown = f"{int(self.time().timestamp())} +0000"
        return {
            f"GIT_{role}_{what}": value
            for role in ("AUTHOR", "COMMITTER")
            for what, value in (("NAME", user.name), ("EMAIL", user.email), ("DATE", shown))
        }

    def next_id(self) -> int:
        return next(self._ids)

    def user(self, login: str) -> User:
        """The account of that name; made when it is asked for the first time."""
        if login not in self.users:
            kind = "Bot" if login.endswith("[bot]") else "User"
            number = self.next_id()
            address = f"{number}+{login}@users.noreply.github.com"
            self.users[login] = User(
                login, number, START, self._issue_token, kind=kind, name=login, email=address
            )
        return self.users[login]

    def organization(self, login: str) -> User:
        """An account that isn't a person's."""
        made = self.user(login)
        made.kind = "Organization"
        return made

    def _issue_token(self, user: User, kind: str) -> Token:
        letters = hashlib.sha256(f"{user.login} {len(self.tokens)}".encode()).hexdigest()
        made = Token(_PREFIXES[kind] + letters[:36], user, kind)
        self.tokens[made.secret] = made
        return made

    def repository(self, full_name: str, source: Path | None = None, **flags: object) -> Repository:
        """The repository of that name; made as a bare clone of the git repository at `source` if given.

        `flags` are attributes of `Repository` to set: `archived=True`.
        """
        found = self.find(full_name) if source is None else self._add(full_name, source)
        assert found is not None, f"there is no repository {full_name}"
        for name, value in flags.items():
            assert hasattr(found, name), f"a repository has no {name}"
            setattr(found, name, value)
        return found

    def _add(
        self, full_name: str, source: Path, *options: str, parent: Repository | None = None
    ) -> Repository:
        login, name = full_name.split("/")
        assert self.find(full_name) is None, f"{full_name} is there already"
        number = self.next_id()
        bare = Bare.clone(source, self._folder / f"{number}.git", *options)
        made = Repository(number, self.user(login), name, bare, self.tick(), self.refs_moved, parent)
        made.default_branch = bare.default()
        made.pushed_at = made.created_at
        self.repositories[number] = made
        return made

    def fork(
        self, full_name: str, login: str, name: str = "", *, default_branch_only: bool = False
    ) -> Repository:
        """A fork that is ready at once."""
        parent = self.repository(full_name)
        only = (
            ("--shared", "--single-branch", f"--branch={parent.default_branch}")
            if default_branch_only
            else ("--shared",)
        )
        name = name or parent.name
        return self._add(f"{login}/{name}", parent.bare.folder, *only, parent=parent)

    def find(self, full_name: str) -> Repository | None:
        """The repository that has this name now, in any case."""
        wanted = full_name.lower()
        return next((one for one in self.repositories.values() if one.full_name.lower() == wanted), None)

    def find_moved(self, full_name: str) -> Repository | None:
        """The repository that had this name before it was renamed."""
        return self.repositories.get(self.moved.get(full_name.lower(), 0))

    def forks(self, repository: Repository) -> list[Repository]:
        """Its direct forks, newest first."""
        return [one for one in reversed(self.repositories.values()) if one.parent is repository]

    def rename(self, old: str, new: str) -> None:
        """Give a repository another name, or another owner. The old name leads to it from now on."""
        with self.lock:
            moved = self.repository(old)
            login, moved.name = new.split("/")
            moved.owner = self.user(login)
            self.moved[old.lower()] = moved.id

    def delete(self, full_name: str) -> None:
        """Take a repository away. Pull requests from it stay, and forks are on their own."""
        with self.lock:
            gone = self.repository(full_name)
            del self.repositories[gone.id]
            for one in self.repositories.values():
                one.parent = gone.parent if one.parent is gone else one.parent
                for pull in (pull for pull in one.pulls if pull.head_repository is gone):
                    self.close(pull, gone.owner)
                    pull.head_repository = None

    def pulls(self, full_name: str) -> list[Pull]:
        """The pull requests into a repository, oldest first."""
        return self.repository(full_name).pulls

    def next_number(self, repository: Repository) -> int:
        """The number of the next issue or pull request."""
        return len(repository.issues) + 1

    def keep(self, issue: Issue) -> None:
        """Remember a new issue or pull request."""
        issue.repository.issues[issue.number] = issue
        self.created.append(issue)

    def comment(self, issue: Issue, user: User, body: str) -> Comment:
        """Say something about an issue."""
        when = issue.updated_at = self.tick()
        made = Comment(self.next_id(), user, body, when, when)
        issue.comments.append(made)
        return made

    def retarget(self, pull: Pull, base: str, sha: str, actor: User) -> None:
        """Have a pull request go to another branch, which stands on commit `sha`."""
        pull.base, pull.base_sha = base, sha
        self.happened(pull, actor, "base_ref_changed")

    def close(self, issue: Issue, actor: User, reason: str | None = None) -> None:
        """Close an issue or pull request that is open."""
        if issue.state == "closed":
            return
        issue.state, issue.state_reason = "closed", reason
        issue.closed_at, issue.closed_by = self.happened(issue, actor, "closed"), actor

    def reopen(self, issue: Issue, actor: User) -> None:
        """Open an issue or pull request again."""
        issue.state, issue.state_reason = "open", "reopened"
        issue.closed_at = issue.closed_by = None
        self.happened(issue, actor, "reopened")

    def happened(self, issue: Issue, actor: User, kind: str) -> datetime:
        """Remember what somebody did to an issue."""
        issue.updated_at = self.tick()
        issue.events.append(Event(self.next_id(), kind, actor, issue.updated_at))
        return issue.updated_at

    def refs_moved(self, repository: Repository, actor: User | None = None) -> None:
        """Let the open pull requests follow the branches of a repository that was pushed to."""
        with self.lock:
            heads = repository.bare.heads()
            repository.pushed_at = self.time()
            waiting = [
                pull for one in self.repositories.values() for pull in one.pulls if pull.state == "open"
            ]
            for pull in waiting:
                if pull.head_repository is repository:
                    self._head_moved(pull, heads.get(pull.head), actor or pull.user)
                if pull.repository is repository and pull.state == "open":
                    self._base_moved(pull, heads.get(pull.base), actor or repository.owner)

    def _head_moved(self, pull: Pull, tip: str | None, actor: User) -> None:
        """A pull request follows its branch, and closes when that is gone or has nothing of its own."""
        if tip is None:
            self.happened(pull, actor, "head_ref_deleted")
            self.close(pull, actor)
        elif tip != pull.head_sha:
            old, pull.head_sha = pull.head_sha, tip
            self.keep_head(pull)
            base = pull.repository.bare.heads().get(pull.base, pull.base_sha)
            pull.base_sha = base
            if not pull.repository.bare.contains(tip, old):
                self.happened(pull, actor, "head_ref_force_pushed")
            pull.updated_at = self.tick()
            if pull.repository.bare.contains(base, tip):
                self.close(pull, actor)

    def _base_moved(self, pull: Pull, tip: str | None, actor: User) -> None:
        """A pull request is merged once its commits are in the base, and closes when the base is gone."""
        if tip is None:
            self.close(pull, actor)
        elif tip != pull.base_sha and pull.repository.bare.contains(tip, pull.head_sha):
            self.mark_merged(pull, actor, tip)

    def mark_merged(self, pull: Pull, actor: User, sha: str) -> None:
        """Close a pull request as merged by commit `sha`."""
        pull.merged_at, pull.merged_by, pull.merge_sha = self.happened(pull, actor, "merged"), actor, sha
        self.close(pull, actor)

    def keep_head(self, pull: Pull) -> None:
        """Have the commits of a pull request in the repository it goes to, as `refs/pull/N/head`."""
        assert pull.head_repository is not None
        pull.repository.bare.bring(pull.head_repository.bare, pull.head_sha)
        pull.repository.bare.update(f"refs/pull/{pull.number}/head", pull.head_sha)
