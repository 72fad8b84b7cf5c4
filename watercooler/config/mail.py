"""How mail leaves: over SMTP where an address is given, else into a folder where somebody can read it."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from watercooler.config.problems import UnknownOption

PORTS = {"smtp": 587, "smtps": 465}


def mailer(url: str, folder: Path) -> dict[str, Any]:
    """Return Django's words for smtp://user:password@host:port (STARTTLS) or smtps://… (TLS from the first byte).

    Plain SMTP is spoken only to this machine or where the address says `?tls=no`. Raises UnknownOption for another
    scheme.
    """
    if not url:
        return {"BACKEND": "django.core.mail.backends.filebased.EmailBackend", "OPTIONS": {"file_path": folder}}
    parts = urlsplit(url)
    try:
        port = parts.port
    except ValueError:  # no number
        port = 0
    if parts.scheme not in PORTS or not parts.hostname or port == 0:
        raise UnknownOption(f"WATERCOOLER_MAIL_URL must look like smtp://user:password@host:port, not {url!r}.")
    is_plain = parts.hostname in {"localhost", "127.0.0.1", "::1"} or "tls=no" in parts.query
    return {
        "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "OPTIONS": {
            "host": parts.hostname,
            "port": port or PORTS[parts.scheme],
            "username": unquote(parts.username or ""),
            "password": unquote(parts.password or ""),
            "use_ssl": parts.scheme == "smtps",
            "use_tls": parts.scheme == "smtp" and not is_plain,
            "timeout": 20,
        },
    }
