"""Turns a run into something for someone: a terminal, a file format, a page."""

from collections.abc import Mapping

from docbot.reporters import html, jsonl, rdjson, sarif, text, workflow
from docbot.reporters.interface import Options, Reporter, RuleInfo

__all__ = ["REPORTERS", "Options", "Reporter", "RuleInfo"]

REPORTERS: Mapping[str, Reporter] = {
    "text": text.render,
    "jsonl": jsonl.render,
    "sarif": sarif.render,
    "rdjson": rdjson.render,
    "github": workflow.render,
    "html": html.render,
}
