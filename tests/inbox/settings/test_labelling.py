"""inbox.actions.labels"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.utils import timezone

from inbox import events
from inbox.actions import labels
from inbox.events import HintBody, LabelsChanged
from inbox.models import Agent, Label, Message
from tests.factories import make_conversation

pytestmark = pytest.mark.django_db


@pytest.fixture
def label() -> Label:
    return Label.objects.create(name="Complaint", colour="#b91c1c")


def test_a_label_on_a_conversation_is_told_and_kept(
    agent: Agent, label: Label, published: list[HintBody]
) -> None:
    conversation = make_conversation()
    before = timezone.now()

    labels.add(conversation, label, by=agent)

    assert list(conversation.labels.all()) == [label]
    event = Message.objects.get(kind=Message.Kind.EVENT)
    assert event.content == {
        "event": "labelled",
        "label": "Complaint",
        "label_code": str(label.code),
    }
    assert event.author == agent
    conversation.refresh_from_db()
    assert conversation.changed_at >= before
    assert published == [events.about(conversation)]


def test_the_same_label_twice_is_once(
    agent: Agent, label: Label, published: list[HintBody]
) -> None:
    conversation = make_conversation()

    labels.add(conversation, label, by=agent)
    labels.add(conversation, label, by=agent)

    assert len(published) == 1
    assert Message.objects.count() == 1


def test_lists_hear_of_a_label_that_has_gone(
    agent: Agent, label: Label, published: list[HintBody]
) -> None:
    conversation = make_conversation()
    other = Label.objects.create(name="Order", colour="#2563eb")
    labels.add(conversation, other, by=agent)
    labels.add(conversation, label, by=agent)

    labels.remove(conversation, label, by=agent)

    assert list(conversation.labels.all()) == [other]
    assert published[-1] == events.about(conversation)
    assert Message.objects.order_by("-pk")[0].content["event"] == "unlabelled"


def test_taking_off_what_is_not_there_tells_nobody(
    agent: Agent, label: Label, published: list[HintBody]
) -> None:
    labels.remove(make_conversation(), label, by=agent)
    assert published == []
    assert not Message.objects.exists()


@pytest.mark.parametrize(
    "change",
    [
        lambda label: labels.create(name="New", colour="#b91c1c"),
        lambda label: labels.change(label, name="Praise", colour="#b91c1c"),
        lambda label: labels.move(label, up=True),
        lambda label: labels.delete(label),
    ],
    ids=["made", "renamed", "moved", "deleted"],
)
def test_every_list_hears_that_labels_are_others(
    label: Label, published: list[HintBody], change: Callable[[Label], object]
) -> None:
    change(label)

    assert published == [LabelsChanged()]
