"""What is made of all the files of a docs repository together."""

from __future__ import annotations

import time

import pytest

from docbot.policies import LARGEST, Kind, Meaning, Policies, policies_of, policy_files

GUIDE, TEMPLATE = "CONTRIBUTING.md", ".github/PULL_REQUEST_TEMPLATE.md"


def meanings(found: Policies) -> list[Meaning]:
    return [one.meaning for one in found.policies]


class TestFiles:
    def test_those_that_may_hold_rules_are_read(self) -> None:
        wanted = {
            "README.md",
            "readme.rst",
            "CONTRIBUTING.md",
            "docs/Contributing.md",
            ".github/CONTRIBUTING.rst",
            "CONTRIBUTING-docs.md",
            "AI_POLICY.md",
            ".github/ai-policy.md",
            "docs/LLM_USAGE.md",
            "BOT_POLICY.md",
            "AI-GENERATED-CODE-POLICY.md",
            "AGENTS.md",
            ".github/copilot-instructions.md",
            ".github/policies/edits.yml",
            "CODEOWNERS",
            ".github/pull_request_template.md",
            "PULL_REQUEST_TEMPLATE/fix.md",
            "DCO",
            ".github/dco.yml",
            ".docbot-off",
            "articles/contributing/pulls.md",
        }
        others = {
            "x/README.md",
            "x/CODEOWNERS",
            "SECURITY.md",
            "CODE_OF_CONDUCT.md",
            "ai/policy.md",
            "articles/ai.md",
            "docs/ai-overview.md",
            "articles/policy.md",
            ".github/workflows/x.yml",
            ".github/policies/x/y.yml",
            "contributing.png",
        }
        assert set(policy_files({*wanted, *others})) == wanted

    def test_pages_come_last_and_are_cut_off(self) -> None:
        pages = [f"a/contributing/{number:03}.md" for number in range(300)]
        found = policy_files([*pages, "README.md", "AI_POLICY.md"])
        assert found[:2] == ["AI_POLICY.md", "README.md"]
        assert len(found) == 200


class TestQuotes:
    def test_a_quote_is_one_short_line(self) -> None:
        text = "x\n\nWe do not accept\n\tAI-generated pull requests, " + "and so on, " * 40 + "ever.\n"
        (one,) = policies_of({GUIDE: text}).stops
        assert one.source == "CONTRIBUTING.md:3"
        assert one.quote.startswith("We do not accept AI-generated pull requests, and so on")
        assert len(one.quote) == 200
        assert one.quote.endswith("...")

    def test_of_one_meaning_the_first_in_each_file_is_kept_and_the_worst_come_first(self) -> None:
        text = "Open an issue first.\n\nNo bots.\n\nPlease open an issue first.\n\nNo bots!\n"
        found = policies_of({GUIDE: text, "README.md": "No bot pull requests."})
        assert [(one.kind, one.source) for one in found.policies] == [
            (Kind.STOP, "CONTRIBUTING.md:3"),
            (Kind.STOP, "README.md:1"),
            (Kind.ASK, "CONTRIBUTING.md:1"),
        ]
        assert len(found.stops) == 2
        assert len(found.asks) == 1

    def test_a_byte_of_any_kind_is_no_trouble(self) -> None:
        text = "\ufeffWe do not accept \x1b[31mAI\u202e-generated pull requests.\0\ud800\n"
        assert isinstance(policies_of({GUIDE: text, "CODEOWNERS": text, ".github/dco.yml": text}), Policies)


class TestLimits:
    @pytest.mark.parametrize(
        ("text", "limit"),
        [
            ("Limit your PRs to a maximum of 50 changed files.", 50),
            ("A pull request may change at most 10 files.", 10),
            ("No more than five files per pull request, please.", 5),
            ("Pull requests must not touch more than 20 modified files.", 20),
            ("Pull requests with more than 30 files will be closed.", 30),
            ("Keep pull requests under 100 files.", 99),
            ("## Pull requests\n\n- 25 files or fewer\n", 25),
            ("Open a separate PR for each page.", 1),
            ("Pull requests: max 40 files. Pull requests: max 15 files.", 15),
            ("You can upload up to 50 files.", None),
            ("Pull requests may attach files of up to 25 MB.", None),
            ("Pull requests with up to 10 MB files are fine.", None),
            ("Pull requests that change more than 3 files are welcome.", None),
            ("A pull request changes at least one file.", None),
            ("At most 0 files may change in a pull request.", None),
        ],
    )
    def test_files_a_pull_request_may_change(self, text: str, limit: int | None) -> None:
        assert policies_of({GUIDE: text}).max_files == limit

    def test_the_smallest_counts_and_each_one_is_quoted(self) -> None:
        found = policies_of({GUIDE: "PRs: at most 50 files.", "README.md": "PRs: at most 9 files."})
        assert found.max_files == 9
        assert meanings(found) == [Meaning.FILES, Meaning.FILES]


class TestSignOff:
    @pytest.mark.parametrize(
        ("path", "text", "line"),
        [
            (GUIDE, "Hi.\n\nAdd a `Signed-off-by` line to each commit.\n", 3),
            (GUIDE, "Hi.\n\n```\ngit commit --signoff\n```\n", 4),
            (GUIDE, "We use the Developer Certificate of Origin.", 1),
            (TEMPLATE, "<!-- Is the DCO signed? -->", 1),
            (".github/dco.yml", "require:\n  members: false\n", 1),
            ("DCO.txt", "Version 1.1", 1),
        ],
    )
    def test_it_is_asked_for(self, path: str, text: str, line: int) -> None:
        found = policies_of({path: text})
        assert found.sign_off
        assert [(one.meaning, one.source) for one in found.policies] == [(Meaning.SIGN_OFF, f"{path}:{line}")]

    @pytest.mark.parametrize(
        "text",
        [
            "We don't need a Signed-off-by line.",
            "There is no DCO to sign.",
            "Comment `#sign-off` when you are done.",
            "The dcount operator counts.",
        ],
    )
    def test_it_is_not(self, text: str) -> None:
        assert not policies_of({GUIDE: text}).sign_off


class TestTheRest:
    @pytest.mark.parametrize(
        ("files", "template"),
        [
            (
                ["pull_request_template.md", ".github/PULL_REQUEST_TEMPLATE.md"],
                ".github/PULL_REQUEST_TEMPLATE.md",
            ),
            (["docs/pull_request_template.md", "PULL_REQUEST_TEMPLATE"], "PULL_REQUEST_TEMPLATE"),
            (
                [".github/PULL_REQUEST_TEMPLATE/a.md", "docs/pull_request_template.md"],
                "docs/pull_request_template.md",
            ),
            (
                [".github/PULL_REQUEST_TEMPLATE/b.md", "PULL_REQUEST_TEMPLATE/a.md"],
                ".github/PULL_REQUEST_TEMPLATE/b.md",
            ),
            (["x/pull_request_template.md"], None),
        ],
    )
    def test_the_template_github_would_take(self, files: list[str], template: str | None) -> None:
        assert policies_of(dict.fromkeys(files, "x")).template == template

    @pytest.mark.parametrize(
        ("path", "text"),
        [
            (".docbot-off", ""),
            (".github/.docbot-off", "we asked for it"),
            ("README.md", "# Docs\n\n<!-- docbot: off -->\n"),
            ("AGENTS.md", "docbot: off\r\n"),
        ],
    )
    def test_docbot_is_switched_off(self, path: str, text: str) -> None:
        assert Meaning.OFF in [one.meaning for one in policies_of({path: text}).stops]

    def test_talk_of_the_switch_is_no_switch(self) -> None:
        assert policies_of({"README.md": "Write `docbot: off` to be left alone."}).stops == ()

    def test_a_license_agreement_is_noted(self) -> None:
        wanted = policies_of({GUIDE: "You have to sign a Contributor License Agreement (CLA)."})
        assert meanings(wanted) == [Meaning.CLA]
        assert meanings(policies_of({GUIDE: "There is no CLA to sign."})) == []

    def test_rules_that_stand_elsewhere_are_pointed_at(self) -> None:
        text = "See our [contributor guide](https://example.com/guide) and the [AI policy](https://example.com/ai)."
        assert set(meanings(policies_of({GUIDE: text}))) == {Meaning.GUIDE, Meaning.AI_POLICY}

    def test_an_ai_policy_that_says_nothing_known_is_for_a_person(self) -> None:
        assert meanings(policies_of({"AI_POLICY.md": "# Politique\n\nPas de robots, merci.\n"})) == [
            Meaning.AI_POLICY
        ]

    def test_a_template_that_speaks_of_ai_wants_to_be_told(self) -> None:
        assert meanings(policies_of({TEMPLATE: "- [ ] I wrote this without AI\n"})) == [Meaning.DISCLOSE]

    def test_the_guides_are_named(self) -> None:
        found = policies_of(
            dict.fromkeys(["CONTRIBUTING.md", "AI_POLICY.md", "README.md", "a/contributing.md"], "x")
        )
        assert found.guides == ("AI_POLICY.md", "CONTRIBUTING.md")

    def test_nothing_is_asked(self) -> None:
        assert policies_of({}) == Policies()


class TestHostile:
    @pytest.mark.parametrize("path", [GUIDE, "README.md", "AI_POLICY.md", TEMPLATE])
    def test_what_nobody_can_read_is_for_a_person(self, path: str) -> None:
        expected = [] if path == "README.md" else [Meaning.UNREAD]
        assert meanings(policies_of({path: None})) == expected

    def test_what_is_too_long_is_read_in_part_and_left_to_a_person(self) -> None:
        found = policies_of({GUIDE: "No bots.\n\n" + "x\n" * LARGEST})
        assert meanings(found) == [Meaning.NO_BOTS, Meaning.UNREAD]

    def test_all_files_together_are_limited(self) -> None:
        texts = {f"CONTRIBUTING-{number:03}.md": "x " * (LARGEST // 2) for number in range(7)}
        assert Meaning.UNREAD in meanings(policies_of(texts))

    @pytest.mark.parametrize(
        ("path", "piece"),
        [
            *(
                (GUIDE, piece)
                for piece in ("a", " ", "[x](", "<!-- ", "<a ", "*a _b ", "> ", "not ", "git commit ")
            ),
            (GUIDE, "not be accepted AI pull requests written with AI "),
            (GUIDE, "up to 50 files in a PR, open an issue before "),
            (TEMPLATE, "AI PR with by "),
            ("CONTRIBUTING.rst", ". "),
        ],
    )
    def test_a_line_of_200_kb_takes_no_time(self, path: str, piece: str) -> None:
        started = time.process_time()
        policies_of({path: piece * (LARGEST // len(piece))})
        assert time.process_time() - started < 40

    def test_lists_in_lists_take_no_time(self) -> None:
        deep = "".join("  " * level + "- We do not accept:\n" for level in range(300))
        policies_of({GUIDE: deep + "- x:\n  - y\n" * 1000})
