"""What WhatsApp is to be told for a message of ours: from our row to the Graph API's words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from inbox.models import Contact, Message, Template
from inbox.whatsapp import NotSendable, Outgoing, Recipient, outgoing
from inbox.whatsapp.templates import components_for_sending, read_shape

Kind = Message.Kind


@dataclass(frozen=True, slots=True)
class Upload:
    """A file of ours as WhatsApp knows it."""

    kind: str
    filename: str
    media_id: str


NO_FILE = Upload("", "", "")


def outgoing_of(
    message: Message, *, upload: Upload = NO_FILE, template: Template | None = None
) -> Outgoing:
    """Raise NotSendable for what WhatsApp would refuse."""
    return Outgoing(
        to=recipient_of(message.conversation.contact),
        content=_content_of(message, upload, template),
        reply_to=_quoted_wamid(message),
        callback_data=message.callback_data,
    )


def recipient_of(contact: Contact) -> Recipient:
    return Recipient(phone=contact.phone, bsuid=contact.bsuid)


def _quoted_wamid(message: Message) -> str:
    if message.kind in {Kind.TEMPLATE, Kind.REACTION}:  # no quotes there
        return ""
    if message.quoted_wamid or message.quoted is None:
        return message.quoted_wamid
    return message.quoted.wamid or ""  # ours may have been queued when it was quoted


def _content_of(
    message: Message, upload: Upload, template: Template | None
) -> outgoing.Content:
    if message.kind == Kind.TEMPLATE:
        return _template(message, upload, template)
    if message.kind in _FILES:
        return _FILES[Kind(message.kind)](message, upload)
    if message.kind in _WORDS:
        return _WORDS[Kind(message.kind)](message, message.content)
    raise NotSendable("kind", _("Messages of this kind cannot be sent."))


def _text(message: Message, content: Mapping[str, Any]) -> outgoing.Content:
    return outgoing.Text(message.body, preview_url="://" in message.body)


def _location(message: Message, content: Mapping[str, Any]) -> outgoing.Content:
    return outgoing.Location(
        latitude=content["latitude"],
        longitude=content["longitude"],
        name=content["name"],
        address=content["address"],
    )


def _contacts(message: Message, content: Mapping[str, Any]) -> outgoing.Content:
    return outgoing.ContactCards(tuple(_card(card) for card in content["cards"]))


def _card(card: Mapping[str, Any]) -> outgoing.Card:
    return outgoing.Card(
        formatted_name=card["name"],
        organisation=card["organisation"],
        phones=tuple(outgoing.CardPhone(phone=entry["phone"]) for entry in card["phones"]),
        emails=tuple(card["emails"]),
    )


def _buttons(message: Message, content: Mapping[str, Any]) -> outgoing.Content:
    return outgoing.Buttons(
        body=message.body,
        buttons=tuple(outgoing.Button(b["id"], b["title"]) for b in content["buttons"]),
        header=content["header"],
        footer=content["footer"],
    )


def _list(message: Message, content: Mapping[str, Any]) -> outgoing.Content:
    return outgoing.ListMessage(
        body=message.body,
        button=content["button"],
        sections=tuple(_section(section) for section in content["sections"]),
        header=content["header"],
        footer=content["footer"],
    )


def _section(section: Mapping[str, Any]) -> outgoing.Section:
    rows = (outgoing.Row(r["id"], r["title"], r["description"]) for r in section["rows"])
    return outgoing.Section(section["title"], tuple(rows))


def _link_button(message: Message, content: Mapping[str, Any]) -> outgoing.Content:
    return outgoing.LinkButton(
        body=message.body,
        text=content["text"],
        url=content["url"],
        header=content["header"],
        footer=content["footer"],
    )


_REQUESTS: dict[str, type[outgoing.LocationRequest | outgoing.ContactInfoRequest]] = {
    "location": outgoing.LocationRequest,
    "contact_info": outgoing.ContactInfoRequest,
}


def _request(message: Message, content: Mapping[str, Any]) -> outgoing.Content:
    kind = _REQUESTS.get(content["request"])
    if kind is None:
        raise NotSendable("request", _("This cannot be asked for."))
    return kind(message.body)


def _reaction(message: Message, content: Mapping[str, Any]) -> outgoing.Content:
    target = (message.quoted.wamid or "") if message.quoted else ""
    return outgoing.Reaction(target, content["emoji"])


def _template(message: Message, upload: Upload, template: Template | None) -> outgoing.Content:
    """Filled in as the template is today: Meta may have changed it while we waited."""
    if template is None or not template.is_usable:
        raise NotSendable("template", _("This template cannot be used any more."))
    shape = read_shape(template.components)
    file = _HEADER_FILES[upload.kind](media_id=upload.media_id) if upload.media_id else None
    components = components_for_sending(shape, message.content["values"], file=file)
    return outgoing.Template(
        name=template.name, language=template.language, components=components
    )


_HEADER_FILES: dict[str, type[outgoing.Image | outgoing.Video | outgoing.Document]] = {
    "image": outgoing.Image,
    "video": outgoing.Video,
    "document": outgoing.Document,
}


_WORDS: dict[Kind, Callable[[Message, Mapping[str, Any]], outgoing.Content]] = {
    Kind.TEXT: _text,
    Kind.LOCATION: _location,
    Kind.CONTACTS: _contacts,
    Kind.BUTTONS: _buttons,
    Kind.LIST: _list,
    Kind.LINK_BUTTON: _link_button,
    Kind.REQUEST: _request,
    Kind.REACTION: _reaction,
}
_FILES: dict[Kind, Callable[[Message, Upload], outgoing.Content]] = {
    Kind.IMAGE: lambda m, upload: outgoing.Image(media_id=upload.media_id, caption=m.body),
    Kind.VIDEO: lambda m, upload: outgoing.Video(media_id=upload.media_id, caption=m.body),
    Kind.AUDIO: lambda m, upload: outgoing.Audio(media_id=upload.media_id),
    Kind.VOICE: lambda m, upload: outgoing.Audio(media_id=upload.media_id, voice=True),
    Kind.STICKER: lambda m, upload: outgoing.Sticker(media_id=upload.media_id),
    Kind.DOCUMENT: lambda m, upload: outgoing.Document(
        media_id=upload.media_id, caption=m.body, filename=upload.filename
    ),
}
