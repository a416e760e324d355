"""docbot's verbs as plain functions. The command line, the Action and tests call these alike."""

from docbot.app.draft import Drafts, apply_drafts, draft
from docbot.app.review import review, review_pull
from docbot.app.scan import Scan, ScanOptions, scan

__all__ = [
    "Drafts",
    "Scan",
    "ScanOptions",
    "apply_drafts",
    "draft",
    "review",
    "review_pull",
    "scan",
]
