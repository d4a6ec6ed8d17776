"""When, whom and of what to remind."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from inbox.forms.conversation_actions import CUSTOMER, SnoozeForm, moment_of
from inbox.models import Agent

OTHER = "other"


class ReminderForm(forms.Form):
    """``agent``: the one who sees the form, unless they choose a colleague."""

    CHOICES: ClassVar = [
        *(each for each in SnoozeForm.CHOICES if each[0] != CUSTOMER),
        (OTHER, gettext_lazy("At another time")),
    ]
    choice = forms.ChoiceField(
        label=gettext_lazy("When"), choices=CHOICES, required=False, initial="tomorrow"
    )
    until = forms.DateTimeField(
        label=gettext_lazy("Another time"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}),
        error_messages={"invalid": gettext_lazy("Choose a day and a time.")},
    )
    agent = forms.ModelChoiceField(
        Agent.objects.none(),
        label=gettext_lazy("Whom"),
        to_field_name="code",
        required=False,
        empty_label=gettext_lazy("Me"),
        error_messages={
            "invalid_choice": gettext_lazy("This colleague may not see this conversation.")
        },
    )
    text = forms.CharField(
        label=gettext_lazy("Of what"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Only colleagues read this."),
    )

    def __init__(self, *args: Any, colleagues: QuerySet[Agent], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["agent"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 (for the type checker)
        field.queryset = colleagues

    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        if self.errors:
            return cleaned
        chosen = cleaned["choice"]
        cleaned["at"] = cleaned["until"]  # whoever typed a moment means it
        if chosen and chosen != OTHER and not cleaned["at"]:
            cleaned["at"] = moment_of(chosen)
        if cleaned["at"] is None:
            self.add_error("until", _("Choose a day and a time."))
        return cleaned


class AgainForm(forms.Form):
    choice = forms.ChoiceField(choices=[c for c in SnoozeForm.CHOICES if c[0] != CUSTOMER])

    @property
    def moment(self) -> datetime:
        return moment_of(self.cleaned_data["choice"])
