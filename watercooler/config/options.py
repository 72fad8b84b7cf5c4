"""Every setting of an installation: one frozen dataclass, each field with a sentence and a safe default."""

from __future__ import annotations

import difflib
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from watercooler.config import database_address
from watercooler.config.problems import UnknownOption

PREFIX = "WATERCOOLER_"
REPOSITORY = Path(__file__).resolve().parents[2]


def option(default: Any, sentence: str) -> Any:
    """Return a dataclass field that carries its sentence for `bin/watercooler options`."""
    return field(default=default, metadata={"sentence": sentence})


@dataclass(frozen=True)
class Options:
    data_dir: Path = option(REPOSITORY / "var", "The installation's folder: database, files, secret key.")
    database_url: str = option("", "A PostgreSQL from 15 on, with any of its options; empty starts the built-in one.")
    host: str = option("127.0.0.1", "The address the server listens on.")
    port: int = option(8000, "The port the server listens on.")
    site_url: str = option("", "The address people type; empty means http://host:port, or http://localhost:port.")
    secret_key: str = option(
        "", "Signs sessions and links; empty means one made on first start and kept in the data folder."
    )
    mail_url: str = option(
        "", "smtp://user:password@host:port for outgoing mail; empty writes mail into the data folder."
    )
    mail_from: str = option("watercooler@localhost", "The address that mail comes from.")
    upload_limit_mib: int = option(25, "The largest file a person may attach, in MiB.")
    request_limit_mib: int = option(110, "The largest request taken in, all its files together, in MiB.")
    trusted_proxies: str = option(
        "", "Addresses of reverse proxies, comma-separated, whose X-Forwarded-For and X-Forwarded-Proto are believed."
    )
    page_threads: int = option(4, "Threads that answer ordinary pages.")
    viewer_cache_seconds: int = option(30, "How long a session and its rights may be kept in the process, in seconds.")
    write_limit_per_minute: int = option(60, "Posts, answers and comments one person may send in a minute.")
    api_limit_per_minute: int = option(600, "Requests one access token may make in a minute; one person, twice that.")
    sign_in_limit_per_minute: int = option(10, "Failed sign-ins, and codes asked for, from one address in a minute.")
    internal_hosts: str = option(
        "",
        "Hosts inside your network, comma-separated, as name or name:port, that webhooks and feeds from outside may "
        "reach, also over plain HTTP; everything else there is refused.",
    )
    inbox_days: int = option(
        180, "Days after which read lines of the inbox are dropped, unread ones after a year; 0 keeps all."
    )
    private_searches: bool = option(
        False, "Keep of searches in vain only that there was one, and not its words. Who searched is never kept."
    )
    semantic: str = option(
        "",
        "The folder of a sentence embedding model for ONNX: search then finds by meaning too. Empty: by words alone.",
    )
    secure_cookies: bool = option(False, "Send cookies over HTTPS only; set it as soon as the site has HTTPS.")
    debug: bool = option(False, "Show tracebacks to everybody. For development only.")


def _parse(name: str, kind: str, text: str) -> Any:
    if kind == "int":
        try:
            number = int(text)
        except ValueError:
            raise UnknownOption(f"{PREFIX}{name.upper()} must be a whole number, not {text!r}.") from None
        if name == "port" and not 0 < number < 65536:
            raise UnknownOption(f"{PREFIX}PORT must be a number from 1 to 65535, not {text!r}.")
        return number
    if kind == "bool":
        if text.lower() not in {"1", "0", "true", "false", "yes", "no", "on", "off"}:
            raise UnknownOption(f"{PREFIX}{name.upper()} must be yes or no, not {text!r}.")
        return text.lower() in {"1", "true", "yes", "on"}
    return Path(text).expanduser().resolve() if kind == "Path" else text


def read(environment: Mapping[str, str]) -> tuple[Options, dict[str, str]]:
    """Return the options and, for each name, where its value comes from ("default" or the variable).

    Raises UnknownOption for a misspelt name, with the nearest real one, or for a value of the wrong type.
    """
    known = {f.name: f for f in fields(Options)}
    given: dict[str, Any] = {}
    origin = dict.fromkeys(known, "default")
    for variable, text in environment.items():
        if variable == "DATABASE_URL" and f"{PREFIX}DATABASE_URL" not in environment:
            given["database_url"], origin["database_url"] = text, variable
        if not variable.startswith(PREFIX):
            continue
        name = variable.removeprefix(PREFIX).lower()
        if name not in known:
            near = difflib.get_close_matches(name, known, n=1)
            hint = f" Did you mean {PREFIX}{near[0].upper()}?" if near else ""
            raise UnknownOption(f"{variable} is not an option.{hint}")
        given[name], origin[name] = _parse(name, str(known[name].type), text), variable
    if given.get("database_url"):
        database_address.read(given["database_url"])  # said here, at the start, and not by the first page
    return Options(**given), origin


def address(options: Options) -> str:
    """Return the address that people type. This machine's own is named: passkeys need HTTPS or the name localhost."""
    host = "localhost" if options.host in {"127.0.0.1", "::1"} else options.host
    host = f"[{host}]" if ":" in host else host
    return options.site_url or f"http://{host}:{options.port}"


def secret_key(options: Options) -> str:
    """Return the configured secret, or the one kept in the data folder, made on first use (mode 600)."""
    if options.secret_key:
        return options.secret_key
    path = options.data_dir / "secret_key"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(50))
    return path.read_text().strip()


options, origins = read(os.environ)
