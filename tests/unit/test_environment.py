"""The script that any python3 can run: finds a Python by running it, and repeats nothing."""

from __future__ import annotations

import ast
import importlib.util
import json
import sys
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import ModuleType

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
BIN = REPOSITORY / "bin"


def load() -> ModuleType:
    spec = importlib.util.spec_from_file_location("environment", BIN / "environment.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


environment = load()


def pretend(folder: Path, name: str, version: tuple[int, int, int] | None, can_make: bool = True) -> str:
    """Put a program there that answers as a Python of this version would; None: as a shim without one."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    answer = json.dumps([version, str(path), can_make])
    path.write_text(f"#!/bin/sh\necho '{answer}'\n" if version else "#!/bin/sh\nexit 127\n")
    path.chmod(0o755)
    return str(path)


@pytest.mark.parametrize("name", ["environment.py", "watercooler", "test", "ci"])
def test_scripts_start_on_python_3_8_and_need_nothing_installed(name: str) -> None:
    tree = ast.parse((BIN / name).read_text(), feature_version=(3, 8))
    imported = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    imported |= {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert imported <= set(sys.stdlib_module_names) | {"environment"}


def test_a_shim_without_a_python_behind_it_proves_nothing(tmp_path: Path) -> None:
    shim = pretend(tmp_path, "shims/python3.13", None)
    real = pretend(tmp_path, "bin/python3.13", (3, 13, 0))
    assert environment.find_python([shim, str(tmp_path / "missing"), str(tmp_path), real]) == ((3, 13, 0), real)


def test_an_old_python_under_a_new_name_is_passed_over(tmp_path: Path) -> None:
    old = pretend(tmp_path, "a/python3.13", (3, 11, 9))
    new = pretend(tmp_path, "b/python", (3, 12, 1))
    assert environment.find_python([old, new])[0] == (3, 12, 1)


def test_one_that_can_make_environments_is_preferred(tmp_path: Path) -> None:
    bare = pretend(tmp_path, "a/python3.13", (3, 13, 0), can_make=False)
    whole = pretend(tmp_path, "b/python3.12", (3, 12, 0))
    assert environment.find_python([bare, whole], has_uv=False)[1] == whole
    assert environment.find_python([bare, whole], has_uv=True)[1] == bare
    with pytest.raises(environment.Failed, match=r"apt install python3\.13-venv"):
        environment.find_python([bare], has_uv=False)


def test_with_none_it_says_what_to_install(tmp_path: Path) -> None:
    with pytest.raises(environment.Failed, match="apt install python3"):
        environment.find_python([pretend(tmp_path, "python3", (3, 9, 2))])


def test_version_managers_folders_are_searched_newest_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    for manager, folder in (("PYENV_ROOT", "versions"), ("ASDF_DATA_DIR", "installs/python")):
        monkeypatch.setenv(manager, str(tmp_path / manager))
        for version in ("3.9.1", "3.12.4", "3.13.10", "3.13.9"):
            (tmp_path / manager / folder / version).mkdir(parents=True)
    found = [path for path in environment.candidates() if str(tmp_path / "PYENV_ROOT") in path]
    assert [path.split("/")[-3] for path in found] == ["3.13.10", "3.13.9", "3.12.4", "3.9.1"]
    assert any(str(tmp_path / "ASDF_DATA_DIR") in path for path in environment.candidates())


@pytest.fixture
def made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, list[object]]:
    """A pretended repository; what would be made and installed is only noted."""
    notes: dict[str, list[object]] = {"made": [], "installed": []}
    (tmp_path / "requirements.lock").write_text("django==6.1\n")
    monkeypatch.setattr(environment, "REPOSITORY", str(tmp_path))

    def make(folder: str) -> None:
        notes["made"].append(folder)
        pretend(Path(folder), "bin/python", (3, 13, 0))

    monkeypatch.setattr(environment, "make", make)
    monkeypatch.setattr(environment, "install", lambda folder, locks: notes["installed"].append(locks))
    return notes


def test_a_second_start_installs_nothing(made: dict[str, list[object]], tmp_path: Path) -> None:
    for _ in range(3):
        assert environment.ensure(["requirements.lock"]) == str(tmp_path / ".venv" / "bin" / "python")
    assert made == {"made": [str(tmp_path / ".venv")], "installed": [["requirements.lock"]]}


def test_a_changed_lock_file_is_installed(made: dict[str, list[object]], tmp_path: Path) -> None:
    environment.ensure(["requirements.lock"])
    (tmp_path / "requirements.lock").write_text("django==6.1.3\n")
    environment.ensure(["requirements.lock"])
    assert len(made["installed"]) == 2


def test_a_broken_environment_is_made_again(made: dict[str, list[object]], tmp_path: Path) -> None:
    environment.ensure(["requirements.lock"])
    pretend(tmp_path, ".venv/bin/python", None)
    (tmp_path / ".venv" / "watercooler.json").unlink()
    environment.ensure(["requirements.lock"])
    assert len(made["made"]) == len(made["installed"]) == 2


def test_a_failed_installation_is_not_remembered(
    made: dict[str, list[object]], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(folder: str, locks: list[str]) -> None:
        raise environment.Failed("no network")

    with monkeypatch.context() as patch:
        patch.setattr(environment, "install", fail)
        with pytest.raises(environment.Failed):
            environment.ensure(["requirements.lock"])
    environment.ensure(["requirements.lock"])
    assert len(made["installed"]) == 1


def test_a_program_that_fails_shows_its_last_lines_and_what_to_do() -> None:
    with pytest.raises(environment.Failed, match=r"(?s)the last line.*Connect it\."):
        environment.run([sys.executable, "-c", "print('the last line'); raise SystemExit(1)"], "Connect it.")


def command() -> ModuleType:
    """Return bin/watercooler as a module."""
    loader = SourceFileLoader("watercooler_command", str(BIN / "watercooler"))
    spec = importlib.util.spec_from_loader("watercooler_command", loader)
    assert spec is not None
    module = importlib.util.module_from_spec(spec)
    loader.exec_module(module)
    return module


def test_what_search_by_meaning_needs_is_installed_only_where_it_is_wanted(
    made: dict[str, list[object]], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "requirements-semantic.lock").write_text("onnxruntime==1.31\n")
    monkeypatch.setattr(sys, "argv", ["watercooler", "serve"])
    monkeypatch.delenv("WATERCOOLER_SEMANTIC", raising=False)
    command().installed(environment)
    monkeypatch.setenv("WATERCOOLER_SEMANTIC", "/models/one")
    command().installed(environment)
    assert made["installed"] == [["requirements.lock"], ["requirements.lock", "requirements-semantic.lock"]]


def test_without_a_way_to_install_it_the_house_starts_all_the_same(
    made: dict[str, list[object]],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (tmp_path / "requirements-semantic.lock").write_text("onnxruntime==1.31\n")
    monkeypatch.setattr(sys, "argv", ["watercooler", "evaluate", "search", "--semantic", "/models/one"])

    def install(folder: str, locks: list[str]) -> None:
        if len(locks) > 1:
            raise environment.Failed("No wheel for this machine.")
        made["installed"].append(locks)

    monkeypatch.setattr(environment, "install", install)
    assert command().installed(environment) == str(tmp_path / ".venv" / "bin" / "python")
    assert made["installed"] == [["requirements.lock"]]
    assert "No wheel for this machine.\n\nGoing on without search by meaning." in capsys.readouterr().out
