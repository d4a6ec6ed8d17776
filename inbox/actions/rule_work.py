"""What happens is noted for the rules, in the transaction in which it happens.

Each trigger leaves a line in the timeline or a message, so those are what is looked at. Where
no rule waits for any of it, which is known by heart, nothing is asked and nothing is stored.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from inbox import nudges, tasks
from inbox.actions import acting
from inbox.automation.loops import DEEPEST
from inbox.automation.triggers import Trigger
from inbox.lately import lately
from inbox.models import Message, Rule, RuleWork

# A rule that is switched on is noticed by all processes within this time.
REMEMBER_SECONDS = 10.0
_BY_LINE = {
    "opened": Trigger.OPENED,
    "reopened": Trigger.OPENED,
    "written_first": Trigger.OPENED,
    "taken": Trigger.ASSIGNED,
    "assigned": Trigger.ASSIGNED,
    "routed": Trigger.ASSIGNED,
    "closed": Trigger.CLOSED,
    "labelled": Trigger.LABELLED,
}


@lately(REMEMBER_SECONDS)
def awaited() -> frozenset[str]:
    """Triggers that some rule waits for."""
    return frozenset(Rule.objects.on().order_by().values_list("trigger", flat=True))


def note(messages: Iterable[Message]) -> None:
    """These were stored just now; their conversations are there."""
    if not (wanted := awaited()):
        return
    by = acting.rule()
    depth = by.depth + 1 if by else 0
    if depth > DEEPEST:
        return
    work = [
        RuleWork(
            conversation_id=message.conversation_id,
            trigger=trigger,
            cause=by.cause if by else str(message.code),
            depth=depth,
            label=message.content.get("label_code", ""),
        )
        for message in messages
        for trigger in _triggers(message)
        if trigger in wanted
    ]
    if work:
        RuleWork.objects.bulk_create(work)
        nudges.after_commit(tasks.follow_rules)


def _triggers(message: Message) -> Iterator[Trigger]:
    if message.kind == Message.Kind.EVENT:
        if trigger := _BY_LINE.get(message.content["event"]):
            yield trigger
    elif message.direction == Message.Direction.IN:
        yield Trigger.RECEIVED
        if message.kind == Message.Kind.BUTTON_REPLY:
            yield Trigger.PRESSED
