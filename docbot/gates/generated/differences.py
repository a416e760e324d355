"""How two counts of things differ, in words that name the things."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable
from typing import TypeVar

Thing = TypeVar("Thing", bound=Hashable)
_LONGEST = 60
"""Code points of a thing that a reason names."""

Answer = tuple[bool, str]


def split(before: Iterable[Thing], after: Iterable[Thing]) -> tuple[list[Thing], list[Thing]]:
    """What is gone and what is new, each as often as it is, in the order of the text."""
    old, new = list(before), list(after)
    return list((Counter(old) - Counter(new)).elements()), list((Counter(new) - Counter(old)).elements())


def differ(gone: list[str], new: list[str], noun: str = "") -> str:
    """A reason that names what is `gone` and what is `new`; empty where nothing is."""
    what = f"{noun} " if noun else ""
    if gone and new:
        return f"{what}{quoted(gone[0])} became {quoted(new[0])}"
    if gone:
        return f"{what}{quoted(gone[0])} is missing"
    return f"{what}{quoted(new[0])} is new" if new else ""


def compared(before: Iterable[str], after: Iterable[str], noun: str, same: str) -> Answer:
    """A gate's answer on two counts of words."""
    reason = differ(*split(before, after), noun)
    return not reason, reason or same


def quoted(text: str) -> str:
    """“text”, not longer than a reason has room for."""
    shown = " ".join(text.split())
    return f"“{shown if len(shown) <= _LONGEST else shown[: _LONGEST - 1] + '…'}”"
