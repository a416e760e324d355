"""What is shipped for GitHub: workflows, the Action and their examples; and the hooks for pre-commit."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from docbot.cli.main import run
from docbot.demo import build
from tests.helpers.git import Builder

ROOT = Path(__file__).parent.parent
WORKFLOWS = sorted((*ROOT.glob(".github/workflows/*.yml"), *ROOT.glob(".github/examples/*.yml")))
EXAMPLES = [file for file in WORKFLOWS if file.parent.name == "examples"]
ACTION = ROOT / "action.yml"
MANIFEST = ROOT / ".pre-commit-hooks.yaml"
PINNED = re.compile(r"[\w-]+/[\w./-]+@[0-9a-f]{40}")
Json = dict[str, Any]


def read(file: Path) -> Any:
    return YAML(typ="safe", pure=True).load(file.read_text("utf-8"))


def tool(name: str, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """A program of the environment that the tests run in."""
    program = Path(sys.executable).with_name(f"{name}.exe" if sys.platform == "win32" else name)
    return subprocess.run((program, *arguments), check=False, capture_output=True, text=True, cwd=ROOT)


def zizmor(*files: Path) -> subprocess.CompletedProcess[str]:
    return tool("zizmor", "--offline", "--persona", "auditor", *files)


def steps() -> Iterator[tuple[str, Json]]:
    """Every step that is shipped, with the name of its file."""
    yield from (("action.yml", step) for step in read(ACTION)["runs"]["steps"])
    for file in WORKFLOWS:
        for job in read(file)["jobs"].values():
            yield from ((file.name, step) for step in job["steps"])


def test_t44_zizmor_finds_nothing_as_an_auditor() -> None:
    assert {file.name for file in EXAMPLES} == {"review.yml", "propose.yml", "two-jobs.yml", "many.yml"}
    found = zizmor(*WORKFLOWS, ACTION)
    assert found.returncode == 0, found.stdout
    assert "No findings to report" in found.stdout


@pytest.mark.parametrize(
    ("now", "then", "audit"),
    [
        ("  pull_request:\n", "  pull_request_target:\n", "dangerous-triggers"),
        ("permissions: {}\n", "permissions: write-all\n", "excessive-permissions"),
        ("persist-credentials: false", "persist-credentials: true", "artipacked"),
        ("@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1", "@v7", "unpinned-uses"),
    ],
)
def test_t44_zizmor_would_find_what_is_promised(now: str, then: str, audit: str, tmp_path: Path) -> None:
    text = (ROOT / ".github/examples/review.yml").read_text("utf-8")
    assert now in text
    worse = tmp_path / "review.yml"
    worse.write_text(text.replace(now, then), "utf-8")
    found = zizmor(worse)
    assert found.returncode != 0
    assert audit in found.stdout


def test_t44_every_job_has_its_own_permissions_and_nothing_else_has_any() -> None:
    for file in WORKFLOWS:
        text, workflow = file.read_text("utf-8"), read(file)
        assert "pull_request_target" not in text
        assert workflow["permissions"] == {}, file.name
        for job in workflow["jobs"].values():
            assert isinstance(job["permissions"], dict), file.name
            assert job["timeout-minutes"] <= 60
            for name in job["permissions"]:
                assert re.search(rf"^      {name}: \w+ # \S", text, re.M), (
                    f"{file.name} doesn't say why {name}"
                )


def test_t44_actions_are_pinned_each_to_one_commit() -> None:
    used = {step["uses"] for _, step in steps() if "uses" in step}
    assert all(PINNED.fullmatch(one) for one in used)
    repositories = ["/".join(one.partition("@")[0].split("/")[:2]) for one in used]
    assert len(repositories) == len(set(repositories))


def test_no_script_has_an_expression_in_it() -> None:
    scripts = [(file, step["run"]) for file, step in steps() if "run" in step]
    assert len(scripts) > 2
    assert [file for file, script in scripts if "${{" in script] == []


def test_python_takes_no_file_of_the_checkout_for_a_module() -> None:
    started = [step["run"].split()[:2] for step in read(ACTION)["runs"]["steps"]]
    assert started == [['"$INPUT_PYTHON"', "-I"], ['"$PYTHON"', "-I"]]


def test_a_checkout_has_all_history_and_leaves_no_login() -> None:
    checkouts = [step for _, step in steps() if step.get("uses", "").startswith("actions/checkout@")]
    assert len(checkouts) >= len(WORKFLOWS)
    assert {(step["with"]["fetch-depth"], step["with"]["persist-credentials"]) for step in checkouts} == {
        (0, False)
    }


def test_the_job_that_asks_a_model_cant_write() -> None:
    jobs = read(ROOT / ".github/examples/two-jobs.yml")["jobs"]
    asking = [name for name, job in jobs.items() if "DOCBOT_MODEL_KEY" in str(job)]
    assert asking == ["draft"]
    assert jobs["draft"]["permissions"] == {"contents": "read"}
    assert "secrets." not in str(jobs["propose"])


class TestHooks:
    def test_pre_commit_takes_the_manifest(self, tmp_path: Path) -> None:
        assert tool("pre-commit", "validate-manifest", MANIFEST).returncode == 0
        wrong = tmp_path / "hooks.yaml"
        wrong.write_text(
            MANIFEST.read_text("utf-8").replace("language: python", "language: nothing"), "utf-8"
        )
        assert tool("pre-commit", "validate-manifest", wrong).returncode == 1

    def test_a_hook_stops_what_breaks_another_page(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
    ) -> None:
        (tmp_path / "docs").mkdir()
        docs = Builder(build(tmp_path / "docs"))
        changed, everything = (shlex.split(hook["entry"])[1:] for hook in read(MANIFEST))
        monkeypatch.chdir(docs.root)
        # As git has it while a commit is made.
        monkeypatch.setenv("GIT_INDEX_FILE", ".git/index")
        assert run(changed) == 0
        assert run(everything) == 1
        docs.git("rm", "-q", "docs/install.md")
        assert run(changed) == 1
        assert "There is no docs/install.md" in capfd.readouterr().out
