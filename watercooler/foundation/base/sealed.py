"""Secrets at rest: what must be read again, as a signing secret, lies sealed in the database.

The key is derived from the secret key of the installation, one for each purpose, so that a copy of the database alone
opens nothing, and a text sealed for one purpose opens for no other. After a change of the secret key, what was sealed
under an older one still opens while that one is listed in SECRET_KEY_FALLBACKS.
"""

from __future__ import annotations

import base64
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


class CannotUnseal(Exception):
    """The text was sealed under another key or for another purpose, or was changed since."""


def seal(text: str, purpose: str) -> str:
    """Return a text that only `unseal` with the same purpose can read. About 1.4 times as long, plus 100."""
    return _lock(purpose).encrypt(text.encode()).decode("ascii")


def unseal(sealed: str, purpose: str) -> str:
    """Return what was sealed. Raises CannotUnseal."""
    try:
        return _lock(purpose).decrypt(sealed.encode()).decode()
    except (InvalidToken, UnicodeDecodeError):
        raise CannotUnseal(purpose) from None


def _lock(purpose: str) -> MultiFernet:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([_fernet(str(key), purpose) for key in keys])


@lru_cache(maxsize=50)
def _fernet(key: str, purpose: str) -> Fernet:
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=f"watercooler sealed {purpose}".encode())
    return Fernet(base64.urlsafe_b64encode(derived.derive(key.encode())))
