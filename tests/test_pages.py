"""Which files are pages that may be edited."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docbot.config import Config
from docbot.markdown import Document
from docbot.pages import not_editable, selected


def matches(pattern: str, path: str) -> bool:
    return selected([path], Config(include=(pattern,))) == [path]


@pytest.mark.parametrize(
    ("pattern", "inside", "outside"),
    [
        ("*.md", ["a.md", "a.b.md"], ["a.txt", "docs/a.md", "a.mdx"]),
        ("**/*.md", ["a.md", "docs/a.md", "docs/x/a.md"], ["a.txt"]),
        ("docs/*.md", ["docs/a.md"], ["docs/x/a.md", "a.md", "xdocs/a.md"]),
        ("docs/**", ["docs/a.md", "docs/x/a.md"], ["docs.md", "other/docs/a.md"]),
        ("docs/", ["docs/a.md", "docs/x/a.md"], ["docs.md", "docsx/a.md"]),
        ("docs/**/", ["docs/a.md", "docs/x/a.md"], ["a.md"]),
        ("/docs/a.md", ["docs/a.md"], ["x/docs/a.md"]),
        ("./docs/a.md", ["docs/a.md"], ["x/docs/a.md"]),
        ("docs/**/a.md", ["docs/a.md", "docs/x/a.md", "docs/x/y/a.md"], ["docs/x/aa.md", "docs/xa.md"]),
        ("**/x/**/a.md", ["x/a.md", "d/x/a.md", "d/x/e/f/a.md"], ["a.md", "dx/a.md", "x/aa.md"]),
        ("**", ["a.md", "docs/a.md"], []),
        ("*", ["a.md"], ["docs/a.md"]),
        ("?.md", ["a.md", "é.md"], ["ab.md", ".md"]),
        ("a?b.md", ["axb.md"], ["a/b.md", "ab.md"]),
        ("v[12].md", ["v1.md", "v2.md"], ["v3.md", "v.md"]),
        ("v[!12].md", ["v3.md"], ["v1.md"]),
        ("v[1-3].md", ["v2.md"], ["v4.md"]),
        ("a[!x]b.md", ["ayb.md"], ["a/b.md"]),
        ("a[.md", ["a[.md"], ["a.md"]),
        ("a]b{c}(d)+.md", ["a]b{c}(d)+.md"], ["ab.md"]),
        ("docs/*/a*b*.md", ["docs/x/aXbY.md", "docs/x/ab.md"], ["docs/ab.md", "docs/x/ba.md"]),
        ("a**b.md", ["ab.md", "axxb.md"], ["a/b.md"]),
        ("*a.md", ["aaa.md"], ["aab.md"]),
        ("docs/one two/*.md", ["docs/one two/a.md"], ["docs/one/a.md"]),
    ],
)  # fmt: skip
def test_patterns(pattern: str, inside: list[str], outside: list[str]) -> None:
    assert [path for path in inside if not matches(pattern, path)] == []
    assert [path for path in outside if matches(pattern, path)] == []


def test_case_counts() -> None:
    assert not matches("Docs/**", "docs/a.md")


def test_names_with_line_ends_and_odd_bytes_match() -> None:
    paths = ["docs/a\nb.md", "docs/\udcff.md"]
    assert selected(paths, Config(include=("docs/**",))) == paths
    assert selected(paths, Config(include=("docs/*.md",))) == paths


@pytest.mark.parametrize(
    "pattern",
    [
        "**/" * 60 + "b.md",
        "*a" * 60 + "b.md",
        "**/a*/" * 30 + "b.md",
        "*" * 400 + "b",
        "?*" * 60 + "b",
        "[" * 400,
    ],
)
def test_no_pattern_takes_long(pattern: str) -> None:
    started = time.process_time()
    assert not matches(pattern, "a/" * 60 + "a" * 120 + ".md")
    assert not matches(pattern, "a" * 240 + ".md")
    assert time.process_time() - started < 20


_NAMES = st.lists(st.text("ab.", min_size=1, max_size=3), min_size=1, max_size=4)


@settings(max_examples=300)
@given(
    st.lists(st.sampled_from(("a", "b", "*", "?", "a*", "*b", "a*b*", "**")), min_size=1, max_size=5), _NAMES
)
def test_patterns_mean_what_they_say(pattern: list[str], names: list[str]) -> None:
    hidden = any(len(name) > 1 and name.startswith(".") for name in names[:-1])
    assert matches("/".join(pattern), "/".join(names)) is (not hidden and _by_hand(pattern, names))


def _by_hand(pattern: list[str], names: list[str]) -> bool:
    """Segment by segment, trying everything."""
    if not pattern:
        return not names
    if pattern[0] == "**":
        if len(pattern) == 1:
            return bool(names)
        return any(_by_hand(pattern[1:], names[k:]) for k in range(len(names)))
    return bool(names) and _one(pattern[0], names[0]) and _by_hand(pattern[1:], names[1:])


def _one(pattern: str, name: str) -> bool:
    if not pattern:
        return not name
    if pattern[0] == "*":
        return any(_one(pattern[1:], name[k:]) for k in range(len(name) + 1))
    return bool(name) and pattern[0] in ("?", name[0]) and _one(pattern[1:], name[1:])


def test_excluded_pages_are_left_out_and_the_rest_is_sorted() -> None:
    config = Config(exclude=("docs/old/", "**/draft-*.md"))
    paths = ["docs/z.md", "docs/old/a.md", "docs/a.md", "draft-1.md", "docs/draft-2.md", "a.md"]
    assert selected(paths, config) == ["a.md", "docs/a.md", "docs/z.md"]


def test_a_config_without_patterns_leaves_nothing() -> None:
    assert selected(["a.md"], Config(include=())) == []


@pytest.mark.parametrize(
    "path",
    [
        ".github/CONTRIBUTING.md",
        "docs/.hidden/a.md",
        "node_modules/x/README.md",
        "docs/Vendor/a.md",
        "third-party/a.md",
        "LICENSE.md",
        "LICENSE-CODE.md",
        "docs/LICENCE.md",
        "ThirdPartyNotices.md",
        "THIRD-PARTY-NOTICES.md",
        "CODE_OF_CONDUCT.md",
        "SECURITY.md",
        "CHANGELOG.md",
        "docs/docs-ref-autogen/a.md",
    ],
)
def test_some_files_are_never_pages(path: str) -> None:
    assert selected([path], Config()) == []


@pytest.mark.parametrize(
    "path",
    ["security/security-features.md", "docs/security.md", "notice-board.md", "licenses/license-server.md",
     "docs/SecurityOverview.md", "changelog-format.md", "docs/vendors/a.md", "README.md", "vendor.md"],
)  # fmt: skip
def test_pages_that_only_sound_like_those_are_pages(path: str) -> None:
    assert selected([path], Config()) == [path]


@pytest.mark.parametrize(
    ("front", "reason"),
    [
        ("ms.locfileid: 1234", "a translation"),
        ("ms.translationtype: MT", "a translation"),
        ("ms.custom: azure, Generated", "generated"),
        ("ms.custom: azure", ""),
        ("title: Generated pages", ""),
    ],
)
def test_translations_and_generated_pages_are_left_alone(front: str, reason: str) -> None:
    outline = Document("a.md", f"---\n{front}\n---\n# Title\n").outline
    said = not_editable(outline)
    assert reason in said
    assert bool(said) is bool(reason)
