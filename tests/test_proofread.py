"""Each distinct sentence is checked once, here or in other processes, and what was found is kept."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from docbot import grammar
from docbot import proofread as module
from docbot.cache import Cache
from docbot.grammar import Grammar, Slip
from docbot.markdown.said import Said
from docbot.proofread import proofread
from tests.cli.test_interrupt import PATIENCE, alive, wait_for, workers

SAID = {
    "a.md": Said(("It will deleted by setup.", "All of it is well.")),
    "b.md": Said(("All of it is well.", "Configure the your sensor.", "Das Wort will deleted, wenn es ist.")),
    "c.md": Said(("Nothing is wrong here.",)),
}
FOUND = {"It will deleted by setup.": "will be", "Configure the your sensor.": "your"}


@pytest.fixture
def checked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every sentence that is given to the checker."""
    given: list[str] = []
    original = grammar.slips_of

    def counted(text: str) -> tuple[Slip, ...]:
        given.append(text)
        return original(text)

    monkeypatch.setattr(grammar, "slips_of", counted)
    return given


def read(said: dict[str, Said], place: Path | None = None, jobs: int = 1) -> Grammar:
    cache = Cache(place)
    try:
        return proofread(said, cache, jobs=jobs, warn=pytest.fail)
    finally:
        cache.close()


def words(found: Grammar) -> dict[str, str | None]:
    return {text: slips[0].replacement for text, slips in found.slips.items()}


def test_the_slips_of_all_pages_are_known_by_sentence_and_the_pages_that_have_some() -> None:
    found = read(SAID)
    assert words(found) == FOUND
    assert found.pages == {"a.md", "b.md"}


def test_only_what_may_slip_is_checked_and_that_once(tmp_path: Path, checked: list[str]) -> None:
    place = tmp_path / "cache.sqlite"
    first = read(SAID, place)
    assert checked == list(FOUND)
    checked.clear()
    assert read(SAID, place) == first
    assert checked == []
    more = SAID | {"d.md": Said(("It must removed by hand.",))}
    assert words(read(more, place)) == FOUND | {"It must removed by hand.": "must be"}
    assert checked == ["It must removed by hand."]


def test_a_sentence_that_is_gone_is_forgotten(tmp_path: Path, checked: list[str]) -> None:
    place = tmp_path / "cache.sqlite"
    read(SAID, place)
    fewer = {"a.md": Said(("It is new.",))}
    assert read(fewer, place) == Grammar()
    checked.clear()
    read(SAID, place)
    assert checked == list(FOUND)


def test_a_damaged_cache_is_made_anew(tmp_path: Path) -> None:
    place = tmp_path / "cache.sqlite"
    for rubbish in (b"", b"\xc1", b"\x92\x80\xc4\x01x"):
        cache = Cache(place)
        cache.store({module._key(): rubbish})
        cache.close()
        assert words(read(SAID, place)) == FOUND


def test_two_processes_find_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    alone = read(SAID)
    monkeypatch.setattr(module, "SMALL", 0)
    monkeypatch.setattr(module, "_CHUNK", 1)
    place = tmp_path / "cache.sqlite"
    assert read(SAID, place, jobs=2) == alone
    assert read(SAID, place, jobs=2) == alone


def test_a_process_that_dies_costs_its_sentences_and_not_the_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "SMALL", 0)
    monkeypatch.setattr(module, "_start", _die)
    said: list[str] = []
    place = tmp_path / "cache.sqlite"
    cache = Cache(place)
    assert proofread(SAID, cache, jobs=2, warn=said.append) == Grammar()
    cache.close()
    assert "run it again with `--jobs 1`" in said[0]
    monkeypatch.undo()
    assert words(read(SAID, place)) == FOUND


def _die() -> None:
    os._exit(9)


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="processes are only looked up on Linux")
def test_ctrl_c_ends_every_process_and_only_one_speaks() -> None:
    program = (
        "from docbot.cache import Cache\n"
        "from docbot.markdown.said import Said\n"
        "from docbot.proofread import proofread\n"
        "if __name__ == '__main__':\n"
        "    texts = tuple(f'The file {n} will deleted by the setup of it.' for n in range(60_000))\n"
        "    proofread({'a.md': Said(texts)}, Cache.none(), jobs=2)\n"
    )
    script = [sys.executable, "-c", program]
    with subprocess.Popen(script, stderr=subprocess.PIPE, start_new_session=True) as started:
        wait_for(lambda: started.poll() is not None or len(workers(started.pid)) == 2)
        os.killpg(started.pid, signal.SIGINT)
        _, error = started.communicate(timeout=PATIENCE)
    wait_for(lambda: not alive(started.pid))
    assert error.count(b"KeyboardInterrupt") == error.count(b"Traceback") == 1
