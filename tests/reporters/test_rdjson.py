from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft4Validator

from docbot.reporters import Options
from docbot.reporters.rdjson import render
from docbot.text import Edit, Span, apply
from docbot.types import Applicability, Finding, Fix, Report
from tests.reporters.samples import HOSTILE, OTHER, PAGE, TEXTS, asking, finding, first, report, span_of

SCHEMA = json.loads((Path(__file__).parents[1] / "data" / "rdjson.schema.json").read_text("utf-8"))
VALIDATOR = Draft4Validator(SCHEMA)


def result_of(made: Report) -> dict[str, Any]:
    """The result, which fits reviewdog's schema."""
    result: dict[str, Any] = json.loads("".join(render(made, Options("1.2.3"))))
    VALIDATOR.validate(result)
    return result


def one(found: Finding) -> dict[str, Any]:
    diagnostic: dict[str, Any] = result_of(report([found]))["diagnostics"][0]
    return diagnostic


def taken(text: str, suggestion: dict[str, Any]) -> str:
    """`text` with a suggestion taken, by the format's own rules: bytes, and exclusive ends."""
    lines = text.encode().split(b"\n")

    def offset(position: dict[str, int]) -> int:
        return sum(len(line) + 1 for line in lines[: position["line"] - 1]) + position["column"] - 1

    data, place = text.encode(), suggestion["range"]
    new: bytes = suggestion["text"].encode()
    return (data[: offset(place["start"])] + new + data[offset(place["end"]) :]).decode()


def test_the_schema_can_refuse() -> None:
    assert not VALIDATOR.is_valid({"diagnostics": [{"severity": "GRAVE"}]})


def test_a_diagnostic_says_where_what_and_why() -> None:
    diagnostic = one(first())
    assert diagnostic["location"] == {
        "path": PAGE,
        # Four bytes of the page stand for one code point before it.
        "range": {"start": {"line": 3, "column": 16}, "end": {"line": 3, "column": 22}},
    }
    assert diagnostic["severity"] == "ERROR"
    assert diagnostic["code"] == {"value": "link-to-removed-page"}
    assert diagnostic["message"].split("\n") == [
        "The page behind this link was renamed",
        "proof: 9ab12cd: renamed to new.md on 2024-03-01",
    ]


@pytest.mark.parametrize(
    "edit",
    [
        Edit(span_of(TEXTS[PAGE], "old.md"), "neu\N{GRINNING FACE}.md"),
        Edit(Span(TEXTS[PAGE].index("now"), TEXTS[PAGE].index("now")), "right "),
        Edit(span_of(TEXTS[PAGE], "now.\r\n\r\n## Next"), "then."),
        Edit(span_of(TEXTS[PAGE], "Run it."), ""),
    ],
)
def test_a_suggestion_makes_the_edit(edit: Edit) -> None:
    suggestions = one(finding(PAGE, edit.span, fix=Fix("Mend", (edit,))))["suggestions"]
    assert [taken(TEXTS[PAGE], suggestion) for suggestion in suggestions] == [apply(TEXTS[PAGE], [edit])]


def test_what_is_only_shown_or_all_or_none_is_no_suggestion() -> None:
    edits = tuple(Edit(span_of(TEXTS[OTHER], "old.md", nth), "new.md") for nth in (0, 1))
    whole = finding(OTHER, edits[0].span, fix=Fix("Both", edits))
    shown = finding(OTHER, edits[0].span, fix=Fix("Look", edits[:1], Applicability.DISPLAY))
    assert "suggestions" not in one(whole)
    assert "suggestions" not in one(shown)


def test_a_question_is_said_with_its_choices() -> None:
    diagnostic = one(asking())
    assert diagnostic["message"].split("\n")[-3:] == [
        "question: What should be run?",
        "- setup.exe",
        "- install.sh",
    ]
    assert "suggestions" not in diagnostic


def test_the_finding_is_known_by_its_fingerprint() -> None:
    made = report()
    known = [diagnostic["original_output"] for diagnostic in result_of(made)["diagnostics"]]
    assert known == [found.fingerprint for found in made.findings]


def test_hostile_text_cannot_steer_a_terminal() -> None:
    message = one(finding(PAGE, first().span, message=HOSTILE))["message"]
    assert not any(ord(sign) < 32 and sign != "\n" for sign in message)
    assert "\u202e" not in message
