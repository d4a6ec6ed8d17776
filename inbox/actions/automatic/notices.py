"""Who was told the privacy notice of a number, in which version."""

from __future__ import annotations

from datetime import datetime

from inbox.models import AutomaticText, Contact, GivenNotice, Message


def was_given(notice: AutomaticText, contact: Contact) -> bool:
    """A message that did not arrive has told nobody anything."""
    given = GivenNotice.objects.filter(contact=contact, channel=notice.channel_id)
    given = given.filter(version__gte=notice.version)
    return given.exclude(message__status=Message.Status.FAILED).exists()


def record(notice: AutomaticText, message: Message, *, at: datetime) -> None:
    GivenNotice.objects.update_or_create(
        contact=message.conversation.contact,
        channel_id=notice.channel_id,
        version=notice.version,
        defaults={"message": message, "at": at},
    )
