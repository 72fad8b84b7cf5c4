"""The secret of an access token: how it is made, recognised and hashed."""

from __future__ import annotations

import hashlib
import re
import secrets
import string
from zlib import crc32

PREFIX = "wc_"
"""Scanners that look for leaked secrets find ours by it."""
RANDOM = 32
"""Characters of 62 kinds: 190 bits."""
SHOWN = 7
"""How many characters are kept to recognise a token by: the prefix and four more."""
_LETTERS = string.digits + string.ascii_letters
_FORM = re.compile(rf"{PREFIX}[0-9A-Za-z]{{{RANDOM + 6}}}\Z")


def mint() -> str:
    """Return a new secret: the prefix, 32 random characters, and six that check them, so that scanners can be sure."""
    random = "".join(secrets.choice(_LETTERS) for _ in range(RANDOM))
    return f"{PREFIX}{random}{_check(random)}"


def _check(random: str) -> str:
    number, digits = crc32(random.encode()), ""
    for _ in range(6):
        number, digit = divmod(number, len(_LETTERS))
        digits = _LETTERS[digit] + digits
    return digits


def is_secret(text: str) -> bool:
    """Say whether a text has the form of a secret of ours; it costs no question to the database."""
    return _FORM.match(text) is not None and _check(text[len(PREFIX) : -6]) == text[-6:]


def digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
