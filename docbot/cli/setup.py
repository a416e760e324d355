"""`docbot init`, `docbot doctor` and `docbot rules`."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

import click

from docbot.app.connect import NoToken, connected
from docbot.app.forge_checks import forge_checks
from docbot.app.setup import Check, State, doctor, init, stops
from docbot.cli.log import say, say_lines, warn
from docbot.cli.options import path_argument
from docbot.errors import RuleError, StoppedError
from docbot.plugins import load_rules
from docbot.repository.worktree import Worktree
from docbot.rulebook import page_of, summary_of


@click.command("init")
@path_argument
def init_command(path: Path) -> None:
    """Write a config with every default into the docs repository at PATH."""
    target = init(path)
    say(f"Wrote {target.name}. Every line in it is a default: remove what you don't change.")


@click.command("doctor")
@path_argument
@click.option("--offline", is_flag=True, help="Ask nobody: look at this repository alone.")
def doctor_command(path: Path, *, offline: bool) -> int:
    """Say what the docs repository at PATH and GitHub allow, and what is missing.

    Only reads. Exits with 4 when something forbids proposals.
    """
    checks = doctor(path)
    _show(checks)
    if not offline:
        checks += _asked(path)
    if stops(checks):
        say("Nothing may be proposed here.")
        return StoppedError.exit_code
    return 0


def _asked(path: Path) -> list[Check]:
    """What the forge says, shown check by check; a refusal of its own is one more check."""
    worktree = Worktree.open(path)
    checks = []
    try:
        with connected(worktree, os.environ, warn) as connection:
            if connection is not None:
                for check in forge_checks(worktree, connection):
                    _show([check])
                    checks.append(check)
    except NoToken as error:
        _show([Check("token", State.NOTE, str(error))])
    except StoppedError as error:
        checks.append(Check("forge", State.STOP, str(error)))
        _show(checks[-1:])
    return checks


def _show(checks: Iterable[Check]) -> None:
    for check in checks:
        say(f"{check.state.value:5}{check.name}: {check.text}")


@click.command("rules")
@click.argument("rule_id", required=False, metavar="[ID]")
def rules_command(rule_id: str | None) -> None:
    """List the rules, or explain the rule ID with its examples."""
    rules = {rule.name: rule for rule in load_rules()}
    if rule_id is None:
        width = max(map(len, rules))
        for rule in rules.values():
            say(f"{rule.name:{width}}  {rule.kind.value:8}  {summary_of(rule)}")
        return
    if rule_id not in rules:
        raise RuleError(f"there is no rule {rule_id!r}: `docbot rules` lists the {len(rules)} there are")
    say_lines(page_of(rules[rule_id]))
