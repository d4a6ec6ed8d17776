"""Labels, and putting them on conversations."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from inbox import events
from inbox.actions import timeline
from inbox.models import Agent, Conversation, ConversationLabel, Label


@transaction.atomic
def create(*, name: str, colour: str) -> Label:
    last = Label.objects.aggregate(last=Max("position"))["last"]
    position = 0 if last is None else last + 1
    label = Label.objects.create(name=name, colour=colour, position=position)
    events.publish(events.LabelsChanged())
    return label


@transaction.atomic
def change(label: Label, *, name: str, colour: str) -> None:
    label.name, label.colour = name, colour
    label.save(update_fields=["name", "colour"])
    events.publish(events.LabelsChanged())


@transaction.atomic
def move(label: Label, *, up: bool) -> None:
    """One place up or down in the list; at its end nothing happens."""
    labels = list(Label.objects.select_for_update())
    place = labels.index(label)
    labels.insert(max(place - 1, 0) if up else place + 1, labels.pop(place))
    for position, one in enumerate(labels):
        one.position = position
    Label.objects.bulk_update(labels, ["position"])
    events.publish(events.LabelsChanged())


@transaction.atomic
def delete(label: Label) -> None:
    """Also takes it off every conversation; what the timelines tell of it stays."""
    label.delete()
    events.publish(events.LabelsChanged())


@transaction.atomic
def add(conversation: Conversation, label: Label, *, by: Agent) -> None:
    _, created = ConversationLabel.objects.get_or_create(conversation=conversation, label=label)
    if created:
        _tell(conversation, "labelled", label, by=by)


@transaction.atomic
def remove(conversation: Conversation, label: Label, *, by: Agent) -> None:
    links = ConversationLabel.objects.filter(conversation=conversation, label=label)
    if links.delete()[0]:
        _tell(conversation, "unlabelled", label, by=by)


def _tell(conversation: Conversation, word: str, label: Label, *, by: Agent) -> None:
    conversation.changed_at = timezone.now()
    conversation.save(update_fields=["changed_at"])
    timeline.record(conversation, word, by=by, label=label.name)
    events.publish(events.about(conversation))
