"""What docbot remembers of a pull request, hidden in its body: GitHub is the only state there is.

A body is text that anybody may have edited, so a marker counts only where it is a line of its own,
outside of code and well formed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import msgspec

from docbot.forges.island import END, island_of, lines_outside_code
from docbot.repository.values import Tip
from docbot.types import digest

LARGEST = 40_000
"""Characters. A longer marker isn't docbot's."""
MOST_KEYS = 400
"""More keys than this are left out, so that the body stays readable by GitHub."""
MOST_NUMBERED = 100
"""With more keys than this, changes have no numbers to be refused by."""

_OPEN, _CLOSE = "<!-- docbot:marker ", " -->"
_KEY = re.compile(r"[0-9a-f]{16,64}")
_OTHERS = re.compile(r"""[^A-Za-z0-9 _.,:{}\[\]"\\]""")
"""What could end a comment, or mean something to a program that reads the body as plain text."""


Parts = tuple[tuple[str, ...], ...]
"""The content keys of each numbered change of a pull request, number 1 first."""


class Marker(msgspec.Struct, frozen=True, omit_defaults=True):
    """One proposal, as its pull request's body remembers it.

    `content_keys` empty says that there were too many: then the refusal of the pull request is one of
    its whole topic. `tree`, `parent` and `message` (a digest) tell docbot's own commit from others';
    they are empty until it is made.
    """

    version: str
    topic: str
    base: str
    fingerprints: tuple[str, ...] = ()
    content_keys: tuple[str, ...] = ()
    tree: str = ""
    parent: str = ""
    message: str = ""
    seal: str = ""
    """Digest of the island as docbot wrote it, without the marker itself."""
    withdrawn: bool = False
    """docbot closed the pull request itself, its finding being gone."""
    parts: Parts = ()
    """Every change that was ever numbered in this pull request: a number is never given away again. Empty
    says that there were too many."""
    dropped: tuple[str, ...] = ()
    """Content keys of the changes that people didn't want of it, whatever became of the others."""
    redone: int = 0
    """The id of the newest comment by which a person handed the branch back."""

    def keys_of(self, number: int) -> tuple[str, ...]:
        """The content keys of the change with this number, which counts from 1; none when there isn't one."""
        return self.parts[number - 1] if 1 <= number <= len(self.parts) else ()


def numbered(changes: Sequence[tuple[str, ...]], earlier: Parts = ()) -> tuple[tuple[int, ...], Parts]:
    """A number for each change (its content keys), and the parts to be remembered.

    A change that `earlier` knows keeps its number, so that a comment which names it always means the same;
    others get the next ones. Only what fits is remembered: numbers beyond it refuse nothing.
    """
    parts = list(earlier)
    free = set(range(len(earlier)))
    numbers = []
    for keys in changes:
        known = next((i for i in sorted(free) if not set(keys).isdisjoint(parts[i])), len(parts))
        if known == len(parts):
            parts.append(())
        parts[known] = tuple(dict.fromkeys((*parts[known], *keys)))
        free.discard(known)
        numbers.append(known + 1)
    return tuple(numbers), tuple(parts) if _fits(parts) else earlier


def _fits(parts: Iterable[tuple[str, ...]]) -> bool:
    return sum(map(len, parts)) <= MOST_NUMBERED


def sealed(lines: str, marker: Marker) -> str:
    """The island: `lines`, which begin with its mark, then `marker` with their seal, then the last mark."""
    marker = msgspec.structs.replace(marker, seal=_seal(lines))
    return f"{lines}\n{_comment(marker)}\n{END}"


def marker_of(body: str) -> Marker | None:
    """The last well-formed marker of `body`; None when there is none."""
    found = None
    for _, line in lines_outside_code(body):
        found = _parse(line) or found
    return found


def with_marker(body: str, marker: Marker) -> str:
    """`body` with the marker in its island replaced, and sealed again.

    Raises ValueError when the body has no island.
    """
    where = island_of(body)
    if where is None:
        raise ValueError("the body has no part of docbot's")
    island = sealed(_lines_before_marker(where.of(body)), marker)
    return body[: where.start] + island + body[where.end :]


def is_untouched(body: str) -> bool:
    """Whether docbot's part of `body` is as docbot wrote it, line ends aside."""
    where = island_of(body)
    if where is None:
        return False
    marker = marker_of(where.of(body))
    return marker is not None and marker.seal == _seal(_lines_before_marker(where.of(body)))


def is_own(tip: Tip | None, marker: Marker | None) -> bool:
    """Whether `tip` is the commit that `marker` records, with nothing of anybody's before or after it.

    Its one parent was a commit of the base when docbot made it. Who committed it isn't asked: docbot
    commits as its user.
    """
    if tip is None or marker is None:
        return False
    made = (marker.tree, (marker.parent,), marker.message)
    return (tip.tree, tip.parents, message_digest(tip.message)) == made


def message_digest(message: str) -> str:
    """A commit message's identity, whatever white space git took off its end."""
    return digest("message", message.rstrip())


def _lines_before_marker(island: str) -> str:
    lines = island.replace("\r\n", "\n").split("\n")
    return "\n".join(lines[:-1] if len(lines) < 3 or _parse(lines[-2]) is None else lines[:-2])


def _seal(lines: str) -> str:
    return digest("island", lines)


def _comment(marker: Marker) -> str:
    keys = marker.content_keys if len(marker.content_keys) <= MOST_KEYS else ()
    prints = marker.fingerprints if len(marker.fingerprints) <= MOST_KEYS else ()
    kept = msgspec.structs.replace(
        marker,
        topic=_encodable(marker.topic[:500]),
        base=_encodable(marker.base[:250]),
        content_keys=keys,
        fingerprints=prints,
        parts=marker.parts if _fits(marker.parts) else (),
    )
    data = msgspec.json.encode(kept).decode()
    return _OPEN + _OTHERS.sub(lambda found: _escaped(found.group()), data) + _CLOSE


def _encodable(text: str) -> str:
    """`text` with "?" for each half of a surrogate pair, as file names that aren't UTF-8 have them."""
    return text.encode("utf-8", "replace").decode()


def _escaped(character: str) -> str:
    """The character as JSON writes what is no ASCII letter."""
    code = ord(character)
    if code < 0x10000:
        return f"\\u{code:04x}"
    high, low = divmod(code - 0x10000, 0x400)
    return f"\\u{0xD800 + high:04x}\\u{0xDC00 + low:04x}"


def _parse(line: str) -> Marker | None:
    if len(line) > LARGEST or not (line.startswith(_OPEN) and line.endswith(_CLOSE)):
        return None
    data = line[len(_OPEN) : -len(_CLOSE)]
    try:
        marker = msgspec.json.decode(data.encode("utf-8", "replace"), type=Marker)
    except (msgspec.DecodeError, RecursionError):
        return None
    single = (marker.tree, marker.parent, marker.message, marker.seal)
    parts = (key for part in marker.parts for key in part)
    keys = (*marker.fingerprints, *marker.content_keys, *marker.dropped, *parts, *filter(None, single))
    return marker if all(_KEY.fullmatch(key) for key in keys) else None
