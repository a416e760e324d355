"""`docbot backtest` on real histories: what is counted, what it may know, and what it writes."""

from __future__ import annotations

import json
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from docbot.app import ScanOptions, scan
from docbot.app.backtest import Backtested, backtest
from docbot.app.measure import write_measured
from docbot.cli.main import run
from docbot.config import load
from docbot.errors import ConfigError, UsageError
from docbot.measured import Measured
from docbot.outcomes import Fate
from tests.helpers.git import Builder

PAGES = {
    "same.md": "# A\n\nOpen the the file.\n",
    "other.md": "# A\n\nOpen the the file.\n",
    "kept.md": "# A\n\nOpen the the file.\n",
    "still.md": "# A\n\nOpen the the file.\n\nMore.\n",
    "line.md": "# A\n\nOpen the the file.\n",
    "page.md": "# A\n\nOpen the the file.\n",
    "moved.md": "# A\n\nOpen the the file.\n\n" + "".join(f"Line {n} of it.\n" for n in range(9)),
    "links.md": "# A\n\nSee [b](old.md).\n",
    "old.md": "# Old\n\n" + "".join(f"Line {n} of old.\n" for n in range(9)),
}
DAY = date(2024, 1, 2)
"""The pages are committed on the day before."""


@pytest.fixture
def docs(tmp_path: Path) -> Builder:
    """Docs whose people did one of everything since."""
    docs = Builder.init(tmp_path / "docs")
    docs.commit(PAGES)
    docs.commit(
        {
            "same.md": "# A\n\nOpen the file.\n",
            "other.md": "# A\n\nSave your work before you go on.\n",
            "kept.md": "# A\n\nOpen the the file now.\n",
            "still.md": "# A\n\nOpen the the file.\n\nMore and more.\n",
            "line.md": "# A\n",
        }
    )
    docs.delete("page.md")
    docs.rename("old.md", "new.md")
    docs.write("moved.md", PAGES["moved.md"].replace("the the", "the"))
    docs.rename("moved.md", "to/moved.md")
    return docs


def looked_back(docs: Builder, day: date = DAY, **options: Any) -> Backtested:
    return backtest(docs.root, day, ScanOptions(**options))


def test_every_fate_is_told(docs: Builder) -> None:
    done = looked_back(docs, only=("doubled-word",))
    assert {one.path: one.fate for one in done.trials} == {
        "same.md": Fate.SAME,
        "other.md": Fate.OTHER,
        "kept.md": Fate.KEPT,
        "still.md": Fate.STILL,
        "line.md": Fate.GONE,
        "page.md": Fate.GONE,
        "moved.md": Fate.SAME,
    }
    [place] = [one for one in done.trials if one.path == "same.md"]
    assert (place.line, place.column, place.old, place.new) == (3, 9, " the", "")
    [measured] = done.rules.values()
    assert measured == Measured(2, 1, 1, 1, 2, above=0.8, since="2024-01-02")
    assert (measured.agreement, measured.strict, round(measured.adoption, 2)) == (2 / 3, 0.5, 0.29)


def test_nothing_later_is_known(docs: Builder) -> None:
    # Today the link's page has moved, which git tells. Then it was there, and the link was sound.
    assert [f.rule for f in scan(docs.root, ScanOptions()).report.findings if f.path == "links.md"]
    assert "links.md" not in {one.path for one in looked_back(docs, show_all=True).trials}


def test_the_users_checkout_stays_as_it_is(docs: Builder) -> None:
    docs.write("same.md", "edited\n")
    before = docs.snapshot()
    looked_back(docs)
    assert docs.snapshot() == before


def test_what_a_gate_refuses_is_not_counted(docs: Builder) -> None:
    done = looked_back(docs)
    assert {one.rule for one in done.trials} == set(done.rules) == {"doubled-word"}
    assert done.refused == 0


def test_a_folder_is_looked_at_alone(docs: Builder) -> None:
    docs.commit({"in/a.md": "# A\n\nOpen the the file.\n"})
    docs.commit({"in/a.md": "# A\n\nOpen the file.\n"})
    day = date(2024, 1, 7)
    assert [one.path for one in backtest(docs.root / "in", day, ScanOptions()).trials] == ["in/a.md"]


@pytest.mark.parametrize("options", [(), ("--depth=1",), ("--filter=blob:none",)])
def test_history_that_does_not_reach_back_is_said(
    docs: Builder, tmp_path: Path, options: tuple[str, ...]
) -> None:
    clone = docs.clone(tmp_path / "clone", *options)
    expected = {(): "give a later date", ("--depth=1",): "unshallow"}.get(options, "without `--filter`")
    with pytest.raises(UsageError, match=expected):
        backtest(clone.root, date(2023, 1, 1), ScanOptions())


def test_no_commit_is_said(tmp_path: Path) -> None:
    empty = Builder.init(tmp_path / "empty")
    with pytest.raises(UsageError, match="no commit from before"):
        backtest(empty.root, DAY, ScanOptions())


def test_what_is_written_sets_the_confidence_of_drafts(
    docs: Builder, capsys: pytest.CaptureFixture[str]
) -> None:
    docs.write(".docbot.toml", '# ours\nskip = [] # none\n\n[severity]\n"doubled-word" = "info"\n')
    assert run(["backtest", str(docs.root), "--since", "2024-01-02", "--write", "--show", "other"]) == 0
    out = capsys.readouterr().out
    assert "other.md:3:9: doubled-word: other:  the -> " in out
    assert out.splitlines()[3].split() == ["doubled-word", "7", "2", "1", "1", "1", "2", "67%", "50%", "29%"]
    written = (docs.root / ".docbot.toml").read_text()
    assert written.startswith('# ours\nskip = [] # none\n\n[severity]\n"doubled-word" = "info"\n')
    assert load(docs.root).measured["doubled-word"].counts == (2, 1, 1, 1, 2)
    few = {f.confidence for f in scan(docs.root, ScanOptions()).report.findings if f.rule == "doubled-word"}
    assert min(few) > 0.8
    write_measured(docs.root, {"doubled-word": Measured(15, 5, above=0.8)})
    assert "doubled-word" not in {f.rule for f in scan(docs.root, ScanOptions()).report.findings}
    shown = scan(docs.root, ScanOptions(show_all=True)).report.findings
    assert {f.confidence for f in shown if f.rule == "doubled-word"} == {0.75}
    write_measured(docs.root, {"doubled-word": Measured(15, 5, above=0.999)})
    assert "doubled-word" in {f.rule for f in scan(docs.root, ScanOptions()).report.findings}


def test_earlier_counts_do_not_change_a_later_backtest(docs: Builder) -> None:
    before = looked_back(docs)
    write_measured(docs.root, {"doubled-word": Measured(1, 99)})
    assert looked_back(docs) == before


def test_a_pyproject_that_holds_the_config_is_written_to(docs: Builder) -> None:
    docs.write("pyproject.toml", '[project]\nname = "x"\n\n[tool.docbot]\nskip = ["doubled-word"] # here\n')
    write_measured(docs.root, {"doubled-word": Measured(1, 2)})
    written = (docs.root / "pyproject.toml").read_text()
    assert 'skip = ["doubled-word"] # here' in written
    assert tomllib.loads(written)["tool"]["docbot"]["measured"]["doubled-word"]["other"] == 2
    assert not (docs.root / ".docbot.toml").exists()


@pytest.mark.parametrize(
    ("config", "said"),
    [
        ("measured = 3\n", "measured"),
        ("[measured.doubled-word]\nsame = -1\n", "below 0"),
        ("[measured.doubled-word]\nsme = 1\n", "did you mean 'same'"),
        ("[measured\n", "no valid TOML"),
    ],
)
def test_a_config_that_is_none_is_not_written_to(docs: Builder, config: str, said: str) -> None:
    docs.write(".docbot.toml", config)
    with pytest.raises(ConfigError, match=said):
        write_measured(docs.root, {"doubled-word": Measured(1, 2)})
    assert (docs.root / ".docbot.toml").read_text() == config


def test_a_measured_rule_that_does_not_exist_is_said(
    docs: Builder, capsys: pytest.CaptureFixture[str]
) -> None:
    docs.write(".docbot.toml", "[measured.no-such-rule]\nsame = 1\n")
    assert run(["scan", str(docs.root)]) == 2
    assert "no-such-rule" in capsys.readouterr().err


def test_as_json_lines(docs: Builder, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["backtest", str(docs.root), "--since", "2024-01-02", "--format", "jsonl"]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [line["kind"] for line in lines] == ["trial"] * 7 + ["measured"]
    assert lines[-1] == {
        "kind": "measured",
        "rule": "doubled-word",
        **{"same": 2, "other": 1, "kept": 1, "still": 1, "gone": 2},
        **{"agreement": 0.6667, "strict": 0.5, "adoption": 0.2857},
    }


def test_nothing_drafted(docs: Builder, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["backtest", str(docs.root), "--since", "2024-01-03", "--rule", "locale-in-link"]) == 0
    assert "nothing was drafted" in capsys.readouterr().out
