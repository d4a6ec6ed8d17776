"""What a contact's own fields hold, as texts: for screens, and for texts with places."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from django.db.models import FilteredRelation, Q
from django.utils.formats import date_format, number_format

from inbox.models import Contact, ContactField, ContactValue
from inbox.prepared import Prepared

Value = str | Decimal | date | None
THEIRS = Contact(pk=-1)  # stands for the contact (inbox.prepared)


class FieldShown(NamedTuple):
    name: str
    text: str  # "" where nothing is known


def own_fields() -> dict[str, str]:
    """Names of the fields that admins made, by their keys."""
    return dict(ContactField.objects.active().values_list("key", "name"))


def field_values(contact: Contact) -> dict[str, str]:
    """What is known of this contact, by the keys of the fields, in the language of now."""
    held = ContactValue.objects.filter(contact=contact, field__archived_at=None)
    ordered = held.select_related("field").order_by("field__position", "field__pk")
    return {each.field.key: text_of(each.value) for each in ordered}


def fields_shown(contact_id: int) -> list[FieldShown]:
    """All fields in their order, with what is known of this contact; a query made once."""
    rows = _shown().ask({THEIRS.pk: contact_id})
    return [FieldShown(name, _text(kind, *columns)) for name, kind, *columns in rows]


@cache
def _shown() -> Prepared:
    theirs = FilteredRelation("values", condition=Q(values__contact=THEIRS))
    fields = ContactField.objects.active().annotate(theirs=theirs)
    columns = ("name", "kind", "theirs__text", "theirs__number", "theirs__day")
    return Prepared(fields.values_list(*columns))


def _text(kind: str, text: str | None, number: Decimal | None, day: date | None) -> str:
    if kind == ContactField.Kind.NUMBER:
        return text_of(number)
    return text_of(day if kind == ContactField.Kind.DATE else text)


def text_of(value: Value) -> str:
    """As it is read in the language of now."""
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return str(number_format(_shortest(value)))
    if isinstance(value, date):
        return str(date_format(value, "SHORT_DATE_FORMAT"))
    return value


def _shortest(number: Decimal) -> Decimal:
    """Without the zeros that the column adds."""
    short = number.normalize()
    return short.quantize(Decimal(1)) if short == short.to_integral_value() else short
