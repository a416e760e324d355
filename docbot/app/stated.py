"""What the rules of dated facts say of the pages that a change touches, however unsure they are."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from docbot import engine
from docbot.app.scan import Scan
from docbot.repository.values import LineHistory
from docbot.review.stated import FACTS
from docbot.types import Finding


def stated(scanned: Scan, paths: Iterable[str]) -> tuple[Finding, ...]:
    """The claims on those of `paths` that are pages, by page and place.

    Nobody asks when a line was written: what a change writes today of a day that has passed was never right.
    """
    rules = [rule for rule in scanned.rules if rule.name in FACTS]
    pages = {path: page for path in paths if (page := scanned.survey.pages.get(path))}
    if not rules or not pages:
        return ()
    facts = replace(scanned.survey.facts, lines=LineHistory())
    found = [f for path in pages for f in engine.check(scanned.survey.document(path), rules, facts)]
    outlines = {path: page.outline for path, page in pages.items()}
    return engine.settle(found, outlines, scanned.config, show_all=True).findings
