"""Everything that can be sent. Each knows its own body, and what WhatsApp would refuse."""

from __future__ import annotations

from .envelope import Content, Outgoing, Recipient, Template
from .interactive import (
    Button,
    Buttons,
    CallPermissionRequest,
    ContactInfoRequest,
    LinkButton,
    ListMessage,
    LocationRequest,
    Row,
    Section,
)
from .limits import NotSendable
from .plain import (
    Audio,
    Card,
    CardPhone,
    ContactCards,
    Document,
    Image,
    Location,
    Reaction,
    Sticker,
    Text,
    Video,
)

__all__ = [
    "Audio",
    "Button",
    "Buttons",
    "CallPermissionRequest",
    "Card",
    "CardPhone",
    "ContactCards",
    "ContactInfoRequest",
    "Content",
    "Document",
    "Image",
    "LinkButton",
    "ListMessage",
    "Location",
    "LocationRequest",
    "NotSendable",
    "Outgoing",
    "Reaction",
    "Recipient",
    "Row",
    "Section",
    "Sticker",
    "Template",
    "Text",
    "Video",
]
