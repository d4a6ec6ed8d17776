"""Blocking a person: nothing is sent to them from now on, and WhatsApp is asked to keep them
away. WhatsApp blocks per number, and only who wrote there within a day.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import NamedTuple

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from inbox import events, graph, nudges, tasks
from inbox.actions import contact_history, timeline
from inbox.models import Agent, Channel, Contact, ContactBlock, Conversation
from inbox.whatsapp import BlockOutcome, ErrorClass, GraphError, Recipient, classify

State = ContactBlock.State
# A call that nobody spoke of for this long belongs to a worker that died.
PATIENCE = timedelta(seconds=90)
AGAIN = (timedelta(seconds=10), timedelta(minutes=1), timedelta(minutes=5))
AT_ONCE = 100
NOT_KNOWN = (ErrorClass.RETRY_SAFE, ErrorClass.RETRY_DOUBTFUL)  # asking again does no harm


class Answer(NamedTuple):
    """What WhatsApp said; no class: it was done."""

    failure_class: str = ""
    code: int | None = None


@transaction.atomic
def block(contact: Contact, *, by: Agent) -> bool:
    contact = contact_history.hold(contact)
    if contact.blocked_at:
        return False
    contact.blocked_at = timezone.now()
    contact.save(update_fields=["blocked_at"])
    for channel in _numbers_of(contact):
        _ask(contact, channel, is_wanted=True)
    _tell(contact, "blocked", by)
    return True


@transaction.atomic
def unblock(contact: Contact, *, by: Agent) -> bool:
    """Where WhatsApp never blocked them there is nothing to take back."""
    contact = contact_history.hold(contact)
    if contact.blocked_at is None:
        return False
    contact.blocked_at = None
    contact.save(update_fields=["blocked_at"])
    ContactBlock.objects.filter(contact=contact, state=State.FAILED).delete()
    for row in ContactBlock.objects.filter(contact=contact).select_related("channel"):
        _ask(contact, row.channel, is_wanted=False)
    _tell(contact, "unblocked", by)
    return True


def settle(block_id: int) -> None:
    """Ask WhatsApp, if that is due, until it knows what is wanted now."""
    while row := _claim(block_id):
        if not _store(row, _call(row)):
            return


def sweep(*, now: datetime) -> None:
    due = ContactBlock.objects.filter(due_at__lte=now).order_by("due_at")
    for pk in due.values_list("pk", flat=True)[:AT_ONCE]:
        nudges.now(tasks.settle_block, pk)


def _numbers_of(contact: Contact) -> list[Channel]:
    """The numbers they have to do with."""
    theirs = Conversation.objects.filter(contact=contact).values("channel")
    return list(Channel.objects.filter(pk__in=theirs, retired_at=None).order_by("pk"))


def _ask(contact: Contact, channel: Channel, *, is_wanted: bool) -> None:
    """Somebody who is asking at this moment will find that something else is wanted."""
    now = timezone.now()
    row, is_new = ContactBlock.objects.select_for_update(of=("self",)).get_or_create(
        contact=contact, channel=channel, defaults={"is_wanted": is_wanted, "due_at": now}
    )
    if not is_new:
        row.is_wanted, row.state, row.asked_at = is_wanted, State.ASKED, now
        row.due_at = row.due_at or now
        row.attempts, row.failure_class, row.failure_code = 0, "", None
        row.save()
    nudges.after_commit(tasks.settle_block, row.pk)


@transaction.atomic
def _claim(block_id: int) -> ContactBlock | None:
    now = timezone.now()
    rows = ContactBlock.objects.select_for_update(of=("self",), skip_locked=True)
    row = rows.select_related("contact", "channel").filter(pk=block_id, due_at__lte=now).first()
    if row:
        row.due_at, row.attempts = now + PATIENCE, row.attempts + 1
        row.save(update_fields=["due_at", "attempts"])
    return row


def _call(row: ContactBlock) -> Answer:
    """The business-scoped id where it is known: a phone number may be somebody else's now."""
    person = Recipient(bsuid=row.contact.bsuid, phone=row.contact.phone)
    if not (person.bsuid or person.phone):
        return Answer(ErrorClass.RECIPIENT)
    client, token = graph.client_of(row.channel), graph.token_of(row.channel)
    change = client.block if row.is_wanted else client.unblock
    try:
        return _answer_of(change(row.channel.phone_number_id, [person], token=token))
    except GraphError as exc:
        return Answer(exc.kind, exc.code)


def _answer_of(outcome: BlockOutcome) -> Answer:
    if not outcome.failed:
        return Answer()
    errors = outcome.failed[0].errors
    code = errors[0].code if errors else None
    return Answer(classify(code) if code else ErrorClass.BLOCK, code)


@transaction.atomic
def _store(asked: ContactBlock, answer: Answer) -> bool:
    """True when something else is wanted by now."""
    now = timezone.now()
    row = ContactBlock.objects.select_for_update().filter(pk=asked.pk).first()
    if row is None:
        return False
    is_outdated = row.is_wanted != asked.is_wanted
    later = AGAIN[asked.attempts - 1] if asked.attempts <= len(AGAIN) else None
    if is_outdated:
        row.due_at = now
    elif answer.failure_class in NOT_KNOWN and later:
        row.due_at = now + later
    else:
        row.state = State.FAILED if answer.failure_class else State.DONE
        row.due_at, row.settled_at = None, now
        row.failure_class, row.failure_code = answer
    row.save()
    contact_history.tell(row.contact)
    return is_outdated


def _tell(contact: Contact, word: str, by: Agent) -> None:
    contact_history.record(contact, word, by=by)
    theirs = Conversation.objects.filter(contact=contact)
    for conversation in theirs.filter(~Q(status=Conversation.Status.CLOSED)):
        conversation.changed_at = timezone.now()
        conversation.save(update_fields=["changed_at"])
        timeline.record(conversation, word, by=by)
        events.publish(events.about(conversation))
