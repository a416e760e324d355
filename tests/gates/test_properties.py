"""What holds for every section: the same text passes, and one thing less does not."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import event, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from docbot.facts import Facts
from docbot.gates import MEANING, Examiner
from docbot.markdown import Document, Parser
from docbot.testing import PAGE
from docbot.text import Edit, Span, apply
from docbot.types import Draft, Fix, SectionRef
from tests.gates.replies import MODEL, PROOF, refusals, rewrite_of, rewritten
from tests.helpers.rules import BadWord
from tests.markdown import strategies
from tests.test_gates import wild_drafts

WORDS = "file folder service agent log report key vault panel button editor disk copy share script".split()
VERBS = "opens reads writes saves closes checks lists moves sends keeps".split()
ANCHORS: dict[str, Sequence[str]] = {
    "same-numbers": ("30 seconds", "3 MB", "1,000", "7.4.1", "2024-03-01", "50%", "443"),
    "same-negations": ("not", "never", "only", "without"),
    "same-modals": ("must", "can", "should", "may", "might", "will"),
    "same-code": ("`Get-Item`", "`--force`", "``a`b``"),
    "same-links": ("[guide](a.md)", "[list](https://example.com/x)", "<https://example.com>"),
    "same-placeholders": ("{region}", "$HOME", "%TEMP%", "\\<name>"),
    "same-literals": ("appsettings.json", "/etc/hosts", "max_retries"),
    "same-names": ("PowerShell", "GitHub", "SQL"),
    "same-images": ("![folder](a.png)",),
    "same-footnotes": ("[^1]",),
    "same-emphasis": ("**panel**", "*panel*"),
}
PIECES = [piece for pieces in ANCHORS.values() for piece in pieces]


@st.composite
def sentences(draw: st.DrawFn) -> list[str]:
    """The words of one sentence, some of which mean something to a gate."""
    verb, others = (
        draw(st.sampled_from(VERBS)),
        st.lists(st.sampled_from(WORDS + PIECES), min_size=1, max_size=5),
    )
    return [
        "The",
        draw(st.sampled_from(WORDS)),
        verb,
        "the",
        *draw(others),
        draw(st.sampled_from(WORDS)) + ".",
    ]


@settings(max_examples=150, deadline=None)
@given(strategies.documents(max_lines=8))
def test_the_same_text_passes_every_gate_of_meaning(text: str) -> None:
    text = text.strip() or "x"
    rewrite = rewrite_of(text, text)
    said = {name: gate(rewrite) for name, gate in MEANING}
    # A wild text may swallow its own section, or be in no language; nothing else may object to it.
    place, language = said.pop("inside-section"), said.pop("same-language")
    assert place[0] or place[1] == "the finding names no section of the page" or "section" in place[1]
    assert language[0] or "English" in language[1]
    assert {name: answer for name, answer in said.items() if not answer[0]} == {}


@settings(max_examples=200, deadline=None)
@given(st.data(), st.lists(sentences(), min_size=1, max_size=4))
def test_whatever_a_gate_is_for_can_not_be_dropped(data: st.DataObject, text: list[list[str]]) -> None:
    gate = data.draw(st.sampled_from(sorted(ANCHORS)))
    piece = data.draw(st.sampled_from(ANCHORS[gate]))
    sentence = data.draw(st.sampled_from(text))
    others = [[word for word in words if word != piece] for words in text]
    at = data.draw(st.integers(3, len(sentence) - 1))
    index = text.index(sentence)
    with_it = [*others[index][:at], piece, *others[index][at:]]
    before = " ".join(" ".join(with_it if i == index else words) for i, words in enumerate(others))
    after = " ".join(" ".join(words) for words in others)
    refused = refusals(rewritten(before, after))
    assert gate in refused, (before, after, refused)


@settings(max_examples=250, deadline=None)
@given(wild_drafts())
def test_no_reply_breaks_a_gate(sample: tuple[str, Span, list[Edit]]) -> None:
    text, place, edits = sample
    page, rule = Document(PAGE, text), BadWord()
    section = page.outline.section_at(place.start)
    finding = rule.finding(page, place, "It is bad", confidence=0.9, evidence=PROOF)
    finding = replace(finding, section=SectionRef(section.headings, section.span) if section else None)
    draft = Draft(finding, Fix("x", tuple(edits)), MODEL, page.blob)
    examined = Examiner(page, [rule], Facts(), Parser()).examine(draft)
    assert all(verdict.reason for verdict in examined.verdicts)
    if examined.passed:
        event("passed")
        after = page.with_text(apply(text, edits))
        assert [link.destination for link in after.outline.links] == [
            link.destination for link in page.outline.links
        ]
        assert (
            after.text[: section.span.start if section else 0] == text[: section.span.start if section else 0]
        )


@settings(max_examples=100, deadline=None)
@given(st.lists(sentences(), min_size=2, max_size=4, unique_by=tuple))
def test_no_sentence_can_be_dropped_or_told_twice(text: list[list[str]]) -> None:
    said = [" ".join(words) for words in text]
    for after in (said[1:], said[:-1], [*said, said[0]]):
        refused = refusals(rewritten(" ".join(said), " ".join(after)))
        assert refused, (said, after)
