"""The shop's rules: for deliveries, for long waits, for complaints, and what they did."""

from __future__ import annotations

from django.db.models import Q

from inbox.actions import automation, rule_work
from inbox.actions.automation import rules
from inbox.actions.automation.rules import Content
from inbox.automation.acts import Act, Do, Who
from inbox.automation.conditions import Condition, Test
from inbox.automation.triggers import Trigger, When
from inbox.demo.company import Company
from inbox.models import Agent, Message


def set_up(company: Company) -> None:
    """The one that closes idle conversations was there before, and stays switched off."""
    adele = company.agents[-1]
    for content in (_deliveries(), _waiting(company.agents[0])):
        rules.switch(rules.create(content, by=adele), on=True, by=adele)
    rules.create(_complaints(company), by=adele)
    asked = Q(body__icontains="liefer") | Q(body__icontains="deliver")
    rule_work.note(Message.objects.filter(asked, direction="in", conversation__status="open"))
    automation.run()


def _deliveries() -> Content:
    return Content(
        "Fragen zur Lieferung",
        When(Trigger.RECEIVED),
        (Condition(test=Test.WORDS, words=("liefer*", "deliver*")),),
        (Act(do=Do.NOTE, text="Liefertermin im Lager erfragen, bevor wir etwas zusagen."),),
    )


def _waiting(agent: Agent) -> Content:
    calls = Act(do=Do.NOTIFY, who=Who.TEAM, code=str(agent.team.code if agent.team else ""))
    return Content(
        "Wer eine Stunde wartet",
        When(Trigger.WAITING, 60),
        (),
        (Act(do=Do.PRIORITY, level=1), calls),
    )


def _complaints(company: Company) -> Content:
    label = str(company.labels["Reklamation"].code)
    return Content(
        "Reklamationen zuerst",
        When(Trigger.LABELLED, label=label),
        (),
        (Act(do=Do.PRIORITY, level=2),),
    )
