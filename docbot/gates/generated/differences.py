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
    """“text”, not longer than a reason has room for; a “…” stands for what isn't text, such as code."""
    shown = " ".join(text.replace("\ufffc", "…").split())
    return f"“{shown if len(shown) <= _LONGEST else shown[: _LONGEST - 1] + '…'}”"


def parting(before: str, after: str) -> tuple[str, str]:
    """What two texts have on the lines from the first that differs to the last."""
    old, new = before.splitlines(), after.splitlines()
    first = next(
        (i for i, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new))
    )
    rest = list(zip(reversed(old[first:]), reversed(new[first:]), strict=False))
    last = next((i for i, (a, b) in enumerate(rest) if a != b), len(rest))
    return "\n".join(old[first : len(old) - last]), "\n".join(new[first : len(new) - last])
