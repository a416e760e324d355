"""What a reporter is: a plain function from a report to text, in pieces that can be written at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import msgspec

from docbot.types import Report


class RuleInfo(msgspec.Struct, frozen=True, gc=False):
    """What a report says of a rule: its name, one sentence, and its page as Markdown."""

    name: str
    summary: str
    page: str = ""


class Options(msgspec.Struct, frozen=True):
    """What a reporter needs beside the report. `width` is in terminal cells; 0 never wraps."""

    version: str = ""
    rules: tuple[RuleInfo, ...] = ()
    width: int = 0


Reporter = Callable[[Report, Options], Iterator[str]]
"""Yields the report piece by piece. Line ends are `\\n`: write it as UTF-8 without translating them."""
