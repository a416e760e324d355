"""What a section promises and doesn't show: where these rules speak, and where they must not."""

from __future__ import annotations

import time

import pytest

from docbot.rules.interface import Given, Rule
from docbot.rules.unclear.alert_outside_quote import AlertOutsideQuote
from docbot.rules.unclear.asterisks_shown import AsterisksShown
from docbot.rules.unclear.cell_beyond_table import CellBeyondTable
from docbot.rules.unclear.empty_section import EmptySection
from docbot.rules.unclear.list_of_another_length import ListOfAnotherLength
from docbot.rules.unclear.open_code_block import OpenCodeBlock
from docbot.rules.unclear.points_at_nothing import PointsAtNothing
from docbot.rules.unclear.unescaped_placeholder import UnescapedPlaceholder
from docbot.testing import found_in

LOCAL: tuple[Rule, ...] = (
    PointsAtNothing(),
    ListOfAnotherLength(),
    OpenCodeBlock(),
    AlertOutsideQuote(),
    CellBeyondTable(),
    AsterisksShown(),
)


def excerpts(rule: Rule, text: str, given: Given | None = None) -> list[str]:
    """What the rule points at on the page."""
    return [finding.excerpt for finding in found_in(rule, text, given or Given())]


@pytest.mark.parametrize(
    "after",
    [
        "| a |\n|---|\n| b |",
        "| a |\n|---|---|\n| b |",
        "<table><tr><td>a</td></tr></table>",
        "- a list stands for it",
        "<PartsTable />",
        "{% include parts.md %}",
        "[!INCLUDE [parts](parts.md)]",
        ":::row:::\n:::column:::\na\n:::column-end:::\n:::row-end:::",
        "# [Linux](#tab/linux)\n\nText.\n\n---",
        "$$ a $$",
        "Wheel\n: It is round.",
    ],
)
def test_whatever_may_be_the_table_that_follows_is_taken_for_it(after: str) -> None:
    assert excerpts(PointsAtNothing(), f"# A\n\nThe following table lists the parts.\n\n{after}\n") == []


def test_a_table_in_a_later_section_is_the_table_below() -> None:
    page = "# A\n\n## Use\n\nThe following table lists the parts.\n\n## Parts\n\n| a |\n|---|\n| b |\n"
    assert excerpts(PointsAtNothing(), page) == []


@pytest.mark.parametrize(
    "page",
    [
        "# A\n\n## Use\n\nRun the following command:\n\n## Next\n\nText.\n",
        "# A\n\n## Use\n\nThe following example shows\nhow to turn it.\n\n## Next\n\nText.\n",
        "# A\n\n## Use\n\nThe following image shows the wheel.\n\n## Next\n\n```\ncode\n```\n",
        "Use the parts in the table below.\n",
    ],
)
def test_what_is_announced_last_and_not_there_is_asked_about(page: str) -> None:
    (finding,) = found_in(PointsAtNothing(), page)
    assert finding.question is not None
    assert finding.fix is None


@pytest.mark.parametrize(
    "page",
    [
        "# A\n\n## Use\n\nRun the following command:\n\n`turn --left`\n\n## Next\n\nText.\n",
        "# A\n\n## Use\n\nRun the following command:\n\n**turn**\n\n## Next\n\nText.\n",
        "# A\n\n## Use\n\nWe turn it in the following example.\n\n## Example 2\n\nText.\n",
        "# A\n\n## Use\n\nIt is passed to the following command. Then it ends.\n\n## Next\n",
        "# A\n\nThe following table, [Parts](#parts), lists all.\n",
        "# A\n\nThe following table `parts` is made. A table below the average.\n",
        "> The following table lists the parts.\n",
    ],
)
def test_what_may_be_elsewhere_or_is_no_promise_is_passed_over(page: str) -> None:
    assert excerpts(PointsAtNothing(), page) == []


@pytest.mark.parametrize(
    ("page", "lost"),
    [
        ("See the Remarks section.\n\n## Use\n\nText.\n", ["Remarks"]),
        ('See the "Known problems" section below.\n\n## Use\n\nText.\n', ["Known problems"]),
        ("See the Remarks section.\n\n**Remarks**\n\nText.\n", []),
        ("See the Remarks section.\n\n## General remarks\n\nText.\n", []),
        ("See the Remarks section of [Wheels](wheels.md).\n", []),
        ("See the Remarks section of the manual.\n", []),
        ("See the [Remarks][1] section.\n\n[1]: #use\n", []),
    ],
)
def test_a_section_is_lost_only_where_no_heading_may_be_it(page: str, lost: list[str]) -> None:
    assert excerpts(PointsAtNothing(), page) == lost


def test_a_fence_further_in_belongs_to_the_code_that_is_shown() -> None:
    assert excerpts(OpenCodeBlock(), '``` title="tabs"\n=== "C"\n\n    ``` c\n    x\n    ```\n```\n') == []
    assert excerpts(OpenCodeBlock(), "- x\n\n  ```sh\n  ls\n\n  ```sh\n  ls\n  ```\n") == ["```sh"]
    assert excerpts(OpenCodeBlock(), "~~~sh\nls\n```sh\nls\n```\n~~~\n") == []


def test_templates_and_code_make_no_cells() -> None:
    rows = ["| 1 | {{ x | y }} |", "| 1 | ``a | `b` | c`` |", "| 1 | [a | b](c.md) |", "| 1 | 2 |  |"]
    for row in rows:
        assert excerpts(CellBeyondTable(), f"| a | b |\n|---|---|\n{row}\n") == []
    assert excerpts(CellBeyondTable(), "| a |\n|---|\n| 1 | 2 | 3 |\n") == ["2 | 3"]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Select **Add ** now.", ["**Add **"]),
        ("**One: **two and **three: **four.", ["**One: **", "**three: **"]),
        ("**2. 範囲。**次の", ["**2. 範囲。**"]),
        ("def f(*args, **kwargs) and g(**options) as 2 ** 3 ** 4", []),
        ("Pass **kwargs on. It is a ** b.", []),
        ("Write `**a **` or \\*\\*a \\*\\*.", []),
        ("{{< x >}} **a ** {{< /x >}}", []),
        ("**a** and **b** and **c**.", []),
    ],
)
def test_asterisks_are_shown_where_no_bold_text_comes_of_them(text: str, shown: list[str]) -> None:
    assert excerpts(AsterisksShown(), text) == shown


@pytest.mark.parametrize(
    ("page", "empty"),
    [
        ("# A\n\n## B\n\n***\n\n## C\n\nText.\n", ["## B"]),
        ("# A\n\n## B\n<!-- one --><!-- two -->\n\n## C\n\nText.\n", ["## B"]),
        ("# A\n\n## B\n\n<!-- one --> said\n\n## C\n\nText.\n", []),
        ("# A\n\n## B\n\n<br>\n\n## C\n\nText.\n", []),
        ("# A\n\n## B\n\n::: moniker-end\n\n## C\n\nText.\n", []),
        ("# A\n\n## 2024-05-01\n\n## Version 1.2\n\n## C\n\nText.\n", []),
        ("# A\n\n## Types\n\n### X\n\n### Y\n\n### Z\n", []),
    ],
)
def test_only_a_heading_that_stands_alone_is_empty(page: str, empty: list[str]) -> None:
    assert excerpts(EmptySection(), page) == empty


def test_what_is_commented_out_is_one_of_the_choices() -> None:
    (finding,) = found_in(EmptySection(), "# A\n\n## B\n\n<!-- soon -->\n\n## C\n\nText.\n")
    assert finding.question is not None
    assert "commented out" in finding.question.choices[0]


def test_copies_of_a_page_are_one_page_that_forgot_its_text() -> None:
    text = "# A\n\n## Notes\n\n## C\n\nText.\n"
    copies = {f"docs/{version}/a.md": text for version in ("1.0", "2.0", "3.0", "4.0")}
    assert excerpts(EmptySection(), text, Given(files=copies)) == ["## Notes"]
    others = {f"docs/{name}.md": text for name in "bcde"}
    assert excerpts(EmptySection(), text, Given(files=others)) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Press <kdb>Ctrl</kbd>.", []),
        ("It is <stong>hot</strong>.", []),
        ("Press <kbd>Ctrl</kbd> on <kdb>.", ["<kdb>"]),
        ("Give <name> to <kbd>Ctrl</kbd></div>.", ["<name>"]),
    ],
)
def test_a_mistyped_tag_that_is_closed_is_no_placeholder(text: str, found: list[str]) -> None:
    assert excerpts(UnescapedPlaceholder(), text) == found


@pytest.mark.parametrize(
    "text",
    [
        "the following " * 20_000,
        "See the A " + "b " * 40_000 + "section",
        "the following two " + "a-" * 40_000,
        "there are two " * 10_000,
        "[!" * 40_000,
        "| a | b |\n|---|---|\n" + "| `" * 20_000 + "\n",
        "| a |\n|---|\n" + "| {{" * 20_000 + "\n",
        "# A\n\n## B\n\n" + "<!--" * 30_000 + "\n",
        "```a\n" * 20_000,
        "**a **" * 10_000,
        "a **" * 10_000,
        "| a |\n|---|\n| " + "`" * 20_000 + " |\n",
    ],
    ids=range(12),
)
def test_long_runs_cost_no_more_than_their_length(text: str) -> None:
    before = time.process_time()
    for rule in (*LOCAL, EmptySection()):
        found_in(rule, text)
    assert time.process_time() - before < 20
