"""Which parts of a code span name something that source code can have: a path, an option, a symbol.

Only distinctive names count: a plain word stands in any code, whatever it means there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum

import msgspec

LONGEST = 120
"""Code points. A longer code span is an example, not a name."""
_SHORTEST = 5
_PATH = re.compile(r"(?:\./)?((?:[\w.@+-]{1,100}/){0,20}[\w.@+-]{1,100}/?)(?::\d{1,6})?")
_FILE = re.compile(r"[\w@+-][\w.@+-]*\.[A-Za-z][A-Za-z0-9]{0,7}")
_OPTION = re.compile(r"(?<![\w-])--([a-z][a-z0-9]*(?:-[a-z0-9]+)*)(?![\w-])")
_SYMBOL = re.compile(r"(?:[A-Za-z_]\w*(?:::|\.))*([A-Za-z_]\w*)(?:\(\))?")
_KEBAB = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)+")
_HUMP = re.compile(r"[a-z0-9][A-Z]|[A-Z]{2}[a-z]")
_PLACEHOLDER = re.compile(
    r"(?:^|[\W_])(?:my|your|our|some|foo|bar|baz|qux|example|sample|dummy|placeholder|x{2,}|path/to)(?:$|[\W_])"
    r"|^(?:my|your)[A-Z]",
    re.I,
)


_CODE_SPAN = re.compile(r"(?<!`)`([^`\r\n]{1,200})`(?!`)")


class NameKind(StrEnum):
    """What a name in a code span names."""

    PATH = "path"
    OPTION = "option"
    SYMBOL = "symbol"


class CodeName(msgspec.Struct, frozen=True, gc=False):
    """A name as it is written, without the dashes of an option; `[start, end)` within the code span."""

    kind: NameKind
    text: str
    start: int
    end: int


def names_in(code: str) -> Iterator[CodeName]:
    """The names in `code`, the text of a code span: a path or a symbol is all of it, options are parts."""
    if len(code) > LONGEST or _PLACEHOLDER.search(code):
        return
    indent = len(code) - len(code.lstrip())
    name = code.strip()
    path = _PATH.fullmatch(name)
    if path and _is_path(path[1]):
        start = indent + path.start(1)
        yield CodeName(NameKind.PATH, path[1], start, start + len(path[1]))
        return
    for option in _OPTION.finditer(code):
        if len(option[1]) >= _SHORTEST:
            yield CodeName(NameKind.OPTION, option[1], option.start(1), option.end(1))
    symbol = _SYMBOL.fullmatch(name) or _KEBAB.fullmatch(name)
    if symbol:
        group = 1 if symbol.re is _SYMBOL else 0
        if _is_distinctive(symbol[group]):
            start = indent + symbol.start(group)
            yield CodeName(NameKind.SYMBOL, symbol[group], start, start + len(symbol[group]))


def names_on(text: str) -> Iterator[CodeName]:
    """The names in what may be code spans of a page, without parsing it: too many rather than too few."""
    for span in _CODE_SPAN.finditer(text):
        yield from names_in(span[1])


def _is_path(path: str) -> bool:
    names = path.rstrip("/").split("/")
    if not path.isascii() or any(name in ("", ".") for name in names):
        return False
    if len(names) == 1:
        return not path.endswith("/") and bool(_FILE.fullmatch(path)) and not _is_call(path)
    return path.endswith("/") or bool(_FILE.fullmatch(names[-1])) or len(names) > 2


def _is_call(name: str) -> bool:
    # `console.log` and `System.IO` look like files; no file's ending is in capitals within.
    return not re.fullmatch(r".*\.[a-z][a-z0-9]*", name) or name.count(".") > 2


def _is_distinctive(name: str) -> bool:
    bare = name.strip("_")
    if len(bare) < _SHORTEST:
        return False
    return "_" in bare or "-" in bare or bool(_HUMP.search(bare))
