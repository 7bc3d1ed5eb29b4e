"""The header made with the store's public key."""

from __future__ import annotations

import base64
import re
import time

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, padding
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from jpship_gui.domain.fault import Refused
from jpship_gui.marketplaces.yahoo.signature import Signature
from jpship_gui.practice.yahoo.keys import PUBLIC_PEM, VERSION, private_key

LINES = PUBLIC_PEM.splitlines()


def test_the_private_half_reads_seller_and_time() -> None:
    headers = Signature("my-store-2", LINES, VERSION).headers()
    assert headers["X-sws-signature-version"] == "1"
    plain = private_key().decrypt(base64.b64decode(headers["X-sws-signature"]), padding.PKCS1v15())
    match = re.fullmatch(r"my-store-2:(\d+)", plain.decode("ascii"))
    assert match is not None
    assert abs(int(match[1]) - time.time()) < 30


def test_every_request_has_its_own() -> None:
    signature = Signature("mystore", LINES, VERSION)
    assert signature.headers()["X-sws-signature"] != signature.headers()["X-sws-signature"]


def test_the_practice_keys_are_a_pair() -> None:
    public = private_key().public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    assert public.decode().strip() == PUBLIC_PEM


def test_without_a_key_nothing_is_signed() -> None:
    signature = Signature("mystore", [], "")
    assert (signature.signs, signature.headers()) == (False, {})


def test_a_key_that_is_none_is_refused_with_what_to_do() -> None:
    with pytest.raises(Refused, match="yahoo_key_unreadable"):
        Signature("mystore", ["-----BEGIN PUBLIC KEY-----", "x", "-----END PUBLIC KEY-----"], "1")
    curve = ec.generate_private_key(ec.SECP256R1()).public_key()
    pem = curve.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()
    with pytest.raises(Refused, match="yahoo_key_unreadable"):
        Signature("mystore", pem.splitlines(), "1")
    with pytest.raises(Refused, match="yahoo_key_version"):
        Signature("mystore", LINES, "")
