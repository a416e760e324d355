"""docbot's verbs as plain functions. The command line, the Action and tests call these alike."""

from docbot.app.draft import Drafts, apply_drafts, draft, prompts
from docbot.app.model import Asking, chosen_model
from docbot.app.review import review, review_pull
from docbot.app.scan import Scan, ScanOptions, scan

__all__ = [
    "Asking",
    "Drafts",
    "Scan",
    "ScanOptions",
    "apply_drafts",
    "chosen_model",
    "draft",
    "prompts",
    "review",
    "review_pull",
    "scan",
]
