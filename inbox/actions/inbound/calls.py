"""Calls: one line each in the timeline, which tells more as more is known."""

from __future__ import annotations

from django.utils import timezone

from consent import gate
from inbox.actions import bulk
from inbox.actions.inbound.arrivals import Arrival
from inbox.actions.inbound.cases import Cases
from inbox.actions.inbound.lines import meet
from inbox.actions.inbound.messages import LONGEST_WAMID
from inbox.actions.inbound.news import News
from inbox.models import Contact, Message
from inbox.models.conversation import END_OF_QUEUE
from inbox.whatsapp.happenings import CallHappened

Called = Arrival[CallHappened]
# How far a call has come; news of an earlier stage changes nothing.
STAGE = {"": 0, "RINGING": 1, "ACCEPTED": 2}
LAST_STAGE = 3


def apply(arrival: Called, news: News) -> None:
    call, channel = arrival.happening, arrival.channel
    contact = meet(arrival, news)
    cases = Cases([(contact, channel)], news)
    key = call.call_id[:LONGEST_WAMID]
    known = Message.objects.filter(channel=channel, wamid=key).select_for_update().first()
    if known is None:
        _begin(arrival, contact, cases, key)
    elif _stage(call.status) > _stage(str(known.content.get("status", ""))):
        _continue(known, call, cases)
        news.conversations.add(known.conversation_id)
    if call.opens_window:
        inbound = gate.Inbound(contact.consent_subject, channel.phone_number_id, arrival.at)
        gate.note_inbound([inbound])
        cases.open_window(contact, channel, arrival.at)
    cases.store()


def _stage(status: str) -> int:
    return STAGE.get(status, LAST_STAGE)


def _begin(arrival: Called, contact: Contact, cases: Cases, key: str) -> None:
    call, channel, at = arrival.happening, arrival.channel, arrival.at
    data = {"status": call.status[:60], "from_us": call.from_us, "duration": call.duration}
    if call.from_us:
        case = cases.for_record(contact, channel, at)
    else:
        # Nobody here can pick up: whoever calls waits for somebody to get back to them.
        case = cases.for_customer(contact, channel, at)
        cases.expect(case, at, waits=not arrival.happening.standby and not _was_answered(call))
    cases.line(case, "call", at=at, key=key, **data)


def _continue(known: Message, call: CallHappened, cases: Cases) -> None:
    known.content = known.content | {"status": call.status[:60]}
    if call.duration is not None:
        known.content["duration"] = call.duration
    known.changed_at = timezone.now()
    bulk.write([known], ["content", "changed_at"])
    case = cases.by_id(known.conversation_id)
    if case and _was_answered(call) and case.waiting_since == known.at:
        case.waiting_since, case.queued_at = None, END_OF_QUEUE
        cases.touch(case)


def _was_answered(call: CallHappened) -> bool:
    return call.status in {"ACCEPTED", "COMPLETED"}
