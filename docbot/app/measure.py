"""Keeps what a backtest counted in the docs repository's config."""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping, Sequence
from pathlib import Path
from typing import Any

import msgspec
import tomlkit
from tomlkit.exceptions import TOMLKitError

from docbot.config import config_file, load
from docbot.errors import ConfigError, UsageError
from docbot.markdown import blob_id
from docbot.measured import Measured
from docbot.repository.worktree import Worktree, read_page
from docbot.repository.write import replace_file


def write_measured(path: Path, rules: Mapping[str, Measured]) -> Path:
    """Write the counts of `rules` into the config of the repository at `path`; the file that was written.

    Everything else in the file stays as it is, comments included, and so do the counts of other rules. A
    repository without a config gets one. Raises UsageError when it can't be written, ConfigError when
    what is there is no config.
    """
    worktree = Worktree.open(path)
    load(worktree.root)
    target, tables = config_file(worktree.root)
    if target.is_file():
        before = read_page(worktree, target.name)
        replace_file(worktree, target.name, blob_id(before), _with(before, tables, rules))
        return target
    try:
        with target.open("xb") as file:
            file.write(_with(b"", tables, rules))
    except OSError as error:
        raise UsageError(
            f"{target.name} can't be written ({error.strerror}): check the permissions"
        ) from error
    return target


def _with(data: bytes, tables: Sequence[str], rules: Mapping[str, Measured]) -> bytes:
    """The TOML file `data` with the counts below `tables`."""
    try:
        document = tomlkit.parse(data.decode("utf-8-sig"))
        holder: MutableMapping[str, Any] = document
        for name in tables:
            holder = holder[name]
        kept = holder.setdefault("measured", tomlkit.table(is_super_table=True))
        for rule, measured in rules.items():
            kept[rule] = msgspec.to_builtins(measured)
        return tomlkit.dumps(document).encode()
    except (TOMLKitError, TypeError) as error:
        raise ConfigError(f"the config can't be added to ({error}): write [measured] as a table") from error
