"""Lifecycle facts as files: a file that lies is refused as a whole, with a sentence that says why."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from docbot.errors import LifecycleError
from docbot.lifecycles import stored
from docbot.lifecycles.names import NAMES
from docbot.lifecycles.stored import BUNDLED, bundled, keep, newest, packed, parse, read, refreshed_path

TODAY = datetime.now(UTC).date()
NEWER = replace(bundled(), retrieved=TODAY, commit="")


def changed(change: Callable[[Any], object]) -> bytes:
    """The bundled file with one thing in it that is not as it was."""
    tree = json.loads(BUNDLED.read_bytes())
    change(tree)
    return json.dumps(tree).encode()


def release(tree: Any, **values: object) -> None:
    tree["products"]["python"]["releases"][0].update(values)


LIES: list[tuple[str, bytes, str]] = [
    ("empty", b"", "truncated"),
    ("page", b"<!DOCTYPE html><html><body>Not found</body></html>", "malformed"),
    ("binary", b"\xff\xfe\x00", ""),
    ("list", b"[]", "Expected `object`"),
    ("number", b'{"products": 3}', "Expected `object`"),
    ("deep", b"[" * 100_000, ""),
    ("huge", b" " * 100_000_000, "more than 2,000,000 bytes"),
    ("no products", b'{"source": "https://example.com", "retrieved": "2026-01-01"}', "is missing"),
    ("unknown key", changed(lambda tree: tree.update(prose="x")), "unknown field"),
    (
        "unknown product",
        changed(lambda tree: tree["products"].update({"w": {"releases": []}})),
        "'w' is no product",
    ),
    ("lost product", changed(lambda tree: tree["products"].pop("python")), "'python' is missing"),
    ("from tomorrow", changed(lambda tree: tree.update(retrieved="9999-01-01")), "claim to be of 9999-01-01"),
    ("from long ago", changed(lambda tree: tree.update(retrieved="1900-01-01")), "claim to be of 1900-01-01"),
    ("no source", changed(lambda tree: tree.update(source="")), "don't say where"),
    ("odd commit", changed(lambda tree: tree.update(commit="HEAD; rm")), "don't say where"),
    ("word for date", changed(lambda tree: release(tree, ends="soon")), "Invalid RFC3339"),
    ("true for date", changed(lambda tree: release(tree, ends=True)), "Expected `date | null`"),
    ("no such day", changed(lambda tree: release(tree, ends="2026-02-30")), "Invalid RFC3339"),
    ("far future", changed(lambda tree: release(tree, ends="2999-01-01")), "a day that can't be"),
    ("far past", changed(lambda tree: release(tree, released="1066-10-14")), "a day that can't be"),
    ("backwards", changed(lambda tree: release(tree, ends="1999-01-01")), "ends before it begins"),
    (
        "backwards extended",
        changed(lambda tree: release(tree, ends="2030-01-01", extended="2029-01-01")),
        "ends before it begins",
    ),
    ("odd version", changed(lambda tree: release(tree, version="3.7\n\x1b[2J")), "has a version"),
    ("long version", changed(lambda tree: release(tree, version="1." * 300)), "has a version"),
    (
        "twice",
        changed(
            lambda tree: tree["products"]["python"]["releases"].append(
                tree["products"]["python"]["releases"][0]
            )
        ),
        "has a version twice",
    ),
    ("no releases", changed(lambda tree: tree["products"]["python"].update(releases=[])), "has 0 releases"),
    (
        "many releases",
        changed(
            lambda tree: tree["products"]["python"].update(
                releases=[{"version": str(n), "released": "2020-01-01"} for n in range(501)]
            )
        ),
        "has 501 releases",
    ),
    ("no link", changed(lambda tree: tree["products"]["go"].update(policy="javascript:x")), "is no URL"),
    (
        "link of two lines",
        changed(lambda tree: tree["products"]["go"].update(policy="https://a/\nb")),
        "is no URL",
    ),
]


@pytest.mark.parametrize(("data", "why"), [lie[1:] for lie in LIES], ids=[lie[0] for lie in LIES])
def test_a_file_that_lies_is_refused_with_the_reason(data: bytes, why: str) -> None:
    with pytest.raises(LifecycleError, match="the lifecycle facts can't be believed: ") as refused:
        parse(data, TODAY)
    assert why in str(refused.value)
    assert "\n" not in str(refused.value)
    assert "\x1b" not in str(refused.value)


@pytest.mark.parametrize("data", [lie[1] for lie in LIES[:4]], ids=[lie[0] for lie in LIES[:4]])
def test_the_bundled_facts_are_used_where_the_refreshed_ones_lie(data: bytes, home: Path) -> None:
    refreshed_path().parent.mkdir(parents=True)
    refreshed_path().write_bytes(data)
    loaded = newest()
    assert loaded.facts == bundled()
    assert loaded.warning.endswith("those that docbot brings are used: run `docbot data refresh`")


def test_nothing_is_said_of_a_file_that_was_never_there(home: Path) -> None:
    assert newest() == (bundled(), "")
    with pytest.raises(FileNotFoundError):
        read(refreshed_path())


def test_the_newer_facts_are_used(home: Path) -> None:
    assert keep(NEWER) == refreshed_path()
    assert newest() == (NEWER, "")
    older = replace(NEWER, retrieved=bundled().retrieved - timedelta(days=1))
    keep(older)
    assert newest() == (bundled(), "")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such folder")
def test_a_file_that_cant_be_read_is_passed_over(home: Path) -> None:
    refreshed_path().mkdir(parents=True)
    loaded = newest()
    assert loaded.facts == bundled()
    assert loaded.warning.startswith("the refreshed lifecycle facts can't be read (Is a directory)")


def test_facts_survive_being_written(home: Path) -> None:
    assert parse(packed(NEWER), TODAY) == NEWER
    assert packed(bundled()) == BUNDLED.read_bytes()


def test_what_is_written_replaces_the_whole_file(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keep(NEWER)

    def fails(source: Path, target: Path) -> Path:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", fails)
        with pytest.raises(LifecycleError, match=r"lifecycles\.json can't be written \(No space left"):
            keep(replace(NEWER, source="https://example.com"))
    assert newest().facts == NEWER
    assert list(refreshed_path().parent.iterdir()) == [refreshed_path()]


@pytest.mark.parametrize(
    ("product", "cycle", "label", "version"),
    [
        ("python", "3.14", "3.14", "3.14"),
        ("windows", "10-22H2-E", "10 22H2 (E)", "10-22h2-e"),
        ("mssqlserver", "12.0-sp3", "2014 'Hekaton' SP3", "2014-sp3"),
        ("mssqlserver", "17.0", "2025", "2025"),
    ],
)
def test_versions_are_named_as_writers_do(product: str, cycle: str, label: str, version: str) -> None:
    naming = next(naming for naming in NAMES if naming.id == product)
    assert stored.version_of(naming, cycle, label) == version


def test_the_notice_ships_beside_the_facts() -> None:
    notice = (Path(str(BUNDLED)).parent / "lifecycles.NOTICE.txt").read_text("utf-8")
    assert "Permission is hereby granted, free of charge" in notice
    assert "endoflife.date contributors" in notice
    assert bundled().retrieved > date(2026, 1, 1)
