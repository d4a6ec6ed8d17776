"""How a conversation was before an act, and bringing that back where nobody has touched it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from django.db.models import Model
from django.utils import timezone

from inbox import events
from inbox.actions import conversations, labels
from inbox.actions.bulk_acts.orders import Order, has_label
from inbox.models import Agent, BulkAct, BulkChange, Conversation, Message, Team

What = BulkAct.What
Status = Conversation.Status
Remembered = dict[str, Any]

# What an act changes; as long as that stands as it left it, nobody has changed it since …
_WHERE = ("assignee_id", "team_id")
_STATE = ("status", "closed_at", "snoozed_until")
_MARKS = ("unread_count", "is_marked_unread")
_HANDED = ("assigned_at", "given_back_by", "handover_note")
CHANGED: dict[str, tuple[str, ...]] = {
    What.ADD_LABEL: (),
    What.REMOVE_LABEL: (),
    What.ASSIGN: _WHERE,
    What.GIVE_BACK: _WHERE,
    What.CLOSE: _STATE,
    What.REOPEN: _STATE,
    What.SNOOZE: _STATE,
    What.READ: _MARKS,
    What.UNREAD: _MARKS,
    What.PRIORITY: ("priority",),
}
# … unless one of these was told since: there and back is a change as well.
_LABELLING = frozenset({"labelled", "unlabelled"})
_HANDING = frozenset({"assigned", "taken", "given_back", "routed", "went_back"})
_MOVING = frozenset({"closed", "reopened", "snoozed", "woken"})
TOLD: dict[str, frozenset[str]] = {
    What.ADD_LABEL: _LABELLING,
    What.REMOVE_LABEL: _LABELLING,
    What.ASSIGN: _HANDING,
    What.GIVE_BACK: _HANDING,
    What.CLOSE: _MOVING,
    What.REOPEN: _MOVING,
    What.SNOOZE: _MOVING,
    What.READ: frozenset(),
    What.UNREAD: frozenset(),
    What.PRIORITY: frozenset({"priority"}),
}


# What goes with it, and is brought back as well.
ALONG: dict[str, tuple[str, ...]] = {
    What.ASSIGN: _HANDED,
    What.GIVE_BACK: _HANDED,
    What.CLOSE: (*_MARKS, *_HANDED),
    What.READ: _MARKS,
    What.UNREAD: _MARKS,
}
_MOMENTS = frozenset({"assigned_at"})


def before(conversation: Conversation, what: str) -> Remembered:
    return _picture(conversation, {*CHANGED[what], *ALONG.get(what, ())})


def after(conversation: Conversation, what: str) -> Remembered:
    return _picture(conversation, CHANGED[what])


def _picture(conversation: Conversation, names: Iterable[str]) -> Remembered:
    return {name: _plain(getattr(conversation, name)) for name in names}


def _plain(value: Any) -> Any:
    return value.astimezone(UTC).isoformat() if isinstance(value, datetime) else value


def touched_since(changes: Iterable[BulkChange], order: Order) -> set[int]:
    """Of these conversations those where the same was done again, and told, since."""
    since = {change.conversation_id: change.at for change in changes}
    words = TOLD[order.what]
    if not since or not words:
        return set()
    told = Message.objects.filter(
        conversation__in=since, kind=Message.Kind.EVENT, at__gt=min(since.values())
    )
    rows = told.order_by().values_list("conversation_id", "at", "content")
    return {
        conversation
        for conversation, at, content in rows
        if at > since[conversation] and _speaks_of(content, words, order)
    }


def _speaks_of(content: dict[str, Any], words: frozenset[str], order: Order) -> bool:
    is_other = order.label is not None and content.get("label_code") != str(order.label.code)
    return content.get("event") in words and not is_other


def is_as_left(conversation: Conversation, change: BulkChange, order: Order) -> bool:
    """Whether it stands as the act left it."""
    if order.label:
        return has_label(conversation, order.label) is (order.what == What.ADD_LABEL)
    return bool(after(conversation, order.what) == change.after)


def restore(conversation: Conversation, was: Remembered, order: Order, *, by: Agent) -> None:
    """As it was before, told in the timeline like any other change."""
    match order.what:
        case What.ADD_LABEL if order.label:
            labels.remove(conversation, order.label, by=by)
        case What.REMOVE_LABEL if order.label:
            labels.add(conversation, order.label, by=by)
        case What.ASSIGN | What.GIVE_BACK:
            _hand_back(conversation, was, by)
        case What.CLOSE | What.REOPEN | What.SNOOZE:
            _move_back(conversation, was, by)
        case What.PRIORITY:
            conversations.set_priority(conversation, priority=was["priority"], by=by)
    along = {name: was[name] for name in ALONG.get(order.what, ())}
    for name in _MOMENTS & along.keys():
        along[name] = _read(along[name])
    if along:
        _set(conversation, **along)


def _hand_back(conversation: Conversation, was: Remembered, by: Agent) -> None:
    assignee = _find(Agent, was["assignee_id"])
    team = _find(Team, was["team_id"])
    if isinstance(assignee, Agent):
        conversations.assign(conversation, to=assignee, by=by)
    elif isinstance(team, Team) and team.pk != conversation.team_id:
        conversations.assign(conversation, to=team, by=by)
    else:
        conversations.give_back(conversation, by=by)
    now_in = team.pk if team else None
    if conversation.team_id != now_in:
        _set(conversation, team_id=now_in)


def _find(model: type[Agent] | type[Team], pk: int | None) -> Model | None:
    return None if pk is None else model._default_manager.filter(pk=pk).first()


def _move_back(conversation: Conversation, was: Remembered, by: Agent) -> None:
    if was["status"] == Status.CLOSED:
        conversations.close(conversation, by=by)
        return
    until = _read(was["snoozed_until"])
    is_over = until is not None and until <= timezone.now()
    if was["status"] == Status.OPEN or is_over or conversation.status == Status.CLOSED:
        conversations.reopen(conversation, by=by)
    if was["status"] == Status.SNOOZED and not is_over:
        conversations.snooze(conversation, until=until, by=by)


def _read(moment: str | None) -> datetime | None:
    return datetime.fromisoformat(moment) if moment else None


def _set(conversation: Conversation, **fields: Any) -> None:
    """What has no sentence in the timeline. The caller holds the row."""
    fields["changed_at"] = timezone.now()
    for name, value in fields.items():
        setattr(conversation, name, value)
    conversation.save(update_fields=[name.removesuffix("_id") for name in fields])
    events.publish(events.about(conversation))
