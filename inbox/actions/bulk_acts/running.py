"""Working an act through: a batch is one transaction, and moves the position with it."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from django.conf import settings
from django.db import OperationalError, transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from inbox import events, nudges, tasks
from inbox.actions import holding, notices, timeline
from inbox.actions.bulk_acts import orders, remembering
from inbox.actions.bulk_acts.asking import tell
from inbox.actions.bulk_acts.orders import Order
from inbox.actions.conversations import NotPossible
from inbox.models import BulkAct, BulkChange, Conversation

AT_ONCE = 100
# What actions look at: a few rows that many conversations share.
BESIDE = ("channel", "assignee", "team")
MOST_SENTENCES = 20  # different ones that are kept; a name in each, at most
UNUSED_KEPT = timedelta(days=1)
CHANGES_KEPT = timedelta(days=7)
MOVED = (
    *("state", "position", "done_count", "skipped_count", "failed_count", "refusals"),
    *("moved_at", "finished_at"),
)
State = BulkAct.State
# One conversation under its lock, and who had it when it was chosen: what changed, or nothing.
Step = Callable[[Conversation, int | None], BulkChange | None]
logger = logging.getLogger(__name__)


def run(act_id: int) -> None:
    """To its end, or until it is stopped. Again and at once does no harm."""
    while _batch(act_id):
        pass


def sweep(*, now: datetime) -> None:
    """Acts whose worker is gone get another."""
    late = now - timedelta(seconds=settings.SWEEP_AFTER_SECONDS)
    unfinished = BulkAct.objects.filter(finished_at=None, moved_at__lt=late)
    for pk in unfinished.filter(state=State.RUNNING).values_list("pk", flat=True):
        nudges.now(tasks.run_bulk_act, pk)


def tidy(*, now: datetime) -> None:
    unused = BulkAct.objects.filter(finished_at=None, state=State.CHOSEN)
    unused.filter(moved_at__lt=now - UNUSED_KEPT).delete()
    BulkChange.objects.filter(at__lt=now - CHANGES_KEPT).delete()


@transaction.atomic
def _batch(act_id: int) -> bool:
    """Whether there is more to do."""
    rows = BulkAct.objects.select_related("by")
    # Another worker is at it, or it is being stopped: then they decide.
    act = rows.select_for_update(of=("self",), skip_locked=True).filter(pk=act_id).first()
    if act is None or act.state != State.RUNNING:
        return False
    with translation.override(act.by.language), events.together(), nudges.together():
        if act.by.is_active:
            _move(act)
        else:
            act.state = State.CANCELLED
        if act.position >= act.total:
            act.state = State.DONE
        act.moved_at = timezone.now()
        act.finished_at = None if act.state == State.RUNNING else act.moved_at
        act.save(update_fields=MOVED)
        tell(act)
    return act.state == State.RUNNING


def _move(act: BulkAct) -> None:
    chosen: list[tuple[int, int | None]] = act.chosen[act.position : act.position + AT_ONCE]
    try:
        order = orders.read(act)
    except NotPossible as exc:
        _refuse(act, str(exc), act.total - act.position)
        act.position = act.total
        return
    found = _locked(act, [pk for pk, _had in chosen])
    step = _undoing(act, order, found) if act.undo_of_id else _doing(act, order)
    changes = []
    with holding.hold(found.values()), notices.together(), timeline.together() as lines:
        for pk, had in chosen:
            said = len(lines)
            if pk not in found:
                _refuse(act, _("It is not here any more."))
            elif change := _try(act, step, found[pk], had):
                changes.append(change)
            else:
                del lines[said:]
    if not act.undo_of_id:
        BulkChange.objects.bulk_create(changes)
    act.position += len(chosen)


def _locked(act: BulkAct, wanted: list[int]) -> dict[int, Conversation]:
    """Held until the batch is stored, and asked anew who may see them.

    In the order of their ids, as whoever holds several at once does.
    """
    visible = Conversation.objects.visible_to(act.by).filter(pk__in=wanted)
    rows = visible.select_for_update(of=("self",)).prefetch_related(*BESIDE)
    return {row.pk: row for row in rows.order_by("pk")}


def _try(
    act: BulkAct, step: Step, conversation: Conversation, had: int | None
) -> BulkChange | None:
    try:
        change = step(conversation, had)
    except NotPossible as exc:
        _refuse(act, str(exc))
        return None
    except OperationalError:
        raise  # the connection or a deadlock: the whole batch is done again
    except Exception:
        # One that cannot be done must not hold back the others.
        logger.exception("bulk act %s: conversation %s", act.pk, conversation.pk)
        _refuse(act, _("That did not work."))
        return None
    if change is None:
        act.skipped_count += 1
    else:
        act.done_count += 1
    return change


def _doing(act: BulkAct, order: Order) -> Step:
    def do(conversation: Conversation, had: int | None) -> BulkChange | None:
        before = remembering.before(conversation, order.what)
        if not orders.carry_out(conversation, order, by=act.by, had=had):
            return None
        after = remembering.after(conversation, order.what)
        return BulkChange(act=act, conversation=conversation, before=before, after=after)

    return do


def _undoing(act: BulkAct, order: Order, found: dict[int, Conversation]) -> Step:
    changes = BulkChange.objects.filter(act=act.undo_of_id, conversation__in=found)
    by_conversation = {change.conversation_id: change for change in changes}
    touched = remembering.touched_since(by_conversation.values(), order)

    def undo(conversation: Conversation, had: int | None) -> BulkChange | None:
        change = by_conversation.get(conversation.pk)
        if change is None or conversation.pk in touched:
            return None
        if not remembering.is_as_left(conversation, change, order):
            return None
        with transaction.atomic():
            remembering.restore(conversation, change.before, order, by=act.by)
        return change

    return undo


def _refuse(act: BulkAct, sentence: str, how_many: int = 1) -> None:
    act.failed_count += how_many
    if sentence in act.refusals or len(act.refusals) < MOST_SENTENCES:
        act.refusals[sentence] = act.refusals.get(sentence, 0) + how_many
