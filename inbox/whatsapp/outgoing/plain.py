"""Messages that say or show something: texts, files, places, cards, reactions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from . import limits

Body = dict[str, Any]


@dataclass(frozen=True, slots=True, repr=False)
class Text:
    body: str
    preview_url: bool = False

    def to_body(self) -> Body:
        limits.required("body", self.body, limits.TEXT)
        text = {"body": self.body, "preview_url": self.preview_url}
        return {"type": "text", "text": text}


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class _File:
    """By the id of an upload, or by a link that Meta can fetch."""

    kind: ClassVar[str]

    media_id: str = ""
    link: str = ""

    def to_body(self) -> Body:
        limits.require("media", self.media_id or self.link)
        place = {"id": self.media_id} if self.media_id else {"link": self.link}
        return {"type": self.kind, self.kind: {**place, **self._details()}}

    def _details(self) -> Body:
        return {}


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class _Captioned(_File):
    caption: str = ""

    def _details(self) -> Body:
        limits.at_most("caption", self.caption, limits.CAPTION)
        return {"caption": self.caption} if self.caption else {}


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Image(_Captioned):
    kind = "image"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Video(_Captioned):
    kind = "video"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Document(_Captioned):
    kind = "document"

    filename: str = ""

    def _details(self) -> Body:
        limits.at_most("caption", self.caption, limits.CAPTION)
        limits.at_most("filename", self.filename, 240)  # what file systems take, with room
        named = {"caption": self.caption, "filename": self.filename}
        return {key: value for key, value in named.items() if value}


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Audio(_File):
    kind = "audio"

    voice: bool = False
    """Shown as a voice note. Only for Ogg with Opus, mono."""

    def _details(self) -> Body:
        return {"voice": True} if self.voice else {}


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Sticker(_File):
    kind = "sticker"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Location:
    latitude: float
    longitude: float
    name: str = ""
    address: str = ""

    def to_body(self) -> Body:
        limits.between("latitude", self.latitude, -90, 90)
        limits.between("longitude", self.longitude, -180, 180)
        named = {"name": self.name, "address": self.address}
        place = {"latitude": str(self.latitude), "longitude": str(self.longitude)}
        place |= {key: value for key, value in named.items() if value}
        return {"type": "location", "location": place}


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class CardPhone:
    phone: str
    kind: str = "WORK"
    wa_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Card:
    formatted_name: str
    first_name: str = ""
    last_name: str = ""
    organisation: str = ""
    phones: tuple[CardPhone, ...] = ()
    emails: tuple[str, ...] = ()

    def to_body(self) -> Body:
        limits.require("name", self.formatted_name)
        card: Body = {"name": self._name()}
        if self.phones:
            card["phones"] = [_phone(phone) for phone in self.phones]
        if self.emails:
            card["emails"] = [{"email": email, "type": "WORK"} for email in self.emails]
        if self.organisation:
            card["org"] = {"company": self.organisation}
        return card

    def _name(self) -> Body:
        # Meta wants at least one part besides the formatted name.
        parts = {"first_name": self.first_name, "last_name": self.last_name}
        named = {key: value for key, value in parts.items() if value}
        named = named or {"first_name": self.formatted_name}
        return {"formatted_name": self.formatted_name, **named}


def _phone(phone: CardPhone) -> Body:
    known = {"phone": phone.phone, "type": phone.kind, "wa_id": phone.wa_id}
    return {key: value for key, value in known.items() if value}


@dataclass(frozen=True, slots=True, repr=False)
class ContactCards:
    cards: tuple[Card, ...]

    def to_body(self) -> Body:
        limits.count("cards", self.cards, limits.CARDS)
        return {"type": "contacts", "contacts": [card.to_body() for card in self.cards]}


@dataclass(frozen=True, slots=True, repr=False)
class Reaction:
    target_wamid: str
    emoji: str = ""
    """Empty takes the reaction back."""

    def to_body(self) -> Body:
        limits.require("target", self.target_wamid)
        reaction = {"message_id": self.target_wamid, "emoji": self.emoji}
        return {"type": "reaction", "reaction": reaction}
