"""When a rule is looked at."""

from __future__ import annotations

import enum
from dataclasses import dataclass

from inbox.automation.reading import Fields, Json


class Trigger(enum.StrEnum):
    RECEIVED = "received"
    PRESSED = "pressed"  # a button, of a template for example
    OPENED = "opened"  # begun, or open again
    ASSIGNED = "assigned"
    CLOSED = "closed"
    LABELLED = "labelled"
    WAITING = "waiting"  # the customer, for minutes of opening hours
    QUIET = "quiet"  # nobody has said anything for minutes of any clock; it is their turn


TIMED = frozenset({Trigger.WAITING, Trigger.QUIET})
LONGEST_WAIT = 30 * 24 * 60  # minutes


@dataclass(frozen=True, slots=True)
class When:
    """``minutes`` where time triggers it; ``label`` is the code of one, "" for any."""

    trigger: Trigger
    minutes: int = 0
    label: str = ""

    def as_json(self) -> Json:
        made: Json = {"trigger": self.trigger.value}
        if self.trigger in TIMED:
            made["minutes"] = self.minutes
        if self.trigger == Trigger.LABELLED:
            made["label"] = self.label
        return made


def read_when(given: object) -> When:
    """Raises ``Refused``."""
    fields = Fields(given, "when")
    trigger = fields.one_of("trigger", Trigger)
    minutes = fields.number("minutes", 1, LONGEST_WAIT) if trigger in TIMED else 0
    label = fields.code("label", optional=True) if trigger == Trigger.LABELLED else ""
    fields.end()
    return When(trigger, minutes, label)
