"""Two open conversations of one person with one number become one.

What the emptied one was goes into a journal, by which they can be parted again.
"""

from __future__ import annotations

from typing import Any, TypeAlias

from django.utils import timezone

from inbox.actions import moving_rows
from inbox.actions.inbound.bubbles import preview_of
from inbox.models import Conversation, FormerCode, Message
from inbox.models.conversation import END_OF_QUEUE

Journal: TypeAlias = dict[str, Any]


def unite(kept: Conversation, emptied: Conversation) -> Journal:
    """Both rows are held. The emptied one is deleted; its code leads to the kept one."""
    before = moving_rows.write([kept, emptied])
    now = timezone.now()
    Message.objects.filter(conversation=emptied).update(changed_at=now)
    moved = moving_rows.move(of=emptied, to=kept)
    stayed = moving_rows.write(moving_rows.staying(emptied))
    FormerCode.objects.create(code=emptied.code, conversation=kept)
    _bring_together(kept, emptied)
    kept.changed_at = now
    kept.save()
    pk = emptied.pk
    emptied.delete()
    return {
        "kept": kept.pk,
        "emptied": pk,
        "before": before,
        "moved": moved,
        "stayed": stayed,
        "changed_at": now.isoformat(),
    }


def _bring_together(kept: Conversation, emptied: Conversation) -> None:
    if kept.last_message_id is None or emptied.last_message_at > kept.last_message_at:
        for name in ("at", "id", "kind", "direction", "status", "preview"):
            setattr(kept, f"last_message_{name}", getattr(emptied, f"last_message_{name}"))
    waiting = [c.waiting_since for c in (kept, emptied) if c.waiting_since]
    kept.waiting_since = min(waiting, default=None)
    kept.queued_at = kept.waiting_since or END_OF_QUEUE
    windows = [c.window_expires_at for c in (kept, emptied) if c.window_expires_at]
    kept.window_expires_at = max(windows, default=None)
    kept.unread_count += emptied.unread_count
    kept.opened_at = min(kept.opened_at, emptied.opened_at)
    kept.assignee_id = kept.assignee_id or emptied.assignee_id
    kept.team_id = kept.team_id or emptied.team_id
    kept.priority = max(kept.priority, emptied.priority)
    kept.automatic_due_at = kept.automatic_due_at or emptied.automatic_due_at
    kept.is_followed = kept.is_followed or emptied.is_followed
    if emptied.status == Conversation.Status.OPEN:
        kept.status, kept.snoozed_until = Conversation.Status.OPEN, None


def part(journal: Journal) -> None:
    """The emptied one is there again with what was said in it. What was said since stays."""
    kept_before, emptied_before = journal["before"]
    code = emptied_before["fields"]["code"]
    kept = _where_it_went(code)
    emptied = moving_rows.restore([emptied_before, *journal["stayed"]])[0]
    assert isinstance(emptied, Conversation)  # noqa: S101 (it was written first)
    if kept is None:
        return
    FormerCode.objects.filter(code=code).delete()
    moving_rows.move_back(journal["moved"], of=kept, to=emptied)
    now = timezone.now()
    Message.objects.filter(conversation=emptied).update(changed_at=now)
    if kept.pk == journal["kept"] and kept.changed_at.isoformat() == journal["changed_at"]:
        moving_rows.restore([kept_before])
        kept.refresh_from_db()
    else:
        _show_newest(kept)
    for conversation in (kept, emptied):
        conversation.changed_at = now
        conversation.save()


def _where_it_went(code: str) -> Conversation | None:
    former = FormerCode.objects.filter(code=code).first()
    if former is None:
        return None
    return Conversation.objects.select_for_update(no_key=True).get(pk=former.conversation_id)


def _show_newest(conversation: Conversation) -> None:
    """The row in the list tells what was said last."""
    said = Message.objects.filter(conversation=conversation).exclude(
        kind__in=[Message.Kind.EVENT, Message.Kind.REACTION, Message.Kind.NOTE]
    )
    newest = said.order_by("-at", "-pk").first()
    conversation.last_message_id = newest.pk if newest else None
    conversation.last_message_kind = newest.kind if newest else ""
    conversation.last_message_direction = newest.direction if newest else ""
    conversation.last_message_status = newest.status if newest else ""
    conversation.last_message_preview = preview_of(newest) if newest else ""
    if newest:
        conversation.last_message_at = newest.at
