"""Seventy-two issues in the shapes that issues have, and the section that each of them is about."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from docbot.app import ScanOptions, scan
from docbot.app.listening import from_file
from docbot.readers.reports import understood
from docbot.readers.saved import read_issues
from docbot.types import EvidenceKind, Finding
from tests.helpers.git import Builder
from tests.readers.lanterns import lantern_docs

FILE = Path(__file__).parent.parent / "data" / "reader_issues.json"
INSTALL, LIGHT, COMMAND = "docs/install.md", "docs/light.md", "docs/reference/lantern.md"
HOW, BEFORE, SCRIPT = "Install the lantern", "Before you start", "Install with the script"
CHECK, AWAY = "Check the installation", "Uninstall"
LAMP, WICK, OIL, LIT, TROUBLE = (
    "Light the lantern",
    "Trim the wick",
    "Fill the oil",
    "Light it",
    "Troubleshooting",
)
TITLE = "# Light the lantern"

Place = tuple[str, str, str]
"""Page, last heading of the section, and the words of the finding."""

EXPECTED: dict[int, Place] = {
    # Learn's first form, in all its generations and languages, also by an old name of the page.
    1: (INSTALL, SCRIPT, "The script asks for a password"),
    2: (LIGHT, WICK, "sharp sissors"),
    3: (LIGHT, LAMP, TITLE),
    5: (INSTALL, CHECK, "Fill in [more oil](light.md#fill-the-oil) first"),
    6: (INSTALL, CHECK, "## Check the installation"),
    7: (LIGHT, LAMP, TITLE),
    8: (COMMAND, "-Bright", "Makes the flame as bright as the wick allows"),
    9: (LIGHT, TROUBLE, "## Troubleshooting"),
    # Learn's second form.
    11: (INSTALL, SCRIPT, "about ten minutes to finnish"),
    12: (INSTALL, SCRIPT, "Install-Lantern -Handle Left -Force"),
    13: (INSTALL, AWAY, "## Uninstall"),
    14: (COMMAND, "-Dim", "cannot be used together with `-Bright`"),
    15: (LIGHT, LIT, "## Light it"),
    22: (COMMAND, "lantern command", "# lantern command"),
    24: (LIGHT, LAMP, TITLE),
    # Other forms and labels.
    25: (COMMAND, "-Bright", "### -Bright"),
    28: (INSTALL, AWAY, "## Uninstall"),
    29: ("docs/1.0/kinds.md", "Storage", "## Storage"),
    30: ("docs/2.0/kinds.md", "Kinds of fuel", "The second series burns paraffin"),
    31: (LIGHT, LIT, "Hold a match to the wick"),
    32: (INSTALL, BEFORE, "The table must not wobble"),
    33: (LIGHT, OIL, "## Fill the oil"),
    34: (INSTALL, BEFORE, "Lanterns of the first series have no handle"),
    # Plain links, paths, quotes.
    35: (COMMAND, "Examples", "lantern --dim 20 --quiet"),
    36: (LIGHT, LIT, "## Light it"),
    37: (LIGHT, WICK, "sharp sissors"),
    38: (LIGHT, LAMP, "smokes a little"),
    43: (LIGHT, TROUBLE, "## Troubleshooting"),
    45: (LIGHT, WICK, "## Trim the wick"),
    46: (COMMAND, "Colors { #colours }", "## Colors { #colours }"),
    # Repeated, declined and closed ones.
    47: (INSTALL, SCRIPT, "The script asks for a password"),
    48: (INSTALL, SCRIPT, "The script asks for a password"),
    50: (LIGHT, LIT, "Turn the key to the left"),
    51: (LIGHT, LIT, "Close the glass"),
    # Hostile ones, which have a point all the same.
    54: (LIGHT, OIL, "Use only oil that is made for lanterns"),
    55: (LIGHT, WICK, "Don't cut it shorter than the brass ring"),
    56: (LIGHT, LAMP, "smokes a little"),
    # More places.
    67: ("docs/2.0/kinds.md", "Kinds of fuel", "The second series burns paraffin"),
    68: (LIGHT, LAMP, TITLE),
    69: (INSTALL, CHECK, "The lantern can be lit"),
    70: (INSTALL, BEFORE, "a window that opens"),
    71: (INSTALL, BEFORE, "a window that opens"),
    72: (LIGHT, LAMP, TITLE),
}
SURE = frozenset(EXPECTED) - {7, 9, 22, 43, 50, 51}
"""Those that are shown without `--all`. The others name a page alone, were declined, or may be settled."""
USELESS = {
    4: "no words of its own",
    16: "neither a problem nor a place",
    17: "neither a problem nor a place",
    18: "too few words to tell what is wrong",
    19: "no words of its own",
    21: "neither a problem nor a place",
    23: "no words of its own",
    26: "too few words to tell what is wrong",
    52: "the maintainers labelled it as none",
    57: "advertising",
    58: "a test",
    59: "neither a problem nor a place",
    60: "a call for help with the product",
    61: "in another language than the docs",
    62: "in another language than the docs",
    63: "not written by a reader",
    64: "not written by a reader",
    65: "no words of its own",
    66: "neither a problem nor a place",
}
ISSUES = read_issues(FILE.read_bytes(), FILE.name)[0]


@pytest.fixture(scope="module")
def docs(tmp_path_factory: pytest.TempPathFactory) -> Builder:
    return lantern_docs(tmp_path_factory.mktemp("lanterns") / "docs")


def found(docs: Builder, file: Path = FILE, *, show_all: bool = True) -> dict[int, Finding]:
    """The finding that tells of each issue."""
    options = ScanOptions(only=("reader-report",), show_all=show_all, issues=from_file(file), cache=False)
    told: dict[int, Finding] = {}
    for finding in scan(docs.root, options).report.findings:
        for proof in finding.evidence:
            number = int(proof.source.rpartition(" ")[2])
            assert number not in told, f"issue {number} is told twice"
            told[number] = finding
    return told


@pytest.fixture(scope="module")
def told(docs: Builder) -> dict[int, Finding]:
    return found(docs)


@pytest.mark.parametrize("number", [issue.number for issue in ISSUES])
def test_each_issue_is_placed_where_it_belongs_or_nowhere(number: int, told: dict[int, Finding]) -> None:
    finding = told.get(number)
    place = None
    if finding is not None:
        assert finding.section is not None
        place = (finding.path, finding.section.headings[-1], finding.excerpt)
    assert place == EXPECTED.get(number)


def test_only_what_is_sure_is_shown_by_default(docs: Builder) -> None:
    assert set(found(docs, show_all=False)) == SURE


def test_useless_ones_are_told_apart_by_the_right_reason() -> None:
    why = {issue.number: understood(issue).useless for issue in ISSUES}
    assert {number: reason for number, reason in why.items() if reason} == USELESS


def test_a_finding_says_who_asked_what_and_when(told: dict[int, Finding]) -> None:
    asked = told[1]
    assert asked.message == (
        "3 readers reported a problem here, last on 2024-06-01, 4 more agreed: “Password is a surprise: "
        "It says "
        '"The script asks for a password" but not which one. Mine or that of the lantern?”'
    )
    assert [(proof.kind, proof.source) for proof in asked.evidence] == [
        (EvidenceKind.READER, f"lantern-team/lantern-docs issue {number}") for number in (1, 47, 48)
    ]
    assert asked.evidence[0].detail == (
        "reader-1 wrote on 2024-06-01 (open, 3 agreed): “Password is a surprise: It says "
        '"The script asks for a password" but not which one. Mine or that of the lantern?”; the line was '
        "last written on 2024-01-01"
    )
    assert asked.question is None
    assert asked.fix is None


def test_it_asks_only_where_a_reader_says_what_should_stand_there(told: dict[int, Finding]) -> None:
    asking = {number: f.question.choices for number, f in told.items() if f.question is not None}
    assert asking == {
        2: ("sharp scissors",),
        37: ("sharp scissors",),
        11: ("about ten minutes to finish",),
        30: ("The second series burns lamp oil or paraffin.",),
        67: ("The second series burns lamp oil or paraffin.",),
    }


def test_what_was_written_by_strangers_is_harmless_in_a_finding(told: dict[int, Finding]) -> None:
    texts = [text for f in told.values() for text in (f.message, *(proof.detail for proof in f.evidence))]
    for text in texts:
        assert text.isprintable(), text
        assert "<" not in text, text
        assert "@example.com" not in text, text
        assert len(text) < 400, text
    assert not any("github.com" in text or "://" in text for text in texts)


def test_the_file_is_as_github_writes_it() -> None:
    assert len(ISSUES) == len(json.loads(FILE.read_text("utf-8"))) == 72
