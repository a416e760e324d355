"""What people did to sections, on real histories."""

from __future__ import annotations

from pathlib import Path

import pytest

from docbot.attention.lives import Life, lives_of, one_copy_each
from docbot.attention.past import lines_of, page_parts
from docbot.attention.signals import line_kinds
from docbot.repository.line_history import ignored_commits, line_history
from docbot.repository.worktree import Worktree
from tests.helpers.git import Builder
from tests.helpers.long_history import Step, grow

ONE = "# One\n\nThe port is 80.\n\nMore.\n\n## Two\n\nSecond words.\n"


@pytest.fixture
def docs(tmp_path: Path) -> Builder:
    """An empty docs repository."""
    return Builder.init(tmp_path / "docs")


def lives(docs: Builder) -> dict[tuple[str, str], Life]:
    """Every section's life by its page and last heading."""
    worktree = Worktree.open(docs.root)
    pages = []
    for path in sorted(docs.root.glob("**/*.md")):
        lines = lines_of(path.read_text("utf-8"))
        pages.append(page_parts(path.relative_to(docs.root).as_posix(), lines, line_kinds(lines)))
    found = lives_of(pages, line_history(worktree, ignored_commits(worktree)).history)
    return {(life.path, life.part.headings[-1] if life.part.headings else ""): life for life in found}


def counts(life: Life) -> tuple[int, int, int]:
    return len(life.edits), len(life.facts), len(life.page)


def test_edits_belong_to_their_section_and_creation_is_none(docs: Builder) -> None:
    steps = [
        Step(0, {"a.md": ONE}),
        Step(1, {"a.md": ONE.replace("80", "443")}),
        Step(2, {"a.md": ONE.replace("80", "443").replace("More.", "Much more.")}),
    ]
    grow(docs, steps)
    found = lives(docs)
    assert counts(found["a.md", "One"]) == (2, 1, 2)
    assert counts(found["a.md", "Two"]) == (0, 0, 2)


def test_metadata_is_no_section(docs: Builder) -> None:
    grow(docs, [Step(n, {"a.md": f"---\nms.date: {n}\n---\n{ONE}"}) for n in range(5)])
    assert {counts(life) for life in lives(docs).values()} == {(0, 0, 0)}


@pytest.mark.parametrize(("pages", "counted"), [(30, 1), (31, 0)])
def test_commits_over_many_pages_are_not_by_hand(docs: Builder, pages: int, counted: int) -> None:
    names = [f"{n}.md" for n in range(pages)]
    steps = [Step(0, dict.fromkeys(names, ONE)), Step(1, dict.fromkeys(names, ONE.replace("80", "443")))]
    grow(docs, steps)
    assert counts(lives(docs)["0.md", "One"]) == (counted,) * 3


def test_commits_that_blame_ignores_are_not_by_hand(docs: Builder) -> None:
    grow(docs, [Step(0, {"a.md": ONE}), Step(1, {"a.md": ONE.replace("More.", "Less.")})])
    assert counts(lives(docs)["a.md", "One"]) == (1, 0, 1)
    docs.write(".git-blame-ignore-revs", docs.head() + "\n")
    assert counts(lives(docs)["a.md", "One"]) == (0, 0, 0)


def test_copies_in_version_folders_share_their_history_and_are_one_page(docs: Builder) -> None:
    versions = [f"v{n}/a.md" for n in range(40)]
    steps = [
        Step(0, {versions[0]: ONE}),
        Step(1, {versions[0]: ONE.replace("80", "443")}),
        Step(2, dict.fromkeys(versions[1:], ONE.replace("80", "443"))),
        Step(3, dict.fromkeys(versions, ONE.replace("80", "443").replace("More.", "Less."))),
    ]
    grow(docs, steps)
    found = lives(docs)
    assert {counts(found[path, "One"]) for path in versions} == {(2, 1, 2)}
    every = list(found.values())
    assert len(one_copy_each(every)) == 2


def test_history_goes_with_a_renamed_page(docs: Builder) -> None:
    grow(docs, [Step(0, {"a.md": ONE}), Step(1, {"a.md": ONE.replace("80", "443")})])
    docs.rename("a.md", "b.md")
    assert counts(lives(docs)["b.md", "One"]) == (1, 1, 1)


def test_pages_that_only_grow_are_marked(docs: Builder) -> None:
    log = "".join(f"## Version 1.{n}\n\nNews.\n\n" for n in range(5))
    grow(docs, [Step(0, {"a.md": log, "b.md": ONE})])
    assert {life.path for life in lives(docs).values() if life.record} == {"a.md"}


def test_text_that_was_taken_away_is_an_edit_of_what_stood_before(docs: Builder) -> None:
    grow(docs, [Step(0, {"a.md": ONE}), Step(1, {"a.md": ONE.replace("More.\n\n", "")})])
    assert counts(lives(docs)["a.md", "One"]) == (1, 0, 1)


def test_a_page_without_headings_is_one_section(docs: Builder) -> None:
    grow(docs, [Step(0, {"a.md": "Words.\n"}), Step(1, {"a.md": "Other words.\n"})])
    assert counts(lives(docs)["a.md", ""]) == (1, 0, 1)
