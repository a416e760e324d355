"""What people did where they edited a line that a rule would have edited.

A backtest checks out the docs as they were. This needs the edits of the history alone, and so comes with
every scan. The old lines of each edit are read as a page of their own, by rules that judge a line by itself.
Where people had the line before them and left what the rule reports, it has little to say to them. Pure.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime

import msgspec

from docbot import engine
from docbot.facts import Facts
from docbot.markdown import Document, Parser
from docbot.measured import Measured
from docbot.outcomes import Drafted, Fate, counted, fate
from docbot.repository.families import family
from docbot.repository.patches import Hunk, PageChange, Patch
from docbot.repository.values import BULK
from docbot.rules.interface import Rule
from docbot.text import LineIndex
from docbot.types import Finding

YEARS = 2
"""How far back edits are looked at: what people cared for earlier says little of what they do now."""
_LONGEST = 2_000
"""Code points of a line that is looked at."""
_MAY_LINK = re.compile(r"\]\(|^\s*\[[^\]]+\]:|https?://", re.M)


class Seen(msgspec.Struct, frozen=True, gc=False):
    """An edit that people made, as lines of the page that all old lines of one change make up."""

    start: int
    old: tuple[bytes, ...]
    new: tuple[bytes, ...]


def hindsight(
    patches: Iterable[Patch], rules: Sequence[Rule], facts: Facts, is_page: Callable[[str], bool]
) -> dict[str, Measured]:
    """For each of `rules` that judges a line by itself, what became of the places it would have edited.

    `patches` are those of the last years that are no merges. Bulk commits are left out, and an edit that was
    made in several copies of a page counts once. None is ever `still` or `gone`: only edited lines are looked
    at.
    """
    able = [rule for rule in rules if rule.by_line]
    fates: dict[str, list[Fate]] = defaultdict(list)
    parser = Parser()
    for patch in patches:
        if not able or len({family(change.new or "") for change in patch.pages}) > BULK:
            continue
        day = datetime.fromtimestamp(patch.time, UTC).date().isoformat()
        known: set[tuple[str, str, str, str]] = set()
        for change in patch.pages:
            if change.old is None or change.new is None or not is_page(change.new):
                continue
            for rule, drafted, what in _tried(change, able, facts, parser, day):
                key = (rule, family(change.new), drafted.old, drafted.new)
                if key not in known:
                    fates[rule].append(what)
                known.add(key)
    return {rule: counted(found) for rule, found in sorted(fates.items())}


def _tried(
    change: PageChange, rules: Sequence[Rule], facts: Facts, parser: Parser, day: str
) -> Iterator[tuple[str, Drafted, Fate]]:
    lines, seen = _page_of(change.hunks)
    text = "\n".join(lines)
    if not _MAY_LINK.search(text):
        return
    index = LineIndex(text)
    document = Document(change.new or "", text, parser=parser)
    by_name = {rule.name: rule for rule in rules}
    for finding in engine.check(document, rules, facts):
        if finding.fix is None or by_name[finding.rule].true_since(finding, facts) > day:
            continue
        for drafted in _drafted(finding, index, text):
            what = fate(drafted, lines, seen)
            if what in (Fate.SAME, Fate.OTHER, Fate.KEPT):
                yield finding.rule, drafted, what


def _page_of(hunks: Sequence[Hunk]) -> tuple[list[str], list[Seen]]:
    """All old lines as paragraphs of one page, and the edits by their place there."""
    lines: list[str] = []
    seen: list[Seen] = []
    for hunk in hunks:
        if not hunk.old or not hunk.new:
            continue
        start = len(lines) + 1
        for line in hunk.old:
            # Without indent, that nothing is taken for code; apart, that nothing runs together.
            lines += [line.decode("utf-8", "replace").strip()[:_LONGEST], ""]
        old = tuple(line.encode() for line in lines[start - 1 :])
        seen.append(Seen(start, old, tuple(line.strip() for line in hunk.new)))
    return lines, seen


def _drafted(finding: Finding, index: LineIndex, text: str) -> Iterator[Drafted]:
    for edit in finding.fix.edits if finding.fix else ():
        place = index.place(edit.span.start)
        yield Drafted(place.line, place.column, edit.span.of(text), edit.replacement)
