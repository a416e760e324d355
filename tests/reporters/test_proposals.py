"""A run of `docbot propose`, told to those who weren't there."""

from __future__ import annotations

import json
from typing import Any

from docbot.reporters.proposals import OUTPUTS, Done, Kept, Proposed, jsonl, outputs, summary
from docbot.types import FileChange, Notice, Outcome, OutcomeKind, Proposal

URL = "https://github.com/lantern-team/lantern-docs/pull/7"


def proposal(title: str = "Mend a link") -> Proposal:
    change = FileChange("docs/a.md", "0" * 40, b"a", b"b")
    return Proposal("links", "main", "docbot/links", title, "message", "body", (change,), ("0" * 16,))


def proposed(**given: Any) -> Proposed:
    done = (Done(proposal(), Outcome(OutcomeKind.CREATED, "#7 was opened as a draft", URL)),)
    return Proposed(**{"docs": "a/b", "base": "main", "done": done, **given})


def values(run: Proposed) -> dict[str, str]:
    lines = "".join(outputs(run)).splitlines()
    return dict(line.split("=", 1) for line in lines)


def test_the_outputs_are_those_that_are_documented() -> None:
    run = proposed(held={"the limit": 2, "open already": 1}, questions=4)
    found = values(run)
    assert list(found) == list(OUTPUTS)
    assert json.loads(found["pull-requests"]) == [URL]
    assert (found["created"], found["updated"], found["held"], found["questions"]) == ("1", "0", "3", "4")


def test_what_was_not_sent_has_no_pull_request() -> None:
    refused = Outcome(OutcomeKind.DECLINED, "closed by a person", URL)
    assert proposed(done=(Done(proposal(), None), Done(proposal(), refused))).urls == ()


def test_an_address_sets_no_output() -> None:
    odd = Outcome(OutcomeKind.UPDATED, "#7", f"{URL}\nheld=99")
    assert values(proposed(done=(Done(proposal(), odd),)))["held"] == "0"


def test_jsonl_holds_the_whole_run() -> None:
    run = proposed(kept=(Kept(URL, "#6: settled"),), held={"the limit": 2}, questions=1)
    lines = [json.loads(line) for line in jsonl(run)]
    assert [line["kind"] for line in lines] == ["proposal", "chore", "held", "propose"]
    assert lines[0]["outcome"] == "created"
    assert lines[0]["paths"] == ["docs/a.md"]
    assert lines[2] == {"kind": "held", "drafts": 2, "reason": "the limit"}
    (dry,) = [json.loads(line) for line in jsonl(proposed(done=(Done(proposal(), None),)))][:1]
    assert (dry["outcome"], dry["url"]) == (None, None)


def test_the_summary_names_what_was_done_and_why_not_more() -> None:
    run = proposed(
        kept=(Kept(URL, "#6: settled"),), held={"the limit": 2}, notices=(Notice("", "2 pages are odd"),)
    )
    said = "".join(summary(run))
    assert f"- **created**: `Mend a link` (1 file): \\#\u200b7 was opened as a draft: <{URL}>\n" in said
    assert "2 drafts held for now" in said
    assert "- 2: `the limit`\n" in said
    assert "- note: `2 pages are odd`\n" in said
    assert "nothing to propose" in "".join(summary(proposed(done=())))


def test_docs_text_does_nothing_in_a_summary() -> None:
    odd = proposal("`x` @somebody <img src=x>")
    said = "".join(summary(proposed(done=(Done(odd, None),), held={"<b>@team": 1})))
    assert "`` `x` @\u200bsomebody <img src=x> ``" in said
    assert "`<b>@\u200bteam`" in said


def test_a_summary_stays_small() -> None:
    said = "".join(summary(proposed(held={f"{number} {'x' * 400}": 1 for number in range(5_000)})))
    assert "- and 4,950 more reasons" in said
    assert len(said.encode()) < 100_000
