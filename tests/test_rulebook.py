"""A rule's page, made from its docstring and its examples."""

from __future__ import annotations

import pytest

from docbot.markdown import Parser
from docbot.plugins import load_rules
from docbot.rulebook import page_of, summary_of
from docbot.rules.interface import Bad, Given, Good, Rule
from tests.helpers.rules import WordRule

RULES = load_rules()


class Documented(WordRule):
    """
    ## What it finds
    A word, and
    what it says. More of it.

    ## Why it matters
    It does.
    """

    name = "documented"
    word = "bad"
    precision = "9 of 10"
    examples = (
        Good("Fine.\n", Given(files={"a.md": ""}, redirections={"b.md": "/b"}, learn=False)),
        Bad("````\nbad\n````\n"),
        Bad("One bad line.\nTwo.\n", fixed="One line.\nTwo.\n", given=Given(renames={"a.md": "b.md"})),
    )


def test_the_summary_is_the_first_sentence() -> None:
    assert summary_of(Documented()) == "A word, and what it says."


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_every_rule_has_a_summary_and_a_page(rule: Rule) -> None:
    summary = summary_of(rule)
    assert summary.endswith(".")
    assert "\n" not in summary
    assert "##" not in summary
    page = page_of(rule)
    assert page.startswith(f"# {rule.name}\n")
    assert page.count("\n```") % 2 == 0
    assert "measured" not in page.lower() or rule.precision in page


@pytest.mark.parametrize("level", [1, 2, 3])
def test_headings_are_of_the_level_asked_for(level: int) -> None:
    blocks = Parser().parse(page_of(Documented(), level)).blocks
    headings = [(block.level, block.inlines[0].raw) for block in blocks if block.kind == "heading"]
    below = level + 1
    assert headings == [
        (level, "documented"),
        (below, "What it finds"),
        (below, "Why it matters"),
        (below, "Examples"),
    ]


def test_examples_say_what_is_around_them_and_stay_whole() -> None:
    page = page_of(Documented())
    assert "Silent, where there is `a.md` and `b.md` is redirected to `/b` and the repository isn't" in page
    assert "Reported and fixed, where `a.md` was renamed to `b.md`:" in page
    assert "- One bad line.\n+ One line.\n  Two." in page
    assert "Measured: 9 of 10." in page
    code = [
        block.content.of(page)
        for block in Parser().parse(page).blocks
        if block.kind == "code" and block.content
    ]
    assert [text.rstrip("\n") for text in code][1] == "````\nbad\n````"
    assert len(code) == 3
