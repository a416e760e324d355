"""Links to places on pages: which are lost, and where the place went."""

from __future__ import annotations

import time

import pytest

from docbot.markdown import Document
from docbot.repository.values import Commit, HeadingChange, HeadingHistory
from docbot.site.bookmarks import (
    broken_bookmarks,
    edit_distance,
    heading_text,
    may_be_made,
    nearest_anchors,
    pages_with_lost_anchors,
    renamed_heading,
    same_subject,
)
from docbot.site.links import Target, Where
from docbot.site.model import Site
from tests.site.helpers import site_of

PAGE = "docs/page.md"


def lost(site: Site, page: str = PAGE) -> list[str]:
    return [link.destination for link, _, _ in broken_bookmarks(page, site.outlines[page], site)]


def page_with(links: str, **files: str) -> Site:
    others = {f"docs/{name}.md": text for name, text in files.items()}
    return site_of("docs/land.yml", "docs/pic.png", files={PAGE: links, **others}, learn=True)


OTHER = """# First title

## The `-Path` option

## <a id="own"></a>Renamed

## Example
## Example
<h2 id="html-title">x</h2> <a name='named'></a>
"""


@pytest.mark.parametrize(
    "fragment",
    [
        "first-title",
        "the--path-option",
        "own",
        "example",
        "example-1",
        "html-title",
        "named",
        "top",
        "tab/x",
        "",
    ],
)
def test_anchors_that_are_there(fragment: str) -> None:
    assert lost(page_with(f"[x](other.md#{fragment})", other=OTHER)) == []


@pytest.mark.parametrize(
    "fragment", ["second-title", "First-Title", "renamed", "example-2", "path-option", "x?y=z"]
)
def test_anchors_that_are_lost(fragment: str) -> None:
    assert lost(page_with(f"[x](other.md#{fragment})", other=OTHER)) == [f"other.md#{fragment}"]


@pytest.mark.parametrize(
    "link",
    ["[x](land.yml#no)", "![x](pic.png#lightbox)", "[x](gone.md#no)", "[x](/x/other#no)", "[x](~/gone.md#no)",
     "[x](https://example.com/other.md#no)", "[x](Other.md#no)", "[x](other#no)", "`[x](other.md#no)`",
     "<!-- [x](other.md#no) -->", "[x](#tab/no)"],
)  # fmt: skip
def test_what_is_not_known_or_another_rules_business_is_not_looked_at(link: str) -> None:
    assert lost(page_with(link, other=OTHER)) == []


def test_a_definition_is_reported_once_and_not_at_every_use() -> None:
    assert lost(page_with("[x][1] [y][1]\n\n[1]: other.md#no\n", other=OTHER)) == ["other.md#no"]


def test_included_pages_give_their_anchors() -> None:
    links = "[!INCLUDE [x](includes/a.md)]\n\n[a](#from-a) [b](#from-b) [c](#no)"
    files = {
        PAGE: links,
        "docs/includes/a.md": "## From a\n\n[!INCLUDE [x](B.md)]\n\n[own](#page-title)",
        "docs/includes/b.md": "## From b\n\n[!INCLUDE [x](a.md)]",
    }
    site = site_of(files=files, learn=True)
    assert lost(site) == ["#no"]
    assert site.anchors("docs/includes/a.md") == frozenset({"from-a", "from-b"})


@pytest.mark.parametrize("missing", ["gone.md", "../../../out.md", "~/gone.md", "code.cs"])
def test_a_page_that_includes_what_is_not_here_has_unknown_anchors(missing: str) -> None:
    assert lost(page_with(f"[!INCLUDE [x]({missing})]\n\n[c](#no)")) == []


def test_links_of_an_included_page_to_its_own_places_are_not_known() -> None:
    files = {PAGE: "# Title\n\n[!INCLUDE [x](part.md)]", "docs/part.md": "[x](#title) [y](page.md#no)"}
    site = site_of(files=files, learn=True)
    assert lost(site, "docs/part.md") == ["page.md#no"]
    alone = site_of(files={"docs/includes/part.md": "[x](#title)"}, learn=True)
    assert lost(alone, "docs/includes/part.md") == []


def test_a_heading_without_a_known_text_makes_all_anchors_unknown() -> None:
    assert lost(page_with("# ![logo](pic.png)\n\n[c](#no)")) == []


def test_the_pages_whose_headings_history_is_wanted() -> None:
    files = {PAGE: "[x](other.md#no) [y](third.md#third)", "docs/other.md": OTHER, "docs/third.md": "# Third"}
    assert pages_with_lost_anchors(site_of(files=files, learn=True)) == ["docs/other.md"]


ELSEWHERE = """# 1. Setting up: a "first" step!

## \u00dcber uns

## \u65e5\u672c Title

## Named {#custom-id}

## Listed {: #listed .class }

## Attribute { id="quoted" }

## Example
## Example
"""


@pytest.mark.parametrize(
    "fragment",
    [
        "1-setting-up-a-first-step",  # GitHub
        "setting-up-a-first-step",  # kramdown
        "setting-up--a-first-step",
        "setting_up_a_first_step",
        "uber-uns", "\u00fcber-uns", "title", "\u65e5\u672c-title", "_1", "custom-id", "listed", "quoted",
        "named", "example-1", "example_1", "Example", "EXAMPLE_7",
    ],
)  # fmt: skip
def test_beside_learn_every_known_way_to_make_an_anchor_counts(fragment: str) -> None:
    site = site_of(files={PAGE: f"[x](other.md#{fragment})", "docs/other.md": ELSEWHERE})
    assert lost(site) == []


@pytest.mark.parametrize("fragment", ["setting-up", "custom", "second-step"])
def test_beside_learn_an_anchor_nobody_makes_is_lost(fragment: str) -> None:
    assert not may_be_made(fragment, frozenset(), Document("a.md", ELSEWHERE).outline)


def test_a_readme_of_a_learn_repository_is_read_on_github() -> None:
    text = '# Set up (all of it)\n\n## <a id="own"></a>Renamed\n\n[x](#renamed) [y](#SET-up-all-of-it)'
    site = site_of(files={"README.md": text, "docs/a.md": text}, learn=True)
    assert lost(site, "README.md") == []
    assert lost(site, "docs/a.md") == ["#renamed", "#SET-up-all-of-it"]


# Renamed headings.


def changes(*made: tuple[str, str, str]) -> HeadingHistory:
    return HeadingHistory(
        {"a.md": tuple(HeadingChange(old, new, Commit("c" + date, date)) for old, new, date in made)}
    )


def now(fragment: str, anchors: set[str], history: HeadingHistory, *, learn: bool = True) -> str | None:
    target = Target(Where.FILE, "a.md", fragment=fragment)
    found = renamed_heading(target, frozenset(anchors), history, learn=learn)
    return None if found is None else found[1]


def test_a_renamed_heading_is_found_also_over_several_commits() -> None:
    history = changes(("Step one now", "Step one", "2023"), ("First step one", "Step one now", "2022"))
    assert now("first-step-one", {"step-one"}, history) == "step-one"
    assert now("unknown", {"step-one"}, history) is None


def test_a_heading_that_gave_way_to_another_subject_has_no_new_name() -> None:
    assert now("install-docker", {"verify-setup"}, changes(("Install Docker", "Verify setup", "2023"))) == ""
    assert now("install-docker", {"x"}, changes(("Install Docker", "", "2023"))) == ""


def test_a_change_that_keeps_the_anchor_explains_nothing() -> None:
    assert now("first-step", {"x"}, changes(("First step", "First Step", "2023"))) is None


def test_an_older_change_does_not_follow_a_newer_one() -> None:
    history = changes(("A step", "B step", "2023"), ("B step", "C step", "2020"))
    assert now("a-step", {"c-step"}, history) == ""


def test_circles_end() -> None:
    history = changes(("A step", "B step", "2023"), ("B step", "A step", "2023"))
    assert now("a-step", {"c"}, history) == ""


def test_a_new_name_that_several_headings_share_is_no_answer() -> None:
    history = changes(("Text format details", "Details", "2023"))
    assert now("text-format-details", {"details"}, history) == "details"
    assert now("text-format-details", {"details", "details-1"}, history) == ""


def test_beside_learn_only_an_anchor_made_alike_everywhere_is_an_answer() -> None:
    plain, odd = changes(("Step one", "Step two", "2023")), changes(("Step one", "Step (two) & more", "2023"))
    assert now("step-one", {"step-two"}, plain, learn=False) == "step-two"
    assert now("step-one", {"step-two--more"}, odd, learn=False) == ""


@pytest.mark.parametrize(
    ("old", "new", "same"),
    [
        ("Configuration setting for .wslconfig", "Configuration settings for .wslconfig", True),
        ("Install", "Install the tool", True),
        ("Install Docker Desktop", "Install and verify wslc", False),
        ("The a", "Of the", False),
        ("", "Anything", False),
    ],
)
def test_same_subject(old: str, new: str, same: bool) -> None:
    assert same_subject(old, new) is same


def test_heading_text() -> None:
    assert heading_text('<a id="x"></a>The **bold** `-Path` *option* ') == "The bold -Path option"


# The nearest anchors.


@pytest.mark.parametrize(
    ("a", "b", "distance"),
    [("", "", 0), ("a", "a", 0), ("a", "b", 1), ("kitten", "sitting", 3), ("", "abcdef", 6),
     ("abcdefg", "hijklmn", 6), ("setting", "settings", 1), ("x" * 300, "x" * 300, 6)],
)  # fmt: skip
def test_edit_distance_up_to_five(a: str, b: str, distance: int) -> None:
    assert edit_distance(a, b) == distance
    assert edit_distance(b, a) == distance


def test_the_nearest_anchors_are_few_and_near() -> None:
    anchors = frozenset({"settings", "setting-up", "set", "unlike-anything", "sittings"})
    assert nearest_anchors("setting", anchors) == ("settings", "sittings", "setting-up")
    assert nearest_anchors("completely-different", anchors) == ()


def test_looking_for_the_nearest_anchor_costs_little() -> None:
    long = frozenset("x" * 100_000 + str(n) for n in range(100))
    many = frozenset(f"section-about-number-{n}" for n in range(5000))
    start = time.process_time()
    assert nearest_anchors("x" * 100_000, long) == ()
    assert len(nearest_anchors("section-about-number-70000", many)) == 3
    assert time.process_time() - start < 30
