"""A server of one's own for each test."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from docbot.web.interface import Look
from tests.web.server import Server, looker, looks


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as started:
        yield started


@pytest.fixture
def verdict(server: Server) -> Callable[[str], Look]:
    """Looks at one path of the server."""

    def look(path: str) -> Look:
        url = server.url(path)
        answer = looks(looker(), [url])[url]
        assert isinstance(answer, Look)
        return answer

    return look
