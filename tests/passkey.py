"""A passkey in software: what a phone does when somebody puts a finger on it."""

from __future__ import annotations

import base64
import hashlib
import html
import json
import os
import re
import struct
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2 import cbor
from fido2.cose import ES256

PRESENT_AND_VERIFIED = 0x05
NEW_KEY_INSIDE = 0x40


def _base64url(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _bytes(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


class Passkey:
    """One key for one place. Source: WebAuthn Level 3, sections 6.1 and 6.5."""

    def __init__(self, origin: str) -> None:
        self.origin = origin
        self.rp_id = origin.split("//")[1].split(":")[0]
        self.id = os.urandom(32)
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._owner = b""

    def make(self, page: str) -> str:
        """Return the credential for the options in a page's data-options, as JSON."""
        found = re.search(r"data-does=\"add\" data-options='([^']*)'", page)
        assert found is not None
        options = json.loads(html.unescape(found[1]))["publicKey"]
        self._owner = _bytes(options["user"]["id"])
        public = cbor.encode(dict(ES256.from_cryptography_key(self._key.public_key())))
        inside = bytes(16) + struct.pack(">H", len(self.id)) + self.id + public
        data = self._data(PRESENT_AND_VERIFIED | NEW_KEY_INSIDE) + inside
        told = self._told("webauthn.create", options["challenge"])
        attested = cbor.encode({"fmt": "none", "attStmt": {}, "authData": data})
        return self._json({"clientDataJSON": _base64url(told), "attestationObject": _base64url(attested)})

    def prove(self, options: dict[str, Any]) -> str:
        """Return the proof for the options of the sign-in page, as JSON."""
        told = self._told("webauthn.get", options["publicKey"]["challenge"])
        data = self._data(PRESENT_AND_VERIFIED)
        signature = self._key.sign(data + hashlib.sha256(told).digest(), ec.ECDSA(hashes.SHA256()))
        return self._json(
            {
                "clientDataJSON": _base64url(told),
                "authenticatorData": _base64url(data),
                "signature": _base64url(signature),
                "userHandle": _base64url(self._owner),
            }
        )

    def _data(self, flags: int) -> bytes:
        return hashlib.sha256(self.rp_id.encode()).digest() + bytes([flags]) + struct.pack(">I", 0)

    def _told(self, what: str, challenge: str) -> bytes:
        return json.dumps({"type": what, "challenge": challenge, "origin": self.origin}).encode()

    def _json(self, response: dict[str, str]) -> str:
        own = _base64url(self.id)
        extra = {"credProps": {"rk": True}}
        return json.dumps(
            {"id": own, "rawId": own, "type": "public-key", "response": response, "clientExtensionResults": extra}
        )
