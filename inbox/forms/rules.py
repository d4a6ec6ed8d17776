"""A rule as a form: what is left empty asks nothing and does nothing."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from inbox import rule_words
from inbox.actions.automation.messages import choosable
from inbox.actions.automation.rules import Content
from inbox.automation.acts import LONGEST_NOTE, LONGEST_SNOOZE, read_acts
from inbox.automation.conditions import read_conditions
from inbox.automation.reading import Refused
from inbox.automation.triggers import LONGEST_WAIT, read_when
from inbox.contact_fields import own_fields
from inbox.forms import rule_rows
from inbox.forms.rule_rows import HOUR
from inbox.models import Agent, Channel, Conversation, Label, Rule, Team

LONGEST_LIST = 4000


def _ticks(label: Any, **more: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label, required=False, widget=forms.CheckboxSelectMultiple, **more
    )


def _number(label: Any, most: int, **more: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, required=False, min_value=1, max_value=most, **more)


def _list(label: Any, **more: Any) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": 2})
    return forms.CharField(
        label=label, required=False, max_length=LONGEST_LIST, widget=area, **more
    )


class RuleForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=80)
    trigger = forms.ChoiceField(
        label=pgettext_lazy("rule", "When"),
        choices=[(key.value, text) for key, text in rule_words.TRIGGERS.items()],
    )
    minutes = _number(_("Minutes"), LONGEST_WAIT, help_text=_("Where somebody waits."))
    added = forms.ChoiceField(label=_("Which label"), required=False)

    words = _list(
        _("The customer says one of"),
        help_text=_("With commas between. A word that ends with * is the beginning of one."),
    )
    no_words = _list(_("The customer says none of"))
    labels = _ticks(_("It has one of these labels"))
    no_labels = _ticks(_("It has none of these labels"))
    languages = _ticks(_("The customer's language"), choices=settings.LANGUAGES)
    numbers = _ticks(_("The number"))
    hours = forms.ChoiceField(
        label=_("Opening hours"),
        required=False,
        choices=[
            ("", _("At any time")),
            ("open", _("We are open")),
            ("closed", _("We are closed")),
        ],
    )
    field = forms.ChoiceField(label=_("A field of the contact"), required=False)
    values = _list(
        _("This field is one of"),
        help_text=_("Numbers as 1.5, dates as 2026-11-23."),
    )
    first = forms.ChoiceField(
        label=_("First contact"),
        required=False,
        choices=[
            ("", _("Everybody")),
            ("yes", _("Only new people")),
            ("no", _("Known people")),
        ],
    )
    window = _number(_("The 24-hour window ends in at most so many minutes"), 24 * HOUR)

    add_labels = _ticks(_("Add labels"))
    priority = forms.TypedChoiceField(
        label=_("Priority"), required=False, coerce=int, empty_value=None
    )
    note = forms.CharField(
        label=_("Write a note"),
        required=False,
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    notify = _ticks(_("Notify"))
    assign = forms.ChoiceField(label=_("Assign to"), required=False)
    reply = forms.ChoiceField(
        label=_("Send a quick reply"),
        required=False,
        help_text=_("Only where the customer may be written to. No advertising, no files."),
    )
    snooze_hours = _number(_("Put off for hours"), LONGEST_SNOOZE // HOUR)
    close = forms.ChoiceField(
        label=_("Close"),
        required=False,
        choices=[("", _("No")), ("now", _("At once")), ("later", _("Later"))],
        help_text=_("Later: after the message, unless somebody writes meanwhile."),
    )
    close_hours = _number(_("Hours until it is closed"), 30 * 24)

    def __init__(self, data: Any = None, *, rule: Rule | None = None) -> None:
        super().__init__(data, initial=rule_rows.initial(rule) if rule else None)
        labels = [(str(each.code), each.name) for each in Label.objects.visible_to_all()]
        people = _people()
        for name in ("labels", "no_labels", "add_labels"):
            self._offer(name, labels)
        self._offer("added", [("", _("Any label")), *labels])
        numbers = Channel.objects.in_use()
        self._offer("numbers", [(str(each.code), each.name) for each in numbers])
        self._offer("field", [("", _("None")), *own_fields().items()])
        self._offer("priority", [("", _("As it is")), *Conversation.Priority.choices])
        self._offer("notify", people)
        self._offer("assign", [("", _("Nobody else")), *people])
        replies = [(str(each.code), f"/{each.shortcut} – {each.name}") for each in choosable()]
        self._offer("reply", [("", _("None")), *replies])

    def _offer(self, name: str, choices: Iterable[tuple[Any, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 (for types)
        field.choices = list(choices)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors:
            self._read(cleaned)
        return cleaned

    def _read(self, cleaned: dict[str, Any]) -> None:
        conditions = list(rule_rows.conditions(cleaned))
        acts = list(rule_rows.acts(cleaned))
        try:
            self.content = Content(
                name=cleaned["name"],
                when=read_when(rule_rows.when(cleaned)),
                conditions=read_conditions([row for _field, row in conditions]),
                acts=read_acts([row for _field, row in acts]),
            )
        except Refused as refused:
            place = rule_rows.field_of(refused.place, conditions, acts)
            self.add_error(place, rule_words.refusal(refused))


def _people() -> list[tuple[str, str]]:
    teams = [(f"team:{each.code}", each.name) for each in Team.objects.all()]
    agents = Agent.objects.active().order_by("name", "pk")
    return [*teams, *((f"agent:{each.code}", each.name) for each in agents)]
