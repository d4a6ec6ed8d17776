"""Workers take what was noted, one by one; the sweeper brings workers to what was left.

What a rule does and that its work is done are stored by one commit, so a worker that is killed
has done nothing, and two that come at once do it once.
"""

from __future__ import annotations

import logging
import traceback
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone

from inbox import nudges, tasks
from inbox.actions import holding
from inbox.actions.automation import facts, firing, moments
from inbox.automation.conditions import Test, matches
from inbox.automation.reading import Refused
from inbox.models import Conversation, Rule, RuleWork

logger = logging.getLogger(__name__)

AT_ONCE = 100
TRY_AGAIN = timedelta(minutes=1)
KEPT = timedelta(days=20)  # longer than rules look back: what is done is not found anew
DELETE_AT_ONCE = 2000


def run(*, now: datetime | None = None) -> None:
    """Until nothing is due that nobody else works on."""
    while _run_some(now or timezone.now()):
        pass


def sweep(*, now: datetime) -> None:
    moments.look(now=now)
    late = now - timedelta(seconds=settings.SWEEP_AFTER_SECONDS)
    if RuleWork.objects.filter(done_at=None, due_at__lte=late).exists():
        nudges.now(tasks.follow_rules)


def tidy(*, now: datetime) -> None:
    over = RuleWork.objects.filter(done_at__lt=now - KEPT).order_by("done_at")
    while some := list(over.values_list("pk", flat=True)[:DELETE_AT_ONCE]):
        RuleWork.objects.filter(pk__in=some).delete()


def _run_some(now: datetime) -> int:
    """How many of them were ours."""
    due = RuleWork.objects.filter(done_at=None, due_at__lte=now).order_by("due_at", "id")
    return sum(_try(pk, now) for pk in list(due.values_list("pk", flat=True)[:AT_ONCE]))


def _try(pk: int, now: datetime) -> bool:
    """One that cannot be done holds up no other."""
    try:
        with transaction.atomic():
            return _take(pk, now)
    except Exception as mistake:
        if not connection.is_usable():
            raise
        # Not the mistake's own words: they may hold what a customer wrote.
        place = traceback.extract_tb(mistake.__traceback__)[-1]
        where = f"{Path(place.filename).name}:{place.lineno}"
        logger.error("rule work %s failed, %s at %s", pk, type(mistake).__name__, where)
        _put_off(pk, now)
        return True


def _take(pk: int, now: datetime) -> bool:
    """The conversation is held before its work, as whoever merges two does."""
    waiting = RuleWork.objects.filter(pk=pk, done_at=None)
    rows = facts.with_related(Conversation.objects.select_for_update(of=("self",)))
    conversation = rows.filter(pk__in=waiting.values("conversation")).first()
    if conversation is None:
        return False
    mine = waiting.filter(conversation=conversation).select_related("rule")
    work = mine.select_for_update(of=("self",), skip_locked=True).first()
    if work is None:
        return False
    work.done_at = now
    work.save(update_fields=["done_at"])
    with holding.hold([conversation]):
        _follow(work, conversation, now)
    return True


def _follow(work: RuleWork, conversation: Conversation, now: datetime) -> None:
    if work.rule is None:
        _look_at(_waiting_for(work), work, conversation, now)
    elif not work.rule.is_on:
        return
    elif work.is_closing:
        firing.close_warned(work.rule, conversation, work)
    elif moments.is_still_so(work, conversation):
        _look_at([work.rule], work, conversation, now)


def _waiting_for(work: RuleWork) -> list[Rule]:
    """What was switched on afterwards is not meant."""
    rules = Rule.objects.on().filter(trigger=work.trigger)
    return list(rules.filter(switched_on_at__lte=work.created_at))


def _look_at(
    rules: list[Rule], work: RuleWork, conversation: Conversation, now: datetime
) -> None:
    """All see the conversation as it was before the first of them did anything."""
    fitting = [rule for rule in rules if _is_meant(rule, work)]
    tests = {condition.test for rule in fitting for condition in rule.read_conditions}
    is_asked = Test.WORDS in tests and work.rule is None
    said = facts.words_of(work.cause, conversation) if is_asked else None
    known = facts.gather([conversation], tests, now=now, said=said)[conversation.pk]
    for rule in fitting:
        if matches(rule.read_conditions, known):
            firing.fire(rule, conversation, work, now=now)


def _is_meant(rule: Rule, work: RuleWork) -> bool:
    try:
        when, _acts, _conditions = rule.read_when, rule.read_acts, rule.read_conditions
    except Refused as refused:
        logger.error("rule %s cannot be read: %s", rule.pk, refused.why)
        return False
    return not when.label or when.label == work.label


def _put_off(pk: int, now: datetime) -> None:
    waiting = RuleWork.objects.filter(pk=pk, done_at=None)
    waiting.update(tries=F("tries") + 1, due_at=now + TRY_AGAIN)
    waiting.filter(tries__gte=RuleWork.MOST_TRIES).update(done_at=now)
