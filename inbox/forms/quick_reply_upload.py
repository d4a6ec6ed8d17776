"""A table that is brought along, and the same table again once its plan was read."""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from inbox import quick_reply_table


class UploadForm(forms.Form):
    table = forms.FileField(
        label=_("CSV file"), widget=forms.FileInput(attrs={"accept": ".csv,text/csv"})
    )

    def clean_table(self) -> str:
        file: UploadedFile[bytes] = self.cleaned_data["table"]
        try:
            return quick_reply_table.decode(file.read(quick_reply_table.MOST_BYTES + 1))
        except quick_reply_table.Unreadable as exc:
            raise ValidationError(str(exc)) from exc


class ConfirmForm(forms.Form):
    """``fingerprint`` is that of the plan that was read (Plan.fingerprint)."""

    text = forms.CharField(
        max_length=quick_reply_table.MOST_BYTES, strip=False, widget=forms.HiddenInput
    )
    fingerprint = forms.CharField(max_length=64, widget=forms.HiddenInput)
