"""The verb `scan` on real repositories."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from docbot import baseline, reading
from docbot.app import Scan, ScanOptions, scan
from docbot.errors import ConfigError, RepositoryError, RuleError, UsageError
from docbot.types import Report
from tests.helpers.git import Builder

BAD = "# Title\n\nOpen the the file.\n"
FINE = "# Title\n\nOpen the file.\n"


def report(place: Path, **options: Any) -> Report:
    return scan(place, ScanOptions(**options)).report


def said(of: Report) -> list[str]:
    return [f"{finding.path}: {finding.rule}: {finding.excerpt}" for finding in of.findings]


def notices(of: Report) -> str:
    return "\n".join(notice.text for notice in of.notices)


class TestCache:
    def test_cold_warm_and_no_cache_and_any_number_of_processes_say_the_same(
        self, sample: Path, home: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        expected = report(sample, cache=False, jobs=1, sections=True, show_all=True)
        assert len({finding.rule for finding in expected.findings}) >= 6
        assert report(sample, jobs=1, sections=True, show_all=True) == expected
        assert list(home.rglob("*.sqlite"))
        assert report(sample, jobs=1, sections=True, show_all=True) == expected
        monkeypatch.setattr(reading, "SMALL", 0)
        monkeypatch.setattr(reading, "_CHUNK", 300)
        assert report(sample, cache=False, jobs=2, sections=True, show_all=True) == expected

    def test_copies_of_a_page_say_the_same_cold_and_warm(self, docs: Builder) -> None:
        docs.commit(dict.fromkeys(("a.md", "b.md", "x/a.md", "x/c.md"), BAD))
        cold = report(docs.root)
        assert report(docs.root) == cold
        assert [f.cause for f in cold.findings] == [f"doubled-word {name}.md" for name in "abac"]

    def test_a_new_commit_brings_its_history(self, docs: Builder) -> None:
        docs.commit({"old.md": BAD + "x" * 100, "a.md": "See [x](old.md).\n"})
        assert said(report(docs.root, only=("file-not-found",))) == []
        docs.rename("old.md", "new.md")
        (finding,) = report(docs.root, only=("file-not-found",)).findings
        assert "renamed to new.md" in finding.evidence[0].detail
        assert report(docs.root, only=("file-not-found",)).findings == (finding,)

    def test_history_that_was_cut_off_is_read_again_when_it_is_there(
        self, docs: Builder, tmp_path: Path
    ) -> None:
        docs.commit({"old.md": FINE + "x" * 100, "a.md": "See [x](old.md).\n"})
        docs.rename("old.md", "new.md")
        docs.commit({"b.md": FINE})
        clone = docs.clone(tmp_path / "clone", "--depth=1")
        first = report(clone.root)
        assert "shallow" in notices(first)
        assert "`git fetch --unshallow`" in notices(first)
        assert all(finding.fix is None for finding in first.findings)
        clone.git("fetch", "-q", "--unshallow")
        (finding,) = report(clone.root).findings
        assert finding.fix is not None
        assert notices(report(clone.root)) == ""


class TestPlace:
    @pytest.fixture
    def root(self, docs: Builder) -> Path:
        docs.commit(dict.fromkeys(("a.md", "docs/a.md", "docs/x/a.md", "docsx/a.md"), BAD))
        return docs.root

    def test_a_folder_or_a_file_narrows_the_report(self, root: Path) -> None:
        for place, pages in (("", 4), ("docs", 2), ("docs/x", 1), ("docs/a.md", 1), ("docsx/a.md", 1)):
            found = report(root / place)
            assert found.pages == len(found.findings) == len(found.texts) == pages, place
            assert all(finding.path.startswith(place) for finding in found.findings)

    def test_what_is_elsewhere_is_not_counted_as_hidden(self, root: Path) -> None:
        (root / ".docbot.toml").write_text("confidence = 1.0\n", "utf-8")
        assert report(root).hidden == 4
        assert report(root / "docs").hidden == 2

    def test_what_a_page_silences_is_not_counted_as_hidden(self, root: Path) -> None:
        (root / "a.md").write_text(f"{BAD.rstrip()} <!-- docbot: ignore * x -->\n", "utf-8")
        assert (report(root).hidden, len(report(root).findings)) == (0, 3)

    def test_the_rest_of_the_repository_is_known(self, root: Path) -> None:
        (root / "docs/a.md").write_text("See [x](../a.md), [y](x/a.md#title) and [z](../A.md).\n", "utf-8")
        assert said(report(root / "docs/a.md", show_all=True)) == ["docs/a.md: wrong-case-link: ../A.md"]


class TestRules:
    def test_only_and_skip(self, sample: Path) -> None:
        every = {finding.rule for finding in report(sample).findings}
        assert {f.rule for f in report(sample, only=("doubled-word",)).findings} == {"doubled-word"}
        left = {f.rule for f in report(sample, skip=("doubled-word",)).findings}
        assert left == every - {"doubled-word"}

    def test_a_rule_nobody_knows_is_named(self, sample: Path) -> None:
        for options in ({"only": ("x",)}, {"skip": ("x",)}):
            with pytest.raises(RuleError, match="there is no rule 'x'"):
                report(sample, **options)

    def test_a_rule_that_did_not_run_leaves_suppressions_unjudged(self, docs: Builder) -> None:
        docs.commit({"a.md": f"{BAD.rstrip()} <!-- docbot: ignore * it is meant -->\n"})
        assert said(report(docs.root)) == []
        assert said(report(docs.root, only=("file-not-found",))) == []
        assert said(report(docs.root, skip=("doubled-word",))) == []
        docs.write("a.md", "Fine. <!-- docbot: ignore * x --> <!-- docbot: ignore doubled-word x -->\n")
        assert len(said(report(docs.root))) == 2
        assert len(said(report(docs.root, only=("doubled-word",)))) == 1
        assert said(report(docs.root, skip=("unused-suppression",))) == []

    def test_drafting_gathers_what_all_rules_need_and_reports_what_was_asked_for(self, sample: Path) -> None:
        done = scan(sample, ScanOptions(only=("doubled-word",), drafting=True))
        assert {finding.rule for finding in done.report.findings} == {"doubled-word"}
        assert done.survey.facts.site.outlines
        assert {rule.name for rule in done.rules} > {"doubled-word", "file-not-found"}
        assert not scan(sample, ScanOptions(only=("doubled-word",))).survey.facts.site.outlines


class TestDiff:
    @pytest.fixture
    def base(self, docs: Builder) -> str:
        pages = {"a.md": BAD, "b.md": BAD, "removed.md": FINE, "links.md": "See [x](removed.md).\n"}
        return docs.commit(pages)

    def test_changed_lines_and_links_to_what_was_removed(self, docs: Builder, base: str) -> None:
        docs.write("a.md", f"{BAD}\nClose the the file.\n")
        docs.delete("removed.md")
        docs.write("new.md", BAD)
        found = report(docs.root, diff=base, show_all=True)
        assert [(f.path, f.rule, f.span.start > 30) for f in found.findings] == [
            ("a.md", "doubled-word", True),
            ("links.md", "file-not-found", False),
            ("new.md", "doubled-word", False),
        ]
        assert found.hidden == 0

    def test_nothing_changed_is_nothing_found(self, docs: Builder, base: str) -> None:
        assert report(docs.root, diff=base).findings == ()
        assert report(docs.root, diff="HEAD").findings == ()

    def test_an_empty_base_is_refused(self, docs: Builder, base: str) -> None:
        with pytest.raises(UsageError, match="there is no commit ''"):
            report(docs.root, diff="")


class TestBaseline:
    def config(self, docs: Builder, name: str) -> None:
        docs.commit({"a.md": BAD, ".docbot.toml": f"baseline = {json.dumps(name)}\n"})

    def test_what_it_holds_is_hidden_and_what_is_new_is_shown(self, docs: Builder) -> None:
        docs.commit({"a.md": BAD})
        file = docs.write("accepted.json", baseline.dump(report(docs.root).findings))
        assert report(docs.root, baseline=file).findings == ()
        assert report(docs.root, baseline=file).accepted == 1
        docs.write("a.md", f"# New\n\nMore text above.\n\n{BAD}\nClose the the file. Use a a word.\n")
        assert [f.excerpt for f in report(docs.root, baseline=file).findings] == ["the the", "a a"]

    def test_the_config_may_name_it(self, docs: Builder) -> None:
        self.config(docs, "docs/accepted.json")
        docs.write("docs/accepted.json", baseline.dump(report(docs.root, accept=True).findings))
        assert report(docs.root).findings == ()
        other = docs.write("other.json", baseline.dump([]))
        assert len(report(docs.root, baseline=other).findings) == 1

    def test_accepting_looks_past_every_baseline(self, docs: Builder) -> None:
        self.config(docs, "not there yet.json")
        found = report(docs.root, accept=True).findings
        assert len(found) == 1
        docs.write("not there yet.json", baseline.dump(found))
        assert report(docs.root, accept=True, baseline=docs.root / "not there yet.json").findings == found

    @pytest.mark.parametrize(
        "name", ["none.json", "../secret.json", "/etc/hostname", ".git/config", "link.json", "."]
    )
    def test_the_config_can_only_name_a_file_of_the_repository(self, docs: Builder, name: str) -> None:
        self.config(docs, name)
        (docs.root.parent / "secret.json").write_text(baseline.dump([]), "utf-8")
        (docs.root / "link.json").symlink_to(docs.root.parent / "secret.json")
        with pytest.raises(
            ConfigError, match=r"correct `baseline` in \.docbot\.toml, or write the file with"
        ):
            report(docs.root)


class TestPages:
    def test_what_cannot_be_read_is_a_notice_and_the_rest_goes_on(
        self, docs: Builder, tmp_path: Path
    ) -> None:
        outside = tmp_path / "outside.md"
        outside.write_text(BAD, "utf-8")
        docs.commit({"a.md": BAD, "binary.md": b"\x89PNG\r\n\0\0", "latin.md": "café".encode("latin-1")})
        docs.write("long.md", b"the " * 1_500_000)
        (docs.root / "link.md").symlink_to(outside)
        (docs.root / "folder.md").mkdir()
        docs.write("folder.md/b.md", BAD)
        found = report(docs.root)
        assert said(found) == ["a.md: doubled-word: the the", "folder.md/b.md: doubled-word: the the"]
        texts = sorted(notice.text for notice in found.notices)
        assert [text.partition(" ")[0] for text in texts] == ["binary.md", "latin.md", "long.md"]
        assert "list it under `exclude`" in texts[0]
        assert "save it as UTF-8" in texts[1]
        assert "5,000,000 bytes" in texts[2]
        assert found.pages == 2

    def test_excluded_pages_make_no_notice(self, docs: Builder) -> None:
        docs.commit({"a.md": BAD, "x/binary.md": b"\0", ".docbot.toml": 'exclude = ["x/"]\n'})
        found = report(docs.root)
        assert (found.pages, found.notices) == (1, ())

    def test_translations_are_left_alone(self, docs: Builder) -> None:
        docs.commit({"a.md": f"---\nms.locfileid: 12\n---\n{BAD}"})
        found = report(docs.root)
        assert found.findings == ()
        assert "a.md is left alone: it is a translation" in notices(found)

    def test_a_page_that_goes_away_meanwhile_is_a_notice(self, docs: Builder) -> None:
        pages = {"a.md": BAD, "b.md": f"{BAD}\n[x](none.md)\n", "c.md": BAD}
        docs.commit(pages)

        def vanish(done: int, total: int) -> None:
            (docs.root / "b.md").unlink(missing_ok=True)
            (docs.root / "c.md").write_text(FINE, "utf-8")

        found = scan(docs.root, ScanOptions(), vanish).report
        assert said(found) == ["a.md: doubled-word: the the"]
        assert "b.md can't be read" in notices(found)
        assert "c.md changed while docbot was reading it: run docbot again" in notices(found)

    def test_uncommitted_and_deleted_files_count_as_they_are(self, docs: Builder) -> None:
        docs.commit({"a.md": FINE, "gone.md": BAD})
        docs.write("new.md", BAD)
        (docs.root / "gone.md").unlink()
        assert said(report(docs.root)) == ["new.md: doubled-word: the the"]


class TestRepositories:
    def test_a_repository_without_a_commit_is_scanned(self, docs: Builder) -> None:
        docs.write("a.md", f"{BAD}\n[x](B.md)\n")
        docs.write("b.md", FINE)
        assert said(report(docs.root)) == ["a.md: doubled-word: the the", "a.md: wrong-case-link: B.md"]

    def test_a_page_that_was_lost_from_history_is_a_notice(self, docs: Builder) -> None:
        docs.commit({"old.md": f"{FINE}{'x ' * 300}", "a.md": "See [x](old.md).\n"})
        lost = docs.blob("HEAD", "old.md")
        docs.write("old.md", f"{FINE}{'x ' * 300}More.\n")
        docs.rename("old.md", "new.md")
        docs.lose(lost)
        found = report(docs.root)
        assert "missing" in notices(found)
        assert [finding.rule for finding in found.findings] == ["file-not-found"]
        assert notices(report(docs.root)) == notices(found)

    def test_no_repository(self, tmp_path: Path, docs: Builder) -> None:
        bare = Builder.init(tmp_path / "bare.git", bare=True)
        for place, said in (
            (tmp_path, "is not inside a git repository: clone the docs"),
            (tmp_path / "none", "doesn't exist: give a folder or a file"),
            (bare.root, "is in a bare repository"),
            (docs.root / ".git", "is git's own folder"),
        ):
            with pytest.raises(RepositoryError) as raised:
                report(place)
            assert said in str(raised.value)
            assert "\n" not in str(raised.value)


def test_sections_are_ranked_when_asked_for(sample: Path) -> None:
    assert report(sample).sections == ()
    found = report(sample, sections=True)
    sections = {(section.path, section.span): section for section in found.sections}
    assert {section.path for section in found.sections} <= found.texts.keys()
    assert len(sections) > len({finding.section for finding in found.findings})
    for finding in found.findings:
        if finding.section is not None:
            assert sections[finding.path, finding.section.span].rank > 0


def test_words_and_pages_are_counted(docs: Builder) -> None:
    docs.commit({"a.md": "# One two\n\nThree `four` five.\n", "b.md": "Six\n", "c.txt": "no page"})
    found = report(docs.root)
    assert (found.pages, found.words) == (2, 5)


def _fingerprints(of: Scan) -> Iterable[str]:
    return [finding.fingerprint for finding in of.report.findings]


def test_a_second_look_at_the_same_repository_says_the_same(sample: Path) -> None:
    one, other = scan(sample, ScanOptions()), scan(sample, ScanOptions(cache=False))
    assert _fingerprints(one) == _fingerprints(other)
    assert len(set(_fingerprints(one))) == len(one.report.findings)
