"""`docbot data refresh`, and scans with what it brought."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from docbot.lifecycles.stored import bundled, newest, refreshed_path
from tests.cli.conftest import Docbot
from tests.helpers.git import Builder
from tests.test_lifecycles_refresh import answer_of, changed, python, says, serving


def test_a_refresh_is_used_by_the_next_scan(docbot: Docbot, docs: Builder) -> None:
    docs.commit({"a.md": "# A\n\nWe recommend Python 3.12.\n"})
    arguments = ("scan", docs.root, "--rule", "version-past-end-of-life", "--today", "2026-09-01")
    assert b"no findings" in docbot(*arguments).out
    ended = {"name": "3.12", "releaseDate": "2023-10-02", "isEol": True, "eolFrom": "2026-08-31"}

    with serving(changed(lambda answer: python(answer).update(releases=[ended]))) as url:
        done = docbot("data", "refresh", "--source", url)
    assert (done.code, done.err) == (0, "")
    assert b" products with " in done.out
    assert b"; 1 are new or have another day than before." in done.out
    found = docbot(*arguments).out.decode()
    assert "support of Python 3.12 ended on 2026-08-31" in " ".join(found.split())


@pytest.mark.parametrize("body", [b"<html>", b"{}"])
def test_a_refresh_that_fails_changes_nothing(docbot: Docbot, body: bytes) -> None:
    with serving(says(json.dumps(answer_of()).encode())) as url:
        assert docbot("data", "refresh", "--source", url).code == 0
    before = refreshed_path().read_bytes()
    with serving(says(body)) as url:
        ended = docbot("data", "refresh", "--source", url.rstrip("/"))
    assert ended.code == 2
    assert "doesn't answer as endoflife.date does" in ended.sentence
    assert refreshed_path().read_bytes() == before


def test_a_scan_says_that_refreshed_facts_lie_and_goes_on(docbot: Docbot, docs: Builder, home: Path) -> None:
    docs.commit({"a.md": "# A\n\nWe recommend Python 3.7.\n"})
    refreshed_path().parent.mkdir(parents=True)
    refreshed_path().write_bytes(b"<html>")
    shown = docbot("scan", docs.root, "--rule", "version-past-end-of-life")
    text = " ".join(shown.out.decode().split())
    assert "support of Python 3.7 ended on 2023-06-27" in text
    assert "can't be believed" in text
    assert newest().facts == bundled()


def test_facts_that_changed_are_not_recalled(docbot: Docbot, docs: Builder) -> None:
    docs.commit({"a.md": "# A\n\nWe recommend Python 3.7.\n"})
    arguments = ("scan", docs.root, "--rule", "version-past-end-of-life")
    assert b"Python 3.7" in docbot(*arguments).out
    living = {"name": "3.7", "releaseDate": "2018-06-27", "isEol": False, "eolFrom": None}
    with serving(changed(lambda answer: python(answer).update(releases=[living]))) as url:
        docbot("data", "refresh", "--source", url)
        assert b"no findings" in docbot(*arguments).out
    living["eolFrom"] = "2021-06-27"
    with serving(changed(lambda answer: python(answer).update(releases=[living]))) as url:
        docbot("data", "refresh", "--source", url)
    assert b"ended on 2021-06-27" in docbot(*arguments).out
