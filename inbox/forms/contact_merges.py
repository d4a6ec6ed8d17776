"""Where two contacts that become one differ: what is kept."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from inbox.actions.contact_merges import Choices
from inbox.contact_fields import text_of
from inbox.models import Contact, ContactField, ContactValue
from inbox.person_card import language_name

KEPT, GONE = "kept", "gone"


class MergeForm(forms.Form):
    """One choice for each difference; without a difference nothing is asked."""

    def __init__(self, *args: Any, kept: Contact, gone: Contact, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._fields = {f"field-{field.code}": field for field in self._ask_fields(kept, gone)}
        self._ask("name", _("Name"), kept.name, gone.name)
        languages = [str(language_name(contact.language)) for contact in (kept, gone)]
        self._ask("language", _("Language"), *languages)
        self.order_fields(["name", "language"])

    @property
    def choices(self) -> Choices:
        chosen = {name for name, value in self.cleaned_data.items() if value == GONE}
        fields = {field.pk for name, field in self._fields.items() if name in chosen}
        return Choices("name" in chosen, "language" in chosen, fields)

    def _ask_fields(self, kept: Contact, gone: Contact) -> list[ContactField]:
        values = ContactValue.objects.filter(contact__in=[kept, gone], field__archived_at=None)
        of: dict[ContactField, dict[int, str]] = {}
        for value in values.select_related("field").order_by("field__position", "field__pk"):
            of.setdefault(value.field, {})[value.contact_id] = text_of(value.value)
        return [
            field
            for field, texts in of.items()
            if self._ask(
                f"field-{field.code}",
                field.name,
                texts.get(kept.pk, ""),
                texts.get(gone.pk, ""),
            )
        ]

    def _ask(self, name: str, label: str, kept: str, gone: str) -> bool:
        if not (kept and gone) or kept == gone:
            return False
        self.fields[name] = forms.ChoiceField(
            label=label,
            choices=[(KEPT, kept), (GONE, gone)],
            initial=KEPT,
            widget=forms.RadioSelect,
        )
        return True
