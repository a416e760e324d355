"""Options that several verbs share, and how their output is written."""

from __future__ import annotations

import errno
import os
import sys
import tempfile
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

from docbot import __version__
from docbot.app import ScanOptions
from docbot.cli.log import for_the_log, in_workflow
from docbot.errors import UsageError
from docbot.reporters.interface import Options, RuleInfo
from docbot.reporters.plain import visible_lines
from docbot.rulebook import page_of, summary_of
from docbot.rules.interface import Rule

F = TypeVar("F", bound=Callable[..., Any])

path_argument = click.argument("path", type=click.Path(path_type=Path), default=".")
output_option = click.option(
    "-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="Write to FILE."
)

also_option = click.option(
    "--also",
    multiple=True,
    metavar="FORMAT=FILE",
    help="Also report in FORMAT, to FILE (repeatable).",
)

model_option = click.option(
    "--model",
    metavar="NAME",
    help="Have this language model draft what no rule can; `default` is the one in your own config.",
)


def reports(also: Iterable[str], known: Collection[str]) -> list[tuple[str, Path]]:
    """The format and the file of each `--also`. Raises UsageError for one that isn't among the `known`."""
    found = []
    for said in also:
        form, mark, file = said.partition("=")
        if form not in known or not mark or not file:
            raise UsageError(f"--also {said}: say FORMAT=FILE, where FORMAT is {', '.join(sorted(known))}")
        found.append((form, Path(file)))
    return found


def _with(command: F, *options: Callable[[F], F]) -> F:
    for option in reversed(options):
        command = option(command)
    return command


def rule_options(command: F) -> F:
    """The options that say which rules look, and how many processes may."""
    return _with(
        command,
        click.option("--rule", "only", multiple=True, metavar="ID", help="Only this rule (repeatable)."),
        click.option("--skip", multiple=True, metavar="ID", help="All but this rule (repeatable)."),
        click.option("--all", "show_all", is_flag=True, help="Also findings below the confidence threshold."),
        click.option("--jobs", type=click.IntRange(0, 64), default=0, help="Processes; 0 chooses."),
    )


def scan_options(command: F) -> F:
    """The options that say what to look for, and where."""
    return _with(
        rule_options(command),
        click.option(
            "--diff",
            metavar="BASE",
            help="Only what stands on lines changed since BASE, or is about a path changed since.",
        ),
        click.option(
            "--baseline",
            type=click.Path(path_type=Path, dir_okay=False),
            help="Hide the findings accepted in FILE.",
        ),
        click.option(
            "--today",
            type=click.DateTime(["%Y-%m-%d"]),
            metavar="DATE",
            help="Take DATE (YYYY-MM-DD) for today.",
        ),
        click.option(
            "--source",
            "sources",
            type=click.Path(path_type=Path),
            multiple=True,
            metavar="PATH",
            help="A clone of the code that the docs speak of (repeatable).",
        ),
        click.option("--no-cache", is_flag=True, help="Read every page anew."),
    )


def options_of(
    values: dict[str, Any], *, sections: bool = False, accept: bool = False, drafting: bool = False
) -> ScanOptions:
    """The scan options among a command's values, which they are taken out of."""
    today: datetime | None = values.pop("today", None)
    return ScanOptions(
        today=today.date() if today else None,
        only=tuple(values.pop("only")),
        skip=tuple(values.pop("skip")),
        show_all=values.pop("show_all"),
        diff=values.pop("diff", None),
        baseline=values.pop("baseline", None),
        jobs=values.pop("jobs"),
        cache=not values.pop("no_cache", False),
        sections=sections,
        accept=accept,
        drafting=drafting,
        sources=tuple(values.pop("sources", ())),
    )


class Bar:
    """One bar of a progress display. Call it with what is done and how much there is in all."""

    def __init__(self, display: Progress, label: str) -> None:
        self._display, self._label = display, label
        self._task: TaskID | None = None

    def __call__(self, done: int, total: int) -> None:
        if self._task is None:
            self._task = self._display.add_task(self._label, total=None)
        self._display.update(self._task, completed=done, total=total)

    def next(self, label: str) -> Bar:
        """A bar below this one, for what comes after; it appears when it is first called."""
        return Bar(self._display, label)


@contextmanager
def progress(label: str) -> Iterator[Bar]:
    """A progress bar on standard error, for work that takes a while; silent where nobody watches."""
    console = Console(stderr=True)
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    # What moves the cursor would stand before a command to a runner, which then is none.
    silent = in_workflow() or not console.is_terminal
    with Progress(*columns, console=console, transient=True, disable=silent) as display:
        yield Bar(display, label)


def about(rules: Iterable[Rule]) -> Options:
    """What reports say of docbot and of the rules that ran."""
    told = tuple(RuleInfo(rule.name, summary_of(rule), page_of(rule)) for rule in rules)
    return Options(version=__version__, rules=told)


def write(pieces: Iterable[str], output: Path | None, *, commands: bool = False) -> None:
    """Write to standard output as UTF-8, or to a file that appears only when it is whole.

    On standard output no text commands the runner of a workflow, unless `commands` are what it is.
    Raises UsageError when the file can't be written.
    """
    if output is None:
        with reader_may_leave():
            for piece in pieces if commands else for_the_log(pieces):
                sys.stdout.buffer.write(_bytes(piece))
        return
    # What a link names is written, not the link.
    target = Path(os.path.realpath(output))
    try:
        if target.exists() and not target.is_file():
            with target.open("wb") as device:
                device.writelines(map(_bytes, pieces))
        else:
            _replace(target, pieces)
    except OSError as error:
        raise UsageError(f"{output} can't be written ({error.strerror}): choose another file") from error


def show(pieces: Iterable[str]) -> None:
    """Write to standard output; where that is a terminal, nothing in the lines steers it."""
    write(map(visible_lines, pieces) if Console().is_terminal else pieces, None)


def _bytes(piece: str) -> bytes:
    return piece.encode("utf-8", "surrogateescape")


def _replace(target: Path, pieces: Iterable[str]) -> None:
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name[:40]}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.writelines(map(_bytes, pieces))
        Path(name).chmod(_mode(target))
        Path(name).replace(target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _mode(target: Path) -> int:
    """The permissions of the file that is replaced, or those any new file gets."""
    if target.exists():
        return target.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


@contextmanager
def reader_may_leave() -> Iterator[None]:
    """What is written to standard output inside may go nowhere, in silence: `docbot … | head`.

    Raises UsageError when it can't be written for another reason.
    """
    try:
        yield
        sys.stdout.flush()
    except OSError as error:
        # What is still buffered must not fail once more when Python ends.
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
        if error.errno != (errno.EINVAL if os.name == "nt" else errno.EPIPE):
            raise UsageError(
                f"standard output can't be written ({error.strerror}): name a file with `-o`"
            ) from error


class Terminal(Console):
    """Standard output for text. Leaves it to `reader_may_leave` what a broken pipe means."""

    def on_broken_pipe(self) -> None:
        raise BrokenPipeError(errno.EPIPE, os.strerror(errno.EPIPE))
