"""docbot: finds sections of Markdown docs that the repository itself proves wrong, and drafts the edit."""

__version__ = "0.1.0"
