"""To whom, and from which of our numbers, somebody writes first."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from inbox.models import Agent, Channel, Contact
from inbox.phone_numbers import LONGEST, NotANumber, read_phone


class WriteToForm(forms.Form):
    channel = forms.ModelChoiceField(
        Channel.objects.none(),
        label=gettext_lazy("From"),
        to_field_name="code",
        empty_label=None,
    )
    phone = forms.CharField(
        label=gettext_lazy("Phone number"),
        max_length=LONGEST,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}),
        help_text=gettext_lazy("With the country code, such as +49 151 23456789."),
    )
    name = forms.CharField(label=gettext_lazy("Name"), max_length=200, required=False)

    def __init__(self, *args: Any, by: Agent, contact: Contact | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        channels = Channel.objects.visible_to(by).in_use().order_by("name", "pk")
        channel = self.fields["channel"]
        assert isinstance(channel, forms.ModelChoiceField)  # noqa: S101 (narrows the type)
        channel.queryset = channels
        if contact:
            del self.fields["phone"], self.fields["name"]

    def clean_phone(self) -> str:
        """Digits only, as contacts keep them."""
        text = self.cleaned_data["phone"]
        if not text:
            raise ValidationError(_("Write a number, or choose a contact."))
        try:
            return read_phone(text)
        except NotANumber as exc:
            raise ValidationError(
                _("This is no number with its country. Write it like +49 151 23456789.")
            ) from exc
