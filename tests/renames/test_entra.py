"""The decision list for Azure Active Directory: every row, every rule, every name that stays."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docbot.renames.entra import Decision, decide
from docbot.renames.names import hits
from docbot.renames.table import entra
from docbot.rules.outdated.product_renamed import ProductRenamed
from docbot.testing import found_in
from docbot.text import apply
from docbot.types import Finding
from tests.renames.sentences import GLOSSARY, RULES, STAYS

RULE = ProductRenamed()
NAMES = (
    "Azure AD",
    "Azure Active Directory",
    "Microsoft Azure Active Directory",
    "Azure Active Directory (Azure AD)",
)


def cases(text: str) -> list[tuple[str, str]]:
    lines = text.strip().splitlines()
    return [(before, after) for line in lines for before, _, after in [line.partition(" => ")]]


def found(text: str) -> list[Finding]:
    """The findings about Azure Active Directory; other products have tests of their own."""
    return [f for f in found_in(RULE, text) if f.cause.endswith("Azure Active Directory")]


def fixed(text: str) -> str:
    """The page after all fixes."""
    return apply(text, [edit for finding in found(text) if finding.fix for edit in finding.fix.edits])


def decision(text: str) -> Decision:
    hit = next(hits(text))
    decided = decide(text, hit)
    assert decided is not None
    return decided


@pytest.mark.parametrize(
    ("before", "after"), [case for case in cases(GLOSSARY + RULES) if not case[1].startswith("?")]
)
def test_a_sentence_is_renamed(before: str, after: str) -> None:
    assert fixed(before) == after
    assert all(finding.confidence >= 0.8 for finding in found(before) if finding.fix)
    # What is still said after the fix is at most a question.
    assert not any(finding.fix for finding in found(after))


@pytest.mark.parametrize(
    ("before", "after"), [case for case in cases(GLOSSARY + RULES) if case[1].startswith("?")]
)
def test_where_the_words_do_not_decide_a_person_is_asked(before: str, after: str) -> None:
    [finding] = found(before)
    assert finding.fix is None
    assert finding.confidence < 0.8
    assert finding.question is not None
    assert finding.question.choices == (after.removeprefix("? "),)


@pytest.mark.parametrize("text", STAYS.strip().splitlines())
def test_a_name_that_stays_is_not_spoken_of(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize("term", entra().glossary, ids=lambda term: term.old)
def test_every_row_of_the_glossary_gives_what_it_says(term: object) -> None:
    row = next(one for one in entra().glossary if one is term)
    old = row.old.replace("{aad}", "Azure AD")
    decided = decision(old)
    start = row.old.find("{aad}") if "{aad}" in row.old else 0
    assert (decided.start, decided.end, decided.new) == (0, len(old), row.new), start
    assert decided.by == f"the glossary's row “{old}”"


@pytest.mark.parametrize(
    ("text", "number", "new"),
    [
        ("It is in Azure AD.", 1, "Microsoft Entra ID"),
        ("It is in the Azure AD.", 1, "Microsoft Entra ID"),
        ("Use Azure AD for it", 2, "Microsoft Entra ID"),
        ("Use the Azure AD for it", 2, "Microsoft Entra ID"),
        ("Use your organization's Azure AD app", 3, "Microsoft Entra"),
        ("Use an Azure AD app", 3, "Microsoft Entra"),
        ("Use Azure AD apps", 4, "Microsoft Entra"),
        ("Use Azure AD", 5, "Microsoft Entra ID"),
        ("Use Azure AD and more", 5, "Microsoft Entra ID"),
    ],
)
def test_the_rules_come_in_their_order(text: str, number: int, new: str) -> None:
    decided = decision(text)
    assert (decided.by, decided.new) == (f"rule {number}", new)


def test_a_finding_names_what_decided_its_source_and_the_day() -> None:
    [row], [rule] = found("Create an Azure AD tenant."), found("It is in Azure AD.")
    assert row.evidence[0].source.startswith("MicrosoftDocs/entra-docs, docs/fundamentals/new-name.md")
    assert "glossary's row “Azure AD tenant” decides" in row.evidence[0].detail
    assert "on 2023-07-11" in row.evidence[0].detail
    assert rule.evidence[0].source.startswith(
        "MicrosoftDocs/entra-docs, docs/fundamentals/how-to-rename-azure-ad"
    )
    assert "rule 1 decides" in rule.evidence[0].detail


BROKEN = re.compile(
    r"\b[Aa]n Microsoft|\b[Aa] Azure|Microsoft Microsoft|ME-ID|"
    r"Microsoft Entra ID (?:B2B|B2C|tenant|account|admin|join|service principal|resources|organization)|"
    r"Microsoft Entra ID Connect|"
    r"Microsoft Entra ID Advanced|hybrid Microsoft Entra|Entra Entra|Azure Microsoft"
)
"""What Microsoft's script has to repair after its replacements, and more of the kind."""
NOUNS = tuple(
    "tenant|account|admin|admin center|join|joined device|service principal|resources|B2B|B2C|organization|"
    "Connect|Connect Sync|Advanced Threat Protection|users|role|Premium P1|Premium|Graph|and more|is here|"
    "for all|.|, then|(here)|'s users|Domain Services|x|multi-factor authentication|managed identities|"
    "-joined device|".split("|")
)
LEADS = ("", "A ", "an ", "Use an ", "the ", "your ", "your organization's ", "hybrid ", "A hybrid ", "in ")


@settings(max_examples=400, deadline=None)
@given(
    st.sampled_from(LEADS), st.sampled_from((*NAMES, "AAD")), st.sampled_from(NOUNS), st.sampled_from(" \n")
)
def test_no_result_needs_repair(lead: str, name: str, noun: str, space: str) -> None:
    joint = "" if noun[:1] in (".", ",", "'", "-", "") else space
    text = f"{lead}{name}{joint}{noun}"
    after = fixed(text)
    assert not BROKEN.search(" ".join(after.split())) or after == text
    assert after.count("\n") == text.count("\n")
    assert fixed(after) == after
