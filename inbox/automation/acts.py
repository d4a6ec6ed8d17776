"""Then: what a rule does, in an order that makes sense whatever order it was written in."""

from __future__ import annotations

import enum
from collections.abc import Iterable
from dataclasses import dataclass

from inbox.automation.reading import Fields, Json, Refused, Why, require_list

MOST_ACTS = 12
LONGEST_NOTE = 1000
LONGEST_SNOOZE = 366 * 24 * 60  # minutes
LONGEST_WARNING = 30 * 24 * 60
PRIORITIES = (-1, 2)


class Do(enum.StrEnum):
    """In the order they are done: a message leaves before the conversation is closed."""

    LABEL = "label"
    PRIORITY = "priority"
    NOTE = "note"
    NOTIFY = "notify"
    ASSIGN = "assign"
    REPLY = "reply"
    SNOOZE = "snooze"
    CLOSE = "close"


class Who(enum.StrEnum):
    AGENT = "agent"
    TEAM = "team"


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """``code`` names a label, somebody, or a quick reply; "" is one not chosen yet.

    CLOSE with minutes gives the customer so much time to write, after the message that warns
    them; without that message having gone it does nothing.
    """

    do: Do
    code: str = ""
    who: Who | None = None
    level: int = 0
    text: str = ""
    minutes: int = 0

    def as_json(self) -> Json:
        made: Json = {"do": self.do.value}
        for name in _FIELDS[self.do]:
            value = getattr(self, name)
            made[name] = value.value if isinstance(value, Who) else value
        return made


_FIELDS: dict[Do, tuple[str, ...]] = {
    Do.LABEL: ("code",),
    Do.PRIORITY: ("level",),
    Do.NOTE: ("text",),
    Do.NOTIFY: ("who", "code"),
    Do.ASSIGN: ("who", "code"),
    Do.REPLY: ("code",),
    Do.SNOOZE: ("minutes",),
    Do.CLOSE: ("minutes",),
}
_SEVERAL = frozenset({Do.LABEL, Do.NOTIFY})


def read_acts(given: object) -> tuple[Act, ...]:
    """In the order in which they are done. Raises ``Refused``."""
    rows = require_list(given, "then", MOST_ACTS)
    if not rows:
        raise Refused("then", Why.NOTHING_TO_DO)
    acts = [_read(row, f"then.{place}") for place, row in enumerate(rows)]
    _require_agreement(acts)
    order = list(Do)
    return tuple(sorted(acts, key=lambda act: order.index(act.do)))


def is_complete(acts: Iterable[Act]) -> bool:
    """Whether nothing is left to be chosen before it can be switched on."""
    return all(act.code for act in acts if "code" in _FIELDS[act.do])


def _read(given: object, place: str) -> Act:
    fields = Fields(given, place)
    do = fields.one_of("do", Do)
    code, who, level, text, minutes = "", None, 0, "", 0
    match do:
        case Do.LABEL:
            code = fields.code("code")
        case Do.REPLY:
            code = fields.code("code", optional=True)
        case Do.NOTIFY | Do.ASSIGN:
            who, code = fields.one_of("who", Who), fields.code("code")
        case Do.PRIORITY:
            level = fields.number("level", *PRIORITIES)
        case Do.NOTE:
            text = fields.text("text", LONGEST_NOTE)
        case Do.SNOOZE:
            minutes = fields.number("minutes", 1, LONGEST_SNOOZE)
        case Do.CLOSE:
            minutes = fields.number("minutes", 0, LONGEST_WARNING)
    fields.end()
    return Act(do=do, code=code, who=who, level=level, text=text, minutes=minutes)


def _require_agreement(acts: list[Act]) -> None:
    done = [act.do for act in acts]
    for place, act in enumerate(acts):
        if act in acts[:place] or (act.do in done[:place] and act.do not in _SEVERAL):
            raise Refused(f"then.{place}", Why.TWICE)
    if Do.SNOOZE in done and Do.CLOSE in done:
        raise Refused("then", Why.CONTRADICTION)
    for place, act in enumerate(acts):
        if act.do == Do.CLOSE and act.minutes and Do.REPLY not in done:
            raise Refused(f"then.{place}.minutes", Why.CONTRADICTION)
