"""A scripted endpoint for each test, and a drafter that asks it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

import pytest
from msgspec.structs import replace

from docbot import engine
from docbot.cache import Cache
from docbot.config import Config
from docbot.drafters.model.asking import Asker, Kept
from docbot.drafters.model.chosen import Chosen, choose
from docbot.drafters.model.drafter import ModelDrafter
from docbot.drafters.model.endpoint import Endpoint
from docbot.facts import Facts
from docbot.markdown import Document
from docbot.repository.precedents.values import Precedents
from docbot.text import apply
from docbot.types import Finding, Fix
from docbot.user_config import ModelConfig
from tests.drafters.model.server import ModelServer
from tests.helpers.rules import DoubtfulWord
from tests.web.server import Ticking

PAGE = "# Start\n\nIt is maybe so.\n\n## Next\n\nSo maybe it is, maybe not.\nIt is fine.\n"


@pytest.fixture
def server() -> Iterator[ModelServer]:
    with ModelServer() as started:
        yield started


def chosen(server: ModelServer, key: str = "", **limits: Any) -> Chosen:
    """The model of the server."""
    config = ModelConfig(base_url=server.url, **limits)
    found = choose("some-model", config, {"DOCBOT_MODEL_KEY": key} if key else {})
    assert found is not None
    return found


def found_on(document: Document) -> tuple[Finding, ...]:
    """The doubtful words of a page, for which no rule has a fix."""
    found = list(DoubtfulWord().check(document, Facts()))
    return engine.settle(found, {document.path: document.outline}, Config(), show_all=True).findings


class Tried(NamedTuple):
    """What came of asking about every finding of a page."""

    document: Document
    fixes: tuple[Fix, ...]
    drafter: ModelDrafter
    asker: Asker
    clock: Ticking
    heard: Sequence[tuple[int, int]]

    @property
    def text(self) -> str:
        """The page with all fixes made."""
        return apply(self.document.text, [edit for fix in self.fixes for edit in fix.edits])

    @property
    def said(self) -> list[str]:
        return [notice.text for notice in self.drafter.notices]


Try = Callable[..., Tried]


@pytest.fixture
def tried(server: ModelServer) -> Try:
    """Asks the server about the findings of a page, and loses no time in waiting."""

    def run(
        text: str = PAGE,
        *,
        key: str = "",
        kept: Kept | None = None,
        precedents: Precedents | None = None,
        moment: Callable[[], float] | None = None,
        **limits: Any,
    ) -> Tried:
        document, clock = Document("a.md", text), Ticking()
        heard: list[tuple[int, int]] = []
        model = chosen(server, key, **limits)
        ticking = replace(clock.clock, now=moment) if moment else clock.clock
        findings = found_on(document)
        with Endpoint(model, ticking) as endpoint:
            asker = Asker(
                model, endpoint, kept or Cache.none(), lambda now, most: heard.append((now, most)), ticking
            )
            drafter = ModelDrafter(asker, findings, precedents or Precedents())
            fixes = tuple(fix for finding in findings if (fix := drafter.draft(finding, document)))
        return Tried(document, fixes, drafter, asker, clock, heard)

    return run
