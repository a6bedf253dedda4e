"""Requests signed as RFC 9421 says: Ed25519 over method, path and the digest of the body.

The signature is checked before a body is read, so a stranger costs the court nothing. It carries no weight in time:
a kiosk's clock may be wrong by years, and a repeated request is harmless.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable, Mapping

from kiosk.sealing.signing import SigningKey, VerifyKey

PARAMETERS = '("@method" "@path" "content-digest");keyid="{key_id}";alg="ed25519"'
INPUT = re.compile(r'kiosk=\("@method" "@path" "content-digest"\);keyid="([0-9a-f]{16})";alg="ed25519"')
SIGNATURE = re.compile(r"kiosk=:([A-Za-z0-9+/]{86}==):")
DIGEST = re.compile(r"sha-256=:([A-Za-z0-9+/]{43}=):")


def content_digest(body: bytes) -> str:
    return f"sha-256=:{base64.b64encode(hashlib.sha256(body).digest()).decode('ascii')}:"


def signed_headers(key: SigningKey, method: str, path: str, body: bytes) -> dict[str, str]:
    """The three headers that say who asks and for what."""
    digest = content_digest(body)
    parameters = PARAMETERS.format(key_id=key.public.key_id)
    signature = bytes.fromhex(key.sign_bare(_base(method, path, digest, parameters)))
    return {
        "content-digest": digest,
        "signature-input": f"kiosk={parameters}",
        "signature": f"kiosk=:{base64.b64encode(signature).decode('ascii')}:",
    }


def signer(
    headers: Mapping[str, str], method: str, path: str, find_key: Callable[[str], VerifyKey | None]
) -> str | None:
    """The key id that signed this request head, or None."""
    signature_input = INPUT.fullmatch(headers.get("signature-input", ""))
    signature = SIGNATURE.fullmatch(headers.get("signature", ""))
    digest = headers.get("content-digest", "")
    if signature_input is None or signature is None or not DIGEST.fullmatch(digest):
        return None
    key = find_key(signature_input[1])
    if key is None:
        return None
    base = _base(method, path, digest, PARAMETERS.format(key_id=signature_input[1]))
    good = key.verifies_bare(base64.b64decode(signature[1]).hex(), base)
    return signature_input[1] if good else None


def _base(method: str, path: str, digest: str, parameters: str) -> bytes:
    return (
        f'"@method": {method}\n"@path": {path}\n"content-digest": {digest}\n"@signature-params": {parameters}'
    ).encode("ascii")
