"""What a person changed on a page, block by block, and where such a block stands on another page.

Line ends count for nothing here: a page checked out with `\\r\\n` says what it says with `\\n`. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import accumulate

import msgspec

from docbot.markdown import Document
from docbot.text import Edit, LineIndex, Span

FRONT_MATTER = "its front matter is edited, and docbot proposes no change of metadata"
BLOCKS = (
    "paragraphs, list items or cells were added, removed or moved, and docbot takes only edits inside of one"
)
BETWEEN = (
    "what stands between blocks (marks, blank lines, spaces) is edited, and docbot takes only edits inside"
)

_LINE_END = re.compile(r"\r+\n")
_TOKEN = re.compile(r"\w+|\s|[^\w\s]")
_PATIENCE = 1_000_000
"""Comparisons that are made of two sequences; what needs more is taken as one change."""
_FEW_WORDS = 6
"""A shorter block may stand anywhere by chance: its neighbours must be the same."""


class Leaf(msgspec.Struct, frozen=True, gc=False):
    """A block without children, a link definition or the front matter, its text with `\\n` line ends."""

    kind: str
    span: Span
    text: str


class Change(msgspec.Struct, frozen=True):
    """A leaf, number `index` of the page before, that says `after` now; `line` (from 1) is where."""

    index: int
    before: Leaf
    after: str
    line: int


class Refusal(msgspec.Struct, frozen=True):
    """What was changed on `line` of the page after that is no edit inside of one leaf, and what it is."""

    line: int
    why: str


class Compared(msgspec.Struct, frozen=True):
    """Everything in which two texts of a page differ, line ends aside."""

    changes: tuple[Change, ...]
    refusals: tuple[Refusal, ...]


def plain_ends(text: str) -> str:
    """`text` with `\\n` for every line end that ends so."""
    return _LINE_END.sub("\n", text)


def leaves_of(document: Document) -> tuple[Leaf, ...]:
    """The page's leaves in the order of the text; they don't overlap."""
    found = [
        (block.span, block.kind)
        for top in document.blocks
        for block in top.walk()
        if block.span is not None and not block.children
    ]
    found += [(one.span, "definition") for one in document.definitions if one.span is not None]
    if document.front_matter:
        found.append((document.front_matter.span, "front-matter"))
    leaves: list[Leaf] = []
    for span, kind in sorted(found):
        if not leaves or span.start >= leaves[-1].span.end:
            leaves.append(Leaf(kind, span, plain_ends(span.of(document.text))))
    return tuple(leaves)


def compare(before: Document, after: Document) -> Compared:
    """What changed from `before` to `after`, two texts of one page."""
    old, new = leaves_of(before), leaves_of(after)
    pairs = _pairs(old, new)
    index = LineIndex(after.text)
    refusals, torn = _between(before, after, old, new, pairs)
    changes: list[Change] = []
    for i, j in pairs:
        if old[i].text == new[j].text:
            continue
        line = index.line(new[j].span.start)
        if old[i].kind == "front-matter":
            refusals.append(Refusal(line, FRONT_MATTER))
        elif i not in torn:
            changes.append(Change(i, old[i], new[j].text, line))
    return Compared(tuple(changes), tuple(sorted(dict.fromkeys(refusals), key=lambda one: one.line)))


def _pairs(old: Sequence[Leaf], new: Sequence[Leaf]) -> list[tuple[int, int]]:
    """Which leaf became which, in order; leaves that were added, removed or moved are in no pair."""
    a, b = ([(leaf.kind, leaf.text) for leaf in leaves] for leaves in (old, new))
    head = _alike(a, b)
    tail = _alike(a[head:][::-1], b[head:][::-1])
    pairs = [(i, i) for i in range(head)]
    for tag, a0, a1, b0, b1 in _opcodes(a[head : len(a) - tail], b[head : len(b) - tail]):
        kinds = [leaf.kind for leaf in old[head + a0 : head + a1]]
        if tag == "equal" or kinds == [leaf.kind for leaf in new[head + b0 : head + b1]]:
            pairs += [(head + a0 + n, head + b0 + n) for n in range(a1 - a0)]
    return [*pairs, *((len(a) - n, len(b) - n) for n in range(tail, 0, -1))]


def _alike(a: Sequence[object], b: Sequence[object]) -> int:
    """How many items at the start of both are the same."""
    most = min(len(a), len(b))
    return next((n for n in range(most) if a[n] != b[n]), most)


def _opcodes(a: Sequence[object], b: Sequence[object]) -> Sequence[tuple[str, int, int, int, int]]:
    if len(a) * len(b) > _PATIENCE:
        return [("replace", 0, len(a), 0, len(b))]
    return SequenceMatcher(None, a, b, autojunk=False).get_opcodes()


def _between(
    before: Document,
    after: Document,
    old: Sequence[Leaf],
    new: Sequence[Leaf],
    pairs: Sequence[tuple[int, int]],
) -> tuple[list[Refusal], set[int]]:
    """What changed outside of the pairs, and the leaves beside it: torn from it they'd say something else."""
    refusals: list[Refusal] = []
    torn: set[int] = set()
    index = LineIndex(after.text)
    ends = [(-1, -1), *pairs, (len(old), len(new))]
    for (i, j), (k, m) in zip(ends, ends[1:], strict=False):
        was = plain_ends(_stretch(before.text, old, i, k))
        now = plain_ends(_stretch(after.text, new, j, m))
        if was == now:
            continue
        lines = now[: _alike(was, now)].count("\n")
        start = new[j].span.end if j >= 0 else 0
        refusals.append(Refusal(index.line(start) + lines, BETWEEN if k == i + 1 and m == j + 1 else BLOCKS))
        torn |= {i, k}
    return refusals, torn


def _stretch(text: str, leaves: Sequence[Leaf], left: int, right: int) -> str:
    """The text between two leaves; -1 and their number stand for the ends of the page."""
    start = leaves[left].span.end if left >= 0 else 0
    end = leaves[right].span.start if right < len(leaves) else len(text)
    return text[start:end]


def edits_of(document: Document, leaf: Leaf, after: str) -> tuple[Edit, ...]:
    """The edits that make `leaf` of `document` say `after`, word by word, with the leaf's own line ends.

    None of them begins or ends with what is the same before and after.
    """
    raw = leaf.span.of(document.text)
    kept = [i for i, character in enumerate(raw) if character != "\r" or not _ends_line(raw, i)]
    at = [0, *(i + 1 for i in kept)]
    crlf = "\r\n" in raw or ("\n" not in raw and document.eol == "\r\n")
    start = leaf.span.start
    return tuple(
        Edit(Span(start + at[first], start + at[last]), new.replace("\n", "\r\n") if crlf else new)
        for first, last, new in _replacements(leaf.text, after)
    )


def _ends_line(raw: str, at: int) -> bool:
    """Whether only carriage returns stand between the one at `at` and a `\\n`."""
    return _LINE_END.match(raw, at) is not None


def _replacements(old: str, new: str) -> Iterator[tuple[int, int, str]]:
    """`(start, end, text)` for each stretch of `old` that is another in `new`."""
    a, b = _TOKEN.findall(old), _TOKEN.findall(new)
    from_a, from_b = ([0, *accumulate(map(len, tokens))] for tokens in (a, b))
    changed: list[list[int]] = []
    for tag, a0, a1, b0, b1 in _opcodes(a, b):
        if tag == "equal":
            continue
        joins = changed and not any(_keeps_apart(token) for token in a[changed[-1][1] : a0])
        if joins:
            changed[-1][1], changed[-1][3] = a1, b1
        else:
            changed.append([a0, a1, b0, b1])
    for a0, a1, b0, b1 in changed:
        start, end = from_a[a0], from_a[a1]
        was, now = old[start:end], new[from_b[b0] : from_b[b1]]
        head = _alike(was, now)
        tail = _alike(was[head:][::-1], now[head:][::-1])
        yield _from_a_word(old, start + head, end - tail, now[head : len(now) - tail])


def _from_a_word(old: str, start: int, end: int, new: str) -> tuple[int, int, str]:
    """The same change so that what goes or comes begins with its word and not with the space before it."""
    going = old[start:end]
    if old[end : end + 1] == " " and not (going and new):
        if going.startswith(" "):
            return start + 1, end + 1, new
        if new.startswith(" "):
            return start + 1, end + 1, new[1:] + " "
    return start, end, new


def _keeps_apart(token: str) -> bool:
    """Whether two changes with `token` between them are two: words part them, and line ends are kept."""
    return token == "\n" or token[0].isalnum() or token[0] == "_"


def touched(document: Document, leaf: Leaf, edits: Sequence[Edit]) -> Span:
    """The words of `leaf` that `edits` (one at least) touch, from the first to the last."""
    text = document.text
    start, end = min(edit.span.start for edit in edits), max(edit.span.end for edit in edits)
    while start > leaf.span.start and not text[start - 1].isspace():
        start -= 1
    while end < leaf.span.end and not text[end].isspace():
        end += 1
    return Span(start, end)


def place_of(leaf: Leaf, leaves: Sequence[Leaf]) -> int | None:
    """The number of the one leaf among `leaves` that is exactly `leaf`; None where none or several are."""
    found = [n for n, other in enumerate(leaves) if (other.kind, other.text) == (leaf.kind, leaf.text)]
    return found[0] if len(found) == 1 else None


def copy_of(leaves: Sequence[Leaf], index: int, after: str, others: Sequence[Leaf]) -> int | None:
    """The place on another page, with the leaves `others`, of a copy of the leaf `index` of this one.

    None where it doesn't stand exactly once, where `after` stands there already, or where so few words
    stand in another neighbourhood.
    """
    leaf = leaves[index]
    place = place_of(leaf, others)
    if place is None or any((other.kind, other.text) == (leaf.kind, after) for other in others):
        return None
    if len(leaf.text.split()) < _FEW_WORDS and _beside(leaves, index) != _beside(others, place):
        return None
    return place


def _beside(leaves: Sequence[Leaf], index: int) -> tuple[str, str]:
    before = leaves[index - 1].text if index > 0 else ""
    after = leaves[index + 1].text if index + 1 < len(leaves) else ""
    return before, after
