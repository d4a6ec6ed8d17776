"""What admins fill in about labels."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from inbox.models import Agent, Label
from inbox.palette import COLOURS
from inbox.sensitive_names import Kind, kind_of

KINDS: dict[Kind, str | Promise] = {
    Kind.HEALTH: gettext_lazy("health"),
    Kind.RELIGION: gettext_lazy("religion or belief"),
    Kind.POLITICS: gettext_lazy("political opinions"),
    Kind.SEXUAL_LIFE: gettext_lazy("sexual life"),
    Kind.ORIGIN: gettext_lazy("ethnic origin"),
    Kind.TRADE_UNION: gettext_lazy("membership of a trade union"),
}


class LabelForm(forms.ModelForm):  # type: ignore[type-arg]  # not generic at run time
    """``confirmed`` is asked for only where the name sounds like something sensitive."""

    colour = forms.ChoiceField(
        label=gettext_lazy("Colour"), choices=list(COLOURS.items()), widget=forms.RadioSelect
    )
    confirmed = forms.BooleanField(
        label=gettext_lazy("It tells nothing of the kind about a person"), required=False
    )

    class Meta:
        model = Label
        fields = ("name", "colour", "description", "is_sensitive")

    def __init__(self, *args: Any, by: Agent, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._name_before = self.instance.name
        self.doubt = ""
        if not by.data_protection:  # who makes one must be able to see it
            del self.fields["is_sensitive"]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        confirmed = cleaned.pop("confirmed", False)
        name = cleaned.get("name")
        if name is None:
            return cleaned
        sensitive = cleaned.get("is_sensitive", False)
        same = Label.objects.filter(name=name, is_sensitive=sensitive)
        if same.exclude(pk=self.instance.pk).exists():
            self.add_error("name", _("A label of this name already exists."))
        kind = None if sensitive or name == self._name_before else kind_of(name)
        if kind is not None:
            self.doubt = self._doubt(kind)
            if not confirmed:
                self.add_error("confirmed", ValidationError(self.doubt))
        return cleaned

    def _doubt(self, kind: Kind) -> str:
        about = _("This sounds like %(kind)s, which the law protects specially.") % {
            "kind": KINDS[kind]
        }
        if "is_sensitive" in self.fields:
            return f"{about} {_('Mark the label as sensitive, or confirm.')}"
        return " ".join(
            (
                about,
                _("Somebody with the data-protection right can make it a sensitive label."),
                _("Or confirm."),
            )
        )


class MergeForm(forms.Form):
    into = forms.ModelChoiceField(
        Label.objects.none(), label=gettext_lazy("Merge into"), to_field_name="code"
    )

    def __init__(self, label: Label, *args: Any, by: Agent, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["into"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 (for types)
        field.queryset = Label.objects.visible_to(by).exclude(pk=label.pk)
