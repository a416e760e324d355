from __future__ import annotations

from pathlib import Path

import pytest

from tests.helpers.git import Builder


@pytest.fixture
def docs(tmp_path: Path) -> Builder:
    """An empty docs repository."""
    return Builder.init(tmp_path / "docs")
