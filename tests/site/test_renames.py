"""Where renames in git took a page, over all the lives of its path."""

from __future__ import annotations

from pathlib import Path

import pytest

from docbot.repository.history import path_history
from docbot.repository.worktree import Worktree, tracked
from docbot.site.build import build_site
from docbot.site.repair import deletion_of, renamed
from docbot.types import Evidence, EvidenceKind
from tests.helpers.git import Builder
from tests.site.helpers import site_of
from tests.site.histories import PAGE, RULES, history, led, site_with


def test_a_chain_of_renames_leads_to_where_the_content_is() -> None:
    moves = history({"a.md": [("b.md", "2021-01-01")], "b.md": [("c/d.md", "2022-01-01")]})
    found = renamed(site_of("c/d.md"), moves, PAGE, "A.md")
    assert led(found) == "c/d.md"
    assert found is not None
    assert found.sure
    assert found.evidence == Evidence(
        EvidenceKind.RENAME,
        "commit c2021-01-01 then c2022-01-01",
        "a.md was renamed to b.md on 2021-01-01, then renamed to c/d.md on 2022-01-01",
    )


def test_a_rename_whose_end_is_redirected_goes_on_there() -> None:
    site = site_with({"docs/b.md": "/x/new#part"}, "docs/new.md")
    found = renamed(site, history({"docs/a.md": [("docs/b.md", "2021-01-01")]}), PAGE, "docs/a.md")
    assert led(found) == "docs/new.md#part"
    assert found is not None
    assert found.evidence.kind is EvidenceKind.RENAME
    assert found.evidence.source == f"commit c2021-01-01 and {RULES}:4"


def test_a_rename_with_a_large_edit_leaves_doubt() -> None:
    found = renamed(site_of("b.md"), history({"a.md": [("b.md", "2021-01-01")]}, similarity=55), PAGE, "a.md")
    assert found is not None
    assert not found.sure


@pytest.mark.parametrize(
    ("moves", "deletions", "end"),
    [
        # The end of the chain is gone.
        ({"a": [("b", "2021")]}, {"b": "2022"}, None),
        # The path lived on after its rename and was deleted.
        ({"a": [("new", "2021")]}, {"a": "2022"}, None),
        # An earlier life ended in a deletion: the rename is of the last life.
        ({"a": [("new", "2021")]}, {"a": "2020"}, "new"),
        # A step on the way was renamed away before this content came.
        ({"a": [("new", "2021")], "new": [("other", "2020")]}, {}, "new"),
        ({"a": [("b", "2021")], "b": [("other", "2020")]}, {}, None),
        # A step on the way had another life later, which went elsewhere.
        ({"a": [("b", "2019")], "b": [("other", "2023"), ("new", "2020")]}, {}, "new"),
        # The content was deleted on the way, before the next rename.
        ({"a": [("b", "2019")], "b": [("new", "2023")]}, {"b": "2020"}, None),
        # Two lives of the lost path: the last one counts.
        ({"a": [("new", "2023"), ("other", "2019")]}, {}, "new"),
        # Circles.
        ({"a": [("b", "2021")], "b": [("a", "2022")]}, {}, None),
        ({"a": [("a", "2021")]}, {}, None),
    ],
)
def test_lives_of_a_path(
    moves: dict[str, list[tuple[str, str]]], deletions: dict[str, str], end: str | None
) -> None:
    assert led(renamed(site_of("new", "other"), history(moves, deletions), PAGE, "a")) == end


def test_renames_over_several_real_commits(tmp_path: Path) -> None:
    made = Builder.init(tmp_path / "docs")
    text = "# Set up\n\n" + "".join(f"Step {n} of many steps.\n" for n in range(40))
    made.commit({"setup.md": text, "page.md": "[a](setup.md)\n"})
    made.rename("setup.md", "install/setup.md")
    made.commit({"install/setup.md": text + "One more.\n"})
    made.rename("install/setup.md", "guides/Install.md")
    made.commit({"setup.md": "# Another page\n"})
    made.delete("setup.md")
    made.commit({"old.md": text.replace("steps", "things")})
    made.rename("old.md", "new.md")
    worktree = Worktree.open(made.root)
    site, _ = build_site((entry.path for entry in tracked(worktree)), {}, str)
    known = path_history(worktree)
    assert led(renamed(site, known, "page.md", "install/setup.md")) == "guides/Install.md"
    assert led(renamed(site, known, "page.md", "old.md")) == "new.md"
    # What stood at setup.md last was another page, and that is gone.
    assert led(renamed(site, known, "page.md", "setup.md")) is None
    assert deletion_of(known, "setup.md") is not None
