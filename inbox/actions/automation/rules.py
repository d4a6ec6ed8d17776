"""What admins do with rules: make, change, switch, delete. Each is kept as an event."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from inbox.actions import rule_work
from inbox.automation.acts import Act
from inbox.automation.conditions import Condition
from inbox.automation.triggers import When
from inbox.models import Agent, Rule, RuleEvent

What = RuleEvent.What


class NotComplete(Exception):
    """Something is still to be chosen; ``str()`` is the sentence an admin reads."""

    def __str__(self) -> str:
        return _("Choose what is still missing first, then switch the rule on.")


@dataclass(frozen=True, slots=True)
class Content:
    """All that is written of a rule."""

    name: str
    when: When
    conditions: tuple[Condition, ...]
    acts: tuple[Act, ...]


@transaction.atomic
def create(content: Content, *, by: Agent) -> Rule:
    """Switched off: it is tried out first."""
    last = Rule.objects.aggregate(last=Max("position"))["last"]
    rule = Rule(position=0 if last is None else last + 1)
    _write(rule, content)
    rule.save(force_insert=True)
    _record(rule, What.MADE, by)
    return rule


@transaction.atomic
def change(rule: Rule, content: Content, *, by: Agent) -> None:
    """One that is on starts anew; one that is not complete any more is switched off."""
    rule = _locked(rule)
    _write(rule, content)
    if rule.is_on:
        rule.switched_on_at = timezone.now() if rule.is_complete else None
    rule.save()
    rule.work.filter(done_at=None).delete()
    _record(rule, What.CHANGED, by)


@transaction.atomic
def switch(rule: Rule, *, on: bool, by: Agent) -> bool:
    """Off: also what it had planned is not done."""
    rule = _locked(rule)
    if rule.is_on == on:
        return False
    if on and not rule.is_complete:
        raise NotComplete
    rule.switched_on_at = timezone.now() if on else None
    rule.save(update_fields=["switched_on_at"])
    rule.work.filter(done_at=None).delete()
    _record(rule, What.SWITCHED_ON if on else What.SWITCHED_OFF, by)
    return True


@transaction.atomic
def delete(rule: Rule, *, by: Agent) -> None:
    """What it did stays in the timelines."""
    rule = _locked(rule)
    _record(rule, What.DELETED, by)
    rule.delete()


def _locked(rule: Rule) -> Rule:
    # Not against workers who note what the rule did: they hold the work that goes here.
    return Rule.objects.select_for_update(no_key=True).get(pk=rule.pk)


def _write(rule: Rule, content: Content) -> None:
    rule.name = content.name
    rule.trigger = content.when.trigger.value
    rule.when = content.when.as_json()
    rule.conditions = [condition.as_json() for condition in content.conditions]
    rule.acts = [act.as_json() for act in content.acts]
    rule.changed_at = timezone.now()


def _record(rule: Rule, what: RuleEvent.What, by: Agent) -> None:
    RuleEvent.objects.create(rule_code=rule.code, name=rule.name, what=what, by=by)
    rule_work.awaited.forget()
