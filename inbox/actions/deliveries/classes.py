"""What a message of ours is: which rules it meets at the gate, its template, its file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from consent.gate import MessageClass, Request
from inbox.models import Attachment, Channel, Conversation, Message, Template

_BY_CATEGORY = {
    "UTILITY": MessageClass.UTILITY,
    "AUTHENTICATION": MessageClass.UTILITY,
    "MARKETING": MessageClass.MARKETING,
}
ADVERTISING = "advertising"  # what ``content["class"]`` says of free text that sells
TemplateKey = tuple[str, str]
Kind = Message.Kind
_WITH_FILES = frozenset(
    {
        *(Kind.IMAGE, Kind.VIDEO, Kind.AUDIO, Kind.VOICE, Kind.DOCUMENT, Kind.STICKER),
        Kind.TEMPLATE,  # in its heading
    }
)


def class_of_template(template: Template | None) -> MessageClass:
    """By the category as it is now: Meta changes it, also while a message waits."""
    if template is None:
        return MessageClass.UNKNOWN
    return _BY_CATEGORY.get(template.category.upper(), MessageClass.UNKNOWN)


def class_of(message: Message, template: Template | None) -> MessageClass:
    if message.kind == Message.Kind.TEMPLATE:
        return class_of_template(template)
    if message.content.get("class") == ADVERTISING:
        return MessageClass.PROMOTION
    return MessageClass.REPLY


def request_about(conversation: Conversation, message_class: MessageClass) -> Request:
    return Request(
        subject=conversation.contact.consent_subject,
        sender=conversation.channel.phone_number_id,
        message_class=message_class,
    )


def templates_of(messages: Iterable[Message], channel: Channel) -> dict[TemplateKey, Template]:
    """The templates that these messages use, as they are now; in one query or none."""
    keys = {key for message in messages if (key := _key_of(message))}
    if not keys:
        return {}
    names = {name for name, _ in keys}
    named = Template.objects.filter(waba_id=channel.waba_id, name__in=names)
    return {(template.name, template.language): template for template in named}


def template_of(message: Message, templates: Mapping[TemplateKey, Template]) -> Template | None:
    key = _key_of(message)
    return templates.get(key) if key else None


def files_of(messages: Iterable[Message]) -> dict[int, Attachment]:
    """The file of each message that has one; in one query or none."""
    pks = [message.pk for message in messages if message.kind in _WITH_FILES]
    files = Attachment.objects.filter(message__in=pks).order_by("-pk") if pks else ()
    return {file.message_id: file for file in files}


def _key_of(message: Message) -> TemplateKey | None:
    if message.kind != Message.Kind.TEMPLATE:
        return None
    return message.content.get("name", ""), message.content.get("language", "")
