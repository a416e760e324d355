"""Comments of the build of Learn, of every generation and of strangers."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from msgspec.structs import replace

from docbot.review.build_comment import Build, is_builds, newest, parsed
from docbot.types import Severity
from tests.review.comments import BARE, GENERATIONS, comment, warning

HEAD = "0123456789abcdef0123456789abcdef01234567"
OTHER = "f" * 40
SAID = (
    warning("docs/set up/a.md", 12, "The file 'b.md' that is linked to isn't there."),
    warning("docs/set up/a.md", 40, "There's no bookmark '#c' in 'docs/b.md'.", "bookmark-not-found"),
    warning("docs/b.md", 2, "Write a description.", "description-missing", Severity.INFO),
    warning("docs/toc.yml", 1, "This list goes in circles.", "circular-reference", Severity.ERROR),
    warning("", 0, "The build ended early.", "timed-out", Severity.ERROR),
)


class TestReading:
    @pytest.mark.parametrize("generation", GENERATIONS[1:])
    @pytest.mark.parametrize("product", ["OPS", "Docs", "Learn"])
    def test_every_generation(self, generation: str, product: str) -> None:
        text = comment(HEAD, SAID, status="errors", product=product, generation=generation)
        assert parsed(text) == Build(HEAD, "errors", SAID)

    def test_the_oldest_have_no_column_and_no_code(self) -> None:
        plain = tuple(replace(one, column=0, code="") for one in SAID)
        assert parsed(comment(HEAD, SAID, generation=BARE)) == Build(HEAD, "warnings", plain)
        nameless = parsed(comment("", SAID, generation=BARE))
        assert nameless == Build("", "warnings", plain)
        assert not nameless.is_about(HEAD)

    def test_one_that_passed_and_one_that_is_not_done(self) -> None:
        assert parsed(comment(HEAD)) == Build(HEAD, "passed", ())
        pending = comment(HEAD).partition("###")[0] + ":clock10: **Full build**: twelve minutes on average.\n"
        assert parsed(pending) is None

    def test_line_ends_of_the_web(self) -> None:
        assert parsed(comment(HEAD, SAID).replace("\n", "\r\n")) == parsed(comment(HEAD, SAID))

    def test_a_message_of_several_lines(self) -> None:
        long = warning("a.md", 3, "One line.\n### [b.md](x)\n - **Line 9**: **[Error]** `no`\nThe last.")
        assert parsed(comment(HEAD, [long])) == Build(HEAD, "warnings", (long,))

    def test_a_message_that_never_ends_takes_no_other_along(self) -> None:
        text = comment(HEAD, SAID[:2]).replace("isn't there.`````", "isn't there.")
        build = parsed(text)
        assert build is not None
        assert [one.line for one in build.messages] == [12, 40]

    def test_a_file_with_marks_in_its_name(self) -> None:
        text = comment(HEAD, [warning("a_b.md", 1, "No.")]).replace("[a_b.md]", r"[a\_b.md]")
        build = parsed(text)
        assert build is not None
        assert build.messages[0].path == "a_b.md"

    def test_what_was_cut_and_what_cannot_be_read_is_counted(self) -> None:
        more = "This comment lists only the first 50 files in the pull request.\n"
        text = comment(HEAD, SAID, more=more).replace("**[Warning: file", "**[Perhaps: file")
        build = parsed(text)
        assert build is not None
        assert (build.cut, build.unread, len(build.messages)) == (True, 1, len(SAID) - 1)


class TestHostile:
    @given(st.text(max_size=300))
    @example("### Validation status: warnings\n - **[")
    @example("### Validation status: x\n### [\n - **Line 9999999999**: **[Error]** ``")
    def test_no_text_breaks_it(self, text: str) -> None:
        for tried in (text, comment(HEAD, SAID) + text, comment(HEAD, [warning("a.md", 1, text)])):
            build = parsed(tried)
            assert build is None or all(one.line >= 0 for one in build.messages)

    @pytest.mark.parametrize("line", [" - **[", " - **Line 1**: **[Error]** `````", "### [", "x `" * 20])
    def test_a_long_one_is_read_in_one_go(self, line: str) -> None:
        text = comment(HEAD, SAID) + f"{line}\n" * (70_000 // len(line))
        build = parsed(text)
        assert build is not None
        assert build.messages[: len(SAID)] == SAID

    def test_a_commit_that_the_link_belies(self) -> None:
        build = parsed(comment(HEAD).replace(f"commits/{HEAD}", f"commits/{OTHER}"))
        assert build is not None
        assert build.commit == HEAD[:7]
        assert build.is_about(HEAD)
        assert not build.is_about(OTHER)

    @pytest.mark.parametrize(
        ("author", "counts"),
        [
            ("learn-build-service-prod[bot]", True),
            ("learn-build-service-prod-03[bot]", True),
            ("opbld33", True),
            ("OPBLD30", True),
            ("openpublishbuild", True),
            ("opbld99", False),
            ("learn-build-service-prod", False),
            ("learn-build-service-prod[bot]x", False),
            ("somebody", False),
            ("", False),
        ],
    )
    def test_only_the_build_speaks_for_itself(self, author: str, counts: bool) -> None:
        assert is_builds(author) is counts


def test_the_newest_about_the_reviewed_commit_counts() -> None:
    first, second, other = (Build(HEAD, "errors", ()), Build(HEAD, "passed", ()), Build(OTHER, "errors", ()))
    assert newest([first, second, other], HEAD) is second
    assert newest([first, other], "a" * 40) is other
    assert newest([], HEAD) is None
