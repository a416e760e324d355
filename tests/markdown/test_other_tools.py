"""What comments for other tools silence, they silence here; they are never reported as unused."""

from __future__ import annotations

import pytest

from docbot.config import Config
from docbot.engine import check, settle
from docbot.facts import Facts
from docbot.markdown import Document
from docbot.markdown.other_tools import LINKS, MARKDOWNLINT, WORDING
from docbot.plugins import load_rules
from docbot.rules.unclear.doubled_word import DoubledWord

ANCHOR = "bookmark-not-found"


def silenced(text: str, rule: str = ANCHOR) -> list[str]:
    """The lines of `text` on which `rule` is silenced."""
    found = [s.target for s in Document("page.md", text).outline.suppressions if s.rule == rule]
    at, lines = 0, []
    for line in text.splitlines(keepends=True):
        if any(target.start <= at and at + len(line) <= target.end for target in found):
            lines.append(line.strip())
        at += len(line)
    return lines


def test_every_rule_that_is_silenced_exists() -> None:
    names = {rule.name for rule in load_rules()}
    assert {*LINKS, *WORDING, *(rule for rules in MARKDOWNLINT.values() for rule in rules)} <= names


def test_from_disable_to_enable() -> None:
    text = "a\n\n<!-- markdownlint-disable MD051 -->\n\nb\n\n<!-- markdownlint-enable MD051 -->\n\nc\n"
    assert silenced(text) == ["<!-- markdownlint-disable MD051 -->", "", "b", ""]


@pytest.mark.parametrize("names", ["", " MD051", " md051 MD013", " link-fragments", " MD999 MD051"])
def test_to_the_end_of_the_page_by_any_name(names: str) -> None:
    assert silenced(f"a\n\n<!-- markdownlint-disable{names} -->\n\nb\n")[-1] == "b"


@pytest.mark.parametrize(
    ("comment", "lines"),
    [
        ("<!-- markdownlint-disable-line MD051 -->", ["b {}"]),
        ("<!-- markdownlint-disable-next-line MD051 -->", ["c"]),
        ("<!-- markdown-link-check-disable-line -->", ["b {}"]),
        ("<!-- markdown-link-check-disable-next-line -->", ["c"]),
        ("<!-- markdownlint-disable-file MD051 -->", ["a", "b {}", "c", "d"]),
        ("<!-- markdownlint-disable-line MD013 -->", []),
        ("<!-- markdownlint-enable MD051 -->", []),
        ("<!-- markdownlint-something MD051 -->", []),
        ("<!-- vale off -->", []),
        ("`<!-- markdownlint-disable-line MD051 -->`", []),
    ],
)
def test_a_comment_on_a_line(comment: str, lines: list[str]) -> None:
    assert silenced(f"a\nb {comment}\nc\nd\n") == [line.replace("{}", comment) for line in lines]


def test_what_was_captured_is_restored() -> None:
    capture, restore = "<!-- markdownlint-capture -->", "<!-- markdownlint-restore -->"
    text = f"{capture}\n<!-- markdownlint-disable -->\n\na\n\n{restore}\n\nb"
    assert "a" in silenced(text)
    assert "b" not in silenced(text)


def test_vale_is_about_wording_and_link_checks_about_links() -> None:
    vale = "<!-- vale off -->\n\nthe the\n\n<!-- vale on -->\n\nof of\n"
    assert "the the" in silenced(vale, "doubled-word")
    assert "of of" not in silenced(vale, "doubled-word")
    links = "<!-- markdown-link-check-disable -->\n\na\n\n<!-- markdown-link-check-enable-->\n\nb\n"
    assert "a" in silenced(links, "dead-link")
    assert silenced(links, "doubled-word") == []


def test_in_code_they_say_nothing() -> None:
    assert silenced("```html\n<!-- markdownlint-disable -->\n```\n\na\n") == []


def test_they_hide_findings_and_are_never_unused() -> None:
    page = Document("a.md", "<!-- vale off -->\n\nSee the the file.\n\n<!-- vale on -->\n\nAll of of it.\n")
    found = check(page, [DoubledWord()], Facts())
    settled = settle(found, {page.path: page.outline}, Config(), ran=frozenset({"doubled-word", "*"}))
    assert [finding.excerpt for finding in settled.findings] == ["of of"]
    clean = Document("a.md", "<!-- vale off -->\n\nNothing.\n")
    settled = settle([], {clean.path: clean.outline}, Config(), ran=frozenset({"doubled-word", "*"}))
    assert settled.findings == ()
