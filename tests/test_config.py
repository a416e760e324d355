"""The config of a docs repository: every key, and everything a hostile or hasty hand may write there."""

from __future__ import annotations

from pathlib import Path

import pytest

from docbot.config import FILE_NAME, LARGEST_CONFIG, Config, ProposeConfig, load, parse
from docbot.errors import ConfigError
from docbot.types import Severity

EVERY_KEY = """\
enabled = false
include = ["docs/"]
exclude = ["docs/old/**"]
rules = ["doubled-word"]
skip = ["file-not-found"]
confidence = 1
baseline = "accepted.json"

[severity]
doubled-word = "error"

[propose]
base = "live-edits"
max_files = 5
max_pulls = 2
draft = false
"""
EXPECTED = Config(
    enabled=False,
    include=("docs/",),
    exclude=("docs/old/**",),
    rules=("doubled-word",),
    skip=("file-not-found",),
    confidence=1.0,
    baseline="accepted.json",
    severity={"doubled-word": Severity.ERROR},
    propose=ProposeConfig(base="live-edits", max_files=5, max_pulls=2, draft=False),
)


def own(root: Path, text: str | bytes) -> Path:
    (root / FILE_NAME).write_bytes(text if isinstance(text, bytes) else text.encode())
    return root


def complaint(root: Path) -> str:
    with pytest.raises(ConfigError) as raised:
        load(root)
    text = str(raised.value)
    assert "\n" not in text
    assert raised.value.exit_code == 2
    return text


def test_a_repository_without_a_config_has_the_defaults(tmp_path: Path) -> None:
    assert load(tmp_path) == Config()


@pytest.mark.parametrize("mark", ["", "\ufeff"], ids=["plain", "byte order mark"])
@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["lf", "crlf"])
def test_every_key(tmp_path: Path, mark: str, end: str) -> None:
    assert load(own(tmp_path, mark + EVERY_KEY.replace("\n", end))) == EXPECTED


def test_a_key_left_out_has_its_default(tmp_path: Path) -> None:
    assert load(own(tmp_path, "[propose]\nmax_files = 7\n")) == Config(propose=ProposeConfig(max_files=7))


def test_pyproject_may_hold_the_config(tmp_path: Path) -> None:
    tables = EVERY_KEY.replace("[severity]", "[tool.docbot.severity]").replace(
        "[propose]", "[tool.docbot.propose]"
    )
    (tmp_path / "pyproject.toml").write_text(f"[project]\nname = 'x'\n[tool.docbot]\n{tables}", "utf-8")
    assert load(tmp_path) == EXPECTED
    assert load(own(tmp_path, "enabled = true\n")) == Config()


@pytest.mark.parametrize("text", ["[tool.ruff]\n", "tool = 1\n", "[tool]\ndocbot = 1\n", ""])
def test_another_pyproject_is_none_of_our_business(tmp_path: Path, text: str) -> None:
    (tmp_path / "pyproject.toml").write_text(text, "utf-8")
    assert load(tmp_path) == Config()


@pytest.mark.parametrize(
    ("text", "key", "nearest"),
    [
        ("exlude = []", "exlude", "exclude"),
        ("Rules = []", "Rules", "rules"),
        ("min_confidence = 0.5", "min_confidence", "confidence"),
        ("[propose]\nmaxfiles = 3", "maxfiles", "max_files"),
        ("[severities]\nx = 'error'", "severities", "severity"),
        ('["Ω"]', "Ω", ""),
    ],
)
def test_an_unknown_key_names_the_nearest(tmp_path: Path, text: str, key: str, nearest: str) -> None:
    said = complaint(own(tmp_path, text))
    assert f"unknown key {key!r}" in said
    assert f"did you mean {nearest!r}" in said if nearest else "did you mean" in said


def test_an_unknown_key_in_pyproject_says_where(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text("[tool.docbot.propose]\nbranch = 'x'\n", "utf-8")
    said = complaint(tmp_path)
    assert said.startswith("pyproject.toml [tool.docbot] [propose]: unknown key 'branch'")


@pytest.mark.parametrize(
    "text",
    [
        'enabled = "yes"',
        "include = 'docs'",
        "include = [1]",
        "exclude = [['a']]",
        "rules = {a = 1}",
        'confidence = "high"',
        "confidence = true",
        "baseline = 1",
        "severity = 'error'",
        "[severity]\ndoubled-word = 'fatal'",
        "propose = true",
        "[propose]\nmax_files = 1.5",
        "[propose]\ndraft = 1",
        "enabled = 1979-05-27",
    ],
)
def test_a_value_of_the_wrong_type_is_refused(tmp_path: Path, text: str) -> None:
    said = complaint(own(tmp_path, text))
    assert said.startswith(FILE_NAME)
    assert "correct the value" in said


@pytest.mark.parametrize("value", ["-0.1", "1.1", "nan", "inf", "1e400", "-inf"])
def test_confidence_is_from_0_to_1(tmp_path: Path, value: str) -> None:
    assert "a number from 0 to 1" in complaint(own(tmp_path, f"confidence = {value}"))


@pytest.mark.parametrize(
    "data",
    [
        b"enabled = tru",
        b"= 1",
        b"[[[",
        b"enabled = true\nenabled = true",
        b"\xff\xfe\x00",
        "baseline = 'é'".encode("latin-1"),
        b"x = " + b"[" * 5_000,
        b"x = " + b"{a = " * 5_000,
        b"x = " + b"1" * 5_000,
        b"\0",
    ],
    ids=["value", "key", "table", "twice", "utf-16", "latin-1", "deep list", "deep table", "digits", "nul"],
)
def test_what_is_no_toml_is_refused(tmp_path: Path, data: bytes) -> None:
    said = complaint(own(tmp_path, data))
    assert said.startswith(f"{FILE_NAME} is no valid TOML")
    assert said.endswith("repair it")


def test_a_huge_config_is_not_read(tmp_path: Path) -> None:
    with (tmp_path / FILE_NAME).open("wb") as file:
        file.truncate(5_000_000_000)
    assert f"more than {LARGEST_CONFIG:,} bytes" in complaint(tmp_path)


def test_a_long_name_does_not_make_a_long_message(tmp_path: Path) -> None:
    assert len(complaint(own(tmp_path, "a" * 100_000 + " = 1"))) < 1_000


def test_a_folder_of_that_name_is_no_config(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).mkdir()
    assert load(tmp_path) == Config()


def test_a_table_may_come_from_anywhere() -> None:
    assert parse("the action's input", {"confidence": 0.5}).confidence == 0.5
    with pytest.raises(ConfigError, match="the action's input: unknown key"):
        parse("the action's input", {"confidance": 0.5})
