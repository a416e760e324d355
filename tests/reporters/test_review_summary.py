"""The Markdown summary of a review."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

import pytest
from hypothesis import given, settings

from docbot.reporters import Options
from docbot.reporters.reviews.summary import LARGEST, render
from docbot.review.values import Review
from docbot.types import Evidence, EvidenceKind, Notice, Question, Severity, Verdict
from tests.reporters.github_reads import REFERENCES, done_by, events, hostile, outside_code
from tests.reporters.reviewed import GUIDE, bad, review_of, three

ALLOWED = {
    *("Text", "Code", "SoftBreak", "Html", "Start HtmlBlock", "End HtmlBlock"),
    *(
        f"{edge} {kind}"
        for edge in ("Start", "End")
        for kind in (
            *("Paragraph", "Heading", "List", "Item", "CodeBlock", "Strong"),
            *("Table", "TableHead", "TableRow", "TableCell"),
        )
    ),
}
OWN_HTML = re.compile(r"</?details>|<summary>[\w, ]+</summary>|\n")
FINDING = re.compile(r"^- \*\*(error|warning|info)\*\* ", re.M)


def said(review: Review) -> str:
    return "".join(render(review, Options()))


def table(summary: str) -> dict[str, int]:
    """The counts at the top, by their names."""
    names, _, figures = (line.strip("| ").split(" | ") for line in summary.split("\n")[2:5])
    return dict(zip(names, (int(figure.replace(",", "")) for figure in figures), strict=True))


def test_counts_come_first_and_hunks_in_the_order_to_read_them() -> None:
    summary = said(three())
    assert summary.startswith("## docbot: 2 new findings in 4 hunks\n\n| don't | look here | proven | errors")
    assert table(summary) == {"don't": 2, "look here": 1, "proven": 1, "errors": 1, "warnings": 1, "infos": 0}
    assert re.findall("^###+ (.*)$", summary, re.M) == [
        "New findings on changed lines",
        "New findings elsewhere",
        "Notes",
        "Hunks, in the order to read them",
        "1. don't: `docs/a.md:7`, edited",
        "2. don't: `docs/gone.md:1`, removed",
        "3. look here: `docs/a.md:3`, edited",
        "4. proven: `docs/a.md:11`, edited",
    ]
    assert "- same-modals: “must” became “should”\n" in summary
    assert "```diff\n-You must wait.\n+You should wait.\n```\n" in summary


def test_t36_what_stands_on_no_changed_line_is_folded() -> None:
    elsewhere = said(three()).partition("### New findings elsewhere\n\n")[2]
    first, second = elsewhere.split("\n\n")[:2]
    assert first == "<details><summary>1 finding that this change brings about</summary>"
    assert second.startswith("- **warning** ")
    assert "`docs/links.md:1` There is no docs/gone.md (`file-not-found`)" in elsewhere


def many(count: int, length: int = 10) -> Review:
    """A review with `count` new findings, each with words of `length` code points, on as many lines."""
    text = "".join(f"line {number}.\nIt stays {number}.\n" for number in range(count))
    after = {"a.md": text.replace("line", "a bad line")}
    grades = list(Severity)
    new = [
        bad(
            "a.md",
            after,
            f"bad line {number}.",
            message="é" * length,
            severity=grades[number % 3],
            evidence=(Evidence(EvidenceKind.AGE, "é" * length, "é" * length),),
        )
        for number in range(count)
    ]
    return review_of({"a.md": text}, after, (), new)


def test_t35_it_counts_what_was_found() -> None:
    review = many(60)
    summary = said(review)
    assert Counter(FINDING.findall(summary)) == Counter(str(one.severity) for one in review.new)
    counts = table(summary)
    assert sum(counts[name] for name in ("errors", "warnings", "infos")) == len(review.new) == 60
    assert sum(counts[name] for name in ("don't", "look here", "proven")) == len(review.hunks) == 60


def test_t35_what_is_cut_is_said_and_counted() -> None:
    review = many(1_500, 300)
    summary = said(review)
    assert len(summary.encode()) <= LARGEST < 1_048_576 * 0.8
    assert summary.startswith("## docbot: 1,500 new findings in 1,500 hunks\n")
    left = re.search(r"^- and ([\d,]+) more findings\. ", summary, re.M)
    assert left and len(FINDING.findall(summary)) + int(left[1].replace(",", "")) == 1_500
    gone = re.search(
        r"^And ([\d,]+) more hunks, for which there is no room here: (.*)\. `docbot", summary, re.M
    )
    assert gone and len(re.findall("^#### ", summary, re.M)) + int(gone[1].replace(",", "")) == 1_500
    kinds = [int(part.split()[0].replace(",", "")) for part in gone[2].replace(", ", "; ").split("; ")]
    assert sum(kinds) == int(gone[1].replace(",", ""))
    assert summary.count("<details>") == summary.count("</details>")
    assert summary.count("```diff\n") * 2 == summary.count("```")


@pytest.mark.parametrize(
    "after",
    ["x" * 300_000, "wörd " * 60_000, "line\n" * 60_000, "`" * 5_000 + "x", "\n".join("```````")],
    ids=["one word", "one line", "many lines", "backticks", "fences"],
)
def test_huge_text_does_not_make_it_longer(after: str) -> None:
    review = review_of({"a.md": GUIDE}, {"a.md": f"{GUIDE}{after}\n", "b.md": after})
    summary = said(review)
    assert len(summary.encode()) < 80_000
    assert {name for name, _ in events(summary)} <= ALLOWED


def test_a_change_in_a_long_line_is_shown_with_what_stands_around_it() -> None:
    line = "word " * 2_000
    review = review_of({"a.md": f"{line}old {line}\n"}, {"a.md": f"{line}new {line}\n"})
    (went,) = re.findall(r"^-.*old.*$", said(review), re.M)
    assert went.startswith("-…") and went.endswith("…") and 300 < len(went) < 350


def test_line_ends_alone_are_no_lines_to_read() -> None:
    review = review_of({"a.md": GUIDE}, {"a.md": GUIDE.replace("\n", "\r\n")})
    assert "Only the ends of the lines differ.\n" in said(review)
    assert "```" not in said(review)


def test_nothing_changed() -> None:
    assert said(review_of({}, {})).startswith("## docbot: 0 new findings in 0 hunks\n")


def attacked(text: str) -> Review:
    """A change in which everything that comes from the docs is `text`."""
    path, old, shown = f"{text}.md", f"{text}-old.md", text.replace("\ud800", "?")
    before = {path: f"one {shown} two\n", old: f"{shown}\n", "gone.md": shown}
    after = {path: f"{shown} two {shown}\nthree\n", f"x{old}": f"{shown}\n", "new.md": shown}
    told: dict[str, Any] = {
        "message": text,
        "evidence": (Evidence(EvidenceKind.AGE, text, text),),
        "rule": "a-rule",
    }
    new = [
        bad(path, after, "two", question=Question(text, (text,)), **told),
        bad(f"x{old}", after, "", **told),
    ]
    return review_of(
        before,
        after,
        [bad(path, before, "two", **told)],
        new,
        renamed={old: f"x{old}"},
        notices=(Notice(text, text),),
        proof=lambda hunk: (Verdict("same-code", False, text),),
        forgotten=(path, old),
    )


@settings(max_examples=150)
@given(text=hostile)
def test_t25_hostile_text_does_nothing(text: str) -> None:
    review = attacked(text)
    summary = said(review)
    assert done_by(summary, REFERENCES, entities=False) == []
    assert done_by(outside_code(summary), REFERENCES) == []
    found = list(events(summary))
    assert {name for name, _ in found} <= ALLOWED
    html = "".join(about for name, about in found if name == "Html")
    assert OWN_HTML.sub("", html) == ""
    items = sum(2 + bool(one.question) for one in review.new) + len(review.notices)
    items += sum(len(one.reasons) for one in review.hunks)
    assert sum(name == "Start Item" for name, _ in found) == items
    assert not re.search("[\x00-\x08\x0b-\x1f\u202a-\u202e\u2066-\u2069\ud800]", summary)
