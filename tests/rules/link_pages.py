"""Pages and the repository around them, for tests of the link rules."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec.structs import replace

from docbot.engine import check
from docbot.facts import Facts
from docbot.plugins import load_rules
from docbot.repository.values import Commit, PathHistory
from docbot.rules.interface import Given
from docbot.testing import PAGE, documents, facts_of
from docbot.types import Finding

NAMES = {"bookmark-not-found", "file-not-found", "legacy-host-link", "locale-in-link", "redirected-link",
         "wrong-case-link"}  # fmt: skip
RULES = [rule for rule in load_rules() if rule.name in NAMES]
FILES = {
    "other.md": "# Other\n\n## First step\n",
    "Guides/Setup.md": "# Setup\n\n## First\n",
    "media/window.png": "",
    "start.yml": "### YamlMime:Landing",
    "includes/note.md": "A note.",
    "code/a.cs": "",
}
NONE: Mapping[str, str] = {}


def given(
    *,
    files: Mapping[str, str] = NONE,
    redirections: Mapping[str, str] = NONE,
    renames: Mapping[str, str] = NONE,
    headings: Mapping[str, str] = NONE,
    learn: bool = True,
) -> Given:
    return Given({**FILES, **files}, redirections, renames, headings, learn)


def facts_and_findings(
    text: str, around: Given, deletions: Mapping[str, str] = NONE
) -> tuple[Facts, list[Finding]]:
    pages = documents(text, around)
    facts = facts_of(pages, around)
    gone = {path: Commit("d" + date, date) for path, date in deletions.items()}
    folded = {**facts.paths.folded, **{path.lower(): path for path in gone}}
    facts = replace(facts, paths=PathHistory(facts.paths.moves, gone, folded=folded))
    return facts, check(pages[PAGE], RULES, facts)


def found(text: str, around: Given | None = None, deletions: Mapping[str, str] = NONE) -> list[Finding]:
    return facts_and_findings(text, around or given(), deletions)[1]


def summary(findings: list[Finding]) -> list[tuple[str, str | None]]:
    """Each finding's rule, and what its fix writes."""
    return [(one.rule, one.fix.edits[0].replacement if one.fix else None) for one in findings]
