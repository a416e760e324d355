"""What people corrected on pages that have copies, read from real histories."""

from __future__ import annotations

from collections.abc import Iterable

from docbot.repository.corrections import corrections
from docbot.repository.families import copies
from docbot.repository.values import Corrections
from docbot.repository.worktree import Worktree, tracked
from tests.helpers.git import Builder

OLD = "A sentence that was writen by somebody in a hurry."
NEW = "A sentence that was written by somebody in a hurry."


def page(said: str = OLD) -> str:
    return "# Title\n\n" + "".join(f"Line {n} of the page.\n" for n in range(9)) + f"\n{said}\n"


def found(docs: Builder) -> Corrections:
    """All corrections, of which nothing may be out of sight."""
    worktree = Worktree.open(docs.root)
    warnings: list[str] = []
    made = corrections(worktree, copies(entry.path for entry in tracked(worktree)), warnings.append)
    assert warnings == []
    return made


def made(of: Corrections) -> list[tuple[str, str, list[str]]]:
    return [
        ("\n".join(one.old), "\n".join(one.new), [f"{m.path} {m.date}" for m in one.made]) for one in of.found
    ]


def commit_at(docs: Builder, date: str, files: Iterable[tuple[str, str]]) -> None:
    for path, content in files:
        docs.write(path, content)
    docs.git("add", "-A")
    when = {"GIT_AUTHOR_DATE": f"{date}T12:00:00Z", "GIT_COMMITTER_DATE": f"{date}T12:00:00Z"}
    docs.git("commit", "-q", "-m", "change", env=when)


def test_the_same_correction_of_copies_is_one(docs: Builder) -> None:
    docs.commit({f"{version}/a.md": page() for version in ("1", "2", "3")})
    docs.commit({f"{version}/a.md": page(NEW) for version in ("2", "3")})
    docs.commit({"1/a.md": page(f"  {NEW}  ")})
    assert made(found(docs)) == [(OLD, NEW, ["1/a.md 2024-01-03", "2/a.md 2024-01-02", "3/a.md 2024-01-02"])]


def test_pages_without_copies_and_large_or_tiny_changes_are_none(docs: Builder) -> None:
    long = [f"Sentence {n} was writen by somebody." for n in range(9)]
    docs.commit({"1/a.md": page("so"), "2/a.md": page("\n".join(long)), "b.md": page(), "1/c.md": page()})
    right = page("\n".join(long).replace("writen", "written"))
    docs.commit({"1/a.md": page("no"), "2/a.md": right, "b.md": page(NEW), "1/c.md": page(NEW)})
    assert found(docs).found == ()


def test_what_was_corrected_long_ago_is_not_read(docs: Builder) -> None:
    commit_at(docs, "2019-01-01", [("1/a.md", page()), ("2/a.md", page())])
    commit_at(docs, "2019-02-01", [("2/a.md", page(NEW))])
    commit_at(
        docs, "2024-02-01", [("2/a.md", page(NEW).replace("Line 4 of the page", "The fourth line of it"))]
    )
    assert [day for _, _, days in made(found(docs)) for day in days] == []
    commit_at(docs, "2024-03-01", [("1/a.md", page(NEW))])
    assert made(found(docs)) == [(OLD, NEW, ["1/a.md 2024-03-01"])]


def test_pages_that_changed_places(docs: Builder) -> None:
    docs.commit({"1/a.md": page(), "2/a.md": page().replace("Line", "Row")})
    docs.commit({"1/a.md": page(NEW)})
    docs.rename("1/a.md", "3/a.md")
    docs.rename("2/a.md", "1/a.md")
    docs.rename("3/a.md", "2/a.md")
    assert made(found(docs)) == [(OLD, NEW, ["2/a.md 2024-01-02"])]


def test_branches_that_were_merged_together(docs: Builder) -> None:
    docs.commit({f"{version}/a.md": page() for version in ("1", "2", "3")})
    for version in ("2", "3"):
        docs.git("switch", "-q", "-c", f"fix{version}", "main")
        docs.commit({f"{version}/a.md": page(NEW)})
    docs.git("switch", "-q", "main")
    docs.git("merge", "-q", "-m", "both", "fix2", "fix3")
    ((_, _, days),) = made(found(docs))
    assert sorted(days) == ["2/a.md 2024-01-02", "3/a.md 2024-01-03"]


def test_a_repository_without_commits_or_copies(docs: Builder) -> None:
    assert found(docs) == Corrections()
    docs.commit({"a.md": page()})
    assert found(docs) == Corrections()
