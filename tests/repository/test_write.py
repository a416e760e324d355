"""A page of the working tree is replaced in one step, or stays as it was."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from docbot.errors import StoppedError, UsageError
from docbot.markdown import blob_id
from docbot.repository.worktree import Worktree
from docbot.repository.write import replace_file
from tests.helpers.git import Builder

OLD, NEW = b"\xef\xbb\xbfold\r\n", b"new \xff\x00 bytes"


@pytest.fixture
def worktree(docs: Builder) -> Worktree:
    docs.commit({"docs/a.md": OLD})
    return Worktree.open(docs.root)


def files(docs: Builder) -> list[str]:
    return sorted(place.name for place in (docs.root / "docs").iterdir())


def test_the_file_holds_what_was_written_byte_for_byte(worktree: Worktree, docs: Builder) -> None:
    replace_file(worktree, "docs/a.md", blob_id(OLD), NEW)
    assert (docs.root / "docs/a.md").read_bytes() == NEW
    assert files(docs) == ["a.md"]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions")
def test_permissions_stay(worktree: Worktree, docs: Builder) -> None:
    place = docs.root / "docs/a.md"
    for mode in (0o644, 0o755, 0o600, 0o664):
        place.chmod(mode)
        replace_file(worktree, "docs/a.md", blob_id(place.read_bytes()), NEW)
        assert stat.S_IMODE(place.stat().st_mode) == mode


def test_a_file_that_changed_meanwhile_stays(worktree: Worktree, docs: Builder) -> None:
    docs.write("docs/a.md", "somebody's work")
    with pytest.raises(StoppedError, match=r"docs/a\.md changed while docbot was at work: run docbot again"):
        replace_file(worktree, "docs/a.md", blob_id(OLD), NEW)
    assert (docs.root / "docs/a.md").read_bytes() == b"somebody's work"
    assert files(docs) == ["a.md"]


def test_a_file_that_is_gone_does_not_come_back(worktree: Worktree, docs: Builder) -> None:
    (docs.root / "docs/a.md").unlink()
    with pytest.raises(StoppedError) as raised:
        replace_file(worktree, "docs/a.md", blob_id(OLD), NEW)
    assert raised.value.exit_code == 4
    assert files(docs) == []


def test_a_link_is_not_followed(worktree: Worktree, docs: Builder, tmp_path: Path) -> None:
    outside = tmp_path / "outside.md"
    outside.write_bytes(OLD)
    (docs.root / "docs/a.md").unlink()
    (docs.root / "docs/a.md").symlink_to(outside)
    with pytest.raises(StoppedError):
        replace_file(worktree, "docs/a.md", blob_id(OLD), NEW)
    assert outside.read_bytes() == OLD


def test_nothing_outside_of_the_docs_is_written(worktree: Worktree, docs: Builder) -> None:
    (docs.root.parent / "a.md").write_bytes(OLD)
    for path in ("../a.md", str(docs.root.parent / "a.md"), ".git/config", "docs/../../a.md", ""):
        with pytest.raises(StoppedError):
            replace_file(worktree, path, blob_id(OLD), NEW)
    assert (docs.root.parent / "a.md").read_bytes() == OLD


@pytest.mark.parametrize("failure", [OSError(28, "No space left on device"), KeyboardInterrupt()])
def test_a_failure_halfway_leaves_the_file_as_it_was(
    worktree: Worktree, docs: Builder, failure: BaseException, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(self: Path, target: Path) -> Path:
        raise failure

    monkeypatch.setattr(Path, "replace", fails)
    with pytest.raises((UsageError, KeyboardInterrupt)) as raised:
        replace_file(worktree, "docs/a.md", blob_id(OLD), NEW)
    monkeypatch.undo()
    if isinstance(failure, OSError):
        assert "docs/a.md can't be written (No space left on device)" in str(raised.value)
    assert (docs.root / "docs/a.md").read_bytes() == OLD
    assert files(docs) == ["a.md"]


def test_a_folder_that_cannot_be_written_has_a_sentence(worktree: Worktree, docs: Builder) -> None:
    (docs.root / "docs").chmod(0o555)
    if os.access(docs.root / "docs", os.W_OK):
        (docs.root / "docs").chmod(0o755)
        pytest.skip("this user may write everywhere: a read-only folder was NOT tested")
    try:
        with pytest.raises(
            UsageError, match=r"docs/a\.md can't be written .*: check the folder's permissions"
        ):
            replace_file(worktree, "docs/a.md", blob_id(OLD), NEW)
    finally:
        (docs.root / "docs").chmod(0o755)
