"""`docbot init`, `docbot doctor` and `docbot rules`."""

from __future__ import annotations

from pathlib import Path

from docbot.plugins import load_rules
from tests.cli.conftest import Docbot
from tests.helpers.git import Builder


def test_every_rule_is_listed_and_explained(docbot: Docbot) -> None:
    listed = docbot("rules")
    assert (listed.code, listed.err) == (0, "")
    lines = listed.out.decode().strip().split("\n")
    assert [line.split(" ")[0] for line in lines] == [rule.name for rule in load_rules()]
    for rule in load_rules():
        shown = docbot("rules", rule.name)
        assert shown.code == 0
        assert shown.out.decode().startswith(f"# {rule.name}\n")


def test_a_rule_nobody_knows(docbot: Docbot) -> None:
    ended = docbot("rules", "doubled")
    assert (ended.code, ended.out) == (2, b"")
    assert "there is no rule 'doubled': `docbot rules` lists" in ended.sentence


def test_init_writes_a_config_once(docbot: Docbot, docs: Builder) -> None:
    assert docbot("init", docs.root).out.startswith(b"Wrote .docbot.toml.")
    ended = docbot("init", docs.root)
    assert (ended.code, ended.sentence) == (2, "docbot: .docbot.toml is there already: edit it")


def test_the_doctors_exit_code_says_whether_proposals_are_welcome(
    docbot: Docbot, sample: Path, docs: Builder
) -> None:
    ended = docbot("doctor", sample)
    assert (ended.code, ended.err) == (0, "")
    assert b"ok   pages: " in ended.out
    docs.commit({"README.md": "This repository is archived \x1b[2J\n", "a.md": "# A\n"})
    ended = docbot("doctor", docs.root)
    assert ended.code == 4
    assert b"stop policy: This repository is archived [2J (README.md:1)" in ended.out
    assert ended.out.endswith(b"Nothing may be proposed here.\n")
    assert docbot("doctor", docs.root / "none").code == 2
