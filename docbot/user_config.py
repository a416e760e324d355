"""The user's own config: `config.toml` in docbot's folder of the user's settings.

Unlike the config of a docs repository it is written by the person who runs docbot, and so it alone may name
places on this machine, and a model to send pages to.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import msgspec
from msgspec import Meta

from docbot.config import read_toml, refuse_unknown, user_config_file
from docbot.errors import ConfigError

_Positive = Annotated[float, Meta(gt=0)]
_Amount = Annotated[float, Meta(ge=0)]


class SourceConfig(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A clone of a repository with the code that docs speak of."""

    path: str


class ModelConfig(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A language model, and what one run may cost. Prices and `max_cost` are in one currency, whichever."""

    base_url: str = ""
    """The address up to where the paths of OpenAI's protocol begin, mostly with `/v1` at its end."""
    name: str = ""
    key_env: str = ""
    """The variable of the environment that holds the key; empty where none is needed."""
    timeout: _Positive = 60.0
    """Seconds in which the endpoint must say something."""
    temperature: Annotated[float, Meta(ge=0, le=2)] = 0.0
    max_calls: Annotated[int, Meta(ge=1)] = 50
    """Requests of one run, repeated ones too."""
    max_tokens: Annotated[int, Meta(ge=1)] = 250_000
    """Tokens of one run, sent and received."""
    max_seconds: _Positive = 1_800.0
    """Seconds of one run spent on asking."""
    max_cost: _Amount = 0.0
    """What one run may cost; 0 for no limit beside the others."""
    price_in: _Amount = 0.0
    """Price of a million tokens sent."""
    price_out: _Amount = 0.0
    """Price of a million tokens received."""


class UserConfig(msgspec.Struct, frozen=True):
    """What the user set for all docs repositories."""

    sources: tuple[Path, ...] = ()
    model: ModelConfig = ModelConfig()


class _Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    sources: tuple[SourceConfig, ...] = ()
    model: ModelConfig = ModelConfig()


def load_user_config() -> UserConfig:
    """The user's config; the defaults where there is none. Raises ConfigError.

    A path is taken from the folder of the config, and `~` is the user's home.
    """
    file = user_config_file()
    if not file.is_file():
        return UserConfig()
    table = read_toml(file)
    refuse_unknown(str(file), table, _Table)
    model = table.get("model")
    if isinstance(model, dict):
        refuse_unknown(f"{file} [model]", model, ModelConfig)
    try:
        read = msgspec.convert(table, _Table)
    except msgspec.ValidationError as error:
        remedy = (
            "correct the value" if "$.model" in str(error) else 'write [[sources]] and below it path = "…"'
        )
        raise ConfigError(f"{file}: {error}: {remedy}") from error
    if read.model.max_cost and not (read.model.price_in or read.model.price_out):
        raise ConfigError(
            f"{file} [model]: max_cost needs price_in and price_out, per million tokens: add them"
        )
    sources = tuple(file.parent / Path(source.path).expanduser() for source in read.sources)
    return UserConfig(sources, read.model)
