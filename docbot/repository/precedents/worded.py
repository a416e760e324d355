"""What people did with the two ways to say a thing, in the lines they edited."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from docbot.measured import Measured
from docbot.repository.patches import Hunk
from docbot.repository.precedents.events import changed_lines
from docbot.wordings import WORDINGS, Wording

_CODE = re.compile(r"`[^`\n]{0,200}`")


def worded(hunks: Iterable[Hunk]) -> dict[str, Measured]:
    """For each wording people came by: how often they wrote the house's words, the reverse, or left it.

    An edit made in copies of a page counts once.
    """
    counts: dict[str, Counter[str]] = {wording.name: Counter() for wording in WORDINGS}
    for was, now in {(was, now) for hunk in hunks for _, was, now in changed_lines(hunk) if was != now}:
        old, new = (_CODE.sub("`", line) for line in (was, now))
        for wording in WORDINGS:
            counts[wording.name].update(_fate(wording, old, new))
    return {
        name: Measured(same=fates["same"], other=fates["other"], kept=fates["kept"])
        for name, fates in counts.items()
        if fates
    }


def _fate(wording: Wording, old: str, new: str) -> dict[str, int]:
    before, after = (len(wording.is_other.findall(line)) for line in (old, new))
    if not before and not after:
        return {}
    gained = len(wording.is_house.findall(new)) - len(wording.is_house.findall(old))
    if before > after and gained > 0:
        return {"same": 1}
    if after > before and gained < 0:
        return {"other": 1}
    return {"kept": 1} if min(before, after) else {}
