"""The header that proves who calls, made with the store's public key (Yahoo! reference 4.2)."""

from __future__ import annotations

import base64
import time
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from jpship_gui.domain.fault import Refused

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey


class Signature:
    """Headers for one store. It is RSA encryption of `<sellerId>:<unix time>` with the public key, PKCS#1 v1.5, and no
    signature in the sense of the word."""

    def __init__(self, seller_id: str, pem: Sequence[str], version: str) -> None:
        """Refused("yahoo_key_unreadable") when the text is no public RSA key, ("yahoo_key_version") without version."""
        self._seller_id = seller_id
        self._version = version
        self._key = _key("\n".join(pem)) if pem else None
        if pem and not version:
            raise Refused("yahoo_key_version")

    @property
    def signs(self) -> bool:
        """Whether the store has a key: without one its login lasts twelve hours."""
        return self._key is not None

    def headers(self) -> Mapping[str, str]:
        """New for every request."""
        if self._key is None:
            return {}
        from cryptography.hazmat.primitives.asymmetric import padding

        plain = f"{self._seller_id}:{int(time.time())}".encode("ascii")
        value = base64.b64encode(self._key.encrypt(plain, padding.PKCS1v15())).decode("ascii")
        return {"X-sws-signature": value, "X-sws-signature-version": self._version}


@lru_cache(maxsize=16)
def _key(pem: str) -> RSAPublicKey:
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
    from cryptography.hazmat.primitives.serialization import load_pem_public_key

    try:
        found = load_pem_public_key(pem.encode())
    except (ValueError, UnsupportedAlgorithm):
        found = None
    if not isinstance(found, RSAPublicKey):
        raise Refused("yahoo_key_unreadable")
    return found
