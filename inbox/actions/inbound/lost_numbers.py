"""A phone number was given to somebody new: its former owner's conversation says so."""

from __future__ import annotations

from inbox.actions import timeline
from inbox.actions.inbound.identities import People
from inbox.actions.inbound.news import News
from inbox.models import Conversation


def record(people: People, news: News) -> None:
    for contact, number, at in people.lost_numbers:
        cases = Conversation.objects.filter(contact=contact.pk)
        newest = cases.order_by("-opened_at", "-pk").first()
        if newest is not None:
            timeline.record(newest, "number_changed", at=at, old=number)
            news.conversations.add(newest.pk)
    people.lost_numbers.clear()
