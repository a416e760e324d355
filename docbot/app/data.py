"""The verb `data refresh`."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import msgspec

from docbot.lifecycles import Lifecycles, stored
from docbot.lifecycles_refresh import API, fetch


class Refreshed(msgspec.Struct, frozen=True):
    """What a refresh brought, and how it differs from what was used before."""

    path: Path
    facts: Lifecycles
    releases: int
    changed: int
    """Releases that are new or have another day."""
    warning: str = ""
    """What was wrong with the facts of an earlier refresh."""


def refresh(source: str = API) -> Refreshed:
    """Fetch the lifecycle facts that later scans use, from `source` (a URL that is said like API).

    Raises LifecycleError when they can't be had or believed; then nothing changes.
    """
    before = stored.newest()
    facts = fetch(datetime.now(UTC).date(), source.rstrip("/") + "/")
    known = _releases(before.facts)
    found = _releases(facts)
    return Refreshed(stored.keep(facts), facts, len(found), len(found - known), before.warning)


def _releases(facts: Lifecycles) -> set[tuple[str, str]]:
    """Every release with its days, in a form that can be compared."""
    return {(name, repr(release)) for name, product in facts.products.items() for release in product.releases}
