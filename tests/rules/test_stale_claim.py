"""`stale-claim`: what grows old by itself, how old it must be, and what only sounds like it."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from docbot.engine import check
from docbot.repository.values import LineHistory
from docbot.rules.interface import Given
from docbot.rules.outdated.stale_claim import StaleClaim
from docbot.testing import documents, facts_of, found_in
from docbot.types import Finding

RULE = StaleClaim()
GIVEN = Given(today="2026-01-15", written="2019-05-01")
DEFAULT = 0.8

SURE = [
    "Support for proxies is coming soon.",
    "Coming soon: support for proxies.",
    "More information will be coming soon.",
    "Upgrade to the next version (coming soon)",
    "A package is coming very soon.",
    "The package will be available soon.",
    "The package is to be released soon.",
    "A new portal will be added soon.",
]

UNSURE = [
    "This option has recently been introduced.",
    "The service was recently renamed.",
    "The service was just recently renamed.",
    "The company was recently acquired.",
    "The team has recently released a module.",
    "The vendors have recently announced a change.",
    "The option was recently deprecated.",
    "The **option** has *recently been introduced*.",
    "The feature is currently in preview.",
    "The feature is still in public preview.",
    "The feature is in private preview.",
    "The feature is now in beta.",
    "Use version 11, which is currently in preview.",
    "The default has recently changed.",
    "Operators have recently been added.",
    "This will work in an upcoming release.",
    "This will work in the next version.",
    "This will be fixed in the near future.",
    "Proxies are not yet supported.",
    "The package is not yet available.",
    "The option has not yet been implemented.",
    "Only text is supported at this time.",
    "The list is empty at the moment.",
    "There are ten languages as of this writing.",
    "The latest version at the time of writing is 6.",
    "This is a new feature.",
    "It is a new way to start.",
    "The brand-new portal is here.",
]

SILENT = [
    "The most recently added item comes first.",
    "Only the most recently released update is supported.",
    "The list shows recently used files.",
    "Recently opened documents are listed.",
    "If the database recently moved to another server, wait.",
    "Check whether the file was recently renamed.",
    "If the driver was recently released, wait.",
    "It sets the value at the moment of creating the object.",
    "It reads the file at the moment you start it.",
    "Remove drivers that you recently installed.",
    "A recently published article is shown first.",
    "The cmdlet creates a new file.",
    "Select **New**.",
    "Enter a new password.",
    "Open the preview in the editor.",
    "Preview the page.",
    "The preview version has more options.",
    "The preview shows what is in the page.",
    "Soon after the start, the log is written.",
    "As soon as it starts, it writes a log.",
    "It ends sooner than you think.",
    "It is supported.",
    "It is not supported.",
    "Support was added in version 7.",
    "The current version is shown.",
    "It currently runs.",
    "Use `coming soon` as the label.",
    "```text\ncoming soon\n```",
    "> Support for proxies is coming soon.",
    "<!-- coming soon -->",
    "# Release notes\n\nSupport for proxies is coming soon.",
    "# What's new\n\nThe option has recently been introduced.",
    "# Page\n\n## May 2019\n\nSupport for proxies is coming soon.",
    "# Page\n\n## 2.1.0\n\nSupport for proxies is coming soon.",
    "---\nms.topic: release-notes\n---\n\nSupport for proxies is coming soon.",
    "---\ndescription: Coming soon\n---\n\nText.",
    "",
]


def found(text: str, given: Given = GIVEN) -> list[Finding]:
    return found_in(RULE, text, given)


@pytest.mark.parametrize("text", SURE)
def test_what_grows_false_by_itself_is_reported(text: str) -> None:
    [finding] = found(text)
    assert finding.confidence >= DEFAULT
    assert finding.fix is None
    assert finding.question is not None


@pytest.mark.parametrize("text", UNSURE)
def test_what_may_still_hold_is_below_the_threshold(text: str) -> None:
    [finding] = found(text)
    assert finding.confidence < DEFAULT


@pytest.mark.parametrize("text", SILENT)
def test_what_claims_nothing_of_its_time_is_left_alone(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "written", "speaks"),
    [
        ("Support is coming soon.", "2024-02-01", False),
        ("Support is coming soon.", "2024-01-01", True),
        ("It was recently renamed.", "2023-02-01", False),
        ("It was recently renamed.", "2023-01-01", True),
        ("It is not yet supported.", "2023-02-01", False),
        ("It is not yet supported.", "2023-01-01", True),
    ],
)
def test_a_claim_needs_years_to_grow_old(text: str, written: str, speaks: bool) -> None:
    assert bool(found(text, Given(today="2026-01-15", written=written))) is speaks


def test_the_evidence_is_the_commit_and_its_age() -> None:
    [finding] = found("Support for proxies is coming soon.")
    [evidence] = finding.evidence
    assert evidence.source == "commit 0123456789"
    assert evidence.detail == "written on 2019-05-01, 6.7 years before 2026-01-15"


def test_where_the_history_knows_nothing_it_is_silent() -> None:
    pages = documents("Support for proxies is coming soon.", GIVEN)
    [page] = pages.values()
    facts = replace(facts_of(pages, GIVEN), lines=LineHistory())
    assert check(page, [RULE], facts) == []


def test_a_sentence_is_reported_once() -> None:
    assert len(found("It is not yet supported at this time, but support is coming soon.")) == 1
