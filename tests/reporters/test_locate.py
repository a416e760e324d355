from __future__ import annotations

import pytest

from docbot.reporters.locate import Locator, Region
from docbot.text import Span

LOCATOR = Locator({"a.md": "é😀\r\nb\vc\u2028d\r\n", "empty.md": ""})


def test_columns_count_code_points_and_lines_end_at_newlines_only() -> None:
    assert LOCATOR.region("a.md", Span(1, 2)) == Region(1, 2, 1, 3)
    assert LOCATOR.region("a.md", Span(6, 9)) == Region(2, 3, 2, 6)
    assert LOCATOR.region("a.md", Span(0, 11)) == Region(1, 1, 3, 1)


def test_an_empty_span_is_a_place() -> None:
    assert LOCATOR.region("empty.md", Span(0, 0)) == Region(1, 1, 1, 1)
    assert LOCATOR.last_line("empty.md", Span(0, 0)) == 1


def test_the_last_line_of_a_span_is_not_the_line_behind_it() -> None:
    assert LOCATOR.last_line("a.md", Span(0, 4)) == 1
    assert LOCATOR.last_line("a.md", Span(0, 5)) == 2


def test_whole_lines_come_back_as_a_span() -> None:
    assert LOCATOR.lines_span("a.md", 1, 1) == Span(0, 4)
    assert LOCATOR.lines_span("a.md", 2, 3) == Span(4, 11)


@pytest.mark.parametrize(("line", "end_line"), [(2, 1), (1, 4), (4, 4)])
def test_lines_that_are_not_there_are_none(line: int, end_line: int) -> None:
    assert LOCATOR.lines_span("a.md", line, end_line) is None


def test_an_unknown_page_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        LOCATOR.region("b.md", Span(0, 0))
