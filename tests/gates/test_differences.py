from __future__ import annotations

import pytest

from docbot.gates.generated.differences import parting, quoted


@pytest.mark.parametrize(
    ("before", "after", "found"),
    [
        ("a\nb\nc\n", "a\nx\nc\n", ("b", "x")),
        ("a\nc\n", "a\nb\nc\n", ("", "b")),
        ("a\nb\nc\n", "a\nc\n", ("b", "")),
        ("a\na\n", "a\na\na\n", ("", "a")),
        ("", "a", ("", "a")),
        ("a", "a", ("", "")),
    ],
)
def test_two_texts_part_at_lines(before: str, after: str, found: tuple[str, str]) -> None:
    assert parting(before, after) == found


def test_what_is_no_text_is_quoted_as_left_out() -> None:
    assert quoted("Run \ufffc\n now") == "“Run … now”"
    assert len(quoted("x" * 200)) == 62
