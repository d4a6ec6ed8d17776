"""What a number would send to a made-up customer at a moment, and why: by the same rules."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta, tzinfo
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from inbox import automatic_texts, automatic_words
from inbox.automatic import rules
from inbox.automatic.rules import Facts, Kind, Reason, Verdict
from inbox.bubbles.text import to_html
from inbox.forms.automatic_texts import VARIANTS
from inbox.hours.plan import Plan
from inbox.models import AutomaticText, Channel, Contact, Conversation

EXAMPLE = "Maria Beispiel"
Texts = dict[Kind, AutomaticText]  # those that are switched on
# How long ago the last conversation of somebody known ended.
_AGO = {"known": timedelta(days=7), "returning": timedelta(days=3650)}


class Step(NamedTuple):
    """A moment, what is sent then ("" is nothing), and why."""

    when: str
    why: list[str]
    text: SafeString


def zone_of(channel: Channel) -> tzinfo:
    """The clock of the opening hours, where there are any."""
    hours = channel.opening_hours
    return ZoneInfo(hours.time_zone) if hours else timezone.get_current_timezone()


def steps(channel: Channel, texts: Texts, chosen: dict[str, Any]) -> list[Step]:
    """At once, and once more where somebody may be told that nobody has answered."""
    plan = channel.opening_hours.plan(get_language() or "en") if channel.opening_hours else None
    when = chosen["when"].replace(tzinfo=zone_of(channel))
    person = example(channel, chosen["speaks"])
    switched = {kind: text.after for kind, text in texts.items()}
    facts = _facts(when, chosen["who"], plan)
    verdict = rules.decide(facts, switched)
    found = [_step(verdict, facts, texts, person)]
    if verdict.again_at:
        said = {verdict.kind} - {None, Kind.PRIVACY}
        later = replace(
            facts,
            now=verdict.again_at,
            due_at=verdict.again_at,
            said=frozenset(kind for kind in said if kind),
            is_informed=True,
        )
        found.append(_step(rules.decide(later, switched), later, texts, person))
    return found


def example(channel: Channel, speaks: str) -> Conversation:
    """A conversation that is stored nowhere."""
    language, form = VARIANTS[speaks]
    contact = Contact(profile_name=EXAMPLE, language=language, address_form=form)
    return Conversation(pk=4711, contact=contact, channel=channel)


def _facts(when: datetime, who: str, plan: Plan | None) -> Facts:
    ago = _AGO.get(who)
    return Facts(
        now=when,
        due_at=when,
        wrote_at=when,
        heard_at=when,
        opened_at=when,
        waiting_since=when,
        is_known=ago is not None,
        last_ended_at=when - ago if ago else None,
        is_informed=ago is not None,
        plan=plan,
    )


def _step(verdict: Verdict, facts: Facts, texts: Texts, person: Conversation) -> Step:
    parts = [texts[verdict.kind]] if verdict.kind else []
    why = [automatic_words.reason(verdict.reason)]
    if verdict.reason == Reason.CLOSED_NOW and facts.plan and (day := _day(facts)):
        why.append(day)
    if verdict.with_notice:
        parts.append(texts[Kind.PRIVACY])
        why.append(automatic_words.reason(Reason.NOT_INFORMED_YET))
    text = automatic_texts.written(parts, person, now=facts.now)
    return Step(_moment(facts), why, to_html(text))


def _day(facts: Facts) -> str:
    """What is special about it."""
    if facts.plan is None:
        return ""
    day = facts.plan.on(facts.now.astimezone(facts.plan.zone).date())
    return _("That day is %(name)s.") % {"name": day.name} if day.name else ""


def _moment(facts: Facts) -> str:
    local = facts.now.astimezone(facts.plan.zone if facts.plan else facts.wrote_at.tzinfo)
    day = date_format(local.date(), pgettext("weekday and day, Django format", "l, j F Y"))
    return f"{day}, {local:%H:%M}"
