"""Typographic signs in code: what is found, what is left alone, and what becomes of it."""

from __future__ import annotations

import pytest

from docbot.drafters.rule_fix import RuleFix
from docbot.drafting import draft_all
from docbot.facts import Facts
from docbot.markdown import Document
from docbot.rules.unclear.smart_quotes_in_code import SmartQuotesInCode
from docbot.text import apply
from docbot.types import Finding

RULE = SmartQuotesInCode()


def found(text: str) -> list[Finding]:
    return list(RULE.check(Document("a.md", text), Facts()))


def fenced(language: str, *lines: str) -> str:
    return "\n".join((f"```{language}", *lines, "```", ""))


@pytest.mark.parametrize(
    "text",
    [
        fenced("", "Terms – and “quotes” of prose"),
        fenced("markdown", "They’re “quoted” –so"),
        fenced("yaml", "title: “Quoted”"),
        fenced("csharp", "var a = 1; // the “best” one", 'var b = "the “worst”";'),
        fenced("python", 'a = """', "f(“x”)", '"""'),
        fenced("powershell", "<#", "It is called “x”", "#>", "Get-Item x"),
        fenced("bash", "cat <<EOF", "say “x” –all", "EOF"),
        fenced("console", "$ rm x", "rm: can't remove ‘x’"),
        fenced("bash", "tree  # – app, –all"),
        "A range `a–z`, `–`, and `a – b`.",
        "It isn’t `x` – or `y`.",
        "Curly quotes, as in `f(“x”)`, are smart quotes.",
        "The label `“Best” choice`.",
        "Numbers `–5` and `x –5`.",
    ],
)
def test_signs_that_are_meant(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "fixed"),
    [
        (fenced("bash", "ls –l x"), fenced("bash", "ls -l x")),
        (fenced("", "az login --user x –pass y"), fenced("", "az login --user x --pass y")),
        (fenced("azurecli", "az x ––all"), fenced("azurecli", "az x --all")),
        (fenced("python", "print(“a”)"), fenced("python", 'print("a")')),
        (fenced("js", "f(‘a’)"), fenced("js", "f('a')")),
        ("> " + fenced("sh", "echo ”a“").replace("\n", "\n> "), None),
        ("Run `Get-Item –Path x`.", "Run `Get-Item -Path x`."),
        ("Set `–Force`.", "Set `-Force`."),
        ("Run `a --b-c` or `d —b-c`.", "Run `a --b-c` or `d --b-c`."),
    ],
)
def test_signs_are_retyped_and_pass_every_gate(text: str, fixed: str | None) -> None:
    page = Document("a.md", text)
    (finding,) = found(text)
    (draft,) = draft_all([finding], [RuleFix()], [RULE], Facts(), lambda path: page).drafts
    assert draft.refusal == ""
    assert fixed is None or apply(text, draft.fix.edits) == fixed


def test_one_dash_or_two_is_asked_where_nothing_tells() -> None:
    (finding,) = found(fenced("powershell", "wsl.exe –shutdown"))
    assert finding.fix is None
    assert finding.question is not None
    assert finding.question.choices == ("--shutdown", "-shutdown")
    assert finding.confidence >= 0.8
    (told,) = found(fenced("powershell", "wsl.exe –shutdown") + "\nRun `wsl --shutdown`.\n")
    assert told.fix is not None
    assert told.question is None


def test_what_powershell_itself_reads_is_only_shown_with_all() -> None:
    for text in (
        fenced("powershell", "Get-Item –Path x"),
        fenced("powershell", "$a = ‘x’"),
        "Set `–WhatIf`.",
    ):
        assert [finding.confidence < 0.8 for finding in found(text)] == [True]


def test_long_runs_cost_little() -> None:
    for run in ("“a" * 20_000, "–a " * 20_000, "–" * 50_000, "/*" * 50_000 + "“a”", "‘" * 50_000):
        assert len(found(fenced("c", run) + f"\n`{run}`\n")) <= 20_000
