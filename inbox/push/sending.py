"""Sending to browsers, several at once: push services are far away."""

from __future__ import annotations

import enum
import logging
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from urllib.parse import urlsplit

import http_ece
import httpx
import jwt
from cryptography.hazmat.primitives.asymmetric import ec
from django.conf import settings

from inbox.push import keys
from inbox.push.addresses import Address, is_of_a_push_service

AT_ONCE = 8
TIMEOUT_SECONDS = 5.0
# A phone that is off gets it when it is on again within this time; later it is no news.
KEPT_SECONDS = 4 * 3600
SIGNED_FOR_SECONDS = 12 * 3600
logger = logging.getLogger(__name__)


class Outcome(enum.Enum):
    ACCEPTED = enum.auto()
    GONE = enum.auto()  # the browser does not want it any more: never send there again
    FAILED = enum.auto()


@dataclass(frozen=True, slots=True)
class Parcel:
    address: Address
    content: bytes  # what the service worker gets, at most some 3 kB
    # Of several with one topic only the newest is shown (RFC 8030, 5.4). 32 letters at most.
    topic: str


def send(
    parcels: Iterable[Parcel], transport: httpx.BaseTransport | None = None
) -> Iterator[tuple[Parcel, Outcome]]:
    """In any order; nothing is raised."""
    with (
        # Nobody redirects us to another address than the checked one.
        httpx.Client(
            timeout=TIMEOUT_SECONDS, follow_redirects=False, transport=transport
        ) as client,
        ThreadPoolExecutor(AT_ONCE, thread_name_prefix="push") as pool,
    ):
        yield from pool.map(lambda parcel: (parcel, _send(client, parcel)), parcels)


def _send(client: httpx.Client, parcel: Parcel) -> Outcome:
    if not is_of_a_push_service(parcel.address.endpoint):
        return Outcome.GONE  # it was, when it was stored
    try:
        headers, body = _headers(parcel), _encrypted(parcel)
        answer = client.post(parcel.address.endpoint, content=body, headers=headers)
    except httpx.HTTPError as exc:
        # Only the class: an endpoint is as good as a key.
        logger.warning("push: %s", type(exc).__name__)
        return Outcome.FAILED
    if answer.status_code in {404, 410}:
        return Outcome.GONE
    if not answer.is_success:
        logger.warning("push: answered with %s", answer.status_code)
        return Outcome.FAILED
    return Outcome.ACCEPTED


def _headers(parcel: Parcel) -> dict[str, str]:
    return {
        "Authorization": f"vapid t={_token(parcel.address.endpoint)}, k={keys.public_key()}",
        "Content-Encoding": "aes128gcm",
        "Content-Type": "application/octet-stream",
        "TTL": str(KEPT_SECONDS),
        "Topic": parcel.topic,
        "Urgency": "high",
    }


def _token(endpoint: str) -> str:
    parts = urlsplit(endpoint)
    claims = {
        "aud": f"{parts.scheme}://{parts.netloc}",
        "exp": int(time.time()) + SIGNED_FOR_SECONDS,
        "sub": settings.PUSH_CONTACT,
    }
    return jwt.encode(claims, keys.private_key(), algorithm="ES256")


def _encrypted(parcel: Parcel) -> bytes:
    encrypted: bytes = http_ece.encrypt(  # type: ignore[no-untyped-call]  # has no types
        parcel.content,
        private_key=ec.generate_private_key(ec.SECP256R1()),
        dh=parcel.address.public_key,
        auth_secret=parcel.address.secret,
        version="aes128gcm",
    )
    return encrypted
