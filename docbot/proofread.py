"""The grammar of a repository's sentences: each distinct one is checked once, and its verdict kept.

Of a hundred thousand sentences a few dozen have the words of a slip. Only those are checked, so that the
checker is seldom loaded; many of them are spread over processes.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures.process import BrokenProcessPool
from hashlib import blake2b

import msgspec

from docbot import grammar
from docbot.build import build
from docbot.cache import Cache
from docbot.grammar import Grammar, Slip
from docbot.markdown.said import Said
from docbot.processes import spread, stopped, workers_for
from docbot.types import digest

SMALL = 2_000
"""Sentences to check. Below this, loading the checker in more processes costs more than it saves."""
_CHUNK = 250
"""Sentences a process gets at a time."""

Slips = dict[str, tuple[Slip, ...]]


class _Verdicts(msgspec.Struct, frozen=True, array_like=True):
    """What is kept: the slips by sentence, and eight bytes of hash for each sentence without any."""

    slips: Slips
    clean: bytes


_decoder = msgspec.msgpack.Decoder(_Verdicts)


def proofread(
    said: Mapping[str, Said],
    cache: Cache,
    *,
    jobs: int = 0,
    warn: Callable[[str], None] = lambda text: None,
) -> Grammar:
    """The slips of what each page says, by path. `warn` hears what couldn't be checked."""
    texts = list(dict.fromkeys(text for page in said.values() for text in page.sentences))
    kept = _kept(cache)
    clean = frozenset(array("Q", kept.clean))
    hashes = {text: _hash(text) for text in texts}
    new = [text for text in texts if text not in kept.slips and hashes[text] not in clean]
    slips = {text: kept.slips[text] for text in texts if text in kept.slips}
    lost = False
    try:
        for verdicts in _checked([text for text in new if grammar.may_slip(text)], jobs):
            slips.update(verdicts)
    except BrokenProcessPool:
        lost = True
        warn(
            "a process that checks grammar was ended from outside, so some sentences weren't checked: "
            "run it again with `--jobs 1`"
        )
    if new and not lost:
        unslipped = array("Q", sorted({hashes[text] for text in texts if not slips.get(text)}))
        data = _Verdicts({text: found for text, found in slips.items() if found}, unslipped.tobytes())
        cache.store({_key(): msgspec.msgpack.encode(data)})
    found = {text: one for text, one in slips.items() if one}
    return Grammar(
        found, frozenset(path for path, page in said.items() if not found.keys().isdisjoint(page.sentences))
    )


def _key() -> str:
    return digest("grammar", build(), grammar.identity())


def _kept(cache: Cache) -> _Verdicts:
    data = cache.load([_key()]).get(_key())
    try:
        kept = _decoder.decode(data) if data is not None else _Verdicts({}, b"")
    except msgspec.DecodeError:
        kept = _Verdicts({}, b"")
    return kept if len(kept.clean) % 8 == 0 else _Verdicts({}, b"")


def _hash(text: str) -> int:
    return int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest())


def _checked(texts: Sequence[str], jobs: int) -> Iterator[Slips]:
    workers = workers_for(jobs)
    if workers == 1 or len(texts) < SMALL:
        yield _check(texts)
        return
    chunks = (texts[at : at + _CHUNK] for at in range(0, len(texts), _CHUNK))
    yield from spread(_work, chunks, workers, _start)


def _check(texts: Sequence[str]) -> Slips:
    return {text: grammar.slips_of(text) for text in texts}


def _start() -> None:
    """A process has nothing to prepare: it loads the checker with its first sentence."""


def _work(texts: Sequence[str]) -> Slips:
    done: Slips = {}
    for text in texts:
        # Once it is to stop nobody wants the rest of the chunk.
        if stopped():
            break
        done[text] = grammar.slips_of(text)
    return done
