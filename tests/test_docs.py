"""The generated docs: what `--check` finds stale is what the program would write."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from docbot.docs import ROOT, run, with_blocks
from docbot.errors import UsageError


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    for name in ("README.md", "docbot/rules/README.md", ".github/demo.svg"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    return tmp_path


def test_the_docs_are_as_the_program_makes_them() -> None:
    assert run(["--check"]) == 0


def test_a_stale_page_is_found_and_mended(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = copy / "docbot/rules/README.md"
    made = page.read_text("utf-8")
    page.write_text(made.replace("doubled-word", "other-word"), "utf-8")
    (copy / ".github/demo.svg").unlink()
    assert run(["--check"], copy) == 1
    assert "docbot/rules/README.md, .github/demo.svg" in capsys.readouterr().err
    assert page.read_text("utf-8") != made
    assert run([], copy) == 0
    assert page.read_text("utf-8") == made
    assert run(["--check"], copy) == 0


def test_only_the_blocks_are_made_anew() -> None:
    begin, end = "<!-- generated: config -->\n", "<!-- /generated -->\n"
    text = f"a\n{begin}old\n{end}b\n{begin}{end}"
    made = with_blocks(text)
    assert made.startswith("a\n<!-- generated: config -->\n```toml\n")
    assert "old\n" not in made
    assert made.count("<!-- /generated -->") == 2
    assert with_blocks(made) == made
    with pytest.raises(UsageError, match="no one makes the block 'nothing'"):
        with_blocks("<!-- generated: nothing -->\n<!-- /generated -->\n")
