"""Work spread over processes which a Ctrl-C ends in order, so that none is left behind."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from contextlib import contextmanager
from multiprocessing.synchronize import Event
from typing import Any, TypeVar

Task = TypeVar("Task")
Done = TypeVar("Done")


class _Here:
    """What a process that works for another knows."""

    stop: Event


def workers_for(jobs: int) -> int:
    """How many processes to use where `jobs` were asked for; 0 leaves it to the machine."""
    return jobs or min(os.cpu_count() or 1, 8)


def spread(
    work: Callable[[Task], Done],
    tasks: Iterable[Task],
    workers: int,
    start: Callable[..., None],
    *arguments: Any,
) -> Iterator[Done]:
    """What `work` makes of each task, in any order. `start(*arguments)` runs first in each process.

    No more tasks are taken than the processes need. All of it must travel between processes. What `work`
    raises is raised here; raises BrokenProcessPool when a process was ended from outside.
    """
    context = multiprocessing.get_context("spawn")
    stop = context.Event()
    pool = ProcessPoolExecutor(
        workers, mp_context=context, initializer=_start, initargs=(stop, start, arguments)
    )
    waiting: set[Future[Done]] = set()
    try:
        for task in tasks:
            if len(waiting) > workers:
                done, waiting = wait(waiting, return_when=FIRST_COMPLETED)
                yield from (future.result() for future in done)
            with _deaf_children():
                waiting.add(pool.submit(work, task))
        while waiting:
            done, waiting = wait(waiting, return_when=FIRST_COMPLETED)
            yield from (future.result() for future in done)
    finally:
        stop.set()
        pool.shutdown(wait=True, cancel_futures=True)


def stopped() -> bool:
    """In a process that works for another: whether nobody wants the rest any more."""
    return _Here.stop.is_set()


def _start(stop: Event, start: Callable[..., None], arguments: tuple[Any, ...]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _Here.stop = stop
    start(*arguments)


@contextmanager
def _deaf_children() -> Iterator[None]:
    """Processes started inside don't hear Ctrl-C, which reaches the whole process group.

    This process hears it at the end, so that no process is left half started. Where signals can't be held
    back (Windows, other threads), a process is deaf from its first own step on, see `_start`.
    """
    here = threading.current_thread() is threading.main_thread()
    if not here or not hasattr(signal, "pthread_sigmask"):
        yield
        return
    heard: list[int] = []
    handler = signal.signal(signal.SIGINT, lambda number, frame: heard.append(number))
    # The mask is what the new processes inherit.
    mask = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, mask)
        signal.signal(signal.SIGINT, handler)
    if heard:
        signal.raise_signal(signal.SIGINT)
