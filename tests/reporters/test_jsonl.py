from __future__ import annotations

import json
from enum import StrEnum
from importlib import resources
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from docbot.errors import UsageError
from docbot.reporters import Options
from docbot.reporters.jsonl import draft_lines, question_lines, render
from docbot.reporters.jsonl_reader import read_drafts, read_findings
from docbot.reporters.wire import FindingLine, SectionLine
from docbot.text import Edit, Span
from docbot.types import Applicability, EvidenceKind, Fix, Severity
from tests.reporters.samples import HOSTILE, TEXTS, asking, draft, finding, first, report, scores

SCHEMA = json.loads(resources.files("docbot").joinpath("data/finding.schema.json").read_text("utf-8"))
VALIDATOR = Draft202012Validator(SCHEMA)

FIELDS = {
    "finding": "kind rule path line column end_line end_column start end excerpt message severity confidence "
    "evidence cause fingerprint section fix question",
    "section": "kind path headings line end_line unclear outdated attention rank reasons",
}


def parsed(lines: list[str]) -> list[dict[str, Any]]:
    """The objects of `lines`; each line is one ASCII line that fits the schema."""
    objects = []
    for line in lines:
        assert line.isascii() and line.endswith("\n") and len(line.splitlines()) == 1
        objects.append(json.loads(line))
        VALIDATOR.validate(objects[-1])
    return objects


def test_the_schema_is_a_schema() -> None:
    Draft202012Validator.check_schema(SCHEMA)


def test_a_finding_is_written_as_designed() -> None:
    written = parsed(list(render(report(), Options())))[0]
    text = TEXTS[first().path]
    start = text.index("old.md")
    assert written == {
        "kind": "finding",
        "rule": "link-to-removed-page",
        "path": "docs/install guide é.md",
        "line": 3,
        "column": 13,
        "end_line": 3,
        "end_column": 19,
        "start": start,
        "end": start + 6,
        "excerpt": "old.md",
        "message": "The page behind this link was renamed",
        "severity": "error",
        "confidence": 0.97,
        "evidence": [{"kind": "rename", "source": "9ab12cd", "detail": "renamed to new.md on 2024-03-01"}],
        "cause": "docs/old.md was renamed",
        "fingerprint": first().fingerprint,
        "section": {"headings": ["Install"], "line": 1, "end_line": 4},
        "fix": {
            "title": "Link to new.md",
            "applicability": "safe",
            "edits": [
                {"start": start, "end": start + 6, "line": 3, "column": 13, "old": "old.md", "new": "new.md"}
            ],
        },
        "question": None,
    }


def test_fields_stand_in_the_designed_order() -> None:
    for written in parsed(list(render(report(sections=scores()), Options()))):
        assert list(written) == FIELDS[written["kind"]].split()


def test_sections_follow_the_findings() -> None:
    written = parsed(list(render(report(sections=scores()), Options())))
    assert [line["kind"] for line in written] == ["finding"] * 4 + ["section"] * 2
    assert written[-1] == {
        "kind": "section",
        "path": "docs/install guide é.md",
        "headings": ["Install"],
        "line": 1,
        "end_line": 4,
        "unclear": 0,
        "outdated": 1,
        "attention": 1,
        "rank": 0.9,
        "reasons": ["1 finding"],
    }


def test_findings_come_back_as_they_were() -> None:
    lines = list(render(report(sections=scores()), Options()))
    without_section = tuple(msgspec.structs.replace(f, section=None) for f in report().findings)
    assert read_findings(lines) == without_section
    assert read_findings(lines, TEXTS) == report().findings


def test_drafts_come_back_as_they_were() -> None:
    drafts = (draft(first()), draft(first(), refused="the table broke"), draft(first(), verdicts=()))
    lines = list(draft_lines(drafts, TEXTS))
    last = parsed(lines)[0]
    assert list(last) == [*FIELDS["finding"].split(), "verdicts", "author", "blob"]
    assert last["verdicts"][0] == {"gate": "evidence", "passed": True, "reason": "has proof"}
    assert read_drafts(lines, TEXTS) == drafts
    assert [d.passed for d in read_drafts(lines)] == [True, False, False]
    assert read_findings(lines, TEXTS) == (first(),) * 3


def test_words_of_a_model_never_become_the_fix_of_a_finding() -> None:
    question = asking()
    written = draft(question, Fix("Say what", (Edit(question.span, "Run setup."),)))
    by_model = msgspec.structs.replace(written, author=msgspec.structs.replace(written.author, prompt="a1"))
    assert read_drafts(draft_lines([by_model], TEXTS), TEXTS) == (by_model,)


@given(st.text(st.characters(exclude_categories=["Cs"])), st.text(st.characters(exclude_categories=["Cs"])))
def test_any_text_survives_the_round_trip(text: str, new: str) -> None:
    texts = {"a.md": text}
    span = Span(0, len(text))
    made = finding("a.md", span, texts, message=new, cause=new, fix=Fix(new, (Edit(span, new),)))
    lines = list(render(report([made], texts=texts), Options()))
    parsed(lines)
    assert read_findings(lines) == (made,)


def test_files_are_read_as_bytes_with_mark_crlf_and_empty_lines() -> None:
    lines = [line.replace("\n", "\r\n").encode() for line in render(report([first()]), Options())]
    assert read_findings([b"\xef\xbb\xbf" + lines[0], b"\r\n", lines[0]], TEXTS) == (first(), first())


def good() -> dict[str, Any]:
    line: dict[str, Any] = json.loads(next(draft_lines([draft(first())], TEXTS)))
    return line


def changed(path: str, value: object) -> str:
    """A good draft's line with the field at `path` (keys and indexes, by dots) set to `value`."""
    line = good()
    *way, last = path.split(".")
    place: Any = line
    for key in way:
        place = place[int(key) if key.isdigit() else key]
    place[last] = value
    return json.dumps(line)


WRONG_BY_SCHEMA: tuple[tuple[str, object], ...] = (
    *((name, None) for name in good() if name not in ("section", "question")),
    *((name, []) for name in good() if name not in ("evidence", "verdicts")),
    ("surprise", 1),
    ("section.surprise", 1),
    ("fix.surprise", 1),
    ("fix.edits", []),
    ("fix.edits.0.surprise", 1),
    ("fix.edits.0.line", 0),
    ("evidence.0.surprise", 1),
    ("evidence.0.kind", "hearsay"),
    ("verdicts.0.passed", "yes"),
    ("author.surprise", 1),
    ("author.name", None),
    ("question", {"text": "?"}),
    ("kind", "remark"),
    ("severity", "fatal"),
    ("fix.applicability", "always"),
    ("confidence", 1.01),
    ("confidence", -0.1),
    ("confidence", "1"),
    ("line", 0),
    ("line", True),
    ("start", -1),
    ("start", 1.5),
    ("end", 2**31),
    ("fingerprint", "0123456789ABCDEF"),
    ("fingerprint", "0123456789abcdef\n"),
    ("rule", "a b"),
    ("rule", "../x"),
    ("blob", "HEAD"),
    ("path", ""),
    ("path", "/etc/passwd"),
)
WRONG_BY_SENSE: tuple[tuple[str, object], ...] = (
    ("path", "docs/../../x.md"),
    ("path", "docs//x.md"),
    ("path", "./x.md"),
    ("path", ".git/config"),
    ("path", "a/.GIT/hooks/x"),
    ("path", "a/.git./x"),
    ("path", "C:x.md"),
    ("path", "a\\..\\x.md"),
    ("path", "a\0.md"),
    ("excerpt", "longer than the span"),
    ("end", 0),
    ("fix.edits.0.old", ""),
    ("section.end_line", 99),
    ("section.line", 4_000),
)


def refusal(lines: list[str | bytes]) -> str:
    """The sentence with which both readers refuse `lines`."""
    with pytest.raises(UsageError) as caught:
        read_drafts(lines, TEXTS)
    with pytest.raises(UsageError):
        read_findings(lines, TEXTS)
    return str(caught.value)


@pytest.mark.parametrize(("path", "value"), WRONG_BY_SCHEMA)
def test_what_the_schema_refuses_the_readers_refuse(path: str, value: object) -> None:
    line = changed(path, value)
    assert not VALIDATOR.is_valid(json.loads(line))
    said = refusal([json.dumps(good()), line])
    assert said.startswith("line 2 of the drafts file can't be used (")
    assert said.endswith("write the file again with `docbot draft --format jsonl`")


@pytest.mark.parametrize(("path", "value"), WRONG_BY_SENSE)
def test_what_contradicts_itself_or_leaves_the_repository_is_refused(path: str, value: object) -> None:
    assert "line 1" in refusal([changed(path, value)])


@pytest.mark.parametrize("name", list(good()))
def test_no_field_may_be_missing(name: str) -> None:
    line = good()
    del line[name]
    assert not VALIDATOR.is_valid(line)
    assert "line 1" in refusal([json.dumps(line)])


@pytest.mark.parametrize(
    "line",
    [
        b"\xff\xfe{",
        "null",
        "[]",
        "{",
        "{}",
        "NaN",
        "[" * 200_000,
        '{"kind":' + "[" * 200_000,
        '{"kind":"finding","start":1' + "0" * 5_000 + "}",
        '{"kind":"finding","rule":"\\ud800"}',
        '{"kind":"finding","rule":"\ud800"}',
        '{"kind":"\x00"}',
    ],
)
def test_garbage_is_refused_in_one_clear_sentence(line: str | bytes) -> None:
    said = refusal([line])
    assert "line 1" in said
    assert len(said) < 400


def test_a_refusal_shows_nothing_of_the_file_that_steers_a_terminal() -> None:
    said = refusal([json.dumps(good() | {HOSTILE: 1})])
    assert "\x1b" not in said and "\u202e" not in said and "\n" not in said
    with pytest.raises(UsageError, match=r"^line 1 of x\[2J  ?can't"):
        read_findings(["{"], source="x\x1b[2J\n")


def test_edits_that_overlap_are_refused() -> None:
    edit = good()["fix"]["edits"][0]
    assert "overlap" in refusal([changed("fix.edits", [edit, edit | {"new": "else.md"}])])


def test_a_draft_needs_a_fix_and_all_of_its_fields() -> None:
    assert "has a fix" in refusal([changed("fix", None)])
    with pytest.raises(UsageError, match="a finding and no draft"):
        read_drafts(render(report(), Options()))
    with pytest.raises(UsageError, match="about a section"):
        read_drafts(render(report([], sections=scores()), Options()))


def names(kind: type[StrEnum]) -> set[str]:
    return {member.value for member in kind}


def test_schema_and_values_name_the_same_things() -> None:
    parts = SCHEMA["$defs"]
    assert set(parts["evidence"]["properties"]["kind"]["enum"]) == names(EvidenceKind)
    assert set(parts["finding"]["properties"]["severity"]["enum"]) == names(Severity)
    assert set(parts["fix"]["properties"]["applicability"]["enum"]) == names(Applicability)
    for name, line in (("finding", FindingLine), ("section", SectionLine)):
        assert set(parts[name]["properties"]) == {"kind", *line.__struct_fields__}


def test_every_object_of_the_schema_is_closed_and_complete() -> None:
    for name, part in SCHEMA["$defs"].items():
        if part.get("type") == "object":
            optional = {"verdicts", "author", "blob"} if name == "finding" else set()
            assert part["additionalProperties"] is False, name
            assert set(part["required"]) == set(part["properties"]) - optional, name


def test_a_question_between_drafts_is_a_finding_without_a_fix() -> None:
    asked = msgspec.structs.replace(asking(), fix=Fix("Say what", (Edit(asking().span, "Run setup."),)))
    (line,) = question_lines([asked], TEXTS)
    (read,) = read_findings([line], TEXTS)
    assert read == asking()
    lines = [*draft_lines([draft(first())], TEXTS), line]
    assert [one.finding.rule for one in read_drafts(lines)] == [first().rule]
    with pytest.raises(UsageError, match="a finding and no draft"):
        read_drafts(list(render(report([first()]), Options())))
