"""How far a change reaches: only pages that it concerns are looked at anew."""

from __future__ import annotations

import pytest

from docbot.app import ScanOptions, scan
from docbot.app.scan import Scan
from docbot.reach import Reach, reach
from docbot.repository.checkout import checkout_of
from docbot.repository.worktree import Worktree
from docbot.rules.interface import Rule
from tests.helpers.git import Builder

PAGES = {
    "a.md": "# A\n\nSee [b](b.md).\n",
    "b.md": "# B\n\n[!INCLUDE[x](part.md)]\n",
    "part.md": "## Part\n\nText.\n",
    "alone.md": "# Alone\n\nText.\n",
    "v1/c.md": "# C\n\nText.\n",
    "v2/c.md": "# C\n\nText.\n",
}


@pytest.fixture
def docs(tmp_path_factory: pytest.TempPathFactory) -> Builder:
    docs = Builder.init(tmp_path_factory.mktemp("docs"))
    docs.commit(PAGES)
    return docs


def looked(docs: Builder) -> tuple[Scan, Reach]:
    """The scan of what is committed, and how far the change of it in the working tree reaches."""
    worktree = Worktree.open(docs.root)
    with checkout_of(worktree, docs.head(), lazy=False) as then:
        before = scan(then.root, ScanOptions(cache=False))
    after = scan(docs.root, ScanOptions(cache=False), before=before.before)
    return before, reach(before.survey, after.survey)


def rule(scanned: Scan, name: str) -> Rule:
    return next(rule for rule in scanned.rules if rule.name == name)


@pytest.mark.parametrize(
    ("changed", "around"),
    [
        ("part.md", {"a.md", "b.md", "part.md"}),
        ("b.md", {"a.md", "b.md", "part.md"}),
        ("alone.md", {"alone.md"}),
        ("v1/c.md", {"v1/c.md", "v2/c.md"}),
    ],
)
def test_links_includes_and_copies(docs: Builder, changed: str, around: set[str]) -> None:
    docs.write(changed, PAGES[changed] + "\nMore.\n")
    before, far = looked(docs)
    assert far.changed == {changed}
    assert set(far.around or ()) == around
    site, habits = rule(before, "file-not-found"), rule(before, "grammar-slip")
    assert {path for path in PAGES if far.concerns(path, site)} == around
    assert {path for path in PAGES if far.concerns(path, habits)} == {changed}


@pytest.mark.parametrize("path", ["new.md", ".openpublishing.redirection.json", "a.png"])
def test_more_than_texts(docs: Builder, path: str) -> None:
    docs.write(path, "{}")
    before, far = looked(docs)
    assert far.around is None
    assert far.concerns("alone.md", rule(before, "file-not-found"))
    assert not far.concerns("alone.md", rule(before, "grammar-slip"))
