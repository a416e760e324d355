"""The review's new findings as rdjson, as a scan writes it."""

from __future__ import annotations

from collections.abc import Iterator

from docbot.reporters import rdjson
from docbot.reporters.interface import Options
from docbot.reporters.reviews.said import found
from docbot.review.values import Review


def render(review: Review, options: Options) -> Iterator[str]:
    """One DiagnosticResult. Raises KeyError when `review.after` lacks the page of a finding."""
    return rdjson.render(found(review), options)
