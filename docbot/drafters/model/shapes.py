"""What a request has beside the messages, and which part of it an endpoint that refuses can do without."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import Any

import msgspec
from msgspec.structs import replace

from docbot.drafters.model.answers import SCHEMA
from docbot.drafters.model.chosen import Chosen
from docbot.drafters.model.prompts import Message
from docbot.types import digest

MOST_ANSWER = 8_192
"""Tokens of one answer, with what a model thinks before it."""
_SCHEMA = msgspec.json.encode(SCHEMA).decode()


class Form(StrEnum):
    """How an endpoint is told what an answer looks like, the strictest first."""

    SCHEMA = "json_schema"
    OBJECT = "json_object"
    WORDS = "text"
    """By the prompt alone."""


class Shape(msgspec.Struct, frozen=True):
    """The parameters an endpoint is known, or hoped, to take."""

    form: Form = Form.SCHEMA
    stream: bool = True
    usage: bool = True
    """Whether it is asked to count tokens at the end of a stream."""
    temperature: bool = True
    limit: str = "max_tokens"
    """Its name for the most tokens of an answer; empty for none that it takes."""

    def body(self, model: str, messages: Sequence[Message], limit: int, temperature: float) -> dict[str, Any]:
        """The whole request, as it is sent. `limit` is the most tokens of the answer."""
        body: dict[str, Any] = {
            "model": model,
            "messages": [{"role": one.role, "content": one.content} for one in messages],
            "stream": self.stream,
        }
        if self.stream and self.usage:
            body["stream_options"] = {"include_usage": True}
        if self.temperature:
            body["temperature"] = temperature
        if self.limit:
            body[self.limit] = limit
        if self.form is Form.SCHEMA:
            schema = {"name": "edits", "strict": True, "schema": SCHEMA}
            body["response_format"] = {"type": "json_schema", "json_schema": schema}
        elif self.form is Form.OBJECT:
            body["response_format"] = {"type": "json_object"}
        return body


def prompt_of(chosen: Chosen, messages: Sequence[Message]) -> str:
    """16 hex digits that name what was asked of whom: a draft is signed with it, an answer kept by it."""
    said = (part for one in messages for part in (one.role, one.content))
    return digest("prompt", chosen.name, chosen.host, _SCHEMA, *said)


def simpler(shape: Shape, complaint: str) -> Shape | None:
    """`shape` without what the endpoint complains of; None where nothing is left to do without."""
    said = complaint.lower()
    if "context" in said and "length" in said:
        return None
    if shape.usage and shape.stream and ("stream_options" in said or "include_usage" in said):
        return replace(shape, usage=False)
    if shape.temperature and "temperature" in said:
        return replace(shape, temperature=False)
    if shape.limit and shape.limit in said:
        return replace(shape, limit="max_completion_tokens" if shape.limit == "max_tokens" else "")
    if shape.form is not Form.WORDS and ("response_format" in said or "json" in said or "schema" in said):
        return _next_form(shape)
    if shape.stream and "stream" in said:
        return replace(shape, stream=False)
    return _next_form(shape)


def _next_form(shape: Shape) -> Shape | None:
    forms = list(Form)
    at = forms.index(shape.form) + 1
    return replace(shape, form=forms[at]) if at < len(forms) else None
