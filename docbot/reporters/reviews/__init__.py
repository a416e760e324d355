"""Turns a review into something for someone. `docbot review --format`, and `--also`, take these names."""

from collections.abc import Callable, Iterator, Mapping

from docbot.reporters.interface import Options
from docbot.reporters.reviews import github, html, jsonl, outputs, rdjson, sarif, summary, text
from docbot.review.values import Review

__all__ = ["REVIEWS", "ReviewReporter"]

ReviewReporter = Callable[[Review, Options], Iterator[str]]
"""As a `Reporter` of findings, of a review."""

REVIEWS: Mapping[str, ReviewReporter] = {
    "text": text.render,
    "jsonl": jsonl.render,
    "github": github.render,
    "summary": summary.render,
    "outputs": outputs.render,
    "html": html.render,
    "sarif": sarif.render,
    "rdjson": rdjson.render,
}
