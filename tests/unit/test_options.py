"""Options: safe defaults, environment over defaults, misspelt names refused, secrets never shown."""

from __future__ import annotations

import stat
from dataclasses import fields
from pathlib import Path

import pytest

from watercooler.config.commands.options import lines, shown
from watercooler.config.mail import mailer
from watercooler.config.options import Options, address, read, secret_key
from watercooler.config.problems import UnknownOption


def test_an_empty_environment_is_a_working_installation() -> None:
    options, origins = read({})
    assert options == Options()
    assert set(origins.values()) == {"default"}
    assert options.host == "127.0.0.1"
    assert not options.debug


def test_the_environment_overrides_and_is_named_as_origin() -> None:
    options, origins = read({"WATERCOOLER_PORT": "8080", "WATERCOOLER_DEBUG": "yes", "PORT": "1"})
    assert options.port == 8080
    assert options.debug is True
    assert origins["port"] == "WATERCOOLER_PORT"
    assert origins["host"] == "default"


@pytest.mark.parametrize("order", [1, -1])
def test_our_own_name_wins_over_database_url(order: int) -> None:
    both = {"DATABASE_URL": "postgresql://a/b", "WATERCOOLER_DATABASE_URL": "postgresql://c/d"}
    options, origins = read(dict(list(both.items())[::order]))
    assert options.database_url == "postgresql://c/d"
    assert origins["database_url"] == "WATERCOOLER_DATABASE_URL"
    assert read({"DATABASE_URL": "postgresql://a/b"})[0].database_url == "postgresql://a/b"


def test_a_misspelt_name_stops_the_start_and_suggests_the_nearest() -> None:
    with pytest.raises(UnknownOption, match="WATERCOOLER_PORT"):
        read({"WATERCOOLER_PROT": "1"})
    with pytest.raises(UnknownOption, match="is not an option"):
        read({"WATERCOOLER_QQQQQQ": "1"})


@pytest.mark.parametrize(
    ("name", "text"), [("PORT", "eighty"), ("PORT", ""), ("PORT", "99999"), ("PORT", "0"), ("DEBUG", "perhaps")]
)
def test_a_value_of_the_wrong_type_is_refused_in_words(name: str, text: str) -> None:
    with pytest.raises(UnknownOption, match=f"WATERCOOLER_{name} must be"):
        read({f"WATERCOOLER_{name}": text})


def test_a_folder_is_made_absolute() -> None:
    assert read({"WATERCOOLER_DATA_DIR": "somewhere"})[0].data_dir == Path.cwd() / "somewhere"


def test_the_secret_is_made_once_and_readable_by_its_owner_only(tmp_path: Path) -> None:
    options = Options(data_dir=tmp_path / "new")
    made = secret_key(options)
    assert len(made) >= 50
    assert secret_key(options) == made
    assert stat.S_IMODE((tmp_path / "new" / "secret_key").stat().st_mode) == 0o600
    assert secret_key(Options(data_dir=tmp_path, secret_key="given")) == "given"


def test_the_listing_has_every_option_with_value_origin_and_sentence() -> None:
    options, origins = read({"WATERCOOLER_PORT": "8080"})
    text = "\n".join(lines(options, origins))
    for known in fields(Options):
        assert f"WATERCOOLER_{known.name.upper()} = " in text
        assert known.metadata["sentence"] in text
    assert "WATERCOOLER_PORT = 8080\n    from WATERCOOLER_PORT" in text


def test_secrets_are_not_shown() -> None:
    assert "hush" not in shown("secret_key", "hush")
    assert shown("database_url", "postgresql://ada:hush@host/db") == "postgresql://ada:••••••@host/db"
    assert (
        shown("database_url", "postgresql:///db?password=hush&user=ada") == "postgresql:///db?password=••••••&user=ada"
    )
    assert shown("mail_url", "smtp://ada:hush@mail:25") == "smtp://ada:••••••@mail:25"
    assert shown("secret_key", "") == "–"


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({}, "http://localhost:8000"),
        ({"WATERCOOLER_HOST": "::1", "WATERCOOLER_PORT": "81"}, "http://localhost:81"),
        ({"WATERCOOLER_HOST": "10.0.0.7"}, "http://10.0.0.7:8000"),
        ({"WATERCOOLER_HOST": "fd00::7"}, "http://[fd00::7]:8000"),
        ({"WATERCOOLER_SITE_URL": "https://water.example"}, "https://water.example"),
    ],
)
def test_the_address_of_this_machine_is_one_that_passkeys_work_at(given: dict[str, str], expected: str) -> None:
    assert address(read(given)[0]) == expected


@pytest.mark.parametrize("url", ["smtp://mail.example:abc", "smtp://mail.example:70000", "smtp://", "http://a.example"])
def test_a_mail_address_that_is_none_is_refused_in_words(url, tmp_path):
    with pytest.raises(UnknownOption, match="WATERCOOLER_MAIL_URL must look like"):
        mailer(url, tmp_path)
