"""To whom, in answer to what, and the whole body for the Graph API."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from . import limits
from .interactive import (
    Buttons,
    CallPermissionRequest,
    ContactInfoRequest,
    LinkButton,
    ListMessage,
    LocationRequest,
)
from .plain import (
    Audio,
    Body,
    ContactCards,
    Document,
    Image,
    Location,
    Reaction,
    Sticker,
    Text,
    Video,
)


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Recipient:
    """The phone wins when both are known; WhatsApp does the same."""

    phone: str = ""
    bsuid: str = ""

    def to_body(self) -> Body:
        if self.phone:
            # Without the plus Meta may put the country code of our number in front.
            return {"to": "+" + self.phone.removeprefix("+")}
        limits.require("recipient", self.bsuid)
        return {"recipient": self.bsuid}


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Template:
    """`components` come from ``templates.components_for_sending``."""

    name: str
    language: str
    components: tuple[dict[str, Any], ...] = ()

    def to_body(self) -> Body:
        limits.require("template", self.name and self.language)
        template: Body = {"name": self.name, "language": {"code": self.language}}
        if self.components:
            template["components"] = list(self.components)
        return {"type": "template", "template": template}


Content = (
    Text
    | Image
    | Video
    | Audio
    | Document
    | Sticker
    | Location
    | ContactCards
    | Reaction
    | Buttons
    | ListMessage
    | LinkButton
    | LocationRequest
    | ContactInfoRequest
    | CallPermissionRequest
    | Template
)


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Outgoing:
    to: Recipient
    content: Content
    reply_to: str = ""
    """The wamid to quote."""
    callback_data: str = ""
    """Comes back in every status of this message. No personal data."""
    identity_hash: str = ""
    """Send only if the person's security key is still this one."""

    def to_body(self) -> Body:
        """Raise NotSendable for what WhatsApp would refuse."""
        limits.at_most("callback_data", self.callback_data, limits.CALLBACK_DATA)
        body: Body = {"messaging_product": "whatsapp", "recipient_type": "individual"}
        body |= self.to.to_body()
        body |= self.content.to_body()
        if self.reply_to and not isinstance(self.content, Reaction):  # refused together
            body["context"] = {"message_id": self.reply_to}
        if self.callback_data:
            body["biz_opaque_callback_data"] = self.callback_data
        if self.identity_hash:
            body["recipient_identity_key_hash"] = self.identity_hash
        return body
