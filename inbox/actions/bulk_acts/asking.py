"""What an agent asks for: choose, start, stop, take back. The worker does the rest."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from inbox import events, nudges, tasks
from inbox.actions.bulk_acts.orders import Order
from inbox.actions.conversations import NotPossible
from inbox.models import Agent, BulkAct, Conversation

MOST = 10_000  # conversations in one act
UNDO_FOR = timedelta(hours=24)
ASKED_AT_ONCE = 500
State = BulkAct.State
# A conversation, and who had it when it was chosen.
Chosen = tuple[int, int | None]


def freeze(codes: Sequence[UUID], *, by: Agent) -> list[Chosen]:
    """Those of them that the agent may know of, in the same order, each once."""
    wanted = list(dict.fromkeys(codes))
    if len(wanted) > MOST:
        raise NotPossible(_too_many())
    visible = Conversation.objects.visible_to(by).order_by()
    found: dict[UUID, Chosen] = {}
    for start_at in range(0, len(wanted), ASKED_AT_ONCE):
        some = visible.filter(code__in=wanted[start_at : start_at + ASKED_AT_ONCE])
        for code, pk, assignee in some.values_list("code", "pk", "assignee"):
            found[code] = (pk, assignee)
    return [found[code] for code in wanted if code in found]


def choose(chosen: Sequence[Chosen], *, by: Agent) -> BulkAct:
    """Keep a choice as it is now; what to do with it is said later."""
    if len(chosen) > MOST:
        raise NotPossible(_too_many())
    return BulkAct.objects.create(by=by, chosen=list(chosen), total=len(chosen))


@transaction.atomic
def start(
    act: BulkAct,
    order: Order,
    *,
    by: Agent,
    more: Sequence[Chosen] = (),
    less: Sequence[Chosen] = (),
) -> BulkAct:
    """Have it done, also to ``more`` and not to ``less``. Of a choice that was used already
    nothing is done again."""
    act = _locked(act)
    if act.by_id != by.pk or act.state != State.CHOSEN:
        raise NotPossible(_("This was asked for already."))
    left_out = {pk for pk, _had in less}
    chosen = {pk: had for pk, had in [*act.chosen, *more] if pk not in left_out}
    if not chosen:
        raise NotPossible(_("Choose at least one conversation."))
    if len(chosen) > MOST:
        raise NotPossible(_too_many())
    act.chosen, act.total = list(chosen.items()), len(chosen)
    act.what, act.arguments = order.what, order.as_arguments()
    return _run(act)


@transaction.atomic
def cancel(act: BulkAct, *, by: Agent) -> bool:
    """What is done stays done, and can be taken back; the rest is left alone."""
    act = _locked(act)
    if act.by_id != by.pk or act.state != State.RUNNING:
        return False
    act.state, act.finished_at = State.CANCELLED, timezone.now()
    act.save(update_fields=["state", "finished_at"])
    tell(act)
    return True


@transaction.atomic
def undo(act: BulkAct, *, by: Agent) -> BulkAct:
    """Bring back what it changed, where nobody has changed it since."""
    act = _locked(act)
    if act.by_id != by.pk or not may_be_undone(act):
        raise NotPossible(_("This cannot be taken back any more."))
    changed = act.changes.order_by("pk").values_list("conversation_id", flat=True)
    chosen = [(pk, None) for pk in changed]
    back = BulkAct(
        by=by,
        what=act.what,
        arguments=act.arguments,
        undo_of=act,
        chosen=chosen,
        total=len(chosen),
    )
    return _run(back)


def may_be_undone(act: BulkAct) -> bool:
    """Once, within a day, and not the taking back itself."""
    if act.finished_at is None or not act.done_count or act.undo_of_id is not None:
        return False
    if timezone.now() - act.finished_at > UNDO_FOR:
        return False
    return not BulkAct.objects.filter(undo_of=act).exists()


def tell(act: BulkAct) -> None:
    events.publish(events.BulkActMoved(agent=act.by_id, code=str(act.code)))


def _locked(act: BulkAct) -> BulkAct:
    return BulkAct.objects.select_for_update(of=("self",)).get(pk=act.pk)


def _run(act: BulkAct) -> BulkAct:
    act.state, act.moved_at = State.RUNNING, timezone.now()
    act.save()
    nudges.after_commit(tasks.run_bulk_act, act.pk)
    return act


def _too_many() -> str:
    return _("Choose %(most)s conversations at most.") % {"most": MOST}
