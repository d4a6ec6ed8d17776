"""A rule fires: what it does, and the line that says so."""

from __future__ import annotations

from datetime import datetime

from inbox import events
from inbox.actions import acting, timeline
from inbox.actions.automation import doing, messages
from inbox.automation.acts import Act, Do
from inbox.automation.loops import LATELY, Stop, find_stop
from inbox.automation.outcomes import Outcome
from inbox.models import Conversation, Rule, RuleFiring, RuleWork

Rows = list[list[str]]  # word of the act, word of its outcome


def fire(rule: Rule, conversation: Conversation, work: RuleWork, *, now: datetime) -> bool:
    """Both rows are held. Says whether it changed anything."""
    stop = _stop(rule, conversation, work, now)
    if stop == Stop.TOO_OFTEN:
        _store(rule, conversation, work, [["", Outcome.TOO_OFTEN.value]])
    if stop:
        return False
    with acting.as_rule(acting.Acting(rule.name, work.cause, work.depth)):
        rows = _do_all(rule, conversation, work.cause)
        if all(row[1] == Outcome.SO_ALREADY for row in rows):
            return False  # nothing to tell: each message would tell it again
        _store(rule, conversation, work, rows)
        _tell(conversation, rows)
    return any(Outcome(word).is_change for _do, word in rows)


def close_warned(rule: Rule, conversation: Conversation, work: RuleWork) -> None:
    """The customer was told, and has had their time."""
    if conversation.last_message_at != work.since:
        return  # somebody has said something
    if conversation.status == Conversation.Status.CLOSED:
        return
    with acting.as_rule(acting.Acting(rule.name, work.cause, work.depth)):
        if messages.has_gone(conversation, rule, work.cause):
            outcome = doing.close(conversation)
        else:
            outcome = Outcome.NOT_WARNED
        if outcome is not Outcome.DONE:  # what is done has a line of its own
            _tell(conversation, [[Do.CLOSE.value, outcome.value]])


def _stop(rule: Rule, conversation: Conversation, work: RuleWork, now: datetime) -> Stop | None:
    fired = RuleFiring.objects.filter(conversation=conversation)
    return find_stop(
        depth=work.depth,
        has_fired=fired.filter(rule=rule, cause=work.cause).exists(),
        fired_lately=fired.filter(at__gt=now - LATELY).count(),
    )


def _do_all(rule: Rule, conversation: Conversation, cause: str) -> Rows:
    """A conversation is not closed without the message that was to go before."""
    rows: Rows = []
    unsaid = False
    for act in rule.read_acts:
        if unsaid and _wants_warning(act):
            outcome = Outcome.NOT_WARNED
        else:
            outcome = doing.do(conversation, act, rule, cause)
        unsaid = unsaid or (act.do == Do.REPLY and outcome is not Outcome.DONE)
        rows.append([act.do.value, outcome.value])
    return rows


def _wants_warning(act: Act) -> bool:
    return act.do == Do.CLOSE and act.minutes > 0


def _store(rule: Rule, conversation: Conversation, work: RuleWork, rows: Rows) -> None:
    RuleFiring.objects.create(
        rule=rule, conversation=conversation, cause=work.cause, outcome=rows
    )


def _tell(conversation: Conversation, rows: Rows) -> None:
    timeline.record(conversation, "rule_fired", outcome=rows)
    events.publish(events.about(conversation))
