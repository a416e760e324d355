"""The others: people and bots who change things at GitHub while nobody looks."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from tests.contract import reviewing
from tests.contract.state import Comment, Issue, LineComment, Pull, Repository, Review, Thread, User
from tests.contract.world import World


class Person:
    """Somebody at work on the web site, where everything is done at once."""

    def __init__(self, world: World, user: User) -> None:
        self.user = user
        self._world = world

    def close(self, issue: Issue, reason: str | None = None) -> None:
        """Close an issue, or a pull request unmerged. `reason`: completed, not_planned or duplicate."""
        with self._world.lock:
            self._world.close(issue, self.user, reason)

    def report(self, full_name: str, title: str, body: str = "", *, day: datetime | None = None) -> Issue:
        """Open an issue; at `day`, where that is given, as if it had always been there."""
        with self._world.lock:
            here = self._world.repository(full_name)
            when = day or self._world.tick()
            made = Issue(
                id=self._world.next_id(),
                number=self._world.next_number(here),
                repository=here,
                user=self.user,
                title=title,
                body=body or None,
                created_at=when,
                updated_at=when,
            )
            self._world.keep(made)
            return made

    def react(self, what: Issue | Comment, reaction: str = "+1") -> None:
        """Say what one thinks of an issue or a comment, which doesn't count as a change of it."""
        with self._world.lock:
            if isinstance(what, Issue):
                what.reactions[self.user.login] = reaction
            else:
                reviewing.react(self._world, what, self.user, reaction)

    def reopen(self, issue: Issue) -> None:
        """Open it again."""
        with self._world.lock:
            self._world.reopen(issue, self.user)

    def open(self, full_name: str, source: str, branch: str, *, title: str, body: str = "") -> Pull:
        """Open a pull request from a branch of the repository `source` to the default one of `full_name`."""
        with self._world.lock:
            here, there = self._world.repository(full_name), self._world.repository(source)
            when, base = self._world.tick(), here.default_branch
            made = Pull(
                id=self._world.next_id(),
                number=self._world.next_number(here),
                repository=here,
                user=self.user,
                title=title,
                body=body or None,
                created_at=when,
                updated_at=when,
                head_repository=there,
                head_owner=there.owner.login,
                head=branch,
                head_sha=there.bare.heads()[branch],
                base=base,
                base_sha=here.bare.heads()[base],
            )
            self._world.keep(made)
            self._world.keep_head(made)
            return made

    def merge(self, pull: Pull, *, squash: bool = False) -> str:
        """Merge a pull request, and return the commit that the base stands on now."""
        with self._world.lock:
            bare = pull.repository.bare
            base = bare.heads()[pull.base]
            tree = bare.merged(base, pull.head_sha)
            assert tree is not None, f"pull request {pull.number} conflicts with {pull.base}"
            parents = (base,) if squash else (base, pull.head_sha)
            message = f"{pull.title} (#{pull.number})"
            made = bare.record(tree, parents, message, self._world.signature(self.user))
            bare.update(f"refs/heads/{pull.base}", made)
            self._world.mark_merged(pull, self.user, made)
            self._world.refs_moved(pull.repository, self.user)
            return made

    def edit_body(self, issue: Issue, body: str) -> None:
        """Replace the whole body."""
        with self._world.lock:
            issue.body, issue.updated_at = body, self._world.tick()

    def append_body(self, issue: Issue, text: str) -> None:
        """Add to the end of the body, below an empty line."""
        self.edit_body(issue, f"{issue.body or ''}\n\n{text}".lstrip("\n"))

    def edit_title(self, issue: Issue, title: str) -> None:
        """Give it another title."""
        with self._world.lock:
            issue.title = title
            self._world.happened(issue, self.user, "renamed")

    def retarget(self, pull: Pull, base: str) -> None:
        """Have a pull request go to another branch."""
        with self._world.lock:
            self._world.retarget(pull, base, pull.repository.bare.heads()[base], self.user)

    def comment(self, issue: Issue, text: str) -> Comment:
        """Say something."""
        with self._world.lock:
            return self._world.comment(issue, self.user, text)

    def edit_comment(self, comment: Comment, text: str) -> None:
        """Replace what was said."""
        with self._world.lock:
            comment.body, comment.updated_at = text, self._world.tick()

    def review(self, pull: Pull, text: str, state: str = "COMMENTED") -> Review:
        """Say something of a whole pull request, or approve it: COMMENTED, APPROVED, CHANGES_REQUESTED."""
        with self._world.lock:
            return reviewing.submit(
                self._world, pull, self.user, state=state, commit=pull.head_sha, body=text
            )

    def remark(self, pull: Pull, path: str, line: int, text: str, **more: str | int) -> Thread:
        """Begin a thread about a line of the newest commit; `more` as in the API: `side`, `start_line`."""
        with self._world.lock:
            made = reviewing.thread_at(pull, pull.head_sha, {"path": path, "line": line, **more})
            said, commit = [(made, text)], pull.head_sha
            reviewing.submit(self._world, pull, self.user, state="COMMENTED", commit=commit, said=said)
            return made

    def reply(self, thread: Thread, text: str) -> LineComment:
        """Answer in a thread."""
        with self._world.lock:
            return reviewing.reply(self._world, thread, self.user, text)

    def take_back(self, thread: Thread, comment: LineComment) -> None:
        """Delete a comment of a thread."""
        with self._world.lock:
            reviewing.remove(thread, comment)

    def resolve(self, thread: Thread, *, undo: bool = False) -> None:
        """Mark a thread as resolved, or as open again."""
        with self._world.lock:
            thread.resolved_by = None if undo else self.user

    def lock(self, issue: Issue) -> None:
        """Let only those with write access say something."""
        with self._world.lock:
            issue.locked = True
            self._world.happened(issue, self.user, "locked")

    def label(self, issue: Issue, *names: str) -> None:
        """Add labels."""
        with self._world.lock:
            issue.repository.labels += [name for name in names if name not in issue.repository.labels]
            issue.labels += [name for name in names if name not in issue.labels]
            self._world.happened(issue, self.user, "labeled")

    def push(
        self,
        repository: Repository | str,
        branch: str,
        files: Mapping[str, bytes | None],
        message: str = "Edit on the web",
    ) -> str:
        """A commit on a branch, and its id; None takes a file out. A new branch starts at the default one."""
        with self._world.lock:
            place = self._place(repository)
            heads = place.bare.heads()
            return self._commit(place, branch, heads.get(branch, heads[place.default_branch]), files, message)

    def force_push(
        self,
        repository: Repository | str,
        branch: str,
        files: Mapping[str, bytes | None],
        message: str = "Start again",
        *,
        onto: str = "",
    ) -> str:
        """Replace a branch by one commit on `onto` (a branch, the default one if not said)."""
        with self._world.lock:
            place = self._place(repository)
            start = place.bare.heads()[onto or place.default_branch]
            return self._commit(place, branch, start, files, message)

    def delete_branch(self, repository: Repository | str, branch: str) -> None:
        """Take a branch away."""
        with self._world.lock:
            place = self._place(repository)
            place.bare.update(f"refs/heads/{branch}", None)
            self._world.refs_moved(place, self.user)

    def _place(self, repository: Repository | str) -> Repository:
        return self._world.repository(repository) if isinstance(repository, str) else repository

    def _commit(
        self, place: Repository, branch: str, parent: str, files: Mapping[str, bytes | None], message: str
    ) -> str:
        tree = place.bare.write(parent, files)
        self._world.tick()
        made = place.bare.record(tree, (parent,), message, self._world.signature(self.user))
        place.bare.update(f"refs/heads/{branch}", made)
        self._world.refs_moved(place, self.user)
        return made
