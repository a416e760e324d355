"""What a change alters for the reader of a page: the words that are shown, and where links lead."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import takewhile
from typing import TypeVar

from docbot.forges.content import content_keys
from docbot.markdown import Document, Parser
from docbot.markdown.learn import shown
from docbot.markdown.nodes import Block, Link, LinkKind
from docbot.markdown.slugs import plain_text
from docbot.reporters.checks import Code, Sentence
from docbot.reporters.hunks import Place
from docbot.reporters.neutral import CUT, cut
from docbot.text import Edit, LineIndex, Span, apply
from docbot.types import Draft

_AROUND = 3
"""Words that are shown on each side of those that changed."""
_LONGEST = 200
_MOST = 3
_INCLUDED = (LinkKind.INCLUDE, LinkKind.SNIPPET)
_LEADS = {
    LinkKind.IMAGE: "the image",
    LinkKind.LEARN_IMAGE: "the image",
    LinkKind.INCLUDE: "what stands in",
    LinkKind.SNIPPET: "the code in",
    LinkKind.DEFINITION: "the links lead to",
}
_Item = TypeVar("_Item", Block, Link)


class View:
    """A page before and after all its edits.

    Where these make more or fewer blocks, or links, nothing is said of them: which belong together can't
    be told.
    """

    def __init__(self, before: Document, edits: Iterable[Edit]) -> None:
        after = before.with_text(apply(before.text, edits))
        self._before, self._after = before, after
        self._lines = LineIndex(before.text)
        self._leaves = dict(_pairs(list(_leaves(before)), list(_leaves(after))))
        self._links = _pairs(before.outline.links, after.outline.links)

    def keys(self, draft: Draft) -> tuple[str, ...]:
        """The content keys of one of the page's drafts."""
        return content_keys(draft, self._before)

    def seen(self, place: Place) -> Sentence:
        """What a reader sees after the edits at `place`; empty where nothing certain can be said."""
        edits = [edit for draft in place.drafts for edit in draft.fix.edits if self._is_at(place, edit)]
        texts = list(dict.fromkeys(self._text(edit.span) for edit in edits))
        leads = [link for link in self._links if _leads_elsewhere(*link, edits)]
        phrases = [_words(*both) for both in texts if both]
        clauses = [_instead("", old, new) for old, new in phrases if old != new]
        if leads and all(both and both[0] == both[1] for both in texts) and not _includes(leads):
            clauses.append(("the same text",))
        clauses += dict.fromkeys(_lead(*link) for link in leads)
        if len(clauses) > _MOST:
            clauses = [*clauses[:_MOST], (f"and {len(clauses) - _MOST} more",)]
        pieces = [piece for clause in clauses for piece in ("; ", *clause)]
        return (*pieces[1:], ".") if pieces else ()

    def _is_at(self, place: Place, edit: Edit) -> bool:
        return place.line <= self._lines.line(edit.span.start) <= place.end_line

    def _text(self, span: Span) -> tuple[str, str] | None:
        """What is shown of the block around `span`, before and after; None where that isn't known."""
        leaf = self._before.leaf_at(span)
        if leaf is None:
            definitions = (one.span for one in self._before.definitions)
            return ("", "") if any(one and one.contains(span) for one in definitions) else None
        if leaf not in self._leaves:
            return None
        old, new = _shown(leaf, self._before), _shown(self._leaves[leaf], self._after)
        return None if old is None or new is None else (old, new)


def views(drafts: Iterable[Draft], texts: Mapping[str, str]) -> dict[str, View]:
    """Every page with a draft, by its path. Raises what `docbot.reporters.hunks.hunks` raises."""
    edits: dict[str, list[Edit]] = defaultdict(list)
    for draft in drafts:
        edits[draft.finding.path] += draft.fix.edits
    parser = Parser()
    return {path: View(Document(path, texts[path], parser=parser), mine) for path, mine in edits.items()}


def _leaves(document: Document) -> Iterator[Block]:
    return (block for top in document.blocks for block in top.walk() if not block.children)


def _pairs(old: Sequence[_Item], new: Sequence[_Item]) -> list[tuple[_Item, _Item]]:
    """Both sides item by item; nothing where they aren't alike in number and kind."""
    alike = [item.kind for item in old] == [item.kind for item in new]
    return list(zip(old, new, strict=True)) if alike else []


def _shown(leaf: Block, document: Document) -> str | None:
    if leaf.kind == "code" and leaf.content is not None:
        said = leaf.content.of(document.text)
    elif leaf.kind in ("code", "html") or not leaf.proved:
        return None
    else:
        said = shown(plain_text(leaf.inlines))
    return " ".join(said.split())


def _leads_elsewhere(old: Link, new: Link, edits: Sequence[Edit]) -> bool:
    return old.destination != new.destination and any(old.span.contains(edit.span) for edit in edits)


def _includes(links: Sequence[tuple[Link, Link]]) -> bool:
    return any(old.kind in _INCLUDED for old, _ in links)


def _lead(old: Link, new: Link) -> Sentence:
    said = _LEADS.get(old.kind, "the link leads to")
    return _instead(f"{said} ", cut(old.destination, _LONGEST), cut(new.destination, _LONGEST))


def _instead(lead: str, old: str, new: str) -> Sentence:
    return (
        *filter(None, (lead,)),
        Code(new) if new else "nothing",
        " instead of ",
        Code(old) if old else "nothing",
    )


def _words(old: str, new: str) -> tuple[str, str]:
    """The words that differ, with a few around them."""
    a, b = old.split(), new.split()
    first = _alike(a, b)
    last = _alike(a[first:][::-1], b[first:][::-1])
    return _part(a, first, last), _part(b, first, last)


def _alike(a: Sequence[str], b: Sequence[str]) -> int:
    """How many items both begin with."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(a, b, strict=False)))


def _part(words: list[str], first: int, last: int) -> str:
    """The words without the `first` and `last` that stayed, but for a few."""
    start, end = max(0, first - _AROUND), min(len(words), len(words) - last + _AROUND)
    said = cut(" ".join(words[start:end]), _LONGEST)
    return f"{CUT} " * (start > 0) + said + f" {CUT}" * (end < len(words))
