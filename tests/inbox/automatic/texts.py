"""Numbers with texts and hours, for tests."""

from __future__ import annotations

from datetime import date, timedelta

from inbox.actions import automatic
from inbox.automatic.rules import Kind
from inbox.hours.plan import Span, Spans
from inbox.models import AutomaticText, Channel, OpeningHours, OpeningWeek

ALWAYS: Spans = (Span(0, 1440),)
BODIES = {
    Kind.GREETING: "Welcome!",
    Kind.RETURNING: "Good to see you again.",
    Kind.AWAY: "We are closed until {{ next_opening | soon }}.",
    Kind.BUSY: "A moment, please.",
    Kind.PRIVACY: "{{ company }} reads this: {{ link }}",
}
AFTER = {Kind.RETURNING: 30, Kind.BUSY: 10}


def switch_on(channel: Channel, *kinds: Kind, **words: str) -> list[AutomaticText]:
    """``words``: by language."""
    return [
        automatic.change(
            channel,
            kind,
            is_on=True,
            words={("", ""): BODIES[kind]} | {(k, ""): text for k, text in words.items()},
            by=None,
            after=AFTER.get(kind, 0),
            link="https://example.org/privacy" if kind == Kind.PRIVACY else "",
        )
        for kind in kinds
    ]


def give_hours(channel: Channel, spans: Spans = (), *, name: str = "Shop") -> OpeningHours:
    """The same on every day; none: closed for ever."""
    hours = OpeningHours.objects.create(name=name)
    days = [[list(span) for span in spans]] * 7
    OpeningWeek.objects.create(hours=hours, valid_from=date(2020, 1, 1), days=days)
    channel.opening_hours = hours
    channel.save(update_fields=["opening_hours"])
    return hours


MINUTE = timedelta(minutes=1)
