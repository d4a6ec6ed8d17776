"""Labels, and putting them on conversations and contacts.

What a timeline tells of a label is the name it had then: renaming and merging leave it be.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from inbox import events
from inbox.actions import contact_history, saved_views, timeline
from inbox.models import (
    Agent,
    Contact,
    ContactLabel,
    Conversation,
    ConversationLabel,
    Label,
    LabelEvent,
)

What = LabelEvent.What


@transaction.atomic
def create(
    *,
    name: str,
    colour: str,
    description: str = "",
    is_sensitive: bool = False,
    by: Agent | None = None,
) -> Label:
    last = Label.objects.aggregate(last=Max("position"))["last"]
    label = Label.objects.create(
        name=name,
        colour=colour,
        description=description,
        is_sensitive=is_sensitive,
        position=0 if last is None else last + 1,
    )
    _record(label, What.MADE, by=by)
    return label


@transaction.atomic
def change(
    label: Label,
    *,
    name: str,
    colour: str,
    description: str = "",
    is_sensitive: bool = False,
    by: Agent | None = None,
) -> None:
    label.refresh_from_db(from_queryset=Label.objects.select_for_update())
    before, was_sensitive = label.name, label.is_sensitive
    label.name, label.colour = name, colour
    label.description, label.is_sensitive = description, is_sensitive
    detail = {"to": name} if name != before else {}
    sensitive = was_sensitive or is_sensitive
    _record(label, What.CHANGED, name=before, sensitive=sensitive, by=by, **detail)
    if was_sensitive and not is_sensitive:
        label.code = uuid4()  # what was told under the old one stays hidden
    label.save(update_fields=["code", "name", "colour", "description", "is_sensitive"])


@transaction.atomic
def move(label: Label, *, up: bool, by: Agent | None = None) -> None:
    """One place up or down among those that ``by`` sees; at the end nothing happens."""
    labels = list(Label.objects.select_for_update())
    seen = [one for one in labels if one == label or by is None or _sees(by, one)]
    place = seen.index(label)
    if (other := place - 1 if up else place + 1) in range(len(seen)):
        labels.remove(label)
        labels.insert(labels.index(seen[other]) + (0 if up else 1), label)
    for position, one in enumerate(labels):
        one.position = position
    Label.objects.bulk_update(labels, ["position"])
    events.publish(events.LabelsChanged())


@transaction.atomic
def merge(label: Label, *, into: Label, by: Agent | None = None) -> None:
    """Everything that has the one has the other from now on, and the one is gone."""
    locked = Label.objects.select_for_update().in_bulk([label.pk, into.pk])
    label, into = locked[label.pk], locked[into.pk]
    if label == into:
        raise ValueError("a label cannot be merged into itself")
    for links, of in ((ConversationLabel, "conversation"), (ContactLabel, "contact")):
        rows = links._default_manager.filter(label=label)
        both = links._default_manager.filter(label=into).values(of)
        rows.exclude(**{f"{of}__in": both}).update(label=into)
    saved_views.merge_label(label, into)
    sensitive = label.is_sensitive or into.is_sensitive
    _record(label, What.MERGED, sensitive=sensitive, by=by, to=into.name)
    label.delete()


@transaction.atomic
def delete(label: Label, *, by: Agent | None = None) -> None:
    """Also takes it off everything; what the timelines tell of it stays."""
    saved_views.keep_hidden(label)
    _record(label, What.DELETED, by=by)
    label.delete()


@transaction.atomic
def add(conversation: Conversation, label: Label, *, by: Agent | None) -> bool:
    """Says whether it was not there before. ``by`` is nobody where a rule does it."""
    _, created = ConversationLabel.objects.get_or_create(conversation=conversation, label=label)
    if created:
        _tell([conversation], "labelled", label, by=by)
    return created


@transaction.atomic
def remove(conversation: Conversation, label: Label, *, by: Agent | None) -> bool:
    links = ConversationLabel.objects.filter(conversation=conversation, label=label)
    gone = links.delete()[0] > 0
    if gone:
        _tell([conversation], "unlabelled", label, by=by)
    return gone


@transaction.atomic
def add_to_contact(contact: Contact, label: Label, *, by: Agent | None) -> bool:
    _, created = ContactLabel.objects.get_or_create(contact=contact, label=label)
    if created:
        _tell_of(contact, "contact_labelled", label, by=by)
    return created


@transaction.atomic
def remove_from_contact(contact: Contact, label: Label, *, by: Agent | None) -> bool:
    gone = ContactLabel.objects.filter(contact=contact, label=label).delete()[0] > 0
    if gone:
        _tell_of(contact, "contact_unlabelled", label, by=by)
    return gone


def _tell_of(contact: Contact, word: str, label: Label, *, by: Agent | None) -> None:
    if not label.is_sensitive:  # that there is one would be told
        contact_history.record(contact, "labels", by=by)
    _tell(_present(contact), word, label, by=by)


def _present(contact: Contact) -> list[Conversation]:
    """The ones in which it is told: all that are not closed, else the last one."""
    theirs = Conversation.objects.filter(contact=contact).order_by("-opened_at", "-pk")
    return list(theirs.exclude(status=Conversation.Status.CLOSED)) or list(theirs[:1])


def _tell(
    conversations: Iterable[Conversation], word: str, label: Label, *, by: Agent | None
) -> None:
    told: dict[str, Any] = {"label": label.name, "label_code": str(label.code)}
    if label.is_sensitive:
        told["sensitive"] = True
    for conversation in conversations:
        conversation.changed_at = timezone.now()
        conversation.save(update_fields=["changed_at"])
        timeline.record(conversation, word, by=by, **told)
        events.publish(events.about(conversation))


def _record(
    label: Label,
    what: LabelEvent.What,
    *,
    by: Agent | None,
    name: str = "",
    sensitive: bool | None = None,
    **detail: str,
) -> None:
    LabelEvent.objects.create(
        label_code=label.code,
        name=name or label.name,
        was_sensitive=label.is_sensitive if sensitive is None else sensitive,
        what=what,
        detail=detail,
        by=by,
    )
    events.publish(events.LabelsChanged())


def _sees(agent: Agent, label: Label) -> bool:
    return agent.data_protection or not label.is_sensitive
