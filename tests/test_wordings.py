"""Two ways to say the same: how often each is written, and how one becomes the other."""

from __future__ import annotations

import pytest

from docbot.wordings import BY_NAME, WORDINGS, Usage, usage

CASES = {
    "e.g. > for example": [
        ("a tool, e.g. a hammer", "a tool, for example, a hammer"),
        ("a tool (e.g., a hammer)", "a tool (for example, a hammer)"),
        ("E.g. a hammer", "For example, a hammer"),
        ("tools, e.g.: a", "tools, for example: a"),
    ],
    "i.e. > that is": [("the last, i.e. the third", "the last, that is, the third")],
    "log in > sign in": [
        ("Log in to it", "Sign in to it"),
        ("Log into it", "Sign in to it"),
        ("you log on to the site", "you sign in to the site"),
        ("is logged in as root", "is signed in as root"),
        ("the logged-in user", "the signed-in user"),
        ("before logging in", "before signing in"),
    ],
    "setup > set up": [("Setup the tool. Setup a server.", "Set up the tool. Set up a server.")],
    "drag and drop > drag": [("Drag and drop the file, or click to drag and drop it.",) * 2],
    "uncheck > clear the check box": [("Uncheck the **x** check box", "Clear the **x** check box")],
    "e-mail > email": [("E-mails, e-mailed", "Emails, emailed")],
    "wifi > Wi-Fi": [("WiFi or wifi", "Wi-Fi or Wi-Fi")],
    "data center > datacenter": [("Data centers", "Datacenters")],
    "filename > file name": [("a filename", "a file name")],
}
CASES["drag and drop > drag"] = [
    ("Drag and drop the file, or try to drag and drop it.", "Drag the file, or try to drag it.")
]
SILENT = {
    "e.g. > for example": ["e.g.", "x.e.g. y"],
    "log in > sign in": [
        "look at the log in the folder",
        "errors are logged in the file",
        "the last log on time",
        "view logs in Contoso",
        "log on accounts",
        "a log on event",
        "blog in it",
        "in log in/out",
        "to log in order",
        "/log in it",
    ],
    "setup > set up": ["The setup the team has", "setup the tool"],
    "drag and drop > drag": ["Drag and drop is on", "by drag and drop"],
    "uncheck > clear the check box": ["Uncheck it"],
    "e-mail > email": ["x-e-mail", "e-mail-server", "the.e-mail", "e-mail.com"],
    "wifi > Wi-Fi": ["wifis", "wifi-name"],
    "filename > file name": ["--filename", "FileName", "filename.txt", "filenames_x"],
}


@pytest.mark.parametrize(
    ("name", "before", "after"), [(n, *pair) for n, all_ in CASES.items() for pair in all_]
)
def test_the_others_become_the_houses_words(name: str, before: str, after: str) -> None:
    wording = BY_NAME[name]
    assert wording.is_other.sub(wording.rewrite, before) == after
    assert not wording.is_other.search(after)


@pytest.mark.parametrize(("name", "text"), [(name, text) for name, all_ in SILENT.items() for text in all_])
def test_what_only_looks_like_it_is_left_alone(name: str, text: str) -> None:
    assert not BY_NAME[name].is_other.search(text)


def test_names_tell_wordings_apart() -> None:
    assert len(BY_NAME) == len(WORDINGS)


def test_each_sentence_counts_once_for_each_way() -> None:
    said = usage(["For example, for example.", "E.g. this, e.g. that.", "Nothing.", "An e-mail."])
    assert said == {"e.g. > for example": Usage(1, 1), "e-mail > email": Usage(0, 1)}


def test_chance_is_taken_off_a_share() -> None:
    assert Usage().least_share == 0.0
    assert Usage(0, 5).least_share == pytest.approx(0.0)
    assert Usage(20, 0).least_share == pytest.approx(0.839, abs=0.001)
    assert Usage(73, 0).least_share == pytest.approx(0.95, abs=0.001)
    assert Usage(412, 7).least_share == pytest.approx(0.966, abs=0.001)


def test_long_runs_cost_little() -> None:
    for text in ("e." * 50_000, "log " * 50_000, "uncheck " * 20_000, "drag and " * 20_000):
        assert sum(said.other for said in usage([text]).values()) <= 1
