"""`code-name-gone` on real histories: what the source code had once, and where it went."""

from __future__ import annotations

from pathlib import Path

import pytest

from docbot.app import ScanOptions, draft, scan
from docbot.config import user_config_file
from docbot.errors import ConfigError, UsageError
from docbot.types import Finding
from tests.helpers.git import Builder

CODE = "".join(f"value_{n} = {n}  # long enough to be known again\n" for n in range(20))
OPTION = '@command\n@option("--dry-run")\ndef main(dry_run):\n    return dry_run\n'


def found(root: Path, *sources: Path, cache: bool = False) -> list[Finding]:
    options = ScanOptions(only=("code-name-gone",), show_all=True, cache=cache, sources=sources, jobs=1)
    return list(scan(root, options).report.findings)


def said(findings: list[Finding]) -> list[tuple[str, str | None, str]]:
    """What each finding is about, what its fix writes, and how far that may go."""
    return [
        (
            one.excerpt,
            one.fix.edits[0].replacement if one.fix else None,
            one.fix.applicability.value if one.fix else "",
        )
        for one in findings
    ]


def notices(root: Path, *sources: Path) -> str:
    options = ScanOptions(only=("code-name-gone",), cache=False, sources=sources, jobs=1)
    return "\n".join(notice.text for notice in scan(root, options).report.notices)


def test_a_renamed_file_is_named_anew(docs: Builder) -> None:
    docs.commit({"src/parser.py": CODE, "docs/guide.md": "Read `src/parser.py`, `../src/parser.py`.\n"})
    docs.rename("src/parser.py", "src/reader.py")
    assert said(found(docs.root)) == [
        ("src/parser.py", "src/reader.py", "safe"),
        ("../src/parser.py", "../src/reader.py", "safe"),
    ]


def test_the_edit_passes_the_gates(docs: Builder) -> None:
    docs.commit({"src/parser.py": CODE, "guide.md": "Read `src/parser.py` first. Open the the file.\n"})
    docs.rename("src/parser.py", "src/reader.py")
    done = scan(docs.root, ScanOptions(cache=False, drafting=True, jobs=1))
    drafts = draft(done).drafts
    assert [(one.finding.rule, one.passed) for one in drafts] == [
        ("code-name-gone", True),
        ("doubled-word", True),
    ]


def test_the_end_of_a_path_is_followed_by_a_person(docs: Builder) -> None:
    docs.commit({"lib/core/parser_main.py": CODE, "guide.md": "Read `core/parser_main.py`.\n"})
    docs.rename("lib/core/parser_main.py", "lib/core/reader_main.py")
    assert said(found(docs.root)) == [("core/parser_main.py", "core/reader_main.py", "unsafe")]


@pytest.mark.parametrize(
    "text",
    [
        "Make a file `src/never_was.py` first.",
        "Say `path/to/parser.py`, `my/parser.py`, `<name>/parser.py` or `example/parser.py`.",
        "It was in `src/parser.py` until version 2.",
        "# Changes\n\nMove `src/parser.py`.",
        "See [`src/parser.py`](https://example.com/tree/v1/src/parser.py).",
        "```\nsrc/parser.py\n```",
        "A name alone says little: `parser.py`.",
    ],
)
def test_what_is_no_mistake(docs: Builder, text: str) -> None:
    docs.commit({"src/parser.py": CODE, "guide.md": f"{text}\n"})
    docs.rename("src/parser.py", "src/reader.py")
    assert found(docs.root) == []


def test_renamed_twice_ends_where_the_file_is(docs: Builder) -> None:
    docs.commit({"src/parser.py": CODE, "guide.md": "Read `src/parser.py`.\n"})
    docs.rename("src/parser.py", "src/reader.py")
    docs.rename("src/reader.py", "lib/reader.py")
    assert said(found(docs.root)) == [("src/parser.py", "lib/reader.py", "safe")]


def test_renamed_back_recreated_and_another_letter_case_are_there(docs: Builder) -> None:
    page = "`src/parser.py`, `src/again.py`, `src/Case_Name.py`.\n"
    docs.commit(
        {"src/parser.py": CODE, "src/again.py": "x = 1\n", "src/Case_Name.py": OPTION, "guide.md": page}
    )
    docs.rename("src/parser.py", "src/reader.py")
    docs.rename("src/reader.py", "src/parser.py")
    docs.delete("src/again.py")
    docs.commit({"src/again.py": "y = 2\n"})
    docs.rename("src/Case_Name.py", "src/other_place.py")
    docs.rename("src/other_place.py", "src/case_name.py")
    assert found(docs.root) == []


def test_a_file_changed_beyond_knowing_is_asked_about(docs: Builder) -> None:
    docs.commit({"src/parser.py": CODE, "guide.md": "Read `src/parser.py`.\n"})
    docs.delete("src/parser.py")
    (finding,) = found(docs.root)
    assert (finding.fix, finding.confidence >= 0.8) == (None, True)
    assert finding.question is not None
    assert "src/parser.py was there until 2024-01-02" in finding.evidence[0].detail
    assert finding.evidence[-1].detail == "the line was last written on 2024-01-01"


def test_a_line_written_after_the_deletion_means_what_it_says(docs: Builder) -> None:
    docs.commit({"src/parser.py": CODE, "guide.md": "A guide.\n"})
    docs.delete("src/parser.py")
    docs.commit({"guide.md": "A guide.\n\nMake `src/parser.py` yourself.\n"})
    assert found(docs.root) == []


def test_what_a_submodule_or_a_symbolic_link_fills_is_elsewhere(docs: Builder) -> None:
    page = "`sub/parser_core.py` and `link/reader_core.py`\n"
    docs.commit({"sub/parser_core.py": CODE, "link/reader_core.py": OPTION, "guide.md": page})
    docs.delete("sub/parser_core.py")
    docs.delete("link/reader_core.py")
    assert [finding.excerpt for finding in found(docs.root)] == ["sub/parser_core.py", "link/reader_core.py"]
    # Where links can't be made, git keeps them as small files: what counts is the index.
    target = docs.git("hash-object", "-w", "--stdin", data=b"../somewhere")
    docs.git("update-index", "--add", "--cacheinfo", f"160000,{docs.head()},sub")
    docs.git("update-index", "--add", "--cacheinfo", f"120000,{target},link")
    docs.git("commit", "-q", "-m", "elsewhere")
    docs.git("checkout", "-q", "--", "link")
    (docs.root / "sub").mkdir(exist_ok=True)
    assert found(docs.root) == []


def test_a_file_that_git_ignores_now_is_still_made(docs: Builder) -> None:
    docs.commit({"logs/all_results.txt": CODE, "guide.md": "See `logs/all_results.txt`.\n"})
    docs.delete("logs/all_results.txt")
    assert len(found(docs.root)) == 1
    docs.commit({".gitignore": "/logs/\n"})
    assert found(docs.root) == []


def test_an_edited_page_and_an_empty_repository_say_nothing(docs: Builder) -> None:
    assert found(docs.root) == []
    docs.commit({"src/parser.py": CODE, "guide.md": "Read `src/parser.py`.\n"})
    docs.rename("src/parser.py", "src/reader.py")
    docs.write("guide.md", "Edited.\n\nRead `src/parser.py`.\n")
    assert found(docs.root) == []


class TestNames:
    def test_an_option_that_the_code_has_no_more(self, docs: Builder) -> None:
        page = "Say `tool --dry-run .` or `--keep-going`.\n"
        docs.commit({"tool.py": OPTION + '@option("--keep-going")\n', "guide.md": page})
        docs.commit({f"other{n}.py": f"x{n} = 1\n" for n in range(3)})
        docs.commits += 60
        gone = docs.commit({"tool.py": '@option("--keep-going")\ndef main():\n    return 1\n'})
        (finding,) = found(docs.root)
        assert (finding.excerpt, finding.fix) == ("dry-run", None)
        assert finding.evidence[0].source == f"commit {gone[:10]}"
        assert "tool.py defined dry-run until" in finding.evidence[0].detail

    def test_what_took_its_place_is_offered_to_a_person(self, docs: Builder) -> None:
        docs.commit({"tool.py": OPTION, "guide.md": "Say `--dry-run`.\n"})
        docs.commits += 60
        docs.commit({"tool.py": OPTION.replace("dry-run", "no-changes").replace("dry_run", "no_changes")})
        assert said(found(docs.root)) == [("dry-run", "no-changes", "unsafe")]

    @pytest.mark.parametrize(
        "now",
        [
            "struct Args { dry_run: bool }\n",
            "const DryRun = 1\n",
            "flags: dryRun\n",
            '# only a comment says "dry-run"\n',
        ],
    )
    def test_a_name_that_anything_mentions_in_any_spelling_is_there(self, docs: Builder, now: str) -> None:
        docs.commit({"tool.py": OPTION, "guide.md": "Say `--dry-run`.\n"})
        docs.commits += 60
        docs.commit({"tool.py": now})
        assert found(docs.root) == []

    def test_prose_keeps_no_name_alive_and_a_use_is_no_definition(self, docs: Builder) -> None:
        uses = "print(foreign_helper(1))\nx = other.ForeignClass\n"
        page = "`dry_run`, `foreign_helper()` and `ForeignClass` are names.\n"
        docs.commit({"tool.py": f"def dry_run(): pass\n{uses}", "guide.md": page, "more.rst": "dry_run\n"})
        docs.commits += 60
        docs.commit({"tool.py": "x = 1\n"})
        assert [finding.excerpt for finding in found(docs.root)] == ["dry_run"]

    def test_a_name_that_the_page_defines_in_a_sample_is_the_samples(self, docs: Builder) -> None:
        page = "`load_all()` reads.\n\n```python\ndef load_all(): pass\n```\n"
        docs.commit({"tool.py": "def load_all():\n    pass\n", "guide.md": page})
        docs.commits += 60
        docs.commit({"tool.py": "x = 1\n"})
        assert found(docs.root) == []

    def test_binary_utf16_and_large_files(self, docs: Builder) -> None:
        names = ("in_binary", "in_utf16", "in_large", "in_none")
        old = "".join(f"def {name}():\n    pass\n" for name in names)
        docs.commit({"tool.py": old, "guide.md": " ".join(f"`{name}`" for name in names) + "\n"})
        docs.commits += 60
        docs.commit(
            {
                "tool.py": "x = 1\n",
                "a.dat": b"\0" * 9000 + b"in_binary",
                "b.cs": "class In_Utf16 {}".encode("utf-16"),
                "c.json": '"' + "x" * 1_100_000 + '" in_large',
            }
        )
        assert [finding.excerpt for finding in found(docs.root)] == ["in_binary", "in_none"]

    def test_where_a_file_of_the_newest_commit_is_lost_nothing_is_said(self, docs: Builder) -> None:
        docs.commit({"tool.py": OPTION, "guide.md": "Say `--dry-run`.\n"})
        docs.commits += 60
        docs.commit({"tool.py": "x = 1\n", "other.py": "y = 1\n"})
        assert len(found(docs.root)) == 1
        docs.lose(docs.blob("HEAD", "other.py"))
        assert found(docs.root) == []
        assert "no name is looked for there: run `git fsck`" in notices(docs.root)

    def test_a_shallow_clone_says_nothing(self, docs: Builder, tmp_path: Path) -> None:
        docs.commit({"tool.py": OPTION, "guide.md": "Say `--dry-run`.\n"})
        docs.commits += 60
        docs.commit({"tool.py": "x = 1\n"})
        assert found(docs.clone(tmp_path / "shallow", "--depth=1").root) == []

    def test_the_cache_holds_what_was_found(self, docs: Builder) -> None:
        docs.commit({"tool.py": OPTION, "guide.md": "Say `--dry-run`.\n"})
        docs.commits += 60
        docs.commit({"tool.py": "x = 1\n"})
        cold = found(docs.root, cache=True)
        assert [finding.excerpt for finding in cold] == ["dry-run"]
        docs.write("more.md", "A page more, and all is read again.\n")
        assert found(docs.root, cache=True) == cold
        docs.commit({"tool.py": OPTION})
        assert found(docs.root, cache=True) == []


class TestOtherRepositories:
    @pytest.fixture
    def tool(self, tmp_path: Path) -> Builder:
        return Builder.init(tmp_path / "tool")

    def test_an_option_a_file_and_a_name_of_another_repository(self, docs: Builder, tool: Builder) -> None:
        tool.commit({"src/main_tool.py": OPTION, "src/gone_file.py": CODE})
        docs.commit({"guide.md": "Say `--dry-run`, see `src/gone_file.py`.\n"})
        tool.commits += 60
        tool.commit({"src/main_tool.py": "x = 1\n"})
        tool.rename("src/gone_file.py", "src/new_file.py")
        assert found(docs.root) == []
        findings = found(docs.root, tool.root)
        assert said(findings) == [
            ("dry-run", None, ""),
            ("src/gone_file.py", "src/new_file.py", "safe"),
        ]
        assert "tool" in findings[0].message
        assert "tool" in findings[1].message

    def test_what_either_repository_has_is_there(self, docs: Builder, tool: Builder) -> None:
        tool.commit({"src/main_tool.py": OPTION, "src/gone_file.py": CODE})
        docs.commit({"guide.md": "Say `--dry-run`, see `src/gone_file.py`.\n", "src/gone_file.py": "z\n"})
        docs.commit({"extra.py": "dry_run = 1\n"})
        tool.commits += 60
        tool.commit({"src/main_tool.py": "x = 1\n"})
        tool.rename("src/gone_file.py", "src/new_file.py")
        assert found(docs.root, tool.root) == []

    def test_the_users_config_names_sources(self, docs: Builder, tool: Builder) -> None:
        tool.commit({"src/gone_file.py": CODE})
        docs.commit({"guide.md": "See `src/gone_file.py`.\n"})
        tool.commits += 60
        tool.rename("src/gone_file.py", "src/new_file.py")
        file = user_config_file()
        file.parent.mkdir(parents=True)
        file.write_text(f"[[sources]]\npath = '{tool.root.as_posix()}'\n", "utf-8")
        assert said(found(docs.root)) == [("src/gone_file.py", "src/new_file.py", "safe")]

    @pytest.mark.parametrize(
        "text",
        ["[[sources]]\nfolder = 'x'\n", "sources = 1\n", "source = []\n", "[[sources]]\npath = 1\n", "="],
    )
    def test_a_users_config_that_cannot_be_read_is_one_sentence(self, docs: Builder, text: str) -> None:
        file = user_config_file()
        file.parent.mkdir(parents=True)
        file.write_text(text, "utf-8")
        with pytest.raises(ConfigError) as raised:
            found(docs.root)
        assert "\n" not in str(raised.value)
        assert "config.toml" in str(raised.value)

    def test_the_docs_name_no_source(self, docs: Builder, tool: Builder) -> None:
        docs.commit({".docbot.toml": "[[sources]]\npath = '/etc'\n", "guide.md": "x\n"})
        with pytest.raises(ConfigError, match=r"`sources` can't stand here.*--source PATH.*config\.toml"):
            found(docs.root)

    def test_a_source_that_is_no_repository(self, docs: Builder, tmp_path: Path) -> None:
        docs.commit({"guide.md": "x\n"})
        (tmp_path / "plain").mkdir()
        for place in (tmp_path / "plain", tmp_path / "missing"):
            with pytest.raises(UsageError, match=r"the source .* can't be used") as raised:
                found(docs.root, place)
            assert "\n" not in str(raised.value)

    def test_an_empty_source_and_the_docs_themselves(self, docs: Builder, tool: Builder) -> None:
        docs.commit({"src/parser.py": CODE, "guide.md": "Read `src/parser.py`.\n"})
        docs.rename("src/parser.py", "src/reader.py")
        alone = found(docs.root)
        assert found(docs.root, tool.root, docs.root) == alone
        assert len(alone) == 1
