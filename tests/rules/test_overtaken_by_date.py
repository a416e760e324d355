"""`overtaken-by-date`: which sentences speak of a day as to come, and what makes docbot silent."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from docbot.engine import check
from docbot.markdown import Document
from docbot.repository.values import LineHistory
from docbot.rules.interface import Given
from docbot.rules.outdated.overtaken_by_date import OvertakenByDate
from docbot.testing import documents, facts_of, found_in
from docbot.types import EvidenceKind, Finding

RULE = OvertakenByDate()
GIVEN = Given(today="2026-01-15", written="2019-05-01")
DEFAULT = 0.8

SURE = [
    "The old API will be retired on March 31, 2024.",
    "The old API will be retired by the end of June 2024.",
    "The old API won't work after 2024-03-31.",
    "It will be removed in 2023.",
    "The mode shall end in Q3 2024.",
    "The feature is planned for Q3 2024.",
    "The feature is currently planned for the second half of 2024.",
    "The release is scheduled for November 2021 at the same time as the runtime.",
    "General availability is expected in early 2024.",
    "Support is expected to end on 31 March 2024.",
    "Removal has been scheduled for May 2022.",
    "We plan to drop it in 2022.",
    "The team plans to drop it in late 2022.",
    "As of March 31, 2024, the old API will be gone.",
    "The contract is set to expire on March 31, 2024.",
    "The portal is due to close in May 2022.",
    "A new portal is coming in 2023.",
    "The new portal, coming in May 2023, replaces it.",
    "Version 9 is due in 2022.",
    "Version 9 is due by summer 2022.",
    "Starting July 1, 2020, you won't be able to create holds.",
    "However, starting October 1, 2020, you won't be able to manage holds.",
    "Through March 2021, the parameters will remain available.",
    "On May 21st 2025, old agents will no longer connect.",
    "In 2023, the service will move to another region.",
    "By 10-Nov-2025 all tenants will be moved.",
    "April 2020 will be here before you know it.",
    "The default will change in fall 2023.",
    "The parameters will be completely removed in 2023.",
    "It won't be very well supported after May 2022.",
    "It will be removed in 2023, and nothing replaces it.",
    "It will be removed in 2023 at the latest.",
    "The **old API** will be [retired](x.md) on *March 31, 2024*.",
]

UNSURE = [
    "The previous release is still supported until 10-Nov-2025.",
    "You can use the old portal until May 2024.",
    "Keys are valid through 2024-06-30.",
    "Support ends on October 14, 2025.",
    "The trial expires on 2024-01-01.",
    "The program starts in May 2023.",
]

SILENT = [
    # It came to pass, or is told as past.
    "The old API was retired on March 31, 2024.",
    "The old API has been retired since March 31, 2024.",
    "It was planned for Q3 2024.",
    "It would be removed in 2023.",
    "It had been scheduled for May 2022.",
    "Support ended on October 14, 2025.",
    "Python 2 has reached end of life on January 1, 2020.",
    # Still to come.
    "The old API will be retired on March 31, 2027.",
    "It is planned for Q1 2026.",
    "It will be removed in 2026.",
    # No time at all.
    "Released on March 31, 2024.",
    "The update of April 2016 will not harm.",
    "With the April 2020 update for the desktop, this will work.",
    "You will need Studio 2012 or 2013.",
    "You will need Office 2019.",
    "Studio 2019 is due for an update.",
    "In 2019 and later versions, the task will run.",
    "In 2019 or newer, the task will run.",
    "It will move up to 2000 mailboxes, due to the length of time it takes to create 2000 users.",
    "Support is coming to versions 1903 and 1909.",
    "The value will range from 0 through 2047 gigabytes.",
    "The extensions 2000 through 2003 will ring.",
    "Port 2020 will be opened.",
    "It will listen on 2020.0.0.1.",
    "The counter will be set to 2023.",
    # Examples.
    "For example, the key will expire on March 31, 2024.",
    "This example sets the entry to expire on July 4, 2018, so it will be gone.",
    "Suppose that the key will expire on March 31, 2024.",
    "The command returns what will happen on March 31, 2024.",
    "`It will expire on March 31, 2024.`",
    "```text\nIt will expire on March 31, 2024.\n```",
    "> It will expire on March 31, 2024, they said.",
    "<!-- It will expire on March 31, 2024. -->",
    # Two readings.
    "It will be retired on 03/04/2024.",
    "If the bit is set to zero, it holds a number from 0 to 7 in 2023.",
    "It is due to a change made in 2023.",
    "Consider a task that will run every Sunday of 2022.",
    "The format will be chosen (see the list of May 31, 2024).",
    "The list will be read as of May 31, 2024.",
    # Which things are meant.
    "It will also work for certificates issued after July 29, 2021.",
    "Accounts created before May 2022 will keep their names.",
    # Another clause.
    "It will be removed; see the post of March 31, 2024.",
    "See what will change. Posted on March 31, 2024.",
    # Where it stands.
    "# It will be removed in May 2023",
    "# Release notes\n\nIt will be removed in May 2023.",
    "# What's new in the service\n\nIt will be removed in May 2023.",
    "# Page\n\n## March 2023\n\nIt will be removed in May 2023.",
    "# Page\n\n## Version 2.1\n\nIt will be removed in May 2023.",
    "# Roadmap\n\nIt will be removed in May 2023.",
    "---\ntitle: News of the service\n---\n\nIt will be removed in May 2023.",
    "---\nms.topic: whats-new\n---\n\nIt will be removed in May 2023.",
]


def found(text: str, given: Given = GIVEN) -> list[Finding]:
    return found_in(RULE, text, given)


@pytest.mark.parametrize("text", SURE)
def test_a_plan_for_a_day_that_has_passed_is_reported(text: str) -> None:
    [finding] = found(text)
    assert finding.confidence >= DEFAULT
    assert finding.fix is None
    assert finding.question is not None


@pytest.mark.parametrize("text", UNSURE)
def test_what_may_be_a_plain_fact_is_below_the_threshold(text: str) -> None:
    [finding] = found(text)
    assert finding.confidence < DEFAULT


@pytest.mark.parametrize("text", SILENT)
def test_what_is_no_plan_is_left_alone(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize("path", ["news/2023-05-01-plan.md", "docs/whats-new/a.md", "docs/release-notes.md"])
def test_records_of_the_past_are_left_alone(path: str) -> None:
    text = "It will be removed in May 2023.\n"
    pages = {path: Document(path, text)}
    assert check(pages[path], [RULE], facts_of(pages, GIVEN)) == []


def test_the_evidence_is_the_date_and_the_line() -> None:
    text = "# Old API\n\nThe old API will be retired on March 31, 2024.\n"
    [finding] = found(text)
    assert finding.excerpt == "will be retired on March 31, 2024"
    assert [(one.kind, one.source, one.detail) for one in finding.evidence] == [
        (
            EvidenceKind.AGE,
            "the sentence's own date",
            "“March 31, 2024” had passed by 2024-03-31; today is 2026-01-15",
        ),
        (EvidenceKind.AGE, "commit 0123456789", "written on 2019-05-01"),
    ]


def test_the_day_itself_has_not_passed() -> None:
    text = "It will be retired on March 31, 2024."
    assert found(text, Given(today="2024-03-31", written="2019-05-01")) == []
    assert len(found(text, Given(today="2024-04-01", written="2019-05-01"))) == 1


def test_a_line_written_after_the_date_means_something_else() -> None:
    text = "It will be retired on March 31, 2024."
    assert found(text, Given(written="2024-03-31")) == []
    assert len(found(text, Given(written="2024-03-30"))) == 1


def test_where_the_history_knows_nothing_it_is_unsure() -> None:
    pages = documents("It will be retired on March 31, 2024.", GIVEN)
    facts = facts_of(pages, GIVEN)
    [page] = pages.values()
    [finding] = check(page, [RULE], replace(facts, lines=LineHistory()))
    assert finding.confidence == 0.5
    assert len(finding.evidence) == 1


def test_two_dates_of_a_sentence_are_two_findings() -> None:
    text = "It will be read-only in May 2023 and will be gone in May 2024."
    assert [f.excerpt for f in found(text)] == ["will be read-only in May 2023", "will be gone in May 2024"]


def test_of_a_span_of_time_the_end_counts() -> None:
    text = "Drivers will not be published from December 17, 2023 through January 1, 2024."
    assert len(found(text)) == 1
    assert found(text, Given(today="2023-12-20", written="2019-05-01")) == []


def test_alerts_are_no_quotations() -> None:
    [finding] = found("> [!NOTE]\n> The API will be retired on\n> March 31, 2024.\n")
    assert finding.excerpt == "will be retired on\n> March 31, 2024"
