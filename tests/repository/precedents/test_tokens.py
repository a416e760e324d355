from __future__ import annotations

import pytest

from docbot.repository.precedents.occurrences import Finder
from docbot.repository.precedents.tokens import Scope, Scopes, is_inside, no_prose, readable, tokens


def test_tokens_joined_are_the_line() -> None:
    line = "So  it isn't `-Foo:$true`, **see** [x](../y.md)."
    assert "".join(tokens(line)) == line


@pytest.mark.parametrize(
    ("line", "part", "scope"),
    [
        ("a `b` c", "b", Scope.CODE),
        ("a `b` c", "c", Scope.TEXT),
        ("a ``b ` c`` d", "c", Scope.CODE),
        ("a `b c", "b", Scope.TEXT),
        ("## a b", "b", Scope.HEADING),
        ("a [b](c.md) d", "c", Scope.OTHER),
        ("a [b](c.md) d", "b", Scope.TEXT),
        ("a [b](c.md) e", "e", Scope.TEXT),
        ("[b]: c.md", "c", Scope.OTHER),
        ("a <!-- b --> c", "b", Scope.OTHER),
        ("a https://x.org/b c", "b", Scope.OTHER),
        ("a https://x.org/b c", "c", Scope.TEXT),
    ],
)
def test_the_scope_of_a_place(line: str, part: str, scope: Scope) -> None:
    assert Scopes(line).at(line.index(part)) is scope


PAGE = b"---\ntitle: x\n---\ntext\n```sh\ncode\n```\ntext\n  ~~~\ncode\n```\n~~~\ntext"


def test_front_matter_and_fences_are_no_prose() -> None:
    ranges = no_prose(PAGE)
    prose = [line for line in range(1, PAGE.count(b"\n") + 2) if not is_inside(ranges, line)]
    assert prose == [4, 8, 13]


@pytest.mark.parametrize("page", [b"---\ntitle: x\n", b"```\ncode\n", b"\xef\xbb\xbf---\r\na: b\r\n---"])
def test_what_is_never_closed_is_all_no_prose(page: bytes) -> None:
    ranges = no_prose(page)
    assert all(is_inside(ranges, line) for line in range(1, page.count(b"\n") + 1))


def test_bytes_that_are_no_text_and_lines_too_long() -> None:
    assert readable(b"a \xff\r") == "a \ufffd"
    assert readable(b"x" * 5000) == ""


def test_words_are_found_as_whole_words() -> None:
    finder = Finder(["True", "$True", "is not"])
    line = "It is  not True, `$True` isn't `-Foo:$True` or $Trueish, True.name or is nothing"
    found = [(one.words, one.scope.value, line[one.start : one.end]) for one in finder.found(line)]
    assert found == [
        ("is not", "text", "is  not"),
        ("True", "text", "True"),
        ("$True", "code", "$True"),
        ("$True", "code", "$True"),
    ]


def test_words_in_fences_are_not_found() -> None:
    page = b"It is not.\n```\nIt is not.\n```\nIt is not.\n"
    assert [line for line, _ in Finder(["is not"]).in_page(page)] == [1, 5]
