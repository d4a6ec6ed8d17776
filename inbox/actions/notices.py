"""Telling agents of news: in the pages they have open, and in browsers where they have none.

What is lost on the way costs a moment and never data: all of it also stands in the desk.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime

from django.db import transaction
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import ngettext

from inbox import events, nudges, tasks
from inbox.encryption import fingerprint
from inbox.lately import lately
from inbox.models import Agent, Channel, Conversation, PushSubscription
from inbox.notices import SENTENCES, Why, chosen
from inbox.push.addresses import Address
from inbox.push.sending import Outcome, Parcel, send

# Somebody who subscribes is noticed by all processes within this time.
REMEMBER_SECONDS = 10
# News of more conversations than this, told to one agent at once, are told in one sentence.
MOST_EACH = 3
_gathered: ContextVar[dict[tuple[Why, tuple[int, ...]], list[Conversation]] | None] = (
    ContextVar("gathered_calls", default=None)
)


@transaction.atomic
def subscribe(session_key: str, address: Address) -> None:
    """Tell this signed-in browser from now on. A browser has one subscription at a time."""
    known = fingerprint(address.endpoint)
    PushSubscription.objects.filter(fingerprint=known).exclude(session_id=session_key).delete()
    PushSubscription.objects.update_or_create(
        session_id=session_key,
        defaults={
            "endpoint": address.endpoint,
            "p256dh": address.p256dh,
            "auth": address.auth,
            "fingerprint": known,
        },
    )


def unsubscribe(session_key: str) -> None:
    PushSubscription.objects.filter(session_id=session_key).delete()


def call(conversation: Conversation, agents: Collection[int], why: Why) -> None:
    """There is something for these agents in a conversation that they may see."""
    if not agents:
        return
    if (gathered := _gathered.get()) is not None:
        gathered[why, tuple(sorted(agents))].append(conversation)
        return
    events.publish(events.called(conversation, agents, why.value))
    tell_away(why, [conversation.pk], agents)


@contextmanager
def together() -> Iterator[None]:
    """Whoever is called inside to many conversations is called to a few of them."""
    gathered: dict[tuple[Why, tuple[int, ...]], list[Conversation]] = defaultdict(list)
    token = _gathered.set(gathered)
    try:
        yield
    finally:
        _gathered.reset(token)
    for (why, agents), many in gathered.items():
        events.publish(*(events.called(one, agents, why.value) for one in many[:MOST_EACH]))
        tell_away(why, [one.pk for one in many], agents)


def tell_away(
    why: Why, conversations: Collection[int], agents: Collection[int] | None = None
) -> None:
    """Tell browsers in which the desk is closed, where there are any; None: of those whom it
    concerns. Open pages hear of it by hints."""
    if conversations and is_anybody_away():
        to = None if agents is None else sorted(agents)
        nudges.after_commit(tasks.push, str(why), sorted(conversations), to)


@lately(REMEMBER_SECONDS)
def is_anybody_away() -> bool:
    """Whether any browser wants to be told: where there is none, nothing is done for it."""
    return PushSubscription.objects.exists()


def push(
    why: Why,
    conversations: Collection[int],
    agents: Collection[int] | None,
    *,
    now: datetime | None = None,
) -> None:
    """Tell those agents who want it and have no page open; None: those whom it concerns."""
    now = now or timezone.now()
    wanting = _wanting(why, now)
    rows = Conversation.objects.filter(pk__in=conversations) if wanting else []
    told = defaultdict[int, list[Conversation]](list)
    for conversation in rows:
        for agent in _concerned(conversation, wanting, agents):
            told[agent.pk].append(conversation)
    _send(why, wanting, told)


def _wanting(why: Why, now: datetime) -> dict[int, Agent]:
    subscribed = PushSubscription.objects.values("session__agent")
    away = Agent.objects.active().filter(
        pk__in=subscribed, presence=Agent.Presence.OFFLINE, pushed_notices__contains=why
    )
    return {a.pk: a for a in away if why in chosen(a.pushed_notices) and not a.is_quiet(now)}


def _concerned(
    conversation: Conversation, wanting: dict[int, Agent], agents: Collection[int] | None
) -> Iterator[Agent]:
    for agent in wanting.values():
        if agents is not None:
            concerned = agent.pk in agents
        elif conversation.assignee_id is None:
            concerned = agent.notify_about == Agent.NotifyAbout.ALL
        else:
            is_mine = conversation.assignee_id == agent.pk
            concerned = is_mine and agent.notify_about != Agent.NotifyAbout.NOTHING
        if concerned and _sees(agent.role, agent.team_id, conversation.channel_id):
            yield agent


@lately(REMEMBER_SECONDS)
def _sees(role: str, team: int | None, channel: int) -> bool:
    anyone = Agent(role=role, team_id=team)
    return Channel.objects.visible_to(anyone).filter(pk=channel).exists()


def _send(why: Why, wanting: dict[int, Agent], told: dict[int, list[Conversation]]) -> None:
    browsers = PushSubscription.objects.filter(session__agent__in=told)
    browsers = browsers.filter(session__expire_date__gt=timezone.now())
    parcels: dict[Parcel, int] = {}
    for browser in browsers.select_related("session"):
        agent = wanting[browser.session.agent_id or 0]
        address = Address(browser.endpoint, browser.p256dh, browser.auth)
        with translation.override(agent.language):
            for parcel in _parcels(address, why, told[agent.pk]):
                parcels[parcel] = browser.pk
    for parcel, outcome in send(parcels):
        if outcome is Outcome.GONE:
            PushSubscription.objects.filter(pk=parcels[parcel]).delete()


def _parcels(
    address: Address, why: Why, conversations: Sequence[Conversation]
) -> Iterator[Parcel]:
    """What static/js/service-worker.js shows, in the agent's language."""
    if len(conversations) > MOST_EACH:
        text = ngettext(
            "%(count)s conversation has news.",
            "%(count)s conversations have news.",
            len(conversations),
        ) % {"count": len(conversations)}
        yield _parcel(address, "", reverse("inbox:home"), text)
        return
    for each in conversations:
        yield _parcel(address, str(each.code), each.get_absolute_url(), str(SENTENCES[why]))


def _parcel(address: Address, code: str, path: str, text: str) -> Parcel:
    icon = static("img/icon-192.png")
    content = {"code": code, "address": path, "text": text, "icon": icon}
    return Parcel(address, json.dumps(content).encode(), topic=code.replace("-", "") or "news")
