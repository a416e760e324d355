"""Lifecycle facts as files: those docbot brings, and newer ones that `docbot data refresh` fetched.

A file is believed only when everything in it can be true; otherwise it is refused as a whole.
"""

from __future__ import annotations

import contextlib
import os
import re
import tempfile
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

import msgspec
from platformdirs import user_data_path

from docbot.errors import LifecycleError
from docbot.lifecycles.names import NAMES, Naming
from docbot.lifecycles.values import Lifecycles, Product, Release

BUNDLED = files("docbot") / "data" / "lifecycles.json"
LARGEST_FILE = 2_000_000
"""Bytes. All facts together are a tenth of it."""
_MOST_RELEASES = 500
_VERSION = re.compile(r"[a-z0-9]{1,20}(?:[.-][a-z0-9]{1,20}){0,6}")
_URL = re.compile(r"https?://[\w.-]{1,100}(?::\d{1,5})?(?:/[!-~]{0,300})?")
_COMMIT = re.compile(r"(?:[0-9a-f]{40})?")
_FIRST = date(1985, 1, 1)
_AHEAD = timedelta(days=366 * 30)
"""No support is promised for longer."""


class Loaded(NamedTuple):
    """The facts to work with, and what is wrong with the file that was passed over for them, if any."""

    facts: Lifecycles
    warning: str = ""


def refreshed_path() -> Path:
    """Where `docbot data refresh` keeps what it fetched."""
    return user_data_path("docbot") / "lifecycles.json"


def newest(path: Path | None = None) -> Loaded:
    """The bundled facts, or those in `path` (default: where a refresh keeps them) where they are newer."""
    path = path or refreshed_path()
    facts = bundled()
    try:
        found = read(path)
    except FileNotFoundError:
        return Loaded(facts)
    except LifecycleError as error:
        return Loaded(facts, f"{error}; those that docbot brings are used: run `docbot data refresh`")
    return Loaded(max(facts, found, key=lambda one: one.retrieved))


@lru_cache(maxsize=1)
def bundled() -> Lifecycles:
    """The facts docbot brings, whatever day this machine takes it for."""
    return parse(BUNDLED.read_bytes(), date(9999, 1, 1))


def read(path: Path) -> Lifecycles:
    """The facts in a file.

    Raises FileNotFoundError when there is none, and LifecycleError when it can't be read or believed.
    """
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST_FILE + 1)
    except FileNotFoundError:
        raise
    except OSError as error:
        raise LifecycleError(f"the refreshed lifecycle facts can't be read ({error.strerror})") from error
    return parse(data, datetime.now(UTC).date())


def parse(data: bytes, today: date) -> Lifecycles:
    """The facts that `data` holds. Raises LifecycleError unless all of it can be true on the day `today`."""
    if len(data) > LARGEST_FILE:
        raise _refused(f"they have more than {LARGEST_FILE:,} bytes")
    try:
        found = msgspec.json.decode(data, type=Lifecycles)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise _refused(str(error)) from error
    return checked(found, today)


def checked(facts: Lifecycles, today: date) -> Lifecycles:
    """`facts` themselves. Raises LifecycleError unless all of them can be true on the day `today`."""
    names = {naming.id for naming in NAMES}
    if facts.products.keys() != names:
        odd = sorted(facts.products.keys() ^ names)[0][:60]
        what = "is missing" if odd in names else "is no product that docbot knows"
        raise _refused(f"{odd!r} {what}")
    if not _FIRST < facts.retrieved <= today + timedelta(days=1):
        raise _refused(f"they claim to be of {facts.retrieved.isoformat()}")
    if not _COMMIT.fullmatch(facts.commit) or not _URL.fullmatch(facts.source):
        raise _refused("they don't say where they are from")
    for name, product in facts.products.items():
        _check_product(name, product, facts.retrieved)
    return facts


def _check_product(name: str, product: Product, retrieved: date) -> None:
    if not 1 <= len(product.releases) <= _MOST_RELEASES:
        raise _refused(f"{name} has {len(product.releases)} releases")
    if product.policy and not _URL.fullmatch(product.policy):
        raise _refused(f"the page about support of {name} is no URL")
    versions = [release.version for release in product.releases]
    if len(set(versions)) < len(versions):
        raise _refused(f"{name} has a version twice")
    for release in product.releases:
        _check_release(name, release, retrieved)


def _check_release(name: str, release: Release, retrieved: date) -> None:
    if not _VERSION.fullmatch(release.version):
        raise _refused(f"{name} has a version {release.version[:40]!r}")
    days = [day for day in (release.released, release.ends, release.extended) if day is not None]
    if not all(_FIRST <= day <= retrieved + _AHEAD for day in days):
        raise _refused(f"{name} {release.version} has a day that can't be")
    if days != sorted(days):
        raise _refused(f"support of {name} {release.version} ends before it begins")


def _refused(why: str) -> LifecycleError:
    return LifecycleError(f"the lifecycle facts can't be believed: {why}")


def version_of(naming: Naming, cycle: str, label: str) -> str:
    """A release's version as docbot writes it, from endoflife.date's cycle and label."""
    said = re.sub(r"\s*'[^']*'", "", label) if naming.by_label else cycle
    return "-".join(said.lower().split())


def packed(facts: Lifecycles) -> bytes:
    """`facts` as a file: a line for each release, so that a change can be read."""
    head = {"source": facts.source, "commit": facts.commit, "retrieved": facts.retrieved}
    lines = [f"{_json(key)}: {_json(value)}," for key, value in head.items() if value]
    blocks = []
    for name, product in facts.products.items():
        releases = ",\n".join(f"  {_json(release)}" for release in product.releases)
        policy = f'"policy": {_json(product.policy)}, ' if product.policy else ""
        blocks.append(f'{_json(name)}: {{{policy}"releases": [\n{releases}\n]}}')
    body = ",\n".join(blocks)
    return ("{\n" + "\n".join(lines) + f'\n"products": {{\n{body}\n}}}}\n').encode()


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()


def keep(facts: Lifecycles, path: Path | None = None) -> Path:
    """Write `facts` where the next run finds them: the whole file or nothing of it.

    Raises LifecycleError when it can't be written.
    """
    target = path or refreshed_path()
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=".lifecycles.")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(packed(facts))
            Path(name).replace(target)
        except BaseException:
            with contextlib.suppress(OSError):
                Path(name).unlink()
            raise
    except OSError as error:
        raise LifecycleError(f"{target.name} can't be written ({error.strerror}): free its folder") from error
    return target
