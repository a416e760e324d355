"""What docbot keeps is kept for the very code that made it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from docbot import build as module
from docbot.build import build


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "a.py").write_text("x = 1\n")
    monkeypatch.setattr(module, "_PACKAGE", tmp_path)
    build.cache_clear()
    yield tmp_path
    build.cache_clear()


def anew() -> str:
    build.cache_clear()
    return build()


def test_the_same_files_are_the_same_build(package: Path) -> None:
    first = anew()
    (package / "__pycache__").mkdir()
    (package / "__pycache__" / "a.pyc").write_bytes(b"x")
    assert anew() == first


def test_another_file_size_or_time_is_another(package: Path) -> None:
    file = package / "rules" / "a.py"
    seen = {anew()}
    file.write_text("x = 10\n")
    seen.add(anew())
    os.utime(file, (1, 1))
    seen.add(anew())
    file.rename(file.with_name("b.py"))
    seen.add(anew())
    (package / "data.toml").write_text("")
    seen.add(anew())
    assert len(seen) == 5
