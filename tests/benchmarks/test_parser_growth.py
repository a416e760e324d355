"""The parser's time grows with the size of the page, whatever is in it.

Run with DOCBOT_BENCHMARKS=1: times on a busy machine would make an unsteady unit test.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable

import pytest

from docbot.markdown.parser import Parser

pytestmark = pytest.mark.skipif(
    not os.environ.get("DOCBOT_BENCHMARKS"), reason="set DOCBOT_BENCHMARKS=1 to measure"
)

REPEATS = 20_000
FACTOR = 3.5
"""Twice the input may take this much longer; a quadratic parser takes four times as long."""
NOISE = 0.3
"""Seconds that don't count."""

ONE_LINE = (
    *(
        ">",
        "> ",
        "- ",
        "1. ",
        "> - ",
        "+ > ",
        "\t",
        " ",
        "> \t",
        "-\t",
        "#",
        "# ",
        "=",
        "-",
        "~",
        "`",
        "` ",
        "`` ` ",
    ),
    *(
        "[",
        "]",
        "![",
        "[a](",
        "[a](<",
        "[a]",
        "[a][",
        "![a](b",
        "[]",
        "](",
        "(",
        ")",
        "[a](b)",
        "[![",
        "[a](b 'c",
    ),
    *("*", "_", "**", "*a ", "*a_ ", "**x*", "_a*b", "~~", "~~a ", "***a**", "a**b"),
    *("<", "<a ", "<a b='c' ", "<!--", "<?", "<!A ", "<![CDATA[", "</", "<b/>", "<a@", "<http:"),
    *("<a href>",),
    *(
        "&",
        "&amp;",
        "&#",
        "\\",
        "\\[",
        "\\|",
        "|",
        "|a",
        "| ",
        ":::",
        "[!NOTE] ",
        "http://a ",
        "😀",
        "\u2028",
        "\x00",
    ),
)
LINES = (
    *(
        "\n",
        " \n",
        "     \n",
        "\t\n",
        "a\n",
        "a\n\n",
        "a\n     \n",
        "    a\n",
        "\ta\n",
        "# a\n",
        "a\n=\n",
        "---\n",
    ),
    *(
        "- a\n",
        "-\n",
        "- a\n\n",
        "1. a\n\n",
        "- a\n  - b\n",
        "- a\nb\n",
        "-\ta\n\tb\n",
        "> a\n",
        "> a\nb\n",
        "> a\n\n",
    ),
    *(
        "> a\n- b\n# c\n",
        "a\n> b\n2. c\n",
        "> a\n# b\n",
        "> - a\n",
        "> ```\n",
        "- ```\n",
        "```\n",
        "~~~\na\n",
        "``` `\n",
    ),
    *(
        "<br/>\n",
        "<br/>\n\n",
        "<div>\n",
        "<div>\n\n",
        "<!-- a\n",
        "<!-- a -->\n",
        "<x>\n\n",
        "<pre>\n",
        "> a\n</div>\n",
    ),
    *(
        "|a|\n",
        "|a|\n|-|\n",
        "|a|\n|-|\n\n",
        "a|b\n-|-\n1\n",
        "|-|\n",
        "|\n",
        "> |a|\n> |-|\n",
        "a\n|b|\n|-|\n",
    ),
    *(
        "[a]: b\n",
        "[a]: b 'c\n",
        "[a]:\n",
        "[a]\n",
        "[a\n",
        "`a\n",
        "*a\n",
        "a  \n",
        "a\\\n",
        "\\\n",
        "[a](b\n'c\n",
    ),
    *("::: a\n", "> [!NOTE]\n", "\r", "\r\n", "> a\r", "\f\n", "- [ ] a\n", "a\n-\n", "---\na: b\n"),
)
SHAPED: dict[str, Callable[[int], str]] = {
    "many definitions, each used": lambda n: "".join(f"[r{i}]: /u\n\n[r{i}]\n\n" for i in range(n // 4)),
    "one wide table": lambda n: "|" + "a|" * n + "\n|" + "-|" * n + "\n|" + "b|" * n + "\n",
    "a wide table of short rows": lambda n: "|a" * 100 + "\n" + "|-" * 100 + "\n" + "|1\n" * (n // 50),
    "one long word": lambda n: "a" * (50 * n),
    "one long code span": lambda n: "`" + "a\n" * n + "`",
    "one long quote with lazy lines": lambda n: "> a\n" + "b\n" * n,
    "one tall item": lambda n: "- a\n" + "  b\n\n" * n,
    "deep and tall": lambda n: ("> " * 15 + "- a\n") * (n // 10),
    "tick runs of growing length": lambda n: " ".join("`" * (i % 200) for i in range(n // 20)),
    "closing brackets behind opening ones": lambda n: "[" * n + "]" * n,
    "openers and closers of emphasis": lambda n: "*a " * n + "b* " * n,
    "unclosed front matter": lambda n: "---\n" + "a: b\n" * n,
    "indentation by tabs in a quote": lambda n: ">" + "\t" * n + "a\n",
}


def _seconds(text: str) -> float:
    start = time.perf_counter()
    Parser().parse(text)
    return time.perf_counter() - start


def _assert_linear(once: str, twice: str) -> None:
    small, large = _seconds(once), _seconds(twice)
    assert large < FACTOR * small + NOISE, f"{small:.2f} s, then {large:.2f} s for twice as much"


@pytest.mark.parametrize("unit", ONE_LINE, ids=ascii)
def test_units_in_one_line(unit: str) -> None:
    _assert_linear(unit * REPEATS, unit * 2 * REPEATS)


@pytest.mark.parametrize("unit", LINES, ids=ascii)
def test_units_of_lines(unit: str) -> None:
    _assert_linear(unit * REPEATS, unit * 2 * REPEATS)


@pytest.mark.parametrize("name", SHAPED)
def test_shapes(name: str) -> None:
    _assert_linear(SHAPED[name](REPEATS), SHAPED[name](2 * REPEATS))
