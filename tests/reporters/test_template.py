"""T13, T17, T18, T25 and T26 where the repository has a template."""

from __future__ import annotations

import re
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docbot.forges.island import BEGIN, END, island_of, with_island
from docbot.forges.marker import Marker, is_untouched, marker_of, sealed
from docbot.markdown.document import BOM
from docbot.reporters.neutral import BREAK
from docbot.reporters.template import BLANK, LONGEST_TEMPLATE, Form, LeftOut, form_of, template_of
from tests.reporters.github_reads import ATTACKS, REFERENCES, events
from tests.reporters.pulls import proposed

MANDATORY = """\
# PR Summary

<!--
    Replace this by what you changed. For example:

    # Summary of a change

    - Fixes #12
-->

## PR Checklist

<!-- Every box has to be ticked. ``` -->

- [ ] **Title:** It says what changes.
- [ ] **Style:** I have read the [guide][style], cc @org/docs.

[style]: https://example.com/style
"""
BOXES = re.compile(r"- \[(?P<checked>.)\] \*\*(?P<name>.+):")
"""How a repository of docs reads the boxes of a body."""
ISLAND = proposed().body


def filled(template: str) -> str:
    form = form_of(template)
    assert isinstance(form, Form)
    return form.around("ISLAND")


def test_t17_the_description_stands_under_its_heading_and_nothing_else_changes() -> None:
    above, _, below = MANDATORY.partition("## PR Checklist")
    assert filled(MANDATORY).replace(BREAK, "") == f"{above}ISLAND\n\n## PR Checklist{below}"


def test_t25_references_in_comments_of_the_template_are_broken_and_others_stay() -> None:
    template = "## Summary\n\n<!-- Fixes #12, @octocat -->\n\nFixes #13, ask @team <!--\no/r#14 -->\n"
    broken = template.replace("#12", f"#{BREAK}12").replace("@o", f"@{BREAK}o").replace("#14", f"#{BREAK}14")
    assert filled(template) == f"{broken}\nISLAND"


def test_t17_line_ends_stay_as_they_are() -> None:
    template = MANDATORY.replace("\n", "\r\n")
    assert filled(template) == filled(MANDATORY).replace("\n", "\r\n")
    assert filled("Thanks!\r\n") == "ISLAND\r\n\r\nThanks!\r\n"


@pytest.mark.parametrize(
    "title",
    [
        "Summary",
        "PR Summary:",
        "(1) Description",
        "📝 Description of the change",
        "Describe your changes",
        "Please describe the changes in this pull request",
        "What does this PR do?",
        "What this PR does / why we need it",
        "What changed?",
        "Proposed changes",
        "`Overview`",
    ],
)
def test_t17_headings_that_ask_for_a_description(title: str) -> None:
    for heading in (
        f"## {title}",
        f"{title}\n---",
        f"#### {title} ####",
        f"**{title}**",
        f"**{title}**:\nHow.",
    ):
        assert filled(f"Hi.\n\n{heading}\n\nPlease write.\n\n## Rest\n") == (
            f"Hi.\n\n{heading}\n\nPlease write.\n\nISLAND\n\n## Rest\n"
        )


@pytest.mark.parametrize(
    "title",
    [
        "What type of PR is this?",
        "What kind of change does this PR introduce?",
        "What is the current behavior?",
        "Type of change",
        "Breaking changes",
        "Why is this change needed?",
        "Checklist",
        "...",
    ],
)
def test_t17_without_such_a_heading_it_stands_above(title: str) -> None:
    template = f"## {title}\n\n{{Replace this}}\n"
    assert filled(template) == f"ISLAND\n\n{template}"


@pytest.mark.parametrize(
    "template",
    [
        "```\n## Summary\n```\n",
        "<!--\n## Summary\n-->\n",
        "<div>\n## Summary\n</div>\n",
        "> ## Summary\n",
        "- ## Summary\n",
        "    ## Summary\n",
        "##Summary\n",
    ],
)
def test_t17_what_only_looks_like_such_a_heading(template: str) -> None:
    assert filled(template) == f"ISLAND\n\n{template}"


def test_t17_lower_headings_stay_with_the_one_that_asks() -> None:
    template = "### Summary\n\n#### Motivation\n\nWhy.\n\n### Tests\n"
    assert filled(template) == "### Summary\n\n#### Motivation\n\nWhy.\n\nISLAND\n\n### Tests\n"
    template = "# Summary\n\n## Tests\n"
    assert filled(template) == "# Summary\n\nISLAND\n\n## Tests\n"
    assert filled("## Summary") == "## Summary\n\nISLAND"


def test_front_matter_stays_first() -> None:
    front = "---\nname: Docs\nlabels: [docs]\n---\n"
    assert filled(f"{front}\nHello.\n") == f"{front}\nISLAND\n\nHello.\n"
    assert filled(f"{front}# Summary\n") == f"{front}# Summary\n\nISLAND"


@pytest.mark.parametrize(
    "template",
    [
        "## Summary\n\n<!-- never closed\n\n## Rest\n",
        "## Summary\n\n```\nnever closed\n\n## Rest\n",
        "## Summary\n\n<!--\n```\n-->\n\n## Rest\n",
        "## Summary\n\n<script>\n\n## Rest\n",
        "---\n<!--\n---\n## Summary\n",
    ],
)
def test_no_place_that_hides_what_docbot_wrote(template: str) -> None:
    assert filled(template) == f"ISLAND\n\n{template}"
    form = form_of(template)
    assert isinstance(form, Form)
    assert is_untouched(form.around(ISLAND))


def test_t18_the_boxes_are_the_repositorys_own_and_open() -> None:
    form = form_of(MANDATORY)
    assert isinstance(form, Form)
    boxes = BOXES.findall(form.around(ISLAND))
    assert boxes == BOXES.findall(MANDATORY) == [(" ", "Title"), (" ", "Style")]
    marks = [about for name, about in events(form.around(ISLAND)) if name == "TaskListMarker"]
    assert marks == [False, False]


@pytest.mark.parametrize("mark", [BEGIN, END, '<!-- docbot:marker {"version":"1"} -->', "<!--Docbot:END-->"])
def test_t13_a_template_with_docbots_marks_is_left_out(mark: str) -> None:
    found = form_of(f"{MANDATORY}\n{mark}\n")
    assert isinstance(found, LeftOut) and "marks" in found.reason


def test_t26_a_template_without_room_for_changes_is_left_out() -> None:
    assert isinstance(form_of("x" * LONGEST_TEMPLATE), Form)
    found = form_of("x" * (LONGEST_TEMPLATE + 1))
    assert isinstance(found, LeftOut) and "12,001 characters" in found.reason


@pytest.mark.parametrize("template", ["", "\n", " \r\n\r\n"])
def test_an_empty_template_is_none(template: str) -> None:
    assert form_of(template) == BLANK and BLANK.around("ISLAND") == "ISLAND"


PIECES = [
    *("# PR Summary", "Description\n===", "**What does this PR do?**", "## Checklist", "#### Sub", "## Type"),
    *("<!-- words", "-->", "<!-- # Summary -->", "```", "~~~~", "    code", "> quote", "- [ ] **Style:** x"),
    *(
        "- item",
        "  more",
        "Please describe.",
        "{Replace this}",
        "Fixes #",
        "Fixes #12",
        "cc @org/team",
        "---",
    ),
    *(
        "name: x",
        "<details>",
        "</details>",
        "<div>",
        "| a |\n|---|",
        "[x]: y",
        "1. [x]",
        "",
        "",
        "\\",
        "`",
        "*",
    ),
]
templates = st.builds(
    lambda pieces, end: end.join(pieces),
    st.lists(st.one_of(st.sampled_from(PIECES), st.sampled_from(ATTACKS)), max_size=12),
    st.sampled_from(["\n", "\r\n", "\n\n"]),
).filter(lambda text: "docbot:" not in text and "\ud800" not in text)


@settings(max_examples=300)
@given(template=templates)
def test_t13_the_template_stays_and_the_island_is_found_again(template: str) -> None:
    form = form_of(template)
    assert isinstance(form, Form)
    body = form.around(ISLAND)
    where = island_of(body)
    assert where is not None and where.of(body) == ISLAND
    assert is_untouched(body) and marker_of(body) == marker_of(ISLAND)
    other = sealed(f"{BEGIN}\nOtherwise.\n", Marker("9", "t", "main"))
    assert with_island(body, other) == form.around(other)
    assert not template.strip() or template in undone(form)
    assert len(form) <= len(template) + 8


def undone(form: Form) -> list[str]:
    """Every text that `form` may be made of: without up to two line ends on either side of the cut."""
    ends = ("", "\n", "\n\n", "\r\n", "\r\n\r\n")
    return [form.before.removesuffix(a) + form.after.removeprefix(b) for a, b in product(ends, ends)]


@settings(max_examples=300)
@given(template=templates)
def test_t25_nothing_is_referred_to_that_the_template_alone_would_not(template: str) -> None:
    form = form_of(template)
    assert isinstance(form, Form)
    for name in ("mention", "reference", "address of an issue", "closing keyword"):
        wanted = re.compile(REFERENCES[name], re.IGNORECASE)
        assert wanted.findall(form.around(ISLAND)) == wanted.findall(template), name
    assert BOXES.findall(form.around(ISLAND)) == BOXES.findall(template)


@settings(max_examples=300)
@given(template=templates)
def test_what_docbot_wrote_is_shown(template: str) -> None:
    form = form_of(template)
    assert isinstance(form, Form)
    shown = [about for name, about in events(form.around(ISLAND)) if name == "Text"]
    wanted = [about for name, about in events(ISLAND) if name == "Text"]
    assert any(shown[i : i + len(wanted)] == wanted for i in range(len(shown)))


# Which file.


@pytest.mark.parametrize(
    ("files", "chosen"),
    [
        ([], None),
        (["README.md", "src/pull_request_template.md", ".github/pull_request_template.yml"], None),
        (["PULL_REQUEST_TEMPLATE.md", "docs/pull_request_template.md"], "PULL_REQUEST_TEMPLATE.md"),
        (
            ["pull_request_template.md", ".github/Pull_Request_Template.txt"],
            ".github/Pull_Request_Template.txt",
        ),
        (["docs/pull_request_template"], "docs/pull_request_template"),
        (
            [".github/PULL_REQUEST_TEMPLATE/a.md", "docs/pull_request_template.md"],
            "docs/pull_request_template.md",
        ),
        ([".github/b/pull_request_template.md"], None),
    ],
)
def test_t17_the_template_is_the_one_github_takes(files: list[str], chosen: str | None) -> None:
    assert template_of(files) == template_of(reversed(files)) == chosen


def test_t17_of_several_templates_none_is_taken() -> None:
    files = [".github/PULL_REQUEST_TEMPLATE/a.md", ".github/PULL_REQUEST_TEMPLATE/b.md"]
    found = template_of(files)
    assert isinstance(found, LeftOut) and ".github/PULL_REQUEST_TEMPLATE/" in found.reason


def test_a_byte_order_mark_is_the_callers_to_take_off() -> None:
    assert filled(f"{BOM}x").startswith("ISLAND")
