"""Copies of a page that stand side by side, one for each version of a product."""

from __future__ import annotations

import re

VERSION = re.compile(r"(?:(?<=/)|^)v?(\d+(?:\.\d+)*)(?=/)")
"""A folder that is named after a version."""


def family(path: str) -> str:
    """What `path` has in common with its copies for other versions: equal for all of them."""
    return VERSION.sub("*", path)


def version_of(path: str) -> tuple[int, ...]:
    """The version a page is for, by the innermost folder named after one; empty where there is none."""
    found = VERSION.findall(path)
    return tuple(map(int, found[-1].split("."))) if found else ()
