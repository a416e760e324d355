"""Print one of README's commands, so that what CI runs and what README says can't drift apart.

README marks a command with an HTML comment, `<!-- command: NAME -->`, above a fenced `sh` block.
"""

from __future__ import annotations

import sys
from pathlib import Path

README = Path(__file__).parent.parent / "README.md"


def command(readme: str, name: str) -> str:
    """The lines of the `sh` block below the marker `name`.

    Raises ValueError, with a sentence for a person, when there isn't exactly one such command.
    """
    marker = f"<!-- command: {name} -->"
    lines = [line.rstrip() for line in readme.splitlines()]
    if lines.count(marker) != 1:
        raise ValueError(f"needs the line `{marker}` exactly once, and has it {lines.count(marker)} times")
    below = lines[lines.index(marker) + 1 :]
    while below and not below[0]:
        below.pop(0)
    if not below or below[0] != "```sh":
        raise ValueError(f"needs a block that starts with ```sh right below `{marker}`")
    if "```" not in below:
        raise ValueError(f"never closes the block below `{marker}`")
    found = "\n".join(below[1 : below.index("```")]).strip()
    if not found:
        raise ValueError(f"has an empty block below `{marker}`: write the command into it")
    return found


def main(name: str, readme: Path) -> int:
    """Print the command `name`; 1 and a sentence on stderr when the file doesn't hold it."""
    try:
        print(command(readme.read_text("utf-8") if readme.exists() else "", name))
    except ValueError as error:
        print(f"{readme.name} {error}.", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], Path(sys.argv[2]) if len(sys.argv) > 2 else README))
