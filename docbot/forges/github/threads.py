"""The threads about the lines of a pull request: which comments are one, and which are resolved.

Which comments belong together REST tells, by what each one replies to. What is resolved GraphQL alone tells.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from docbot.forges.github.client import Client
from docbot.forges.github.said import Line

MOST = 20
"""Pages of a hundred threads that are asked for."""

_QUESTION = """\
query($owner: String!, $name: String!, $number: Int!, $after: String) {
  repository(owner: $owner, name: $name) {
    pullRequest(number: $number) {
      reviewThreads(first: 100, after: $after) {
        nodes { isResolved comments(first: 1) { nodes { fullDatabaseId } } }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
}
"""


class _Id(msgspec.Struct, frozen=True, rename="camel"):
    full_database_id: int | None = None


class _Ids(msgspec.Struct, frozen=True):
    nodes: tuple[_Id | None, ...] = ()


class _Thread(msgspec.Struct, frozen=True, rename="camel"):
    is_resolved: bool
    comments: _Ids


class _PageInfo(msgspec.Struct, frozen=True, rename="camel"):
    has_next_page: bool = False
    end_cursor: str | None = None


class _Threads(msgspec.Struct, frozen=True, rename="camel"):
    page_info: _PageInfo
    nodes: tuple[_Thread | None, ...] = ()


class _Pull(msgspec.Struct, frozen=True, rename="camel"):
    review_threads: _Threads


class _Repository(msgspec.Struct, frozen=True, rename="camel"):
    pull_request: _Pull


class _Data(msgspec.Struct, frozen=True):
    repository: _Repository


class _Answer(msgspec.Struct, frozen=True):
    data: _Data


def threads_of(lines: Iterable[Line]) -> list[list[Line]]:
    """Comments about lines by thread, both oldest first.

    Where a thread's first comment was deleted, those that replied to it are still one thread.
    """
    ordered = sorted(lines, key=lambda line: line.id)
    parents = {line.id: line.in_reply_to_id for line in ordered}
    threads: dict[int, list[Line]] = {}
    for line in ordered:
        threads.setdefault(_root(line.id, parents), []).append(line)
    return list(threads.values())


def _root(number: int, parents: Mapping[int, int | None]) -> int:
    """What `number` replies to, in the end: also something that isn't there any more."""
    seen = {number}
    while (parent := parents.get(number)) is not None and parent not in seen:
        seen.add(parent)
        number = parent
    return number


def resolved_in(client: Client, docs: str, number: int) -> frozenset[int]:
    """The ids of the comments that begin a resolved thread of pull request `number` of `docs` (`owner/name`).

    Empty also where GitHub doesn't tell this token, or tells nothing that can be read: what isn't known to be
    resolved counts as open. Raises StoppedError where GitHub can't be reached.
    """
    owner, _, name = docs.partition("/")
    found: set[int] = set()
    after: str | None = None
    for _ in range(MOST):
        asked = {"owner": owner, "name": name, "number": number, "after": after}
        threads = _read(client.ask(_QUESTION, asked, f"the threads of #{number}"))
        if threads is None:
            break
        found |= _resolved(threads.nodes)
        after = threads.page_info.end_cursor
        if not threads.page_info.has_next_page or after is None:
            break
    return frozenset(found)


def _read(answer: object) -> _Threads | None:
    try:
        # Large numbers come as text.
        return msgspec.convert(answer, _Answer, strict=False).data.repository.pull_request.review_threads
    except msgspec.ValidationError:
        return None


def _resolved(threads: Sequence[_Thread | None]) -> set[int]:
    resolved = (thread for thread in threads if thread is not None and thread.is_resolved)
    ids = (one.full_database_id for thread in resolved for one in thread.comments.nodes if one is not None)
    return {one for one in ids if one is not None}
