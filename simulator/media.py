"""Files people and the business exchange. They lie in a temporary folder, not in memory."""

from __future__ import annotations

import base64
import hashlib
import hmac
import tempfile
from dataclasses import dataclass
from pathlib import Path

from simulator.clock import Clock
from simulator.ids import Ids

KEEP_BYTES = 512 * 2**20
URL_SECONDS = 300
UPLOAD_DAYS, WEBHOOK_DAYS = 30, 7
DAY = 86400


@dataclass(frozen=True, slots=True)
class Media:
    id: str
    mime_type: str
    filename: str
    size: int
    digest: bytes
    path: Path
    number_id: str
    expires_at: float

    @property
    def sha256_base64(self) -> str:
        return base64.b64encode(self.digest).decode()


class MediaStore:
    def __init__(self, clock: Clock, ids: Ids) -> None:
        self._clock, self._ids = clock, ids
        self._folder: tempfile.TemporaryDirectory[str] | None = None  # made when needed
        self._by_id: dict[str, Media] = {}
        self._bytes = 0
        self._key = ids.word(32).encode()

    def add(
        self,
        content: bytes,
        *,
        mime_type: str,
        filename: str = "",
        number_id: str = "",
        days: int = WEBHOOK_DAYS,
        media_id: str = "",
    ) -> Media:
        media_id = media_id or self._ids.digits(16)
        if self._folder is None:
            self._folder = tempfile.TemporaryDirectory(prefix="simulator-media-")
        path = Path(self._folder.name) / media_id
        path.write_bytes(content)
        media = Media(
            media_id,
            mime_type,
            filename,
            len(content),
            hashlib.sha256(content).digest(),
            path,
            number_id,
            self._clock.now() + days * DAY,
        )
        self._by_id[media.id] = media
        self._bytes += media.size
        self._make_room()
        return media

    def _make_room(self) -> None:
        while self._bytes > KEEP_BYTES and len(self._by_id) > 1:
            self.delete(next(iter(self._by_id)))

    def get(self, media_id: str) -> Media | None:
        media = self._by_id.get(media_id)
        return media if media and media.expires_at > self._clock.now() else None

    def all(self) -> list[Media]:
        return list(self._by_id.values())

    def delete(self, media_id: str) -> None:
        if media := self._by_id.pop(media_id, None):
            self._bytes -= media.size
            media.path.unlink(missing_ok=True)

    def url(self, base: str, media: Media) -> str:
        """An address that works for five minutes, like those on Meta's media host."""
        until = int(self._clock.now()) + URL_SECONDS
        return (
            f"{base}/whatsapp_business/attachments/?mid={media.id}&source=webhook"
            f"&ext={until}&hash={self._proof(media.id, until)}"
        )

    def by_url(self, media_id: str, until: str, proof: str) -> Media | None:
        if not until.isascii() or not until.isdigit() or int(until) < self._clock.now():
            return None
        expected = self._proof(media_id, int(until))
        return (
            self.get(media_id)
            if hmac.compare_digest(expected.encode(), proof.encode())
            else None
        )

    def _proof(self, media_id: str, until: int) -> str:
        text = f"{media_id}:{until}".encode()
        return hmac.new(self._key, text, hashlib.sha256).hexdigest()[:32]

    def close(self) -> None:
        if self._folder:
            self._folder.cleanup()
