"""What a backtest found, for a person and as JSON Lines."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping

from docbot.backtest import Trialled
from docbot.measured import Measured
from docbot.reporters.plain import visible

_COUNTS = ("same", "other", "kept", "still", "gone")
_SHARES = ("agreement", "strict", "adoption")
_SHOWN = 60
"""Code points of either side of an edit that are printed."""


def table(rules: Mapping[str, Measured]) -> Iterator[str]:
    """A line for each rule, and one for all of them."""
    width = max(map(len, ("all rules", *rules)))
    heads = "".join(f"{name:>8}" for name in ("drafts", *_COUNTS))
    yield f"{'':{width}}{heads}{''.join(f'{name:>11}' for name in _SHARES)}"
    rows = [*rules.items()]
    if len(rows) > 1:
        rows.append(("all rules", total(rules.values())))
    for name, measured in rows:
        counts = [getattr(measured, count) for count in _COUNTS]
        numbers = "".join(f"{number:8,}" for number in (sum(counts), *counts))
        yield f"{name:{width}}{numbers}{''.join(f'{share:>11}' for share in _shares(measured))}"


def _shares(measured: Measured) -> tuple[str, str, str]:
    """Agreement, strict and adoption in percent; a dash where nothing was decided."""
    seen = measured.decided + measured.kept
    return (
        f"{measured.agreement:.0%}" if measured.decided else "-",
        f"{measured.strict:.0%}" if seen else "-",
        f"{measured.adoption:.0%}",
    )


def total(measured: Iterable[Measured]) -> Measured:
    """All of them together."""
    every = list(measured)
    return Measured(*(sum(getattr(one, count) for one in every) for count in _COUNTS))


def places(trials: Iterable[Trialled]) -> Iterator[str]:
    """A line for each edit: where, what, and what became of it."""
    for one in trials:
        change = f"{_short(one.old)} -> {_short(one.new)}"
        yield visible(f"{one.path}:{one.line}:{one.column}: {one.rule}: {one.fate.value}: {change}")


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"


def json_lines(rules: Mapping[str, Measured], trials: Iterable[Trialled]) -> Iterator[str]:
    """`{"kind": "trial", …}` for each edit, then `{"kind": "measured", …}` for each rule."""
    for one in trials:
        yield _line({"kind": "trial", **{key: getattr(one, key) for key in one.__struct_fields__}})
    for rule, measured in rules.items():
        shares = {share: round(getattr(measured, share), 4) for share in _SHARES}
        counts = {count: getattr(measured, count) for count in _COUNTS}
        yield _line({"kind": "measured", "rule": rule, **counts, **shares})


def _line(values: Mapping[str, object]) -> str:
    return json.dumps(values, ensure_ascii=False) + "\n"
