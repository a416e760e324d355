"""`docbot doctor` against GitHub: reading alone, it says what would become of a proposal."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.contract.github import GitHub
from tests.end_to_end.conftest import DOCS, FORK, WRITER, Desk, Ran, sit_down


def lines(ran: Ran) -> dict[str, str]:
    """What it said of each thing, by the thing's name."""
    pairs = (
        line[5:].partition(": ")
        for line in ran.out.splitlines()
        if line[:5].strip() in ("ok", "note", "stop")
    )
    return {name: text for name, _, text in pairs}


def doctor(desk: Desk, *arguments: str) -> Ran:
    return desk.docbot("doctor", str(desk.clone.root), *arguments)


def test_everything_is_there(desk: Desk) -> None:
    ran = doctor(desk)
    assert ran.code == 0, ran.out + ran.err
    said = lines(ran)
    assert said["token"] == f"the token belongs to {WRITER}"
    assert said["token scopes"] == "the token's scopes suffice"
    assert said["docs"] == f"pull requests go to {DOCS}"
    assert said["fork"] == f"branches are pushed to {FORK}"
    assert "may run without a person" in said["unattended"]
    assert said["pull requests"].startswith("0 of docbot's pull requests are open, 3 may be")
    assert said["a proposal"] == f"would be pushed to {FORK} and opened against {DOCS}, branch main"
    assert desk.hub.writes == []


def test_it_counts_what_became_of_earlier_ones(desk: Desk) -> None:
    for rule in ("doubled-word", "wrong-case-link"):
        assert desk.propose("--yes", "--rule", rule).code == 0
    first, _ = desk.hub.pulls(DOCS)
    desk.hub.person("lantern-team").close(first)
    said = lines(doctor(desk))
    assert said["pull requests"] == (
        "1 of docbot's pull requests are open, 3 may be; 0 were merged, 1 refused"
    )
    assert said["limits"].startswith("2 of docbot's pull requests were opened within the hour")


@pytest.mark.parametrize(
    ("scopes", "state", "words"),
    [
        (("read:org",), 4, "the token lacks the scope `public_repo`: run `gh auth refresh -s public_repo`"),
        (("public_repo",), 0, "the token lacks the scope `workflow`"),
        (("public_repo", "workflow"), 0, "the token's scopes suffice"),
    ],
)
def test_what_the_token_may_do(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, scopes: tuple[str, ...], state: int, words: str
) -> None:
    monkeypatch.setenv("GITHUB_TOKEN", desk.hub.user(WRITER).token(scopes, kind="classic"))
    ran = doctor(desk)
    assert words in lines(ran)["token scopes"]
    assert ran.code == state


def test_no_fork_yet(
    hub: GitHub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, docbot: Callable[..., Ran]
) -> None:
    desk = sit_down(hub, DOCS, tmp_path / "clone", monkeypatch, docbot)
    assert f"you have none of {DOCS}" in lines(doctor(desk))["fork"]
    assert hub.writes == []


def test_what_stands_in_the_way_is_one_more_line(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.hub.repository(DOCS).archived = True
    ran = doctor(desk)
    assert ran.code == 4
    assert f"{DOCS} is archived" in lines(ran)["forge"]
    assert ran.out.endswith("Nothing may be proposed here.\n")
    monkeypatch.setenv("GITHUB_TOKEN", "gho_" + "0" * 36)
    assert "GITHUB_TOKEN" in lines(doctor(desk))["forge"]
    desk.hub.offline()
    assert doctor(desk).code == 4


def test_a_base_that_isnt_there(desk: Desk) -> None:
    desk.clone.write(".docbot.toml", '[propose]\nbase = "release"\n')
    ran = doctor(desk)
    assert ran.code == 4
    assert f"{DOCS} has no branch release" in lines(ran)["base on the forge"]


def test_offline_asks_nobody(desk: Desk) -> None:
    ran = doctor(desk, "--offline")
    assert ran.code == 0
    assert "token" not in lines(ran)
    assert desk.hub.log == []
