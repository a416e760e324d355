"""docbot's bundled sample as a repository that a test may change."""

from __future__ import annotations

from pathlib import Path

from docbot.demo import build
from tests.helpers.git import Builder


def sample_repository(folder: Path) -> Builder:
    """The sample, made anew in the new folder `folder`, with an identity to commit as."""
    folder.mkdir()
    builder = Builder(build(folder))
    builder.introduce()
    return builder
