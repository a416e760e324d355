"""Docs repositories for the verbs."""

from __future__ import annotations

from pathlib import Path

import pytest

from docbot.demo import build
from tests.helpers.git import Builder


@pytest.fixture
def docs(tmp_path: Path) -> Builder:
    """An empty docs repository."""
    return Builder.init(tmp_path / "docs")


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """docbot's own sample repository, only to be read."""
    return build(tmp_path_factory.mktemp("sample"))
