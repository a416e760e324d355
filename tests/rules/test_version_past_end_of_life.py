"""`version-past-end-of-life`: which sentences claim currency, and why else versions are named."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from docbot.engine import check
from docbot.lifecycles import Lifecycles
from docbot.markdown import Document
from docbot.rules.interface import Given
from docbot.rules.outdated.version_past_end_of_life import VersionPastEndOfLife
from docbot.rules.outdated.versions import mentions
from docbot.testing import facts_of, found_in
from docbot.types import EvidenceKind, Finding

RULE = VersionPastEndOfLife()
GIVEN = Given(today="2026-01-15")
DEFAULT = 0.8

SURE = [
    ("The latest version of PowerShell is 7.2.", "PowerShell is 7.2"),
    ("The latest version is Python 3.7.", "Python 3.7"),
    ("The current stable version is Python 3.8.", "Python 3.8"),
    ("The latest stable version of Kubernetes is v1.24.", "Kubernetes is v1.24"),
    ("The current LTS release is Node.js 16.", "Node.js 16"),
    ("The newest release, .NET 5.0, has it.", ".NET 5.0"),
    ("Python 3.7 is the latest version.", "Python 3.7"),
    ("Django 4.0 is the latest release of the framework.", "Django 4.0"),
    ("PowerShell 7.1 is the current stable release.", "PowerShell 7.1"),
    ("We recommend using Python 3.7.", "Python 3.7"),
    ("We recommend that you install Python 3.7.", "Python 3.7"),
    ("It's highly recommended to use Node.js 16.", "Node.js 16"),
    ("You need a server (we recommend PHP 7.4).", "PHP 7.4"),
    ("PHP 7.4 is recommended.", "PHP 7.4"),
    ("PostgreSQL 9.6 is the recommended version.", "PostgreSQL 9.6"),
    ("We recommend [PowerShell 7.2](x.md).", "PowerShell 7.2"),
    ("The latest version is **.NET Core 3.1**.", ".NET Core 3.1"),
    ("The latest version is OpenSSL 1.1.1.", "OpenSSL 1.1.1"),
    ("The latest version is macOS 12.", "macOS 12"),
    ("The latest version is Java 7.", "Java 7"),
    ("The current version is Visual Studio 2012.", "Visual Studio 2012"),
    ("The current version is .NET Framework 4.5.1.", ".NET Framework 4.5.1"),
    ("The latest version is Windows 8.1.", "Windows 8.1"),
    ("The latest LTS release is Ubuntu 18.04.", "Ubuntu 18.04"),
    ("Windows Server 2012 R2 is the latest release of the server.", "Windows Server 2012 R2"),
    ("The latest version is Docker Engine 19.03.", "Docker Engine 19.03"),
]

UNSURE = [
    "Node.js 14 is currently supported.",
    "Node.js 14 is still supported, and gets fixes.",
    "Currently, Angular 12 is fully supported.",
    "MySQL 5.6 is supported.",
    "The supported versions of Go are: 1.19.",
    "Supported versions: PHP 7.4.",
    "Install Node.js 14.",
    "First, download and install .NET 5.0.",
    # Support of these can still be bought.
    "We recommend Ubuntu 18.04.",
    "Ubuntu 18.04 is still supported.",
    "We recommend Windows Server 2012 R2.",
]

SILENT = [
    # Supported, or not known.
    "The latest version is Python 3.13.",
    "The latest version is Python 3.99.",
    "The latest version is Python 3.",
    "We recommend PowerShell 7.",
    "The latest version is Windows 10.",
    "We recommend Windows Server 2022.",
    "The latest version is SQL Server 2019.",
    "The latest version is Java 8.",
    "We recommend Visual Studio 2022.",
    "We recommend Internet Explorer 11.",
    "The latest version is Widget 1.0.",
    "The latest version of Node.js is required.",
    # Another product.
    "The latest version is Windows PowerShell 5.1.",
    "The latest version is ASP.NET 4.",
    "We recommend Visual Studio Code 1.60.",
    # Named for another reason.
    "The tool is supported on Windows 7.",
    "The function is supported on Windows 8, Windows Server 2012, and later.",
    "The tool officially supports Python 3.6.",
    "This was introduced in PowerShell 7.1.",
    "It is supported since Python 3.6.",
    "Starting with Node.js 14, it is supported.",
    "Beginning in PowerShell 7.0, the cmdlet supports proxies.",
    "It is supported in Python 3.6 and later.",
    "Install Node.js 14 or later.",
    "We recommend Python 3.6 or newer.",
    "We recommend using Python 3.8+ and pip.",
    "It requires at least Python 3.6.",
    "Minimum PHP 7.4 is recommended.",
    "Currently supported versions of Python are 2.4.x - 2.7.x.",
    "It is supported from Python 3.6 to 3.13.",
    "Upgrade from Python 3.7 to Python 3.13.",
    "If you install Python 3.7, the latest version of the tool fails.",
    "Unlike Python 3.7, the latest version has it.",
    "For example, the latest version is Python 3.7.",
    # True.
    "Python 3.6 is no longer supported.",
    "Python 3.6 isn't supported.",
    "Support of Python 3.6 ended, and the latest version is another.",
    "Python 3.6 was the latest version.",
    "We don't recommend Python 3.6.",
    "Python 3.6 is deprecated, so we recommend another.",
    "PowerShell 7.1 reached its end of support.",
    "You cannot use the latest version of Node.js 14.",
    # Not of the version itself.
    "Node.js 16 is the latest that may be installed there.",
    "Node.js 16 is the latest version compatible with the board.",
    "Node.js 16 is the latest version for the board.",
    "Node.js 16 is the recommended runtime for this old stack.",
    "Get the latest version of Python 3.7.",
    "Install the latest PowerShell 7.2 update.",
    "We recommend installing Exchange 2013 on a member server.",
    "In Exchange 2013, several networks are supported.",
    "In Python 3.7, both forms are supported.",
    "Windows 7 drivers are supported.",
    "The Python 3.7 page is the latest.",
    "It connects to the latest PowerShell 6 host version.",
    # No prose.
    "Run `the latest version is Python 3.7`.",
    "```text\nThe latest version is Python 3.7.\n```",
    "> The latest version is Python 3.7, they said.",
    "<!-- The latest version is Python 3.7. -->",
    "The latest version is `Python 3.7`.",
    "| Version |\n|---|\n| The latest version is Python 3.7. |",
    "# The latest version is Python 3.7\n\nText.",
    # Pages and sections about the version, and records.
    "# Install Python 3.7\n\nWe recommend Python 3.7.",
    "# Page\n\n## Python 3.7\n\nWe recommend Python 3.7.",
    "# Page\n\n## Version 2.0\n\nWe recommend Python 3.7.",
    "---\ntitle: Python 3.7 guide\n---\n\nWe recommend Python 3.7.",
    "# Release notes\n\nWe recommend Python 3.7.",
    "# What's new\n\nWe recommend Python 3.7.",
]


def found(text: str, given: Given = GIVEN) -> list[Finding]:
    return found_in(RULE, text, given)


@pytest.mark.parametrize(("text", "excerpt"), SURE)
def test_a_claim_of_currency_is_reported(text: str, excerpt: str) -> None:
    [finding] = found(text)
    assert finding.confidence >= DEFAULT
    assert finding.excerpt == excerpt
    assert finding.fix is None


@pytest.mark.parametrize("text", UNSURE)
def test_what_may_be_meant_so_is_below_the_threshold(text: str) -> None:
    [finding] = found(text)
    assert finding.confidence < DEFAULT


@pytest.mark.parametrize("text", SILENT)
def test_a_version_named_for_another_reason_is_left_alone(text: str) -> None:
    assert found(text) == []


def test_each_ended_version_of_a_list_is_reported() -> None:
    text = "The supported versions of Python are: 3.8, 3.9 and 3.13."
    assert [f.excerpt for f in found(text)] == ["Python are: 3.8", "3.9"]


@pytest.mark.parametrize(
    "path", ["docs/3.7/a.md", "docs/python-3.7.md", "docs/python3_7/a.md", "docs/python37.md"]
)
def test_a_folder_or_file_of_that_version_is_left_alone(path: str) -> None:
    pages = {path: Document(path, "We recommend Python 3.7.\n")}
    assert check(pages[path], [RULE], facts_of(pages, GIVEN)) == []


def test_the_finding_names_the_day_the_source_and_who_has_the_last_word() -> None:
    [finding] = found("The latest version of PowerShell is 7.2.")
    assert finding.message == (
        "This calls it the latest version, but support of PowerShell 7.2 ended on 2024-11-08"
    )
    [evidence] = finding.evidence
    assert evidence.kind is EvidenceKind.LIFECYCLE
    assert evidence.source.startswith("endoflife.date at ")
    assert ", retrieved 20" in evidence.source
    assert evidence.detail.startswith("PowerShell 7.2: support ended 2024-11-08; https://")
    assert evidence.detail.endswith(" has the last word")


def test_the_question_offers_the_versions_supported_on_that_day() -> None:
    [finding] = found("The latest version of PowerShell is 6.2.", Given(today="2022-08-20"))
    assert finding.question is not None
    assert finding.question.choices == ("PowerShell 7.2", "PowerShell 7.0")


@pytest.mark.parametrize(
    ("today", "speaks"), [("2023-06-27", False), ("2023-06-28", True), ("2017-01-01", False)]
)
def test_only_what_had_ended_by_that_day_counts(today: str, speaks: bool) -> None:
    assert bool(found("We recommend Python 3.7.", Given(today=today))) is speaks


def test_without_facts_nothing_is_said() -> None:
    page = Document("a.md", "We recommend Python 3.7.")
    facts = replace(facts_of({"a.md": page}, GIVEN), lifecycles=Lifecycles())
    assert check(page, [RULE], facts) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Python 3.7", [("python", "3.7")]),
        ("Python v3.7", [("python", "3.7")]),
        ("Python version 3.7.x", [("python", "3.7")]),
        ("Python 2.7, 3.6, and 3.7", [("python", "2.7"), ("python", "3.6"), ("python", "3.7")]),
        ("Windows 7/8.1/10", [("windows", "7"), ("windows", "8.1"), ("windows", "10")]),
        ("Windows XP or Windows Vista", [("windows", "5"), ("windows", "6")]),
        ("Windows 10, version 1903", [("windows", "10-1903")]),
        ("Windows 10 (version 22H2)", [("windows", "10-22h2")]),
        ("Windows Server 2012 R2", [("windows-server", "2012-r2")]),
        ("SQL Server 2014 SP3", [("mssqlserver", "2014-sp3")]),
        (".NET Core 3.1 SDK", [("dotnet", "3.1")]),
        (".NET Framework 4.8", [("dotnetfx", "4.8")]),
        ("Visual Studio 2019", [("visual-studio", "16")]),
        ("Python 3.7-slim", []),
        ("Python 3.7b1", []),
        ("python-3.7", []),
        ("IronPython 2.7", []),
        ("MyPython 2.7", []),
        ("net6.0", []),
        ("Java script 5", []),
        ("Go 1", [("go", "1")]),
        ("Go to 1", []),
        ("the Node 14", [("nodejs", "14")]),
        ("PowerShell 2022", [("powershell", "2022")]),
    ],
)
def test_versions_are_read_as_they_are_written(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(one.naming.id, one.version) for one in mentions(text)] == expected
