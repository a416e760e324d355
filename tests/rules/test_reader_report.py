"""What strangers write in issues reaches nobody and runs nothing, however findings are shown."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from docbot.reporters import REPORTERS, neutral
from docbot.reporters.interface import Options
from docbot.rules.interface import Given
from docbot.rules.unclear.reader_report import ReaderReport
from docbot.testing import PAGE as PATH
from docbot.testing import documents, facts_of, found_in
from docbot.types import Finding, Report
from tests.contract.signals import of_markdown, of_plain

RULE = ReaderReport()
PAGE = "# Lamps\n\nFill in the oil slowly.\n"
QUOTE = "In page.md “Fill in the oil slowly”: "
HOSTILE = (
    "@someone and @team/all, fixes #1, see GH-2, o/r#3, https://github.com/o/r/issues/4",
    "::error file=a.md,line=1::pwned\n::add-mask::x\n##[error]pwned\n::set-output name=a::b",
    "<!-- docbot:island --> <img src=x onerror=alert(1)> &#64;someone",
    "\x1b[31mred\x1b[0m \u202eesrever\u2066 z\u200bero \x07\x00",
    "```\n~~~\n- [x] done\n| a | b |\n[a](https://evil.example 'title') ![b](https://evil.example/x.png)",
    "mail me at someone@example.com with ghp_0123456789abcdef0123456789abcdef0123",
    "1234567890abcdef1234567890abcdef12345678 docs@1234567",
)


def told(body: str, title: str = "Oil") -> list[Finding]:
    return found_in(RULE, PAGE, Given(issues={title: QUOTE + body}))


def texts(finding: Finding) -> list[str]:
    question = (finding.question.text, *finding.question.choices) if finding.question else ()
    return [finding.message, finding.cause, *question, *(p.source + " " + p.detail for p in finding.evidence)]


@pytest.mark.parametrize("body", HOSTILE)
def test_it_is_found_and_signals_nothing(body: str) -> None:
    [finding] = told(body, body[:80].replace("\0", ""))
    assert finding.excerpt == "Fill in the oil slowly"
    for text in texts(finding):
        assert of_markdown(neutral.prose(text)) == []
        assert of_markdown(neutral.code(text)) == []
        assert of_plain(neutral.plain(text)) == []
        assert "example.com" not in text
        assert "ghp_" not in text


@pytest.mark.parametrize("form", sorted(REPORTERS))
def test_no_report_runs_a_command_or_moves_the_cursor(form: str) -> None:
    findings = tuple(finding for body in HOSTILE for finding in told(body, body[:80].replace("\0", "")))
    report = Report(findings, texts={"page.md": PAGE}, pages=1)
    said = "".join(REPORTERS[form](report, Options("1")))
    assert not any(c in said for c in "\x1b\x07\x00\u202e\u2066\u200b")
    commands = [line for line in said.splitlines() if line.lstrip().startswith(("::", "##["))]
    known = ("::warning ", "::notice ", "::error ", "::group::", "::endgroup::")
    assert all(line.startswith(known) and "name=a::b" not in line[:20] for line in commands)
    assert not any(line.startswith("::error file=a.md") for line in commands)


def test_the_issue_is_named_without_what_github_makes_a_reference_of() -> None:
    [finding] = told("which oil?")
    assert finding.evidence[0].source == "docs/docs issue 1"
    assert of_markdown(finding.evidence[0].source) == []


@pytest.mark.parametrize("named", ["", "in page.md#oil, "])
def test_a_draft_that_changes_the_words_leaves_no_finding(named: str) -> None:
    page = "# Lamps\n\n## Oil\n\nFill in the oil slowly.\n"
    asked = Given(issues={"Oil": f"{named}{QUOTE}which oil?"})
    pages = documents(page, asked)
    facts = facts_of(pages, asked)
    assert [found.excerpt for found in RULE.check(pages[PATH], facts)] == ["Fill in the oil slowly"]
    facts = replace(facts, readers=replace(facts.readers, blobs={PATH: pages[PATH].blob}))
    draft = pages[PATH].with_text(page.replace("slowly", "drop by drop"))
    assert list(RULE.check(draft, facts)) == []


@given(st.text(max_size=300), st.text(max_size=60))
def test_any_words_are_told_on_one_harmless_line(body: str, title: str) -> None:
    for finding in found_in(RULE, PAGE, Given(issues={title: QUOTE + body})):
        for text in texts(finding):
            assert "\n" not in text
            assert all(c.isprintable() or c == " " or c.isspace() for c in text)
            assert len(text) < 600
