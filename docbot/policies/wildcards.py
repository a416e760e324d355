"""Matching with wildcards in a time no pattern can blow up."""

from __future__ import annotations

from collections.abc import Callable, Sequence


def matches(pattern: Sequence[str], text: Sequence[str], many: str, same: Callable[[str, str], bool]) -> bool:
    """Whether `text` fits `pattern` item by item, where the item `many` stands for any number of items.

    Only the last `many` is ever tried again: whatever may follow an earlier one may follow the last as well.
    """
    at = there = 0
    star, back = -1, 0
    while there < len(text):
        if at < len(pattern) and pattern[at] == many:
            star, back = at, there
            at += 1
        elif at < len(pattern) and same(pattern[at], text[there]):
            at, there = at + 1, there + 1
        elif star >= 0:
            back += 1
            at, there = star + 1, back
        else:
            return False
    return all(left == many for left in pattern[at:])


def name_matches(pattern: str, name: str) -> bool:
    """Whether one name fits: `*` is any number of characters, `?` is one."""
    return matches(pattern, name, "*", lambda want, is_: want in ("?", is_))
