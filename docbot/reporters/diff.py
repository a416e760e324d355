"""Unified diffs as git writes them: what a draft or a proposal would change, byte for byte.

Everything but the changed text is a comment that starts with `#`, which `git apply` skips. Only drafts
that every gate passed are part of the diff, so applying it never makes a refused edit.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from itertools import groupby

from docbot.gates import meaning_proof
from docbot.reporters.locate import Locator
from docbot.reporters.plain import visible
from docbot.reporters.written import author_line
from docbot.text import apply, without_conflicts
from docbot.types import Draft, FileChange

CONTEXT = 3
"""Unchanged lines around a change, as git shows them."""
_BOM = "\ufeff"
_PRINTABLE = range(0x20, 0x7F)
_PATIENCE = 2_000
"""Lines. Beyond it lines that are everywhere stop counting as anchors, else a page of them takes forever."""

Change = tuple[int, int, int, int]
"""Lines `[a0, a1)` before became lines `[b0, b1)` after; from 0."""


def unified(path: str, before: str, after: str) -> str:
    """The diff that turns `before` into `after`, for `git apply`; empty when they are equal.

    Both are whole files, with their byte order mark and line ends. Write it without translating `\\n`.
    """
    if before == after:
        return ""
    old, new = _lines(before), _lines(after)
    parts = [f"diff --git {_name('a', path)} {_name('b', path)}\n"]
    parts += [f"{sign} {_name(side, path, tab=True)}\n" for sign, side in (("---", "a"), ("+++", "b"))]
    for hunk in _hunks(_changes(old, new)):
        parts += _hunk(old, new, hunk)
    return "".join(parts)


def changes(files: Iterable[FileChange]) -> Iterator[str]:
    """The diff of each file of a proposal. Encode what comes out with `surrogateescape`."""
    for file in files:
        before, after = (data.decode("utf-8", "surrogateescape") for data in (file.before, file.after))
        yield unified(file.path, before, after)


def drafts(
    drafts: Iterable[Draft], texts: Mapping[str, str], boms: Collection[str] = frozenset()
) -> Iterator[str]:
    """Page by page: what was refused and why, what each accepted draft rests on, and one diff of these.

    `texts` has each page's text (path to text, without byte order mark), `boms` the paths of the pages
    that begin with one. Raises KeyError when `texts` lacks a page, IndexError when a passed draft was
    made for another text.
    """
    locator = Locator(texts)
    ordered = sorted(drafts, key=lambda draft: draft.finding.key)
    for path, group in groupby(ordered, key=lambda draft: draft.finding.path):
        yield from _page(path, list(group), locator, _BOM if path in boms else "")


def _page(path: str, group: list[Draft], locator: Locator, bom: str) -> Iterator[str]:
    passed = [draft for draft in group if draft.passed]
    kept, lost = without_conflicts([(draft, draft.fix.edits) for draft in passed])
    for draft in group:
        if not draft.passed:
            yield _comment(draft, locator, "refused")
    for loser, winner in lost:
        yield _comment(loser, locator, f"left out, it meets {winner.finding.rule} of the same text")
    for draft in kept:
        yield _comment(draft, locator, "")
    text = locator.text(path)
    after = apply(text, [edit for draft in kept for edit in draft.fix.edits])
    yield unified(path, bom + text, bom + after)


def _comment(draft: Draft, locator: Locator, refusal: str) -> str:
    finding = draft.finding
    region = locator.region(finding.path, finding.span)
    lines = [f"{finding.path}:{region.line}:{region.column} {finding.rule}", finding.message]
    lines += [f"evidence: {e.kind}, {e.source}: {e.detail}" for e in finding.evidence]
    lines.append(f"confidence: {finding.confidence:.2f}")
    lines.append(f"fix: {draft.fix.title} ({draft.fix.applicability}, by {author_line(draft.author)})")
    lines += _verdicts(draft)
    if refusal:
        lines.append(f"not in the diff: {refusal if draft.verdicts else 'no gate has looked at it'}")
        lines += _edits(draft, locator)
    return "".join(f"# {visible(line)}\n" for line in lines) + "#\n"


def _verdicts(draft: Draft) -> Iterator[str]:
    """Each verdict, or of a generated draft, which has many, the proof and the names of those that passed."""
    if proof := meaning_proof(draft):
        yield f"compared before and after: {proof}"
        yield f"passed {', '.join(verdict.gate for verdict in draft.verdicts)}"
        return
    for verdict in draft.verdicts:
        if not (verdict.passed and draft.author.generated):
            yield f"{'passed' if verdict.passed else 'refused'} {verdict.gate}: {verdict.reason}"


def _edits(draft: Draft, locator: Locator) -> Iterator[str]:
    text = locator.text(draft.finding.path)
    for edit in draft.fix.edits:
        yield f"  - {edit.span.of(text)}"
        yield f"  + {edit.replacement}"


def _lines(text: str) -> list[str]:
    """The lines of `text` with their `\\n`, which alone ends a line; the last may lack it."""
    lines = [line + "\n" for line in text.split("\n")]
    last = lines.pop()[:-1]
    return [*lines, last] if last else lines


def _name(side: str, path: str, *, tab: bool = False) -> str:
    """A file name as git writes it: quoted where it would break the line or hide something."""
    name = f"{side}/{path}"
    if visible(name) == name and not any(sign in name for sign in '"\\'):
        # git tells a name with spaces from a time stamp by the tab behind it
        return name + ("\t" if tab and " " in name else "")
    data = name.encode("utf-8", "surrogateescape")
    return '"' + "".join(_quoted(byte) for byte in data) + '"'


def _quoted(byte: int) -> str:
    if byte in b'"\\':
        return "\\" + chr(byte)
    return chr(byte) if byte in _PRINTABLE else f"\\{byte:03o}"


def _changes(old: Sequence[str], new: Sequence[str]) -> list[Change]:
    """What differs, in order. Common ends are cut off first: they are most of a page."""
    limit = min(len(old), len(new))
    top = next((i for i in range(limit) if old[i] != new[i]), limit)
    limit -= top
    end = next((i for i in range(limit) if old[-1 - i] != new[-1 - i]), limit)
    a, b = old[top : len(old) - end], new[top : len(new) - end]
    matcher = SequenceMatcher(None, a, b, autojunk=len(b) > _PATIENCE)
    return [
        (top + a0, top + a1, top + b0, top + b1)
        for tag, a0, a1, b0, b1 in matcher.get_opcodes()
        if tag != "equal"
    ]


def _hunks(changes: Iterable[Change]) -> list[list[Change]]:
    """Changes whose context would meet stand in one hunk."""
    hunks: list[list[Change]] = []
    for change in changes:
        if hunks and change[0] - hunks[-1][-1][1] <= 2 * CONTEXT:
            hunks[-1].append(change)
        else:
            hunks.append([change])
    return hunks


def _hunk(old: Sequence[str], new: Sequence[str], changes: Sequence[Change]) -> list[str]:
    first, last = changes[0], changes[-1]
    before, behind = min(CONTEXT, first[0]), min(CONTEXT, len(old) - last[1])
    ranges = _range(first[0] - before, last[1] + behind), _range(first[2] - before, last[3] + behind)
    lines = [f"@@ -{ranges[0]} +{ranges[1]} @@\n"]
    at = first[0] - before
    for a0, a1, b0, b1 in changes:
        lines += [_line(" ", line) for line in old[at:a0]]
        lines += [_line("-", line) for line in old[a0:a1]]
        lines += [_line("+", line) for line in new[b0:b1]]
        at = a1
    return lines + [_line(" ", line) for line in old[at : at + behind]]


def _range(start: int, end: int) -> str:
    """Lines `[start, end)` from 0, as a hunk's header counts them."""
    count = end - start
    first = start + 1 if count else start
    return str(first) if count == 1 else f"{first},{count}"


def _line(sign: str, line: str) -> str:
    return sign + line if line.endswith("\n") else f"{sign}{line}\n\\ No newline at end of file\n"
