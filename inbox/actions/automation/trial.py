"""A rule tried out: what it would have done in the newest conversations. Changes nothing."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Exists, OuterRef

from inbox.actions.automation import facts, moments
from inbox.automation.conditions import Facts, Test, matches
from inbox.automation.triggers import TIMED, Trigger, When
from inbox.models import Conversation, ConversationLabel, Message, Rule
from inbox.models.conversation import ConversationQuerySet

LOOKED_AT = 500
MOST_MESSAGES = 10_000


@dataclass(frozen=True, slots=True)
class Trial:
    """With what is known of the conversations today; what rules cause in turn is left out."""

    conversations: list[Conversation]  # in which it would have done something
    looked_at: int


def of(rule: Rule, *, now: datetime) -> Trial:
    """As many queries for one conversation as for all. Raises ``Refused``."""
    when = rule.read_when
    newest = Conversation.objects.order_by("-pk").values_list("pk", flat=True)[:LOOKED_AT]
    pks = list(newest)
    rows = _triggered(when, Conversation.objects.filter(pk__in=pks))
    cases = list(facts.with_related(rows).order_by("-pk"))
    if when.trigger in TIMED:
        plans = facts.Plans()
        cases = [case for case in cases if _is_due(case, when, plans, now)]
    tests = {condition.test for condition in rule.read_conditions}
    known = facts.gather(cases, tests, now=now)
    said = _said(when, pks) if Test.WORDS in tests else None
    found = [
        case
        for case in cases
        if _fits(rule, known[case.pk], None if said is None else said[case.pk])
    ]
    return Trial(found, len(pks))


def _fits(rule: Rule, known: Facts, said: list[str] | None) -> bool:
    """Where messages trigger it, any of them does."""
    if said is None:
        return matches(rule.read_conditions, known)
    return any(matches(rule.read_conditions, replace(known, text=text)) for text in said)


def _said(when: When, pks: list[int]) -> defaultdict[int, list[str]] | None:
    """What was said with messages that trigger it; None: others than messages do."""
    if when.trigger not in {Trigger.RECEIVED, Trigger.PRESSED}:
        return None
    theirs = Message.objects.filter(conversation__in=pks, direction=Message.Direction.IN)
    if when.trigger == Trigger.PRESSED:
        theirs = theirs.filter(kind=Message.Kind.BUTTON_REPLY)
    said = defaultdict[int, list[str]](list)
    newest = theirs.order_by("-pk").values_list("conversation_id", "body")
    for pk, body in newest[:MOST_MESSAGES]:
        said[pk].append(body)
    return said


def _triggered(when: When, rows: ConversationQuerySet) -> ConversationQuerySet:
    said = Message.objects.filter(conversation=OuterRef("pk"), direction=Message.Direction.IN)
    match when.trigger:
        case Trigger.RECEIVED:
            return rows.filter(Exists(said))
        case Trigger.PRESSED:
            return rows.filter(Exists(said.filter(kind=Message.Kind.BUTTON_REPLY)))
        case Trigger.ASSIGNED:
            return rows.filter(assigned_at__isnull=False)
        case Trigger.CLOSED:
            return rows.closed()
        case Trigger.LABELLED:
            links = ConversationLabel.objects.filter(conversation=OuterRef("pk"))
            return rows.filter(
                Exists(links.filter(label__code=when.label) if when.label else links)
            )
        case Trigger.WAITING | Trigger.QUIET:
            return moments.overdue(when.trigger, rows)
    return rows


def _is_due(conversation: Conversation, when: When, plans: facts.Plans, now: datetime) -> bool:
    due_at = moments.due_at(when, conversation, plans)
    return due_at is not None and due_at <= now
