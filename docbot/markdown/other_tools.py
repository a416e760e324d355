"""What a page's comments tell other tools to pass over, so that nobody says it twice.

Read are those of markdownlint (and rumdl, which takes the same), markdown-link-check and Vale, each for the
rules of docbot that look for the same. What they silence, they silence here; what they don't need any more is
their tools' affair.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

import msgspec

from docbot.markdown.nodes import Suppression
from docbot.text import Span

LINKS = (
    "file-not-found",
    "bookmark-not-found",
    "redirected-link",
    "wrong-case-link",
    "legacy-host-link",
    "locale-in-link",
    "dead-link",
    "permanently-moved",
)
WORDING: tuple[str, ...] = (
    "wrong-article",
    "its-or-it-is",
    "grammar-slip",
    "doubled-word",
    "misspelled-word",
    "minority-casing",
    "off-house-term",
)
MARKDOWNLINT: Mapping[str, tuple[str, ...]] = {
    "md001": ("skipped-heading-level",),
    "heading-increment": ("skipped-heading-level",),
    "md025": ("skipped-heading-level",),
    "single-title": ("skipped-heading-level",),
    "single-h1": ("skipped-heading-level",),
    "md045": ("missing-alt-text",),
    "no-alt-text": ("missing-alt-text",),
    "md059": ("vague-link-text",),
    "descriptive-link-text": ("vague-link-text",),
    "md033": ("unescaped-placeholder",),
    "no-inline-html": ("unescaped-placeholder",),
    "md044": ("minority-casing",),
    "proper-names": ("minority-casing",),
    "md051": ("bookmark-not-found",),
    "link-fragments": ("bookmark-not-found",),
    "md057": ("file-not-found", "wrong-case-link"),
    "existing-relative-links": ("file-not-found", "wrong-case-link"),
}
"""Names and aliases of markdownlint's and rumdl's rules."""
_EVERY = tuple(dict.fromkeys(rule for rules in MARKDOWNLINT.values() for rule in rules))

_COMMENT = re.compile(
    r"<!--\s*(?:"
    r"markdownlint-(?P<lint>disable-file|disable-next-line|disable-line|disable|enable|capture|restore)"
    r"(?P<names>(?:\s+[\w-]{1,60}){0,60})"
    r"|markdown-link-check-(?P<check>disable-next-line|disable-line|disable|enable)"
    r"|vale\s+(?P<vale>off|on)"
    r")\s*-->",
    re.I,
)
_SIGNS = ("markdownlint-", "markdown-link-check-", "vale")


class _Order(msgspec.Struct, frozen=True):
    """What a comment says: `verb` as markdownlint has it, and of which rules."""

    verb: str
    rules: tuple[str, ...]


def other_suppressions(text: str, comments: Iterable[Span]) -> tuple[Suppression, ...]:
    """What the `comments`, in the order of the text, silence for other tools and so for docbot."""
    if not any(sign in text for sign in _SIGNS):
        return ()
    return tuple(dict.fromkeys(_silenced(text, comments)))


def _silenced(text: str, comments: Iterable[Span]) -> Iterator[Suppression]:
    opened: dict[str, Span] = {}
    captured: dict[str, Span] = {}
    for span in comments:
        order = _order(text, span)
        if order is None:
            continue
        if order.verb == "capture":
            captured = dict(opened)
        elif order.verb in ("enable", "restore"):
            closing = order.rules if order.verb == "enable" else opened.keys() - captured.keys()
            yield from (
                _suppression(text, rule, opened.pop(rule), span.start) for rule in closing if rule in opened
            )
        elif order.verb == "disable":
            opened |= {rule: span for rule in order.rules if rule not in opened}
        else:
            target = _target(text, span, order.verb)
            yield from (Suppression(rule, "", span.of(text), span, target, True) for rule in order.rules)
    yield from (_suppression(text, rule, span, len(text)) for rule, span in opened.items())


def _suppression(text: str, rule: str, span: Span, end: int) -> Suppression:
    return Suppression(rule, "", span.of(text), span, Span(_line_start(text, span.start), end), True)


def _order(text: str, comment: Span) -> _Order | None:
    match = _COMMENT.fullmatch(text, comment.start, comment.end)
    if match is None:
        return None
    if match["lint"]:
        names = match["names"].lower().split()
        rules = [rule for name in names for rule in MARKDOWNLINT.get(name, ())] if names else _EVERY
        return _Order(match["lint"].lower(), tuple(dict.fromkeys(rules)))
    if match["check"]:
        return _Order(match["check"].lower(), LINKS)
    return _Order("disable" if match["vale"].lower() == "off" else "enable", WORDING)


def _target(text: str, comment: Span, verb: str) -> Span:
    if verb == "disable-file":
        return Span(0, len(text))
    start = _line_start(text, comment.start)
    if verb == "disable-next-line":
        start = _line_end(text, comment.end)
    return Span(start, _line_end(text, max(start, comment.end)))


def _line_start(text: str, offset: int) -> int:
    return text.rfind("\n", 0, offset) + 1


def _line_end(text: str, offset: int) -> int:
    """Behind the end of the line at `offset`."""
    end = text.find("\n", offset)
    return len(text) if end < 0 else end + 1
