"""The scan of a change: the base's habits, and the same findings as if every page were looked at anew."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from docbot.app import ScanOptions, scan
from docbot.app.review import review
from docbot.app.scan import Scan
from docbot.repository.checkout import checkout_of
from docbot.repository.worktree import Worktree
from docbot.text import Span
from docbot.types import Finding
from tests.helpers.git import Builder

PAGES = {
    "guide.md": "# Guide\n\nSee [it](reference.md#options), [start](start.md).\n\n[!INCLUDE[x](part.md)]\n",
    "reference.md": "# Reference\n\n## Options\n\nThe the options are here.\n",
    "start.md": "# Start\n\nGo to [the part](#part-one) at once.\n",
    "part.md": "## Part one\n\nSee [old](gone.md) and ![](pic.png).\n",
    "v1/set.md": "# Set\n\nThe value of the setting is always read from the file.\n\nMore of it.\n",
    "v2/set.md": "# Set\n\nThe value of the setting is always read from the file.\n\nMore of it.\n",
    "away.md": "# Away\n\nNothing of this is linked. It was true in 2019.\n",
}


@pytest.fixture
def based(docs: Builder) -> Builder:
    """A repository with some history; the branch `work` is checked out, still as `main` is."""
    docs.commit({**PAGES, "gone.md": "# Gone\n", "pic.png": "x"})
    docs.commit({"v2/set.md": PAGES["v2/set.md"].replace("always read", "now always read")})
    docs.delete("gone.md")
    docs.commit()
    docs.git("checkout", "-q", "-b", "work")
    return docs


def heading(docs: Builder) -> None:
    docs.write("reference.md", "# Reference\n\n## Switches\n\nThe options are here.\n")


def included_heading(docs: Builder) -> None:
    docs.write("part.md", "## Part two\n\nSee it.\n")


def new_link(docs: Builder) -> None:
    docs.write(
        "away.md", "# Away\n\nSee [a](nowhere.md), [b](start.md#none), and [c](reference.md#options).\n"
    )


def new_page(docs: Builder) -> None:
    docs.write("gone.md", "# Gone\n\nBack again, with a [link](start.md#start).\n")


def renamed(docs: Builder) -> None:
    docs.rename("reference.md", "options.md")


def committed_rename(docs: Builder) -> None:
    docs.rename("reference.md", "options.md")
    docs.commit()


def removed(docs: Builder) -> None:
    docs.delete("start.md")


def other_include(docs: Builder) -> None:
    docs.write("guide.md", "# Guide\n\nSee [options](reference.md#options).\n\n[!INCLUDE[x](start.md)]\n")


def front_matter(docs: Builder) -> None:
    docs.write("start.md", "---\ntitle: It\n---\n\n# Other\n\nGo to [the part](#part-one).\n")


def a_picture(docs: Builder) -> None:
    docs.delete("pic.png")


CHANGES = (
    heading,
    included_heading,
    new_link,
    new_page,
    renamed,
    committed_rename,
    removed,
    other_include,
    front_matter,
    a_picture,
)


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_what_is_held_is_what_would_be_found(based: Builder, change: Callable[[Builder], None]) -> None:
    change(based)
    worktree = Worktree.open(based.root)
    base = based.git("rev-parse", "main").strip()
    with checkout_of(worktree, base, lazy=False) as then:
        before = scan(then.root, ScanOptions(show_all=True, cache=False))
    held = scan(based.root, ScanOptions(show_all=True, cache=False), before=before.before)
    anew = scan(based.root, ScanOptions(show_all=True, cache=False))
    assert said_of(held) == said_of(anew)
    assert anew.report.findings != before.report.findings


def said_of(scanned: Scan) -> list[tuple[str, Span, str, str]]:
    """What was found, without the counts of habits in its evidence: the base's are those of fewer pages."""
    return [(f.path, f.span, f.rule, f.message) for f in scanned.report.findings]


class TestHabits:
    def test_how_a_name_is_written(self, docs: Builder) -> None:
        said = "".join(
            f"Go to GitHub for the file {word}.\n\n" for word in "one two three four five six".split()
        )
        docs.commit({"a.md": f"# A\n\n{said}"})
        docs.git("checkout", "-q", "-b", "work")
        words = "seven eight nine ten eleven twelve thirteen fourteen".split()
        docs.write("b.md", "# B\n\n" + "".join(f"Go to Github for the file {word}.\n\n" for word in words))
        assert len(added(docs, "minority-casing")) == len(words)

    def test_what_is_done_with_links(self, docs: Builder) -> None:
        named = "".join(f"See [the guide {number}](b.md).\n\n" for number in range(60))
        docs.commit({"a.md": f"# A\n\n{named}", "b.md": "# The guide\n\nText.\n"})
        docs.git("checkout", "-q", "-b", "work")
        docs.write("c.md", "# C\n\n" + "".join(f"For {n} see [here](b.md).\n\n" for n in range(60)))
        assert len(added(docs, "vague-link-text")) == 60

    def test_what_a_word_list_allows(self, docs: Builder) -> None:
        right = "".join(f"The parameter of file {word} is set.\n\n" for word in "one two three four".split())
        docs.commit({"a.md": f"# A\n\n{right * 8}", "wordlist.txt": "plugh\n"})
        docs.git("checkout", "-q", "-b", "work")
        docs.write("wordlist.txt", "plugh\nparamter\n")
        docs.write("b.md", "# B\n\nThe paramter of the file is set.\n")
        (one,) = added(docs, "misspelled-word")
        assert one.path == "b.md"


def added(docs: Builder, rule: str) -> list[Finding]:
    """The findings of `rule` that the change adds, however sure they are."""
    done = review(docs.root, "main", ScanOptions(show_all=True))
    return [finding for finding in done.new if finding.rule == rule]
