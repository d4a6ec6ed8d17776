"""Fetching a file from Meta's media host, and from nowhere else.

The address comes out of a webhook and the token goes along, so it is looked at twice:
only Meta's own host (or the configured simulator), no redirects, and no end in sight
means the end.
"""

from __future__ import annotations

import hashlib
import time
from dataclasses import dataclass
from typing import BinaryIO

import httpx

from .errors import ErrorClass, GraphError
from .refusals import refusal_from
from .transport import Access, Transport, failure_from

MAX_BYTES = 100 * 1024 * 1024  # what WhatsApp takes for a document
MAX_SECONDS = 300.0
CHUNK = 64 * 1024
_META = ".fbsbx.com"


class MediaRefused(Exception):
    """We do not fetch this: `reason` is 'address', 'size' or 'time'."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Downloaded:
    size: int
    sha256: str
    """Hex, of what really came."""
    mime_type: str
    """What the server says; look at the bytes before believing it."""


def is_allowed(url: str, root: str) -> bool:
    try:
        address, api = httpx.URL(url), httpx.URL(root)
    except (httpx.InvalidURL, ValueError):
        return False
    if address.userinfo:
        return False
    if address.scheme == "https" and address.port is None:
        return address.host.endswith(_META)
    # The simulator serves its own files; the real API never speaks plain http.
    same = (address.scheme, address.host, address.port) == (api.scheme, api.host, api.port)
    return same and api.scheme == "http"


def download(
    transport: Transport, url: str, into: BinaryIO, *, access: Access, max_bytes: int
) -> Downloaded:
    if not is_allowed(url, transport.root):
        raise MediaRefused("address")
    headers = {**access.headers, "Accept-Encoding": "identity"}
    try:
        with transport.http.stream("GET", url, headers=headers) as response:
            if response.status_code != httpx.codes.OK:
                raise _refusal(response)
            return _copy(response, into, max_bytes)
    except httpx.HTTPError as failure:
        raise failure_from(failure) from None


def _refusal(response: httpx.Response) -> GraphError:
    status = response.status_code
    if status in {404, 410}:  # five minutes are over: ask for the address again
        return GraphError(ErrorClass.MEDIA, http_status=status)
    return refusal_from(status, response.headers, {})


def _copy(response: httpx.Response, into: BinaryIO, max_bytes: int) -> Downloaded:
    promised = response.headers.get("content-length", "")
    if promised.isdecimal() and int(promised) > max_bytes:
        raise MediaRefused("size")
    size, digest, began = 0, hashlib.sha256(), time.monotonic()
    for chunk in response.iter_bytes(CHUNK):
        size += len(chunk)
        if size > max_bytes:
            raise MediaRefused("size")
        if time.monotonic() - began > MAX_SECONDS:
            raise MediaRefused("time")
        digest.update(chunk)
        into.write(chunk)
    mime_type = response.headers.get("content-type", "")
    return Downloaded(size=size, sha256=digest.hexdigest(), mime_type=mime_type)
