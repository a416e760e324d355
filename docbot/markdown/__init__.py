"""Markdown with exact spans: the only package that imports mistune."""

from docbot.markdown.document import Document, KnownDocument, blob_id
from docbot.markdown.parser import Parser

__all__ = ["Document", "KnownDocument", "Parser", "blob_id"]
