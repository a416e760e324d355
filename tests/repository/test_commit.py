from __future__ import annotations

import hashlib
import os
import stat
import tempfile
from functools import partial
from pathlib import Path

import pytest

from docbot.errors import RepositoryError, StoppedError
from docbot.repository import commands
from docbot.repository.commit import commit_on_branch, make_commit, tree_of
from docbot.repository.git import Git
from docbot.repository.worktree import Worktree, read_page
from docbot.types import FileChange
from tests.helpers.git import ADDRESS, NAME, Builder

posix = pytest.mark.skipif(os.name == "nt", reason="Windows has no such files")
LINES = "".join(f"line {n}\n" for n in range(10))


def blob_id(data: bytes) -> str:
    return hashlib.sha1(b"blob %d\0" % len(data) + data).hexdigest()


def change(repository: Builder, path: str, old: bytes = b"line 5", new: bytes = b"LINE 5") -> FileChange:
    """An edit of the file as it stands in the worktree."""
    before = read_page(Worktree.open(repository.root), path)
    assert before.count(old) == 1
    return FileChange(path, blob_id(before), before, before.replace(old, new))


def propose(
    repository: Builder,
    *changes: FileChange,
    base: str = "",
    branch: str = "docbot/topic",
    expected: str | None = None,
    message: str = "Fix a line\n\nBecause it is wrong.",
) -> str:
    base = base or repository.head()
    return commit_on_branch(Worktree.open(repository.root), base, branch, changes, message, expected)


def numstat(repository: Builder, base: str, commit: str) -> list[str]:
    return repository.git("diff", "--numstat", base, commit).split("\n")


def test_one_commit_on_top_of_base(docs: Builder) -> None:
    base = docs.commit({"a.md": LINES, "b/c.md": LINES, "other.md": "o\n"})
    commit = propose(docs, change(docs, "a.md"), change(docs, "b/c.md"))
    assert docs.git("rev-parse", "docbot/topic", f"{commit}^", "main").split("\n") == [commit, base, base]
    assert numstat(docs, base, commit) == ["1\t1\ta.md", "1\t1\tb/c.md"]
    assert docs.git("show", "-s", "--format=%an <%ae>|%cn <%ce>|%B", commit) == (
        f"{NAME} <{ADDRESS}>|{NAME} <{ADDRESS}>|Fix a line\n\nBecause it is wrong."
    )
    assert docs.git("fsck", "--strict", "--no-dangling") == ""


def test_nothing_of_the_users_checkout_is_touched(docs: Builder, monkeypatch: pytest.MonkeyPatch) -> None:
    temporary = docs.root.parent / "temporary"
    temporary.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    base = docs.commit({"a.md": LINES, "mine.md": LINES, "gone.md": "g\n"})
    docs.write("stashed.md", "s\n")
    docs.git("stash", "-uq")
    docs.write("mine.md", LINES + "my own work\n")
    docs.git("add", "mine.md")
    docs.write("mine.md", LINES + "my own unfinished work\n")
    docs.write("untracked.md", "u\n")
    (docs.root / "gone.md").unlink()
    os.utime(docs.root / "a.md", (0, 0))
    hooks = docs.root / ".git/hooks"
    for name in ("pre-commit", "post-commit", "post-index-change", "post-checkout"):
        hook = hooks / name
        hook.write_text(f"#!/bin/sh\ntouch '{docs.root.parent / name}'\n")
        hook.chmod(0o755)
    before = docs.snapshot()
    commit = propose(docs, change(docs, "a.md"))
    assert docs.snapshot(without="docbot/topic") | {"reflog": ""} == before | {"reflog": ""}
    assert docs.git("rev-parse", "docbot/topic") == commit
    assert numstat(docs, base, commit) == ["1\t1\ta.md"]
    assert sorted(place.name for place in docs.root.parent.iterdir()) == ["docs", "temporary"]
    assert list(temporary.iterdir()) == []


@pytest.mark.parametrize(
    ("attributes", "setting", "eol"),
    [
        ("* text=auto eol=crlf\n", "false", b"\r\n"),
        ("* text=auto\n", "true", b"\r\n"),
        ("*.md text eol=crlf\n", "input", b"\r\n"),
        ("* text=auto\n", "false", b"\n"),
        ("", "true", b"\r\n"),
    ],
)
def test_line_ends_of_the_worktree_stage_one_line(
    docs: Builder, attributes: str, setting: str, eol: bytes
) -> None:
    docs.commit({".gitattributes": attributes, "a.md": LINES})
    docs.git("config", "core.autocrlf", setting)
    docs.git("config", "core.safecrlf", "true")
    (docs.root / "a.md").unlink()
    docs.git("checkout", "--", "a.md")
    assert (docs.root / "a.md").read_bytes() == LINES.encode().replace(b"\n", eol)
    commit = propose(docs, change(docs, "a.md"))
    assert numstat(docs, docs.head(), commit) == ["1\t1\ta.md"]
    assert docs.git("cat-file", "-p", f"{commit}:a.md") + "\n" == LINES.replace("line 5", "LINE 5")


def test_line_ends_that_git_would_not_convert_back(docs: Builder) -> None:
    base = docs.commit({"a.md": LINES})
    docs.git("config", "core.autocrlf", "true")
    docs.git("config", "core.safecrlf", "true")
    assert numstat(docs, base, propose(docs, change(docs, "a.md"))) == ["1\t1\ta.md"]


def test_a_file_stored_with_crlf_before_there_were_attributes(docs: Builder) -> None:
    docs.commit({"a.md": LINES.replace("\n", "\r\n")})
    base = docs.commit({".gitattributes": "* text=auto\n"})
    # `git add` left the file as it was stored, and so does docbot: one changed line, not ten.
    assert "\r" in docs.git("cat-file", "-p", "HEAD:a.md")
    assert numstat(docs, base, propose(docs, change(docs, "a.md"))) == ["1\t1\ta.md"]


def test_t22_the_attributes_are_those_of_the_base_and_not_of_what_is_checked_out(docs: Builder) -> None:
    base = docs.commit({"docs/a.md": LINES, "docs/.gitattributes": "*.md eol=crlf\n"})
    before = LINES.replace("\n", "\r\n").encode()
    edit = FileChange("docs/a.md", blob_id(before), before, before.replace(b"line 5", b"LINE 5"))
    wanted = LINES.replace("line 5", "LINE 5")
    docs.commit({"docs/.gitattributes": "*.md -text\n", ".gitattributes": "* ident\n"})
    docs.write("docs/.gitattributes", "*.md filter=mine\n")
    worktree = Worktree.open(docs.root)
    commit = make_commit(worktree, base, [edit], "Fix a line\n")
    assert docs.git("cat-file", "-p", f"{commit}:docs/a.md") + "\n" == wanted
    assert docs.git("rev-parse", f"{commit}^{{tree}}") == tree_of(worktree, base, [edit])
    assert numstat(docs, base, commit) == ["1\t1\tdocs/a.md"]


@posix
def test_a_users_own_filter_is_applied(docs: Builder) -> None:
    docs.git("config", "filter.loud.clean", "tr a-z A-Z")
    docs.git("config", "filter.loud.smudge", "tr A-Z a-z")
    docs.commit({".gitattributes": "*.md filter=loud\n", "a.md": LINES})
    commit = propose(docs, change(docs, "a.md", new=b"changed"))
    assert docs.git("cat-file", "-p", f"{commit}:a.md") + "\n" == LINES.upper().replace("LINE 5", "CHANGED")


@posix
def test_the_mode_is_kept(docs: Builder) -> None:
    place = docs.write("a.md", LINES)
    place.chmod(place.stat().st_mode | stat.S_IXUSR)
    docs.commit()
    commit = propose(docs, change(docs, "a.md"))
    assert docs.git("ls-tree", commit, "a.md").startswith("100755 blob ")


@posix
def test_odd_names(docs: Builder) -> None:
    names = ["a b.md", "-x.md", "ü.md", "n\nl.md", 'q"q.md', "t\tt.md", ":(top)*.md", "100644 x"]
    base = docs.commit(dict.fromkeys(names, LINES))
    commit = propose(docs, *(change(docs, name) for name in names))
    changed = docs.git("diff", "--name-only", "-z", base, commit).split("\0")
    assert sorted(filter(None, changed)) == sorted(names)


def test_from_a_subfolder_and_a_linked_worktree(docs: Builder, tmp_path: Path) -> None:
    base = docs.commit({"docs/a.md": LINES, "docs/.gitattributes": "*.md eol=crlf\n"})
    docs.git("worktree", "add", "-q", "-b", "mine", str(tmp_path / "linked"))
    worktree = Worktree.open(tmp_path / "linked/docs")
    before = docs.snapshot(), Builder(tmp_path / "linked").snapshot()
    commit = commit_on_branch(worktree, base, "docbot/x", [change(Builder(worktree.root), "docs/a.md")], "m")
    after = docs.snapshot(without="docbot/x"), Builder(tmp_path / "linked").snapshot(without="docbot/x")
    assert [{**s, "reflog": ""} for s in after] == [{**s, "reflog": ""} for s in before]
    assert numstat(docs, base, commit) == ["1\t1\tdocs/a.md"]


def test_base_need_not_be_checked_out(docs: Builder) -> None:
    base = docs.commit({"a.md": LINES, "b.md": LINES})
    docs.commit({"a.md": LINES, "b.md": LINES + "newer\n"})
    commit = propose(docs, change(docs, "a.md"), base=base)
    assert numstat(docs, base, commit) == ["1\t1\ta.md"]
    with pytest.raises(StoppedError, match=r"b\.md isn't what the change was made for"):
        propose(docs, change(docs, "b.md"), base=base, branch="docbot/other")


def test_a_partial_clone_fetches_nothing(docs: Builder, tmp_path: Path) -> None:
    docs.commit({"a.md": LINES, "b.md": "b\n", "folder/c.md": "c\n"})
    docs.commit({"a.md": LINES + "more\n", "b.md": "b b\n"})
    clone = docs.clone(tmp_path / "clone", "--filter=blob:none", "--sparse")
    missing = clone.missing()
    assert docs.blob("HEAD", "folder/c.md") in missing
    commit = propose(clone, change(clone, "a.md"))
    assert clone.missing() == missing
    assert numstat(clone, clone.head(), commit) == ["1\t1\ta.md"]


@pytest.mark.parametrize("message", ["Grüße, 世界\n", "odd \udce4 name", "x" * 100_000])
def test_messages(docs: Builder, message: str) -> None:
    docs.git("config", "i18n.commitEncoding", "ISO-8859-1")
    docs.commit({"a.md": LINES})
    commit = propose(docs, change(docs, "a.md"), message=message)
    stored = docs.git("-c", "i18n.logOutputEncoding=UTF-8", "show", "-s", "--format=%B", commit)
    assert stored.strip() == message.strip().replace("\udce4", "?")


# The branch.


def test_an_existing_branch_is_left_alone(docs: Builder) -> None:
    docs.commit({"a.md": LINES})
    first = propose(docs, change(docs, "a.md"))
    for expected in (None, docs.head()):
        with pytest.raises(StoppedError, match="isn't where docbot left it"):
            propose(docs, change(docs, "a.md", new=b"else"), expected=expected)
    assert docs.git("rev-parse", "docbot/topic") == first
    second = propose(docs, change(docs, "a.md", new=b"else"), expected=first)
    assert docs.git("rev-parse", "docbot/topic") == second != first


def test_a_branch_that_is_expected_must_be_there(docs: Builder) -> None:
    head = docs.commit({"a.md": LINES})
    with pytest.raises(StoppedError, match="isn't where docbot left it"):
        propose(docs, change(docs, "a.md"), expected=head)


def test_a_branch_made_meanwhile_is_left_alone(docs: Builder, monkeypatch: pytest.MonkeyPatch) -> None:
    head = docs.commit({"a.md": LINES})
    real = commands.update_branch

    def late(git: Git, branch: str, commit: str, expected: str | None) -> bool:
        docs.git("branch", branch)
        return real(git, branch, commit, expected)

    monkeypatch.setattr(commands, "update_branch", late)
    with pytest.raises(StoppedError, match="isn't where docbot left it"):
        propose(docs, change(docs, "a.md"))
    assert docs.git("rev-parse", "docbot/topic") == head


def test_a_branch_that_is_checked_out_anywhere_is_refused(docs: Builder, tmp_path: Path) -> None:
    docs.commit({"a.md": LINES})
    docs.git("worktree", "add", "-q", "-b", "mine", str(tmp_path / "linked"))
    for branch in ("main", "mine"):
        with pytest.raises(StoppedError, match=f"the branch {branch} is checked out"):
            propose(docs, change(docs, "a.md"), branch=branch, expected=docs.head())


def test_an_unborn_branch_that_is_checked_out_is_refused(docs: Builder) -> None:
    base = docs.commit({"a.md": LINES})
    edit = change(docs, "a.md")
    docs.git("switch", "-q", "--orphan", "fresh")
    with pytest.raises(StoppedError, match="the branch fresh is checked out"):
        propose(docs, edit, base=base, branch="fresh")


@pytest.mark.parametrize("branch", ["-D", "a..b", "", "HEAD", "x y", "../x"])
def test_bad_branch_names_are_refused(docs: Builder, branch: str) -> None:
    docs.commit({"a.md": LINES})
    before = docs.snapshot()
    with pytest.raises(StoppedError, match="no name git allows"):
        propose(docs, change(docs, "a.md"), branch=branch)
    assert docs.snapshot() == before


def test_a_branch_in_the_way_is_one_sentence(docs: Builder) -> None:
    docs.commit({"a.md": LINES})
    docs.git("branch", "docbot")
    with pytest.raises(RepositoryError, match="'refs/heads/docbot' exists"):
        propose(docs, change(docs, "a.md"))


# The files.


def test_a_page_that_changed_is_refused(docs: Builder) -> None:
    docs.commit({"a.md": LINES})
    old = change(docs, "a.md")
    docs.commit({"a.md": LINES + "newer\n"})
    with pytest.raises(StoppedError, match=r"a\.md isn't what the change was made for"):
        propose(docs, old)
    mixed = FileChange("a.md", old.blob, (LINES + "newer\n").encode(), b"x")
    with pytest.raises(StoppedError, match=r"a\.md isn't what the change was made for"):
        propose(docs, mixed)


@pytest.mark.parametrize("path", ["../a.md", "/a.md", ".git/config", "x/../a.md", "a\0.md", ""])
def test_paths_that_lead_away_are_refused(docs: Builder, path: str) -> None:
    docs.commit({"a.md": LINES})
    with pytest.raises(StoppedError, match="leads out of the docs"):
        propose(docs, FileChange(path, blob_id(b"a"), b"a", b"b"))


@posix
def test_only_files_of_base_are_changed(docs: Builder) -> None:
    (docs.root / "link.md").symlink_to("a.md")
    head = docs.commit({"a.md": LINES})
    docs.git("update-index", "--add", "--cacheinfo", f"160000,{head},module")
    docs.git("commit", "-qm", "module")
    for path in ("link.md", "module", "new.md"):
        with pytest.raises(StoppedError, match="is no file of the base commit"):
            propose(docs, FileChange(path, blob_id(b"a.md"), b"a.md", b"/etc/passwd"))


def test_nothing_to_do_and_the_same_file_twice(docs: Builder) -> None:
    docs.commit({"a.md": LINES})
    edit = change(docs, "a.md")
    for changes in ((), (edit, edit)):
        with pytest.raises(StoppedError, match="one or more files, each once"):
            propose(docs, *changes)
    with pytest.raises(StoppedError, match="nothing to commit"):
        propose(docs, FileChange("a.md", edit.blob, edit.before, edit.before))


@pytest.mark.parametrize("base", ["0" * 40, "main", "HEAD", "--all"])
def test_base_is_the_id_of_a_commit(docs: Builder, base: str) -> None:
    docs.commit({"a.md": LINES})
    with pytest.raises(RepositoryError, match="there is no commit"):
        propose(docs, change(docs, "a.md"), base=base)


# The tree alone, and the commit on no branch.


def objects(repository: Builder) -> set[Path]:
    folder = repository.root / repository.git("rev-parse", "--git-path", "objects")
    return {place for place in folder.rglob("*") if place.is_file()}


def compared(repository: Builder, *changes: FileChange) -> str:
    """The tree as it is foretold, which must be that of the real commit."""
    worktree = Worktree.open(repository.root)
    before, stored = repository.snapshot(), objects(repository)
    tree = tree_of(worktree, repository.head(), changes)
    assert (repository.snapshot(), objects(repository)) == (before, stored)
    commit = make_commit(worktree, repository.head(), changes, "m")
    assert repository.snapshot() == before
    assert repository.git("show", "-s", "--format=%T %P", commit) == f"{tree} {repository.head()}"
    made = commit_on_branch(worktree, repository.head(), "docbot/x", changes, "m")
    assert repository.git("rev-parse", f"{made}^{{tree}}") == tree
    return commit


@pytest.mark.parametrize(
    ("attributes", "setting", "stored", "there"),
    [
        ("", "false", b"\n", b"\n"),
        ("* text=auto eol=crlf\n", "false", b"\n", b"\r\n"),
        ("* text=auto\n", "true", b"\n", b"\r\n"),
        ("*.md -text\n", "true", b"\r\n", b"\r\n"),
        ("*.md ident\n", "false", b"\n", b"\n"),
    ],
)
def test_the_tree_is_known_beforehand(
    docs: Builder, attributes: str, setting: str, stored: bytes, there: bytes
) -> None:
    lines = LINES.encode()
    docs.git("config", "core.autocrlf", setting)
    docs.commit({".gitattributes": attributes, "a.md": lines.replace(b"\n", stored), "b/c.md": lines})
    for name in ("a.md", "b/c.md"):
        (docs.root / name).unlink()
    docs.git("checkout", "--", ".")
    assert (docs.root / "a.md").read_bytes() == lines.replace(b"\n", there)
    commit = compared(docs, change(docs, "a.md"), change(docs, "b/c.md"))
    assert numstat(docs, docs.head(), commit) == ["1\t1\ta.md", "1\t1\tb/c.md"]


@posix
def test_the_tree_is_known_beforehand_with_a_filter(docs: Builder) -> None:
    docs.git("config", "filter.loud.clean", "tr a-z A-Z")
    docs.git("config", "filter.loud.smudge", "tr A-Z a-z")
    docs.commit({".gitattributes": "*.md filter=loud\n", "a.md": LINES})
    compared(docs, change(docs, "a.md", new=b"changed"))


@pytest.mark.parametrize("options", [("--filter=blob:none", "--sparse"), ("--depth=1",), ("--shared",)])
def test_the_tree_is_known_beforehand_in_other_clones(
    docs: Builder, tmp_path: Path, options: tuple[str, ...]
) -> None:
    docs.commit({"a.md": LINES, "folder/c.md": "c\n"})
    clone = Builder(tmp_path / "clone")
    if options == ("--shared",):
        docs.git("clone", "-q", "--shared", str(docs.root), str(clone.root))
        clone.introduce()
    else:
        clone = docs.clone(clone.root, *options)
    compared(clone, change(clone, "a.md"))


@posix
def test_the_tree_is_known_beforehand_in_a_folder_with_an_odd_name(docs: Builder, tmp_path: Path) -> None:
    odd = Builder.init(tmp_path / 'a:b "c" \\d;e')
    odd.commit({"a.md": LINES})
    compared(odd, change(odd, "a.md"))


def test_the_tree_needs_no_name_and_the_commit_does(docs: Builder, home: Path) -> None:
    docs.commit({"a.md": LINES})
    docs.git("config", "--unset", "user.name")
    (home / ".gitconfig").write_text("")
    worktree, edit = Worktree.open(docs.root), change(docs, "a.md")
    assert tree_of(worktree, docs.head(), [edit])
    with pytest.raises(RepositoryError, match=r"git config --global user\.name NAME"):
        make_commit(worktree, docs.head(), [edit], "m")


def test_the_tree_is_refused_like_the_commit(docs: Builder) -> None:
    docs.commit({"a.md": LINES})
    edit, worktree = change(docs, "a.md"), Worktree.open(docs.root)
    newer = docs.commit({"a.md": LINES + "newer\n"})
    for make in (tree_of, partial(make_commit, message="m")):
        with pytest.raises(StoppedError, match=r"a\.md isn't what the change was made for"):
            make(worktree, newer, [edit])
        with pytest.raises(RepositoryError, match="there is no commit"):
            make(worktree, "0" * 40, [edit])


def test_a_base_that_was_replaced_is_taken_as_it_is(docs: Builder) -> None:
    docs.commit({"a.md": LINES, "kept.md": "k\n"})
    base = docs.head()
    docs.git("replace", base, docs.git("commit-tree", "-m", "r", docs.git("mktree")))
    commit = make_commit(Worktree.open(docs.root), base, [change(docs, "a.md")], "m")
    names = docs.git("--no-replace-objects", "diff", "--name-only", base, commit)
    assert names == "a.md"


# The person.


def test_no_identity_names_the_remedy(docs: Builder, home: Path) -> None:
    docs.commit({"a.md": LINES})
    docs.git("config", "--unset", "user.name")
    (home / ".gitconfig").write_text("")
    before = docs.snapshot()
    with pytest.raises(RepositoryError, match=r"git config --global user\.name NAME"):
        propose(docs, change(docs, "a.md"))
    assert docs.snapshot() == before


@posix
def test_commits_are_signed_where_the_user_signs(docs: Builder) -> None:
    docs.commit({"a.md": LINES})
    docs.sign_with("cat > /dev/null; echo '[GNUPG:] SIG_CREATED ' >&2; echo SIGNATURE")
    commit = propose(docs, change(docs, "a.md"))
    assert "gpgsig SIGNATURE" in docs.git("cat-file", "-p", commit)


@posix
def test_a_key_that_is_locked_stops_with_the_remedy(docs: Builder) -> None:
    docs.commit({"a.md": LINES})
    docs.sign_with("exit 1")
    before = docs.snapshot()
    with pytest.raises(RepositoryError, match="git couldn't sign the commit: unlock your signing key"):
        propose(docs, change(docs, "a.md"))
    assert docs.snapshot() == before


@posix
@pytest.mark.parametrize("where", ["filter", "signature"])
def test_ctrl_c_leaves_nothing_behind(docs: Builder, monkeypatch: pytest.MonkeyPatch, where: str) -> None:
    temporary = docs.root.parent / "temporary"
    temporary.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    docs.commit({"a.md": LINES, ".gitattributes": "*.md filter=slow\n"})
    before = docs.snapshot()
    interrupt = f"kill -INT {os.getpid()}; sleep 5"
    if where == "filter":
        docs.git("config", "filter.slow.clean", interrupt)
    else:
        docs.sign_with(interrupt)
    with pytest.raises(KeyboardInterrupt):
        propose(docs, change(docs, "a.md"))
    # A status would run the filter once more.
    docs.git("config", "filter.slow.clean", "cat")
    assert docs.snapshot() | {"settings": ""} == before | {"settings": ""}
    assert list(temporary.iterdir()) == []
