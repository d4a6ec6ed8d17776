"""One act of a rule, done by the same actions that agents use, by nobody."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from inbox import events
from inbox.actions import conversations, labels, notes, notices, timeline
from inbox.actions.automation import messages
from inbox.automation.acts import Act, Do, Who
from inbox.automation.outcomes import Outcome
from inbox.colleagues import who_may_see
from inbox.models import Agent, Conversation, Label, Mention, Rule, RuleWork, Team
from inbox.notices import Why

Doing = Callable[[Conversation, Act, Rule, str], Outcome]


def do(conversation: Conversation, act: Act, rule: Rule, cause: str) -> Outcome:
    """The conversation's row is held. What fails on the way leaves nothing behind."""
    try:
        with transaction.atomic():
            return _DOING[act.do](conversation, act, rule, cause)
    except conversations.LabelMissing:
        return Outcome.NEEDS_LABEL
    except conversations.NotPossible:
        return Outcome.NOT_NOW


def close(conversation: Conversation) -> Outcome:
    try:
        with transaction.atomic():
            return _changed(conversations.close(conversation, by=None))
    except conversations.LabelMissing:
        return Outcome.NEEDS_LABEL


def _label(conversation: Conversation, act: Act, _rule: Rule, _cause: str) -> Outcome:
    label = Label.objects.visible_to_all().filter(code=act.code).first()
    if label is None:
        return Outcome.GONE
    return _changed(labels.add(conversation, label, by=None))


def _priority(conversation: Conversation, act: Act, _rule: Rule, _cause: str) -> Outcome:
    return _changed(conversations.set_priority(conversation, priority=act.level, by=None))


def _note(conversation: Conversation, act: Act, rule: Rule, _cause: str) -> Outcome:
    notes.add_by_rule(conversation, body=act.text, rule=rule.name)
    return Outcome.DONE


def _notify(conversation: Conversation, act: Act, _rule: Rule, _cause: str) -> Outcome:
    somebody = _somebody(act)
    if somebody is None:
        return Outcome.GONE
    seers = who_may_see(conversation)
    if isinstance(somebody, Team):
        agents = list(seers.filter(team=somebody))
    else:
        agents = list(seers.filter(pk=somebody.pk))
    if not agents:
        return Outcome.NO_SIGHT
    line = timeline.record(conversation, "rule_called", to_name=somebody.name)
    team = somebody if isinstance(somebody, Team) else None
    called = [Mention(message=line, agent=agent, team=team) for agent in agents]
    Mention.objects.bulk_create(called)
    notices.call(conversation, [agent.pk for agent in agents], Why.MENTION)
    events.publish(events.about(conversation))
    return Outcome.DONE


def _assign(conversation: Conversation, act: Act, _rule: Rule, _cause: str) -> Outcome:
    somebody = _somebody(act)
    if somebody is None:
        return Outcome.GONE
    if conversation.status == Conversation.Status.CLOSED:
        return Outcome.NOT_NOW
    if isinstance(somebody, Agent) and not conversations.may_be_assigned(
        conversation, somebody
    ):
        return Outcome.NO_SIGHT
    return _changed(conversations.assign(conversation, to=somebody, by=None))


def _reply(conversation: Conversation, act: Act, rule: Rule, cause: str) -> Outcome:
    return messages.send(conversation, rule, act.code, cause)


def _snooze(conversation: Conversation, act: Act, _rule: Rule, _cause: str) -> Outcome:
    until = timezone.now() + timedelta(minutes=act.minutes)
    return _changed(conversations.snooze(conversation, until=until, by=None))


def _close(conversation: Conversation, act: Act, rule: Rule, cause: str) -> Outcome:
    """At once; or planned, for when the customer has had time to answer the warning."""
    if conversation.status == Conversation.Status.CLOSED:
        return Outcome.SO_ALREADY
    if not act.minutes:
        return close(conversation)
    RuleWork.objects.get_or_create(
        conversation=conversation,
        rule=rule,
        since=conversation.last_message_at,
        is_closing=True,
        defaults={
            "trigger": rule.trigger,
            "cause": cause,
            "due_at": timezone.now() + timedelta(minutes=act.minutes),
        },
    )
    return Outcome.PLANNED


def _somebody(act: Act) -> Agent | Team | None:
    if act.who == Who.TEAM:
        return Team.objects.filter(code=act.code).first()
    return Agent.objects.active().filter(code=act.code).first()


def _changed(changed: bool) -> Outcome:
    return Outcome.DONE if changed else Outcome.SO_ALREADY


_DOING: dict[Do, Doing] = {
    Do.LABEL: _label,
    Do.PRIORITY: _priority,
    Do.NOTE: _note,
    Do.NOTIFY: _notify,
    Do.ASSIGN: _assign,
    Do.REPLY: _reply,
    Do.SNOOZE: _snooze,
    Do.CLOSE: _close,
}
