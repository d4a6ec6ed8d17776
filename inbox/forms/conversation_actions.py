"""What agents choose when they act on a conversation."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any, ClassVar

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from inbox.models import Agent, Conversation, Team
from inbox.models.conversation import HANDOVER_NOTE_LENGTH

MORNING = time(9)
CUSTOMER = "customer"  # no moment: until they write


class SnoozeForm(forms.Form):
    """One of the usual moments, or any other, on the agent's own clock; None: no moment."""

    CHOICES: ClassVar = [
        ("hour", gettext_lazy("In 1 hour")),
        ("hours", gettext_lazy("In 3 hours")),
        ("tomorrow", gettext_lazy("Tomorrow at 9")),
        ("monday", gettext_lazy("Next Monday at 9")),
        (CUSTOMER, gettext_lazy("When the customer writes")),
    ]
    choice = forms.ChoiceField(choices=CHOICES, required=False)
    until = forms.DateTimeField(
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}),
        error_messages={"invalid": gettext_lazy("Choose a day and a time.")},
    )

    def clean(self) -> dict[str, Any]:
        if self.errors:
            return self.cleaned_data
        chosen = self.cleaned_data["choice"]
        if chosen == CUSTOMER:
            self.cleaned_data["until"] = None
            return self.cleaned_data
        until = moment_of(chosen) if chosen else self.cleaned_data["until"]
        if until is None:
            self.add_error("until", _("Choose a day and a time."))
        self.cleaned_data["until"] = until
        return self.cleaned_data


def moment_of(choice: str) -> datetime:
    now = timezone.localtime()
    if choice in {"hour", "hours"}:
        return now + timedelta(hours=1 if choice == "hour" else 3)
    days = 1 if choice == "tomorrow" else 7 - now.weekday()
    day = now.date() + timedelta(days=days)
    return datetime.combine(day, MORNING, tzinfo=timezone.get_current_timezone())


class AssignForm(forms.Form):
    """To whom, and what they should know."""

    agent = forms.ModelChoiceField(Agent.objects.active(), to_field_name="code", required=False)
    team = forms.ModelChoiceField(Team.objects.all(), to_field_name="code", required=False)
    note = forms.CharField(
        max_length=HANDOVER_NOTE_LENGTH,
        required=False,
        error_messages={
            "max_length": gettext_lazy(
                "The note is too long: %(show_value)d of %(limit_value)d."
            )
        },
    )

    def clean_note(self) -> str:
        """One line: it stands in a sentence."""
        return " ".join(str(self.cleaned_data["note"]).split())

    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        if not self.errors and bool(cleaned["agent"]) == bool(cleaned["team"]):
            raise forms.ValidationError(_("Choose who should have it."))
        cleaned["to"] = cleaned.get("agent") or cleaned.get("team")
        return cleaned


class TakeForm(forms.Form):
    """``instead_of`` is whom the agent saw it with; nobody when it lay free."""

    instead_of = forms.ModelChoiceField(
        Agent.objects.all(), to_field_name="code", required=False
    )


class PriorityForm(forms.Form):
    priority = forms.TypedChoiceField(choices=Conversation.Priority.choices, coerce=int)
