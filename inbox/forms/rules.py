"""A rule as a form: what is left empty asks nothing and does nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from inbox import rule_words
from inbox.actions.automation.messages import choosable
from inbox.actions.automation.rules import Content
from inbox.automation.acts import LONGEST_NOTE, LONGEST_SNOOZE, Act, Do, Who, read_acts
from inbox.automation.conditions import Condition, Test, read_conditions
from inbox.automation.reading import Json, Refused
from inbox.automation.triggers import LONGEST_WAIT, TIMED, Trigger, read_when
from inbox.contact_fields import own_fields
from inbox.models import Agent, Channel, Conversation, Label, Rule, Team

LONGEST_LIST = 4000
HOUR = 60
Row = tuple[str, Json]  # the field where it was filled in, and what is stored


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
    values = _list(_("This field is one of"))
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
        super().__init__(data, initial=_initial(rule) if rule else None)
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
        conditions, acts = list(_conditions(cleaned)), list(_acts(cleaned))
        try:
            self.content = Content(
                name=cleaned["name"],
                when=read_when(_when(cleaned)),
                conditions=read_conditions([row for _field, row in conditions]),
                acts=read_acts([row for _field, row in acts]),
            )
        except Refused as refused:
            place = _field_of(refused.place, conditions, acts)
            self.add_error(place, rule_words.refusal(refused))


def _when(cleaned: dict[str, Any]) -> Json:
    when: Json = {"trigger": cleaned["trigger"]}
    if cleaned["trigger"] in TIMED and cleaned["minutes"]:
        when["minutes"] = cleaned["minutes"]
    if cleaned["trigger"] == Trigger.LABELLED:
        when["label"] = cleaned["added"]
    return when


def _conditions(cleaned: dict[str, Any]) -> Iterator[Row]:
    for field, test, negated in _LISTS:
        given = cleaned[field]
        if words := _split(given) if isinstance(given, str) else given:
            row: Json = {"test": test.value, "words": words}
            yield field, row | ({"not": True} if negated else {})
    if hours := cleaned["hours"]:
        yield "hours", {"test": Test.HOURS.value, "not": hours == "closed"}
    if cleaned["field"] or _split(cleaned["values"]):
        key, words = cleaned["field"], _split(cleaned["values"])
        yield "values", {"test": Test.FIELD.value, "key": key, "words": words}
    if first := cleaned["first"]:
        yield "first", {"test": Test.FIRST.value, "not": first == "no"}
    if cleaned["window"]:
        yield "window", {"test": Test.WINDOW.value, "minutes": cleaned["window"]}


_LISTS = (
    ("words", Test.WORDS, False),
    ("no_words", Test.WORDS, True),
    ("labels", Test.LABEL, False),
    ("no_labels", Test.LABEL, True),
    ("languages", Test.LANGUAGE, False),
    ("numbers", Test.NUMBER, False),
)


def _acts(cleaned: dict[str, Any]) -> Iterator[Row]:
    for code in cleaned["add_labels"]:
        yield "add_labels", {"do": Do.LABEL.value, "code": code}
    if cleaned["priority"] is not None:
        yield "priority", {"do": Do.PRIORITY.value, "level": cleaned["priority"]}
    if cleaned["note"]:
        yield "note", {"do": Do.NOTE.value, "text": cleaned["note"]}
    for whom in cleaned["notify"]:
        yield "notify", {"do": Do.NOTIFY.value, **_whom(whom)}
    if cleaned["assign"]:
        yield "assign", {"do": Do.ASSIGN.value, **_whom(cleaned["assign"])}
    if cleaned["reply"]:
        yield "reply", {"do": Do.REPLY.value, "code": cleaned["reply"]}
    if hours := cleaned["snooze_hours"]:
        yield "snooze_hours", {"do": Do.SNOOZE.value, "minutes": hours * HOUR}
    if cleaned["close"] == "now":
        yield "close", {"do": Do.CLOSE.value, "minutes": 0}
    elif cleaned["close"] == "later":
        hours = cleaned["close_hours"]  # left empty it is refused there
        row = {"do": Do.CLOSE.value, "minutes": hours * HOUR if hours else None}
        yield "close_hours", row


def _field_of(place: str, conditions: list[Row], acts: list[Row]) -> str | None:
    part, _dot, rest = place.partition(".")
    number = rest.partition(".")[0]
    rows = {"if": conditions, "then": acts}.get(part, [])
    if part == "when":
        return "minutes" if rest == "minutes" else "trigger"
    return rows[int(number)][0] if number.isdecimal() else None


def _whom(given: str) -> Json:
    who, _colon, code = given.partition(":")
    return {"who": who, "code": code}


def _split(text: str) -> list[str]:
    return [word for each in re.split(r"[,\n]", text) if (word := each.strip())]


def _people() -> list[tuple[str, str]]:
    teams = [(f"team:{each.code}", each.name) for each in Team.objects.all()]
    agents = Agent.objects.active().order_by("name", "pk")
    return [*teams, *((f"agent:{each.code}", each.name) for each in agents)]


def _initial(rule: Rule) -> dict[str, Any]:
    """What was filled in. A rule that cannot be read begins empty."""
    found: dict[str, Any] = {"name": rule.name}
    try:
        when, conditions, acts = rule.read_when, rule.read_conditions, rule.read_acts
    except Refused:
        return found
    found |= {"trigger": when.trigger.value, "added": when.label}
    found["minutes"] = when.minutes or None
    for condition in conditions:
        found |= _asked(condition)
    for act in acts:
        for name, value in _done(act).items():
            several = isinstance(value, list)
            found[name] = [*found.get(name, []), *value] if several else value
    return found


def _asked(condition: Condition) -> dict[str, Any]:
    words = list(condition.words)
    match condition.test:
        case Test.WORDS:
            return {"no_words" if condition.negated else "words": ", ".join(words)}
        case Test.LABEL:
            return {"no_labels" if condition.negated else "labels": words}
        case Test.LANGUAGE:
            return {"languages": words}
        case Test.NUMBER:
            return {"numbers": words}
        case Test.HOURS:
            return {"hours": "closed" if condition.negated else "open"}
        case Test.FIELD:
            return {"field": condition.key, "values": ", ".join(words)}
        case Test.FIRST:
            return {"first": "no" if condition.negated else "yes"}
        case Test.WINDOW:
            return {"window": condition.minutes}


def _done(act: Act) -> dict[str, Any]:
    whom = f"{act.who or Who.AGENT}:{act.code}"
    match act.do:
        case Do.LABEL:
            return {"add_labels": [act.code]}
        case Do.PRIORITY:
            return {"priority": act.level}
        case Do.NOTE:
            return {"note": act.text}
        case Do.NOTIFY:
            return {"notify": [whom]}
        case Do.ASSIGN:
            return {"assign": whom}
        case Do.REPLY:
            return {"reply": act.code}
        case Do.SNOOZE:
            return {"snooze_hours": act.minutes // HOUR}
        case Do.CLOSE if act.minutes:
            return {"close": "later", "close_hours": act.minutes // HOUR}
        case Do.CLOSE:
            return {"close": "now"}
