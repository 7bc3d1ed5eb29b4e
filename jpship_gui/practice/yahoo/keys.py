"""The key pair of the practice store. Made for practice and published here: it opens and protects nothing."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey

PUBLIC_PEM = """
-----BEGIN PUBLIC KEY-----
MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAi5rNnlu6LHSnuU4UVkBY
KwdTHXyOkpV8873TgXW+3INJUEO6VA/EZZIf6Moh7Lcv2I79r7l0GyI5CwR6r4dM
mV+tq+VEDftENKdGes/1L9cAYrs1XN0ml/PE22kX3gMYOeJ11Shwn5PQuO+PB6ck
DLQkIFY3dKCC9wP76c+NtAtjc575nbUmVOeYDpF9+FC/MJUvhZNldtNbE2ZrHJwf
yCUEqQSCN1AbCUhcS/QePIi2Tvb0Em2PRgfccRuiKxHMu2CWTknX7NaB7XvyIFuK
pbV/WjSYiIOSy5mKTZqJV9TccbJe827/McJ1/4jmP132ecBaOftVK6Ur0cc8Qoje
iwIDAQAB
-----END PUBLIC KEY-----
""".strip()
VERSION = "1"
_E = 65537
_P = (
    "c413ddaf98532c90a4f05eed38ca905c081dddad375f4b259f189dfc76964a98547c220f5fc6f1c3ab781f232e005bf3"
    "fe7fc595c62a8da793bfe13ae274aaa0ac3031ccbcd7e5816c1f34285b8420d8e9a5ee1b733a5bfdeff0e89c42512f1a"
    "3327aa68fde8936dfbc0d790b5975440f83a6dc580ed7fef5daca3b9cf02d3f9"
)
_Q = (
    "b644c76a019e41d9a6f039c11a37403a2dfe4f6e9b59760020fbed614adc7b0ac654af0237bc297e74231025000edf62"
    "222f22271d2591798fddd6df29dd43d1433424513e9db0a86792d70f90eb01df35c67c98ab66be9cbf1856c998a62c8b"
    "69f8c305b17d0fb580cf7f17d34d45294ac4ee580016a60318b793e7ff46dfa3"
)


@cache
def private_key() -> RSAPrivateKey:
    """The private half, which the store tool of the practice marketplace keeps to itself."""
    from cryptography.hazmat.primitives.asymmetric import rsa

    p, q = int(_P, 16), int(_Q, 16)
    d = pow(_E, -1, (p - 1) * (q - 1))
    numbers = rsa.RSAPrivateNumbers(
        p=p,
        q=q,
        d=d,
        dmp1=rsa.rsa_crt_dmp1(d, p),
        dmq1=rsa.rsa_crt_dmq1(d, q),
        iqmp=rsa.rsa_crt_iqmp(p, q),
        public_numbers=rsa.RSAPublicNumbers(_E, p * q),
    )
    return numbers.private_key()
