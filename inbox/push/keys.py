"""The key that push services know this desk by (VAPID, RFC 8292).

It is derived from the newest encryption key, so there is none to make, keep or back up. When
that one is exchanged, browsers notice on their next visit and subscribe anew.
"""

from __future__ import annotations

from base64 import urlsafe_b64encode
from functools import lru_cache

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings

# Order of the curve P-256 (FIPS 186-5): private keys are numbers below it, and not zero.
_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551


def private_key() -> ec.EllipticCurvePrivateKey:
    return _derive(settings.ENCRYPTION_KEYS[0])


def public_key() -> str:
    """As browsers want it: the uncompressed point in base64url, without padding."""
    point = (
        private_key().public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    )
    return urlsafe_b64encode(point).rstrip(b"=").decode()


@lru_cache(maxsize=2)
def _derive(secret: str) -> ec.EllipticCurvePrivateKey:
    # 16 bytes more than the order has: reduced, they favour no number (FIPS 186-5, A.2.1).
    long = HKDF(hashes.SHA256(), 48, salt=None, info=b"supportdesk push key")
    number = int.from_bytes(long.derive(secret.encode()), "big") % (_ORDER - 1) + 1
    return ec.derive_private_key(number, ec.SECP256R1())
