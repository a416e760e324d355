"""Which model is asked, where, with which key, at which cost: the user's word alone, never the docs'."""

from __future__ import annotations

from collections.abc import Mapping
from ipaddress import ip_address
from urllib.parse import SplitResult, urlsplit

import msgspec

from docbot.config import user_config_file
from docbot.errors import UsageError
from docbot.user_config import ModelConfig

CONFIGURED = "default"
"""Given as a name: the model that the user's config names."""
URL_VARIABLE, NAME_VARIABLE, KEY_VARIABLE = "DOCBOT_MODEL_URL", "DOCBOT_MODEL", "DOCBOT_MODEL_KEY"
_LONGEST_NAME = 200


class Secret:
    """A key. Only who asks for it by name sees it: no log, report or error does by accident."""

    __slots__ = ("_value",)

    def __init__(self, value: str = "") -> None:
        self._value = value

    def reveal(self) -> str:
        return self._value

    def __bool__(self) -> bool:
        return bool(self._value)

    def __repr__(self) -> str:
        return "Secret(***)"


class Chosen(msgspec.Struct, frozen=True):
    """A model to ask, and what it may cost. `variable` names where its key came from."""

    name: str
    base_url: str
    """Without user, query and fragment."""
    query: str = ""
    """What stands behind the `?` of the address: some hosts want the version of their API there."""
    key: Secret = msgspec.field(default_factory=Secret)
    variable: str = ""
    limits: ModelConfig = ModelConfig()

    @property
    def host(self) -> str:
        """Host and port, as in the address."""
        return urlsplit(self.base_url).netloc

    @property
    def is_local(self) -> bool:
        """Whether what is sent stays on this machine."""
        return _is_loopback(urlsplit(self.base_url).hostname or "")


def choose(
    name: str | None, config: ModelConfig, environment: Mapping[str, str], *, to_ask: bool = True
) -> Chosen | None:
    """The model that `--model NAME` or the environment asks for; None where neither does.

    A variable of the environment wins over the config, `name` over both. The key of the config goes nowhere
    but to the address of the config; where nobody is `to_ask`, none is looked for. Raises UsageError, which
    names the remedy, for what can't be asked.
    """
    wanted = environment.get(NAME_VARIABLE, "") if name is None else name
    if wanted == CONFIGURED:
        wanted = environment.get(NAME_VARIABLE, "") or config.name
        if not wanted:
            raise UsageError(
                f"no model is configured: give its name to --model, or set `name` under [model] in "
                f"{user_config_file()}"
            )
    if name is None and not wanted:
        return None
    if not wanted.isprintable() or not 0 < len(wanted.strip()) <= _LONGEST_NAME:
        raise UsageError("the model's name is empty, too long or not printable: give the name its host lists")
    url = environment.get(URL_VARIABLE, "") or config.base_url
    variable = KEY_VARIABLE
    if not environment.get(KEY_VARIABLE) and url == config.base_url:
        variable = config.key_env
    key = _key(variable, environment) if to_ask else Secret()
    parts = _checked(url, key)
    base_url = parts._replace(query="", fragment="").geturl().rstrip("/")
    return Chosen(wanted, base_url, parts.query, key, variable if key else "", config)


def _key(variable: str, environment: Mapping[str, str]) -> Secret:
    value = environment.get(variable, "").strip() if variable else ""
    if not value and variable not in ("", KEY_VARIABLE):
        raise UsageError(
            f"the key of the model isn't there: put it into the variable {variable}, or correct `key_env` "
            f"under [model] in {user_config_file()}"
        )
    if not value.isascii() or not value.isprintable() or " " in value:
        raise UsageError(f"the variable {variable} holds no key: put nothing but the key there, on one line")
    return Secret(value)


def _checked(url: str, key: Secret) -> SplitResult:
    if not url:
        raise UsageError(
            "nobody said where the model is: set `base_url` under [model] in "
            f"{user_config_file()}, or {URL_VARIABLE} (a local Ollama is http://localhost:11434/v1)"
        )
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError as error:
        raise UsageError(f"the address of the model is no address ({error}): correct base_url") from error
    if parts.scheme not in ("http", "https") or not host or not url.isascii() or not url.isprintable():
        raise UsageError("the address of the model must begin with https:// or http://: correct base_url")
    if "@" in parts.netloc:
        raise UsageError(
            "the address of the model holds a user or a password: leave them out of base_url, and name the "
            "variable that holds the key in `key_env`"
        )
    if parts.scheme == "http" and key and not _is_loopback(host):
        raise UsageError(
            f"the key would go to {host} for everybody on the way to read: use https:// in base_url"
        )
    return parts


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
