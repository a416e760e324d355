"""What on a page must stay as it is: generated blocks, and the words its authors fixed.

The words come from `no-loc` in the front matter (a flow list, a block list or one word), from
`:::no-loc text="…":::`, and from the comments `docutune:ignore` and `docutune:casing`. A fixed word counts on
the whole page, in its own letter case, and as a whole word only: pages fix words as short as `-e` and `C`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from docbot.markdown.learn import NO_LOC
from docbot.markdown.nodes import FrontMatter, FrontMatterKey
from docbot.markdown.ranges import Ranges
from docbot.text import Span

MOST_WORDS = 1_000
"""Fixed words that are looked for on one page; people write a few dozen."""

_START = re.compile(r"^[ \t]*\[//\]:[^\r\n]*START>DO_NOT_EDIT", re.M)
_END = re.compile(r"^[ \t]*\[//\]:[^\r\n]*END>DO_NOT_EDIT[ \t]*\)[^\r\n]*", re.M)
"""With its bracket: the generator's own notice names the marker in the middle of a sentence."""
_DOCUTUNE = re.compile(r"\s*docutune:\s*([\w-]+)", re.I)
_TERM = re.compile(r'"([^"]+)"|([^\s,"]+)')
_ITEM = re.compile(r""""([^"]*)"|'([^']*)'|([^,\[\]"'\s][^,\[\]\r\n]*)""")
_ITEM_LINE = re.compile(r"^[ \t]*-[ \t]+([^\r\n]+)", re.M)


def comment_spans(text: str, html: Iterable[Span]) -> tuple[Span, ...]:
    """The HTML comments in the HTML nodes `html`; one that never closes ends with its node."""
    found: list[Span] = []
    for span in html:
        at = text.find("<!--", span.start, span.end)
        while at >= 0:
            closing = text.find("-->", at, span.end)
            end = closing + 3 if closing >= 0 else span.end
            found.append(Span(at, end))
            at = text.find("<!--", end, span.end)
    return tuple(found)


def protected_spans(text: str, comments: Sequence[Span], literal: Ranges) -> tuple[Span, ...]:
    """Ranges between START>DO_NOT_EDIT and its END, and between docutune:disable and :enable.

    What never ends, ends with the page. Markers in the ranges `literal` (code) are none.
    """
    return tuple(sorted([*_generated(text, literal), *_disabled(text, comments)]))


def _generated(text: str, literal: Ranges) -> Iterator[Span]:
    if "DO_NOT_EDIT" not in text:
        return
    at = 0
    while start := _START.search(text, at):
        at = start.end()
        if not literal.holds(start.start()):
            end = _END.search(text, at)
            at = end.end() if end else len(text)
            yield Span(start.start(), at)


def _disabled(text: str, comments: Sequence[Span]) -> Iterator[Span]:
    opened: int | None = None
    for comment in comments:
        verb, _ = docutune(comment.of(text))
        if verb == "disable" and opened is None:
            opened = comment.start
        elif verb == "enable" and opened is not None:
            yield Span(opened, comment.end)
            opened = None
    if opened is not None:
        yield Span(opened, len(text))


def docutune(comment: str) -> tuple[str, tuple[str, ...]]:
    """The verb of a `<!-- docutune:… -->` comment and its terms; an empty verb for other comments."""
    inner = comment.removeprefix("<!--").removesuffix("-->")
    match = _DOCUTUNE.match(inner)
    if not match:
        return "", ()
    return match[1].lower(), tuple(a or b for a, b in _TERM.findall(inner, match.end()))


def fixed_words(
    text: str, front: FrontMatter | None, comments: Iterable[Span], literal: Ranges
) -> frozenset[str]:
    """The words that must stay as they are; at most MOST_WORDS. Directives in `literal` (code) fix none."""
    words = list(_listed(text, front)) if front else []
    for match in NO_LOC.finditer(text) if ":::no-loc" in text else ():
        if not literal.holds(match.start()):
            words.append(match["text"].replace('\\"', '"'))
    for comment in comments:
        verb, terms = docutune(comment.of(text))
        if verb.startswith(("ignore", "casing")):
            words += terms
    return frozenset(list(dict.fromkeys(word for word in words if word.strip()))[:MOST_WORDS])


def word_spans(text: str, words: Iterable[str]) -> Iterator[Span]:
    """Every place where one of `words` stands as a whole word."""
    for word in words:
        at = text.find(word)
        while at >= 0:
            end = at + len(word)
            if not _joins(text[at - 1 : at]) and not _joins(text[end : end + 1]):
                yield Span(at, end)
            at = text.find(word, end)


def _joins(neighbour: str) -> bool:
    return neighbour.isalnum() or neighbour == "_"


def _listed(text: str, front: FrontMatter) -> Iterator[str]:
    ends = [*(key.span.start for key in front.keys), front.span.end]
    for key, end in zip(front.keys, ends[1:], strict=True):
        if key.name == "no-loc":
            yield from _items(text, key, end)


def _items(text: str, key: FrontMatterKey, end: int) -> Iterator[str]:
    below = text[key.span.end : end]
    if key.value.startswith("["):
        flow = key.value if "]" in key.value else key.value + below
        for a, b, c in _ITEM.findall(flow.partition("]")[0]):
            yield a or b or c.strip()
    elif key.value and not key.value.startswith("#"):
        yield key.value.strip("'\"")
    else:
        for item in _ITEM_LINE.findall(below):
            yield item.strip().strip("'\"")
