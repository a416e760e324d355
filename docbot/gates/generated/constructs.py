"""Gates on what Markdown makes of a section: images, link texts, footnotes, emphasis."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from docbot.gates.generated.differences import Answer, compared, differ, quoted, split
from docbot.gates.generated.rewrite import Rewrite
from docbot.gates.generated.vocabulary import STOP, stem
from docbot.markdown import Document
from docbot.markdown.nodes import Inline, LinkKind
from docbot.text import Span
from docbot.types import normalised

_NOTE_OR_BOX = re.compile(r"\[\^[^\s\[\]]{1,100}\]:?|(?:^|(?<=[-*+.)] ))\[[ xX]\](?=\s)", re.M)
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_EMPHASIS = frozenset({"emphasis", "strong", "strikethrough"})


def same_images(rewrite: Rewrite) -> Answer:
    """Images with their alternative texts, and the titles of links, are the same."""
    old, new = _written(rewrite.before), _written(rewrite.after)
    return compared(old, new, "the image or title", "images, alternative texts and titles are the same")


def _written(document: Document) -> Iterator[str]:
    """Images as written, and the titles of links."""
    for node, _ in document.parsed.inventory.links:
        if node.kind == "image" and node.span:
            yield node.span.of(document.text)
        elif node.style == "inline" and node.span and node.destination_span:
            title = Span(node.destination_span.end, node.span.end).of(document.text).strip(" \t\r\n<>()")
            yield from [title] if title else []


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
        if 2 * len(was & now) < len(was) or len(now) > len(was) + 2:
            return False, f"the link text {quoted(mine.text)} became {quoted(theirs.text)}"
    return True, "each link stands on the same words"


def _content(text: str) -> set[str]:
    words = (word.lower().replace("’", "'").removesuffix("'s") for word in _WORD.findall(text))
    return {stem(word) for word in words if word not in STOP}


def same_emphasis(rewrite: Rewrite) -> Answer:
    """The same words are emphasised, in the same way; their forms may differ."""
    old = _emphasised(rewrite.before, rewrite.section_before)
    new = _emphasised(rewrite.after, rewrite.section_after)
    gone, more = split(old, new)
    shown = old | new
    reason = differ([shown[one] for one in gone], [shown[one] for one in more], "the emphasis")
    return not reason, reason or "the emphasis is the same"


def _emphasised(document: Document, section: Span) -> dict[tuple[str, str, int], str]:
    """What is emphasised: how, by its words of content, the how manieth of those; and as written."""
    found: dict[tuple[str, str, int], str] = {}
    counts: Counter[tuple[str, str]] = Counter()
    for node in document.inlines():
        if node.kind in _EMPHASIS and node.span and section.contains(node.span):
            text = _text(node, document)
            words = " ".join(sorted(_content(text))) or normalised(text).lower()
            found[node.kind, words, counts[node.kind, words]] = node.span.of(document.text)
            counts[node.kind, words] += 1
    return found


def _text(node: Inline, document: Document) -> str:
    first, last = node.children[:1], node.children[-1:]
    if not first or first[0].span is None or last[0].span is None:
        return node.span.of(document.text) if node.span else ""
    return Span(first[0].span.start, last[0].span.end).of(document.text)
