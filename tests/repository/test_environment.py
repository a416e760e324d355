from __future__ import annotations

from pathlib import Path

import pytest

from docbot.repository import environment as room
from docbot.repository.environment import Stage, environment, without_token
from docbot.repository.values import Access

LOGIN = Access("https://github.com/", "tok en")


def test_what_leads_elsewhere_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("GIT_DIR", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY", "GIT_SSH_COMMAND", "EDITOR"):
        monkeypatch.setenv(name, "x")
    made = environment({})
    assert not {"GIT_DIR", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY"} & set(made)
    assert (made["GIT_SSH_COMMAND"], made["EDITOR"], made["GIT_NO_LAZY_FETCH"]) == ("x", "x", "1")
    assert "GIT_NO_LAZY_FETCH" not in environment({"lazy": True})


def test_a_user_who_forbids_lazy_fetches_is_heard(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_NO_LAZY_FETCH", "1")
    assert environment({"lazy": True})["GIT_NO_LAZY_FETCH"] == "1"


@pytest.mark.parametrize(
    ("before", "after"), [("https:ssh", "https:ssh"), ("fd:https:ext", "https"), ("ext", ""), ("", "")]
)
def test_allowed_transports_only_get_fewer(before: str, after: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_ALLOW_PROTOCOL", before)
    assert environment({"access": LOGIN, "lazy": True})["GIT_ALLOW_PROTOCOL"] == after
    monkeypatch.delenv("GIT_ALLOW_PROTOCOL")
    # Setting it would overrule the user's own `protocol.….allow`.
    assert "GIT_ALLOW_PROTOCOL" not in environment({"access": LOGIN, "lazy": True})


def test_t28_what_needs_no_server_reaches_none(monkeypatch: pytest.MonkeyPatch) -> None:
    for setting in ("https", ""):
        monkeypatch.setenv("GIT_ALLOW_PROTOCOL", setting)
        assert environment({})["GIT_ALLOW_PROTOCOL"] == ""
    monkeypatch.delenv("GIT_ALLOW_PROTOCOL")
    assert environment({})["GIT_ALLOW_PROTOCOL"] == ""
    assert environment({"lazy": False})["GIT_NO_LAZY_FETCH"] == "1"


@pytest.mark.parametrize(("count", "first"), [("2", 2), ("", 0), ("x", 0)])
def test_the_login_comes_after_other_settings(
    count: str, first: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_CONFIG_COUNT", count)
    monkeypatch.setenv("GIT_CONFIG_KEY_0", "user.name")
    made = environment({"access": LOGIN})
    numbers = range(first, int(made["GIT_CONFIG_COUNT"]))
    assert [(made[f"GIT_CONFIG_KEY_{n}"], made[f"GIT_CONFIG_VALUE_{n}"]) for n in numbers] == [
        ("http.https://github.com/.extraHeader", ""),
        ("http.https://github.com/.extraHeader", "Authorization: Basic eC1hY2Nlc3MtdG9rZW46dG9rIGVu"),
        ("http.https://github.com/.followRedirects", "false"),
        ("credential.https://github.com.helper", ""),
    ]
    assert first == 0 or made["GIT_CONFIG_KEY_0"] == "user.name"
    assert made["GIT_ASKPASS"] == ""


def test_windows_that_wait_are_for_a_person_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSH_ASKPASS", "ask")
    monkeypatch.setattr(room, "somebody_there", lambda: True)
    assert environment({})["SSH_ASKPASS"] == "ask"
    monkeypatch.setattr(room, "somebody_there", lambda: False)
    made = environment({})
    assert (made["SSH_ASKPASS"], made["GCM_INTERACTIVE"]) == ("", "never")
    assert made["GIT_TERMINAL_PROMPT"] == "0"


def test_a_stage_of_its_own() -> None:
    assert environment({"stage": Stage(Path("g"), Path("i"), Path("f"))})["GIT_INDEX_FILE"] == "i"
    assert "GIT_OBJECT_DIRECTORY" not in environment({"stage": Stage(Path("g"), Path("i"), Path("f"))})
    made = environment({"stage": Stage(Path("g"), Path("i"), Path("f"), Path("o"), Path('k:"x'))})
    assert (made["GIT_WORK_TREE"], made["GIT_OBJECT_DIRECTORY"]) == ("f", "o")
    assert made["GIT_ALTERNATE_OBJECT_DIRECTORIES"] == '"k:\\"x"'


def test_the_token_is_taken_out_in_every_form() -> None:
    said = b"a tok en b eC1hY2Nlc3MtdG9rZW46dG9rIGVu c tok%20en d"
    assert without_token(said, LOGIN) == b"a *** b *** c *** d"
    assert without_token(said, None) == said
    assert without_token(b"nothing", Access("https://x", "")) == b"nothing"
