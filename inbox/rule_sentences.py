"""A rule as sentences, with the names of what its codes stand for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _

from inbox import rule_words
from inbox.actions.automation.messages import choosable
from inbox.automation.acts import Act, Do
from inbox.automation.conditions import Condition, Test
from inbox.automation.reading import Refused
from inbox.contact_fields import own_fields
from inbox.models import Agent, Channel, Conversation, Label, Rule, Team

Names = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Told:
    """``problem``: why it cannot be switched on; "" when it can."""

    when: str
    conditions: tuple[str, ...]
    acts: tuple[str, ...]
    problem: str = ""


def names() -> dict[str, str]:
    """Of everything rules may speak of, by codes; own fields by their keys. A few queries,
    however many rules there are."""
    found = {str(each.code): each.name for each in Label.objects.visible_to_all()}
    found |= {str(each.code): each.name for each in Agent.objects.active()}
    found |= {str(each.code): each.name for each in Team.objects.all()}
    found |= {str(each.code): each.name for each in Channel.objects.in_use()}
    found |= {str(each.code): f"/{each.shortcut}" for each in choosable()}
    return found | own_fields()


def tell(rule: Rule, known: Names) -> Told:
    try:
        when, conditions, acts = rule.read_when, rule.read_conditions, rule.read_acts
    except Refused:
        return Told("", (), (), _("This rule cannot be read. Make it anew."))
    said = rule_words.when(when)
    if when.label:
        said = _("The label “%(name)s” is added") % {"name": _name(known, when.label)}
    codes = [*_codes(conditions, acts), *([when.label] if when.label else [])]
    problem = ""
    if not rule.is_complete:
        problem = _("Choose the quick reply that is sent.")
    elif any(code not in known for code in codes):
        problem = _("Something it speaks of is not there any more.")
    return Told(
        said,
        tuple(_condition(each, known) for each in conditions),
        tuple(_act(each, known) for each in acts),
        problem,
    )


def _codes(conditions: Iterable[Condition], acts: Iterable[Act]) -> Iterable[str]:
    for condition in conditions:
        if condition.test in {Test.LABEL, Test.NUMBER}:
            yield from condition.words
        elif condition.test == Test.FIELD:
            yield condition.key
    yield from (act.code for act in acts if act.code)


def _condition(asked: Condition, known: Names) -> str:
    text = _positive(asked, known)
    return _("not: %(what)s") % {"what": text} if asked.negated else text


def _positive(asked: Condition, known: Names) -> str:
    words = _any(f"“{word}”" for word in asked.words)
    match asked.test:
        case Test.WORDS:
            return _("The customer says %(words)s") % {"words": words}
        case Test.LABEL:
            named = _any(_name(known, code) for code in asked.words)
            return _("The label is %(names)s") % {"names": named}
        case Test.LANGUAGE:
            spoken = dict(settings.LANGUAGES)
            named = _any(_(str(spoken.get(code, code))) for code in asked.words)
            return _("The language is %(names)s") % {"names": named}
        case Test.HOURS:
            return _("We are open")
        case Test.NUMBER:
            named = _any(_name(known, code) for code in asked.words)
            return _("The number is %(names)s") % {"names": named}
        case Test.FIELD:
            field = _name(known, asked.key)
            return _("%(field)s is %(words)s") % {"field": field, "words": words}
        case Test.FIRST:
            return _("It is the customer's first conversation")
        case Test.WINDOW:
            left = rule_words.time(asked.minutes)
            return _("The 24-hour window ends within %(time)s") % {"time": left}


def _act(act: Act, known: Names) -> str:
    named = {"name": _name(known, act.code), "text": act.text}
    match act.do:
        case Do.LABEL:
            return _("add the label “%(name)s”") % named
        case Do.PRIORITY:
            level = Conversation.Priority(act.level).label
            return _("set the priority to “%(level)s”") % {"level": level}
        case Do.NOTE:
            return _("write the note “%(text)s”") % named
        case Do.NOTIFY:
            return _("notify %(name)s") % named
        case Do.ASSIGN:
            return _("assign to %(name)s") % named
        case Do.REPLY if not act.code:
            return _("send a quick reply that is still to be chosen")
        case Do.REPLY:
            return _("send the quick reply %(name)s") % named
        case Do.SNOOZE:
            return _("put off for %(time)s") % {"time": rule_words.time(act.minutes)}
        case _:
            return _closing(act.minutes)


def _closing(minutes: int) -> str:
    if not minutes:
        return _("close the conversation")
    said = _("close it %(time)s later, unless somebody writes")
    return said % {"time": rule_words.time(minutes)}


def _name(known: Names, code: str) -> str:
    return known.get(code, "…")


def _any(words: Iterable[str]) -> str:
    return str(_(" or ")).join(words)
