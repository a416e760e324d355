"""From findings to drafts: who drafts, in which order, and which of two drafts that meet gives way."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec.structs import replace

from docbot import engine
from docbot.drafters.interface import Drafter
from docbot.drafters.rule_fix import RuleFix
from docbot.drafting import Drafted, draft_all
from docbot.errors import UnreadablePageError
from docbot.facts import Facts
from docbot.markdown import Document
from docbot.rules.interface import Rule
from docbot.text import Edit, apply
from docbot.types import Applicability, Author, Finding, Fix, Question
from tests.helpers.rules import BadWord, DoubtfulWord, WorseWord, spot

RULES: tuple[Rule, ...] = (BadWord(), WorseWord(), DoubtfulWord())


def drafted(
    pages: Mapping[str, str],
    drafters: Sequence[Drafter] = (RuleFix(),),
    findings: Sequence[Finding] | None = None,
) -> Drafted:
    documents = {path: Document(path, text) for path, text in pages.items()}
    found = [f for page in documents.values() for f in engine.check(page, RULES, Facts())]
    return draft_all(found if findings is None else findings, drafters, RULES, Facts(), documents.__getitem__)


class Model:
    """Drafts one rule's findings, with other words."""

    author = Author("model", "prompt-hash")

    def __init__(self, rule: str) -> None:
        self.rule = rule

    def draft(self, finding: Finding, document: Document) -> Fix | None:
        if finding.rule != self.rule:
            return None
        return Fix("Say it nicely", (Edit(finding.span, "lovely"),), Applicability.UNSAFE)


class Greedy:
    """Rewrites the whole block for each finding."""

    author = Author("greedy")

    def draft(self, finding: Finding, document: Document) -> Fix | None:
        block = document.leaf_at(finding.span)
        assert block is not None
        assert block.span is not None
        return Fix("Say it all anew", (Edit(block.span, f"Anew, {finding.span.start}."),))


def test_every_finding_with_a_fix_is_drafted_and_tried() -> None:
    found = drafted({"b.md": "It is bad, maybe.\n", "a.md": "It is worse.\n"})
    assert [(d.finding.path, d.finding.rule) for d in found.drafts] == [
        ("a.md", "wicked-word"),
        ("b.md", "wrong-word"),
    ]
    assert all(draft.passed for draft in found.drafts)
    assert not found.held
    assert not found.notices
    assert found.drafts[0].author == Author("rule")


def test_the_first_drafter_that_answers_is_taken() -> None:
    pages = {"a.md": "It is bad and worse.\n"}
    names = [d.author.name for d in drafted(pages, (Model("wicked-word"), RuleFix())).drafts]
    assert names == ["rule", "model"]
    names = [d.author.name for d in drafted(pages, (RuleFix(), Model("wicked-word"))).drafts]
    assert names == ["rule", "rule"]
    assert drafted(pages, ()).drafts == ()


def test_a_fix_that_is_only_to_be_shown_is_no_draft() -> None:
    page = Document("a.md", "It is bad.\n")
    (found,) = BadWord().check(page, Facts())
    assert found.fix is not None
    shown = Fix(found.fix.title, found.fix.edits, Applicability.DISPLAY)
    finding = BadWord().finding(page, found.span, "x", confidence=1, evidence=found.evidence, fix=shown)
    assert RuleFix().draft(finding, page) is None


def test_of_two_drafts_that_meet_the_later_is_held() -> None:
    found = drafted({"a.md": "It is bad and worse.\n\nAlso bad.\n"}, (Greedy(),))
    assert [(d.finding.rule, d.finding.span.start) for d in found.drafts] == [
        ("wrong-word", 6),
        ("wrong-word", 27),
    ]
    (held,) = found.held
    assert held.draft.finding.rule == "wicked-word"
    assert held.reason == "its edit meets that of wrong-word at the same place"


def test_a_refused_draft_makes_nobody_give_way() -> None:
    class Breaker(Greedy):
        """Rewrites the block for the first finding so that a gate refuses it."""

        def draft(self, finding: Finding, document: Document) -> Fix | None:
            if finding.rule == "wicked-word":
                return RuleFix().draft(finding, document)
            return Fix("Break it", (Edit(finding.span, "`x`"), Edit(spot(document.text, "worse"), "x")))

    found = drafted({"a.md": "It is bad and worse.\n"}, (Breaker(),))
    assert [(d.finding.rule, d.passed) for d in found.drafts] == [
        ("wicked-word", True),
        ("wrong-word", False),
    ]
    assert found.drafts[1].refusal.startswith("same-code")
    assert found.held == ()


def test_drafts_that_only_together_break_the_page_are_held() -> None:
    class Opener(Greedy):
        """Writes one backtick for each finding: alone it is text, two make code."""

        def draft(self, finding: Finding, document: Document) -> Fix | None:
            return Fix("Tick", (Edit(finding.span, "`"),))

    found = drafted({"a.md": "It is bad and worse.\n"}, (Opener(),))
    assert [d.finding.rule for d in found.drafts] == ["wrong-word"]
    (held,) = found.held
    assert held.draft.finding.rule == "wicked-word"
    assert "together with the page's other edits a gate refuses it: same-code" in held.reason


def test_what_passed_can_be_applied_at_once() -> None:
    text = "It is bad, bad and worse.\n\n- bad `bad` [bad](bad.md)\n"
    found = drafted({"a.md": text})
    passed = [draft for draft in found.drafts if draft.passed]
    after = apply(text, [edit for draft in passed for edit in draft.fix.edits])
    assert after.startswith("It is good, good and good.\n\n- good `bad` [good](")


def test_a_page_that_is_no_longer_there_is_a_notice() -> None:
    page = Document("a.md", "It is bad.\n")

    class Gone(Document):
        """A page whose text can't be read any more."""

        @property
        def text(self) -> str:
            raise UnreadablePageError("a.md changed: run docbot again")

        @text.setter
        def text(self, value: str) -> None: ...

    findings = list(BadWord().check(page, Facts()))
    found = draft_all(findings, [RuleFix()], RULES, Facts(), lambda path: Gone(path, "", page.blob))
    assert found.drafts == ()
    assert [notice.text for notice in found.notices] == ["a.md changed: run docbot again"]


def test_progress_counts_pages() -> None:
    pages = dict.fromkeys(("a.md", "b.md"), "It is bad.\n")
    documents = {path: Document(path, text) for path, text in pages.items()}
    found = [f for page in documents.values() for f in engine.check(page, RULES, Facts())]
    heard: list[tuple[int, int]] = []
    draft_all(
        found,
        [RuleFix()],
        RULES,
        Facts(),
        documents.__getitem__,
        lambda done, total: heard.append((done, total)),
    )
    assert heard == [(1, 2), (2, 2)]


class Asking(BadWord):
    """Asks, and has a fix all the same."""

    name = "asking"

    def check(self, document: Document, facts: Facts) -> Iterator[Finding]:
        for finding in super().check(document, facts):
            yield replace(finding, question=Question("Is it?"))


def test_a_question_wins_over_every_fix() -> None:
    page = Document("a.md", "It is bad.\n")
    (finding,) = Asking().check(page, Facts())
    assert finding.fix is not None
    for drafters in ((RuleFix(),), (Model("asking"),), (RuleFix(), Model("asking"), Greedy())):
        found = draft_all([finding], drafters, [Asking()], Facts(), lambda path: page)
        assert (found.drafts, found.held) == ((), ())
