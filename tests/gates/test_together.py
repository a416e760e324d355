"""Drafts of rules and of a model on one page: who gives way, and which gates ask whom."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from docbot import engine
from docbot.config import Config
from docbot.drafters.interface import Drafter
from docbot.drafters.rule_fix import RuleFix
from docbot.drafting import Drafted, draft_all
from docbot.facts import Facts
from docbot.gates import Examiner, combined
from docbot.markdown import Document, Parser
from docbot.rules.interface import Rule
from docbot.testing import documents, facts_of
from docbot.text import Edit, Span, apply
from docbot.types import Applicability, Draft, Finding, Fix
from tests.gates.replies import MODEL, Unclear
from tests.helpers.rules import BadWord, spot

UNCLEAR = "In order to start, you must save the file."
CLEAR = "To start, you must save the file."
TEXT = f"# Guide\n\n{UNCLEAR}\n\nIt is bad there.\n\n## Next\n\nIt is bad, too.\n"
RULES: tuple[Rule, ...] = (BadWord(), Unclear(UNCLEAR))


class Model:
    """Answers what no rule has a fix for, with the replies it was given."""

    author = MODEL

    def __init__(self, replies: Mapping[str, tuple[tuple[str, str], ...]]) -> None:
        self._replies = replies

    def draft(self, finding: Finding, document: Document) -> Fix | None:
        reply = self._replies.get(finding.excerpt, ())
        edits = tuple(Edit(spot(document.text, old), new) for old, new in reply)
        return Fix("Say it clearly", edits, Applicability.UNSAFE) if edits else None


def drafted(text: str, *replies: tuple[str, str], rules: Sequence[Rule] = RULES) -> Drafted:
    """What becomes of a page whose unclear text a model answers with `replies`."""
    page = Document("page.md", text)
    facts = facts_of(documents(text))
    found = engine.settle(engine.check(page, rules, facts), {page.path: page.outline}, Config()).findings
    drafters: list[Drafter] = [RuleFix(), Model({UNCLEAR: replies})]
    return draft_all(found, drafters, rules, facts, lambda path: page)


def applied(made: Drafted, text: str) -> str:
    return apply(text, [edit for one in made.drafts if one.passed for edit in one.fix.edits])


def test_each_goes_through_its_own_gates_and_all_go_together() -> None:
    made = drafted(TEXT, (UNCLEAR, CLEAR))
    assert [one.refusal for one in made.drafts] == ["", "", ""]
    assert made.held == ()
    gates = [{verdict.gate for verdict in one.verdicts} for one in made.drafts]
    assert ["never-safe" in asked for asked in gates] == [True, False, False]
    assert ["inside-block" in asked for asked in gates] == [False, True, True]
    assert applied(made, TEXT) == TEXT.replace(UNCLEAR, CLEAR).replace("bad", "good")


def test_together_they_are_asked_by_all_gates() -> None:
    page = Document("page.md", TEXT)
    examiner = Examiner(page, RULES, facts_of(documents(TEXT)), Parser())
    drafts = list(drafted(TEXT, (UNCLEAR, CLEAR)).drafts)
    both = examiner.examine(combined(drafts), drafts)
    assert both.passed
    asked = [verdict.gate for verdict in both.verdicts]
    assert {"never-safe", "inside-block", "inside-section", "same-modals"} <= set(asked)
    assert len(set(asked)) == len(asked)
    assert combined(drafts).fix.applicability is Applicability.UNSAFE
    assert combined(drafts[1:]).fix.applicability is Applicability.SAFE


def test_what_rules_change_in_the_section_is_not_the_models_doing() -> None:
    # The rule's word is new, and its draft alone changes what the section says: only the model's part counts.
    class Number(BadWord):
        """Writes a number."""

        better = "30 not"

    made = drafted(TEXT, (UNCLEAR, CLEAR), rules=(Number(), Unclear(UNCLEAR)))
    assert [one.passed for one in made.drafts] == [True, True, True]
    assert "It is 30 not there." in applied(made, TEXT)


def test_a_bad_reply_makes_no_rule_give_way() -> None:
    made = drafted(TEXT, (UNCLEAR, "To start, you should save the file."))
    assert [(one.finding.rule, one.passed) for one in made.drafts] == [
        ("wrong-word", True),
        ("wrong-word", True),
        ("unclear-text", False),
    ]
    assert made.held == ()


def test_where_they_meet_the_rule_wins_though_it_comes_later() -> None:
    text = TEXT.replace("It is bad there.", "It is so there.").replace("the file.", "the bad file.")
    unclear = UNCLEAR.replace("the file.", "the bad file.")
    rules: tuple[Rule, ...] = (Unclear(unclear), BadWord())
    page = Document("page.md", text)
    facts = facts_of(documents(text))
    found = engine.settle(engine.check(page, rules, facts), {page.path: page.outline}, Config()).findings
    reply = ((unclear, unclear.replace("In order to", "To")),)
    made = draft_all(found, [RuleFix(), Model({unclear: reply})], rules, facts, lambda path: page)
    assert found[0].rule == "unclear-text"
    assert [one.finding.rule for one in made.drafts] == ["wrong-word", "wrong-word"]
    (held,) = made.held
    assert held.draft.author == MODEL
    assert held.reason == "its edit meets that of wrong-word at the same place"


def test_a_reply_that_only_together_breaks_the_page_is_held_and_the_rules_stay() -> None:
    class Opener(BadWord):
        """Writes half of a code span; a model's draft has the other half."""

        better = "`good"

    text = "# Guide\n\nIt is bad there. In order to start, save ` and close it.\n"
    unclear = "In order to start, save ` and close it."
    rules: tuple[Rule, ...] = (Unclear(unclear),)
    page = Document("page.md", text)
    examiner = Examiner(page, rules, facts_of(documents(text)), Parser())
    section = engine.settle(engine.check(page, rules, Facts()), {page.path: page.outline}, Config()).findings[
        0
    ]
    alone = Draft(section, Fix("x", (Edit(spot(text, "In order to"), "To"),)), MODEL, page.blob)
    assert examiner.examine(alone).passed
    found = engine.check(page, [Opener()], Facts())[0]
    assert found.fix is not None
    rule = Draft(found, found.fix, RuleFix.author, page.blob)
    both = examiner.examine(combined([rule, alone]), [rule, alone])
    assert not both.passed


def test_two_replies_in_one_section_are_each_tried_beside_the_other() -> None:
    first, second = "In order to start, save the file.", "In order to stop, close the file."
    text = f"# Guide\n\n{first}\n\n{second}\n"
    page = Document("page.md", text)
    rules: tuple[Rule, ...] = (Unclear(first), Unclear(second))
    facts = facts_of(documents(text))
    found = engine.settle(engine.check(page, rules, facts), {page.path: page.outline}, Config()).findings
    replies = {said: ((said, said.replace("In order to", "To")),) for said in (first, second)}
    made = draft_all(found, [Model(replies)], rules, facts, lambda path: page)
    assert [one.refusal for one in made.drafts] == ["", ""]
    assert made.held == ()
    assert applied(made, text) == text.replace("In order to", "To")
    assert made.drafts[0].fix.edits[0].span == Span(text.index(first), text.index(first) + len(first))
