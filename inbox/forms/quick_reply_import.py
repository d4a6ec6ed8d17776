"""What would become of the rows of a table: created, changed, as it is, or refused and why."""

from __future__ import annotations

import enum
import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.forms import Form
from django.utils.translation import gettext as _

from inbox.actions.quick_replies import Content, content_of, plain_shortcut
from inbox.forms.quick_replies import BUTTONS, MOST_TEXTS, QuickReplyForm, TextForm
from inbox.forms.quick_reply_choices import Choices
from inbox.forms.quick_reply_rows import NO, YES, data_of, scope_key
from inbox.models import Agent, QuickReply
from inbox.quick_reply_scopes import scope_of
from inbox.quick_reply_table import Row

# What the first row of a quick reply says; further ones repeat it or leave it empty.
OF_THE_WHOLE = (
    "name",
    "folder",
    "class",
    "labels",
    "close",
    "snooze_hours",
    "assign_agent",
    "assign_team",
)


class Outcome(enum.StrEnum):
    CREATE = "create"
    CHANGE = "change"
    SAME = "same"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Reason:
    number: int
    sentence: str


@dataclass(frozen=True, slots=True)
class Planned:
    """One quick reply of the table."""

    numbers: tuple[int, ...]
    shortcut: str
    scope: str
    outcome: Outcome
    reasons: tuple[Reason, ...] = ()
    content: Content | None = None
    reply: QuickReply | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    items: tuple[Planned, ...]

    def count(self, outcome: Outcome) -> int:
        return sum(item.outcome == outcome for item in self.items)

    @property
    def written(self) -> list[tuple[Content, QuickReply | None]]:
        return [
            (item.content, item.reply)
            for item in self.items
            if item.content and item.outcome in {Outcome.CREATE, Outcome.CHANGE}
        ]

    @property
    def fingerprint(self) -> str:
        """Another one when the same rows would do something else by now."""
        parts = (
            f"{item.numbers} {item.outcome} {item.scope} {item.shortcut}"
            f" {item.reply.changed_at if item.reply else ''}"
            for item in self.items
        )
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def plan(rows: Iterable[Row], choices: Choices, agent: Agent) -> Plan:
    stored = _stored(agent)
    return Plan(tuple(_planned(group, choices, stored) for group in _groups(rows, choices)))


Stored = dict[tuple[str, str], QuickReply]


def _stored(agent: Agent) -> Stored:
    replies = QuickReply.objects.active().shown_in_settings(agent)
    related = replies.select_related("owner", "team").prefetch_related("texts")
    return {(scope_of(reply).key, reply.shortcut): reply for reply in related}


def _groups(rows: Iterable[Row], choices: Choices) -> list[list[Row]]:
    groups: dict[object, list[Row]] = {}
    for row in rows:
        shortcut = plain_shortcut(row["shortcut"])
        # Rows without a shortcut are nobody's.
        key = (scope_key(row["scope"], choices), shortcut) if shortcut else row.number
        groups.setdefault(key, []).append(row)
    return list(groups.values())


def _planned(group: list[Row], choices: Choices, stored: Stored) -> Planned:
    first = group[0]
    key, shortcut = scope_key(first["scope"], choices), plain_shortcut(first["shortcut"])
    reply = stored.get((key, shortcut))
    scope = choices.scopes.get(key)
    form = QuickReplyForm(
        data_of(first, choices), choices=choices, instance=reply, is_free=True
    )
    texts = [_text_form(row, choices) for row in group]
    reasons = tuple(_reasons(group, form, texts))
    numbers = tuple(row.number for row in group)
    name = scope.name if scope else first["scope"]
    if reasons:
        return Planned(numbers, shortcut, name, Outcome.REFUSED, reasons)
    content = form.content(tuple(text.words for text in texts))
    outcome = _outcome(content, reply)
    return Planned(numbers, shortcut, name, outcome, content=content, reply=reply)


def _outcome(content: Content, reply: QuickReply | None) -> Outcome:
    if reply is None:
        return Outcome.CREATE
    return Outcome.SAME if content.tidy() == content_of(reply) else Outcome.CHANGE


def _text_form(row: Row, choices: Choices) -> TextForm:
    data = {name: row[name] for name in BUTTONS}
    data |= {"language": row["language"].lower(), "form": row["form"].lower()}
    return TextForm(data | {"body": row["text"]}, choices=choices)


def _reasons(group: list[Row], form: QuickReplyForm, texts: list[TextForm]) -> Iterator[Reason]:
    first, seen = group[0], set()
    yield from (Reason(first.number, sentence) for sentence in _mistakes(form))
    if first["close"].lower() not in YES | NO:
        yield Reason(first.number, _("“close” is yes or no."))
    if len(group) > MOST_TEXTS:
        yield Reason(first.number, _("A quick reply has at most 30 texts."))
    for row, text in zip(group, texts, strict=True):
        yield from (Reason(row.number, sentence) for sentence in _mistakes(text))
        if row.has_too_many_cells:
            yield Reason(row.number, _("This row has more cells than the head."))
        customers = (row["language"].lower(), row["form"].lower())
        if customers in seen:
            yield Reason(row.number, _("There is already a text for these customers."))
        seen.add(customers)
        if differing := [c for c in OF_THE_WHOLE if row[c] not in {"", first[c]}]:
            yield Reason(row.number, _differs(differing, first))


def _differs(columns: list[str], first: Row) -> str:
    return _("Says something else than row %(number)s: %(columns)s.") % {
        "number": first.number,
        "columns": ", ".join(columns),
    }


def _mistakes(form: Form) -> Iterator[str]:
    for name, errors in form.errors.items():
        label = form.fields[name].label if name in form.fields else ""
        for error in errors:
            yield f"{label}: {error}" if label else str(error)
