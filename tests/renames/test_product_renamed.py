"""The rule on whole pages: what it leaves alone, whom it asks, and that it changes nothing but names."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docbot.drafters.rule_fix import RuleFix
from docbot.drafting import draft_all
from docbot.renames.names import hits, may_name
from docbot.rules.interface import Given
from docbot.rules.outdated.product_renamed import ProductRenamed
from docbot.testing import PAGE, documents, facts_of, found_in
from docbot.text import apply
from docbot.types import Applicability, Finding, Severity

RULE = ProductRenamed()
NOTHING = Given()


def edited(text: str, given: Given = NOTHING) -> str:
    """The page after all fixes of the rule."""
    findings = found_in(RULE, text, given)
    return apply(text, [edit for finding in findings if finding.fix for edit in finding.fix.edits])


def asked(text: str, given: Given = NOTHING) -> list[str]:
    return [f.question.text for f in found_in(RULE, text, given) if f.question]


@pytest.mark.parametrize(
    "text",
    [
        # markdownlint's MD044 once made `(.NET)` of this one.
        "Open a ticket (**myserver.mydomain.net**) with myserver.mydomain.net or MYSERVER.NET Core.",
        "Call ASP.NET Core, System.NET Core or net core.",
        "The `Azure Sentinel` workspace, [x](<Azure Sentinel.md>), ![Azure Sentinel](a.png)",
        "---\ntitle: Azure Sentinel\nno-loc: [Azure Sentinel]\n---\nUse Azure Sentinel.",
        "<!-- docutune:disable -->\nUse Azure Sentinel.\n<!-- docutune:enable -->",
        "<!-- Azure Sentinel -->\n<div title='Azure Sentinel'></div>",
        "```\nAzure Sentinel\n```",
        ":::image source='x.png' alt-text='Azure Sentinel':::",
        "Clone Azure/Azure-Sentinel, Azure-Sentinel or https://x.example/Azure Sentinel.",
        "Windows Virtual Desktop (classic) keeps its name, as does Office 365 E3.",
        "Install the vscode package, or ms-vscode.VSCode from @VSCode or VSCode-x.",
        "Use .NET Core 3.1, or .NET Core 2.x, PowerShell Core 6.2, OS X 10.9, Mac OS X Leopard.",
        "The pool is WVD and WDAC.",
        "Microsoft Sentinel (Azure Sentinel before it was renamed).",
        "The feature was introduced as Windows Defender Application Control.",
        '> "Azure Sentinel is great", she said.',
        "The line is 0\\|Azure Sentinel\\|1, and 1 = Azure Sentinel.",
        "Copyright: Azure Sentinel is a trademark.",
        "| Old |\n|---|\n| `Azure Sentinel` |",
    ],
)
def test_what_is_no_name_or_stays(text: str) -> None:
    assert found_in(RULE, text) == []


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Use Azure Sentinel’s rules.", "Use Microsoft Sentinel’s rules."),
        ("Open an Azure Sentinel rule.", "Open a Microsoft Sentinel rule."),
        ("An Azure\nSentinel rule.", "A Microsoft\nSentinel rule."),
        ("> Use Windows\n> Virtual Desktop.", "> Use Azure\n> Virtual Desktop."),
        ("> Use Azure Active\n> Directory.", "> Use Microsoft Entra\n> ID."),
        ("Use a Windows Virtual Desktop.", "Use an Azure Virtual Desktop."),
        ("Use a\r\nWindows Virtual Desktop.\r\n", "Use an\r\nAzure Virtual Desktop.\r\n"),
        ("Git Credential Manager Core asks.", "Git Credential Manager asks."),
        ("Use PowerShell Core 7.1.", "Use PowerShell 7.1."),
        ("It runs on Mac OS X and OS X.", "It runs on macOS and macOS."),
        ("Open it in VSCode.", "Open it in VS Code."),
        ("Open it in Visual Studio code.", "Open it in Visual Studio Code."),
        ("| a |\n|---|\n| in Azure Sentinel |", "| a |\n|---|\n| in Microsoft Sentinel |"),
        ("- An Office 365 Group has it.", "- A Microsoft 365 Group has it."),
        ("Text<br>Azure Sentinel<br>text", "Text<br>Microsoft Sentinel<br>text"),
        ("Azure Defender for Storage warns.", "Microsoft Defender for Storage warns."),
    ],
)
def test_a_name_gets_its_new_one(before: str, after: str) -> None:
    assert edited(before) == after
    assert [f for f in found_in(RULE, after) if f.fix] == []


@pytest.mark.parametrize(
    "text",
    [
        "# Use Azure Sentinel",
        "Use Windows Virtual Desktop (WVD). The WVD agent waits.",
        "Visual Studio code analysis helps.",
        "PowerShell Core runs it.",
        "Choose one of these:\n\n- Azure Sentinel",
        "Add the Azure Sentinel Reader role.",
        "Add to Azure Sentinel *(name)* Users.",
        "| Windows | OS X |\n|---|---|\n| yes | no |",
        "Git Credential Manager\nCore asks.",
        "Select Azure Sentinel in the list.",
        "Migrate from Azure Sentinel to it.",
        "Microsoft Sentinel and Azure Sentinel differ.",
        "Azure Sentinel is deprecated.",
        "The Office 365 suite helps.",
        "Azure Purview helps.",
        "Use Internet Explorer 11.",
        "WDAC (Windows Defender Application Control) blocks it.",
    ],
)
def test_a_person_is_asked_below_the_threshold(text: str) -> None:
    findings = found_in(RULE, text)
    assert findings
    for finding in findings:
        assert (finding.fix, finding.severity) == (None, Severity.INFO)
        assert finding.confidence < 0.8
        assert finding.question is not None


def test_one_question_about_a_product_is_enough_for_a_page() -> None:
    assert len(asked("Use Office 365.\n\nUse Office 365 again.\n\nUse .NET Core, and .NET Core.\n")) == 2


class TestLinks:
    def given(self, title: str) -> Given:
        return Given(files={"other.md": f"# {title}\n"})

    def test_a_page_that_is_still_called_so_keeps_its_title(self) -> None:
        assert found_in(RULE, "See [Use Azure Sentinel](other.md).", self.given("Use Azure Sentinel")) == []

    def test_a_page_that_was_renamed_is_asked_about(self) -> None:
        [finding] = found_in(
            RULE, "See [Use Azure Sentinel](other.md).", self.given("Use Microsoft Sentinel")
        )
        assert finding.fix is None

    def test_a_page_elsewhere_may_be_called_anything(self) -> None:
        assert found_in(RULE, "See [Use Azure Sentinel](https://example.com/).\n") == []


class TestTimes:
    @pytest.mark.parametrize("day", ["2021-11-29", "2020-08-20", "2010-01-01"])
    def test_nothing_is_said_before_the_day(self, day: str) -> None:
        assert found_in(RULE, "Use Azure Sentinel.", Given(today=day)) == []
        assert edited("Use Azure Sentinel.", Given(today="2021-11-30")) == "Use Microsoft Sentinel."

    @pytest.mark.parametrize(
        "text",
        [
            "# Release notes\n\nAzure Sentinel works.\n",
            "---\ntitle: What's new in monitoring\n---\nAzure Sentinel works.\n",
            "# Rules\n\n## Version 1.2\n\nAzure Sentinel works.\n",
            "# Rules\n\n## Rules release 2.47\n\nAzure Sentinel works.\n",
            "# Rules\n\n## 1.4.2 (stable)\n\nAzure Sentinel works.\n",
            "# Rules\n\n## March 2021\n\n### Fixes\n\nAzure Sentinel works.\n",
            "---\ndate: 2020-05-01\n---\nAzure Sentinel works.\n",
            '# Rules\n\n::: moniker range="<= server-2019"\n\nAzure Sentinel works.\n\n::: moniker-end\n',
            "In May 2020, Azure Sentinel was young.",
        ],
    )
    def test_the_past_keeps_its_names(self, text: str) -> None:
        assert found_in(RULE, text) == []

    def test_what_holds_for_new_versions_does_not(self) -> None:
        text = '::: moniker range=">= server-2019"\n\nUse Azure Sentinel.\n\n::: moniker-end\n'
        assert "Microsoft Sentinel" in edited(text)

    @pytest.mark.parametrize(
        "path",
        [
            "whats-new/x.md",
            "docs/release-notes.md",
            "CHANGELOG.md",
            "archive/x.md",
            "tfs-2018/x.md",
            "blog/x.md",
        ],
    )
    def test_a_page_of_the_past_is_told_by_its_path(self, path: str) -> None:
        page = documents("Use Azure Sentinel.")[PAGE]
        page.path = path
        assert list(RULE.check(page, facts_of({path: page}))) == []

    def test_a_page_about_a_move_is_asked_about(self) -> None:
        [finding] = found_in(RULE, "---\ntitle: Upgrade your rules\n---\nAzure Sentinel works.\n")
        assert finding.fix is None


def test_aad_is_the_directory_only_where_the_page_says_so() -> None:
    assert (
        edited("Azure AD is here. Users are in AAD.")
        == "Microsoft Entra ID is here. Users are in Microsoft Entra ID."
    )
    assert edited("Pass the nonce and the AAD.") == "Pass the nonce and the AAD."
    assert edited("With Azure AD or one of: AAD, MSA.") == "With Microsoft Entra ID or one of: AAD, MSA."
    cipher = "The additional authenticated data (AAD) isn't in Azure AD. Pass the AAD."
    assert "Pass the AAD." in edited(cipher)


def test_every_fix_passes_every_gate() -> None:
    text = (
        "# Page\n\nCreate an Azure\nAD tenant, and a hybrid Azure AD joined device with *care*.\n\n"
        "> An Azure Sentinel rule runs in VSCode, `Azure AD`, and Azure AD.\n\n"
        "| a | With Office 365 ProPlus |\n|---|---|\n| b | Ask on Yammer |\n"
    )
    pages = documents(text)
    facts = facts_of(pages)
    findings = [finding for finding in found_in(RULE, text) if finding.fix]
    drafted = draft_all(findings, [RuleFix()], [RULE], facts, pages.__getitem__)
    assert len(drafted.drafts) == len(findings) == 7
    assert [draft.refusal for draft in drafted.drafts] == [""] * 7
    assert {finding.fix.applicability for finding in findings if finding.fix} == {Applicability.UNSAFE}


WORDS = (
    *("Azure AD", "Azure Active Directory (Azure AD)", "an Azure AD tenant", "Azure\nSentinel", "VSCode"),
    *("Mac OS X 10", "`Azure AD`", "**Azure AD**", "[Azure AD](x.md)", "https://aka.ms/aad", ".", ",", "and"),
    *("\n\n", "> ", "- ", "\r\n", "# ", "| a |", '"', "(formerly Azure AD)", "Office 365 groups", "a WVD"),
    *("\ufffc", "\\", "&nbsp;", "<br>", "Azure AD B2C", "Azure AD-joined", "Hybrid Azure AD join", "is", "é"),
    *("Git Credential Manager Core", "Azure  AD", "text"),
)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=14), st.sampled_from([" ", ""]))
def test_nothing_outside_of_the_names_changes_and_a_second_run_changes_nothing(
    words: list[str], gap: str
) -> None:
    text = gap.join(words)
    findings = [finding for finding in found_in(RULE, text) if finding.fix]
    assert_only_names(text, findings)
    once = edited(text)
    assert edited(once) == once


def assert_only_names(text: str, findings: list[Finding]) -> None:
    """Each edit lies in its finding's name, or is the article right before it."""
    for finding in findings:
        assert finding.fix is not None
        for edit in finding.fix.edits:
            article = edit.span.of(text).lower() in ("a", "an") and edit.replacement.lower() in ("a", "an")
            # The space before a word that goes away goes with it.
            assert article or finding.span.contains(edit.span)
            gap = text[edit.span.end : finding.span.start]
            assert not article or gap.isspace() or not gap.strip("> \r\n")


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from([*WORDS, "WVD", "Azure Virtual Desktop", "AAD", "Azure", "AD"]), max_size=5))
def test_the_quick_look_never_hides_a_finding(words: list[str]) -> None:
    text = " ".join(words)
    if not may_name(text):
        assert not [hit for hit in hits(text) if not hit.short]
