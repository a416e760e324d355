"""Which redirections are a better address, and which serve another end."""

from __future__ import annotations

import pytest

from docbot.web.fake import look_of
from docbot.web.interface import State
from docbot.web.judging import Move, move_of, soft_404


@pytest.mark.parametrize(
    ("old", "new", "move"),
    [
        ("http://lantern.dev/a/b?q=1", "https://lantern.dev/a/b?q=1", Move.SECURE),
        ("http://lantern.dev/", "https://lantern.dev/", Move.SECURE),
        ("http://lantern.dev/docs/latest/a", "https://lantern.dev/docs/latest/a", Move.SECURE),
        ("http://lantern.dev/en-us/a", "https://lantern.dev/en-us/a", Move.SECURE),
        ("https://lantern.dev/old/guide", "https://lantern.dev/new/guide", Move.NEAR),
        ("https://lantern.dev/old/guide.html", "https://lantern.dev/new/guide", Move.NEAR),
        ("https://lantern.dev/guide", "https://www.lantern.dev/guide", Move.NEAR),
        ("https://lantern.dev/docs/guide", "https://docs.lantern.dev/guide", Move.NEAR),
        (
            "https://github.com/old/lamp/blob/main/README.md",
            "https://github.com/new/lamp/blob/main/README.md",
            Move.NEAR,
        ),
        ("https://github.com/old/lamp", "https://github.com/new/lamp", Move.NEAR),
        ("https://lantern.dev/guide", "https://lantern.dev/handbook", Move.FAR),
        ("https://lantern.dev/guide", "https://lamp.io/guide", Move.FAR),
        ("https://lantern.dev/guide", "https://lantern.dev.evil.io/guide", Move.FAR),
        ("https://lantern.dev/guide?page=2", "https://lantern.dev/new/guide", Move.FAR),
        ("https://lantern.dev/guide", "https://lantern.dev:8443/guide", Move.FAR),
        ("http://lantern.dev/guide", "https://lantern.dev/guide/", Move.NEAR),
        ("https://lantern.dev/guide", "https://lantern.dev/guide/", Move.TRIFLE),
        ("https://lantern.dev/Guide", "https://lantern.dev/guide", Move.TRIFLE),
        ("https://lantern.dev/guide/index.html", "https://lantern.dev/guide/", Move.TRIFLE),
    ],
)
def test_move(old: str, new: str, move: Move) -> None:
    assert move_of(look_of(old, f"301 {new} 200")) is move
    assert move_of(look_of(old, f"308 {new} 200")) is move
    assert move_of(look_of(old, f"302 {new} 200")) is None
    assert move_of(look_of(old, f"301 https://between.dev/x 302 {new} 200")) is None
    assert move_of(look_of(old, f"301 {new} 404")) is None
    assert move_of(look_of(old, f"301 {new} 200 soft")) is None


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("https://aka.ms/lamp", "https://learn.microsoft.com/lamp"),
        ("https://go.microsoft.com/fwlink/?linkid=1", "https://learn.microsoft.com/lamp"),
        ("https://lantern.dev/fwlink/?linkid=1", "https://lantern.dev/lamp"),
        ("https://bit.ly/x", "https://lantern.dev/x"),
        ("https://doi.org/10.1/x", "https://paper.dev/x"),
        ("https://lantern.dev/go/x", "https://lantern.dev/x"),
        ("https://lantern.dev/x", "https://lantern.dev/login?next=x"),
        ("https://lantern.dev/x", "https://login.lantern.dev/x"),
        ("https://lantern.dev/x", "https://lantern.dev/account/x"),
        ("https://lantern.dev/x", "https://consent.lantern.dev/x"),
        ("https://lantern.dev/x", "https://lantern.dev/cookie-consent/x"),
        ("https://lantern.dev/x", "https://lantern.dev/en/x"),
        ("https://lantern.dev/x", "https://lantern.dev/en-us/x"),
        ("https://lantern.dev/x", "https://lantern.dev/pt_br/x"),
        ("https://lantern.dev/x", "https://de.lantern.dev/x"),
        ("https://lantern.dev/x", "https://lantern.dev/x?lang=en"),
        ("https://lantern.dev/x", "https://lantern.dev/x?utm_source=a"),
        ("https://lantern.dev/x", "https://lantern.dev/new/x?redirectedfrom=MSDN"),
        ("https://lantern.dev/x", "https://lantern.dev/new/x;jsessionid=0A"),
        ("https://lantern.dev/x", "https://lantern.dev/(S(abc))/x?sid=1"),
        ("https://lantern.dev/x/y", "https://lantern.dev/"),
        ("https://lantern.dev/x/y", "https://lamp.io"),
        ("https://lantern.dev/latest/x", "https://lantern.dev/3.2/x"),
        ("https://lantern.dev/releases/latest", "https://lantern.dev/releases/tag/v3.2.1"),
        ("https://lantern.dev/docs/x", "https://lantern.dev/docs/stable/x"),
        ("https://lantern.dev/docs/x", "https://lantern.dev/docs/v3.2/x"),
        ("https://lantern.dev/blob/master/x", "https://lantern.dev/blob/main/x"),
        ("https://lantern.dev/x", "http://lantern.dev/x"),
        ("https://lantern.dev/x", "http://lantern.dev/new/x"),
    ],
)
def test_redirection_with_another_purpose(old: str, new: str) -> None:
    assert move_of(look_of(old, f"301 {new} 200")) is None


def test_short_link_on_the_way_is_a_purpose_too() -> None:
    look = look_of("https://lantern.dev/x", "301 https://aka.ms/x 301 https://lantern.dev/new/x 200")
    assert move_of(look) is None


def test_login_on_the_way_is_one() -> None:
    way = "301 https://lantern.dev/sso?next=x 301 https://lantern.dev/new/x 200"
    assert move_of(look_of("https://lantern.dev/x", way)) is None


@pytest.mark.parametrize(
    ("url", "end", "title"),
    [
        ("https://a.dev/guide", "https://a.dev/guide", "How to find pages"),
        ("https://a.dev/guide", "https://a.dev/new", "Guide"),
        ("https://a.dev/", "https://a.dev/en-us/", "Home"),
        ("https://a.dev/search?q=x", "https://a.dev/search?q=x", "Search"),
        ("https://a.dev/docs/404-pages", "https://a.dev/docs/404-pages", "404 pages, and how to make them"),
        ("https://a.dev/errors", "https://a.dev/errors", "Errors"),
        ("https://aka.ms/lamp", "https://lamp.dev/", "Lamp"),
    ],
)
def test_page_that_is_there(url: str, end: str, title: str) -> None:
    assert soft_404(url, end, title) == ""


def test_fake_speaks_as_the_real_one() -> None:
    look = look_of("https://a.dev/x#y", "301 https://a.dev/z 404 copy https://web.archive.org/web/1/x")
    assert (look.url, look.end, look.state) == ("https://a.dev/x", "https://a.dev/z", State.DEAD)
    assert look.copy is not None
