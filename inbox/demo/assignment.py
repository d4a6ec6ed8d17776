"""How the demo's conversations found their agents, and a few that changed hands."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from inbox.actions import timeline
from inbox.demo.company import Company
from inbox.models import Agent, Channel, Conversation, Message, WentBack
from inbox.routing.absence import Why
from inbox.routing.rules import Reason

SOON = timedelta(seconds=20)
NOTES = (
    "Möchte bis Freitag Bescheid wegen der Lieferung, bitte im Lager nachfragen.",
    "Stammkundin, bekommt 10 % auf die Montage.",
)
LOADS = (2, 4, 3, 1, 5)


def tell(company: Company) -> None:
    _set_up(company)
    held = Conversation.objects.exclude(assignee=None).select_related("assignee")
    spoke: dict[int, tuple[Agent, str]] = {}
    lines = []
    for number, case in enumerate(held.order_by("opened_at", "pk")):
        lines.append(_routed(case, number, spoke))
        if case.assignee:
            spoke[case.contact_id] = (case.assignee, case.last_message_at.isoformat())
    Message.objects.bulk_create(lines)
    _hand_over(company)
    _send_back(company)


def _set_up(company: Company) -> None:
    """So little room that the queue is not empty at once: who closes one gets the next."""
    Channel.objects.filter(pk=company.channel.pk).update(
        routing=Channel.Routing.LEAST_BUSY, conversation_limit=8, absence_minutes=240
    )
    now = timezone.now()
    Agent.objects.update(last_seen_at=now, absent_since=now)
    limits = {Agent.Role.AGENT: None, Agent.Role.LEAD: 3, Agent.Role.ADMIN: 0}
    for role, limit in limits.items():
        Agent.objects.filter(role=role).update(conversation_limit=limit)


def _routed(case: Conversation, number: int, spoke: dict[int, tuple[Agent, str]]) -> Message:
    before, at = spoke.get(case.contact_id, (None, ""))
    is_known = before is not None and before == case.assignee
    return timeline.event(
        case,
        "routed",
        at=case.opened_at + SOON,
        to_name=case.assignee.name if case.assignee else "",
        why=(Reason.LAST_AGENT if is_known else Reason.LEAST_BUSY).value,
        load=LOADS[number % len(LOADS)],
        spoke_at=at if is_known else "",
    )


def _hand_over(company: Company) -> None:
    """To the first agent, from the lead, with a note."""
    anna, lead = company.agents[0], company.agents[2]
    mine = Conversation.objects.open().assigned_to(anna).order_by("-last_message_at")
    for case, note in zip(mine, NOTES, strict=False):
        at = case.last_message_at + timedelta(minutes=1)
        timeline.record(case, "assigned", by=lead, at=at, to_name=anna.name, note=note)
        case.handover_note, case.assigned_at = note, at
        case.save(update_fields=["handover_note", "assigned_at"])


def _send_back(company: Company) -> None:
    anna = company.agents[0]
    free = Conversation.objects.open().unassigned().filter(waiting_since__isnull=False)
    for case in free.order_by("queued_at")[:3]:
        at = case.last_message_at + timedelta(minutes=2)
        timeline.record(
            case, "went_back", at=at, name=anna.name, why=Why.AWAY.value, minutes=240
        )
        WentBack.objects.create(agent=anna, conversation=case, at=at)
