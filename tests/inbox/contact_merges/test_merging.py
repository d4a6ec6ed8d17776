"""inbox.actions.contact_merges.merge: two contacts become one"""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from consent import gate
from inbox import search
from inbox.actions import contact_fields, contact_merges, contact_notes
from inbox.actions.contact_merges import Choices, NotPossible
from inbox.events import ConversationChanged, HintBody
from inbox.models import (
    Agent,
    Contact,
    ContactIdentity,
    ContactMerge,
    ContactValue,
    Conversation,
    FormerCode,
    Message,
)
from tests.factories import make_channel, make_contact, make_conversation, make_message
from tests.inbox.inbound.posting import deliver, of_number, text

pytestmark = pytest.mark.django_db


def merge(kept: Contact, gone: Contact, by: Agent, **choices: object) -> Contact:
    chosen = Choices(**choices)  # type: ignore[arg-type]
    contact_merges.merge(kept=kept, gone=gone, by=by, choices=chosen)
    kept.refresh_from_db()
    gone.refresh_from_db()
    return kept


def may_advertise(contact: Contact, sender: str = "1") -> gate.Reason:
    request = gate.Request(contact.consent_subject, sender, gate.MessageClass.MARKETING)
    return gate.ask(request, now=timezone.now()).reason


def may_reply(contact: Contact, sender: str) -> bool:
    request = gate.Request(contact.consent_subject, sender, gate.MessageClass.REPLY)
    return gate.ask(request, now=timezone.now()).allowed


def test_everything_goes_to_the_one_that_is_kept(lead: Agent) -> None:
    kept, gone = make_contact(), make_contact(bsuid="DE.1", username="ida")
    closed = make_conversation(contact=gone, status="closed")
    contact_notes.add(gone, body="Calls late", by=lead)
    field = contact_fields.create(key="size", name="Size", kind="text", choices=[])
    contact_fields.fill_in(gone, {field: "42"}, by=lead)

    merge(kept, gone, lead)

    closed.refresh_from_db()
    assert closed.contact == kept
    assert kept.notes.get().body == "Calls late"
    assert kept.values.get().text == "42"
    assert kept.identities.count() == 4
    assert not gone.identities.exists()
    assert [event.word for event in kept.events.order_by("pk")][-1] == "merged"


def test_open_conversations_of_one_number_become_one(
    lead: Agent, published: list[HintBody]
) -> None:
    channel = make_channel()
    kept = make_conversation(channel=channel, unread_count=1)
    gone = make_conversation(channel=channel, unread_count=2, assignee=lead)
    first, second = make_message(kept, "One"), make_message(gone, "Two")

    merge(kept.contact, gone.contact, lead)

    left = Conversation.objects.get()
    assert left == kept
    assert (left.unread_count, left.assignee) == (3, lead)
    said = left.messages.exclude(kind="event").order_by("pk")
    assert list(said) == [first, second]
    assert FormerCode.objects.get().code == gone.code
    hinted = {hint.code for hint in published if isinstance(hint, ConversationChanged)}
    assert hinted == {str(kept.code), str(gone.code)}


def test_conversations_of_different_numbers_stay_apart(lead: Agent) -> None:
    kept, gone = make_conversation(), make_conversation()

    merge(kept.contact, gone.contact, lead)

    assert Conversation.objects.filter(contact=kept.contact).count() == 2
    assert Message.objects.filter(content__event="contacts_merged").count() == 2


@pytest.mark.parametrize("refuses", ["kept", "gone"])
def test_what_either_refused_holds(lead: Agent, refuses: str) -> None:
    people = {"kept": make_contact(), "gone": make_contact()}
    subject = people[refuses].consent_subject
    gate.forbid_contact(subject, at=timezone.now(), by="keyword")

    merge(people["kept"], people["gone"], lead)

    assert may_advertise(people["kept"]) is gate.Reason.CONTACT_BAN


@pytest.mark.parametrize("blocked", ["kept", "gone"])
def test_blocked_stays_blocked(lead: Agent, blocked: str) -> None:
    people = {"kept": make_contact(), "gone": make_contact()}
    Contact.objects.filter(pk=people[blocked].pk).update(blocked_at=timezone.now())

    assert merge(people["kept"], people["gone"], lead).blocked_at is not None


def test_a_name_is_kept_or_chosen(lead: Agent) -> None:
    kept, gone = make_contact(name="Ida"), make_contact(name="Ida Brandt", language="de")

    merge(kept, gone, lead, name=True)

    assert (kept.name, kept.display_name, kept.language) == ("Ida Brandt", "Ida Brandt", "de")
    assert [hit.pk for hit in search.find(lead, "brandt").contacts] in ([], [kept.pk])


def test_where_both_have_a_value_one_is_chosen(lead: Agent) -> None:
    fields = [contact_fields.create(key=key, name=key, kind="text", choices=[]) for key in "ab"]
    kept, gone = make_contact(), make_contact()
    contact_fields.fill_in(kept, dict.fromkeys(fields, "kept"), by=lead)
    contact_fields.fill_in(gone, dict.fromkeys(fields, "gone"), by=lead)

    merge(kept, gone, lead, fields={fields[1].pk})

    values = ContactValue.objects.filter(contact=kept).order_by("field__key")
    assert [value.text for value in values] == ["kept", "gone"]


def test_of_two_accounts_the_one_that_wrote_last_is_written_to(lead: Agent) -> None:
    kept = make_conversation(
        contact=make_contact(phone="491700000001", bsuid="DE.1"), wrote=timedelta(hours=3)
    ).contact
    gone = make_conversation(
        contact=make_contact(phone="491700000002"), wrote=timedelta(hours=1)
    ).contact

    merge(kept, gone, lead)

    assert (kept.phone, kept.bsuid) == ("491700000002", "")


def test_two_halves_of_one_account_complete_each_other(lead: Agent) -> None:
    kept, gone = make_contact(phone="", bsuid="DE.1"), make_contact(phone="491700000002")

    merge(kept, gone, lead)

    assert (kept.phone, kept.bsuid) == ("491700000002", "DE.1")


def test_who_writes_under_the_other_number_is_the_same_person(lead: Agent) -> None:
    channel = make_channel()
    kept, gone = make_contact(), make_contact(phone="491700000002")

    merge(kept, gone, lead)
    deliver(of_number(channel, messages=[text(from_="491700000002")]))

    assert Conversation.objects.get().contact == kept
    assert may_reply(kept, channel.phone_number_id)


def test_windows_carry_over(lead: Agent) -> None:
    gone = make_conversation()
    kept = make_contact()

    merge(kept, gone.contact, lead)

    assert may_reply(kept, gone.channel.phone_number_id)


def test_doing_it_twice_is_one_merge(lead: Agent) -> None:
    kept, gone = make_contact(), make_contact()

    first = contact_merges.merge(kept=kept, gone=gone, by=lead)
    second = contact_merges.merge(kept=kept, gone=gone, by=lead)

    assert first == second == ContactMerge.objects.get()


def test_there_and_back_is_refused(lead: Agent) -> None:
    kept, gone, third = make_contact(), make_contact(), make_contact()
    contact_merges.merge(kept=kept, gone=gone, by=lead)

    for one, other in ((gone, kept), (third, gone), (gone, third), (kept, kept)):
        with pytest.raises(NotPossible):
            contact_merges.merge(kept=one, gone=other, by=lead)
    assert ContactIdentity.objects.filter(contact=kept).count() == 2


def test_what_whatsapp_merges_takes_fields_notes_and_earlier_merges_along(lead: Agent) -> None:
    channel = make_channel(portfolio_id="P1")
    by_phone = make_contact(phone="491700000001")
    contact_notes.add(by_phone, body="Calls late", by=lead)
    contact_merges.merge(kept=by_phone, gone=make_contact(), by=lead)
    make_contact(phone="", bsuid="DE.1111")

    entry = {"wa_id": "491700000001", "user_id": "DE.1111", "profile": {"name": "Ida"}}
    said = text(from_="491700000001") | {"from_user_id": "DE.1111"}
    deliver(of_number(channel, contacts=[entry], messages=[said]))

    left = Conversation.objects.get().contact
    assert left.bsuid == "DE.1111"
    assert left.notes.get().body == "Calls late"
    assert left.merges.count() == 1
