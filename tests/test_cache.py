"""The cache: whatever happens to its file, a run goes on, and a sound file is never thrown away."""

from __future__ import annotations

import multiprocessing
import os
import sqlite3
from pathlib import Path

import pytest

from docbot.cache import Cache

ENTRIES = {f"{n:016x}": f"page {n}".encode() * 20 for n in range(150)}


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "folder" / "cache.sqlite"


def filled(place: Path, entries: dict[str, bytes] = ENTRIES) -> Path:
    cache = Cache(place)
    cache.store(entries)
    cache.close()
    return place


def loaded(place: Path, keys: list[str] | None = None) -> dict[str, bytes]:
    cache = Cache(place)
    found = cache.load(ENTRIES if keys is None else keys)
    cache.close()
    return found


def test_what_is_stored_is_loaded_in_the_next_run(place: Path) -> None:
    filled(place)
    assert loaded(place) == ENTRIES
    few = list(ENTRIES)[:3]
    assert loaded(place, [*few, "not there"]) == {key: ENTRIES[key] for key in few}
    assert loaded(place, []) == {}


def test_an_entry_is_replaced_by_a_newer_one(place: Path) -> None:
    filled(place)
    filled(place, {"0" * 16: b"new"})
    assert loaded(place, ["0" * 16]) == {"0" * 16: b"new"}


def test_a_cache_in_no_file_keeps_nothing() -> None:
    cache = Cache.none()
    cache.store(ENTRIES)
    assert cache.load(ENTRIES) == {}


def test_repositories_have_files_of_their_own_in_the_users_folder(home: Path, tmp_path: Path) -> None:
    for name in ("one", "other"):
        cache = Cache.of(tmp_path / name)
        assert cache.load(["key"]) == {}
        cache.store({"key": name.encode()})
        cache.close()
    assert len(list(home.rglob("*.sqlite"))) == 2
    assert Cache.of(tmp_path / "one").load(["key"]) == {"key": b"one"}


DAMAGES = {
    "empty": b"",
    "text": b"this is no database\n" * 100,
    "binary": bytes(range(256)) * 40,
    "header only": b"SQLite format 3\0",
}


@pytest.mark.parametrize("data", DAMAGES.values(), ids=DAMAGES.keys())
def test_a_damaged_file_starts_anew(place: Path, data: bytes) -> None:
    place.parent.mkdir()
    place.write_bytes(data)
    assert loaded(place) == {}
    filled(place)
    assert loaded(place) == ENTRIES


@pytest.mark.parametrize("at", [0.0, 0.3, 0.6, 0.9])
def test_a_file_with_a_damaged_part_gives_what_is_right_or_nothing(place: Path, at: float) -> None:
    filled(place)
    data = bytearray(place.read_bytes())
    start = int(len(data) * at)
    data[start : start + 700] = b"\xff" * 700
    place.write_bytes(data)
    found = loaded(place)
    assert all(key in ENTRIES for key in found)
    filled(place)
    filled(place)
    assert loaded(place) == ENTRIES


def test_a_file_cut_short_gives_what_is_right_or_nothing(place: Path) -> None:
    filled(place)
    data = place.read_bytes()
    place.write_bytes(data[: len(data) // 2])
    assert loaded(place).items() <= ENTRIES.items()


@pytest.mark.parametrize(
    "schema",
    ["CREATE TABLE page (other TEXT)", "CREATE TABLE page (key TEXT PRIMARY KEY, data TEXT, more TEXT)"],
)
def test_a_file_of_another_program_starts_anew(place: Path, schema: str) -> None:
    place.parent.mkdir()
    with sqlite3.connect(place) as connection:
        connection.execute(schema)
    connection.close()
    assert loaded(place) == {}
    filled(place)
    filled(place)
    assert loaded(place) == ENTRIES


@pytest.mark.parametrize("value", ["text", 3, None, 1.5])
def test_an_entry_that_is_no_bytes_is_a_miss(place: Path, value: object) -> None:
    filled(place)
    with sqlite3.connect(place) as connection:
        connection.execute("UPDATE page SET data = ? WHERE key = ?", (value, "0" * 16))
    connection.close()
    assert loaded(place, ["0" * 16]) == {}
    assert len(loaded(place)) == len(ENTRIES) - 1


def test_a_file_that_another_process_holds_is_a_miss_and_stays(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled(place)
    holder = sqlite3.connect(place, isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    monkeypatch.setattr("docbot.cache._PATIENCE", 0.05)
    assert loaded(place) == {}
    filled(place, {"new": b"x"})
    holder.execute("COMMIT")
    holder.close()
    assert loaded(place) == ENTRIES


def test_a_place_that_cannot_be_written_is_a_miss(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    for place in (tmp_path / "file" / "cache.sqlite", tmp_path):
        filled(place)
        assert loaded(place) == {}
    assert (tmp_path / "file").read_text() == "x"


def test_a_read_only_folder_is_read_from(place: Path) -> None:
    filled(place)
    place.chmod(0o444)
    place.parent.chmod(0o555)
    if os.access(place.parent, os.W_OK):
        place.parent.chmod(0o755)
        pytest.skip("this user may write everywhere: a read-only folder was NOT tested")
    try:
        assert loaded(place) == ENTRIES
        filled(place, {"new": b"x"})
        assert loaded(place) == ENTRIES
    finally:
        place.parent.chmod(0o755)


def test_what_no_page_needs_any_more_is_thrown_away(place: Path) -> None:
    filled(place, ENTRIES | {f"old {n}": b"x" for n in range(400)})
    before = place.stat().st_size
    assert loaded(place) == ENTRIES
    assert loaded(place, ["old 1"]) == {}
    filled(place)
    assert place.stat().st_size <= before


def _work(place: Path, first: int) -> bool:
    cache = Cache(place)
    mine = {f"{n:016x}": f"{n}".encode() for n in range(first, first + 120)}
    right = True
    for _ in range(15):
        cache.store(mine)
        right = right and all(data == str(int(key, 16)).encode() for key, data in cache.load(mine).items())
    cache.close()
    return right


def test_processes_at_once_do_not_hurt_each_other(place: Path) -> None:
    with multiprocessing.get_context("spawn").Pool(2) as pool:
        assert pool.starmap(_work, [(place, 0), (place, 60), (place, 120)]) == [True] * 3
    keys = [f"{n:016x}" for n in range(60, 180)]
    assert loaded(place, keys) == {key: str(int(key, 16)).encode() for key in keys}
