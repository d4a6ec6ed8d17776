"""The shop's opening hours, and what its number says by itself."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from inbox import automatic_texts, search
from inbox.actions import automatic, opening_hours, timeline
from inbox.automatic.rules import Kind
from inbox.automatic.suggestions import SUGGESTIONS, USUAL_AFTER
from inbox.demo.company import Company
from inbox.hours import reckoning
from inbox.hours.plan import Span
from inbox.models import (
    AutomaticText,
    AutomaticUse,
    Contact,
    Conversation,
    GivenNotice,
    Message,
    OpeningHours,
)

WORKDAY, SATURDAY = (Span(9 * 60, 18 * 60),), (Span(10 * 60, 14 * 60),)
CHRISTMAS_EVE = (Span(9 * 60, 13 * 60),)
NOTICE = "https://www.moebelhaus-alma.example/datenschutz"
# The demo's customers take what comes late for an answer and go on.
AFTER = USUAL_AFTER | {Kind.BUSY: 30}
# How often a day each was sent in the last days.
SENT = {Kind.AWAY: 6, Kind.GREETING: 4, Kind.BUSY: 2, Kind.RETURNING: 1, Kind.PRIVACY: 4}
SECOND, MINUTE, DAY = timedelta(seconds=1), timedelta(minutes=1), timedelta(days=1)
# What was said on a Sunday evening, on the next morning, and in return.
EVENINGS = {
    "de": (
        "Guten Abend, haben Sie das Regal „Mila“ noch in Weiß da?",
        "Guten Morgen! Ja, drei Stück. Soll ich Ihnen eins zurücklegen?",
        "Gern, ich hole es morgen ab. Danke!",
    ),
    "en": (
        "Hello, can I return a lamp without the box?",
        "Good morning! Yes, within 30 days. Please bring the receipt.",
        "Perfect, thank you.",
    ),
}


def set_up(company: Company, contacts: Sequence[Contact], now: datetime) -> None:
    hours = _hours(company, now.date())
    texts = _texts(company)
    # They all wrote before, and were told then.
    GivenNotice.objects.bulk_create(
        GivenNotice(contact=contact, channel=company.channel, version=1, at=contact.created_at)
        for contact in contacts
    )
    _count(texts, now.date())
    for language, said in EVENINGS.items():
        contact = next(one for one in contacts if one.language == language)
        _evening(company, contact, said, texts[Kind.AWAY], hours, now)


def _hours(company: Company, today: date) -> OpeningHours:
    hours = opening_hours.create(
        name="Laden", time_zone="Europe/Berlin", country="DE", today=today
    )
    opening_hours.change(
        hours, name="Laden", time_zone="Europe/Berlin", country="DE", state="NW"
    )
    week = [*[WORKDAY] * 5, SATURDAY, ()]
    # Hours of the past are needed for what is told of it.
    opening_hours.set_week(hours, valid_from=date(today.year - 1, 1, 1), days=week)
    opening_hours.set_week(hours, valid_from=date(today.year, 1, 1), days=week)
    opening_hours.add_special_days(
        hours,
        name="Heiligabend",
        first_day=date(today.year, 12, 24),
        last_day=date(today.year, 12, 24),
        every_year=True,
        spans=CHRISTMAS_EVE,
    )
    opening_hours.hold_for(hours, channels=[company.channel], teams=[])
    company.channel.refresh_from_db()
    return hours


def _texts(company: Company) -> dict[Kind, AutomaticText]:
    admin = company.agents[-1]
    return {
        kind: automatic.change(
            company.channel,
            kind,
            is_on=True,
            words=SUGGESTIONS[kind],
            after=AFTER.get(kind, 0),
            link=NOTICE if kind == Kind.PRIVACY else "",
            by=admin,
        )
        for kind in Kind
    }


def _count(texts: dict[Kind, AutomaticText], today: date) -> None:
    AutomaticUse.objects.bulk_create(
        AutomaticUse(text=texts[kind], day=today - days * DAY, count=1 + (count + days) % 7)
        for kind, count in SENT.items()
        for days in range(1, 30, 7 - count)
    )


def _evening(
    company: Company,
    contact: Contact,
    said: tuple[str, str, str],
    away: AutomaticText,
    hours: OpeningHours,
    now: datetime,
) -> None:
    """Somebody writes on a Sunday, is told when somebody is there, and is answered then."""
    agent, plan = company.agents[0], hours.plan("de")
    wrote = _sunday_evening(now, plan.zone)
    back = reckoning.next_opening(plan, wrote) or wrote
    replied, thanked = back + 12 * MINUTE, back + 19 * MINUTE
    conversation = Conversation.objects.create(
        channel=company.channel,
        contact=contact,
        status=Conversation.Status.CLOSED,
        assignee=agent,
        opened_at=wrote,
        closed_at=thanked,
        first_replied_at=replied,
        changed_at=thanked,
    )
    told = automatic_texts.written([away], conversation, now=wrote)
    ours = {"direction": "out", "status": "read"}
    by_itself = ours | {"origin": "automatic", "content": {"automatic": Kind.AWAY.value}}
    by_agent = ours | {"origin": "agent", "author": agent}
    messages = [
        timeline.event(conversation, "opened", at=wrote),
        _message(conversation, said[0], wrote, direction="in", status="received"),
        _message(conversation, told, wrote + 2 * SECOND, **by_itself),
        _message(conversation, said[1], replied, **by_agent),
        _message(conversation, said[2], thanked, direction="in", status="received"),
        timeline.event(conversation, "closed", by=agent, at=thanked),
    ]
    stored = Message.objects.bulk_create(messages)
    search.index_messages(stored)
    last = stored[-2]
    Conversation.objects.filter(pk=conversation.pk).update(
        last_message_at=last.at,
        last_message_id=last.pk,
        last_message_kind=last.kind,
        last_message_direction=last.direction,
        last_message_preview=last.body[:160],
    )


def _sunday_evening(now: datetime, zone: ZoneInfo) -> datetime:
    """The last one that was answered days ago."""
    day = now.astimezone(zone) - 3 * DAY
    return (day - (day.isoweekday() % 7) * DAY).replace(hour=20, minute=14, second=9)


def _message(conversation: Conversation, body: str, at: datetime, **fields: object) -> Message:
    return Message(
        conversation=conversation,
        channel=conversation.channel,
        body=body,
        at=at,
        created_at=at,
        changed_at=at,
        wamid=f"wamid.DEMO{uuid.uuid4().hex}",
        **fields,
    )
