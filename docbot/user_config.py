"""The user's own config: `config.toml` in docbot's folder of the user's settings.

Unlike the config of a docs repository it is written by the person who runs docbot, and so it alone may name
places on this machine.
"""

from __future__ import annotations

from pathlib import Path

import msgspec

from docbot.config import read_toml, refuse_unknown, user_config_file
from docbot.errors import ConfigError


class SourceConfig(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A clone of a repository with the code that docs speak of."""

    path: str


class UserConfig(msgspec.Struct, frozen=True):
    """What the user set for all docs repositories."""

    sources: tuple[Path, ...] = ()


class _Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    sources: tuple[SourceConfig, ...] = ()


def load_user_config() -> UserConfig:
    """The user's config; the defaults where there is none. Raises ConfigError.

    A path is taken from the folder of the config, and `~` is the user's home.
    """
    file = user_config_file()
    if not file.is_file():
        return UserConfig()
    table = read_toml(file)
    refuse_unknown(str(file), table, _Table)
    try:
        read = msgspec.convert(table, _Table)
    except msgspec.ValidationError as error:
        raise ConfigError(f'{file}: {error}: write [[sources]] and below it path = "…"') from error
    return UserConfig(tuple(file.parent / Path(source.path).expanduser() for source in read.sources))
