"""Writing to somebody first: by a template, and only through the gate."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID, uuid4

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from consent import gate
from inbox import search
from inbox.actions import (
    contact_history,
    conversations,
    number_locks,
    replies,
    timeline,
)
from inbox.models import (
    Agent,
    Channel,
    Contact,
    ContactIdentity,
    Conversation,
    Message,
    Template,
)
from inbox.names import display_name


class AlreadyOpen(Exception):
    """There is a conversation: answer there."""

    def __init__(self, conversation: Conversation) -> None:
        super().__init__(conversation)
        self.conversation = conversation


@dataclass(frozen=True, slots=True)
class Addressee:
    """A contact, or somebody of whom only the number is known (and perhaps a name)."""

    contact: Contact | None = None
    phone: str = ""  # digits
    name: str = ""


@transaction.atomic
def write_first(
    to: Addressee,
    *,
    channel: Channel,
    template: Template,
    values: dict[str, str],
    draft_key: UUID,
    by: Agent,
    file: UploadedFile[bytes] | None = None,
) -> Message:
    """Raises ``AlreadyOpen``, ``gate.NotAllowed`` and ``replies.NotSendable``; then nothing
    has happened, and nobody was made known."""
    number_locks.hold_all()  # so that they do not write, and nobody else does, meanwhile
    if earlier := _written_before(draft_key, channel, by):
        return earlier
    contact = contact_history.hold(to.contact) if to.contact else _person_with(to)
    if found := open_conversation(contact, channel):
        raise AlreadyOpen(found)
    conversation = _reopened(contact, channel, by) or _begun(contact, channel, by)
    message = replies.send_template(
        conversation, template, values=values, file=file, draft_key=draft_key, by=by
    )
    contact_history.record(contact, "written_to", by=by, number=channel.name)
    return message


def known_by(phone: str) -> Contact | None:
    """Whose number this is today."""
    identities = ContactIdentity.objects.filter(
        kind=ContactIdentity.Kind.PHONE, value=phone, ended_at=None
    )
    found = identities.select_related("contact").first()
    return found.contact if found else None


def open_conversation(contact: Contact, channel: Channel) -> Conversation | None:
    of_pair = Conversation.objects.filter(contact=contact, channel=channel)
    return of_pair.exclude(status=Conversation.Status.CLOSED).first()


def _written_before(draft_key: UUID, channel: Channel, by: Agent) -> Message | None:
    earlier = Message.objects.select_related("conversation").filter(draft_key=draft_key).first()
    if earlier and (earlier.channel_id, earlier.author_id) != (channel.pk, by.pk):
        raise replies.NotSendable(
            "draft_key", _("This was already sent, in another conversation.")
        )
    return earlier


def _person_with(to: Addressee) -> Contact:
    if known := known_by(to.phone):
        return contact_history.hold(known)
    contact = Contact(consent_subject=uuid4(), phone=to.phone, name=to.name)
    contact.display_name = display_name(contact)
    contact.save()
    gate.register([contact.consent_subject])
    ContactIdentity.objects.create(
        contact=contact, kind=ContactIdentity.Kind.PHONE, value=to.phone
    )
    search.index_contacts([contact])
    return contact


def _reopened(contact: Contact, channel: Channel, by: Agent) -> Conversation | None:
    """The last one goes on, if it was closed a short while ago."""
    since = timezone.now() - timedelta(hours=channel.reopen_hours)
    closed = Conversation.objects.filter(contact=contact, channel=channel, closed_at__gte=since)
    conversation = closed.order_by("-closed_at", "-pk").first()
    if conversation:
        conversations.reopen(conversation, by=by)
        conversations.assign(conversation, to=by, by=by)
    return conversation


def _begun(contact: Contact, channel: Channel, by: Agent) -> Conversation:
    earlier = Conversation.objects.filter(contact=contact, channel=channel)
    windows = earlier.exclude(window_expires_at=None).order_by("-window_expires_at")
    conversation = Conversation.objects.create(
        contact=contact,
        channel=channel,
        assignee=by,
        window_expires_at=windows.values_list("window_expires_at", flat=True).first(),
    )
    timeline.record(conversation, "written_first", by=by)
    return conversation
