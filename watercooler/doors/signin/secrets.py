"""Keeping what a second factor is made of: who reads the database, or a copy of it, cannot make its codes."""

from __future__ import annotations

import base64
import logging
from functools import cache

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

MARK = "fernet:"
"""Stands before what is locked. Without it a text is from before anything was."""

log = logging.getLogger("watercooler.signin")


@cache
def _fernet(secret_key: str) -> Fernet:
    """Return the lock whose key follows from the installation's own, and from nothing in the database."""
    key = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"watercooler second factor").derive(secret_key.encode())
    return Fernet(base64.urlsafe_b64encode(key))


def lock(text: str) -> str:
    """Return the text locked with a key that follows from SECRET_KEY."""
    return MARK + _fernet(settings.SECRET_KEY).encrypt(text.encode()).decode()


def unlock(text: str) -> str:
    """Return what was locked. A text that no key of ours opens is worth nothing: no code ever fits it."""
    if not text.startswith(MARK):
        return text
    for secret_key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        try:
            return _fernet(secret_key).decrypt(text.removeprefix(MARK).encode()).decode()
        except InvalidToken:
            continue
    log.warning("A second factor was locked with another secret key, and lets nobody in.")
    return base64.b32encode(Fernet.generate_key()[:20]).decode()


def is_locked(text: str) -> bool:
    return text.startswith(MARK)
