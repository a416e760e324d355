"""Running rules and settling what is shown: fingerprints, suppressions, baseline, thresholds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from msgspec.structs import replace

from docbot import engine
from docbot.config import Config
from docbot.engine import UNUSED_SUPPRESSION, Settled
from docbot.errors import RuleError
from docbot.facts import Facts
from docbot.markdown import Document
from docbot.rules.interface import Rule
from docbot.text import Span
from docbot.types import Finding, Severity, fingerprint
from tests.helpers.rules import PROOF, BadWord, DoubtfulWord, WorseWord

BAD, WORSE, DOUBTFUL = BadWord(), WorseWord(), DoubtfulWord()
RULES: tuple[Rule, ...] = (BAD, WORSE, DOUBTFUL)
PAGE = "docs/page.md"


def settled(
    text: str,
    config: Config | None = None,
    *,
    rules: Sequence[Rule] = RULES,
    ran: str = "",
    **options: Any,
) -> Settled:
    """What is shown of one page; `ran` names the rules that ran, all of them unless told otherwise."""
    page = Document(PAGE, text)
    names = frozenset(ran.split()) if ran else frozenset([*(rule.name for rule in rules), "*"])
    found = engine.check(page, rules, Facts())
    arguments = {"ran": names, **options}
    return engine.settle(found, {PAGE: page.outline}, config or Config(), **arguments)


def shown(text: str, config: Config | None = None, **options: Any) -> list[str]:
    """The rule and the excerpt of each finding."""
    found = settled(text, config, **options).findings
    return [f"{finding.rule} {finding.excerpt}" for finding in found]


class TestEnabled:
    def names(self, config: Config, only: Sequence[str] = (), skip: Sequence[str] = ()) -> list[str]:
        return [rule.name for rule in engine.enabled(RULES, config, only, skip)]

    def test_all_rules_run_unless_told_otherwise(self) -> None:
        assert self.names(Config()) == ["wrong-word", "wicked-word", "doubtful-word"]

    def test_the_config_chooses(self) -> None:
        assert self.names(Config(rules=("wicked-word", "wrong-word"))) == ["wrong-word", "wicked-word"]
        assert self.names(Config(skip=("wrong-word",))) == ["wicked-word", "doubtful-word"]
        assert self.names(Config(rules=("wrong-word",), skip=("wrong-word",))) == []

    def test_the_command_line_wins(self) -> None:
        config = Config(rules=("wrong-word",), skip=("wicked-word",))
        assert self.names(config, only=["wicked-word"]) == ["wicked-word"]
        assert self.names(config, skip=["wrong-word"]) == []
        assert self.names(Config(), only=["wrong-word", "wicked-word"], skip=["wrong-word"]) == [
            "wicked-word"
        ]

    @pytest.mark.parametrize(
        "config",
        [
            Config(rules=("wrong-wrod",)),
            Config(skip=("wrong-wrod",)),
            Config(severity={"wrong-wrod": Severity.INFO}),
        ],
    )
    def test_a_name_no_rule_has_is_refused_in_the_config(self, config: Config) -> None:
        with pytest.raises(RuleError, match="there is no rule 'wrong-wrod': `docbot rules` lists"):
            self.names(config)

    def test_a_name_no_rule_has_is_refused_on_the_command_line(self) -> None:
        for only, skip in ((["wrong-wrod"], []), ([], ["wrong-wrod"])):
            with pytest.raises(RuleError):
                self.names(Config(), only, skip)

    def test_reports_of_unused_suppressions_can_be_left_out_but_not_asked_for(self) -> None:
        assert len(self.names(Config(), skip=[UNUSED_SUPPRESSION])) == 3
        with pytest.raises(RuleError):
            self.names(Config(), only=[UNUSED_SUPPRESSION])


class TestCheck:
    def test_findings_come_in_the_order_of_the_page(self) -> None:
        found = engine.check(Document(PAGE, "worse bad worse"), [BAD, WORSE], Facts())
        assert [finding.excerpt for finding in found] == ["worse", "bad", "worse"]

    @pytest.mark.parametrize(
        "wrong",
        [
            {"evidence": ()},
            {"excerpt": "good"},
            {"span": Span(1, 4)},
            {"span": Span(0, 99)},
            {"span": Span(-3, 0)},
        ],
        ids=str,
    )
    def test_a_rule_that_breaks_its_contract_is_named(self, wrong: dict[str, object]) -> None:
        class Liar(BadWord):
            """Says what isn't so."""

            name = "liar"

            def check(self, document: Document, facts: Facts) -> Iterator[Finding]:
                for finding in super().check(document, facts):
                    yield replace(finding, **wrong)

        with pytest.raises(RuleError, match=f"rule liar reports .* on {PAGE}") as raised:
            engine.check(Document(PAGE, "bad words"), [Liar()], Facts())
        assert "report this to the rule's author" in str(raised.value)

    def test_no_rule_means_no_finding(self) -> None:
        assert engine.check(Document(PAGE, "bad"), [], Facts()) == []


class TestFingerprints:
    def prints(self, text: str) -> list[str]:
        return [finding.fingerprint for finding in settled(text).findings]

    def test_they_survive_text_inserted_above(self) -> None:
        text = "It is bad.\n\nWorse: it is bad and worse.\n"
        above = "---\ntitle: x\n---\n\n# New\n\nSome more lines.\n\n"
        assert self.prints(above + text) == self.prints(text)

    def test_they_hold_no_place(self) -> None:
        (finding,) = settled("It is bad.\n").findings
        assert finding.fingerprint == fingerprint("wrong-word", PAGE, "bad", 0)

    def test_equal_findings_are_told_apart_by_their_order(self) -> None:
        assert self.prints("bad bad\n\nbad\n") == [
            fingerprint("wrong-word", PAGE, "bad", n) for n in range(3)
        ]
        assert len(set(self.prints("bad bad worse bad\n"))) == 4

    def test_the_order_counts_suppressed_ones_too(self) -> None:
        text = "bad <!-- docbot: ignore wrong-word why -->\nbad\n"
        assert self.prints(text) == [fingerprint("wrong-word", PAGE, "bad", 1)]

    def test_they_differ_between_pages(self) -> None:
        pages = [Document(path, "bad\n") for path in ("a.md", "b/a.md")]
        found = [finding for page in pages for finding in engine.check(page, [BAD], Facts())]
        all_shown = engine.settle(found, {page.path: page.outline for page in pages}, Config()).findings
        assert [finding.path for finding in all_shown] == ["a.md", "b/a.md"]
        assert len({finding.fingerprint for finding in all_shown}) == 2


class TestSections:
    def test_each_finding_has_the_section_it_stands_in(self) -> None:
        text = "bad\n\n# One\n\nbad\n\n## Two\n\nbad\n"
        headings = [f.section.headings if f.section else None for f in settled(text).findings]
        assert headings == [(), ("One",), ("One", "Two")]

    def test_a_finding_before_every_section_has_none(self) -> None:
        (finding,) = settled("---\ntitle: bad\n---\n").findings
        assert finding.section is None


class TestSuppressions:
    def test_inside_a_line_it_covers_the_line(self) -> None:
        text = "bad and bad <!-- docbot: ignore wrong-word it is meant -->\nbad\n"
        assert shown(text) == ["wrong-word bad"]
        assert settled(text).hidden == {"suppressed": 2}

    def test_on_its_own_line_it_covers_the_next_block(self) -> None:
        text = "bad\n\n<!-- docbot: ignore wrong-word it is meant -->\n\nbad\nbad\n\nbad\n"
        assert shown(text) == ["wrong-word bad", "wrong-word bad"]
        assert settled(text).hidden == {"suppressed": 2}

    def test_for_the_file_it_covers_the_page(self) -> None:
        text = "bad\n\n# bad\n\n<!-- docbot: ignore-file wrong-word it is meant -->\n\nbad worse\n"
        assert shown(text) == ["wicked-word worse"]

    def test_a_wildcard_covers_every_rule(self) -> None:
        assert shown("bad worse <!-- docbot: ignore * they are meant -->\n") == []

    def test_it_covers_its_own_rule_alone(self) -> None:
        assert shown("bad worse <!-- docbot: ignore wrong-word x -->\n") == ["wicked-word worse"]

    def test_an_unused_one_is_reported(self) -> None:
        text = "Fine. <!-- docbot: ignore wrong-word x -->\n"
        (finding,) = settled(text).findings
        assert finding.rule == UNUSED_SUPPRESSION
        assert finding.excerpt == "<!-- docbot: ignore wrong-word x -->"
        assert finding.span.of(text) == finding.excerpt
        assert finding.severity is Severity.INFO
        assert finding.evidence
        assert finding.section
        assert len(finding.fingerprint) == 16

    def test_two_unused_ones_of_one_rule_have_fingerprints_of_their_own(self) -> None:
        comment = "Fine. <!-- docbot: ignore wrong-word x -->\n"
        assert len({finding.fingerprint for finding in settled(f"{comment}\n{comment}").findings}) == 2

    def test_unused_is_only_what_ran(self) -> None:
        text = "Fine. <!-- docbot: ignore wrong-word x --> <!-- docbot: ignore * x -->\n"
        assert len(shown(text)) == 2
        assert shown(text, ran="wrong-word wicked-word") == [
            f"{UNUSED_SUPPRESSION} <!-- docbot: ignore wrong-word x -->"
        ]
        assert shown(text, ran="wicked-word") == []

    def test_a_rule_nobody_knows_is_never_unused(self) -> None:
        assert shown("Fine. <!-- docbot: ignore plugin-rule x -->\n") == []

    def test_one_that_hides_a_doubtful_finding_is_used(self) -> None:
        assert shown("maybe <!-- docbot: ignore doubtful-word x -->\n") == []

    def test_an_unused_one_can_be_in_the_baseline(self) -> None:
        text = "Fine. <!-- docbot: ignore wrong-word x -->\n"
        known = frozenset(finding.fingerprint for finding in settled(text).findings)
        assert shown(text, baseline=known) == []


class TestHidden:
    def test_protected_text_is_left_alone(self) -> None:
        text = "bad\n\n<!-- docutune:disable -->\n\nbad\n\n<!-- docutune:enable -->\n"
        assert shown(text) == ["wrong-word bad"]
        assert settled(text).hidden == {"protected": 1}

    def test_the_baseline_hides_what_it_holds(self) -> None:
        known = frozenset([fingerprint("wrong-word", PAGE, "bad", 1)])
        found = settled("bad bad bad worse\n", baseline=known)
        assert [finding.span.start for finding in found.findings] == [0, 8, 12]
        assert found.hidden == {"baseline": 1}

    def test_doubtful_findings_are_hidden_unless_asked_for(self) -> None:
        assert shown("maybe bad\n") == ["wrong-word bad"]
        assert settled("maybe bad\n").hidden == {"confidence": 1}
        assert shown("maybe bad\n", show_all=True) == ["doubtful-word maybe", "wrong-word bad"]
        assert shown("maybe bad\n", Config(confidence=0.5)) == ["doubtful-word maybe", "wrong-word bad"]
        assert shown("maybe bad\n", Config(confidence=0.95)) == []

    def test_asking_for_all_does_not_bring_back_what_was_accepted(self) -> None:
        known = frozenset([fingerprint("doubtful-word", PAGE, "maybe", 0)])
        assert shown("maybe\n", show_all=True, baseline=known) == []

    def test_what_was_not_asked_for_is_neither_shown_nor_counted(self) -> None:
        found = settled("bad worse\n", keep=lambda finding: finding.rule == "wicked-word")
        assert [finding.rule for finding in found.findings] == ["wicked-word"]
        assert found.hidden == {}


def test_a_repository_may_see_severities_differently() -> None:
    config = Config(severity={"wrong-word": Severity.ERROR, UNUSED_SUPPRESSION: Severity.WARNING})
    found = settled("bad worse\n\nFine. <!-- docbot: ignore doubtful-word x -->\n", config).findings
    assert [(finding.rule, finding.severity.value) for finding in found] == [
        ("wrong-word", "error"),
        ("wicked-word", "error"),
        (UNUSED_SUPPRESSION, "warning"),
    ]


def test_findings_come_page_by_page_in_the_order_of_the_text() -> None:
    pages = [Document(path, "worse bad\n") for path in ("b.md", "a.md")]
    found = [finding for page in pages for finding in engine.check(page, RULES, Facts())]
    outlines = {page.path: page.outline for page in pages}
    places = [(f.path, f.excerpt) for f in engine.settle(reversed(found), outlines, Config()).findings]
    assert places == [("a.md", "worse"), ("a.md", "bad"), ("b.md", "worse"), ("b.md", "bad")]


def test_an_empty_finding_is_covered_like_any_other() -> None:
    text = "Fine <!-- docbot: ignore wrong-word x -->\n"
    page = Document(PAGE, text)
    empty = BAD.finding(page, Span(4, 4), "Something is missing", confidence=1.0, evidence=PROOF)
    assert engine.settle([empty], {PAGE: page.outline}, Config()).findings == ()
