"""Every command docbot gives git, one function each; those that wait for a server are in `network_commands`,
those that read the history in `history_commands`.

No fourth module builds a command line.

Paths in and out are POSIX and relative to the root of the worktree; bytes of a name that aren't UTF-8
travel as surrogate escapes. Every function raises RepositoryError when git fails.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from docbot.repository.environment import Stage
from docbot.repository.git import Git
from docbot.repository.plumbing import (
    IndexEntry,
    index_entry,
    line,
    object_id,
    raw,
    records,
    text,
    without_userinfo,
)

NO_HOOKS = (f"core.hooksPath={os.devnull}",)
_AS_STORED = ("core.useReplaceRefs=false",)
"""What the object itself is, and not what `git replace` shows in its place."""
_OWN_IDENTITY = ("user.useConfigOnly=true", "i18n.commitEncoding=UTF-8")


# What the repository is.


def is_shallow(git: Git) -> bool:
    return git.read("rev-parse", "--is-shallow-repository").strip() == b"true"


def commit_id(git: Git, revision: str) -> str | None:
    """The full id of the commit `revision` names, None if there is no such commit."""
    return git.maybe("rev-parse", "--verify", "--quiet", "--end-of-options", revision + "^{commit}")


def branch(git: Git) -> str | None:
    """The branch that is checked out, which needn't exist yet; None when HEAD is detached."""
    name = git.maybe("symbolic-ref", "--quiet", "HEAD")
    return name.removeprefix("refs/heads/") if name else None


def config(git: Git, pattern: str) -> list[tuple[str, str]]:
    """Keys that match the regular expression `pattern`, with their values, in the order of git."""
    result = git.run("config", "-z", "--get-regexp", pattern)
    if result.code > 1:
        raise git.error("config", result)
    pairs = [record.partition(b"\n") for record in records(result.out)]
    return [(text(key), text(value) if given else "true") for key, given, value in pairs]


def flag(git: Git, key: str) -> bool:
    """Whether the boolean setting `key` is on; off when it isn't set."""
    return git.read("config", "--type=bool", "--default=false", "--get", key).strip() == b"true"


def head(git: Git) -> str | None:
    """The commit HEAD stands on, None while its branch has none. Whether it can be read isn't looked at."""
    return git.maybe("rev-parse", "--verify", "--quiet", "HEAD")


def remote_url(git: Git, name: str) -> str:
    """Where `name` is fetched from, after `url.….insteadOf`, without user name and password."""
    return without_userinfo(line(git.read("remote", "get-url", "--", name)))


def push_urls(git: Git, name: str) -> tuple[str, ...]:
    """Every place a push to `name` goes, after `url.….pushInsteadOf`, without user name and password."""
    out = text(git.read("remote", "get-url", "--push", "--all", "--", name))
    return tuple(without_userinfo(url) for url in out.split("\n") if url)


def remote_refs(git: Git) -> dict[str, str]:
    """Refs below refs/remotes, each with the ref it points at (empty unless symbolic)."""
    out = text(git.read("for-each-ref", "--format=%(refname) %(symref)", "refs/remotes/"))
    pairs = (entry.partition(" ") for entry in out.split("\n") if entry)
    return {name: target for name, _, target in pairs}


def identity(git: Git, role: str) -> str | None:
    """`Name <address>` of the AUTHOR or COMMITTER the user configured; None without one."""
    result = git.run("var", f"GIT_{role}_IDENT", config=_OWN_IDENTITY)
    if result.code:
        return None
    return text(result.out).rpartition(">")[0] + ">"


def checked_out(git: Git) -> set[str]:
    """The branches that are checked out in any worktree of this repository."""
    out = text(git.read("worktree", "list", "--porcelain"))
    marker = "branch refs/heads/"
    return {fact.removeprefix(marker) for fact in out.split("\n") if fact.startswith(marker)}


def local_branches(git: Git, prefix: str) -> list[str]:
    """The branches of this repository below `prefix`, a part of a name that ends at a slash."""
    out = text(git.read("for-each-ref", "--format=%(refname:lstrip=2)", f"refs/heads/{prefix}/"))
    return [name for name in out.split("\n") if name]


def common_folder(git: Git) -> Path:
    """git's own folder, which all worktrees of a repository share."""
    return (git.root / line(git.read("rev-parse", "--git-common-dir"))).resolve()


def own_folder(git: Git) -> Path:
    """git's own folder of this worktree."""
    return Path(line(git.read("rev-parse", "--absolute-git-dir")))


def objects_folder(git: Git) -> Path:
    """Where the repository keeps its objects."""
    return (git.root / line(git.read("rev-parse", "--git-path", "objects"))).resolve()


def is_branch_name(git: Git, name: str) -> bool:
    """Whether git takes `name` for a branch as it stands."""
    if name.startswith("-"):
        return False
    result = git.run("check-ref-format", "--branch", name)
    return result.code == 0 and line(result.out) == name


def committed(git: Git, commit: str) -> int:
    """When `commit` (a full id) was made, in seconds since 1970."""
    return int(git.read("show", "-s", "--format=%ct", "--no-show-signature", object_id(commit)))


# Files.


def index(git: Git, stage: Stage | None = None) -> list[IndexEntry]:
    """The entries of the index (or of the private one of `stage`), all stages, in its order.

    The tag is `S` for a file that a sparse checkout leaves out.
    """
    out = git.read("ls-files", "-z", "-s", "-t", stage=stage)
    return [index_entry(record) for record in records(out)]


def untracked_and_deleted(git: Git) -> tuple[list[str], set[str]]:
    """Files git neither tracks nor ignores, and tracked ones missing in the worktree."""
    out = git.read("ls-files", "-z", "-t", "-o", "-d", "--exclude-standard")
    tagged = [(record[:1], text(record[2:])) for record in records(out)]
    return [p for tag, p in tagged if tag == b"?"], {p for tag, p in tagged if tag != b"?"}


def ignored(git: Git, paths: Sequence[str]) -> set[str]:
    """Those of `paths` that git wouldn't track, because the repository's or the user's settings say so.

    After a path behind a symbolic link git says nothing more.
    """
    # Nothing but a name begins with a dot and a slash: a colon would begin a pattern.
    asked = b"".join(b"./" + raw(path) + b"\0" for path in paths)
    result = git.run("check-ignore", "--stdin", "-z", "--no-index", stdin=asked, patterns=True)
    return {text(record).removeprefix("./") for record in records(result.out)}


def dirty(git: Git) -> list[str]:
    """Files whose content, mode or staging differs from HEAD, and untracked ones."""
    out = git.read("status", "--porcelain=v1", "-z", "--no-renames", "--untracked-files=all")
    return [text(record[3:]) for record in records(out)]


# Contents.


def present(git: Git, blobs: Sequence[str]) -> list[str]:
    """Those of `blobs` that are here: in a partial clone `blob_sizes` fails when asked for others."""
    options = ("--objects", "--no-walk", "--ignore-missing", "--missing=print", "--stdin")
    found = text(git.read("rev-list", *options, stdin=_asked(blobs))).split("\n")
    return [name.rstrip(" ") for name in found if name and not name.startswith("?")]


def blob_sizes(git: Git, blobs: Sequence[str]) -> dict[str, int]:
    """Bytes of each of `blobs` that is here; what isn't a blob or is missing has no entry."""
    out = git.read("cat-file", "--batch-check=%(objectname) %(objecttype) %(objectsize)", stdin=_asked(blobs))
    answers = (answer.split(" ") for answer in text(out).split("\n"))
    return {facts[0]: int(facts[2]) for facts in answers if facts[1:2] == ["blob"]}


def blobs(git: Git, wanted: Sequence[str]) -> dict[str, bytes]:
    """The contents of the blobs `wanted`; what is missing has no entry."""
    out = git.read("cat-file", "--batch", stdin=_asked(wanted))
    found = {}
    at = 0
    while at < len(out):
        end = out.index(b"\n", at)
        name, *facts = text(out[at:end]).split(" ")
        at = end + 1
        if facts[0] != "missing":
            size = int(facts[1])
            found[name] = out[at : at + size]
            at += size + 1
    return found


def _asked(blobs: Sequence[str]) -> bytes:
    return "".join(object_id(blob) + "\n" for blob in blobs).encode("ascii")


def stored_commit(git: Git, commit: str) -> bytes | None:
    """The commit as it is stored, headers and message; None when it isn't here or is no commit."""
    asked = _asked([commit])
    out = git.read("cat-file", "--batch", config=_AS_STORED, stdin=asked)
    facts, _, content = out.partition(b"\n")
    return content.removesuffix(b"\n") if facts.split(b" ")[1:2] == [b"commit"] else None


def changed_paths(git: Git, base: str) -> list[str]:
    """The paths that differ between commit `base` and the working tree."""
    names = git.read("diff", "--name-only", "--no-renames", "--no-ext-diff", "-z", base, "--")
    return [text(name) for name in names.split(b"\0") if name]


def changed_lines(git: Git, base: str, path: str) -> bytes:
    """The patch, without context, that leads from commit `base` to the working tree's `path`."""
    # Attributes and settings may call pages binary, or join changes that stand near each other.
    options = ("-U0", "--inter-hunk-context=0", "--text", "--no-color", "--no-ext-diff", "--no-textconv")
    result = git.run("diff", *options, base, paths=[path])
    if result.code:
        raise git.error("diff", result)
    return result.out


# Writing: objects, a private index, one ref.


def hash_object(git: Git, data: bytes, path: str | None, stage: Stage, *, write: bool = False) -> str:
    """The id of `data` as a blob; with `path` after the filters git applies when that file is added.

    Attributes are those in the files of `stage`. With `write` the blob is kept there.
    """
    how = f"--path={path}" if path is not None else "--no-filters"
    # What docbot writes differs from what is stored in a few lines: a refusal to convert all of the
    # file's line ends would only stand in the way.
    options = (*(("-w",) if write else ()), "--stdin", how)
    return line(git.read("hash-object", *options, config=("core.safecrlf=false",), stdin=data, stage=stage))


def read_tree(git: Git, stage: Stage, commit: str) -> None:
    git.read("read-tree", object_id(commit), config=(*NO_HOOKS, *_AS_STORED), stage=stage)


def update_index(git: Git, stage: Stage, entries: Iterable[IndexEntry]) -> None:
    lines = b"".join(raw(f"{e.mode} {object_id(e.blob)} 0\t{e.path}\0") for e in entries)
    git.read("update-index", "-z", "--index-info", config=NO_HOOKS, stdin=lines, stage=stage)


def write_tree(git: Git, stage: Stage) -> str:
    # Otherwise a partial clone would fetch every file to see that it's there.
    return line(git.read("write-tree", "--missing-ok", config=NO_HOOKS, stage=stage))


def commit_tree(git: Git, tree: str, parent: str, message: str, *, sign: bool) -> str:
    """Makes a commit as the configured user and returns its id."""
    arguments = (*(("-S",) if sign else ()), "-p", object_id(parent), "-F", "-", object_id(tree))
    words = message.encode("utf-8", "replace")
    return line(git.read("commit-tree", *arguments, config=_OWN_IDENTITY, stdin=words, timeout=None))


def update_branch(git: Git, branch: str, commit: str, expected: str | None) -> bool:
    """Sets `branch` if it is at `expected` (None: doesn't exist). False when it is elsewhere."""
    old = object_id(expected) if expected else "0" * len(commit)
    ref = f"refs/heads/{branch}"
    result = git.run("update-ref", "-m", "docbot: propose", ref, object_id(commit), old)
    if result.code and re.search("reference already exists|but expected", result.err):
        return False
    if result.code:
        raise git.error("update-ref", result)
    return True
