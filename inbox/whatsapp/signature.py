"""Whether a webhook body really comes from Meta: an HMAC over the bytes as they came."""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Iterable

HEADER = "X-Hub-Signature-256"

_SHAPE = re.compile(r"sha256=[0-9a-f]{64}")


def sign(body: bytes, secret: str) -> str:
    """The header Meta would send with this body."""
    return "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


def matching_secret(
    header: str | bytes | None, body: bytes, secrets: Iterable[str]
) -> str | None:
    """The first secret that fits. Several may be valid while one is being replaced."""
    given = header.decode("latin-1") if isinstance(header, bytes) else header
    # compare_digest raises on non-ASCII text, so the shape is looked at first.
    if given is None or not _SHAPE.fullmatch(given):
        return None
    for secret in secrets:
        # An empty secret is a channel not set up yet: everyone could sign with it.
        if secret and hmac.compare_digest(given, sign(body, secret)):
            return secret
    return None


def is_valid(header: str | bytes | None, body: bytes, secrets: Iterable[str]) -> bool:
    return matching_secret(header, body, secrets) is not None
