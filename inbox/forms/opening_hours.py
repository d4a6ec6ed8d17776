"""What admins fill in about opening hours."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from inbox.countries import country_names, state_names
from inbox.forms.accounts import time_zone_names
from inbox.hours import writing
from inbox.hours.plan import Spans
from inbox.models import Channel, OpeningHours, OpeningWeek, SpecialOpening, Team


class SpansField(forms.CharField):
    """Hours of a day, such as "9-12, 13-18"; empty is closed."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, max_length=200, **kwargs)

    def clean(self, value: Any) -> Any:
        try:
            return writing.read(super().clean(value))
        except writing.NotHours as exc:
            message = _("“%(text)s” is no hours. Write them like this: 9:00-12:30, 13:30-18:00")
            raise ValidationError(message % {"text": exc}) from exc
        except writing.Overlapping as exc:
            raise ValidationError(_("These overlap: %(text)s") % {"text": exc}) from exc

    def prepare_value(self, value: Any) -> Any:
        return value if isinstance(value, str) else writing.write(value or ())


class NewHoursForm(forms.ModelForm):  # type: ignore[type-arg]  # not generic at run time
    time_zone = forms.ChoiceField(label=gettext_lazy("Time zone"))
    country = forms.ChoiceField(label=gettext_lazy("Public holidays of"), required=False)

    class Meta:
        model = OpeningHours
        fields: ClassVar = ["name", "time_zone", "country"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self.fields["time_zone"], [(name, name) for name in time_zone_names()])
        countries = [("", _("no country: there are none")), *country_names()]
        _offer(self.fields["country"], countries)


class HoursForm(NewHoursForm):
    state = forms.ChoiceField(label=gettext_lazy("Federal state"), required=False)
    channels = forms.ModelMultipleChoiceField(
        Channel.objects.in_use(),
        label=gettext_lazy("Numbers"),
        required=False,
        to_field_name="code",
        widget=forms.CheckboxSelectMultiple,
    )
    teams = forms.ModelMultipleChoiceField(
        Team.objects.all(),
        label=gettext_lazy("Teams"),
        required=False,
        to_field_name="code",
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Hours of a team go before those of the number."),
    )

    class Meta(NewHoursForm.Meta):
        fields: ClassVar = ["name", "time_zone", "country", "state"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = self.data.get("country") if self.is_bound else self.instance.country
        states = state_names(str(chosen or ""))
        _offer(self.fields["state"], [("", _("the whole country")), *states])
        for name in ("channels", "teams") if self.instance.pk else ():
            codes = getattr(self.instance, name).values_list("code", flat=True)
            self.initial[name] = list(codes)

    def clean_state(self) -> str:
        """One that belongs to another country is left behind with it."""
        state = str(self.cleaned_data["state"])
        known = dict(state_names(str(self.cleaned_data.get("country", ""))))
        return state if state in known else ""


class WeekForm(forms.Form):
    """``days`` of its cleaned data: the spans of seven days, from Monday."""

    valid_from = forms.DateField(
        label=gettext_lazy("Valid from"), widget=forms.DateInput(attrs={"type": "date"})
    )

    def __init__(self, *args: Any, week: OpeningWeek | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for day, name in WEEKDAYS.items():
            self.fields[f"day_{day}"] = SpansField(label=name)
        if week:
            self.initial["valid_from"] = week.valid_from.isoformat()
            for day, spans in enumerate(week.as_week().days):
                self.initial[f"day_{day}"] = writing.write(spans)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        days: list[Spans] = [cleaned.get(f"day_{day}", ()) for day in WEEKDAYS]
        return {"valid_from": cleaned.get("valid_from"), "days": days}


class SpecialDaysForm(forms.ModelForm):  # type: ignore[type-arg]  # not generic at run time
    spans = SpansField(
        label=gettext_lazy("Hours"), help_text=gettext_lazy("Empty: closed all day.")
    )

    class Meta:
        model = SpecialOpening
        fields: ClassVar = ["name", "first_day", "last_day", "every_year", "spans"]
        widgets: ClassVar = {
            "first_day": forms.DateInput(attrs={"type": "date"}),
            "last_day": forms.DateInput(attrs={"type": "date"}),
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        first, last = cleaned.get("first_day"), cleaned.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", _("This is before the first day."))
        elif first and last and cleaned.get("every_year") and (last - first).days > 300:
            self.add_error("last_day", _("What comes every year may last 300 days at most."))
        return cleaned


class HolidayForm(forms.Form):
    """How one public holiday is kept. ``spans`` of its cleaned data: None is any other day."""

    key = forms.CharField(max_length=200, widget=forms.HiddenInput)
    kept = forms.ChoiceField(
        choices=[
            ("closed", gettext_lazy("closed")),
            ("usual", gettext_lazy("a day like any other")),
            ("hours", gettext_lazy("other hours")),
        ]
    )
    hours = SpansField()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        kept, hours = cleaned.get("kept"), cleaned.get("hours")
        if kept == "hours" and not hours and "hours" not in self.errors:
            self.add_error("hours", _("Say which hours, such as 9-12."))
        spans = {"usual": None, "hours": hours}.get(str(kept), ())
        return {"key": cleaned.get("key", ""), "spans": spans}


def _offer(field: forms.Field, choices: list[tuple[str, str]]) -> None:
    assert isinstance(field, forms.ChoiceField)  # noqa: S101 (for types)
    field.choices = choices
