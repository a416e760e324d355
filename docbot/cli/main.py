"""The `docbot` command: its verbs, and the one place where errors become exit codes."""

from __future__ import annotations

import io
import sys
import traceback
from collections.abc import Callable
from pathlib import Path

import click

from docbot import __version__
from docbot.cli.backtest import backtest_command
from docbot.cli.data import data_command
from docbot.cli.demo import demo_command
from docbot.cli.draft import draft
from docbot.cli.log import warn, warn_lines
from docbot.cli.propose import propose
from docbot.cli.review import review
from docbot.cli.scan import scan
from docbot.cli.setup import doctor_command, init_command, rules_command
from docbot.errors import DocbotError

INTERRUPTED = 130
BUG = 3


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="docbot")
def cli() -> None:
    """Find outdated and unclear sections of Markdown docs, and draft the edit with its evidence.

    docbot has no taste of its own: it speaks where the repository proves itself wrong, and shows the
    proof.
    """


cli.add_command(scan)
cli.add_command(draft)
cli.add_command(propose)
cli.add_command(review)
cli.add_command(backtest_command)
for command in (init_command, doctor_command, rules_command, demo_command, data_command):
    cli.add_command(command)


def main() -> None:
    """Run the command line. Never returns: the exit code tells how it went."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        # Not every console and pipe (Windows) has every character of the docs.
        sys.stdout.reconfigure(errors="replace")
    sys.exit(run(sys.argv[1:]))


def run(arguments: list[str], tell: Callable[[str], None] = warn) -> int:
    """Run the command with `arguments`; the exit code. Why it stopped is told in one sentence, which goes to
    standard error unless `tell` takes it elsewhere."""
    try:
        result = cli.main(arguments, prog_name="docbot", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except DocbotError as error:
        tell(f"docbot: {error}")
        return error.exit_code
    except (KeyboardInterrupt, click.Abort):
        warn("docbot: stopped; nothing is lost, run the same command again")
        return INTERRUPTED
    except SystemExit:
        # click ends so when the reader of our output is gone (`| head`): there is nobody to tell.
        return 0
    except Exception as error:
        warn_lines(_bug_report(error, arguments))
        return BUG
    return result if isinstance(result, int) else 0


def _bug_report(error: Exception, arguments: list[str]) -> str:
    import platform

    trace = "".join(traceback.format_exception(error))
    return (
        f"docbot: this is a bug in docbot, not in your docs. Please report it with the lines below.\n\n"
        f"docbot {__version__}, Python {platform.python_version()}, {platform.system()}\n"
        f"verb: {arguments[0] if arguments else '(none)'}\n{_without_home(trace)}"
    )


def _without_home(trace: str) -> str:
    return trace.replace(str(Path.home()), "~")
