"""Rules that wait for time to pass: who waits long enough for us, or has said nothing more.

Found through the indexes of the list. Each moment is written down once, with when it is due;
one that was over when the rule was switched on is written down as done.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.core.cache import cache
from django.db.models import Exists, F, OuterRef

from inbox import nudges, tasks
from inbox.actions import rule_work
from inbox.actions.automation import facts
from inbox.automation.reading import Refused
from inbox.automation.triggers import TIMED, Trigger, When
from inbox.hours.reckoning import after_open_time
from inbox.models import Conversation, Rule, RuleWork
from inbox.models.conversation import ConversationQuerySet

LOOK_EVERY_SECONDS = 30
AT_ONCE = 500
# What nobody looked for in this time, as no worker ran, is not done any more. Those who wait
# may do so across closed days, which are not counted.
LOOKED_BACK = {Trigger.WAITING: timedelta(days=14), Trigger.QUIET: timedelta(days=3)}


def look(*, now: datetime) -> None:
    if TIMED.isdisjoint(rule_work.awaited()):
        return
    if not cache.add("rules-look", True, LOOK_EVERY_SECONDS):
        return
    for rule in Rule.objects.on().filter(trigger__in=TIMED):
        try:
            write_down(rule, now=now)
        except Refused:
            continue  # workers tell of it


def write_down(rule: Rule, *, now: datetime) -> None:
    minutes = timedelta(minutes=rule.read_when.minutes)
    plans = facts.Plans()
    work = []
    for conversation in _overdue(rule, now - minutes):
        since = _since(rule.trigger, conversation)
        due = due_at(rule.read_when, conversation, plans)
        is_over = due is None or due < (rule.switched_on_at or now)
        work.append(
            RuleWork(
                conversation=conversation,
                rule=rule,
                trigger=rule.trigger,
                cause=f"{rule.trigger}:{since.timestamp():.6f}"[:40],
                since=since,
                due_at=due or now,
                created_at=now,
                done_at=now if is_over else None,
            )
        )
    RuleWork.objects.bulk_create(work, ignore_conflicts=True)
    if any(each.done_at is None and each.due_at <= now for each in work):
        nudges.after_commit(tasks.follow_rules)


def due_at(when: When, conversation: Conversation, plans: facts.Plans) -> datetime | None:
    """None: not in a year's time."""
    since, minutes = _since(when.trigger, conversation), timedelta(minutes=when.minutes)
    plan = plans.of(conversation) if when.trigger == Trigger.WAITING else None
    return after_open_time(plan, since, minutes) if plan else since + minutes


def is_still_so(work: RuleWork, conversation: Conversation) -> bool:
    if conversation.status != Conversation.Status.OPEN:
        return False
    if work.trigger == Trigger.QUIET and conversation.waiting_since is not None:
        return False
    return _since(work.trigger, conversation) == work.since


def overdue(trigger: str, conversations: ConversationQuerySet) -> ConversationQuerySet:
    """Of these, who waits at all."""
    if trigger == Trigger.WAITING:
        return conversations.open().filter(waiting_since__isnull=False)
    # As the index conversation_customers_turn says it.
    return conversations.open().filter(waiting_since=None, closed_at=None)


def _overdue(rule: Rule, until: datetime) -> Iterable[Conversation]:
    """By the clock alone; opening hours only make it later."""
    column = "queued_at" if rule.trigger == Trigger.WAITING else "last_message_at"
    since = until - LOOKED_BACK[rule.read_when.trigger]
    written = RuleWork.objects.filter(
        conversation=OuterRef("pk"), rule=rule, since=OuterRef(column), is_closing=False
    )
    rows = facts.with_related(overdue(rule.trigger, Conversation.objects.all()))
    rows = rows.filter(~Exists(written), **{f"{column}__range": (since, until)})
    return rows.order_by(F(column).desc(), "-pk")[:AT_ONCE]


def _since(trigger: str, conversation: Conversation) -> datetime:
    waits = trigger == Trigger.WAITING
    return conversation.queued_at if waits else conversation.last_message_at
