"""The baseline: findings accepted when docbot was adopted, kept in a file people can review."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from docbot.errors import ConfigError
from docbot.types import Finding

_VERSION = 1


def load(path: Path) -> frozenset[str]:
    """The fingerprints in the baseline at `path`. Raises ConfigError with the remedy."""
    try:
        return parse(str(path), path.read_bytes())
    except OSError as error:
        raise ConfigError(
            f"the baseline {path} can't be read ({error.strerror}): "
            "write one with `docbot scan --write-baseline FILE`"
        ) from error


def parse(source: str, data: bytes) -> frozenset[str]:
    """The fingerprints in a baseline's bytes; `source` is for the message. Raises ConfigError."""
    try:
        # A path that isn't UTF-8 stands in the file as it is.
        held = json.loads(data.decode("utf-8", "surrogateescape"))
        return frozenset(str(entry["fingerprint"]) for entry in held["findings"])
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise ConfigError(
            f"{source} is no baseline: write one with `docbot scan --write-baseline FILE`"
        ) from error


def dump(findings: Iterable[Finding]) -> str:
    """A baseline of `findings`: one a line, sorted, so that a review sees what is added."""
    lines = [
        json.dumps(
            {"path": f.path, "rule": f.rule, "fingerprint": f.fingerprint, "excerpt": f.excerpt[:80]},
            ensure_ascii=False,
        )
        for f in sorted(findings, key=lambda f: (f.path, f.rule, f.fingerprint))
    ]
    body = ",\n  ".join(lines)
    return f'{{"version": {_VERSION}, "findings": [\n  {body}\n]}}\n'
