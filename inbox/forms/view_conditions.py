"""One condition of a saved view: how to compare, and with what."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from inbox import view_trees
from inbox.models import Agent, Channel, Conversation, Label, Team
from inbox.view_trees import Condition, Value
from inbox.visibility import hidden_channels

Choices = list[tuple[Any, Any]]
MOST_ROWS = 2 * view_trees.MOST_CONDITIONS  # read from a form; more are hostile
FIELDS: dict[str, str | Promise] = {
    "status": gettext_lazy("State"),
    "labels": gettext_lazy("Labels"),
    "assignee": gettext_lazy("Assigned to"),
    "number": gettext_lazy("Number"),
    "priority": gettext_lazy("Priority"),
    "waiting": gettext_lazy("Customer waits"),
    "unread": gettext_lazy("Unread"),
    "language": gettext_lazy("Language of the contact"),
    "window": gettext_lazy("24-hour window"),
}
OPERATORS: dict[str, str | Promise] = {
    "is": pgettext_lazy("saved view", "is"),
    "is_not": pgettext_lazy("saved view", "is not"),
    "any": pgettext_lazy("saved view", "any of"),
    "all": pgettext_lazy("saved view", "all of"),
    "none": pgettext_lazy("saved view", "none of"),
    "longer_than": pgettext_lazy("saved view", "longer than (minutes)"),
    "ends_within": pgettext_lazy("saved view", "ends within (hours)"),
}
_LARGEST = {"waiting": view_trees.LONGEST_WAIT, "window": view_trees.WINDOW_HOURS}
_NUMBERS = {"labels", "number", "priority"}


_STATUSES: Choices = list(Conversation.Status.choices)
_PRIORITIES: Choices = list(Conversation.Priority.choices)[::-1]
_YES_NO: Choices = [("yes", gettext_lazy("Yes")), ("no", gettext_lazy("No"))]


class Offered:
    """What there is to compare with, as far as this agent may know of it; each asked once."""

    def __init__(self, agent: Agent) -> None:
        self._agent = agent

    def of(self, field: str) -> Choices:
        match field:
            case "status":
                return _STATUSES
            case "priority":
                return _PRIORITIES
            case "unread":
                return _YES_NO
            case "labels":
                return self._labels
            case "number":
                return self._number
        return self._assignee

    @cached_property
    def _labels(self) -> Choices:
        return list(Label.objects.visible_to(self._agent).values_list("pk", "name"))

    @cached_property
    def _number(self) -> Choices:
        shown = Channel.objects.in_use().exclude(pk__in=hidden_channels(self._agent))
        return list(shown.values_list("pk", "name"))

    @cached_property
    def _assignee(self) -> Choices:
        agents = Agent.objects.active().order_by("name").values_list("pk", "name")
        teams = Team.objects.values_list("pk", "name")
        return [
            ("me", _("Me")),
            ("nobody", _("Nobody")),
            ("somebody", _("Somebody")),
            (_("Team"), [(f"team:{pk}", name) for pk, name in teams]),
            (_("People"), [(f"agent:{pk}", name) for pk, name in agents]),
        ]


class LanguagesField(forms.CharField):
    def clean(self, value: Any) -> list[str]:
        text = super().clean(value)
        found = [word for word in re.split(r"[,;\s]+", text.strip().lower()) if word]
        if not all(view_trees.is_language(word) for word in found):
            raise forms.ValidationError(_("Write languages as letters: de, en, tr."))
        return found


class ConditionForm(forms.Form):
    """``key`` tells the rows of one form apart, ``group`` says where it stands."""

    def __init__(
        self,
        key: int,
        group: int,
        field: str,
        offered: Offered,
        data: QueryDict | None = None,
        initial: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(data, prefix=f"r{key}", initial=initial)
        self.key, self.group, self.about = key, group, field
        self.fields["op"] = forms.ChoiceField(
            label=_("Comparison"),
            choices=[(op, OPERATORS[op]) for op in view_trees.OPERATORS[field]],
        )
        self.fields["value"] = _value_field(field, offered)

    @property
    def name(self) -> str | Promise:
        return FIELDS[self.about]

    @property
    def written(self) -> str:
        """As the page sends it back."""
        return f"{self.key}:{self.group}:{self.about}"

    def condition(self) -> dict[str, Any]:
        given = self.cleaned_data["value"]
        values: Sequence[Value] = given if isinstance(given, list) else [given]
        if self.about in _NUMBERS:
            values = [int(value) for value in values]
        return {"field": self.about, "op": self.cleaned_data["op"], "value": list(values)}


def initial_of(condition: Condition) -> dict[str, Any]:
    values: Any = list(condition.values)
    if condition.field == "language":
        values = ", ".join(map(str, values))
    elif condition.field in {"assignee", "unread", *_LARGEST}:
        values = values[0]
    return {"op": condition.op, "value": values}


def typed(data: QueryDict, key: int, field: str) -> dict[str, Any]:
    """What was filled in, to go on with."""
    several = field in _NUMBERS or field == "status"
    name = f"r{key}-value"
    value: Any = data.getlist(name) if several else data.get(name, "")
    return {"op": data.get(f"r{key}-op", ""), "value": value}


def rows_of(data: QueryDict) -> Iterable[tuple[int, int, str]]:
    for text in data.getlist("row")[:MOST_ROWS]:
        if found := _ROW.match(text):
            key, group, field = found.groups()
            if field in FIELDS:
                yield int(key), int(group), field


_ROW = re.compile(r"([0-9]{1,3}):([0-9]):([a-z]{1,20})\Z", re.ASCII)


def _value_field(field: str, offered: Offered) -> forms.Field:
    label = str(FIELDS[field])
    if field in _LARGEST:
        return forms.IntegerField(label=label, min_value=1, max_value=_LARGEST[field])
    if field == "language":
        help_text = _("Two letters each: de, en, tr.")
        return LanguagesField(label=label, max_length=100, help_text=help_text)
    if field in {"assignee", "unread"}:
        return forms.ChoiceField(label=label, choices=offered.of(field))
    return forms.MultipleChoiceField(
        label=label, choices=offered.of(field), widget=forms.CheckboxSelectMultiple
    )
