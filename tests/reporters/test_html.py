"""The pages of a review and of a scan."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings

from docbot.reporters import REPORTERS, Options, RuleInfo
from docbot.reporters.reviews import REVIEWS
from docbot.review.values import Review
from docbot.text import Edit, Span
from docbot.types import Applicability, Fix, Notice, Question, Report, Severity
from tests.reporters.browsing import Reader, looked_at
from tests.reporters.github_reads import ATTACKS, hostile
from tests.reporters.reviewed import GUIDE, bad, review_of, three
from tests.reporters.samples import OTHER, TEXTS, finding, report, scores, span_of
from tests.reporters.test_review_summary import attacked, many

OPTIONS = Options("1.2.3", (RuleInfo("link-to-removed-page", "Links to pages that are gone."),))
ATTACK = "".join(ATTACKS).replace("\ud800", "") + "</style><script>window.hit = 1</script> عربي \u202eabc"


def review_page(review: Review) -> str:
    return "".join(REVIEWS["html"](review, OPTIONS))


def scan_page(made: Report) -> str:
    return "".join(REPORTERS["html"](made, OPTIONS))


def words(read: Reader) -> str:
    """All that the page shows, on one line."""
    return " ".join(" ".join(read.said["body"]).split())


def hostile_review(text: str = ATTACK) -> Review:
    return msgspec.structs.replace(attacked(text), base=text, head=text)


def hostile_report(text: str = ATTACK) -> Report:
    """A report in which everything that comes from the docs is `text`."""
    path, shown = f"{text}.md", text.replace("\ud800", "?")
    texts = {path: f"bad {shown}\nbad {shown}\n"}
    edits = (Edit(Span(0, 3), f"{shown} good"), Edit(span_of(texts[path], "bad", 1), shown))
    told: dict[str, Any] = {
        "message": text,
        "rule": text,
        "cause": text,
        "question": Question(text, (text,) * 9),
        "evidence": attacked(text).new[0].evidence * 6,
    }
    found = [
        bad(path, texts, "bad", fix=Fix(text, edits, Applicability.UNSAFE), **told),
        *[bad(path, texts, "bad", 1, **told)] * 30,
        bad(path, texts, "bad", 1, **{**told, "cause": ""}),
    ]
    return report(found, texts=texts, notices=(Notice(text, text),), sections=())


PAGES: dict[str, Callable[[], str]] = {
    "review": lambda: review_page(three()),
    "no change": lambda: review_page(review_of({}, {})),
    "hostile review": lambda: review_page(hostile_review()),
    "long review": lambda: review_page(many(2_000, 300)),
    "scan": lambda: scan_page(report(sections=scores())),
    "nothing found": lambda: scan_page(Report(findings=())),
    "hostile scan": lambda: scan_page(hostile_report()),
}


@pytest.mark.parametrize("name", PAGES)
def test_headings_landmarks_names_and_links_are_in_order(name: str) -> None:
    read = Reader(PAGES[name]())
    read.check_order()
    assert all(str(found["href"]).startswith("#") for tag, found in read.tags if tag == "a")


def test_a_review_tells_everything() -> None:
    read = Reader(review_page(three()))
    assert read.said["h1"] == ["Review of 4 hunks"]
    assert [" ".join(said.split()) for said in read.said["h2"]] == [
        "Don't: something breaks 2",
        "Look here: a person has to judge 1",
        "Proven 1",
        "New findings 2",
        "Notes",
    ]
    assert [" ".join(said.split()) for said in read.said["h3"]] == [
        "1. docs/a.md:7 edited",
        "2. docs/gone.md:1 removed",
        "3. docs/a.md:3 edited",
        "4. docs/a.md:11 edited",
    ]
    shown = words(read)
    assert "2 new findings: 1 error, 1 warning, 0 infos" in shown
    assert "same-modals: “must” became “should”" in shown
    assert "1 finding added on these lines, with the proof Error docs/a.md:7 “run” stands twice" in shown
    assert "A rename in git 9ab12cd renamed to new.md on 2024-03-01 Check it in a minute: run git" in shown
    assert "1 finding mended, with the proof Error docs/a.md:11 This leads nowhere moved-link" in shown
    assert "Gates: 0 passed, 1 refused Refused same-modals “must” became “should”" in shown
    assert "Warning docs/links.md:1 There is no docs/gone.md file-not-found hunk 2" in shown


def test_changed_words_are_marked_and_long_lines_cut() -> None:
    line = "word " * 20_000
    review = review_of({"a.md": f"{line}old {line}\n"}, {"a.md": f"{line}new {line}\n"})
    page = review_page(review)
    read = Reader(page)
    assert (read.said["del"], read.said["ins"]) == (["old"], ["new"])
    assert len(page) < 30_000


def test_forgotten_copies_and_lines_left_out_are_said() -> None:
    copies = tuple(f"v{number}/a.md" for number in range(20))
    after = GUIDE + "more\n" * 100
    shown = words(Reader(review_page(review_of({"a.md": GUIDE}, {"a.md": after}, forgotten=copies))))
    assert "20 more pages still say what was replaced here v0/a.md v1/a.md" in shown
    assert "v11/a.md and 8 more pages" in shown
    assert "And 60 more lines after." in shown


def test_a_review_of_very_many_hunks_stays_small_and_says_what_is_left_out() -> None:
    page = review_page(many(2_000, 300))
    assert len(page.encode()) < 4_000_000
    read = Reader(page)
    shown = words(read)
    assert read.said["h1"] == ["Review of 2,000 hunks"]
    left = re.findall(r"([\d,]+) hunks of these have no room", shown)
    assert len(read.said["article"]) + sum(int(count.replace(",", "")) for count in left) == 2_000
    (more,) = re.findall(r"([\d,]+) more findings without room on this page", shown)
    (section,) = [said for said in read.said["section"] if said.strip().startswith("New findings")]
    assert section.count("proof") == 0 or "A rename in git" not in section
    listed = len(re.findall(r"(?:Error|Warning|Info) a\.md:", section))
    assert listed + int(more.replace(",", "")) == 2_000


def test_a_scan_tells_everything() -> None:
    read = Reader(scan_page(report(sections=scores(), accepted=2)))
    shown = words(read)
    assert read.said["h1"] == ["4 findings on 12 pages"]
    assert "told once, and pages with the gravest come first. 3 findings less certain" in shown
    assert "2 findings accepted in the baseline" in shown
    assert [said.strip() for said in read.said["h4"]] == ["Install", "Install > Next"]
    assert (read.said["del"], read.said["ins"]) == (["old"], ["new"])
    assert read.said["mark"] == ["Run it."]
    assert "2 more places with the same cause docs/other.md:1:13 docs/other.md:2:11" in shown
    assert "Only a person knows: What should be run? setup.exe install.sh" in shown
    assert "link-to-removed-page 3 Links to pages that are gone." in shown
    assert "rank 0.90: unclear 0.00, outdated 1.00, attention 1.00 1 finding" in shown
    assert "docs/big.md docs/big.md is too large: list it under `exclude`" in shown


def test_pages_with_the_gravest_findings_come_first() -> None:
    texts = {f"{name}.md": "bad\n" for name in "abc"}
    grades = {"a.md": Severity.INFO, "b.md": Severity.ERROR, "c.md": Severity.ERROR}
    made = [bad(path, texts, "bad", severity=grade, cause=path) for path, grade in grades.items()]
    read = Reader(scan_page(report(made, texts=texts)))
    assert [said.strip() for said in read.said["h3"]] == ["b.md", "c.md", "a.md"]


def test_a_fix_of_several_edits_shows_each_stretch_of_lines() -> None:
    texts = {"a.md": "".join(f"line {number}\n" for number in range(20))}
    edits = tuple(Edit(span_of(texts["a.md"], f"line {n}\n"), f"good {n}\n") for n in (0, 1, 5, 9, 15))
    made = finding("a.md", edits[0].span, texts, fix=Fix("Mend", edits))
    read = Reader(scan_page(report([made], texts=texts)))
    assert read.said["del"] == ["line"] * 4
    assert "Mend, unsafe fix, and 1 more place" in words(read)


def test_a_scan_of_very_many_findings_shows_the_gravest() -> None:
    place = span_of(TEXTS[OTHER], "old.md")
    slight = [finding(OTHER, place, cause=f"c {n}", severity=Severity.INFO) for n in range(3_000)]
    grave = finding(OTHER, place, cause="grave", message="The grave one")
    page = scan_page(report([*slight, grave]))
    shown = words(Reader(page))
    assert len(page.encode()) < 4_000_000
    assert "The grave one" in shown
    (left,) = re.findall(r"The gravest are shown\. ([\d,]+) causes without room", shown)
    assert int(left.replace(",", "")) + shown.count("Check it in a minute") == 3_001


@settings(max_examples=60)
@given(text=hostile)
def test_hostile_text_is_text(text: str) -> None:
    said = f"{text}<script>x</script></style><a href=x>"
    for page, plain in (
        (review_page(hostile_review(said)), review_page(hostile_review("x"))),
        (scan_page(hostile_report(said)), scan_page(hostile_report("x"))),
    ):
        read, usual = Reader(page), Reader(plain)
        assert set(read.names()) <= {*usual.names(), "del", "ins"}
        assert not {name for _, found in read.tags for name in found if name.startswith("on")}
        assert all((found["href"] or "").startswith("#") for tag, found in read.tags if tag == "a")
        assert read.said["style"] == usual.said["style"] and read.comments == []
        assert not re.search("[\x00-\x08\x0e-\x1f\u202a-\u202e\u2066-\u2069\ud800]", page)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("name", ["review", "hostile review", "scan", "hostile scan"])
def test_a_browser_shows_it_without_network_and_errors(
    browser: Any, tmp_path: Path, name: str, width: int, scheme: str
) -> None:
    file = tmp_path / "page.html"
    file.write_text(PAGES[name](), encoding="utf-8")
    with looked_at(browser, file, width, scheme) as tab:
        assert tab.evaluate("window.hit") is None
        assert tab.evaluate("document.querySelector('a, summary, button, [tabindex]').className") == "skip"
        tab.locator(".skip").focus()
        assert tab.locator(".skip").bounding_box()["x"] >= 0
        tab.keyboard.press("Enter")
        tab.keyboard.press("Tab")
        assert tab.evaluate("!!document.activeElement.closest('main')")


def test_a_printed_page_has_no_navigation_and_tells_changes_without_colour(
    browser: Any, tmp_path: Path
) -> None:
    file = tmp_path / "page.html"
    file.write_text(PAGES["review"](), encoding="utf-8")
    with looked_at(browser, file, 800, "light") as tab:
        tab.emulate_media(media="print")
        assert not tab.locator("nav").is_visible()
        style = "getComputedStyle(document.querySelector('{}')).textDecorationLine"
        assert tab.evaluate(style.format("del")) == "line-through"
        assert tab.evaluate(style.format("ins")) == "underline"


def test_a_huge_page_is_usable(browser: Any, tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    file.write_text(PAGES["long review"](), encoding="utf-8")
    tab = browser.new_page(viewport={"width": 390, "height": 900})
    tab.goto(file.as_uri())
    assert tab.evaluate("document.documentElement.scrollWidth") <= 390
    tab.get_by_role("link", name=re.compile("New findings")).first.click()
    tab.wait_for_url("**/*#new")
    tab.close()
