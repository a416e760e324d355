"""The shape of docbot, read from its source: who may import whom, and how large things may get."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parent.parent

LAYERS: tuple[tuple[str, ...], ...] = (
    ("docbot", "docbot.text", "docbot.errors", "docbot.measured", "docbot.processes"),
    ("docbot.types", "docbot.outcomes"),
    ("docbot.config", "docbot.repository.values", "docbot.lifecycles", "docbot.wordings"),
    ("docbot.markdown", "docbot.user_config"),
    (
        "docbot.site",
        "docbot.repository",
        "docbot.pages",
        "docbot.hand_edits",
        "docbot.policies",
        "docbot.web",
        "docbot.code_beside",
        "docbot.renames",
        "docbot.words",
        "docbot.customs",
        "docbot.terms",
        "docbot.grammar",
    ),
    ("docbot.readers", "docbot.spelling"),
    ("docbot.facts", "docbot.attention"),
    ("docbot.rules", "docbot.drafters", "docbot.forges"),
    (
        "docbot.build",
        "docbot.plugins",
        "docbot.cache",
        "docbot.baseline",
        "docbot.rulebook",
        "docbot.demo",
        "docbot.lifecycles_refresh",
    ),
    ("docbot.engine", "docbot.plan", "docbot.sections"),
    ("docbot.proofread",),
    ("docbot.reading", "docbot.gates", "docbot.testing", "docbot.hindsight", "docbot.online", "docbot.heard"),
    ("docbot.worked", "docbot.snippets", "docbot.spelled"),
    ("docbot.memory",),
    ("docbot.sources",),
    ("docbot.together", "docbot.site_here"),
    ("docbot.gather", "docbot.drafting"),
    ("docbot.recall", "docbot.backtest", "docbot.reach"),
    ("docbot.review",),
    (
        "docbot.publish",
        "docbot.reporters",
        "docbot.record",
        "docbot.upkeep",
    ),
    ("docbot.objections",),
    ("docbot.app",),
    ("docbot.cli",),
    ("docbot.__main__", "docbot.docs"),
)
"""From the bottom up. A module may import from its own room and from rooms on earlier lines; rooms on one
line don't know each other. A module belongs to the room with the longest name that it starts with."""

FOREIGN: dict[str, tuple[str, ...]] = {
    "mistune": ("docbot.markdown",),
    "git": ("docbot.repository",),
    "gitdb": ("docbot.repository",),
    "github": ("docbot.forges.github",),
    "click": ("docbot.cli", "docbot.docs"),
    "rich": ("docbot.reporters", "docbot.cli", "docbot.docs"),
    "jinja2": ("docbot.reporters",),
    "sqlite3": ("docbot.cache",),
    "ruamel": ("docbot.policies", "docbot.rules.unclear.syntax_checks"),
    "certifi": ("docbot.web",),
    "http": ("docbot.web",),
    "harper": ("docbot.grammar.checker",),
    "httpx2": ("docbot.drafters.model.endpoint",),
    "openai": ("docbot.drafters.model.endpoint",),
    "tomlkit": ("docbot.app.measure",),
}
"""Each foreign library, and the only rooms or modules that may import it."""

PRINTS = ("docbot.cli", "docbot.reporters")
FUNNEL = ("docbot.cli.main",)
MODULE_LINES, INTERFACE_LINES, FUNCTION_LINES = 300, 160, 40
SPEAKS_FOR_ITSELF = 3
"""Lines of a body that need no docstring."""

Function = ast.FunctionDef | ast.AsyncFunctionDef


class Module(NamedTuple):
    """A module of the tree under test."""

    name: str
    is_package: bool
    lines: int
    tree: ast.Module

    def is_in(self, *rooms: str) -> bool:
        """Whether this module is one of `rooms` or inside one."""
        return any(inside(self.name, room) for room in rooms)

    def imports(self) -> Iterator[tuple[int, str]]:
        """`(line, dotted name)` of everything imported anywhere, relative imports resolved."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                yield from ((node.lineno, alias.name) for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                origin = self._origin(node)
                yield from ((node.lineno, f"{origin}.{alias.name}") for alias in node.names)

    def _origin(self, node: ast.ImportFrom) -> str:
        if not node.level:
            return node.module or ""
        package = self.name.split(".") if self.is_package else self.name.split(".")[:-1]
        return ".".join([*package[: len(package) - node.level + 1], *filter(None, [node.module])])


def inside(name: str, room: str) -> bool:
    return name == room or name.startswith(room + ".")


def modules(root: Path) -> list[Module]:
    """Every module of the package `docbot` below `root`."""
    found = []
    for file in sorted(root.glob("docbot/**/*.py")):
        parts = file.relative_to(root).with_suffix("").parts
        is_package = parts[-1] == "__init__"
        text = file.read_text("utf-8")
        name = ".".join(parts[:-1] if is_package else parts)
        found.append(Module(name, is_package, text.count("\n"), ast.parse(text, str(file))))
    return found


def room_of(name: str) -> tuple[int, str] | None:
    """Layer and room of a module; the package itself is a room without anything inside."""
    rooms = [(layer, room) for layer, line in enumerate(LAYERS) for room in line]
    fitting = [
        (layer, room) for layer, room in rooms if name == room or (room != "docbot" and inside(name, room))
    ]
    return max(fitting, key=lambda found: len(found[1]), default=None)


def wrong_directions(tree: Sequence[Module]) -> Iterator[str]:
    """Imports that go up or sideways, and modules without a layer."""
    known = {module.name for module in tree}
    for module in tree:
        home = room_of(module.name)
        if home is None:
            yield f"{module.name} has no place in LAYERS"
            continue
        for line, imported in module.imports():
            target = imported if imported in known else imported.rpartition(".")[0]
            room = room_of(target) if inside(target, "docbot") else None
            if room and room[1] != home[1] and room[0] >= home[0]:
                yield f"{module.name}:{line} imports {target}, which is not below it"


def foreign_imports(tree: Sequence[Module]) -> Iterator[str]:
    """Foreign libraries imported outside of their one room."""
    for module in tree:
        for line, imported in module.imports():
            library = imported.split(".")[0]
            if library in FOREIGN and not module.is_in(*FOREIGN[library]):
                home = " and ".join(FOREIGN[library])
                yield f"{module.name}:{line} imports {library}, which belongs to {home}"


def large_modules(tree: Sequence[Module]) -> Iterator[str]:
    """Modules with too many lines; an interface has fewer."""
    for module in tree:
        limit = INTERFACE_LINES if module.name.endswith(".interface") else MODULE_LINES
        if module.lines > limit:
            yield f"{module.name} has {module.lines} lines of {limit}"


def body_lines(node: Function | ast.ClassDef) -> int:
    """Lines from the first statement after the docstring to the last."""
    body = node.body[1:] if ast.get_docstring(node) is not None else node.body
    return (node.end_lineno or node.lineno) - body[0].lineno + 1 if body else 0


def large_functions(tree: Sequence[Module]) -> Iterator[str]:
    """Functions and methods with too many lines."""
    for module in tree:
        for node in ast.walk(module.tree):
            lines = body_lines(node) if isinstance(node, Function) else 0
            if isinstance(node, Function) and lines > FUNCTION_LINES:
                yield f"{module.name}:{node.lineno} {node.name} has {lines} lines of {FUNCTION_LINES}"


def missing_docstrings(tree: Sequence[Module]) -> Iterator[str]:
    """Modules, public classes and functions at the top, and public methods of an interface, that say nothing.

    A body of a few lines may speak for itself; methods that fill in an interface are documented there.
    """
    for module in tree:
        if not ast.get_docstring(module.tree):
            yield f"{module.name} has no docstring"
        methods = []
        if module.name.endswith(".interface"):
            methods = [node.body for node in module.tree.body if isinstance(node, ast.ClassDef)]
        for node in chain(module.tree.body, *methods):
            if not isinstance(node, Function | ast.ClassDef) or node.name.startswith("_"):
                continue
            if not ast.get_docstring(node) and body_lines(node) > SPEAKS_FOR_ITSELF:
                yield f"{module.name}:{node.lineno} {node.name} has no docstring"


def caught_names(node: ast.AST) -> set[str]:
    """Every name that an `except` clause or a `suppress(...)` lists; a bare `except` lists Exception."""
    if isinstance(node, ast.ExceptHandler):
        listed = [node.type or ast.Name("Exception")]
    elif isinstance(node, ast.Call) and ast.unparse(node.func) in ("suppress", "contextlib.suppress"):
        listed = node.args
    else:
        return set()
    return {part.id for name in listed for part in ast.walk(name) if isinstance(part, ast.Name)}


def cleans_up(node: ast.AST) -> bool:
    """Whether this is `except BaseException: ...; raise`, which swallows nothing: not even Ctrl-C."""
    if not isinstance(node, ast.ExceptHandler) or caught_names(node) != {"BaseException"}:
        return False
    last = node.body[-1]
    return isinstance(last, ast.Raise) and last.exc is None


def broad_excepts(tree: Sequence[Module]) -> Iterator[str]:
    """Places outside of the funnel that catch, or suppress, every error."""
    for module in tree:
        for node in ast.walk(module.tree):
            broad = caught_names(node) & {"Exception", "BaseException"} and not cleans_up(node)
            if broad and isinstance(node, ast.ExceptHandler | ast.Call) and not module.is_in(*FUNNEL):
                yield f"{module.name}:{node.lineno} catches every error"


def prints(tree: Sequence[Module]) -> Iterator[str]:
    """Calls of `print` outside of the rooms that speak to a person."""
    for module in tree:
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "print" and not module.is_in(*PRINTS):
                yield f"{module.name}:{node.lineno} prints"


Check = Callable[[Sequence[Module]], Iterator[str]]
CHECKS: tuple[Check, ...] = (
    wrong_directions,
    foreign_imports,
    large_modules,
    large_functions,
    missing_docstrings,
    broad_excepts,
    prints,
)
