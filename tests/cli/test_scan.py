"""`docbot scan` from end to end."""

from __future__ import annotations

import json
import os
import stat
from collections import Counter
from pathlib import Path

import pytest

from docbot.plugins import load_rules
from docbot.reporters import REPORTERS
from tests.cli.conftest import Docbot
from tests.helpers.git import Builder

BAD = "# Title\n\nOpen the the file.\n"


def lines(out: bytes) -> list[dict[str, object]]:
    return [json.loads(line) for line in out.splitlines()]


def fingerprints(written: bytes) -> set[str]:
    return {entry["fingerprint"] for entry in json.loads(written)["findings"]}


class TestFormats:
    @pytest.mark.parametrize("form", sorted(REPORTERS))
    def test_a_file_holds_what_is_printed(
        self, docbot: Docbot, sample: Path, form: str, tmp_path: Path
    ) -> None:
        printed = docbot("scan", "--format", form, sample)
        assert (printed.code, printed.err) == (0, "")
        file = tmp_path / "report"
        written = docbot("scan", "--format", form, "-o", file, sample)
        assert (written.code, written.out, written.err) == (0, b"", "")
        assert file.read_bytes() == printed.out
        assert b"doubled-word" in printed.out

    def test_jsonl_and_sarif_hold_the_same_findings(self, docbot: Docbot, sample: Path) -> None:
        found = lines(docbot("scan", "--format", "jsonl", sample).out)
        results = json.loads(docbot("scan", "--format", "sarif", sample).out)["runs"][0]["results"]
        assert Counter(line["rule"] for line in found) == Counter(result["ruleId"] for result in results)
        assert {line["kind"] for line in found} == {"finding"}

    def test_sections_come_when_asked_for(self, docbot: Docbot, sample: Path) -> None:
        kinds = {
            line["kind"] for line in lines(docbot("scan", "--format", "jsonl", "--sections", sample).out)
        }
        assert kinds == {"finding", "section"}


class TestFailOn:
    @pytest.mark.parametrize(
        ("rule", "limit", "code"),
        [
            ("file-not-found", "error", 1),
            ("doubled-word", "error", 0),
            ("doubled-word", "warning", 1),
            ("wrong-case-link", "warning", 0),
            ("wrong-case-link", "info", 1),
        ],
    )
    def test_findings_as_bad_as_that_fail(
        self, docbot: Docbot, sample: Path, rule: str, limit: str, code: int
    ) -> None:
        assert docbot("scan", "--rule", rule, "--fail-on", limit, sample).code == code
        assert docbot("scan", "--rule", rule, sample).code == 0

    def test_without_findings_nothing_fails(self, docbot: Docbot, docs: Builder) -> None:
        docs.commit({"a.md": "# A\n"})
        assert docbot("scan", "--fail-on", "info", docs.root).code == 0

    def test_what_is_hidden_does_not_fail(self, docbot: Docbot, docs: Builder) -> None:
        docs.commit({"a.md": f"{BAD.rstrip()} <!-- docbot: ignore doubled-word x -->\n"})
        assert docbot("scan", "--fail-on", "info", docs.root).code == 0


def test_rules_are_chosen(docbot: Docbot, sample: Path) -> None:
    def rules(*arguments: str) -> set[object]:
        return {line["rule"] for line in lines(docbot("scan", "--format", "jsonl", *arguments, sample).out)}

    every = rules()
    assert rules("--rule", "doubled-word", "--rule", "wrong-case-link") == {"doubled-word", "wrong-case-link"}
    assert rules("--skip", "doubled-word", "--skip", "wrong-case-link") == every - {
        "doubled-word",
        "wrong-case-link",
    }


def test_a_baseline_is_written_and_used(docbot: Docbot, docs: Builder, tmp_path: Path) -> None:
    docs.commit({"a.md": BAD})
    file = tmp_path / "accepted.json"
    first = docbot("scan", "--write-baseline", file, docs.root)
    assert first.code == 0
    accepted = file.read_bytes()
    assert docbot("scan", "--baseline", file, "--fail-on", "info", docs.root).code == 0
    docs.write("a.md", f"Some more.\n\n{BAD}\nClose the the door of a a house.\n")
    found = lines(docbot("scan", "--baseline", file, "--format", "jsonl", docs.root).out)
    assert [line["excerpt"] for line in found] == ["the the", "a a"]
    # Written anew, it holds what it held before, and what is new.
    docbot("scan", "--baseline", file, "--write-baseline", file, docs.root)
    assert fingerprints(accepted) < fingerprints(file.read_bytes())
    assert docbot("scan", "--baseline", file, "--fail-on", "info", docs.root).code == 0


def test_a_baseline_that_the_config_names_can_be_written_first(docbot: Docbot, docs: Builder) -> None:
    docs.commit({"a.md": BAD, ".docbot.toml": 'baseline = "accepted.json"\n'})
    assert "write the file with `docbot scan --write-baseline FILE`" in docbot("scan", docs.root).sentence
    assert docbot("scan", "--write-baseline", docs.root / "accepted.json", docs.root).code == 0
    assert docbot("scan", "--fail-on", "info", docs.root).code == 0


def test_only_what_changed(docbot: Docbot, docs: Builder) -> None:
    docs.commit({"a.md": BAD, "gone.md": "# Gone\n", "links.md": "See [x](gone.md).\n"})
    docs.git("branch", "base")
    docs.delete("gone.md")
    docs.write("b.md", BAD)
    found = lines(docbot("scan", "--diff", "base", "--format", "jsonl", "--all", docs.root).out)
    assert [(line["path"], line["rule"]) for line in found] == [
        ("b.md", "doubled-word"),
        ("links.md", "file-not-found"),
    ]
    assert docbot("scan", "--diff", "HEAD", "--format", "jsonl", docs.root / "a.md").out == b""


class TestOutput:
    @pytest.fixture
    def docs(self, docs: Builder) -> Builder:
        docs.commit({"a.md": BAD})
        return docs

    def test_a_file_is_replaced_only_when_all_of_it_is_there(
        self, docbot: Docbot, docs: Builder, tmp_path: Path
    ) -> None:
        file = tmp_path / "report.txt"
        file.write_text("before")
        assert docbot("scan", "-o", file, "--rule", "nope", docs.root).code == 2
        assert file.read_text() == "before"
        assert docbot("scan", "-o", file, docs.root).code == 0
        assert "doubled-word" in file.read_text("utf-8")
        assert sorted(place.name for place in tmp_path.iterdir() if place.is_file()) == ["report.txt"]

    @pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions")
    def test_a_new_file_has_the_usual_permissions_and_an_old_one_keeps_its_own(
        self, docbot: Docbot, docs: Builder, tmp_path: Path
    ) -> None:
        new, old = tmp_path / "new", tmp_path / "old"
        old.write_text("x")
        old.chmod(0o640)
        mask = os.umask(0o022)
        try:
            for file in (new, old):
                assert docbot("scan", "-o", file, docs.root).code == 0
        finally:
            os.umask(mask)
        assert [stat.S_IMODE(file.stat().st_mode) for file in (new, old)] == [0o644, 0o640]

    def test_a_link_stays_a_link(self, docbot: Docbot, docs: Builder, tmp_path: Path) -> None:
        (tmp_path / "real").write_text("x")
        (tmp_path / "link").symlink_to("real")
        assert docbot("scan", "-o", tmp_path / "link", docs.root).code == 0
        assert (tmp_path / "link").is_symlink()
        assert "doubled-word" in (tmp_path / "real").read_text("utf-8")

    @pytest.mark.skipif(os.name == "nt", reason="Windows has no such devices")
    def test_a_device_stays_a_device(self, docbot: Docbot, docs: Builder, tmp_path: Path) -> None:
        (tmp_path / "null").symlink_to(os.devnull)
        assert docbot("scan", "-o", tmp_path / "null", docs.root).code == 0
        assert stat.S_ISCHR(Path(os.devnull).stat().st_mode)

    def test_a_place_that_cannot_be_written_has_a_sentence(
        self, docbot: Docbot, docs: Builder, tmp_path: Path
    ) -> None:
        (tmp_path / "file").write_text("x")
        for place in (tmp_path / "none" / "report", tmp_path / "file" / "report"):
            ended = docbot("scan", "-o", place, docs.root)
            assert ended.code == 2
            assert "can't be written" in ended.sentence
            assert ended.sentence.endswith("choose another file")
        assert docbot("scan", "-o", tmp_path, docs.root).code == 2

    def test_the_baseline_is_written_like_a_report(
        self, docbot: Docbot, docs: Builder, tmp_path: Path
    ) -> None:
        ended = docbot("scan", "--write-baseline", tmp_path / "none" / "accepted.json", docs.root)
        assert (ended.code, "can't be written" in ended.sentence) == (2, True)


class TestRefusals:
    """Each bad input has one clear sentence that names what to do."""

    def refused(self, docbot: Docbot, *arguments: str | Path) -> str:
        ended = docbot("scan", *arguments)
        assert ended.code == 2
        assert ended.out == b""
        assert ended.sentence.startswith("docbot: ")
        return ended.sentence

    def test_places_that_are_no_docs(self, docbot: Docbot, tmp_path: Path, docs: Builder) -> None:
        bare = Builder.init(tmp_path / "bare.git", bare=True)
        plain = tmp_path / "plain"
        plain.mkdir()
        assert "clone the docs with `git clone`" in self.refused(docbot, plain)
        assert "doesn't exist: give a folder or a file" in self.refused(docbot, tmp_path / "none")
        assert "make a worktree of it" in self.refused(docbot, bare.root)
        assert "run docbot in the folder of the docs" in self.refused(docbot, docs.root / ".git")
        (docs.root / "link.md").symlink_to(plain)
        assert "is not inside a git repository" in self.refused(docbot, docs.root / "link.md")

    def test_options_that_name_nothing(self, docbot: Docbot, sample: Path, tmp_path: Path) -> None:
        assert "`docbot rules` lists" in self.refused(docbot, "--rule", "doubled", sample)
        assert "`docbot rules` lists" in self.refused(docbot, "--skip", "doubled", sample)
        assert "name another with --diff" in self.refused(docbot, "--diff", "nowhere", sample)
        assert "--write-baseline" in self.refused(docbot, "--baseline", tmp_path / "none", sample)
        (tmp_path / "bad.json").write_text("[]")
        assert "is no baseline" in self.refused(docbot, "--baseline", tmp_path / "bad.json", sample)

    def test_configs_that_are_wrong(self, docbot: Docbot, docs: Builder) -> None:
        docs.commit({"a.md": BAD})
        for text, said in (
            ("exlude = []", "did you mean 'exclude'"),
            ("x = [" * 9_999, "repair it"),
            ("confidence = 3", "a number from 0 to 1"),
            ('rules = ["x"]', "there is no rule 'x'"),
            ('skip = ["x\\u001b[2J"]', "there is no rule"),
            ('baseline = "../x"', "leads out of the docs"),
        ):
            docs.write(".docbot.toml", text)
            assert said in self.refused(docbot, docs.root)
        docs.write(".docbot.toml", b"\xff")
        assert "no valid TOML" in self.refused(docbot, docs.root)


class TestPages:
    """Pages that can't be read are named, and the others are scanned."""

    def test_each_has_one_sentence(self, docbot: Docbot, docs: Builder, tmp_path: Path) -> None:
        outside = tmp_path / "outside.md"
        outside.write_text(BAD)
        docs.commit({"good.md": BAD, "binary.md": b"\0", "latin.md": b"\xe9", "fifo.md": BAD, "gone.md": BAD})
        docs.write("long.md", b"x" * 50_000_000)
        (docs.root / "link.md").symlink_to(outside)
        (docs.root / "gone.md").unlink()
        expected = {"binary.md": "exclude", "latin.md": "UTF-8", "long.md": "exclude"}
        if hasattr(os, "mkfifo"):
            (docs.root / "fifo.md").unlink()
            os.mkfifo(docs.root / "fifo.md")
            expected["fifo.md"] = "exclude"
        ended = docbot("scan", docs.root)
        assert ended.code == 0
        said = (ended.out.decode() + ended.err).split("\n")
        for page, remedy in expected.items():
            about = [line for line in said if f"{page} " in line and remedy in line]
            assert len(about) == 1, said
        found = lines(docbot("scan", "--format", "jsonl", docs.root).out)
        assert {line["path"] for line in found} <= {"good.md", "fifo.md"}
        assert not any("outside" in line for line in said)

    def test_one_page_asked_for(self, docbot: Docbot, docs: Builder) -> None:
        docs.commit({"a.md": BAD, "b.md": BAD})
        found = lines(docbot("scan", "--format", "jsonl", docs.root / "b.md").out)
        assert [line["path"] for line in found] == ["b.md"]

    def test_clones_without_all_their_history(self, docbot: Docbot, docs: Builder, tmp_path: Path) -> None:
        docs.commit({"a.md": BAD})
        docs.commit({"b.md": "# B\n"})
        clone = docs.clone(tmp_path / "clone", "--depth=1")
        ended = docbot("scan", clone.root)
        assert ended.code == 0
        assert (ended.out.decode() + ended.err).count("`git fetch --unshallow`") == 1

    def test_a_repository_without_a_commit(self, docbot: Docbot, docs: Builder) -> None:
        docs.write("a.md", BAD)
        ended = docbot("scan", docs.root)
        assert (ended.code, ended.err) == (0, "")
        assert b"doubled-word" in ended.out


def test_every_rule_can_be_asked_for_alone(docbot: Docbot, sample: Path) -> None:
    for rule in load_rules():
        ended = docbot("scan", "--rule", rule.name, "--format", "jsonl", sample)
        assert ended.code == 0
        assert {line["rule"] for line in lines(ended.out)} <= {rule.name}
