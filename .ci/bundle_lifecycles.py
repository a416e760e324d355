"""Writes docbot/data/lifecycles.json: `python .ci/bundle_lifecycles.py CLONE [COMMIT]`.

CLONE is a clone of https://github.com/endoflife-date/endoflife.date. Only dates and links are taken over.
"""

from __future__ import annotations

import re
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from docbot.lifecycles import NAMES, Lifecycles, Naming, Product, Release
from docbot.lifecycles.stored import BUNDLED, checked, packed, version_of

_SOURCE = "https://github.com/endoflife-date/endoflife.date"


def git(clone: str, *arguments: str) -> str:
    """What git says."""
    command = ("git", "-C", clone, *arguments)
    return subprocess.run(command, check=True, capture_output=True, text=True, encoding="utf-8").stdout


def label_of(release: dict[str, Any]) -> str:
    """The release's label without its code name."""
    label = str(release.get("releaseLabel", "__RELEASE_CYCLE__"))
    return re.sub(r"__CODENAME__", "", label.replace("__RELEASE_CYCLE__", str(release["releaseCycle"])))


def day(value: object) -> date | None:
    """A date where one is set; `true` and `false` are none."""
    return value if isinstance(value, date) else None


def releases_of(naming: Naming, front: dict[str, Any]) -> tuple[Release, ...]:
    """The releases whose facts are dates: one that ended on a day nobody knows is left out."""
    return tuple(
        Release(
            version_of(naming, str(release["releaseCycle"]), label_of(release)),
            release["releaseDate"],
            day(release["eol"]),
            day(release.get("eoes")),
        )
        for release in front["releases"]
        if release["eol"] is not True
    )


def main(clone: str, commit: str = "HEAD") -> None:
    """Take the facts from `commit` of `clone`."""
    commit = git(clone, "rev-parse", commit).strip()
    products = {}
    for naming in NAMES:
        text = git(clone, "show", f"{commit}:products/{naming.id}.md").split("---\n")[1]
        front = YAML(typ="safe", pure=True).load(text)
        products[naming.id] = Product(releases_of(naming, front), front.get("releasePolicyLink") or "")
    retrieved = date.fromisoformat(git(clone, "show", "-s", "--format=%cs", commit).strip())
    found = Lifecycles(_SOURCE, commit, retrieved, dict(sorted(products.items())))
    Path(str(BUNDLED)).write_bytes(packed(checked(found, retrieved)))


if __name__ == "__main__":
    main(*sys.argv[1:])
