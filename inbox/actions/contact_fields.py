"""The fields a company keeps of its contacts: admins make them, agents fill them in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from inbox.actions import contact_history
from inbox.contact_fields import Value
from inbox.models import Agent, Contact, ContactField, ContactValue

Kind = ContactField.Kind


class StillChosen(Exception):
    """A choice that is to go is somebody's value."""

    def __init__(self, choice: str, count: int) -> None:
        super().__init__(choice, count)
        self.choice, self.count = choice, count


@transaction.atomic
def create(*, key: str, name: str, kind: str, choices: Sequence[str]) -> ContactField:
    last = ContactField.objects.aggregate(last=Max("position"))["last"]
    position = 0 if last is None else last + 1
    return ContactField.objects.create(
        key=key, name=name, kind=kind, choices=list(choices), position=position
    )


@transaction.atomic
def change(field: ContactField, *, name: str, choices: Sequence[str]) -> None:
    """Key and kind stay. Raises ``StillChosen`` for a choice that contacts have."""
    field = ContactField.objects.select_for_update().get(pk=field.pk)
    for gone in [choice for choice in field.choices if choice not in choices]:
        if count := ContactValue.objects.filter(field=field, text=gone).count():
            raise StillChosen(gone, count)
    field.name, field.choices = name, list(choices)
    field.save(update_fields=["name", "choices"])


@transaction.atomic
def move(field: ContactField, *, up: bool) -> None:
    """One place up or down among those in use; at its end nothing happens."""
    fields = list(ContactField.objects.select_for_update().filter(archived_at=None))
    if field not in fields:
        return
    place = fields.index(field)
    fields.insert(max(place - 1, 0) if up else place + 1, fields.pop(place))
    for position, one in enumerate(fields):
        one.position = position
    ContactField.objects.bulk_update(fields, ["position"])


def archive(field: ContactField) -> None:
    """Nobody sees or fills it in any more. What it holds is kept."""
    ContactField.objects.filter(pk=field.pk, archived_at=None).update(
        archived_at=timezone.now()
    )


def restore(field: ContactField) -> None:
    ContactField.objects.filter(pk=field.pk).update(archived_at=None)


@transaction.atomic
def fill_in(contact: Contact, values: Mapping[ContactField, Value], *, by: Agent) -> bool:
    """Empty values are taken out. Says whether anything changed."""
    contact = contact_history.hold(contact)
    fields = ContactField.objects.select_for_update().filter(
        pk__in=[field.pk for field in values], archived_at=None
    )
    known = {held.field_id: held for held in ContactValue.objects.filter(contact=contact)}
    wanted = {field.pk: value for field, value in values.items()}
    changed = [
        field for field in fields if _put(contact, field, known.get(field.pk), wanted[field.pk])
    ]
    for field in changed:
        contact_history.record(contact, "field", by=by, field=field.name)
    if changed:
        contact_history.tell(contact)
    return bool(changed)


def _put(
    contact: Contact, field: ContactField, held: ContactValue | None, value: Value
) -> bool:
    if value in (None, ""):
        return bool(held and held.delete())
    if field.kind == Kind.CHOICE and value not in field.choices:
        return False  # an admin took it out a moment ago
    if held is None:
        held = ContactValue(contact=contact, field=field)
    else:
        held.field = field
        if held.value == value:
            return False
    column = {Kind.NUMBER: "number", Kind.DATE: "day"}.get(Kind(field.kind), "text")
    setattr(held, column, value)
    held.save()
    return True
