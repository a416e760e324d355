"""Plugins as they are installed, in a folder that Python looks into."""

from __future__ import annotations

from pathlib import Path

DOUBTS = """
from tests.helpers.rules import DoubtfulWord

class SureWord(DoubtfulWord):
    name = "sure-word"
    word = "obviously"
    confidence = 0.9

def rules():
    return [DoubtfulWord(), SureWord()]
"""
"""A module with two rules whose findings have no fix: `DoubtfulWord`, and `sure-word`, whose are sure."""


def installed(folder: Path, name: str, module: str) -> Path:
    """Write the plugin `name`, of one `module` with a function `rules`, into `folder`, and return that."""
    info = folder / f"{name}-1.0.dist-info"
    info.mkdir(parents=True)
    (folder / f"{name}.py").write_text(module, "utf-8")
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n", "utf-8")
    (info / "entry_points.txt").write_text(f"[docbot.rules]\n{name} = {name}:rules\n", "utf-8")
    return folder
