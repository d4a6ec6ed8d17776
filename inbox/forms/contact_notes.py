"""What agents write down about a person."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from inbox.models.contact_record import LONGEST_NOTE


class NoteForm(forms.Form):
    body = forms.CharField(
        label=_("Note"),
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write something first.")},
    )
