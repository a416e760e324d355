"""What a GitHub remembers: people and their tokens, repositories, issues and pull requests."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from tests.contract.bare import Bare

LEVELS = ("none", "read", "triage", "write", "maintain", "admin")
"""What somebody may do in a repository, each more than the one before."""


@dataclass(eq=False)
class Token:
    """A secret, and what it allows. `owner` is the only one a fine-grained token reaches."""

    secret: str
    user: User
    kind: str = "oauth"
    scopes: frozenset[str] = frozenset()
    expired: bool = False
    too_long_lived: bool = False
    owner: str = ""
    repository: str = ""
    """Full name of the only repository that a token of an integration reaches."""
    permissions: Mapping[str, str] = field(default_factory=dict)
    """Of a fine-grained token or an integration, as `{"pull_requests": "write"}`: nothing else is allowed."""
    sso: frozenset[str] = frozenset()
    """The organizations with SAML that it was authorized for."""
    used: int = 0

    @property
    def classic(self) -> bool:
        """Whether it has scopes."""
        return self.kind in ("classic", "oauth")

    def writes(self, what: str) -> bool:
        """Whether a token without scopes has this permission, and to write."""
        return self.permissions.get(what) == "write"

    def reaches(self, repository: Repository) -> bool:
        """Whether a token without scopes was made for this repository."""
        if self.kind == "integration":
            return repository.full_name == self.repository
        return repository.owner.login == self.owner

    def may(self, repository: Repository, level: str) -> bool:
        """Whether its owner may do at least what `level` says; an integration writes where it is at home."""
        if self.kind == "integration" and self.reaches(repository):
            return LEVELS.index(level) <= LEVELS.index("write")
        return repository.allows(self.user.login, level)


@dataclass(eq=False)
class User:
    """An account. `kind` is User, Organization or Bot."""

    login: str
    id: int
    created_at: datetime
    issue_token: Callable[..., Token]
    kind: str = "User"
    name: str = ""
    email: str = ""
    saml: bool = False
    """Whether tokens must be authorized for this organization."""
    enterprise: str = "Microsoft Open Source"
    """Who forbids tokens that live too long."""
    token_days: int = 8
    blocked: set[str] = field(default_factory=set)
    """Logins that this account has blocked."""
    hidden: bool = False
    """Taken for a machine: only the account itself sees what it writes."""

    def token(
        self,
        scopes: tuple[str, ...] = ("gist", "read:org", "repo", "workflow"),
        *,
        kind: str = "oauth",
        expired: bool = False,
        too_long_lived: bool = False,
        owner: str = "",
        repository: str = "",
        permissions: Mapping[str, str] | None = None,
        sso: tuple[str, ...] = (),
    ) -> str:
        """A new secret of this account. The defaults are those of `gh auth token`.

        `kind` is oauth, classic, fine-grained or integration. `owner` (fine-grained) defaults to the
        account itself; `permissions` (fine-grained, integration) default to writing everything.
        """
        made = self.issue_token(self, kind)
        made.scopes = frozenset(scopes) if made.classic else frozenset()
        made.expired, made.too_long_lived = expired, too_long_lived
        made.owner, made.repository = owner or self.login, repository
        made.permissions = EVERYTHING if permissions is None else permissions
        made.sso = frozenset(sso)
        return made.secret


_PARTS = ("administration", "checks", "contents", "issues", "pull_requests", "workflows")
EVERYTHING = dict.fromkeys(_PARTS, "write")


@dataclass(eq=False)
class Repository:
    """A repository. Everything below `parent` may be set at any time."""

    id: int
    owner: User
    name: str
    bare: Bare
    created_at: datetime
    on_git: Callable[[Repository], None]
    parent: Repository | None = None
    private: bool = False
    archived: bool = False
    disabled: bool = False
    has_issues: bool = True
    allow_forking: bool = True
    default_branch: str = "main"
    topics: list[str] = field(default_factory=list)
    labels: list[str] = field(default_factory=lambda: ["bug", "documentation"])
    collaborators: dict[str, str] = field(default_factory=dict)
    """Logins to read, triage, write, maintain or admin."""
    protected: set[str] = field(default_factory=set)
    """Branches that only admins push to."""
    interaction_limit: str = ""
    """existing_users, contributors_only or collaborators_only."""
    has_pull_requests: bool = True
    pull_request_creation_policy: str = "all"
    """all or collaborators_only."""
    drafts_allowed: bool = True
    actions_may_open_pulls: bool = False
    polls_left: int = 0
    """How often git still answers that a new fork isn't there."""
    pushed_at: datetime | None = None
    issues: dict[int, Issue] = field(default_factory=dict)
    """Issues and pull requests by number."""

    @property
    def full_name(self) -> str:
        return f"{self.owner.login}/{self.name}"

    @property
    def root(self) -> Repository:
        """The repository that all forks come from."""
        return self if self.parent is None else self.parent.root

    def permission(self, login: str | None) -> str:
        """One of LEVELS."""
        if login == self.owner.login:
            return "admin"
        return self.collaborators.get(login or "", "none" if self.private else "read")

    def allows(self, login: str | None, level: str) -> bool:
        """Whether somebody may do at least what `level` says."""
        return LEVELS.index(self.permission(login)) >= LEVELS.index(level)

    def git(self, *argv: str, data: bytes = b"") -> str:
        """What `git argv` prints in the bare repository, without the last line end.

        Pull requests follow what it does to branches. Raises GitFailed.
        """
        done = self.bare.git(*argv, data=data)
        self.on_git(self)
        return done

    @property
    def pulls(self) -> list[Pull]:
        """The pull requests into this repository, oldest first."""
        return [one for one in self.issues.values() if isinstance(one, Pull)]


@dataclass(eq=False)
class Reaction:
    """What somebody thinks of a comment, in GitHub's words: +1, -1, heart, ..."""

    id: int
    user: User
    content: str
    created_at: datetime


@dataclass(eq=False)
class Comment:
    """A comment on an issue or a pull request."""

    id: int
    user: User
    body: str
    created_at: datetime
    updated_at: datetime
    reactions: list[Reaction] = field(default_factory=list)


@dataclass(eq=False, kw_only=True)
class Review:
    """What somebody said of a pull request at once. `state`: PENDING, COMMENTED, APPROVED, ..."""

    id: int
    user: User
    body: str
    state: str
    commit: str
    submitted_at: datetime | None


@dataclass(eq=False, kw_only=True)
class LineComment(Comment):
    """A comment in a thread about lines; `reply_to` is the id of the thread's first one."""

    review: Review
    reply_to: int | None = None


@dataclass(eq=False, kw_only=True)
class Thread:
    """What is said about lines of a pull request: where they were when it began, and on which commits."""

    pull: Pull
    path: str
    side: str
    line: int
    start_side: str | None
    start_line: int | None
    commit: str
    """The commit it began on, which was compared with `base`."""
    base: str
    position: int
    hunk: str
    comments: list[LineComment] = field(default_factory=list)
    resolved_by: User | None = None


@dataclass(eq=False)
class Event:
    """Something that happened to an issue: closed, reopened, merged, renamed, labeled, ..."""

    id: int
    kind: str
    actor: User
    created_at: datetime


@dataclass(eq=False, kw_only=True)
class Issue:
    """An issue."""

    id: int
    number: int
    repository: Repository
    user: User
    title: str
    body: str | None
    created_at: datetime
    updated_at: datetime
    state: str = "open"
    state_reason: str | None = None
    locked: bool = False
    closed_at: datetime | None = None
    closed_by: User | None = None
    labels: list[str] = field(default_factory=list)
    comments: list[Comment] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    reactions: dict[str, str] = field(default_factory=dict)
    """What each login thinks of it, in GitHub's words: +1, -1, heart, ..."""


@dataclass(eq=False, kw_only=True)
class Pull(Issue):
    """A pull request. `head_repository` is None once it was deleted."""

    head_repository: Repository | None
    head_owner: str
    head: str
    head_sha: str
    base: str
    base_sha: str
    draft: bool = False
    maintainer_can_modify: bool = False
    merged_at: datetime | None = None
    merged_by: User | None = None
    merge_sha: str | None = None
    reviews: list[Review] = field(default_factory=list)
    threads: list[Thread] = field(default_factory=list)

    @property
    def label(self) -> str:
        """`owner:branch`."""
        return f"{self.head_owner}:{self.head}"

    @property
    def merged(self) -> bool:
        return self.merged_at is not None
