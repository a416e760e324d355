"""The verbs `init` and `doctor`."""

from __future__ import annotations

import time
import tomllib
from pathlib import Path

import pytest

from docbot.app.setup import CONFIG, Check, State, doctor, init, stops
from docbot.config import FILE_NAME, Config, load, parse
from docbot.errors import ConfigError, RepositoryError, UsageError
from tests.helpers.git import Builder

PUBLISHED = (
    '{"docsets_to_publish": [{"docset_name": "docs", "build_source_folder": "."}],'
    ' "git_repository_url_open_to_public_contributors": "https://github.com/example/docs",'
    ' "git_repository_branch_open_to_public_contributors": "live-edits"}'
)


def state(checks: list[Check], name: str) -> State:
    return next(check.state for check in checks if check.name == name)


def text(checks: list[Check], name: str) -> str:
    return "\n".join(check.text for check in checks if check.name == name)


class TestInit:
    def test_every_line_it_writes_is_a_default(self, docs: Builder) -> None:
        target = init(docs.root)
        assert target == docs.root.resolve() / FILE_NAME
        assert target.read_bytes() == CONFIG.encode()
        assert load(docs.root) == Config()

    def test_every_key_there_is_stands_in_it(self) -> None:
        table = tomllib.loads(CONFIG)
        assert set(table) == set(Config.__struct_fields__)
        assert set(table["propose"]) == set(Config().propose.__struct_fields__)
        assert parse("x", table) == Config()
        uncommented = CONFIG.replace('# "wrong', '"wrong')
        assert parse("x", tomllib.loads(uncommented)).severity

    def test_in_a_subfolder_it_writes_at_the_root(self, docs: Builder) -> None:
        docs.write("x/a.md", "A")
        assert init(docs.root / "x").parent == docs.root.resolve()

    def test_a_config_that_is_there_stays(self, docs: Builder) -> None:
        for content in (b"enabled = false\n", b"", b"not toml"):
            docs.write(FILE_NAME, content)
            with pytest.raises(UsageError, match="is there already: edit it"):
                init(docs.root)
            assert (docs.root / FILE_NAME).read_bytes() == content

    def test_a_config_in_pyproject_is_not_overruled(self, docs: Builder) -> None:
        docs.write("pyproject.toml", "[tool.docbot]\nenabled = false\n")
        with pytest.raises(UsageError, match=r"pyproject.toml has a \[tool.docbot\] already"):
            init(docs.root)
        assert not (docs.root / FILE_NAME).exists()

    def test_no_repository_no_config(self, tmp_path: Path) -> None:
        with pytest.raises(RepositoryError):
            init(tmp_path)
        assert list(tmp_path.iterdir()) == []


class TestDoctor:
    def test_a_repository_that_takes_proposals(self, docs: Builder) -> None:
        docs.commit({"a.md": "# A\n", ".openpublishing.publish.config.json": PUBLISHED})
        docs.git("remote", "add", "origin", "https://user:secret@github.com/example/docs.git")
        checks = doctor(docs.root)
        assert stops(checks) == []
        assert text(checks, "history") == "the whole history is here"
        assert text(checks, "remotes") == "origin is https://github.com/example/docs.git"
        assert text(checks, "pages") == "1 pages to look at"
        assert "secret" not in str(checks)

    def test_a_folder_without_a_commit_or_pages(self, docs: Builder) -> None:
        checks = doctor(docs.root)
        assert [check.name for check in checks if check.state is State.STOP] == ["history", "pages"]
        assert "there is no commit yet: make one first" in stops(checks)

    def test_a_shallow_clone(self, docs: Builder, tmp_path: Path) -> None:
        docs.commit({"a.md": "# A\n"})
        docs.commit({"a.md": "# B\n"})
        checks = doctor(docs.clone(tmp_path / "clone", "--depth=1").root)
        assert state(checks, "history") is State.NOTE
        assert "`git fetch --unshallow`" in text(checks, "history")

    @pytest.mark.parametrize(
        ("url", "language"),
        [
            ("https://github.com/MicrosoftDocs/azure-docs.de-de.git", "de-de"),
            ("git@github.com:MicrosoftDocs/azure-docs.ja-jp", "ja-jp"),
            ("https://github.com/MicrosoftDocs/azure-docs", ""),
            ("https://github.com/de-de/docs", ""),
        ],
    )
    def test_translations_are_told_by_their_remote(self, docs: Builder, url: str, language: str) -> None:
        docs.commit({"a.md": "# A\n"})
        docs.git("remote", "add", "origin", url)
        stopped = stops(doctor(docs.root))
        assert [f"origin is the {language} translation" in said for said in stopped] == [True] * bool(
            language
        )

    @pytest.mark.parametrize(
        ("readme", "quoted"),
        [
            (
                "# Docs\n\n> **This repository has been archived.** Go on.\n",
                "**This repository has been archived.** (ReadMe.md:3)",
            ),
            (
                "# Docs\nThis repo is now a read-only mirror.\r\n",
                "This repo is now a read-only mirror. (ReadMe.md:2)",
            ),
            ("These docs are no longer maintained", "These docs are no longer maintained (ReadMe.md:1)"),
            ("# Docs\n\nHow to archive this repository.\n", None),
        ],
    )
    def test_the_readmes_refusal_is_quoted(self, docs: Builder, readme: str, quoted: str | None) -> None:
        docs.commit({"ReadMe.md": readme, "a.md": "# A\n"})
        assert stops(doctor(docs.root)) == ([quoted] if quoted else [])

    def test_a_huge_readme_takes_no_time(self, docs: Builder) -> None:
        docs.commit({"README.md": "this repo is " * 15_000})
        started = time.process_time()
        assert stops(doctor(docs.root)) == []
        assert time.process_time() - started < 20

    def test_a_config_that_says_no(self, docs: Builder) -> None:
        docs.commit({"a.md": "# A\n", FILE_NAME: "enabled = false\n"})
        assert stops(doctor(docs.root)) == [".docbot.toml says `enabled = false`"]

    def test_a_config_that_is_wrong(self, docs: Builder) -> None:
        docs.commit({"a.md": "# A\n", FILE_NAME: "enabled = maybe\n"})
        with pytest.raises(ConfigError):
            doctor(docs.root)

    @pytest.mark.parametrize(("base", "stopped"), [("live", True), ("main", False)])
    def test_the_live_branch_is_nobodys_base(self, docs: Builder, base: str, stopped: bool) -> None:
        docs.commit({"a.md": "# A\n", FILE_NAME: f'[propose]\nbase = "{base}"\n'})
        checks = doctor(docs.root)
        assert (state(checks, "base branch") is State.STOP) is stopped

    def test_what_to_read_before_is_named(self, docs: Builder) -> None:
        names = ("CONTRIBUTING.md", "docs/AI_POLICY.md", ".github/CODEOWNERS", ".github/policies/x.yml")
        templates = ("docs/pull_request_template.md", ".github/PULL_REQUEST_TEMPLATE/a.md")
        docs.commit(dict.fromkeys((*names, *templates, "a.md", "x/CONTRIBUTING.md"), "x"))
        checks = doctor(docs.root)
        assert text(checks, "guides") == "read before you propose: CONTRIBUTING.md, docs/AI_POLICY.md"
        assert text(checks, "template").endswith("docs/pull_request_template.md")

    def test_t03_a_refusal_stops_with_its_words_and_their_place(self, docs: Builder) -> None:
        guide = "# Contributing\n\nThank you!\n\n- We do not accept AI-generated pull requests.\n"
        docs.commit({"a.md": "# A\n", ".github/CONTRIBUTING.md": guide})
        assert stops(doctor(docs.root)) == [
            "We do not accept AI-generated pull requests. (.github/CONTRIBUTING.md:5)"
        ]

    def test_t03_a_marker_file_stops(self, docs: Builder) -> None:
        docs.commit({"a.md": "# A\n", ".docbot-off": ""})
        assert stops(doctor(docs.root)) == ["docbot: off (.docbot-off:1)"]

    def test_what_a_person_has_to_agree_to_is_a_note(self, docs: Builder) -> None:
        docs.commit({"a.md": "# A\n", "CONTRIBUTING.md": "Please open an issue first.\n"})
        checks = doctor(docs.root)
        assert stops(checks) == []
        assert text(checks, "policy") == (
            "needs a person's yes: it wants an issue first: Please open an issue first. (CONTRIBUTING.md:1)"
        )

    def test_a_guide_nobody_can_read_needs_a_person(self, docs: Builder) -> None:
        docs.commit({"a.md": "# A\n", "CONTRIBUTING.md": "No bots.\n" + "x\n" * 500_000})
        assert "docbot can't read it: read it yourself" in text(doctor(docs.root), "policy")

    def test_limits_sign_off_and_reviewers_are_told(self, docs: Builder) -> None:
        guide = "A pull request may change at most 7 files.\n\nSign with `git commit -s`.\n"
        owners = "* @one\n*.md " + " ".join(f"@w{number}" for number in range(7)) + "\n"
        docs.commit({"a.md": "# A\n", "CONTRIBUTING.md": guide, "CODEOWNERS": owners})
        checks = doctor(docs.root)
        assert text(checks, "files") == "a pull request may change 7 files at most"
        assert "commits need a Signed-off-by line" in text(checks, "policy")
        assert text(checks, "reviewers") == (
            "CODEOWNERS asks @w0, @w1, @w2, @w3, @w4 and 2 more to review, by the pages that change"
        )

    @pytest.mark.parametrize(("pages", "expected"), [(["a.md"], State.NOTE), ([], State.STOP)])
    def test_closed_pages_are_counted(self, docs: Builder, pages: list[str], expected: State) -> None:
        rules = (
            "configuration:\n  resourceManagementConfiguration:\n    eventResponderTasks:\n"
            "    - if:\n      - payloadType: Pull_Request\n      - filesMatchPattern:\n"
            "          pattern: book/*\n      then:\n      - closePullRequest\n"
        )
        closed = ["book/a.md", "book/x/b.md"]
        docs.commit({".github/policies/edits.yml": rules, **dict.fromkeys([*pages, *closed], "# A\n")})
        checks = doctor(docs.root)
        assert state(checks, "closed pages") is expected
        assert text(checks, "closed pages") == (
            f"2 of {2 + len(pages)} pages are closed to pull requests: book/*"
        )

    def test_config_files_that_cannot_be_used_are_notes(self, docs: Builder) -> None:
        docs.commit({"a.md": "# A\n", ".openpublishing.publish.config.json": "{"})
        assert state(doctor(docs.root), "config file") is State.NOTE

    def test_nobody_configured(self, docs: Builder, home: Path) -> None:
        docs.commit({"a.md": "# A\n"})
        docs.git("config", "--unset", "user.email")
        (home / ".gitconfig").write_text("", "utf-8")
        checks = doctor(docs.root)
        assert state(checks, "identity") is State.NOTE
        assert "git config user.email" in text(checks, "identity")

    def test_a_model_is_told_of_where_one_is_configured(
        self, docs: Builder, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        docs.commit({"a.md": "# A\n"})
        assert text(doctor(docs.root), "model") == ""
        monkeypatch.setenv("DOCBOT_MODEL_URL", "http://localhost:1/v1")
        checks = doctor(docs.root)
        assert state(checks, "model") is State.NOTE
        assert "give its name to --model" in text(checks, "model")
        monkeypatch.setenv("DOCBOT_MODEL", "small")
        monkeypatch.setenv("DOCBOT_MODEL_KEY", "s3cret")
        checks = doctor(docs.root)
        assert state(checks, "model") is State.OK
        assert text(checks, "model").startswith("small at localhost:1 drafts what no rule can")
