from __future__ import annotations

import base64
import hashlib
import re
import time
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings

from docbot.reporters import worddiff
from docbot.reporters.page import render
from docbot.types import Evidence, EvidenceKind, FileChange, Held, Outcome, OutcomeKind, Proposal, Verdict
from tests.reporters.browsing import Reader, looked_at
from tests.reporters.github_reads import ATTACKS, hostile
from tests.reporters.pulls import DISCLOSURE, ENTRY, RULES, TEXT, draft_of, planned, proposed

CREATED = Outcome(OutcomeKind.CREATED, "#1 was opened as a draft", "https://forge.example/docs/docs/pull/1")


def page(proposal: Proposal, outcome: Outcome | None = None, held: tuple[Held, ...] = ()) -> str:
    return render(proposal, outcome, held, rules=RULES, disclosure=DISCLOSURE, repository="docs/docs")


def rich() -> tuple[Proposal, tuple[Held, ...]]:
    """Copies, proofs of several kinds, a page of hostile text, and held drafts."""
    attack = "\n\n".join(["".join(ATTACKS).replace("\ud800", ""), "</style><script>alert(1)</script> -->"])
    texts = {f"v{n}/a.md": "\n" * n + TEXT for n in (1, 2, 3)}
    texts |= {"evil <img src=x onerror=alert(1)>.md": f"old.md {attack}\n{attack} old.md\n\n{TEXT}"}
    drafts = [
        draft_of(path, text, evidence=(ENTRY, Evidence(EvidenceKind.CASE, path, "the only <b>file</b>")))
        for path, text in texts.items()
    ]
    refused = draft_of("c.md", TEXT, verdicts=(Verdict("same-code", False, "the edit would change code"),))
    held = (
        *(Held(draft, "a later decision </details>") for draft in [refused] * 20),
        Held(refused, "other" * 60),
    )
    return planned(drafts, texts).proposals[0], held


def test_the_page_tells_everything() -> None:
    proposal, held = rich()
    read = Reader(page(proposal, CREATED, held))
    assert read.said["title"] == [proposal.title] == read.said["h1"]
    assert read.said["h2"] == ["Conversation", "Commit", "Files changed", "Checks", "Held"]
    assert read.said["h3"] == ["What", "Why", "Changes", "Not wanted?", "How this was made"]
    assert len(read.said["table"]) == 4
    whole = " ".join(" ".join(read.said["body"]).split())
    assert "Draft 4 files into main from " + proposal.branch in whole
    assert "Created: #1 was opened as a draft https://forge.example/docs/docs/pull/1" in whole
    assert "The same change in 2 more copies of the page" in whole
    assert "Check it in a minute: open .openpublishing.redirection.json:3: the entry stands" in whole
    assert "Close this pull request and docbot never proposes the same change again." in whole
    assert "20 drafts a later decision </details>" in whole and "and 8 more" in whole
    assert "Refused" not in whole and "Passed same-code all code is the same" in whole
    assert read.said["pre"][0].rstrip("\n") == proposal.message.rstrip("\n")


def test_a_preview_says_that_nothing_was_sent() -> None:
    assert "A preview:</strong> nothing was sent." in page(proposed())
    assert "A preview" not in page(proposed(), CREATED)
    refused = draft_of("a.md", TEXT, verdicts=(Verdict("same-code", False, "it would change code"),))
    made = msgspec.structs.replace(proposed("a.md"), drafts=(refused,))
    assert "Refused</span> <code>same-code</code> it would change code" in page(made)


def test_words_that_changed_are_marked() -> None:
    read = Reader(page(proposed()))
    assert read.said["del"] == ["old.md", "old"] and read.said["ins"] == ["new.md", "new"]
    rows = [tag for tag, attributes in read.tags if tag == "tr" and "class" in attributes]
    assert len(rows) == 7


@settings(max_examples=60)
@given(text=hostile)
def test_hostile_text_is_text(text: str) -> None:
    said = f"{text}<script>x</script></style><a href=x>"
    shown = said.replace("\ud800", "?")
    body = f"# {shown}\n\nold.md {shown}\n"
    drafted = draft_of(said + ".md", body, message=said, evidence=(Evidence(EvidenceKind.AGE, said, said),))
    made = msgspec.structs.replace(
        planned([drafted], {said + ".md": body}).proposals[0],
        title=said,
        message=said,
        branch=said,
        base=said,
    )
    outcome = Outcome(OutcomeKind.CREATED, said, f"javascript:{said}")
    html = page(made, outcome, (Held(drafted, said),))
    read = Reader(html)
    plain = Reader(page(proposed(), CREATED, (Held(draft_of("a.md", TEXT), "x"),)))
    assert set(read.names()) <= set(plain.names())
    assert not {name for _, found in read.tags for name in found if name.startswith("on")}
    assert {found["href"] for tag, found in read.tags if tag == "a"} <= {
        *("#conversation", "#commit", "#files", "#checks", "#held")
    }
    assert not re.search("[\x00-\x08\x0b-\x1f\u202a-\u202e\u2066-\u2069\ud800]", html)
    assert read.comments == [] and html.encode("utf-8")


def test_the_page_stands_alone_and_its_policy_names_its_style() -> None:
    proposal, held = rich()
    read = Reader(page(proposal, CREATED, held))
    assert not {"script", "link", "img", "iframe", "form", "base"} & set(read.names())
    assert not {name for _, found in read.tags for name in found} & {"src", "style", "srcset", "background"}
    (style,) = read.said["style"]
    assert not re.search(r"url\(|@import|@font-face", style)
    policy = next(found["content"] or "" for _, found in read.tags if "http-equiv" in found)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert policy == (f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'")


def test_headings_landmarks_and_names_are_in_order() -> None:
    proposal, held = rich()
    read = Reader(page(proposal, CREATED, held))
    read.check_order()
    named = {found["aria-labelledby"] for tag, found in read.tags if tag == "section"}
    assert len(named) == 5
    assert len(read.said["caption"]) == len(read.said["thead"]) == len(read.said["table"])


# Word by word.


def shown(before: str, after: str) -> list[list[str]]:
    signs = {(True, True): " ", (True, False): "-", (False, True): "+"}
    return [
        [
            signs[row.old is not None, row.new is not None]
            + "".join(f"[{text}]" if changed else text for text, changed in row.segments)
            for row in hunk
        ]
        for hunk in worddiff.hunks(before, after)
    ]


def test_lines_are_compared_word_by_word() -> None:
    assert shown("a\r\nsee the old guide\r\nb", "a\r\nsee a new guide\r\nb") == [
        [" a", "-see [the] [old] guide", "+see [a] [new] guide", " b"]
    ]
    assert shown("a\nb", "a") == [[" a", "-[b]"]]
    assert shown("same", "same") == []


def test_one_word_of_a_huge_line_is_found() -> None:
    line = "word " * 20_000
    went, came = worddiff.block([f"{line}old {line}"], [f"{line}new {line}"], (7, 9))
    assert [piece for piece in went.segments if piece[1]] == [("old", True)]
    assert [piece for piece in came.segments if piece[1]] == [("new", True)]
    assert (went.old, went.new, came.old, came.new) == (7, None, None, 9)


def test_a_line_is_shortened_around_what_changed() -> None:
    pieces = (("a" * 50, False), ("x" * 50, True), ("b" * 50, False), ("y", True), ("c" * 50, False))
    assert worddiff.shortened(pieces, 10, 20) == (
        ("…" + "a" * 10, False),
        ("x" * 19 + "…", True),
        ("b" * 10 + " …" + "b" * 10, False),
        ("y", True),
        ("c" * 10 + " …", False),
    )
    assert worddiff.shortened((("same " * 10, False),), 10, 20) == (("same same same same…", False),)
    assert worddiff.shortened((), 10, 20) == ()


def test_changes_far_apart_are_hunks_of_their_own() -> None:
    lines = [f"line {n}" for n in range(100)]
    after = [*lines[:10], "x", *lines[11:80], "new", *lines[80:]]
    first, second = worddiff.hunks("\n".join(lines), "\n".join(after))
    assert [(row.old, row.new) for row in first][:4] == [(8, 8), (9, 9), (10, 10), (11, None)]
    assert [(row.old, row.new) for row in second][3] == (None, 81)
    assert len(first) == 8 and len(second) == 7


@given(before=hostile, after=hostile)
def test_a_diff_holds_both_texts(before: str, after: str) -> None:
    rows = [row for hunk in worddiff.hunks(before, after) for row in hunk]
    for side, text in ((0, before), (1, after)):
        lines = {number: line.removesuffix("\r") for number, line in enumerate(text.split("\n"), 1)}
        for row in rows:
            number = (row.old, row.new)[side]
            if number is not None:
                assert "".join(piece for piece, _ in row.segments) == lines[number]
    assert bool(rows) == (before != after)


@pytest.mark.parametrize("middle", ["x\n" * 3_000, "a b " * 4_000], ids=["lines", "words"])
def test_a_large_page_takes_no_time(middle: str) -> None:
    before, after = f"old.md{middle}b", f"new.md{middle}c"
    change = FileChange("a.md", "", before.encode(), after.encode())
    made = msgspec.structs.replace(proposed("a.md"), changes=(change,), drafts=(draft_of("a.md", before),))
    started = time.process_time()
    assert len(page(made)) < 1_000_000
    assert time.process_time() - started < 40


# In a real browser.


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_a_browser_shows_it_without_network_and_errors(
    browser: Any, tmp_path: Path, width: int, scheme: str
) -> None:
    proposal, held = rich()
    file = tmp_path / "pull.html"
    file.write_text(page(proposal, CREATED, held), encoding="utf-8")
    with looked_at(browser, file, width, scheme) as tab:
        tab.keyboard.press("Home")
        tab.get_by_role("link", name="Files changed").click()
        tab.wait_for_url("**/*#files")
        assert tab.locator("table").first.bounding_box()["width"] <= width
        tab.screenshot(path=tmp_path / "pull.png", full_page=True)
