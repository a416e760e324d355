"""The real program, what it is asked, and what becomes of a scan without it."""

from __future__ import annotations

import os
import re
import stat
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from docbot.errors import UsageError
from docbot.spelling import program


def place_at(monkeypatch: pytest.MonkeyPatch, place: Path) -> None:
    monkeypatch.setattr(program, "_places", lambda: iter((place,)))


def script(folder: Path, body: str) -> Path:
    place = folder / "typos"
    place.write_text(f"#!{sys.executable}\n{body}\n", "utf-8")
    place.chmod(place.stat().st_mode | stat.S_IXUSR)
    return place


def test_the_program_is_that_of_this_environment() -> None:
    place = program.program()
    assert place is not None
    assert place.is_relative_to(Path(sys.prefix).resolve()) or place.is_relative_to(sys.prefix)
    assert re.fullmatch(r"\d+\.\d+\.\d+", program.version())


def test_a_program_on_the_path_is_somebody_elses(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    script(tmp_path, "raise SystemExit(3)")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}.")
    assert program.corrections(["recieve"]) == {"recieve": ("receive",)}


def test_mistakes_are_corrected_in_their_letter_case() -> None:
    asked = ["recieve", "Recieve", "receive", "colour", "color", "contoso"]
    assert program.corrections(asked) == {"recieve": ("receive",), "Recieve": ("Receive",)}


def test_several_words_may_be_meant() -> None:
    assert set(program.corrections(["whith"])["whith"]) == {"with", "which"}


def test_a_part_of_a_word_is_no_mistake() -> None:
    assert program.corrections(["MyRecieveName"]) == {}


def test_no_words_need_no_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place_at(monkeypatch, tmp_path / "missing")
    assert program.corrections([]) == {}


def test_hostile_words_are_words() -> None:
    asked = ["a" * 200_000, "deadbeef" * 8, *(f"a{'b' * n}" for n in range(500)), "recieve"]
    assert program.corrections(asked) == {"recieve": ("receive",)}


@pytest.mark.parametrize("name", ["_typos.toml", "typos.toml", ".typos.toml"])
def test_settings_around_it_are_not_read(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / name).write_text(
        '[default]\ncheck-file = false\n[default.extend-words]\nrecieve = "x"\n', "utf-8"
    )
    (tmp_path / "Cargo.toml").write_text("[workspace.metadata.typos.default]\ncheck-file = false\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    assert program.corrections(["recieve"]) == {"recieve": ("receive",)}


def test_a_missing_program_is_told_with_its_remedy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place_at(monkeypatch, tmp_path / "missing")
    assert program.program() is None
    assert program.version() == ""
    with pytest.raises(UsageError, match="isn't installed: run `python -m pip install"):
        program.corrections(["recieve"])


@pytest.fixture(params=["raise SystemExit(3)", "print('no JSON')", 'print(\'{"line_num": "x"}\')'])
def broken(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Path]:
    yield script(tmp_path, request.param)


@pytest.mark.skipif(os.name == "nt", reason="a script is no program there")
def test_a_broken_program_is_told_with_its_remedy(broken: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place_at(monkeypatch, broken)
    with pytest.raises(UsageError, match="python -m pip install"):
        program.corrections(["recieve"])


def test_a_file_that_is_no_program_is_told_with_its_remedy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "typos"
    place.write_bytes(b"\0nothing")
    place_at(monkeypatch, place)
    with pytest.raises(UsageError, match="can't be run"):
        program.corrections(["recieve"])


@pytest.mark.skipif(os.name == "nt", reason="a script is no program there")
def test_lines_for_words_that_nobody_asked_about_are_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    line = '{"type": "typo", "line_num": 9, "typo": "x", "corrections": ["y"]}'
    place_at(monkeypatch, script(tmp_path, f'print({line!r})\nprint(\'{{"type": "error"}}\')'))
    assert program.corrections(["recieve"]) == {}
