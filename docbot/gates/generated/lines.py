"""The gate on line ends and line breaks: a diff shows what was rewritten, and nothing else."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from docbot.gates.generated.differences import Answer
from docbot.gates.generated.passage import Passage
from docbot.gates.generated.rewrite import Rewrite
from docbot.markdown import Document
from docbot.text import Span

_END = re.compile(r"\r\n|\r|\n")
_WIDER, _SLACK = 1.3, 20
"""How much longer than a paragraph's longest line a line of it may become: by this share, or code points."""


def same_lines(rewrite: Rewrite) -> Answer:
    """The line ends are the page's, no white space is new at the end of a line, and no line that says the
    same was broken anew."""
    kinds = Counter(_END.findall(rewrite.source_before)) or Counter({rewrite.before.eol: 1})
    new = Counter(_END.findall(rewrite.source_after))
    strange = [end for end in new if new[end] > kinds[end] and end != max(kinds, key=lambda k: kinds[k])]
    if strange:
        return False, f"{strange[0]!r} isn't how the section's lines end"
    if _trailing(rewrite.source_after) > _trailing(rewrite.source_before):
        return False, "white space is new at the end of a line"
    if _breaks(rewrite.before, rewrite.section_before) != _breaks(rewrite.after, rewrite.section_after):
        return False, "a line break that readers see is gone or new"
    for old, now in rewrite.pairs:
        if reason := _reflowed(old, now):
            return False, reason
    return True, "lines end and break as before"


def _trailing(text: str) -> int:
    return sum(line.endswith((" ", "\t")) for line in _END.split(text))


def _breaks(document: Document, section: Span) -> int:
    nodes = (node for node in document.inlines() if node.kind == "hard_break" and node.span)
    return sum(section.contains(node.span) for node in nodes if node.span)


def _reflowed(old: Passage, new: Passage) -> str:
    before, after = (_END.split(passage.source) for passage in (old, new))
    if len(before) == 1:
        return "a line would be broken" if len(after) > 1 else ""
    longest = max(map(len, before))
    if max(map(len, after)) > max(_WIDER * longest, longest + _SLACK):
        return f"a line would have {max(map(len, after))} characters, and the longest has {longest}"
    for same in range(_same_words(before, after)):
        if before[same].split() != after[same].split():
            return f"line {same + 1} of the block says the same and would be broken anew"
    return ""


def _same_words(before: Sequence[str], after: Sequence[str]) -> int:
    """How many lines from the first say the same, without the one where a word differs."""
    old, new = (" ".join(lines).split() for lines in (before, after))
    same = next(
        (i for i, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new))
    )
    lines = 0
    for line in before:
        same -= len(line.split())
        if same < 0:
            break
        lines += 1
    return min(lines, len(after))
