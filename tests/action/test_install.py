"""docbot is installed once a job, or not at all where it is there already."""

from __future__ import annotations

import ast
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from docbot.action import install

ROOT = Path(__file__).parents[2]
SCRIPT = ROOT / "docbot" / "action" / "install.py"


@pytest.fixture
def another(tmp_path: Path) -> Path:
    """The script, in a docbot that isn't installed here: a later version."""
    copy = tmp_path / "source" / "docbot" / "action" / "install.py"
    copy.parent.mkdir(parents=True)
    shutil.copy(SCRIPT, copy)
    (copy.parents[1] / "__init__.py").write_text('__version__ = "99.0"\n', "utf-8")
    return copy


def start(script: Path, tmp_path: Path) -> subprocess.CompletedProcess[str]:
    (tmp_path / "outputs").touch()
    places = {"RUNNER_TEMP": str(tmp_path), "GITHUB_OUTPUT": str(tmp_path / "outputs")}
    environment = {**os.environ, **places}
    return subprocess.run(
        (sys.executable, "-I", script), check=False, capture_output=True, text=True, env=environment
    )


def test_old_pythons_can_read_it() -> None:
    tree = ast.parse(SCRIPT.read_text("utf-8"), feature_version=(3, 7))
    modules = [
        name for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) for name in [node.module or ""]
    ]
    assert not any(name.startswith("docbot") for name in modules)


def test_a_python_that_has_this_docbot_is_used(tmp_path: Path) -> None:
    done = start(SCRIPT, tmp_path)
    assert done.returncode == 0, done.stdout
    assert (tmp_path / "outputs").read_text("utf-8") == f"python={sys.executable}\n"
    assert not (tmp_path / install.FOLDER).exists()


def test_what_was_installed_in_this_job_is_used_again(another: Path, tmp_path: Path) -> None:
    venv = tmp_path / install.FOLDER
    venv.mkdir()
    (venv / "docbot-installed-from").write_text(str(another.parents[2]), "utf-8")
    done = start(another, tmp_path)
    assert done.returncode == 0, done.stdout
    said = (tmp_path / "outputs").read_text("utf-8")
    assert Path(said.removeprefix("python=").strip()).is_relative_to(venv)


def test_what_cant_be_installed_is_told(another: Path, tmp_path: Path) -> None:
    """There is no project to install."""
    done = start(another, tmp_path)
    assert done.returncode == 1
    assert "::error title=docbot::docbot can't be installed (`-m pip install` ended with " in done.stdout
    assert (tmp_path / "outputs").read_text("utf-8") == ""


def test_a_python_that_is_too_old_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 10, 4, "final", 0))
    with pytest.raises(
        ValueError, match=r"needs Python 3.11 or later, and .* is 3.10: use actions/setup-python"
    ):
        install.install({"RUNNER_TEMP": str(tmp_path)})
