"""Issues as GitHub's API writes them: an answer as it came, or saved in a file. Both are hostile input."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any

import msgspec

from docbot.errors import UsageError
from docbot.readers.values import Issue

LONGEST = 20_000
"""Code points of a body that are looked at: what comes after is a log somebody pasted."""
LARGEST = 100_000_000
"""Bytes of a file of issues."""
_SPACE = b" \t\r\n,\x1e"
_NAME = re.compile(r"[\w.-]{1,100}/[\w.-]{1,100}", re.ASCII)
_IN_URL = re.compile(
    r"https?://[^/\s]+/(?:api/v3/)?(?:repos/)?([\w.-]{1,100}/[\w.-]{1,100})(?:/|\Z)", re.ASCII
)
_NAMES = {
    "createdAt": "created_at",
    "updatedAt": "updated_at",
    "closedAt": "closed_at",
    "stateReason": "state_reason",
    "author": "user",
}
"""What the GitHub CLI calls the same."""
_AGAINST = ("-1", "confused")


def read_issues(data: bytes, source: str) -> tuple[list[Issue], int]:
    """The issues in `data`: a JSON array, arrays one after the other, or an object a line.

    Also returned is how many entries are no issue. `source` names the file for people. Raises UsageError, in
    one sentence, for what isn't JSON, holds no issue at all, or is larger than LARGEST.
    """
    if len(data) > LARGEST:
        raise UsageError(
            f"{source} has {len(data):,} bytes; docbot reads up to {LARGEST:,}: save fewer issues "
            "(`gh api --paginate 'repos/OWNER/NAME/issues?state=all&since=DATE'`)"
        )
    entries = list(_entries(data.removeprefix(b"\xef\xbb\xbf"), source))
    issues = [issue for issue in map(issue_of, entries) if issue is not None]
    if entries and not issues:
        raise UsageError(
            f"{source} holds no issue as GitHub's API writes it: save one with "
            "`gh api --paginate 'repos/OWNER/NAME/issues?state=all' > FILE`"
        )
    return issues, len(entries) - len(issues)


def _entries(data: bytes, source: str) -> Iterator[Any]:
    for value in _values(data, source):
        found = value.get("items", value) if isinstance(value, dict) else value
        yield from found if isinstance(found, list) else (found,)


def _values(data: bytes, source: str) -> Iterator[Any]:
    if not data.strip(_SPACE):
        return
    try:
        yield msgspec.json.decode(data)
        return
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        pass
    for number, line in enumerate(_split(data), 1):
        try:
            yield msgspec.json.decode(line)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            raise UsageError(
                f"{source} is no JSON of GitHub's API (at its {_nth(number)} part): save it with "
                "`gh api --paginate 'repos/OWNER/NAME/issues?state=all' > FILE`"
            ) from error


def _nth(number: int) -> str:
    return {1: "first", 2: "second", 3: "third"}.get(number, f"{number:,}th")


def _split(data: bytes) -> Iterator[bytes]:
    """`data` cut behind each value that is closed at the outermost level."""
    depth, start, at = 0, 0, 0
    for match in _TOKEN.finditer(data):
        token = match[0]
        if token in (b"{", b"["):
            depth += 1
        elif token in (b"}", b"]"):
            depth -= 1
        at = match.end()
        if depth == 0 and token in (b"}", b"]"):
            yield data[start:at].strip(_SPACE)
            start = at
    rest = data[start:].strip(_SPACE)
    if rest:
        yield rest


_TOKEN = re.compile(rb'"(?:[^"\\]|\\.)*+"|[\[\]{}]', re.S)


def issues_of(entries: Iterable[Any]) -> list[Issue]:
    """The issues among the entries of an answer; what is none is left out."""
    return [issue for issue in map(issue_of, entries) if issue is not None]


def issue_of(entry: Any) -> Issue | None:
    """One entry of GitHub's list of issues, or of `gh issue list --json`; None for what is none."""
    if not isinstance(entry, dict):
        return None
    entry = {_NAMES.get(key, key): value for key, value in entry.items()}
    number, title = entry.get("number"), entry.get("title")
    created = _time(entry.get("created_at"))
    if not isinstance(number, int) or isinstance(number, bool) or number < 1 or number >= 1 << 53:
        return None
    if not isinstance(title, str) or not created:
        return None
    user = _dict(entry.get("user"))
    return Issue(
        repository=_repository(entry),
        number=number,
        title=_sound(title[:500]),
        body=_sound(_text(entry.get("body"))[:LONGEST]),
        author=_sound(_text(user.get("login"))[:100]),
        created=created,
        updated=_time(entry.get("updated_at")) or created,
        closed=_time(entry.get("closed_at")),
        is_open=_text(entry.get("state")).lower() != "closed",
        reason=_text(entry.get("state_reason")).lower()[:40],
        reactions=_reactions(_dict(entry.get("reactions"))),
        labels=tuple(_labels(entry.get("labels"))),
        is_pull=isinstance(entry.get("pull_request"), dict),
        is_bot=user.get("type") == "Bot" or _text(user.get("login")).endswith("[bot]"),
    )


def _repository(entry: dict[str, Any]) -> str:
    for key in ("repository_url", "html_url", "url"):
        found = _IN_URL.match(_text(entry.get(key)))
        if found:
            return found[1]
    name = _text(_dict(entry.get("repository")).get("full_name"))
    return name if _NAME.fullmatch(name) else ""


def _labels(labels: Any) -> Iterator[str]:
    for label in labels[:50] if isinstance(labels, list) else ():
        name = label if isinstance(label, str) else _text(_dict(label).get("name"))
        if name:
            yield _sound(name[:100])


def _reactions(reactions: dict[str, Any]) -> int:
    counts = [reactions.get("total_count"), *(reactions.get(name) for name in _AGAINST)]
    total, *against = (one if isinstance(one, int) and 0 <= one < 1 << 31 else 0 for one in counts)
    return max(0, total - sum(against))


def _time(text: Any) -> int:
    """Seconds since 1970; 0 for what is no time."""
    try:
        moment = datetime.fromisoformat(_text(text)[:40])
        return max(0, int((moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()))
    except (ValueError, OverflowError):
        return 0


def _sound(text: str) -> str:
    """`text` without halves of characters, which nothing could write again."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _dict(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}
