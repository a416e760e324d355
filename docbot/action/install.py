"""Puts docbot where one job can use it.

It is started as a file, by whatever Python a runner has, with nothing installed. Therefore older Pythons must
be able to read it, and it imports nothing of docbot.
"""

from __future__ import annotations

import importlib.metadata
import importlib.util
import os
import re
import subprocess
import sys
from pathlib import Path

OLDEST = (3, 11)
FOLDER = "docbot-venv"
"""Below the runner's folder for temporary files, which is emptied before and after each job."""
_DONE = "docbot-installed-from"


def install(environ: dict[str, str]) -> str:
    """The Python that has docbot now. Raises ValueError, with a sentence for a person, when there is none.

    It is this very Python where that has docbot of this version already, else one below `RUNNER_TEMP`.
    """
    if sys.version_info < OLDEST:
        wanted, here = ".".join(map(str, OLDEST)), ".".join(map(str, sys.version_info[:2]))
        raise ValueError(
            f"docbot needs Python {wanted} or later, and {sys.executable} is {here}: "
            "use actions/setup-python in a step before, or name another in `python`"
        )
    source = Path(__file__).resolve().parents[2]
    model = bool(environ.get("INPUT_MODEL") or environ.get("DOCBOT_MODEL"))
    if _has_docbot(source, model=model):
        return sys.executable
    venv = Path(environ["RUNNER_TEMP"], FOLDER)
    python = venv / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    wanted = f"{source}[ai]" if model else str(source)
    done = venv / _DONE
    if not done.is_file() or done.read_text(encoding="utf-8") != wanted:
        _run(sys.executable, "-m", "venv", str(venv))
        _run(str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", wanted)
        done.write_text(wanted, encoding="utf-8")
    return str(python)


def _has_docbot(source: Path, *, model: bool) -> bool:
    said = re.search(r'__version__ = "(.+)"', (source / "docbot" / "__init__.py").read_text(encoding="utf-8"))
    try:
        here = importlib.metadata.version("docbot-md")
    except importlib.metadata.PackageNotFoundError:
        return False
    can_ask = not model or importlib.util.find_spec("openai") is not None
    return said is not None and said.group(1) == here and can_ask


def _run(python: str, *arguments: str) -> None:
    # Isolated, so that no file of the docs is taken for a module: a step starts in their folder.
    done = subprocess.run((python, "-I", *arguments), check=False)
    if done.returncode:
        raise ValueError(
            f"docbot can't be installed (`{' '.join(arguments[:3])}` ended with {done.returncode}): "
            "what it said stands above"
        )


def main() -> int:
    """Install, and tell the workflow which Python has it; the exit code."""
    try:
        python = install(dict(os.environ))
    except ValueError as error:
        sys.stdout.write(f"::error title=docbot::{error}\n")
        return 1
    with Path(os.environ["GITHUB_OUTPUT"]).open("a", encoding="utf-8", newline="\n") as outputs:
        outputs.write(f"python={python}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
