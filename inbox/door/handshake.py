"""Meta asks once whether this address is ours, and wants its challenge back."""

from __future__ import annotations

import hmac
from collections.abc import Iterable
from urllib.parse import parse_qs

MAX_CHALLENGE = 200


def reply(query: bytes, verify_tokens: Iterable[str]) -> bytes | None:
    """The challenge to echo, or None when whoever asks does not know our word."""
    try:
        asked = parse_qs(query.decode("latin-1"), max_num_fields=20)
    except ValueError:
        return None
    mode, token, challenge = (
        _only(asked, key) for key in ("mode", "verify_token", "challenge")
    )
    if mode != "subscribe" or not 0 < len(challenge) <= MAX_CHALLENGE:
        return None
    given = token.encode()
    # All are compared, so that the time taken tells nothing about which came close.
    matches = [hmac.compare_digest(given, ours.encode()) for ours in verify_tokens if ours]
    return challenge.encode() if any(matches) else None


def _only(asked: dict[str, list[str]], key: str) -> str:
    values = asked.get(f"hub.{key}", [])
    return values[0] if len(values) == 1 else ""
