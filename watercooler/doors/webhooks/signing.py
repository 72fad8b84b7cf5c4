"""Secrets and signatures as Standard Webhooks says them. Source: standardwebhooks.com, specification 1.0.0."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from collections.abc import Sequence

from watercooler.foundation.base.sealed import seal, unseal

PREFIX = "whsec_"
BYTES = 32
PURPOSE = "webhooks"


def new_secret() -> str:
    """Return a fresh signing secret, sealed."""
    return seal(PREFIX + base64.b64encode(secrets.token_bytes(BYTES)).decode("ascii"), PURPOSE)


def shown(sealed: str) -> str:
    """Return a secret as its owner copies it. Raises CannotUnseal."""
    return unseal(sealed, PURPOSE)


def sign(secret: str, message: str, timestamp: int, body: bytes) -> str:
    """Return one signature, as "v1,…". Neither the message's id nor the time may hold a full stop."""
    key = base64.b64decode(secret.removeprefix(PREFIX))
    said = f"{message}.{timestamp}.".encode() + body
    return "v1," + base64.b64encode(hmac.new(key, said, hashlib.sha256).digest()).decode("ascii")


def headers(sealed: Sequence[str], message: str, timestamp: int, body: bytes) -> dict[str, str]:
    """Return the three headers, signed with each of the secrets: the new one and, for a day, the one before."""
    return {
        "webhook-id": message,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": " ".join(sign(shown(one), message, timestamp, body) for one in sealed),
    }
