"""Emojis on messages: one a side, the newest counts, an empty one is taken back."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils import timezone

from consent import gate
from inbox.actions import bulk
from inbox.actions.inbound import lost_numbers, parking
from inbox.actions.inbound.arrivals import Arrival
from inbox.actions.inbound.cases import Cases
from inbox.actions.inbound.identities import People, person_of
from inbox.actions.inbound.messages import LONGEST_WAMID
from inbox.actions.inbound.news import News
from inbox.actions.statements import fetch, instances
from inbox.models import Message, Reaction
from inbox.whatsapp.happenings import ReactionReceived

Given = Arrival[ReactionReceived]
Place = tuple[int, bool]  # message, from us
LONGEST_EMOJI = 40
COLUMNS = ("id", "channel_id", "wamid", "conversation_id")
TARGETS = f"""
    SELECT {", ".join(COLUMNS)} FROM inbox_message
    WHERE wamid = ANY(%b::text[]) AND channel_id = ANY(%b::bigint[])
"""  # noqa: S608


def apply(arrivals: Sequence[Given], news: News) -> None:
    if arrivals:
        _open_windows([given for given in arrivals if given.happening.opens_window], news)
        targets = _targets(arrivals)
        here = [given for given in arrivals if _key(given) in targets]
        parking.wait(
            (given, given.happening.target_wamid[:LONGEST_WAMID])
            for given in arrivals
            if _key(given) not in targets
        )
        _put([(targets[_key(given)], given) for given in here], news)


def _key(given: Given) -> tuple[int, str]:
    return (given.channel.pk, given.happening.target_wamid)


def _targets(arrivals: Sequence[Given]) -> dict[tuple[int, str], Message]:
    wamids = [given.happening.target_wamid for given in arrivals]
    rows = fetch(TARGETS, wamids, list({given.channel.pk for given in arrivals}))
    messages = instances(Message, COLUMNS, rows)
    return {(message.channel_id, message.wamid or ""): message for message in messages}


def _open_windows(arrivals: Sequence[Given], news: News) -> None:
    """A reaction is a sign of life like any message, also when its target is not here."""
    if not arrivals:
        return
    told = [(person_of(g.happening, g.happening.person), g.channel) for g in arrivals]
    people = People([person for person, _channel in told], news)
    met = [
        people.meet(person, channel.identity_scope, given.at)
        for given, (person, channel) in zip(arrivals, told, strict=True)
    ]
    people.store()
    met = [people.now(contact) for contact in met]
    lost_numbers.record(people, news)
    gate.note_inbound(
        gate.Inbound(contact.consent_subject, given.channel.phone_number_id, given.at)
        for contact, given in zip(met, arrivals, strict=True)
    )
    cases = Cases([(c, given.channel) for c, given in zip(met, arrivals, strict=True)], news)
    for contact, given in zip(met, arrivals, strict=True):
        cases.open_window(contact, given.channel, given.at)
    cases.store()


def _put(reactions: Sequence[tuple[Message, Given]], news: News) -> None:
    newest: dict[Place, tuple[Message, Given]] = {}
    for message, given in reactions:
        place = (message.pk, given.happening.from_us)
        if place not in newest or newest[place][1].at <= given.at:
            newest[place] = (message, given)
    messages = {message.pk for message, _given in newest.values()}
    existing = Reaction.objects.filter(message__in=messages).select_for_update()
    before = {(reaction.message_id, reaction.from_us): reaction for reaction in existing}
    fresh = {
        place: _reaction(message, given)
        for place, (message, given) in newest.items()
        if place not in before or _counts(before[place], given)
    }
    Reaction.objects.bulk_create(
        fresh.values(),
        update_conflicts=True,
        unique_fields=["message", "from_us"],
        update_fields=["emoji", "author", "at"],
    )
    now = timezone.now()
    changed = {place[0]: newest[place][0] for place in fresh}
    bulk.change((message, {"changed_at": now}) for message in changed.values())
    news.conversations |= {message.conversation_id for message in changed.values()}


def _counts(before: Reaction, given: Given) -> bool:
    newer_or_same = given.at >= before.at
    return newer_or_same and (before.emoji, before.at) != (_emoji(given), given.at)


def _reaction(message: Message, given: Given) -> Reaction:
    from_us = given.happening.from_us
    return Reaction(message=message, from_us=from_us, emoji=_emoji(given), at=given.at)


def _emoji(given: Given) -> str:
    return given.happening.emoji[:LONGEST_EMOJI]
