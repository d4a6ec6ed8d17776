"""What admins fill in about the texts that a number sends by itself."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from inbox import automatic_texts, automatic_words
from inbox.actions.automatic import Words
from inbox.automatic import wording
from inbox.automatic.rules import Kind
from inbox.automatic.suggestions import SUGGESTIONS, USUAL_AFTER
from inbox.models import AutomaticText
from inbox.models.automatic import LONGEST
from inbox.placeholders import unknown_in

# The fields for words, by language and form of address.
VARIANTS: dict[str, tuple[str, str]] = {
    "any": ("", ""),
    "de": ("de", ""),
    "de_du": ("de", "du"),
    "en": ("en", ""),
}
_LABELS = {
    "any": gettext_lazy("Any language"),
    "de": gettext_lazy("German"),
    "de_du": gettext_lazy("German, with du"),
    "en": gettext_lazy("English"),
}
_AFTER = {
    Kind.RETURNING: gettext_lazy("Days since their last conversation"),
    Kind.BUSY: gettext_lazy("Minutes without an answer, in opening hours"),
}
EPOCH, FAR = 2025, 50  # years
_MOST_AFTER = {Kind.RETURNING: 3650, Kind.BUSY: 1440}


class WordsField(forms.CharField):
    """A text that may go to customers as it is."""

    def __init__(self, kind: Kind, **kwargs: Any) -> None:
        self.kind = kind
        super().__init__(
            required=False, max_length=LONGEST, widget=forms.Textarea({"rows": 4}), **kwargs
        )

    def validate(self, value: Any) -> None:
        super().validate(value)
        mistakes = [*_places(value, self.kind), *automatic_words.refusals(value)]
        if mistakes:
            raise ValidationError(mistakes)


class AutomaticTextForm(forms.Form):
    is_on = forms.BooleanField(
        label=pgettext_lazy("an automatic text", "Switched on"), required=False
    )

    def __init__(self, kind: Kind, text: AutomaticText | None, data: Any = None) -> None:
        super().__init__(data, prefix=kind.value, initial=_initial(kind, text))
        self.kind = kind
        if kind in _AFTER:
            self.fields["after"] = forms.IntegerField(
                label=_AFTER[kind], min_value=1, max_value=_MOST_AFTER[kind]
            )
        if kind == Kind.PRIVACY:
            self.fields["link"] = forms.URLField(
                label=gettext_lazy("Link of the whole notice"),
                max_length=300,
                required=False,
                assume_scheme="https",
            )
            self.fields["is_new_version"] = forms.BooleanField(
                label=gettext_lazy("New version: tell everybody again"), required=False
            )
        for name, label in _LABELS.items():
            self.fields[name] = WordsField(kind, label=label)

    def words_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in VARIANTS]

    def other_fields(self) -> list[forms.BoundField]:
        return [field for field in self if field.name not in VARIANTS]

    @property
    def words(self) -> Words:
        return {key: self.cleaned_data.get(name, "") for name, key in VARIANTS.items()}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("is_on"):
            self._require_words(cleaned)
        return cleaned

    def _require_words(self, cleaned: Mapping[str, Any]) -> None:
        written = {name: text for name in VARIANTS if (text := cleaned.get(name))}
        if not written and not any(name in self.errors for name in VARIANTS):
            self.add_error("any", _("Write a text before you switch it on."))
        if self.kind != Kind.PRIVACY:
            return
        if not cleaned.get("link") and "link" not in self.errors:
            self.add_error("link", _("A privacy notice needs a link."))
        for name, text in written.items():
            if wording.LINK not in wording.places_in(text):
                self.add_error(name, _("Say where the link goes: {{ link }}"))


def _places(text: str, kind: Kind) -> list[str]:
    unknown = unknown_in(text, automatic_texts.places())
    if unknown:
        return [_("Nobody knows what this is: %(places)s") % {"places": ", ".join(unknown)}]
    open_places = automatic_texts.without_fallback(text, kind)
    return [
        _("Say what stands there when nothing is known: {{ %(place)s | … }}") % {"place": place}
        for place in open_places
    ]


def _initial(kind: Kind, text: AutomaticText | None) -> dict[str, Any]:
    """What is stored, or a suggestion that waits to be switched on."""
    if text is None:
        words = SUGGESTIONS[kind]
        initial: dict[str, Any] = {"after": USUAL_AFTER.get(kind, 0)}
    else:
        words = {(one.language, one.form): one.body for one in text.variants.all()}
        initial = {"is_on": text.is_on, "after": text.after, "link": text.link}
    return initial | {name: words.get(key, "") for name, key in VARIANTS.items()}


class TryoutForm(forms.Form):
    """A made-up customer and a moment."""

    # On the clock of the opening hours, whatever the reader's shows.
    when = forms.CharField(
        label=gettext_lazy("When they write"),
        max_length=20,
        widget=forms.TextInput({"type": "datetime-local"}),
    )
    who = forms.ChoiceField(
        label=gettext_lazy("Who writes"),
        choices=[
            ("new", gettext_lazy("somebody for the first time")),
            ("known", gettext_lazy("somebody who wrote last week")),
            ("returning", gettext_lazy("somebody after a long time")),
        ],
    )
    speaks = forms.ChoiceField(
        label=gettext_lazy("Their language"),
        choices=[(name, label) for name, label in _LABELS.items() if name != "any"],
    )

    def clean_when(self) -> datetime:
        try:
            when = datetime.fromisoformat(str(self.cleaned_data["when"]))
        except ValueError:
            when = None
        if when is None or when.tzinfo or abs(when.year - EPOCH) > FAR:
            raise ValidationError(_("Enter a day and a time of these years."))
        return when
