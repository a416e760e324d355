"""Which files of a repository are its source code, and which words stand in them."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator, Sequence

from docbot.repository import commands, history_commands
from docbot.repository.git import Git

_CODE = frozenset(
    "bas c cc clj cpp cs cxx dart erl ex exs fs go gradle graphql groovy h hh hpp hs hxx java jl js jsx kt"
    " kts lua m mjs ml mts php pl pm proto ps1 psd1 psm1 py pyi pyx r rb rs scala sh sql svelte swift ts tsx"
    " vb vue zig".split()
)
"""Endings of files in which a program's names are defined."""
_PROSE = frozenset("adoc asciidoc ipynb markdown md mdx org po pot qmd rdoc rst tex textile txt xlf".split())
_NO_TEXT = frozenset(
    "7z avi bin bmp class db dll dylib eot exe gif gz ico jar jpeg jpg lib mov mp3 mp4 o obj otf pdf png pyc"
    " so tar tgz ttf wasm webm webp woff woff2 xz zip".split()
)
_ASIDE = re.compile(
    r"(?:^|/)(?:(?:[\w.-]*[_.-])?(?:docs?|examples?|samples?|fixtures?|snapshots?|tests?)(?:[_.-][\w.-]*)?"
    r"|testdata|vendor"
    r"|third[_-]party|node_modules|documentation|tutorials?|demos?)/",
    re.I,
)
"""Folders whose names are those of others: samples, tests, what was copied from elsewhere."""
_WORD = re.compile(rb"[A-Za-z_][A-Za-z0-9_]*+")
# The look back keeps long lines of base64 from being tried again at each of their letters.
_KEBAB = re.compile(rb"(?<![A-Za-z0-9])[A-Za-z][A-Za-z0-9]*+(?:-[A-Za-z0-9]++)+")
_LOOKED_AT = 8_000
"""Bytes of a file in which a NUL tells that it is no text."""
_AT_ONCE = 16_000_000
"""Bytes of blobs that are read at a time."""


def defines_names(path: str) -> bool:
    """Whether the file at `path` is code in which the repository's own names are defined."""
    return _ending(path) in _CODE and not _ASIDE.search(path)


def may_mention(path: str) -> bool:
    """Whether a name in the file at `path` shows that the program still has it: all text but prose."""
    return _ending(path) not in _PROSE and _ending(path) not in _NO_TEXT


def _ending(path: str) -> str:
    return posixpath.splitext(path)[1][1:].lower()


def pattern_of(path: str) -> str:
    """git's pattern of the files of the same kind as `path`, by their ending."""
    return f":(glob)**/*{posixpath.splitext(path)[1]}"


def contents(git: Git, sizes: dict[str, int]) -> Iterator[tuple[str, bytes]]:
    """Each of the blobs in `sizes` that is here and is text, as UTF-8; a few are in memory at a time."""
    for batch in _batches(sizes):
        for blob, data in commands.blobs(git, batch).items():
            text = as_text(data)
            if text is not None:
                yield blob, text


def _batches(sizes: dict[str, int]) -> Iterator[Sequence[str]]:
    batch: list[str] = []
    total = 0
    for blob, size in sizes.items():
        if batch and total + size > _AT_ONCE:
            yield batch
            batch, total = [], 0
        batch.append(blob)
        total += size
    if batch:
        yield batch


def as_text(data: bytes) -> bytes | None:
    """The file as UTF-8; None for one that is no text."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", "replace").encode("utf-8", "replace")
    return None if b"\0" in data[:_LOOKED_AT] else data


def files(git: Git, commit: str) -> list[tuple[str, str]]:
    """Path and blob of every file of a commit. Raises RepositoryError where its tree can't be read."""
    return history_commands.tree(git, commit)


def sizes(git: Git, blobs: Iterable[str]) -> dict[str, int]:
    """Bytes of each blob that is here."""
    return commands.blob_sizes(git, list(dict.fromkeys(blobs)))


def words(text: bytes) -> set[bytes]:
    """The identifiers in `text`, and the words with dashes."""
    return {*_WORD.findall(text), *_KEBAB.findall(text)}
