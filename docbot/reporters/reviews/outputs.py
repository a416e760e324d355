"""A review in numbers, as `name=value` lines: what a later step of a GitHub workflow can ask for.

Nothing here comes from the docs, so no page can set an output.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from docbot.reporters.interface import Options
from docbot.reporters.reviews.said import judgements, severities
from docbot.review.values import Judgement, Review
from docbot.types import Severity

OUTPUTS: Mapping[str, str] = {
    "findings": "New findings: what the change adds or breaks.",
    "errors": "New findings that are errors.",
    "warnings": "New findings that are warnings.",
    "infos": "New findings that are neither.",
    "hunks": "Hunks of the change.",
    "dont": "Hunks that break something.",
    "look": "Hunks that a person has to judge.",
    "proven": "Hunks that are proven right.",
}
"""Each output, and what it counts."""


def render(review: Review, options: Options) -> Iterator[str]:
    """A line for each of `OUTPUTS`, in that order: to be added to the file `$GITHUB_OUTPUT` names."""
    grave, judged = severities(review.new), judgements(review)
    values = {
        "findings": len(review.new),
        "errors": grave[Severity.ERROR],
        "warnings": grave[Severity.WARNING],
        "infos": grave[Severity.INFO],
        "hunks": len(review.hunks),
        "dont": judged[Judgement.DONT],
        "look": judged[Judgement.LOOK],
        "proven": judged[Judgement.PROVEN],
    }
    yield from (f"{name}={values[name]}\n" for name in OUTPUTS)
