"""What the lines of a page say of its sections."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docbot.attention.signals import LineKind, Part, Signals, is_record, line_kinds, parts_of, signals_of

PAGE = """\
---
title: A page
---

Before.

# One

See [a](a.md) and [b](b.md): use the API (not the CLI, the command line interface (CLI)).

> [!NOTE]
> Mind the ABC.

## Two

```sh
# no heading
```

| a | b |
|---|---|

# Three
"""


def lines_of(text: str) -> list[str]:
    return text.split("\n")


def test_sections_go_from_heading_to_heading_and_code_has_none() -> None:
    lines = lines_of(PAGE.removesuffix("\n"))
    assert list(parts_of(lines, line_kinds(lines))) == [
        Part((), 4, 6),
        Part(("One",), 7, 13),
        Part(("One", "Two"), 14, 22),
        Part(("Three",), 23, 23),
    ]


@pytest.mark.parametrize(
    ("text", "sections"),
    [
        ("", []),
        ("\n\n", []),
        ("No heading.", [((), 1, 1)]),
        ("---\na: b", []),
        ("# A\n", [(("A",), 1, 2)]),
        ("# A #\n### B\n## C", [(("A",), 1, 1), (("A", "B"), 2, 2), (("A", "C"), 3, 3)]),
        ("    # code\n#no", [((), 1, 2)]),
        ("~~~\n# A\n```\n~~~\n# B\r", [((), 1, 4), (("B",), 5, 5)]),
    ],
)
def test_odd_pages(text: str, sections: list[tuple[tuple[str, ...], int, int]]) -> None:
    lines = lines_of(text)
    assert [(p.headings, p.first, p.last) for p in parts_of(lines, line_kinds(lines))] == sections


def test_what_can_change_is_counted() -> None:
    lines = lines_of(PAGE)
    kinds = line_kinds(lines)
    one = signals_of(lines[6:13], kinds[6:13])
    assert (one.links, one.abbreviations, one.alerts, one.rows) == (2, 2, 1, 0)
    two = signals_of(lines[13:21], kinds[13:21])
    assert two.rows == 2
    assert two.length > 15
    assert signals_of([], []) == Signals()


@given(st.text(st.sampled_from("#`~-> \n\r[](ab!|<"), max_size=80))
def test_every_line_has_a_kind_and_sections_follow_each_other(text: str) -> None:
    lines = lines_of(text)
    kinds = line_kinds(lines)
    assert len(kinds) == len(lines)
    parts = list(parts_of(lines, kinds))
    assert all(before.last + 1 == after.first for before, after in zip(parts, parts[1:], strict=False))
    assert all(kinds[part.first - 1] is not LineKind.FRONT_MATTER for part in parts)
    for part in parts:
        signals_of(lines[part.first - 1 : part.last], kinds[part.first - 1 : part.last])


@pytest.mark.parametrize(
    "path", ["docs/release-notes.md", "whats-new/a.md", "CHANGELOG.markdown", "a/history/b.md", "toc.md"]
)
def test_pages_that_only_grow_are_known_by_name(path: str) -> None:
    assert is_record(path, [])


def test_pages_that_only_grow_are_known_by_their_headings() -> None:
    dated = [("Log", "Version 1.2"), ("Log", "v2.0.1"), ("Log", "2024-01-02"), ("Log", "March 2024")]
    assert is_record("a.md", [*dated, ("Log", "Other")])
    assert not is_record("a.md", dated)
    assert not is_record("a.md", [*dated[:2], *[("Log", "Other")] * 3])
    assert not is_record("docs/prehistory-of-notes.md", [])
