"""What DATABASE_URL may say is what PostgreSQL's library takes; what it does not know is refused in a sentence."""

from __future__ import annotations

import pytest

from watercooler.config.database_address import for_the_framework, read
from watercooler.config.options import read as options
from watercooler.config.problems import UnknownOption


def framework(address: str) -> dict[str, object]:
    made = for_the_framework(address, [("jit", "off")])
    return {**{name: made[name] for name in ("NAME", "USER", "PASSWORD", "HOST", "PORT")}, **made["OPTIONS"]}


def test_what_an_address_says_is_honoured() -> None:
    said = framework(
        "postgresql://ada%40office:p%3Aw%2F%25@one:5433,two:5434/house?sslmode=verify-full&sslrootcert=/etc/ca%20of%20ours.pem"
        "&target_session_attrs=read-write&application_name=wiki&connect_timeout=3&options=-c%20geqo%3Doff"
    )
    assert said.items() >= {
        "NAME": "house", "USER": "ada@office", "PASSWORD": "p:w/%", "HOST": "one,two", "PORT": "5433,5434",
        "sslmode": "verify-full", "sslrootcert": "/etc/ca of ours.pem", "target_session_attrs": "read-write",
        "application_name": "wiki", "connect_timeout": "3", "keepalives_idle": 30, "options": "-c jit=off -c geqo=off",
    }.items()  # fmt: skip


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("postgresql://ada@/house?host=/run/postgresql", {"HOST": "/run/postgresql", "NAME": "house", "USER": "ada"}),
        ("postgresql://ada@%2Frun%2Fpostgresql/house", {"HOST": "/run/postgresql", "NAME": "house"}),
        ("host=/run/postgresql dbname=house user=ada", {"HOST": "/run/postgresql", "NAME": "house"}),
        ("postgres://ada@[::1]:5433", {"HOST": "::1", "PORT": "5433", "NAME": "ada"}),
        ("postgresql:///?service=house", {"NAME": "", "service": "house"}),
    ],
)
def test_an_address_may_have_any_form(address: str, expected: dict[str, str]) -> None:
    assert framework(address).items() >= expected.items()


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("postgresql://ada:hush@h/d?sslmod=require", "DATABASE_URL says 'sslmod', which PostgreSQL does not know."),
        ("host=h dbname=d pasword=hush", "DATABASE_URL says 'pasword', which PostgreSQL does not know."),
        ("mysql://ada:hush@h/d", "DATABASE_URL must look like postgresql://"),
        ("postgresql://ada:hush@[::1/d", "DATABASE_URL must look like postgresql://"),
        ("postgresql://ada:hu%zzsh@h/d", "DATABASE_URL must look like postgresql://"),
        ("postgresql://ada:hush@h/d?client_encoding=latin1", "DATABASE_URL says 'client_encoding', which Wa"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_in_a_sentence_without_the_password(address: str, sentence: str) -> None:
    for read_it in (read, lambda said: options({"DATABASE_URL": said})):
        with pytest.raises(UnknownOption) as refused:
            read_it(address)
        assert str(refused.value).startswith(sentence)
        assert "hush" not in str(refused.value)


def test_the_nearest_name_is_told() -> None:
    with pytest.raises(UnknownOption, match="Did you mean sslmode"):
        read("postgresql://h/d?sslmod=require")
