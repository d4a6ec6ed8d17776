"""A browser as push services know it: it has keys, and reads what is encrypted for it."""

from __future__ import annotations

import json
import os
from base64 import urlsafe_b64encode
from dataclasses import dataclass, field
from typing import Any

import http_ece
import httpx
import jwt
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from inbox.push import keys
from inbox.push.addresses import Address

SERVICE = "https://updates.push.services.mozilla.com"


def _text(data: bytes) -> str:
    return urlsafe_b64encode(data).rstrip(b"=").decode()


@dataclass
class PushedBrowser:
    """``heard`` is what its service worker would get."""

    name: str = "one"
    status: int = 201
    heard: list[dict[str, Any]] = field(default_factory=list)
    carried: list[bytes] = field(default_factory=list)  # as its maker sees it
    key: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1())
    )
    secret: bytes = field(default_factory=lambda: os.urandom(16))

    @property
    def endpoint(self) -> str:
        return f"{SERVICE}/wpush/v2/{self.name}"

    @property
    def address(self) -> Address:
        point = self.key.public_key().public_bytes(
            Encoding.X962, PublicFormat.UncompressedPoint
        )
        return Address(self.endpoint, _text(point), _text(self.secret))

    def carry(self, request: httpx.Request) -> httpx.Response:
        """What its maker's service does: checks who sends, and hands it over."""
        self.carried.append(request.content)
        token, key = _signature(request)
        assert key == keys.public_key()
        public = keys.private_key().public_key()
        claims = jwt.decode(token, public, algorithms=["ES256"], audience=SERVICE)
        assert claims["sub"].startswith(("mailto:", "https://"))
        if self.status == 201:
            plain = http_ece.decrypt(  # type: ignore[no-untyped-call]  # has no types
                request.content,
                private_key=self.key,
                auth_secret=self.secret,
                version="aes128gcm",
            )
            self.heard.append(json.loads(plain))
        return httpx.Response(self.status)


def _signature(request: httpx.Request) -> tuple[str, str]:
    scheme, _space, rest = request.headers["Authorization"].partition(" ")
    assert scheme == "vapid"
    fields = dict(part.strip().split("=", 1) for part in rest.split(","))
    return fields["t"], fields["k"]


def service(*browsers: PushedBrowser) -> httpx.MockTransport:
    """The push service that these browsers belong to; there is none on this machine."""
    known = {browser.endpoint: browser for browser in browsers}
    return httpx.MockTransport(lambda request: known[str(request.url)].carry(request))
