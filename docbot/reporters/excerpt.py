"""Lines of page text and of prose, cut or filled to a width."""

from __future__ import annotations

from collections.abc import Iterator

from rich.cells import cell_len
from rich.text import Text

from docbot.reporters.locate import Locator
from docbot.reporters.plain import CUT, head, tail, visible
from docbot.text import Span
from docbot.types import Finding


def excerpt_line(locator: Locator, finding: Finding, cells: int, style: str, indent: int) -> Text:
    """The finding's excerpt, styled, within its line and at most `cells` wide behind the indent."""
    text = locator.text(finding.path)
    index = locator.index(finding.path)
    line = index.line_span(index.line(finding.span.start))
    inside = Span(finding.span.start, min(finding.span.end, line.end))
    before = visible(Span(line.start, inside.start).of(text)).lstrip()
    after = visible(Span(inside.end, line.end).of(text)).rstrip()
    shown = visible(inside.of(text)) + (CUT if finding.span.end > line.end + 1 else "")
    shown = head(shown, cells)
    room = max(0, cells - cell_len(shown))
    left = max(room // 2, room - cell_len(after))
    before = tail(before, left) if left > len(CUT) else ""
    right = room - cell_len(before)
    after = head(after, right) if right > len(CUT) else ""
    return Text(" " * indent + before).append(shown, style).append(after)


def filled(said: str, width: int, indent: int, style: str = "", hanging: int | None = None) -> Iterator[Text]:
    """`said` (visible text) as lines of at most `width` cells, 0 for one line; words are never broken.

    A NUL in `said` is a space no line may end at. `hanging` indents every line but the first.
    """
    words = iter(said.split(" "))
    line = " " * indent + next(words)
    for word in words:
        if width and cell_len(line) + 1 + cell_len(word) > width:
            yield Text(line.replace("\0", " "), style)
            line = " " * (indent if hanging is None else hanging) + word
        else:
            line = f"{line} {word}"
    yield Text(line.replace("\0", " "), style)
