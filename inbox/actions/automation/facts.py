"""What conditions ask of conversations, read for many at once by a query for each test."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date, datetime
from decimal import Decimal

from django.db.models import Min, OuterRef, Subquery

from inbox.automatic_texts import language_of
from inbox.automation.conditions import Facts, Test
from inbox.contact_fields import Value
from inbox.hours.plan import Plan
from inbox.hours.reckoning import is_open
from inbox.models import ContactValue, Conversation, ConversationLabel, Message
from inbox.models.conversation import ConversationQuerySet
from inbox.quick_replies import plan_of

Texts = dict[int, str]


def with_related(conversations: ConversationQuerySet) -> ConversationQuerySet:
    """What is read together with them."""
    hours = ("channel__opening_hours", "team__opening_hours")
    return conversations.select_related("contact", *hours)


def gather(
    conversations: Sequence[Conversation],
    tests: Collection[Test],
    *,
    now: datetime,
    said: Texts | None = None,
) -> dict[int, Facts]:
    """By ids of conversations. Only what is asked for is read; ``said`` is what the customers
    said, where that is known already."""
    pks = [each.pk for each in conversations]
    labels = _labels(pks) if Test.LABEL in tests else {}
    texts = (_last_words(pks) if said is None else said) if Test.WORDS in tests else {}
    fields = _fields(conversations) if Test.FIELD in tests else {}
    first = _first(conversations) if Test.FIRST in tests else set()
    plans = Plans()
    return {
        each.pk: Facts(
            text=texts.get(each.pk, ""),
            labels=frozenset(labels.get(each.pk, ())),
            language=language_of(each.contact, each.channel),
            is_open=Test.HOURS not in tests or plans.is_open(each, now),
            number=str(each.channel.code),
            fields=fields.get(each.contact_id, {}),
            is_first=each.pk in first,
            window_left=each.window_expires_at - now if each.window_expires_at else None,
        )
        for each in conversations
    }


class Plans:
    """Opening hours, each read once."""

    def __init__(self) -> None:
        self._plans: dict[int, Plan] = {}

    def of(self, conversation: Conversation) -> Plan | None:
        team = conversation.team
        hours = team.opening_hours_id if team else None
        hours = hours or conversation.channel.opening_hours_id
        if hours is None:
            return None
        if hours not in self._plans and (plan := plan_of(conversation, "en")):
            self._plans[hours] = plan
        return self._plans.get(hours)

    def is_open(self, conversation: Conversation, now: datetime) -> bool:
        """Without hours somebody is always there."""
        plan = self.of(conversation)
        return plan is None or is_open(plan, now)


def words_of(cause: str, conversation: Conversation) -> Texts | None:
    """What the customer said with the message that is the cause; None: it is no message."""
    said = Message.objects.filter(
        conversation=conversation, code=cause, direction=Message.Direction.IN
    )
    body = said.values_list("body", flat=True).first()
    return None if body is None else {conversation.pk: body}


def _labels(pks: Sequence[int]) -> dict[int, list[str]]:
    found = defaultdict[int, list[str]](list)
    links = ConversationLabel.objects.filter(conversation__in=pks)
    for pk, code in links.values_list("conversation_id", "label__code"):
        found[pk].append(str(code))
    return found


def _last_words(pks: Sequence[int]) -> Texts:
    theirs = Message.objects.filter(conversation=OuterRef("pk"), direction=Message.Direction.IN)
    newest = Subquery(theirs.order_by("-at", "-id").values("body")[:1])
    rows = Conversation.objects.filter(pk__in=pks).order_by().values_list("pk", newest)
    return {pk: body or "" for pk, body in rows}


def _fields(conversations: Sequence[Conversation]) -> dict[int, dict[str, str]]:
    found = defaultdict[int, dict[str, str]](dict)
    held = ContactValue.objects.filter(
        contact__in={each.contact_id for each in conversations}, field__archived_at=None
    )
    for value in held.select_related("field"):
        found[value.contact_id][value.field.key] = _written(value.value)
    return found


def _written(value: Value) -> str:
    """The same whatever language somebody reads in: 1.5 and 2026-11-23."""
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return value.isoformat() if isinstance(value, date) else value or ""


def _first(conversations: Sequence[Conversation]) -> set[int]:
    """Those before which this person had none with the number."""
    theirs = Conversation.objects.filter(
        contact__in={each.contact_id for each in conversations},
        channel__in={each.channel_id for each in conversations},
    )
    firsts = theirs.order_by().values("contact", "channel").annotate(first=Min("pk"))
    return set(firsts.values_list("first", flat=True))
