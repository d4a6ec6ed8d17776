"""inbox.actions.contact_merges.split: a merge taken back"""

from __future__ import annotations

from typing import Any

import pytest
from django.forms.models import model_to_dict
from django.utils import timezone

from consent import gate
from inbox.actions import (
    contact_fields,
    contact_merges,
    contact_notes,
    contacts,
    conversations,
    labels,
)
from inbox.actions.contact_merges import Choices, NotPossible
from inbox.models import (
    Agent,
    Channel,
    Contact,
    ContactIdentity,
    Conversation,
    ConversationLabel,
    FormerCode,
    Label,
    Message,
)
from tests.factories import make_channel, make_contact, make_conversation, make_message
from tests.inbox.contact_merges.test_merging import may_advertise, may_reply
from tests.inbox.inbound.posting import deliver, of_number, text

pytestmark = pytest.mark.django_db


def state() -> dict[str, Any]:
    """Everything that a merge moves or changes."""
    rows = Conversation.objects.order_by("pk")
    said = Message.objects.exclude(kind="event").order_by("pk")
    return {
        "contacts": [model_to_dict(each) for each in Contact.objects.order_by("pk")],
        "ids": list(ContactIdentity.objects.order_by("pk").values_list("pk", "contact")),
        "conversations": [model_to_dict(row, exclude=["changed_at", "labels"]) for row in rows],
        "codes": list(rows.values_list("pk", "code")),
        "messages": list(said.values_list("pk", "conversation")),
        "labels": set(ConversationLabel.objects.values_list("conversation", "label")),
        "former": list(FormerCode.objects.values_list("code", "conversation")),
        "values": [
            (value.contact_id, value.field_id, value.text)
            for contact in Contact.objects.order_by("pk")
            for value in contact.values.order_by("field")
        ],
        "notes": [
            (note.contact_id, note.body)
            for contact in Contact.objects.order_by("pk")
            for note in contact.notes.order_by("pk")
        ],
    }


def furnish(channel: Channel, name: str, by: Agent) -> Conversation:
    """A contact with a bit of everything."""
    contact = make_contact(name=name, bsuid=f"DE.{name}")
    conversation = make_conversation(contact=contact, channel=channel, unread_count=1)
    message = make_message(conversation, f"I am {name}")
    Conversation.objects.filter(pk=conversation.pk).update(
        last_message_id=message.pk, last_message_preview=message.body
    )
    make_message(make_conversation(contact=contact, channel=channel, status="closed"), "Old")
    make_conversation(contact=contact)
    contact_notes.add(contact, body=f"Note on {name}", by=by)
    for label in Label.objects.filter(name__in=["Both", name]):
        labels.add(conversation, label, by=by)
    return conversation


@pytest.fixture
def two(lead: Agent) -> tuple[Contact, Contact]:
    channel = make_channel()
    for name in ("Both", "Ida", "Ada"):
        Label.objects.create(name=name)
    field = contact_fields.create(key="size", name="Size", kind="text", choices=[])
    people = []
    for name in ("Ida", "Ada"):
        contact = furnish(channel, name, lead).contact
        contact_fields.fill_in(contact, {field: name}, by=lead)
        people.append(contact)
    return people[0], people[1]


def merged(kept: Contact, gone: Contact, by: Agent) -> Any:
    field = kept.values.get().field
    choices = Choices(name=True, language=True, fields={field.pk})
    return contact_merges.merge(kept=kept, gone=gone, by=by, choices=choices)


def test_all_is_as_it_was(two: tuple[Contact, Contact], lead: Agent) -> None:
    kept, gone = two
    before = state()

    made = merged(kept, gone, lead)
    assert state() != before
    assert contact_merges.split(made, by=lead)

    assert state() == before
    assert not contact_merges.split(made, by=lead)


def test_it_can_be_merged_and_split_again(two: tuple[Contact, Contact], lead: Agent) -> None:
    kept, gone = two
    before = state()

    for one, other in ((kept, gone), (gone, kept)):
        contact_merges.split(merged(one, other, lead), by=lead)

    assert state() == before


def test_what_came_since_stays_with_the_one_that_was_kept(
    two: tuple[Contact, Contact], lead: Agent
) -> None:
    kept, gone = two
    made = merged(kept, gone, lead)
    shared = kept.conversations.get(channel=Channel.objects.earliest("pk"), status="open")
    since = make_message(shared, "Since then")
    contact_notes.add(kept, body="New note", by=lead)
    contacts.rename(kept, name="Renamed", by=lead)
    conversations.set_priority(shared, priority=1, by=lead)

    contact_merges.split(made, by=lead)

    since.refresh_from_db()
    shared.refresh_from_db()
    kept.refresh_from_db()
    assert since.conversation == shared
    assert (shared.contact, shared.priority) == (kept, 1)
    assert shared.last_message_preview == "Since then"
    assert kept.name == "Renamed"
    assert "New note" in [note.body for note in kept.notes.all()]
    assert [note.body for note in gone.notes.all()] == ["Note on Ada"]


def test_negative_consent_stays_on_both(two: tuple[Contact, Contact], lead: Agent) -> None:
    kept, gone = two
    made = merged(kept, gone, lead)
    gate.object_to_advertising(kept.consent_subject, at=timezone.now(), by="keyword")

    contact_merges.split(made, by=lead)

    assert may_advertise(kept) is may_advertise(gone) is gate.Reason.OBJECTED


def test_a_window_that_only_the_other_had_opened_closes(lead: Agent) -> None:
    kept, gone = make_contact(), make_conversation()
    sender = gone.channel.phone_number_id
    made = contact_merges.merge(kept=kept, gone=gone.contact, by=lead)
    assert may_reply(kept, sender)

    contact_merges.split(made, by=lead)

    assert not may_reply(kept, sender)
    assert may_reply(gone.contact, sender)


def test_who_writes_then_is_who_they_were(two: tuple[Contact, Contact], lead: Agent) -> None:
    kept, gone = two
    contact_merges.split(merged(kept, gone, lead), by=lead)

    deliver(of_number(Channel.objects.earliest("pk"), messages=[text(from_=gone.phone)]))

    assert Message.objects.filter(direction="in").latest("pk").conversation.contact == gone


def test_a_number_that_went_to_somebody_else_does_not_come_back(lead: Agent) -> None:
    kept, gone = make_contact(), make_contact(phone="491700000002", bsuid="DE.1")
    made = contact_merges.merge(kept=kept, gone=gone, by=lead)
    ContactIdentity.objects.filter(value="491700000002").update(ended_at=timezone.now())
    make_contact(phone="491700000002")

    contact_merges.split(made, by=lead)

    gone.refresh_from_db()
    assert (gone.phone, gone.bsuid) == ("", "DE.1")


def test_newer_merges_are_split_first(lead: Agent) -> None:
    first, second, third = make_contact(), make_contact(), make_contact()
    into_second = contact_merges.merge(kept=second, gone=first, by=lead)
    into_third = contact_merges.merge(kept=third, gone=second, by=lead)

    into_second.refresh_from_db()
    with pytest.raises(NotPossible):
        contact_merges.split(into_second, by=lead)
    contact_merges.split(into_third, by=lead)
    into_second.refresh_from_db()
    contact_merges.split(into_second, by=lead)

    owners = ContactIdentity.objects.order_by("pk").values_list("contact", flat=True)
    assert list(owners) == [first.pk, second.pk, third.pk]
