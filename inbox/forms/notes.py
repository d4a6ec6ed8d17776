"""What agents write to each other."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from inbox import mentioning

LONGEST = 10_000
MOST_FILES = 10


class FilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """As many files as were chosen, each looked at."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[bytes]]:
        files = data if isinstance(data, list | tuple) else [data] if data else []
        if len(files) > MOST_FILES:
            raise forms.ValidationError(
                _("At most %(most)d files go with a note.") % {"most": MOST_FILES}
            )
        cleaned = [super(FilesField, self).clean(each, initial) for each in files]
        if any((file.size or 0) > settings.MAX_UPLOAD_BYTES for file in cleaned):
            raise forms.ValidationError(_("Files may have up to 100 MB."))
        return cleaned


class NoteForm(forms.Form):
    draft_key = forms.UUIDField(required=False, widget=forms.HiddenInput)
    body = forms.CharField(
        label=gettext_lazy("Your note"),
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    attached = FilesField(
        label=gettext_lazy("Files"),
        required=False,
        error_messages={"empty": gettext_lazy("This file is empty.")},
    )

    def __init__(self, *args: Any, has_files: bool = False, **kwargs: Any) -> None:
        """``has_files``: the note has some already, and needs no words."""
        super().__init__(*args, **kwargs)
        self._has_files = has_files

    @property
    def picked(self) -> list[str]:
        """Who may be mentioned: one more than allowed is enough to be refused."""
        return cast("QueryDict", self.data).getlist("mention")[: mentioning.MOST + 1]

    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        has_files = self._has_files or cleaned.get("attached")
        if not self.errors and not cleaned["body"].strip() and not has_files:
            self.add_error("body", _("Write something first."))
        return cleaned
