"""Every error docbot raises on purpose, and the exit code each one ends in.

One root, one funnel: `docbot.cli` turns a `DocbotError` into its message and its exit code, and
everything else into a bug report (exit code 3).
"""

from __future__ import annotations

from typing import ClassVar


class DocbotError(Exception):
    """The message is for a person: what is wrong, and what to do next."""

    exit_code: ClassVar[int] = 2


class UsageError(DocbotError):
    """What was asked can't be done with what was given (arguments, paths, files)."""


class ConfigError(DocbotError):
    """A docbot config that can't be used: unknown key, wrong type, bad TOML."""


class RepositoryError(DocbotError):
    """git is missing, the folder is no repository, or git refused."""


class StoppedError(DocbotError):
    """A proposal was stopped before anything was written. Nothing is lost."""

    exit_code: ClassVar[int] = 4


class UnreadablePageError(DocbotError):
    """One page can't be read as Markdown; the run goes on without it and says so."""


class RuleError(DocbotError):
    """A rule broke its contract (a finding outside its page, a plugin that can't be loaded)."""


class LifecycleError(DocbotError):
    """Lifecycle facts that can't be fetched, or that can't be true."""


class ModelError(DocbotError):
    """A language model that gave no usable answer about a section; the run goes on without and says so."""
