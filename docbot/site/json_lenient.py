"""JSON as people keep it in docs repositories: comments and trailing commas allowed."""

from __future__ import annotations

import json
import re
from typing import Any

from docbot.errors import ConfigError

STRING = r'"(?:[^"\\]|\\.)*+(?:"|\\?\Z)'
"""A JSON string, or what is left of the text from a quote that nothing closes."""
_COMMENT = re.compile(rf"({STRING})|//[^\n]*|/\*.*?(?:\*/|\Z)", re.S)
_TRAILING_COMMA = re.compile(rf"({STRING})|,(?=\s*+[}}\]])", re.S)


def loads(path: str, text: str) -> Any:
    """The value in `text`; `path` is for the message.

    Raises ConfigError when it is no JSON even so.
    """
    try:
        return json.loads(text.removeprefix("\ufeff"))
    except (ValueError, RecursionError):
        pass
    bare = _TRAILING_COMMA.sub(lambda m: m.group(1) or " ", without_comments(text))
    try:
        return json.loads(bare)
    except (ValueError, RecursionError) as error:
        raise ConfigError(f"{path} is no JSON ({error}): repair it to have its entries used") from error


def without_comments(text: str) -> str:
    """`text` without byte order mark and comments; what is left stands on the lines it stood on."""
    text = text.removeprefix("\ufeff")
    return _COMMENT.sub(lambda m: m.group(1) or "\n" * m.group().count("\n") or " ", text)
