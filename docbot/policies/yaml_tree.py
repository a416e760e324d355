"""YAML of strangers as a plain tree, with line numbers. Nothing in it is made, followed or repeated."""

from __future__ import annotations

from typing import NamedTuple, TypeAlias

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceStartEvent,
)

LARGEST = 60_000
"""Code points; larger files are left unread."""
_DEEPEST = 40


class Entry(NamedTuple):
    """A mapping; of two equal keys the last one counts."""

    values: dict[str, Tree]
    line: int
    """From 1."""


Tree: TypeAlias = "str | list[Tree] | Entry"


class UnknownYamlError(ValueError):
    """The text is no YAML of the simple kind: bad syntax, aliases, nested too deep, too large."""


class _Open(NamedTuple):
    is_mapping: bool
    line: int
    items: list[Tree]


def tree_of(text: str) -> Tree:
    """The first document in `text`; an empty string where there is none. Raises UnknownYamlError."""
    if len(text) > LARGEST:
        raise UnknownYamlError(f"more than {LARGEST:,} characters")
    stack = [_Open(False, 1, [])]
    try:
        for event in YAML(typ="safe", pure=True).parse(text):
            if isinstance(event, AliasEvent):
                raise UnknownYamlError("an alias")
            if isinstance(event, MappingStartEvent | SequenceStartEvent):
                is_mapping = isinstance(event, MappingStartEvent)
                stack.append(_Open(is_mapping, event.start_mark.line + 1, []))
            elif isinstance(event, CollectionEndEvent):
                done = stack.pop()
                stack[-1].items.append(_closed(done))
            elif isinstance(event, ScalarEvent):
                stack[-1].items.append(event.value)
            if len(stack) > _DEEPEST:
                raise UnknownYamlError(f"more than {_DEEPEST} levels")
    # An escape of a character that isn't there is an OverflowError or a plain ValueError.
    except (YAMLError, OverflowError, ValueError) as error:
        raise UnknownYamlError("no YAML") from error
    return stack[0].items[0] if stack[0].items else ""


def _closed(done: _Open) -> Tree:
    if not done.is_mapping:
        return done.items
    pairs = zip(done.items[::2], done.items[1::2], strict=False)
    return Entry({key: value for key, value in pairs if isinstance(key, str)}, done.line)
