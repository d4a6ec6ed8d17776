"""Hours that numbers and teams share: made, changed, given to whom they hold for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from django.db import transaction

from inbox.hours.plan import Spans
from inbox.models import Channel, OpeningHours, OpeningWeek, SpecialOpening, Team

Days = Sequence[Spans]  # seven, from Monday

NINE_TO_FIVE = [[9 * 60, 17 * 60]]
# What new hours begin with, so that nobody starts from nothing.
USUAL_WEEK: list[list[list[int]]] = [*(NINE_TO_FIVE for _ in range(5)), [], []]


@transaction.atomic
def create(*, name: str, time_zone: str, country: str, today: date) -> OpeningHours:
    """With the usual week, from the first day of the year on."""
    hours = OpeningHours.objects.create(name=name, time_zone=time_zone, country=country)
    OpeningWeek.objects.create(hours=hours, valid_from=date(today.year, 1, 1), days=USUAL_WEEK)
    return hours


@transaction.atomic
def change(hours: OpeningHours, *, name: str, time_zone: str, country: str, state: str) -> None:
    """Where holidays become those of another place, how single ones were switched stays:
    most have the same names there."""
    hours.name, hours.time_zone = name, time_zone
    hours.country, hours.state = country, state
    hours.save(update_fields=["name", "time_zone", "country", "state"])


@transaction.atomic
def hold_for(
    hours: OpeningHours, *, channels: Iterable[Channel], teams: Iterable[Team]
) -> None:
    """For these and no others; whoever had other hours leaves them."""
    for held, wanted in ((hours.channels, channels), (hours.teams, teams)):
        keys = [one.pk for one in wanted]
        held.exclude(pk__in=keys).update(opening_hours=None)
        held.model.objects.filter(pk__in=keys).update(opening_hours=hours)


@transaction.atomic
def set_week(hours: OpeningHours, *, valid_from: date, days: Days) -> None:
    """A week for that day on; one that already began then is replaced."""
    OpeningWeek.objects.update_or_create(
        hours=hours, valid_from=valid_from, defaults={"days": [list(day) for day in days]}
    )


@transaction.atomic
def remove_week(hours: OpeningHours, week: OpeningWeek) -> bool:
    """The week before holds again. The last one stays."""
    others = OpeningWeek.objects.select_for_update().filter(hours=hours).exclude(pk=week.pk)
    if not others:
        return False
    week.delete()
    return True


@transaction.atomic
def add_special_days(
    hours: OpeningHours,
    *,
    name: str,
    first_day: date,
    last_day: date,
    every_year: bool,
    spans: Spans,
) -> SpecialOpening:
    return SpecialOpening.objects.create(
        hours=hours,
        name=name,
        first_day=first_day,
        last_day=last_day,
        every_year=every_year,
        spans=list(spans),
    )


@transaction.atomic
def remove_special_days(special: SpecialOpening) -> None:
    special.delete()


@transaction.atomic
def switch_holiday(hours: OpeningHours, key: str, spans: Spans | None) -> None:
    """None: a day like any other. No spans: closed, as holidays are unless switched."""
    row = OpeningHours.objects.select_for_update().get(pk=hours.pk)
    row.holidays.pop(key, None)
    if spans is None or spans:
        row.holidays[key] = None if spans is None else list(spans)
    row.save(update_fields=["holidays"])


@transaction.atomic
def delete(hours: OpeningHours) -> None:
    """Numbers and teams that had them are always there from now on."""
    hours.delete()
