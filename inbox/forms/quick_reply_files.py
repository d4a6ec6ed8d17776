"""Files that go along with a quick reply: put there, and taken away again."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from inbox.actions import quick_reply_files
from inbox.models import QuickReply


class _FilesInput(forms.FileInput):
    allow_multiple_selected = True


class _FilesField(forms.FileField):
    widget = _FilesInput

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[bytes]]:
        given = data if isinstance(data, list | tuple) else [data]
        files = [super(_FilesField, self).clean(one, initial) for one in given if one]
        for file in files:
            try:
                quick_reply_files.require_sendable(file)
            except quick_reply_files.NotSendable as exc:
                raise ValidationError(f"{file.name}: {exc}") from exc
        return files


class FilesForm(forms.Form):
    add = _FilesField(
        label=gettext_lazy("Add files"),
        required=False,
        help_text=gettext_lazy("At most 5; they are sent after the text."),
    )
    remove = forms.MultipleChoiceField(
        label=gettext_lazy("Take away"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, instance: QuickReply | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.stored = list(instance.files.all()) if instance else []
        field = self.fields["remove"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 (for types)
        field.choices = [(str(file.code), file.name) for file in self.stored]

    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        left = len(self.stored) - len(cleaned.get("remove", []))
        if left + len(cleaned.get("add", [])) > quick_reply_files.MOST:
            self.add_error("add", _("At most 5 files go along with a quick reply."))
        return cleaned
