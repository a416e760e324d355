"""`docbot propose` and `docbot demo` as commands."""

from __future__ import annotations

import io
import subprocess
from pathlib import Path

import pytest

from docbot.cli.main import run
from tests.helpers.git import Builder
from tests.helpers.sample import sample_repository


@pytest.fixture
def sample(tmp_path: Path) -> Builder:
    return sample_repository(tmp_path / "sample")


def test_a_dry_run_shows_everything_and_writes_nothing(
    sample: Builder, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    before = sample.snapshot()
    assert run(["propose", str(sample.root), "--dry-run"]) == 0
    said = capfdbinary.readouterr()
    out = said.out.decode()
    for part in ("target   example/lantern-docs, branch main", "--- commit message ---", "--- body ---",
                 "--- diff ---", "--- requests ---", "POST /repos/example/lantern-docs/pulls"):  # fmt: skip
        assert part in out
    assert b"held: " in said.err
    assert sample.snapshot() == before
    assert run(["propose", str(sample.root), "--dry-run"]) == 0
    assert capfdbinary.readouterr().out == said.out


def test_the_diff_shown_is_the_branch_made(
    sample: Builder, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert run(["propose", str(sample.root), "--yes", "--offline"]) == 0
    said = capfdbinary.readouterr()
    patch = said.out.partition(b"--- diff ---\n")[2].partition(b"\n--- requests ---")[0]
    branch = sample.git("branch", "--list", "docbot/*", "--format=%(refname:short)").strip()
    assert branch in said.err.decode()
    subprocess.run(("git", "apply", "--index", "-"), input=patch + b"\n", cwd=sample.root, check=True)
    assert sample.git("write-tree").strip() == sample.git("rev-parse", f"{branch}^{{tree}}").strip()


def test_nobody_there_to_confirm_stops_it(
    sample: Builder, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO())
    before = sample.snapshot()
    assert run(["propose", str(sample.root)]) == 4
    assert "run it in a terminal, or with --yes or --dry-run" in capfd.readouterr().err
    assert sample.snapshot() == before


def test_nothing_to_propose_is_said(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    docs = Builder.init(tmp_path / "docs")
    docs.commit({"a.md": "# Fine\n"})
    assert run(["propose", str(docs.root), "--dry-run"]) == 0
    assert capfd.readouterr().err.strip() == "There is nothing to propose."


def test_demo_does_the_whole_job(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["demo", "--folder", str(tmp_path / "demo")]) == 0
    said = capfd.readouterr()
    assert "created: #1 was opened as a draft" in said.out
    assert "unchanged: #1 says it already" in said.out
    page = Path(said.out.strip().splitlines()[-1])
    assert page.parent == (tmp_path / "demo").resolve()
    assert "Repair links to groups.md" in page.read_text("utf-8")
    assert run(["demo", "--folder", str(tmp_path / "demo")]) == 2
    assert "isn't empty: choose a new folder" in capfd.readouterr().err
