"""Which code spans name something that source code can have."""

from __future__ import annotations

import pytest

from docbot.markdown.code_names import names_in, names_on


def named(code: str) -> list[tuple[str, str]]:
    names = list(names_in(code))
    assert all(code[name.start : name.end] == name.text for name in names)
    return [(name.kind.value, name.text) for name in names]


@pytest.mark.parametrize(
    ("code", "names"),
    [
        ("src/parser.py", [("path", "src/parser.py")]),
        ("./src/parser.py:12", [("path", "src/parser.py")]),
        ("../src/parser.py", [("path", "../src/parser.py")]),
        (".github/workflows/ci.yml", [("path", ".github/workflows/ci.yml")]),
        ("src/core/", [("path", "src/core/")]),
        ("parser_main.py", [("path", "parser_main.py")]),
        ("tool run --dry-run --keep-going=1 .", [("option", "dry-run"), ("option", "keep-going")]),
        ("--dry-run", [("option", "dry-run")]),
        (" load_all() ", [("symbol", "load_all")]),
        ("module.sub::LoadAll", [("symbol", "LoadAll")]),
        ("MAX_SIZE", [("symbol", "MAX_SIZE")]),
        ("loadAll", [("symbol", "loadAll")]),
        ("keep-going", [("symbol", "keep-going")]),
        # Nothing distinctive, or no name.
        ("load", []),
        ("Loading", []),
        ("and/or", []),
        ("1.2.3", []),
        ("console.log", [("path", "console.log")]),
        ("System.IO", []),
        ("a_b", []),
        ("--fix", []),
        ("-x", []),
        ("a--b-c", []),
        ("x = load_all()", []),
        ("https://example.com/src/a.py", []),
        ("/etc/passwd.d/x.conf", []),
        ("C:\\src\\parser.py", []),
        ("src/*.py", []),
        ("src/{name}/a.py", []),
        ("<name>/a.py", []),
        # Placeholders.
        ("path/to/parser.py", []),
        ("my-module/parser.py", []),
        ("foo_bar", []),
        ("MyClassName", []),
        ("your_name", []),
        ("example.py", []),
        ("", []),
        ("x" * 200, []),
        ("a/" * 90, []),
    ],
)
def test_names(code: str, names: list[tuple[str, str]]) -> None:
    assert named(code) == names


def test_names_on_a_page_are_looked_for_without_parsing_it() -> None:
    text = "`load_all` ``with `ticks` `` `--dry-run`\n\n`not\nclosed_name`\n"
    assert [name.text for name in names_on(text)] == ["load_all", "dry-run"]


@pytest.mark.parametrize(
    "text", ["`" * 50_000, "`a" * 50_000, "a/" * 50_000, "--a-" * 50_000, "a.b_" * 50_000]
)
def test_text_made_to_be_slow_is_not(text: str) -> None:
    assert len(list(names_on(text))) + len(list(names_in(text[:120]))) < 60_000
