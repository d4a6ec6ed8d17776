"""What an agent chooses to do with many conversations."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _

from inbox.actions import bulk_acts
from inbox.actions.bulk_acts import Order
from inbox.forms.conversation_actions import AssignForm, PriorityForm, SnoozeForm
from inbox.models import Agent, BulkAct, Label

What = BulkAct.What


class LabelForm(forms.Form):
    label = forms.ModelChoiceField(Label.objects.all(), to_field_name="code")

    def __init__(self, data: Any, *, by: Agent) -> None:
        super().__init__(data)
        field = self.fields["label"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 (for types)
        field.queryset = Label.objects.visible_to(by)


# What an act is done with, in the words of the form for one conversation.
NEEDS: dict[str, tuple[type[forms.Form], str]] = {
    What.ADD_LABEL: (LabelForm, "label"),
    What.REMOVE_LABEL: (LabelForm, "label"),
    What.ASSIGN: (AssignForm, "to"),
    What.SNOOZE: (SnoozeForm, "until"),
    What.PRIORITY: (PriorityForm, "priority"),
}


class CodesField(forms.CharField):
    """Codes of conversations with commas between them."""

    def __init__(self) -> None:
        super().__init__(required=False, max_length=37 * bulk_acts.MOST)

    def clean(self, value: Any) -> list[UUID]:
        text = super().clean(value)
        try:
            return [UUID(code) for code in text.split(",")] if text else []
        except ValueError as error:
            raise forms.ValidationError(
                _("This choice is not complete. Choose again.")
            ) from error


class BulkForm(forms.Form):
    """Which conversations (by their codes, or a choice that was kept), and what to do."""

    what = forms.ChoiceField(choices=What.choices)
    chosen = forms.UUIDField(required=False)
    conversations = CodesField()
    without = CodesField()

    def __init__(self, data: Any, *, by: Agent) -> None:
        super().__init__(data)
        self._by = by

    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        if "what" in cleaned:
            cleaned["order"] = self._order(cleaned["what"])
        return cleaned

    def _order(self, what: str) -> Order | None:
        if what not in NEEDS:
            return Order(what)
        kind, name = NEEDS[what]
        needs = kind(self.data, by=self._by) if kind is LabelForm else kind(self.data)
        if needs.is_valid():
            return Order(what, **{name: needs.cleaned_data[name]})
        for errors in needs.errors.values():
            self.add_error(None, list(errors))
        return None
