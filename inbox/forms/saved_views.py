"""A saved view as it is put together: groups of conditions, without scripts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from inbox import view_trees
from inbox.forms.view_conditions import (
    FIELDS,
    ConditionForm,
    Offered,
    initial_of,
    rows_of,
    typed,
)
from inbox.models import Agent, SavedView
from inbox.view_trees import BadTree, Condition, Group

MOST_GROUPS = 4
MATCHES = (
    ("all", pgettext_lazy("saved view", "all")),
    ("any", pgettext_lazy("saved view", "at least one")),
)
_DEED = re.compile(r"(add|drop):([0-9]{1,3})\Z", re.ASCII)


@dataclass(slots=True)
class Part:
    """A group as the page shows it."""

    number: int
    match: str
    rows: list[ConditionForm] = field(default_factory=list)


class SavedViewForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("Name"), max_length=60)
    share = forms.ChoiceField(label=gettext_lazy("For whom"))
    sort = forms.ChoiceField(label=gettext_lazy("Order"), choices=SavedView.Sort.choices)
    match = forms.ChoiceField(label=gettext_lazy("Of the groups must hold"), choices=MATCHES)

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        by: Agent,
        tree: Group | None = None,
        initial: dict[str, Any] | None = None,
    ) -> None:
        """Bound only where it is saved: adding a row is no time to speak of mistakes."""
        is_saved = data is not None and _deed(data) is None and data.get("act") != "group"
        if data is not None and not is_saved:
            initial = {name: data.get(name, "") for name in ("name", "share", "sort", "match")}
        elif tree is not None:
            initial = {"match": "all" if tree.is_all else "any"} | (initial or {})
        super().__init__(data if is_saved else None, initial=initial)
        share = self.fields["share"]
        assert isinstance(share, forms.ChoiceField)  # noqa: S101 (for types)
        share.choices = sharing_of(by)
        self._offered, self.tree = Offered(by), dict[str, Any]()
        self.parts = self._from_tree(tree) if data is None else self._from_data(data, is_saved)
        self.addable = list(FIELDS.items())
        self.match_choices = MATCHES

    @property
    def may_have_more_groups(self) -> bool:
        return len(self.parts) < MOST_GROUPS

    @property
    def rows(self) -> Iterator[ConditionForm]:
        for part in self.parts:
            yield from part.rows

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if [row for row in self.rows if not row.is_valid()]:  # each says what is wrong
            self.add_error(None, _("Put the marked conditions right."))
            return cleaned
        try:
            self.tree = view_trees.read(self._written(cleaned.get("match", "all"))).written()
        except BadTree as exc:
            self.add_error(None, str(exc.sentence))
        return cleaned

    def _written(self, match: str) -> dict[str, Any]:
        groups = [
            {part.match: [row.condition() for row in part.rows]}
            for part in self.parts
            if part.rows
        ]
        return groups[0] if len(groups) == 1 else {match: groups}

    def _from_tree(self, tree: Group | None) -> list[Part]:
        if tree is None:
            open_ones = Condition("status", "is", ("open",))
            tree = Group(is_all=True, parts=(open_ones,))
        groups = [part for part in tree.parts if isinstance(part, Group)]
        single = tuple(part for part in tree.parts if isinstance(part, Condition))
        if single:
            groups.insert(0, Group(tree.is_all, single))
        parts, key = [], 0
        for number, group in enumerate(groups):
            part = Part(number, "all" if group.is_all else "any")
            for condition in group.conditions():
                its = initial_of(condition)
                part.rows.append(self._row(key, number, condition.field, initial=its))
                key += 1
            parts.append(part)
        return parts

    def _from_data(self, data: QueryDict, is_saved: bool) -> list[Part]:
        count = data.get("groups", "1")
        wanted = int(count) if count in {"1", "2", "3", "4"} else 1
        wanted = min(wanted + (data.get("act") == "group"), MOST_GROUPS)
        parts = [Part(n, _match(data.get(f"match-{n}"))) for n in range(wanted)]
        deed, number = _deed(data) or ("", -1)
        key = -1
        for key_, group, about in rows_of(data):
            key = max(key, key_)
            if group < wanted and not (deed == "drop" and key_ == number):
                its = None if is_saved else typed(data, key_, about)
                bound = data if is_saved else None
                parts[group].rows.append(self._row(key_, group, about, bound, its))
        about = data.get(f"add-{number}", "")
        if deed == "add" and number < wanted and about in FIELDS:
            parts[number].rows.append(self._row(key + 1, number, about))
        return parts

    def _row(
        self,
        key: int,
        group: int,
        about: str,
        data: QueryDict | None = None,
        initial: dict[str, Any] | None = None,
    ) -> ConditionForm:
        return ConditionForm(key, group, about, self._offered, data, initial)


def sharing_of(agent: Agent) -> list[tuple[str, str]]:
    """Whom this agent may make views for."""
    choices = [("me", _("Only me"))]
    if agent.is_lead and agent.team_id is not None:
        choices.append(("team", _("My team")))
    if agent.is_admin:
        choices.append(("all", _("Everybody")))
    return choices


def _match(text: str | None) -> str:
    return "any" if text == "any" else "all"


def _deed(data: QueryDict) -> tuple[str, int] | None:
    found = _DEED.match(data.get("act", ""))
    return (found[1], int(found[2])) if found else None
