"""What reaches the endpoint: the request and a few headers, and no token, name or path of this machine."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from docbot.cache import Cache
from docbot.drafters.model.chosen import Chosen, Secret
from docbot.drafters.model.endpoint import Endpoint
from docbot.drafters.model.prompts import Message
from docbot.drafters.model.shapes import Shape
from tests.drafters.model.conftest import Try
from tests.drafters.model.server import JSON, ModelServer, edits, failure, reply, streamed, whole

FIRST = edits(("maybe so", "so"))
TOKENS = {
    "GITHUB_TOKEN": "ghs_a1token",
    "GH_TOKEN": "gho_a2token",
    "OPENAI_API_KEY": "sk-a3token",
    "OPENAI_ADMIN_KEY": "sk-a4token",
    "OPENAI_ORG_ID": "org-a5token",
    "OPENAI_PROJECT_ID": "proj-a6token",
    "OPENAI_WEBHOOK_SECRET": "wh-a7token",
    "OPENAI_BASE_URL": "https://a8token.example",
    "OPENAI_CUSTOM_HEADERS": "Authorization: Bearer a9token\nX-Mine: a10token",
    "HTTP_PROXY": "http://a11token.invalid:1",
    "ALL_PROXY": "http://a12token.invalid:1",
}
ALLOWED = {"host", "connection", "accept", "accept-encoding", "content-type", "content-length", "user-agent"}


@pytest.fixture
def tokens(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in TOKENS.items():
        monkeypatch.setenv(name, value)


def sent(server: ModelServer) -> str:
    return b"\n".join(call.raw for call in server.calls).decode()


@pytest.mark.usefixtures("tokens")
@pytest.mark.parametrize("key", ["", "s3cret-key"])
def test_no_token_but_the_key_leaves_the_machine(server: ModelServer, tried: Try, key: str) -> None:
    server.script = [failure(400, "response_format"), whole("bad"), streamed(FIRST)]
    tried(key=key)
    assert len(server.calls) > 3
    assert "token" not in sent(server).replace("max_tokens", "")
    for value in (os.environ["HOME"], str(Path.cwd())):
        assert value not in sent(server)
    for call in server.calls:
        assert call.headers.get("authorization") == (f"Bearer {key}" if key else None)
        assert set(call.headers) - {"authorization"} == ALLOWED
        assert call.headers["user-agent"].startswith("docbot/")
        assert call.path == "/v1/chat/completions"


def test_no_tool_is_offered(server: ModelServer, tried: Try) -> None:
    server.script = [streamed(FIRST)]
    tried()
    assert set(server.calls[0].body) == {
        *("model", "messages", "stream", "stream_options"),
        *("temperature", "max_tokens", "response_format"),
    }


def test_no_cookie_is_kept(server: ModelServer, tried: Try) -> None:
    server.script = [reply(500, JSON, "{}", Set_Cookie="a=b"), streamed(FIRST)]
    tried()
    assert all("cookie" not in call.headers for call in server.calls)


def test_a_key_that_comes_back_is_shown_to_nobody(server: ModelServer, tried: Try, tmp_path: Path) -> None:
    kept = Cache(tmp_path / "answers.sqlite")
    server.script = [
        whole(edits(("maybe so", "s3cret-key"))),
        failure(418, "is s3cret-key your key?"),
    ]
    done = tried(key="s3cret-key", kept=kept)
    kept.close()
    assert done.fixes == ()
    assert "the answer holds the key of the model, and was thrown away" in done.said[0]
    assert "(is *** your key?)" in done.said[1]
    left = (tmp_path / "answers.sqlite").read_bytes() if (tmp_path / "answers.sqlite").exists() else b""
    assert b"s3cret" not in left
    assert "s3cret" not in repr(done)


def test_azure_is_given_the_key_as_it_wants_it(server: ModelServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another machine is asked through the proxy that the environment names, which stands for it here."""
    monkeypatch.setenv("HTTP_PROXY", server.url.removesuffix("/v1"))
    server.script = [streamed(FIRST)]
    address = "http://mine.openai.azure.com/openai/deployments/x"
    model = Chosen("some-model", address, "api-version=2024-10-21", Secret("s3cret-key"))
    with Endpoint(model) as endpoint:
        body = Shape().body(model.name, (Message("user", "x"),), 100, 0.0)
        assert endpoint.ask(body, 30.0, lambda tokens: None).text == FIRST
    (call,) = server.calls
    assert call.path == f"{address}/chat/completions?api-version=2024-10-21"
    assert (call.headers["api-key"], call.headers["authorization"]) == ("s3cret-key", "Bearer s3cret-key")
