"""What a change says, apart from where it stands: by this a refusal is remembered."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from docbot.markdown import Document, Parser
from docbot.text import Edit, LineIndex, Span, apply
from docbot.types import Draft, content_key


def content_keys(draft: Draft, document: Document) -> tuple[str, ...]:
    """A key for each block that `draft` changes on its page, in the order of the text.

    It is the same wherever the block stands, on any page, in any repository. Raises IndexError when
    the draft was made for another text.
    """
    by_block: dict[Span, list[Edit]] = defaultdict(list)
    for edit in sorted(draft.fix.edits):
        by_block[_block(document, edit.span)].append(edit)
    keys = []
    for block, edits in by_block.items():
        before = block.of(document.text)
        moved = [Edit(edit.span.shifted(-block.start), edit.replacement) for edit in edits]
        keys.append(content_key(draft.finding.rule, before, apply(before, moved)))
    return tuple(dict.fromkeys(keys))


def keys_of(drafts: Iterable[Draft], texts: Mapping[str, str]) -> list[tuple[str, ...]]:
    """The content keys of each draft, in order. `texts` has each page's text; each page is parsed once.

    Raises KeyError when `texts` lacks a page, IndexError when a draft was made for another text.
    """
    parser = Parser()
    documents: dict[str, Document] = {}
    found = []
    for draft in drafts:
        path = draft.finding.path
        if path not in documents:
            documents[path] = Document(path, texts[path], parser=parser)
        found.append(content_keys(draft, documents[path]))
    return found


def _block(document: Document, span: Span) -> Span:
    """The leaf block or definition around `span`; whole lines where neither holds it."""
    block = document.leaf_at(span)
    if block is not None and block.span is not None and not block.children:
        return block.span
    for definition in document.definitions:
        if definition.span is not None and definition.span.contains(span):
            return definition.span
    index = LineIndex(document.text)
    first, last = (index.line_span(index.line(offset)) for offset in (span.start, span.end))
    return Span(min(first.start, span.start), max(last.end, span.end))
