"""Names that the source code of a repository defined once and has no more.

The code is read at its newest commit, where a name that stands in any file that isn't prose is there, and
then at commits some time apart, where only a definition counts. What lived between two of them goes unseen.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence, Set
from itertools import islice

import msgspec

from docbot.repository import code_files, history_commands
from docbot.repository.git import Git
from docbot.repository.history import Warn, ignore
from docbot.repository.patches import Patch, patches
from docbot.repository.plumbing import raw, text
from docbot.repository.values import Commit, GoneName
from docbot.repository.worktree import Worktree

LARGEST_FILE = 20_000_000
"""Bytes. A larger text is data."""
LARGEST_CODE = 400_000
"""Bytes. A larger file of code is generated."""
MOST = 400_000_000
"""Bytes of the newest state; of a larger one nothing is said."""
MOST_OLD = 200_000_000
"""Bytes of files that are read of all older states together."""
_STATES = 24
_APART = 30 * 24 * 3600
"""Seconds between two states that are looked at, at least."""
_MOST_NAMES = 200
_MOST_PLACES, _NEAR = 20, 160
"""Places of a name in one file that are looked at, and bytes on each side of it."""
_ID_LENGTH = 10
_WORDS_BEFORE = (
    rb"(?:class|const|def|defmodule|delegate|enum|event|fn|fun|func|function|interface|let|macro_rules!|mixin|mod"
    rb"|module|namespace|object|property|protocol|record|static|struct|sub|trait|type|typedef|union|val|var"
    rb"|#define)\s+(?:\([^()\n]{0,80}\)\s*)?(?:global:|script:)?"
)


class _Seen(msgspec.Struct, frozen=True):
    """Where a name was defined: a file, at one of the states looked at, and the next newer state."""

    path: str
    state: str
    newer: str


def gone_names(
    worktree: Worktree, names: Iterable[str], here: Set[bytes], warn: Warn = ignore
) -> dict[str, GoneName]:
    """Those of `names` that the code at an older commit defined and that nothing mentions any more.

    `names` are written as in the code, or as an option without its dashes. `here` holds the words in use, as
    `words_now` returns them. Nothing is said in a partial or shallow clone.
    """
    if worktree.head is None or worktree.partial or worktree.shallow:
        return {}
    left = {name for name in names if not _lives(raw(name), here)}
    seen = _definitions(worktree, left, warn) if left else {}
    if len(seen) > _MOST_NAMES:
        warn(f"{len(seen)} names in code spans are gone from the code: only {_MOST_NAMES} were looked into")
    found = {}
    for name in sorted(seen)[:_MOST_NAMES]:
        gone = _removal(worktree.git, name, seen[name], here)
        if gone is not None:
            found[name] = gone
    return found


def words_now(worktree: Worktree, warn: Warn = ignore) -> frozenset[bytes] | None:
    """Every word, folded, of the files and paths at the newest commit, but those of prose.

    None, after a warning, where not all can be read.
    """
    if worktree.head is None:
        return frozenset()
    git = worktree.git
    listed = [
        (path, blob) for path, blob in code_files.files(git, worktree.head) if code_files.may_mention(path)
    ]
    blobs = {blob for _, blob in listed}
    sizes = code_files.sizes(git, blobs)
    readable = {blob: size for blob, size in sizes.items() if size <= LARGEST_FILE}
    if len(sizes) < len(blobs):
        warn(f"a file of {worktree.root.name} can't be read, so no name is looked for there: run `git fsck`")
        return None
    if sum(readable.values()) > MOST:
        warn(f"the code of {worktree.root.name} is too large to be read, so no name is looked for there")
        return None
    found = code_files.words(b"\n".join(raw(path) for path, _ in listed))
    for _, content in code_files.contents(git, readable):
        found |= code_files.words(content)
    return frozenset(map(_folded, found))


def _folded(word: bytes) -> bytes:
    return word.replace(b"_", b"").replace(b"-", b"").lower()


def _lives(name: bytes, here: Set[bytes]) -> bool:
    folded = _folded(name)
    # `--no-color` is made of an option `color` by many libraries.
    return folded in here or (name.startswith(b"no-") and folded[2:] in here)


def _states(worktree: Worktree, head: str) -> list[str]:
    """The newest commit, and older ones along first parents, evenly spaced in time."""
    commits = history_commands.first_parents(worktree.git, head)
    newest, oldest = commits[0][1], commits[-1][1]
    apart = max(_APART, (newest - oldest) // _STATES)
    chosen = [commits[0]]
    for commit, time in commits:
        if chosen[-1][1] - time >= apart:
            chosen.append((commit, time))
    return [commit for commit, _ in chosen]


def _definitions(worktree: Worktree, names: set[str], warn: Warn) -> dict[str, _Seen]:
    """For each name that was defined once, the newest of the states in which it was."""
    git, head = worktree.git, worktree.head or ""
    left = {spelling: name for name in names for spelling in _spellings(raw(name))}
    found: dict[str, _Seen] = {}
    known: set[str] = set()
    budget = MOST_OLD
    states = _states(worktree, head)
    for newer, state in zip(states, states[1:], strict=False):
        paths = {
            blob: path
            for path, blob in code_files.files(git, state)
            if blob not in known and code_files.defines_names(path)
        }
        known |= paths.keys()
        sizes = {b: size for b, size in code_files.sizes(git, paths).items() if size <= LARGEST_CODE}
        budget -= sum(sizes.values())
        if budget < 0:
            warn(f"the older code of {worktree.root.name} is too large to be read back to its first commit")
            break
        for blob, content in code_files.contents(git, sizes):
            for word in code_files.words(content) & left.keys():
                name = left[word]
                if name not in found and _defines(content, word):
                    found[name] = _Seen(paths[blob], state, newer)
        left = {word: name for word, name in left.items() if name not in found}
        if not left:
            break
    return found


def _spellings(name: bytes) -> set[bytes]:
    """How code writes the name: to many libraries an option is a field with underscores, or in camel case."""
    if b"-" not in name:
        return {name}
    head, *rest = name.split(b"-")
    return {name, name.replace(b"-", b"_"), head + b"".join(part.capitalize() for part in rest)}


def _defines(content: bytes, word: bytes) -> bool:
    """Whether `word` is defined in a file of code, and not only used."""
    name = re.escape(word)
    kinds = (
        _WORDS_BEFORE + name + rb"\b",
        # A field, a constant, a key, a setting.
        rb"^\s*(?:[\w.]+\s+){0,4}[\"']?" + name + rb"[\"']?\??\s*(?:=(?!=)|:(?!:))",
        # A line of its own in an enumeration.
        rb"^\s*" + name + rb"\s*(?:[,({]|$)",
        # A method of C#, Java or C.
        rb"^\s*(?:[\w<>\[\],.*&?]+\s+){1,5}" + name + rb"\s*\([^;]*$",
        # A name by which users say it: an option, a command, a setting.
        rb"[\"'`](?:--)?" + name + rb"[\"'`=, ]",
    )
    defined = re.compile(rb"|".join(kinds))
    return any(defined.search(line) for line in islice(_lines_with(content, word), _MOST_PLACES))


def _lines_with(content: bytes, word: bytes) -> Iterator[bytes]:
    """The lines in which `word` stands, cut to what stands near it."""
    at = content.find(word)
    while at >= 0:
        start = content.rfind(b"\n", max(0, at - _NEAR), at) + 1 or max(0, at - _NEAR)
        end = content.find(b"\n", at, at + _NEAR)
        yield content[start : end if end >= 0 else at + _NEAR]
        at = content.find(word, at + len(word))


def _removal(git: Git, name: str, seen: _Seen, here: Set[bytes]) -> GoneName | None:
    """The commit that took the name away, and what it put in its place."""
    for spelling in sorted(_spellings(raw(name)), key=len, reverse=True):
        asked = text(spelling)
        log = history_commands.last_change_of(
            git, asked, seen.newer, seen.state, [code_files.pattern_of(seen.path)]
        )
        facts, _, patch = log.out.removeprefix(b"\0").partition(b"\n")
        if log.code or not facts:
            continue
        commit, day, time = text(facts).split(" ")
        header = b"\0" + commit.encode() + b" " + time.encode() + b" \0\n"
        change = next(patches((header + patch).splitlines(keepends=True)), None)
        became = _successors(change, spelling, here) if change else ()
        return GoneName(
            seen.path, Commit(commit[:_ID_LENGTH], day), int(time), tuple(text(word) for word in became)
        )
    return None


def _successors(change: Patch, name: bytes, here: Set[bytes]) -> Sequence[bytes]:
    """The words that took the place of `name` in lines that are otherwise the same, the most frequent first.

    Only words that are still in use count.
    """
    counts: dict[bytes, int] = {}
    for page in change.pages:
        for hunk in page.hunks:
            if len(hunk.old) == len(hunk.new):
                for old, new in zip(hunk.old, hunk.new, strict=True):
                    word = _replaced(old, new, name)
                    if word is not None and _folded(word) in here:
                        counts[word] = counts.get(word, 0) + 1
    return sorted(counts, key=lambda word: (-counts[word], word))


def _replaced(old: bytes, new: bytes, name: bytes) -> bytes | None:
    """What stands in `new` for `name` in `old`; None unless the lines are the same but for that."""
    pattern = re.compile(rb"(?<!\w)(?<!\w-)" + re.escape(name) + rb"(?![\w-])")
    parts = pattern.split(old)
    if len(parts) < 2 or len(old) > 400 or len(new) > 400:
        return None
    between = re.escape(parts[1]) if len(parts) > 1 else b""
    match = re.match(re.escape(parts[0]) + rb"([\w-]+?)" + between, new)
    if match is None or match[1] == name:
        return None
    return match[1] if pattern.sub(lambda _: match[1], old) == new else None
