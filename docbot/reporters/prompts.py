"""What a language model would be sent, for a person to read before it leaves the machine."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from docbot.drafters.model.parts import Request


def text(requests: Iterable[Request]) -> Iterator[str]:
    """Each request: its section, its address, its parameters, and every line of its messages after a bar."""
    for request in requests:
        parameters = {name: value for name, value in request.body.items() if name != "messages"}
        lines = [
            f"# {request.place}",
            f"# prompt {request.prompt}, {request.tokens:,} tokens at most or so",
            f"POST {request.url}",
            _json(parameters),
        ]
        for message in request.body["messages"]:
            lines.append(f"{message['role']}:")
            lines += [f"| {line}" for line in message["content"].split("\n")]
        yield "\n".join(lines) + "\n\n"


def jsonl(requests: Iterable[Request]) -> Iterator[str]:
    """A line for each request, with the very body."""
    for request in requests:
        line = {"kind": "request", "section": request.place, "prompt": request.prompt, "url": request.url}
        yield _json(line | {"body": request.body}) + "\n"


def _json(value: object) -> str:
    return json.dumps(value, separators=(",", ":"), allow_nan=False)
