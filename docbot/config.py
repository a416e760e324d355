"""docbot's config: `.docbot.toml` in the docs repository, or `[tool.docbot]` in its pyproject.toml.

The file belongs to the docs repository and so is hostile input: it can make docbot quieter or choose
among what docbot does anyway. Nothing in it names a program, a key, an address or a plugin.
"""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec
from platformdirs import user_config_path

from docbot.errors import ConfigError
from docbot.measured import Measured
from docbot.types import Severity

FILE_NAME = ".docbot.toml"
DEFAULT_CONFIDENCE = 0.8
USER_FILE_NAME = "config.toml"
LARGEST_CONFIG = 200_000
"""Bytes. A larger file was not written to be read by people."""


class ProposeConfig(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How the docs repository wants to receive proposals."""

    base: str = ""
    """Branch to propose to; empty for what the repository itself says."""
    max_files: int = 50
    """Files one pull request may touch."""
    max_pulls: int = 1
    """Pull requests one run may open."""
    draft: bool = True
    """Whether pull requests start as drafts."""
    ignored_authors: tuple[str, ...] = ()
    """Other bots, by the names they commit under: what they add to docbot's branch makes it nobody's."""


class Config(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Every key of the config, with its default."""

    enabled: bool = True
    """false keeps docbot's pull requests away for good."""
    include: tuple[str, ...] = ("*.md", "**/*.md")
    """Patterns of the pages to look at."""
    exclude: tuple[str, ...] = ()
    """Patterns of pages to leave alone."""
    rules: tuple[str, ...] = ()
    """Only these rules; empty for all."""
    skip: tuple[str, ...] = ()
    """Rules to leave out."""
    confidence: float = DEFAULT_CONFIDENCE
    """Findings below this (0 to 1) are hidden."""
    baseline: str = ""
    """A file of accepted findings, relative to the repository."""
    severity: Mapping[str, Severity] = msgspec.field(default_factory=dict)
    """Severities by rule, where the repository sees them differently."""
    measured: Mapping[str, Measured] = msgspec.field(default_factory=dict)
    """What `docbot backtest --write` counted, by rule."""
    propose: ProposeConfig = ProposeConfig()


def load(root: Path) -> Config:
    """The config of the repository at `root`; the defaults where it has none.

    Raises ConfigError, naming the nearest key for an unknown one.
    """
    file, tables = config_file(root)
    if not file.is_file():
        return Config()
    table = read_toml(file)
    for name in tables:
        table = table[name]
    return parse(f"{file.name} [{'.'.join(tables)}]" if tables else file.name, table)


def config_file(root: Path) -> tuple[Path, tuple[str, ...]]:
    """The file that holds, or would hold, the config of the repository at `root`, and the tables down to it.

    Raises ConfigError when a pyproject.toml there can't be read.
    """
    own, shared = root / FILE_NAME, root / "pyproject.toml"
    if not own.is_file() and shared.is_file():
        tool = read_toml(shared).get("tool", {})
        if isinstance(tool, dict) and isinstance(tool.get("docbot"), dict):
            return shared, ("tool", "docbot")
    return own, ()


def user_config_file() -> Path:
    """Where the user's own config is looked for, which alone may name places on this machine."""
    return user_config_path("docbot") / USER_FILE_NAME


def parse(source: str, table: Mapping[str, Any]) -> Config:
    """The config in `table`; `source` is for the message. Raises ConfigError."""
    if "sources" in table:
        raise ConfigError(
            f"{source}: `sources` can't stand here, since the docs don't choose what is read on a machine: "
            f"name the clone with `--source PATH`, or under [[sources]] in {user_config_file()}"
        )
    if "model" in table:
        raise ConfigError(
            f"{source}: `model` can't stand here, since the docs don't choose who is sent their pages: "
            f"set it under [model] in {user_config_file()}"
        )
    refuse_unknown(source, table, Config)
    if isinstance(table.get("propose"), dict):
        refuse_unknown(f"{source} [propose]", table["propose"], ProposeConfig)
    if isinstance(table.get("measured"), dict):
        for rule, counts in table["measured"].items():
            if isinstance(counts, dict):
                refuse_unknown(f"{source} [measured.{str(rule)[:60]}]", counts, Measured)
    try:
        config = msgspec.convert(table, Config)
    except msgspec.ValidationError as error:
        raise ConfigError(f"{source}: {error}: correct the value, or remove the line") from error
    if min(config.propose.max_files, config.propose.max_pulls) < 1:
        raise ConfigError(f"{source} [propose]: a limit is below 1: to stop proposals set enabled = false")
    if any(count < 0 for counts in config.measured.values() for count in counts.counts):
        raise ConfigError(f"{source} [measured]: a count is below 0: run `docbot backtest --write` again")
    if not 0 <= config.confidence <= 1:
        raise ConfigError(f"{source}: confidence is {config.confidence}: give a number from 0 to 1")
    return config


def refuse_unknown(source: str, table: Mapping[str, Any], model: type[msgspec.Struct]) -> None:
    """Raises ConfigError for a key of `table` that `model` doesn't have, naming the nearest one."""
    known = [field.encode_name for field in msgspec.structs.fields(model)]
    for key in table:
        if key in known:
            continue
        shown = str(key)[:60]
        near = difflib.get_close_matches(shown, known, n=1, cutoff=0.0)
        raise ConfigError(f"{source}: unknown key {shown!r}: did you mean {near[0]!r}?")


def read_toml(path: Path) -> dict[str, Any]:
    """The tables of a TOML file of modest size. Raises ConfigError, which names the remedy."""
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST_CONFIG + 1)
    except OSError as error:
        raise ConfigError(f"{path.name} can't be read ({error.strerror}): check its permissions") from error
    if len(data) > LARGEST_CONFIG:
        raise ConfigError(f"{path.name} has more than {LARGEST_CONFIG:,} bytes: shorten it")
    try:
        return tomllib.loads(data.decode("utf-8-sig"))
    # tomllib's own error, bad UTF-8 and numbers of too many digits are all ValueErrors.
    except (ValueError, RecursionError) as error:
        raise ConfigError(f"{path.name} is no valid TOML ({error}): repair it") from error
