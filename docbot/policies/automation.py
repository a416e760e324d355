"""Which pull requests a repository's own automation closes: `.github/policies/*.yml` (Microsoft GitOps).

Understood are tasks that answer a pull request: `payloadType`, `isAction`, `filesMatchPattern` with
`excludedFiles`, `activitySenderHasPermission`, `activitySenderHasAssociation` and `isActivitySender`, joined
by `and`, `or` and `not`, whose `then` (or an `if` inside of it) says `closePullRequest`. They are read for
somebody who may not push. Of a pattern `*` and `.*` are understood, and escaped characters.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import msgspec

from docbot.policies.wildcards import name_matches
from docbot.policies.yaml_tree import Entry, Tree, UnknownYamlError, tree_of

_INSIDERS = {"admin", "write", "maintain", "triage", "member", "owner", "collaborator"}
_OUTSIDERS = {"read", "none"}
_ALWAYS = {"isPullRequest", "isOpen"}
_ESCAPED = re.compile(r"\\([./_-])")
_UNKNOWN = re.compile(r"[()|+?{}\[\]\\]")
_STARS = re.compile(r"(?:\.?\*)+")


class Files(msgspec.Struct, frozen=True):
    """Paths, by patterns whose `*` crosses folders."""

    pattern: str
    excluded: tuple[str, ...] = ()

    def holds(self, path: str) -> bool:
        """Whether `path` (POSIX, relative to the repository) is one of them."""
        return _fits(self.pattern, path) and not any(_fits(pattern, path) for pattern in self.excluded)


class Closing(NamedTuple):
    """A task that closes pull requests."""

    line: int
    quote: str
    files: tuple[Files, ...]
    """Of pull requests that touch these; of all where it is empty."""
    certain: bool
    """Whether docbot understood every condition."""


class _Told(NamedTuple):
    """Whether a condition holds for an outsider's new pull request (None: unknown), and for which files."""

    holds: bool | None
    files: tuple[Files, ...] = ()


def closings(text: str) -> Iterator[Closing]:
    """Every task in an automation file that closes an outsider's new pull request, or may do so."""
    try:
        tree = tree_of(text)
    except UnknownYamlError:
        if "closePullRequest" in text:
            yield Closing(1, "closePullRequest", (), certain=False)
        return
    if _get(tree, "disabled") == "true":
        return
    management = _get(_get(tree, "configuration"), "resourceManagementConfiguration")
    tasks = _get(management, "eventResponderTasks")
    for task in tasks if isinstance(tasks, list) else ():
        if isinstance(task, Entry):
            yield from _of_task(task)


def _of_task(task: Entry) -> Iterator[Closing]:
    said = task.values.get("description")
    quote = said if isinstance(said, str) and said.strip() else "closePullRequest"
    for told in _closes(task, _Told(True)):
        if told.holds is not False:
            yield Closing(task.line, quote, told.files, told.holds is True)


def _closes(task: Entry, outer: _Told) -> Iterator[_Told]:
    """When each `closePullRequest` of the task comes."""
    told = _all([outer, _condition(task.values.get("if", []))])
    actions = task.values.get("then", [])
    for action in actions if isinstance(actions, list) else [actions]:
        if action == "closePullRequest" or _get(action, "closePullRequest") is not None:
            yield told
        elif isinstance(action, Entry) and "then" in action.values:
            yield from _closes(action, told)


def _condition(tree: Tree) -> _Told:
    if isinstance(tree, str):
        return _Told(True if tree in _ALWAYS else None)
    if isinstance(tree, list):
        return _all(_condition(part) for part in tree)
    return _all(_named(name, value) for name, value in tree.values.items())


def _named(name: str, value: Tree) -> _Told:
    if name == "and":
        return _condition(value)
    if name == "or":
        return _any([_condition(part) for part in (value if isinstance(value, list) else [value])])
    if name == "not":
        told = _condition(value)
        return _Told(None if told.holds is None or told.files else not told.holds)
    if name == "filesMatchPattern":
        files = _files(value)
        return _Told(None) if files is None else _Told(True, (files,))
    return _Told(_simple(name, value))


def _simple(name: str, value: Tree) -> bool | None:
    if name == "payloadType":
        return value == "Pull_Request"
    if name == "isAction":
        return True if _get(value, "action") == "Opened" else None
    if name in ("activitySenderHasPermission", "activitySenderHasAssociation"):
        of = str(_get(value, "permission") or _get(value, "association")).lower()
        return False if of in _INSIDERS else True if of in _OUTSIDERS else None
    if name == "isActivitySender":
        # An author who is a bot of the repository's own is named, and docbot's user isn't that one.
        return False if _get(value, "user") else str(_get(value, "issueAuthor")).lower() == "true" or None
    return None


def _all(told: Iterable[_Told]) -> _Told:
    parts = list(told)
    if any(part.holds is False for part in parts):
        return _Told(False)
    filed = [part for part in parts if part.files]
    unknown = any(part.holds is None for part in parts) or len(filed) > 1
    return _Told(None if unknown else True, filed[0].files if filed else ())


def _any(parts: Sequence[_Told]) -> _Told:
    open_ = [part for part in parts if part.holds is not False]
    if not open_:
        return _Told(False)
    filed = [part for part in open_ if part.files]
    if len(filed) == len(open_) and all(part.holds for part in filed):
        return _Told(True, tuple(files for part in filed for files in part.files))
    return _Told(True if any(part.holds and not part.files for part in open_) else None)


def _files(value: Tree) -> Files | None:
    pattern = _get(value, "pattern")
    excluded = _get(value, "excludedFiles") or []
    texts = [pattern, *(excluded if isinstance(excluded, list) else [excluded])]
    known = [_known(text) for text in texts if isinstance(text, str)]
    patterns = [text for text in known if text]
    return Files(patterns[0], tuple(patterns[1:])) if len(patterns) == len(texts) else None


def _known(pattern: str) -> str:
    """A pattern with `*` as its only wildcard; empty where it says more than that."""
    plain = _STARS.sub("*", _ESCAPED.sub(r"\1", pattern.strip().lstrip("^").removesuffix("$")))
    return "" if _UNKNOWN.search(plain) else plain.removeprefix("./").lstrip("/")


def _fits(pattern: str, path: str) -> bool:
    """Patterns are read as globs and as expressions at once: what either one covers is covered."""
    return any(name_matches(one, path) for one in (pattern, f"{pattern}/*"))


def _get(tree: Tree | None, key: str) -> Tree | None:
    return tree.values.get(key) if isinstance(tree, Entry) else None
