from __future__ import annotations

import io
import re

import msgspec
import pytest
from rich.cells import cell_len
from rich.console import Console

from docbot.reporters import Options
from docbot.reporters.text import families, print_report, render
from docbot.text import Edit, Span
from docbot.types import Evidence, EvidenceKind, Fix, Notice, Question, Report, SectionRef, SectionScore
from tests.reporters.samples import HOSTILE, TEXTS, asking, finding, first, report, scores, span_of

ESCAPE = re.compile(r"\x1b\[[0-9;]*m")

WHOLE = """\
docs/install guide é.md
  Install
    3:13 error link-to-removed-page: The page behind this link was renamed
          See 😀 [old](old.md) now.
          proof: rename, 9ab12cd: renamed to new.md on 2024-03-01
          fix (safe): old.md -> new.md
          and 2 more places with the same cause
            docs/other.md:1:13
            docs/other.md:2:11
  Install > Next
    7:1 info unclear-it: Nothing says what to run
          Run it.
          proof: rename, 9ab12cd: renamed to new.md on 2024-03-01
          question: What should be run?
            - setup.exe
            - install.sh

      3  link-to-removed-page
      1  unclear-it
4 findings on 2 of 12 pages, 2 causes, 2.00 findings per 1,000 words of prose
note: docs/big.md is too large: list it under `exclude`
3 findings less certain, see them with --all
"""


def plain(made: Report, width: int = 0) -> str:
    return "".join(render(made, Options(width=width)))


def terminal(made: Report, width: int = 80) -> str:
    """What a terminal with colours gets."""
    out = io.StringIO()
    print_report(
        made, Console(file=out, force_terminal=True, color_system="truecolor", width=width, _environ={})
    )
    return out.getvalue()


def piped(made: Report) -> str:
    """What a file or pipe gets."""
    out = io.StringIO()
    print_report(made, Console(file=out, width=40, _environ={}))
    return out.getvalue()


def test_the_whole_report() -> None:
    assert plain(report()) == WHOLE


def test_a_pipe_gets_the_same_without_colour_or_wrapping() -> None:
    assert piped(report()) == WHOLE


def test_a_terminal_gets_colours_around_the_same_text() -> None:
    shown = terminal(report(), width=120)
    assert "\x1b[1;31merror" in shown
    assert ESCAPE.sub("", shown) == WHOLE


def test_colour_stays_off_in_a_rendering_whatever_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TTY_COMPATIBLE", "1")
    assert plain(report()) == WHOLE


def test_many_places_of_one_cause_are_counted_and_three_are_named() -> None:
    text = "[a](x.md)\n" * 219
    texts = {"a.md": text}
    found = [finding("a.md", Span(at + 4, at + 8), texts) for at in range(0, len(text), 10)]
    shown = plain(report(found, texts=texts))
    assert "and 218 more places with the same cause" in shown
    assert re.findall(r"^ +(a\.md:\d+:5)$", shown, re.MULTILINE) == ["a.md:2:5", "a.md:3:5", "a.md:4:5"]
    assert "219 findings on 1 of 12 pages, 1 cause" in shown


def test_findings_without_cause_are_never_folded() -> None:
    assert len(families([asking(), asking()])) == 2
    assert len(families([first(), asking(), first()])) == 2


def test_pages_and_sections_keep_the_order_of_the_report() -> None:
    moved = [msgspec.structs.replace(f, cause="") for f in reversed(report().findings)]
    shown = plain(report(moved))
    assert shown.index("docs/other.md\n") < shown.index("docs/install guide é.md\n")
    assert shown.index("  Install > Next\n") < shown.index("  Install\n")
    assert "  (before the first heading)\n" in shown


def test_hostile_text_is_shown_as_text() -> None:
    path = f"a{HOSTILE}.md"
    texts = {path: HOSTILE}
    span = Span(0, len(HOSTILE))
    made = finding(
        path,
        span,
        texts,
        rule=HOSTILE,
        message=HOSTILE,
        evidence=(Evidence(EvidenceKind.AGE, HOSTILE, HOSTILE),),
        fix=Fix(HOSTILE, (Edit(span, HOSTILE), Edit(Span(0, 0), HOSTILE))),
        question=Question(HOSTILE, (HOSTILE,)),
        section=SectionRef((HOSTILE,), span),
    )
    score = SectionScore(path, (HOSTILE,), span, 1, 1, 1, 1, (HOSTILE,))
    again = msgspec.structs.replace(made, span=Span(1, 1), excerpt="")
    full = report(
        [made, again],
        sections=(score,),
        notices=(Notice(path, HOSTILE), Notice("b.md", HOSTILE)),
        texts=texts,
    )
    shown = ESCAPE.sub("", terminal(full, width=300))
    assert re.findall(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\u200b]", shown) == []
    assert "[bold red]x[/bold red]" in shown
    assert "[link=https://evil.example]y[/link] :bomb:" in shown
    assert shown == plain(full, width=300)


@pytest.mark.parametrize("width", [40, 60, 80])
def test_lines_fit_and_paths_are_never_broken(width: int) -> None:
    path = "docs/a folder with spaces/and a very long name/of a page that fits nowhere.md"
    texts = {path: "x " * 200 + "[old](old.md)" + " y" * 200}
    proof = Evidence(EvidenceKind.REDIRECTION, f"{path}:301", "leads on to another page since a while")
    made = finding(
        path,
        span_of(texts[path], "old.md"),
        texts,
        message="The page behind this link was renamed, and the one that took its name says something else",
        evidence=(proof,),
    )
    score = SectionScore(path, ("A heading",), Span(0, 9), 1, 1, 1, 1, ())
    made_again = [made, made]
    shown = ESCAPE.sub("", terminal(report(made_again, texts=texts, sections=(score,)), width)).split("\n")
    assert path in shown
    assert any(f"{path}:301:" in line for line in shown)
    assert any(line.endswith(f"{path}:1:407") for line in shown)
    assert any(f"{path}:1 > A heading" in line for line in shown)
    body = shown[: next(i for i, line in enumerate(shown) if line.endswith("link-to-removed-page"))]
    assert [line for line in body if len(line) > width and path not in line and "rank" not in line] == []
    assert any("old.md" in line and line.strip().startswith("...") and line.endswith("...") for line in body)


def test_an_excerpt_over_several_lines_is_one_line() -> None:
    texts = {"a.md": "Say this\nand that.\n"}
    made = finding("a.md", Span(4, 16), texts, fix=Fix("", (Edit(Span(4, 16), ""),)))
    shown = plain(report([made], texts=texts))
    assert "          Say this...\n" in shown
    assert "delete this and tha" in shown


def test_insertions_and_long_fixes_are_readable() -> None:
    span = first().span
    at = Span(span.start, span.start)
    one = msgspec.structs.replace(first(), fix=Fix("", (Edit(at, "./"),)))
    many = msgspec.structs.replace(first(), fix=Fix("Five places", (Edit(span, "y" * 500),) * 5))
    assert "fix (unsafe): insert ./\n" in plain(report([one]))
    shown = plain(report([many]))
    assert "fix (unsafe): Five places\n" in shown
    assert shown.count("old.md -> yyy") == 3
    assert "and 2 more edits" in shown
    assert max(map(len, shown.split("\n"))) <= 200


def test_sections_are_ranked_and_ten_are_shown() -> None:
    shown = plain(report(sections=scores()))
    rows = re.findall(r"^ *0\.\d\d .*", shown, re.MULTILINE)
    assert rows == [
        "  0.90     0.00      1.00       1.00  docs/install guide é.md:1 > Install",
        "  0.40     0.00      0.50       0.25  docs/other.md:1",
    ]
    assert "1 finding\n" in shown
    texts = {**TEXTS, **{f"{n}.md": "x\n" for n in range(10)}}
    more = tuple(msgspec.structs.replace(scores()[0], path=f"{n}.md", span=Span(0, 1)) for n in range(10))
    many = plain(report(sections=(*scores(), *more), texts=texts))
    assert len(re.findall(r"^ *0\.\d\d .*", many, re.MULTILINE)) == 10
    assert "and 2 more sections" in many


def test_nothing_found_is_said_without_a_density() -> None:
    shown = plain(Report(findings=(), pages=1, texts=TEXTS))
    assert shown == "no findings on 1 page\n"


def test_wide_letters_fill_a_line_by_their_cells() -> None:
    made = msgspec.structs.replace(first(), message="日本語 " * 30)
    shown = ESCAPE.sub("", terminal(report([made]), 60)).split("\n")
    assert [line for line in shown if cell_len(line) > 60 and "日" in line] == []


def test_one_thing_hidden_is_one() -> None:
    assert "1 finding less certain, see them with --all" in plain(report(hidden=1))
    assert "2 findings accepted in the baseline" in plain(report(accepted=2))
    assert "hidden" not in plain(report(hidden=0))
