"""Opening hours: the week, days that are different, holidays, and for whom they hold."""

from __future__ import annotations

import uuid
from datetime import date

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from inbox.actions import opening_hours as actions
from inbox.forms.opening_hours import (
    HolidayForm,
    HoursForm,
    NewHoursForm,
    SpecialDaysForm,
    WeekForm,
)
from inbox.http import AgentRequest
from inbox.models import OpeningHours, OpeningWeek, SpecialOpening
from inbox.permissions import admin_required, lead_required
from inbox.views.settings import opening_calendar, opening_words
from inbox.views.settings.forms import show_form


@lead_required
@require_GET
def opening_hours(request: AgentRequest) -> HttpResponse:
    form = NewHoursForm(initial={"time_zone": request.user.time_zone, "country": "DE"})
    return _list(request, form)


@admin_required
@require_POST
def create(request: AgentRequest) -> HttpResponse:
    form = NewHoursForm(request.POST)
    if not form.is_valid():
        return _list(request, form)
    hours = actions.create(**form.cleaned_data, today=timezone.localdate())
    return redirect("inbox:settings_opening", hours.code)


@admin_required
@require_http_methods(["GET", "HEAD", "POST"])
def hours(request: AgentRequest, code: uuid.UUID) -> HttpResponse:
    stored = _get(code)
    form = HoursForm(request.POST or None, instance=_get(code))
    if not form.is_valid():
        return _page(request, stored, form)
    fields = form.cleaned_data
    actions.hold_for(stored, channels=fields.pop("channels"), teams=fields.pop("teams"))
    actions.change(stored, **fields)
    return _saved(request, stored)


@admin_required
@require_GET
def states(request: AgentRequest) -> HttpResponse:
    """The choice of states once a country has been chosen."""
    form = HoursForm({"country": request.GET.get("country", "")}, instance=OpeningHours())
    return render(request, "settings/_opening_state.html", {"field": form["state"]})


@admin_required
@require_POST
def set_week(request: AgentRequest, code: uuid.UUID) -> HttpResponse:
    hours = _get(code)
    form = WeekForm(request.POST)
    if not form.is_valid():
        return _page(request, hours, form)
    actions.set_week(hours, **form.cleaned_data)
    return _saved(request, hours)


@admin_required
@require_POST
def remove_week(request: AgentRequest, code: uuid.UUID) -> HttpResponse:
    hours = _get(code)
    week = get_object_or_404(hours.weeks, valid_from=_read_day(request.POST.get("valid_from")))
    if not actions.remove_week(hours, week):
        messages.error(request, _("The only week stays. Change it instead."))
        return redirect("inbox:settings_opening", hours.code)
    return _saved(request, hours)


@admin_required
@require_POST
def add_special_days(request: AgentRequest, code: uuid.UUID) -> HttpResponse:
    hours = _get(code)
    form = SpecialDaysForm(request.POST)
    if not form.is_valid():
        return _page(request, hours, form)
    actions.add_special_days(hours, **form.cleaned_data)
    return _saved(request, hours)


@admin_required
@require_POST
def remove_special_days(request: AgentRequest, code: uuid.UUID) -> HttpResponse:
    special = get_object_or_404(SpecialOpening.objects.select_related("hours"), code=code)
    actions.remove_special_days(special)
    return _saved(request, special.hours)


@admin_required
@require_POST
def switch_holiday(request: AgentRequest, code: uuid.UUID) -> HttpResponse:
    hours = _get(code)
    form = HolidayForm(request.POST)
    if not form.is_valid():
        return _page(request, hours, form)
    actions.switch_holiday(hours, form.cleaned_data["key"], form.cleaned_data["spans"])
    return _saved(request, hours)


@lead_required
@require_GET
def calendar(request: AgentRequest, code: uuid.UUID) -> HttpResponse:
    hours = _get(code)
    plan = hours.plan(get_language() or "en")
    today = timezone.localdate(timezone=plan.zone)
    months = opening_calendar.months(plan, today)
    context = {
        "hours": hours,
        "months": months,
        "weekdays": opening_calendar.weekdays(),
        "different_days": opening_calendar.different_days(months, today),
    }
    return render(request, "settings/opening_calendar.html", context)


@admin_required
@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: AgentRequest, code: uuid.UUID) -> HttpResponse:
    hours = _get(code)
    if request.method == "POST":
        actions.delete(hours)
        messages.success(request, _("“%(name)s” is gone.") % {"name": hours.name})
        return redirect("inbox:settings_openings")
    context = {"hours": hours, "users": opening_words.users(hours)}
    return render(request, "settings/opening_delete.html", context)


def _get(code: uuid.UUID) -> OpeningHours:
    return get_object_or_404(OpeningHours, code=code)


def _list(request: AgentRequest, form: BaseForm) -> HttpResponse:
    related = OpeningHours.objects.prefetch_related(
        "weeks", "special_days", "channels", "teams"
    )
    lines = [opening_words.line(hours, timezone.now()) for hours in related]
    return show_form(request, "settings/openings.html", form, lines=lines)


def _page(request: AgentRequest, hours: OpeningHours, form: BaseForm) -> HttpResponse:
    """All forms of the page; the one that was sent comes as it was filled in."""
    today = timezone.localdate()
    weeks = list(hours.weeks.all())
    forms = {
        "place": HoursForm(instance=hours),
        "week": WeekForm(week=_holding(weeks, today)),
        "special": SpecialDaysForm(),
        "holiday": HolidayForm(),
    }
    for name, empty in forms.items():
        if type(empty) is type(form):
            forms[name] = form
    context = {
        "hours": hours,
        "forms": forms,
        "weeks": opening_words.weeks(weeks, today),
        "special_days": opening_words.special_days(hours),
        "holidays": opening_words.holidays(hours, today),
    }
    return show_form(request, "settings/opening.html", form, **context)


def _holding(weeks: list[OpeningWeek], today: date) -> OpeningWeek | None:
    held = [week for week in weeks if week.valid_from <= today] or weeks[:1]
    return held[-1] if held else None


def _saved(request: AgentRequest, hours: OpeningHours) -> HttpResponse:
    messages.success(request, _("Saved."))
    return redirect("inbox:settings_opening", hours.code)


def _read_day(text: str | None) -> date | None:
    try:
        return parse_date(text or "")
    except ValueError:
        return None
