"""SM3 (GB/T 32905), the digest a Chinese court prints on its papers. Frame hashes and chunk ids stay SHA-256."""

from __future__ import annotations

from cryptography.hazmat.primitives import hashes


def sm3_hex(data: bytes) -> str:
    """64 hexadecimal digits."""
    digest = hashes.Hash(hashes.SM3())
    digest.update(data)
    return digest.finalize().hex()
