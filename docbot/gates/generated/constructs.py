"""Gates on what Markdown makes of a section: headings, images, link texts, footnotes, emphasis."""

from __future__ import annotations

import re
from collections.abc import Iterator

from docbot.gates.generated.differences import Answer, compared, quoted
from docbot.gates.generated.rewrite import Rewrite
from docbot.gates.generated.vocabulary import STOP, stem
from docbot.markdown import Document
from docbot.markdown.nodes import Inline, LinkKind
from docbot.text import Span
from docbot.types import normalised

_NOTE_OR_BOX = re.compile(r"\[\^[^\s\[\]]{1,100}\]:?|(?:^|(?<=[-*+.)] ))\[[ xX]\](?=\s)", re.M)
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_EMPHASIS = frozenset({"emphasis", "strong", "strikethrough"})


def same_headings(rewrite: Rewrite) -> Answer:
    """Every heading says what it said, but for the one that the finding is about."""
    old, new = rewrite.before.outline.headings, rewrite.after.outline.headings
    if len(old) != len(new):
        return False, "the edit would add or remove a heading"
    about = rewrite.draft.finding.span
    for mine, theirs in zip(old, new, strict=True):
        if (mine.level, mine.text) != (theirs.level, theirs.text) and not mine.span.overlaps(about):
            return False, f"the heading {quoted(mine.text)} became {quoted(theirs.text)}"
    return True, "every heading is the same"


def same_images(rewrite: Rewrite) -> Answer:
    """Images with their alternative texts, and the titles of links, are the same."""
    old, new = _written(rewrite.before), _written(rewrite.after)
    return compared(old, new, "the image or link", "images, alternative texts and titles are the same")


def _written(document: Document) -> Iterator[str]:
    """Images as written, and of links all but their texts."""
    for node, _ in document.parsed.inventory.links:
        if node.span is None:
            continue
        last = node.children[-1].span if node.kind == "link" and node.children else None
        yield Span(last.end if last else node.span.start, node.span.end).of(document.text)


def same_footnotes(rewrite: Rewrite) -> Answer:
    """Footnotes and the boxes of tasks are the same."""
    old, new = (_NOTE_OR_BOX.findall(text) for text in (rewrite.source_before, rewrite.source_after))
    return compared(old, new, "the mark", "footnotes and task boxes are the same")


def same_link_texts(rewrite: Rewrite) -> Answer:
    """Each link still stands on words that it stood on."""
    old, new = (
        [link for link in document.outline.links if link.kind is LinkKind.LINK]
        for document in (rewrite.before, rewrite.after)
    )
    for mine, theirs in zip(old, new, strict=False):
        was, now = _content(mine.text), _content(theirs.text)
        if 2 * len(was & now) < len(was) or len(now) > 2 * len(was) + 2:
            return False, f"the link text {quoted(mine.text)} became {quoted(theirs.text)}"
    return True, "each link stands on the same words"


def _content(text: str) -> set[str]:
    words = (word.lower().replace("’", "'").removesuffix("'s") for word in _WORD.findall(text))
    return {stem(word) for word in words if word not in STOP}


def same_emphasis(rewrite: Rewrite) -> Answer:
    """The same words are emphasised, in the same way."""
    old = _emphasised(rewrite.before, rewrite.section_before)
    new = _emphasised(rewrite.after, rewrite.section_after)
    return compared(old, new, "the emphasis", "the emphasis is the same")


def _emphasised(document: Document, section: Span) -> Iterator[str]:
    for node in document.inlines():
        if node.kind in _EMPHASIS and node.span and section.contains(node.span):
            mark = document.text[node.span.start] * (2 if node.kind == "strong" else 1)
            text = _text(node, document)
            words = " ".join(sorted(_content(text)))
            yield mark + (words or normalised(text).lower()) + mark


def _text(node: Inline, document: Document) -> str:
    first, last = node.children[:1], node.children[-1:]
    if not first or first[0].span is None or last[0].span is None:
        return node.span.of(document.text) if node.span else ""
    return Span(first[0].span.start, last[0].span.end).of(document.text)
