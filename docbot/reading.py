"""Reads pages into outlines and the findings of rules that need nothing but the page.

Many pages are spread over processes. Pages of one name go to the same process, since copies of a page
share most of their blocks and each distinct block's inline structure is parsed once a process.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures.process import BrokenProcessPool

import msgspec

from docbot import engine
from docbot.build import build
from docbot.cache import Cache, packed
from docbot.errors import UnreadablePageError, UsageError
from docbot.facts import SAID, Facts
from docbot.markdown import Document, Parser, blob_id
from docbot.markdown.nodes import Outline
from docbot.markdown.said import Said, said
from docbot.processes import spread, stopped, workers_for
from docbot.rules.interface import Rule
from docbot.types import Finding, digest

SMALL = 1_500_000
"""Bytes. Below this, starting processes costs more than it saves."""
_OBJECTS_BETWEEN_COLLECTIONS = 50_000
_CHUNK = 400_000
"""Bytes of pages a process gets at a time."""

Read = Callable[[str], bytes]
"""The bytes of a path; raises UnreadablePageError, whose message goes to the person."""


class Page(msgspec.Struct, frozen=True, array_like=True, omit_defaults=True):
    """A page as read: its outline and the findings of local rules, or why it can't be read."""

    path: str
    blob: str
    outline: Outline = Outline()
    findings: tuple[Finding, ...] = ()
    unreadable: str = ""
    said: Said = Said()
    """Only where some rule needs what all pages say."""


class Looking(msgspec.Struct, frozen=True):
    """What is looked for on every page: local findings, and what the page says."""

    rules: tuple[Rule, ...] = ()
    said: bool = False


class Task(msgspec.Struct, frozen=True):
    """One page to read: its path, the bytes' id and length."""

    path: str
    blob: str
    size: int


Batch = list[tuple[Page, bytes | None]]
"""Pages, and the bytes by which they are kept: None for those that aren't."""

_decoder = msgspec.msgpack.Decoder(Page)
_NO_FACTS = Facts()


def read_pages(
    paths: Sequence[str],
    read: Read,
    rules: Sequence[Rule],
    cache: Cache,
    *,
    jobs: int = 0,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> dict[str, Page]:
    """Every page of `paths`, in their order. `progress` hears pages done and pages in all."""
    local = tuple(rule for rule in rules if not rule.needs)
    looking = Looking(local, any(rule.needs & SAID for rule in rules))
    version = _version(looking)
    found: dict[str, Page] = {}
    tasks: list[Task] = []
    for path in paths:
        try:
            data = read(path)
        except UnreadablePageError as error:
            found[path] = Page(path, "", unreadable=str(error))
        else:
            tasks.append(Task(path, blob_id(data), len(data)))
    kept = cache.load(_key(version, task.path, task.blob) for task in tasks)
    missing = []
    for task in tasks:
        page = _kept(kept.get(_key(version, task.path, task.blob)), task)
        if page is None:
            missing.append(task)
        else:
            found[task.path] = page
    done = len(found)
    for batch in _parsed(missing, read, looking, jobs):
        cache.store({_key(version, page.path, page.blob): data for page, data in batch if data is not None})
        found.update((page.path, page) for page, _ in batch)
        done += len(batch)
        progress(done, len(paths))
    return {path: found[path] for path in paths}


def _with_bytes(page: Page) -> tuple[Page, bytes | None]:
    return page, None if page.unreadable else packed(page)


def _kept(data: bytes | None, task: Task) -> Page | None:
    if data is None:
        return None
    try:
        page = _decoder.decode(data)
    except msgspec.DecodeError:
        return None
    return page if (page.path, page.blob) == (task.path, task.blob) else None


def _version(looking: Looking) -> str:
    names = (f"{rule.name} {rule.version}" for rule in looking.rules)
    return digest(build(), str(looking.said), *names)


def _key(version: str, path: str, blob: str) -> str:
    # Copies of a page don't share: what a rule says may hang on the page's name.
    return digest(version, path, blob)


def read_page(path: str, data: bytes, looking: Looking, parser: Parser) -> Page:
    """One page, read here and now. Raises RuleError when a rule breaks its contract."""
    try:
        document = Document.read(path, data, parser=parser)
    except UnreadablePageError as error:
        return Page(path, blob_id(data), unreadable=str(error))
    findings = tuple(engine.check(document, looking.rules, _NO_FACTS))
    words = said(document) if looking.said else Said()
    return Page(path, document.blob, document.outline, findings, said=words)


def _parsed(tasks: list[Task], read: Read, looking: Looking, jobs: int) -> Iterator[Batch]:
    workers = workers_for(jobs)
    if workers == 1 or sum(task.size for task in tasks) < SMALL:
        parser = Parser()
        for chunk in _chunks(tasks):
            pages, lost = _contents(chunk, read)
            read_here = (read_page(path, data, looking, parser) for path, data in pages)
            yield [*((page, None) for page in lost), *map(_with_bytes, read_here)]
        return
    yield from _spread(_chunks(tasks), read, looking, workers)


def _contents(tasks: list[Task], read: Read) -> tuple[list[tuple[str, bytes]], list[Page]]:
    """The bytes of the pages; and the pages that can't be read any more."""
    pages: list[tuple[str, bytes]] = []
    lost: list[Page] = []
    for task in tasks:
        try:
            pages.append((task.path, read(task.path)))
        except UnreadablePageError as error:
            lost.append(Page(task.path, "", unreadable=str(error)))
    return pages, lost


def _chunks(tasks: list[Task]) -> list[list[Task]]:
    """Pages of one name together, in chunks of about the same size."""
    chunks: list[list[Task]] = [[]]
    size = 0
    for task in sorted(tasks, key=lambda t: (t.path.rpartition("/")[2], t.path)):
        if size > _CHUNK:
            chunks.append([])
            size = 0
        chunks[-1].append(task)
        size += task.size
    return chunks if chunks[0] else []


def _spread(chunks: list[list[Task]], read: Read, looking: Looking, workers: int) -> Iterator[Batch]:
    gone: list[Page] = []

    def contents() -> Iterator[list[tuple[str, bytes]]]:
        for chunk in chunks:
            pages, lost = _contents(chunk, read)
            gone.extend(lost)
            yield pages

    try:
        for done in spread(_work, contents(), workers, _start, looking):
            yield _received(done)
    except BrokenProcessPool as error:
        raise UsageError(
            "a process that reads pages was ended from outside, perhaps for want of memory: "
            "run it again with `--jobs 1`"
        ) from error
    yield [(page, None) for page in gone]


class _Worker:
    """What a process keeps between chunks."""

    looking = Looking()
    parser = Parser()


def _start(looking: Looking) -> None:
    # Parsing makes millions of short-lived objects: looking for cycles among them took a fifth of the time.
    gc.set_threshold(_OBJECTS_BETWEEN_COLLECTIONS)
    _Worker.looking = looking


def _work(pages: list[tuple[str, bytes]]) -> list[Page | bytes]:
    """Pages as bytes where they can be: those pass between processes in a fifth of the time."""
    done: list[Page | bytes] = []
    for path, data in pages:
        # Once it is to stop nobody wants what was read: the rest of the chunk would only take time.
        if stopped():
            break
        page, kept = _with_bytes(read_page(path, data, _Worker.looking, _Worker.parser))
        done.append(page if kept is None else kept)
    return done


def _received(pages: Iterable[Page | bytes]) -> Batch:
    return [(_decoder.decode(one), one) if isinstance(one, bytes) else (one, None) for one in pages]
