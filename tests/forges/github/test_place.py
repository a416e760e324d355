"""Which GitHub the environment names, and what remotes name on it."""

from __future__ import annotations

import pytest

from docbot.errors import UsageError
from docbot.forges.github.place import Place, place_of

GITHUB = Place("https://github.com", "https://api.github.com")
ENTERPRISE = Place("https://git.example.com", "https://git.example.com/api/v3")
LOCAL = Place("http://127.0.0.1:8080", "http://127.0.0.1:8080/api/v3")


@pytest.mark.parametrize(
    ("environ", "place"),
    [
        ({}, GITHUB),
        ({"GITHUB_SERVER_URL": " ", "GITHUB_API_URL": "", "GH_HOST": ""}, GITHUB),
        ({"GITHUB_SERVER_URL": "https://github.com", "GITHUB_API_URL": "https://api.github.com"}, GITHUB),
        ({"GITHUB_SERVER_URL": "https://GitHub.com:443/"}, GITHUB),
        ({"GITHUB_API_URL": "https://api.github.com/"}, GITHUB),
        ({"GH_HOST": "github.com"}, GITHUB),
        ({"GH_HOST": "Git.example.com"}, ENTERPRISE),
        ({"GITHUB_SERVER_URL": "https://git.example.com", "GH_HOST": "other.example.com"}, ENTERPRISE),
        (
            {
                "GITHUB_SERVER_URL": "https://git.example.com/",
                "GITHUB_API_URL": "https://git.example.com/api/v3/",
            },
            ENTERPRISE,
        ),
        ({"GH_HOST": "octo.ghe.com"}, Place("https://octo.ghe.com", "https://api.octo.ghe.com")),
        ({"GITHUB_SERVER_URL": "http://127.0.0.1:8080"}, LOCAL),
        (
            {"GITHUB_SERVER_URL": "http://localhost:1", "GITHUB_API_URL": "http://[::1]:1"},
            Place("http://localhost:1", "http://[::1]:1"),
        ),
    ],
)
def test_the_environment_names_the_place(environ: dict[str, str], place: Place) -> None:
    assert place_of(environ) == place


@pytest.mark.parametrize(
    ("environ", "named"),
    [
        ({"GITHUB_SERVER_URL": "http://git.example.com"}, "GITHUB_SERVER_URL"),
        ({"GITHUB_SERVER_URL": "http://127.0.0.1.example.com"}, "GITHUB_SERVER_URL"),
        ({"GITHUB_SERVER_URL": "https://user:ghp_secret@github.com"}, "GITHUB_SERVER_URL"),
        ({"GITHUB_SERVER_URL": "https://github.com?x=1"}, "GITHUB_SERVER_URL"),
        ({"GITHUB_SERVER_URL": "https://github.com/somewhere"}, "GITHUB_SERVER_URL"),
        ({"GITHUB_SERVER_URL": "https://github.com:99999"}, "GITHUB_SERVER_URL"),
        ({"GITHUB_SERVER_URL": "file:///etc"}, "GITHUB_SERVER_URL"),
        ({"GITHUB_SERVER_URL": "github.com"}, "GITHUB_SERVER_URL"),
        ({"GITHUB_SERVER_URL": "https://"}, "GITHUB_SERVER_URL"),
        ({"GITHUB_SERVER_URL": "https://github.com", "GITHUB_API_URL": "https://h/../x"}, "GITHUB_API_URL"),
        ({"GITHUB_SERVER_URL": "https://github.com", "GITHUB_API_URL": "https://h/a#b"}, "GITHUB_API_URL"),
        ({"GITHUB_API_URL": "https://git.example.com/api/v3"}, "GITHUB_SERVER_URL"),
        ({"GH_HOST": "https://git.example.com"}, "GH_HOST"),
        ({"GH_HOST": "git.example.com/x"}, "GH_HOST"),
        ({"GH_HOST": "a b"}, "GH_HOST"),
    ],
)
def test_t27_an_address_that_no_token_may_go_to_is_refused(environ: dict[str, str], named: str) -> None:
    with pytest.raises(UsageError, match=named) as caught:
        place_of(environ)
    assert "secret" not in str(caught.value)


def test_the_host_has_no_port() -> None:
    assert (GITHUB.host, LOCAL.host, Place("http://[::1]:1", "").host) == ("github.com", "127.0.0.1", "::1")


@pytest.mark.parametrize(
    ("place", "url", "name"),
    [
        (GITHUB, "https://github.com/Docs/site", "Docs/site"),
        (GITHUB, "https://github.com/Docs/site.git", "Docs/site"),
        (GITHUB, "https://github.com/Docs/site.docs.git/", "Docs/site.docs"),
        (GITHUB, "http://github.com/Docs/site/", "Docs/site"),
        (GITHUB, "https://GitHub.com:443/Docs/site", "Docs/site"),
        (GITHUB, "https://www.github.com/Docs/site", "Docs/site"),
        (GITHUB, "https://user:secret@github.com/octo_corp/-.site", "octo_corp/-.site"),
        (GITHUB, "git://github.com/Docs/site", "Docs/site"),
        (GITHUB, "git@github.com:octo/fork.git", "octo/fork"),
        (GITHUB, "github.com:octo/fork", "octo/fork"),
        (GITHUB, "git@github.com:/octo/fork", "octo/fork"),
        (GITHUB, "ssh://git@github.com/octo/fork.git", "octo/fork"),
        (GITHUB, "ssh://git@ssh.github.com:443/Docs/site.git/", "Docs/site"),
        (ENTERPRISE, "https://git.example.com/o/r", "o/r"),
        (ENTERPRISE, "ssh://git@git.example.com:2222/o/r", "o/r"),
        (LOCAL, "http://127.0.0.1:8080/o/r.git", "o/r"),
        (Place("http://[::1]:1", ""), "http://x:y@[::1]:1/o/r", "o/r"),
    ],
)
def test_a_remote_here_is_named(place: Place, url: str, name: str) -> None:
    assert place.repository_of(url) == name


@pytest.mark.parametrize(
    "url",
    [
        "",
        "/srv/git/docs.git",
        "C:/docs/site",
        "../github.com/o/r",
        "github.com/o/r",
        "file:///github.com/o/r",
        "https://evil.example/github.com/o/r",
        "https://github.com.evil.example/o/r",
        "https://evilgithub.com/o/r",
        "https://api.github.com/o/r",
        "https://github.com@evil.example/o/r",
        "https://evil.example?@github.com/o/r",
        "https://evil.example#@github.com/o/r",
        "https://evil.example\\@github.com/o/r",
        "https://a@b@github.com/o/r",
        "https://github.com:8443/o/r",
        "https://github.com:80/o/r",
        "https://github.com:/o/r",
        "https://github.com//o/r",
        "https://github.com/o",
        "https://github.com/o/",
        "https://github.com/o/..",
        "https://github.com/o/.",
        "https://github.com/o/.git",
        "https://github.com/../o/r",
        "https://github.com/o/r/../../x",
        "https://github.com/o/r/tree/main",
        "https://github.com/o/r?x",
        "https://github.com/Docs/site#readme",
        "https://github.com/o/%2e%2e",
        "https://github.com/-o/r",
        "https://github.com/ö/r",
        "https://github.com/o/r\n",
        "https://github.com/o/r x",
        "ext::sh -c true github.com:o/r",
        "ssh://git@github.com:o/r",
        "git@gitlab.com:o/r.git",
        "git@evil.example:github.com/o/r",
        "git@gist.github.com:o/r",
        "--upload-pack=x github.com:o/r",
    ],
)
def test_any_other_remote_is_nobody(url: str) -> None:
    assert GITHUB.repository_of(url) is None


@pytest.mark.parametrize(
    "url",
    [
        "https://127.0.0.1:8080/o/r",
        "http://127.0.0.1/o/r",
        "http://127.0.0.1:8081/o/r",
        "http://github.com/o/r",
    ],
)
def test_a_port_counts_where_the_place_has_one(url: str) -> None:
    assert LOCAL.repository_of(url) is None
