"""Pairs of words that a rewrite must not exchange, as stems (words of form as they are)."""

from __future__ import annotations

from docbot.gates.generated.vocabulary import STOP, stem

_PAIRS = """
and/or if/unless before/after until/after with/without more/less more/fewer most/least all/some every/some
each/some always/sometimes always/never first/last over/under up/down in/out into/from to/from since/until
inside/outside both/either any/no above/below left/right true/false yes/no on/off now/later same/other
many/few still/already enable/disable allow/deny allow/block permit/prohibit accept/reject include/exclude
add/remove install/uninstall increase/decrease grow/shrink raise/lower start/stop start/end begin/end
open/close connect/disconnect minimum/maximum minimal/maximal min/max high/low higher/lower large/small
larger/smaller long/short longer/shorter fast/slow faster/slower early/late earlier/later new/old
newer/older success/failure succeed/fail pass/fail required/optional require/recommend mandatory/optional
automatic/manual automatically/manually public/private internal/external local/remote temporary/permanent
read/write input/output import/export upload/download encrypt/decrypt lock/unlock attach/detach show/hide
visible/hidden empty/full positive/negative ascending/descending upgrade/downgrade push/pull client/server
source/target source/destination parent/child sender/receiver online/offline safe/dangerous trust/distrust
supported/deprecated stable/preview center/left center/right create/delete save/delete save/discard
online/onsite horizontal/vertical row/column internal/public global/local static/dynamic
synchronous/asynchronous upper/lower inbound/outbound incoming/outgoing
"""


def _form(word: str) -> str:
    return word if word in STOP else stem(word)


OPPOSITES: tuple[tuple[str, str], ...] = tuple(
    (_form(pair.partition("/")[0]), _form(pair.partition("/")[2])) for pair in _PAIRS.split()
)
PREFIXES = ("un", "in", "im", "ir", "il", "dis", "de", "non", "non-", "mis")
"""Syllables that turn a word into its opposite."""
