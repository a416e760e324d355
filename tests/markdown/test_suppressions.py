"""Comments that silence a rule, what they cover, and that none is left unused in silence."""

from __future__ import annotations

import pytest

from docbot.config import Config
from docbot.engine import UNUSED_SUPPRESSION, check, settle
from docbot.facts import Facts
from docbot.markdown import Document
from docbot.rules.unclear.doubled_word import DoubledWord
from tests.markdown.reading import said

NAME = DoubledWord.name
IGNORE = f"<!-- docbot: ignore {NAME} it is meant -->"


def suppressions(text: str) -> list[tuple[str, str, str]]:
    """`(rule, reason, what it covers)` of each suppression; its span was compared with the text."""
    found = []
    for s in Document("page.md", text).outline.suppressions:
        assert s.span.of(text) == s.text
        found.append((s.rule, s.reason, s.target.of(text)))
    return found


def shown(text: str) -> list[tuple[str, str]]:
    """`(rule, excerpt)` of what is left of the findings of one rule."""
    page = Document("page.md", text)
    findings = check(page, [DoubledWord()], Facts())
    settled = settle(findings, {page.path: page.outline}, Config(), ran=frozenset({NAME}))
    return [(finding.rule, finding.excerpt) for finding in settled.findings]


class TestForms:
    @pytest.mark.parametrize(
        ("comment", "rule", "reason"),
        [
            ("<!-- docbot: ignore x -->", "x", ""),
            ("<!--docbot:ignore x-->", "x", ""),
            (
                "<!-- docbot: ignore wrong-case-link it is\n  a quote -->",
                "wrong-case-link",
                "it is\n  a quote",
            ),
            ("<!-- docbot: ignore * all of it -->", "*", "all of it"),
            ("<!-- docbot: ignore x-y: because -->", "x-y", ": because"),
            ("<!-- docbot: ignore x -- because -->", "x", "-- because"),
        ],
    )
    def test_a_comment_that_counts(self, comment: str, rule: str, reason: str) -> None:
        assert suppressions(f"{comment}\n\nText.\n") == [(rule, reason, "Text.")]

    @pytest.mark.parametrize(
        "comment",
        [
            "<!-- docbot: ignore -->",
            "<!-- docbot ignore x -->",
            "<!-- other docbot: ignore x -->",
            "<!-- docbot: ignores x -->",
            "<!-- docbot: ignore x",
            "`<!-- docbot: ignore x -->`",
            "    <!-- docbot: ignore x -->",
            "```\n<!-- docbot: ignore x -->\n```",
            "\\<!-- docbot: ignore x -->",
        ],
    )
    def test_a_comment_that_does_not(self, comment: str) -> None:
        assert suppressions(f"{comment}\n\nText.\n") == []

    def test_several_rules_with_one_reason(self) -> None:
        text = "<!-- docbot: ignore a, b-c ,d they are meant -->\n\nText.\n"
        assert suppressions(text) == [(rule, "they are meant", "Text.") for rule in ("a", "b-c", "d")]


class TestNextBlock:
    def test_paragraph(self) -> None:
        text = f"A the the.\n\n{IGNORE}\n\nA the the.\n\nA the the.\n"
        assert suppressions(text) == [(NAME, "it is meant", "A the the.")]
        assert shown(text) == [(NAME, "the the")] * 2

    @pytest.mark.parametrize(
        "block",
        ["the the", "# the the", "- a\n- the the", "> the the", "| a |\n|---|\n| the the |", "a\nthe the\nb"],
    )
    @pytest.mark.parametrize("gap", ["\n", "\n\n", "\n\n\n"])
    def test_of_any_kind(self, block: str, gap: str) -> None:
        assert shown(f"{block}\n") == [(NAME, "the the")]
        assert shown(f"{IGNORE}{gap}{block}\n") == []

    def test_code_is_a_block_too(self) -> None:
        text = f"{IGNORE}\n\n```\nthe the\n```\n\nSee the the end.\n"
        assert suppressions(text)[0][2] == "```\nthe the\n```"
        assert (NAME, "the the") in shown(text)

    def test_after_code(self) -> None:
        assert shown(f"```\nx\n```\n{IGNORE}\nSee the the end.\n") == []

    def test_in_a_list_item(self) -> None:
        text = f"- a\n\n  {IGNORE}\n\n  See the the end.\n\n- See the the end.\n"
        assert shown(text) == [(NAME, "the the")]
        assert suppressions(text) == [(NAME, "it is meant", "See the the end.")]

    def test_at_the_start_of_a_list_item(self) -> None:
        assert shown(f"- {IGNORE}\n\n  See the the end.\n") == []

    def test_between_list_items_it_belongs_to_the_first(self) -> None:
        text = f"- a\n  {IGNORE}\n- See the the end.\n"
        assert [rule for rule, _ in shown(text)] == [UNUSED_SUPPRESSION, NAME]

    def test_in_a_quote(self) -> None:
        text = f"> [!NOTE]\n> {IGNORE}\n> See the the end.\n\nSee the the end.\n"
        assert shown(text) == [(NAME, "the the")]

    def test_several_below_one_another(self) -> None:
        text = f"<!-- docbot: ignore a -->\n{IGNORE}\n\n<!-- a comment -->\n\nSee the the end.\n"
        assert suppressions(text) == [
            ("a", "", "See the the end."),
            (NAME, "it is meant", "See the the end."),
        ]
        assert shown(text) == []

    def test_several_in_one_block(self) -> None:
        text = "<!-- docbot: ignore a --> <!-- docbot: ignore b -->\nText.\n"
        assert [(rule, covers) for rule, _, covers in suppressions(text)] == [("a", "Text."), ("b", "Text.")]

    def test_at_the_end_it_covers_nothing(self) -> None:
        text = f"See the the end.\n\n{IGNORE}\n"
        assert shown(text) == [(NAME, "the the"), (UNUSED_SUPPRESSION, IGNORE)]

    def test_only_the_next(self) -> None:
        text = f"{IGNORE}\n# Title\n\nSee the the end.\n"
        assert [rule for rule, _ in shown(text)] == [UNUSED_SUPPRESSION, NAME]


class TestInline:
    def test_covers_its_line_alone(self) -> None:
        text = f"See the the end. {IGNORE}\nSee the the end.\n"
        assert shown(text) == [(NAME, "the the")]
        assert suppressions(text)[0][2] == f"See the the end. {IGNORE}"

    def test_in_a_heading_and_a_table(self) -> None:
        assert shown(f"# See the the end {IGNORE}\n") == []
        row = f"| the the | {IGNORE} |\n"
        assert shown(f"| a | b |\n|---|---|\n{row}| the the | c |\n") == [(NAME, "the the")]

    def test_over_lines_covers_each_of_them(self) -> None:
        comment = f"<!-- docbot: ignore {NAME}\nreason -->"
        text = f"See the the end. {comment} See the the end.\n"
        assert shown(text) == []

    @pytest.mark.parametrize("eol", ["\n", "\r\n"])
    def test_on_the_last_line(self, eol: str) -> None:
        assert shown(f"Text{eol}See the the end. {IGNORE}") == []


class TestWholeFile:
    def test_wherever_it_stands(self) -> None:
        comment = f"<!-- docbot: ignore-file {NAME} a text about doubled words -->"
        for text in (f"{comment}\n\nSee the the end.\n", f"See the the end.\n\n- x {comment}\n"):
            assert shown(text) == []
            assert suppressions(text) == [(NAME, "a text about doubled words", text)]


class TestWildcard:
    def test_covers_every_rule(self) -> None:
        assert shown("<!-- docbot: ignore * -->\nSee the the end.\n") == []
        assert shown("<!-- docbot: ignore-file * -->\n\nA.\n\nSee the the end.\n") == []

    def test_of_another_rule_does_not(self) -> None:
        text = "<!-- docbot: ignore file-not-found -->\nSee the the end.\n"
        assert shown(text) == [(NAME, "the the")]


class TestUnused:
    @pytest.mark.parametrize("verb", ["ignore", "ignore-file"])
    def test_is_reported(self, verb: str) -> None:
        comment = f"<!-- docbot: {verb} {NAME} -->"
        assert shown(f"{comment}\nSee the end.\n") == [(UNUSED_SUPPRESSION, comment)]

    def test_of_a_rule_that_did_not_run_is_not(self) -> None:
        assert shown("<!-- docbot: ignore some-rule -->\nSee the end.\n") == []

    def test_one_of_several(self) -> None:
        text = f"{IGNORE}\nSee the the end.\n\n{IGNORE}\nSee the end.\n"
        assert shown(text) == [(UNUSED_SUPPRESSION, IGNORE)]

    def test_a_suppression_is_no_prose(self) -> None:
        assert said("See <!-- docbot: ignore x the the --> this.\n") == ["See this."]
