from __future__ import annotations

from docbot.app.scan import ScanOptions, scan
from docbot.types import Finding
from tests.helpers.git import Builder

PAGES, SWEPT, APART = 60, 6, 150
"""Pages, pages that one commit changes, and days between two of those."""


def page(number: int, word: str) -> str:
    return f"# Page {number}\n\nSet number {number} to `{word}` first.\n"


def campaign(docs: Builder, commits: int = 9) -> None:
    docs.commit({f"p{n}.md": page(n, "$On") for n in range(PAGES)})
    for start in range(0, commits * SWEPT, SWEPT):
        docs.commits += APART
        docs.commit({f"p{n}.md": page(n, "$on") for n in range(start, start + SWEPT)})


def found(docs: Builder, *, show_all: bool = False, cache: bool = True) -> list[Finding]:
    options = ScanOptions(only=("precedent",), show_all=show_all, cache=cache)
    return list(scan(docs.root, options).report.findings)


def test_a_campaign_is_offered_for_the_places_that_remain(docs: Builder) -> None:
    campaign(docs)
    cold = found(docs)
    assert [one.path for one in cold] == [f"p{n}.md" for n in range(54, 60)]
    assert all(one.fix for one in cold)
    assert "54 times in 54 pages by one person since 2024" in cold[0].message
    assert "6 places remain" in cold[0].message
    assert found(docs) == cold == found(docs, cache=False)


def test_a_new_commit_is_heard_of(docs: Builder) -> None:
    campaign(docs)
    before = found(docs)
    docs.commit({"p54.md": page(54, "$on")})
    after = found(docs)
    assert [one.path for one in after] == [one.path for one in before][1:]
    assert "55 times" in after[0].message


def test_a_page_that_isnt_committed_yet_is_looked_at(docs: Builder) -> None:
    campaign(docs)
    docs.write("new.md", page(100, "$On"))
    assert "new.md" in [one.path for one in found(docs)]


def test_a_young_campaign_is_one_question_that_only_all_shows(docs: Builder) -> None:
    campaign(docs, commits=2)
    assert found(docs) == []
    (asked,) = found(docs, show_all=True)
    assert asked.fix is None
    assert asked.question is not None
    assert "'$On' to '$on'" in asked.question.text


def test_a_configured_backtest_wins(docs: Builder) -> None:
    campaign(docs)
    docs.write(".docbot.toml", "[measured.precedent]\nsame = 15\nother = 10\n")
    assert found(docs) == []
    (asked,) = found(docs, show_all=True)
    assert asked.fix is None
