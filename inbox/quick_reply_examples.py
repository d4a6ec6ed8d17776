"""A made-up customer, so that who writes a quick reply sees what it will say."""

from __future__ import annotations

import zoneinfo
from collections.abc import Mapping
from datetime import date, datetime

from inbox.contact_fields import own_fields
from inbox.hours.plan import CLOSED, Plan, Span, Week
from inbox.models import Agent, OpeningHours
from inbox.opening_phrases import closes_at_phrase, next_opening_phrase
from inbox.quick_replies import FIELD

FIRST_NAME, NAME, PHONE, NUMBER = "Maria", "Maria Schmidt", "+49 1512 3456789", "4711"
_NINE_TO_SIX = (Span(9 * 60, 18 * 60),)
_WEEK = Week(date(2000, 1, 1), (*(_NINE_TO_SIX,) * 5, CLOSED, CLOSED))


def example_values(
    agent: Agent, *, knows_name: bool, language: str, now: datetime
) -> Mapping[str, str]:
    """As ``quick_replies.values_for`` would give them."""
    plan = _plan(agent, language)
    return {
        "contact.first_name": FIRST_NAME if knows_name else "",
        "contact.name": NAME if knows_name else "",
        "contact.phone": PHONE,
        "agent.name": agent.name,
        "agent.first_name": agent.get_short_name(),
        "conversation.number": NUMBER,
        "team.name": agent.team.name if agent.team else "",
        "next_opening": next_opening_phrase(plan, now, language),
        "closes_at": closes_at_phrase(plan, now, language),
    } | {f"{FIELD}{key}": f"[{label}]" for key, label in own_fields().items() if knows_name}


def _plan(agent: Agent, language: str) -> Plan:
    """The hours of the agent's team, else any there are, else the usual ones."""
    hours = (agent.team.opening_hours if agent.team else None) or OpeningHours.objects.first()
    if hours:
        return hours.plan(language)
    return Plan(zoneinfo.ZoneInfo(agent.time_zone), (_WEEK,))
