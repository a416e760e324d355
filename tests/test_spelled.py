"""Which files are word lists, and what is read from them."""

from __future__ import annotations

from pathlib import Path

import pytest

from docbot.facts import Need
from docbot.repository.worktree import Worktree, tracked
from docbot.spelled import listed_words, stamp
from docbot.spelling.program import version
from tests.helpers.git import Builder


@pytest.fixture
def docs(tmp_path: Path) -> Builder:
    """An empty docs repository."""
    return Builder.init(tmp_path / "docs")


LISTS = [
    "cspell.json",
    ".cspell.json",
    "docs/cspell.config.yaml",
    "cspell-words.txt",
    ".cspell/terms.txt",
    ".vscode/settings.json",
    "styles/config/vocabularies/Docs/accept.txt",
    ".wordlist.txt",
    "docs/spelling_wordlist.txt",
    "project-words.txt",
    ".spelling",
    ".github/actions/spelling/allow.txt",
    ".github/actions/spelling/expect/terms.txt",
    "_typos.toml",
    ".codespellrc",
]
OTHERS = [
    "spelling.md",
    "docs/words.md",
    "words/a.txt",
    "accept.md",
    "reject.txt",
    "settings.json",
    "notes.txt",
]


@pytest.mark.parametrize("path", LISTS)
def test_a_word_list_is_known_by_its_name(path: str, docs: Builder) -> None:
    docs.commit({path: '{"words": ["seperate", "wörd"]}\n'})
    blobs: dict[str, str] = {}
    assert {"seperate", "wörd"} <= set(listed_words(Worktree.open(docs.root), [path], blobs))
    assert list(blobs) == [path]


@pytest.mark.parametrize("path", OTHERS)
def test_another_file_is_none(path: str, docs: Builder) -> None:
    docs.commit({path: "seperate\n"})
    assert list(listed_words(Worktree.open(docs.root), [path], {})) == []


def test_hostile_lists_are_bounded(docs: Builder) -> None:
    docs.commit(
        {
            "a/.spelling": "word " * 200_000,
            "b/.spelling": b"\xff\xfe\0\xe9t\xe9 fine",
            **{f"c{n}/.spelling": f"term{'abcdefghij'[n % 10]}" for n in range(40)},
        }
    )
    (docs.root / "d").mkdir()
    (docs.root / "d" / ".spelling").symlink_to("/dev/zero")
    docs.git("add", "-A")
    worktree = Worktree.open(docs.root)
    paths = sorted(entry.path for entry in tracked(worktree))
    blobs: dict[str, str] = {}
    assert "fine" in set(listed_words(worktree, paths, blobs))
    assert "a/.spelling" not in blobs
    assert len(blobs) <= 20
    assert list(listed_words(worktree, ["d/.spelling", "gone/.spelling"], {})) == []


def test_findings_hang_on_the_version_of_the_program() -> None:
    assert stamp(frozenset({Need.SPELLING})) == version() != ""
    assert stamp(frozenset({Need.WORDS})) == ""
