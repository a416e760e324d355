"""Reviews and their threads: what may be said about which lines, and where those lines are now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from tests.contract.lines import LEFT, RIGHT, moved, shown, spots
from tests.contract.state import Comment, LineComment, Pull, Reaction, Review, Thread, User
from tests.contract.world import World


class Wrong(Exception):
    """Something can't be said there. `faults` are fields of the thread, each with what is wrong with it."""

    def __init__(self, *faults: tuple[str, str]) -> None:
        super().__init__(faults)
        self.faults = faults

    @property
    def sentence(self) -> str:
        """All of it, as GitHub puts it."""
        parts = [
            f"Pull request review thread {field.replace('_', ' ')} {text}" for field, text in self.faults
        ]
        if len(parts) < 3:
            return " and ".join(parts)
        return f"{', '.join(parts[:-1])}, and {parts[-1]}"


class Lines(NamedTuple):
    """Where a thread stands."""

    start: int | None
    end: int
    position: int


_BLANK = ("diff_hunk", "can't be blank")


def start_of(pull: Pull, commit: str) -> str:
    """The commit that `commit` of a pull request is compared with."""
    return pull.repository.bare.base(pull.base_sha, commit) or pull.base_sha


def patch_of(pull: Pull, start: str, commit: str, path: str) -> str | None:
    """What a pull request does to a file up to `commit`; None where that isn't shown."""
    changes = pull.repository.bare.changes(start, commit)
    return next((change.patch for change in changes if change.path == path), None)


def is_part(pull: Pull, commit: str) -> bool:
    """Whether a commit is one of those of a pull request."""
    return any(one.sha == commit for one in pull.repository.bare.commits(pull.base_sha, pull.head_sha))


def thread_at(pull: Pull, commit: str, said: Mapping[str, Any]) -> Thread:
    """A thread, still without comments, about the lines that `said` names. Raises Wrong."""
    start, path = start_of(pull, commit), said["path"]
    patch = patch_of(pull, start, commit, path)
    if patch is None:
        raise Wrong(("path", "is invalid"), _BLANK)
    side, line = _end(patch, said)
    first = None
    if said.get("start_line") is not None:
        first = (str(said.get("start_side") or side), int(said["start_line"]))
    position = _checked(patch, (side, line), first)
    return Thread(
        pull=pull,
        path=path,
        side=side,
        line=line,
        start_side=None if first is None else first[0],
        start_line=None if first is None else first[1],
        commit=commit,
        base=start,
        position=position,
        hunk=shown(patch, position),
    )


def _end(patch: str, said: Mapping[str, Any]) -> tuple[str, int]:
    """Side and number of the last line, which older clients give by its place in the patch."""
    if said.get("line") is not None:
        return said.get("side") or RIGHT, said["line"]
    found = [key for key, spot in spots(patch).items() if spot.position == said.get("position")]
    if not found:
        raise Wrong(("line", "must be part of the diff"), _BLANK)
    return max(found)


def _checked(patch: str, end: tuple[str, int], start: tuple[str, int] | None) -> int:
    """The position of the last line. Raises Wrong where one of them can't be spoken of."""
    known = spots(patch)
    faults = [] if end in known else [("line", "must be part of the diff")]
    if start is not None and start[0] == end[0] and start[1] >= end[1]:
        faults.append(("start_line", "must precede the end line."))
    elif start is not None and (end not in known or start not in known or _apart(known[start], known[end])):
        faults.append(("start_line", "must be part of the same hunk as the line."))
    if faults:
        raise Wrong(*faults, *([] if end in known else [_BLANK]))
    return known[end].position


def _apart(start: tuple[int, int], end: tuple[int, int]) -> bool:
    return start[0] != end[0] or start[1] >= end[1]


def where(thread: Thread) -> Lines | None:
    """The lines of a thread as the pull request stands; None where they are no more, or not in its diff."""
    pull, end = thread.pull, thread.line
    base = start_of(pull, pull.head_sha)
    first = thread.line if thread.start_line is None else thread.start_line
    one_sided = thread.start_side in (None, thread.side)
    by = _moved(thread, base, thread.side, first if one_sided else end, end)
    by_start = by if one_sided else _moved(thread, base, thread.start_side or RIGHT, first, first)
    patch = patch_of(pull, base, pull.head_sha, thread.path)
    if by is None or by_start is None or patch is None:
        return None
    known = spots(patch)
    spot = known.get((thread.side, end + by))
    start = known.get((thread.start_side or thread.side, first + by_start))
    if spot is None or start is None or spot.hunk != start.hunk:
        return None
    return Lines(None if thread.start_line is None else first + by_start, end + by, spot.position)


def _moved(thread: Thread, base: str, side: str, first: int, last: int) -> int | None:
    old, new = (thread.base, base) if side == LEFT else (thread.commit, thread.pull.head_sha)
    return moved(thread.pull.repository.bare, old, new, thread.path, first, last)


def submit(
    world: World,
    pull: Pull,
    user: User,
    *,
    state: str,
    commit: str,
    body: str = "",
    said: Sequence[tuple[Thread, str]] = (),
) -> Review:
    """Have somebody review a pull request: new threads, each with its first comment."""
    when = world.tick()
    review = Review(
        id=world.next_id(),
        user=user,
        body=body,
        state=state,
        commit=commit,
        submitted_at=None if state == "PENDING" else when,
    )
    pull.reviews.append(review)
    for thread, text in said:
        thread.comments.append(LineComment(world.next_id(), user, text, when, when, review=review))
        pull.threads.append(thread)
    pull.updated_at = when
    return review


def reply(world: World, thread: Thread, user: User, text: str) -> LineComment:
    """Have somebody answer in a thread, which is a review of its own."""
    review = submit(world, thread.pull, user, state="COMMENTED", commit=thread.pull.head_sha)
    when, first = thread.pull.updated_at, thread.comments[0]
    parent = first.id if first.reply_to is None else first.reply_to
    made = LineComment(world.next_id(), user, text, when, when, review=review, reply_to=parent)
    thread.comments.append(made)
    return made


def remove(thread: Thread, comment: LineComment) -> None:
    """Take a comment out of its thread. Those after it stay, and still name it as what they reply to."""
    thread.comments.remove(comment)
    if not thread.comments:
        thread.pull.threads.remove(thread)


def react(world: World, comment: Comment, user: User, content: str) -> None:
    """Have somebody react to a comment; the same twice counts once."""
    if all((one.user, one.content) != (user, content) for one in comment.reactions):
        comment.reactions.append(Reaction(world.next_id(), user, content, world.tick()))
