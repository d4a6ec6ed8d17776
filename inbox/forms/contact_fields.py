"""Fields of contacts: how admins make them, how agents fill them in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.formats import get_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from inbox.contact_fields import Value, text_of
from inbox.models import ContactField
from inbox.models.contact_field import LONGEST_TEXT
from inbox.typed_numbers import NotANumber, read_number

LONGEST_CHOICE = 80
MOST_CHOICES = 100
LARGEST = Decimal(10) ** 14
SMALLEST = Decimal("0.000001")
Kind = ContactField.Kind


class ChoicesField(forms.CharField):
    """Choices, one a line."""

    def __init__(self) -> None:
        super().__init__(
            label=gettext_lazy("Choices"),
            required=False,
            max_length=MOST_CHOICES * (LONGEST_CHOICE + 2),
            widget=forms.Textarea(attrs={"rows": 5}),
            help_text=gettext_lazy("One a line; only for fields to choose from."),
        )

    def clean(self, value: Any) -> Any:
        lines = [" ".join(line.split()) for line in super().clean(value).splitlines()]
        choices = list(dict.fromkeys(line for line in lines if line))
        if len(choices) > MOST_CHOICES:
            raise ValidationError(_("At most %(count)d choices.") % {"count": MOST_CHOICES})
        for choice in choices:
            if len(choice) > LONGEST_CHOICE:
                raise ValidationError(
                    _("“%(text)s…” is too long for a choice.") % {"text": choice[:40]}
                )
        return choices

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value


class ChangeFieldForm(forms.ModelForm):  # type: ignore[type-arg]  # not generic at run time
    choices = ChoicesField()

    class Meta:
        model = ContactField
        fields: ClassVar = ["name", "choices"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk and self.instance.kind != Kind.CHOICE:
            del self.fields["choices"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        kind = cleaned.get("kind") or self.instance.kind
        if kind != Kind.CHOICE:
            cleaned["choices"] = []
        elif cleaned.get("choices") == []:
            self.add_error("choices", _("Write at least one choice."))
        return cleaned


class NewFieldForm(ChangeFieldForm):
    class Meta:
        model = ContactField
        fields: ClassVar = ["name", "key", "kind", "choices"]
        help_texts: ClassVar = {
            "key": gettext_lazy("How quick replies call it: {{ field.key }}. It stays."),
        }


class NumberField(forms.CharField):
    """A number, typed with comma or point."""

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        try:
            number = read_number(text, thousands=str(get_format("THOUSAND_SEPARATOR")))
        except NotANumber as exc:
            raise ValidationError(_("This is no number. Write it like 42 or 42,5.")) from exc
        if abs(number) >= LARGEST or number % SMALLEST:
            raise ValidationError(_("At most 14 digits before and 6 behind the decimal mark."))
        return number

    def prepare_value(self, value: Any) -> Any:
        return text_of(value) if isinstance(value, Decimal) else value


class ValuesForm(forms.Form):
    """The fields of one contact. What was typed stays when something is wrong."""

    def __init__(
        self,
        *args: Any,
        fields: Iterable[ContactField],
        held: Mapping[int, Value],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self._asked = {f"field-{field.code}": field for field in fields}
        for name, field in self._asked.items():
            self.fields[name] = _field(field, held.get(field.pk))

    @property
    def values(self) -> dict[ContactField, Value]:
        """Only of those that stood in the form: another may have been made meanwhile."""
        return {
            field: self.cleaned_data[name]
            for name, field in self._asked.items()
            if name in self.data
        }


def _field(field: ContactField, held: Value) -> forms.Field:
    common: dict[str, Any] = {"label": field.name, "required": False, "initial": held}
    match field.kind:
        case Kind.NUMBER:
            return NumberField(
                max_length=40,
                widget=forms.TextInput(attrs={"inputmode": "decimal"}),
                **common,
            )
        case Kind.DATE:
            widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
            return forms.DateField(widget=widget, **common)
        case Kind.CHOICE:
            choices = [("", "–"), *((choice, choice) for choice in field.choices)]
            if held and held not in field.choices:
                choices.append((str(held), str(held)))
            return forms.ChoiceField(choices=choices, **common)
    return forms.CharField(max_length=LONGEST_TEXT, **common)
