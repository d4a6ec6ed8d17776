"""What agents write to customers. Limits are WhatsApp's; what passes here can be sent."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import RegexValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from inbox.forms.drafts import AnswerForm, DraftForm, ManyField

LONGEST_TEXT = 4096
LONGEST_CAPTION = 1024
MOST_BUTTONS = 3
MOST_ROWS = 10


class ReplyForm(AnswerForm):
    body = forms.CharField(
        label=gettext_lazy("Your answer"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": gettext_lazy("Write something first.")},
    )
    # Reply buttons below the text: those of a quick reply.
    button = ManyField(forms.CharField(max_length=20), most=MOST_BUTTONS)

    def clean(self) -> dict[str, Any]:
        self.require_filled("body")
        buttons = self.cleaned_data["buttons"] = self.cleaned_data.pop("button", [])
        if len(set(buttons)) < len(buttons):
            self.add_error("button", _("Each button needs a text of its own."))
        if buttons and len(self.cleaned_data.get("body", "")) > LONGEST_CAPTION:
            self.add_error(
                "body",
                _("With buttons the text may have %(most)d characters. Shorten it.")
                % {"most": LONGEST_CAPTION},
            )
        return super().clean()


class FileForm(AnswerForm):
    file = forms.FileField(
        label=gettext_lazy("File"),
        error_messages={"empty": gettext_lazy("This file is empty.")},
    )
    caption = forms.CharField(
        label=gettext_lazy("Caption"), max_length=LONGEST_CAPTION, required=False
    )
    voice = forms.BooleanField(required=False)

    def clean_file(self) -> UploadedFile[bytes]:
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        if file.size is not None and file.size > settings.MAX_UPLOAD_BYTES:
            raise forms.ValidationError(_("WhatsApp takes files of up to 100 MB."))
        return file

    def clean(self) -> dict[str, Any]:
        self.require_filled("caption")
        return super().clean()


class LocationForm(DraftForm):
    name = forms.CharField(
        label=gettext_lazy("Name of the place"), max_length=200, required=False
    )
    address = forms.CharField(label=gettext_lazy("Address"), max_length=400, required=False)
    latitude = forms.FloatField(
        label=gettext_lazy("Latitude"),
        min_value=-90,
        max_value=90,
        widget=forms.NumberInput(attrs={"step": "any", "inputmode": "decimal"}),
    )
    longitude = forms.FloatField(
        label=gettext_lazy("Longitude"),
        min_value=-180,
        max_value=180,
        widget=forms.NumberInput(attrs={"step": "any", "inputmode": "decimal"}),
    )


class ContactCardForm(DraftForm):
    name = forms.CharField(label=gettext_lazy("Name"), max_length=200)
    phone = forms.CharField(
        label=gettext_lazy("Phone"),
        max_length=32,
        help_text=gettext_lazy("With the country code, such as +49 30 901820."),
        validators=[
            RegexValidator(
                r"^\+[0-9][0-9 ()/.-]{4,30}$",
                gettext_lazy("Write the number with its country code, such as +49 30 901820."),
            )
        ],
        widget=forms.TextInput(attrs={"type": "tel"}),
    )
    email = forms.EmailField(label=gettext_lazy("E-mail"), required=False)
    organisation = forms.CharField(
        label=gettext_lazy("Company"), max_length=200, required=False
    )


class AroundForm(DraftForm):
    """A text with a line above and a line below it."""

    body = forms.CharField(
        label=gettext_lazy("Text"),
        max_length=LONGEST_CAPTION,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    header = forms.CharField(label=gettext_lazy("Heading"), max_length=60, required=False)
    footer = forms.CharField(label=gettext_lazy("Footer"), max_length=60, required=False)


class ButtonsForm(AroundForm):
    button_1 = forms.CharField(label=gettext_lazy("First button"), max_length=20)
    button_2 = forms.CharField(
        label=gettext_lazy("Second button"), max_length=20, required=False
    )
    button_3 = forms.CharField(
        label=gettext_lazy("Third button"), max_length=20, required=False
    )

    def clean(self) -> dict[str, Any]:
        names = [f"button_{number}" for number in range(1, MOST_BUTTONS + 1)]
        titles = [self.cleaned_data.pop(name, "") for name in names]
        chosen = [title for title in titles if title]
        for name, title in zip(names, titles, strict=True):
            if title and chosen.count(title) > 1:
                self.add_error(name, _("Each button needs a text of its own."))
                break
        self.cleaned_data["buttons"] = chosen
        return self.cleaned_data


class ListForm(AroundForm):
    """Rows are written one a line: ``title | description``."""

    body = forms.CharField(
        label=gettext_lazy("Text"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    button = forms.CharField(
        label=gettext_lazy("Button that opens the list"),
        max_length=20,
        initial=gettext_lazy("Choose"),
    )
    rows = forms.CharField(
        label=gettext_lazy("Choices"),
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy("One a line, at most 10; a description after a bar: A | B"),
    )

    def clean_rows(self) -> list[tuple[str, str]]:
        lines = [line for line in self.cleaned_data["rows"].splitlines() if line.strip()]
        parts = [line.partition("|") for line in lines]
        rows = [(title.strip(), about.strip()) for title, _bar, about in parts]
        if len(rows) > MOST_ROWS:
            raise forms.ValidationError(_("A list holds at most 10 choices."))
        for title, about in rows:
            _require_row(title, about)
        if len({title for title, _about in rows}) < len(rows):
            raise forms.ValidationError(_("Each choice needs a text of its own."))
        return rows


def _require_row(title: str, about: str) -> None:
    if not title:
        raise forms.ValidationError(_("Each line begins with the choice itself."))
    if len(title) > 24:
        raise forms.ValidationError(
            _("“%(title)s” is longer than 24 characters.") % {"title": title[:40]}
        )
    if len(about) > 72:
        raise forms.ValidationError(
            _("The description of “%(title)s” is longer than 72 characters.") % {"title": title}
        )


class LinkButtonForm(AroundForm):
    text = forms.CharField(label=gettext_lazy("Text on the button"), max_length=20)
    url = forms.URLField(
        label=gettext_lazy("Address"),
        max_length=2000,
        assume_scheme="https",
        widget=forms.URLInput(attrs={"placeholder": "https://"}),
    )

    def clean_url(self) -> str:
        url: str = self.cleaned_data["url"]
        if not url.lower().startswith(("http://", "https://")):
            raise forms.ValidationError(_("The address begins with https:// or http://."))
        return url


class RequestForm(DraftForm):
    """Asks the customer for their place or their number."""

    REQUESTS: ClassVar = [
        ("location", gettext_lazy("their location")),
        ("contact_info", gettext_lazy("their phone number")),
    ]
    request = forms.ChoiceField(
        label=gettext_lazy("Ask for"), choices=REQUESTS, widget=forms.RadioSelect
    )
    body = forms.CharField(
        label=gettext_lazy("Text"),
        max_length=LONGEST_CAPTION,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class ReactionForm(forms.Form):
    emoji = forms.CharField(max_length=40, required=False)

    def clean_emoji(self) -> str:
        emoji: str = self.cleaned_data["emoji"]
        if any(character.isalnum() and character.isascii() for character in emoji):
            raise forms.ValidationError(_("Choose an emoji."))
        return emoji
