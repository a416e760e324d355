"""Comments as the build of Learn has written them over the years, about whatever a test says."""

from __future__ import annotations

from collections.abc import Sequence

from docbot.review.build_comment import Message
from docbot.types import Severity

STATUS = {
    "passed": ":white_check_mark:",
    "suggestions": ":bulb:",
    "warnings": ":warning:",
    "errors": ":x:",
}
_NAMES = {Severity.ERROR: "Error", Severity.WARNING: "Warning", Severity.INFO: "Suggestion"}
_HELP = "https://review.learn.example/help/contribute/validation-ref"

BARE, DASHED, LINKED, COLON, DOCUMENTED = "bare", "dashed", "linked", "colon", "documented"
GENERATIONS = (BARE, DASHED, LINKED, COLON, DOCUMENTED)
"""How a message names its level and its code: from 2017, 2020, late 2020, 2022, and 2022 with a link."""


def warning(
    path: str, line: int, text: str, code: str = "file-not-found", level: Severity = Severity.WARNING
) -> Message:
    return Message(path, line, 3 if line else 0, level, code, text)


def comment(
    commit: str,
    messages: Sequence[Message] = (),
    *,
    status: str = "",
    product: str = "Learn",
    generation: str = DOCUMENTED,
    more: str = "",
) -> str:
    """A comment of the build of `commit` with these messages."""
    status = status or ("warnings" if messages else "passed")
    head = ""
    if commit:
        where = f"https://github.com/writer/docs/commits/{commit}"
        head = f"{product} Build status updates of commit _[{commit[:7]}]({where})_: \n\n"
    paths = list(dict.fromkeys(message.path for message in messages))
    rows = [f"{_link(path)} | :warning:Warning | | [Details](#user-content-1)" for path in paths]
    table = "\n".join(["File | Status | Preview URL | Details", "---- | ---- | ---- | ----", *rows])
    lists = "".join(_list(path, messages, generation) for path in paths)
    end = "For more details, please refer to the [build report](https://build.example/report).\n"
    head += f"### {STATUS.get(status, ':boom:')} Validation status: {status}\n\n"
    return f"{head}{table}\n\n{lists}{more}{end}"


def _list(path: str, messages: Sequence[Message], generation: str) -> str:
    said = "\n".join(_said(one, generation) for one in messages if one.path == path)
    return f'<a id="1"></a>\n### {_link(path) if path else ""}\n{said}\n\n'


def _link(path: str) -> str:
    return f"[{path}](https://github.com/writer/docs/blob/topic/{path})" if path else "[]()"


def _said(message: Message, generation: str) -> str:
    level = _NAMES[message.level]
    tag = {
        BARE: level,
        DASHED: f"{level}-{message.code}",
        LINKED: f"{level}-[{message.code}]({_HELP}/{message.code}?branch=main)",
        COLON: f"{level}: {message.code}",
        DOCUMENTED: f"{level}: {message.code} - [See documentation]({_HELP}/{message.code}?branch=main)",
    }[generation]
    place = ""
    if message.line or generation == BARE:
        column = f", Column {message.column}" if message.column and generation != BARE else ""
        place = f"**Line {message.line}{column}**: "
    return f" - {place}**[{tag}]** `````{message.text}`````"
