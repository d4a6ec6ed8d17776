"""What was said: by customers, by us from elsewhere, and long ago."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import uuid4

from django.utils import timezone

from consent import gate
from inbox.actions import bulk
from inbox.actions.inbound import files, lost_numbers
from inbox.actions.inbound.arrivals import Arrival, CannotApply
from inbox.actions.inbound.bubbles import bubble_of
from inbox.actions.inbound.cases import Cases
from inbox.actions.inbound.identities import People, person_of
from inbox.actions.inbound.news import News
from inbox.actions.statements import fetch, fresh
from inbox.automatic.rules import LATE
from inbox.models import Contact, Conversation, Message
from inbox.models.automatic import SPEECHLESS
from inbox.whatsapp import happenings as h

LONGEST_WAMID = 320
Said = Arrival[h.Sent]
Told = tuple[int, str]  # channel, wamid

TOLD = """
    SELECT channel_id, wamid, id, kind FROM inbox_message
    WHERE wamid = ANY(%b::text[]) AND channel_id = ANY(%b::bigint[])
"""
_HISTORIC = {
    "sent": Message.Status.SENT,
    "delivered": Message.Status.DELIVERED,
    "read": Message.Status.READ,
    "played": Message.Status.PLAYED,
    "error": Message.Status.FAILED,
    "failed": Message.Status.FAILED,
}


@dataclass(slots=True)
class _New:
    """A message on its way into the timeline."""

    said: Said
    person: h.Person
    contact: Contact | None = None
    case: Conversation | None = None
    message: Message | None = None


def apply(arrivals: Sequence[Said], news: News) -> None:
    """Store what is new, in order; what was told before changes nothing."""
    told = _told_before(arrivals)
    _replace_placeholders(arrivals, told, news)
    new = list(_not_told(arrivals, told))
    if not new:
        return
    _meet(new, news)
    cases = Cases([(_contact(n), n.said.channel) for n in new], news)
    for each in new:
        _place(each, cases)
    _obey(new, cases)
    cases.store()
    _finish(new, news)


def check(sent: h.Sent) -> h.Person:
    """Whose message it is; ``CannotApply`` when it cannot be kept."""
    if len(sent.wamid) > LONGEST_WAMID:
        raise CannotApply("the message's id is too long")
    return person_of(sent, sent.person)


def _told_before(arrivals: Sequence[Said]) -> dict[Told, tuple[int, str]]:
    wamids = [said.happening.wamid for said in arrivals]
    known = fetch(TOLD, wamids, list({said.channel.pk for said in arrivals}))
    return {(channel, wamid): (pk, kind) for channel, wamid, pk, kind in known}


def _not_told(arrivals: Sequence[Said], told: dict[Told, tuple[int, str]]) -> Iterable[_New]:
    seen: set[Told] = set(told)
    for said in arrivals:
        key = (said.channel.pk, said.happening.wamid)
        if key not in seen:
            seen.add(key)
            yield _New(said, check(said.happening))


def _meet(new: Sequence[_New], news: News) -> None:
    people = People([_with_own_number(n) for n in new], news)
    for each in new:
        scope, at = each.said.channel.identity_scope, each.said.at
        each.contact = people.meet(_with_own_number(each), scope, at)
    people.store()
    for each in new:
        each.contact = people.now(_contact(each))
    lost_numbers.record(people, news)


def _with_own_number(each: _New) -> h.Person:
    """Who was asked for their number answers with a card of their own."""
    content = each.said.happening.content
    if not isinstance(content, h.ContactCards) or not content.requested:
        return each.person
    own = next((p.wa_id for card in content.cards for p in card.phones if p.wa_id), "")
    return replace(each.person, phone=each.person.phone or own)


def _place(each: _New, cases: Cases) -> None:
    sent, contact = each.said.happening, _contact(each)
    if isinstance(sent, h.MessageReceived):
        _place_received(each, sent, contact, cases)
    elif isinstance(sent, h.HistoryMessage):
        case = cases.for_history(contact, each.said.channel, each.said.at)
        cases.file(case, _message(each, case))
    else:
        case = cases.for_echo(contact, each.said.channel, each.said.at)
        case.owned_elsewhere = case.owned_elsewhere or sent.standby
        cases.say(case, _message(each, case))


def _place_received(
    each: _New, received: h.MessageReceived, contact: Contact, cases: Cases
) -> None:
    channel, at = each.said.channel, each.said.at
    if not isinstance(received.content, h.WelcomeRequest):
        case = cases.for_customer(contact, channel, at)
        case.owned_elsewhere = case.owned_elsewhere or received.standby
        # Another app answers, or a group talks: read it who will, nobody here is waited for.
        waits = not received.standby and not received.group_id
        cases.hear(case, _message(each, case), waits=waits)
    if received.opens_window:
        cases.open_window(contact, channel, at)


def _message(each: _New, case: Conversation) -> Message:
    sent, now = each.said.happening, timezone.now()
    bubble = bubble_of(sent)
    message = fresh(
        Message,
        code=uuid4(),
        channel_id=each.said.channel.pk,
        kind=bubble.kind,
        body=bubble.body,
        content=bubble.content,
        wamid=sent.wamid,
        quoted_wamid=sent.quoted_wamid[:LONGEST_WAMID],
        at=each.said.at,
        created_at=now,
        changed_at=now,
    )
    _direct(message, sent, each.said.at)
    each.message, each.case = message, case
    return message


def _direct(message: Message, sent: h.Sent, at: datetime) -> None:
    if isinstance(sent, h.MessageReceived) or (
        isinstance(sent, h.HistoryMessage) and not sent.from_us
    ):
        message.direction, message.status = Message.Direction.IN, Message.Status.RECEIVED
        return
    message.direction = Message.Direction.OUT
    message.status = Message.Status.SENT
    message.origin = Message.Origin.PHONE_APP
    message.sent_at = at
    if isinstance(sent, h.HistoryMessage):
        message.status = _HISTORIC.get(sent.status, Message.Status.SENT)
    elif isinstance(sent, h.EchoReceived) and sent.source == "standby":
        message.origin = Message.Origin.OTHER_APP


def _obey(new: Sequence[_New], cases: Cases) -> None:
    """Consent hears first, before anybody or anything here answers."""
    received = [n for n in new if isinstance(n.said.happening, h.MessageReceived)]
    gate.note_inbound(
        gate.Inbound(_contact(n).consent_subject, n.said.channel.phone_number_id, n.said.at)
        for n in received
        if isinstance(n.said.happening, h.MessageReceived) and n.said.happening.opens_window
    )
    for each in received:
        if each.message and each.case and not each.said.happening.group_id:
            opts_out = _hear(each, each.message, each.case, cases)
            if each.said.channel.answers_automatically and not opts_out:
                _expect_answer(each.said, each.message, each.case, cases)


def _expect_answer(said: Said, message: Message, case: Conversation, cases: Cases) -> None:
    """Let a worker look for an automatic text, unless it is plain that none is due."""
    sent = said.happening
    is_theirs = isinstance(sent, h.MessageReceived) and sent.opens_window and not sent.standby
    came_late = said.heard_at - message.at > LATE or message.created_at - message.at > LATE
    if is_theirs and message.kind not in SPEECHLESS and not came_late:
        cases.answer_automatically(case)


def _hear(each: _New, message: Message, case: Conversation, cases: Cases) -> bool:
    """Whether they opted out."""
    payload = message.content.get("payload", "")
    for text in dict.fromkeys((message.body, payload)):
        wish = gate.hear(_contact(each).consent_subject, text, at=message.at) if text else None
        if wish:
            cases.line(case, "opted_out", at=message.at, wish=wish.value)
            return True
    return False


def _finish(new: Sequence[_New], news: News) -> None:
    """What needs the stored messages: files, quotes, search, and who waits for them."""
    stored = [(n.message, n.said.happening) for n in new if n.message]
    files.expect(stored, news)
    messages = [message for message, _sent in stored]
    _link_quotes(messages)
    news.index(messages)
    news.incoming |= {
        message.conversation_id
        for message, sent in stored
        if isinstance(sent, h.MessageReceived)
    }
    news.appeared |= {(m.channel_id, m.wamid) for m in messages if m.wamid}


def _link_quotes(messages: Sequence[Message]) -> None:
    quoting = [message for message in messages if message.quoted_wamid]
    if not quoting:
        return
    wamids = [message.quoted_wamid for message in quoting]
    quoted = fetch(TOLD, wamids, list({message.channel_id for message in quoting}))
    known = {(channel, wamid): pk for channel, wamid, pk, _kind in quoted}
    for message in quoting:
        message.quoted_id = known.get((message.channel_id, message.quoted_wamid))
    bulk.write([message for message in quoting if message.quoted_id], ["quoted"])


def _replace_placeholders(
    arrivals: Sequence[Said], told: dict[Told, tuple[int, str]], news: News
) -> None:
    """Imported media come first as a placeholder, and later as themselves."""
    for said in arrivals:
        pk, kind = told.get((said.channel.pk, said.happening.wamid), (0, ""))
        if kind != Message.Kind.PENDING_FILE or not isinstance(said.happening.content, h.Media):
            continue
        message = Message.objects.select_related("conversation").get(pk=pk)
        bubble = bubble_of(said.happening)
        message.kind, message.body, message.content = bubble.kind, bubble.body, bubble.content
        message.changed_at = timezone.now()
        bulk.write([message], ["kind", "body", "content", "changed_at"])
        files.expect([(message, said.happening)], news)
        news.conversations.add(message.conversation_id)
        news.index([message])


def _contact(each: _New) -> Contact:
    assert each.contact is not None  # noqa: S101 (met before it is placed)
    return each.contact
