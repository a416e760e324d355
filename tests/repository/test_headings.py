from __future__ import annotations

import os
from pathlib import Path

import pytest

from docbot.repository import headings
from docbot.repository.headings import heading_history
from docbot.repository.history import path_history
from docbot.repository.values import Commit, HeadingHistory
from docbot.repository.worktree import Worktree
from tests.helpers.git import Builder

BODY = "".join(f"A paragraph, number {n}, that makes the page know itself again.\n\n" for n in range(15))


def page(*titles: str) -> str:
    return "---\ntitle: x\n# comment: y\n---\n" + "".join(f"{title}\n\n{BODY}" for title in titles)


def changes(repository: Builder, *paths: str, renames: bool = False) -> HeadingHistory:
    worktree = Worktree.open(repository.root)
    warnings: list[str] = []
    history = path_history(worktree) if renames else None
    found = heading_history(worktree, paths, history, warnings.append)
    assert warnings == []
    return found


def told(found: HeadingHistory, path: str) -> list[tuple[str, str]]:
    return [(change.old, change.new) for change in found.changes.get(path, ())]


def test_nothing_asked_and_no_commit(docs: Builder) -> None:
    assert changes(docs, "a.md") == HeadingHistory()
    docs.commit({"a.md": page("# A")})
    assert changes(docs) == HeadingHistory()
    assert changes(docs, "a.md", "never.md") == HeadingHistory()


def test_renamed_headings_newest_first(docs: Builder) -> None:
    docs.commit({"a.md": page("# Page", "## Set up"), "b.md": page("# Other")})
    first = docs.commit({"a.md": page("# Page", "## Set up WSL"), "b.md": page("# Another")})
    second = docs.commit({"a.md": page("# Page", "## Install WSL ##")})
    found = changes(docs, "a.md")
    assert list(found.changes) == ["a.md"]
    assert [(c.old, c.new, c.commit) for c in found.changes["a.md"]] == [
        ("Set up WSL", "Install WSL", Commit(second[:10], "2024-01-03")),
        ("Set up", "Set up WSL", Commit(first[:10], "2024-01-02")),
    ]


def test_a_heading_that_goes_away(docs: Builder) -> None:
    docs.commit({"a.md": page("# Page", "## Old part", "## Kept")})
    docs.commit({"a.md": page("# Page", "## Kept")})
    assert told(changes(docs, "a.md"), "a.md") == [("Old part", "")]


def test_a_heading_on_a_merged_branch(docs: Builder) -> None:
    docs.commit({"a.md": page("# Page", "## One")})
    docs.git("switch", "-qc", "topic")
    docs.commit({"a.md": page("# Page", "## Only one")})
    docs.git("switch", "-q", "main")
    docs.commit({"b.md": "b\n"})
    docs.merge("topic")
    assert told(changes(docs, "a.md"), "a.md") == [("One", "Only one")]


def test_a_page_keeps_its_headings_through_renames(docs: Builder) -> None:
    docs.commit({"a.md": page("# Page", "## First name")})
    docs.commit({"a.md": page("# Page", "## Second name")})
    docs.rename("a.md", "b.md")
    docs.write("b.md", page("# Page", "## Third name"))
    docs.rename("b.md", "c.md")
    assert told(changes(docs, "c.md", renames=True), "c.md") == [
        ("Second name", "Third name"),
        ("First name", "Second name"),
    ]
    docs.git("config", "log.follow", "true")
    assert told(changes(docs, "c.md"), "c.md") == []


def test_an_earlier_page_of_the_same_name_is_another_page(docs: Builder) -> None:
    docs.commit({"a.md": page("# Page", "## Mine"), "b.md": page("# Else", "## Theirs").upper()})
    docs.commit({"b.md": page("# Else", "## Theirs too").upper()})
    docs.delete("b.md")
    docs.rename("a.md", "b.md")
    docs.commit({"b.md": page("# Page", "## Mine now")})
    assert told(changes(docs, "b.md", renames=True), "b.md") == [("Mine", "Mine now")]


def test_a_new_page_under_an_old_name_has_its_own_headings(docs: Builder) -> None:
    docs.commit({"a.md": page("# Page", "## Before the move")})
    docs.commit({"a.md": page("# Page", "## Before moving")})
    docs.rename("a.md", "b.md")
    docs.commit({"a.md": page("# Stub", "## After the move").upper()})
    docs.commit({"a.md": page("# Stub", "## After moving").upper()})
    docs.commit({"b.md": page("# Page", "## Moved")})
    found = changes(docs, "a.md", "b.md", renames=True)
    assert told(found, "a.md") == [("AFTER THE MOVE", "AFTER MOVING")]
    assert told(found, "b.md") == [("Before moving", "Moved"), ("Before the move", "Before moving")]
    assert told(changes(docs, "b.md", renames=True), "b.md") == told(found, "b.md")


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such names")
def test_odd_names(docs: Builder) -> None:
    names = ["a b.md", "-x.md", "ü.md", "n\nl.md", 'q"q.md', ":(top)*.md", ":100644"]
    docs.commit({name: page("# Page", f"## {n} old") for n, name in enumerate(names)})
    docs.commit({name: page("# Page", f"## {n} new") for n, name in enumerate(names)})
    found = changes(docs, *names)
    assert {name: told(found, name) for name in names} == {
        name: [(f"{n} old", f"{n} new")] for n, name in enumerate(names)
    }


def test_more_pages_than_are_named_give_the_same(docs: Builder, monkeypatch: pytest.MonkeyPatch) -> None:
    pages = [f"p{n}.md" for n in range(6)]
    docs.commit({name: page("# Page", f"## {name} old") for name in pages})
    docs.commit({name: page("# Page", f"## {name} new") for name in pages})
    docs.rename("p3.md", "q3.md")
    asked = [*pages[:3], "q3.md"]
    named = changes(docs, *asked, renames=True)
    assert told(named, "q3.md") == [("p3.md old", "p3.md new")]
    monkeypatch.setattr(headings, "_MOST_NAMED", 2)
    assert changes(docs, *asked, renames=True) == named


def test_old_pages_are_read_in_parts(docs: Builder, monkeypatch: pytest.MonkeyPatch) -> None:
    for n in range(5):
        docs.commit({"a.md": page("# Page", f"## Part {n}")})
    monkeypatch.setattr(headings, "_AT_ONCE", 3000)
    expected = [(f"Part {n}", f"Part {n + 1}") for n in (3, 2, 1, 0)]
    assert told(changes(docs, "a.md"), "a.md") == expected


def test_a_partial_clone_fetches_nothing_and_says_so(docs: Builder, tmp_path: Path) -> None:
    commits = [docs.commit({"a.md": page("# Page", f"## Part {n}")}) for n in range(4)]
    clone = docs.clone(tmp_path / "clone", "--filter=blob:none")
    # The contents of one old page were fetched for another purpose.
    clone.git("cat-file", "-e", docs.blob(commits[2], "a.md"))
    missing = clone.missing()
    assert len(missing) == 2
    warnings: list[str] = []
    found = heading_history(Worktree.open(clone.root), ["a.md"], warn=warnings.append)
    assert clone.missing() == missing
    assert told(found, "a.md") == [("Part 2", "Part 3")]
    assert any("old headings are out of sight" in warning for warning in warnings)


def test_a_missing_page_costs_only_its_own_headings(docs: Builder) -> None:
    commits = [docs.commit({"a.md": page("# Page", f"## Part {n}")}) for n in range(4)]
    docs.lose(docs.blob(commits[0], "a.md"))
    warnings: list[str] = []
    found = heading_history(Worktree.open(docs.root), ["a.md"], warn=warnings.append)
    assert told(found, "a.md") == [("Part 2", "Part 3"), ("Part 1", "Part 2")]
    assert len(warnings) == 1
