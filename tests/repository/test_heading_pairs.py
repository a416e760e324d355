from __future__ import annotations

import time

import pytest

from docbot.repository.heading_pairs import Heading, headings_of, replaced


def sources(page: str) -> list[str]:
    return [heading.source for heading in headings_of(page.encode())]


def pairs(before: str, after: str) -> list[tuple[str, str]]:
    return replaced(headings_of(before.encode()), headings_of(after.encode()))


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("# A", [Heading(1, "A")]),
        ("   ###### B  ", [Heading(6, "B")]),
        ("##\tC", [Heading(2, "C")]),
        ("## D ##", [Heading(2, "D")]),
        ("## C#", [Heading(2, "C#")]),
        ("## `a` [b](c.md) #", [Heading(2, "`a` [b](c.md)")]),
        ("## Über uns\r", [Heading(2, "Über uns")]),
        ("####### no", []),
        ("#no", []),
        ("    # code", []),
        ("##  ##", []),
        ("##", []),
    ],
)
def test_lines(line: str, found: list[Heading]) -> None:
    assert list(headings_of(f"text\n{line}\ntext\n".encode())) == found


@pytest.mark.parametrize(
    ("page", "found"),
    [
        ("# A\n```sh\n# comment\n```\n## B\n", ["A", "B"]),
        ("# A\n~~~\n# x\n```\n# y\n~~~\n## B\n", ["A", "B"]),
        ("````\n```\n# x\n```\n````\n# B\n", ["B"]),
        ("```\n# x\n``` sh\n# y\n", []),
        ("# A ```not a fence```\n# B\n", ["A ```not a fence```", "B"]),
        ("``` in `line`\n# B\n", ["B"]),
        ("---\ntitle: x\n# comment\n---\n# A\n", ["A"]),
        ("\ufeff---\r\ntitle: x\r\n# comment\r\n---\r\n# A\r\n", ["A"]),
        ("---\n# A\n", ["A"]),
        ("", []),
    ],
)
def test_code_and_front_matter_have_no_headings(page: str, found: list[str]) -> None:
    assert sources(page) == found


def test_bytes_that_are_no_text_do_no_harm() -> None:
    assert [h.source for h in headings_of(b"# \xff\xfe\n\0# x\n# B\n")] == ["\ufffd\ufffd", "B"]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("# A\n", "# A\ntext\n", []),
        ("# A\n## Overview\n", "# A\n## Introduction\n", [("Overview", "Introduction")]),
        # Another level, and another place, is the same heading still.
        ("# A\n## B\n", "# A\n### B\n", []),
        ("# A\n## B\n## C\n", "# A\n## C\n## B\n", []),
        # As many as before: the most alike first, the rest in order.
        (
            "# Install\n# Use\n",
            "# Using it\n# Installing\n",
            [("Install", "Installing"), ("Use", "Using it")],
        ),
        # Fewer: what is like nothing was removed.
        (
            "# Set up Docker\n# Zebra\n",
            "# Setting up Docker\n",
            [("Set up Docker", "Setting up Docker"), ("Zebra", "")],
        ),
        ("# Zebra\n", "# Set up Docker\n# Set up Podman\n", [("Zebra", "")]),
        ("# A\n# B\n", "", [("A", ""), ("B", "")]),
        ("", "# A\n", []),
        # Each of equal headings counts.
        ("# X\n## Notes\n# Y\n## Notes\n", "# X\n## Notes\n# Y\n## Remarks\n", [("Notes", "Remarks")]),
        # One of the same level is preferred to one as much alike.
        ("## Part 1\n", "### Part 2\n## Part 3\n", [("Part 1", "Part 3")]),
    ],
)
def test_pairs(before: str, after: str, expected: list[tuple[str, str]]) -> None:
    assert pairs(before, after) == expected


def test_pages_made_to_be_slow_are_not() -> None:
    started = time.process_time()
    pairs("# a\n" * 100_000, "# b\n" * 100_000)
    pairs(
        "".join(f"# {'x' * 5000}{n}\n" for n in range(900)),
        "".join(f"# {n}{'y' * 5000}\n" for n in range(800)),
    )
    headings_of(b"#" * 2_000_000)
    headings_of(b"# " + b"# " * 1_000_000)
    headings_of(b"```" * 500_000 + b"\n")
    headings_of(b"```\n" * 500_000)
    headings_of(b"---\n" + b"a\n" * 1_000_000)
    assert time.process_time() - started < 20
