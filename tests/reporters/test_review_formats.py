"""A review in each format but the summary and the page."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft4Validator

from docbot.reporters import Options, RuleInfo
from docbot.reporters.reviews import REVIEWS
from docbot.reporters.reviews.outputs import OUTPUTS
from docbot.reporters.workflow import MOST
from docbot.review.values import Review
from docbot.types import Evidence, EvidenceKind, Notice, Severity, Verdict
from tests.reporters import test_rdjson, test_sarif
from tests.reporters.reviewed import GUIDE, bad, review_of, three
from tests.reporters.test_workflow import commands

OPTIONS = Options("1.2.3", (RuleInfo("doubled-word", "A word that stands twice.", "# Page\n"),))


def said(form: str, review: Review) -> str:
    return "".join(REVIEWS[form](review, OPTIONS))


def lines_of(review: Review) -> list[dict[str, Any]]:
    return [json.loads(line) for line in said("jsonl", review).splitlines()]


def fingerprints(review: Review) -> set[str]:
    """Those of the new findings, as JSON Lines has them."""
    lines = lines_of(review)
    found = [line for line in lines if line["kind"] == "elsewhere"]
    found += [one for line in lines if line["kind"] == "hunk" for one in (*line["adds"], *line["breaks"])]
    return {one["fingerprint"] for one in found}


@pytest.mark.parametrize("form", sorted(REVIEWS))
def test_every_format_bears_every_change(form: str) -> None:
    before = {"a.md": GUIDE, "gone.md": "", "old.md": "x\n", "short.md": "a\nb\n"}
    after = {"a.md": GUIDE.replace("\n", "\r\n"), "empty.md": "", "new.md": "x\n", "short.md": "a\n"}
    for review in (review_of({}, {}), review_of(before, after, renamed={"old.md": "new.md"})):
        assert isinstance(said(form, review), str)


def test_t45_every_format_knows_a_finding_by_the_same_key() -> None:
    review = three()
    known = fingerprints(review)
    assert len(known) == len(review.new) == 2
    sarif = json.loads(said("sarif", review))["runs"][0]["results"]
    assert {result["partialFingerprints"]["docbot/v1"] for result in sarif} == known
    assert {one["original_output"] for one in json.loads(said("rdjson", review))["diagnostics"]} == known


def test_sarif_and_rdjson_fit_their_schemas_and_tell_of_rules_and_notices() -> None:
    log = json.loads(said("sarif", three()))
    test_sarif.VALIDATOR.validate(log)
    (run,) = log["runs"]
    assert run["tool"]["driver"]["rules"][0]["shortDescription"] == {"text": "A word that stands twice."}
    said_so = run["invocations"][0]["toolExecutionNotifications"]
    assert [note["message"]["text"] for note in said_so] == ["no history: fetch more of it"]
    validator: Draft4Validator = test_rdjson.VALIDATOR
    validator.validate(json.loads(said("rdjson", three())))


def test_outputs_are_numbers_and_nothing_else() -> None:
    text = said("outputs", three())
    assert text == "findings=2\nerrors=1\nwarnings=1\ninfos=0\nhunks=4\ndont=2\nlook=1\nproven=1\n"
    assert [line.partition("=")[0] for line in text.splitlines()] == list(OUTPUTS)


def test_the_log_annotates_counts_and_names_where_to_look() -> None:
    log = said("github", three())
    assert [(level, found["file"], found["line"]) for level, found, _ in commands(log)] == [
        ("error", "docs/a.md", "7"),
        ("warning", "docs/links.md", "1"),
    ]
    assert log.splitlines()[2:] == [
        "note: no history: fetch more of it",
        "don't: docs/a.md:7: new: doubled-word: “run” stands twice",
        "don't: docs/gone.md:1: breaks docs/links.md: file-not-found: There is no docs/gone.md",
        "look here: docs/a.md:3: same-modals: “must” became “should”",
        "docbot found 2 new findings",
        "4 hunks since 0123456789: 2 don't: something breaks; 1 look here: a person has to judge; 1 proven",
    ]


def test_t35_what_stands_on_changed_lines_is_annotated_first_and_what_is_cut_is_said() -> None:
    before = {"a.md": "one\n", "b.md": "bad " * 20}
    after = {"a.md": "bad " * MOST, "b.md": "bad " * 20}
    grave = Severity.WARNING
    elsewhere = [bad("b.md", after, "bad", nth, severity=grave, confidence=1.0) for nth in range(20)]
    here = [bad("a.md", after, "bad", nth, severity=grave, confidence=0.8) for nth in range(MOST)]
    log = said("github", review_of(before, after, (), [*elsewhere, *here]))
    assert [found["file"] for _, found, _ in commands(log)] == ["a.md"] * MOST
    assert log.count("\n- b.md:1: warning ") == 20
    assert "docbot found 30 new findings, 20 of them without an annotation\n" in log


def test_a_log_names_only_so_many_hunks() -> None:
    before = {f"{number:02}.md": GUIDE for number in range(25)}
    after = {path: text.replace("must", "should") for path, text in before.items()}
    log = said("github", review_of(before, after))
    assert len(re.findall("^look here: ", log, re.M)) == 20
    assert "\nand 5 more hunks to look at\n" in log


@given(st.text(alphabet=st.sampled_from("a:%#[]\r\n\u2028\x85 ,=0A::")))
def test_t43_docs_text_runs_no_workflow_command(text: str) -> None:
    path = f"{text}.md"
    after = {path: f"bad {text}\n"}
    proof = Evidence(EvidenceKind.HISTORY, text, text)
    found = bad(path, after, "bad", message=text, evidence=(proof,))
    verdict = Verdict("same-code", False, text)
    review = review_of(
        {path: f"{text} old\n", f"::{text}": "x"},
        after,
        (),
        [found],
        notices=(Notice("", text),),
        proof=lambda hunk: (verdict,),
        forgotten=(text,),
    )
    assert [level for level, _, _ in commands(said("github", review))] == ["error"]
    assert commands(said("outputs", review)) == []


def test_a_terminal_is_told_what_happened_to_a_page() -> None:
    before = {"old.md": "# A\n\nText.\n\nGo.\n"}
    after = {"new.md": "# A\n\nGo.\n", "empty.md": ""}
    told = said("text", review_of(before, after, renamed={"old.md": "new.md"}))
    assert re.findall(r"^look here: (.*)$", told, re.M) == [
        "empty.md:1 (added)",
        "old.md -> new.md",
        "old.md:3 (edited)",
    ]
