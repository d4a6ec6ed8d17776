"""What an act does to one conversation, by the very same actions as an agent's click."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from inbox.actions import conversations, labels
from inbox.actions.conversations import NotPossible, TakenMeanwhile
from inbox.models import Agent, BulkAct, Conversation, Label, Team

What = BulkAct.What


@dataclass(frozen=True, slots=True)
class Order:
    """What shall be done, with what it is done with. Only what it needs is given."""

    what: str
    label: Label | None = None
    to: Agent | Team | None = None
    until: datetime | None = None  # None: until the customer writes
    priority: int | None = None

    def as_arguments(self) -> dict[str, Any]:
        """Ids, numbers and moments: what is stored."""
        given: dict[str, Any] = {}
        if self.label:
            given["label"] = self.label.pk
        if self.to:
            given["team" if isinstance(self.to, Team) else "agent"] = self.to.pk
        if self.until:
            given["until"] = self.until.isoformat()
        if self.priority is not None:
            given["priority"] = self.priority
        return given


def read(act: BulkAct) -> Order:
    """Raises ``NotPossible`` when what it needs is gone meanwhile."""
    given = act.arguments
    until = given.get("until")
    return Order(
        act.what,
        label=_label(given.get("label"), act.by),
        to=_agent(given.get("agent")) or _team(given.get("team")),
        until=datetime.fromisoformat(until) if until else None,
        priority=given.get("priority"),
    )


def _label(pk: int | None, by: Agent) -> Label | None:
    if pk is None:
        return None
    if found := Label.objects.visible_to(by).filter(pk=pk).first():
        return found
    raise NotPossible(_("This label has been deleted."))


def _agent(pk: int | None) -> Agent | None:
    if pk is None:
        return None
    if found := Agent.objects.active().filter(pk=pk).first():
        return found
    raise NotPossible(_("This colleague may not sign in any more."))


def _team(pk: int | None) -> Team | None:
    if pk is None:
        return None
    if found := Team.objects.filter(pk=pk).first():
        return found
    raise NotPossible(_("This team has been deleted."))


def carry_out(conversation: Conversation, order: Order, *, by: Agent, had: int | None) -> bool:
    """Whether it changed something. ``had`` is who had it when it was chosen."""
    match order.what:
        case What.ADD_LABEL if order.label:
            return labels.add(conversation, order.label, by=by)
        case What.REMOVE_LABEL if order.label:
            return labels.remove(conversation, order.label, by=by)
        case What.ASSIGN if order.to:
            if not isinstance(order.to, Agent) or conversation.assignee_id != order.to.pk:
                _require_unmoved(conversation, had)
            return conversations.assign(conversation, to=order.to, by=by)
        case What.GIVE_BACK:
            if conversation.assignee_id is not None:
                _require_unmoved(conversation, had)
            return conversations.give_back(conversation, by=by)
        case What.CLOSE:
            return conversations.close(conversation, by=by)
        case What.REOPEN:
            return conversations.reopen(conversation, by=by)
        case What.SNOOZE:
            return conversations.snooze(conversation, until=order.until, by=by)
        case What.READ:
            return conversations.mark_read(conversation, by=by)
        case What.UNREAD:
            return conversations.mark_unread(conversation, by=by)
        case What.PRIORITY if order.priority is not None:
            return conversations.set_priority(conversation, priority=order.priority, by=by)
    raise ValueError(f"an order of {order.what!r} without what it needs")


def has_label(conversation: Conversation, label: Label) -> bool:
    return conversation.labels.filter(pk=label.pk).exists()


def _require_unmoved(conversation: Conversation, had: int | None) -> None:
    """Nobody loses a conversation that they took after it was chosen."""
    if conversation.assignee_id != had:
        raise TakenMeanwhile(conversation.assignee)
