"""When somebody is there to answer: hours that numbers and teams share."""

from __future__ import annotations

import uuid
import zoneinfo
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from inbox.hours.plan import CLOSED, Plan, Span, Spans, SpecialDays, Week
from inbox.hours.public_holidays import Calendar
from inbox.models.agent import validate_time_zone


class OpeningHours(models.Model):
    """One set of hours, such as "Shop". Numbers and teams that have none are always there.

    Hours are lists of ``[opens, closes]`` in minutes after midnight (inbox.hours.plan.Span).
    """

    code = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=60, unique=True)
    time_zone = models.CharField(
        _("time zone"), max_length=64, default="Europe/Berlin", validators=[validate_time_zone]
    )
    country = models.CharField(max_length=2, blank=True)
    state = models.CharField(max_length=16, blank=True)
    # Hours of public holidays that are not closed all day; null for a day like any other.
    holidays = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name

    def plan(self, language: str) -> Plan:
        """``language`` is that of the names of holidays."""
        return Plan(
            zone=zoneinfo.ZoneInfo(self.time_zone),
            weeks=tuple(week.as_week() for week in self.weeks.all()),
            special_days=tuple(days.as_special_days() for days in self.special_days.all()),
            calendar=self.calendar(language),
            holidays={
                key: None if spans is None else read_spans(spans)
                for key, spans in self.holidays.items()
            },
        )

    def calendar(self, language: str) -> Calendar | None:
        return Calendar(self.country, self.state, language) if self.country else None


class OpeningWeek(models.Model):
    """Hours from Monday to Sunday, from a day on until a later week holds."""

    hours = models.ForeignKey(
        OpeningHours, on_delete=models.CASCADE, related_name="weeks", db_index=False
    )
    valid_from = models.DateField()
    days = models.JSONField()  # of seven days, each a list of spans

    class Meta:
        ordering: ClassVar = ["valid_from"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["hours", "valid_from"], name="opening_week_once"),
        ]

    def __str__(self) -> str:
        return f"from {self.valid_from}"

    def as_week(self) -> Week:
        monday, tuesday, wednesday, thursday, friday, saturday, sunday = map(
            read_spans, self.days
        )
        days = (monday, tuesday, wednesday, thursday, friday, saturday, sunday)
        return Week(self.valid_from, days)


class SpecialOpening(models.Model):
    """Days that are closed or have other hours: once, or every year."""

    code = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    hours = models.ForeignKey(
        OpeningHours, on_delete=models.CASCADE, related_name="special_days"
    )
    name = models.CharField(_("name"), max_length=60)
    first_day = models.DateField(_("from"))
    last_day = models.DateField(_("to"))
    every_year = models.BooleanField(_("every year"), default=False)
    spans = models.JSONField(default=list)

    class Meta:
        ordering: ClassVar = ["first_day", "last_day", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day")), name="special_opening_in_order"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def as_special_days(self) -> SpecialDays:
        return SpecialDays(
            self.name, self.first_day, self.last_day, self.every_year, read_spans(self.spans)
        )


def read_spans(stored: list[Any]) -> Spans:
    return tuple(Span(opens, closes) for opens, closes in stored) if stored else CLOSED
