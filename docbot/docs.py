"""Writes the generated parts of docbot's own docs: `python -m docbot.docs`; with `--check` only compares.

What docs say of commands, rules, settings and output is made from the program, so that it can't rot.
"""

from __future__ import annotations

import io
import re
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import click
from rich.console import Console
from ruamel.yaml import YAML

from docbot import app
from docbot.app.setup import CONFIG
from docbot.cli.main import cli
from docbot.demo import build
from docbot.errors import DocbotError, UsageError
from docbot.plugins import load_rules
from docbot.reporters.text import print_report
from docbot.rulebook import page_of, summary_of
from docbot.types import Report

ROOT = Path(__file__).resolve().parent.parent
FIRST_WORKFLOW = ".github/examples/review.yml"
_BLOCK = re.compile(r"(<!-- generated: (?P<name>[\w-]+) -->\n)(?:.*?\n)??(<!-- /generated -->)", re.S)
_WEB_FONT = re.compile(r"@font-face \{[^}]*\}\s*")
_WIDTH = 100


def rules_table() -> str:
    """The rules with what they find and what docbot does about it."""
    lines = ["| rule | finds |", "|---|---|"]
    for rule in load_rules():
        summary = summary_of(rule).replace("|", "\\|")
        lines.append(f"| [`{rule.name}`](docbot/rules/README.md#{rule.name}) | {summary} |")
    return "\n".join(lines)


def rule_pages() -> str:
    """Every rule's page in one file."""
    pages = "\n".join(page_of(rule, level=2) for rule in load_rules())
    return (
        "<!-- docbot: ignore-file * the examples are broken on purpose -->\n\n"
        "# The rules\n\nThis page is made from the rules themselves: their docstrings and examples, which "
        f"are their tests too.\n\n{pages}"
    )


def commands_table() -> str:
    """The verbs with the first sentence of their help."""
    context = click.Context(cli, info_name="docbot", **cli.context_settings)
    lines = ["| command | does |", "|---|---|"]
    for name in cli.list_commands(context):
        command = cli.get_command(context, name)
        assert command is not None
        usage = " ".join(["docbot", name, *command.collect_usage_pieces(context)[1:]])
        lines.append(f"| `{usage}` | {command.get_short_help_str(200)} |")
    return "\n".join(lines)


def help_texts() -> str:
    """`docbot VERB --help` of every verb."""
    settings = {**cli.context_settings, "max_content_width": _WIDTH, "terminal_width": _WIDTH}
    context = click.Context(cli, info_name="docbot", **settings)
    parts = []
    for name in cli.list_commands(context):
        command = cli.get_command(context, name)
        assert command is not None
        inner = click.Context(command, context, info_name=name, terminal_width=_WIDTH)
        parts.append(f"```text\n{command.get_help(inner)}\n```")
    return "\n\n".join(parts)


def config_sample() -> str:
    """The config with every default."""
    return f"```toml\n{CONFIG.rstrip()}\n```"


def action_tables() -> str:
    """The inputs and outputs of the GitHub Action, from `action.yml`."""
    action = YAML(typ="safe", pure=True).load((ROOT / "action.yml").read_text(encoding="utf-8"))
    lines = ["| input | default | what it says |", "|---|---|---|"]
    for name, given in action["inputs"].items():
        default = f"`{given['default']}`" if given["default"] else ""
        lines.append(f"| `{name}` | {default} | {given['description']} |")
    lines += ["", "| output | what it says |", "|---|---|"]
    lines += [f"| `{name}` | {given['description']} |" for name, given in action["outputs"].items()]
    return "\n".join(lines)


def example_workflow() -> str:
    """The workflow that reviews pull requests, as it is shipped."""
    return f"```yaml\n{(ROOT / FIRST_WORKFLOW).read_text(encoding='utf-8').rstrip()}\n```"


def _demo_report() -> Report:
    with tempfile.TemporaryDirectory(prefix="docbot-docs-", ignore_cleanup_errors=True) as folder:
        return app.scan(build(Path(folder)), app.ScanOptions(cache=False, jobs=1)).report


def demo_picture() -> str:
    """An SVG of what `docbot scan` says of the bundled sample."""
    report = _demo_report()
    shown = [f for f in report.findings if f.path.endswith(("install.md", "v1/reference.md"))]
    some = Report(tuple(shown), (), (), report.texts, report.pages, report.words)
    console = Console(record=True, width=_WIDTH, file=io.StringIO(), force_terminal=True, highlight=False)
    print_report(some, console)
    svg = console.export_svg(title="docbot scan", unique_id="docbot")
    # A picture must not fetch anything: the reader's own monospaced font does.
    return _WEB_FONT.sub("", svg)


BLOCKS: Mapping[str, Callable[[], str]] = {
    "rules": rules_table,
    "commands": commands_table,
    "help": help_texts,
    "config": config_sample,
    "action": action_tables,
    "workflow": example_workflow,
}
FILES: Mapping[str, Callable[[], str]] = {
    "docbot/rules/README.md": rule_pages,
    ".github/demo.svg": demo_picture,
}


def generated(root: Path) -> Iterator[tuple[Path, str]]:
    """Every file with generated parts and what it should hold."""
    readme = root / "README.md"
    yield readme, with_blocks(readme.read_text(encoding="utf-8"))
    for path, make in FILES.items():
        yield root / path, make()


def with_blocks(text: str) -> str:
    """`text` with every generated block made anew. Raises UsageError for a block nobody makes."""

    def make(match: re.Match[str]) -> str:
        if match["name"] not in BLOCKS:
            known = ", ".join(BLOCKS)
            raise UsageError(f"no one makes the block {match['name']!r}: choose one of {known}")
        return f"{match.group(1)}{BLOCKS[match['name']]()}\n{match.group(3)}"

    return _BLOCK.sub(make, text)


def run(arguments: list[str], root: Path = ROOT) -> int:
    """Write or check the generated docs; 1 when a check found any that differ."""
    stale = []
    for path, text in generated(root):
        if path.is_file() and path.read_text(encoding="utf-8") == text:
            continue
        stale.append(path.relative_to(root).as_posix())
        if "--check" not in arguments:
            path.write_text(text, encoding="utf-8", newline="\n")
    if stale and "--check" in arguments:
        click.echo(
            f"not as the program makes them: {', '.join(stale)}; run `python -m docbot.docs`", err=True
        )
        return 1
    click.echo(f"{'wrote ' + ', '.join(stale) if stale else 'all generated docs are up to date'}")
    return 0


if __name__ == "__main__":
    try:
        sys.exit(run(sys.argv[1:]))
    except DocbotError as error:
        click.echo(str(error), err=True)
        sys.exit(error.exit_code)
