"""What a reviewer is told of the gates' objections to a hunk."""

from __future__ import annotations

from pathlib import Path

from docbot.app import ScanOptions, review
from docbot.review.values import Judged, Judgement
from tests.helpers.git import Builder

PAGE = """# Guide

You must wait 30 seconds before the lantern is lit, since the wick has to soak.

    lantern --light

- Put the glass back.
"""


def only(tmp_path: Path, text: str) -> Judged:
    docs = Builder.init(tmp_path / "docs")
    docs.commit({"guide.md": PAGE, "other.md": "# Other\n\nText.\n"})
    docs.write("guide.md", text)
    (one,) = review(docs.root, "HEAD", ScanOptions()).hunks
    assert one.judgement is Judgement.LOOK
    return one


def test_what_matters_most_comes_first_and_the_rest_is_named(tmp_path: Path) -> None:
    other = "**Azure** can never burn for 90 hours, [see](other.md)! Or so they say? Perhaps."
    one = only(tmp_path, PAGE.replace("    lantern --light\n\n", "").replace(PAGE.splitlines()[2], other))
    refused = {verdict.gate for verdict in one.proof if not verdict.passed}
    implied = {"only-prose", "no-words-dropped", "few-new-words"}
    assert {"same-code", "same-structure", "same-sentences"} <= refused
    assert implied & refused
    told = [reason.partition(": ")[0].split(", ") for reason in one.said]
    assert [gates[0] for gates in told[:2]] == ["same-code", "same-numbers"]
    assert ["same-sentences"] in told[:5]
    assert {gate for gates in told for gate in gates} == refused - implied
    assert len(told) == 6
    assert one.said[-1].endswith(": these gates object, too")


def test_an_objection_that_nothing_else_explains_is_told(tmp_path: Path) -> None:
    one = only(tmp_path, PAGE.replace("- Put", "\n- Put"))
    assert [verdict.gate for verdict in one.proof if not verdict.passed] == ["only-prose"]
    assert [reason.partition(": ")[0] for reason in one.said] == ["only-prose"]
