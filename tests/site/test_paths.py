"""The index of files, and paths as pages write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docbot.site.paths import PathIndex, joined, relative, within

FILES = ("README.md", "docs/Setup.md", "docs/setup.md", "docs/img/Window.png", "other/window.png")


def test_index_finds_a_path_in_exactly_its_letter_case() -> None:
    index = PathIndex(FILES)
    assert "docs/Setup.md" in index
    assert "docs/SETUP.md" not in index
    assert len(index) == 5
    assert list(index) == sorted(FILES)


def test_index_finds_every_file_with_a_path_in_any_letter_case() -> None:
    index = PathIndex(FILES)
    assert index.cased("DOCS/SETUP.MD") == ("docs/Setup.md", "docs/setup.md")
    assert index.cased("readme.md") == ("README.md",)
    assert index.cased("docs/none.md") == ()


def test_index_finds_files_by_name_alone() -> None:
    assert PathIndex(FILES).named("WINDOW.PNG") == ("docs/img/Window.png", "other/window.png")
    assert PathIndex(FILES).named("docs/setup.md") == ()


def test_index_knows_folders_in_any_letter_case_and_what_is_in_them() -> None:
    index = PathIndex(FILES)
    assert index.has_folder("docs/img")
    assert index.has_folder("Docs/IMG")
    assert index.has_folder("")
    assert not index.has_folder("docs/Setup.md")
    assert index.inside("docs") == ("docs/Setup.md", "docs/setup.md")
    assert index.inside("") == ("README.md",)


def test_index_takes_two_spellings_of_one_accent_for_one_name() -> None:
    assert PathIndex(["docs/re\u0301sume\u0301.md"]).cased("docs/r\u00e9sum\u00e9.md") == (
        "docs/re\u0301sume\u0301.md",
    )


@pytest.mark.parametrize(
    ("page", "destination", "path"),
    [
        ("docs/a.md", "b.md", "docs/b.md"),
        ("docs/a.md", "./b.md", "docs/b.md"),
        ("docs/a.md", "../b.md", "b.md"),
        ("docs/a.md", "..", ""),
        ("docs/a.md", ".", "docs"),
        ("docs/a.md", "../../b.md", None),
        ("docs/a.md", "x/../../../b.md", None),
        ("docs/a.md", "..b/c.md", "docs/..b/c.md"),
        ("a.md", "..b/c.md", "..b/c.md"),
        ("a.md", "..", None),
        ("a.md", "b//c.md", "b/c.md"),
        ("a.md", "/etc/passwd", None),
    ],
)
def test_joined(page: str, destination: str, path: str | None) -> None:
    assert joined(page, destination) == path


def test_within_keeps_paths_inside_the_repository() -> None:
    assert within("a/./b/../c") == "a/c"
    assert within("../a") is None
    assert within("/a") is None
    assert within(".") == ""


NAMES = st.text(st.characters(exclude_characters="/\0", exclude_categories=["Cs"]), min_size=1, max_size=6)
PATHS = st.lists(NAMES.filter(lambda name: name not in (".", "..")), min_size=1, max_size=4).map("/".join)


@given(PATHS, PATHS)
def test_a_relative_path_leads_back_to_its_file(page: str, path: str) -> None:
    assert joined(page, relative(path, page)) == path
