"""The command line: where --data and --port go, which Node will do, and what --fresh may throw away."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
from django.db import InterfaceError, OperationalError

from watercooler.config.commands import build, demo, serve
from watercooler.config.commands.__main__ import COMMANDS, main, name_flags, take_options
from watercooler.config.options import REPOSITORY, Options
from watercooler.config.problems import CannotRun, Misused


@pytest.mark.parametrize(
    ("line", "others", "data", "port"),
    [
        ("demo", ["demo"], None, None),
        ("demo --data /srv/x --port 9", ["demo"], "/srv/x", "9"),
        ("--data=/srv/x demo --fresh", ["demo", "--fresh"], "/srv/x", None),
        ("django migrate --port=9 --plan", ["django", "migrate", "--plan"], None, "9"),
    ],
)
def test_options_are_taken_from_anywhere(line: str, others: list[str], data: str | None, port: str | None) -> None:
    environment: dict[str, str] = {}
    assert take_options(line.split(), environment) == others
    assert environment.get("WATERCOOLER_DATA_DIR") == data
    assert environment.get("WATERCOOLER_PORT") == port


def test_a_folder_is_meant_from_where_one_stands() -> None:
    environment: dict[str, str] = {}
    take_options(["serve", "--data", "here"], environment)
    assert environment["WATERCOOLER_DATA_DIR"] == str(Path.cwd() / "here")


@pytest.mark.parametrize("line", ["demo --data", "demo --port --fresh", "demo --data="])
def test_an_option_without_its_value_is_refused_in_words(line: str) -> None:
    with pytest.raises(Misused, match="needs a value"):
        take_options(line.split(), {})


def test_an_unknown_command_is_refused_in_words(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["dmeo"]) == 2
    assert "There is no command “dmeo”" in capsys.readouterr().err


def test_the_help_names_every_command() -> None:
    text = (REPOSITORY / "bin" / "watercooler").read_text()
    assert all(f"bin/watercooler {command} " in text for command in COMMANDS)


@pytest.mark.parametrize(
    ("version", "will_do"),
    [
        ("v20.19.0", True),
        ("v20.18.3", False),
        ("v21.7.0", False),
        ("v22.11.0", False),
        ("v22.12.0", True),
        ("v24.1.0", True),
    ],
)
def test_which_node_will_do(version: str, will_do: bool) -> None:
    assert build.is_new_enough(version) is will_do


def test_a_node_that_does_not_run_is_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("node", "npm"):
        (tmp_path / name).write_text("#!/bin/sh\nexit 127\n")
        (tmp_path / name).chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(build.importlib.util, "find_spec", lambda name: None)
    assert build.find_node() is None


@pytest.fixture
def sources(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A pretended repository with one style, built already."""
    (tmp_path / "watercooler" / "base" / "styles").mkdir(parents=True)
    (tmp_path / "watercooler" / "base" / "styles" / "a.css").write_text("a {}")
    (tmp_path / "package.json").write_text("{}")
    built = tmp_path / "watercooler" / "static" / "built"
    built.mkdir(parents=True)
    (built / "names.json").write_text("{}")
    monkeypatch.setattr(build, "REPOSITORY", tmp_path)
    monkeypatch.setattr(build, "BUILT", built)
    monkeypatch.setattr(build, "find_node", lambda: ("node", "npm"))
    monkeypatch.setattr(build, "_fetch_packages", lambda node, npm: None)
    (built / "sources.txt").write_text(build.sources_hash())
    return tmp_path


def test_it_builds_only_what_changed(sources: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    runs: list[object] = []
    monkeypatch.setattr(build, "_run", lambda command, advice: runs.append(command))
    build.ensure()
    assert runs == []
    (sources / "watercooler" / "base" / "styles" / "a.css").write_text("a { color: red }")
    build.ensure()
    build.ensure()
    assert len(runs) == 1


def test_an_installed_wheel_builds_nothing(sources: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (sources / "package.json").unlink()
    (sources / "watercooler" / "static" / "built" / "sources.txt").unlink()
    monkeypatch.setattr(build, "_run", lambda command, advice: pytest.fail("built"))
    build.ensure()


def test_fresh_leaves_everything_but_a_demo_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "postgres").mkdir()
    monkeypatch.setattr(demo, "options", Options(data_dir=tmp_path))
    monkeypatch.setattr("watercooler.config.commands.serve.options", Options(data_dir=tmp_path))
    with pytest.raises(CannotRun, match="not the demo"):
        demo.start_afresh()
    monkeypatch.setattr(demo, "options", Options(data_dir=tmp_path, database_url="postgresql://x/y"))
    with pytest.raises(CannotRun, match="built-in database"):
        demo.start_afresh()
    assert (tmp_path / "postgres").exists()


def test_fresh_throws_a_demo_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("postgres/data", "files"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "demo.json").write_text('{"is_finished": false, "sign_ins": []}')
    (tmp_path / "secret_key").write_text("kept")
    monkeypatch.setattr(demo, "options", Options(data_dir=tmp_path))
    monkeypatch.setattr("watercooler.config.commands.serve.options", Options(data_dir=tmp_path))
    assert demo.is_unfinished()
    demo.start_afresh()
    assert not demo.is_unfinished()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["running", "secret_key"]


def test_the_welcome_names_who_to_sign_in_as() -> None:
    people = [["Chief executive", "Ada Fern", "ada", "secret"], ["Expert", "Bo", "bo", "hush"]]
    assert demo.sign_in_lines(people)[1].split() == ["Expert", "Bo", "bo", "hush"]
    assert demo.sign_in_lines([]) == []


def test_a_real_organisation_never_lies_where_a_demo_would_be_thrown_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(serve, "options", Options(data_dir=tmp_path))
    serve.demo_note().write_text('{"is_finished": false, "sign_ins": []}')
    serve.leave_demo()
    assert not serve.demo_note().exists(), "nothing of the demo was there yet: the next demo must not empty this"
    (tmp_path / "postgres").mkdir()
    serve.demo_note().write_text('{"is_finished": false, "sign_ins": []}')
    with pytest.raises(CannotRun, match="Name another folder"):
        serve.leave_demo()
    serve.demo_note().write_text('{"is_finished": true, "sign_ins": []}')
    serve.leave_demo()


def test_a_folder_that_cannot_be_made_is_said_in_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setattr(serve, "options", Options(data_dir=tmp_path / "file" / "folder"))
    with pytest.raises(CannotRun, match="Name another with --data"):
        serve.make_folder()


@pytest.mark.parametrize("line", ["serve --fresh", "demo --frehs", "demo there"])
def test_what_a_command_does_not_know_is_refused(line: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(line.split()) == 2
    assert f"knows no “{line.split()[1]}”" in capsys.readouterr().err


def test_a_flag_is_named_as_the_origin_of_what_it_gave() -> None:
    origins = {"data_dir": "WATERCOOLER_DATA_DIR", "port": "default"}
    name_flags(["options", "--data=/srv/x"], origins)
    assert origins == {"data_dir": "--data", "port": "default"}


def test_a_database_that_does_not_answer_is_said_in_a_sentence() -> None:
    """Without the framework's pages of traceback."""
    ended = subprocess.run(
        [sys.executable, "-m", "watercooler.config.commands.prepare"],
        env={**os.environ, "DATABASE_URL": "postgresql://nobody:hush@127.0.0.1:1/nothing"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 1
    assert "The database nothing at 127.0.0.1:1 cannot be used" in ended.stderr
    assert "Traceback" not in ended.stderr
    assert "hush" not in ended.stderr


@pytest.mark.parametrize("kind", [psycopg.OperationalError, OperationalError, InterfaceError])
def test_a_database_that_goes_away_is_said_in_a_sentence(
    kind: type[Exception], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def break_off(arguments: list[str]) -> int:
        raise kind("consuming input failed: server closed the connection\n\tThis probably means …")

    monkeypatch.setattr("watercooler.config.commands.import_.run", break_off)
    assert main(["import", "people", "list.csv"]) == 2
    said = capsys.readouterr().err
    assert "The database cannot go on: consuming input failed: server closed the connection\n" in said
    assert "start the same command again" in said
