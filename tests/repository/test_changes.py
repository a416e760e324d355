"""What changed since another commit, in real repositories."""

from __future__ import annotations

import os

import pytest
from msgspec.structs import replace

from docbot.errors import UsageError
from docbot.repository.changes import Changed, changed_since
from docbot.repository.worktree import Worktree
from docbot.text import Span
from docbot.types import Finding
from tests.helpers.git import Builder
from tests.reporters.samples import first

TEN = "".join(f"line {n}\n" for n in range(1, 11))


def finding(path: str, text: str, part: str, cause: str = "") -> Finding:
    start = text.index(part)
    return replace(first(), path=path, span=Span(start, start + len(part)), excerpt=part, cause=cause)


def since(docs: Builder, base: str) -> Changed:
    return changed_since(Worktree.open(docs.root), base)


def test_changed_lines_staged_or_not(docs: Builder) -> None:
    base = docs.commit({"a.md": TEN, "b.md": TEN})
    docs.commit({"a.md": TEN.replace("line 2\n", "line two\n")})
    docs.write("b.md", TEN.replace("line 5\n", "line 5\nmore\nmore\n"))
    docs.git("add", "b.md")
    docs.write("a.md", TEN.replace("line 2\n", "line two\n").replace("line 9\nline 10\n", "the end\n"))
    changed = since(docs, base)
    assert dict(changed.lines) == {"a.md": ((2, 2), (9, 9)), "b.md": ((6, 7),)}
    assert changed.paths == {"a.md", "b.md"}


def test_a_finding_concerns_a_change_on_any_of_its_lines(docs: Builder) -> None:
    base = docs.commit({"a.md": TEN})
    text = TEN.replace("line 5\n", "line five\n")
    docs.commit({"a.md": text})
    changed = since(docs, base)
    for part, concerns in (
        ("line five", True),
        ("line 4\nline five", True),
        ("five\nline 6", True),
        ("line 4", False),
        ("line 4\n", False),
        ("line 6", False),
    ):
        assert changed.concerns(finding("a.md", text, part), text) is concerns, part
    assert not changed.concerns(finding("b.md", text, "line five"), text)


def test_removed_lines_change_no_line(docs: Builder) -> None:
    base = docs.commit({"a.md": TEN})
    docs.commit({"a.md": TEN.replace("line 3\nline 4\n", "")})
    assert dict(since(docs, base).lines) == {"a.md": ()}


def test_new_files_have_changed_altogether(docs: Builder) -> None:
    base = docs.commit({"a.md": TEN})
    docs.commit({"new.md": TEN})
    docs.write("untracked.md", TEN)
    docs.write(".gitignore", "ignored.md\n")
    docs.write("ignored.md", TEN)
    changed = since(docs, base)
    assert changed.paths == {"new.md", "untracked.md", ".gitignore"}
    for path in ("new.md", "untracked.md"):
        assert changed.concerns(finding(path, TEN, "line 1"), TEN)
        assert changed.concerns(finding(path, TEN, "line 10"), TEN)


def test_links_to_what_was_removed_or_renamed_concern_it(docs: Builder) -> None:
    base = docs.commit({"docs/a.md": TEN, "docs/b.md": TEN, "docs/c.png": "x", "links.md": TEN})
    docs.delete("docs/a.md")
    docs.delete("docs/c.png")
    docs.rename("docs/b.md", "docs/new.md")
    changed = since(docs, base)
    assert changed.paths == {"docs/a.md", "docs/b.md", "docs/c.png", "docs/new.md"}
    for cause, concerns in (
        ("file-not-found docs/a.md", True),
        ("file-not-found docs/c.png", True),
        ("bookmark-not-found docs/b.md#part", True),
        ("file-not-found docs/other.md", False),
        ("", False),
    ):
        assert changed.concerns(finding("links.md", TEN, "line 1", cause), TEN) is concerns, cause


def test_a_cause_named_after_its_own_page_is_about_no_path(docs: Builder) -> None:
    base = docs.commit({"README.md": TEN, "docs/README.md": TEN})
    docs.commit({"README.md": TEN + "more\n"})
    changed = since(docs, base)
    assert not changed.concerns(finding("docs/README.md", TEN, "line 1", "doubled-word README.md"), TEN)


def test_the_base_counts_from_where_the_branches_parted(docs: Builder) -> None:
    docs.commit({"a.md": TEN, "b.md": TEN})
    docs.git("switch", "-q", "-c", "topic")
    docs.commit({"a.md": TEN + "mine\n"})
    docs.git("switch", "-q", "main")
    docs.commit({"b.md": TEN + "theirs\n"})
    docs.git("switch", "-q", "topic")
    assert since(docs, "main").paths == {"a.md"}


def test_unrelated_histories_are_compared_as_they_are(docs: Builder) -> None:
    docs.commit({"a.md": TEN})
    docs.git("switch", "-q", "--orphan", "other")
    docs.write("b.md", TEN)
    assert since(docs, "main").paths == {"a.md", "b.md"}
    docs.commit()
    assert since(docs, "main").paths == {"a.md", "b.md"}


def test_a_base_that_is_no_commit_is_refused(docs: Builder) -> None:
    docs.commit({"a.md": TEN})
    worktree = Worktree.open(docs.root)
    for base in ("nowhere", "", "-x", "--all", "main..main", "main:a.md", "HEAD^{tree}", "a b", "\n"):
        with pytest.raises(
            UsageError, match=r"there is no commit .* here: fetch it, or name another with --diff"
        ):
            changed_since(worktree, base)


def test_a_repository_without_a_commit_has_no_base(docs: Builder) -> None:
    with pytest.raises(UsageError):
        since(docs, "HEAD")


@pytest.mark.skipif(os.name == "nt", reason="Windows allows no such names")
def test_odd_names(docs: Builder) -> None:
    names = ("é 漢字.md", "-x.md", "a[1].md", ":(top)a.md", "a\tb.md", '"q".md')
    base = docs.commit(dict.fromkeys(names, TEN))
    for name in names:
        docs.write(name, TEN.replace("line 2\n", "two\n"))
    assert dict(since(docs, base).lines) == dict.fromkeys(names, ((2, 2),))


def test_the_users_settings_and_attributes_do_not_matter(docs: Builder) -> None:
    docs.git("config", "diff.noprefix", "true")
    docs.git("config", "diff.external", "/bin/false")
    docs.git("config", "color.ui", "always")
    docs.git("config", "diff.context", "9")
    docs.git("config", "diff.renames", "copies")
    docs.git("config", "diff.interHunkContext", "9")
    base = docs.commit({"a.md": TEN, ".gitattributes": "*.md diff=odd\n"})
    docs.git("config", "diff.odd.textconv", "/bin/false")
    docs.write("a.md", TEN.replace("line 2\n", "two\n").replace("line 5\n", "five\n"))
    assert dict(since(docs, base).lines) == {"a.md": ((2, 2), (5, 5))}


def test_pages_that_are_binary_to_git_have_lines_all_the_same(docs: Builder) -> None:
    base = docs.commit({"a.md": TEN, ".gitattributes": "*.md binary\n"})
    docs.write("a.md", TEN.replace("line 2\n", "two\n"))
    changed = since(docs, base)
    assert changed.concerns(finding("a.md", TEN, "line 2"), TEN)
