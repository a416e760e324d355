"""`docbot init`, `docbot doctor` and `docbot rules`."""

from __future__ import annotations

from pathlib import Path

import click

from docbot.app.setup import State, doctor, init, stops
from docbot.cli.options import path_argument
from docbot.errors import RuleError
from docbot.plugins import load_rules
from docbot.reporters.plain import visible
from docbot.rulebook import page_of, summary_of


@click.command("init")
@path_argument
def init_command(path: Path) -> None:
    """Write a config with every default into the docs repository at PATH."""
    target = init(path)
    click.echo(f"Wrote {target.name}. Every line in it is a default: remove what you don't change.")


@click.command("doctor")
@path_argument
def doctor_command(path: Path) -> int:
    """Say what the docs repository at PATH allows, and what is missing.

    Exits with 4 when it forbids proposals.
    """
    checks = doctor(path)
    for check in checks:
        click.echo(f"{check.state.value:5}{check.name}: {visible(check.text)}")
    forbidden = stops(checks)
    if forbidden:
        click.echo("Nothing may be proposed here.")
    return 4 if any(check.state is State.STOP for check in checks) else 0


@click.command("rules")
@click.argument("rule_id", required=False, metavar="[ID]")
def rules_command(rule_id: str | None) -> None:
    """List the rules, or explain the rule ID with its examples."""
    rules = {rule.name: rule for rule in load_rules()}
    if rule_id is None:
        width = max(map(len, rules))
        for rule in rules.values():
            click.echo(f"{rule.name:{width}}  {rule.kind.value:8}  {summary_of(rule)}")
        return
    if rule_id not in rules:
        raise RuleError(f"there is no rule {rule_id!r}: `docbot rules` lists the {len(rules)} there are")
    click.echo(page_of(rules[rule_id]))
