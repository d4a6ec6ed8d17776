"""Where a browser may have us send to: addresses come from outside, and we post to them."""

from __future__ import annotations

from base64 import urlsafe_b64decode
from binascii import Error
from dataclasses import dataclass
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric import ec
from django.conf import settings

LONGEST = 1000
AUTH_BYTES = 16


class NotAnAddress(ValueError):
    """It is no browser of a maker that we know."""


@dataclass(frozen=True, slots=True)
class Address:
    """One browser: where its maker takes messages, and the keys they are encrypted for."""

    endpoint: str
    p256dh: str  # its public key, and a secret shared with it, both in base64url
    auth: str

    @property
    def public_key(self) -> bytes:
        return _bytes(self.p256dh)

    @property
    def secret(self) -> bytes:
        return _bytes(self.auth)


def checked(endpoint: str, p256dh: str, auth: str) -> Address:
    """Raises NotAnAddress."""
    if len(endpoint) > LONGEST or not is_of_a_push_service(endpoint):
        raise NotAnAddress("endpoint")
    address = Address(endpoint, p256dh, auth)
    try:
        ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), address.public_key)
        secret = address.secret
    except (ValueError, Error) as exc:
        raise NotAnAddress("keys") from exc
    if len(secret) != AUTH_BYTES:
        raise NotAnAddress("keys")
    return address


def is_of_a_push_service(endpoint: str) -> bool:
    """Whether it lies at one of ``PUSH_SERVICES``: nobody has us call the neighbours."""
    try:
        parts = urlsplit(endpoint)
        port = parts.port
    except ValueError:
        return False
    if parts.scheme != "https" or port not in {None, 443} or "@" in parts.netloc:
        return False
    host = parts.hostname or ""
    return any(
        host == service or (service.startswith(".") and host.endswith(service))
        for service in settings.PUSH_SERVICES
    )


def _bytes(text: str) -> bytes:
    if len(text) > 200 or not text.isascii():
        raise ValueError("not base64url")
    return urlsafe_b64decode(text.rstrip("=") + "=" * (-len(text.rstrip("=")) % 4))
