"""WhatsApp's media host: hands out a small file of the type that the post announced."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from typing import Any, BinaryIO

from inbox.whatsapp import Downloaded, MediaInfo
from simulator.samples.files import make_file

PLAIN = {
    "audio/mpeg": b"ID3\x04\x00\x00\x00\x00\x00\x00" + b"\xff\xfb\x90\x00" * 50,
    "application/pdf": b"%PDF-1.4\n%%EOF\n",
}


class MediaHost:
    """Stands in for the Graph client where it hands out files."""

    def __init__(self, body: bytes) -> None:
        self._types = dict(_announced(json.loads(body)))

    def media_info(self, media_id: str, *, phone_number_id: str, token: object) -> MediaInfo:
        return MediaInfo(media_id=media_id, url=f"https://x.fbsbx.com/{media_id}")

    def download_media(
        self, url: str, into: BinaryIO, *, token: object, max_bytes: int
    ) -> Downloaded:
        mime_type = self._types[url.rpartition("/")[2]]
        content = PLAIN.get(mime_type) or make_file(mime_type, {})
        into.write(content)
        digest = hashlib.sha256(content).hexdigest()
        return Downloaded(size=len(content), sha256=digest, mime_type=mime_type)


def _announced(part: Any) -> Iterator[tuple[str, str]]:
    """Every file in the post: its id, and the type it is said to have."""
    if isinstance(part, dict):
        if isinstance(part.get("mime_type"), str):
            yield str(part.get("id")), part["mime_type"]
        part = list(part.values())
    if isinstance(part, list):
        for each in part:
            yield from _announced(each)
