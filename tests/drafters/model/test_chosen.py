"""Which model is asked, by whose word, and what may not be asked at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from docbot.app import chosen_model
from docbot.config import load, user_config_file
from docbot.drafters.model.chosen import Secret, choose
from docbot.errors import ConfigError, UsageError
from docbot.user_config import ModelConfig, load_user_config

CONFIG = ModelConfig(base_url="https://models.example/v1", name="big", key_env="MY_KEY")
MINE = {"MY_KEY": "s3cret"}
LOCAL = ModelConfig(base_url="http://localhost:11434/v1")


def write(text: str) -> None:
    user_config_file().parent.mkdir(parents=True, exist_ok=True)
    user_config_file().write_text(text, "utf-8")


def test_nobody_is_asked_unless_somebody_says_so() -> None:
    assert choose(None, CONFIG, MINE) is None
    assert choose(None, CONFIG, {"DOCBOT_MODEL_URL": "https://x.example", "DOCBOT_MODEL_KEY": "k"}) is None


def test_no_key_is_looked_for_where_nobody_is_asked() -> None:
    for environment in (MINE, {}):
        found = choose("m", CONFIG, environment, to_ask=False)
        assert found is not None
        assert not found.key


def test_names_win_over_each_other() -> None:
    said = MINE | {"DOCBOT_MODEL": "theirs"}
    for name, environment, expected in (
        ("mine", said, "mine"),
        (None, said, "theirs"),
        ("default", said, "theirs"),
        ("default", MINE, "big"),
    ):
        found = choose(name, CONFIG, environment)
        assert found is not None
        assert found.name == expected


def test_the_key_of_the_config_goes_nowhere_else() -> None:
    mine = choose("m", CONFIG, MINE)
    assert mine is not None
    assert (mine.key.reveal(), mine.variable, mine.host) == ("s3cret", "MY_KEY", "models.example")
    other = choose("m", CONFIG, MINE | {"DOCBOT_MODEL_URL": "https://evil.example/v1"})
    assert other is not None
    assert (other.key.reveal(), other.variable, other.host) == ("", "", "evil.example")
    theirs = MINE | {"DOCBOT_MODEL_URL": "https://evil.example/v1", "DOCBOT_MODEL_KEY": "k"}
    given = choose("m", CONFIG, theirs)
    assert given is not None
    assert (given.key.reveal(), given.variable) == ("k", "DOCBOT_MODEL_KEY")


def test_no_variable_but_the_named_one_is_a_key() -> None:
    found = choose("m", LOCAL, {"OPENAI_API_KEY": "a", "GITHUB_TOKEN": "b", "GH_TOKEN": "c"})
    assert found is not None
    assert not found.key
    asked = ModelConfig(base_url="https://models.example", key_env="GITHUB_TOKEN")
    named = choose("m", asked, {"GITHUB_TOKEN": "b"})
    assert named is not None
    assert named.key.reveal() == "b"


def test_the_version_of_an_api_is_kept_apart() -> None:
    url = "https://mine.openai.azure.com/openai/deployments/x/?api-version=2024-10-21#top"
    found = choose("m", ModelConfig(base_url=url), {})
    assert found is not None
    assert found.base_url == "https://mine.openai.azure.com/openai/deployments/x"
    assert found.query == "api-version=2024-10-21"


@pytest.mark.parametrize(
    ("config", "environment", "said"),
    [
        (ModelConfig(), {}, r"set `base_url` under \[model\] in .*config\.toml, or DOCBOT_MODEL_URL"),
        (ModelConfig(base_url="models.example/v1"), {}, "must begin with https://"),
        (ModelConfig(base_url="ftp://models.example"), {}, "must begin with https://"),
        (ModelConfig(base_url="https://"), {}, "must begin with https://"),
        (ModelConfig(base_url="https://bücher.example"), {}, "must begin with https://"),
        (ModelConfig(base_url="https://models.example/\x1b"), {}, "must begin with https://"),
        (ModelConfig(base_url="https://models.example:x/"), {}, "is no address"),
        (ModelConfig(base_url="https://[::1"), {}, "is no address"),
        (ModelConfig(base_url="https://me:pw@models.example"), {}, "holds a user or a password"),
        (LOCAL, {"DOCBOT_MODEL_KEY": "pw\nX-Evil: 1"}, "the variable DOCBOT_MODEL_KEY holds no key"),
        (LOCAL, {"DOCBOT_MODEL_KEY": "schlüssel pw"}, "the variable DOCBOT_MODEL_KEY holds no key"),
        (CONFIG, {}, r"put it into the variable MY_KEY, or correct `key_env`"),
        (
            ModelConfig(base_url="http://models.example"),
            {"DOCBOT_MODEL_KEY": "k"},
            "use https:// in base_url",
        ),
        (ModelConfig(base_url="http://10.0.0.1"), {"DOCBOT_MODEL_KEY": "k"}, "use https:// in base_url"),
        (
            ModelConfig(base_url="http://127.0.0.1.evil.example"),
            {"DOCBOT_MODEL_KEY": "k"},
            "use https:// in base_url",
        ),
    ],
)
def test_what_cannot_be_asked(config: ModelConfig, environment: dict[str, str], said: str) -> None:
    with pytest.raises(UsageError, match=said) as caught:
        choose("m", config, environment)
    assert "pw" not in str(caught.value)


@pytest.mark.parametrize("host", ["localhost:1", "127.0.0.1", "127.1.2.3:80", "[::1]:8080"])
def test_this_machine_may_be_asked_without_https(host: str) -> None:
    found = choose("m", ModelConfig(base_url=f"http://{host}/v1"), {"DOCBOT_MODEL_KEY": "k"})
    assert found is not None
    assert (found.is_local, found.host) == (True, host)


@pytest.mark.parametrize("host", ["10.0.0.1", "ollama.lan"])
def test_without_a_key_other_machines_may_too(host: str) -> None:
    found = choose("m", ModelConfig(base_url=f"http://{host}/v1"), {})
    assert found is not None
    assert not found.is_local


@pytest.mark.parametrize("name", ["", " ", "a\nb", "x" * 201, "a\x1b[0m"])
def test_names_that_are_none(name: str) -> None:
    with pytest.raises(UsageError, match="the model's name"):
        choose(name, LOCAL, {})


def test_no_name_is_configured() -> None:
    with pytest.raises(UsageError, match=r"give its name to --model, or set `name` under \[model\]"):
        choose("default", LOCAL, {})


def test_a_secret_shows_itself_to_nobody() -> None:
    found = choose("m", CONFIG, MINE)
    for text in (repr(found), str(found), f"{found!r}", repr(Secret("s3cret"))):
        assert "s3cret" not in text


def test_offline_keeps_other_machines_out() -> None:
    write('[model]\nbase_url = "https://models.example/v1"\n')
    with pytest.raises(UsageError, match=r"--offline keeps docbot from asking models\.example"):
        chosen_model("m", offline=True)
    write('[model]\nbase_url = "http://localhost:1/v1"\n')
    assert chosen_model("m", offline=True) is not None


class TestConfig:
    def test_all_of_it_is_read(self) -> None:
        write(
            '[model]\nbase_url = "https://models.example/v1"\nname = "big"\nkey_env = "MY_KEY"\n'
            "timeout = 10\ntemperature = 0.5\nmax_calls = 3\nmax_tokens = 1000\nmax_seconds = 60\n"
            "max_cost = 0.5\nprice_in = 1\nprice_out = 4.5\n"
        )
        assert load_user_config().model == ModelConfig(
            base_url="https://models.example/v1",
            name="big",
            key_env="MY_KEY",
            timeout=10,
            temperature=0.5,
            max_calls=3,
            max_tokens=1000,
            max_seconds=60,
            max_cost=0.5,
            price_in=1,
            price_out=4.5,
        )

    def test_nothing_of_it_is_needed(self) -> None:
        write('[[sources]]\npath = "code"\n')
        assert load_user_config().model == ModelConfig()

    @pytest.mark.parametrize(
        ("text", "said"),
        [
            ("[model]\nkey = 'x'\n", "unknown key 'key': did you mean 'key_env'?"),
            ("[model]\nmax_calls = 0\n", "correct the value"),
            ("[model]\nmax_calls = 'x'\n", "correct the value"),
            ("[model]\ntimeout = -1\n", "correct the value"),
            ("[model]\ntemperature = 3\n", "correct the value"),
            ("model = 'x'\n", "correct the value"),
            ("[model]\nmax_cost = 1\n", "max_cost needs price_in and price_out"),
            ("[[sources]]\n", r"write \[\[sources\]\] and below it"),
        ],
    )
    def test_what_is_wrong_names_its_remedy(self, text: str, said: str) -> None:
        write(text)
        with pytest.raises(ConfigError, match=said.replace("?", r"\?")):
            load_user_config()


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (".docbot.toml", '[model]\nbase_url = "https://evil.example"\n'),
        (".docbot.toml", 'model = "x"\n'),
        ("pyproject.toml", '[tool.docbot.model]\nname = "x"\n'),
    ],
)
def test_d13_the_docs_choose_no_model(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_text(text, "utf-8")
    with pytest.raises(
        ConfigError, match=r"`model` can't stand here, since the docs don't choose who is sent"
    ):
        load(tmp_path)
