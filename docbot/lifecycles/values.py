"""Lifecycle facts as values, and what they say of a version on a day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

import msgspec


class Release(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """One release cycle. A day is the last on which something is true; None where none is set."""

    version: str
    """In lower case, words joined by hyphens: `7.4`, `2012-r2`, `10-22h2-e`."""
    released: date
    ends: date | None = None
    """The last day of support that comes with the product."""
    extended: date | None = None
    """The last day of support that is sold or given beyond `ends`, where there is such a thing."""


class Ended(msgspec.Struct, frozen=True):
    """That support of a version is over: since which day, and until when it can be bought beyond that."""

    ends: date
    extended: date | None = None


class Product(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A product's releases, newest first, and the page that has the last word on them."""

    releases: tuple[Release, ...]
    policy: str = ""

    def ended(self, version: str, today: date) -> Ended | None:
        """That `version` (`7.0`, `2012-r2`; `7` for all of its minor versions) is out of support `today`.

        None where it isn't, or where the facts don't know the version or its end.
        """
        meant = tuple(self._meant(version))
        ends = [release.ends for release in meant if release.ends is not None]
        if not meant or len(ends) < len(meant) or max(ends) >= today:
            return None
        if min(release.released for release in meant) > today:
            return None
        beyond = [release.extended for release in meant if release.extended is not None]
        return Ended(max(ends), max(beyond, default=None))

    def supported(self, today: date) -> tuple[str, ...]:
        """The versions that are out and supported on the day `today`, newest first."""
        living = [
            release
            for release in self.releases
            if release.released <= today and (release.ends is None or release.ends >= today)
        ]
        return tuple(r.version for r in sorted(living, key=lambda r: r.released, reverse=True))

    def _meant(self, version: str) -> Iterator[Release]:
        """The releases a writer means by `version`: that one, all below it, or the one it is a patch of."""
        below = (f"{version}.", f"{version}-")
        found = [r for r in self.releases if r.version == version or r.version.startswith(below)]
        while not found and "." in version:
            version = version.rpartition(".")[0]
            found = [r for r in self.releases if r.version == version]
        yield from found


class Lifecycles(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """The lifecycles of all products, by endoflife.date's names of them."""

    source: str = ""
    """URL of where the facts were taken from."""
    commit: str = ""
    """The full id of the commit that they were taken at, if they were taken from a repository."""
    retrieved: date = date.min
    products: Mapping[str, Product] = msgspec.field(default_factory=dict)

    @property
    def origin(self) -> str:
        """Where and when the facts were taken, for people."""
        at = f" at {self.commit[:10]}" if self.commit else ""
        return f"endoflife.date{at}, retrieved {self.retrieved.isoformat()}"
