"""The review's new findings as SARIF, as a scan writes it."""

from __future__ import annotations

from collections.abc import Iterator

from docbot.reporters import sarif
from docbot.reporters.interface import Options
from docbot.reporters.reviews.said import found
from docbot.review.values import Review


def render(review: Review, options: Options) -> Iterator[str]:
    """One SARIF log with one run. Raises KeyError when `review.after` lacks the page of a finding."""
    return sarif.render(found(review), options)
