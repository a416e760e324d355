"""CODEOWNERS as GitHub reads it."""

from __future__ import annotations

import time

import pytest

from docbot.policies import policies_of

RULES = """\
# Everything
*                 @everyone
*.md              @writers  # inline comment
/build/logs/      @builders
docs/*            docs@example.com
apps/             @apps
/docs/            @docs-team
/scripts/         @one @org/two
**/drafts         @drafters
/apps/github
/with\\ space/    @space
!negated.md       @nobody
src/[ab].md       @nobody
\\#hash.md        @nobody
bad.md            nobody
"""


@pytest.mark.parametrize(
    ("path", "owners"),
    [
        ("a.txt", ["@everyone"]),
        ("x/y/a.md", ["@writers"]),
        ("build/logs/a/b.txt", ["@builders"]),
        ("x/build/logs/a.txt", ["@everyone"]),
        ("docs/a.txt", ["@docs-team"]),
        ("x/apps/y/a.txt", ["@apps"]),
        ("apps/github/a.md", []),
        ("apps/github", []),
        ("x/apps/github/a.md", ["@apps"]),
        ("scripts/a.sh", ["@one", "@org/two"]),
        ("x/y/drafts/z/a.md", ["@drafters"]),
        ("with space/a.md", ["@space"]),
        ("negated.md", ["@writers"]),
        ("src/a.md", ["@writers"]),
        ("#hash.md", ["@writers"]),
        ("bad.md", ["@writers"]),
        ("A.MD", ["@everyone"]),
    ],
)
def test_the_last_line_that_fits_decides(path: str, owners: list[str]) -> None:
    assert list(policies_of({".github/CODEOWNERS": RULES}).owners_of(path)) == owners


@pytest.mark.parametrize(
    ("pattern", "fitting", "others"),
    [
        ("docs/*", ["docs/a.md"], ["docs/x/a.md", "x/docs/a.md"]),
        ("/*", ["a.md"], ["x/a.md"]),
        ("docs/**", ["docs/a.md", "docs/x/a.md"], ["a.md"]),
        ("docs/**/a.md", ["docs/a.md", "docs/x/y/a.md"], ["a.md", "docs/b.md"]),
        ("a?c.md", ["abc.md", "x/abc.md"], ["ac.md", "abbc.md"]),
        ("a*b*c", ["abc", "xx/aXbYc", "abc/file"], ["acb", "ab"]),
        ("docs", ["docs", "docs/a.md", "x/docs/a.md"], ["docs2/a.md"]),
        ("/docs", ["docs/a.md"], ["x/docs/a.md"]),
    ],
)
def test_patterns(pattern: str, fitting: list[str], others: list[str]) -> None:
    found = policies_of({"CODEOWNERS": f"{pattern} @me"})
    assert [path for path in [*fitting, *others] if found.owners_of(path)] == fitting


def test_the_place_github_looks_at_first_counts() -> None:
    files = {"CODEOWNERS": "* @root", "docs/CODEOWNERS": "* @docs", ".github/CODEOWNERS": "* @dot"}
    assert policies_of(files).owners_of("a") == ("@dot",)
    del files[".github/CODEOWNERS"]
    assert policies_of(files).owners_of("a") == ("@root",)


def test_no_pattern_takes_long() -> None:
    text = ("*a" * 500 + " @a\n") * 100 + "**/" * 5000 + "x @b\n" + "/a/**/b/**/c @c\n" * 3000
    found = policies_of({"CODEOWNERS": text})
    started = time.process_time()
    found.owners_of("a/b/" * 50 + "a" * 300)
    assert time.process_time() - started < 20
