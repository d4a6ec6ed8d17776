"""The secrets and verify tokens of all numbers, remembered for a few seconds."""

from __future__ import annotations

import time

from django.db import connection

from inbox.encryption import fingerprint
from inbox.models import AppSecret, Channel
from inbox.whatsapp import signature


class Keys:
    """Loading talks to the database, so it is for threads; matching is not."""

    def __init__(self) -> None:
        self._fingerprints: dict[str, str] = {}  # by secret, last match first
        self.verify_tokens: list[str] = []
        self._loaded_at = float("-inf")

    @property
    def age(self) -> float:
        """Seconds since they were loaded."""
        return time.monotonic() - self._loaded_at

    def load(self) -> None:
        try:
            self._load()
        finally:
            connection.close()  # it belongs to a thread that may never be used again

    def _load(self) -> None:
        in_use = AppSecret.objects.filter(channel__retired_at=None)
        secrets = dict.fromkeys(in_use.values_list("secret", flat=True).order_by("-id"))
        liked = [secret for secret in self._fingerprints if secret in secrets]
        self._fingerprints = {s: fingerprint(s) for s in dict.fromkeys([*liked, *secrets]) if s}
        tokens = Channel.objects.in_use().values_list("verify_token", flat=True)
        self.verify_tokens = list(dict.fromkeys(token for token in tokens if token))
        self._loaded_at = time.monotonic()

    def signer(self, given: bytes, body: bytes) -> str | None:
        """The fingerprint of the secret that signed this body, or None."""
        known = self._fingerprints
        secret = signature.matching_secret(given, body, list(known))
        if secret is None:
            return None
        if next(iter(known)) != secret:
            self._fingerprints = {secret: known[secret], **known}
        return known[secret]
