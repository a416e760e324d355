"""The bundled sample: the same everywhere, and worth showing."""

from __future__ import annotations

from pathlib import Path

import pytest

from docbot.app import ScanOptions, draft, scan
from docbot.demo import build
from docbot.plugins import load_rules
from tests.helpers.git import Builder


def test_the_sample_has_the_same_commits_everywhere(tmp_path: Path, home: Path) -> None:
    """Also where git signs, converts line ends, runs hooks, or speaks another encoding."""
    plain = tmp_path / "plain"
    plain.mkdir()
    build(plain)
    hooks = tmp_path / "hooks"
    hooks.mkdir()
    for name in ("pre-commit", "commit-msg"):
        (hooks / name).write_text("#!/bin/sh\nexit 1\n")
        (hooks / name).chmod(0o755)
    with (home / ".gitconfig").open("a", encoding="utf-8") as config:
        config.write(
            f"[commit]\ngpgSign = true\ntemplate = x\n[core]\nautocrlf = true\n"
            f'hooksPath = "{hooks.as_posix()}"\n'
            "[init]\ndefaultBranch = trunk\n[user]\nname = Somebody Else\n"
        )
    odd = tmp_path / "odd"
    odd.mkdir()
    build(odd)
    one, other = Builder(plain), Builder(odd)
    assert one.git("log", "--format=%H %T %an %cI") == other.git("log", "--format=%H %T %an %cI")
    assert one.git("status", "--porcelain") == other.git("status", "--porcelain") == ""
    assert one.git("branch", "--show-current") == other.git("branch", "--show-current") == "main"
    assert len(one.git("log", "--format=%H").split()) >= 5


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("sample"))


def test_it_shows_rules_of_both_kinds_and_fixes_that_pass(sample: Path) -> None:
    scanned = scan(sample, ScanOptions(cache=False, drafting=True))
    found = {finding.rule for finding in scanned.report.findings}
    kinds = {rule.name: rule.kind for rule in load_rules()}
    assert len(found) >= 6
    assert {kinds[rule] for rule in found} == set(kinds.values())
    assert scanned.report.notices == ()
    drafted = draft(scanned)
    assert all(one.passed for one in drafted.drafts)
    assert len(drafted.drafts) >= 10
    assert any(finding.question for finding in scanned.report.findings)
