"""Which pages may be copies of each other, told by their paths."""

from __future__ import annotations

import pytest

from docbot.repository.families import copies, copies_key, edition, family, version_of


def families(*paths: str) -> list[list[str]]:
    return sorted([copy.path for copy in members] for members in copies(paths).values())


@pytest.mark.parametrize(
    "paths",
    [
        ("ref/5.1/a.md", "ref/7.4/a.md", "ref/7.10/a.md"),
        ("v1/a.md", "v2/a.md", "v2.1/a.md"),
        ("docs/net-7.0/a.md", "docs/net-8.0/a.md"),
        ("powershell-7.4/x/a.md", "powershell-7.5/x/a.md"),
        ("versioned_docs/version-0.9/a.md", "versioned_docs/version-0.70/a.md"),
        ("docs/1.x/a.md", "docs/2.0/a.md", "docs/2.x/a.md"),
        ("docs/3/a.md", "docs/stable/a.md", "docs/latest/a.md", "docs/next/a.md"),
        ("6/x/1.0/a.md", "6/x/2.0/a.md", "7/x/1.0/a.md"),
        ("versioned_docs/version-1.9/x/a.md", "versioned_docs/version-1.10/x/a.md", "docs/x/a.md"),
        ("Versioned_Docs/version-2/a.md", "docs/A.md"),
        ("5.1/About_Things.md", "7.4/about_things.md"),
    ],
)
def test_copies_stand_oldest_version_first(paths: tuple[str, ...]) -> None:
    assert families(*reversed(paths)) == [list(paths)]


@pytest.mark.parametrize(
    "paths",
    [
        ("a.md", "b/a.md"),
        ("5.1/a.md", "7.4/b.md"),
        ("latest/a.md", "stable/a.md"),
        ("latest/a.md", "a.md"),
        ("net-8.0/a.md", "sdk-8.0/a.md"),
        ("net-8.0/a.md", "8.0/a.md"),
        ("team-a/a.md", "team-b/a.md"),
        ("7.4.md", "7.5.md"),
        ("docs/a.md", "other/versioned_docs/version-1.9/a.md"),
        ("docs/a.md", "versioned_docs/version-next/a.md"),
        ("docs/a.md", "docs/b.md", "other/docs/a.md"),
    ],
)
def test_no_copies(paths: tuple[str, ...]) -> None:
    assert families(*paths) == []


def test_a_page_alone_is_no_family() -> None:
    assert families("5.1/a.md", "5.1/b.md", "7.4/c.md") == []


def test_what_copies_share_and_the_folder_of_a_version() -> None:
    assert copies_key("Ref/7.4/x/A.md") == copies_key("Ref/5.1/x/A.md") == "ref/*/x/a.md"
    assert [edition(path) for path in ("ref/7.4/x/2/a.md", "net-8.0/a.md", "x/a.md")] == [
        "ref/7.4",
        "net-8.0",
        "",
    ]


def test_families_of_the_line_history_know_plain_versions_alone() -> None:
    assert family("ref/7.4/a.md") == family("ref/v5/a.md") == "ref/*/a.md"
    assert family("net-8.0/a.md") == "net-8.0/a.md"
    assert version_of("6/x/2.10/a.md") == (2, 10)
