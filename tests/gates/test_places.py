"""Where a generated draft may edit, what it may never be, and which characters it may bring."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from docbot.facts import Facts
from docbot.gates import Examiner
from docbot.markdown import Document, Parser
from docbot.testing import PAGE
from docbot.text import Edit, Span
from docbot.types import Applicability, Author, Draft, Fix, SectionRef
from tests.gates.replies import MODEL, Unclear, found, refusals, reply
from tests.helpers.rules import spot

TEXT = (
    "---\ntitle: x\n---\n\nFirst words.\n\n# Guide\n\nPlease open the file.\n\n## Next\n\nWords behind it.\n"
)
SAID = "Please open the file."


def edit(part: str, new: str, text: str = TEXT) -> Edit:
    return Edit(spot(text, part), new)


GOOD = edit(SAID, "Open the file.")


def test_a_safe_draft_is_never_generated() -> None:
    draft = reply(TEXT, SAID, GOOD, applicability=Applicability.SAFE)
    assert refusals(draft) == {"never-safe": "a model wrote it, and what a model wrote is never safe"}
    assert reply(TEXT, SAID, GOOD).passed


def test_an_author_without_a_prompt_is_asked_as_a_rule_is() -> None:
    page = Document(PAGE, TEXT)
    rule = Unclear(SAID)
    draft = Draft(found(page, rule), Fix("x", (GOOD,), Applicability.SAFE), Author("rule"), page.blob)
    examined = Examiner(page, [rule], Facts(), Parser()).examine(draft)
    assert examined.passed
    assert "never-safe" not in [verdict.gate for verdict in examined.verdicts]


@pytest.mark.parametrize(
    ("other", "gates"),
    [
        (edit("Words behind it", "Words behind them"), {"inside-section"}),
        (edit("First words", "First word"), {"inside-section"}),
        (edit("# Guide", "# Guides"), {"inside-section", "same-anchors", "same-names"}),
        (edit("# Guide\n", "# Guide #\n"), {"inside-section", "only-prose", "no-stray-signs"}),
        (edit("title: x", "title: y"), {"inside-section", "same-front-matter"}),
        (Edit(Span(0, 0), "---\na: b\n---\n"), {"inside-section", "same-front-matter", "same-structure"}),
        (edit("## Next", "## Nest"), {"inside-section", "same-anchors"}),
    ],
)
def test_an_edit_outside_of_the_section_is_refused(other: Edit, gates: set[str]) -> None:
    assert set(refusals(reply(TEXT, SAID, GOOD, other))) == gates


@pytest.mark.parametrize("eol", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize(
    ("said", "new"), [("First words.", "First word."), (SAID, "Open the file."), ("behind it.", "behind.")]
)
def test_an_edit_of_its_own_section_is_welcome(said: str, new: str, eol: str) -> None:
    text = TEXT.replace("\n", eol)
    assert refusals(reply(text, said, edit(said, new, text))) == {}


def test_a_heading_may_change_where_the_finding_is_about_it() -> None:
    text = '## <a id="next"></a>Next the step\n\nText.\n'
    change = edit("Next the step", "The next step", text)
    assert "inside-section" not in refusals(reply(text, "Next the step", change))
    other = edit("Next the step", "The next step", text)
    assert "inside-section" in refusals(reply(text, "Text.", other))


def test_a_protected_range_stays() -> None:
    text = f"# Guide\n\n<!-- docutune:disable -->\n\n{SAID}\n\n<!-- docutune:enable -->\n"
    page = Document(PAGE, text)
    rule = Unclear(SAID)
    (finding,) = rule.check(page, Facts())
    section = page.outline.sections[0]
    finding = replace(finding, section=SectionRef(section.headings, section.span))
    draft = Draft(finding, Fix("x", (edit(SAID, "Open the file.", text),)), MODEL, page.blob)
    refused = refusals(Examiner(page, [rule], Facts(), Parser()).examine(draft))
    assert refused["inside-section"].endswith("lies in a range that nobody may edit")


@pytest.mark.parametrize("span", [None, Span(0, len(TEXT)), Span(20, 30)])
def test_the_section_must_be_one_of_the_page(span: Span | None) -> None:
    page = Document(PAGE, TEXT)
    rule = Unclear(SAID)
    finding = replace(found(page, rule), section=SectionRef(("Guide",), span) if span else None)
    draft = Draft(finding, Fix("x", (GOOD,)), MODEL, page.blob)
    refused = refusals(Examiner(page, [rule], Facts(), Parser()).examine(draft))
    assert refused == {"inside-section": "the finding names no section of the page"}


def test_text_that_swallows_the_next_section_is_refused() -> None:
    refused = refusals(reply(TEXT, SAID, edit(SAID, "<!-- Open the file.")))
    assert refused["inside-section"] == "another section would read differently"


HIDDEN = {
    "zero width space": "Open\u200b the file.",
    "right-to-left override": "Open \u202ethe file.",
    "isolate": "Open \u2066the file.",
    "soft hyphen": "Open the fi\u00adle.",
    "byte order mark": "Open\ufeff the file.",
    "no-break space": "Open\u00a0the file.",
    "null": "Open the\0 file.",
    "bell": "Open the\x07 file.",
    "escape": "Open \x1b[31mthe file.",
    "form feed": "Open the\x0c file.",
    "next line": "Open the\x85 file.",
    "line separator": "Open the\u2028 file.",
    "lone surrogate": "Open the \ud800 file.",
    "private use": "Open the \ue000 file.",
    "tag": "Open the\U000e0041 file.",
    "blank letter": "Open the \u3164 file.",
    "tab": "Open\tthe file.",
}


@pytest.mark.parametrize("name", HIDDEN)
def test_a_hidden_character_is_refused_before_anything_reads_it(name: str) -> None:
    # The page has each of them elsewhere, so that only this gate can refuse.
    text = (
        TEXT + "\nAll \u200b\u202e\u2066\u00ad\ufeff\u00a0\x07\x1b[\x0c\x85\u2028\ue000\U000e0041\u3164\t.\n"
    )
    draft = reply(text, SAID, edit(SAID, HIDDEN[name]))
    assert set(refusals(draft)) == {"no-hidden-characters"}
    assert "U+" in refusals(draft)["no-hidden-characters"]


def test_a_hidden_character_that_stands_there_may_stay() -> None:
    text = TEXT.replace(SAID, "Please open\u00a0the file.")
    assert reply(text, "Please open\u00a0the file.", edit("Please open", "Open", text)).passed


@pytest.mark.parametrize(
    ("before", "after", "reason"),
    [
        ("- one\n- two\n", "- one \n- two\n", "white space between two texts changed"),
        ("- one\n- two\n", "- one\n* two\n", "what stands between two texts: “-” became “*”"),
    ],
)
def test_what_differs_between_texts_is_named(before: str, after: str, reason: str) -> None:
    text = f"# Guide\n\nPlease open the file.\n\n{before}\nWords.\n"
    assert refusals(reply(text, SAID, Edit(spot(text, before), after)))["only-prose"] == reason
