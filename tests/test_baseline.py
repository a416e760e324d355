"""The file of accepted findings."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from msgspec.structs import replace

from docbot.baseline import dump, load, parse
from docbot.errors import ConfigError
from docbot.types import Finding
from tests.reporters.samples import asking, first, others


def findings() -> list[Finding]:
    odd = replace(first(), path="docs/\udcff 漢字.md", excerpt='"\u2028\n\x00é' * 40, fingerprint="0" * 16)
    return [first(), asking(), *others(), odd]


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    file = tmp_path / "accepted.json"
    file.write_bytes(dump(findings()).encode("utf-8", "surrogateescape"))
    assert load(file) == {finding.fingerprint for finding in findings()}


def test_nothing_accepted_is_a_baseline_too() -> None:
    assert parse("x", dump([]).encode()) == frozenset()


def test_the_file_is_sorted_and_has_a_line_for_each_finding() -> None:
    text = dump(findings())
    assert text == dump(reversed(findings()))
    entries = [json.loads(line.rstrip(",")) for line in text.split("\n")[1:-2]]
    assert len(entries) == len(findings())
    assert [entry["path"] for entry in entries] == sorted(finding.path for finding in findings())
    assert all(len(entry["excerpt"]) <= 80 for entry in entries)


@pytest.mark.parametrize(
    "data",
    [
        *(b"", b"{", b"[]", b"{}", b"3", b'"findings"', b'{"findings": 3}', b'{"findings": [3]}'),
        *(b'{"findings": [{}]}', b'{"findings": {"a": 1}}', b"[" * 100_000, b"\xff\xfe{\x00}\x00"),
        b'{"findings": ["fingerprint"]}',
    ],
)
def test_what_is_no_baseline_is_refused(data: bytes, tmp_path: Path) -> None:
    file = tmp_path / "accepted.json"
    file.write_bytes(data)
    with pytest.raises(ConfigError, match="is no baseline: write one with `docbot scan --write-baseline"):
        load(file)


def test_a_file_that_is_not_there_or_no_file_is_refused(tmp_path: Path) -> None:
    for place in (tmp_path / "none.json", tmp_path):
        with pytest.raises(ConfigError, match=r"can't be read \(.+\): write one with"):
            load(place)
