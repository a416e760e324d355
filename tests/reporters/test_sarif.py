from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import msgspec
import pytest
from jsonschema import Draft4Validator

from docbot.reporters import Options, RuleInfo
from docbot.reporters.sarif import LARGEST_RUN, render, uri
from docbot.text import Edit, Span
from docbot.types import Applicability, Fix, Notice, Report, Severity
from tests.reporters.samples import HOSTILE, PAGE, TEXTS, finding, first, report, span_of

SCHEMA = json.loads((Path(__file__).parents[1] / "data" / "sarif-2.1.0.schema.json").read_text("utf-8"))
VALIDATOR = Draft4Validator(SCHEMA)
OPTIONS = Options("1.2.3", (RuleInfo("link-to-removed-page", "Links to pages that are gone.", "# Page\n"),))


def run_of(made: Report, options: Options = OPTIONS) -> dict[str, Any]:
    """The one run of `made`'s log, which fits the schema."""
    text = "".join(render(made, options))
    assert text.isascii() and text.endswith("\n")
    log = json.loads(text)
    VALIDATOR.validate(log)
    assert (log["version"], len(log["runs"])) == ("2.1.0", 1)
    run: dict[str, Any] = log["runs"][0]
    return run


def test_the_schema_can_refuse() -> None:
    assert not VALIDATOR.is_valid({"version": "2.1.0", "runs": [{"results": []}]})


def test_a_result_says_where_what_and_how_sure() -> None:
    result = run_of(report([first()]))["results"][0]
    assert result["ruleId"] == "link-to-removed-page"
    assert result["level"] == "error"
    assert result["message"] == {"text": "The page behind this link was renamed"}
    assert result["locations"] == [
        {
            "physicalLocation": {
                "artifactLocation": {"uri": "docs/install%20guide%20%C3%A9.md"},
                "region": {"startLine": 3, "startColumn": 13, "endLine": 3, "endColumn": 19},
            }
        }
    ]
    assert result["partialFingerprints"] == {"docbot/v1": first().fingerprint}
    assert result["properties"] == {
        "confidence": 0.97,
        "evidence": [{"kind": "rename", "source": "9ab12cd", "detail": "renamed to new.md on 2024-03-01"}],
        "cause": "docs/old.md was renamed",
        "section": ["Install"],
    }


def test_columns_are_counted_in_code_points() -> None:
    assert run_of(report())["columnKind"] == "unicodeCodePoints"


def test_a_fix_can_be_carried_out_by_offset() -> None:
    text = TEXTS[PAGE]
    edits = (
        Edit(span_of(text, "old.md"), "new.md"),
        Edit(Span(0, 0), "x\r\n"),
        Edit(span_of(text, " it"), ""),
    )
    made = finding(PAGE, span_of(text, "old.md"), fix=Fix("Three things", edits, Applicability.UNSAFE))
    fix = run_of(report([made]))["results"][0]["fixes"][0]
    assert fix["description"] == {"text": "Three things"}
    assert fix["properties"] == {"applicability": "unsafe"}
    (change,) = fix["artifactChanges"]
    assert unquote(change["artifactLocation"]["uri"]) == PAGE
    for replacement in sorted(change["replacements"], key=lambda r: -r["deletedRegion"]["charOffset"]):
        start = replacement["deletedRegion"]["charOffset"]
        end = start + replacement["deletedRegion"]["charLength"]
        text = text[:start] + replacement["insertedContent"]["text"] + text[end:]
    assert text == "x\r\n" + TEXTS[PAGE].replace("old.md", "new.md").replace(" it", "")


def test_a_fix_that_may_only_be_shown_is_not_offered() -> None:
    edits = (Edit(first().span, "new.md"),)
    shown = msgspec.structs.replace(first(), fix=Fix("Show", edits, Applicability.DISPLAY))
    assert "fixes" not in run_of(report([shown]))["results"][0]


def test_a_question_is_kept() -> None:
    result = run_of(report())["results"][-1]
    assert result["properties"]["question"]["choices"] == ["setup.exe", "install.sh"]
    assert result["level"] == "note"
    assert "fixes" not in result


def test_the_driver_has_version_and_every_rule() -> None:
    run = run_of(report())
    driver = run["tool"]["driver"]
    assert (driver["name"], driver["version"]) == ("docbot", "1.2.3")
    assert driver["rules"][0] == {
        "id": "link-to-removed-page",
        "shortDescription": {"text": "Links to pages that are gone."},
        "help": {"text": "# Page\n", "markdown": "# Page\n"},
    }
    for result in run["results"]:
        assert driver["rules"][result["ruleIndex"]]["id"] == result["ruleId"]


def test_an_empty_report_is_a_run_without_results() -> None:
    run = run_of(Report(findings=()), Options())
    assert run["results"] == []
    assert "version" not in run["tool"]["driver"]


def test_the_gravest_and_surest_come_first() -> None:
    graded = [
        msgspec.structs.replace(first(), severity=severity, confidence=confidence)
        for severity, confidence in [
            (Severity.INFO, 1.0),
            (Severity.ERROR, 0.8),
            (Severity.WARNING, 0.9),
            (Severity.ERROR, 0.9),
        ]
    ]
    results = run_of(report(graded))["results"]
    assert [(r["level"], r["properties"]["confidence"]) for r in results] == [
        ("error", 0.9),
        ("error", 0.8),
        ("warning", 0.9),
        ("note", 1.0),
    ]


def test_a_file_github_would_refuse_is_cut_and_says_so() -> None:
    grave, slight = first(), msgspec.structs.replace(first(), severity=Severity.INFO)
    text = "".join(render(report([slight] * LARGEST_RUN + [grave]), OPTIONS))
    run = json.loads(text)["runs"][0]
    assert len(run["results"]) == LARGEST_RUN
    assert run["results"][0]["level"] == "error"
    said = run["invocations"][0]["toolExecutionNotifications"][-1]["message"]["text"]
    assert said == "1 findings were left out: the format jsonl has them all"


def test_notices_are_notifications() -> None:
    made = report(notices=(Notice("a.md", "is too large"), Notice("", "no history")))
    said = run_of(made)["invocations"][0]["toolExecutionNotifications"]
    assert [(n["level"], n["message"]["text"]) for n in said] == [
        ("warning", "a.md: is too large"),
        ("warning", "no history"),
    ]


def test_hostile_messages_are_plain_text_without_links_or_placeholders() -> None:
    hostile = msgspec.structs.replace(first(), message=HOSTILE)
    said = run_of(report([hostile]))["results"][0]["message"]["text"]
    assert "{{0}}" in said
    assert "](" not in said
    assert said.isprintable()


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("a/b.md", "a/b.md"),
        ("a b#c?d%20.md", "a%20b%23c%3Fd%2520.md"),
        ("x:y.md", "x%3Ay.md"),
        ("日.md", "%E6%97%A5.md"),
        ("\udcff.md", "%FF.md"),
    ],
)
def test_uris_are_relative_and_percent_encoded(path: str, expected: str) -> None:
    assert uri(path) == expected
