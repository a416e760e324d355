"""What holds for the whole tree: nothing of a machine in it, one version, and a wheel with all its files."""

from __future__ import annotations

import ast
import os
import re
import socket
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import platformdirs
import pytest
from packaging.version import Version

import docbot

ROOT = Path(__file__).parent.parent

# Written with brackets, so that no pattern finds itself.
FORBIDDEN = {
    "a path of somebody's machine": re.compile(
        r"(?<![\w.*)/-])(?:/[w]ork/|/[t]mp/x|/[r]oot/|/[h]ome/\w+/|/[U]sers/\w+/|C:\\[U]sers)"
    ),
    "the host of a package registry": re.compile(
        r"pypi[.]org|pythonhosted[.]org|npmjs[.](?:org|com)|crates[.]io|proxy[.]golang[.]org|maven[.]org|deb[.]debian[.]org"
    ),
}


def tree_files(root: Path) -> list[str]:
    """Every file below `root` that is or would be committed, as POSIX paths."""
    command = (
        "git",
        "-c",
        "safe.directory=*",
        "ls-files",
        "-z",
        "--cached",
        "--others",
        "--exclude-standard",
    )
    listed = subprocess.run(command, cwd=root, check=True, capture_output=True, text=True, encoding="utf-8")
    return sorted(name for name in set(listed.stdout.split("\0")) if name and (root / name).is_file())


def forbidden_words(root: Path) -> Iterator[str]:
    """`file:line: what` for each forbidden word in a text file."""
    for name in tree_files(root):
        text = (root / name).read_bytes().decode("utf-8", "replace")
        for number, line in enumerate(text.split("\n"), start=1):
            yield from (f"{name}:{number}: {what}" for what, word in FORBIDDEN.items() if word.search(line))


def test_no_file_speaks_of_a_machine_or_a_registry() -> None:
    assert list(forbidden_words(ROOT)) == []


def test_a_forbidden_word_is_found(tmp_path: Path) -> None:
    root, registry = f"/{'root'}/", f"pypi{'.'}org"
    subprocess.run(("git", "init", "--quiet", tmp_path), check=True)
    (tmp_path / ".gitignore").write_text("ignored.md\n", "utf-8")
    (tmp_path / "ignored.md").write_text(f"{root}x", "utf-8")
    (tmp_path / "bad.md").write_text(f"fine\nsee {root}main\nfrom {registry}\n", "utf-8")
    (tmp_path / "good.md").write_text(f"docs{root}a.md\n[x](..{root}b.md)\n", "utf-8")
    assert list(forbidden_words(tmp_path)) == [
        "bad.md:2: a path of somebody's machine",
        "bad.md:3: the host of a package registry",
    ]


def test_changelog_says_what_is_unreleased() -> None:
    text = (ROOT / "CHANGELOG.md").read_text("utf-8")
    headings = re.findall(r"^## \[(.+?)\](?: - \d{4}-\d\d-\d\d)?$", text, re.MULTILINE)
    assert headings[0] == "Unreleased"
    assert len(text.split("## [Unreleased]\n")[1].split("\n## ")[0].strip()) > 0
    released = [Version(heading) for heading in headings[1:]]
    assert released == sorted(released, reverse=True)
    assert all(version <= Version(docbot.__version__) for version in released)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Iterator[zipfile.ZipFile]:
    """The wheel as it would be published, built without network."""
    folder = tmp_path_factory.mktemp("wheel")
    command = (sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder)
    built = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True)
    assert built.returncode == 0, built.stdout + built.stderr
    with zipfile.ZipFile(next(folder.glob("*.whl"))) as archive:
        yield archive


def info(wheel: zipfile.ZipFile, name: str) -> list[str]:
    """The lines of a file of the wheel's metadata."""
    path = next(entry for entry in wheel.namelist() if entry.endswith(f".dist-info/{name}"))
    return wheel.read(path).decode("utf-8").splitlines()


def test_wheel_holds_every_file_of_the_package_and_nothing_else(wheel: zipfile.ZipFile) -> None:
    packed = {name for name in wheel.namelist() if ".dist-info/" not in name}
    assert packed == {name for name in tree_files(ROOT) if name.startswith("docbot/")}


def test_wheel_is_named_and_versioned_as_the_package_says(wheel: zipfile.ZipFile) -> None:
    metadata = info(wheel, "METADATA")
    assert "Name: docbot-md" in metadata
    assert f"Version: {docbot.__version__}" in metadata
    assert "Requires-Python: >=3.11" in metadata


def test_wheel_brings_the_command_and_the_rules(wheel: zipfile.ZipFile) -> None:
    lines = info(wheel, "entry_points.txt")
    assert lines[lines.index("[console_scripts]") + 1] == "docbot = docbot.cli.main:main"
    assert lines[lines.index("[docbot.rules]") + 1] == "docbot = docbot.rules:builtin"


def declared() -> set[str]:
    """The distributions that docbot, with its extra for users, depends on, in lower case."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    requirements = [*project["dependencies"], *project["optional-dependencies"]["ai"]]
    return {re.split(r"[^\w.-]", requirement)[0].lower() for requirement in requirements}


def test_everything_imported_is_declared() -> None:
    distributions, missing = packages_distributions(), []
    for file in (ROOT / "docbot").glob("**/*.py"):
        for name in imported(ast.parse(file.read_text("utf-8"))) - {"docbot", *sys.stdlib_module_names}:
            if not {found.lower() for found in distributions.get(name, ())} & declared():
                missing.append(f"{file.name} imports {name}")
    assert missing == []


def imported(tree: ast.Module) -> set[str]:
    """The top-level names a module imports."""
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found.update(alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.split(".")[0])
    return found


def readme_command(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = (sys.executable, ROOT / ".ci" / "readme_command.py", *arguments)
    return subprocess.run(command, check=False, capture_output=True, text=True)


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("demo", "pip install . && docbot demo"),
        ("test", "pip install '.[dev]' && pytest"),
    ],
)
def test_readme_has_both_commands(name: str, line: str) -> None:
    found = readme_command(name)
    assert (found.stdout, found.stderr) == (line + "\n", "")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("no marker\n```sh\nls\n```\n", "exactly once"),
        ("<!-- command: demo -->\n```sh\nls\n```\n" * 2, "exactly once"),
        ("<!-- command: demo -->\ntext\n```sh\nls\n```\n", "right below"),
        ("<!-- command: demo -->\n```python\nls\n```\n", "right below"),
        ("<!-- command: demo -->\n```sh\nls\n", "never closes"),
        ("<!-- command: demo -->\n\n```sh\n\n```\n", "empty"),
    ],
)
def test_a_broken_readme_is_refused(text: str, reason: str, tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text(text, "utf-8")
    found = readme_command("demo", tmp_path / "README.md")
    assert (found.returncode, found.stdout) == (1, "")
    assert reason in found.stderr


def test_the_network_is_closed() -> None:
    with socket.socket() as stranger, pytest.raises(AssertionError, match="no network"):
        stranger.connect(("192.0.2.1", 80))
    with socket.socket(type=socket.SOCK_DGRAM) as stranger, pytest.raises(AssertionError, match="no network"):
        stranger.sendto(b"x", ("192.0.2.1", 53))
    with pytest.raises(AssertionError, match="no network"):
        socket.getaddrinfo("example.com", 443)


def test_a_server_on_this_machine_can_be_reached() -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as server,
        socket.create_connection(server.getsockname()) as client,
    ):
        assert client.getpeername() == server.getsockname()


def test_home_and_git_know_nobody(home: Path) -> None:
    assert Path.home() == home
    assert Path(platformdirs.user_cache_dir("docbot")).is_relative_to(home)
    assert Path(platformdirs.user_config_dir("docbot")).is_relative_to(home)
    shown = subprocess.run(
        ("git", "config", "user.email"), check=True, capture_output=True, text=True, cwd=home
    )
    assert shown.stdout == "somebody@example.com\n"
    assert not {"GITHUB_TOKEN", "GITHUB_ACTIONS", "GIT_DIR"} & set(os.environ)
