"""What agents do with a conversation: take, assign, close, put off, mark.

Each action reads the row under its lock, changes it, and leaves a line in the timeline.
Doing the same again changes nothing; each says whether it changed something. ``by`` is nobody
where a rule does it.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Exists, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from inbox import events
from inbox.actions import bulk, holding, notices, read_marks, routing, timeline, waiting
from inbox.models import Agent, Channel, Conversation, ConversationLabel, Team
from inbox.models.conversation import END_OF_QUEUE
from inbox.notices import Why

Status = Conversation.Status


class NotPossible(Exception):
    """It cannot be done in this state; ``str()`` is the sentence an agent reads."""


class LabelMissing(NotPossible):
    """The number wants a label on each conversation before it is closed."""

    def __init__(self) -> None:
        super().__init__(_("Choose a label first: it is needed to close this conversation."))


class TakenMeanwhile(NotPossible):
    """Somebody else has the conversation now."""

    def __init__(self, assignee: Agent | None) -> None:
        self.assignee = assignee
        super().__init__(self._sentence())

    def _sentence(self) -> str:
        if self.assignee is None:
            return _("This conversation was given back meanwhile.")
        return _("%(name)s has taken this conversation meanwhile.") % {
            "name": self.assignee.name
        }


@transaction.atomic
def take(conversation: Conversation, *, by: Agent, instead_of: Agent | None = None) -> bool:
    """Give it to oneself, from whom one saw it with; of two at once only one succeeds."""
    _lock(conversation)
    if conversation.assignee_id == by.pk:
        return False
    if conversation.assignee_id != (instead_of.pk if instead_of else None):
        raise TakenMeanwhile(conversation.assignee)
    _require_sight(conversation, by)
    note = conversation.handover_note if instead_of is None else ""
    _hand_over(conversation, by, "taken", by=by, keep=note, **_from(instead_of))
    return True


@transaction.atomic
def assign(
    conversation: Conversation, *, to: Agent | Team, by: Agent | None, note: str = ""
) -> bool:
    """Hand it to an agent, or to a team for anyone in it to take.

    ``note`` is for whoever has it next, and stands in the timeline.
    """
    _lock(conversation)
    data: dict[str, object] = {"note": note} if note else {}
    if isinstance(to, Team):
        if (conversation.team_id, conversation.assignee_id) == (to.pk, None) and not note:
            return False
        conversation.team = to
        data |= {"to_name": to.name, "team": True}
        _hand_over(conversation, None, "assigned", by=by, keep=note, **data)
        return True
    if conversation.assignee_id == to.pk and not note:
        return False
    _require_sight(conversation, to)
    if to == by:
        data |= _from(conversation.assignee)
        _hand_over(conversation, to, "taken", by=by, keep=note, **data)
    else:
        data["to_name"] = to.name
        _hand_over(conversation, to, "assigned", by=by, keep=note, **data)
        notices.call(conversation, [to.pk], Why.ASSIGNED)
    return True


@transaction.atomic
def give_back(conversation: Conversation, *, by: Agent) -> bool:
    _lock(conversation)
    if conversation.assignee_id is None:
        return False
    conversation.given_back_by = conversation.assignee_id
    _hand_over(conversation, None, "given_back", by=by)
    return True


def lacks_label(conversation: Conversation) -> bool:
    """Whether its number wants a label before it is closed, and it has none."""
    if holding.is_held(conversation) and not conversation.channel.requires_label:
        return False  # its number was read together with it
    labelled = ConversationLabel.objects.filter(conversation=conversation)
    wants = Channel.objects.filter(pk=conversation.channel_id, requires_label=True)
    return wants.filter(~Exists(labelled)).exists()


@transaction.atomic
def close(conversation: Conversation, *, by: Agent | None) -> bool:
    _lock(conversation)
    if conversation.status == Status.CLOSED:
        return False
    if lacks_label(conversation):
        raise LabelMissing
    _change(
        conversation,
        status=Status.CLOSED,
        closed_at=timezone.now(),
        snoozed_until=None,
        waiting_since=None,
        queued_at=END_OF_QUEUE,
        unread_count=0,
        is_marked_unread=False,
        given_back_by=None,
        handover_note="",
    )
    _tell(conversation, "closed", by=by)
    routing.request()
    return True


@transaction.atomic
def reopen(conversation: Conversation, *, by: Agent) -> bool:
    """Open a closed or a snoozed one; somebody who was waiting waits again."""
    _lock(conversation)
    if conversation.status == Status.OPEN:
        return False
    try:
        with transaction.atomic():
            _change(conversation, status=Status.OPEN, closed_at=None, snoozed_until=None)
    except IntegrityError as exc:
        raise NotPossible(
            _("This person has a newer conversation that is open. Answer there.")
        ) from exc
    waiting.restore(conversation)
    _tell(conversation, "reopened", by=by)
    routing.request()
    return True


@transaction.atomic
def snooze(conversation: Conversation, *, until: datetime | None, by: Agent | None) -> bool:
    """Put it off until a moment; None: until the customer writes, which ends every wait."""
    _lock(conversation)
    if until and until <= timezone.now():
        raise NotPossible(_("Choose a moment that is still to come."))
    if conversation.status == Status.CLOSED:
        raise NotPossible(_("This conversation is closed. Reopen it first."))
    if (conversation.status, conversation.snoozed_until) == (Status.SNOOZED, until):
        return False
    _change(conversation, status=Status.SNOOZED, snoozed_until=until)
    data: dict[str, Any] = {"until": until.isoformat()} if until else {}
    _tell(conversation, "snoozed", by=by, **data)
    routing.request()
    return True


@transaction.atomic
def wake(conversation: Conversation) -> bool:
    """The moment it was put off to has come: back into the list, and noticed there."""
    _lock(conversation)
    due = conversation.snoozed_until
    if conversation.status != Status.SNOOZED or due is None or due > timezone.now():
        return False
    _change(conversation, status=Status.OPEN, snoozed_until=None, is_marked_unread=True)
    _tell(conversation, "woken")
    routing.request()
    return True


@transaction.atomic
def set_priority(conversation: Conversation, *, priority: int, by: Agent | None) -> bool:
    _lock(conversation)
    if conversation.priority == priority:
        return False
    _change(conversation, priority=Conversation.Priority(priority))
    _tell(conversation, "priority", by=by, priority=int(priority))
    return True


@transaction.atomic
def mark_read(conversation: Conversation, *, by: Agent) -> bool:
    """An agent has it on screen. WhatsApp is told too, if the number does that."""
    unread = Q(unread_count__gt=0) | Q(is_marked_unread=True)
    row = Conversation.objects.filter(unread, pk=conversation.pk)
    if not row.update(unread_count=0, is_marked_unread=False, changed_at=timezone.now()):
        return False
    conversation.refresh_from_db(fields=["unread_count", "is_marked_unread", "changed_at"])
    read_marks.request(conversation, by)
    events.publish(events.about(conversation))
    return True


@transaction.atomic
def mark_unread(conversation: Conversation, *, by: Agent) -> bool:
    row = Conversation.objects.filter(pk=conversation.pk, is_marked_unread=False)
    if not row.update(is_marked_unread=True, changed_at=timezone.now()):
        return False
    conversation.refresh_from_db(fields=["is_marked_unread", "changed_at"])
    events.publish(events.about(conversation))
    return True


def may_be_assigned(conversation: Conversation, agent: Agent) -> bool:
    channels = Channel.objects.visible_to(agent)
    return agent.is_active and channels.filter(pk=conversation.channel_id).exists()


def _require_sight(conversation: Conversation, agent: Agent) -> None:
    if not may_be_assigned(conversation, agent):
        raise NotPossible(
            _("%(name)s does not see conversations of this number.") % {"name": agent.name}
        )


def _lock(conversation: Conversation) -> None:
    """Read the row as it is now and hold it until commit (SQLite: one writer at a time)."""
    if holding.is_held(conversation):
        return
    rows = Conversation.objects.select_for_update(of=("self",))
    conversation.refresh_from_db(from_queryset=rows)


def _from(agent: Agent | None) -> dict[str, str]:
    return {"from_name": agent.name} if agent else {}


def _hand_over(
    conversation: Conversation,
    to: Agent | None,
    word: str,
    *,
    by: Agent | None,
    keep: str = "",
    **data: Any,
) -> None:
    """``keep`` is the note for whoever has it next."""
    _change(
        conversation,
        assignee=to,
        team=conversation.team,
        assigned_at=timezone.now() if to else None,
        given_back_by=None if to else conversation.given_back_by,
        handover_note=keep,
    )
    _tell(conversation, word, by=by, **data)
    routing.request()


def _tell(
    conversation: Conversation, word: str, *, by: Agent | None = None, **data: Any
) -> None:
    timeline.record(conversation, word, by=by, **data)
    events.publish(events.about(conversation))


def _change(conversation: Conversation, **fields: Any) -> None:
    fields["changed_at"] = timezone.now()
    for name, value in fields.items():
        setattr(conversation, name, value)
    if holding.is_held(conversation):
        bulk.write([conversation], list(fields))  # a third of the work, hundreds of times
    else:
        conversation.save(update_fields=list(fields))
