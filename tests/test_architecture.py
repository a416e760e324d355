"""The shape of docbot holds, and each check of it can fail."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.architecture import (
    CHECKS,
    ROOT,
    Check,
    broad_excepts,
    foreign_imports,
    large_functions,
    large_modules,
    missing_docstrings,
    modules,
    prints,
    wrong_directions,
)


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_docbot_keeps(check: Check) -> None:
    assert list(check(modules(ROOT))) == []


LONG = "\n".join(f"    x{n} = {n}" for n in range(41))
DOC = '"""A module."""\n'

# For each check: files of a small tree, and the only complaint about it (none where it is as it should be).
SAMPLES: tuple[tuple[Check, dict[str, str], str], ...] = (
    (
        wrong_directions,
        {"text.py": "from docbot.types import Finding", "types.py": ""},
        "docbot.text:1 imports docbot.types",
    ),
    (wrong_directions, {"types.py": "from docbot import text", "text.py": ""}, ""),
    (
        wrong_directions,
        {"types.py": "from docbot import app", "app.py": ""},
        "docbot.types:1 imports docbot.app",
    ),
    (
        wrong_directions,
        {"rules/a.py": "def f():\n    import docbot.drafters.b", "drafters/b.py": ""},
        "docbot.rules.a:2",
    ),
    (wrong_directions, {"rules/outdated/a.py": "from docbot.rules.b import c", "rules/b.py": ""}, ""),
    (
        wrong_directions,
        {"text.py": "from .types import Finding", "types.py": ""},
        "docbot.text:1 imports docbot.types",
    ),
    (
        wrong_directions,
        {"rules/__init__.py": "from ..app import x", "app.py": ""},
        "docbot.rules:1 imports docbot.app",
    ),
    (
        wrong_directions,
        {"repository/values.py": "from .worktree import x", "repository/worktree.py": ""},
        "docbot.repository.values:1",
    ),
    (wrong_directions, {"repository/worktree.py": "from .values import x", "repository/values.py": ""}, ""),
    (wrong_directions, {"attic.py": ""}, "docbot.attic has no place"),
    (foreign_imports, {"engine.py": "import git.exc"}, "docbot.engine:1 imports git"),
    (foreign_imports, {"engine.py": "from click import echo"}, "docbot.engine:1 imports click"),
    (foreign_imports, {"forges/memory.py": "import github"}, "docbot.forges.memory:1 imports github"),
    (
        foreign_imports,
        {"forges/github.py": "import github", "cache.py": "import sqlite3", "a.py": "import github_x"},
        "",
    ),
    (large_modules, {"text.py": "x = 1\n" * 301}, "docbot.text has 301 lines of 300"),
    (large_modules, {"rules/interface.py": "x = 1\n" * 161}, "docbot.rules.interface has 161 lines of 160"),
    (large_modules, {"text.py": "x = 1\n" * 300}, ""),
    (large_functions, {"a.py": f"class A:\n  def f(self):\n{LONG}"}, "docbot.a:2 f has 41 lines of 40"),
    (large_functions, {"a.py": f"async def f():\n{LONG}"}, "docbot.a:1 f has 41 lines of 40"),
    (
        large_functions,
        {"a.py": f'def f():\n    """One.\n\n    Two.\n    """\n{LONG[LONG.index("    x1") :]}'},
        "",
    ),
    (missing_docstrings, {"a.py": "x = 1"}, "docbot.a has no docstring"),
    (missing_docstrings, {"a.py": f"{DOC}def f():\n{LONG}"}, "docbot.a:2 f has no docstring"),
    (missing_docstrings, {"a.py": f"{DOC}class A:\n{LONG}"}, "docbot.a:2 A has no docstring"),
    (missing_docstrings, {"a.py": f"{DOC}def _f():\n{LONG}\ndef g(x):\n    return x"}, ""),
    (
        missing_docstrings,
        {"rules/interface.py": f'{DOC}class A:\n  """A."""\n  def f(self):\n{LONG}'},
        "docbot.rules.interface:4 f",
    ),
    (broad_excepts, {"a.py": "try:\n    x\nexcept Exception:\n    pass"}, "docbot.a:3 catches"),
    (
        broad_excepts,
        {"a.py": "try:\n    x\nexcept (OSError, BaseException) as e:\n    pass"},
        "docbot.a:3 catches",
    ),
    (broad_excepts, {"a.py": "try:\n    x\nexcept:\n    raise"}, "docbot.a:3 catches"),
    (
        broad_excepts,
        {"a.py": "from contextlib import suppress\nwith suppress(Exception):\n    x"},
        "docbot.a:2 catches",
    ),
    (broad_excepts, {"a.py": "try:\n    x\nexcept (OSError, ValueError):\n    pass"}, ""),
    (broad_excepts, {"a.py": "try:\n    x\nexcept BaseException:\n    y()\n    raise"}, ""),
    (broad_excepts, {"cli/main.py": "try:\n    x\nexcept Exception:\n    pass"}, ""),
    (prints, {"a.py": "def f():\n    print(1)"}, "docbot.a:2 prints"),
    (prints, {"cli/a.py": "print(1)", "reporters/b.py": "print(1)", "a.py": "blueprint(1)"}, ""),
)


@pytest.mark.parametrize(("check", "files", "complaint"), SAMPLES)
def test_each_check_can_fail(check: Check, files: dict[str, str], complaint: str, tmp_path: Path) -> None:
    for name, text in files.items():
        file = tmp_path / "docbot" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    complaints = list(check(modules(tmp_path)))
    assert len(complaints) == bool(complaint)
    assert all(text.startswith(complaint) for text in complaints)


def test_every_check_has_a_sample_that_fails_and_one_that_passes() -> None:
    for check in CHECKS:
        outcomes = {bool(complaint) for tested, _, complaint in SAMPLES if tested is check}
        assert outcomes == {True, False}, check.__name__
