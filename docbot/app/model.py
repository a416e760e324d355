"""Lets a language model draft, where a person asked for it: which one, and what it would be sent."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.util import find_spec
from typing import TYPE_CHECKING

import msgspec

from docbot.app.scan import Progress
from docbot.cache import Cache
from docbot.drafters.model.chosen import CONFIGURED, URL_VARIABLE, Chosen, choose
from docbot.drafters.model.parts import Request, parts_of, request_of
from docbot.errors import ModelError, UnreadablePageError, UsageError
from docbot.facts import Facts
from docbot.gather import Survey
from docbot.types import Finding, Notice
from docbot.user_config import load_user_config

if TYPE_CHECKING:
    from docbot.drafters.model.drafter import ModelDrafter

_CLIENT = ("openai", "httpx2")


class Asking(msgspec.Struct, frozen=True):
    """A model that is to be asked. `heard` is told the tokens so far, and how many there may be."""

    chosen: Chosen
    heard: Progress
    keep: bool = True
    """Whether answers are kept between runs, and used."""


def chosen_model(name: str | None, *, to_ask: bool = True, offline: bool = False) -> Chosen | None:
    """The model named on the command line, or by the environment; None where nobody names one.

    `to_ask` says whether it will be asked anything, `offline` that a person wants nothing to leave the
    machine. Raises UsageError and ConfigError, which name the remedy, for one that can't be asked.
    """
    chosen = choose(name, load_user_config().model, os.environ, to_ask=to_ask)
    if chosen is None or not to_ask:
        return chosen
    if offline and not chosen.is_local:
        raise UsageError(f"--offline keeps docbot from asking {chosen.host}: leave out one of the two")
    _need_client()
    return chosen


def model_here() -> tuple[bool, str]:
    """Whether the configured model can be asked; and which it is, or what is missing, or "" where none is."""
    configured = load_user_config().model.base_url or os.environ.get(URL_VARIABLE, "")
    if not configured:
        return True, ""
    try:
        chosen = chosen_model(CONFIGURED)
    except UsageError as error:
        return False, str(error)
    assert chosen is not None
    return True, f"{chosen.name} at {chosen.host} drafts what no rule can, where `--model` asks for it"


def _need_client() -> None:
    if any(find_spec(library) is None for library in _CLIENT):
        raise UsageError("to ask a model docbot needs the openai client: run `pip install 'docbot-md[ai]'`")


@contextmanager
def opened(asking: Asking | None, findings: Sequence[Finding], facts: Facts) -> Iterator[ModelDrafter | None]:
    """The drafter that asks about `findings`, as long as it is needed; None where nobody is to be asked."""
    if asking is None:
        yield None
        return
    _need_client()
    # The client is slow to load, and an extra.
    from docbot.drafters.model.asking import Asker
    from docbot.drafters.model.drafter import ModelDrafter
    from docbot.drafters.model.endpoint import Endpoint

    kept = Cache.answers() if asking.keep else Cache.none()
    try:
        with Endpoint(asking.chosen) as endpoint:
            asker = Asker(asking.chosen, endpoint, kept, asking.heard)
            yield ModelDrafter(asker, findings, facts.precedents)
    finally:
        kept.close()


def requests(
    looked: Survey, findings: Sequence[Finding], chosen: Chosen
) -> tuple[list[Request], list[Notice]]:
    """What the model would be sent about `findings`, section by section; and about which sections nothing."""
    found, notices = list[Request](), list[Notice]()
    for part in sorted(parts_of(findings).values(), key=lambda one: one.findings[0].key):
        try:
            found.append(request_of(part, looked.document(part.path), looked.facts.precedents, chosen))
        except (ModelError, UnreadablePageError) as error:
            notices.append(Notice(part.path, f"{part.place}: {error}"))
    return found, notices
