"""Makes text of a docs repository harmless on GitHub: it is shown, and does nothing.

Text goes into code, inline or fenced, where Markdown means nothing. Even there its references are
broken by an invisible space: a maintainer may squash the body into a commit message, which knows no
code and closes issues.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from docbot.reporters.plain import visible, visible_lines

BREAK = "\u200b"
"""ZERO WIDTH SPACE: parts a reference without changing how it reads."""
CUT = "…"

_RUNS = re.compile("`+")
_WORDS = re.compile(r"\s+")
_NOT_INFO = re.compile(r"[^A-Za-z0-9+-]")
_MARKDOWN = re.compile(r"[\\`*_^\[\]<>#|~$&]")

_REFERENCES = re.compile(
    r"@(?=\S)"
    r"|\#(?=\d|[^\x00-\x7f])"
    r"|(?<![A-Za-z0-9])GH-(?=\d|[^\x00-\x7f])"
    r"|github\.com/[^\s/]{1,100}/[^\s/]{1,100}/(?:issues|pulls?|discussions|commits?|compare)/(?=\S)"
    r"|<!(?=--)|--(?=>)"
    r"|[-*+](?=[ \t]*\[.\])",
    re.IGNORECASE | re.VERBOSE,
)
"""Mentions, references, GitHub's addresses, comments (docbot's own marks are some), task list items."""
_LINKED = re.compile(
    r":(?=//)"
    r"|www(?=\.)"
    r"|&(?=\#?[A-Za-z0-9]{1,40};)"
    r"|\[(?=(?:skip|ci|no|actions)[ ](?:ci|skip|actions)\])"
    r"|skip-checks(?=:)"
    r"|-by(?=:)"
    r"|[0-9A-Fa-f]{6}(?=[0-9A-Fa-f])",
    re.IGNORECASE | re.VERBOSE,
)
"""What is more than text outside of code: addresses, entities, commands to CI, trailers, commit ids."""


def code(text: str, limit: int = 400) -> str:
    """`text` as one inline code span, cut to `limit` code points. Not for a cell of a table.

    Line ends become spaces; control characters and direction overrides are dropped.
    """
    shown = unreferenced(cut(visible(text), limit))
    fence = "`" * (_longest_run(shown) + 1)
    if not shown.strip(" "):
        return f"{fence} {fence}"
    # A renderer takes one space off each end where both have one, and a backtick may not meet the fence.
    padded = shown[0] in "` " or shown[-1] in "` "
    return f"{fence} {shown} {fence}" if padded else f"{fence}{shown}{fence}"


def fenced(text: str, info: str = "") -> str:
    """`text` as a fenced code block that always closes. It needs lines of its own; the last isn't ended."""
    shown = unreferenced(visible_lines(text))
    fence = "`" * max(3, _longest_run(shown) + 1)
    return f"{fence}{_NOT_INFO.sub('', info)}\n{shown}\n{fence}"


def plain(text: str, limit: int = 300) -> str:
    """`text` as a title or a line of a commit message, at most `limit` code points long.

    It mentions nobody, refers to nothing, closes nothing and links nowhere, and neither does any text
    cut from its end.
    """
    words = _WORDS.sub(" ", visible(text)).strip()
    return cut(_unlinked(words), limit)


def prose(text: str) -> str:
    """Words of docbot's own or of a rule's, as Markdown that shows exactly them. Outer spaces stay."""
    return _MARKDOWN.sub(r"\\\g<0>", _unlinked(visible(text)))


def cut(text: str, limit: int) -> str:
    """The start of `text`, at most `limit` code points; a cut is marked."""
    return text if len(text) <= limit else text[: limit - 1].rstrip() + CUT


def is_inert(text: str) -> bool:
    """Whether `code` would show `text` as it is, so that a command copied from there works."""
    return unreferenced(visible(text)) == text


def joined(items: Sequence[str]) -> str:
    """`items` as a sentence lists them."""
    return " and ".join(filter(None, (", ".join(items[:-1]), *items[-1:])))


def unreferenced(text: str) -> str:
    """`text` with its mentions, references, comments and check boxes broken, and else as it is."""
    return _REFERENCES.sub(lambda found: found.group() + BREAK, text)


def _unlinked(text: str) -> str:
    return _LINKED.sub(lambda found: found.group() + BREAK, unreferenced(text))


def _longest_run(text: str) -> int:
    return max((len(run) for run in _RUNS.findall(text)), default=0)
