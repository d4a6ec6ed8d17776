"""What a message may hold. One small class per kind; absent text is ``""``, never None."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class ApiProblem:
    """One error as Meta reports it. `code` decides; the texts are for people."""

    code: int = 0
    title: str = ""
    message: str = ""
    details: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class Text:
    body: str


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Media:
    """A file at Meta's. The id lives 7 days, the url 5 minutes and may be missing."""

    kind: str
    """image, audio, video, document or sticker."""
    media_id: str = ""
    mime_type: str = ""
    sha256: str = ""
    """As Meta gave it: base64 today, hex in older traffic."""
    caption: str = ""
    filename: str = ""
    voice: bool = False
    animated: bool = False
    url: str = ""


@dataclass(frozen=True, slots=True)
class MediaPending:
    """Imported history: the file follows later in a message with the same wamid."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Location:
    latitude: float | None = None
    longitude: float | None = None
    name: str = ""
    address: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class CardPhone:
    phone: str = ""
    """As the card has it, for people."""
    wa_id: str = ""
    """Digits only; empty when this number is not on WhatsApp."""
    kind: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class ContactCard:
    formatted_name: str = ""
    first_name: str = ""
    last_name: str = ""
    organisation: str = ""
    birthday: str = ""
    phones: tuple[CardPhone, ...] = ()
    emails: tuple[str, ...] = ()
    urls: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    vcard: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class ContactCards:
    cards: tuple[ContactCard, ...] = ()
    requested: bool = False
    """The person answered our request for their own phone number."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class ButtonReply:
    payload: str = ""
    """What we put on the button: template payload, or the id of button or row."""
    title: str = ""
    description: str = ""
    source: str = "reply button"
    """'template button', 'reply button' or 'list'."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class FlowReply:
    name: str = ""
    body: str = ""
    response_json: str = ""
    """As it came: a string that is usually, not always, a JSON object."""
    answers: dict[str, object] | None = None
    """The same, read; None when it is no JSON object."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class CallPermissionReply:
    accepted: bool | None = None
    is_permanent: bool = False
    expires_at: datetime | None = None
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class OrderItem:
    product_id: str = ""
    quantity: str = ""
    price: str = ""
    currency: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Order:
    catalog_id: str = ""
    text: str = ""
    items: tuple[OrderItem, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Unsupported:
    """Something the API does not carry: a poll, a view-once picture, …"""

    kind: str = ""
    errors: tuple[ApiProblem, ...] = ()


@dataclass(frozen=True, slots=True)
class WelcomeRequest:
    """Retired by Meta: the chat was opened. Nothing to show."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class TemplateSent:
    """Only in echoes: a template another app sent."""

    name: str = ""
    language: str = ""
    parameters: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class InteractiveSent:
    """Only in echoes: buttons or a list another app sent."""

    kind: str = ""
    header: str = ""
    body: str = ""
    footer: str = ""
    options: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class UnknownContent:
    """A message type nobody has told us about. The message's `raw` has it all."""

    type: str = ""


Content = (
    Text
    | Media
    | MediaPending
    | Location
    | ContactCards
    | ButtonReply
    | FlowReply
    | CallPermissionReply
    | Order
    | Unsupported
    | WelcomeRequest
    | TemplateSent
    | InteractiveSent
    | UnknownContent
)
