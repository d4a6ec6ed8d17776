"""Which rules a message of ours meets at the gate."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from consent.gate import MessageClass, Request
from inbox.models import Channel, Conversation, Message, Template

_BY_CATEGORY = {
    "UTILITY": MessageClass.UTILITY,
    "AUTHENTICATION": MessageClass.UTILITY,
    "MARKETING": MessageClass.MARKETING,
}
TemplateKey = tuple[str, str]


def class_of_template(template: Template | None) -> MessageClass:
    """By the category as it is now: Meta changes it, also while a message waits."""
    if template is None:
        return MessageClass.UNKNOWN
    return _BY_CATEGORY.get(template.category.upper(), MessageClass.UNKNOWN)


def class_of(message: Message, template: Template | None) -> MessageClass:
    if message.kind == Message.Kind.TEMPLATE:
        return class_of_template(template)
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


def _key_of(message: Message) -> TemplateKey | None:
    if message.kind != Message.Kind.TEMPLATE:
        return None
    return message.content.get("name", ""), message.content.get("language", "")
