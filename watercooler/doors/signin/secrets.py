"""Keeping what a second factor is made of: who reads the database, or a copy of it, cannot make its codes."""

from __future__ import annotations

import base64
import logging
import secrets

from watercooler.foundation.base.sealed import CannotUnseal, seal, unseal

MARK = "fernet:"
"""Stands before what is locked. Without it a text is from before anything was."""
PURPOSE = "second factor"

log = logging.getLogger("watercooler.signin")


def lock(text: str) -> str:
    """Return the text locked with a key that follows from SECRET_KEY."""
    return MARK + seal(text, PURPOSE)


def unlock(text: str) -> str:
    """Return what was locked. A text that no key of ours opens is worth nothing: no code ever fits it."""
    if not is_locked(text):
        return text
    try:
        return unseal(text.removeprefix(MARK), PURPOSE)
    except CannotUnseal:
        log.warning("A second factor was locked with another secret key, and lets nobody in.")
        return base64.b32encode(secrets.token_bytes(20)).decode()


def is_locked(text: str) -> bool:
    return text.startswith(MARK)
